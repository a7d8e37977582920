"""Which known word was probably meant by one that nobody knows."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

_MOST_LOOKED_AT = 1_000


def nearest(word: str, known: Iterable[str], most: int = 1, least: float = 0.66) -> list[str]:
    """Up to `most` of the known words that are most like `word`, the likeliest first.

    Swapped letters count as nearly nothing, since that is how people mistype; `least` is how like they must be,
    from 0 to 1.
    """
    close = [other for other in known if abs(len(other) - len(word)) <= max(2, len(word) // 3)]
    known = close[:_MOST_LOOKED_AT]
    scored = [(_likeness(word.lower(), other.lower()), -number, other) for number, other in enumerate(known)]
    return [other for score, _, other in sorted(scored, reverse=True)[:most] if score >= least]


def _likeness(word: str, other: str) -> float:
    if word != other and sorted(word) == sorted(other) and len(word) > 2:
        return 0.99
    matcher = difflib.SequenceMatcher(None, word, other)
    return matcher.ratio() if matcher.real_quick_ratio() > 0.5 and matcher.quick_ratio() > 0.5 else 0.0
