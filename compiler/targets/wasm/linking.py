"""Links the runtime parts (`parts/*.wat`) that a module uses, and no others.

A part file is a sequence of forms: `(func $name …)`, `(global $name …)` and `(data $name)`. A form that mentions
`$name` of another form in a `call` or `global.get/set`, or `@name` of static data, needs it. Static data has an
address only once everything is linked, so `@name` is replaced at the end.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

PARTS = Path(__file__).parent / "parts"

_DEFINES = re.compile(r"\((?:func|global) \$([\w.]+)\s")
_NEEDS = re.compile(r"(?:call|global\.get|global\.set) \$([\w.]+)|\(global \$([\w.]+)\)")
_DATA = re.compile(r"@([a-z_]\w*)")
_COMMENT = re.compile(r";;[^\n]*")


@dataclass(frozen=True, slots=True)
class Form:
    """One top-level form of a part file, without comments, and what it needs."""

    name: str
    text: str
    needs: tuple[str, ...]
    data: tuple[str, ...]


def _forms(text: str) -> Iterable[str]:
    """The top-level forms of a text that has no brackets inside strings."""
    depth = start = 0
    for match in re.finditer(r"[()]", text):
        if match[0] == "(":
            if depth == 0:
                start = match.start()
            depth += 1
        else:
            depth -= 1
            if depth == 0:
                yield text[start : match.end()]


def _needs(text: str) -> set[str]:
    return {used or exported for used, exported in _NEEDS.findall(text)}


@cache
def parts() -> Mapping[str, Form]:
    """All forms of all part files by name."""
    found: dict[str, Form] = {}
    for path in sorted(PARTS.glob("*.wat")):
        for text in _forms(_COMMENT.sub("", path.read_text(encoding="utf-8"))):
            definition = _DEFINES.match(text)
            if definition is None:
                continue
            name = definition[1]
            if name in found:
                raise ValueError(f"{path.name} defines {name} again")
            text = re.sub(r"\s+", " ", text)
            needs = sorted(_needs(text) - {name})
            found[name] = Form(name, text, tuple(needs), tuple(sorted(set(_DATA.findall(text)))))
    return found


@dataclass(slots=True)
class StaticData:
    """The bytes that a module starts with in its memory. The same bytes are stored once."""

    base: int = 0
    content: bytearray = field(default_factory=bytearray)
    _known: dict[bytes, int] = field(default_factory=dict)

    def place(self, content: bytes) -> int:
        """The address at which the bytes will be found (a multiple of 8)."""
        if not content:
            return self.base
        address = self._known.get(content)
        if address is None:
            self.content += bytes(-len(self.content) % 8)
            address = self._known[content] = self.base + len(self.content)
            self.content += content
        return address

    def wat(self) -> str:
        """The data segment."""
        escaped = "".join(
            chr(byte) if 32 <= byte < 127 and byte not in b'"\\' else f"\\{byte:02x}" for byte in self.content
        )
        return f'(data (i32.const {self.base}) "{escaped}")'


def link(text: str, data: StaticData, tables: Mapping[str, Callable[[], bytes]]) -> str:
    """The parts that `text` needs, directly or not, as WAT, followed by `text`; with addresses of data filled in.

    `tables` makes the static data that parts mention by name. Raises KeyError for a name that nothing defines.
    """
    known = parts()
    own = set(_DEFINES.findall(text))
    wanted = _needs(text) - own
    linked: set[str] = set()
    while wanted:
        name = wanted.pop()
        linked.add(name)
        wanted |= set(known[name].needs) - linked - own
    chosen = [form for name, form in known.items() if name in linked]
    names = {name for form in chosen for name in form.data} | set(_DATA.findall(text))
    addresses = {name: data.place(tables[name]()) for name in sorted(names)}
    whole = "\n".join([*(form.text for form in chosen), text])
    return _DATA.sub(lambda match: str(addresses[match[1]]), whole)
