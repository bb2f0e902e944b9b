"""Votes: a choice in a body, with the tally where the text gives one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec.structs import replace

from entente.codebook.vocabulary import Vocabulary
from entente.coding.ballots import date_of_ballot
from entente.coding.match import Match
from entente.coding.records import record_of
from entente.coding.scene import Scene
from entente.records.actors import Actor
from entente.records.record import Record

_TALLY = re.compile(r"\b(\d{1,3})\s*(?:votes?\s*)?(?:to|–|-|against)\s*(\d{1,3})\b")


def code_vote(scene: Scene, match: Match, vocabulary: Vocabulary) -> Iterator[Record]:
    """Yield the vote record of a match; ``tally`` is "yes–no" as the sentence counts.

    An organisation is no voter in itself.

    Lawmakers vote in their own state's parliament; where else the clause names no body, it is the organisation that the text
    is speaking of.
    """
    record = record_of(scene, match, vocabulary)
    if record.status == "hypothetical" and _tells_manner(scene, match):
        record = replace(record, status="actual")
    if any(scene.tokens[i].lemma.lower() in scene.words.lawmakers for i in match.actor_tokens):
        record = replace(record, recipient=tuple(replace(actor, sector=None) for actor in record.actor))
    elif not any(actor.kind == "organisation" for actor in record.recipient):
        record = replace(record, recipient=_body(scene, match, record) or scene.last_body() or record.recipient)
    if record.date is None and record.status in ("actual", "negated"):
        record = replace(record, date=date_of_ballot(scene, match, record))
    words = scene.resolved.parsed.document.text[scene.sentence.start : scene.sentence.end]
    if tally := _TALLY.search(words):
        record = replace(record, attributes={**record.attributes, "tally": f"{tally.group(1)}–{tally.group(2)}"})
    if not _votes_in_itself(record):
        yield record


def _votes_in_itself(record: Record) -> bool:
    """Return whether an organisation is on both sides: "with 12 abstentions, the UN General Assembly …" names no voter."""
    voters = {actor.code for actor in record.actor}
    body = {actor.code for actor in record.recipient if actor.kind == "organisation" and actor.sector is None}
    return voters <= body and all(actor.kind == "organisation" and actor.sector is None for actor in record.actor)


def _tells_manner(scene: Scene, match: Match) -> bool:
    """Return whether the vote is told by a participle beside what the body did ("asked it to yield, with Peru abstaining")."""
    return "VerbForm=Part" in scene.tokens[match.clause.head].feats and "modal" not in match.clause.roles


def _body(scene: Scene, match: Match, record: Record) -> tuple[Actor, ...]:
    """Return the council, board or chamber that the sentence names, the last before the vote rather than one after it."""
    voters = {actor.code for actor in record.actor}
    found: list[tuple[bool, bool, int, tuple[Actor, ...]]] = []
    for token in scene.tokens:
        reference = scene.reference(token.i)
        if reference is None or reference.link == "adjective" or token.lemma.lower() not in scene.words.voting_bodies:
            continue
        if voters.isdisjoint(actor.code for actor in reference.actors):
            found.append((token.i < match.clause.head, token.pos == "PROPN", -abs(token.i - match.clause.head), reference.actors))
    here = max(found, key=lambda body: body[:3])[3] if found else ()
    return tuple(replace(actor, sector=None) for actor in here)
