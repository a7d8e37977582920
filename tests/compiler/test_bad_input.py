"""Texts that nobody would write, or that somebody writes to do harm: clear messages, in bounded time and memory.

Times are of the processor and several times what is needed, so that they hold on a busy machine; what they would catch
is growth with the square of the text.
"""

from __future__ import annotations

import resource
import sys
import time
from collections.abc import Callable

import pytest

from compiler import Project, Source, complete, format_text, read, run_examples
from compiler.plan import OPERATION_LIMIT

HEAD = "Function: Try\nNeeds a price (money) and a quantity (whole number).\nGives a result (money).\n"
ITEMS = "Function: Try\nNeeds several items.\nAn item has a price (money).\nGives a result (money).\n"

MOST_SECONDS = 8.0
"""For everything an editor does with a text: read it, try its examples, colour it, read it back, format it."""

MOST_MEMORY = 300 * 2**20
"""Bytes by which one text may make this process grow."""


def chain(link: str, times: int) -> str:
    return f"{HEAD}Set the result to $1{link * times}.\n"


def functions(count: int, last: str) -> str:
    """Functions each of which uses the next."""
    pages = [
        f"Function: F{n}\nGives a r (number).\nSet the r to the r of F{n + 1}.\n" if n < count - 1 else last
        for n in range(count)
    ]
    return "".join(pages)


LAST = "Function: F{}\nGives a r (number).\nSet the r to {}.\n"

