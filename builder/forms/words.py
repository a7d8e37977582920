"""What a form says by itself, as one table. Words about values and about runs come from the compiler."""

from __future__ import annotations

FILL_IN = "Please fill in “{label}”."
CHOOSE = "Please choose an option for “{label}”."
TOO_MANY_ROWS = (
    "This list has {count:,} rows, and a form takes at most {limit:,}. Please send fewer rows at a time."
)
TOO_MANY_CELLS = "That is more than a form takes at once: at most {limit:,} rows can be pasted."
NOT_A_TABLE = "That list cannot be pasted into. Please fill in its items one by one."
NO_SUCH_ZONE_TIME = "“{text}” is not a moment that a calendar has. Please choose another date and time."
TOO_OFTEN = "This form was used very often from your connection just now. Please wait a minute and try again."
