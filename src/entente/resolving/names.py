"""Names: what stands for an actor by itself, as agent, as modifier or as the place where something happens, and people."""

from __future__ import annotations

from entente.records.actors import Actor
from entente.records.annotations import Link, Reference, Sentence, Token
from entente.resolving import nouns
from entente.resolving.index import Entry
from entente.resolving.mentions import SEATS, Mention, Person, noun_lemma, surname_of
from entente.resolving.offices import introduce
from entente.resolving.reading import Acquaintance, Reading
from entente.resolving.words import MOTION, WHERE

__all__ = ["named", "person", "surname_of"]

MODIFIER = frozenset(("amod", "compound", "nmod:poss"))


def named(reading: Reading, sentence: Sentence, token: Token) -> Reference | None:
    """Resolve a phrase whose head is a name of the index."""
    mention = reading.mention(sentence.index, token.i)
    if mention is None or mention.entry.form in ("leader", "surname"):
        return None
    if (owned := _owned_institution(reading, sentence, token, mention)) is not None:
        return owned
    if mention.entry.form == "collective" and any(t.i < mention.first for t in sentence.dependents(token.i, "nummod")):
        return None
    if noun_lemma(token) in ("neighbour", "neighbor") and nouns.possessors(reading, sentence, token.i):
        return None
    entry, link = _read(sentence, token, mention)
    span = (sentence.tokens[mention.first].start, sentence.tokens[mention.last].end)
    text = reading.parsed.document.text[slice(*span)]
    actors = entry.actors(text, reading.index.names)
    if all(actor.code is None for actor in actors):
        return reading.refer(sentence, token.i, "none", (_unplaced(text, entry),), span)
    return reading.refer(sentence, token.i, link, actors, span)


def half_of_korea(reading: Reading, sentence: Sentence, token: Token) -> Reference | None:
    """Resolve "the South" and "North" of "North and South Korea" in a text about Korea."""
    code = KOREAS.get(token.text)
    if code is None or token.pos != "PROPN" or reading.mention_around(sentence.index, token.i) is not None:
        return None
    alone = any(t.text.lower() == "the" for t in sentence.dependents(token.i, "det")) and not sentence.first(token.i, "nmod")
    beside = sentence.tokens[token.i + 1].text.lower() == "and" if token.i + 1 < len(sentence.tokens) else False
    if not (alone or beside) or not {"KOR", "PRK"} & set(reading.topic):
        return None
    return reading.refer(
        sentence, token.i, "name", (reading.state(code, token.text, "a text about Korea"),), (token.start, token.end)
    )


KOREAS = {"North": "PRK", "South": "KOR"}


def _owned_institution(reading: Reading, sentence: Sentence, token: Token, mention: Mention) -> Reference | None:
    """Resolve a name that many states have one of, a people or region of several, by its owner: "the French Senate"."""
    entry = mention.entry
    shared = entry.ambiguous and entry.form in ("institution", "metonym", "organisation")
    group = entry.form == "group" and (entry.sector == "PTY" or len({e.code for e in mention.entries}) > 1)
    if not shared and entry.form != "collective" and not group:
        return None
    if entry.form == "collective":
        owners = nouns.adjectives(reading, sentence, token.i)
    elif entry.form == "group":
        owners = nouns.adjectives(reading, sentence, token.i) or nouns.origins(reading, sentence, token.i)
    else:
        owners = nouns.possessors(reading, sentence, token.i) or nouns.adjectives(reading, sentence, token.i)
    if not owners or (len(owners) == 1 and entry.code == owners[0].code):
        return None
    actors = [Actor(o.code, reading.words(sentence, token.i), entry.sector, o.entity, "role") for o in owners]
    return reading.refer(sentence, token.i, "place" if entry.form == "collective" else "role", actors)


def _read(sentence: Sentence, token: Token, mention: Mention) -> tuple[Entry, Link]:
    """Return what a name means in its place, and the link: a city after "in" is the city, as agent its government."""
    entry = mention.entry
    if entry.form in ("demonym", "people"):
        return entry, "adjective" if _is_modifier(sentence, token) else "role"
    if entry.form == "place" and token.pos == "ADJ" and _is_modifier(sentence, token):
        return entry, "adjective"
    seat = next((e for e in mention.entries if e.form in SEATS), None)
    if seat is not None and _is_where(sentence, token):
        return seat, "place"
    return (
        entry,
        "place"
        if entry.form == "place" and entry.sector is None and token.dep not in MODIFIER and token.relation != "nsubj"
        else "name",
    )


def _is_modifier(sentence: Sentence, token: Token) -> bool:
    while token.dep == "conj" and token.head != token.i:
        token = sentence.tokens[token.head]
    return token.dep in ("amod", "compound") or (
        token.pos == "ADJ" and token.relation not in ("nsubj", "obj", "obl", "nmod", "root")
    )


def _is_where(sentence: Sentence, token: Token) -> bool:
    while token.dep == "conj" and token.head != token.i:
        token = sentence.tokens[token.head]
    prepositions = {t.text.lower() for t in sentence.dependents(token.i, "case")}
    if prepositions & WHERE:
        return True
    return "to" in prepositions and sentence.tokens[token.head].lemma in MOTION


def _unplaced(text: str, entry: Entry) -> Actor:
    return Actor(None, text, entry.sector, entry.entity, "group", "a group of no one state")


# --- people -------------------------------------------------------------------------------------------------------------


def person(reading: Reading, sentence: Sentence, token: Token) -> Reference | None:
    """Resolve a person's name: introduced in the text, met before, or known to the leader tables on that day."""
    someone = reading.people(sentence).get(token.i)
    if someone is None:
        return _surname_again(reading, sentence, token)
    acquaintance = introduce(reading, sentence, someone)
    span = (sentence.tokens[someone.first].start, sentence.tokens[someone.last].end)
    if acquaintance is None:
        unknown = Actor(
            None, someone.name, entity=someone.name, kind="person", reason="a person of whom neither text nor tables tell a state"
        )
        return reading.refer(sentence, token.i, "none", (unknown,), span)
    return reading.refer(sentence, token.i, "name", (_said(acquaintance, someone),), span)


def _said(acquaintance: Acquaintance, someone: Person) -> Actor:
    actor = acquaintance.actor
    return Actor(actor.code, someone.name, actor.sector, actor.entity, "person", actor.reason)


def _surname_again(reading: Reading, sentence: Sentence, token: Token) -> Reference | None:
    """Resolve a surname that the tagger did not take for a person's, where the document has met its bearer."""
    if token.pos != "PROPN" or reading.mention_around(sentence.index, token.i) is not None:
        return None
    someone = Person(sentence.index, token.i, token.i, token.i, token.text)
    acquaintance = reading.acquaintances.get(someone.surname)
    if acquaintance is None or token.dep in ("flat", "compound"):
        return None
    return reading.refer(sentence, token.i, "name", (_said(acquaintance, someone),), (token.start, token.end))
