"""Definite descriptions of states: "the country", "the kingdom", "the capital", "the two sides"."""

from __future__ import annotations

from entente.records.actors import Actor
from entente.records.annotations import Reference, Sentence, Token
from entente.resolving.coreference import first_conjunct, holds_subject, subjects_above
from entente.resolving.focus import acted_on
from entente.resolving.index import fold
from entente.resolving.mentions import noun_lemma
from entente.resolving.nouns import adjectives, origins, possessors
from entente.resolving.reading import Reading
from entente.resolving.sets import NUMBER_NOUNS, NUMBERS, find_set
from entente.resolving.words import (
    COUNTRIES,
    FOREIGN_DEEDS,
    FOREIGN_NOUNS,
    ISLANDS,
    KINDS_OF_STATE,
    PEOPLE_OF_STATES,
    REGIONS,
    SETS,
    SOVIET,
    TOGETHER,
)

CAPITALS = frozenset(("capital",))
OWN_COUNTRY_PENALTY = 4.0
SPEAKER_BONUS = 2.0
TOPIC_OUT_OF_SIGHT = 3.0
LEAVING = frozenset(("leave", "enter", "flee", "quit", "exit"))
KIND_WINDOW = 6
ORGANISATION_WINDOW = 20


def definite(sentence: Sentence, token: Token) -> bool:
    """Return whether a phrase has a definite determiner: the, this, that, these, both."""
    return any(
        t.text.lower() in ("the", "this", "that", "these", "those", "both")
        for t in sentence.dependents(token.i, "det", "det:predet", "cc:preconj")
    )


OF_TWO = frozenset(("both", "either", "neither"))


def number_of(sentence: Sentence, token: Token) -> int | None:
    """Return how many a phrase says there are: "the three countries", "both sides"."""
    for child in sentence.dependents(token.i, "nummod", "det", "cc:preconj", "det:predet", "amod"):
        word = child.text.lower()
        if word in OF_TWO:
            return 2
        if word in NUMBERS:
            return NUMBERS[word]
    return None


def country(reading: Reading, sentence: Sentence, token: Token) -> Reference | None:
    """Resolve "the country", "the emirate", "the former Soviet republic", "his country" to one state."""
    word = noun_lemma(token)
    if word not in COUNTRIES and not (word == "republic" and definite(sentence, token)):
        return None
    owners = possessors(reading, sentence, token.i)
    if owners:
        return reading.refer(sentence, token.i, "description", owners)
    if word == "island" and "Number=Plur" in token.feats and definite(sentence, token) and not _is_narrowed(sentence, token):
        return _salient_country(reading, sentence, token, ISLANDS)
    if "Number=Plur" in token.feats and token.text.lower() != word:
        return None
    demonyms = adjectives(reading, sentence, token.i)
    named = _kin(reading, sentence, token) or _so_called(reading, sentence, token, word) or KINDS_OF_STATE.get(word)
    if demonyms and named is None:
        return reading.refer(sentence, token.i, "role", demonyms)
    if not definite(sentence, token):
        return None
    said_of = sentence.first(token.i, "nsubj") if sentence.first(token.i, "cop") is not None else None
    if said_of is not None and named is None:
        actors = reading.actors(sentence, said_of.i)
        return reading.refer(sentence, token.i, "description", actors) if actors else None
    for inner in sentence.dependents(token.i, "nmod", "appos"):
        reference = reading.reference(sentence, inner.i) if reading.mention(sentence.index, inner.i) else None
        if reference is not None:
            return reading.refer(sentence, token.i, "description", reference.actors)
    leader = reading.introduced_by(sentence, token.head) if token.dep == "nmod:poss" else None
    entry = reading.leader_entry(leader) if leader is not None else None
    if entry is not None and entry.code is not None:
        state = reading.state(entry.code, reading.words(sentence, token.i), f"the state of {entry.entity}")
        return reading.refer(sentence, token.i, "description", (state,))
    return _salient_country(reading, sentence, token, named)


def _so_called(reading: Reading, sentence: Sentence, token: Token, word: str) -> frozenset[str] | None:
    """Return the state that the text called by the same noun before: "the Taliban’s emirate … the emirate"."""
    if word in ("country", "nation", "state"):
        return None
    for antecedent in reading.discourse.before(sentence.index, token.i, ORGANISATION_WINDOW):
        if antecedent.noun == word and len(antecedent.actors) == 1 and antecedent.actors[0].code in reading.index.names:
            return frozenset((str(antecedent.actors[0].code),))
    return None


