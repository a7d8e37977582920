"""The sample project: a shop with two functions, to look at, change and run."""

from __future__ import annotations

from pathlib import Path

from django.db import transaction

from builder.models import Project, User, Workspace
from builder.services.pages import add_page_with_text
from builder.services.projects import create_project

FOLDER = Path(__file__).resolve().parent.parent / "samples"
SHOP = (("Quantity discount", "quantity_discount.plain"), ("Basket total", "basket_total.plain"))
"""The pages of the sample project in their order: name and file."""


@transaction.atomic
def add_shop(user: User, workspace: Workspace) -> Project:
    """Adds the project "Shop" with its pages to a workspace. Editors and owners."""
    project = create_project(user, workspace, "Shop")
    for name, file in SHOP:
        add_page_with_text(user, project, (FOLDER / file).read_text(encoding="utf-8"), name)
    return project
