import itertools
import random

import numpy as np
import pytest
from msgspec.structs import replace

from entente.analysis.contradiction_search import Search
from entente.analysis.contradictions import find_contradictions
from entente.analysis.matching import weights_of
from entente.workspace import Workspace
from tests.analysis.by_hand import facts
from tests.analysis.standing_by_hand import JUDGEMENTS, WORDING, fill, passages_of, said, seed, words_of


def found(state, *records, between=None, choices=JUDGEMENTS, text="", limit=None):
    texts = lambda pairs: [text] * len(pairs)  # noqa: E731
    return find_contradictions(
        facts(*records),
        choices,
        WORDING,
        passages_of(*records),
        words_of(*records),
        texts,
        [state],
        between=between,
        limit=limit,
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


def promise(date="1999", **given):
    return said("Moscow promised to withdraw its troops from Moldova", "RUS", "CONCEDE", "MDA", date, **given)


def undertaken(date="1999", **given):
    return said("Moscow promised to withdraw its troops from Moldova", "RUS", "military", "MDA", date, kind="commitment", **given)


def presence(date=None, **given):
    return said("Russian troops stand in Moldova", "RUS", "presence", "MDA", date, **given)


def test_a_promised_withdrawal_is_contradicted_by_forces_that_stand_there_later():
    (row,) = found("RUS", promise(), presence("2003-01-01..")).rows()
    assert (row["rule"], row["sort"], row["partner"]) == ("commitment-and-act", "commitment against act", "MDA")
    assert row["says"].startswith("Russia gave way to MDA in 1999, yet it has troops or bases in MDA since January 2003.")
    assert row["order_known"]


@pytest.mark.parametrize(
    "records",
    [
        (promise(), presence("1998")),
        (promise("1999-11"), presence("1999")),
        (promise(), presence()),
        (promise(), presence("2015")),
        (said("Moscow dropped its demand", "RUS", "CONCEDE", "MDA", "1999"), presence("2003-01-01..")),
        (promise(), said("x", "RUS", "presence", "UKR", "2003-01-01..")),
        (promise(), said("x", "UKR", "presence", "MDA", "2003-01-01..")),
    ],
    ids=["before", "perhaps before", "undated", "long after", "another concession", "elsewhere", "another's forces"],
)
def test_forces_elsewhere_or_at_another_time_and_other_concessions_contradict_no_withdrawal(records):
    assert rules("RUS", *records) == []


def test_forces_without_a_date_told_of_after_the_promise_in_the_same_text_contradict_it():
    assert rules("RUS", promise(document="d"), replace(presence(document="d"), sentence=2)) == ["commitment-and-act"]


def test_a_promise_told_in_two_kinds_is_one_contradiction_that_cites_both():
    two = [promise(document="d"), undertaken(document="d"), presence("2003-01-01..")]
    (row,) = found("RUS", *two).rows()
    assert (row["rule"], row["records"]) == ("commitment-and-act", 3)


def test_forces_that_come_back_after_a_withdrawal_contradict_it_less():
    gone = said("Moscow withdrew its troops", "RUS", "RETREAT", "MDA", "1999", mode="withdraw")
    (row,) = found("RUS", gone, presence("2003-01-01..")).rows()
    assert (row["rule"], row["strength"] < 0.5) == ("withdrawal-and-presence", True)


def test_of_several_concessions_the_promised_withdrawal_is_shown():
    other = said("Moscow dropped its demand", "RUS", "CONCEDE", "MDA", "2002-12")
    (row,) = found("RUS", promise(), other, presence("2003-01-01..")).rows()
    assert (row["statement_words"], row["records"]) == ("Moscow promised to withdraw its troops from Moldova", 2)


@pytest.mark.parametrize("seed_", range(3))
def test_the_first_question_reads_less_and_finds_the_same(tmp_path, seed_):
    draw = random.Random(seed_)
    codes = ["BLR", "RUS.GOV", "UKR", "USA.MIL", "POL"]
    types = ["alliance", "support", "AID", "COOPERATE", "ASSAULT", "SUPPORT", "non_aggression", "neutral", "dispute"]
    records = []
    for number in range(120):
        one, other = draw.sample(codes, 2)
        day = f"{draw.randint(2008, 2016)}-{draw.randint(1, 12):02}"
        records.append(said("they said so", one, draw.choice(types), other, day, document=f"d{number}"))
    fill(tmp_path / "ledger", *records)
    with Workspace(tmp_path / "ledger") as workspace:
        first = workspace.contradictions("RUS").to_builtins()
        assert workspace.questions._facts is None
        assert workspace.contradictions("RUS").to_builtins() == first
        _ = workspace.questions.facts
        workspace.questions._about = None
        assert workspace.contradictions("RUS").to_builtins() == first
    assert first["rows"]
    assert {row["actor"] for row in first["rows"]} == {"RUS"}


# --- against the plain way ---


def by_loops(found, rule, choices, state):
    """Return the strength of each pair of act and party by trying every statement with every act."""
    weigh = lambda rules, record: weights_of(found, rules, np.array([record]))[0]  # noqa: E731
    name = lambda place: None if place < 0 else found.codes[place]  # noqa: E731
    pairs = [
        (int(record), name(actor), name(recipient))
        for record, actor, recipient in zip(found.record, found.actor, found.recipient, strict=True)
        if found.real[record] and actor >= 0 and actor != recipient
    ]
    own = [pair for pair in pairs if pair[1] == state]
    strongest = {}
    for (told, _, partner), (done, _, other) in itertools.product(own, own):
        weight = weigh(rule.statement, told) * weigh(rule.act, done)
        if not weight or told == done or None in (partner, other) or partner == other:
            continue
        begun = [
            (int(found.day[record]), weigh(choices.opposition.what, record))
            for record, *two in pairs
            if set(two) == {partner, other} and weigh(choices.opposition.what, record)
        ]
        at_odds = 0.0
        for each in sorted({heavy for _, heavy in begun}):
            days = [day for day, heavy in begun if heavy == each and day < found.end[done]]
            if days and max(days) + 1 + choices.opposition.within > found.day[done]:
                at_odds = each
        first, last, day, end = found.day[told], found.end[told], found.day[done], found.end[done]
        if not at_odds or first >= end or last + rule.within <= day:
            continue
        holds = found.kind.word(told) in ("tie", "position")
        ordered = (first if holds else last) <= day
        gap = 0 if holds or not ordered else day - last
        strength = weight * at_odds * 0.5 ** (gap / choices.half_life) * (1 if ordered else choices.order_unknown)
        key = (partner, other, found.type.word(told), found.type.word(done))
        strongest[key] = max(strength, strongest.get(key, 0))
    return {key: strength for key, strength in strongest.items() if strength >= choices.least}


@pytest.mark.parametrize("seed_", range(6))
@pytest.mark.parametrize("pool", [5, 1000])
def test_the_search_finds_what_trying_every_pair_finds(seed_, pool):
    draw = random.Random(seed_)
    codes = ["BLR", "RUS", "UKR", "USA", "POL"]
    records = []
    for number in range(140):
        one, other = draw.sample(codes, 2)
        type_ = draw.choice(["alliance", "support", "AID", "AID", "COOPERATE", "ASSAULT", "SANCTION", "SUPPORT"])
        day = f"{draw.randint(2008, 2016)}-{draw.randint(1, 12):02}-{draw.randint(1, 28):02}"
        records.append(said("x", "BLR" if number % 3 else one, type_, other, day, document=f"d{number}"))
    records = [one for one in records if one.actor[0].code != one.recipient[0].code]
    found = facts(*records)
    for rule in (one for one in JUDGEMENTS.contradictions.rules if one.toward == "opponent"):
        choices = replace(JUDGEMENTS.contradictions, pool=pool)
        plain = by_loops(found, rule, choices, "BLR")
        search = Search(found, choices, ["BLR"], lambda pairs: [""] * len(pairs))
        quick = search.by_rule(rule)
        assert [round(one.strength, 9) for one in quick] == sorted((round(value, 9) for value in plain.values()), reverse=True)[
            :pool
        ]
        for one in quick:
            key = (one.partner, one.other, found.type.word(one.statement), found.type.word(one.act))
            assert plain[key] == pytest.approx(one.strength)
