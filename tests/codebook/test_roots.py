"""Where CAMEO's roots differ from PLOVER 2.0."""

from entente.codebook.roots import Root, load_roots
from entente.codebook.vocabulary import TYPES

VERDICT = Root("116", frozenset({"SANCTION"}), "ACCUSE", (frozenset({"convict", "~guilt"}),), frozenset({"jail"}))


def test_a_row_holds_for_its_types_and_words():
    assert VERDICT.holds("SANCTION", {"court", "convict"})
    assert VERDICT.holds("SANCTION", {"guilty"})
    assert not VERDICT.holds("COERCE", {"convict"})
    assert not VERDICT.holds("SANCTION", {"expel"})


def test_a_row_does_not_hold_beside_words_that_tell_something_else():
    assert not VERDICT.holds("SANCTION", {"convict", "jail"})


def test_of_each_group_a_word_must_stand_there():
    deal = Root("057", frozenset({"AGREE"}), "SUPPORT", (frozenset({"reach"}), frozenset({"deal"})), frozenset())
    assert deal.holds("AGREE", {"reach", "deal"})
    assert not deal.holds("AGREE", {"reach", "port"})


def test_the_table_speaks_of_event_types_alone():
    events = set(TYPES["event"])
    assert all(root.source <= events and root.type in events for root in load_roots())
