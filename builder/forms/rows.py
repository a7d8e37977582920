"""Changing the rows of a list by buttons of a plain form: what a script does in place otherwise."""

from __future__ import annotations

import re
from collections.abc import Sequence

from builder.forms.design import Answers

_ROW_KEY = re.compile("[0-9]{1,9}")
ACTIONS = ("add", "remove", "up", "down")


def edit_rows(answers: Answers, action: str) -> dict[str, tuple[str, ...]] | None:
    """The answers after pressing a button with this value, or None when it is not about rows.

    "add:items" puts an empty row at the end; "remove:items.3", "up:items.3" and "down:items.3" are about the row
    with the key 3. A row that is not there, or cannot go further, changes nothing.
    """
    verb, _, about = action.partition(":")
    if verb not in ACTIONS or not about:
        return None
    changed = dict(answers)
    if verb == "add":
        # A page shows one row for a list that has none, with the key 1: adding makes it two.
        keys = list(answers.get(about, ())) or ["1"]
        changed[about] = (*keys, _new_key(keys))
        return changed
    name, _, row = about.rpartition(".")
    keys = list(answers.get(name, ()))
    if row not in keys:
        return changed
    at = keys.index(row)
    if verb == "remove":
        keys.remove(row)
        changed = {each: texts for each, texts in changed.items() if not each.startswith(f"{about}.")}
    else:
        to = max(at - 1, 0) if verb == "up" else min(at + 1, len(keys) - 1)
        keys.insert(to, keys.pop(at))
    changed[name] = tuple(keys)
    return changed


def _new_key(keys: Sequence[str]) -> str:
    """A key that no row has: one above the highest, while that is short enough to be a key."""
    numbers = {int(key) for key in keys if _ROW_KEY.fullmatch(key)}
    above = max(numbers, default=0) + 1
    if _ROW_KEY.fullmatch(str(above)):
        return str(above)
    return next(str(number) for number in range(1, len(numbers) + 2) if number not in numbers)
