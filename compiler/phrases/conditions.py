"""Conditions: "the price is at least $3", and how they are joined, denied and asked of every item of a list."""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar

from compiler import plan
from compiler.checking.scope import Scope, Subject
from compiler.checking.type_words import type_words
from compiler.nodes import Phrase, phrase
from compiler.phrases.names import AdjectivePhrase, It, Its, NamePhrase, Of, item_of, list_named
from compiler.phrases.tests import Equals, Test
from compiler.plan import Expression, Quantity
from compiler.reading.spans import Misread, Problem
from compiler.types import YES_NO, YesNoType


def condition(phrase_: Phrase, scope: Scope) -> Expression:
    """What a phrase says as a condition; raises `Misread` when it is not something that holds or does not."""
    value = phrase_.check(scope)
    if not isinstance(value.type, YesNoType):
        raise Misread(Problem("T319", phrase_.span, {"found": type_words(value.type)}))
    return value


@phrase
class Is(Phrase):
    level = "strict"
    pattern = "{subject:sum} is|{test:test}"
    subject: Phrase
    test: Test

    def check(self, scope: Scope) -> Expression:
        return _asked(self.subject, self.test, scope)


def _asked(subject: Phrase, test: Test, scope: Scope) -> Expression:
    """What "it is express" asks at the top of a page, where "it" is no item but the page: its own yes/no name."""
    adjective = test.value if isinstance(test, Equals) else None
    if isinstance(subject, It) and not scope.subjects and isinstance(adjective, NamePhrase | AdjectivePhrase):
        value = adjective.check(scope)
        if isinstance(value.type, YesNoType):
            return value
    return test.ask(subject.check(scope), subject.span, scope)


@phrase
class IsNot(Phrase):
    level = "strict"
    pattern = "{subject:sum} is|not {test:test}"
    subject: Phrase
    test: Test

    def check(self, scope: Scope) -> Expression:
        return plan.Not(_asked(self.subject, self.test, scope), YES_NO)


@phrase
class Does(Phrase):
    level = "strict"
    pattern = "{subject:sum} {test:verb}"
    subject: Phrase
    test: Test

    def check(self, scope: Scope) -> Expression:
        return self.test.ask(self.subject.check(scope), self.subject.span, scope)


@phrase
class DoesNot(Phrase):
    level = "strict"
    pattern = "{subject:sum} does not {test:verb}"
    subject: Phrase
    test: Test

    def check(self, scope: Scope) -> Expression:
        return plan.Not(self.test.ask(self.subject.check(scope), self.subject.span, scope), YES_NO)


@phrase
class Denied(Phrase):
    level = "strict"
    pattern = "it is not true that {inner:atom}"
    inner: Phrase

    def check(self, scope: Scope) -> Expression:
        return plan.Not(condition(self.inner, scope), YES_NO)


@phrase
class AndCondition(Phrase):
    level = "junction"
    pattern = "{parts:atom and}"
    parts: tuple[Phrase, ...]

    def check(self, scope: Scope) -> Expression:
        return plan.And(tuple(condition(part, scope) for part in self.parts), YES_NO)


@phrase
class OrCondition(Phrase):
    level = "junction"
    pattern = "{parts:atom or}"
    parts: tuple[Phrase, ...]

    def check(self, scope: Scope) -> Expression:
        return plan.Or(tuple(condition(part, scope) for part in self.parts), YES_NO)


@phrase
class Either(Phrase):
    level = "strict"
    greedy = True
    pattern = "either {parts:atom or}"
    parts: tuple[Phrase, ...]

    def check(self, scope: Scope) -> Expression:
        return plan.Or(tuple(condition(part, scope) for part in self.parts), YES_NO)


@phrase
class Both(Phrase):
    level = "strict"
    greedy = True
    pattern = "both {parts:atom and}"
    parts: tuple[Phrase, ...]

    def check(self, scope: Scope) -> Expression:
        return plan.And(tuple(condition(part, scope) for part in self.parts), YES_NO)


