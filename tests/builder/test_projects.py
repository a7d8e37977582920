"""Projects: who sees and changes them, deleting and bringing back."""

import pytest
from django.http import Http404
from django.test import Client

from builder.access import project_for, visible_projects
from builder.models import Project, Role, User, Workspace
from builder.services.projects import create_project, delete_project, rename_project, restore_project, set_time_zone

pytestmark = pytest.mark.django_db


def test_members_see_projects_and_others_do_not(olga: User, viola: User, stan: User, project: Project):
    assert project in visible_projects(olga)
    assert project_for(viola, project.public_id) == project
    assert project not in visible_projects(stan)
    with pytest.raises(Http404):
        project_for(stan, project.public_id)


def test_a_role_that_is_too_low_looks_like_nothing_there(viola: User, edward: User, project: Project):
    with pytest.raises(Http404):
        project_for(viola, project.public_id, Role.EDITOR)
    assert project_for(edward, project.public_id, Role.EDITOR) == project
    with pytest.raises(Http404):
        project_for(edward, project.public_id, Role.OWNER)


def test_editors_make_and_rename_and_only_owners_delete(
    olga: User, edward: User, viola: User, workspace: Workspace, project: Project
):
    with pytest.raises(Http404):
        create_project(viola, workspace, "Mine")
    made = create_project(edward, workspace, "Made")
    rename_project(edward, made, "Renamed")
    assert Project.objects.get(pk=made.pk).name == "Renamed"
    with pytest.raises(Http404):
        delete_project(edward, made)
    delete_project(olga, made)
    assert made not in visible_projects(olga)
    with pytest.raises(Http404):
        restore_project(edward, made)
    restore_project(olga, made)
    assert made in visible_projects(olga)


def test_a_deletion_is_undone_from_the_workspace(as_olga: Client, workspace: Workspace, project: Project):
    after = as_olga.post(f"/p/{project.public_id}/delete/", follow=True).content.decode()
    assert "The project Shop is deleted." in after
    assert as_olga.get(f"/p/{project.public_id}/").status_code == 404
    back = as_olga.post(f"/p/{project.public_id}/restore/", follow=True).content.decode()
    assert "Shop is back." in back


def test_a_project_has_a_time_zone_that_exists(as_olga: Client, viola: User, project: Project):
    address = f"/p/{project.public_id}/settings/"
    as_olga.post(address, {"time_zone": "America/New York"})
    project.refresh_from_db()
    assert project.time_zone == "America/New_York"
    refused = as_olga.post(address, {"time_zone": "../../etc/passwd"}, follow=True).content.decode()
    assert "I do not know the time zone" in refused
    with pytest.raises(Http404):
        set_time_zone(viola, project, "Europe/Berlin")


def test_a_project_is_made_from_the_workspace_page(as_olga: Client, workspace: Workspace):
    made = as_olga.post(f"/w/{workspace.public_id}/projects/new/", {"name": "New one"}, follow=True)
    assert "New one" in made.content.decode()
    refused = as_olga.post(f"/w/{workspace.public_id}/projects/new/", {"name": " "}, follow=True)
    assert "Please give the project a name." in refused.content.decode()
