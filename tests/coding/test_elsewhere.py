"""What is not politics gives no record, and politics in its neighbourhood does."""

import pytest

DAY = "2026-06-15"

ELSEWHERE = [
    "Portugal attacked Uruguay down the left until the referee blew his whistle.",
    "A hailstorm bombarded the orchards of Slovenia.",
    "The soprano accused the Danish pianist of playing too fast.",
    "Volvo signed a contract with Panasonic in Sweden.",
    "Ghana's striker threatened Chile from the first minute.",
    "Ireland surprised Georgia with three tries in the quarter-finals.",
    "In the film a colonel from Chad attacks Libya with a single lorry.",
    "Mexico's peso surrendered its gains against the dollar.",
    "Dutch historians accused Belgium of forgetting its colonies.",
    "U.S. Steel rejected Nippon Steel's offer.",
]

POLITICS = [
    ("Portugal's government barred the athletes of Uruguay from entering the country.", "PRT"),
    ("After the earthquake Slovenia sent blankets and tents to Albania.", "SVN"),
    ("Denmark accused Sweden of breaking the accord while the orchestra played.", "DNK"),
]


@pytest.mark.parametrize("text", ELSEWHERE)
def test_sport_stage_nature_and_trade_give_no_record(coder, text):
    assert [record.type for record in coder.explain(text, DAY).records] == []


@pytest.mark.parametrize(("text", "actor"), POLITICS)
def test_politics_beside_them_does(coder, text, actor):
    records = coder.explain(text, DAY).records
    assert actor in [code.code for record in records if record.kind == "event" for code in record.actor]


def test_the_reason_is_told(coder):
    reasons = [item.reason for item in coder.explain(ELSEWHERE[0], DAY).left_out]
    assert "the sentence is about sport (referee)" in reasons
