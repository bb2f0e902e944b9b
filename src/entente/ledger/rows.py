"""Rows: documents, records and runs as the ledger's tables hold them.

Days in the tables are inclusive, since anybody's tool may read them; `TimeSpan` becomes half-open again on the way back.
Attributes are JSON in a string, so that numbers and truth values keep their types.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable
from typing import Any

import msgspec
import pyarrow as pa

from entente.records.actors import Actor
from entente.records.record import Place, Record
from entente.records.text import Document, TextSpan
from entente.records.timespan import TimeSpan

_ACTORS = pa.list_(pa.struct([(key, pa.string()) for key in ("code", "sector", "entity", "text", "kind", "reason")]))
_SPAN = pa.struct([("start", pa.int64()), ("end", pa.int64()), ("text", pa.string())])

DOCUMENTS = pa.schema(
    [
        ("id", pa.string()),
        ("published", pa.date32()),
        ("title", pa.string()),
        ("source", pa.string()),
        ("url", pa.string()),
        ("language", pa.string()),
        ("text", pa.string()),
        ("newline_ends_sentence", pa.bool_()),
        ("digest", pa.string()),
        ("run", pa.int64()),
    ]
)
"""One row a document; ``digest`` covers all that was read, ``run`` is the ledger version that wrote the row."""

RECORDS = pa.schema(
    [
        ("document", pa.string()),
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
        ("published", pa.date32()),
        ("source", pa.string()),
        ("sentence", pa.int64()),
        ("evidence", _SPAN),
        ("also", pa.list_(_SPAN)),
        ("coded_by", pa.string()),
        ("confidence", pa.float64()),
        ("run", pa.int64()),
    ]
)
"""One row a record."""

RUNS = pa.schema(
    [
        ("version", pa.int64()),
        ("run", pa.int64()),
        ("operation", pa.string()),
        ("started", pa.string()),
        ("finished", pa.string()),
        ("entente", pa.string()),
        ("codebook", pa.string()),
        ("pipeline", pa.string()),
        ("settings", pa.string()),
        ("documents", pa.int64()),
        ("replaced", pa.int64()),
        ("records", pa.int64()),
        ("documents_version", pa.int64()),
        ("records_version", pa.int64()),
        ("oldest", pa.int64()),
    ]
)
"""One row a version of the ledger; see `Run`."""


class Run(msgspec.Struct, frozen=True, kw_only=True):
    """What made one version of the ledger.

    Attributes:
        version: The ledger's version, from 1.
        run: The first version of the coding run that this one belongs to: a long run commits in batches.
        operation: "code" or "compact".
        started: When the run began, ISO 8601 in UTC.
        finished: When this version was committed, ISO 8601 in UTC.
        entente: The coder's version.
        codebook: The codebook's digest.
        pipeline: The pipeline's name and version.
        settings: What else the run was told.
        documents: How many documents it wrote.
        replaced: How many of these were there before.
        records: How many records it wrote.
        documents_version: The version of the documents table that belongs to it.
        records_version: The version of the records table that belongs to it.
        oldest: The oldest version of the ledger that can still be opened.
    """

    version: int
    run: int
    operation: str
    started: str
    finished: str
    entente: str
    codebook: str
    pipeline: str
    settings: dict[str, Any]
    documents: int
    replaced: int
    records: int
    documents_version: int
    records_version: int
    oldest: int


# --- to rows ------------------------------------------------------------------------------------------------------------


def documents_table(documents: Iterable[Document], run: int) -> pa.Table:
    """Return the rows of documents as a table of schema ``DOCUMENTS``."""
    rows = [{**msgspec.structs.asdict(document), "digest": digest_of(document), "run": run} for document in documents]
    return pa.Table.from_pylist(rows, schema=DOCUMENTS)


def records_table(records: Iterable[Record], run: int) -> pa.Table:
    """Return the rows of records as a table of schema ``RECORDS``."""
    return pa.Table.from_pylist([{**_row_of(record), "run": run} for record in records], schema=RECORDS)


def runs_table(run: Run) -> pa.Table:
    """Return the row of a run as a table of schema ``RUNS``."""
    row = {**msgspec.structs.asdict(run), "settings": msgspec.json.encode(run.settings).decode()}
    return pa.Table.from_pylist([row], schema=RUNS)


def digest_of(document: Document) -> str:
    """Return 32 hexadecimal digits over all that a document says, its id apart."""
    said = msgspec.json.encode(msgspec.structs.replace(document, id=""))
    return hashlib.sha256(said).hexdigest()[:32]


def _row_of(record: Record) -> dict[str, Any]:
    row: dict[str, Any] = msgspec.to_builtins(record, builtin_types=(dt.date,))
    row["attributes"] = msgspec.json.encode(record.attributes).decode()
    if record.date is not None:
        start, end = record.date.inclusive()
        row["date"] |= {"start": _day(start), "end": _day(end)}
    return row


# --- from rows ----------------------------------------------------------------------------------------------------------


def record_of(row: dict[str, Any]) -> Record:
    """Return the record of a row of the records table."""
    fields = {key: value for key, value in row.items() if key in Record.__struct_fields__}
    return Record(
        **fields
        | {
            "contexts": tuple(row["contexts"]),
            "actor": tuple(Actor(**actor) for actor in row["actor"]),
            "recipient": tuple(Actor(**actor) for actor in row["recipient"]),
            "date": None if row["date"] is None else _span_of(row["date"]),
            "place": None if row["place"] is None else Place(**row["place"]),
            "attributes": msgspec.json.decode(row["attributes"]),
            "evidence": TextSpan(**row["evidence"]),
            "also": tuple(TextSpan(**span) for span in row["also"]),
        }
    )


def document_of(row: dict[str, Any]) -> Document:
    """Return the document of a row of the documents table."""
    return Document(**{key: value for key, value in row.items() if key in Document.__struct_fields__})


def run_of(row: dict[str, Any]) -> Run:
    """Return the run of a row of the runs table."""
    return Run(**row | {"settings": msgspec.json.decode(row["settings"])})


def _span_of(row: dict[str, Any]) -> TimeSpan:
    end = None if row["end"] is None else row["end"] + dt.timedelta(days=1)
    return TimeSpan(row["start"], end, row["precision"], row["text"])


def _day(iso: str | None) -> dt.date | None:
    return None if iso is None else dt.date.fromisoformat(iso)
