"""What a machine decides: environment variables, and the keys kept in the `var/` folder when none are given.

A key that is not in the environment is made once, at first use, and kept in a file only its owner can read, so that
`make run` needs no configuration. docs/development.md lists every variable.
"""

import ipaddress
import os
import secrets
import tempfile
from collections.abc import Callable
from pathlib import Path
from urllib.parse import SplitResult, urlsplit

from cryptography.fernet import Fernet
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from django.core.exceptions import ImproperlyConfigured

BASE_FOLDER = Path(__file__).resolve().parent.parent


def text(name: str, default: str = "") -> str:
    """The variable's value without surrounding blanks; an empty variable counts as not set."""
    return os.environ.get(name, "").strip() or default


def flag(name: str, *, default: bool = False) -> bool:
    """A yes/no variable. Raises ImproperlyConfigured for anything but 1, true, yes, on, 0, false, no, off."""
    value = text(name).lower()
    if not value:
        return default
    if value in {"1", "true", "yes", "on"}:
        return True
    if value in {"0", "false", "no", "off"}:
        return False
    raise ImproperlyConfigured(f"{name} should be yes or no, but it is {value!r}.")


def number(name: str, default: int) -> int:
    """A whole-number variable. Raises ImproperlyConfigured for anything else."""
    value = text(name)
    if not value:
        return default
    try:
        return int(value)
    except ValueError as error:
        raise ImproperlyConfigured(f"{name} should be a whole number, but it is {value!r}.") from error


def origin(name: str, default: str) -> SplitResult:
    """A web address such as https://plain.example, without a path. Raises ImproperlyConfigured for anything else."""
    value = text(name, default)
    parts = urlsplit(value)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.path not in {"", "/"}:
        raise ImproperlyConfigured(f"{name} should look like https://plain.example, but it is {value!r}.")
    return parts


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach this host: "localhost" or an address such as 127.0.0.1 or ::1."""
    name = host.strip("[]").lower()
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return name == "localhost" or name.endswith(".localhost")


def refuse_kept_mail(host: str, what: str) -> None:
    """Raises ImproperlyConfigured when mail would be kept in the app while others than this machine can reach it.

    `what` says in words what the host is: "PLAINSPARK_ORIGIN".
    """
    if text("EMAIL_HOST") or is_loopback(host) or flag("PLAINSPARK_KEEP_MAIL"):
        return
    raise ImproperlyConfigured(
        f"{what} is {host}, which others can reach, but there is no EMAIL_HOST: mail would be kept in the app, where "
        "anyone can claim an address that is not theirs. Set EMAIL_HOST to a mail server. If everybody who can reach "
        "this server may do that, set PLAINSPARK_KEEP_MAIL=1."
    )


def var_folder() -> Path:
    """Where this machine's data lives: `var/` beside the code, or PLAINSPARK_VAR. Made when missing."""
    folder = Path(text("PLAINSPARK_VAR") or BASE_FOLDER / "var")
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def key(name: str, file_name: str, make: Callable[[], str]) -> str:
    """The key in variable `name`, or the one in `var/<file_name>`, made by `make` if there is none yet."""
    given = text(name)
    if given:
        return given
    path = var_folder() / file_name
    if not path.exists():
        _write_once(path, make())
    return path.read_text(encoding="utf-8").strip()


def _write_once(path: Path, content: str) -> None:
    """Write a whole private file, unless another process was first: linking is atomic and never replaces."""
    descriptor, draft = tempfile.mkstemp(dir=path.parent)
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(content + "\n")
        os.link(draft, path)
    except FileExistsError:
        return
    finally:
        os.unlink(draft)


def new_secret_key() -> str:
    """For Django's signatures."""
    return secrets.token_urlsafe(50)


def new_secrets_key() -> str:
    """For encrypting stored secrets: a Fernet key."""
    return Fernet.generate_key().decode()


def new_oidc_key() -> str:
    """For signing identity tokens: an RSA private key in PEM."""
    private = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    return private.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    ).decode()
