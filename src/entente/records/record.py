"""The record: one shape for events, ties, commitments, positions and votes."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from msgspec import Struct

from entente.records.actors import Actor
from entente.records.annotations import Status
from entente.records.text import TextSpan
from entente.records.timespan import TimeSpan

Kind = Literal["event", "tie", "commitment", "position", "vote"]
KINDS: tuple[Kind, ...] = ("event", "tie", "commitment", "position", "vote")


class Place(Struct, frozen=True):
    """Where it happened: the words' name and the ISO 3166-1 alpha-3 code of the state, None where unknown."""

    name: str
    country: str | None


class Record(Struct, frozen=True, kw_only=True):
    """One fact that a document reports, with the words that justify it.

    Attributes:
        id: Stable: the same document, codebook and pipeline give the same id.
        kind: event, tie, commitment, position or vote.
        type: The kind's vocabulary; PLOVER 2.0 for events.
        mode: A PLOVER mode, or None.
        contexts: PLOVER contexts.
        actor: Who did, holds, promised or voted.
        recipient: Whom it is directed at.
        date: When, or None where the text gives none.
        status: What the text says of its reality.
        attributed_to: Who is said to say it, or None.
        score: PLOVER score of type and mode; None for the other kinds.
        quad: 1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict; None for the other kinds.
        attributes: Per kind: flow, share, rank, person, office, instrument, in_exchange, choice, tally, dead, injured …
        document: The document's id.
        published: The day the document was published.
        source: The document's source.
        sentence: Index of the sentence, from 0.
        evidence: The clause's words at the first mention.
        also: Further mentions of the same record in the document.
        coded_by: The codebook entry and pattern ("SANCTION/impose-sanctions"), or the model.
        confidence: How sure, 0 to 1.
    """

    id: str
    kind: Kind
    type: str
    mode: str | None = None
    contexts: tuple[str, ...] = ()
    actor: tuple[Actor, ...] = ()
    recipient: tuple[Actor, ...] = ()
    date: TimeSpan | None = None
    status: Status = "actual"
    attributed_to: str | None = None
    place: Place | None = None
    score: float | None = None
    quad: int | None = None
    attributes: dict[str, str | float | int | bool] = {}
    document: str
    published: dt.date | None = None
    source: str | None = None
    sentence: int
    evidence: TextSpan
    also: tuple[TextSpan, ...] = ()
    coded_by: str
    confidence: float
