"""Dates, times of day and moments as people type them. What could be read in two ways is refused."""

from __future__ import annotations

import datetime
import re

from compiler.types import DATE, MOMENT, TIME
from compiler.values.problems import ValueProblem, not_understood, quoted
from compiler.values.show import MONTHS, show_date

_LONGEST_TEXT = 60
_SEPARATOR = r"(?:\s+|\s*,\s*|\s*-\s*)"
_YEAR_FIRST = re.compile(r"(?P<year>[0-9]{4})(?P<mark>[-/.])(?P<month>[0-9]{1,2})(?P=mark)(?P<day>[0-9]{1,2})")
_DAY_FIRST = re.compile(
    rf"(?P<day>[0-9]{{1,2}})(?:st|nd|rd|th)?{_SEPARATOR}(?:of\s+)?(?P<name>[a-z]{{3,9}})\.?{_SEPARATOR}(?P<year>[0-9]+)",
    re.I,
)
_MONTH_FIRST = re.compile(
    rf"(?P<name>[a-z]{{3,9}})\.?\s+(?P<day>[0-9]{{1,2}})(?:st|nd|rd|th)?{_SEPARATOR}(?P<year>[0-9]+)", re.I
)
_NUMBERS = re.compile(r"(?P<first>[0-9]{1,2})[-/.](?P<second>[0-9]{1,2})[-/.](?P<year>[0-9]{2}|[0-9]{4})")
_TIME = re.compile(
    r"(?P<hour>[0-9]{1,2})(?::(?P<minute>[0-9]{2})(?::(?P<second>[0-9]{2})(?P<fraction>\.[0-9]+)?)?)?"
    r"\s*(?P<half>am|pm|a\.m\.|p\.m\.)?",
    re.I,
)
_MOMENT = re.compile(
    r"(?P<date>.+?)(?:T|\s+at\s+|\s*,\s*|\s+)(?P<time>[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?(?:\s*[ap]\.?m\.?)?)"
    r"\s*(?P<zone>Z|UTC|GMT|[-+−][0-9]{2}:?[0-9]{2})?",
    re.I,
)
_NAMED_TIMES = {"noon": datetime.time(12), "midday": datetime.time(12), "midnight": datetime.time(0)}


def parse_date(text: str) -> datetime.date:
    """A date: "1 March 2026", "March 1, 2026", "1 Mar 2026" or "2026-03-01". Raises ValueProblem."""
    if len(text) > _LONGEST_TEXT:
        raise not_understood(text, DATE)
    match = _YEAR_FIRST.fullmatch(text)
    if match is not None:
        return _date(int(match["year"]), int(match["month"]), int(match["day"]), text)
    match = _DAY_FIRST.fullmatch(text) or _MONTH_FIRST.fullmatch(text)
    if match is not None:
        month = _month(match["name"])
        if month is None:
            raise not_understood(text, DATE)
        if len(match["year"]) != 4:
            raise ValueProblem(f"{quoted(text)} needs a year of four digits, like “1 March 2026”.")
        return _date(int(match["year"]), month, int(match["day"]), text)
    match = _NUMBERS.fullmatch(text)
    if match is not None:
        raise _only_numbers(match, text)
    raise not_understood(text, DATE)


def _date(year: int, month: int, day: int, text: str) -> datetime.date:
    try:
        return datetime.date(year, month, day)
    except ValueError:
        raise ValueProblem(f"There is no date {quoted(text)} in the calendar.") from None


def _month(name: str) -> int | None:
    found = [number for number, month in enumerate(MONTHS, start=1) if month.lower().startswith(name.lower())]
    if name.lower() == "sept":
        return 9
    return found[0] if len(found) == 1 else None


def _only_numbers(match: re.Match[str], text: str) -> ValueProblem:
    """A date such as 1/3/2026, which is in March or in January depending on who reads it."""
    year = int(match["year"]) + (2000 if len(match["year"]) == 2 else 0)
    readings = []
    for day, month in ((match["first"], match["second"]), (match["second"], match["first"])):
        try:
            readings.append(datetime.date(year, int(month), int(day)))
        except ValueError:
            continue
    shown = list(dict.fromkeys(show_date(reading) for reading in readings))
    if not shown:
        return ValueProblem(f"There is no date {quoted(text)} in the calendar.")
    if len(shown) == 2:
        return ValueProblem(f"{quoted(text)} could be {shown[0]} or {shown[1]}. Please write the month as a word.")
    return ValueProblem(f"Please write the month of {quoted(text)} as a word, like {quoted(shown[0])}.")


def parse_time(text: str) -> datetime.time:
    """A time of day: "9:00", "09:00:05", "9 am" or "noon". Raises ValueProblem."""
    named = _NAMED_TIMES.get(text.lower())
    if named is not None:
        return named
    time = _time(text) if len(text) <= _LONGEST_TEXT else None
    if time is None:
        raise not_understood(text, TIME)
    if time.microsecond:
        raise ValueProblem(f"{quoted(text)} has a fraction of a second. A time of day has whole seconds.")
    return time


def _time(text: str) -> datetime.time | None:
    match = _TIME.fullmatch(text)
    if match is None or (match["minute"] is None and match["half"] is None):
        return None
    hour = int(match["hour"])
    if match["half"]:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if match["half"][0] in "pP" else 0)
    fraction = (match["fraction"] or ".").rstrip("0")
    if len(fraction) > len(".123456"):
        raise ValueProblem(f"{quoted(text)} is finer than a millionth of a second.")
    try:
        return datetime.time(
            hour, int(match["minute"] or 0), int(match["second"] or 0), int(fraction[1:].ljust(6, "0"))
        )
    except ValueError:
        return None


def parse_moment(text: str) -> datetime.datetime:
    """A moment with its zone: "1 March 2026 9:00 UTC" or "2026-03-01T10:00:00+01:00". Raises ValueProblem."""
    match = _MOMENT.fullmatch(text) if len(text) <= 2 * _LONGEST_TEXT else None
    if match is None:
        raise not_understood(text, MOMENT)
    date, time = parse_date(match["date"].strip()), _time(match["time"])
    if time is None:
        raise not_understood(text, MOMENT)
    if match["zone"] is None:
        raise ValueProblem(f"{quoted(text)} does not say its time zone. Write it like {quoted(text + ' UTC')}.")
    try:
        return datetime.datetime.combine(date, time, _zone(match["zone"])).astimezone(datetime.UTC)
    except (OverflowError, ValueError):
        raise ValueProblem(f"There is no moment {quoted(text)} in the calendar.") from None


def _zone(text: str) -> datetime.timezone:
    if text[0] not in "+-−":
        return datetime.UTC
    hours, minutes = int(text[1:3]), int(text[-2:])
    if minutes > 59:
        raise ValueError("an hour has 60 minutes")
    offset = datetime.timedelta(hours=hours, minutes=minutes)
    return datetime.timezone(offset if text[0] == "+" else -offset)
