"""What a module is made of: the same plan gives the same bytes, and nothing is in it that it does not need."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest
import wasmtime

from compiler import plan as nodes
from compiler.plan import Assign, Expression, Function, Literal, Parameter, Plan, Show, Sort, Statement, Variable
from compiler.targets.wasm import compile_wasm, forms
from compiler.targets.wasm.expressions import logic  # noqa: F401 - registers what emits code
from compiler.targets.wasm.layout import HEADER_BYTES, MAXIMUM_PAGES
from compiler.targets.wasm.linking import StaticData, link, parts
from compiler.targets.wasm.module import module_text
from compiler.targets.wasm.tables import TABLES
from compiler.targets.wasm.writer import EMITTERS, emits
from compiler.types import NUMBER, TEXT, WHOLE, FieldType, ListType, OptionalType, RecordType, Type, money
from tests.compiler.plans import ITEM, shop_plan


def one_function(type_: Type, *body: Statement) -> Plan:
    return Plan({"Try": Function("Try", (), (Parameter("answer", type_),), body)})


def discount_only() -> Plan:
    shop = shop_plan()
    return Plan({"Quantity discount": shop.functions["Quantity discount"]}, shop.places)


def test_the_same_plan_gives_the_same_bytes():
    assert compile_wasm(shop_plan()).bytes == compile_wasm(shop_plan()).bytes


def test_quantity_discount_is_small():
    assert len(compile_wasm(discount_only()).bytes) < 2800


def test_only_parts_that_are_used_are_linked():
    text, _ = module_text(discount_only())
    assert "$decimal_multiply" in text
    for unused in ("$decimal_divide", "$show_number", "$change_case", "$civil", "$sort", "$text_compare"):
        assert unused not in text


def test_tables_of_letters_come_only_with_change_of_case():
    text = Literal("straße", TEXT)
    plain = one_function(TEXT, Assign(Variable("answer", TEXT), text, 0))
    capitals = one_function(TEXT, Assign(Variable("answer", TEXT), nodes.ChangeCase(text, True, TEXT), 0))
    assert len(compile_wasm(plain).bytes) < 1500 < len(compile_wasm(capitals).bytes)


def test_a_module_imports_the_effect_and_exports_what_the_layout_says():
    module = compile_wasm(shop_plan())
    compiled = wasmtime.Module(wasmtime.Engine(), module.bytes)
    assert [(one.module, one.name) for one in compiled.imports] == [("env", "effect")]
    names = {one.name for one in compiled.exports}
    assert names == {"memory", "heap_base", "place", "left", "run_0", "run_1"}
    (memory,) = (one.type for one in compiled.exports if one.name == "memory")
    assert (memory.limits.min, memory.limits.max) == (2, MAXIMUM_PAGES)


def test_a_plan_without_functions_is_a_module():
    assert compile_wasm(Plan()).layout.functions == {}


def test_the_layout_as_json_says_how_to_fill_columns():
    layout = compile_wasm(shop_plan()).layout.to_json()
    basket = json.loads(json.dumps(layout))["functions"][1]
    items, state = basket["inputs"]
    assert basket["export"] == "run_1"
    assert state["slots"] == ["i32", "i32"]
    assert items["type"]["item"]["bytes"] == 40
    assert [(field["name"], field["offset"]) for field in items["type"]["item"]["fields"]] == [
        ("name", 0),
        ("price", 8),
        ("quantity", 24),
        ("exempt mark", 32),
    ]


def test_the_block_has_a_column_for_each_slot():
    function = compile_wasm(discount_only()).layout.functions["Quantity discount"]
    assert function.columns == ("i64", "i32", "i64", "i64", "i32", "i32", "i32", "i32", "i32", "i64")
    assert function.block_bytes == HEADER_BYTES + 8 * 10


def test_every_kind_of_expression_has_code():
    assert set(EMITTERS) == set(nodes.Expression.__args__)


def test_registering_an_emitter_twice_is_an_error():
    with pytest.raises(ValueError, match="Not has an emitter already"):
        emits(nodes.Not)(lambda writer, node: None)


def test_values_come_back_from_their_memory_forms():
    record = RecordType(
        "thing",
        (
            FieldType("names", ListType(TEXT)),
            FieldType("item", OptionalType(ITEM)),
            FieldType("other", OptionalType(ITEM)),
            FieldType("count", OptionalType(WHOLE)),
            FieldType("price", money("USD")),
        ),
    )
    item = {"name": "é", "price": Decimal("-1.50"), "quantity": 2, "exempt mark": True}
    value = {"names": ("a", "", "bc"), "item": item, "other": None, "count": 7, "price": Decimal("1E+3")}
    memory = bytearray(16)

    def place(content: bytes) -> int:
        memory.extend(bytes(-len(memory) % 8))
        memory.extend(content)
        return len(memory) - len(content)

    slots = forms.to_slots((value, value), ListType(record), place)
    read = forms.from_slots(slots, ListType(record), lambda address, size: bytes(memory[address : address + size]))
    assert read == (value, value)
    assert isinstance(read, tuple)
    assert str(read[0]["price"]) == "1E+3"


def test_minus_zero_goes_in_as_zero():
    assert forms.parts(Decimal("-0.00")) == (0, -2)


@pytest.mark.parametrize(("value", "type_"), [(Decimal(10**18), NUMBER), (-(10**18), WHOLE)])
def test_numbers_of_19_digits_are_never_cut(value: nodes.Value, type_: Type):
    with pytest.raises(ValueError, match="more than 18 digits"):
        forms.to_slots(value, type_, lambda content: 0)


def test_linking_an_unknown_part_is_an_error():
    with pytest.raises(KeyError, match="no_such_part"):
        link("(func $a (call $no_such_part))", StaticData(), TABLES)


def test_every_part_can_be_linked():
    named = [name for name, form in parts().items() if form.text.startswith("(func")]
    functions = "".join(f"(func $use_{name} unreachable call ${name} unreachable)" for name in named)
    data = StaticData(16)
    text = link(functions, data, TABLES)
    wasmtime.Module(wasmtime.Engine(), wasmtime.wat2wasm(f"(module (memory 2) {text} {data.wat()})"))


def test_a_long_program_has_few_locals():
    answer = Variable("answer", TEXT)
    number = Literal(Decimal(1), NUMBER)
    shown: Expression = nodes.Join(tuple(Show(number, TEXT) for _ in range(20)), TEXT)
    numbers = ListType(NUMBER)
    ordered = Sort(Literal((), numbers), Variable("one", NUMBER), Variable("one", NUMBER), False, numbers)
    body = tuple(Assign(answer, nodes.Join((shown, Show(ordered, TEXT)), TEXT), place) for place in range(200))
    text, _ = module_text(one_function(TEXT, *body))
    written = next(part for part in text.split("(func ") if part.startswith("$f0"))
    assert written.count("(local ") < 30
