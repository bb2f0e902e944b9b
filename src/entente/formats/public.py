"""The public form of a record: the object that JSON Lines, CSV and Parquet outputs carry, held to ``docs/record.schema.json``.

Days are inclusive ISO 8601 strings, every key is always there, and what is not known is null.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

import msgspec

from entente.errors import InputError, TimeError
from entente.records.actors import Actor
from entente.records.record import Record
from entente.records.text import TextSpan
from entente.records.timespan import TimeSpan

KEYS = (
    "id",
    "kind",
    "type",
    "mode",
    "contexts",
    "actor",
    "recipient",
    "date",
    "status",
    "attributed_to",
    "place",
    "score",
    "quad",
    "attributes",
    "document",
    "published",
    "source",
    "sentence",
    "evidence",
    "also",
    "coded_by",
    "confidence",
)


def public_of(record: Record) -> dict[str, Any]:
    """Return the record's public form: plain values only, keys in the order of ``KEYS``."""
    return {
        "id": record.id,
        "kind": record.kind,
        "type": record.type,
        "mode": record.mode,
        "contexts": list(record.contexts),
        "actor": [_public_actor(actor) for actor in record.actor],
        "recipient": [_public_actor(actor) for actor in record.recipient],
        "date": None if record.date is None else _public_date(record.date),
        "status": record.status,
        "attributed_to": record.attributed_to,
        "place": None if record.place is None else {"name": record.place.name, "country": record.place.country},
        "score": record.score,
        "quad": record.quad,
        "attributes": dict(record.attributes),
        "document": record.document,
        "published": None if record.published is None else record.published.isoformat(),
        "source": record.source,
        "sentence": record.sentence,
        "evidence": _public_span(record.evidence),
        "also": [_public_span(span) for span in record.also],
        "coded_by": record.coded_by,
        "confidence": record.confidence,
    }


def record_of(public: Mapping[str, Any]) -> Record:
    """Return the record of a public form. The kind of an actor and the reason for its code are not part of it and are lost.

    Raises:
        InputError: It is not of the form; the message names the key.
    """
    fields = {key: value for key, value in public.items() if key in KEYS}
    try:
        date, published = fields.pop("date", None), fields.pop("published", None)
        span = None if date is None else span_of(date["start"], date["end"], date["precision"], date["text"])
        day = None if published is None else dt.date.fromisoformat(published)
        return msgspec.structs.replace(msgspec.convert(fields, Record), date=span, published=day)
    except (msgspec.ValidationError, TimeError, KeyError, TypeError, ValueError) as error:
        raise InputError(f"it is no record of entente's form ({error}); see docs/record.schema.json") from error


def span_of(start: str | None, end: str | None, precision: Any, text: str | None) -> TimeSpan:
    """Return the half-open span of two inclusive ISO days: the way back from `TimeSpan.inclusive`."""
    first = None if start is None else dt.date.fromisoformat(start)
    last = None if end is None else dt.date.fromisoformat(end) + dt.timedelta(days=1)
    return TimeSpan(first, last, precision, text)


def _public_actor(actor: Actor) -> dict[str, Any]:
    return {"code": actor.code, "sector": actor.sector, "entity": actor.entity, "text": actor.text}


def _public_date(span: TimeSpan) -> dict[str, Any]:
    start, end = span.inclusive()
    return {"start": start, "end": end, "precision": span.precision, "text": span.text}


def _public_span(span: TextSpan) -> dict[str, Any]:
    return {"start": span.start, "end": span.end, "text": span.text}
