"""Compiled modules on disk, so that a server that starts again need not compile everything again.

Machine code is loaded without being checked, so a file is trusted only if this user made it and nobody changed it:
the directory belongs to this user and is closed to others, and each file begins with an HMAC of its content under a
secret key that lies in the same directory. Whoever can read the key runs as this user, and needs no file to run code;
what the HMAC catches is damage, files put there by a backup or another machine, and writers that cannot read the key.
A file that does not fit is deleted and made again. The name of a file is the hash of the module, the version of
wasmtime and the processor, so nothing is ever outdated.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import platform
import secrets
import stat
import tempfile
from importlib.metadata import version
from pathlib import Path

import wasmtime

from runtime.engine.machine import LARGEST_MODULE

_MADE_BY = f"wasmtime {version('wasmtime')} {platform.machine()} {platform.system()}"


class UnsafeCache(Exception):
    """The directory of compiled modules could be written by other users."""


class CompiledModules:
    """A directory of compiled modules."""

    def __init__(self, directory: Path) -> None:
        directory.mkdir(parents=True, exist_ok=True, mode=0o700)
        status = directory.stat()
        if status.st_uid != os.geteuid():
            raise UnsafeCache(f"{directory} belongs to another user, so compiled programs in it cannot be trusted.")
        if stat.S_IMODE(status.st_mode) & 0o077:
            directory.chmod(0o700)
        self._directory = directory
        self._key = self._secret()

    def _secret(self) -> bytes:
        path = self._directory / "key"
        for _ in range(2):
            try:
                key = path.read_bytes()
            except FileNotFoundError:
                self._write(path, secrets.token_bytes(32), replace=False)
                continue
            if len(key) == 32 and path.stat().st_uid == os.geteuid():
                return key
            path.unlink()
            self._write(path, secrets.token_bytes(32), replace=False)
        return path.read_bytes()

    def load(self, engine: wasmtime.Engine, module: bytes) -> wasmtime.Module:
        """The compiled module of these WebAssembly bytes, from disk or compiled now and put there."""
        path = self._directory / f"{_name(module)}.bin"
        content = self._read(path)
        if content is not None:
            try:
                return wasmtime.Module.deserialize(engine, content)
            except wasmtime.WasmtimeError:
                # Made by a build of wasmtime with the same version but other settings.
                path.unlink(missing_ok=True)
        compiled = wasmtime.Module(engine, module)
        content = bytes(compiled.serialize())
        self._write(path, self._seal(content) + content, replace=True)
        return compiled

    def _seal(self, content: bytes) -> bytes:
        return hmac.digest(self._key, content, "sha256")

    def _read(self, path: Path) -> bytes | None:
        try:
            with path.open("rb") as file:
                whole = file.read(LARGEST_MODULE)
        except FileNotFoundError:
            return None
        seal, content = whole[:32], whole[32:]
        if hmac.compare_digest(seal, self._seal(content)):
            return content
        path.unlink(missing_ok=True)
        return None

    def _write(self, path: Path, content: bytes, replace: bool) -> None:
        """Writes a file at once or not at all; without `replace` a file that another process wrote first stays."""
        descriptor, name = tempfile.mkstemp(dir=self._directory)
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            if replace:
                os.replace(name, path)
                return
            try:
                os.link(name, path)
            except FileExistsError:
                return
        finally:
            Path(name).unlink(missing_ok=True)


def _name(module: bytes) -> str:
    return hashlib.sha256(_MADE_BY.encode() + b"\0" + module).hexdigest()
