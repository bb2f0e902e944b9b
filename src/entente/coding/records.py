"""From a match to a record: what all kinds share."""

from __future__ import annotations

import hashlib

from entente.codebook.vocabulary import Vocabulary
from entente.coding.match import Match
from entente.coding.scene import Scene
from entente.records.actors import Actor
from entente.records.annotations import Clause
from entente.records.record import Place, Record
from entente.records.text import Document, TextSpan
from entente.records.timespan import TimeSpan


def record_of(scene: Scene, match: Match, vocabulary: Vocabulary) -> Record:
    """Return the record of a match, without what only its kind knows."""
    document = scene.resolved.parsed.document
    clause = match.clause
    evidence = evidence_of(scene, match)
    event = match.kind == "event"
    record = Record(
        id="",
        kind=match.kind,  # type: ignore[arg-type]
        type=match.type,
        mode=match.pattern.mode,
        contexts=match.pattern.contexts,
        actor=match.actor,
        recipient=match.recipient,
        date=_date_of(scene, match),
        status=match.pattern.status or clause.status,  # type: ignore[arg-type]
        attributed_to=_speaker_name(scene, clause),
        place=place_of(scene, clause) if event else None,
        score=vocabulary.score(match.type, match.pattern.mode) if event else None,
        quad=vocabulary.quad(match.type) if event else None,
        attributes=dict(match.pattern.attributes),
        document=document.id,
        published=document.published,
        source=document.source,
        sentence=scene.sentence.index,
        evidence=evidence,
        coded_by=f"{match.pattern.entry}/{match.pattern.id}",
        confidence=confidence_of(match),
    )
    return record


SAYINGS = frozenset({"event/AGREE", "event/CONCEDE", "event/THREATEN", "event/REJECT"})
"""Acts that are done by saying them: dated by the saying where nothing nearer dates them; positions and commitments too."""


def _date_of(scene: Scene, match: Match) -> TimeSpan | None:
    """Return when it happened: the clause's own date, or of what is done by saying it the date of the saying.

    A standing tie told by a noun ("troops in Iraq") is not dated by the act that mentions it.
    """
    span = scene.span_of(match.clause)
    if span is None and match.kind == "commitment":
        span = _date_of_text(scene, match.clause.head)
    if match.kind == "tie" and match.clause.kind == "noun" and span is not None and span.text is None:
        return None
    said = match.pattern.entry in SAYINGS or match.kind not in ("event", "tie", "vote") or _is_under_way(scene, match)
    if span is not None or not said or _is_said_by_others(scene, match):
        return span
    for token in scene.heads_of(match.clause.head):
        if token.lemma in scene.words.reporting:
            return scene.dated.spans.get((scene.sentence.index, token.i))
    return None


def _date_of_text(scene: Scene, head: int) -> TimeSpan | None:
    """Return the date of the text that an undertaking stands in: "under a treaty of 1960 it must defend Japan"."""
    for token in scene.sentence.dependents(head, "obl"):
        span = scene.dated.spans.get((scene.sentence.index, token.i))
        marks = {mark.text.lower() for mark in scene.sentence.dependents(token.i, "case")}
        if span is not None and span.start and span.end and token.pos == "NOUN" and marks & {"under", "by"}:
            return span
    return None


def _is_under_way(scene: Scene, match: Match) -> bool:
    """Return whether the speaker tells what it is doing: "announced on Monday that it was ending the treaty"."""
    head = scene.tokens[match.clause.head]
    if match.kind != "event" or match.clause.kind != "verb" or not head.text.lower().endswith("ing"):
        return False
    return any(t.lemma == "be" for t in scene.sentence.dependents(head.i, "aux")) and match.clause.speaker is not None


def _is_said_by_others(scene: Scene, match: Match) -> bool:
    """Return whether somebody else than the actor says it: what it promised, it promised at another time."""
    speaker = scene.reference(match.clause.speaker) if match.clause.speaker is not None else None
    codes = {actor.code for actor in speaker.actors if actor.code} if speaker else set()
    return bool(codes and match.actor) and codes.isdisjoint(actor.code for actor in match.actor)


def identify(record: Record) -> str:
    """Return the record's stable id: a digest of what it says and where it stands."""
    parts = [record.document, record.kind, record.type, record.status, str(record.evidence.start), str(record.evidence.end)]
    parts += [f"{a.code}.{a.sector}" for a in record.actor] + [">"] + [f"{a.code}.{a.sector}" for a in record.recipient]
    parts += [f"{key}={value}" for key, value in sorted(record.attributes.items())]
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:16]


def evidence_of(scene: Scene, match: Match) -> TextSpan:
    """Return the clause's words, widened to the participants that stand in the same sentence close by."""
    start, end = match.clause.span
    for i in (*match.used, match.clause.head):
        start, end = min(start, scene.tokens[i].start), max(end, scene.tokens[i].end)
    return span_text(scene.resolved.parsed.document, start, end)


def span_text(document: Document, start: int, end: int) -> TextSpan:
    """Return a span with its words."""
    return TextSpan(start, end, document.text[start:end])


def confidence_of(match: Match) -> float:
    """Lower a pattern's confidence where a side is missing or was inherited from another clause."""
    confidence = match.pattern.confidence
    if not match.actor or not match.recipient:
        confidence -= 0.1
    if match.clause.inherited:
        confidence -= 0.05
    return round(max(confidence, 0.05), 3)


def place_of(scene: Scene, clause: Clause) -> Place | None:
    """Return where it happened: the *in*-, *at*- or *near*-phrase that names a place."""
    for preposition in ("in", "at", "near", "outside", "inside", "over"):
        for i in clause.roles.get(preposition, ()):
            reference = scene.reference(i)
            if reference is not None and reference.actors and reference.link in ("place", "name"):
                return Place(scene.tokens[i].text, _country(reference.actors[0]))
    return None


def _country(actor: Actor) -> str | None:
    return actor.code if actor.code and len(actor.code) == 3 and actor.kind in ("state", "place") else None


def _speaker_name(scene: Scene, clause: Clause) -> str | None:
    if clause.speaker is None:
        return None
    reference = scene.reference(clause.speaker)
    if reference is not None and reference.actors:
        return reference.actors[0].entity or reference.actors[0].text
    return scene.tokens[clause.speaker].text
