"""Runs of names beside a word of voting; on short texts through the whole coder."""


def voters(coder, text):
    found = {}
    for record in coder.code(text, "2024-03-06"):
        if record.kind == "vote":
            found[record.type] = tuple(actor.code for actor in record.actor)
    return found


def test_a_list_of_voters_ends_at_the_semicolon_before_it(coder):
    text = "In the UN General Assembly Egypt and Jordan abstained; Morocco voted against."
    assert voters(coder, text) == {"abstain": ("EGY", "JOR"), "against": ("MAR",)}


def test_a_name_after_a_preposition_opens_no_list(coder):
    text = "After talks in Paris, Greece and Spain voted against the resolution in the Council of Europe."
    assert voters(coder, text) == {"against": ("GRC", "ESP")}


def test_a_verbless_clause_tells_the_vote_of_each_list(coder):
    text = "The council voted on Friday, France and Italy in favour, Malta against and Cyprus absent."
    assert voters(coder, text) == {"for": ("FRA", "ITA"), "against": ("MLT",), "absent": ("CYP",)}


def test_those_who_did_as_others_did_are_voters_too(coder):
    text = "China abstained in the Security Council, as did India and Brazil."
    assert voters(coder, text) == {"abstain": ("CHN", "IND", "BRA")}
