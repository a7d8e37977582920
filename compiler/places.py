"""Numbering the places of statements anew, when the functions of several pages become one plan."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from compiler.plan import ForEach, If, Repeat, RepeatUntil, Statement


def renumbered(body: Sequence[Statement], by: int) -> tuple[Statement, ...]:
    """The same statements with `by` added to the number of every place."""
    return tuple(_statement(statement, by) for statement in body) if by else tuple(body)


def _statement(statement: Statement, by: int) -> Statement:
    match statement:
        case If(branches=branches, otherwise=otherwise):
            return If(
                tuple((condition, renumbered(inner, by)) for condition, inner in branches),
                renumbered(otherwise, by),
                statement.place + by,
            )
        case ForEach() | Repeat() | RepeatUntil():
            return replace(statement, body=renumbered(statement.body, by), place=statement.place + by)
        case _:
            return replace(statement, place=statement.place + by)
