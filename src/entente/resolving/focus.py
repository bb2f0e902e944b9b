"""The state that a text is speaking of where it names none: whose parliament, whose police, whose foreign minister."""

from __future__ import annotations

from entente.records.actors import Actor
from entente.records.annotations import Sentence, Token
from entente.resolving.reading import Reading
from entente.resolving.words import PLACE_PREPOSITIONS

REASON = "state in focus"
TOPIC_WEIGHT = 10.0
LOCAL_WEIGHT = 3.0


def state_in_focus(reading: Reading, sentence: Sentence, i: int, *, domestic: bool = False) -> Actor | None:
    """Return the state that a role without an owner belongs to, or None where nothing tells.

    Args:
        reading: The document.
        sentence: The sentence of the role.
        i: The role's head.
        domestic: Whether the role acts within its state (police, protesters), so that the place of the clause decides.
    """
    text = reading.words(sentence, i)
    code = None
    if domestic:
        code = place_of_clause(reading, sentence, i)
    elif sentence.tokens[i].relation == "nsubj":
        code = _fronted_place(reading, sentence, i)
    code = code or _subject_reported_on(reading, sentence, i) or _most_prominent(reading, sentence, i)
    return reading.state(code, text, REASON) if code is not None else None


def place_of_clause(reading: Reading, sentence: Sentence, i: int) -> str | None:
    """Return the state where the clause around a phrase is placed: "in Istanbul", "outside the embassy in Stockholm"."""
    for ancestor in sentence.ancestors(i):
        for child in sentence.dependents(ancestor.i, "obl"):
            if child.i != i and (code := _place_of(reading, sentence, child)):
                return code
        for thing in sentence.dependents(ancestor.i, "obj"):
            if thing.i != i and (code := _place_of_thing(reading, sentence, thing)):
                return code
        if ancestor.pos == "VERB":
            return None
    return None


def _place_of_thing(reading: Reading, sentence: Sentence, thing: Token) -> str | None:
    """Return the state where what is acted on stands: "the camps in Cairo", "the suburbs of Osh"."""
    for token in sentence.dependents(thing.i, "nmod"):
        mention = reading.mention(sentence.index, token.i)
        where = {t.text.lower() for t in sentence.dependents(token.i, "case")}
        if mention is not None and (
            (where & PLACE_PREPOSITIONS and mention.entry.form in ("name", "capital", "place"))
            or ("of" in where and mention.entry.form in ("capital", "place"))
        ):
            return mention.entry.code
        inner = _place_of_thing(reading, sentence, token) if "of" in where and mention is None else None
        if inner is not None:
            return inner
    return None


def _fronted_place(reading: Reading, sentence: Sentence, i: int) -> str | None:
    """Return the state of a place that opens the clause: "In Khartoum the army …"."""
    verb = sentence.tokens[i].head
    fronted = (t for t in sentence.dependents(verb, "obl") if t.i < i)
    return next((code for t in fronted if (code := _place_of(reading, sentence, t))), None)


def _place_of(reading: Reading, sentence: Sentence, phrase: Token) -> str | None:
    inner = next((code for t in sentence.dependents(phrase.i, "nmod") if (code := _named_place(reading, sentence, t))), None)
    return inner or _named_place(reading, sentence, phrase)


def _named_place(reading: Reading, sentence: Sentence, phrase: Token) -> str | None:
    """Return the state of a phrase with a preposition of place that names a place, or a part of one ("the centre of Yerevan")."""
    prepositions = {t.text.lower() for t in sentence.dependents(phrase.i, "case")}
    mention = reading.mention(sentence.index, phrase.i)
    if not prepositions & (PLACE_PREPOSITIONS | {"of", "into"}):
        return None
    if mention is not None and mention.entry.form in ("name", "capital", "place"):
        return mention.entry.code
    return next((code for t in sentence.dependents(phrase.i, "nmod") if (code := _named_place(reading, sentence, t))), None)


def _subject_reported_on(reading: Reading, sentence: Sentence, i: int) -> str | None:
    """Return the state of what a ministry or spokesman without a state speaks about: "Iranian forces …, the ministry said"."""
    token = sentence.tokens[i]
    if token.relation != "nsubj":
        return None
    verb = sentence.tokens[token.head]
    clauses = [t.i for t in sentence.dependents(verb.i, "ccomp", "parataxis")]
    if verb.dep in ("parataxis", "ccomp"):
        clauses.append(verb.head)
    for clause in clauses:
        for subject in sentence.dependents(clause, "nsubj"):
            for actor in reading.actors(sentence, subject.i) if subject.i != i and subject.pos != "PRON" else ():
                if actor.code in reading.index.names:
                    return actor.code
    return None


def _most_prominent(reading: Reading, sentence: Sentence, i: int) -> str | None:
    """Return the state that the document is most about, the sentences before a second witness; never one acted on here."""
    barred = acted_on(reading, sentence, i)
    local = reading.discourse.state_weights(sentence.index, i, 2, topic=0.0)
    most = max(reading.topic.values(), default=1)
    weights = {
        code: TOPIC_WEIGHT * count / most + min(LOCAL_WEIGHT, local.get(code, 0.0))
        for code, count in reading.topic.items()
        if code not in barred
    }
    if not weights and len(reading.topic) == 1:
        return next(iter(reading.topic))
    return max(weights, key=weights.__getitem__) if weights else None


def acted_on(reading: Reading, sentence: Sentence, i: int) -> set[str | None]:
    """Return the codes of the objects of the verb whose subject a phrase is: whoever accuses the Kremlin is not the Kremlin."""
    token = sentence.tokens[i]
    while token.relation in ("nmod", "flat", "appos", "compound") and token.head != token.i:
        token = sentence.tokens[token.head]
    if token.relation != "nsubj":
        return set()
    objects = {j for t in sentence.dependents(token.head, "obj", "obl", "iobj") for j in (t.i, *sentence.children[t.i])}
    return {mention.entry.code for j in objects if j > i and (mention := reading.mention(sentence.index, j))}
