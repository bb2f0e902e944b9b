import datetime as dt

import numpy as np
import pytest

from entente.analysis.facts import OPEN, SEATS, day_of
from entente.analysis.loading import load_facts, load_facts_between
from entente.ledger.queries import Reader
from entente.ledger.tables import Stamp, Writer
from entente.records.text import Document
from tests.analysis.by_hand import CHOICES, facts, record

STAMP = Stamp("0.1.0", "", "by hand", "2026-11-01T00:00:00Z")


def pairs(found):
    names = [*found.codes, None]
    return [(names[a], names[b], SEATS[s]) for a, b, s in zip(found.actor, found.recipient, found.seat, strict=True)]


def test_every_actor_meets_every_recipient():
    assert sorted(pairs(facts(record("DEU FRA", "AID", "UKR MDA")))) == [
        ("DEU", "MDA", "stated"),
        ("DEU", "UKR", "stated"),
        ("FRA", "MDA", "stated"),
        ("FRA", "UKR", "stated"),
    ]


def test_a_side_that_the_text_leaves_out_is_nobody():
    assert pairs(facts(record("", "ASSAULT", "SYR"), record("KAZ", "office"))) == [
        (None, "SYR", "stated"),
        ("KAZ", None, "stated"),
    ]


def test_a_meeting_has_two_sides_and_a_promise_has_one():
    assert pairs(facts(record("UKR", "CONSULT", "KAZ"))) == [("UKR", "KAZ", "stated"), ("KAZ", "UKR", "mirrored")]
    assert pairs(facts(record("RUS", "AGREE", "BLR"))) == [("RUS", "BLR", "stated")]


def test_those_who_act_together_act_toward_each_other():
    assert ("CHN", "IND", "joint") in pairs(facts(record("CHN IND", "CONSULT")))
    assert ("UKR", "KAZ", "joint") in pairs(facts(record("UKR KAZ", "territorial_integrity")))


def test_three_who_promise_a_fourth_do_not_promise_each_other():
    assert {seat for *_, seat in pairs(facts(record("RUS USA GBR", "territorial_integrity", "UKR")))} == {"stated"}


def test_a_long_list_of_signatories_makes_no_pairs():
    many = " ".join(f"A{letter}{other}" for letter in "ABCD" for other in "ABCD")
    assert {seat for *_, seat in pairs(facts(record(many, "COOPERATE")))} == {"stated"}


def test_those_who_vote_alike_in_a_text_stand_together_and_in_an_imported_roll_call_do_not():
    assert ("BLR", "RUS", "joint") in pairs(facts(record("BLR RUS", "against", "UN")))
    assert "joint" not in {seat for *_, seat in pairs(facts(record("BLR RUS", "against", "UN", attributes={"rollcall": "3"})))}


def test_a_state_code_means_its_organs_and_not_its_rebels():
    found = facts(record("TUR.GOV", "ACCUSE", "SYR.REB"), record("TUR", "ACCUSE", "SYR"))
    assert len(found.rows_between(["TUR"], None)) == 2
    assert len(found.rows_between(None, ["SYR"])) == 1
    assert len(found.rows_between(None, ["SYR.REB"])) == 1


def test_the_day_of_a_record_is_the_first_of_its_span_and_the_last_where_the_beginning_is_open():
    found = facts(
        record("A", "AID", "B", "2014-06"), record("A", "AID", "B", "..2014-06-09"), record("A", "AID", "B", "2014-06-03..")
    )
    assert [day_of(day) for day in found.day] == [dt.date(2014, 6, 1), dt.date(2014, 6, 9), dt.date(2014, 6, 3)]


def test_what_holds_without_a_date_holds_on_the_day_of_publication_and_what_happened_does_not():
    found = facts(record("A", "alliance", "B", published="2017-06-01"), record("A", "AID", "B", published="2017-06-01"))
    assert [day_of(day) for day in found.as_of] == [dt.date(2017, 6, 1), None]
    assert list(found.day) == [OPEN, OPEN]


