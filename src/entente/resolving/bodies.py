"""Descriptions of organisations: "the alliance", "the 15-member council", "the commission"."""

from __future__ import annotations

import datetime as dt
import re

from entente.records.actors import Actor
from entente.records.annotations import Reference, Sentence, Token
from entente.resolving.coreference import rank
from entente.resolving.descriptions import definite
from entente.resolving.mentions import Mention, noun_lemma
from entente.resolving.nouns import adjectives, possessors
from entente.resolving.reading import Reading

BODIES_OF_A_SECTOR = {
    "COP": ("force",),
    "BUS": ("company", "firm", "bank", "giant"),
    "REB": ("group", "movement", "organisation", "organization", "militia"),
}
ORGANISATION_WINDOW = 20


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
