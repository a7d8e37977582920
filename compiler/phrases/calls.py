"""Using another function: "the discount of Quantity discount with its price and its quantity"."""

from __future__ import annotations

from compiler import plan
from compiler.checking.coercion import fit
from compiler.checking.scope import SILENT, Scope
from compiler.nodes import Name, Phrase, phrase
from compiler.phrases.names import Its, NamePhrase, Of
from compiler.plan import Expression, Parameter
from compiler.reading.spans import Misread, Problem
from compiler.types import OptionalType


class _Call(Phrase):
    output: Name
    function: str

    def check(self, scope: Scope) -> Expression:
        signature = scope.page.signature(self.function, self.span)
        if not signature.whole:
            raise Misread(Problem(SILENT, self.span))
        output = next((o for o in signature.outputs if o.name == self.output.key), None)
        if output is None:
            gives = ", ".join(o.name for o in signature.outputs)
            raise Misread(
                Problem("N212", self.span, {"function": self.function, "name": self.output.words, "gives": gives})
            )
        scope.page.note_call(self.function)
        given = self._given(signature.inputs, scope)
        return plan.Call(self.function, tuple(given), output.name, output.type)

    def _arguments(self) -> tuple[Phrase, ...]:
        return ()

    def _given(self, inputs: tuple[Parameter, ...], scope: Scope) -> list[Expression]:
        arguments = self._arguments()
        named = [_name_of(argument, inputs) for argument in arguments]
        if arguments and all(named) and len(set(named)) == len(named):
            by_name = dict(zip(named, arguments, strict=True))
        else:
            if len(arguments) > len(inputs):
                needs = ", ".join(i.name for i in inputs) or "nothing"
                details = {"function": self.function, "needs": needs, "count": str(len(arguments))}
                raise Misread(Problem("N213", self.span, details))
            by_name = {parameter.name: argument for parameter, argument in zip(inputs, arguments, strict=False)}
        values: list[Expression] = []
        for parameter in inputs:
            argument = by_name.get(parameter.name)
            if argument is None:
                if not isinstance(parameter.type, OptionalType):
                    details = {"function": self.function, "input": parameter.name}
                    raise Misread(Problem("N214", self.span, details))
                values.append(plan.Literal(None, parameter.type))
                continue
            inner = argument.whole if isinstance(argument, Of) and _is_named(argument, parameter, scope) else argument
            values.append(
                fit(inner.check(scope), parameter.type, inner.span, f"the {parameter.name} of {self.function}")
            )
        return values


def _name_of(argument: Phrase, inputs: tuple[Parameter, ...]) -> str | None:
    """The input that an argument names by its own name ("its price"), if it does."""
    if isinstance(argument, NamePhrase | Its | Of):
        return next((i.name for i in inputs if i.name == argument.name.key), None)
    return None


def _is_named(argument: Of, parameter: Parameter, scope: Scope) -> bool:
    """Whether "a price of $20" gives the input called price, rather than speaking of something's price."""
    if argument.name.key != parameter.name:
        return False
    try:
        argument.check(scope)
    except Misread:
        return True
    return False


@phrase
class CallWith(_Call):
    level = "primary"
    pattern = "the {output:NAME} of {function:FUNCTION} with {arguments:sum list}"
    output: Name
    function: str
    arguments: tuple[Phrase, ...]

    def _arguments(self) -> tuple[Phrase, ...]:
        return self.arguments


@phrase
class CallPlain(_Call):
    level = "primary"
    pattern = "the {output:NAME} of {function:FUNCTION}"
    output: Name
    function: str
