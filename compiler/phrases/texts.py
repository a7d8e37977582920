"""Text: joined, in capitals, its length."""

from __future__ import annotations

from compiler import plan
from compiler.checking.coercion import fit, needed
from compiler.checking.scope import Scope
from compiler.nodes import Phrase, phrase
from compiler.phrases.names import list_named, shown
from compiler.plan import Expression
from compiler.types import TEXT, WHOLE, ListType


@phrase
class JoinedWith(Phrase):
    level = "sum"
    pattern = "{left:sum} joined with {right:product}"
    left: Phrase
    right: Phrase

    def check(self, scope: Scope) -> Expression:
        parts = (shown(self.left.check(scope), self.left.span), shown(self.right.check(scope), self.right.span))
        return plan.Join(parts, TEXT)


def _cased(value: Phrase, capitals: bool, scope: Scope) -> Expression:
    return plan.ChangeCase(fit(value.check(scope), TEXT, value.span, "the text"), capitals, TEXT)


@phrase
class InCapitals(Phrase):
    level = "primary"
    pattern = "{value:primary} in capitals"
    value: Phrase

    def check(self, scope: Scope) -> Expression:
        return _cased(self.value, True, scope)


@phrase
class InSmallLetters(Phrase):
    level = "primary"
    pattern = "{value:primary} in small letters"
    value: Phrase

    def check(self, scope: Scope) -> Expression:
        return _cased(self.value, False, scope)


@phrase
class LengthOf(Phrase):
    level = "primary"
    pattern = "the length of {value:primary}"
    value: Phrase

    def check(self, scope: Scope) -> Expression:
        value = needed(self.value.check(scope))
        if isinstance(value.type, ListType):
            return plan.Count(list_named(self.value, scope, "the length"), WHOLE)
        return plan.Length(fit(value, TEXT, self.value.span, "the length"), WHOLE)
