"""The language as people write it: tables of readings, pages with examples, and what every sentence says of itself."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from compiler import ReadingCache, Source, format_text, read, run_examples
from compiler.interpreter import interpret
from compiler.nodes import SENTENCES, Sentence
from compiler.printing import print_node
from compiler.reading.vocabulary import Vocabulary
from compiler.sentences.synonyms import SYNONYMS
from compiler.trying import EXAMPLE_CLOCK
from compiler.values import parse_value

FOLDER = Path(__file__).parent / "language"
CACHE = ReadingCache()
HEAD = """Function: Try
Needs a price (money), a quantity (whole number), a number of children (whole number), a time to approve (whole number),
  terms and conditions (text), a rate (percentage), a state (text), a start date (date), an optional note (text),
  a size (one of small or large), an urgent mark (yes/no) and several items.
An item has a name (text), a price (money), a quantity (whole number) and an exempt mark (yes/no).
Gives a result (text).
"""
GIVEN = {
    "price": "$20", "quantity": "10", "number of children": "2", "time to approve": "7", "terms and conditions": "as is", "rate": "5%",
    "state": "New York", "start date": "15 February 2026", "size": "large", "urgent mark": "yes",
}  # fmt: skip
ITEMS = (("book", "12", 1, True), ("pen", "4", 3, False), ("pin", "1", 10, False))


@dataclass(frozen=True)
class Row:
    """A line of readings.txt."""

    text: str
    condition: bool
    canonical: str
    value: str

    def __str__(self) -> str:
        return self.text


def rows() -> list[Row]:
    found = []
    for line in (FOLDER / "readings.txt").read_text(encoding="utf-8").splitlines():
        if "=>" in line and not line.startswith("#"):
            text, canonical, *value = (part.strip() for part in line.split("=>"))
            found.append(Row(text.removeprefix("? "), text.startswith("? "), canonical, value[0] if value else ""))
    return found


def page_for(row: Row) -> str:
    if row.condition:
        return f'{HEAD}Set the result to "no".\nIf {row.text}, set the result to "yes".\n'
    return f'{HEAD}Let the value be {row.text}.\nSet the result to "{{the value}}".\n'


@pytest.mark.parametrize("row", rows(), ids=str)
def test_what_people_write_reads_as_one_canonical_wording(row: Row) -> None:
    project = read([Source("page", page_for(row))], CACHE)
    if row.canonical == "!":
        assert project.messages
        return
    assert not project.messages, [m.text for m in project.messages]
    readings = [reading.text for reading in project.reading("page")]
    canonical = (
        f'If {row.canonical}, set the result to "yes".' if row.condition else f"Let the value be {row.canonical}."
    )
    assert readings[-1 if row.condition else -2].removesuffix(".") == canonical.removesuffix(".")
    if not row.value:
        return
    function = project.plan.functions["Try"]
    inputs = {p.name: parse_value(GIVEN[p.name], p.type) for p in function.inputs if p.name in GIVEN}
    inputs["note"] = None
    (items,) = (p for p in function.inputs if p.name == "items")
    fields = list(items.type.item.fields)
    inputs["items"] = tuple(
        {
            f.name: parse_value(str(v).replace("True", "yes").replace("False", "no"), f.type)
            for f, v in zip(fields, item, strict=True)
        }
        for item in ITEMS
    )
    outcome = interpret(project.plan, "Try", inputs, EXAMPLE_CLOCK)
    assert outcome.outputs is not None, outcome.stopped
    assert outcome.outputs["result"] == row.value


@pytest.mark.parametrize("row", [row for row in rows() if row.canonical != "!"], ids=str)
def test_the_canonical_wording_stays_as_it_is(row: Row) -> None:
    once = format_text(page_for(row))
    assert format_text(once) == once


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.plain")), ids=lambda path: path.stem)
def test_pages_read_and_their_examples_pass(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    project = read([Source(path.name, text)], CACHE)
    assert not [m for m in project.messages if m.severity == "error"], [(m.line, m.text) for m in project.messages]
    results = run_examples(project)
    assert results and all(result.passed for result in results), [(r.line, r.text) for r in results if not r.passed]
    formatted = read([Source(path.name, format_text(text))], CACHE)
    assert all(result.passed for result in run_examples(formatted))


@pytest.mark.parametrize("cls", SENTENCES, ids=lambda cls: cls.__name__)
def test_the_example_of_a_sentence_reads_as_that_sentence(cls: type[Sentence]) -> None:
    start = {"step": "step", "statement": "statement_bullet"}.get(cls.level, "page_sentence")
    first = cls.example.split("\n")[0].removesuffix(".")
    words = Vocabulary()
    for name in NAMES_IN_EXAMPLES:
        words.add_name(name, name.endswith("mark"))
    for choice in ("small", "medium", "large"):
        words.add_choice(choice)
    words.add_plurals()
    node = CACHE.parser.parse(start, first, words)
    assert type(node) is cls
    assert print_node(node, first[0].isupper()).removesuffix(":") == first.removesuffix(":")


NAMES_IN_EXAMPLES = (
    "price", "quantity", "discount", "item", "name", "line", "product", "discount code", "code", "size", "amount", "tax rate", "state",
    "subtotal", "total", "balance", "e-mail address", "answer",
)  # fmt: skip


def test_every_synonym_belongs_to_words_of_the_language_and_to_one_of_them() -> None:
    seen: dict[str, str] = {}
    for canonical, others in SYNONYMS.items():
        for other in others:
            assert seen.setdefault(other, canonical) == canonical, other
