import numpy as np
import pytest

from entente.coding.fusion import Candidate, Fusion, _beside, _directed, _together, bounded, confidence_of, fewest_parties, fuse
from entente.records.actors import Actor
from entente.records.record import Record
from entente.records.text import TextSpan

FUSION = Fusion(
    rule={"event": 1.0, "tie": 1.0, "logit": 0.5, "sentence": 0.0, "confidence": 1.0},
    reader={"event": -0.5, "tie": -0.5, "logit": 0.8, "sentence": 0.1},
    alone={"event": -1.0, "tie": 1.0, "confidence": 1.0},
    thresholds={
        "high": {"rule": 0.6, "reader": 0.8},
        "balanced": {"rule": 0.3, "reader": 0.6},
        "recall": {"rule": 0.1, "reader": 0.3},
    },
)


def record(type_="AID", actor="FRA", recipient="UKR", kind="event", start=0):
    sides = [(Actor(code, code, kind="state"),) if code else () for code in (actor, recipient)]
    return Record(
        id="",
        kind=kind,
        type=type_,
        actor=sides[0],
        recipient=sides[1],
        document="d",
        sentence=0,
        evidence=TextSpan(start, start + 3, "sent"),
        coded_by=f"{kind}/{type_}",
        confidence=0.8,
    )


def rule(logit, **what):
    said = {} if logit is None else {"logit": bounded(logit), "confidence": 0.8}
    return Candidate(record(**what), "rule", logit, said)


def reader(logit, **what):
    return Candidate(record(**what), "reader", logit, {"logit": bounded(logit)})


def kept(*candidates, precision="balanced"):
    return [(r.type, [a.code for a in r.actor], [a.code for a in r.recipient]) for r, _ in fuse(candidates, FUSION, precision)[0]]


def test_a_rule_that_the_reader_finds_unlikely_goes_and_says_why():
    _, refused = fuse([rule(-6.0)], FUSION, "balanced")
    assert [r.reason for r in refused] == ["rule and reader together are 0.23 sure of it"]


def test_a_rule_of_which_the_reader_says_nothing_is_as_sure_as_such_records_are_right():
    told = Candidate(record(), "rule", None, {"confidence": 0.8})
    assert confidence_of(told, FUSION) == pytest.approx(0.45, abs=0.01)


def test_a_rule_in_a_sentence_that_is_not_read_keeps_its_own_confidence():
    [(stays, logit)], _ = fuse([rule(None)], FUSION, "high")
    assert (stays.confidence, logit) == (0.8, None)


def test_what_only_the_reader_finds_comes_where_it_is_sure():
    assert kept(reader(2.0)) == [("AID", ["FRA"], ["UKR"])]
    assert kept(reader(0.5)) == []


@pytest.mark.parametrize(("precision", "stand"), [("high", 0), ("balanced", 1), ("recall", 2)])
def test_precision_asked_for_moves_the_threshold(precision, stand):
    assert len(kept(reader(1.5), reader(0.2, recipient="POL", type_="REQUEST"), precision=precision)) == stand


def test_of_two_readings_of_one_fact_the_surer_stays():
    assert kept(rule(-5.0, recipient="RUS"), reader(5.0)) == [("AID", ["FRA"], ["UKR"])]
    assert kept(rule(3.0, recipient="RUS"), reader(1.0)) == [("AID", ["FRA"], ["RUS"])]


def test_another_type_between_the_same_two_is_another_reading():
    assert kept(rule(-5.0), reader(5.0, type_="COERCE")) == [("COERCE", ["FRA"], ["UKR"])]


def test_what_both_tell_alike_is_the_rules_record_as_sure_as_the_surer():
    [(stays, _)], refused = fuse([rule(-3.0), reader(5.0)], FUSION, "balanced")
    assert (stays.coded_by, stays.confidence, refused) == ("event/AID", 0.971, [])


def test_two_records_of_the_rules_never_compete():
    assert len(kept(rule(2.0), rule(2.0, type_="SUPPORT"))) == 2


def test_records_come_in_the_order_of_the_words():
    assert [type_ for type_, _, _ in kept(rule(2.0, start=9), rule(2.0, type_="SUPPORT", start=1))] == ["SUPPORT", "AID"]


def test_confidence_grows_with_what_the_reader_says_up_to_a_bound():
    low, high, higher = (confidence_of(rule(logit), FUSION) for logit in (-1.0, 6.0, 60.0))
    assert low < high == higher


def test_a_record_knows_its_empty_sides_and_what_rules_tell_beside():
    told, other = record(actor=None), record(recipient="POL", actor=None)
    assert _beside(told, [told]) == {"nobody_acts": 1.0, "toward_nobody": 0.0, "several": 0.0, "rivals": 0.0}
    assert _beside(told, [told, other])["rivals"] == 1.0
    assert _beside(told, [told, record(type_="SUPPORT", recipient="POL")])["rivals"] == 0.0


def test_where_rules_found_nothing_one_party_is_too_few_to_ask_about():
    assert (fewest_parties([]), fewest_parties([record()])) == (2, 1)


# --- groups of pairs ---


def logits(size, **likely):
    array = np.full((size + 1, size + 1), -9.0)
    for places, value in likely.items():
        a, b = (int(c) for c in places[1:].split("_"))
        array[a, b] = value
    return array


def test_parties_joined_by_likely_pairs_are_one_group():
    [group] = list(_together(logits(3, p0_1=2.0, p1_0=2.0, p1_2=1.8)))
    assert group.actors == (0, 1, 2)


def test_a_much_less_likely_pair_does_not_join_a_group():
    [group] = list(_together(logits(3, p0_1=2.0, p1_0=2.0, p1_2=1.0)))
    assert group.actors == (0, 1)


def test_what_is_likely_by_itself_stands_beside_the_likeliest():
    [group] = list(_directed(logits(3, p0_1=6.0, p0_2=4.0)))
    assert (group.actors, group.recipients) == ((0,), (1, 2))


def test_several_actors_toward_one_recipient_are_one_record():
    [group] = list(_directed(logits(3, p0_2=2.0, p1_2=2.0)))
    assert (group.actors, group.recipients) == ((0, 1), (2,))


def test_a_much_likelier_actor_stands_alone():
    [group] = list(_directed(logits(3, p0_2=4.0, p1_2=-1.0)))
    assert (group.actors, group.recipients) == ((0,), (2,))


def test_an_act_by_nobody_named_has_no_actor():
    [group] = list(_directed(logits(2, p2_1=2.0)))
    assert (group.actors, group.recipients) == ((), (1,))
