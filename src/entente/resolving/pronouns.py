"""Personal and possessive pronouns, and words of quantity that stand alone ("both", "the two", "neither")."""

from __future__ import annotations

from collections.abc import Callable

from entente.records.annotations import Reference, Sentence, Token
from entente.resolving.coreference import (
    Antecedent,
    has_case,
    subject_after,
    subjects_above,
)
from entente.resolving.favour import places, with_topic
from entente.resolving.mentions import noun_lemma
from entente.resolving.reading import Reading
from entente.resolving.relatives import pronoun_of
from entente.resolving.words import (
    ACTOR_OBJECTS,
    AGENT_VERBS,
    GIVING,
    IMPERSONAL,
    LEFT_OPEN,
    SAYING,
    SHARES,
    SPEAKER,
    THING_OBJECTS,
    TIMES,
    TRADING,
)

MASCULINE = frozenset(("he", "him", "his", "himself"))
FEMININE = frozenset(("she", "her", "hers", "herself"))
NEUTER = frozenset(("it", "its", "itself"))
PLURAL = frozenset(("they", "them", "their", "theirs", "themselves"))
CLEFT_REACH = 8


def personal(reading: Reading, sentence: Sentence, token: Token) -> Reference | None:
    """Resolve "he", "its", "them" to the most prominent mention that agrees, the clause's own subject barred for objects."""
    word = token.text.lower()
    if word in SPEAKER:
        return _speaker(reading, sentence, token)
    fits = _agreement(word)
    if token.dep == "nmod:poss" and noun_lemma(sentence.tokens[token.head]) in TIMES and word in NEUTER:
        return None
    if fits is None or _is_empty_subject(sentence, token):
        return None
    ahead = _reflexive(reading, sentence, token) or _ahead(reading, sentence, token)
    if ahead is not None:
        return ahead
    barred, bonus = places(reading, sentence, token)
    bonus = with_topic(reading, sentence, token, bonus)
    found = reading.discourse.choose(sentence.index, token.i, _selected(sentence, token, fits), barred=barred, bonus=bonus)
    if found is None and _is_possessive(token):
        found = reading.discourse.choose(sentence.index, token.i, _selected(sentence, token, fits), bonus=bonus)
    if found is None or not found.actors or (found.nature == "thing" and token.dep != "nmod:poss"):
        return None
    reading.antecedents[sentence.index, token.i] = found
    return pronoun_of(reading, sentence, token, found.actors)


def _reflexive(reading: Reading, sentence: Sentence, token: Token) -> Reference | None:
    """Resolve "itself", "themselves" to the name it leans on ("Oslo itself") or to its clause’s subject ("bound itself")."""
    if not token.text.lower().endswith(("self", "selves")):
        return None
    beside = reading.mention_around(sentence.index, token.i - 1) if token.i else None
    subjects = subjects_above(sentence, token.i)
    for i in (*((beside.head,) if beside is not None else ()), *subjects[:1]):
        antecedent, actors = reading.antecedent(sentence, i), reading.actors(sentence, i)
        if actors and (antecedent is None or antecedent.nature != "thing"):
            if antecedent is not None:
                reading.antecedents[sentence.index, token.i] = antecedent
            return pronoun_of(reading, sentence, token, actors)
    return None


def _is_possessive(token: Token) -> bool:
    """Return whether a pronoun is a possessor: "their", "its"."""
    return token.dep == "nmod:poss"


def _ahead(reading: Reading, sentence: Sentence, token: Token) -> Reference | None:
    """Resolve a pronoun in a fronted phrase to the subject that follows: "In its reply, Oslo …", "Before he left, N. N. …"."""
    subject = subject_after(sentence, token.i)
    reference = reading.reference(sentence, subject) if subject is not None else None
    if subject is None or reference is None or reference.link not in ("name", "role") or not reference.actors:
        return None
    noun, actor, word = sentence.tokens[subject], reference.actors[0], token.text.lower()
    coordinated_subject = sentence.first(subject, "conj") is not None
    if word in PLURAL:
        agrees = coordinated_subject or (noun.pos == "NOUN" and "Number=Plur" in noun.feats)
    elif word in NEUTER:
        agrees = actor.kind in ("state", "organisation", "group", "bloc") and not coordinated_subject
    else:
        agrees = actor.kind == "person" and not coordinated_subject
    return pronoun_of(reading, sentence, token, reading.actors(sentence, subject)) if agrees else None


def _agreement(word: str) -> Callable[[Antecedent], bool] | None:
    if word in MASCULINE:
        return lambda a: a.nature == "person" and a.gender != "f"
    if word in FEMININE:
        return lambda a: a.nature == "person" and a.gender != "m"
    if word in NEUTER:
        return lambda a: a.nature in ("state", "body", "thing") and not a.plural and all(x.code for x in a.actors)
    if word in PLURAL:
        return lambda a: a.plural or a.nature in ("people", "set") or _is_party(a)
    return None


def reciprocal(reading: Reading, sentence: Sentence, token: Token) -> Reference | None:
    """Resolve "each other", "one another" and, of a pair, "each … the other" to the subject's several actors."""
    following = sentence.tokens[token.i + 1].text.lower() if token.i + 1 < len(sentence.tokens) else ""
    word = token.text.lower()
    last = token.i
    if (word, following) in (("each", "other"), ("one", "another")):
        last += 1
    elif not (word == "other" and token.relation in ("obj", "obl", "nmod") and _each_before(sentence, token)):
        return None
    for subject in subjects_above(sentence, token.i)[:1]:
        actors = reading.actors(sentence, subject)
        if len(actors) > 1:
            return reading.refer(sentence, token.i, "pronoun", actors, (token.start, sentence.tokens[last].end))
    return None


