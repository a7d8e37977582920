"""The project's own promises: locks without addresses, a complete map, settings that obey the environment."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from config import environment, serve

ROOT = Path(__file__).resolve().parent.parent
LOCKS = ("requirements.lock", "requirements-dev.lock", "package-lock.json")
FORBIDDEN_NAMES = {"utils.py", "helpers.py", "common.py", "misc.py"}


def committed_files() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return [ROOT / name for name in listed.split("\0") if name and (ROOT / name).exists()]


def settings_with(**environment: str) -> dict[str, object]:
    """Some settings, as a fresh process with this environment sees them."""
    inherited = {name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "REDIS_URL"}}
    code = """if True:
        import json
        from config import settings
        names = [name for name in dir(settings) if name.isupper() and not name.endswith("KEY")]
        print(json.dumps({name: getattr(settings, name) for name in names}, default=str))
    """
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=inherited | environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.mark.parametrize("name", LOCKS)
def test_lock_files_name_no_registry(name: str) -> None:
    text = (ROOT / name).read_text()
    # npm's lock file keeps the addresses where authors ask for donations; these are not where packages come from.
    without_funding = re.sub(r'"url": "[^"]*"|"https://(opencollective|github|paypal)[^"]*"', "", text)
    assert not re.findall(r"https?://[^\s\"]+", without_funding)
    assert '"resolved"' not in text
    assert "--index-url" not in text


def test_every_python_package_is_pinned_by_hash() -> None:
    for name in LOCKS[:2]:
        requirements = re.split(r"(?<!\\)\n(?=\S)", (ROOT / name).read_text().strip())
        pinned = [line for line in requirements if "==" in line and not line.startswith("#")]
        assert len(pinned) > 20
        assert all("--hash=sha256:" in line for line in pinned)


def test_every_node_package_is_pinned_by_hash() -> None:
    packages = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    assert all("integrity" in package for name, package in packages.items() if name.startswith("node_modules/"))


def test_no_file_is_named_after_nothing() -> None:
    assert not [path for path in committed_files() if path.name in FORBIDDEN_NAMES]


def test_no_file_names_a_path_of_the_machine_it_was_written_on() -> None:
    pattern = re.compile(rb"(?<![\w.])/(?:home|root|work)/\w")
    assert not [path for path in committed_files() if path.suffix != ".lock" and pattern.search(path.read_bytes())]


def test_the_map_names_every_top_level_folder() -> None:
    folders = {path.relative_to(ROOT).parts[0] for path in committed_files() if len(path.relative_to(ROOT).parts) > 1}
    text = (ROOT / "docs" / "README.md").read_text()
    assert not [folder for folder in sorted(folders) if f"`{folder}/`" not in text]


def test_every_environment_variable_is_documented() -> None:
    source = "".join((ROOT / "config" / name).read_text() for name in ("settings.py", "environment.py"))
    variables = set(re.findall(r'(?:text|flag|number|origin|key)\(\s*"([A-Z_]+)"', source))
    assert len(variables) > 10
    documented = (ROOT / "docs" / "development.md").read_text()
    assert not [variable for variable in sorted(variables) if f"`{variable}`" not in documented]


def test_every_command_is_documented() -> None:
    commands = re.findall(r"^(\w+):.*## ", (ROOT / "Makefile").read_text(), re.MULTILINE)
    assert {"setup", "run", "test", "bench", "lint", "format"} <= set(commands)
    documented = (ROOT / "docs" / "development.md").read_text()
    assert not [command for command in commands if f"`make {command}" not in documented]


def test_the_embedded_default_needs_no_server() -> None:
    settings = settings_with()
    assert settings["DATABASES"]["default"]["ENGINE"] == "django.db.backends.sqlite3"
    assert settings["DATABASES"]["default"]["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert settings["CHANNEL_LAYERS"]["default"]["BACKEND"] == "channels.layers.InMemoryChannelLayer"
    assert settings["CELERY_BROKER_URL"] == "memory://"
    assert settings["EMAIL_BACKEND"] == "builder.mail.OutboxBackend"
    assert settings["DEBUG"] is False
    assert settings["PLAINSPARK_DEMO"] is True


def test_one_variable_replaces_each_embedded_part() -> None:
    settings = settings_with(
        DATABASE_URL="postgres://someone@db.example:5433/plain",
        REDIS_URL="redis://redis.example:6380/2",
        EMAIL_HOST="mail.example",
    )
    assert settings["DATABASES"]["default"]["ENGINE"] == "django.db.backends.postgresql"
    assert settings["DATABASES"]["default"]["HOST"] == "db.example"
    assert settings["CACHES"]["default"]["LOCATION"] == "redis://redis.example:6380/2"
    assert settings["CHANNEL_LAYERS"]["default"]["CONFIG"]["hosts"] == ["redis://redis.example:6380/2"]
    assert settings["CELERY_BROKER_URL"] == "redis://redis.example:6380/2"
    assert settings["EMAIL_BACKEND"] == "django.core.mail.backends.smtp.EmailBackend"
    assert settings["PLAINSPARK_DEMO"] is False


def test_a_secure_address_hardens_cookies_and_transport() -> None:
    settings = settings_with(PLAINSPARK_ORIGIN="https://plain.example", EMAIL_HOST="mail.example")
    assert settings["ALLOWED_HOSTS"] == ["plain.example"]
    assert settings["CSRF_TRUSTED_ORIGINS"] == ["https://plain.example"]
    assert settings["SESSION_COOKIE_SECURE"] is True
    assert settings["CSRF_COOKIE_SECURE"] is True
    assert settings["SECURE_HSTS_SECONDS"] > 0
    assert settings["MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN"] is False


def test_this_machine_is_known_by_all_its_names() -> None:
    settings = settings_with(PLAINSPARK_ORIGIN="http://[::1]:8000")
    assert settings["ALLOWED_HOSTS"] == ["127.0.0.1", "[::1]", "localhost"]


@pytest.mark.parametrize(
    ("host", "is_loopback"),
    [("localhost", True), ("127.0.0.9", True), ("[::1]", True), ("0.0.0.0", False), ("10.0.0.1", False), ("", False)],
)
def test_a_loopback_host_is_told_from_others(host: str, is_loopback: bool) -> None:
    assert environment.is_loopback(host) is is_loopback


def test_mail_is_not_kept_where_others_reach_the_app() -> None:
    with pytest.raises(AssertionError, match="Set EMAIL_HOST to a mail server"):
        settings_with(PLAINSPARK_ORIGIN="https://plain.example")
    allowed = settings_with(PLAINSPARK_ORIGIN="https://plain.example", PLAINSPARK_KEEP_MAIL="1")
    assert allowed["EMAIL_BACKEND"] == "builder.mail.OutboxBackend"


def test_the_server_does_not_open_kept_mail_to_others(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("EMAIL_HOST", "PLAINSPARK_KEEP_MAIL"):
        monkeypatch.delenv(name, raising=False)
    with pytest.raises(SystemExit, match=r"The host to serve on is 0\.0\.0\.0, which others can reach"):
        serve.main(["--host", "0.0.0.0", "--port", "1"])


@pytest.mark.parametrize(("proxies", "believed"), [("", False), ("10.0.0.1,10.0.0.2", True)])
def test_only_named_proxies_say_whom_a_request_comes_from(
    proxies: str, believed: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: dict[str, Any] = {}
    monkeypatch.setenv("PLAINSPARK_PROXIES", proxies)
    monkeypatch.setenv("PLAINSPARK_ORIGIN", "http://localhost:8000")
    monkeypatch.setattr(serve.uvicorn, "run", lambda *_, **options: told.update(options))
    monkeypatch.setattr(serve, "call_command", lambda *_, **__: None)
    serve.main(["--host", "127.0.0.1", "--port", "0", "--without-samples"])
    assert (told["proxy_headers"], told["forwarded_allow_ips"]) == (believed, proxies)


def test_no_inline_script_is_ever_allowed() -> None:
    directives = settings_with()["CONTENT_SECURITY_POLICY"]["DIRECTIVES"]
    assert directives["script-src"] == ["'self'"]
    assert "'unsafe-inline'" not in directives["style-src"]


def test_a_wrong_variable_is_refused_in_plain_words() -> None:
    done = subprocess.run(
        [sys.executable, "-c", "import config.settings"],
        cwd=ROOT,
        env={**os.environ, "PLAINSPARK_ORIGIN": "plain.example"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode != 0
    assert "PLAINSPARK_ORIGIN should look like https://plain.example" in done.stderr


def test_keys_are_made_once_and_kept_private(tmp_path: Path) -> None:
    code = (
        "from config import settings as s; print(s.SECRET_KEY, s.PLAINSPARK_SECRETS_KEY, len(s.IDP_OIDC_PRIVATE_KEY))"
    )
    seen = {
        subprocess.run(
            [sys.executable, "-c", code],
            cwd=ROOT,
            env={**os.environ, "PLAINSPARK_VAR": str(tmp_path)},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for _ in range(2)
    }
    assert len(seen) == 1
    keys = [path for path in tmp_path.iterdir() if "key" in path.name]
    assert len(keys) == 3
    assert all(path.stat().st_mode & 0o077 == 0 for path in keys)