# the name of each case: its text, and the code of a message that it gets (None: only that it is bounded)
TEXTS: dict[str, tuple[str, str | None]] = {
    "1 MB": (HEAD + "Note: a remark.\n" * 62_500, "R101"),
    "1 MB in one line": (HEAD + "a" * 1_000_000, "R101"),
    "a very long sentence": (HEAD + "word " * 39_000, "R109"),
    "a very long word": (HEAD + "a" * 190_000, "R109"),
    "a long word": (HEAD + "Set the result to " + "a" * 3_900 + ".\n", "R128"),
    "a long name": (HEAD.replace("price", "long " * 390), None),
    "a page with a long name": ("Function: " + "name " * 100 + "\nGives a result (number).\nSet the result to 1.\n", "R132"),
    "10,000 brackets": (HEAD + "Set the result to " + "(" * 10_000 + "$1" + ")" * 10_000 + ".\n", "R109"),
    "nested brackets": (HEAD + "Set the result to " + "(" * 1_900 + "$1" + ")" * 1_900 + ".\n", "R116"),
    "nested brackets in each sentence": (HEAD + ("Set the result to " + "(" * 1_900 + "$1" + ")" * 1_900 + ".\n") * 50, "R116"),
    "brackets that stay open": (HEAD + "Set the result to " + "(" * 3_900 + ".\n", "R116"),
    "100,000 bullets": (HEAD + "If the price is $1:\n" + "- x\n" * 100_000, "R101"),
    "as many bullets as fit": (HEAD + "If the price is $1:\n" + "- x\n" * 49_000, "R108"),
    "empty bullets": (ITEMS + "For each item:\n" + "- \n" * 66_000, None),
    "bullets nested 600 deep": (HEAD + "If the price is $1:\n" + "".join(" " * n + "- x\n" for n in range(600)), "R106"),
    "a bullet behind 100,000 tabs": (HEAD + "If the price is $1:\n" + "\t" * 100_000 + "- x\n", None),
    "more than 5,000 sentences": (HEAD + "Set the result to $1.\n" * 6_000, "R108"),
    "1,000 sentences": (HEAD + "Set the result to $1.\n" * 1_000, None),
    "1,500 names": (HEAD + "".join(f"Let the thing{n} be {n}.\n" for n in range(1_500)) + "Set the result to $1.\n", None),
    "1,000 unknown names": (HEAD + "".join(f"Let the thing{n} be other{n}.\n" for n in range(1_000)), "R128"),
    "unknown sentences": (HEAD + "Frob the wibble.\n" * 5_000, "R122"),
    "2,000 pages": ("".join(f"Function: A{n}\n" for n in range(2_000)), "N222"),
    "16,000 pages of one name": ("Function: A\n" * 16_000, "R131"),
    "16,000 misspelt pages": ("Fuction: A\n" * 16_000, "R103"),
    "a long sum": (chain(" plus $1", 480), "R133"),
    "a long product": (chain(" times 1", 480), None),
    "long sums in each sentence": (HEAD + ("Set the result to " + "$1 plus " * 480 + "$1.\n") * 49, None),
    "long conditions": (HEAD + ("If " + "the price is $1 and " * 190 + "the price is $1, set the result to $1.\n") * 49, None),
    "parts of parts": (HEAD + "Set the result to " + "the price of " * 290 + "the price.\n", None),
    "parts' parts": (HEAD + "Set the result to the " + "price's " * 480 + "price.\n", None),
    "if in if": (HEAD + "If the price is $1, " * 190 + "set the result to $1.\n", "R133"),
    "many minuses": (HEAD + "Set the result to " + "-" * 3_900 + "1.\n", None),
    "many nots": (HEAD + "If " + "not " * 900 + "the price is $1, set the result to $1.\n", None),
    "2,000 functions in a row": (functions(2_000, LAST.format(1_999, 1)), None),
    "2,000 functions in a circle": (functions(2_000, LAST.format(1_999, "the r of F0")), None),
    "2,000 formulas in a row": (
        "Function: Try\nGives a r (number).\n" + "".join(f"The a{n} is the a{n + 1} plus 1.\n" for n in range(2_000)) + "The a2000 is 1.\nSet the r to the a0.\n",
        None,
    ),
    "2,000 things in things": (
        "Function: Try\nNeeds a r0.\nGives a n (number).\n" + "".join(f"A r{n} has a r{n + 1} and a n (text).\n" for n in range(2_000)) + "Set the n to 1.\n",
        None,
    ),
    "things doubled in things": (
        "Function: Try\nNeeds a r0.\nGives a n (number).\n" + "".join(f"A r{n} has a r{n + 1} and several r{n + 1}s.\n" for n in range(40)) + "A r40 has a n (text).\nSet the n to 1.\n",
        None,
    ),
    "a table of 15,000 rows": (HEAD + "Choose the result by table:\n| price | result |\n" + "| $1 | $2 |\n" * 15_000, "C606"),
    "a table of 20,000 columns": (HEAD + "Choose the result by table:\n" + "| price " * 20_000 + "|\n", "R120"),
    "190,000 bars": (HEAD + "|" * 190_000, None),
    "190,000 quotes": (HEAD + '"' * 190_000, "R109"),
    "a quote without end": (HEAD + 'Stop with "' + "a\n" * 90_000, "R111"),
    "braces in braces": (HEAD + 'Stop with "' + "{" * 3_900 + '".\n', None),
    "many braces": (HEAD + 'Stop with "' + "{the price}" * 350 + '".\n', None),
    "only line ends": (HEAD + "\n" * 190_000, None),
    "only carriage returns": (HEAD + "\r" * 190_000, None),
    "only spaces": (HEAD + " " * 190_000 + "x", None),
    "spaces around a heading": ("Function:" + " " * 95_000 + "x " + " " * 95_000 + "y", None),
    "only full stops": (HEAD + ". " * 95_000, None),
    "only colons": (HEAD + ":\n" * 90_000, None),
    "a number of 3,900 digits": (HEAD + "Set the result to $" + "9" * 3_900 + ".\n", "R112"),
    "a number out of range": (HEAD + "Set the result to $12345678901234567890.\n", "R112"),
    "1,000 examples": (HEAD + "Set the result to $1.\n" + "Example: with a price of $1 and a quantity of 1, the result is $1.\n" * 1_000, None),
    "null characters": (HEAD + "Set the \0result\0 to $1.\n", None),
    "control characters": (HEAD + "Set the result to \x01\x02\x1b[31m$1\x07.\n", None),
    "half characters": (HEAD + "Set the result to \ud800.\n", None),
    "190,000 null characters": (HEAD + "\0" * 190_000, "R109"),
    "right-to-left characters": (HEAD + "Set the \u202eresult\u202c to $1.\n", "R110"),
    "zero-width characters": (HEAD + "Set the re\u200bsult to $1.\n", "R110"),
    "hidden characters in each sentence": (HEAD + "Set the \u202eresult\u202c to \u200b$1.\n" * 4_000, "R110"),
    "190,000 zero-width characters": (HEAD + "\u200b" * 190_000, "R109"),
}  # fmt: skip


