import json
import random
import subprocess
import sys

import msgspec
import pytest

from entente.analysis.goldscore import (
    Claim,
    Days,
    GoldRecord,
    Party,
    Passage,
    Quality,
    Words,
    agrees,
    assign,
    claim_of,
    lines_of,
    read_claim,
    read_passage,
    score_records,
)
from entente.errors import InputError


def gold(type_="SANCTION", actor=("RUS",), recipient=("TUR",), *, kind="event", sentence=0, **more):
    return GoldRecord(kind, sentence, type_, list(actor), list(recipient), **more)


def claim(type_="SANCTION", actor=("RUS",), recipient=("TUR",), *, kind="event", sentence=0, **more):
    sides = ([Party(*code.split(".")) for code in side] for side in (actor, recipient))
    return Claim("p", kind, type_, *sides, sentence=sentence, **more)


def passage(*records, sentences=("Moscow banned Turkish fruit.", "Ankara protested.")):
    return Passage("p", "2016-01-01", list(sentences), list(records))


# --- what agrees with what ---


def test_any_of_several_types_is_right():
    assert agrees(claim("REJECT"), gold(["SANCTION", "REJECT"]))
    assert not agrees(claim("ACCUSE"), gold(["SANCTION", "REJECT"]))


def test_sectors_do_not_keep_a_record_from_being_found():
    assert agrees(claim(actor=["SYR.REB"]), gold(actor=["SYR.OPP"]))


def test_direction_counts_for_most_types():
    assert not agrees(claim("SANCTION", ["TUR"], ["RUS"]), gold("SANCTION", ["RUS"], ["TUR"]))


def test_for_a_symmetric_type_both_sides_together_are_enough():
    assert agrees(claim("CONSULT", ["TUR", "RUS"], []), gold("CONSULT", ["RUS"], ["TUR"]))


def test_joint_support_is_symmetric_only_where_agreement_is_right_too():
    joint = claim("SUPPORT", ["TUR", "RUS"], [])
    assert agrees(joint, gold(["SUPPORT", "AGREE"]))
    assert not agrees(joint, gold("SUPPORT"))


def test_a_side_that_gold_leaves_empty_accepts_anything():
    assert agrees(claim("ASSAULT", ["RUS"], ["TUR"]), gold("ASSAULT", [], ["TUR"]))


def test_a_distant_past_is_actual_and_a_promise_may_be_told_as_future():
    assert agrees(claim(status="historical"), gold())
    assert agrees(claim("AGREE", status="future"), gold("AGREE"))
    assert not agrees(claim("SANCTION", status="future"), gold("SANCTION"))
    assert not agrees(claim("AGREE", status="negated"), gold("AGREE"))


@pytest.mark.parametrize(("name", "found"), [("Nicu Popescu", True), ("POPESÇU", True), ("Popov", False), (None, False)])
def test_an_office_names_its_holder(name, found):
    wanted = gold("office", ["MDA"], [], kind="tie", attributes={"person": "Popescu", "office": "foreign minister"})
    assert agrees(claim("office", ["MDA"], [], kind="tie", attributes={"person": name}), wanted) is found


# --- one to one ---


def test_of_two_records_that_tell_the_same_the_second_is_wrong():
    score = score_records([passage(gold())], [claim(), claim()])
    assert (score.kinds["event"].recall, score.kinds["event"].precision) == (1.0, 0.5)


def test_a_required_record_is_served_before_an_optional_one():
    assert assign([gold(optional=True), gold()], [claim()]) == [None, 0]


def test_a_record_that_only_one_can_find_is_not_taken_from_it_by_another():
    either, only_reject = gold(["SANCTION", "REJECT"]), gold("REJECT")
    assert assign([either, only_reject], [claim("REJECT"), claim("SANCTION")]) == [1, 0]


def test_of_equals_the_better_dated_is_taken():
    dated = claim(date=Days("2016-01-01", "2016-01-01"))
    assert assign([gold(date=("2016-01-01", "2016-01-01"))], [claim(), dated]) == [1]


def test_an_optional_record_that_is_found_counts_as_right_and_one_that_is_missed_does_not_count():
    found = score_records([passage(gold(), gold("REJECT", optional=True))], [claim(), claim("REJECT")])
    missed = score_records([passage(gold(), gold("REJECT", optional=True))], [claim()])
    assert found.kinds["event"].f1 == missed.kinds["event"].f1 == 1.0


def test_a_fact_told_in_two_kinds_is_found_by_either():
    promise = gold("AGREE", same_as=1)
    commitment = gold("energy", kind="commitment", same_as=1, optional=True)
    score = score_records([passage(promise, commitment)], [claim("energy", kind="commitment")])
    assert (score.kinds["event"].recall, score.kinds["commitment"].precision) == (1.0, 1.0)
    assert score.findings == ()