def _each_before(sentence: Sentence, token: Token) -> bool:
    before = [t.text.lower() for t in sentence.tokens[: token.i]]
    return before[-1:] == ["the"] and "each" in before


FACTUAL = frozenset(("false", "true", "untrue", "clear", "unclear", "possible", "impossible", "likely", "unlikely", "uncertain"))


OCCASIONS = frozenset(("turn", "time", "moment", "day", "week", "month", "year", "summer", "winter", "spring", "autumn"))
"""Of these "it" is said without meaning anybody: "it was the turn of Oslo"."""


def _is_party(antecedent: Antecedent) -> bool:
    """Return whether a mention names a group of people that "they" may take up: "the Taliban", "the Houthis"."""
    return antecedent.nature == "state" and any(actor.kind == "group" for actor in antecedent.actors)


def _is_empty_subject(sentence: Sentence, token: Token) -> bool:
    """Return whether "it" stands for nothing or for a clause: "it is likely that …", "it was Turkey that …"."""
    if token.text.lower() != "it":
        return False
    if token.relation == "expl":
        return True
    head = sentence.tokens[token.head]
    if token.dep == "nsubj:pass" and head.i > token.i and _is_impersonal(sentence, head):
        return True
    if token.relation != "nsubj" or sentence.first(head.i, "cop") is None:
        return False
    if head.lemma.lower() in FACTUAL or head.lemma.lower() in OCCASIONS:
        return True
    clausal = any(True for _ in sentence.dependents(head.i, "csubj", "ccomp"))
    after = sentence.tokens[head.i + 1 : head.i + CLEFT_REACH]
    cleft = head.pos == "PROPN" and any(t.text.lower() in ("that", "who", "which") for t in after)
    infinitive = head.pos == "ADJ" and any(t.dep in ("xcomp", "advcl") for t in sentence.dependents(head.i, "xcomp", "advcl"))
    return clausal or cleft or infinitive


def _is_impersonal(sentence: Sentence, verb: Token) -> bool:
    """Return whether a passive says what its clause says: "it was agreed that …", "it was left to Oslo to …"."""
    if verb.lemma in LEFT_OPEN and any(True for _ in sentence.dependents(verb.i, "xcomp", "csubj", "advcl", "acl")):
        return True
    return verb.lemma in IMPERSONAL and any(True for _ in sentence.dependents(verb.i, "ccomp", "csubj"))


def _selected(sentence: Sentence, token: Token, fits: Callable[[Antecedent], bool]) -> Callable[[Antecedent], bool]:
    """Narrow agreement by what the verb takes: actors accuse, treaties are signed."""
    verb = sentence.tokens[token.head]
    if token.text.lower() in NEUTER and has_case(sentence, token.i, "of") and (verb.pos == "NUM" or noun_lemma(verb) in SHARES):
        return lambda a: fits(a) and a.nature == "thing"
    if token.relation == "nsubj" and verb.lemma in AGENT_VERBS:
        return lambda a: fits(a) and a.nature != "thing"
    if token.relation == "iobj" or (
        token.relation in ("obj", "obl", "nsubj") and token.dep != "nsubj" and verb.lemma in ACTOR_OBJECTS
    ):
        return lambda a: fits(a) and a.nature != "thing"
    if token.text.lower() in NEUTER and (_is_given_something(sentence, token) or _is_traded_with(sentence, token)):
        return lambda a: fits(a) and a.nature != "thing"
    if token.text.lower() in NEUTER and token.relation in ("obj", "obl") and verb.lemma in THING_OBJECTS:
        return lambda a: fits(a) and a.nature == "thing"
    return fits


def _is_given_something(sentence: Sentence, token: Token) -> bool:
    """Return whether "it" stands between a verb of giving and a thing: "sells it 70% of its goods", "lends it its territory"."""
    if token.text.lower() != "it" or token.i + 1 >= len(sentence.tokens) or sentence.tokens[token.i - 1].lemma not in GIVING:
        return False
    following = sentence.tokens[token.i + 1]
    return following.pos in ("NUM", "DET", "NOUN", "ADJ", "SYM") or "Poss=Yes" in following.feats


def _is_traded_with(sentence: Sentence, token: Token) -> bool:
    """Return whether something is bought of "it", owed or sent to "it": "buys more gas from it", "owes two thirds to it"."""
    phrase = next((t for t in sentence.ancestors(token.i) if t.pos == "VERB"), None)
    if token.relation not in ("obl", "nmod") or phrase is None or phrase.lemma not in TRADING:
        return False
    return has_case(sentence, token.i, "from") or has_case(sentence, token.i, "to")


def _speaker(reading: Reading, sentence: Sentence, token: Token) -> Reference | None:
    """Resolve "I" and "we" to whoever is said to say the sentence."""
    for ancestor in (token, *sentence.ancestors(token.i)):
        reporters = [t.i for t in sentence.dependents(ancestor.i, "parataxis") if t.lemma in SAYING]
        if ancestor.dep in ("ccomp", "parataxis"):
            reporters.append(ancestor.head)
        for reporter in reporters:
            for subject in sentence.dependents(reporter, "nsubj"):
                if (
                    subject.i != token.i
                    and subject.text.lower() not in SPEAKER
                    and (actors := reading.actors(sentence, subject.i))
                ):
                    return pronoun_of(reading, sentence, token, actors)
    return None
