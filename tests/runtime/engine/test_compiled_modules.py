"""The directory of compiled modules: it saves work, and never runs what it did not write."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest
import wasmtime

from compiler.targets.wasm import compile_wasm
from runtime.engine.compiled import CompiledModules, UnsafeCache
from runtime.engine.machine import wasmtime_engine
from tests.compiler.plans import shop_plan


@pytest.fixture(scope="module")
def engine() -> wasmtime.Engine:
    return wasmtime_engine()


@pytest.fixture(scope="module")
def module() -> bytes:
    return compile_wasm(shop_plan()).bytes


def only_file(directory: Path) -> Path:
    (path,) = directory.glob("*.bin")
    return path


def test_a_module_is_compiled_once(
    tmp_path: Path, engine: wasmtime.Engine, module: bytes, monkeypatch: pytest.MonkeyPatch
):
    CompiledModules(tmp_path / "cache").load(engine, module)
    monkeypatch.setattr(wasmtime, "Module", _OnlyDeserialize)
    CompiledModules(tmp_path / "cache").load(engine, module)


class _OnlyDeserialize(wasmtime.Module):
    def __init__(self, *_: object) -> None:
        raise AssertionError("compiled again")


@pytest.mark.parametrize("place", [0, 40, -1])
def test_a_changed_file_is_not_trusted(tmp_path: Path, engine: wasmtime.Engine, module: bytes, place: int):
    cache = CompiledModules(tmp_path)
    cache.load(engine, module)
    path = only_file(tmp_path)
    good = path.read_bytes()
    content = bytearray(good)
    content[place] ^= 1
    path.write_bytes(content)
    cache.load(engine, module)
    assert len(path.read_bytes()) == len(good)
    assert path.read_bytes() != bytes(content)


def test_a_cut_file_is_not_trusted(tmp_path: Path, engine: wasmtime.Engine, module: bytes):
    cache = CompiledModules(tmp_path)
    cache.load(engine, module)
    path = only_file(tmp_path)
    size = path.stat().st_size
    path.write_bytes(path.read_bytes()[:100])
    cache.load(engine, module)
    assert path.stat().st_size == size


def test_a_file_of_another_machine_is_not_trusted(tmp_path: Path, engine: wasmtime.Engine, module: bytes):
    here, there = CompiledModules(tmp_path / "here"), CompiledModules(tmp_path / "there")
    here.load(engine, module)
    there.load(engine, module)
    brought = only_file(tmp_path / "there").read_bytes()
    only_file(tmp_path / "here").write_bytes(brought)
    here.load(engine, module)
    assert only_file(tmp_path / "here").read_bytes() != brought


def test_the_directory_is_closed_to_others(tmp_path: Path, engine: wasmtime.Engine, module: bytes):
    directory = tmp_path / "cache"
    directory.mkdir(mode=0o755)
    CompiledModules(directory).load(engine, module)
    assert stat.S_IMODE(directory.stat().st_mode) == 0o700
    assert {stat.S_IMODE(path.stat().st_mode) for path in directory.iterdir()} == {0o600}


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a directory away")
def test_a_directory_of_another_user_is_refused(tmp_path: Path):
    os.chown(tmp_path, 65534, 65534)
    with pytest.raises(UnsafeCache, match="belongs to another user"):
        CompiledModules(tmp_path)