def _is_narrowed(sentence: Sentence, token: Token) -> bool:
    """Return whether an adjective, a number or a complement says which ones: "the disputed islands"."""
    return any(True for _ in sentence.dependents(token.i, "amod", "compound", "nummod", "nmod", "acl", "acl:relcl"))


def _kin(reading: Reading, sentence: Sentence, token: Token) -> frozenset[str] | None:
    """Return the codes that an adjective narrows a description to ("Nordic", "former Soviet"); None where none does."""
    mention = reading.mention(sentence.index, token.i)
    if mention is not None and mention.entry.form == "collective" and set(mention.entry.members) <= set(reading.index.names):
        return frozenset(mention.entry.members)
    for child in sentence.dependents(token.i, "amod", "compound"):
        word = fold(child.text)
        if word == "soviet":
            return SOVIET
        if word in reading.index.blocs:
            return reading.index.blocs[word]
    return None


def _salient_country(reading: Reading, sentence: Sentence, token: Token, among: frozenset[str] | None) -> Reference | None:
    barred: set[str | None] = set()
    window = 2 if among is None else KIND_WINDOW
    weights = reading.discourse.state_weights(sentence.index, token.i, window, topic=4.0)
    if first_conjunct(sentence, token.i).relation != "nsubj":
        leaving = token.dep == "obj" and sentence.tokens[token.head].lemma in LEAVING
        barred = _subject_codes(reading, sentence, token, "state") if among is None and not leaving else set()
        for code in _subject_codes(reading, sentence, token, "state") if leaving else ():
            weights[str(code)] += OWN_COUNTRY_PENALTY
        others = _subject_codes(reading, sentence, token, "person") | _subject_codes(reading, sentence, token, "group")
        for code in others | _named_owner(reading, sentence, token):
            weights[str(code)] -= OWN_COUNTRY_PENALTY
    else:
        barred = acted_on(reading, sentence, token.i)
    barred |= _said_of(reading, sentence, token) | _dealing_with_it(reading, sentence, token)
    for above in subjects_above(sentence, token.i)[1:2]:
        for actor in reading.actors(sentence, above):
            weights[str(actor.code)] += SPEAKER_BONUS if actor.code in weights else 0.0
    topic = reading.dominant()
    if topic is not None:
        weights.setdefault(topic, TOPIC_OUT_OF_SIGHT)
    codes = [c for c in weights if c in reading.index.names and c not in barred and (among is None or c in among)]
    if not codes and among is not None:
        codes = [code for code, _ in reading.topic.most_common() if code in among and code not in barred][:1]
    if not codes:
        return None
    best = max(codes, key=lambda c: weights.get(c, 0.0))
    state = reading.state(best, reading.words(sentence, token.i), "most prominent before")
    return reading.refer(sentence, token.i, "description", (state,))


def _said_of(reading: Reading, sentence: Sentence, token: Token) -> set[str | None]:
    """Return the codes of what an apposition around a possessor is said of: "Oslo, the country’s biggest donor,"."""
    phrase = sentence.tokens[token.head]
    if token.dep != "nmod:poss" or phrase.dep != "appos":
        return set()
    return {actor.code for actor in reading.actors(sentence, phrase.head)}


def _dealing_with_it(reading: Reading, sentence: Sentence, token: Token) -> set[str | None]:
    """Return the codes of whoever does to a country what one does to another: "banned trade with the country", "overran it"."""
    if holds_subject(sentence, token.i):
        return set()
    path = [token, *sentence.ancestors(token.i)]
    verb = next((t for t in path if t.pos == "VERB"), None)
    if verb is None or not (
        (verb.lemma in FOREIGN_DEEDS and token.relation in ("obj", "nmod")) or any(t.lemma.lower() in FOREIGN_NOUNS for t in path)
    ):
        return set()
    return {actor.code for actor in _subject_actors(reading, sentence, token)}


def _subject_codes(reading: Reading, sentence: Sentence, token: Token, kind: str) -> set[str | None]:
    """Return the codes of the clause's subject where it is of a kind; a government or body may speak of its own country."""
    subjects = subjects_above(sentence, token.i)[:1]
    mention = reading.mention(sentence.index, subjects[0]) if subjects else None
    if mention is not None and mention.entry.form in ("capital", "metonym") and token.dep == "nmod:poss":
        return set()
    return {actor.code for actor in _subject_actors(reading, sentence, token) if actor.kind == kind}


