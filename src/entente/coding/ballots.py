"""When a vote was cast that has no date of its own: with the ballot that the text tells of."""

from __future__ import annotations

from collections.abc import Iterator

from entente.coding.match import Match
from entente.coding.scene import Scene
from entente.records.annotations import Token
from entente.records.record import Record
from entente.records.timespan import TimeSpan

BALLOT = frozenset({"vote", "ballot", "resolution", "motion", "draft", "veto", "abstention"})
"""Words of a sentence that tells of a ballot."""

REACH = 2
"""Sentences over which a vote goes back to a ballot."""


def date_of_ballot(scene: Scene, match: Match, record: Record) -> TimeSpan | None:
    """Return the date of the ballot that a vote belongs to.

    That is the last one told before the vote in its sentence, or what happened "when" it was cast, or else the last dated act of
    its body, or vote in it, one or two sentences before.
    """
    here = list(_told_here(scene, match.clause.head))
    if here:
        return here[-1]
    bodies = {actor.code for actor in record.recipient}
    for index in range(scene.sentence.index - 1, max(scene.sentence.index - REACH, 0) - 1, -1):
        if (told := _recorded(scene, index, bodies) or _told_in(scene, index)) is not None:
            return told
    return None


def _recorded(scene: Scene, index: int, bodies: set[str | None]) -> TimeSpan | None:
    """Return the date of the last act of a body, or vote in it, that an earlier sentence gave a record of."""
    for earlier in reversed(scene.before.records):
        told = earlier.sentence == index and earlier.kind in ("vote", "event") and earlier.status in ("actual", "negated")
        if told and not bodies.isdisjoint(_bodies_of(earlier)) and (closed := _closed(earlier.date)) is not None:
            return closed
    return None


def _told_in(scene: Scene, index: int) -> TimeSpan | None:
    """Return the date of the main clause of an earlier sentence that speaks of a ballot."""
    sentence = scene.resolved.parsed.sentences[index]
    if not any(token.lemma.lower() in BALLOT for token in sentence.tokens):
        return None
    main = [t.i for t in sentence.tokens if t.head == t.i or (t.relation in ("conj", "parataxis") and t.pos == "VERB")]
    dated = [closed for i in main if (closed := _closed(scene.dated.spans.get((index, i)))) is not None]
    return dated[-1] if dated else None


def _bodies_of(record: Record) -> set[str | None]:
    return {actor.code for actor in (*record.recipient, *record.actor) if actor.kind == "organisation"}


def _told_here(scene: Scene, vote: int) -> Iterator[TimeSpan]:
    """Yield the dates of what happens when the vote is cast, in order: verbs before it, outside relative clauses of others."""
    above = {vote, *(token.i for token in scene.sentence.ancestors(vote))}
    for token in scene.tokens:
        closed = _closed(scene.dated.spans.get((scene.sentence.index, token.i)))
        if closed is None or token.i >= vote or not _tells(scene, token):
            continue
        if token.relation != "acl" or token.i in above:
            yield closed


def _tells(scene: Scene, token: Token) -> bool:
    return token.pos in ("VERB", "AUX") or scene.sentence.first(token.i, "cop") is not None


def _closed(span: TimeSpan | None) -> TimeSpan | None:
    """Return a span that both sides bound, without its words, None otherwise."""
    if span is None or span.start is None or span.end is None:
        return None
    return TimeSpan(span.start, span.end, span.precision)
