import datetime as dt

import msgspec
import pytest

from entente.analysis.wording import days_in_words, join_words, share_in_words
from tests.analysis.standing_by_hand import WORDING, passages_of, said


def told(one, recipients=None, **how):
    return WORDING.tell(passages_of(one)([one.id])[one.id], recipients, **how)


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        ("2014-01-01", "2014-12-31", "in 2014"),
        ("2014-06-01", "2014-06-30", "in June 2014"),
        ("1994-12-05", "1994-12-05", "on 5 December 1994"),
        ("2013-01-01", "2014-12-31", "from 2013 to 2014"),
        ("2016-01-01", None, "since January 2016"),
        (None, "2021-12-31", "until December 2021"),
        ("2014-06-03", "2014-06-09", "between 3 June 2014 and 9 June 2014"),
        (None, None, ""),
    ],
)
def test_days_are_told_as_one_says_them(start, end, words):
    days = [None if day is None else dt.date.fromisoformat(day) for day in (start, end)]
    assert days_in_words(*days) == words


def test_a_record_is_told_with_names_and_date():
    assert told(said("x", "BLR", "AID", "UKR", "2014")) == "gave aid to Ukraine in 2014"


def test_a_mode_has_words_of_its_own():
    assert told(said("x", "BLR", "CONSULT", "UKR", "2014-06", mode="visit")) == "visited Ukraine in June 2014"


def test_the_pattern_that_coded_a_record_tells_more_than_its_type():
    signed = msgspec.structs.replace(said("x", "UKR", "SUPPORT", "BLR", "2015-10"), coded_by="event/SUPPORT/sign-accord")
    assert told(signed) == "signed an agreement with Belarus in October 2015"
    assert told(signed, several=True, dated=False) == "spoke for or signed with Belarus"


def test_a_record_without_recipient_leaves_out_what_would_name_one():
    assert told(said("x", "BLR", "AID", "")) == "gave aid"


def test_a_dependence_is_told_with_share_or_rank():
    third = said("x", "BLR", "dependence", "RUS", attributes={"flow": "imports", "share": 0.333})
    rank = said("x", "BLR", "dependence", "UKR", attributes={"flow": "trade", "rank": 3})
    assert told(third) == "depends on Russia for a third of its imports"
    assert told(rank) == "depends on Ukraine as its third-largest partner in trade"


def test_a_tie_of_a_day_is_no_event_of_that_day():
    assert told(said("x", "BLR", "alliance", "RUS", "2014")) == "is allied with Russia (in 2014)"


def test_a_share_is_a_fraction_only_where_it_is_one_but_for_rounding():
    assert share_in_words(0.333) == "a third"
    assert share_in_words(0.34) == "34 %"


def test_united_states_have_an_article_and_unknown_codes_stay():
    assert WORDING.listed(["USA", "BLR", "XXX"]) == "the United States, Belarus and XXX"
    assert join_words([]) == ""


def test_a_change_of_leader_names_office_and_both_holders():
    days = dt.date(1994, 12, 5), dt.date(2014, 2, 1)
    assert WORDING.change_of_leader("RUS", *days, ["president"]) == ("president", "Old", "New")
    assert WORDING.change_of_leader("RUS", days[1], days[1], ["president"]) is None
    assert WORDING.change_of_leader("BLR", *days, ["president"]) is None
