"""What names mean at a place: the variables there, and the thing that "it" and "its" speak of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from compiler import plan
from compiler.nodes import Name
from compiler.reading.likeness import nearest
from compiler.reading.plurals import plural, singular
from compiler.reading.spans import Misread, Problem, Span, Suggestion
from compiler.types import ListType, RecordType, Type

if TYPE_CHECKING:
    from compiler.checking.page import PageChecker

_MOST_PROBLEMS = 100
"""After so many problems of a page, no likely names are looked for any more."""

SILENT = "SILENT"
"""The code of a problem that follows from another one, which has been reported: it is not shown."""


@dataclass(frozen=True, slots=True)
class Subject:
    """What "it" speaks of: the item of a list, under the noun by which it may be called."""

    noun: str
    value: plan.Expression


@dataclass(frozen=True, slots=True)
class Scope:
    """The names at a place of a page. `items` are the variables of loops and of list expressions, innermost last."""

    page: PageChecker
    variables: Mapping[str, Type]
    subjects: tuple[Subject, ...] = ()
    formulas: Mapping[str, plan.Expression] = field(default_factory=dict)

    def inside(self, subject: Subject) -> Scope:
        """The scope in which `subject` is what "it" means."""
        return replace(self, subjects=(*self.subjects, subject))

    def it(self, span: Span) -> plan.Expression:
        """What "it" means here."""
        if not self.subjects:
            raise Misread(Problem("N205", span))
        return self.subjects[-1].value

    def its(self, name: Name, span: Span) -> plan.Expression:
        """A field of what "it" means here: of the nearest subject that has it."""
        for subject in reversed(self.subjects):
            found = field_of(subject.value, name)
            if found is not None:
                return found
        if not self.subjects:
            raise Misread(Problem("N205", span))
        raise Misread(self._no_field(name, self.subjects[-1], span))

    def value_of(self, name: Name, span: Span) -> plan.Expression:
        """What a name stands for by itself: a variable, a formula, an item, or a field of the nearest subject."""
        readings = [found for found in (self._variable(name), self._field(name)) if found is not None]
        if len(readings) == 2:
            noun = self.subjects[-1].noun
            fix = Suggestion(f'Write "its {name.words}"', span, f"its {name.words}")
            raise Misread(Problem("N206", span, {"name": name.words, "noun": noun}, (fix,)))
        if readings:
            return readings[0]
        raise Misread(self._unknown(name, span))

    def _variable(self, name: Name) -> plan.Expression | None:
        for subject in reversed(self.subjects):
            if subject.noun == name.key and not name.plural:
                return subject.value
        key = name.key
        if name.plural and plural(key) in self.variables:
            key = plural(key)
        if key in self.formulas:
            return self.formulas[key]
        if key in self.page.broken:
            raise Misread(Problem(SILENT, Span(0, 0)))
        if key in self.variables:
            return plan.Variable(key, self.variables[key])
        return None

    def _field(self, name: Name) -> plan.Expression | None:
        for subject in reversed(self.subjects):
            found = field_of(subject.value, name)
            if found is not None:
                return found
        return None

    def list_of(self, name: Name) -> plan.Expression | None:
        """The list whose items are called `name`, when exactly one variable is such a list."""
        return self.list_of_items(name) if self._variable(name) is None else None

    def list_of_items(self, name: Name) -> plan.Expression | None:
        """The same where only a list makes sense, as in "the first item", even if an item is at hand."""
        lists = [
            plan.Variable(key, type_)
            for key, type_ in self.variables.items()
            if isinstance(type_, ListType) and noun_of(key, type_) == name.key
        ]
        named = plural(name.key)
        exact = [candidate for candidate in lists if candidate.name == named]
        return exact[0] if exact else lists[0] if len(lists) == 1 else None

    def _unknown(self, name: Name, span: Span) -> Problem:
        if name.key in self.page.later_names:
            return Problem("N203", span, {"name": name.words})
        if self.page.project.records.get(name.key) is not None:
            return Problem("N204", span, {"name": name.words, "plural": plural(name.words)})
        near = nearest(name.key, self.variables, 1, 0.6) if len(self.page.problems) < _MOST_PROBLEMS else []
        fixes = tuple(
            Suggestion(f"Write {self.page.spelling(key)}", span, f"the {self.page.spelling(key)}") for key in near
        )
        return Problem("N202", span, {"name": name.words}, fixes)

    def _no_field(self, name: Name, subject: Subject, span: Span) -> Problem:
        type_ = subject.value.type
        if not isinstance(type_, RecordType):
            return Problem("N207", span, {"noun": subject.noun, "name": name.words, "fields": "no parts"})
        near = nearest(name.key, [f.name for f in type_.fields], 1, 0.6)
        fixes = tuple(Suggestion(f"Write its {key}", span, f"its {key}") for key in near)
        fields = ", ".join(f.name for f in type_.fields)
        return Problem("N207", span, {"noun": subject.noun, "name": name.words, "fields": fields}, fixes)


def field_of(value: plan.Expression, name: Name) -> plan.Expression | None:
    """The field of a record that a name means, or None when it is no record or has no such field."""
    if not isinstance(value.type, RecordType):
        return None
    for candidate in value.type.fields:
        if candidate.name == name.key or (name.plural and candidate.name == plural(name.key)):
            return plan.FieldOf(value, candidate.name, candidate.type)
    return None


def noun_of(list_name: str, type_: ListType) -> str:
    """What an item of a list is called: by its record, else by the singular of the list's name."""
    return type_.item.name if isinstance(type_.item, RecordType) else singular(list_name)
