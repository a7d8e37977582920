"""Changes to forms: their design and who may open them. Only editors of the project may; others get "not found"."""

from __future__ import annotations

import secrets
from dataclasses import replace
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone

from builder.access import demand
from builder.forms.accent import read_colour
from builder.forms.design import LONGEST, Design, FieldDesign, arrange, dump, keep_absent, load
from builder.forms.filling import fixed_problem
from builder.models import Form, LiveFunction, Role, Sharing, User
from builder.programs import program_for
from builder.services.audit import record
from builder.services.errors import Refused
from builder.services.wording import clean_text
from compiler.targets.form import FormDescription, describe

LONGEST_FIXED = 100_000
"""Characters that the fixed answer of a hidden field may have in all."""

_BEFORE = "before"
"""Where a form's stored design keeps the one before it, for taking a change back."""


def save_design(user: User, function: LiveFunction, design: Design) -> Form:
    """Keeps a new design of a function's form, and the one before it; raises Refused when something is wrong."""
    _must_edit(user, function)
    description = describe(program_for(function)[0])
    checked = _checked(design, description, ZoneInfo(function.project.time_zone))
    with transaction.atomic():
        form = _locked(function)
        old = load(form.design)
        new = keep_absent(checked, old)
        form.design = {**dump(new), _BEFORE: dump(old)}
        _keep(form, user, "changed the form of")
    return form


def undo_design(user: User, function: LiveFunction) -> Form:
    """Brings back the design before the last change (twice: the change itself); raises Refused when there is none."""
    _must_edit(user, function)
    with transaction.atomic():
        form = _locked(function)
        if _BEFORE not in form.design:
            raise Refused("There is no earlier design of this form to go back to.")
        now = load(form.design)
        form.design = {**dump(load(form.design[_BEFORE])), _BEFORE: dump(now)}
        _keep(form, user, "took back a change to the form of")
    return form


def has_design_before(form: Form) -> bool:
    """Whether `undo_design` has something to bring back."""
    return _BEFORE in form.design


def share(user: User, function: LiveFunction, sharing: str, *, explain_on_link: bool = False) -> Form:
    """Says who may open a form. Sharing by link makes a link if there is none; otherwise the link ends for good."""
    _must_edit(user, function)
    if sharing not in Sharing.values:
        raise Refused("Please choose who may open this form.")
    with transaction.atomic():
        form = _locked(function)
        form.sharing = sharing
        if sharing != Sharing.LINK:
            form.token = None
        elif form.token is None:
            form.token = _new_token()
        form.explain_on_link = sharing == Sharing.LINK and explain_on_link
        _keep(form, user, f"shared ({Sharing(sharing).label.lower()}) the form of")
    return form


def renew_link(user: User, function: LiveFunction) -> Form:
    """Gives a form that is shared by link a new link; the old one stops working at once."""
    _must_edit(user, function)
    with transaction.atomic():
        form = _locked(function)
        if form.sharing != Sharing.LINK:
            raise Refused("This form is not shared by a link, so there is none to renew.")
        form.token = _new_token()
        _keep(form, user, "renewed the link to the form of")
    return form


def _new_token() -> str:
    """192 random bits: nobody guesses one."""
    return secrets.token_urlsafe(24)


def _must_edit(user: User, function: LiveFunction) -> None:
    demand(user, function.project.workspace, Role.EDITOR)


def _locked(function: LiveFunction) -> Form:
    """The form's row, made if there is none, that nobody else changes until the transaction ends."""
    Form.objects.get_or_create(project=function.project, function_name=function.name)
    return Form.objects.select_for_update().get(project=function.project, function_name=function.name)


def _keep(form: Form, user: User, action: str) -> None:
    form.updated = timezone.now()
    form.save()
    record(form.project.workspace, user, action, name=form.function_name)


def _checked(design: Design, description: FormDescription, zone: ZoneInfo) -> Design:
    """The design, trimmed; raises Refused for texts too long, colours that are none, hidden fields without a value."""
    accent = read_colour(design.accent) if design.accent else ""
    if accent is None:
        raise Refused(f"“{design.accent}” is not a colour. Please choose one, or write it like #0c5c68.")
    checked = replace(
        design,
        title=_wording("title", design.title),
        introduction=_wording("introduction", design.introduction),
        button=_wording("button", design.button),
        accent=accent,
        fields=tuple(_checked_field(each) for each in design.fields),
    )
    for field, said in arrange(checked, description):
        if said.hidden and (problem := fixed_problem(field, said, zone)):
            raise Refused(
                f"“{said.label or field.label}” is hidden, so it needs a value that is always used. {problem}"
            )
    return checked


def _checked_field(said: FieldDesign) -> FieldDesign:
    fixed = {name: tuple(clean_text(text) for text in texts) for name, texts in said.fixed.items()}
    if sum(len(name) + len(text) for name, texts in fixed.items() for text in texts) > LONGEST_FIXED:
        raise Refused(f"The value that is always used for “{said.label or said.name}” is too long for a form.")
    return replace(said, label=_wording("label", said.label), help=_wording("help", said.help), fixed=fixed)


def _wording(what: str, text: str) -> str:
    trimmed = clean_text(text).strip()
    if len(trimmed) > LONGEST[what]:
        raise Refused(f"The {what} is {len(trimmed):,} characters long. It may have at most {LONGEST[what]:,}.")
    return trimmed
