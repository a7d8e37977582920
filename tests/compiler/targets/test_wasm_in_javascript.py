"""Modules run unchanged in JavaScript: nothing in them is special to wasmtime."""

from __future__ import annotations

import base64
import datetime
import json
import shutil
import subprocess
from decimal import Decimal
from pathlib import Path

import pytest

from compiler.plan import Fault, Value
from compiler.run import Clock, Outcome, Stopped
from compiler.targets.wasm import compile_wasm
from runtime.engine.single import Caller
from tests.compiler.plans import shop_plan

CLOCK = Clock(datetime.datetime(2026, 3, 1, 9, tzinfo=datetime.UTC), datetime.date(2026, 3, 1))
SCRIPT = Path(__file__).with_name("run_module.mjs")
NODE = shutil.which("node") or str(Path(__file__).parents[3] / ".venv/bin/node")


def run_in_node(function: str, inputs: dict[str, Value]) -> Outcome:
    """Runs a function of the shop in Node, with the bytes that the engine would write."""
    module = compile_wasm(shop_plan())
    caller = Caller(module.layout.functions[function], module.layout.heap_base)
    asked = {
        "wasm": base64.b64encode(module.bytes).decode(),
        "export": module.layout.functions[function].export,
        "base": module.layout.heap_base,
        "content": base64.b64encode(caller.content(inputs, CLOCK, 1000)).decode(),
    }
    done = subprocess.run([NODE, SCRIPT], input=json.dumps(asked), capture_output=True, text=True, check=True)
    answer = json.loads(done.stdout)
    assert answer["next"] == 1
    assert answer["heapBase"] == module.layout.heap_base
    memory = base64.b64decode(answer["memory"])
    return caller.outcome(lambda address, size: memory[address : address + size])


@pytest.mark.parametrize(
    ("price", "quantity", "expected"),
    [
        ("20", 10, Outcome({"discount": Decimal(10)}, None, 3)),
        ("123456789012345.678", 999, Outcome({"discount": Decimal("18499999833499999.8")}, None, 3)),
        ("20", 0, Outcome(None, Stopped(Fault.STOPPED, 0, "Order at least one."), 1)),
    ],
)
def test_a_function_runs_in_javascript(price: str, quantity: int, expected: Outcome):
    assert run_in_node("Quantity discount", {"price": Decimal(price), "quantity": quantity}) == expected


def test_lists_and_texts_go_in():
    items = ({"name": "pen", "price": Decimal("1.50"), "quantity": 10, "exempt mark": False},)
    outcome = run_in_node("Basket total", {"items": items, "state": "Texas"})
    assert outcome.outputs == {"subtotal": Decimal("14.25"), "tax": Decimal("0.89"), "total": Decimal("15.14")}
