"""Writes the code of one function: instructions, locals, variables and the way out when a run stops."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from compiler.plan import Expression, Fault, Function
from compiler.targets.wasm import forms
from compiler.targets.wasm.linking import StaticData
from compiler.targets.wasm.variables import unsure
from compiler.types import Type

Emitter = Callable[["FunctionWriter", Any], None]

EMITTERS: dict[type, Emitter] = {}
"""For each kind of expression what writes the code that leaves its slots on the stack."""


def emits(kind: type) -> Callable[[Emitter], Emitter]:
    """Registers the emitter of a kind of expression."""

    def register(emitter: Emitter) -> Emitter:
        if kind in EMITTERS:
            raise ValueError(f"{kind.__name__} has an emitter already")
        EMITTERS[kind] = emitter
        return emitter

    return register


@dataclass(slots=True)
class ModuleParts:
    """What the functions of a module share while they are written."""

    functions: Mapping[str, Function]
    data: StaticData
    extra: dict[str, str] = field(default_factory=dict)
    """Functions made for this module, by name, such as a sort by a kind of key."""

    numbers: dict[str, int] = field(init=False)

    def __post_init__(self) -> None:
        self.numbers = {name: number for number, name in enumerate(self.functions)}

    def number(self, name: str) -> int:
        """The number of a function in the plan."""
        return self.numbers[name]


@dataclass(frozen=True, slots=True)
class Held:
    """Where a variable is: the locals of its slots, and the local that says whether it has a value, if any."""

    slots: tuple[str, ...]
    flag: str | None = None


class FunctionWriter:
    """The code of one function while it is being written.

    Every function has a block `$exit`: whoever sets `$fault` branches there, whatever lies on the stack.
    """

    def __init__(self, function: Function, module: ModuleParts) -> None:
        self.function = function
        self.module = module
        self.lines: list[str] = []
        self.place = -1
        self._declared: list[str] = []
        self._idle: dict[str, list[str]] = {"i32": [], "i64": []}
        self._labels = 0
        self._unsure = unsure(function)
        self._variables: dict[tuple[str, tuple[str, ...]], Held] = {}
        self._bound: dict[str, list[Held]] = {}
        self.parameters: list[str] = []
        for parameter in function.inputs:
            kinds = forms.slots(parameter.type)
            names = tuple(f"$p{len(self.parameters) + index}" for index in range(len(kinds)))
            self.parameters += [f"(param {name} {kind})" for name, kind in zip(names, kinds, strict=True)]
            self._variables[parameter.name, kinds] = Held(names)

    # --- instructions

    def add(self, *instructions: str) -> None:
        """Appends instructions in WAT."""
        self.lines.extend(instructions)

    def value(self, expression: Expression) -> None:
        """Leaves the slots of an expression on the stack."""
        EMITTERS[type(expression)](self, expression)

    def call(self, name: str, faults: bool = False) -> None:
        """Calls a runtime part, and leaves when it may fault and did."""
        self.add(f"call ${name}")
        if faults:
            self.check()

    def check(self) -> None:
        """Leaves the function when a fault has been set."""
        self.add("global.get $fault", "br_if $exit")

    def stop(self, fault: Fault) -> None:
        """Stops the run."""
        self.add(f"i32.const {fault.value}", "global.set $fault", "br $exit")

    def stop_if(self, fault: Fault) -> None:
        """Stops the run when the i32 on the stack is not 0."""
        self.add("if")
        self.stop(fault)
        self.add("end")

    def at_place(self) -> None:
        """Says where the run is, for faults."""
        self.add(f"i32.const {self.place}", "global.set $place")

    def constant(self, values: Sequence[int], type_: Type) -> None:
        """Leaves constant slots on the stack."""
        for slot, value in zip(forms.slots(type_), values, strict=True):
            self.add(f"{slot}.const {value}")

    def label(self) -> str:
        """A new label."""
        self._labels += 1
        return f"$l{self._labels}"

    # --- locals

    @contextmanager
    def locals(self, *kinds: str) -> Iterator[tuple[str, ...]]:
        """Locals to use inside the `with`; their values at its start are anything."""
        names = tuple(self._idle[kind].pop() if self._idle[kind] else self._declare(kind) for kind in kinds)
        yield names
        for name, kind in zip(names, kinds, strict=True):
            self._idle[kind].append(name)

    def _declare(self, kind: str) -> str:
        name = f"$v{len(self._declared)}"
        self._declared.append(f"(local {name} {kind})")
        return name

    def get(self, names: Sequence[str]) -> None:
        """Pushes locals, the first one first."""
        self.add(*(f"local.get {name}" for name in names))

    def set(self, names: Sequence[str]) -> None:
        """Pops into locals, the first one lying deepest."""
        self.add(*(f"local.set {name}" for name in reversed(names)))

    def load(self, type_: Type, address: str) -> None:
        """Pushes the slots of a value from its memory form at the address in a local."""
        if isinstance(type_, forms.RecordType):
            self.add(f"local.get {address}")
            return
        if isinstance(type_, forms.OptionalType) and isinstance(type_.of, forms.RecordType):
            self.add(f"local.get {address}", "i32.load", f"local.get {address}", "i32.const 8", "i32.add")
            return
        for kind, offset in forms.offsets(type_):
            self.add(f"local.get {address}", f"{kind}.load offset={offset}")

    def store(self, type_: Type, address: str) -> None:
        """Pops the slots of a value into its memory form at the address in a local."""
        if isinstance(type_, forms.RecordType):
            with self.locals("i32") as (record,):
                self.set([record])
                self.get([address, record])
                self.add(f"i32.const {forms.size(type_)}", "memory.copy")
            return
        kinds = forms.slots(type_)
        with self.locals(*kinds) as names:
            self.set(names)
            self.store_locals(type_, names, address)

    def store_locals(self, type_: Type, names: Sequence[str], address: str) -> None:
        """Writes slots that are in locals to a memory form at the address in a local."""
        of = type_.of if isinstance(type_, forms.OptionalType) else type_
        if isinstance(of, forms.RecordType):
            if type_ is not of:
                self.get([address, names[0]])
                self.add("i32.store", f"local.get {names[0]}", "if")
            self.get([address])
            self.add(f"i32.const {8 if type_ is not of else 0}", "i32.add", f"local.get {names[-1]}")
            self.add(f"i32.const {forms.size(of)}", "memory.copy")
            if type_ is not of:
                self.add("end")
            return
        for (kind, offset), name in zip(forms.offsets(type_), names, strict=True):
            self.get([address, name])
            self.add(f"{kind}.store offset={offset}")

    # --- variables

    def variable(self, name: str, type_: Type) -> Held:
        """Where a variable is; a new one has no value yet."""
        if self._bound.get(name):
            return self._bound[name][-1]
        kinds = forms.slots(type_)
        held = self._variables.get((name, kinds))
        if held is None:
            flag = self._declare("i32") if name in self._unsure else None
            held = Held(tuple(self._declare(kind) for kind in kinds), flag)
            self._variables[name, kinds] = held
        return held

    def read(self, name: str, type_: Type) -> None:
        """Pushes the slots of a variable, or stops when it has no value."""
        held = self.variable(name, type_)
        if held.flag is not None:
            self.add(f"local.get {held.flag}", "i32.eqz")
            self.stop_if(Fault.EMPTY)
        self.get(held.slots)

    def assign(self, name: str, type_: Type) -> None:
        """Pops the slots of a value into a variable."""
        held = self.variable(name, type_)
        self.set(held.slots)
        if held.flag is not None:
            self.add("i32.const 1", f"local.set {held.flag}")

    @contextmanager
    def binding(self, name: str, type_: Type) -> Iterator[tuple[str, ...]]:
        """The locals of an item that has this name inside the `with`."""
        with self.locals(*forms.slots(type_)) as names:
            self._bound.setdefault(name, []).append(Held(names))
            yield names
            self._bound[name].pop()

    # --- the whole

    def text(self) -> str:
        """The finished function in WAT. Its name is `$f` and its number in the plan."""
        kinds = [slot for output in self.function.outputs for slot in forms.slots(output.type)]
        return "\n".join(
            [
                f"(func $f{self.module.number(self.function.name)} {' '.join(self.parameters)}",
                f"(result {' '.join(kinds)})" if kinds else "",
                *self._declared,
                "block $exit",
                *self.lines,
                "return",
                "end",
                *(f"{kind}.const 0" for kind in kinds),
                ")",
            ]
        )
