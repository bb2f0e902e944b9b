import datetime as dt

import pytest

from entente.analysis.dependence import Supposition, measure_dependence, trace_exposure
from entente.errors import InputError
from tests.analysis.by_hand import facts, record
from tests.analysis.standing_by_hand import JUDGEMENTS, seed

CHOICES = JUDGEMENTS.dependence


def needs(actor, on, share=None, flow="imports", **given):
    attributes = {"flow": flow} | ({} if share is None else {"share": share}) | given.pop("attributes", {})
    return record(actor, "dependence", on, attributes=attributes, **given)


def measured(*records, **asked):
    return measure_dependence(facts(*records), CHOICES, **asked)


def exposed(text, *records, **asked):
    type_, sender, target = text.split()
    act = Supposition(type_, frozenset(sender.split("+")), frozenset(target.split("+")), text)
    return trace_exposure(facts(*records), CHOICES, act, **asked)


def test_a_share_is_given_as_the_text_has_it_with_its_day():
    (row,) = measured(needs("KAZ", "RUS", 0.333), of=["KAZ"]).rows()
    assert (row["on"], row["flow"], row["share"], row["told"]) == ("RUS", "imports", 0.333, dt.date(2020, 1, 1))
    assert (row["share_low"], row["records"], row["documents"]) == (None, 1, 1)
    assert "1 of the 5 documents" in row["note"]


def test_several_documents_give_their_median_with_an_interval():
    (row,) = measured(*(needs("KAZ", "RUS", share) for share in (0.3, 0.31, 0.33, 0.34, 0.4, 0.36))).rows()
    assert row["share_low"] <= row["share"] <= row["share_high"]
    assert row["share_low"] < row["share_high"]


def test_a_share_of_several_partners_together_is_no_share_of_each():
    result = measured(needs("ARM", "RUS IRN", 0.95, "trade"))
    assert {(row["on"], row["share"], row["records"]) for row in result.rows()} == {("RUS", None, 1), ("IRN", None, 1)}
    assert len(result.concentration()) == 0


def test_a_share_of_several_is_joint_though_one_partner_is_asked_for():
    assert [row["share"] for row in measured(needs("ARM", "RUS IRN", 0.95, "trade"), on=["RUS"]).rows()] == [None]


def test_a_joint_share_leaves_a_partners_own_share_as_it_is():
    joint, own = needs("ARM", "RUS IRN", 0.95, "trade"), needs("ARM", "RUS", 0.4, "trade")
    rows = {row["on"]: row for row in measured(joint, own).rows()}
    assert (rows["RUS"]["share"], rows["RUS"]["records"]) == (0.4, 2)
    assert rows["IRN"]["share"] is None


def test_of_unlike_claims_of_one_document_the_largest_counts():
    gas, oil = needs("MDA", "RUS", 0.9, "energy", document="d"), needs("MDA", "RUS", 0.3, "energy", document="d")
    (row,) = measured(oil, gas).rows()
    assert (row["share"], row["records"], row["documents"]) == (0.9, 2, 1)


def test_the_share_of_two_documents_is_one_that_a_text_gives():
    (row,) = measured(needs("MDA", "RUS", 0.9), needs("MDA", "RUS", 0.3)).rows()
    assert row["share"] == 0.3


def test_the_first_record_of_a_claim_is_the_one_that_has_its_figure():
    said = [needs("MDA", "RUS", document="d"), needs("MDA", "RUS", 0.3, document="d"), needs("MDA", "RUS", 0.9, document="d")]
    found = facts(*said)
    (claim,) = measure_dependence(found, CHOICES).claims
    assert found.record_ids([claim.shown]) == [said[2].id]
    assert claim.records[0] == claim.shown
    assert len(claim.records) == 3


def test_a_rank_is_shown_with_its_record_where_no_share_is_told():
    said = [needs("MDA", "RUS"), needs("MDA", "RUS", attributes={"rank": 2})]
    found = facts(*said)
    (claim,) = measure_dependence(found, CHOICES).claims
    assert (claim.rank, found.record_ids([claim.shown])) == (2, [said[1].id])


def test_what_is_told_of_different_years_is_not_mixed():
    rows = measured(needs("KAZ", "RUS", 0.3, date="2014"), needs("KAZ", "RUS", 0.2, date="2016")).rows()
    assert sorted((row["since"].year, row["share"]) for row in rows) == [(2014, 0.3), (2016, 0.2)]