# --- quality ---


def test_only_what_gold_gives_is_judged_but_a_date_always():
    wanted = gold(mode="discontinue", attributes={"share": 0.4}, actor=["RUS.BUS"])
    score = score_records([passage(wanted)], [claim(mode="expel", attributes={"share": 0.41}, actor=["RUS.GOV"])])
    assert score.quality == {"date": Quality(1, 1), "mode": Quality(1, 0), "sector": Quality(1, 0), "attributes": Quality(1, 1)}


def test_a_date_where_gold_has_none_is_wrong():
    score = score_records([passage(gold())], [claim(date=Days("2016-01-01", "2016-01-31"))])
    assert score.quality["date"] == Quality(1, 0)
    [finding] = score.findings
    assert list(lines_of(finding)) == [
        "date    p:0 event SANCTION no date, coded 2016-01-01 to 2016-01-31",
        "        Moscow banned Turkish fruit.",
    ]


@pytest.mark.parametrize(
    ("want", "have", "right"),
    [
        (0.4, 0.42, True),
        (0.4, 0.43, False),
        ("gas", "natural gas", True),
        (True, True, True),
        (True, None, False),
        (1, "1", False),
    ],
)
def test_attributes_are_right_within_reason(want, have, right):
    score = score_records([passage(gold(attributes={"x": want}))], [claim(attributes={"x": have})])
    assert score.quality["attributes"] == Quality(1, int(right))


# --- findings and places ---


def test_a_miss_and_a_wrong_record_stand_with_their_sentence():
    score = score_records([passage(gold())], [claim("REJECT", ["TUR"], [], sentence=1)])
    assert [line for finding in score.findings for line in lines_of(finding)] == [
        "missed  p:0 event SANCTION RUS → TUR actual",
        "        Moscow banned Turkish fruit.",
        "wrong   p:1 event REJECT TUR → – actual",
        "        Ankara protested.",
    ]


def test_where_the_evidence_starts_says_which_sentence():
    second = claim(sentence=0, evidence=Words(start=len("Moscow banned Turkish fruit.") + 1))
    assert score_records([passage(gold(sentence=1))], [second]).kinds["event"].recall == 1.0


@pytest.mark.parametrize(
    "stray", [claim(sentence=2), claim(sentence=None), msgspec.structs.replace(claim(), document="q"), claim(evidence=Words(999))]
)
def test_a_record_that_stands_nowhere_is_an_error(stray):
    with pytest.raises(InputError, match=r"no gold passage|no sentence"):
        score_records([passage(gold())], [stray])


def test_what_is_no_passage_or_no_record_is_said():
    with pytest.raises(InputError, match=r"no gold passage .*records"):
        read_passage(b'{"id": "p", "date": "2016-01-01", "sentences": []}')
    with pytest.raises(InputError, match=r"no record .*kind"):
        read_claim(b'{"document": "p", "kind": "deed", "type": "AID"}')


# --- beside the other scorer ---


def copies_of_gold(passages, seed):
    """Records made from gold, some left out, turned round or stripped of their date, so that every rule has something to do."""
    draw = random.Random(seed)
    for one in passages:
        for record in one.records:
            for type_ in sorted(record.types)[: draw.randint(0, 2)]:
                sides = [[{"code": c.split(".")[0]} for c in side] for side in (record.actor, record.recipient)]
                date = record.date and {"start": record.date[0], "end": record.date[1]}
                yield {
                    "document": one.id,
                    "sentence": record.sentence,
                    "kind": record.kind,
                    "type": type_,
                    "actor": sides[draw.random() < 0.2],
                    "recipient": sides[1],
                    "date": date if draw.random() < 0.8 else None,
                    "status": record.status,
                    "attributes": dict(record.attributes),
                }


@pytest.mark.parametrize("seed", range(3))
def test_the_figures_are_those_of_the_scorer_beside_the_gold(gold_folder, tmp_path, seed):
    files = sorted((gold_folder / "dev").glob("*.json"))
    passages = [read_passage(file.read_bytes()) for file in files]
    records = list(copies_of_gold(passages, seed))
    (tmp_path / "records.jsonl").write_text("".join(json.dumps(record) + "\n" for record in records))
    command = [sys.executable, gold_folder / "score.py", gold_folder / "dev", tmp_path / "records.jsonl", "--json"]
    theirs = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
    ours = score_records(passages, map(claim_of, records))
    assert msgspec.to_builtins(ours.kinds) == {name: theirs[name] for name in ours.kinds}
    for name, quality in ours.quality.items():  # the other scorer does not always find the best of equals
        assert quality.of == theirs[name]["of"]
        assert quality.right == pytest.approx(theirs[name]["right"], abs=2)
