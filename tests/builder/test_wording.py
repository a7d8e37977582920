"""What people may call things and what text a page may hold."""

import pytest

from builder.services.errors import Refused
from builder.services.wording import NAME_LENGTH, TEXT_LENGTH, clean_name, clean_text


def test_a_name_is_put_on_one_line_without_extra_blanks():
    assert clean_name("  Quantity \n discount ", "page") == "Quantity discount"


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("", "Please give the page a name"),
        (" \t", "Please give the page a name"),
        ("x" * (NAME_LENGTH + 1), "too long"),
        ("a\x07b", "cannot be shown"),
        ("a\ud800", "cannot be shown"),
    ],
)
def test_a_name_that_cannot_be_shown_is_refused_with_words(name: str, words: str):
    with pytest.raises(Refused, match=words):
        clean_name(name, "page")


def test_lines_of_a_text_end_in_one_way():
    assert clean_text("a\r\nb\rc\n") == "a\nb\nc\n"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("x" * (TEXT_LENGTH + 1), "1,000,001 characters"),
        ("a\0b", "cannot be kept"),
        ("a\udfffb", "cannot be kept"),
    ],
)
def test_a_text_that_cannot_be_kept_exactly_is_refused(text: str, words: str):
    with pytest.raises(Refused, match=words):
        clean_text(text)


def test_a_text_of_the_greatest_length_is_kept():
    assert len(clean_text("ä" * TEXT_LENGTH)) == TEXT_LENGTH
