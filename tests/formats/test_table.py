import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entente.formats.table import COLUMNS, days_of, people_of, row_of, shown, visible
from entente.records.actors import Actor
from entente.records.timespan import TimeSpan
from tests.formats.test_public import a_record


@pytest.mark.parametrize(
    ("start", "end", "said"),
    [
        ("2014-06-07", "2014-06-08", "2014-06-07"),
        ("2014-06-01", "2014-07-01", "2014-06"),
        ("2014-12-01", "2015-01-01", "2014-12"),
        ("2014-01-01", "2015-01-01", "2014"),
        ("2014-06-02", "2014-07-01", "2014-06-02 … 2014-06-30"),
        ("2010-01-01", "2020-01-01", "2010-01-01 … 2019-12-31"),
        ("2016-01-01", None, "2016-01-01 …"),
        (None, "2016-01-01", "… 2015-12-31"),
    ],
)
def test_a_span_is_shown_as_short_as_its_ends_allow(start, end, said):
    day = dt.date.fromisoformat
    assert days_of(TimeSpan(start and day(start), end and day(end), "range")) == said


def test_a_row_has_a_cell_for_every_column():
    assert row_of(a_record(mode="military")) == (
        "2014",
        "event",
        "AID military",
        "BLR",
        "UKR",
        "actual",
        "BLR helped UKR in 2014",
    )
    assert len(row_of(a_record())) == len(COLUMNS)


def test_an_unresolved_actor_shows_its_words():
    assert people_of([Actor("SYR", "rebels", sector="REB"), Actor(None, "unknown\ngunmen")]) == "SYR.REB, “unknown gunmen”"


def test_a_side_without_anybody_is_a_dash():
    assert people_of([]) == "–"


def test_escape_sequences_and_direction_marks_do_not_reach_the_terminal():
    assert visible("red \x1b[31m and \u202e back") == "red �[31m and � back"


@given(st.text())
def test_shown_text_has_as_many_characters_as_the_text(text):
    assert len(shown(text)) == len(text)
