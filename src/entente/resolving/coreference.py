"""What pronouns and descriptions stand for: salience, agreement, and the subject that a clause goes on with.

Every mention that can be taken up again is kept as an :class:`Antecedent`. A later pronoun adds up, per referent, the weights of
its mentions, faded by each sentence that lies between; the clause's own subject, the subject of the clause above and the
document's topic get a bonus. Weights and fading were set by hand on sentences of our own.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterator
from typing import Literal

from msgspec import Struct

from entente.records.actors import Actor
from entente.records.annotations import Sentence, Token
from entente.resolving.words import SUBJECT_CONTROL

Nature = Literal["person", "people", "state", "body", "set", "thing"]
Key = tuple[str, ...]

FADING = 0.4
WINDOW = 3
MOST = 250
"""Mentions looked at before a pronoun: more than three sentences ever hold, fewer than a list of thousands."""
RANKS = {"nsubj": 3.0, "obj": 2.0, "iobj": 2.2, "obl": 1.0, "nmod": 0.8, "appos": 1.5, "amod": 0.5, "compound": 0.5}
ROOT_BONUS = 1.0
RELATIVE_MALUS = 1.3
SAME_SENTENCE = 1.0
RECENCY = 0.5
AGAIN = 0.25
THING = 0.6
CONJUNCT = 0.4
TYPICAL_LENGTH = 25
POSSESSOR = 1.5
AGENT = 1.5
NOMINAL_CLAUSE = frozenset(("nsubj", "csubj"))


class Antecedent(Struct, frozen=True):
    """A mention that can be taken up again.

    Attributes:
        sentence: Index of the sentence.
        token: Index of its head in the sentence.
        key: What it refers to: two mentions with one key are one referent.
        actors: Whom it leads to; empty for a thing.
        nature: What may take it up: he or she (person), they (people, set), it (state, body, thing).
        plural: Whether it is grammatically plural.
        weight: How prominent its place in the sentence is.
        noun: The lower-case word by which it was named or that its name ends on.
        gender: "m" or "f" where known.
    """

    sentence: int
    token: int
    key: Key
    actors: tuple[Actor, ...]
    nature: Nature
    plural: bool
    weight: float
    noun: str = ""
    gender: str | None = None


class Discourse:
    """What one document has mentioned so far, in the order of the text."""

    def __init__(self, topic: Counter[str]) -> None:
        self.topic = topic
        self._by_sentence: dict[int, list[Antecedent]] = defaultdict(list)
        self._at: dict[tuple[int, int], Antecedent] = {}

    def add(self, antecedent: Antecedent) -> None:
        """Take note of a mention."""
        self._by_sentence[antecedent.sentence].append(antecedent)
        self._at[antecedent.sentence, antecedent.token] = antecedent

    def before(self, sentence: int, token: int, window: int = WINDOW) -> Iterator[Antecedent]:
        """Yield the mentions before a token, nearest first, back to ``window`` sentences and ``MOST`` mentions in all."""
        seen = 0
        for s in range(sentence, max(-1, sentence - window - 1), -1):
            for antecedent in reversed(self._by_sentence.get(s, ())):
                if s < sentence or antecedent.token < token:
                    yield antecedent
                    seen += 1
                    if seen == MOST:
                        return

    def at(self, sentence: int, token: int) -> Antecedent | None:
        """Return the mention whose head is a token; a coordination, where it heads one."""
        return self._at.get((sentence, token))

    def choose(
        self,
        sentence: int,
        token: int,
        fits: Callable[[Antecedent], bool],
        *,
        barred: Collection[Key] = (),
        bonus: dict[Key, float] | None = None,
        window: int = WINDOW,
    ) -> Antecedent | None:
        """Return the nearest mention of the most prominent referent before a token, or None.

        Args:
            sentence: Sentence of the pronoun.
            token: The pronoun.
            fits: Whether a mention agrees with the pronoun.
            barred: Referents that it cannot mean, for example the subject of its own clause.
            bonus: What to add for some referents.
            window: How many sentences to look back.
        """
        weights: dict[Key, float] = defaultdict(float)
        nearest: dict[Key, Antecedent] = {}
        best: dict[tuple[Key, int], float] = defaultdict(float)
        for antecedent in self.before(sentence, token, window):
            if antecedent.key in barred or not fits(antecedent):
                continue
            nearest.setdefault(antecedent.key, antecedent)
            place = (antecedent.key, antecedent.sentence)
            weight = faded(antecedent, sentence, token)
            weights[antecedent.key] += AGAIN * min(weight, best[place]) + max(0.0, weight - best[place])
            best[place] = max(weight, best[place])
        for key, s in best:
            weights[key] += SAME_SENTENCE if s == sentence else 0.0
        for key, extra in (bonus or {}).items():
            if key in weights:
                weights[key] += extra
        return nearest[max(weights, key=weights.__getitem__)] if weights else None

    def strong_codes(self, sentence: int, token: int, window: int, weight: float) -> set[str | None]:
        """Return the codes that had at least ``weight`` at some mention before a token."""
        return {
            a.code
            for antecedent in self.before(sentence, token, window)
            if antecedent.weight >= weight
            for a in antecedent.actors
        }

    def state_weights(self, sentence: int, token: int, window: int = WINDOW, topic: float = 2.0) -> dict[str, float]:
        """Return how prominent each code is before a token; the document's topic adds up to ``topic``."""
        weights: dict[str, float] = defaultdict(float)
        for antecedent in self.before(sentence, token, window):
            share = 0.5 if antecedent.nature == "thing" else 1.0
            for actor in antecedent.actors:
                if actor.code is not None:
                    weights[actor.code] += share * faded(antecedent, sentence, token)
        most = max(self.topic.values(), default=0)
        for code in weights:
            weights[code] += topic * self.topic[code] / most if most else 0.0
        return weights


