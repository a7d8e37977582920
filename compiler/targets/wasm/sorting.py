"""A stable merge sort for each kind of key, made for the module that needs it."""

from __future__ import annotations

from pathlib import Path

from compiler.targets.wasm import forms
from compiler.targets.wasm.writer import ModuleParts
from compiler.types import Type

_TEMPLATE = (Path(__file__).parent / "parts" / "sort.wat.template").read_text(encoding="utf-8")


def _before(slots: tuple[str, ...], first: str, second: str) -> str:
    """Whether the key at one address is strictly before the key at another, as WAT."""
    a = _key(slots, first)
    b = _key(slots, second)
    match slots:
        case ("i64", "i32"):
            return f"(i32.lt_s (call $decimal_compare {a} {b}) (i32.const 0))"
        case ("i32", "i32"):
            return f"(i32.lt_s (call $text_compare {a} {b}) (i32.const 0))"
        case (kind,):
            return f"({kind}.lt_s {a} {b})"
        case _:
            raise TypeError("lists are sorted by scalars only")


def _key(slots: tuple[str, ...], address: str) -> str:
    loads = []
    offset = 0
    for kind in slots:
        loads.append(f"({kind}.load offset={offset} {address})")
        offset += 8 if kind == "i64" else 4
    return " ".join(loads)


def sort_by(module: ModuleParts, key: Type, descending: bool) -> str:
    """The name of the function that sorts by such keys: (items, count, keys, width of an item) -> sorted items."""
    slots = forms.slots(key)
    name = f"sort_{'_'.join(slots)}_{'down' if descending else 'up'}"
    if name not in module.extra:
        left, right = "(local.get $left_key)", "(local.get $right_key)"
        # The right one is taken only when it is strictly before the left one, so equal keys keep their order.
        test = _before(slots, left, right) if descending else _before(slots, right, left)
        module.extra[name] = (
            _TEMPLATE.replace("NAME", name).replace("WIDTH", str(forms.size(key))).replace("RIGHT_IS_FIRST", test)
        )
    return name