def _subject_actors(reading: Reading, sentence: Sentence, token: Token) -> list[Actor]:
    """Return whom the subject of the clause around a phrase names."""
    return [actor for subject in subjects_above(sentence, token.i)[:1] for actor in reading.actors(sentence, subject)]


def _named_owner(reading: Reading, sentence: Sentence, token: Token) -> set[str | None]:
    """Return the codes of the clause's subject where it says whose it is: "the Iraqi army overran the country".

    Of people in their own country a text would say "the army".
    """
    subjects = subjects_above(sentence, token.i)[:1]
    if not any(possessors(reading, sentence, i) or adjectives(reading, sentence, i) for i in subjects):
        return set()
    return _subject_codes(reading, sentence, token, "role")


def region(reading: Reading, sentence: Sentence, token: Token) -> Reference | None:
    """Resolve "the region", "the enclave" to the breakaway region that was named last, and "the breakaway region of X"."""
    if noun_lemma(token) not in REGIONS or not definite(sentence, token):
        return None
    if "Number=Plur" in token.feats:
        return _regions(reading, sentence, token)
    named = origins(reading, sentence, token.i)
    if named:
        return reading.refer(sentence, token.i, "place", named)
    for antecedent in reading.discourse.before(sentence.index, token.i, 6):
        actors = [actor for actor in antecedent.actors if actor.sector == "PRE"]
        if actors:
            return reading.refer(sentence, token.i, "description", actors)
    return None


def _regions(reading: Reading, sentence: Sentence, token: Token) -> Reference | None:
    """Resolve "the two breakaway regions" to the state that they broke away from, as the text named them."""
    if not any(t.text.lower() in BROKEN_AWAY for t in sentence.dependents(token.i, "amod", "compound")):
        return None
    parties = (
        a for m in reading.discourse.before(sentence.index, token.i, ORGANISATION_WINDOW) for a in m.actors if a.sector == "PRE"
    )
    actor = next(parties, None)
    return reading.refer(sentence, token.i, "description", (actor,)) if actor is not None else None


BROKEN_AWAY = frozenset(("breakaway", "separatist", "secessionist", "rebel", "self-declared", "self-proclaimed", "unrecognised"))


def capital(reading: Reading, sentence: Sentence, token: Token) -> Reference | None:
    """Resolve "the capital" to the state in focus, as a place."""
    if noun_lemma(token) not in CAPITALS or "Number=Plur" in token.feats or not definite(sentence, token):
        return None
    owners = adjectives(reading, sentence, token.i) or origins(reading, sentence, token.i)
    if owners:
        return reading.refer(sentence, token.i, "place", owners)
    code = reading.dominant()
    if code is None:
        weights = reading.discourse.state_weights(sentence.index, token.i, 1)
        states = [c for c in weights if c in reading.index.names]
        code = max(states, key=weights.__getitem__) if states else None
    if code is None:
        return None
    return reading.refer(sentence, token.i, "place", (reading.state(code, reading.words(sentence, token.i), "state in focus"),))


def several(reading: Reading, sentence: Sentence, token: Token) -> Reference | None:
    """Resolve "the two countries", "both sides", "the three governments", "the parties" to the actors named before."""
    word = noun_lemma(token)
    if word in NUMBER_NOUNS and definite(sentence, token) and not any(True for _ in sentence.dependents(token.i, "nmod")):
        actors = find_set(reading, sentence, token.i, NUMBER_NOUNS[word])
        return reading.refer(sentence, token.i, "description", actors) if actors else None
    number = number_of(sentence, token)
    plural = "Number=Plur" in token.feats or (number or 0) > 1
    if word not in SETS or not plural or possessors(reading, sentence, token.i):
        return None
    if number is None and (word not in TOGETHER or not definite(sentence, token)):
        return None
    if word in PEOPLE_OF_STATES and number != 2:
        return None
    of_two = any(t.text.lower() in OF_TWO for t in sentence.dependents(token.i, "det", "cc:preconj", "det:predet"))
    if number is not None and not (definite(sentence, token) or of_two or word in ("side",)):
        return None
    among = _kin(reading, sentence, token)
    if among is None and any(a.code in reading.index.names for a in adjectives(reading, sentence, token.i)):
        return None
    actors = find_set(reading, sentence, token.i, number, among)
    return reading.refer(sentence, token.i, "description", actors) if actors else None
