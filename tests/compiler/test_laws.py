"""What holds for every text: reading never fails, formatting changes no meaning, and a cache changes nothing."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from compiler import Project, ReadingCache, Source, format_text, read, run_examples
from compiler.messages import CATALOGUE
from compiler.places import renumbered
from compiler.plan import Plan
from tests.compiler.page_generators import pages

SETTINGS = settings(
    max_examples=40,
    phases=(Phase.explicit, Phase.reuse, Phase.generate, Phase.shrink),
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
SAMPLES = [path.read_text(encoding="utf-8") for path in sorted((Path(__file__).parent / "language").glob("*.plain"))]
SHARED = ReadingCache()


def without_places(plan: Plan) -> dict[str, object]:
    """The functions of a plan without where they came from."""
    return {
        name: replace(function, body=placeless(function.body), source="", line=0)
        for name, function in plan.functions.items()
    }


def placeless(body: object) -> object:
    """Statements with all their places forgotten."""
    if isinstance(body, tuple):
        return tuple(placeless(part) for part in body)
    if hasattr(body, "place"):
        parts = {name: placeless(getattr(body, name)) for name in body.__slots__ if name != "place"}
        return type(body)(**parts, place=0)
    return body


@given(pages())
@SETTINGS
def test_generated_pages_are_free_of_mistakes(page: str) -> None:
    errors = [(m.text, page[m.start : m.start + m.length]) for m in read([Source("a", page)], SHARED).messages]
    assert not errors, page


@given(pages())
@SETTINGS
def test_format_is_idempotent(page: str) -> None:
    once = format_text(page)
    assert format_text(once) == once


@given(pages())
@SETTINGS
def test_format_never_changes_the_plan(page: str) -> None:
    before, after = read([Source("a", page)]), read([Source("a", format_text(page))])
    assert without_places(after.plan) == without_places(before.plan)
    assert before.plan.functions


@given(pages())
@SETTINGS
def test_the_canonical_reading_is_the_formatted_text(page: str) -> None:
    formatted = format_text(page)
    project = read([Source("a", formatted)])
    for reading in project.reading("a"):
        assert reading.text in formatted


def mutated(sample: str) -> st.SearchStrategy[str]:
    """A text with pieces of it cut out, doubled, or replaced by what does not belong there."""
    odd = st.sampled_from(
        ('"', "(", ")", "{", "}", "\n", "\n- ", "\n  - ", ".", ",", " and ", " or ", " of ", " where ", "|", "'s ", "\u200b", "😀",
         "\r\n", "\r", "Function: ", ":", " is ", "99999999999999999999", " 31 February 2026 ", "ſ", "İ", "\t", "\x00", " the ", "its ")
    )  # fmt: skip
    place = st.integers(0, len(sample))

    def change(text: str, edits: list[tuple[int, int, str]]) -> str:
        for start, length, piece in edits:
            start = min(start, len(text))
            text = text[:start] + piece + text[start + length :]
        return text

    edits = st.lists(st.tuples(place, st.integers(0, 30), odd), min_size=1, max_size=4)
    return edits.map(lambda made: change(sample, made))


def any_text() -> st.SearchStrategy[str]:
    """Any text at all, and texts that are nearly pages."""
    near = st.sampled_from(SAMPLES).flatmap(mutated)
    return st.one_of(st.text(max_size=200), near, near, st.text(max_size=60).map(lambda text: f"Function: {text}"))


def check_places(project: Project, text: str) -> None:
    for message in project.messages:
        assert message.code in CATALOGUE
        assert 0 <= message.start <= len(text)
        assert message.start + message.length <= len(text) or message.length == 1
        assert text.count("\n", 0, message.start) == message.line - 1
        assert message.column == message.start - (text.rfind("\n", 0, message.start) + 1) + 1
        for fix in message.fixes:
            assert 0 <= fix.start <= fix.end <= len(text)


@given(any_text())
@SETTINGS
def test_reading_never_raises_and_every_place_lies_inside(text: str) -> None:
    project = read([Source("a", text)])
    check_places(project, text)
    end = 0
    for highlight in project.highlights("a"):
        assert end <= highlight.start < highlight.end <= len(text)
        end = highlight.end
    project.reading("a")
    run_examples(project)


@given(any_text())
@SETTINGS
def test_format_of_any_text_is_idempotent_and_keeps_its_messages(text: str) -> None:
    once = format_text(text)
    assert format_text(once) == once
    before, after = read([Source("a", text)]), read([Source("a", once)])
    assert sorted(m.code for m in after.messages) == sorted(m.code for m in before.messages)
    assert without_places(after.plan) == without_places(before.plan)


@given(st.lists(any_text(), min_size=1, max_size=3))
@SETTINGS
def test_reading_with_a_cache_gives_the_same(texts: list[str]) -> None:
    sources = [Source(str(number), text) for number, text in enumerate(texts)]
    warm, cold = read(sources, SHARED), read(sources)
    assert warm.messages == cold.messages
    assert warm.plan == cold.plan
    assert warm.pages == cold.pages


def test_renumbering_moves_every_place() -> None:
    project = read([Source("a", sample) for sample in SAMPLES[:1]])
    for function in project.plan.functions.values():
        assert placeless(renumbered(function.body, 7)) == placeless(function.body)
