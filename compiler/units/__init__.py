"""Units and currencies: which unit people mean, what it measures, and how values are converted exactly.

Units are canonical texts ("", "kg", "km/h", "USD", "USD/kg", "degC", "s", "month"). Times are "s", "min", "h", "day"
and "week"; "month" and "year" are calendar units of a dimension of their own, since they have no fixed number of days.
"""

from compiler.units.algebra import (
    Conversion,
    UnitMismatch,
    conversion,
    currency_in,
    dimension,
    is_currency,
    product,
    quotient,
    simplified,
)
from compiler.units.currencies import CODE_OF_SIGN, SIGNS
from compiler.units.wording import (
    dimension_words,
    known_unit_names,
    nearest_units,
    unit_first_words,
    unit_meant,
    unit_named,
    unit_words,
)

__all__ = [
    "CODE_OF_SIGN",
    "SIGNS",
    "Conversion",
    "UnitMismatch",
    "conversion",
    "currency_in",
    "dimension",
    "dimension_words",
    "is_currency",
    "known_unit_names",
    "nearest_units",
    "product",
    "quotient",
    "simplified",
    "unit_first_words",
    "unit_meant",
    "unit_named",
    "unit_words",
]
