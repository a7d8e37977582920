"""The OpenAPI document: valid by its own standard, and true to the types."""

from __future__ import annotations

from dataclasses import replace

import pytest
from jsonschema import Draft202012Validator, ValidationError
from openapi_spec_validator import OpenAPIV31SpecValidator

from compiler.plan import Function, Parameter, Plan
from compiler.targets.openapi import describe, input_schema, sample_input
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
    ListType,
    OptionalType,
    measure,
    money,
)
from compiler.values import read_inputs
from tests.compiler.plans import ITEM, shop_plan

EVERY_TYPE = Function(
    name="Every type",
    inputs=tuple(
        Parameter(f"the {name} thing", type_)
        for name, type_ in {
            "number": NUMBER,
            "whole": WHOLE,
            "share": PERCENTAGE,
            "price": money("EUR"),
            "weight": measure("kg"),
            "wait": DURATION,
            "word": TEXT,
            "sure": YES_NO,
            "day": DATE,
            "hour": TIME,
            "instant": MOMENT,
            "size": ChoiceType(("small", "large")),
            "items": ListType(ITEM),
            "maybe": OptionalType(WHOLE),
            "perhaps": OptionalType(ChoiceType(("yes", "no"))),
        }.items()
    ),
    outputs=(Parameter("a result", OptionalType(ListType(MOMENT))),),
    body=(),
)


def test_the_shop_is_described_by_a_valid_document() -> None:
    paths = {"Quantity discount": "/q/run", "Basket total": "/b/run"}
    document = describe(shop_plan(), "https://plain.example/", paths, title="Shop")
    OpenAPIV31SpecValidator(document).validate()
    assert document["openapi"].startswith("3.1")
    assert set(document["paths"]) == {"/q/run", "/b/run"}
    assert document["servers"] == [{"url": "https://plain.example"}]


def test_every_type_is_described_by_a_valid_document() -> None:
    OpenAPIV31SpecValidator(
        describe(Plan({"Every type": EVERY_TYPE}), "", {"Every type": "/run"}, title="All")
    ).validate()


@pytest.mark.parametrize("function", [*shop_plan().functions.values(), EVERY_TYPE], ids=lambda each: each.name)
def test_the_sample_fits_the_schema_and_is_understood(function: Function) -> None:
    data = sample_input(function)
    Draft202012Validator(input_schema(function)).validate(data)
    assert set(read_inputs(function.inputs, data)) == {each.name for each in function.inputs}


def test_what_is_missing_or_unknown_does_not_fit() -> None:
    function = shop_plan().functions["Quantity discount"]
    check = Draft202012Validator(input_schema(function))
    check.validate({"price": 20, "quantity": 10})
    for wrong in ({"price": 20}, {"price": 20, "quantity": 10, "colour": 1}, {"price": 20, "quantity": "ten"}):
        with pytest.raises(ValidationError):
            check.validate(wrong)


def test_an_optional_input_may_be_left_out_or_null() -> None:
    function = replace(EVERY_TYPE, inputs=(Parameter("maybe", OptionalType(WHOLE)),))
    check = Draft202012Validator(input_schema(function))
    for data in ({}, {"maybe": None}, {"maybe": 3}):
        check.validate(data)
