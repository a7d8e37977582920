"""Secrets at rest: encrypted with Fernet (AES-128-CBC and HMAC-SHA-256) under the keys of the settings.

`PLAINSPARK_SECRETS_KEY` is one key or several, separated by commas, the newest first: the first encrypts, all of them
decrypt, so a key can be replaced without losing anything. Secrets that are only ever compared are hashed instead.
"""

from __future__ import annotations

import hashlib
from functools import lru_cache

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured


class Undecipherable(Exception):
    """A stored secret was encrypted under a key that is not in the settings any more, or was changed."""


@lru_cache(maxsize=4)
def _box(keys: str) -> MultiFernet:
    try:
        return MultiFernet([Fernet(key.strip()) for key in keys.split(",") if key.strip()])
    except ValueError as error:
        raise ImproperlyConfigured("PLAINSPARK_SECRETS_KEY should be Fernet keys separated by commas.") from error


def encrypt(text: str) -> str:
    """The text as a Fernet token (ASCII); two calls give two tokens."""
    return _box(settings.PLAINSPARK_SECRETS_KEY).encrypt(text.encode()).decode("ascii")


def decrypt(token: str) -> str:
    """The text of a token made by `encrypt`. Raises Undecipherable when no key fits."""
    try:
        return _box(settings.PLAINSPARK_SECRETS_KEY).decrypt(token.encode()).decode()
    except InvalidToken as error:
        raise Undecipherable("This secret cannot be read with the keys of this server.") from error


def fingerprint(secret: str) -> str:
    """The SHA-256 of a secret in hexadecimal, to look it up by. Only for secrets with at least 128 random bits."""
    return hashlib.sha256(secret.encode()).hexdigest()
