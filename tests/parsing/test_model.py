"""What leaves the only door to spaCy is a tree, whatever the parse mends."""

import spacy
from spacy.tokens import Doc

from entente.parsing.model import sentences_of


def tokens_of(rows):
    """Return the tokens of one sentence from (word, part of speech, relation, head)."""
    words, pos, deps, heads = zip(*rows, strict=True)
    doc = Doc(
        spacy.blank("en").vocab, words=list(words), pos=list(pos), deps=list(deps), heads=list(heads), tags=[""] * len(words)
    )
    [sentence] = sentences_of(doc)
    return sentence.tokens


def test_a_conjunct_that_hangs_forward_is_joined_to_the_word_before():
    tokens = tokens_of(
        [("Oslo", "PROPN", "nsubj", 3), ("and", "CCONJ", "cc", 2), ("Lima", "PROPN", "conj", 3), ("met", "VERB", "root", 3)]
    )
    assert tokens[2].head == 3, "the first word is joined to nothing"
    tokens = tokens_of(
        [
            ("Then", "ADV", "advmod", 4),
            ("Oslo", "PROPN", "nsubj", 4),
            ("and", "CCONJ", "cc", 3),
            ("Lima", "PROPN", "conj", 4),
            ("met", "VERB", "root", 4),
        ]
    )
    assert tokens[3].head == 1


def test_no_word_is_joined_to_what_hangs_on_it():
    """In "Oslo, Lima told …; it said so" the parse hangs "told" forward, and "Lima" on "told"."""
    tokens = tokens_of(
        [
            ("Oslo", "PROPN", "nsubj", 4),
            ("Lima", "PROPN", "nsubj", 2),
            ("told", "VERB", "conj", 4),
            ("it", "PRON", "nsubj", 4),
            ("said", "VERB", "root", 4),
        ]
    )
    for token in tokens:
        seen, i = set(), token.i
        while tokens[i].head != i and i not in seen:
            seen.add(i)
            i = tokens[i].head
        assert tokens[i].head == i
