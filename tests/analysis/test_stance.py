import datetime as dt

import msgspec
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from entente.analysis.parties import Span
from entente.analysis.stance import StanceOptions, measure_stance
from entente.analysis.stance_rows import DOMAINS, domains_of
from entente.errors import InputError
from tests.analysis.by_hand import CHOICES, facts, party, record

STANCE = CHOICES.stance
EASY = msgspec.structs.replace(CHOICES, stance=msgspec.structs.replace(STANCE, least_records=1, least_documents=1))


def stance(*records, states=("KAZ",), x="RUS", y="UKR", choices=EASY, **given):
    options = {
        "by": "year",
        "span": Span(),
        "half_life": 365.0,
        "weights": STANCE.weights,
        "one_a_day": True,
        "intervals": False,
    } | given
    found = facts(*records, choices=choices)
    return measure_stance(found, [party(s) for s in states], party(x), party(y), StanceOptions(**options))


def last(*records, **given):
    return stance(*records, **given).rows()[-1]


# --- the axis ---


def test_the_axis_of_one_act_is_its_weight_against_k():
    found = last(record("KAZ", "AID", "RUS", "2014-12-31"))
    assert found["axis"] == pytest.approx(10 / (10 + STANCE.k))
    assert last(record("KAZ", "AID", "UKR", "2014-12-31"))["axis"] == pytest.approx(-10 / (10 + STANCE.k))


def test_an_act_weighs_half_after_a_half_life():
    result = stance(
        record("KAZ", "AID", "RUS", "2014-12-31"),
        record("KAZ", "CONSULT", "BLR", "2015-06-01"),
        span=Span(until=dt.date(2015, 12, 31)),
    )
    assert [row["axis"] for row in result.rows()] == pytest.approx([10 / 20, 5 / 15])


def test_conflict_lessens_closeness_down_to_nothing():
    half = last(record("KAZ", "AID", "RUS", "2014-12-31"), record("KAZ", "SANCTION", "RUS", "2014-12-31", contexts=("economic",)))
    assert half["axis"] == pytest.approx(4 / (4 + STANCE.k))
    none = last(
        record("KAZ", "COOPERATE", "RUS", "2014-12-31"),
        record("KAZ", "REJECT", "RUS", "2014-12-30"),
        record("KAZ", "ASSAULT", "RUS", "2014-12-31"),
    )
    assert none["axis"] >= 0


def test_domains_that_disagree_cancel():
    ally = record("KAZ", "AID", "RUS", "2014-12-31", contexts=("military",))
    trade = record("KAZ", "AID", "UKR", "2014-12-31")
    found = last(ally, trade)
    assert found["axis"] == pytest.approx(0.0)
    assert found["cancellation"] == pytest.approx(1.0)
    assert last(ally)["cancellation"] == pytest.approx(0.0)


def test_weights_of_domains_are_the_users():
    records = record("KAZ", "AID", "RUS", "2014-12-31", contexts=("military",)), record("KAZ", "AID", "UKR", "2014-12-31")
    found = last(*records, weights={**STANCE.weights, "military": 3.0})
    assert found["axis"] == pytest.approx((3 * 0.5 - 0.5) / 4)


def test_ambivalence_tells_close_to_both_from_close_to_neither():
    days = [f"2014-{month:02d}-28" for month in range(1, 13)]
    to_both = [record("KAZ", "AID", side, day) for day in days for side in ("RUS", "UKR")]
    far = [record("KAZ", "CONSULT", side, "2014-12-31") for side in ("RUS", "UKR")]
    to_one = [record("KAZ", "AID", "RUS", day) for day in days]
    both, neither, one = (last(*records)["ambivalence"] for records in (to_both, far, to_one))
    assert both > 0.7
    assert 0 <= neither < 0.2
    assert one < 0


def test_words_are_told_from_deeds():
    words = [record("KAZ", "SUPPORT", "UKR", "2014-12-31"), record("KAZ", "support", "UKR", "2014-12-31")]
    deeds = [record("KAZ", "AID", "RUS", "2014-12-31")]
    found = last(*words, *deeds)
    assert found["words_axis"] < 0 < found["deeds_axis"]
    assert found["gap"] == pytest.approx(found["words_axis"] - found["deeds_axis"])
    assert last(*deeds)["gap"] is None


def test_swing_is_the_change_of_the_axis_from_period_to_period():
    found = stance(record("KAZ", "AID", "RUS", "2013-12-31"), record("KAZ", "AID", "UKR", "2014-12-31", contexts=("economic",)))
    rows = found.rows()
    assert rows[0]["swing"] is None
    assert rows[1]["swing"] == pytest.approx(rows[1]["axis"] - rows[0]["axis"])


# --- what counts ---


