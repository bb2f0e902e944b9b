import pytest
from msgspec.structs import replace

from entente.analysis.contradictions import find_contradictions
from tests.analysis.by_hand import facts
from tests.analysis.standing_by_hand import JUDGEMENTS, WORDING, passages_of, said, seed


def found(state, *records, between=None, choices=JUDGEMENTS, text="", limit=None):
    texts = lambda pairs: [text] * len(pairs)  # noqa: E731
    return find_contradictions(
        facts(*records), choices, WORDING, passages_of(*records), texts, [state], between=between, limit=limit
    )


def rules(*args, **given):
    return [row["rule"] for row in found(*args, **given).rows()]


def alliance(**given):
    return said("Minsk is Moscow's ally", "BLR", "alliance", "RUS", **{"published": "2017-06-01"} | given)


def help_(date="2014-06", **given):
    return said("Minsk lent Kiev money", "BLR", "AID", "UKR", date, **given)


def seizure(date="2014-02", **given):
    return said("Moscow seized Crimea", "RUS", "COERCE", "UKR", date, mode="seize", **given)


def test_help_to_the_opponent_of_an_ally_contradicts_the_alliance():
    (row,) = found("BLR", alliance(), help_(), seizure()).rows()
    assert row["rule"] == "alliance-and-help-to-opponent"
    assert (row["partner"], row["other"]) == ("RUS", "UKR")
    assert row["says"] == (
        "Belarus is allied with Russia, yet it gave aid to Ukraine in June 2014, while Russia and Ukraine were at odds: "
        "Russia seized territory or property of Ukraine in February 2014."
    )
    assert (row["records"], row["order_known"]) == (3, False)


def test_without_a_conflict_between_the_two_there_is_no_contradiction():
    assert rules("BLR", alliance(), help_()) == []


def test_a_conflict_after_the_act_or_long_before_it_does_not_count():
    assert rules("BLR", alliance(), help_(), seizure("2015")) == []
    assert rules("BLR", alliance(), help_(), seizure("2001")) == []


def test_a_dispute_without_a_date_makes_opponents():
    assert rules("BLR", alliance(), help_(), said("x", "UKR", "dispute", "RUS", published="2017-06-01")) == [
        "alliance-and-help-to-opponent"
    ]


def test_a_dated_alliance_before_the_act_has_a_known_order_and_is_stronger():
    (known,) = found("BLR", alliance(date="2000"), help_("2005"), seizure("2004")).rows()
    (unknown,) = found("BLR", alliance(), help_(), seizure()).rows()
    assert known["order_known"]
    assert known["strength"] > unknown["strength"]


def test_an_alliance_told_of_long_after_the_act_says_nothing_of_it():
    assert rules("BLR", alliance(published="2024-01-01"), help_(), seizure()) == []


def test_a_dated_statement_after_the_act_is_no_contradiction():
    neutral = said("Minsk is neutral", "BLR", "neutral", "RUS UKR", "2016")
    assert rules("BLR", neutral, help_("2014")) == []


def test_stated_neutrality_is_contradicted_by_help_to_one_party():
    neutral = said("Minsk is neutral", "BLR", "neutral", "RUS UKR", "2014-03")
    (row,) = found("BLR", neutral, help_()).rows()
    assert (row["rule"], row["order_known"]) == ("neutral-and-help", True)
    assert row["says"].startswith("Belarus takes a neutral stance toward Russia and Ukraine (in March 2014), yet it gave aid")


def test_verbal_support_is_contradicted_by_material_conflict():
    support = said("x", "RUS", "SUPPORT", "UKR", "2013-12")
    assert rules("RUS", support, seizure()) == ["support-and-conflict"]


def test_an_older_statement_counts_less():
    near = found("RUS", said("x", "RUS", "SUPPORT", "UKR", "2014-01"), seizure()).rows()[0]["strength"]
    far = found("RUS", said("x", "RUS", "SUPPORT", "UKR", "2012-06"), seizure()).rows()[0]["strength"]
    assert near > far


def test_an_act_after_a_warning_is_done_in_spite_of_it():
    warning = said("Moscow threatened Kiev", "RUS", "THREATEN", "UKR", "2013-11")
    (row,) = found("UKR", warning, said("Kiev said no", "UKR", "REJECT", "RUS", "2013-12")).rows()
    assert row["rule"] == "defied-request"
    assert row["says"].startswith("Russia threatened Ukraine in November 2013; Ukraine turned down")


def request(words="Moscow asked Kiev to stay", by="RUS", to="UKR", date=None, **given):
    return said(words, by, "REQUEST", to, date, **given)


def refusal(to="RUS", date=None, **given):
    return said("Kiev said no", "UKR", "REJECT", to, date, **given)


