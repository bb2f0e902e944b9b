import datetime as dt
import math

import msgspec
import numpy as np
import pytest

from entente.analysis.changes import change_points
from entente.analysis.dyads import DyadOptions, count_dyad
from entente.analysis.parties import Span
from entente.errors import InputError
from tests.analysis.by_hand import CHOICES, facts, party, record

EASY = msgspec.structs.replace(CHOICES, dyads=msgspec.structs.replace(CHOICES.dyads, least_records=1, least_documents=1))


def dyad(*records, one="TUR", other="RUS", choices=CHOICES, **options):
    return count_dyad(facts(*records, choices=choices), party(one), party(other), DyadOptions(**{"by": "year", **options}))


def row(result, actor, start=None):
    return next(r for r in result.rows() if r["actor"] == actor and (start is None or r["start"].isoformat() == start))


def test_cooperation_and_conflict_are_kept_apart():
    acts = record("TUR", "AID", "RUS", "2014-03-01"), record("TUR", "SANCTION", "RUS", "2014-05-01")
    found = row(dyad(*acts, choices=EASY), "TUR")
    assert (found["cooperation"], found["conflict"], found["net"]) == (10.0, 6.0, 4.0)
    assert found["log_ratio"] == pytest.approx(math.log(1.5 / 1.5))


def test_the_log_ratio_is_of_the_numbers_of_events():
    found = row(dyad(*(record("TUR", "AID", "RUS", f"2014-03-0{day}") for day in (1, 2, 3))), "TUR")
    assert found["log_ratio"] == pytest.approx(math.log(3.5 / 0.5))


def test_directions_are_told_apart_and_a_meeting_counts_once_for_both():
    result = dyad(record("TUR", "CONSULT", "RUS", "2014-03-01"), record("RUS", "SANCTION", "TUR", "2014-05-01"))
    assert [(r["actor"], r["events"]) for r in result.rows()] == [("TUR", 1), ("RUS", 2), ("TUR+RUS", 2)]


def test_two_who_meet_are_two_actors_of_one_event():
    result = dyad(record("TUR RUS", "CONSULT", "", "2014-03-01"))
    assert [(r["actor"], r["events"]) for r in result.rows()] == [("TUR", 1), ("RUS", 1), ("TUR+RUS", 1)]


def test_ten_reports_of_one_visit_are_one_visit():
    reports = [record("TUR", "CONSULT", "RUS", "2014-03-01", mode="visit") for _ in range(9)]
    reports.append(record("RUS", "CONSULT", "TUR", "2014-03-01", mode="visit"))
    filtered, every = dyad(*reports), dyad(*reports, one_a_day=False)
    assert [(r["events"], r["records"], r["cooperation"]) for r in filtered.rows()] == [(1, 10, pytest.approx(4.0))] * 3
    assert [r["events"] for r in every.rows()] == [10, 10, 10]
    assert (filtered.notes["events_before_filter"], filtered.notes["events_after_filter"]) == (10, 1)


def test_the_decayed_score_halves_in_a_half_life():
    first, second = "2014-12-31", "2015-12-31"
    result = dyad(record("TUR", "AID", "RUS", first), record("TUR", "AID", "RUS", second), half_life=365.0, choices=EASY)
    assert [r["decayed"] for r in result.rows()[:2]] == pytest.approx([10.0, 15.0])


def test_the_decayed_score_is_that_of_the_sum_over_all_events():
    days = ["2014-01-09", "2014-02-03", "2014-02-20", "2014-05-30"]
    found = dyad(*(record("TUR", "SUPPORT", "RUS", day) for day in days), by="month", half_life=30.0, choices=EASY)
    for r in found.rows()[:5]:
        ages = [(r["end"] - dt.date.fromisoformat(day)).days for day in days]
        assert r["decayed"] == pytest.approx(sum(5 * 0.5 ** (age / 30) for age in ages if age >= 0))


def test_undated_and_coarse_records_count_in_totals_only_and_are_reported():
    records = [record("TUR", "AID", "RUS", date) for date in ("2014-03-01", "2014", None)]
    result = dyad(*records, by="month")
    assert [r["events"] for r in result.rows() if r["actor"] == "TUR"] == [1]
    assert result.totals.rows()[0]["events"] == 3
    assert (result.notes["undated_left_out"], result.notes["too_coarse_left_out"]) == (1, 1)


def test_days_that_are_asked_for_leave_out_the_rest_and_the_undated():
    records = [record("TUR", "AID", "RUS", date) for date in ("2013-03-01", "2014-03-01", None)]
    result = dyad(*records, span=Span(dt.date(2014, 1, 1), dt.date(2015, 12, 31)))
    assert [(r["start"].year, r["events"]) for r in result.rows()[:2]] == [(2014, 1), (2015, 0)]
    assert result.totals.rows()[0]["records"] == 1


