"""Passages: the words of records, with what one needs to quote them, for the few records that an answer shows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import numpy as np
import pyarrow as pa
from msgspec import Struct

from entente.analysis.facts import NOBODY, OPEN, STATED, Facts, day_of
from entente.ledger.queries import Reader

_QUERY = """
with wanted as (select unnest(?::varchar[]) as id)
select r.id, r.source, r.evidence.text as words, r.confidence, r.coded_by from records r semi join wanted w on r.id = w.id
"""

_TITLES = """
with wanted as (select unnest(?::varchar[]) as id)
select d.id, d.title, d.url from documents d semi join wanted w on d.id = w.id
"""

_WORDS = """
with wanted as (select unnest(?::varchar[]) as id)
select r.id, r.evidence.text as words from records r semi join wanted w on r.id = w.id
"""

_SENTENCES = """
with wanted as (select unnest(?::varchar[]) as id)
select r.id, d.text, r.evidence.start as start, r.evidence."end" as "end"
from records r semi join wanted w on r.id = w.id join documents d on d.id = r.document
"""


class Passage(Struct, frozen=True, kw_only=True):
    """A record with its words and where they stand; ``start`` and ``end`` are inclusive days."""

    id: str
    kind: str
    type: str
    mode: str | None
    status: str
    actor: tuple[str, ...]
    recipient: tuple[str, ...]
    start: dt.date | None
    end: dt.date | None
    dated: bool
    attributes: dict[str, str | float | int | bool]
    document: str
    published: dt.date | None
    source: str | None
    sentence: int
    words: str
    confidence: float
    coded_by: str
    title: str | None
    url: str | None


Passages = Callable[[Sequence[str]], dict[str, Passage]]
"""Returns passages by the ids of their records."""


def read_passages(reader: Reader, facts: Facts, ids: Iterable[str]) -> dict[str, Passage]:
    """Return passages by record id; an id that the facts or the ledger lack is left out.

    Only what facts do not hold is read: the lists of actors in a million records take longer than all the rest.
    """
    places = facts.places_of(list(dict.fromkeys(ids)))
    told = {row["id"]: row for row in reader.sql(_QUERY, [facts.record_ids(places)]).rows()}
    documents = facts.documents.take(pa.array(np.unique(facts.document[places]))).to_pylist()
    titles = {row["id"]: row for row in reader.sql(_TITLES, [documents]).rows()}
    found = zip(facts.record_ids(places), places.tolist(), strict=True)
    return {name: _passage(facts, place, told[name], titles) for name, place in found if name in told}


Words = Callable[[Sequence[str]], dict[str, str]]
"""Returns the words of records by id, and nothing else of them, which is several times faster for many."""


class Texts:
    """The words of records by place, each read once, many at a time."""

    def __init__(self, record_ids: Callable[[Iterable[int]], list[str]], words: Words) -> None:
        self._record_ids = record_ids
        self._words = words
        self._known: dict[int, str] = {}

    def of(self, records: Iterable[int]) -> list[str]:
        """Return the words of records; those that are not known yet are read together."""
        places = [int(record) for record in records]
        new = [place for place in dict.fromkeys(places) if place not in self._known]
        if new:
            ids = self._record_ids(new)
            words = self._words(ids)
            self._known.update((place, words[name]) for place, name in zip(new, ids, strict=True))
        return [self._known[place] for place in places]


def read_words(reader: Reader, ids: Iterable[str]) -> dict[str, str]:
    """Return the words of records by id; an id that the ledger lacks is left out."""
    table = reader.sql(_WORDS, [list(ids)]).arrow()
    return dict(zip(table["id"].to_pylist(), table["words"].to_pylist(), strict=True))


def read_between(reader: Reader, pairs: Sequence[tuple[str, str]]) -> list[str]:
    """Return, for each pair of records of one document, the document's text from the sentence of one to that of the other."""
    ids = sorted({id_ for pair in pairs for id_ in pair})
    found = {row["id"]: row for row in reader.sql(_SENTENCES, [ids]).rows()}
    return [_between(found[one], found[other]) if one in found and other in found else "" for one, other in pairs]


def _between(one: dict[str, object], other: dict[str, object]) -> str:
    text = str(one["text"])
    start = min(int(str(one["start"])), int(str(other["start"])))
    end = max(int(str(one["end"])), int(str(other["end"])))
    before = max(text.rfind(stop, 0, start) for stop in ("\n", ". ", "! ", "? "))
    after = [place for stop in ("\n", ". ", "! ", "? ") if (place := text.find(stop, end)) >= 0]
    return text[before + 1 : min(after, default=len(text))].strip()


def _passage(facts: Facts, place: int, told: Mapping[str, Any], titles: Mapping[str, Mapping[str, Any]]) -> Passage:
    document = facts.documents[int(facts.document[place])].as_py()
    rows = slice(*np.searchsorted(facts.record, [place, place + 1]).tolist())
    stated = facts.seat[rows] == STATED
    actor, recipient = (
        tuple(dict.fromkeys(facts.codes[code].partition(".")[0] for code in side[rows][stated].tolist() if code != NOBODY))
        for side in (facts.actor, facts.recipient)
    )
    end = int(facts.end[place])
    return Passage(
        id=told["id"],
        kind=facts.kind.word(place) or "",
        type=facts.type.word(place) or "",
        mode=facts.mode.word(place),
        status=facts.status.word(place) or "",
        actor=actor,
        recipient=recipient,
        start=day_of(int(facts.start[place])),
        end=None if end == OPEN else day_of(end - 1),
        dated=bool(facts.dated[place]),
        attributes=facts.attributes_of(place),
        document=document,
        published=day_of(int(facts.published[place])),
        source=told["source"],
        sentence=int(facts.sentence[place]),
        words=told["words"],
        confidence=told["confidence"],
        coded_by=told["coded_by"],
        title=titles[document]["title"] if document in titles else None,
        url=titles[document]["url"] if document in titles else None,
    )
