"""Lists of codes, one for each record, and the pairs that can be made of them."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

NOBODY = -1
"""Stands where a list is empty."""

Ints = NDArray[np.int64] | NDArray[np.int32] | NDArray[np.int16] | NDArray[np.int8]


class CodeLists:
    """A list of codes for each of some records: ``values`` end to end, ``lengths`` and the ``records`` they belong to."""

    def __init__(self, values: Ints, lengths: NDArray[np.int64], records: NDArray[np.int64]) -> None:
        self.values = values
        self.lengths = lengths
        self.records = records
        self.starts = np.cumsum(lengths) - lengths

    @classmethod
    def of(cls, column: pa.ListArray, values: Ints) -> CodeLists:
        """Return the lists of an Arrow column whose flattened values are ``values``; a missing list is empty."""
        lengths = pc.fill_null(pc.list_value_length(column), 0).to_numpy(zero_copy_only=False).astype(np.int64)
        return cls(values, lengths, np.arange(lengths.size))

    def only(self, chosen: NDArray[np.int64]) -> CodeLists:
        """Return the lists at some places."""
        lengths = self.lengths[chosen]
        starts = np.repeat(self.starts[chosen], lengths)
        return CodeLists(self.values[starts + _places_within(lengths)], lengths, self.records[chosen])

    def padded(self) -> CodeLists:
        """Return the lists with ``NOBODY`` in those that are empty."""
        values = np.full(int(np.maximum(self.lengths, 1).sum()), NOBODY, dtype=self.values.dtype)
        lengths = np.maximum(self.lengths, 1)
        values[np.repeat(self.lengths > 0, lengths)] = self.values
        return CodeLists(values, lengths, self.records)

    def cross(self, other: CodeLists) -> tuple[Ints, Ints, Ints]:
        """Return record, own value and other's value for every pair within a record; an empty side is ``NOBODY``."""
        single = (self.lengths <= 1) & (other.lengths <= 1)
        if single.all():
            return self.records, self.first(), other.first()
        one, two = (lists.only(np.flatnonzero(single)) for lists in (self, other))
        record, first, second = self.only(np.flatnonzero(~single)).crossed(other.only(np.flatnonzero(~single)))
        return tuple(np.concatenate(parts) for parts in ((one.records, record), (one.first(), first), (two.first(), second)))  # type: ignore[return-value]

    def first(self) -> Ints:
        """Return the first value of each list, ``NOBODY`` of an empty one."""
        found = np.full(self.lengths.size, NOBODY, dtype=self.values.dtype)
        filled = self.lengths > 0
        found[filled] = self.values[self.starts[filled]]
        return found

    def crossed(self, other: CodeLists) -> tuple[Ints, Ints, Ints]:
        """Return what `cross` does, for lists of any length."""
        own, others = self.padded(), other.padded()
        pairs = own.lengths * others.lengths
        within = _places_within(pairs)
        wide = np.repeat(others.lengths, pairs)
        first = own.values[np.repeat(own.starts, pairs) + within // wide]
        second = others.values[np.repeat(others.starts, pairs) + within % wide]
        return np.repeat(own.records, pairs), first, second

    def squared(self) -> tuple[Ints, Ints, Ints]:
        """Return record and both values for every ordered pair of different values within a record."""
        record, first, second = self.cross(self)
        different = first != second
        return record[different], first[different], second[different]


def _places_within(lengths: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return 0, 1 … length - 1 for each list, end to end."""
    starts = np.cumsum(lengths) - lengths
    return np.arange(int(lengths.sum())) - np.repeat(starts, lengths)
