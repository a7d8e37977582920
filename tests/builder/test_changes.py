"""Comparing two texts: nothing of either is lost, and only what differs is marked."""

from hypothesis import given
from hypothesis import strategies as st

from builder.changes import COMPARED_BY_WORD, Line, compare_texts, compare_words

TEXTS = st.text(alphabet="ab \n.", max_size=60)


def _side(lines: tuple[Line, ...], without: str) -> str:
    number = "after" if without == "del" else "before"
    kept = [line for line in lines if getattr(line, number) is not None]
    return "\n".join("".join(piece.text for piece in line.pieces if piece.change != without) for line in kept)


@given(TEXTS, TEXTS)
def test_both_texts_can_be_read_back_from_the_comparison(before: str, after: str):
    lines = compare_texts(before, after)
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
    before, after = "a " * COMPARED_BY_WORD, "b " * COMPARED_BY_WORD
    assert [piece.change for piece in compare_words(before, after)] == ["del", "ins"]