def everything(text: str) -> Project:
    """What an editor does with a text."""
    sources = [Source("page", text)]
    project = read(sources)
    run_examples(project)
    project.highlights("page")
    project.reading("page")
    format_text(text, project)
    return project


def seconds(action: Callable[[], object]) -> float:
    began = time.process_time()
    action()
    return time.process_time() - began


@pytest.fixture(scope="module", autouse=True)
def warm() -> None:
    """What is loaded with the first page does not count."""
    everything(HEAD + "Set the result to $1.\n")


@pytest.mark.timeout(60)
@pytest.mark.parametrize("name", TEXTS)
def test_every_text_is_answered_in_bounded_time_and_memory(name: str) -> None:
    text, code = TEXTS[name]
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    began = time.process_time()
    project = everything(text)
    took = time.process_time() - began
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) * 1024
    assert took < MOST_SECONDS
    assert grown < MOST_MEMORY
    codes = {message.code for message in project.messages}
    assert code is None or code in codes
    assert all(len(message.text) < 1_000 for message in project.messages)


@pytest.mark.parametrize("name", [name for name, (text, _) in TEXTS.items() if len(text) < 8_000])
def test_every_text_can_be_completed(name: str) -> None:
    text, _ = TEXTS[name]
    assert seconds(lambda: complete([Source("page", text)], "page", len(text))) < MOST_SECONDS


def test_many_slow_examples_are_not_all_tried() -> None:
    body = "Set the result to $0.\nRepeat 3000 times:\n- increase the result by $1\n"
    example = "Example: with a price of $5 and a quantity of 1, the result is $3000.\n"
    project = read([Source("page", HEAD + body + example * 1000)])
    assert not project.messages
    results = run_examples(project)
    tried = [result for result in results if result.tried]
    assert len(results) == 1000
    assert 10 < len(tried) < 100
    assert all(result.passed for result in tried)
    assert all(result.text.startswith("Not tried") and not result.passed for result in results[len(tried) :])
    assert [result.line for result in results] == list(range(results[0].line, results[0].line + 1000))
    assert seconds(lambda: run_examples(project)) < MOST_SECONDS


def test_a_bad_page_does_not_harm_the_others() -> None:
    good = HEAD + "Set the result to the price.\n"
    for name, (text, _) in TEXTS.items():
        if len(text) < 8_000:
            project = read([Source("bad", text.replace("Function: Try", "Function: Bad")), Source("good", good)])
            assert "Try" in project.plan.functions, name
            assert not project.messages_for("good"), name


def test_text_without_any_page_is_told_once() -> None:
    project = read([Source("page", "what is this?\n" * 10_000)])
    assert [message.code for message in project.messages] == ["R102"]


@pytest.mark.parametrize("loop", ["Repeat until the price is $0:", "Repeat 999999999999 times:"])
def test_an_example_that_never_ends_is_stopped(loop: str) -> None:
    body = f"Set the result to $0.\n{loop}\n- increase the result by $1\n"
    example = "Example: with a price of $5 and a quantity of 1, the result is $1.\n"
    project = read([Source("page", HEAD + body + example)])
    assert not project.messages
    (result,) = run_examples(project)
    assert not result.passed
    assert "too many steps" in result.text
    assert seconds(lambda: run_examples(project)) < MOST_SECONDS
    assert OPERATION_LIMIT <= 10_000


def test_recursion_has_room_to_spare() -> None:
    """The limits on nesting are those of the language: a server's deep stack leaves less room than a test's."""
    deep = [HEAD + "Set the result to " + "(" * 39 + "$1" + ")" * 39 + ".\n", chain(" plus $1", 39)]
    before = sys.getrecursionlimit()
    depth = len(_stack())
    sys.setrecursionlimit(depth + 600)
    try:
        for text in deep:
            everything(text)
    finally:
        sys.setrecursionlimit(before)


def _stack() -> list[object]:
    frames, frame = [], sys._getframe()
    while frame is not None:
        frames.append(frame)
        frame = frame.f_back  # type: ignore[assignment]
    return frames
