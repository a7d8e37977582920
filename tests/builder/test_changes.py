"""Comparing two texts: nothing of either is lost, and only what differs is marked."""

import time
from itertools import islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder import changes
from builder.changes import Line, compare_texts, compare_words

TEXTS = st.text(alphabet="ab \n.", max_size=60)


def _side(lines: tuple[Line, ...], without: str) -> str:
    number = "after" if without == "del" else "before"
    kept = [line for line in lines if getattr(line, number) is not None]
    return "\n".join("".join(piece.text for piece in line.pieces if piece.change != without) for line in kept)


@given(TEXTS, TEXTS)
def test_both_texts_can_be_read_back_from_the_comparison(before: str, after: str):
    lines = tuple(compare_texts(before, after))
    assert _side(lines, "ins") == before
    assert _side(lines, "del") == after


@given(TEXTS)
def test_a_text_does_not_differ_from_itself(text: str):
    assert all(line.kind == "same" for line in compare_texts(text, text))


def test_only_the_changed_word_of_a_sentence_is_marked():
    pieces = compare_words("set the discount to 15% of it", "set the discount to 12% of it")
    assert [(piece.change, piece.text) for piece in pieces] == [
        ("same", "set the discount to "),
        ("del", "15"),
        ("ins", "12"),
        ("same", "% of it"),
    ]


def test_an_added_line_is_one_added_line():
    kinds = [line.kind for line in compare_texts("one\ntwo", "one\nand a half\ntwo")]
    assert kinds == ["same", "added", "same"]


def test_very_long_lines_are_compared_whole():
    before, after = "a " * 20_000, "b " * 20_000
    assert [piece.change for piece in compare_words(before, after)] == ["del", "ins"]


@given(TEXTS, TEXTS)
def test_a_coarser_comparison_loses_nothing_either(before: str, after: str):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(changes, "LINES_MATCHED", 2)
        patch.setattr(changes, "WORD_PAIRS", 4)
        lines = tuple(compare_texts(before, after))
    assert _side(lines, "ins") == before
    assert _side(lines, "del") == after


HOSTILE = {
    "one line": ("a b " * 250_000, "b a " * 250_000),
    "equal lines": ("a\n" * 500_000, "a\n" * 499_000 + "b\n" * 1_000),
    "few different lines": ("a\nb\nc\n" * 160_000, "c\nb\na\n" * 160_000),
    "every other line": (
        "".join(f"{n}\nx{n}\n" for n in range(1_900)),
        "".join(f"{n}\ny{n}\n" for n in range(1_900)),
    ),
    "long lines of equal words": (("a " * 990 + "\n") * 500, ("a " * 980 + "b\n") * 500),
}


@pytest.mark.parametrize("sort", HOSTILE)
def test_the_first_lines_of_any_two_texts_are_compared_in_bounded_time(sort: str):
    start = time.monotonic()
    shown = list(islice(compare_texts(*HOSTILE[sort]), 5_000))
    assert time.monotonic() - start < 5
    assert shown


@pytest.mark.parametrize("sort", HOSTILE)
def test_nothing_is_lost_in_texts_too_long_to_compare_well(sort: str):
    before, after = (text[:200_000] for text in HOSTILE[sort])
    lines = tuple(compare_texts(before, after))
    assert _side(lines, "ins") == before
    assert _side(lines, "del") == after
