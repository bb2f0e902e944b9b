"""Lemmas: scripts and the lexicon that keeps them honest."""

import pytest
from en_entente.lemmas import Lemmatizer, apply_script, find_script

LEXICON = Lemmatizer(
    seen={"VBD": {"found": ["find", "found"]}},
    exceptions={"verb": {"fled": ["flee"]}, "noun": {"crises": ["crisis"]}, "adj": {}, "adv": {}},
    known={
        "verb": ["urge", "sing", "singe", "spare", "spar", "ban", "agree", "veto"],
        "noun": ["army", "leaf"],
        "adj": ["large"],
        "adv": [],
    },
)


@pytest.mark.parametrize(
    ("form", "lemma"), [("countries", "country"), ("The", "the"), ("USA", "USA"), ("went", "go"), ("n’t", "not")]
)
def test_a_script_turns_its_form_into_its_lemma(form: str, lemma: str) -> None:
    assert apply_script(form, find_script(form, lemma)) == lemma


def test_a_script_that_strips_more_than_there_is_only_lower_cases() -> None:
    assert apply_script("Up", "lower|4|go") == "up"


@pytest.mark.parametrize(
    ("form", "tag", "lemma"),
    [
        ("urged", "VBD", "urge"),
        ("singing", "VBG", "sing"),
        ("spared", "VBN", "spare"),
        ("banned", "VBN", "ban"),
        ("agreed", "VBD", "agree"),
        ("vetoes", "VBZ", "veto"),
        ("fled", "VBD", "flee"),
        ("armies", "NNS", "army"),
        ("leaves", "NNS", "leaf"),
        ("crises", "NNS", "crisis"),
        ("largest", "JJS", "large"),
        ("Houthis", "NNPS", "Houthi"),
        ("cease-fires", "NNS", "cease-fire"),
        ("doxxed", "VBD", "dox"),
    ],
)
def test_the_lexicon_and_the_endings_spell_the_lemma(form: str, tag: str, lemma: str) -> None:
    assert LEXICON.choose_lemma(form, tag, "nonsense") == lemma


def test_the_network_chooses_where_a_form_has_two_lemmas() -> None:
    assert LEXICON.choose_lemma("found", "VBD", "found") == "found"
    assert LEXICON.choose_lemma("found", "VBD", "nonsense") == "find"
