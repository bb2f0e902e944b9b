"""The records that name some codes, read column by column: a question about a few states needs few rows of few columns.

DuckDB reads a list of actors with all that is said of each. Parquet keeps the codes apart and each once in a dictionary, so that
they are read and compared some times faster here; only where a file has rows that count are the other columns read.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from numpy.typing import NDArray

from entente.ledger.rows import RECORDS

Mask = NDArray[np.bool_]
_SIDES = ("actor", "recipient")
_PLAIN = {"id"}  # different in every row: a dictionary of these would be as long as the column


def read_naming(
    paths: Sequence[str], columns: Sequence[str], some: Collection[str], others: Collection[str], votes_with: str | None
) -> pa.Table:
    """Return the records that name one of ``some`` and one of ``others``, as actor or recipient.

    Args:
        paths: The files of the records table.
        columns: What to read, nested ones with a stop: ``date.start``; of actors and recipients code and sector are read anyway.
        some: Codes without sectors.
        others: Codes without sectors.
        votes_with: Votes whose attributes hold this are returned, too; None for no such votes.

    Returns:
        Rows of the records table, in its order, with these columns only.

    Raises:
        OSError: A file cannot be read.
        pa.ArrowInvalid: A file is damaged.
    """
    parts = [part for path in paths for part in _parts(path, columns, some, others, votes_with)]
    return pa.concat_tables(parts) if parts else _schema(columns).empty_table()


def _parts(
    path: str, columns: Sequence[str], some: Collection[str], others: Collection[str], votes_with: str | None
) -> list[pa.Table]:
    with pq.ParquetFile(path) as file:
        leaves = [file.metadata.schema.column(place).path for place in range(file.metadata.num_columns)]
    words = [leaf for leaf in leaves if leaf not in _PLAIN]
    whose = tuple(f"{side}." for side in _SIDES)
    telling = [leaf for leaf in leaves if leaf.startswith(whose) and leaf.endswith((".code", ".sector"))]
    telling += [] if votes_with is None else ["kind", "attributes"]
    asked = [leaf for leaf in leaves if any(leaf == name or leaf.startswith(f"{name}.list") for name in columns)]
    rest = [leaf for leaf in asked if leaf not in telling]
    schema, found = _schema(columns), []
    with pq.ParquetFile(path, read_dictionary=words) as file:
        for group in range(file.metadata.num_row_groups):
            named = file.read_row_group(group, telling, use_threads=False)
            wanted = _names(named, some) & _names(named, others)
            rows = np.flatnonzero(wanted if votes_with is None else wanted | _marked(named, votes_with))
            if rows.size:
                tables = [table.take(pa.array(rows)) for table in (named, file.read_row_group(group, rest, use_threads=False))]
                by_name = {name: table[name] for table in tables for name in table.column_names}
                found.append(pa.table({name: by_name[name] for name in schema.names}).cast(schema))
    return found


def _names(table: pa.Table, wanted: Collection[str]) -> Mask:
    """Return, shape (rows,), whether a row names one of some codes."""
    found = np.zeros(table.num_rows, dtype=bool)
    for side in _SIDES:
        lists = table[side].combine_chunks()
        codes = lists.flatten().field("code")
        places = np.array([name in wanted for name in codes.dictionary.to_pylist()] + [False])
        hits = places[pc.fill_null(codes.indices, len(places) - 1).to_numpy(zero_copy_only=False)]
        found[pc.list_parent_indices(lists).to_numpy()[hits]] = True
    return found


def _marked(table: pa.Table, mark: str) -> Mask:
    attributes = table["attributes"].combine_chunks()
    marked = np.array([text is not None and mark in text for text in attributes.dictionary.to_pylist()] + [False])
    if not marked.any():
        return np.zeros(table.num_rows, dtype=bool)
    kinds = table["kind"].combine_chunks()
    votes = np.array([name == "vote" for name in kinds.dictionary.to_pylist()] + [False])
    places = (
        (flags, pc.fill_null(column.indices, len(flags) - 1).to_numpy(zero_copy_only=False))
        for flags, column in ((marked, attributes), (votes, kinds))
    )
    one, other = (flags[indices] for flags, indices in places)
    return np.asarray(one & other)


def _schema(columns: Sequence[str]) -> pa.Schema:
    """Return the schema of what is read: the records table's, with only these columns and parts of columns."""
    actors = pa.list_(pa.struct([("code", pa.string()), ("sector", pa.string())]))
    fields = []
    for field in RECORDS:
        parts = [name.partition(".")[2] for name in columns if name.startswith(f"{field.name}.")]
        if field.name in _SIDES:
            fields.append(pa.field(field.name, actors))
        elif parts:
            fields.append(pa.field(field.name, pa.struct([part for part in field.type if part.name in parts])))
        elif field.name in columns:
            fields.append(field)
    return pa.schema(fields)
