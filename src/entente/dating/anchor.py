"""Turns what the words of a time expression mean into days, by the story's own date and by what it told before.

Nothing here knows today: words that count from the publication stay without days where the document has no date.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from itertools import takewhile
from typing import Any, Literal

from msgspec import Struct

from entente.dating.readings import (
    Around,
    Between,
    Calendar,
    DayOfMonth,
    Fixed,
    Nothing,
    Offset,
    Reading,
    Shift,
    Weekday,
    Window,
    Within,
    in_year,
    part_of_or_none,
)
from entente.dating.spans import DAYS, join_spans, shift, shift_span, span_around, span_of_day
from entente.errors import TimeError
from entente.records.timespan import TimeSpan

Tense = Literal["past", "pluperfect", "perfect", "present", "future", "infinitive", "participle", "none"]

RECENT = 100
"""Days before the publication in which a bare day may be one of the news, not of a story that stopped longer before it than
the day lies before the publication."""
EXACT = ("day", "week", "range")
"""Precisions of dates from which days and weeks can be counted."""
REACH = 3
"""Sentences over which "the same month" and "two days later" look back."""
MONTH_REACH = 2
"""Sentences over which a bare "in May" belongs to what was told before, and not to the year of the publication."""


class Told(Struct, frozen=True):
    """A date that the story has told: its sentence, and whether it moved the story on or only named a background."""

    sentence: int
    span: TimeSpan
    mainline: bool


class Narrative:
    """The dates told so far, in the order of the text, and the tense of each sentence's main clause."""

    def __init__(self) -> None:
        self._told: list[Told] = []
        self._tenses: dict[int, Tense] = {}

    def tell(self, told: Told) -> None:
        """Add a date."""
        self._told.append(told)

    def set_tense(self, sentence: int, tense: Tense) -> None:
        """Keep the tense of a sentence's main clause."""
        self._tenses[sentence] = tense

    def before(self, sentence: int) -> Iterator[TimeSpan]:
        """Yield what was told before, likeliest first: this sentence, the main line, then background of one sentence back."""
        here = list(takewhile(lambda told: told.sentence >= sentence, reversed(self._told)))
        yield from (told.span for told in here if told.mainline)
        yield from (told.span for told in here if not told.mainline)
        for told in takewhile(lambda told: told.sentence >= sentence - REACH, reversed(self._told)):
            reach = REACH if told.mainline else 1
            if sentence - reach <= told.sentence < sentence:
                yield told.span

    def told_here(self, sentence: int) -> bool:
        """Tell whether the last date told stands in the sentence itself."""
        return bool(self._told) and self._told[-1].sentence >= sentence

    def month_before(self, sentence: int) -> TimeSpan | None:
        """Return the date that a bare month goes on from: told on the main line, nothing but past tense between.

        In its own sentence a background counts too: "who had fallen in January 2015, returned in March".
        """
        main_here = any(told.mainline for told in self._told if told.sentence == sentence)
        reports = self._tenses.get(sentence) in ("present", "perfect", "future")
        for told in takewhile(lambda told: told.sentence >= sentence - MONTH_REACH, reversed(self._told)):
            aside = told.sentence == sentence and told.span.precision in ("day", "month") and not main_here
            if (
                not (told.mainline or aside)
                or told.span.start is None
                or told.span.end is None
                or (reports and told.sentence != sentence)
            ):
                continue
            between = range(told.sentence + 1, sentence)
            past = all(self._tenses.get(i, "none") in ("past", "pluperfect") for i in between)
            return told.span if past and (told.span.end - told.span.start).days <= 366 else None
        return None


class Context(Struct, frozen=True):
    """What resolves an expression: the story's date, its sentence, the tense of what it dates, and what was told before."""

    published: date | None
    sentence: int
    tense: Tense
    narrative: Narrative
    goes_on: bool = False


def anchor_reading(reading: Reading, context: Context) -> TimeSpan | None:
    """Return the days that a reading names in its context, None where it names none or nothing says which."""
    try:
        return _ANCHORS[type(reading)](reading, context)
    except OverflowError:
        return None


