import datetime as dt

import pytest
from msgspec.structs import replace

from entente.analysis.commitments import find_undertakings, judge_commitments
from tests.analysis.by_hand import facts
from tests.analysis.standing_by_hand import JUDGEMENTS, WORDING, passages_of, said, seed, words_of

CHOICES = JUDGEMENTS.commitments


def judged(*records, by=None, to=None, status=(), choices=CHOICES):
    return judge_commitments(
        facts(*records), choices, WORDING, passages_of(*records), words_of(*records), by=by, to=to, status=status
    )


def promise(words="Moscow undertook to respect Kiev's borders", date="1994-12-05", **given):
    return said(words, "RUS", given.pop("type_", "territorial_integrity"), given.pop("to", "UKR"), date, **given)


def seizure(date="2014-02", **given):
    return said("Moscow seized Crimea", "RUS", "COERCE", "UKR", date, mode="seize", **given)


def test_a_later_act_of_the_opposite_type_contradicts_a_promise():
    (row,) = judged(promise(), seizure()).rows()
    assert row["status"] == "contradicted"
    assert (row["words"], row["act_words"]) == ("Moscow undertook to respect Kiev's borders", "Moscow seized Crimea")
    assert (row["act_type"], row["act_start"]) == ("COERCE/seize", dt.date(2014, 2, 1))
    assert (row["records"], row["documents"]) == (2, 2)


def test_the_leaders_before_and_after_are_shown():
    (row,) = judged(promise(), seizure()).rows()
    assert (row["office"], row["leader_then"], row["leader_at_act"]) == ("president", "Old", "New")


def test_no_change_of_leader_is_shown_where_there_was_none():
    (row,) = judged(promise(date="2010-05-01"), seizure()).rows()
    assert (row["status"], row["office"]) == ("contradicted", None)


@pytest.mark.parametrize("date", ["1993-02", "1994", "1994-12", None])
def test_an_act_that_is_not_surely_later_contradicts_nothing(date):
    (row,) = judged(promise(), seizure(date)).rows()
    assert row["status"] == "open"


def test_an_act_of_another_or_toward_another_contradicts_nothing():
    other = said("x", "USA", "COERCE", "UKR", "2014", mode="seize")
    elsewhere = said("x", "RUS", "COERCE", "GEO", "2014", mode="seize")
    (row,) = judged(promise(), other, elsewhere).rows()
    assert row["status"] == "open"


def test_a_denied_act_contradicts_nothing():
    (row,) = judged(promise(), seizure(status="negated")).rows()
    assert row["status"] == "open"


def test_an_act_after_the_term_contradicts_nothing():
    (row,) = judged(promise("Moscow announced trade", "2000", type_="trade"), said("x", "RUS", "SANCTION", "UKR", "2014")).rows()
    assert row["status"] == "not verifiable"
    assert row["until"] == dt.date(2005, 12, 31)


def test_a_user_can_change_what_contradicts():
    changed = replace(CHOICES, opposed={})
    (row,) = judged(promise(), seizure(), choices=changed).rows()
    assert row["status"] == "not verifiable"


@pytest.mark.parametrize(
    ("words", "status", "strength"),
    [
        ("Moscow ratified a treaty", "actual", "treaty"),
        ("Moscow signed a memorandum", "actual", "signed"),
        ("Moscow said it would help", "actual", "announced"),
        ("Moscow hinted at help", "actual", "hinted"),
        ("Moscow signed a memorandum", "hypothetical", "hinted"),
        ("Moscow made up its mind", "actual", "announced"),
    ],
)
def test_the_strength_follows_the_words_and_the_status(words, status, strength):
    (row,) = judged(promise(words, status=status)).rows()
    assert row["strength"] == strength


def test_an_instrument_tells_the_strength_too():
    (row,) = judged(promise("x", attributes={"instrument": "Treaty of Friendship"})).rows()
    assert (row["strength"], row["instrument"]) == ("treaty", "Treaty of Friendship")


