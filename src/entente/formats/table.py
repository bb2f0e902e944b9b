"""Records as rows of short strings, for people: what a terminal shows."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from entente.records.actors import Actor
from entente.records.record import Record
from entente.records.timespan import TimeSpan

COLUMNS = ("date", "kind", "type", "actor", "recipient", "status", "words")
NOTHING = "–"


def row_of(record: Record) -> tuple[str, ...]:
    """Return the cells of a record in the order of ``COLUMNS``; the mode stands behind the type."""
    return (
        NOTHING if record.date is None else days_of(record.date),
        record.kind,
        f"{record.type} {record.mode}" if record.mode else record.type,
        people_of(record.actor),
        people_of(record.recipient),
        record.status,
        visible(record.evidence.text),
    )


def days_of(span: TimeSpan) -> str:
    """Return a span as few characters as its ends allow: ``2014``, ``2014-06``, ``2014-06-07``, ``2016-01-01 …``."""
    start, end = span.inclusive()
    if start is None or end is None:
        return f"{start or ''} … {end or ''}".strip()
    if start == end:
        return start
    if start.endswith("-01-01") and end == f"{start[:4]}-12-31":
        return start[:4]
    if span.end is not None and start.endswith("-01") and span.end.day == 1 and start[:7] == end[:7]:
        return start[:7]
    return f"{start} … {end}"


def people_of(actors: Iterable[Actor]) -> str:
    """Return codes with sectors, joined by commas; an unresolved actor shows its words in quotation marks."""
    return ", ".join(_person_of(actor) for actor in actors) or NOTHING


def visible(text: str) -> str:
    """Return text on one line that a terminal can show: as `shown`, and white space folded."""
    return shown(" ".join(text.split()))


def shown(text: str) -> str:
    """Return text that does nothing to a terminal: control and direction characters, line feeds and tabs apart, are ``�``.

    Every character stays one character, so offsets hold.
    """
    return "".join("�" if c not in "\n\t" and unicodedata.category(c) in ("Cc", "Cf", "Cs") else c for c in text)


def _person_of(actor: Actor) -> str:
    if actor.code is None:
        return f"“{visible(actor.text)}”"
    return f"{actor.code}.{actor.sector}" if actor.sector else actor.code