def anchor_weekday(weekday: int, published: date, *, tense: Tense) -> TimeSpan:
    """Return the day that a bare weekday name means in a dated story.

    Past tense looks back at most six days, future tense ahead as far; a story of the same weekday means that day.

    Args:
        weekday: 0 for Monday to 6 for Sunday.
        published: The story's own date, never today's.
        tense: The tense of the clause that the weekday dates.

    Returns:
        One day, half-open ``[day, day + 1)``, precision DAY.

    Raises:
        TimeError: ``weekday`` is outside 0–6.
    """
    if not 0 <= weekday <= 6:
        raise TimeError(f"a weekday is 0 for Monday to 6 for Sunday, not {weekday}")
    if _looks_ahead(tense):
        return TimeSpan.of_day(published + timedelta(days=(weekday - published.weekday()) % 7))
    return TimeSpan.of_day(published - timedelta(days=(published.weekday() - weekday) % 7))


def anchor_bare_calendar(calendar: Calendar, context: Context) -> TimeSpan | None:
    """Return the June that "in June" means.

    After a date told just before it is the next June of the story ("In July 2019 …; by September …"), in the pluperfect the
    nearest. Otherwise it is the last June up to the publication, the next one in the future tense, in the present the nearest.
    What the story cannot have told yet, being later than its own date, is not taken.
    """
    told = None if context.tense in ("future", "infinitive") else context.narrative.month_before(context.sentence)
    on = going_on(calendar, told, back=context.tense == "pluperfect") if told else None
    published = context.published
    if on and told and on.start and (published is None or on.start <= published) and not _is_news(calendar, on, told, context):
        return on
    if published is None:
        return None
    if context.tense == "present":
        return _nearest(_occurrences(calendar, published.year), published)
    if _looks_ahead(context.tense):
        return next((span for span in _occurrences(calendar, published.year) if span.end and span.end > published), None)
    return _latest(span for span in _occurrences(calendar, published.year) if _has_come(span, published))


def _is_news(calendar: Calendar, on: TimeSpan, told: TimeSpan, context: Context) -> bool:
    """Tell whether a bare day is rather one of the last weeks than one of a story that stopped longer before it."""
    if calendar.day is None or context.published is None or context.goes_on or context.tense != "past":
        return False
    if context.narrative.told_here(context.sentence):
        return False
    last = _latest(span for span in _occurrences(calendar, context.published.year) if _has_come(span, context.published))
    if last is None or last.start is None or last.start == on.start:
        return False
    ago = (context.published - last.start).days
    return ago <= RECENT and ago < _days_apart(on, told)


def _days_apart(one: TimeSpan, other: TimeSpan) -> int:
    """Return the days between two spans, 0 where they touch or overlap."""
    if one.start is None or one.end is None or other.start is None or other.end is None:
        return 0
    return max((one.start - other.end).days, (other.start - one.end).days, 0)


def _has_come(span: TimeSpan, published: date) -> bool:
    """Tell whether days have begun by the publication; a range like "from March to June" must be over."""
    told = span.end - timedelta(days=1) if span.precision == "range" and span.end else span.start
    return told is not None and told <= published


def _looks_ahead(tense: Tense) -> bool:
    return tense in ("future", "infinitive", "present")


def _occurrences(calendar: Calendar, year: int) -> list[TimeSpan]:
    """Return the calendar's days in the years around ``year``, early ones first; leap days are far apart."""
    reach = 9 if (calendar.month, calendar.day) == (2, 29) else 2
    spans = (in_year(calendar, each) for each in range(year - reach, year + reach + 1))
    return [span for span in spans if span is not None]


def _latest(spans: Iterator[TimeSpan]) -> TimeSpan | None:
    latest = None
    for span in spans:
        latest = span
    return latest


def _nearest(spans: list[TimeSpan], day: date) -> TimeSpan | None:
    return min(spans, key=lambda span: abs((span.start or day) - day), default=None)


def going_on(calendar: Calendar, told: TimeSpan, *, back: bool = False) -> TimeSpan | None:
    """Return the first occurrence that is not over when ``told`` begins, or the nearest; a day of its month counts as such."""
    start = told.start
    if start is None:
        return None
    if back:
        return min(_occurrences(calendar, start.year), key=lambda span: _days_apart(span, told), default=None)
    floor = start.replace(day=1) if calendar.day is not None else start
    return next((span for span in _occurrences(calendar, start.year) if span.end and span.end > floor), None)


def _anchor_fixed(reading: Fixed, context: Context) -> TimeSpan | None:
    return reading.span


def _anchor_nothing(reading: Nothing, context: Context) -> TimeSpan | None:
    return None


