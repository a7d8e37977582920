"""The meaning of expressions on text. A text is counted and compared by code points."""

from __future__ import annotations

from compiler import plan
from compiler.interpreter.frame import Frame, Halt, evaluate, meaning_of
from compiler.plan import LARGEST_TEXT, Fault, TextTest
from compiler.values.show import show

_BYTES_OF_A_CHARACTER = 4


def _made(text: str) -> str:
    """A text that was made during the run; halts with MEMORY when it is too large."""
    if len(text) * _BYTES_OF_A_CHARACTER > LARGEST_TEXT and len(text.encode()) > LARGEST_TEXT:
        raise Halt(Fault.MEMORY)
    return text


@meaning_of(plan.Join)
def _join(node: plan.Join, frame: Frame) -> str:
    return _made("".join([evaluate(part, frame) for part in node.parts]))


@meaning_of(plan.Show)
def _show(node: plan.Show, frame: Frame) -> str:
    return _made(show(evaluate(node.value, frame), node.value.type))


@meaning_of(plan.ChangeCase)
def _change_case(node: plan.ChangeCase, frame: Frame) -> str:
    text = evaluate(node.value, frame)
    return _made(text.upper() if node.capitals else "".join([character.lower() for character in text]))


@meaning_of(plan.Length)
def _length(node: plan.Length, frame: Frame) -> int:
    return len(evaluate(node.value, frame))


@meaning_of(plan.TestText)
def _test_text(node: plan.TestText, frame: Frame) -> bool:
    text: str = evaluate(node.value, frame)
    part: str = evaluate(node.part, frame)
    match node.test:
        case TextTest.CONTAINS:
            return part in text
        case TextTest.STARTS_WITH:
            return text.startswith(part)
        case TextTest.ENDS_WITH:
            return text.endswith(part)
