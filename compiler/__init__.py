"""The language: plain English in, a typed program out, and from it every target. Pure Python, no server needed."""

from compiler.completing import Completion, complete
from compiler.formatting import format_text
from compiler.project import Fix, Message, Page, Project, ReadingCache, Source, read
from compiler.showing import Highlight, Reading
from compiler.trying import ExampleResult, run_examples

__all__ = [
    "Completion",
    "ExampleResult",
    "Fix",
    "Highlight",
    "Message",
    "Page",
    "Project",
    "Reading",
    "ReadingCache",
    "Source",
    "complete",
    "format_text",
    "read",
    "run_examples",
]