def _anchor_calendar(reading: Calendar, context: Context) -> TimeSpan | None:
    if reading.year:
        year = _year_of(reading, context)
        return in_year(reading, year) if year else None
    if reading.choice == "bare":
        return anchor_bare_calendar(reading, context)
    if reading.choice in ("that", "following", "previous"):
        return _anchor_told_calendar(reading, context)
    return _anchor_published_calendar(reading, context.published)


def _year_of(reading: Calendar, context: Context) -> int | None:
    """Return the year that "of that year", "last year" or "the following year" names."""
    told = {"that": 0, "following": 1, "previous": -1}
    if reading.choice in told:
        around = _anchor_around(Around(told[reading.choice], "year"), context)
        return around.start.year if around and around.start else None
    return context.published.year + {"last": -1, "next": 1}.get(reading.choice, 0) if context.published else None


def _anchor_told_calendar(reading: Calendar, context: Context) -> TimeSpan | None:
    told = next((span for span in context.narrative.before(context.sentence) if span.start and span.end), None)
    if told is None or told.start is None or told.end is None:
        return None
    spans = _occurrences(reading, told.start.year)
    if reading.choice == "that":
        return going_on(reading, told)
    if reading.choice == "following":
        after = told.start if (told.end - told.start).days > 31 else told.end - timedelta(days=1)
        return next((span for span in spans if span.start and span.start > after), None)
    return _latest(span for span in spans if span.end and told.start and span.end <= told.start)


def _anchor_published_calendar(reading: Calendar, published: date | None) -> TimeSpan | None:
    if published is None:
        return None
    if reading.choice == "this":
        return in_year(reading, published.year)
    spans = _occurrences(reading, published.year)
    if reading.choice == "last":
        return _latest(span for span in spans if span.end and span.end <= published)
    return next((span for span in spans if span.start and span.start > published), None)


def _anchor_day_of_month(reading: DayOfMonth, context: Context) -> TimeSpan | None:
    """Return "the 18th" of the month that was told before, of the month after it where the day is past, else by tense."""
    told = context.narrative.month_before(context.sentence)
    if told and told.start and told.end and (told.end - told.start).days <= 31:
        on = told.precision == "day" and reading.day < told.start.day and context.tense != "pluperfect"
        month = shift(told.start.replace(day=1), 1 if on else 0, "month")
        return span_of_day(month.year, month.month, reading.day)
    if context.published is None:
        return None
    first = context.published.replace(day=1)
    months = [shift(first, step, "month") for step in ((0, 1, 2) if _looks_ahead(context.tense) else (0, -1, -2))]
    spans = [span for month in months if (span := span_of_day(month.year, month.month, reading.day))]
    if _looks_ahead(context.tense):
        return next((span for span in spans if span.start and span.start >= context.published), None)
    return next((span for span in spans if span.start and span.start <= context.published), None)


def _anchor_weekday(reading: Weekday, context: Context) -> TimeSpan | None:
    day = _weekday_told(reading, context) if reading.choice in ("that", "following", "previous") else None
    if day is None and context.published is not None:
        day = _weekday_published(reading, context.published, context.tense)
    if day is None or day.start is None:
        return None
    return day if reading.days == 1 else TimeSpan(day.start, day.start + timedelta(days=reading.days), "range")


def _weekday_told(reading: Weekday, context: Context) -> TimeSpan | None:
    told = next((span.start for span in context.narrative.before(context.sentence) if span.precision == "day"), None)
    if told is None:
        return None
    ahead = (reading.weekday - told.weekday()) % 7
    if reading.choice == "that":
        return TimeSpan.of_day(told + timedelta(days=ahead))
    return TimeSpan.of_day(told + timedelta(days=(ahead or 7) if reading.choice == "following" else (ahead or 7) - 7 or -7))


def _weekday_published(reading: Weekday, published: date, tense: Tense) -> TimeSpan:
    if reading.choice == "last":
        return anchor_weekday(reading.weekday, published - timedelta(days=1), tense="past")
    if reading.choice == "next":
        return anchor_weekday(reading.weekday, published + timedelta(days=1), tense="future")
    if reading.choice == "this" and reading.days == 1:
        return TimeSpan.of_day(published + timedelta(days=reading.weekday - published.weekday()))
    if reading.days == 2 and published.weekday() == 6:
        return TimeSpan.of_day(published - timedelta(days=1))
    return anchor_weekday(reading.weekday, published, tense=tense)