def test_what_did_not_happen_and_what_has_no_score_does_not_count():
    left_out = [record("TUR", "AID", "RUS", "2014", status="future"), record("TUR", "alliance", "RUS", "2014")]
    assert dyad(record("TUR", "AID", "RUS", "2014"), *left_out).totals.rows()[0]["records"] == 1


def test_an_organisation_acts_through_the_members_of_the_day():
    records = [record("HRV", "AID", "UKR", "2012-03-01"), record("HRV", "AID", "UKR", "2014-03-01")]
    result = dyad(*records, one="EU", other="UKR")
    assert [(r["start"].year, r["events"]) for r in result.rows() if r["actor"] == "EU"] == [(2014, 1)]


def test_a_side_does_not_act_toward_itself():
    with pytest.raises(InputError, match="the same side"):
        dyad(record("TUR", "AID", "RUS"), one="RUS", other="RUS")


def test_by_volume_scores_are_per_thousand_events_of_the_period():
    others = [record("DEU", "AID", "FRA", f"2014-0{month}-01") for month in range(1, 10)]
    found = row(dyad(record("TUR", "AID", "RUS", "2014-03-01"), *others, per_volume=True), "TUR")
    assert found["cooperation"] == pytest.approx(10.0 * 1000 / 10)


def test_one_document_gives_no_interval_and_too_little_evidence_no_figure():
    result = dyad(*(record("TUR", "AID", "RUS", f"2014-03-0{day}", document="one") for day in (1, 2, 3, 4)))
    assert row(result, "TUR")["net_low"] is None
    totals = result.totals.rows()[0]
    assert totals["net"] is None
    assert totals["note"] == "too little evidence: 4 records of 1 document"
    assert result.notes["interval_note"] == "too few documents to resample: 1"


def test_the_interval_of_the_net_score_lies_about_it():
    rng = np.random.default_rng(3)
    types = rng.choice(["AID", "SANCTION"], 60)
    records = [record("TUR", type_, "RUS", f"2014-{i % 12 + 1:02d}-{i % 27 + 1:02d}") for i, type_ in enumerate(types)]
    found = dyad(*records, one_a_day=False).totals.rows()[0]
    assert found["net_low"] < found["net"] < found["net_high"]


def test_the_interval_of_the_log_ratio_holds_the_truth_as_often_as_it_says():
    """A hundred ledgers of sixty events, two in three cooperative, each in a document of its own."""
    rng = np.random.default_rng(11)
    held = 0
    for _ in range(100):
        types = np.where(rng.random(60) < 2 / 3, "AID", "SANCTION")
        records = [record("TUR", type_, "RUS", f"2014-03-{i % 28 + 1:02d}") for i, type_ in enumerate(types)]
        found = dyad(*records, one_a_day=False).totals.rows()[0]
        held += found["log_ratio_low"] <= math.log(2) <= found["log_ratio_high"]
    assert 83 <= held <= 97  # the level is 0.9


def test_every_row_leads_to_its_records():
    records = [record("TUR", "AID", "RUS", "2014-03-01"), record("RUS", "SANCTION", "TUR", "2015-03-01")]
    result = dyad(*records)
    for place, found in enumerate(result.rows()):
        ids = result.ids(place)
        assert len(ids) == found["records"]
        wanted = {r.id for r in records if str(r.date.start.year) == str(found["start"].year)}
        assert set(ids) <= wanted


def test_reciprocity_is_one_where_both_do_as_much_and_none_where_one_alone_acts():
    both = [
        record(a, "AID", b, f"201{year}-03-0{day}")
        for year in (4, 5)
        for day in (1, 2)
        for a, b in (("TUR", "RUS"), ("RUS", "TUR"))
    ]
    alone = [record("TUR", "AID", "RUS", f"201{year}-03-0{day}") for year in (4, 5) for day in (1, 2)]
    assert dyad(*both).reciprocity.rows()[0]["reciprocity"] == pytest.approx(1.0)
    assert dyad(*alone).reciprocity.rows()[0]["reciprocity"] == 0.0


def test_meetings_prove_no_reciprocity():
    assert (
        dyad(*(record("TUR RUS", "CONSULT", "", f"2014-03-0{day}") for day in range(1, 6))).reciprocity.rows()[0]["records"] == 0
    )


