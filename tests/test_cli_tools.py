"""The commands ``actor``, ``relate``, ``score`` and ``agree``, with a coder that needs no pipeline."""

import datetime as dt
import io
import json
import sys

import pytest

import entente.coder
from entente.cli import run
from entente.cli.actor import _day_of
from entente.coding.relate import Relation
from entente.errors import InputError
from entente.records.actors import Actor
from tests.fake_coder import FakeCoder


class Tools(FakeCoder):
    """Resolves "BLR…" to itself and relates everything by AID."""

    def resolve_actors(self, phrases):
        for phrase in phrases:
            known = phrase.text[:3] if phrase.text[:3].isupper() else None
            reason = None if known else f"unknown in {phrase.title} on {phrase.published}"
            yield Actor(known, phrase.text, "GOV" if "government" in phrase.text else None, reason=reason)

    def relate(self, pairs):
        for document, actor, recipient in pairs:
            words = "+".join(document.text[a:b] for a, b in (*actor, *recipient))
            yield Relation("AID", None, 2, "actual", 0.9, words)


@pytest.fixture(autouse=True)
def tools(monkeypatch):
    monkeypatch.setattr(entente.coder, "load_coder", lambda codebook=None, **making: Tools())


def give(monkeypatch, raw: bytes):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(raw)))


def rows_of(capsys):
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


# --- actor ---


def test_an_actor_is_shown_with_its_sector(capsys):
    assert run(["actor", "BLR government"]) == 0
    assert capsys.readouterr().out == "BLR.GOV\n"


def test_an_actor_that_cannot_be_coded_is_shown_with_the_reason(capsys):
    assert run(["actor", "two men", "--context", "Kenya", "--date", "2016-01-01"]) == 0
    assert capsys.readouterr().out == "no code  unknown in Kenya on 2016-01-01\n"


def test_an_actor_is_printed_as_json(capsys):
    assert run(["actor", "BLR", "--json"]) == 0
    assert rows_of(capsys) == [{"text": "BLR", "code": "BLR", "sector": None, "entity": None, "reason": None}]


def test_rows_of_phrases_are_answered_in_order_and_bad_ones_set_aside(tmp_path, capsys):
    rows = tmp_path / "rows.jsonl"
    rows.write_text('{"id": 7, "text": "BLR"}\n\nnonsense\n{"id": "b"}\n{"id": "c", "text": "men", "date": "2016-01-01"}\n')
    assert run(["actor", "--file", str(rows), "--to", "jsonl"]) == 1
    output = capsys.readouterr()
    answers = [json.loads(line) for line in output.out.splitlines()]
    assert [(a["id"], a["code"], a["reason"]) for a in answers] == [
        ("7", "BLR", None),
        ("c", None, "unknown in None on 2016-01-01"),
    ]
    assert "set aside: 2" in output.err
    assert f"{rows}:3: it is no JSON object" in output.err
    assert f"{rows}:4: it has no `text`" in output.err


def test_phrases_come_from_standard_input_and_go_to_a_file(monkeypatch, tmp_path, capsys):
    give(monkeypatch, b'{"id": "a", "text": "BLR"}\n')
    assert run(["actor", "--file", "-", "-o", str(tmp_path / "out.jsonl")]) == 0
    assert json.loads((tmp_path / "out.jsonl").read_text())["code"] == "BLR"
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize("written", ["2021-07-01", "1 July 2021", "July 1, 2021", "1 jul 2021"])
def test_dates_of_rows_may_be_in_words(written):
    assert _day_of(written) == dt.date(2021, 7, 1)


def test_a_date_that_is_none_is_refused():
    with pytest.raises(InputError, match="its `date` 'lately' is no date"):
        _day_of("lately")


# --- relate ---


def test_pairs_are_related_in_order_and_bad_ones_set_aside(tmp_path, capsys):
    rows = tmp_path / "pairs.jsonl"
    good = {"id": "a", "text": "KEN met UGA", "actor": [{"start": 0, "end": 3}], "recipient": [{"start": 8, "end": 11}]}
    bad = [{**good, "actor": [{"start": 0, "end": 99}]}, {**good, "actor": "KEN"}, {**good, "actor": [{"start": "0"}]}]
    rows.write_text("".join(json.dumps(row) + "\n" for row in (good, *bad, {"id": "b", "text": "nothing"})))
    assert run(["relate", str(rows), "--to", "jsonl"]) == 1
    output = capsys.readouterr()
    first, last = (json.loads(line) for line in output.out.splitlines())
    assert list(first) == ["id", "type", "mode", "quad", "status", "confidence", "coded_by"]
    assert (first["id"], first["type"], first["coded_by"]) == ("a", "AID", "KEN+UGA")
    assert (last["id"], last["coded_by"]) == ("b", "")
    assert "its `actor` 0 to 99 is no span of a text of 11 characters" in output.err
    assert output.err.count("must be a list of {start, end}") == 2


# --- score ---

PASSAGE = {
    "id": "p",
    "date": "2016-01-01",
    "title": "t",
    "sentences": ["BLR helped UKR in 2014", "DEU is in NATO"],
    "records": [
        {
            "kind": "event",
            "sentence": 0,
            "type": "AID",
            "actor": ["BLR"],
            "recipient": ["UKR"],
            "date": ["2014-01-01", "2014-12-31"],
        },
        {"kind": "tie", "sentence": 1, "type": "alliance", "actor": ["DEU"], "recipient": ["FRA"]},
    ],
}


