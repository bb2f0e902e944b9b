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
        ("Police dispersed them; the curfew in Conakry was relaxed on Friday.", ("CONCEDE", ["GIN"])),
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


@pytest.mark.parametrize(
    "text",
    [
        "A bomb exploded at a market in Kano, Nigeria.",
        "Nigerian villagers were massacred.",
        "Mortar rounds fell on Kano in Nigeria.",
    ],
)
def test_unknown_attackers_are_nobody_and_the_state_of_the_place_is_struck(coder, text):
    assaults = [record for record in coder.explain(text, DAY).records if record.type == "ASSAULT"]
    assert [([a.code for a in r.actor], [a.code for a in r.recipient]) for r in assaults] == [([], ["NGA"])]