def test_a_change_of_course_is_found_with_the_records_that_made_it():
    friendly = [
        record("TUR", "AID", "RUS", f"2014-{month:02d}-{day:02d}")
        for month in range(1, 13)
        for day in (3, 9, 20)[: 2 + month % 2]
    ]
    hostile = [
        record("TUR", "ASSAULT", "RUS", f"2015-{month:02d}-{day:02d}")
        for month in range(1, 13)
        for day in (3, 9, 20)[: 2 + month % 2]
    ]
    changes = dyad(*friendly, *hostile, by="month").changes
    found = [(place, r) for place, r in enumerate(changes.rows()) if r["actor"] == "TUR"]
    assert [r["start"] for _, r in found] == [dt.date(2015, 1, 1)]
    place, change = found[0]
    assert change["net_before"] > 0 > change["net_after"]
    assert set(changes.ids(place)) == {r.id for r in hostile if r.date.start < dt.date(2015, 3, 1)}


def test_noise_has_no_change_points():
    rng = np.random.default_rng(1)
    found = [change_points(rng.normal(0, 5, 120), CHOICES.dyads.penalty, 3) for _ in range(20)]
    assert sum(map(len, found)) <= 2


def test_a_short_or_even_series_has_no_change_points():
    assert change_points(np.array([1.0, 9.0, 1.0]), 2.0, 3) == []
    assert change_points(np.ones(50), 2.0, 3) == []


def test_two_sides_without_events_have_an_empty_series():
    result = dyad(record("DEU", "AID", "FRA", "2014"))
    assert result.rows() == []
    assert result.columns[:4] == ["actor", "recipient", "start", "end"]
    assert len(result.changes) == 0
    assert result.totals.rows()[0]["note"] == "too little evidence: 0 records of 0 documents"


@pytest.mark.parametrize("given", [{}, {"per_volume": True}, {"span": Span(since=dt.date(2014, 1, 1))}, {"by": "day"}])
def test_events_without_a_date_have_no_series_but_a_total(given):
    result = dyad(*(record("TUR", "AID", "RUS") for _ in range(6)), **given)
    assert (result.rows(), result.changes.rows()) == ([], [])
    assert result.totals.rows()[0]["records"] == (0 if "span" in given else 6)
    assert [r["reciprocity"] for r in result.reciprocity.rows()] == [None, None]


def test_years_of_too_little_evidence_have_no_figure_but_sums():
    acts = [record("TUR", "AID", "RUS", f"2014-03-0{day}") for day in (1, 2, 3)] + [record("TUR", "AID", "RUS", "2015-03-01")]
    thick, thin = (r for r in dyad(*acts).rows() if r["actor"] == "TUR")
    assert (thick["net"], thick["note"]) == (30.0, "")
    assert (thin["net"], thin["log_ratio"], thin["cooperation"]) == (None, None, 10.0)
    assert thin["note"] == "too little evidence: 1 record of 1 document"


def test_the_decayed_score_has_the_evidence_of_all_periods_up_to_its_own():
    acts = [record("TUR", "AID", "RUS", f"201{year}-03-01") for year in (3, 4, 5, 6, 7)]
    rows = [r for r in dyad(*acts).rows() if r["actor"] == "TUR"]
    assert [r["decayed"] is None for r in rows] == [True, True, False, False, False]
    assert [r["decayed_low"] is None for r in rows] == [True, True, True, True, False]


def test_a_row_of_fewer_than_five_documents_has_no_interval_though_the_whole_has_one():
    few = [record("TUR", "AID", "RUS", f"2014-03-0{day}") for day in (1, 2, 3, 4)]
    many = [record("TUR", "AID", "RUS", f"2015-03-0{day}") for day in (1, 2, 3, 4, 5)]
    back = [record("RUS", "AID", "TUR", f"2015-03-0{day}") for day in (1, 2, 3)]
    result = dyad(*few, *many, *back)
    first, second = (r for r in result.rows() if r["actor"] == "TUR")
    assert (first["net"], first["net_low"], first["log_ratio_high"]) == (40.0, None, None)
    assert second["net_low"] < second["net"] < second["net_high"]
    assert [r["net_low"] is None for r in result.totals.rows()] == [False, True, False]


def test_a_resample_that_draws_none_of_a_rows_documents_says_nothing_of_the_row():
    few = [record("TUR", "AID", "RUS", f"2014-03-0{day}") for day in (1, 2, 3, 4, 5)]
    many = [record("TUR", "AID", "RUS", f"2015-{month:02d}-{day:02d}") for month in range(1, 11) for day in range(1, 21)]
    result = dyad(*few, *many)
    first = row(result, "TUR", "2014-01-01")
    assert first["net_low"] >= 10.0


def test_the_result_is_plain_values_for_json():
    result = dyad(record("TUR", "AID", "RUS", "2014-03-01"))
    decoded = msgspec.json.decode(msgspec.json.encode(result.to_builtins()))
    assert decoded["rows"][0]["record_ids"] == result.ids(0)
    assert {"totals", "changes", "reciprocity", "notes"} <= set(decoded)