def test_a_fulfilling_act_keeps_a_promise():
    aid = promise("Moscow announced aid", "2010-01", type_="aid")
    (row,) = judged(aid, said("Moscow sent grain", "RUS", "AID", "UKR", "2011")).rows()
    assert (row["status"], row["act_words"]) == ("kept", "Moscow sent grain")


def test_a_lighter_act_against_a_kept_promise_keeps_it_in_part():
    trade = promise("Moscow announced trade", "2010-01", type_="trade")
    bought = said("x", "RUS", "COOPERATE", "UKR", "2011", contexts=("economic",))
    threat = said("x", "RUS", "THREATEN", "UKR", "2012", mode="restrict")
    (row,) = judged(trade, bought, threat).rows()
    assert row["status"] == "kept in part"


def test_what_is_withdrawn_cannot_be_broken_later():
    left = said("Moscow left the treaty", "RUS", "SANCTION", "UKR", "2010", mode="withdraw", contexts=("legal",))
    (row,) = judged(promise(), left, seizure()).rows()
    assert (row["status"], row["until"]) == ("withdrawn", dt.date(2009, 12, 31))


def test_a_promise_in_exchange_for_a_broken_one_has_its_condition_not_met():
    exchange = promise(document="d", date="1994-12-05")
    given = said("Kiev would disarm", "UKR", "disarmament", "", "1994-12-05", attributes={"in_exchange": True}, document="d")
    rows = judged(exchange, given, seizure(), by=["UKR"]).rows()
    assert [(row["promiser"], row["status"]) for row in rows] == [("UKR", "condition not met")]


def test_a_condition_is_told_in_its_words():
    (row,) = judged(promise("Moscow would sign if Kiev stayed neutral")).rows()
    assert row["condition"] == "if Kiev stayed neutral"


def test_a_promise_to_nobody_named_cannot_be_verified():
    (row,) = judged(promise(to="")).rows()
    assert (row["status"], row["beneficiary"]) == ("not verifiable", None)


@pytest.mark.parametrize(
    "words",
    [
        "Kiev and Astana would respect each other’s borders",
        "they vowed not to attack one another",
        "both reaffirmed their borders",
        "an agreement between Kiev and Astana on borders",
    ],
)
def test_those_who_promise_each_other_something_are_beneficiaries(words):
    rows = judged(said(words, "UKR KAZ", "territorial_integrity", "", "2015-10")).rows()
    assert {(row["promiser"], row["beneficiary"]) for row in rows} == {("UKR", "KAZ"), ("KAZ", "UKR")}


def test_those_who_promise_together_without_words_of_exchange_name_no_beneficiary():
    rows = judged(said("Kiev, Astana and Minsk signed the convention", "UKR KAZ BLR", "treaty", "", "2015-10")).rows()
    assert [(row["promiser"], row["beneficiary"]) for row in rows] == [("BLR", None), ("KAZ", None), ("UKR", None)]


def test_cosigners_of_one_text_stay_apart_from_those_who_promise_each_other_in_another():
    each = said("Kiev and Astana will spare one another", "UKR KAZ", "non_aggression", "", "2015-10")
    alone = said("Kiev and Astana renounced war", "UKR KAZ", "non_aggression", "", "2015-10")
    rows = judged(each, alone).rows()
    assert sorted((row["promiser"], str(row["beneficiary"])) for row in rows) == [
        *[("KAZ", "None"), ("KAZ", "UKR"), ("UKR", "KAZ"), ("UKR", "None")]
    ]
    assert {row["records"] for row in rows} == {1}


def test_a_promise_that_is_told_as_holding_is_in_force_when_it_is_told():
    neutral = promise("neutral since 1984", "1984-01-01..", type_="neutrality", to="", published="2023-05-01")
    (row,) = judged(neutral).rows()
    assert (row["status"], row["until"] > dt.date(2023, 5, 1)) == ("open", True)


