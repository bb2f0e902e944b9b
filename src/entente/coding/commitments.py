"""Commitments: undertakings, with the instrument that holds them and whether they answer another."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from msgspec.structs import replace

from entente.codebook.entry import CONTENT
from entente.codebook.vocabulary import Vocabulary
from entente.coding.match import Match
from entente.coding.records import record_of
from entente.coding.scene import Scene
from entente.records.record import Record

_NAME = r"(?:[A-Z][\w’'-]+|of|on|the|and|for)"
_INSTRUMENT_NOUN = (
    r"(?:Treaty|Pact|Accords?|Memorandum|Convention|Agreements?|Declaration|Charter|Statute|Protocol|Act|Communiqué"
    r"|Covenant|Compact|Partnership)"
)
_INSTRUMENT = re.compile(
    rf"\b{_INSTRUMENT_NOUN}\s+(?:of|on|for|against)(?:\s+the)?\s+(?:{_NAME}\s+)*[A-Z][\w’'-]+|\b(?:[A-Z][\w’'-]+\s+)+{_INSTRUMENT_NOUN}\b"
)
_IN_EXCHANGE = re.compile(r"\b(in exchange|in return|in turn for|as a quid pro quo|reciprocally)\b", re.IGNORECASE)


GENERAL = 0.31
"""A pattern of undertakings that is less sure than this knows only that something is undertaken."""

TOPIC_NEEDED = 0.25
"""One less sure than this is a commitment only where the words of the content say of which kind."""

VAGUE = 0.55
"""A political undertaking less sure than this is of the kind that the words of its content say."""

ATTACK = frozenset({"attack", "aggression", "assault", "invade", "war", "threaten"})
"""What a guarantee answers and a pledge of non-aggression excludes."""


UNSIGNED = ("negated", "hypothetical")
"""Statuses in which a signature binds nobody: what is not signed is an event at most."""

MUTUAL = frozenset({"each", "another", "either", "neither", "mutual", "mutually", "reciprocal", "reciprocally"})
"""Words of a content by which two or more undertake it toward each other."""

HOME_GROUND = frozenset({"soil", "territory", "land", "airspace", "ground"})
"""What is not lent for an attack: "would let nobody use its soil against Chad"."""


def code_commitment(scene: Scene, match: Match, vocabulary: Vocabulary, topics: Mapping[str, frozenset[str]]) -> Iterator[Record]:
    """Yield the commitment record of a match with ``instrument`` and ``in_exchange`` where the sentence has them.

    What is promised at large, or in a treaty "by which …", is of the kind that the words of its content say.
    """
    record = record_of(scene, match, vocabulary)
    if match.pattern.id.startswith("sign-") and match.clause.lemma != "ratify" and record.status in UNSIGNED:
        return
    if _is_mutual(scene, match, record):
        record = replace(record, recipient=())
    if match.type == "treaty" or (match.type == "political" and match.pattern.confidence < VAGUE):
        topic = find_topic(content_words(scene, match), topics)
        sure = match.pattern.confidence
        vague = sure < TOPIC_NEEDED or (sure < GENERAL and not record.recipient) or _is_toward_nobody(match, record)
        if topic is None and vague:
            return
        record = replace(record, type=topic or record.type)
    attributes = dict(record.attributes)
    words = scene.resolved.parsed.document.text[scene.sentence.start : scene.sentence.end]
    instrument = find_instrument(words)
    if record.type == "treaty" and instrument is None and _lacks_party(match, record):
        return
    if instrument:
        attributes["instrument"] = instrument
    if _IN_EXCHANGE.search(words):
        attributes["in_exchange"] = True
    yield replace(record, attributes=attributes)


def _is_mutual(scene: Scene, match: Match, record: Record) -> bool:
    """Return whether several bind themselves toward one another: "the other" of two, "one another", "mutual"."""
    if len({actor.code for actor in record.actor}) < 2:
        return False
    below = [scene.tokens[i] for head in _content_heads(match) for i in scene.sentence.subtree(head)]
    the_other = any(
        t.text.lower() == "other" and scene.tokens[t.i + 1].pos != "NOUN" for t in below if t.i + 1 < len(scene.tokens)
    )
    return the_other or not MUTUAL.isdisjoint(t.text.lower() for t in below)


def _content_heads(match: Match) -> set[int]:
    roles = match.clause.roles
    return {*(roles.get(CONTENT) or roles.get("complement", ())), *roles.get("object", ())}


def _is_toward_nobody(match: Match, record: Record) -> bool:
    """Return whether one actor promises something to nobody that is named."""
    told = match.type == "political" and match.clause.kind == "verb" and not match.pattern.id.startswith("sign-")
    return told and not record.recipient and len(record.actor) < 2


def _lacks_party(match: Match, record: Record) -> bool:
    """Return whether a treaty without a name is signed by one party alone: what it binds to, the sentence does not say."""
    return match.pattern.id.startswith("sign-") and len({actor.code for actor in record.actor}) < 2


def content_words(scene: Scene, match: Match) -> frozenset[str]:
    """Return the lemmas of what is undertaken: of the clause that the trigger governs, of its thing, of "a treaty by which …"."""
    heads = _content_heads(match) - {*match.actor_tokens, *match.recipient_tokens}
    if match.pattern.id == "any-under-treaty":
        heads.add(match.clause.head)
    inside = {i for head in heads for i in scene.sentence.subtree(head)}
    return frozenset(scene.tokens[i].lemma.lower() for i in inside)


def find_topic(words: frozenset[str], topics: Mapping[str, frozenset[str]]) -> str | None:
    """Return the kind of commitment that the words are about, None where no list has any of them."""
    helping = topics.get("help", frozenset())
    if "against" in words and words & HOME_GROUND:
        return "political"
    if words & ATTACK and words & helping:
        return "security_guarantee"
    if words & topics.get("arms", frozenset()):
        return "military" if words & topics.get("supply", frozenset()) else "disarmament"
    kinds = [kind for kind in topics if kind not in ("help", "arms", "supply")]
    counts = {kind: len(words & topics[kind]) for kind in kinds}
    best = max(kinds, key=lambda kind: counts[kind], default=None)
    return best if best is not None and counts[best] else None


def find_instrument(words: str) -> str | None:
    """Return the name of the treaty, memorandum or other instrument that the words give, or None."""
    found = _INSTRUMENT.search(words)
    return found.group().strip() if found else None