def test_trade_alone_is_no_alignment():
    trade = record("KAZ", "COOPERATE", "RUS", "2014", contexts=("economic",)), record("KAZ", "dependence", "RUS", "2014")
    result = stance(*trade, record("KAZ", "CONSULT", "UKR", "2014"))
    assert result.rows()[-1]["records"] == 1
    assert result.notes["trade_alone_left_out"] == 1
    armed = record("KAZ", "COOPERATE", "RUS", "2014", contexts=("economic", "military"))
    assert last(armed)["records"] == 1


def test_a_tie_keeps_its_value_while_it_lasts_and_fades_after():
    tie = record("KAZ", "alliance", "RUS", "2010-01-01..2014-12-31")
    result = stance(tie, span=Span(until=dt.date(2016, 12, 31)), half_life=365.25)
    close = [row["closeness_x"] for row in result.domains.rows()]
    assert close[:5] == pytest.approx([8.0] * 5)
    assert close[5:] == pytest.approx([4.0, 2.0], rel=0.01)


def test_a_tie_with_an_open_end_lasts_until_the_text_that_states_it():
    tie = record("KAZ", "alliance", "RUS", "2010-01-01..", published="2013-12-31")
    close = [row["closeness_x"] for row in stance(tie, span=Span(until=dt.date(2014, 12, 31)), half_life=365.0).domains.rows()]
    assert close == pytest.approx([8.0, 8.0, 8.0, 8.0, 4.0], rel=0.01)


def test_an_undated_tie_holds_on_the_day_of_publication_and_an_undated_act_is_left_out():
    result = stance(record("KAZ", "alliance", "RUS", published="2017-06-01"), record("KAZ", "AID", "UKR", published="2017-06-01"))
    assert [row["start"].year for row in result.rows()] == [2017]
    assert result.rows()[0]["records"] == 1
    assert result.notes["undated_left_out"] == 1


def test_states_that_vote_alike_in_a_text_stand_together_in_words():
    found = stance(record("KAZ RUS", "against", "UN", "2014-12-31"))
    assert found.rows()[0]["words_axis"] > 0
    assert [row["domain"] for row in found.domains.rows()] == ["votes"]


def roll_call(number, date, **choices):
    marks = {"rollcall": str(number)}
    types = {"yes": "for", "no": "against", "abstain": "abstain"}
    return [record(who, types[how], "UN", date, document=f"unvotes:{number}", attributes=marks) for how, who in choices.items()]


def test_only_roll_calls_on_which_the_sides_differ_say_where_a_state_stands():
    together = roll_call(1, "2014-12-31", yes="KAZ RUS UKR")
    apart = roll_call(2, "2014-12-31", yes="KAZ RUS", no="UKR") + roll_call(3, "2014-12-31", abstain="KAZ UKR", no="RUS")
    found = stance(*together, *apart)
    assert found.rows()[0]["records"] == 2
    assert found.domains.rows()[0]["closeness_x"] == pytest.approx(STANCE.roll_call)
    assert found.domains.rows()[0]["closeness_y"] == pytest.approx(STANCE.roll_call)


def test_a_member_of_a_side_counts_for_it_as_of_the_day():
    records = record("UKR", "AID", "HRV", "2012-06-01"), record("UKR", "AID", "HRV", "2014-06-01")
    assert last(*records, states=["UKR"], y="EU")["records"] == 1


def test_one_record_toward_many_members_counts_once():
    many = last(record("KAZ", "AID", "DEU FRA ITA", "2014-12-31"), y="EU")
    assert many["axis"] == pytest.approx(last(record("KAZ", "AID", "DEU", "2014-12-31"), y="EU")["axis"])


def test_ten_reports_of_one_act_are_one_act():
    reports = [record("KAZ", "AID", "RUS", "2014-12-31") for _ in range(10)]
    assert last(*reports)["axis"] == pytest.approx(0.5)
    assert last(*reports)["records"] == 10


def test_what_comes_after_the_last_day_does_not_count():
    records = record("KAZ", "AID", "RUS", "2014-12-31"), record("KAZ", "AID", "UKR", "2015-12-31")
    assert [row["records"] for row in stance(*records, span=Span(until=dt.date(2014, 12, 31))).rows()] == [1]


def test_what_came_before_the_first_day_still_counts_and_is_not_shown():
    records = record("KAZ", "AID", "RUS", "2013-12-31"), record("KAZ", "AID", "UKR", "2014-12-31", contexts=("military",))
    [row] = stance(*records, span=Span(since=dt.date(2014, 1, 1))).rows()
    assert (row["start"].year, row["records"]) == (2014, 2)


# --- labels ---


