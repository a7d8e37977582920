"""Operands for decimal arithmetic: random ones of every length, and ones at the edges of rounding and range."""

from __future__ import annotations

import random

import numpy as np

from compiler.decimals import CONTEXT, LARGEST_EXPONENT, SMALLEST_EXPONENT
from tests.compiler.targets.decimal_batch import ROW, to_decimal

EDGES = (
    0, 1, 2, 3, 4, 5, 6, 9, 10, 11, 49, 50, 51, 99, 100, 2**31, 2**32 - 1, 2**32, 2**32 + 1, 2**59 - 1, 2**59,
    5 * 10**16, 10**17 - 1, 10**17, 10**17 + 1, 5 * 10**17, 10**18 - 1, 10**18 - 2, 499999999999999999,
    500000000000000001, 333333333333333333, 666666666666666667, 123456789012345678,
)  # fmt: skip


def coefficient(chance: random.Random) -> int:
    """A coefficient of 0 to 18 digits, either sign, often special."""
    kind = chance.random()
    if kind < 0.25:
        value = chance.choice(EDGES)
    elif kind < 0.35:
        value = 10 ** chance.randrange(19) + chance.randrange(-3, 4)
    elif kind < 0.45:
        value = chance.randrange(1, 1000) * 10 ** chance.randrange(16)
    elif kind < 0.55:
        value = 5 ** chance.randrange(26) * 2 ** chance.randrange(3)
    elif kind < 0.6:
        value = int(str(chance.choice((9, 4, 5))) * chance.randrange(1, 19))
    else:
        value = chance.randrange(10 ** chance.randrange(1, 19))
    return chance.choice((1, 1, -1)) * (abs(value) % 10**18)


def pair(chance: random.Random) -> tuple[int, int, int, int]:
    """Two decimals that can exist: not subnormal, in range, and with exponents that often lie near each other."""
    while True:
        kind = chance.random()
        first = (
            chance.randrange(-20, 10) if kind < 0.8 else chance.randrange(SMALLEST_EXPONENT - 17, LARGEST_EXPONENT + 1)
        )
        second = first + chance.randrange(-45, 46) if kind < 0.5 or kind > 0.9 else chance.randrange(-20, 10)
        if chance.random() < 0.1:
            second = first
        if chance.random() < 0.05:
            # Together at the edges of the range, where products and quotients leave it.
            second = (
                chance.choice((LARGEST_EXPONENT, SMALLEST_EXPONENT, -SMALLEST_EXPONENT))
                - first
                + chance.randrange(-40, 41)
            )
        c1, c2 = coefficient(chance), coefficient(chance)
        if exists(c1, first) and exists(c2, second):
            return c1, first, c2, second


def exists(c: int, e: int) -> bool:
    """Whether this decimal is one that a program can hold."""
    if c == 0:
        return SMALLEST_EXPONENT - 17 <= e <= LARGEST_EXPONENT
    return CONTEXT.Emin <= to_decimal(c, e).adjusted() <= CONTEXT.Emax


def operands(operation: str, count: int, seed: int) -> np.ndarray:
    """`count` rows of operands for an operation."""
    chance = random.Random(seed)
    rows = np.zeros(count, ROW)
    for number in range(count):
        c1, e1, c2, e2 = pair(chance)
        if operation == "round_places":
            c2, e2 = chance.randrange(4), chance.randrange(19)
            if chance.random() < 0.5:
                e1 = -e2 - chance.randrange(22)
        rows[number] = (c1, c2, 0, e1, e2, 0, 0)
    return rows
