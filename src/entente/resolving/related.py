"""Descriptions by what a state is to another: "its neighbour", "its former ruler", "its two allies"."""

from __future__ import annotations

import math

from entente.records.annotations import Reference, Sentence, Token
from entente.resolving.coreference import subjects_above
from entente.resolving.descriptions import definite, number_of
from entente.resolving.mentions import noun_lemma
from entente.resolving.nouns import adjectives, origins, possessors
from entente.resolving.reading import Reading
from entente.resolving.sets import find_set
from entente.resolving.words import (
    ALLIES,
    ALLIES_OF,
    FORMER_RULERS,
    GIANTS,
    RIVALS_OF,
)

NEIGHBOURS = frozenset(("neighbour", "neighbor"))
HOSTS = frozenset(("host",))
FOES = frozenset(("rival", "adversary", "foe", "enemy"))
RELATION_WINDOW = 3
KNOWN_BONUS = 3.0
KIND_WINDOW = 6


def neighbour(reading: Reading, sentence: Sentence, token: Token) -> Reference | None:
    """Resolve "its neighbour", "Kazakhstan’s neighbours": states on its borders that the text has named lately."""
    if noun_lemma(token) not in NEIGHBOURS:
        return None
    owners = possessors(reading, sentence, token.i)
    if not owners or owners[0].code not in reading.index.states:
        return None
    near = reading.index.states[str(owners[0].code)].neighbours
    weights = reading.discourse.state_weights(sentence.index, token.i, RELATION_WINDOW)
    barred = {o.code for o in owners} | _upper_codes(reading, sentence, token)
    codes = sorted((c for c in weights if c in near and c not in barred), key=lambda c: -weights[c])
    wanted = number_of(sentence, token) or (1 if "Number=Plur" not in token.feats else None)
    codes = _further_back(reading, sentence, token, codes, near, wanted)
    direction = _direction(sentence, token)
    if direction is not None:
        towards = _lying_towards(reading, str(owners[0].code), near - barred, direction)
        codes = [c for c in codes if c in towards] or towards
    if any(t.text.lower() in GREAT for t in sentence.dependents(token.i, "amod", "compound")) and wanted == 1:
        codes = [c for c in codes if c in GIANTS] or sorted(near & GIANTS - barred)[:1] or codes
    if not codes or (wanted is not None and len(codes) < wanted):
        return None
    text = reading.words(sentence, token.i)
    return reading.refer(
        sentence,
        token.i,
        "description",
        [reading.state(c, text, "a neighbour named before") for c in codes[: wanted or len(codes)]],
    )


def former_ruler(reading: Reading, sentence: Sentence, token: Token) -> Reference | None:
    """Resolve "its former colonial master", "the former colonial power" to the state that once ruled the one spoken of."""
    before = {t.text.lower() for t in sentence.dependents(token.i, "amod", "compound")}
    if noun_lemma(token) in ("colony", "possession", "protectorate", "dominion", "dependency"):
        return _former_colony(reading, sentence, token)
    if noun_lemma(token) not in ("master", "power", "ruler", "overlord", "coloniser", "colonizer") or not before & COLONIAL:
        return None
    owners = [a.code for a in (*possessors(reading, sentence, token.i), *origins(reading, sentence, token.i))]
    codes = owners or [reading.dominant()]
    ruler = next((r for r, ruled in FORMER_RULERS.items() if codes[0] in ruled), None)
    if ruler is None:
        return None
    state = reading.state(ruler, reading.words(sentence, token.i), "ruled it once")
    return reading.refer(sentence, token.i, "description", (state,))


def _former_colony(reading: Reading, sentence: Sentence, token: Token) -> Reference | None:
    """Resolve "its former colony" to the state named before that the possessor once ruled."""
    ruled = {code for a in possessors(reading, sentence, token.i) for code in FORMER_RULERS.get(str(a.code), ())}
    weights = reading.discourse.state_weights(sentence.index, token.i, KIND_WINDOW)
    codes = [c for c in weights if c in ruled]
    if not codes or "Number=Plur" in token.feats:
        return None
    state = reading.state(max(codes, key=weights.__getitem__), reading.words(sentence, token.i), "a former colony named before")
    return reading.refer(sentence, token.i, "description", (state,))


def _direction(sentence: Sentence, token: Token) -> float | None:
    """Return the bearing that a phrase names: "its southern neighbour", "its neighbour to the north"."""
    inner = [*sentence.dependents(token.i, "amod", "compound", "nmod", "obl")]
    return next((BEARINGS[t.text.lower()] for t in inner if t.text.lower() in BEARINGS), None)


def _lying_towards(reading: Reading, owner: str, near: frozenset[str] | set[str], direction: float) -> list[str]:
    """Return the neighbours that lie in a direction, the truest first."""
    places = reading.index.gazetteer.locations
    angles = {
        code: min(_apart(direction, _bearing(here, there)) for here in places[owner] for there in places[code])
        for code in near
        if owner in places and code in places
    }
    return sorted((code for code, angle in angles.items() if angle <= WIDEST), key=lambda code: angles[code])


def _bearing(here: tuple[float, float], there: tuple[float, float]) -> float:
    """Return the direction from one point to another on a flat map, in degrees from north by east."""
    east = ((there[1] - here[1] + 180) % 360 - 180) * math.cos(math.radians((here[0] + there[0]) / 2))
    return math.degrees(math.atan2(east, there[0] - here[0])) % 360


def _apart(one: float, other: float) -> float:
    return abs((one - other + 180) % 360 - 180)