def faded(antecedent: Antecedent, sentence: int, token: int) -> float:
    """Return the weight of a mention as it stands at a later token."""
    if antecedent.sentence == sentence:
        return antecedent.weight + RECENCY * antecedent.token / max(1, token)
    return (antecedent.weight + RECENCY * min(1.0, antecedent.token / TYPICAL_LENGTH)) * FADING ** (
        sentence - antecedent.sentence
    )


# --- places in the sentence ---------------------------------------------------------------------------------------------


def rank(sentence: Sentence, i: int) -> float:
    """Return how prominent the place of a phrase in its sentence is; a conjunct stands where its first conjunct stands."""
    token = first_conjunct(sentence, i)
    if token.dep == "appos":
        return max(RANKS["appos"], 0.5 * rank(sentence, token.head))
    if token.dep == "nmod:poss":
        return POSSESSOR if sentence.tokens[token.head].relation in ("nsubj", "obj", "root") else 0.7 * POSSESSOR
    if token.dep == "obl:agent":
        return AGENT
    weight = RANKS.get(token.relation, 0.8)
    if token.relation == "nsubj":
        weight += _clause_weight(sentence, sentence.tokens[token.head])
    return weight


def _clause_weight(sentence: Sentence, verb: Token) -> float:
    """Return what the place of a clause adds to its subject: more in a main clause, less in one that modifies a noun."""
    clause = first_conjunct(sentence, verb.i)
    if clause.dep == "acl:relcl":
        return -RELATIVE_MALUS
    return ROOT_BONUS if clause.head == clause.i else 0.0


def has_case(sentence: Sentence, i: int, preposition: str) -> bool:
    """Return whether the phrase headed by a token has a preposition."""
    return any(token.text.lower() == preposition for token in sentence.dependents(i, "case"))


def first_conjunct(sentence: Sentence, i: int) -> Token:
    """Return the first of the coordinated phrases that a token heads."""
    token = sentence.tokens[i]
    while token.dep == "conj" and token.head != token.i:
        token = sentence.tokens[token.head]
    return token


def coordinated(sentence: Sentence, first: int) -> list[int]:
    """Return the heads of coordinated phrases, the first one first, however the conjuncts hang on each other."""
    found, stack = [], [first]
    while stack:
        i = stack.pop()
        found.append(i)
        stack += [t.i for t in sentence.dependents(i, "conj")]
    return sorted(found)


def subjects_above(sentence: Sentence, i: int) -> list[int]:
    """Return the subjects before a token of the clauses around it, the nearest clause first, those that hold it left out.

    A clause without a subject of its own goes on with that of the clause above.
    """
    found: list[int] = []
    below = sentence.tokens[i]
    for ancestor in sentence.ancestors(i):
        controllers = _controllers(sentence, ancestor, below)
        subjects = () if _is_beside(sentence, below) else sentence.dependents(ancestor.i, "nsubj", "csubj")
        for child in (*controllers, *subjects):
            if child.i < i and child.i != below.i and child.i not in found:
                found.append(child.i)
        below = ancestor
    return found


def subject_after(sentence: Sentence, i: int) -> int | None:
    """Return the subject that follows the fronted phrase or clause which holds a token: "In its reply, Oslo …"."""
    below = sentence.tokens[i]
    for ancestor in sentence.ancestors(i):
        subject = sentence.first(ancestor.i, "nsubj")
        if subject is not None and subject.i != below.i:
            fronted = below.relation in ("obl", "advcl") and below.i < subject.i and i < subject.i
            return subject.i if fronted else None
        below = ancestor
    return None


def subjects_beside(sentence: Sentence, i: int) -> list[int]:
    """Return the subjects of the clauses that stand beside those around a token: coordinated ones before it."""
    found: list[int] = []
    below = sentence.tokens[i]
    for ancestor in sentence.ancestors(i):
        if _is_beside(sentence, below):
            found += [t.i for t in sentence.dependents(ancestor.i, "nsubj") if t.i < i]
        below = ancestor
    return found


def _is_beside(sentence: Sentence, clause: Token) -> bool:
    """Return whether a clause is coordinated with the one above it and has a subject of its own."""
    return (
        clause.dep in ("conj", "parataxis")
        and clause.pos in ("VERB", "AUX", "ADJ")
        and sentence.first(clause.i, "nsubj") is not None
    )


def _controllers(sentence: Sentence, verb: Token, infinitive: Token) -> tuple[Token, ...]:
    """Return the object that does the infinitive below it: "Kyiv" of "forced Kyiv to halt its exports"."""
    if infinitive.dep != "xcomp" or verb.lemma in SUBJECT_CONTROL:
        return ()
    return tuple(t for t in sentence.dependents(verb.i, "obj", "iobj") if t.i < infinitive.i)


def holds_subject(sentence: Sentence, i: int) -> bool:
    """Return whether a token is a subject, or a part of one."""
    token = first_conjunct(sentence, i)
    while token.head != token.i:
        if token.relation in NOMINAL_CLAUSE:
            return True
        if sentence.tokens[token.head].pos in ("VERB", "AUX"):
            return False
        token = first_conjunct(sentence, token.head)
    return False
