"""Repeating: for each item of a list, a number of times, until something is true."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from compiler import plan
from compiler.checking.numbers import number
from compiler.checking.scope import Scope, Subject
from compiler.nodes import Block, Name, Node, Phrase, Sentence, sentence
from compiler.phrases.conditions import condition
from compiler.phrases.lists import Where
from compiler.phrases.names import list_named
from compiler.reading.plurals import plural
from compiler.reading.spans import Misread, Problem
from compiler.types import WHOLE, ListType

if TYPE_CHECKING:
    from compiler.checking.page import PageChecker


@sentence
class ForEach(Sentence):
    level = "statement"
    family = "Repeating"
    title = "For each item of a list"
    summary = 'Does something once for each item. In it, "its price" is the price of that item.'
    example = "For each item, increase the total by its price."
    introduces = "item"
    bullets = "statement_bullet"
    pattern = "For each {item:NAME}[ in {items:primary}][ where {condition:condition}]{body:block}"
    also = ("For each {item:NAME} of {items:primary}[ where {condition:condition}]{body:block}",)
    item: Name
    items: Phrase | None = None
    condition: Phrase | None = None
    body: Block

    def normal(self) -> Node:
        chosen = self.items
        if self.condition is not None or not isinstance(chosen, Where):
            return self
        return replace(self, items=chosen.items, condition=chosen.condition)

    def lower(self, page: PageChecker, scope: Scope) -> plan.Statement | None:
        items = self._list(scope)
        assert isinstance(items.type, ListType)
        variable = plan.Variable(f"({self.item.key} {len(scope.subjects) + 1})", items.type.item)
        inner = scope.inside(Subject(self.item.key, variable))
        if self.condition is not None:
            items = plan.Filter(items, variable, condition(self.condition, inner), items.type)
        place = page.place(self)
        return plan.ForEach(variable, items, page.body(self, self.body, inner), place)

    def _list(self, scope: Scope) -> plan.Expression:
        if self.items is not None:
            return list_named(self.items, scope, '"for each"')
        items = scope.list_of(self.item)
        if items is None:
            raise Misread(Problem("N218", self.span, {"name": self.item.words, "plural": plural(self.item.words)}))
        return items


@sentence
class RepeatTimes(Sentence):
    level = "statement"
    family = "Repeating"
    title = "Do something a number of times"
    summary = "Does something again and again, a whole number of times."
    example = "Repeat 3 times, increase the balance by 5%."
    bullets = "statement_bullet"
    pattern = "Repeat {times:unary} times{body:block}"
    times: Phrase
    body: Block

    def lower(self, page: PageChecker, scope: Scope) -> plan.Statement | None:
        times = number(self.times.check(scope), self.times.span, "repeat")
        if times.type != WHOLE:
            raise Misread(Problem("T324", self.times.span))
        place = page.place(self)
        return plan.Repeat(times, page.body(self, self.body, scope), place)


@sentence
class RepeatUntil(Sentence):
    level = "statement"
    family = "Repeating"
    title = "Do something until"
    summary = "Does something again and again until a condition is true. It is looked at before each round."
    example = "Repeat until the balance is at least $1,000, increase the balance by 5%."
    bullets = "statement_bullet"
    pattern = "Repeat until {condition:condition}{body:block}"
    condition: Phrase
    body: Block

    def lower(self, page: PageChecker, scope: Scope) -> plan.Statement | None:
        held = condition(self.condition, scope)
        place = page.place(self)
        return plan.RepeatUntil(held, page.body(self, self.body, scope), place)
