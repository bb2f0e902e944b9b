"""Records read column by column: all of them, or those that name some codes, since a question about few states needs few rows.

DuckDB reads a list of actors with all that is said of each. Parquet keeps the codes apart and each once in a dictionary, so that
they are read and compared some times faster here; only where a file has rows that count are the other columns read. Words stay
places in a dictionary, which spares a million strings.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from msgspec import Struct
from numpy.typing import NDArray

from entente.ledger.rows import RECORDS

Mask = NDArray[np.bool_]
_SIDES = ("actor", "recipient")
_PLAIN = {"id"}  # different in every row: a dictionary of these would be as long as the column


class Naming(Struct, frozen=True):
    """Which records are read: those that name one of ``some`` and one of ``others``, as actor or recipient.

    Attributes:
        some: Codes without sectors.
        others: Codes without sectors; None for any or none.
        votes_with: Votes whose attributes hold this are read, too; None for no such votes.
        types: Records of these types are read, too, whomever they name.
    """

    some: Collection[str]
    others: Collection[str] | None
    votes_with: str | None = None
    types: Collection[str] = ()


def read_columns(paths: Sequence[str], columns: Sequence[str], naming: Naming | None = None) -> pa.Table:
    """Return some columns of the records, all of them or those that name some codes.

    Args:
        paths: The files of the records table.
        columns: What to read, nested ones with a stop: ``date.start``; of actors and recipients code and sector are read anyway.
        naming: Which records; None for all.

    Returns:
        Rows of the records table, in its order, with these columns only; words may be encoded in a dictionary.

    Raises:
        OSError: A file cannot be read.
        pa.ArrowInvalid: A file is damaged.
    """
    schema = _schema(columns)
    parts = [part.select(schema.names) for path in paths for part in _parts(path, columns, naming)]
    return pa.concat_tables(parts) if parts else schema.empty_table()


def _parts(path: str, columns: Sequence[str], naming: Naming | None) -> Iterator[pa.Table]:
    """Yield the rows of each group of a file."""
    with pq.ParquetFile(path) as file:
        leaves = [file.metadata.schema.column(place).path for place in range(file.metadata.num_columns)]
    words = [leaf for leaf in leaves if leaf not in _PLAIN]
    whose = tuple(f"{side}." for side in _SIDES)
    telling = [leaf for leaf in leaves if leaf.startswith(whose) and leaf.endswith((".code", ".sector"))]
    telling += ["kind", "attributes"] if naming is not None and naming.votes_with is not None else []
    telling += ["type"] if naming is not None and naming.types else []
    asked = [leaf for leaf in leaves if any(leaf == name or leaf.startswith(f"{name}.list") for name in columns)]
    rest = [leaf for leaf in asked if leaf not in telling]
    with pq.ParquetFile(path, read_dictionary=words) as file:
        for group in range(file.metadata.num_row_groups):
            if naming is None:
                yield file.read_row_group(group, telling + rest, use_threads=False)
                continue
            named = file.read_row_group(group, telling, use_threads=False)
            rows = np.flatnonzero(_wanted(named, naming))
            if rows.size:
                tables = [table.take(pa.array(rows)) for table in (named, file.read_row_group(group, rest, use_threads=False))]
                yield pa.table({name: table[name] for table in tables for name in table.column_names})


def _wanted(table: pa.Table, naming: Naming) -> Mask:
    """Return, shape (rows,), whether a row is to be read."""
    wanted = _names(table, naming.some)
    if naming.others is not None:
        wanted &= _names(table, naming.others)
    if naming.types:
        wanted |= _among(table["type"].combine_chunks(), naming.types)
    return wanted if naming.votes_with is None else wanted | _marked(table, naming.votes_with)


def _among(words: pa.DictionaryArray, wanted: Collection[str]) -> Mask:
    """Return, shape (rows,), whether a word is one of some."""
    places = np.array([name in wanted for name in words.dictionary.to_pylist()] + [False])
    return np.asarray(places[pc.fill_null(words.indices, len(places) - 1).to_numpy(zero_copy_only=False)])


def _names(table: pa.Table, wanted: Collection[str]) -> Mask:
    """Return, shape (rows,), whether a row names one of some codes."""
    found = np.zeros(table.num_rows, dtype=bool)
    for side in _SIDES:
        lists = table[side].combine_chunks()
        hits = _among(lists.flatten().field("code"), wanted)
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
