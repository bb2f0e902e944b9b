"""Definite descriptions: "the country", "its neighbour", "the two sides", "the alliance", "his host"."""

from __future__ import annotations

import datetime as dt
import re

from entente.records.actors import Actor
from entente.records.annotations import Reference, Sentence, Token
from entente.resolving.coreference import first_conjunct, rank, subjects_above
from entente.resolving.focus import acted_on
from entente.resolving.index import fold
from entente.resolving.mentions import Mention, noun_lemma
from entente.resolving.nouns import adjectives, origins, possessors
from entente.resolving.reading import Reading
from entente.resolving.sets import NUMBER_NOUNS, NUMBERS, find_set
from entente.resolving.words import (
    ALLIES,
    ALLIES_OF,
    COUNTRIES,
    FORMER_RULERS,
    GIANTS,
    ISLANDS,
    KINDS_OF_STATE,
    PEOPLE_OF_STATES,
    REGIONS,
    RIVALS_OF,
    SETS,
    SOVIET,
    TOGETHER,
)

NEIGHBOURS = frozenset(("neighbour", "neighbor"))
HOSTS = frozenset(("host",))
FOES = frozenset(("rival", "adversary", "foe", "enemy"))
CAPITALS = frozenset(("capital",))
BODIES_OF_A_SECTOR = {
    "COP": ("force",),
    "BUS": ("company", "firm", "bank", "giant"),
    "REB": ("group", "movement", "organisation", "organization", "militia"),
}
RELATION_WINDOW = 3
OWN_COUNTRY_PENALTY = 4.0
SPEAKER_BONUS = 2.0
LEAVING = frozenset(("leave", "enter", "flee", "quit", "exit"))
KNOWN_BONUS = 3.0
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


# --- one actor ----------------------------------------------------------------------------------------------------------


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
        for code in _subject_codes(reading, sentence, token, "person") | _subject_codes(reading, sentence, token, "group"):
            weights[str(code)] -= OWN_COUNTRY_PENALTY
    else:
        barred = acted_on(reading, sentence, token.i)
    barred |= _said_of(reading, sentence, token)
    for above in subjects_above(sentence, token.i)[1:2]:
        for actor in reading.actors(sentence, above):
            weights[str(actor.code)] += SPEAKER_BONUS if actor.code in weights else 0.0
    codes = [c for c in weights if c in reading.index.names and c not in barred and (among is None or c in among)]
    topic = reading.dominant()
    if not codes and topic is not None and topic not in barred and (among is None or topic in among):
        codes = [topic]
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


def _subject_codes(reading: Reading, sentence: Sentence, token: Token, kind: str) -> set[str | None]:
    """Return the codes of the clause's subject where it is of a kind; a government or body may speak of its own country."""
    subjects = subjects_above(sentence, token.i)[:1]
    mention = reading.mention(sentence.index, subjects[0]) if subjects else None
    if mention is not None and mention.entry.form in ("capital", "metonym") and token.dep == "nmod:poss":
        return set()
    actors = [actor for subject in subjects for actor in reading.actors(sentence, subject)]
    return {actor.code for actor in actors if actor.kind == kind}


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


def organisation(reading: Reading, sentence: Sentence, token: Token) -> Reference | None:
    """Resolve "the alliance", "the bloc", "the court", "the company" to the last organisation or group so called."""
    word = noun_lemma(token)
    if (
        not definite(sentence, token)
        or "Number=Plur" in token.feats
        or possessors(reading, sentence, token.i)
        or adjectives(reading, sentence, token.i)
    ):
        return None
    if word not in reading.referring_nouns:
        return None
    mention = _last_called(reading, sentence, token, word)
    if mention is None:
        return (
            _of_so_many(reading, sentence, token)
            or _generic(reading, sentence, token)
            or _commission(reading, sentence, token)
            or _club_of_those_named(reading, sentence, token)
        )
    text = reading.words(sentence, token.i)
    actors = [Actor(a.code, text, a.sector, a.entity, a.kind) for a in mention.entry.actors(text, reading.index.names)]
    return reading.refer(sentence, token.i, "description", actors)


def _last_called(reading: Reading, sentence: Sentence, token: Token, word: str) -> Mention | None:
    """Return the last name that a noun may take up; of several in one sentence the most prominent."""
    latest: list[Mention] = []
    for mention in reading.mentions_before(sentence.index, token.i, ORGANISATION_WINDOW):
        if latest and mention.sentence < latest[0].sentence:
            break
        if _is_called(reading, mention, word):
            latest.append(mention)
    parsed = reading.parsed.sentences
    return max(latest, key=lambda m: (rank(parsed[m.sentence], m.head), -m.first)) if latest else None


def _is_called(reading: Reading, mention: Mention, word: str) -> bool:
    """Return whether a name may be taken up by a noun: one of its own nouns, its last word, or one of its sector."""
    entry = mention.entry
    if entry.form not in ("organisation", "institution", "metonym", "group"):
        return False
    tokens = reading.parsed.sentences[mention.sentence].tokens
    if tokens[mention.last].text.lower() == word:
        return True
    if entry.form == "group":
        return word in entry.nouns or word in BODIES_OF_A_SECTOR.get(entry.sector or "BUS", ())
    return entry.form != "institution" and (word in entry.nouns or (word in ANY_ORGANISATION and entry.form == "organisation"))


