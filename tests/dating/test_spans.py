"""The arithmetic of days, months and parts of a year."""

from __future__ import annotations

import datetime as dt

import pytest

from entente.dating.spans import add_months, part_of, shift_span, span_around, span_of_day, span_of_months
from entente.records.timespan import TimeSpan


def test_a_month_after_the_last_of_january_is_the_last_of_february():
    assert add_months(dt.date(2016, 1, 31), 1) == dt.date(2016, 2, 29)


def test_there_is_no_thirty_first_of_june():
    assert span_of_day(2014, 6, 31) is None


@pytest.mark.parametrize(
    ("unit", "first", "last"),
    [
        ("week", "2017-06-12", "2017-06-18"),
        ("month", "2017-06-01", "2017-06-30"),
        ("quarter", "2017-04-01", "2017-06-30"),
        ("year", "2017-01-01", "2017-12-31"),
        ("decade", "2010-01-01", "2019-12-31"),
    ],
)
def test_a_unit_around_a_day_is_the_calendars(unit, first, last):
    span = span_around(dt.date(2017, 6, 14), unit)
    assert span is not None
    assert span.inclusive() == (first, last)


def test_a_month_shifted_by_months_stays_a_month():
    span = span_of_months(2014, 1)
    assert span is not None
    shifted = shift_span(span, 1, "month")
    assert shifted is not None
    assert (shifted.inclusive(), shifted.precision) == (("2014-02-01", "2014-02-28"), "month")


def test_an_open_span_cannot_be_shifted():
    assert shift_span(TimeSpan(dt.date(2014, 1, 1), None, "year"), 1, "year") is None


def test_a_fifth_quarter_is_no_part_of_a_month():
    span = span_of_months(2014, 1)
    assert span is not None
    assert part_of(span, "q2") is None


def test_a_decade_is_cut_at_whole_years():
    span = span_of_months(1990, 1, 120)
    assert span is not None
    late = part_of(span, "late")
    assert late is not None
    assert late.inclusive() == ("1997-01-01", "1999-12-31")
