import numpy as np
import pytest

from entente.analysis.agreement import alpha_of, compare, dyads_of, values_of
from entente.analysis.goldscore import Claim, Party
from entente.codebook.measures import IntervalChoices
from entente.errors import InputError

CHOICES = IntervalChoices(resamples=50, level=0.9, seed=1, least_documents=3)


def claim(type_, actor=("RUS",), recipient=("TUR",), *, document="d", sentence=0, kind="event"):
    sides = ([Party(code) for code in side] for side in (actor, recipient))
    return Claim(document, kind, type_, *sides, sentence=sentence)


def numbers(values):
    return np.array([ord(value) - ord("a") for value in values], dtype=np.int64)


# --- alpha, by hand: Krippendorff, Computing Krippendorff's Alpha-Reliability (2011), sections A and B ---


def test_alpha_of_binary_values_is_that_of_the_textbook():
    assert alpha_of(numbers("abaaaaaaba"), numbers("bbbaabaaaa")) == pytest.approx(0.095, abs=5e-4)


def test_alpha_of_five_values_is_that_of_the_textbook():
    assert alpha_of(numbers("aabbdcccedda"), numbers("babbbccceddd")) == pytest.approx(0.692, abs=5e-4)


def test_alpha_by_hand():
    # values a a b | a b b: n = 6, of which 3 a and 3 b; observed 2 of 6, expected (36 - 9 - 9) / 5 = 3.6
    assert alpha_of(numbers("aab"), numbers("abb")) == pytest.approx(1 - 2 / 3.6)


def test_full_agreement_is_one_and_a_single_value_gives_no_alpha():
    assert alpha_of(numbers("abc"), numbers("abc")) == 1.0
    assert np.isnan(alpha_of(numbers("aaa"), numbers("aaa")))
    assert np.isnan(alpha_of(numbers(""), numbers("")))


def test_a_unit_that_counts_twice_is_two_units():
    weighted = alpha_of(numbers("aab"), numbers("abb"), np.array([2.0, 1.0, 0.0]))
    assert weighted == pytest.approx(alpha_of(numbers("aaa"), numbers("aab")))


# --- units ---


def test_every_actor_with_every_recipient_is_a_dyad():
    assert list(dyads_of(claim("SANCTION", ["USA", "EU"], ["RUS"]))) == [("EU", "RUS"), ("USA", "RUS")]


def test_a_type_without_direction_pairs_all_with_all():
    together = {("BLR", "RUS")}
    assert set(dyads_of(claim("CONSULT", ["RUS", "BLR"], []))) == set(dyads_of(claim("CONSULT", ["BLR"], ["RUS"]))) == together


def test_nobody_is_somebody_of_a_dyad():
    assert list(dyads_of(claim("PROTEST", ["FRA"], []))) == [("FRA", "–")]
    assert list(dyads_of(claim("AGREE", [], []))) == [("–", "–")]


def test_several_types_of_a_unit_are_one_value():
    assert values_of([claim("REJECT"), claim("ACCUSE")]) == {("d", 0, "event", ("RUS", "TUR")): "ACCUSE+REJECT"}


def test_a_record_without_a_sentence_is_an_error():
    with pytest.raises(InputError, match="no `sentence`"):
        values_of([claim("AID", sentence=None)])


# --- the comparison ---


def test_no_record_is_a_value():
    found = compare([claim("AID"), claim("AID", sentence=1)], [claim("AID")], CHOICES)["event"]
    assert (found.units, found.first, found.second, found.both, found.same) == (2, 2, 1, 1, 1)
    assert found.alpha == 0.0  # values AID AID | AID none: observed 2 of 4, expected (16 - 9 - 1) / 3 = 2


def test_kinds_stand_for_themselves_and_together():
    tie = claim("alliance", kind="tie")
    found = compare([claim("AID"), tie], [claim("REJECT"), tie], CHOICES)
    assert list(found) == ["event", "tie", "all"]
    assert (found["event"].same, found["tie"].same, found["all"].same) == (0, 1, 1)
    assert found["tie"].alpha is None


def test_with_too_few_documents_there_is_no_interval():
    found = compare([claim("AID")], [claim("REJECT")], CHOICES)["all"]
    assert (found.low, found.high) == (None, None)


def test_the_interval_holds_alpha_and_is_the_same_every_time():
    ours = [claim("AID" if i % 2 else "REJECT", document=f"d{i}") for i in range(12)]
    theirs = [claim("AID" if i % 3 else "REJECT", document=f"d{i}") for i in range(12)]
    found = compare(ours, theirs, CHOICES)["all"]
    assert found.low < found.alpha < found.high
    assert compare(ours, theirs, CHOICES)["all"] == found


def test_two_empty_files_agree_on_nothing():
    assert compare([], [], CHOICES)["all"].alpha is None