WIDEST = 60.0
"""Degrees by which a neighbour may lie off the direction that is named."""

BEARINGS = {
    **dict.fromkeys(("north", "northern"), 0.0),
    **dict.fromkeys(("north-eastern", "northeastern"), 45.0),
    **dict.fromkeys(("east", "eastern"), 90.0),
    **dict.fromkeys(("south-eastern", "southeastern"), 135.0),
    **dict.fromkeys(("south", "southern"), 180.0),
    **dict.fromkeys(("south-western", "southwestern"), 225.0),
    **dict.fromkeys(("west", "western"), 270.0),
    **dict.fromkeys(("north-western", "northwestern"), 315.0),
}

COLONIAL = frozenset(("colonial", "imperial", "former", "old", "onetime", "erstwhile"))
GREAT = frozenset(("giant", "bigger", "larger", "powerful", "mighty", "huge", "big", "great", "mightier"))


def _upper_codes(reading: Reading, sentence: Sentence, token: Token) -> set[str | None]:
    """Return the codes of the subjects of the clauses around a phrase, things of an actor included."""
    references = [reading.reference(sentence, i) for i in subjects_above(sentence, token.i)]
    return {actor.code for reference in references if reference is not None for actor in reference.actors}


def _further_back(
    reading: Reading, sentence: Sentence, token: Token, codes: list[str], near: frozenset[str], wanted: int | None
) -> list[str]:
    """Add neighbours that the document is much about, or all there are where the number says so."""
    if wanted is None or len(codes) >= wanted:
        return codes
    if len(near) == wanted:
        return sorted(near)
    return [*codes, *(c for c, _ in reading.topic.most_common() if c in near and c not in codes)]


def ally(reading: Reading, sentence: Sentence, token: Token) -> Reference | None:
    """Resolve "its ally", "his host": another state that stands out, other than the possessor and the clause's subject."""
    word = noun_lemma(token)
    if word not in ALLIES and word not in HOSTS:
        return None
    named = adjectives(reading, sentence, token.i)
    if named:
        return reading.refer(sentence, token.i, "role", named)
    if token.dep == "appos":
        said_of = reading.reference(sentence, token.head)
        later = said_of is not None and any(t.i > token.i for t in sentence.dependents(token.head, "conj"))
        actors = said_of.actors if said_of is not None and later else reading.actors(sentence, token.head)
        return reading.refer(sentence, token.i, "description", actors) if actors else None
    owners = possessors(reading, sentence, token.i)
    number = number_of(sentence, token)
    if number is not None and number > 1 and owners and sentence.first(token.i, "cop") is None:
        allies = find_set(reading, sentence, token.i, number, without=frozenset(o.code for o in owners))
        return reading.refer(sentence, token.i, "description", allies) if allies else None
    if ("Number=Plur" in token.feats and word not in HOSTS) or not (owners or (word in HOSTS and definite(sentence, token))):
        return None
    attached = reading.introduced_by(sentence, token.i)
    if attached is not None or any(True for _ in sentence.dependents(token.i, "appos")):
        return _by_apposition(reading, sentence, token)
    if token.relation in ("xcomp", "root") or sentence.first(token.i, "cop") is not None or _after_as(sentence, token):
        return None
    known = RIVALS_OF if word in FOES else ALLIES_OF
    fellows = frozenset(c for o in owners for c in known.get(str(o.code), ()))
    return _other_state(reading, sentence, token, {o.code for o in owners}, fellows, place_first=word in HOSTS)


def _after_as(sentence: Sentence, token: Token) -> bool:
    return any(t.text.lower() == "as" for t in sentence.dependents(token.i, "case"))


def _by_apposition(reading: Reading, sentence: Sentence, token: Token) -> Reference | None:
    for child in sentence.dependents(token.i, "appos", "flat"):
        actors = reading.actors(sentence, child.i)
        if actors:
            return reading.refer(sentence, token.i, "description", actors)
    return None


def _other_state(
    reading: Reading, sentence: Sentence, token: Token, barred: set[str | None], fellows: frozenset[str], *, place_first: bool
) -> Reference | None:
    if place_first:
        for antecedent in reading.discourse.before(sentence.index, token.i, 1):
            reference = reading.references.get((antecedent.sentence, antecedent.token))
            if (
                reference is not None
                and reference.link in ("name", "place")
                and _stands_after_in(reading, antecedent.sentence, antecedent.token)
            ):
                code = next((a.code for a in reference.actors if a.code not in barred), None)
                if code is not None:
                    text = reading.words(sentence, token.i)
                    return reading.refer(sentence, token.i, "description", (reading.state(code, text, "where it takes place"),))
    weights = reading.discourse.state_weights(sentence.index, token.i, 2, topic=3.0)
    codes = [c for c in weights if c in reading.index.names and c not in barred]
    if not codes and len(fellows) == 1 and noun_lemma(token) in FOES:
        codes, weights = list(fellows), dict.fromkeys(fellows, 1.0)
    if not codes:
        return None
    text = reading.words(sentence, token.i)
    best = max(codes, key=lambda c: weights[c] + (KNOWN_BONUS if c in fellows else 0.0))
    return reading.refer(sentence, token.i, "description", (reading.state(best, text, "most prominent other state"),))


def _stands_after_in(reading: Reading, s: int, i: int) -> bool:
    sentence = reading.parsed.sentences[s]
    return any(t.text.lower() in ("in", "at", "to") for t in sentence.dependents(i, "case"))
