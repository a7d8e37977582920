"""The description of a function's form: one field for each input, by its type."""

from __future__ import annotations

from compiler.plan import Function, Parameter
from compiler.targets.form import Column, Field, FieldKind, describe
from compiler.types import (
    DATE,
    DURATION,
    MOMENT,
    NUMBER,
    PERCENTAGE,
    TEXT,
    TIME,
    WHOLE,
    YES_NO,
    ChoiceType,
    FieldType,
    ListType,
    OptionalType,
    RecordType,
    Type,
    measure,
    money,
)
from tests.compiler.plans import basket_total, quantity_discount


def field_of(asked: Type) -> Field:
    (field,) = describe(Function("Try", (Parameter("exempt mark", asked),), (), ())).fields
    return field


def test_the_fields_and_results_are_in_the_order_of_the_page() -> None:
    described = describe(basket_total())
    assert [field.name for field in described.fields] == ["items", "state"]
    assert [result.label for result in described.results] == ["Subtotal", "Tax", "Total"]


def test_a_label_is_the_name_with_a_capital() -> None:
    assert field_of(TEXT).label == "Exempt mark"


def test_each_type_has_its_kind() -> None:
    kinds = {
        TEXT: FieldKind.TEXT,
        NUMBER: FieldKind.NUMBER,
        WHOLE: FieldKind.WHOLE,
        PERCENTAGE: FieldKind.PERCENTAGE,
        money("EUR"): FieldKind.MONEY,
        DURATION: FieldKind.DURATION,
        measure("kg"): FieldKind.MEASURE,
        measure("USD/kg"): FieldKind.MEASURE,
        YES_NO: FieldKind.YES_NO,
        DATE: FieldKind.DATE,
        TIME: FieldKind.TIME,
        MOMENT: FieldKind.MOMENT,
        ChoiceType(("small", "large")): FieldKind.CHOICE,
    }
    assert {asked: field_of(asked).kind for asked in kinds} == kinds


def test_units_stand_where_people_write_them() -> None:
    around = {unit: (field.prefix, field.suffix) for unit in UNITS if (field := field_of(measure(unit)))}
    assert around == UNITS


UNITS = {
    "USD": ("$", ""),
    "CHF": ("", "CHF"),
    "USD/kg": ("$", "/kg"),
    "degC": ("", "°C"),
    "km/h": ("", "km/h"),
    "day": ("", "days"),
}


def test_a_percentage_has_its_sign_and_a_duration_an_example() -> None:
    assert field_of(PERCENTAGE).suffix == "%"
    assert "3 days" in field_of(DURATION).help


def test_an_optional_input_is_the_same_field_but_not_required() -> None:
    field = field_of(OptionalType(money("USD")))
    assert (field.kind, field.required, field.type) == (FieldKind.MONEY, False, money("USD"))


def test_a_list_of_records_is_a_table_with_a_column_for_each_part() -> None:
    items = describe(basket_total()).fields[0]
    assert items.kind is FieldKind.LIST
    assert [column.label for column in items.columns] == ["Name", "Price", "Quantity", "Exempt mark"]
    assert [column.path for column in items.columns] == [("name",), ("price",), ("quantity",), ("exempt mark",)]
    assert items.columns[1].field.prefix == "$"


def test_records_inside_the_items_of_a_list_become_columns_of_their_own() -> None:
    address = RecordType("address", (FieldType("street", TEXT), FieldType("city", TEXT)))
    customer = RecordType("customer", (FieldType("name", TEXT), FieldType("address", address)))
    columns = field_of(ListType(customer)).columns
    assert [column.label for column in columns] == ["Name", "Address street", "Address city"]
    assert columns[2].path == ("address", "city")


def test_a_list_of_plain_values_is_a_table_with_one_column() -> None:
    field = field_of(ListType(measure("kg")))
    assert field.columns == (Column((), "Exempt mark", field.parts[0]),)
    assert field.parts[0].suffix == "kg"


def test_lists_inside_the_items_of_a_list_do_not_fit_in_a_table() -> None:
    order = RecordType("order", (FieldType("date", DATE), FieldType("lines", ListType(TEXT))))
    field = field_of(ListType(order))
    assert not field.is_table
    assert [part.kind for part in field.parts] == [FieldKind.DATE, FieldKind.LIST]
    assert field.parts[1].is_table


def test_a_record_asks_for_its_parts() -> None:
    size = RecordType("size", (FieldType("width", measure("cm")), FieldType("note", OptionalType(TEXT))))
    field = field_of(size)
    assert [(part.name, part.required) for part in field.parts] == [("width", True), ("note", False)]


def test_a_choice_has_its_options() -> None:
    assert field_of(ChoiceType(("small", "large"))).options == ("small", "large")


def test_equal_functions_have_equal_descriptions() -> None:
    assert describe(quantity_discount()) == describe(quantity_discount())
