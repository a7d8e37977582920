"""The arithmetic of numbers: Python's `decimal` with 18 digits, rounded half-even.

The context is the definition of the language's arithmetic, and every target is tested against it. Results
outside the range of exponents are errors, never infinities, subnormals or silent zeros.
"""

from __future__ import annotations

import decimal

DIGITS = 18
LARGEST_EXPONENT = 384
SMALLEST_EXPONENT = -383

WHOLE_LIMIT = 10**DIGITS
"""Whole numbers are strictly between -WHOLE_LIMIT and WHOLE_LIMIT."""

CONTEXT = decimal.Context(
    prec=DIGITS,
    rounding=decimal.ROUND_HALF_EVEN,
    Emin=SMALLEST_EXPONENT,
    Emax=LARGEST_EXPONENT,
    capitals=1,
    clamp=0,
    flags=[],
    traps=[decimal.InvalidOperation, decimal.DivisionByZero, decimal.Overflow, decimal.Subnormal],
)