@pytest.mark.parametrize(
    ("toward_x", "toward_y", "label"),
    [(12, 0, "aligned with RUS"), (0, 12, "aligned with UKR"), (12, 12, "hedging"), (0, 0, "detached")],
)
def test_labels_say_where_a_state_stands(toward_x, toward_y, label):
    distant = [record("KAZ", "REJECT", side, "2014-06-01", contexts=("diplomatic",)) for side in ("RUS", "UKR")]
    near = [record("KAZ", "AID", "RUS", f"2014-{month:02d}-28") for month in range(1, toward_x + 1)]
    near += [record("KAZ", "AID", "UKR", f"2014-{month:02d}-28") for month in range(1, toward_y + 1)]
    assert (
        last(*distant, *near, choices=CHOICES)["label"] == label
        if near
        else last(*distant, record("KAZ", "REJECT", "RUS", "2014-07-01"), choices=CHOICES)["label"] == label
    )


def test_a_state_that_is_close_to_one_side_only_is_never_detached():
    near = [record("KAZ", "AID", "UKR", "2014-12-31", contexts=("military",)) for _ in range(2)]
    near += [record("KAZ", "AID", "UKR", f"2014-12-{day}") for day in (28, 29, 30)]
    across = [record("KAZ", "AID", "RUS", "2014-12-31", contexts=("legal",)), record("KAZ", "CONSULT", "RUS", "2014-12-31")]
    found = last(*near, *across, choices=CHOICES)
    assert abs(found["axis"]) < STANCE.labels.aligned
    assert found["closeness_y"] > STANCE.labels.detached
    assert found["label"] in ("hedging", "partly aligned with UKR")


def test_a_state_close_to_one_side_below_the_bound_of_alignment_is_partly_aligned():
    strict = msgspec.structs.replace(STANCE.labels, aligned=0.9, cancelling=1.1)
    choices = msgspec.structs.replace(EASY, stance=msgspec.structs.replace(EASY.stance, labels=strict))
    aid = [record("KAZ", "AID", "UKR", f"2014-12-{day}") for day in (28, 29, 30, 31)]
    assert last(*aid, choices=choices)["label"] == "partly aligned with UKR"
    assert last(*aid, choices=choices, x="UKR", y="RUS")["label"] == "partly aligned with UKR"


def test_a_domain_without_closeness_to_either_side_leaves_the_axis_as_it_is():
    aid = record("KAZ", "AID", "RUS", "2014-12-31")
    quarrels = [record("KAZ", "ASSAULT", side, "2014-12-31") for side in ("RUS", "UKR")]
    result = stance(aid, *quarrels)
    assert result.rows()[-1]["axis"] == pytest.approx(last(aid)["axis"])
    assert {row["domain"]: row["axis"] for row in result.domains.rows()}["military"] is None


def test_a_state_without_closeness_to_anybody_has_no_axis_and_is_detached():
    found = last(*(record("KAZ", "ASSAULT", side, "2014-12-31") for side in ("RUS", "UKR")))
    assert (found["axis"], found["label"]) == (None, "detached")


def test_too_little_evidence_gives_no_figure():
    found = last(record("KAZ", "AID", "RUS", "2014-12-31"), choices=CHOICES)
    assert (found["axis"], found["label"]) == (None, "too little evidence")
    assert found["note"] == "too little evidence: 1 record of 1 document"


# --- domains ---


@pytest.mark.parametrize(
    ("made", "domain"),
    [
        ({"type_": "AID", "contexts": ("military",)}, "military"),
        ({"type_": "AID"}, "economic"),
        ({"type_": "COERCE", "mode": "cyber", "contexts": ("military",)}, "information"),
        ({"type_": "SANCTION", "mode": "expel"}, "diplomatic"),
        ({"type_": "SANCTION"}, "economic"),
        ({"type_": "alliance"}, "military"),
        ({"type_": "dispute"}, "legal"),
        ({"type_": "against"}, "votes"),
        ({"type_": "support"}, "diplomatic"),
    ],
)
def test_each_record_has_one_domain(made, domain):
    found = facts(record("A", made.pop("type_"), "B", **made))
    assert DOMAINS[domains_of(found, STANCE)[0]] == domain


# --- symmetry and evidence ---

ACTS = st.lists(
    st.tuples(
        st.sampled_from(["AID", "SANCTION", "CONSULT", "ASSAULT", "SUPPORT", "support", "oppose", "alliance", "COOPERATE"]),
        st.sampled_from(["RUS", "UKR", "RUS UKR"]),
        st.sampled_from(["2012", "2013-05", "2014-06-07", "2010-01-01..2013-12-31", "2015-12-31"]),
        st.sampled_from([(), ("military",), ("legal",), ("economic", "cyber")]),
    ),
    min_size=1,
    max_size=12,
)