ANY_ORGANISATION = frozenset(("organisation", "organization", "body", "grouping", "club"))


def _generic(reading: Reading, sentence: Sentence, token: Token) -> Reference | None:
    """Resolve "the League", "the Fund", "the Mission" with a capital to the one of that kind in the text."""
    organisation = reading.index.organisations.get(GENERIC.get(token.text, ""))
    if organisation is None or not token.i:
        return None
    named = {m.entry.code for s in range(len(reading.parsed.sentences)) for m in reading.mentions_of(s)}
    if not named & {organisation.code, *(organisation.members_on(reading.day) if organisation.code == "LAS" else ())}:
        return None
    text = reading.words(sentence, token.i)
    actor = Actor(
        organisation.code, text, entity=organisation.name, kind="organisation", reason="the one of that kind in the text"
    )
    return reading.refer(sentence, token.i, "description", (actor,))


GENERIC = {"League": "LAS", "Fund": "IMF", "Mission": "UN", "Agency": "IAEA", "Court": "ICJ"}


def _of_so_many(reading: Reading, sentence: Sentence, token: Token) -> Reference | None:
    """Resolve "the 15-member body", "the 27-nation bloc" by how many they are."""
    text = reading.words(sentence, token.i)
    found = MEMBERS.search(text.lower())
    code = NUMBER_OF_MEMBERS.get((found.group(1), noun_lemma(token))) if found is not None else None
    if code is None:
        return None
    organisation = reading.index.organisations[code]
    actor = Actor(code, text, entity=organisation.name, kind="organisation", reason="by the number of its members")
    return reading.refer(sentence, token.i, "description", (actor,))


MEMBERS = re.compile(r"\b(\w+)[- ](?:member|nation|state|country|strong)\b")
NUMBER_OF_MEMBERS = {
    **{(number, noun): "UN" for number in ("15", "fifteen", "193") for noun in ("body", "council", "organ", "assembly", "panel")},
    **{(number, noun): "EU" for number in ("27", "28", "25") for noun in ("bloc", "union", "club")},
    **{(number, "alliance"): "NATO" for number in ("28", "29", "30", "31", "32")},
    **{(number, noun): "ASEAN" for number in ("10", "ten", "11") for noun in ("bloc", "grouping", "association")},
    **{("55", noun): "AU" for noun in ("bloc", "union", "body")},
    **{("22", noun): "LAS" for noun in ("league", "bloc", "body")},
    **{("57", noun): "OIC" for noun in ("bloc", "organisation", "organization")},
    **{(number, noun): "ECOWAS" for number in ("15",) for noun in ("bloc",)},
    **{(number, noun): "GCC" for number in ("six", "6") for noun in ("bloc", "council", "grouping")},
}
"""By how many members, in words or figures, and by noun: whose that is."""


def _commission(reading: Reading, sentence: Sentence, token: Token) -> Reference | None:
    """Resolve "the Commission", "the Union" with a capital to the European Union where the text names it or a member."""
    union = reading.index.organisations["EU"]
    named = {m.entry.code for m in reading.mentions_before(sentence.index, len(sentence.tokens), ORGANISATION_WINDOW)}
    if token.text not in ("Commission", "Union") or not named & {"EU", *union.members_on(reading.day)}:
        return None
    text = reading.words(sentence, token.i)
    return reading.refer(sentence, token.i, "description", (Actor("EU", text, entity=union.name, kind="organisation"),))


def _club_of_those_named(reading: Reading, sentence: Sentence, token: Token) -> Reference | None:
    """Resolve "the bloc" to the one that most of the states named belong to, "the alliance" to NATO beside a member of it."""
    clubs = CLUBS.get(noun_lemma(token), ())
    if not clubs or any(True for _ in sentence.dependents(token.i, "amod", "compound", "nmod", "acl", "nummod")):
        return None
    of_state = (m.entry.code for m in reading.mentions_before(sentence.index, len(sentence.tokens), ORGANISATION_WINDOW))
    named = {code for code in of_state if code in reading.index.names}
    counts = {code: len(named & reading.index.organisations[code].members_on(reading.day)) for code in clubs}
    most = max(counts.values())
    best = [code for code, count in counts.items() if count == most]
    if most == 0 or len(best) > 1 or any(year < FIRST_OF_CLUBS for year in reading.years):
        return None
    club, text = reading.index.organisations[best[0]], reading.words(sentence, token.i)
    actor = Actor(club.code, text, entity=club.name, kind="organisation", reason="those named are its members")
    return reading.refer(sentence, token.i, "description", (actor,))


CLUBS = {"bloc": ("EU", "ASEAN", "ECOWAS", "MERCOSUR", "SADC", "CARICOM", "GCC", "EAEU"), "alliance": ("NATO",)}
FIRST_OF_CLUBS = dt.date(1993, 11, 1)


# --- several actors -----------------------------------------------------------------------------------------------------


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
