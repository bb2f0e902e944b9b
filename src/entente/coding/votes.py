"""Votes: a choice in a body, with the tally where the text gives one."""

from __future__ import annotations

import re

from msgspec.structs import replace

from entente.codebook.vocabulary import Vocabulary
from entente.coding.match import Match
from entente.coding.records import record_of
from entente.coding.scene import Scene
from entente.records.record import Record

_TALLY = re.compile(r"\b(\d{1,3})\s*(?:votes?\s*)?(?:to|–|-|against)\s*(\d{1,3})\b")


def code_vote(scene: Scene, match: Match, vocabulary: Vocabulary) -> Record:
    """Return the vote record of a match; ``tally`` is "yes–no" as the sentence counts.

    Lawmakers vote in their own state's parliament; where else the clause names no body, it is the organisation that the text
    is speaking of.
    """
    record = record_of(scene, match, vocabulary)
    if any(scene.tokens[i].lemma.lower() in scene.words.lawmakers for i in match.actor_tokens):
        record = replace(record, recipient=tuple(replace(actor, sector=None) for actor in record.actor))
    elif not any(actor.kind == "organisation" for actor in record.recipient):
        record = replace(record, recipient=scene.last_body() or record.recipient)
    words = scene.resolved.parsed.document.text[scene.sentence.start : scene.sentence.end]
    if tally := _TALLY.search(words):
        return replace(record, attributes={**record.attributes, "tally": f"{tally.group(1)}–{tally.group(2)}"})
    return record
