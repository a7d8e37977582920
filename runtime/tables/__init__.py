"""Running a function over a table: from a file of rows to the same file with its results beside each row."""

from runtime.tables.columns import LONGEST_DECIMALS
from runtime.tables.layout import FileRefused, Layout, look_at
from runtime.tables.matching import Matching, match_columns, one_cell_problem
from runtime.tables.running import Stopped, Summary, run_csv, run_rows

__all__ = [
    "LONGEST_DECIMALS",
    "FileRefused",
    "Layout",
    "Matching",
    "Stopped",
    "Summary",
    "look_at",
    "match_columns",
    "one_cell_problem",
    "run_csv",
    "run_rows",
]
