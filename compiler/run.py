"""What a run takes and gives, the same for every target: inputs and a clock in, an outcome out."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass

from compiler.plan import Fault, Value


@dataclass(frozen=True, slots=True)
class Clock:
    """The time at which a run is said to start: part of its input, so that running it again gives the same."""

    now: datetime.datetime
    today: datetime.date


@dataclass(frozen=True, slots=True)
class Stopped:
    """Why a run has no result: the fault, the number of the sentence (-1 for none) and the text of a stop."""

    fault: Fault
    place: int = -1
    text: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """The result of a run: outputs by name in the order of the function, or why it stopped; and what it counted."""

    outputs: Mapping[str, Value] | None
    stopped: Stopped | None
    operations: int