def test_only_what_happened_is_real():
    statuses = ("actual", "historical", "future", "hypothetical", "negated")
    found = facts(*(record("A", "AID", "B", status=status) for status in statuses))
    assert list(found.real) == [True, True, False, False, False]


def test_contexts_are_found_among_several():
    found = facts(record("A", "AID", "B", contexts=("economic", "military")), record("A", "AID", "B"))
    assert list(found.has_context(["military", "legal"])) == [True, False]
    assert list(found.has_context(["legal"])) == [False, False]


def test_there_are_facts_of_nothing():
    found = facts()
    assert len(found) == 0
    assert len(found.rows_between(["A"], ["B"])) == 0


# --- from a ledger ---


@pytest.fixture(scope="module")
def records():
    return [
        record("RUS BLR", "CONSULT", "KAZ UN", "2014-06", document="one", contexts=("economic",), attributes={"share": 0.5}),
        record("SYR.REB", "ASSAULT", "SYR.GOV", document="one", mode="aerial"),
        record("KAZ", "dependence", "RUS", "2014-01-01..", document="two", attributes={"flow": "trade"}),
        record("", "PROTEST", "", "2014", document="two", status="negated"),
        record("BLR BLR", "against", "UN", document="two", attributes={"rollcall": "7"}),
    ]


@pytest.fixture(scope="module")
def reader(tmp_path_factory, records):
    path = tmp_path_factory.mktemp("facts")
    coded = [(Document(id=name, text="x"), [r for r in records if r.document == name]) for name in ("one", "two")]
    with Writer(path) as writer:
        writer.commit(coded, STAMP, STAMP.started)
    with_reader = Reader(path)
    yield with_reader
    with_reader.close()


def test_the_ledger_gives_the_facts_that_its_records_have(reader, records):
    found, wanted = load_facts(reader, CHOICES), facts(*records)
    assert found.ids.to_pylist() == [r.id for r in records]
    assert sorted(map(str, pairs(found))) == sorted(map(str, pairs(wanted)))
    for name in ("start", "end", "day", "as_of", "published", "quad", "contexts", "dated", "roll_call"):
        assert np.array_equal(getattr(found, name), getattr(wanted, name)), name
    assert np.array_equal(found.score, wanted.score, equal_nan=True)
    for name in ("kind", "type", "mode", "status", "precision"):
        assert [getattr(found, name).word(i) for i in range(5)] == [getattr(wanted, name).word(i) for i in range(5)], name
    assert found.attributes_of(0) == {"share": 0.5}
    assert found.attributes_of(1) == {}


def test_the_facts_between_some_codes_hold_all_that_is_between_them(reader, records):
    found = load_facts_between(reader, CHOICES, ["KAZ"], ["RUS.GOV", "EU"])
    assert found.ids.to_pylist() == [records[0].id, records[2].id, records[4].id]


def test_the_ledger_names_each_code_once_in_the_order_of_the_text(tmp_path):
    given = record("UKR KAZ UKR SYR.REB", "AID", "RUS.MIL RUS", document="one")
    with Writer(tmp_path) as writer:
        writer.commit([(Document(id="one", text="x"), [given])], STAMP, STAMP.started)
        writer.commit([(Document(id="two", text="x"), [record("KAZ", "AID", "UKR", document="two")])], STAMP, STAMP.started)
    reader = Reader(tmp_path)
    found = pairs(load_facts(reader, CHOICES))
    reader.close()
    stated = [pair[:2] for pair in found if pair[2] == "stated"]
    assert ("KAZ", "UKR") in stated  # of the other commit, whose file may be read first
    assert [pair for pair in stated if pair != ("KAZ", "UKR")] == [
        (actor, recipient) for actor in ("UKR", "KAZ", "SYR.REB") for recipient in ("RUS.MIL", "RUS")
    ]
