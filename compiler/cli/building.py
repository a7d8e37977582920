"""`plainspark build`: makes files for other programs."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from compiler.cli.files import write_whole
from compiler.cli.projects import Opened, open_project, refuse_mistakes
from compiler.cli.refusing import Refused, visible
from compiler.plan import Plan
from compiler.values import dump_json, key


def carry_out(chosen: Namespace) -> int:
    """The names of the files that were made go to the standard output. Pages with mistakes are refused."""
    opened = open_project(chosen.files)
    refuse_mistakes(opened)
    if not any(not function.private for function in opened.project.plan.functions.values()):
        raise Refused("There is no function in these pages, so there is nothing to build.")
    folder = Path(chosen.out)
    contents = {"wasm": _wasm, "openapi": _openapi}[chosen.target](opened)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        raise Refused(f"The folder {folder} cannot be made there.") from None
    for name, content in contents.items():
        write_whole(folder / name, lambda new, content=content: new.write_bytes(content))  # type: ignore[misc]
        print(visible(str(folder / name)))
    return 0


def _wasm(opened: Opened) -> dict[str, bytes]:
    """The module, and what a host must know to call it (`compiler.targets.wasm.layout`)."""
    from compiler.targets.wasm import compile_wasm

    module = compile_wasm(opened.project.plan)
    title = _title(opened)
    return {f"{title}.wasm": module.bytes, f"{title}.layout.json": dump_json(module.layout.to_json()) + b"\n"}


def _openapi(opened: Opened) -> dict[str, bytes]:
    from compiler.targets.openapi import describe

    document = describe(opened.project.plan, "", _paths(opened.project.plan), title=_title(opened))
    return {"openapi.json": dump_json(document) + b"\n"}


def _paths(plan: Plan) -> dict[str, str]:
    """An address for each function that people may use: its name with hyphens."""
    paths: dict[str, str] = {}
    for function in plan.functions.values():
        if not function.private:
            path = wanted = f"/functions/{key(function.name).replace('_', '-').lower()}"
            again = 2
            while f"{path}/run" in paths.values():
                path, again = f"{wanted}-{again}", again + 1
            paths[function.name] = f"{path}/run"
    return paths


def _title(opened: Opened) -> str:
    """The name of the first file without its ending."""
    return Path(opened.files[0].name).stem or "pages"
