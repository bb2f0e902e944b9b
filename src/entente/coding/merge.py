"""One report, one record: the same fact told again in a document joins its first telling."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec.structs import replace

from entente.codebook.vocabulary import SYMMETRIC
from entente.coding.records import identify
from entente.records.record import Record


def merge_records(records: Iterable[Record]) -> list[Record]:
    """Return the records with repeated tellings under ``also``, and with their ids."""
    merged: dict[tuple[object, ...], Record] = {}
    for record in records:
        key = _key(record)
        first = merged.get(key)
        merged[key] = record if first is None else _join(first, record)
    return [replace(record, id=identify(record)) for record in merged.values()]


def _key(record: Record) -> tuple[object, ...]:
    """Return what makes two tellings the same: all that they say, and for standing facts no matter in which sentence."""
    actors = tuple(sorted((a.code or a.text, a.sector or "") for a in record.actor))
    recipients = tuple(sorted((a.code or a.text, a.sector or "") for a in record.recipient))
    people: object = (actors, recipients)
    if record.type in SYMMETRIC:
        people = tuple(sorted({*actors, *recipients}))
    attributes = tuple(sorted((key, str(value)) for key, value in record.attributes.items()))
    place: object = record.sentence if record.kind == "event" and record.date is None else None
    days = record.date.inclusive() if record.date else None
    return record.kind, record.type, people, record.status, attributes, days, place


def _join(first: Record, later: Record) -> Record:
    if later.evidence == first.evidence or later.evidence in first.also:
        return first
    return replace(first, also=(*first.also, later.evidence), mode=first.mode or later.mode)
