"""An owner's accent colour, made readable: text on it, and it on the page, meet WCAG 2.2 AA in light and in dark."""

from __future__ import annotations

import re
from dataclasses import dataclass

LIGHT_PAGE = "#ffffff"
DARK_PAGE = "#161e1c"
"""The surfaces a form lies on (`static/src/styles/tokens.css`)."""

TEXT_CONTRAST = 4.5  # WCAG 2.2, 1.4.3
PART_CONTRAST = 3.0  # WCAG 2.2, 1.4.11: a button against what is around it

_COLOUR = re.compile(r"#?([0-9a-fA-F]{6})")
_STEPS = 40


@dataclass(frozen=True, slots=True)
class Shade:
    """A button's colour and that of the text on it, both as `#rrggbb`."""

    background: str
    text: str


@dataclass(frozen=True, slots=True)
class Accent:
    """The shades of one accent colour on a light and on a dark page."""

    chosen: str
    light: Shade
    dark: Shade

    @property
    def changed_in(self) -> tuple[str, ...]:
        """Where the chosen colour could not be used as it is: some of "light" and "dark"."""
        shades = {"light": self.light, "dark": self.dark}
        return tuple(name for name, shade in shades.items() if shade.background != self.chosen)


def read_colour(text: str) -> str | None:
    """A colour as `#rrggbb` in small letters, from that or from `rrggbb`; None when it is something else."""
    match = _COLOUR.fullmatch(text.strip())
    return f"#{match.group(1).lower()}" if match else None


def accent(colour: str) -> Accent:
    """The shades for a colour given as `#rrggbb`: as close to it as can be seen well."""
    return Accent(colour, _shade(colour, LIGHT_PAGE, "#000000"), _shade(colour, DARK_PAGE, "#ffffff"))


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours, from 1 to 21 (WCAG 2.2, "contrast ratio")."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _shade(colour: str, page: str, towards: str) -> Shade:
    background = colour
    for step in range(_STEPS + 1):
        background = _mix(colour, towards, step / _STEPS)
        if contrast(background, page) >= PART_CONTRAST:
            break
    # Black or white always reaches 4.5 on any colour: their products of contrasts is 21.
    return Shade(background, max(("#ffffff", "#000000"), key=lambda text: contrast(text, background)))


def _mix(colour: str, towards: str, share: float) -> str:
    pairs = zip(_channels(colour), _channels(towards), strict=True)
    return "#" + "".join(f"{round(one + (other - one) * share):02x}" for one, other in pairs)


def _channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _luminance(colour: str) -> float:
    """Relative luminance (WCAG 2.2)."""
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (channel / 255 for channel in _channels(colour))
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
