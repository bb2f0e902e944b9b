"""An act with no doer is its state's where only one state is named, told and not only mentioned."""

import pytest

DAY = "2026-06-15"


def told(coder, text):
    return [
        (record.type, [actor.code for actor in record.actor])
        for record in coder.explain(text, DAY).records
        if record.kind == "event"
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Two editors remain behind bars in Djibouti.", ("COERCE", ["DJI"])),
        ("A general strike paralysed Guinea.", ("PROTEST", ["GIN"])),
        ("A truce took hold in Yemen on Sunday.", ("RETREAT", ["YEM"])),
    ],
)
def test_the_only_state_named_is_where_an_act_takes_place(coder, text, expected):
    assert expected in told(coder, text)


@pytest.mark.parametrize(
    "text",
    [
        "Norway and Chad spoke of the dissidents who remain behind bars.",
        "The study demonstrated that Finnish pupils read well.",
        "If editors were jailed, Fiji would lose its good name.",
    ],
)
def test_no_home_is_guessed_of_two_states_of_things_or_of_what_did_not_happen(coder, text):
    assert [type_ for type_, _ in told(coder, text) if type_ in ("COERCE", "PROTEST")] == []
