"""What the words of a time expression mean before anything is known of the story's date or of what was told before."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from entente.dating.spans import join_spans, part_of, span_of_day, span_of_months
from entente.records.annotations import TimeRole
from entente.records.timespan import Precision, TimeSpan

Choice = Literal["bare", "that", "following", "previous", "last", "next", "this"]
"""Which of the many Junes, Tuesdays or springs is meant.

bare       "in June": by tense and by what was told before
that       "that June", "the same June": the first at or after what was told before
following  "the following June": the first after it; previous: the last before it
last, next, this   counted from the publication
"""


class Fixed(Struct, frozen=True):
    """Words that name their days by themselves: "5 December 1994", "early 1994", "the 1990s"."""

    span: TimeSpan


class Calendar(Struct, frozen=True):
    """A day, a month or a season whose year the words leave to the story, or name as "last year", "of that year".

    Attributes:
        month: The first month, 1–12.
        months: How many months, 3 for a season.
        day: The day of the month, or None for whole months.
        last_day: The last day where it is a range within the month.
        precision: The precision of whole months, None for that of their number.
        part: What is left of the whole: "early", "first week" …
        choice: Which occurrence is meant.
        year: Whether ``choice`` speaks of the year ("June of that year") and not of the month ("that June").
    """

    month: int
    months: int = 1
    day: int | None = None
    last_day: int | None = None
    precision: Precision | None = None
    part: str | None = None
    choice: Choice = "bare"
    year: bool = False


class DayOfMonth(Struct, frozen=True):
    """A bare day: "the 18th"."""

    day: int


class Weekday(Struct, frozen=True):
    """A day of the week, 0 for Monday to 6 for Sunday; two days from Saturday for the weekend."""

    weekday: int
    choice: Choice = "bare"
    days: int = 1


class Offset(Struct, frozen=True):
    """Units counted from the publication: "yesterday" (-1, day), "this year" (0, year), "two months ago" (-2, month).

    ``grain``: what is named of it, where that is finer: "thirty years ago today" (-30, year, day).
    """

    count: int
    unit: str
    part: str | None = None
    grain: str | None = None


class Window(Struct, frozen=True):
    """The units up to the publication ("in the past decade": -1, decade) or after it ("in the next two weeks": 2, week)."""

    count: int
    unit: str


class Around(Struct, frozen=True):
    """A unit of what was told before: "the same month" (0, month), "the following day" (1, day), "the previous year" (-1, year).

    ``or_published``: of the publication where nothing was told ("by the end of the year").
    """

    count: int
    unit: str
    part: str | None = None
    or_published: bool = False


class Shift(Struct, frozen=True):
    """So many units after (or, negative, before) something: what was told before, or what stands after the token ``pivot``."""

    count: int
    unit: str
    pivot: int | None = None


class Within(Struct, frozen=True):
    """The units that begin with what was told before: "within a day"."""

    count: int
    unit: str


class Between(Struct, frozen=True):
    """From the start of one reading to the end of another."""

    first: Reading
    last: Reading


class Nothing(Struct, frozen=True):
    """Words of time that give no day: "for three years", "months later"."""


Reading = Fixed | Calendar | DayOfMonth | Weekday | Offset | Window | Around | Shift | Within | Between | Nothing


class Found(Struct, frozen=True):
    """A time expression in a sentence: tokens ``first`` to ``last``, its preposition included, its role and its reading."""

    first: int
    last: int
    role: TimeRole
    reading: Reading


def in_year(calendar: Calendar, year: int) -> TimeSpan | None:
    """Return the days that a calendar reading names in a year, None where that year has no such day."""
    if calendar.day is None:
        return part_of_or_none(span_of_months(year, calendar.month, calendar.months, calendar.precision), calendar.part)
    first = span_of_day(year, calendar.month, calendar.day)
    if first is None or calendar.last_day is None:
        return first
    last = span_of_day(year, calendar.month, calendar.last_day)
    return join_spans(first, last) if last else None


def part_of_or_none(span: TimeSpan | None, part: str | None) -> TimeSpan | None:
    """Return the named part of a span; None where there is none."""
    return None if span is None else part_of(span, part)
