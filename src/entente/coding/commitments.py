"""Commitments: undertakings, with the instrument that holds them and whether they answer another."""

from __future__ import annotations

import re

from msgspec.structs import replace

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


def code_commitment(scene: Scene, match: Match, vocabulary: Vocabulary) -> Record:
    """Return the commitment record of a match with ``instrument`` and ``in_exchange`` where the sentence has them."""
    record = record_of(scene, match, vocabulary)
    attributes = dict(record.attributes)
    words = scene.resolved.parsed.document.text[scene.sentence.start : scene.sentence.end]
    if instrument := find_instrument(words):
        attributes["instrument"] = instrument
    if _IN_EXCHANGE.search(words):
        attributes["in_exchange"] = True
    return replace(record, attributes=attributes)


def find_instrument(words: str) -> str | None:
    """Return the name of the treaty, memorandum or other instrument that the words give, or None."""
    found = _INSTRUMENT.search(words)
    return found.group().strip() if found else None