def test_a_supposed_dependence_is_none():
    assert measured(needs("KAZ", "RUS", 0.3, status="hypothetical")).rows() == []


def test_what_was_told_later_or_long_ago_is_left_out_as_of_a_day():
    old = needs("KAZ", "CHN", 0.2, date="1995", published="1996-01-01")
    later = needs("KAZ", "RUS", 0.3, published="2017-01-01")
    assert measured(old, later, as_of=dt.date(2016, 1, 1)).rows() == []
    assert [row["on"] for row in measured(old, later, as_of=dt.date(2018, 1, 1)).rows()] == ["RUS"]


def test_concentration_is_hirschmans_where_all_is_known():
    result = measured(needs("KAZ", "RUS", 0.6), needs("KAZ", "CHN", 0.4)).concentration()
    (row,) = result.rows()
    assert row["index"] == pytest.approx((0.36 + 0.16) ** 0.5)
    assert row["low"] == pytest.approx(row["high"])
    assert len(result.ids(0)) == 2


def test_concentration_has_bounds_only_where_little_is_known():
    (row,) = measured(needs("KAZ", "RUS", 0.3)).concentration().rows()
    assert row["index"] is None
    assert (row["low"], row["high"]) == (pytest.approx(0.3), pytest.approx((0.09 + 0.49) ** 0.5))
    assert "30%" in row["note"]


def test_salience_and_symmetry_are_barbieris():
    (row,) = measured(needs("KAZ", "RUS", 0.4, "trade"), needs("RUS", "KAZ", 0.1, "trade")).interdependence().rows()
    assert (row["salience"], row["symmetry"]) == (pytest.approx(0.2), pytest.approx(0.7))
    assert row["interdependence"] == pytest.approx(0.14)


def test_imports_are_held_against_the_partners_exports():
    pair = measured(needs("KAZ", "RUS", 0.4, "imports"), needs("RUS", "KAZ", 0.1, "exports")).interdependence()
    assert len(pair) == 1
    assert len(measured(needs("KAZ", "RUS", 0.4, "imports"), needs("RUS", "KAZ", 0.1, "energy")).interdependence()) == 0


def test_who_depends_on_the_target_is_hit_in_the_first_round():
    (row,) = exposed("SANCTION WEST RUS", *seed()).rows()
    assert (row["round"], row["hit"], row["through"], row["share"]) == (1, "KAZ", "RUS", 0.333)


def test_who_depends_on_one_who_is_hit_follows_in_the_second():
    rows = exposed("SANCTION WEST RUS", needs("KAZ", "RUS", 0.3), needs("KGZ", "KAZ", 0.2), needs("UZB", "KGZ", 0.2)).rows()
    assert [(row["round"], row["hit"], row["through"]) for row in rows] == [(1, "KAZ", "RUS"), (2, "KGZ", "KAZ")]


def test_a_sender_can_be_hit_in_the_second_round():
    rows = exposed("SANCTION MNE+USA RUS", needs("SRB", "RUS", 0.8), needs("MNE", "SRB", 0.2)).rows()
    assert [(row["round"], row["hit"], row["through"]) for row in rows] == [(1, "SRB", "RUS"), (2, "MNE", "SRB")]


def test_the_link_itself_is_cut_for_both_ends():
    rows = exposed("SANCTION DEU RUS", needs("DEU", "RUS", 0.5, "energy"), needs("RUS", "DEU", 0.1, "exports")).rows()
    assert [(row["hit"], row["how"].split()[1]) for row in rows] == [("DEU", "sender"), ("RUS", "target")]


def test_a_flow_that_the_act_does_not_cut_hits_nobody():
    assert exposed("MOBILIZE WEST RUS", needs("KAZ", "RUS", 0.3, "imports")).rows() == []
    assert len(exposed("MOBILIZE WEST RUS", needs("KAZ", "RUS", flow="transit"))) == 1


def test_the_heaviest_tie_comes_first():
    rows = exposed("SANCTION WEST RUS", needs("KAZ", "RUS", 0.3), needs("ARM", "RUS", 0.8), needs("BLR", "RUS")).rows()
    assert [row["hit"] for row in rows] == ["ARM", "KAZ", "BLR"]


def test_such_acts_of_the_ledger_are_named():
    found = exposed("SANCTION WEST RUS", *seed())
    assert len(found.notes["precedents"]) == 1


def test_an_act_that_cuts_nothing_by_the_codebook_is_refused():
    with pytest.raises(InputError, match="'AID' cuts no flow"):
        exposed("AID WEST RUS", *seed())