def test_a_promise_that_holds_since_long_can_be_broken_up_to_the_day_it_is_told():
    trade = promise("Moscow announced trade", "2000-01-01..", type_="trade", published="2016-05-01")
    (row,) = judged(trade, said("x", "RUS", "SANCTION", "UKR", "2014")).rows()
    assert row["status"] == "contradicted"


def test_a_promise_of_long_ago_with_an_open_end_may_be_over():
    trade = promise("Moscow announced trade", "1990-01-01..", type_="trade", status="historical", published="2016-05-01")
    (row,) = judged(trade).rows()
    assert row["until"] < dt.date(1996, 1, 1)


def test_one_promise_in_two_papers_is_one_undertaking():
    (row,) = judged(promise(), promise("another paper")).rows()
    assert (row["records"], row["documents"]) == (2, 2)


def test_a_pledge_to_be_neutral_is_broken_by_an_alliance_with_anybody():
    neutral = promise("Minsk announced neutrality", "2015-01", type_="neutrality", to="")
    (row,) = judged(neutral, said("x", "RUS", "alliance", "CHN", "2016-03")).rows()
    assert row["status"] == "contradicted"


# --- withdrawals ---


def to_withdraw(words="Moscow promised to withdraw its troops from Moldova", date="1999", type_="military", **given):
    return said(words, "RUS", type_, "MDA", date, kind=given.pop("kind", "commitment"), **given)


def conceded(words="Moscow promised to withdraw its troops from Moldova", date="1999", **given):
    return to_withdraw(words, date, "CONCEDE", kind="event", **given)


def forces(date="1992-01-01..", words="Russian troops have stood in Moldova since 1992", **given):
    return said(words, "RUS", "presence", "MDA", date, **{"published": "2005-06-01"} | given)


def statuses(*records):
    return [(row["type"], row["status"]) for row in judged(*records).rows()]


def test_a_promise_that_is_told_in_two_kinds_is_one_row_that_cites_both():
    (row,) = judged(conceded(document="d"), to_withdraw(document="d")).rows()
    assert (row["type"], row["records"], row["documents"]) == ("military/withdraw", 2, 1)


def test_a_promise_cites_the_pledge_of_its_sentence_with_its_parties_and_words():
    aid = promise("Moscow promised Kiev grain", "2010", type_="aid", document="d")
    told = {"date": "2010", "document": "d"}
    pledge = said("Moscow promised Kiev grain in May", "RUS", "AGREE", "UKR", **told)
    others = [
        said("Moscow agreed to talks", "RUS", "AGREE", "UKR", **told),
        said("Moscow promised Kiev grain", "RUS", "AGREE", "BLR", **told),
        said("Moscow promised Kiev grain", "RUS", "AGREE", "UKR", "2010", document="another"),
        replace(said("Moscow promised Kiev grain", "RUS", "AGREE", "UKR", **told), sentence=3),
    ]
    found = judged(aid, pledge, *others)
    assert (len(found), found.ids(0)) == (1, [aid.id, pledge.id])


def test_an_announced_withdrawal_is_an_undertaking_though_it_is_a_concession_by_type():
    (row,) = judged(
        conceded("Russia will withdraw its troops from Moldova by 2008", "..2008-12-31", status="future", published="2005-06-01")
    ).rows()
    assert (row["type"], row["strength"], row["status"]) == ("military/withdraw", "announced", "open")


@pytest.mark.parametrize("words", ["Moscow dropped its demand", "Moscow withdrew its veto", "Moscow spared its troops"])
def test_other_concessions_are_no_undertakings(words):
    assert statuses(conceded(words)) == []


def test_a_denied_withdrawal_is_no_undertaking():
    assert statuses(conceded(status="negated")) == []


