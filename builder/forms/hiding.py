"""What whoever opened a form by its link is not told in its steps: values of hidden fields, and what is made of them.

A name is secret from where it is given something made of a secret, until it is given something else. Which way a choice
went still shows in the sentences that ran, as it does in the result.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from compiler.trace import Step


def telling_steps(steps: Sequence[Step], main: str, hidden: Iterable[str]) -> frozenset[int]:
    """The numbers (from 0) of the steps whose values must not be told. `main` is the function of the form."""
    secret = set(hidden)
    if not secret:
        return frozenset()
    told: set[int] = set()
    loops: set[int] = set()
    for number, step in enumerate(steps):
        # Other functions have names of their own for what they are given, so all of theirs are kept back.
        is_secret = step.function != main or step.place in loops or any(_owner(name) in secret for name in step.reads)
        if is_secret:
            told.add(number)
        if step.function != main:
            continue
        if is_secret and step.kind in {"for each", "repeat", "repeat until"}:
            loops.add(step.place)
        if is_secret:
            secret |= {_owner(name) for name in step.writes}
        else:
            secret -= set(step.writes)
    return frozenset(told)


def _owner(name: str) -> str:
    """The variable that a name such as "order's total" is a part of."""
    return name.partition("'s ")[0]
