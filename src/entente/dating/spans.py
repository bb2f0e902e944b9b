"""Arithmetic of spans of days: months that differ in length, weeks from Monday to Sunday, parts of a year."""

from __future__ import annotations

import calendar
from collections.abc import Callable
from datetime import date, timedelta
from typing import Literal

from entente.records.timespan import Precision, TimeSpan

Unit = Literal["moment", "day", "week", "fortnight", "month", "quarter", "year", "decade", "century"]

DAYS: dict[str, int] = {"moment": 0, "day": 1, "week": 7, "fortnight": 14}
MONTHS: dict[str, int] = {"month": 1, "quarter": 3, "year": 12, "decade": 120, "century": 1200}

_NAMES: dict[int, Precision] = {1: "month", 3: "quarter", 6: "half", 12: "year", 120: "decade", 1200: "century"}


def add_months(day: date, months: int) -> date:
    """Return the same day some months on, the last of the month where it has no such day.

    Raises:
        OverflowError: The year falls outside 1–9999.
    """
    years, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not 1 <= years <= 9999:
        raise OverflowError("a year outside 1 to 9999")
    return date(years, month + 1, min(day.day, calendar.monthrange(years, month + 1)[1]))


def span_of_day(year: int, month: int, day: int) -> TimeSpan | None:
    """Return one day, None where the month has no such day (31 June)."""
    try:
        return TimeSpan.of_day(date(year, month, day))
    except (ValueError, OverflowError):
        return None


def span_of_months(year: int, month: int, months: int = 1, precision: Precision | None = None) -> TimeSpan | None:
    """Return whole months from ``month`` (1–12) of ``year`` on; None where the year is no date of the calendar."""
    try:
        first = date(year, month, 1)
        return TimeSpan(first, add_months(first, months), precision or _NAMES.get(months, "range"))
    except (ValueError, OverflowError):
        return None


def span_around(day: date, unit: str) -> TimeSpan | None:
    """Return the calendar's day, week (from Monday), month, quarter, year, decade or century that holds ``day``."""
    if unit in ("day", "moment"):
        return TimeSpan.of_day(day)
    if unit in ("week", "fortnight"):
        monday = day - timedelta(days=day.weekday())
        return TimeSpan(monday, monday + timedelta(days=7), "week")
    months = MONTHS[unit]
    if months >= 120:
        years = months // 12
        return span_of_months(day.year // years * years, 1, months)
    return span_of_months(day.year, (day.month - 1) // months * months + 1, months)


def shift(day: date, count: int, unit: str) -> date:
    """Return the day ``count`` units on, by days or by calendar months.

    Raises:
        OverflowError: The result is outside the calendar.
    """
    return day + timedelta(days=count * DAYS[unit]) if unit in DAYS else add_months(day, count * MONTHS[unit])


def shift_span(span: TimeSpan, count: int, unit: str) -> TimeSpan | None:
    """Return a span some units on: a month stays a month if it moves by months; None where a side is open."""
    if span.start is None or span.end is None:
        return None
    try:
        start = shift(span.start, count, unit)
        if span.precision == "day" or span.end - span.start == timedelta(days=1):
            return TimeSpan.of_day(start)
        end = shift(span.end, count, unit)
    except OverflowError:
        return None
    whole = unit in MONTHS or span.precision == "week"
    return TimeSpan(start, end, span.precision if whole else "range") if start < end else None


def join_spans(first: TimeSpan, last: TimeSpan) -> TimeSpan | None:
    """Return the span from the start of the first to the end of the last, None where it would be inverted."""
    if first.start is not None and last.end is not None and first.start >= last.end:
        return None
    return TimeSpan(first.start, last.end, "range")


def part_of(span: TimeSpan, part: str | None) -> TimeSpan | None:
    """Return the part of a span that "early", "mid" or "late" leaves: a third, in whole months or days where it can be.

    None where the span has an open side or the part does not suit it.
    """
    if part is None:
        return span
    if span.start is None or span.end is None:
        return None
    cut = _PARTS.get(part)
    return cut(span.start, span.end) if cut else None


def _third(which: int) -> Callable[[date, date], TimeSpan]:
    def cut(start: date, end: date) -> TimeSpan:
        months = (end.year - start.year) * 12 + end.month - start.month
        if months >= 3:
            edges = [add_months(start, _cut_months(months, k)) for k in range(4)]
        elif months == 1 and start.day == 1:
            edges = [start, start + timedelta(days=10), start + timedelta(days=20), end]
        else:
            days = (end - start).days
            edges = [start + timedelta(days=round(days * k / 3)) for k in range(4)]
        if edges[which] >= edges[which + 1]:
            return TimeSpan(start, end, "range")
        return TimeSpan(edges[which], edges[which + 1], "range")

    return cut


def _cut_months(months: int, k: int) -> int:
    """Return where the ``k``-th third begins: whole years in a decade (four, three, three), whole months otherwise."""
    if months == 120:
        return (0, 48, 84, 120)[k]
    return round(months * k / 3)


def _edge(first: bool) -> Callable[[date, date], TimeSpan]:
    """Return the cut for "the beginning of" and "the end of": a month of a year, ten days of a month, a third of others."""

    def cut(start: date, end: date) -> TimeSpan:
        months = (end.year - start.year) * 12 + end.month - start.month
        if months == 12:
            return TimeSpan(start, add_months(start, 1), "month") if first else TimeSpan(add_months(end, -1), end, "month")
        return _third(0 if first else 2)(start, end)

    return cut


def _months(offset: int, count: int) -> Callable[[date, date], TimeSpan | None]:
    def cut(start: date, end: date) -> TimeSpan | None:
        months = (end.year - start.year) * 12 + end.month - start.month
        if months == 12:
            return span_of_months(start.year, start.month + offset, count)
        if count == 6 and months == 1:
            middle = start + timedelta(days=15)
            return TimeSpan(start, middle, "half") if offset == 0 else TimeSpan(middle, end, "half")
        if count == 6 and months % 24 == 0 and months:
            middle = add_months(start, months // 2)
            return TimeSpan(start, middle, "range") if offset == 0 else TimeSpan(middle, end, "range")
        return None

    return cut


def _week(number: int) -> Callable[[date, date], TimeSpan | None]:
    """Return the cut for the first to fourth week of a month, seven days each; -1 is its last seven days."""

    def cut(start: date, end: date) -> TimeSpan | None:
        first = end - timedelta(days=7) if number < 0 else start + timedelta(days=7 * (number - 1))
        last = first + timedelta(days=7)
        return TimeSpan(first, last, "week") if start <= first and last <= end else None

    return cut


def _day(number: int) -> Callable[[date, date], TimeSpan | None]:
    """Return the cut for the first to thirty-first day, -1 the last one."""

    def cut(start: date, end: date) -> TimeSpan | None:
        day = end - timedelta(days=1) if number < 0 else start + timedelta(days=number - 1)
        return TimeSpan.of_day(day) if start <= day < end else None

    return cut


_PARTS: dict[str, Callable[[date, date], TimeSpan | None]] = {
    "early": _third(0),
    "mid": _third(1),
    "late": _third(2),
    "beginning": _edge(True),
    "end": _edge(False),
    "first half": _months(0, 6),
    "second half": _months(6, 6),
    "q1": _months(0, 3),
    "q2": _months(3, 3),
    "q3": _months(6, 3),
    "q4": _months(9, 3),
    "first week": _week(1),
    "second week": _week(2),
    "third week": _week(3),
    "fourth week": _week(4),
    "last week": _week(-1),
    **{f"day {number}": _day(number) for number in (-1, *range(1, 32))},
}
