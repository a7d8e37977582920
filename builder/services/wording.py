"""What people type into the app's own fields: names and page texts, made clean or refused with words."""

from __future__ import annotations

import unicodedata

from builder.services.errors import Refused

NAME_LENGTH = 100
TEXT_LENGTH = 1_000_000


def clean_name(name: str, what: str) -> str:
    """The name on one line without extra blanks. Raises Refused when empty, too long or with control characters."""
    tidy = " ".join(name.split())
    if not tidy:
        raise Refused(f"Please give the {what} a name.")
    if len(tidy) > NAME_LENGTH:
        raise Refused(
            f"This name is too long: a {what}'s name can have {NAME_LENGTH} characters, and it has {len(tidy)}."
        )
    if any(unicodedata.category(character) in {"Cc", "Cs"} for character in tidy):
        raise Refused(f"The name of the {what} has a character in it that cannot be shown. Please type it again.")
    return tidy


def clean_text(text: str) -> str:
    """The text of a page with lines ending in "\\n". Raises Refused when it cannot be kept exactly."""
    tidy = text.replace("\r\n", "\n").replace("\r", "\n")
    if len(tidy) > TEXT_LENGTH:
        raise Refused(
            f"This page is too long to keep: it has {len(tidy):,} characters, and a page can have {TEXT_LENGTH:,}. "
            "Please split it into several pages."
        )
    if "\0" in tidy or any("\ud800" <= character <= "\udfff" for character in tidy):
        raise Refused(
            "This text has a character in it that cannot be kept (a NUL or half a character). Please remove it."
        )
    return tidy
