"""What is given to a function on the command line: `name=value` for each input, or JSON."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence

from compiler.cli.files import read_bytes
from compiler.cli.refusing import Refused, misused, nearest
from compiler.plan import Function, Parameter, Value
from compiler.types import ListType, OptionalType, RecordType, Type
from compiler.values import (
    ValueProblem,
    example,
    from_json,
    join_words,
    key,
    load_json,
    parse_value,
    read_inputs,
    type_words,
)

LARGEST_JSON = 64_000_000
"""Bytes of JSON that are read."""


def inputs_from_words(function: Function, words: Sequence[str]) -> dict[str, Value]:
    """The inputs from `name=value` words. Raises Refused, in words, for what does not fit."""
    by_key = {key(parameter.name).casefold(): parameter for parameter in function.inputs}
    given: dict[str, Value] = {}
    for word in words:
        name, sign, text = word.partition("=")
        if not sign:
            raise misused(f"“{word}” should be a name, an equals sign and a value, such as {_sample(function)}.")
        parameter = by_key.get(key(name).casefold())
        if parameter is None:
            raise Refused(_unknown(function, name))
        if parameter.name in given:
            raise Refused(f"The {parameter.name} is given twice.")
        given[parameter.name] = _value(parameter, text)
    return _complete(function, given)


def inputs_from_json(function: Function, said: str) -> dict[str, Value]:
    """The inputs from JSON: its text, `@` and the name of a file, or `-` for the standard input. Raises Refused."""
    try:
        data = load_json(_json_text(said))
        if not isinstance(data, Mapping):
            raise Refused("The JSON should be an object with a name and a value for each input.")
        return read_inputs(function.inputs, data)
    except ValueProblem as problem:
        raise Refused(problem.words) from None


def _json_text(said: str) -> str | bytes:
    if said == "-":
        content = sys.stdin.buffer.read(LARGEST_JSON + 1)
        if len(content) > LARGEST_JSON:
            raise Refused(f"That is too much: I read at most {LARGEST_JSON / 1_000_000:,.0f} MB of JSON.")
        return content
    if said.startswith("@"):
        return read_bytes(said[1:], LARGEST_JSON)
    return said


def _value(parameter: Parameter, text: str) -> Value:
    try:
        if text.lstrip()[:1] in ("[", "{") and _is_many(parameter.type):
            return from_json(load_json(text), parameter.type)
        return parse_value(text, parameter.type)
    except ValueProblem as problem:
        raise Refused(problem.inside(parameter.name).words) from None


def _is_many(type_: Type) -> bool:
    of = type_.of if isinstance(type_, OptionalType) else type_
    return isinstance(of, ListType | RecordType)


def _complete(function: Function, given: dict[str, Value]) -> dict[str, Value]:
    """The inputs in the order of the function, those that may be empty filled in."""
    missing = [p for p in function.inputs if p.name not in given and not isinstance(p.type, OptionalType)]
    if missing:
        needed = join_words([f"the {p.name} ({_written(p)})" for p in missing])
        raise Refused(f"“{function.name}” also needs {needed}.")
    return {p.name: given.get(p.name) for p in function.inputs}


def _written(parameter: Parameter) -> str:
    """How an input is written: "money, such as price=$12.50"."""
    if _is_many(parameter.type):
        return f"{type_words(parameter.type)}, as JSON"
    sample = example(parameter.type)
    return type_words(parameter.type) + (f", such as {_assigned(parameter.name, sample)}" if sample else "")


def _assigned(name: str, sample: str) -> str:
    """How a value is typed in a shell."""
    text = f"{key(name)}={sample}"
    return f"'{text}'" if set(text) & set(" $&;()*'\"") else text


def _unknown(function: Function, name: str) -> str:
    names = [parameter.name for parameter in function.inputs]
    if not names:
        return f"“{function.name}” needs nothing, so nothing can be given."
    return f"“{function.name}” needs no “{name}”, only {join_words(names)}.{nearest(name.replace('_', ' '), names)}"


def _sample(function: Function) -> str:
    for parameter in function.inputs:
        if not _is_many(parameter.type):
            return _assigned(parameter.name, example(parameter.type) or "something")
    return "price=20"
