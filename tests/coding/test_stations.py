"""One predicate with several days: checked on short texts through the whole coder."""


def visits(coder, text):
    records = coder.code(text, "2024-12-20")
    return [([a.code for a in r.recipient], r.date and r.date.inclusive()[0]) for r in records if r.type == "CONSULT"]


def test_each_stop_with_a_day_of_its_own_is_a_visit(coder):
    text = "The Kenyan president turned up in Kampala on 2 July, in Kigali three days later and in Juba on 8 July."
    assert visits(coder, text) == [(["UGA"], "2024-07-02"), (["RWA"], "2024-07-05"), (["SSD"], "2024-07-08")]


def test_stops_under_one_day_stay_one_visit(coder):
    text = "The Kenyan president turned up in Kampala and in Kigali on 2 July."
    assert [recipients for recipients, _ in visits(coder, text)] == [["UGA", "RWA"]]


def test_the_verb_left_out_before_a_second_body_is_understood(coder):
    ties = [
        r
        for r in coder.code("Finland entered the United Nations in 1955 and the European Union in 1995.")
        if r.type == "membership"
    ]
    assert [([a.code for a in r.recipient]) for r in ties] == [["UN"], ["EU"]]
    assert [r.date.inclusive() for r in ties] == [("1955-01-01", None), ("1995-01-01", None)]


def test_who_did_the_same_later_is_no_second_object(coder):
    ties = [r for r in coder.code("Poland entered NATO in 1999 and Romania in 2004.") if r.type == "membership"]
    assert [([a.code for a in r.recipient]) for r in ties] == [["NATO"]]