@settings(max_examples=40, deadline=None)
@given(ACTS, st.booleans())
def test_swapping_the_sides_turns_the_signs_and_changes_nothing_else(acts, intervals):
    records = [record("KAZ", type_, whom, date, contexts=contexts) for type_, whom, date, contexts in acts]
    one, other = (stance(*records, x=x, y=y, intervals=intervals).rows() for x, y in (("RUS", "UKR"), ("UKR", "RUS")))
    for a, b in zip(one, other, strict=True):
        for name in ("axis", "words_axis", "deeds_axis", "gap", "swing"):
            _turned(a[name], b[name])
            _turned(a[f"{name}_low"], b[f"{name}_high"])
        for name in ("cancellation", "ambivalence"):
            assert a[name] == (None if b[name] is None else pytest.approx(b[name], abs=1e-6))
        assert a["closeness_x"] == (None if b["closeness_y"] is None else pytest.approx(b["closeness_y"]))
        assert a["label"] == b["label"]


def _turned(value, other):
    assert (value is None) == (other is None)
    if value is not None:
        assert value == pytest.approx(-other, abs=1e-6)


def test_every_row_leads_to_the_records_up_to_its_end():
    records = [record("KAZ", "AID", "RUS", f"201{year}-06-01") for year in range(5)]
    result = stance(*records)
    for place, row in enumerate(result.rows()):
        assert set(result.ids(place)) == {r.id for r in records if r.date.start <= row["end"]}
        assert row["records"] == len(result.ids(place))
        assert row["documents"] == row["records"]
    for place, row in enumerate(result.domains.rows()):
        assert len(result.domains.ids(place)) == row["records"] > 0


def test_intervals_lie_about_the_axis():
    rng = np.random.default_rng(2)
    days = [f"2014-{month:02d}-{day:02d}" for month in range(1, 13) for day in (3, 9, 15)]
    records = [record("KAZ", "CONSULT", rng.choice(["RUS", "UKR"]), day, mode="visit") for day in days]
    found = last(*records, intervals=True)
    assert found["axis_low"] < found["axis"] < found["axis_high"]


def test_a_state_of_fewer_than_five_documents_has_no_interval_though_another_has_one():
    many = [record("KAZ", "AID", "RUS", f"2014-12-{day}") for day in range(10, 16)]
    few = [record("BLR", "AID", "UKR", f"2014-12-{day}") for day in range(10, 14)]
    thick, thin = stance(*many, *few, states=["KAZ", "BLR"], intervals=True).rows()
    assert thick["axis_low"] < thick["axis_high"]
    assert thin["documents"] == 4
    assert [value for name, value in thin.items() if name.endswith(("_low", "_high")) and value is not None] == []


def test_an_interval_begins_with_the_period_of_the_fifth_document():
    acts = [record("KAZ", "AID", "RUS", f"201{year}-12-31") for year in range(6)]
    rows = stance(*acts, intervals=True).rows()
    assert [row["axis_low"] is None for row in rows] == [True, True, True, True, False, False]


def test_a_resample_without_a_states_documents_says_nothing_of_its_closeness():
    others = [record("BLR", "AID", "UKR", f"2014-{month:02d}-{day:02d}") for month in range(1, 11) for day in range(1, 21)]
    few = [record("KAZ", "AID", "RUS", "2014-12-31", mode=str(number)) for number in range(5)]
    row, _ = stance(*few, *others, states=["KAZ", "BLR"], intervals=True).rows()
    assert row["closeness_x_low"] > 0


def test_several_states_are_measured_apart():
    result = stance(record("KAZ", "AID", "RUS", "2014-12-31"), record("BLR", "AID", "UKR", "2014-12-31"), states=["KAZ", "BLR"])
    assert [(row["state"], row["axis"]) for row in result.rows()] == [("KAZ", pytest.approx(0.5)), ("BLR", pytest.approx(-0.5))]


@pytest.mark.parametrize(("x", "y"), [("RUS", "RUS"), ("CSTO", "RUS"), ("EU", "EU")])
def test_a_stance_lies_between_two_sides(x, y):
    with pytest.raises(InputError, match="a stance lies between two"):
        stance(record("KAZ", "AID", "RUS"), x=x, y=y)


@pytest.mark.parametrize(
    ("weights", "said"), [({"naval": 1.0}, "'naval' is no domain"), ({"legal": -1.0}, "0 or more"), ({"legal": 0.0}, "0 or more")]
)
def test_weights_that_are_none_are_refused(weights, said):
    with pytest.raises(InputError, match=said):
        stance(record("KAZ", "AID", "RUS"), weights=weights)


def test_a_state_without_records_has_too_little_evidence():
    assert last(record("DEU", "AID", "FRA", "2014"))["label"] == "too little evidence"
