import datetime as dt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from entente.analysis.facts import OPEN, day_number
from entente.analysis.periods import LENGTHS, Periods, too_coarse
from entente.errors import InputError
from tests.analysis.by_hand import facts, record

DAYS = st.dates(dt.date(1900, 1, 1), dt.date(2100, 1, 1))


@pytest.mark.parametrize(
    ("by", "start", "end"),
    [
        ("day", "2014-06-11", "2014-06-11"),
        ("week", "2014-06-09", "2014-06-15"),
        ("month", "2014-06-01", "2014-06-30"),
        ("quarter", "2014-04-01", "2014-06-30"),
        ("year", "2014-01-01", "2014-12-31"),
    ],
)
def test_a_day_lies_in_its_period(by, start, end):
    day = day_number(dt.date(2014, 6, 11))
    periods = Periods.covering(day, day, by)
    assert [periods.starts()[0].isoformat(), periods.ends()[-1].isoformat()] == [start, end]
    assert len(periods) == 1


@pytest.mark.parametrize("by", list(LENGTHS))
def test_no_periods_hold_no_day(by):
    periods = Periods.none(by)
    assert (len(periods), periods.starts(), periods.ends()) == (0, [], [])
    assert periods.places(np.array([0, 1, -1, OPEN])).tolist() == [-1, -1, -1, -1]


@given(DAYS, DAYS, st.sampled_from(list(LENGTHS)))
def test_periods_cover_their_days_without_gaps(one, other, by):
    first, last = sorted((day_number(one), day_number(other)))
    last = min(last, first + 3000)
    periods = Periods.covering(first, last, by)
    places = periods.places(np.arange(first, last + 1))
    assert places[0] == 0
    assert places[-1] == len(periods) - 1
    assert set(np.diff(places)) <= {0, 1}


def test_days_outside_and_unknown_days_have_no_period():
    periods = Periods.covering(day_number(dt.date(2014, 1, 1)), day_number(dt.date(2014, 1, 1)), "year")
    days = np.array([day_number(dt.date(2013, 12, 31)), day_number(dt.date(2015, 1, 1)), OPEN])
    assert list(periods.places(days)) == [-1, -1, -1]


def test_a_year_says_of_no_month():
    found = facts(*(record("A", "AID", "B", date) for date in ("2014", "2014-06", "2014-06-07", "2014-06-07..2014-06-09")))
    assert list(too_coarse(found, "month")) == [True, False, False, False]
    assert list(too_coarse(found, "day")) == [True, True, False, False]


def test_an_unknown_period_is_refused():
    with pytest.raises(InputError, match="'decade' is no period"):
        Periods.covering(0, 1, "decade")
