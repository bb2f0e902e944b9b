"""Relative pronouns: the noun that their clause modifies."""

from __future__ import annotations

from entente.records.actors import Actor
from entente.records.annotations import Reference, Sentence, Token
from entente.resolving.coreference import (
    first_conjunct,
)
from entente.resolving.reading import Reading

RELATIVE = frozenset(("which", "who", "whom", "whose", "that"))


def relative(reading: Reading, sentence: Sentence, token: Token) -> Reference | None:
    """Resolve "which", "who", "whose" to the noun that their clause modifies."""
    word = token.text.lower()
    if word not in RELATIVE or (word == "that" and "PronType=Rel" not in token.feats):
        return None
    below = token
    if (name := _name_before_comma(reading, sentence, token)) is not None:
        return _from_noun(reading, sentence, token, name)
    for ancestor in sentence.ancestors(token.i):
        if below.dep == "acl:relcl":
            return _from_noun(reading, sentence, token, _fitting(reading, sentence, token, ancestor.i))
        below = ancestor
    return _from_noun_before(reading, sentence, token) if word != "that" else None


def _fitting(reading: Reading, sentence: Sentence, token: Token, noun: int) -> int:
    """Return the noun of a relative clause, or the one near it that agrees: "who" is no body, "which" is no person.

    "N. N., the speaker of parliament, whom …" is N. N.; "N. N. pointed at Oslo, which …" is Oslo.
    """
    people, word = reading.people(sentence), token.text.lower()
    if word in ("who", "whom") and noun not in people and reading.mention(sentence.index, noun) is None:
        phrase = sentence.tokens[noun]
        while phrase.dep in ("nmod", "appos") and sentence.tokens[phrase.head].pos in ("NOUN", "PROPN"):
            phrase = sentence.tokens[phrase.head]
            if phrase.i in people and _is_body(reading, sentence, noun):
                return phrase.i
    if word == "which" and noun in people and token.i > 1 and sentence.tokens[token.i - 1].text == ",":
        mention = reading.mention_around(sentence.index, token.i - 2)
        if mention is not None and mention.head != noun:
            return mention.head
    return noun


def _is_body(reading: Reading, sentence: Sentence, noun: int) -> bool:
    reference = reading.reference(sentence, noun)
    return reference is not None and reference.link == "role" and "Number=Plur" not in sentence.tokens[noun].feats


def _name_before_comma(reading: Reading, sentence: Sentence, token: Token) -> int | None:
    """Return the subject or object whose name stands right before ", which", whatever noun the parse hangs the clause on."""
    if token.i < 2 or sentence.tokens[token.i - 1].text != "," or token.relation != "nsubj":
        return None
    mention = reading.mention_around(sentence.index, token.i - 2)
    if mention is None or mention.last != token.i - 2 or sentence.tokens[mention.head].dep not in ("nsubj", "nsubj:pass", "obj"):
        return None
    return mention.head


def _from_noun_before(reading: Reading, sentence: Sentence, token: Token) -> Reference | None:
    """Resolve a relative pronoun whose clause is not attached to a noun by what stands before its comma."""
    i = token.i - 1
    while i > 0 and sentence.tokens[i].pos in ("PUNCT", "ADP"):
        i -= 1
    if i < 0 or sentence.tokens[i].pos not in ("NOUN", "PROPN") or i == token.i - 1:
        return None
    mention = reading.mention_around(sentence.index, i)
    return _from_noun(reading, sentence, token, mention.head if mention is not None else i)


def _from_noun(reading: Reading, sentence: Sentence, token: Token, noun: int) -> Reference | None:
    noun = _what_it_is_said_of(sentence, noun)
    first = first_conjunct(sentence, noun)
    verb = next((t for t in sentence.ancestors(token.i) if t.dep == "acl:relcl"), token)
    plural = first.i != noun and _is_plural(sentence, verb)
    reference = reading.reference(sentence, noun)
    actors = reading.actors(sentence, first.i if plural else noun)
    if not plural and reference is not None and _goes_on(sentence, noun, token.i):
        actors = reference.actors
    if not actors:
        return None
    antecedent = reading.discourse.at(sentence.index, noun)
    if antecedent is not None and not plural:
        reading.antecedents[sentence.index, token.i] = antecedent
    if reference is not None and reference.link in ("possession", "place"):
        return reading.refer(sentence, token.i, reference.link, actors, (token.start, token.end))
    return pronoun_of(reading, sentence, token, actors)


def _goes_on(sentence: Sentence, noun: int, i: int) -> bool:
    """Return whether the list that a noun opens goes on after its relative clause: "thanked Oslo, which paid, and Bern"."""
    return any(t.i > i for t in sentence.dependents(noun, "conj"))


def _what_it_is_said_of(sentence: Sentence, noun: int) -> int:
    """Return the subject of a predicate noun: "Hungary" of "Hungary is the only member that …"."""
    subject = sentence.first(noun, "nsubj") if sentence.first(noun, "cop") is not None else None
    return subject.i if subject is not None else noun


def _is_plural(sentence: Sentence, verb: Token) -> bool:
    forms = [t.feats for t in sentence.dependents(verb.i, "aux", "cop")] + [verb.feats]
    return not any("Number=Sing" in feats for feats in forms)


def pronoun_of(reading: Reading, sentence: Sentence, token: Token, actors: tuple[Actor, ...]) -> Reference:
    """Return the reference of a pronoun to these actors."""
    return reading.refer(sentence, token.i, "pronoun", actors, (token.start, token.end))
