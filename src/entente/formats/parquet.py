"""Records as Parquet: the public form with real types; days are dates, objects and lists nested, attributes JSON in a string."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any, BinaryIO

import msgspec
import pyarrow as pa
from pyarrow import parquet

from entente.formats.public import public_of
from entente.records.record import Record

_ACTORS = pa.list_(pa.struct([(key, pa.string()) for key in ("code", "sector", "entity", "text")]))
_SPAN = pa.struct([("start", pa.int64()), ("end", pa.int64()), ("text", pa.string())])

SCHEMA = pa.schema(
    [
        ("id", pa.string()),
        ("kind", pa.string()),
        ("type", pa.string()),
        ("mode", pa.string()),
        ("contexts", pa.list_(pa.string())),
        ("actor", _ACTORS),
        ("recipient", _ACTORS),
        ("date", pa.struct([("start", pa.date32()), ("end", pa.date32()), ("precision", pa.string()), ("text", pa.string())])),
        ("status", pa.string()),
        ("attributed_to", pa.string()),
        ("place", pa.struct([("name", pa.string()), ("country", pa.string())])),
        ("score", pa.float64()),
        ("quad", pa.int64()),
        ("attributes", pa.string()),
        ("document", pa.string()),
        ("published", pa.date32()),
        ("source", pa.string()),
        ("sentence", pa.int64()),
        ("evidence", _SPAN),
        ("also", pa.list_(_SPAN)),
        ("coded_by", pa.string()),
        ("confidence", pa.float64()),
    ]
)
ROWS_A_GROUP = 20_000


class ParquetWriter:
    """Writes records to a binary stream in row groups; the file is whole once it is closed."""

    def __init__(self, stream: BinaryIO) -> None:
        self._file = parquet.ParquetWriter(stream, SCHEMA, compression="zstd")
        self._waiting: list[dict[str, Any]] = []

    def write(self, records: Iterable[Record]) -> None:
        """Take the records; they reach the stream a row group at a time."""
        self._waiting.extend(row_of(record) for record in records)
        if len(self._waiting) >= ROWS_A_GROUP:
            self._flush()

    def close(self) -> None:
        """Write what is waiting and the file's footer."""
        self._flush()
        self._file.close()

    def _flush(self) -> None:
        self._file.write_table(pa.Table.from_pylist(self._waiting, schema=SCHEMA))
        self._waiting = []


def row_of(record: Record) -> dict[str, Any]:
    """Return the row of a record: its public form with dates as `datetime.date` and attributes as JSON."""
    row = public_of(record)
    row["attributes"] = msgspec.json.encode(row["attributes"]).decode()
    row["published"] = record.published
    if row["date"] is not None:
        row["date"] = {**row["date"], "start": _day(row["date"]["start"]), "end": _day(row["date"]["end"])}
    return row


def public_of_row(row: dict[str, Any]) -> dict[str, Any]:
    """Return the public form of a row as ``to_pylist`` gives it: the way back from `row_of`."""
    date = row["date"]
    return {
        **row,
        "attributes": msgspec.json.decode(row["attributes"]),
        "published": _iso(row["published"]),
        "date": None if date is None else {**date, "start": _iso(date["start"]), "end": _iso(date["end"])},
    }


def _day(iso: str | None) -> dt.date | None:
    return None if iso is None else dt.date.fromisoformat(iso)


def _iso(day: dt.date | None) -> str | None:
    return None if day is None else day.isoformat()