def test_a_request_whose_order_is_not_known_is_not_defied():
    assert rules("UKR", request(), refusal()) == []
    assert rules("UKR", request(date="2013-11"), refusal()) == []
    assert rules("UKR", request(date="2013-12"), refusal(date="2013-11")) == []


def test_a_request_told_earlier_in_the_same_document_is_defied():
    earlier = replace(request(document="d"), sentence=1)
    later = replace(refusal(document="d"), sentence=3)
    (row,) = found("UKR", earlier, later).rows()
    assert (row["rule"], row["order_known"], row["partner"], row["other"]) == ("defied-request", True, "RUS", "RUS")
    assert rules("UKR", replace(earlier, sentence=4), later) == []


def test_a_request_is_not_defied_by_an_act_toward_another():
    assert rules("UKR", request(date="2013-11"), refusal(to="USA", date="2013-12")) == []
    assert rules("UKR", replace(request(document="d"), sentence=1), replace(refusal(to="USA", document="d"), sentence=2)) == []


@pytest.mark.parametrize(
    ("act", "given", "contradicted"),
    [
        ("SANCTION", {"contexts": ("economic",)}, False),
        ("COERCE", {"mode": "withhold", "contexts": ("natural_resource",)}, False),
        ("REJECT", {"mode": "assist"}, False),
        ("REJECT", {"mode": "assist", "contexts": ("military",)}, True),
        ("ASSAULT", {}, True),
        ("MOBILIZE", {}, True),
        ("COERCE", {"mode": "seize"}, True),
    ],
)
def test_a_promise_of_military_help_is_broken_by_armed_acts_and_refused_arms_alone(act, given, contradicted):
    promise = said("Moscow promised arms", "RUS", "military", "UKR", "2012")
    assert ("commitment-and-act" in rules("RUS", promise, said("x", "RUS", act, "UKR", "2014", **given))) == contradicted


def test_the_text_itself_can_set_an_act_against_a_request():
    request = said("told to close the schools", "TUR", "REQUEST", "KAZ", "2016-07", document="d")
    visit = said("he came", "KAZ", "CONSULT", "TUR", "2016-08", mode="visit", document="d")
    assert rules("KAZ", request, visit, text="He came in spite of being told to close the schools") == ["marked-defiance"]
    assert rules("KAZ", request, visit, text="He came and was told to close the schools") == []


def test_a_broken_commitment_is_a_contradiction_with_its_leaders():
    promise = said("Moscow undertook", "RUS", "territorial_integrity", "UKR", "1994-12-05")
    (row,) = found("RUS", promise, seizure()).rows()
    assert (row["sort"], row["leader_then"], row["leader_at_act"]) == ("commitment against act", "Old", "New")
    assert row["says"].endswith("Old was president then, New at the time of the act.")


@pytest.mark.parametrize(("between", "count"), [({"RUS", "UKR"}, 1), ({"USA", "CHN"}, 0)])
def test_only_what_touches_one_of_two_sides_is_shown(between, count):
    assert len(found("BLR", alliance(), help_(), seizure(), between=between)) == count


def test_ten_papers_on_one_loan_are_one_row_with_all_their_records():
    papers = [help_() for _ in range(10)]
    (row,) = found("BLR", alliance(), seizure(), *papers).rows()
    assert (row["records"], row["documents"]) == (12, 12)


def test_a_user_can_take_a_rule_out():
    without = tuple(rule for rule in JUDGEMENTS.contradictions.rules if rule.id != "alliance-and-help-to-opponent")
    choices = replace(JUDGEMENTS, contradictions=replace(JUDGEMENTS.contradictions, rules=without))
    assert rules("BLR", alliance(), help_(), seizure(), choices=choices) == []


def test_the_less_sure_records_count_less():
    sure = found("BLR", alliance(), help_(), seizure()).rows()[0]["strength"]
    unsure = replace(help_(), confidence=0.25)
    assert found("BLR", alliance(), unsure, seizure()).rows()[0]["strength"] == pytest.approx(sure / 2, abs=1e-4)


def test_the_seed_shows_alliance_against_credit_and_neutrality_against_credit():
    assert {"alliance-and-help-to-opponent", "neutral-and-help"} <= set(rules("BLR", *seed(), between={"RUS", "UKR"}))


def test_rows_are_ranked_by_strength_and_lead_to_records():
    records = seed()
    result = found("BLR", *records)
    strengths = [row["strength"] for row in result.rows()]
    assert strengths == sorted(strengths, reverse=True)
    ids = {one.id for one in records}
    assert all(set(result.ids(place)) <= ids and len(result.ids(place)) >= 2 for place in range(len(result)))


def test_a_state_that_the_ledger_does_not_know_has_none():
    assert found("XXX", *seed()).rows() == []
