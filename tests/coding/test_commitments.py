import pytest

from entente.coding.commitments import find_instrument


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
