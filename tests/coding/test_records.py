"""When what is told happened, where the clause itself has no date: on short texts through the whole coder."""


def days(coder, text, kind):
    return {
        (record.type, record.date.inclusive()[0] if record.date else None)
        for record in coder.code(text, "2024-03-06")
        if record.kind == kind
    }


def test_who_tells_what_it_is_doing_does_it_then(coder):
    assert ("SANCTION", "2024-03-04") in days(coder, "Kenya announced on Monday that it was cutting ties with Chad.", "event")


def test_what_others_tell_of_a_promise_does_not_date_it(coder):
    text = "Japan said on Monday that it was alarmed by the security agreement between China and Fiji."
    assert days(coder, text, "event") <= {("AGREE", None), ("ACCUSE", "2024-03-04")}


def test_an_undertaking_has_the_date_of_the_treaty_it_stands_in(coder):
    text = "France, which under a treaty of January 1960 must defend Togo, has soldiers there."
    assert days(coder, text, "commitment") == {("security_guarantee", "1960-01-01")}


def test_those_who_are_somewhere_for_a_time_do_not_stay_for_good(coder):
    [tie] = [r for r in coder.code("Kenyan soldiers were in Somalia in the first half of 2019.") if r.type == "presence"]
    assert tie.date.inclusive() == ("2019-01-01", "2019-06-30")


def test_what_prompts_an_act_is_not_dated_by_it(coder):
    found = days(coder, "On Monday, at the urging of Russia, Serbia recognised Abkhazia.", "event")
    assert ("SUPPORT", "2024-03-04") in found
    assert ("REQUEST", None) in found