@phrase
class AllOfThese(Phrase):
    """All the conditions in the bullets below the sentence; `conditions` is filled in when they are read."""

    level = "strict"
    pattern = "all of these are true"
    also = ("all of the following are true", "all of these hold", "all of these is|true")
    conditions: tuple[Phrase, ...] = ()

    def check(self, scope: Scope) -> Expression:
        return plan.And(_bulleted(self.conditions, self, scope), YES_NO)


@phrase
class AnyOfThese(Phrase):
    """At least one of the conditions in the bullets below the sentence."""

    level = "strict"
    pattern = "any of these are true"
    also = ("any of these is|true", "any of the following are true", "any of these hold", "one of these is|true")
    conditions: tuple[Phrase, ...] = ()

    def check(self, scope: Scope) -> Expression:
        return plan.Or(_bulleted(self.conditions, self, scope), YES_NO)


def _bulleted(conditions: tuple[Phrase, ...], node: Phrase, scope: Scope) -> tuple[Expression, ...]:
    if not conditions:
        raise Misread(Problem("R125", node.span))
    return tuple(condition(part, scope) for part in conditions)


class _Quantified(Phrase):
    """A condition asked of the items of a list, which the first name of its subject names."""

    quantity: ClassVar[Quantity]
    negated: ClassVar[bool] = False
    bare = "subject"
    subject: Phrase
    test: Test

    def check(self, scope: Scope) -> Expression:
        items = list_named(_first_name(self.subject), scope, f'"{self.quantity.value}"')
        item, inner = item_of(items, scope)
        noun = _first_name(self.subject)
        if isinstance(noun, NamePhrase):
            inner = replace(inner, subjects=(*inner.subjects, Subject(noun.name.key, item)))
        asked = self.test.ask(_without_plural(self.subject).check(inner), self.subject.span, inner)
        held = plan.Not(asked, YES_NO) if self.negated else asked
        return plan.Holds(self.quantity, items, item, held, YES_NO)


def _first_name(subject: Phrase) -> Phrase:
    """The name of the items in "every item" or "every item's price"."""
    while isinstance(subject, Of):
        subject = subject.whole
    return subject


def _without_plural(subject: Phrase) -> Phrase:
    """The subject, speaking of one item: "all items" are asked one by one."""
    if isinstance(subject, Of):
        return replace(subject, whole=_without_plural(subject.whole))
    if isinstance(subject, NamePhrase):
        return It(span=subject.span)
    if isinstance(subject, It | Its):
        return subject
    raise Misread(Problem("T312", subject.span, {"what": "every"}))


@phrase
class Every(_Quantified):
    level = "strict"
    pattern = "every {subject:sum} is|{test:test}"
    quantity = Quantity.EVERY
    subject: Phrase
    test: Test


@phrase
class EveryNot(_Quantified):
    level = "strict"
    pattern = "every {subject:sum} is|not {test:test}"
    quantity = Quantity.EVERY
    negated = True
    subject: Phrase
    test: Test


@phrase
class EveryDoes(_Quantified):
    level = "strict"
    pattern = "every {subject:sum} {test:verb}"
    quantity = Quantity.EVERY
    subject: Phrase
    test: Test


@phrase
class AnyItem(_Quantified):
    level = "strict"
    pattern = "any {subject:sum} is|{test:test}"
    quantity = Quantity.ANY
    subject: Phrase
    test: Test


@phrase
class AnyItemNot(_Quantified):
    level = "strict"
    pattern = "any {subject:sum} is|not {test:test}"
    quantity = Quantity.ANY
    negated = True
    subject: Phrase
    test: Test


@phrase
class AnyItemDoes(_Quantified):
    level = "strict"
    pattern = "any {subject:sum} {test:verb}"
    quantity = Quantity.ANY
    subject: Phrase
    test: Test


@phrase
class NoItem(_Quantified):
    level = "strict"
    pattern = "no {subject:sum} is|{test:test}"
    quantity = Quantity.NO
    subject: Phrase
    test: Test


@phrase
class NoItemDoes(_Quantified):
    level = "strict"
    pattern = "no {subject:sum} {test:verb}"
    quantity = Quantity.NO
    subject: Phrase
    test: Test


@phrase
class Whether(Phrase):
    level = "expression"
    pattern = "whether {inner:condition}"
    inner: Phrase

    def check(self, scope: Scope) -> Expression:
        return condition(self.inner, scope)
