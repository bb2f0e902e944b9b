import pytest

from entente.coding.commitments import find_instrument, find_topic


@pytest.mark.parametrize(
    ("words", "instrument"),
    [
        ("signed the Treaty of Amity in Bali", "Treaty of Amity"),
        ("by the Budapest Memorandum it undertook", "Budapest Memorandum"),
        ("acceded to the Convention on the Law of the Sea in 1982", "Convention on the Law of the Sea"),
        ("ratified the Rome Statute", "Rome Statute"),
        ("signed an agreement on trade", None),
    ],
)
def test_an_instrument_is_a_name_not_any_agreement(words, instrument):
    assert find_instrument(words) == instrument


TOPICS = {
    "energy": frozenset({"gas", "oil"}),
    "transit": frozenset({"lorry", "passage"}),
    "arms": frozenset({"rifle"}),
    "supply": frozenset({"send"}),
    "help": frozenset({"defend"}),
}


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ({"sell", "gas", "oil", "lorry"}, "energy"),
        ({"let", "lorry", "pass"}, "transit"),
        ({"send", "rifle"}, "military"),
        ({"burn", "rifle"}, "disarmament"),
        ({"defend", "attack"}, "security_guarantee"),
        ({"hold", "election"}, None),
    ],
)
def test_the_words_of_the_content_say_which_commitment_it_is(words, kind):
    assert find_topic(frozenset(words), TOPICS) == kind


def test_a_treaty_whose_content_is_told_is_no_commitment_beside_it(coder):
    text = "Chad and Niger signed a treaty under which Chad will sell gas to Niger."
    kinds = {record.type for record in coder.code(text, "2024-03-06") if record.kind == "commitment"}
    assert "treaty" not in kinds
    assert "energy" in kinds
