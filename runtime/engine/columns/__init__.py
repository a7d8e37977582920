"""Runs a function over the rows of an Arrow table.

Columns have the names of inputs ("price") and these types: numbers decimal128 or an integer type, whole numbers an
integer type, text string or large_string, choices string or a dictionary of strings, yes/no bool, dates date32, times
time32("s"), moments timestamp("us", "UTC"), lists list<…>, records struct<…>; only optional values may be null.
"""

from runtime.engine.columns.batch import run_columns

__all__ = ["run_columns"]
