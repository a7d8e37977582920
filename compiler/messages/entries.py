"""What a message of the catalogue is."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Severity(Enum):
    """How bad it is: an error keeps its function from running, a warning does not, a notice only tells."""

    ERROR = "error"
    WARNING = "warning"
    NOTICE = "notice"


@dataclass(frozen=True, slots=True)
class Entry:
    """A message: its stable code, a title, its words with slots in braces, an explanation, and a page that provokes it.

    `example` is the text of whole pages for messages of the reader and checker; for messages of runs it is empty.
    """

    code: str
    title: str
    words: str
    explanation: str
    example: str = ""
    severity: Severity = Severity.ERROR


def page(body: str, head: str = "Needs a price (money) and a quantity (whole number).\nGives a result (money).") -> str:
    """A function page around some sentences, for the examples of the catalogue."""
    return f"Function: Try\n{head}\n{body}\n"