@pytest.fixture
def gold(tmp_path):
    path = tmp_path / "gold" / "p.json"
    path.parent.mkdir()
    path.write_text(json.dumps(PASSAGE))
    return path


def test_the_shipped_coder_is_scored(gold, capsys):
    assert run(["score", str(gold.parent)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].split() == ["wanted", "predicted", "recall", "precision", "F1"]
    assert lines[1].split() == ["event", "1", "1", "1.000", "1.000", "1.000"]
    assert lines[6].split() == ["all", "2", "2", "0.500", "0.500", "0.500"]
    assert lines[7].startswith("of the required records that were found: date right 1/1, mode right 0/0")


def test_details_stand_beside_their_sentence(gold, capsys):
    assert run(["score", str(gold), "--details"]) == 0
    assert capsys.readouterr().out.splitlines()[:4] == [
        "missed  p:1 tie alliance DEU → FRA actual",
        "        DEU is in NATO",
        "wrong   p:1 tie membership DEU → NATO actual",
        "        DEU is in NATO",
    ]


def test_records_of_another_coder_are_scored_as_json(gold, tmp_path, capsys):
    record = {"document": "p", "sentence": 1, "kind": "tie", "type": "alliance"}
    sides = {"actor": [{"code": "FRA"}], "recipient": [{"code": "DEU"}]}
    (tmp_path / "records.jsonl").write_text(json.dumps({**record, **sides}) + "\n")
    assert run(["score", str(gold), "--records", str(tmp_path / "records.jsonl"), "--json"]) == 0
    [figures] = rows_of(capsys)
    assert figures["tie"] == {"wanted": 1, "predicted": 1, "recall": 1.0, "precision": 1.0, "f1": 1.0}
    assert figures["date"] == {"of": 1, "right": 1}


# --- agree ---


def test_two_files_of_records_are_compared(tmp_path, capsys):
    news = tmp_path / "news.txt"
    news.write_text("BLR helped UKR. DEU is in NATO")
    run(["code", str(news), "-o", str(tmp_path / "a.jsonl")])
    lines = (tmp_path / "a.jsonl").read_text().splitlines()
    (tmp_path / "b.jsonl").write_text(lines[0] + "\n")
    capsys.readouterr()
    assert run(["agree", str(tmp_path / "a.jsonl"), str(tmp_path / "b.jsonl")]) == 0
    shown = capsys.readouterr().out.splitlines()
    assert shown[0].split()[:6] == ["units", "in", "A", "in", "B", "both"]
    assert shown[-1].split() == ["all", "2", "2", "1", "1", "1", "0.400", "–"]


def test_agreement_is_printed_as_json(tmp_path, capsys):
    (tmp_path / "a.jsonl").write_text('{"document": "d", "sentence": 0, "kind": "event", "type": "AID"}\n')
    assert run(["agree", str(tmp_path / "a.jsonl"), str(tmp_path / "a.jsonl"), "--json"]) == 0
    [found] = rows_of(capsys)
    assert found["all"]["same"] == 1


# --- wrong calls ---


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["actor"], "give one phrase, or phrases with --file"),
        (["actor", "BLR", "--file", "{records}"], "give one phrase, or phrases with --file"),
        (["actor", " "], "there is no phrase to resolve"),
        (["actor", "BLR", "--date", "lately"], "'lately' is no date"),
        (["actor", "BLR", "--to", "jsonl"], "--to and -o go with --file"),
        (["actor", "--file", "{records}", "--json"], "with --file each row has its own"),
        (["relate"], "Missing argument 'ROWS'"),
        (["relate", "missing.jsonl"], "'missing.jsonl' does not exist"),
        (["relate", "{records}", "--to", "csv"], "'csv' is not"),
        (["score", "missing"], "'missing' does not exist"),
        (["score", "{empty}"], "no gold passages here; expected files that end in .json"),
        (["score", "{records}"], "it is no gold passage"),
        (["score", "{gold}", "--records", "{records}"], "records.jsonl: line 1: it is no record"),
        (["score", "{gold}", "--records", "{stray}"], "stray.jsonl: no gold passage has the id 'q'"),
        (["score", "{gold}", "--records", "{stray}", "--codebook", "{empty}"], "--codebook is for the shipped coder"),
        (["agree", "{records}"], "Missing argument 'B'"),
        (["agree", "{stray}", "{records}"], "records.jsonl:1: it is no record"),
        (["agree", "{stray}", "{unplaced}"], "a record of 'q' has no `sentence`"),
    ],
)
def test_a_wrong_call_is_one_line_without_a_traceback(tmp_path, gold, capsys, monkeypatch, arguments, message):
    monkeypatch.chdir(tmp_path)
    places = {name: tmp_path / f"{name}.jsonl" for name in ("records", "stray", "unplaced")} | {
        "gold": gold,
        "empty": tmp_path / "empty",
    }
    places["empty"].mkdir()
    places["records"].write_text("{}\n")
    places["stray"].write_text('{"document": "q", "sentence": 0, "kind": "event", "type": "AID"}\n')
    places["unplaced"].write_text('{"document": "q", "kind": "event", "type": "AID"}\n')
    assert run([argument.format(**places) for argument in arguments]) == 2
    output = capsys.readouterr()
    assert output.err.startswith("error: ")
    assert message in output.err
    assert "Traceback" not in output.err
    assert output.out == ""
