"""Accent colours: whatever an owner chooses, text on it and the button on the page can be read."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some

from builder.forms import accent as accents
from builder.forms.accent import PART_CONTRAST, TEXT_CONTRAST, accent, contrast, read_colour

TOKENS = Path(accents.__file__).parents[2] / "static" / "src" / "styles" / "tokens.css"
colours = some.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


@given(colours)
def test_every_colour_can_be_read_in_light_and_in_dark(colour: str) -> None:
    found = accent(colour)
    for shade, page in ((found.light, accents.LIGHT_PAGE), (found.dark, accents.DARK_PAGE)):
        assert contrast(shade.text, shade.background) >= TEXT_CONTRAST
        assert contrast(shade.background, page) >= PART_CONTRAST


def test_a_colour_that_can_be_seen_is_left_as_it_is() -> None:
    assert accent("#b0306a").light.background == "#b0306a"
    assert accent("#7788cc").changed_in == ()


def test_a_pale_colour_is_made_darker_on_a_light_page_only() -> None:
    assert accent("#ffee88").changed_in == ("light",)
    assert accent("#101040").changed_in == ("dark",)


def test_contrast_is_that_of_the_standard() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize(("text", "colour"), [("#AABBCC", "#aabbcc"), ("aabbcc", "#aabbcc"), ("red", None), ("", None)])
def test_colours_are_read_as_six_digits(text: str, colour: str | None) -> None:
    assert read_colour(text) == colour


def test_the_pages_are_those_of_the_tokens() -> None:
    (light, dark), *_ = re.findall(r"--surface: light-dark\((#\w+), (#\w+)\)", TOKENS.read_text())
    assert (light * 2 if len(light) == 4 else light).replace("#fff#fff", "#ffffff") == accents.LIGHT_PAGE
    assert dark == accents.DARK_PAGE