def _anchor_offset(reading: Offset, context: Context) -> TimeSpan | None:
    """Return a unit counted from the publication; "today" in the present tense means nowadays, and no day."""
    published = context.published
    if published is None or (reading == Offset(0, "day") and context.tense == "present"):
        return None
    span = span_around(shift(published, reading.count, reading.unit), reading.grain or reading.unit)
    if span is None or span.start is None or span.end is None:
        return None
    if reading.part == "so far":
        return TimeSpan(span.start, published + timedelta(days=1), "range")
    if reading.part == "to come":
        return TimeSpan(published, span.end, "range")
    return part_of_or_none(span, reading.part)


def _anchor_window(reading: Window, context: Context) -> TimeSpan | None:
    published = context.published
    if published is None:
        return None
    other = shift(published, reading.count, reading.unit)
    first, last = min(published, other), max(published, other)
    return TimeSpan(first, last + timedelta(days=1), "range")


def _anchor_around(reading: Around, context: Context) -> TimeSpan | None:
    """Return the unit of the last date told that lies within one such unit; of a range, the unit of its end."""
    for told in context.narrative.before(context.sentence):
        if told.start is None or told.end is None:
            continue
        unit = span_around(told.start if told.precision != "range" else told.end - timedelta(days=1), reading.unit)
        if unit and unit.start and unit.end and told.end <= unit.end:
            return part_of_or_none(span_around(shift(unit.start, reading.count, reading.unit), reading.unit), reading.part)
    if reading.or_published and context.published is not None:
        return part_of_or_none(span_around(context.published, reading.unit), reading.part)
    return None


def _anchor_shift(reading: Shift, context: Context) -> TimeSpan | None:
    """Return the last date told some units on; days and weeks count from the last date that is exact, or else from a month."""
    closed = [span for span in context.narrative.before(context.sentence) if span.start and span.end]
    if reading.unit in DAYS:
        closed.sort(key=lambda span: span.precision not in EXACT)
    shifted = (shift_by(span, reading.count, reading.unit) for span in closed)
    return next((span for span in shifted if span is not None), None)


def shift_by(span: TimeSpan, count: int, unit: str) -> TimeSpan | None:
    """Return a span some units on; minutes and hours leave a day what it is and say nothing of longer spans."""
    if unit == "moment":
        return span if span.precision == "day" else None
    if unit in DAYS and span.precision not in (*EXACT, "month"):
        return None
    return shift_span(span, count, unit)


def _anchor_within(reading: Within, context: Context) -> TimeSpan | None:
    told = next(iter(context.narrative.before(context.sentence)), None)
    if told is None or told.start is None or told.precision != "day":
        return None
    return TimeSpan(told.start, shift(told.start, reading.count, reading.unit) + timedelta(days=1), "range")


def _anchor_between(reading: Between, context: Context) -> TimeSpan | None:
    """Return the days from one reading to the other; of two without a year, the last such days, or those still to end."""
    if isinstance(reading.first, Calendar) and isinstance(reading.last, Calendar) and context.published:
        told = context.narrative.month_before(context.sentence)
        if told is None or _looks_ahead(context.tense):
            return _published_range(reading.first, reading.last, context.published, ahead=_looks_ahead(context.tense))
    first = anchor_reading(reading.first, context)
    if first is None or first.start is None:
        return None
    if isinstance(reading.last, Calendar) and reading.last.choice == "bare":
        last = going_on(reading.last, first)
    else:
        last = anchor_reading(reading.last, context)
    return join_spans(first, last) if last else None


def _published_range(first: Calendar, last: Calendar, published: date, *, ahead: bool) -> TimeSpan | None:
    ranges = []
    for start in _occurrences(first, published.year):
        end = going_on(last, start)
        joined = join_spans(start, end) if end else None
        if joined and joined.start and joined.end:
            ranges.append(joined)
    if ahead:
        return next((span for span in ranges if span.end and span.end > published), None)
    return _latest(span for span in ranges if span.start and span.start <= published)


_ANCHORS: dict[type, Callable[[Any, Context], TimeSpan | None]] = {
    Fixed: _anchor_fixed,
    Calendar: _anchor_calendar,
    DayOfMonth: _anchor_day_of_month,
    Weekday: _anchor_weekday,
    Offset: _anchor_offset,
    Window: _anchor_window,
    Around: _anchor_around,
    Shift: _anchor_shift,
    Within: _anchor_within,
    Between: _anchor_between,
    Nothing: _anchor_nothing,
}
