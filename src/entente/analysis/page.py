"""The shape of a brief: what its sections hold. Every figure stands in a struct that names the records it was made from."""

from __future__ import annotations

import datetime as dt
from typing import Any, Literal

import msgspec
from msgspec import Struct

FORMAT = 1
"""The version of this shape; `docs/brief.schema.json` describes it."""

Lane = Literal["x", "y", "both"]
Direction = Literal["from", "to"]


class Figure(Struct, frozen=True):
    """A number with its interval, or None with the reason in ``note``.

    Attributes:
        value, low, high: The number and the ends of its interval; None where there is too little evidence.
        records: Ids of the records it was made from.
        documents: How many independent documents these stand in.
        note: Why a number or an interval is missing.
    """

    value: float | None
    records: tuple[str, ...]
    documents: int
    low: float | None = None
    high: float | None = None
    note: str | None = None


class Clause(Struct, frozen=True):
    """A part of a sentence with the records it rests on; ``cited`` are those that are shown, the first few of ``records``."""

    text: str
    records: tuple[str, ...]
    cited: tuple[str, ...]


class Sentence(Struct, frozen=True):
    """A generated sentence: ``opening`` and ``clauses`` joined by commas, then ``others``, which have subjects of their own."""

    topic: str
    opening: str
    clauses: tuple[Clause, ...]
    others: tuple[Clause, ...] = ()


class Mark(Struct, frozen=True):
    """An act on the timeline.

    Attributes:
        lane: Toward which side, or toward both, a body or nobody.
        direction: from the state, or to it.
        start, end: Inclusive days; None where open or unknown.
        told: The day of publication.
        tone: cooperation, conflict or neither.
        manner: words or deeds.
        says: What happened, in words.
        label: The same in a few words, without who and when.
        records: Ids.
    """

    lane: Lane
    direction: Direction
    start: dt.date | None
    end: dt.date | None
    told: dt.date | None
    tone: Literal["cooperation", "conflict", "neither"]
    manner: Literal["words", "deeds"]
    says: str
    label: str
    records: tuple[str, ...]


class AxisPoint(Struct, frozen=True):
    """The stance at the end of a period."""

    start: dt.date
    end: dt.date
    axis: Figure
    label: str


class Tie(Struct, frozen=True):
    """A tie of the state, with share and rank where the texts give them."""

    type: str
    partner: str
    says: str
    flow: str | None
    share: Figure | None
    rank: int | None
    since: dt.date | None
    until: dt.date | None
    told: dt.date | None
    records: tuple[str, ...]


class Promise(Struct, frozen=True):
    """An undertaking with its status; ``words`` and ``act_words`` are meant to stand side by side."""

    says: str
    promiser: str
    beneficiary: str | None
    type: str
    strength: str
    status: str
    reason: str
    date: str
    words: str
    act_date: str | None
    act_words: str | None
    leaders: str | None
    promise: str
    act: str | None
    records: tuple[str, ...]


class Pair(Struct, frozen=True):
    """A contradiction; the two records, and their words, are meant to stand side by side."""

    sort: str
    rule: str
    says: str
    strength: Figure
    statement: str
    statement_date: str
    statement_words: str
    act: str
    act_date: str
    act_words: str
    opposition: str | None
    order_known: bool
    records: tuple[str, ...]


class Gap(Struct, frozen=True):
    """What is missing or thin; ``records`` are those that it counts, if any."""

    text: str
    records: tuple[str, ...] = ()


class Source(Struct, frozen=True):
    """A document that the brief rests on, and which of its records it uses."""

    document: str
    title: str | None
    source: str | None
    url: str | None
    published: dt.date | None
    records: tuple[str, ...]


class Reference(Struct, frozen=True):
    """A record that is cited, by its number."""

    number: int
    id: str
    says: str
    words: str
    status: str
    document: str
    title: str | None
    published: dt.date | None
    sentence: int


class Versions(Struct, frozen=True):
    """What the brief was made from, so that it can be had again."""

    ledger: int
    entente: str
    codebook: str
    pipeline: str


class Side(Struct, frozen=True):
    """One of the two sides: the code that was asked for, its name, and the codes of its members."""

    code: str
    name: str
    members: tuple[str, ...]


class Brief(Struct, frozen=True, kw_only=True):
    """One page on where a state stands between two sides."""

    format: int = FORMAT
    state: str
    name: str
    x: Side
    y: Side
    since: dt.date | None
    until: dt.date | None
    sentences: tuple[Sentence, ...]
    timeline: tuple[Mark, ...]
    axis: tuple[AxisPoint, ...]
    axis_note: Gap | None
    ties: tuple[Tie, ...]
    promises: tuple[Promise, ...]
    contradictions: tuple[Pair, ...]
    missing: tuple[Gap, ...]
    sources: tuple[Source, ...]
    versions: Versions
    references: tuple[Reference, ...]

    def number(self, record: str) -> int | None:
        """Return the number under which a record is cited, None where it is not."""
        return next((reference.number for reference in self.references if reference.id == record), None)


def schema() -> dict[str, Any]:
    """Return the JSON schema of a brief, as ``docs/brief.schema.json`` has it."""
    described = msgspec.json.schema(Brief)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": f"entente brief, format {FORMAT}", **described}
