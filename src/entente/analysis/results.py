"""Results: the rows of a measure, each of which leads back to the records that it was made from."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from entente.analysis.facts import Facts
from entente.errors import InputError
from entente.ledger.frames import pandas_of, polars_of
from entente.records.record import Record

Fetch = Callable[[Sequence[str]], list[Record]]
"""Returns records by id; see `entente.analysis.facts.fetch_records`."""


class Evidence:
    """For every row of a result the places of its records: row k has ``places[starts[k]:stops[k]]``; rows may overlap."""

    def __init__(self, places: NDArray[np.int64], starts: NDArray[np.int64], stops: NDArray[np.int64]) -> None:
        self.places = places
        self.starts = starts
        self.stops = stops

    @classmethod
    def of_cells(cls, cells: NDArray[np.int64], places: NDArray[np.int64], size: int) -> Evidence:
        """Return the records of each of ``size`` cells; ``cells`` and ``places`` have shape (rows,), a cell of -1 is none."""
        cells, places = cells[cells >= 0], places[cells >= 0]
        order = np.argsort(cells, kind="stable")
        edges = np.searchsorted(cells[order], np.arange(size + 1))
        return cls(places[order], edges[:-1], edges[1:])

    @classmethod
    def of_parts(cls, parts: Sequence[NDArray[np.int64]]) -> Evidence:
        """Return the records of each row from a list of them for each."""
        lengths = np.array([part.size for part in parts], dtype=np.int64)
        stops = np.cumsum(lengths)
        return cls(np.concatenate([*parts, np.zeros(0, dtype=np.int64)]), stops - lengths, stops)

    def of_row(self, row: int) -> NDArray[np.int64]:
        """Return the places of a row's records, each once, in the ledger's order."""
        return np.unique(self.places[self.starts[row] : self.stops[row]])

    def counts(self, facts: Facts) -> tuple[list[int], list[int]]:
        """Return how many records and how many independent documents each row has."""
        sets = [self.of_row(row) for row in range(self.starts.size)]
        return [places.size for places in sets], [facts.count_documents(places) for places in sets]


class Result:
    """The rows of a measure.

    Attributes:
        measure: What it is: "dyads", "stance" …
        notes: What was left out or joined on the way, and the choices that were made; plain values.
    """

    def __init__(
        self,
        measure: str,
        columns: dict[str, Sequence[Any] | NDArray[Any]],
        evidence: Evidence,
        facts: Facts,
        notes: dict[str, Any] | None = None,
        fetch: Fetch | None = None,
    ) -> None:
        self.measure = measure
        self.notes = notes or {}
        self._columns = {name: _plain(values) for name, values in columns.items()}
        self._evidence = evidence
        self._facts = facts
        self._fetch = fetch

    def __len__(self) -> int:
        return len(next(iter(self._columns.values()), ()))

    def __iter__(self) -> Iterator[dict[str, Any]]:
        return iter(self.rows())

    @property
    def columns(self) -> list[str]:
        """The names of the columns."""
        return list(self._columns)

    def column(self, name: str) -> list[Any]:
        """Return the values of one column; None where there is too little evidence for a number."""
        return self._columns[name]

    def rows(self) -> list[dict[str, Any]]:
        """Return the rows as dictionaries; None where there is too little evidence for a number."""
        return [dict(zip(self._columns, values, strict=True)) for values in zip(*self._columns.values(), strict=True)]

    def arrow(self) -> pa.Table:
        """Return the rows as an Arrow table."""
        return pa.table({name: pa.array(values) for name, values in self._columns.items()})

    def df(self) -> Any:
        """Return the rows as a pandas frame."""
        return pandas_of(self.arrow())

    def pl(self) -> Any:
        """Return the rows as a polars frame."""
        return polars_of(self.arrow())

    def ids(self, row: int) -> list[str]:
        """Return the ids of the records that a row was made from."""
        return self._facts.record_ids(self._evidence.of_row(row))

    def records(self, row: int) -> list[Record]:
        """Return the records that a row was made from.

        Raises:
            InputError: The result was made without a ledger to fetch them from.
        """
        if self._fetch is None:
            raise InputError("this result knows the ids of its records only; ask for it through a workspace")
        return self._fetch(self.ids(row))

    def to_builtins(self) -> dict[str, Any]:
        """Return the result as plain values for JSON: every row with the ids of its records."""
        rows = [
            {name: value.isoformat() if isinstance(value, dt.date) else value for name, value in row.items()}
            | {"record_ids": self.ids(place)}
            for place, row in enumerate(self.rows())
        ]
        return {"measure": self.measure, "notes": self.notes, "rows": rows}


def too_little(records: int, documents: int) -> str:
    """Return why a row has no figure."""
    return f"too little evidence: {records} record{'s' * (records != 1)} of {documents} document{'s' * (documents != 1)}"


def _plain(values: Sequence[Any] | NDArray[Any]) -> list[Any]:
    """Return values as Python's own, NaN as None."""
    plain = values.tolist() if isinstance(values, np.ndarray) else list(values)
    return [None if isinstance(value, float) and math.isnan(value) else value for value in plain]
