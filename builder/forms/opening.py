"""Who may open a form: members by its function's address, and anyone by its link while it is shared that way."""

from __future__ import annotations

import re
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.http import Http404

from builder.access import Person, function_for, may
from builder.forms.design import Design, FieldDesign, arrange, load
from builder.forms.filling import usable
from builder.models import Form, LiveFunction, Role, Sharing
from builder.programs import program_for
from compiler.targets.form import Field, FormDescription, describe

_TOKEN = re.compile(r"[A-Za-z0-9_-]{16,64}")


@dataclass(frozen=True, slots=True)
class OpenForm:
    """A form in front of somebody: its function, how it is described and designed, and how they came to it.

    `fields` are all fields in the order of the design with what was said of them. `by_link` is True for whoever
    opened it by its link and may see nothing else; `may_edit` for editors of the project.
    """

    function: LiveFunction
    form: Form
    description: FormDescription
    design: Design
    fields: tuple[tuple[Field, FieldDesign], ...]
    zone: ZoneInfo
    by_link: bool
    may_edit: bool

    @property
    def may_explain(self) -> bool:
        """Whether this person may see how a result came about, which shows the sentences of the page."""
        return not self.by_link or self.form.explain_on_link


def form_of(function: LiveFunction) -> Form:
    """The form of a function; one that nobody has changed yet is not in the database."""
    known = Form.objects.filter(project=function.project, function_name=function.name).first()
    return known or Form(project=function.project, function_name=function.name)


def open_for_member(user: Person, project_id: str, slug: str, role: Role = Role.VIEWER) -> OpenForm:
    """The form of a project's function; Http404 unless the person has that role, and is an editor if it is private."""
    function = function_for(user, project_id, slug, role)
    form = form_of(function)
    return _opened(function, form, by_link=False, may_edit=may(user, function.project, Role.EDITOR))


def open_by_link(token: str) -> OpenForm:
    """The form that is shared by this link; Http404 when there is none (any more)."""
    if not _TOKEN.fullmatch(token):
        raise Http404("No such form")
    form = (
        Form.objects.select_related("project__workspace")
        .filter(token=token, sharing=Sharing.LINK, project__deleted_at=None)
        .first()
    )
    if form is None:
        raise Http404("No such form")
    functions = LiveFunction.objects.select_related("project__workspace", "page", "build")
    function = functions.filter(project=form.project, name=form.function_name).first()
    if function is None:
        raise Http404("No such form")
    return _opened(function, form, by_link=True, may_edit=False)


def _opened(function: LiveFunction, form: Form, *, by_link: bool, may_edit: bool) -> OpenForm:
    described = describe(program_for(function)[0])
    design = load(form.design)
    zone = ZoneInfo(function.project.time_zone)
    fields = usable(arrange(design, described), zone)
    return OpenForm(function, form, described, design, fields, zone, by_link, may_edit)
