"""The ids that appear in addresses: short, random, and telling nothing about how many things there are."""

import secrets
from typing import Any

from django.db import models

ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
"""Small letters and digits without those that look alike (i, l, o, 0, 1)."""

LENGTH = 12
"""31 ** 12 is about 2 ** 59: far beyond guessing, and every look-up checks membership besides."""

PATTERN = f"[{ALPHABET}]{{{LENGTH}}}"


def new_public_id() -> str:
    """A random id of `LENGTH` characters of `ALPHABET`."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


class PublicIdField(models.CharField):
    """A unique `new_public_id()`, given once and never edited."""

    def __init__(self, **options: Any) -> None:
        settled = {"max_length": LENGTH, "unique": True, "default": new_public_id, "editable": False}
        super().__init__(**{**options, **settled})

    def deconstruct(self) -> Any:
        name, path, args, options = super().deconstruct()
        for option in ("max_length", "unique", "default", "editable"):
            options.pop(option, None)
        return name, path, args, options
