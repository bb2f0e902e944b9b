"""Threats told as the act under a condition: checked on short texts through the whole coder."""


def coded(coder, text):
    return [
        (record.type, [a.code for a in record.actor], [a.code for a in record.recipient], record.status)
        for record in coder.code(text, "2024-03-06")
        if record.kind == "event"
    ]


def test_a_hostile_act_under_the_actors_own_condition_is_a_threat(coder):
    assert coded(coder, "Kenya will close its border if Uganda sends more refugees.") == [
        ("THREATEN", ["KEN"], ["UGA"], "actual")
    ]


def test_a_threat_is_dated_by_its_saying(coder):
    (record,) = coder.code("Kenya said on Monday that it would close its border if Uganda sent refugees.", "2024-03-06")
    assert str(record.date.inclusive()[0]) == "2024-03-04"


def test_what_others_foretell_is_no_threat(coder):
    types = [type_ for type_, *_ in coded(coder, "Kenya will close its border if Uganda sends refugees, analysts say.")]
    assert "THREATEN" not in types


def test_a_hostile_act_without_a_condition_stays_the_act(coder):
    types = [type_ for type_, *_ in coded(coder, "Kenya will close its border with Uganda.")]
    assert "THREATEN" not in types


def test_what_happens_even_if_is_no_condition(coder):
    types = [type_ for type_, *_ in coded(coder, "Kenya will close its border even if Uganda relents.")]
    assert "THREATEN" not in types


def test_a_threat_that_names_nobody_is_for_whom_its_condition_names(coder):
    assert ("THREATEN", ["KEN"], ["UGA"], "actual") in coded(
        coder, "Kenya, which trades with Chad and Gabon, threatened to raise tariffs if Uganda sold sugar."
    )
