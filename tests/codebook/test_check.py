from entente.codebook.check import check_behaviour
from entente.codebook.load import load_codebook
from entente.records.actors import Actor
from entente.records.record import Record
from entente.records.text import TextSpan

ENTRY = """
id: AGREE
kind: event
definition: The actor states that it will act.
neighbours: []
patterns: []
examples:
  - text: Chad pledged talks to Niger.
    expect: {actor: [TCD], recipient: [NER]}
  - text: Chad rested.
    expect: none
  - text: Chad gave its word to Niger.
    expect: {actor: [TCD], recipient: [NER]}
    known_gap: idiom
"""


def record(actor: str, recipient: str) -> Record:
    return Record(
        id="1",
        kind="event",
        type="AGREE",
        actor=(Actor(actor, actor),),
        recipient=(Actor(recipient, recipient),),
        document="d",
        sentence=0,
        evidence=TextSpan(0, 4, "Chad"),
        coded_by="event/AGREE/pledge",
        confidence=0.8,
    )


def check(tmp_path, code):
    (tmp_path / "events").mkdir()
    (tmp_path / "events" / "agree.yml").write_text(ENTRY, encoding="utf-8")
    return check_behaviour(load_codebook(tmp_path), code)


def test_examples_that_come_out_as_stated_pass_and_known_gaps_are_listed(tmp_path):
    report = check(tmp_path, lambda text, _: [record("TCD", "NER")] if "pledged" in text else [])
    assert (report.examples, report.passed, len(report.known_gaps), report.failures) == (3, 2, 1, ())


def test_a_known_gap_that_passes_is_a_failure(tmp_path):
    report = check(tmp_path, lambda text, _: [] if "rested" in text else [record("TCD", "NER")])
    assert [outcome.example.known_gap for outcome in report.failures] == ["idiom"]


def test_a_record_where_none_is_expected_is_a_failure(tmp_path):
    report = check(tmp_path, lambda text, _: [record("TCD", "NER")])
    assert any("not expected" in outcome.problem for outcome in report.failures)


def test_a_wrong_recipient_is_named_in_the_problem(tmp_path):
    report = check(tmp_path, lambda text, _: [record("TCD", "MLI")] if "pledged" in text else [])
    assert report.failures[0].problem == "event/AGREE TCD → MLI actual by pledge: recipient ['MLI'], not ['NER']"
