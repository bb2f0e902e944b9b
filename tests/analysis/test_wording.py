import datetime as dt

import msgspec
import pytest

from entente.analysis.wording import days_in_words, join_words, share_in_words, short_days
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
        ("2014-06-03", "2014-06-09", "between 3 and 9 June 2014"),
        ("2014-06-03", "2014-07-09", "between 3 June and 9 July 2014"),
        ("2013-12-30", "2014-01-02", "between 30 December 2013 and 2 January 2014"),
        (None, None, ""),
    ],
)
def test_days_are_told_as_one_says_them(start, end, words):
    days = [None if day is None else dt.date.fromisoformat(day) for day in (start, end)]
    assert days_in_words(*days) == words


@pytest.mark.parametrize(
    ("start", "end", "label"),
    [
        ("2023-12-11", "2023-12-17", "11–17 December 2023"),
        ("2023-11-30", "2023-12-02", "30 November – 2 December 2023"),
        ("2013-01-01", "2014-12-31", "2013–2014"),
        ("2014-06-01", "2014-06-30", "June 2014"),
    ],
)
def test_a_label_of_a_span_shows_that_it_is_one(start, end, label):
    assert short_days(dt.date.fromisoformat(start), dt.date.fromisoformat(end)) == label


@pytest.mark.parametrize(
    ("type_", "words"),
    [
        ("treaty", "Belarus and Russia bound themselves by treaty to Ukraine"),
        ("SUPPORT", "Belarus and Russia declared their support for Ukraine"),
        ("alliance", "Belarus and Russia are allied with Ukraine"),
    ],
)
def test_several_subjects_have_verbs_and_pronouns_of_several(type_, words):
    one = said("x", "BLR RUS", type_, "UKR")
    assert WORDING.tell_of(["BLR", "RUS"], passages_of(one)([one.id])[one.id]) == words


def test_a_record_is_told_with_names_and_date():
    assert told(said("x", "BLR", "AID", "UKR", "2014")) == "gave aid to Ukraine in 2014"


def test_a_mode_has_words_of_its_own():
    assert told(said("x", "BLR", "CONSULT", "UKR", "2014-06", mode="visit")) == "visited Ukraine in June 2014"


def test_the_pattern_that_coded_a_record_tells_more_than_its_type():
    signed = msgspec.structs.replace(said("x", "UKR", "SUPPORT", "BLR", "2015-10"), coded_by="event/SUPPORT/sign-accord")
    assert told(signed) == "signed an agreement with Belarus in October 2015"
    assert told(signed, several=True, dated=False) == "spoke for or signed with Belarus"


def test_a_mediator_did_not_meet_whom_it_mediated_between():
    talks = msgspec.structs.replace(said("x", "BLR", "CONSULT", "RUS UKR", "2014"), coded_by="CONSULT/ease-quarrel")
    assert told(talks) == "mediated between Russia and Ukraine in 2014"
    assert told(talks, ["RUS"]) == "mediated in a quarrel of Russia in 2014"
    assert told(talks, []) == "mediated in 2014"


@pytest.mark.parametrize("pattern", ["undertake-to-withdraw", "undertake-to-withdraw-forces", "pledge-to-withdraw"])
def test_a_promised_withdrawal_is_no_promise_of_help(pattern):
    promise = msgspec.structs.replace(said("x", "RUS", "military", "UKR", "1994"), coded_by=f"military/{pattern}")
    assert told(promise) == "undertook to withdraw its forces from Ukraine in 1994"


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
