"""The OpenAPI 3.1 description of a project's functions: which requests run them, and what comes back.

Plan in, a dictionary out that is ready to be written as JSON. It says the same as `compiler.values` does about how
values look in JSON; where people may also send text ("$20"), the schema names the plainest form and the words say so.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from compiler import units
from compiler.plan import Function, Parameter, Plan
from compiler.types import (
    ChoiceType,
    DateType,
    ListType,
    MomentType,
    NumberKind,
    NumberType,
    OptionalType,
    RecordType,
    TextType,
    TimeType,
    Type,
    YesNoType,
)
from compiler.values import key

INPUTS_PER_CALL = 10_000
"""How many inputs one request may hold."""

LARGEST_TEXT = 1_000_000
LONGEST_LIST = 100_000
LARGEST_WHOLE = 10**18 - 1

TOKEN_PATH = "/identity/o/api/token"  # noqa: S105 - an address, not a secret
"""Where an OAuth2 client gets its access token, from the root of the site."""

Schema = dict[str, Any]


def describe(plan: Plan, base_url: str, paths: Mapping[str, str], *, title: str) -> dict[str, Any]:
    """The OpenAPI 3.1 document of some functions of a plan.

    `base_url` is the root of the site ("https://plain.example"). `paths` says at which path below it each function
    runs, by the function's name; functions that are not in it are left out. Raises KeyError for a name not in the plan.
    """
    root = base_url.rstrip("/")
    return {
        "openapi": "3.1.0",
        "info": {
            "title": title,
            "version": "1",
            "description": "Each address runs one function, written in plain English on its page.",
        },
        "servers": [{"url": root or "/"}],
        "security": [{"key": []}, {"client": ["run"]}],
        "paths": {path: {"post": _operation(plan.functions[name])} for name, path in paths.items()},
        "components": {
            "schemas": {"Problem": _PROBLEM, "Refusal": _REFUSAL},
            "securitySchemes": {
                "key": {
                    "type": "http",
                    "scheme": "bearer",
                    "description": "An API key of the project, sent as `Authorization: Bearer ps_…`.",
                },
                "client": {
                    "type": "oauth2",
                    "description": "An OAuth2 client of the project, with its id and secret.",
                    "flows": {
                        "clientCredentials": {
                            "tokenUrl": f"{root}{TOKEN_PATH}",
                            "scopes": {"run": "Run the functions of the project."},
                        }
                    },
                },
            },
        },
    }


def input_schema(function: Function) -> Schema:
    """The JSON Schema of one input of a function: an object with one property for each thing that it needs."""
    return _object(function.inputs)


def output_schema(function: Function) -> Schema:
    """The JSON Schema of what a function gives."""
    return _object(function.outputs, strict=True)


def sample_input(function: Function) -> dict[str, Any]:
    """An input that fits the types, to show what a request looks like. Its values mean nothing in particular."""
    return {key(parameter.name): sample(parameter.type) for parameter in function.inputs}


def _operation(function: Function) -> dict[str, Any]:
    one = input_schema(function)
    result = {
        "type": "object",
        "properties": {"outputs": output_schema(function)},
        "required": ["outputs"],
    }
    example = sample_input(function)
    return {
        "operationId": key(function.name),
        "summary": function.name,
        "description": (
            f"Runs “{function.name}”. Send one input, or a list of at most {INPUTS_PER_CALL:,} inputs. "
            "For a list there is one result for each input, in the same order, and a problem with one input does "
            "not stop the others."
        ),
        "requestBody": {
            "required": True,
            "content": {
                "application/json": {
                    "schema": {"oneOf": [one, {"type": "array", "items": one, "maxItems": INPUTS_PER_CALL}]},
                    "examples": {
                        "one": {"summary": "One input", "value": example},
                        "many": {"summary": "Several inputs", "value": [example, example]},
                    },
                }
            },
        },
        "responses": {
            "200": {
                "description": "The result, or one result for each input of a list.",
                "headers": _LIMIT_HEADERS,
                "content": {
                    "application/json": {
                        "schema": {
                            "oneOf": [
                                result,
                                {
                                    "type": "array",
                                    "items": {"oneOf": [result, {"$ref": "#/components/schemas/Refusal"}]},
                                },
                            ]
                        }
                    }
                },
            },
            "400": _refusal("The request is not JSON that the function can take."),
            "401": _refusal("There is no key or access token with the request, or it is not valid."),
            "404": _refusal("There is no such function in a project of this key."),
            "413": _refusal("The request is too large."),
            "422": _refusal("An input is not as it should be, or the function stopped and says why."),
            "429": _refusal("Too many requests; the header Retry-After says for how many seconds to wait.", retry=True),
        },
    }


def _refusal(description: str, *, retry: bool = False) -> dict[str, Any]:
    response: dict[str, Any] = {
        "description": description,
        "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Refusal"}}},
    }
    if retry:
        response["headers"] = {"Retry-After": {"description": "Seconds to wait.", "schema": {"type": "integer"}}}
    return response


_PROBLEM: Schema = {
    "type": "object",
    "properties": {
        "code": {"type": "string", "description": "Stable, for programs."},
        "message": {"type": "string", "description": "What is wrong and what to do, in plain words."},
        "field": {
            "type": ["string", "null"],
            "description": "The input that it is about, if it is about one.",
        },
    },
    "required": ["code", "message", "field"],
}

_REFUSAL: Schema = {
    "type": "object",
    "properties": {"error": {"$ref": "#/components/schemas/Problem"}},
    "required": ["error"],
}

_LIMIT_HEADERS: dict[str, Any] = {
    "RateLimit-Limit": {"description": "Requests that may be made at once.", "schema": {"type": "integer"}},
    "RateLimit-Remaining": {"description": "Requests that are left just now.", "schema": {"type": "integer"}},
    "RateLimit-Reset": {"description": "Seconds until all are there again.", "schema": {"type": "integer"}},
}


def _object(parameters: tuple[Parameter, ...], *, strict: bool = False) -> Schema:
    """The schema of an object with a property for each parameter. `strict`: optional ones are there too, as null."""
    needed = [key(each.name) for each in parameters if strict or not isinstance(each.type, OptionalType)]
    found: Schema = {
        "type": "object",
        "properties": {key(each.name): {"title": each.name, **schema(each.type)} for each in parameters},
        "additionalProperties": False,
    }
    return {**found, "required": needed} if needed else found


def schema(type_: Type) -> Schema:
    """The JSON Schema of the values of a type."""
    match type_:
        case NumberType():
            return _number(type_)
        case TextType():
            return {"type": "string", "maxLength": LARGEST_TEXT}
        case YesNoType():
            return {"type": "boolean"}
        case DateType():
            return {"type": "string", "format": "date"}
        case TimeType():
            # The format "time" of JSON Schema needs a time zone, which a time of day has not.
            return {"type": "string", "pattern": r"^\d{1,2}:\d{2}(:\d{2})?$", "description": "A time of day."}
        case MomentType():
            return {"type": "string", "format": "date-time"}
        case ChoiceType(options):
            return {"type": "string", "enum": list(options)}
        case ListType(item):
            return {"type": "array", "items": schema(item), "maxItems": LONGEST_LIST}
        case RecordType(name, fields):
            parameters = tuple(Parameter(field.name, field.type) for field in fields)
            return {**_object(parameters), "description": f"One {name}."}
        case OptionalType(of):
            return {"oneOf": [schema(of), {"type": "null"}]}


def _number(type_: NumberType) -> Schema:
    if type_.kind is NumberKind.WHOLE:
        return {"type": "integer", "minimum": -LARGEST_WHOLE, "maximum": LARGEST_WHOLE}
    if type_.kind is NumberKind.PERCENTAGE:
        return {"type": "number", "description": "In percent: 15 is 15%."}
    if not type_.unit:
        return {"type": "number", "description": "Exact, with at most 18 digits."}
    if type_.unit == "s":
        return {
            "type": ["string", "number"],
            "description": 'A length of time: text such as "3 days" or "90 minutes", or a number of seconds.',
        }
    if units.is_currency(type_.unit):
        return {"type": "number", "description": f"An amount in {type_.unit}, exact, with at most 18 digits."}
    return {"type": "number", "description": f"In {units.unit_words(type_.unit)}, exact, with at most 18 digits."}


def sample(type_: Type) -> Any:
    """A JSON value of a type, for examples."""
    match type_:
        case NumberType(kind=NumberKind.WHOLE):
            return 10
        case NumberType(kind=NumberKind.PERCENTAGE):
            return 15
        case NumberType(unit="s"):
            return "3 days"
        case NumberType():
            return 20
        case TextType():
            return "some text"
        case YesNoType():
            return True
        case DateType():
            return "2026-03-01"
        case TimeType():
            return "09:00"
        case MomentType():
            return "2026-03-01T09:00:00Z"
        case ChoiceType(options):
            return options[0]
        case ListType(item):
            return [sample(item)]
        case RecordType(_, fields):
            return {key(field.name): sample(field.type) for field in fields}
        case OptionalType(of):
            return sample(of)