def test_a_promise_to_withdraw_is_kept_by_a_withdrawal_and_not_by_help():
    gone = said("Moscow withdrew its troops", "RUS", "RETREAT", "MDA", "2001", mode="withdraw")
    help_ = said("Moscow sent tanks", "RUS", "AID", "MDA", "2001", contexts=("military",))
    assert statuses(to_withdraw(), help_) == [("military/withdraw", "not verifiable")]
    assert statuses(to_withdraw(), help_, gone) == [("military/withdraw", "kept")]


@pytest.mark.parametrize(
    "tie",
    [
        forces(),
        forces("..", "Russian troops still stand in Moldova"),
        forces(None, "Russian troops remain in Moldova"),
        forces("2003-01-01..", published="2003-02-01"),
        forces("2003"),
    ],
    ids=["since long", "open both ways", "remain", "came anew", "stood there later"],
)
def test_forces_that_still_stand_break_a_promised_withdrawal(tie):
    assert statuses(to_withdraw(), tie) == [("military/withdraw", "contradicted")]


@pytest.mark.parametrize(
    "records",
    [
        (to_withdraw(), forces(published="2000-06-01")),
        (to_withdraw(), forces("1992-01-01..1998-12-31")),
        (to_withdraw(), forces(None)),
        (to_withdraw(), forces(status="historical", date="1992-01-01..1998-12-31")),
        (to_withdraw(date=None, published="2005-05-01"), forces()),
        (to_withdraw("Moscow promised to pull its troops out of Moldova by the end of 2007"), forces()),
        (to_withdraw("Moscow promised to pull its troops out of Moldova by May 2002"), forces("2001")),
        (conceded("Russia will withdraw its troops from Moldova by 2008", "..2008-12-31", status="future"), forces()),
        (to_withdraw(), forces(published="2015-01-01")),
        (to_withdraw(), forces("2004", "Russia withdrew its troops from Moldova in 2004", status="historical")),
    ],
    ids=[
        *("told within the year", "gone before", "perhaps past", "long gone", "told within the year of an undated one"),
        *("not yet due", "before it was due", "not yet due by its date", "long after", "told as past"),
    ],
)
def test_forces_that_may_yet_go_or_may_have_gone_break_no_promised_withdrawal(records):
    assert statuses(*records) != []
    assert "contradicted" not in [status for _, status in statuses(*records)]


def test_forces_that_stand_when_the_withdrawal_is_due_break_the_promise_within_the_year():
    late = to_withdraw("Moscow promised to pull its troops out of Moldova by the end of 1999", "1999-11-19")
    assert statuses(late, forces(published="2000-03-01")) == [("military/withdraw", "contradicted")]


def test_the_leader_at_a_standing_act_is_that_of_the_day_on_which_it_is_told():
    (row,) = judged(to_withdraw(date="1999"), forces()).rows()
    assert (row["leader_then"], row["leader_at_act"]) == ("Old", "New")


def test_the_seed_shows_1994_as_contradicted_by_2014():
    rows = judged(*seed(), by=["RUS"], to=["UKR"]).rows()
    assert [row["status"] for row in rows] == ["contradicted"]
    assert rows[0]["since"] == dt.date(1994, 12, 5)
    assert rows[0]["act_words"] == "Moscow seized Crimea in February 2014"


def test_every_row_leads_to_its_records():
    records = seed()
    found = judged(*records)
    ids = {one.id for one in records}
    assert all(set(found.ids(place)) <= ids and found.ids(place) for place in range(len(found)))


def test_only_the_asked_statuses_are_shown():
    assert [row["status"] for row in judged(*seed(), status=["contradicted"]).rows()] == ["contradicted"]


def test_the_short_way_finds_the_same_contradicted_undertakings():
    records = seed()
    every = find_undertakings(facts(*records), CHOICES, WORDING, words_of(*records))
    some = find_undertakings(facts(*records), CHOICES, WORDING, words_of(*records), most_broken=100)
    assert [one for one in every if one.status == "contradicted"] == some


def test_a_ledger_without_commitments_has_none():
    assert judged(seizure()).rows() == []
