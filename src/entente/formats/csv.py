"""Records as CSV: one row each, made for spreadsheets and statistics, with nothing lost.

The columns are those of the public form; objects are spread over dotted columns (``date.start``), lists and attributes are JSON
in a cell, and ``actor.codes`` and ``recipient.codes`` repeat the codes in short (``SYR.REB;TUR``). An empty cell is null.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from typing import Any, BinaryIO

import msgspec

from entente.formats.public import KEYS, public_of
from entente.records.record import Record

SPREAD = {
    "date": ("start", "end", "precision", "text"),
    "place": ("name", "country"),
    "evidence": ("start", "end", "text"),
}
AS_JSON = frozenset({"contexts", "actor", "recipient", "attributes", "also"})
NUMBERS = {"score": float, "quad": int, "sentence": int, "confidence": float, "evidence.start": int, "evidence.end": int}
SHORT = ("actor.codes", "recipient.codes")
COLUMNS = tuple(f"{key}.{part}" if part else key for key in KEYS for part in SPREAD.get(key, ("",))) + SHORT


class CsvWriter:
    """Writes records to a binary stream: a header, then a row each. UTF-8; rows end in CRLF, else a lone CR would go unquoted."""

    def __init__(self, stream: BinaryIO) -> None:
        self.stream = stream
        self._write_rows([COLUMNS])

    def write(self, records: Iterable[Record]) -> None:
        """Append the records."""
        self._write_rows([cells_of(record) for record in records])

    def close(self) -> None:
        """Finish; nothing is left to write."""

    def _write_rows(self, rows: Iterable[Iterable[Any]]) -> None:
        buffer = io.StringIO(newline="")
        csv.writer(buffer).writerows(rows)
        self.stream.write(buffer.getvalue().encode())
        self.stream.flush()


def cells_of(record: Record) -> list[Any]:
    """Return the cells of a record in the order of ``COLUMNS``; None is an empty cell."""
    cells: list[Any] = []
    for key, value in public_of(record).items():
        if key in SPREAD:
            cells.extend((value or {}).get(part) for part in SPREAD[key])
        else:
            cells.append(msgspec.json.encode(value).decode() if key in AS_JSON else value)
    return [*cells, short_codes(record.actor), short_codes(record.recipient)]


def short_codes(actors: Iterable[Any]) -> str:
    """Return the codes of actors in short, sectors after a stop, joined by semicolons; unresolved ones are left out."""
    return ";".join(actor.code + (f".{actor.sector}" if actor.sector else "") for actor in actors if actor.code)


def public_of_row(row: Mapping[str, str]) -> dict[str, Any]:
    """Return the public form of a row as `csv.DictReader` gives it: the way back from `cells_of`."""
    public: dict[str, Any] = {}
    for key in KEYS:
        if key in SPREAD:
            parts = {part: _value(f"{key}.{part}", row[f"{key}.{part}"]) for part in SPREAD[key]}
            public[key] = parts if any(value is not None for value in parts.values()) else None
        else:
            public[key] = msgspec.json.decode(row[key]) if key in AS_JSON else _value(key, row[key])
    return public


def _value(column: str, cell: str) -> Any:
    if cell == "":
        return None
    return NUMBERS.get(column, str)(cell)
