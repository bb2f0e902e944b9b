"""The shipped codebook keeps its promises. Its examples run with `entente codebook check`, which the check script calls."""

import pytest

from entente.codebook.check import check_shape
from entente.codebook.load import SHIPPED, load_codebook
from entente.codebook.vocabulary import TYPES

CODEBOOK = load_codebook()
NAMES = [f"{kind}/{type_}" for kind, types in TYPES.items() for type_ in types]


def test_no_entry_has_a_fault():
    assert check_shape(SHIPPED) == ()


@pytest.mark.parametrize("name", NAMES)
def test_every_type_has_an_entry_with_enough_examples(name):
    examples = CODEBOOK.entries[name].examples
    assert len(examples) >= (15 if name.startswith("event/") else 8)


@pytest.mark.parametrize("name", NAMES)
def test_at_most_one_example_in_ten_is_a_known_gap(name):
    examples = CODEBOOK.entries[name].examples
    assert sum(example.known_gap is not None for example in examples) <= max(1, len(examples) // 10)


@pytest.mark.parametrize("name", NAMES)
def test_every_type_says_what_it_is_not(name):
    assert any(not example.expect for example in CODEBOOK.entries[name].examples)


def test_every_event_type_has_a_score_and_a_quad_in_each_scheme():
    for type_ in TYPES["event"]:
        assert CODEBOOK.vocabulary.score(type_, None) is not None
        assert {CODEBOOK.vocabulary.quad(type_, scheme) for scheme in CODEBOOK.vocabulary.quads} <= {1, 2, 3, 4}


def test_a_mode_has_its_own_score_and_one_without_falls_back_to_its_type():
    assert CODEBOOK.vocabulary.score("CONSULT", "visit") == 4.0
    assert CODEBOOK.vocabulary.score("PROTEST", "vandalize") == CODEBOOK.vocabulary.score("PROTEST", None)


def test_examples_of_the_shipped_codebook_are_all_different():
    texts = [example.text for entry in CODEBOOK.entries.values() for example in entry.examples]
    assert len(texts) - len(set(texts)) <= len(texts) // 50
