"""From the body of a request to the inputs of a function, and from its outcome to the body of the answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

import orjson

from compiler.decimals import WHOLE_LIMIT
from compiler.messages import explain_stop
from compiler.plan import Fault, Function, Place, Value
from compiler.run import Outcome, Stopped
from compiler.targets.openapi import INPUTS_PER_CALL
from compiler.types import NumberKind, NumberType, OptionalType, Type
from compiler.values import ValueProblem, dump_json, from_json, key, load_json, read_inputs, to_json
from runtime.api.problems import NOT_INPUTS, NOT_JSON, TOO_MANY_INPUTS, Problem, Unanswered

INPUT_CODE = explain_stop(Stopped(Fault.INPUT)).code
"""The code of a problem with an input, the same as in the editor and in forms."""


class Exchange:
    """The inputs and outputs of one function as JSON."""

    def __init__(self, function: Function, places: tuple[Place, ...] = ()) -> None:
        self._function = function
        self._inputs = tuple((each.name, key(each.name), each.type, _plain(each.type)) for each in function.inputs)
        self._outputs = tuple((each.name, key(each.name), each.type) for each in function.outputs)
        self._known = {name for each in function.inputs for name in (each.name, key(each.name))}
        self._places = places

    def inputs(self, data: Any) -> dict[str, Value]:
        """One input as values by name. Raises Unanswered for the first thing that is wrong with it."""
        if not isinstance(data, dict):
            raise Unanswered(NOT_INPUTS)
        inputs: dict[str, Value] = {}
        for name, short, type_, plain in self._inputs:
            given = data.get(short, data.get(name, _MISSING))
            if given is _MISSING and not isinstance(type_, OptionalType):
                raise self._names_refused(data, short)
            try:
                if plain is not None and type(given) is int and -WHOLE_LIMIT < given < WHOLE_LIMIT:
                    inputs[name] = plain(given)
                else:
                    inputs[name] = None if given is _MISSING else from_json(given, type_)
            except ValueProblem as problem:
                raise _refused(problem.words, short) from problem
        if not self._known.issuperset(data):
            unknown = next(name for name in data if name not in self._known)
            raise self._names_refused(data, unknown[:100])
        return inputs

    def _names_refused(self, data: dict[str, Any], field: str) -> Unanswered:
        """Why the names in the data are not those of the inputs, in the words that the command line uses too."""
        try:
            read_inputs(self._function.inputs, data)
        except ValueProblem as problem:
            return _refused(problem.words, field)
        raise AssertionError("the names are right")

    def result(self, outcome: Outcome) -> dict[str, Any]:
        """The outputs as JSON data. Raises Unanswered when the run stopped."""
        if outcome.outputs is None:
            raise Unanswered(self.stop(outcome.stopped or Stopped(Fault.EMPTY)))
        return {"outputs": self.outputs(outcome.outputs)}

    def outputs(self, outputs: Mapping[str, Value]) -> dict[str, Any]:
        """The outputs of one run as JSON data."""
        return {short: to_json(outputs[name], type_) for name, short, type_ in self._outputs}

    def stop(self, stopped: Stopped) -> Problem:
        """Why a run stopped, in words."""
        words = explain_stop(stopped, self._places)
        return Problem(422, words.code, words.text)


def _plain(type_: Type) -> Callable[[int], Value] | None:
    """How a short whole number in JSON becomes a value of the type, as `from_json` says; None where that takes thought."""
    if not isinstance(type_, NumberType) or type_.kind is NumberKind.PERCENTAGE:
        return None
    return int if type_.kind is NumberKind.WHOLE else Decimal


def load(body: bytes) -> Any:
    """The JSON data of a body, numbers with a point as exact decimals. Raises Unanswered."""
    try:
        data = orjson.loads(body)
    except orjson.JSONDecodeError:
        data = None
    # orjson is quick, but has numbers with a point as binary fractions: those, and what it does not like, are read again.
    exact = isinstance(data, dict) and _EXACT.issuperset(map(type, data.values()))
    return data if exact else _load_exactly(body)


def _load_exactly(body: bytes) -> Any:
    try:
        return load_json(body)
    except ValueProblem as problem:
        raise Unanswered(NOT_JSON) from problem


def several(data: Any) -> list[Any] | None:
    """The inputs of a list, or None when the data is a single one. Raises Unanswered for too many."""
    if not isinstance(data, list):
        return None
    if len(data) > INPUTS_PER_CALL:
        raise Unanswered(TOO_MANY_INPUTS)
    return data


dump = dump_json
"""JSON data as bytes, numbers exactly as they are."""

_MISSING = object()
_EXACT = frozenset((int, str, bool, type(None)))


def _refused(words: str, field: str) -> Unanswered:
    return Unanswered(Problem(422, INPUT_CODE, words, field))
