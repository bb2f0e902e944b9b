"""Columns of records: codes in place of words, whole numbers in place of days."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from entente.analysis.lists import NOBODY, Ints

EPOCH = dt.date(1970, 1, 1)
OPEN = int(np.iinfo(np.int32).min)
ROLL_CALL = '"rollcall":'
"""What the attributes of a record of an imported roll call hold (`entente.formats.unvotes`)."""

Mask = NDArray[np.bool_]


class Coded:
    """A column of few different words: ``values`` are places in ``names``, -1 where there is none."""

    __slots__ = ("_places", "names", "values")

    def __init__(self, values: Ints, names: Sequence[str]) -> None:
        self.values = values
        self.names = tuple(names)
        self._places = {name: place for place, name in enumerate(self.names)}

    @classmethod
    def of(cls, column: pa.ChunkedArray | pa.Array) -> Coded:
        """Encode a column of strings; words are in the order of the alphabet, whatever else was read with them."""
        array = joined_chunks(column)
        encoded = array if pa.types.is_dictionary(array.type) else array.dictionary_encode()
        indices, words = _indices(encoded), encoded.dictionary.to_pylist()
        occurring = np.flatnonzero(np.bincount(indices + 1, minlength=len(words) + 1)[1:]).tolist()
        names = sorted({words[place] for place in occurring})
        places = {name: place for place, name in enumerate(names)}
        rank = np.full(len(words) + 1, NOBODY, dtype=np.int32)
        rank[occurring] = [places[words[place]] for place in occurring]
        return cls((rank.astype(np.int16) if len(names) < 2**15 else rank)[indices], names)

    def place(self, name: str) -> int:
        """Return the place of a word, -2 where it does not occur."""
        return self._places.get(name, -2)

    def places(self, names: Iterable[str]) -> NDArray[np.int64]:
        """Return the places of the words that occur."""
        return np.array(sorted(self._places[name] for name in set(names) if name in self._places), dtype=np.int64)

    def among(self, names: Iterable[str]) -> Mask:
        """Return, shape (records,), whether the word is one of ``names``."""
        found: Mask = self.table(names)[self.values]
        return found

    def table(self, names: Iterable[str]) -> Mask:
        """Return, shape (words + 1,), whether a word is one of ``names``; the last is for those that have none."""
        table = np.zeros(len(self.names) + 1, dtype=bool)
        table[self.places(names)] = True
        return table

    def word(self, record: int) -> str | None:
        """Return the word of one record."""
        place = int(self.values[record])
        return None if place < 0 else self.names[place]


def day_number(day: dt.date) -> int:
    """Return a day as a whole number."""
    return (day - EPOCH).days


def day_of(number: int) -> dt.date | None:
    """Return the day of a whole number, None where it is open."""
    return None if number == OPEN else EPOCH + dt.timedelta(days=int(number))


def joined_chunks(column: pa.ChunkedArray | pa.Array) -> Any:
    """Return a column as one array."""
    return column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column


def encode(column: pa.ChunkedArray | pa.Array) -> tuple[NDArray[np.int32], pa.StringArray]:
    """Return places in the words of a column, ``NOBODY`` for nulls, and the words, each once, in the order they are met."""
    array = joined_chunks(column)
    if not pa.types.is_dictionary(array.type):
        encoded = array.dictionary_encode()
        return _indices(encoded), encoded.dictionary
    places = _indices(array)
    filled = np.flatnonzero(places != NOBODY)[::-1]
    first = np.full(len(array.dictionary), places.size)
    first[places[filled]] = filled  # of several the last holds, which is the first met
    order = np.argsort(first, kind="stable")[: int((first < places.size).sum())]
    rank = np.full(first.size + 1, NOBODY, dtype=np.int32)
    rank[order] = np.arange(order.size)
    return rank[places], array.dictionary.take(pa.array(order))


def _indices(encoded: pa.DictionaryArray) -> NDArray[np.int32]:
    return np.asarray(pc.fill_null(encoded.indices, NOBODY).to_numpy(zero_copy_only=False), dtype=np.int32)


def day_numbers(column: pa.ChunkedArray) -> NDArray[np.int32]:
    """Return days as whole numbers, ``OPEN`` where there is none; shape (records,)."""
    days: NDArray[np.int32] = pc.fill_null(column.cast(pa.int32()), OPEN).to_numpy().astype(np.int32)
    return days


def roll_calls(kind: Coded, attributes: pa.StringArray) -> Mask:
    """Return, shape (records,), whether records are of imported roll calls."""
    marked = np.zeros(len(attributes), dtype=bool)
    votes = np.flatnonzero(kind.values == kind.place("vote"))
    found = pc.match_substring(attributes.take(pa.array(votes)), ROLL_CALL)
    marked[votes] = pc.fill_null(found, False).to_numpy(zero_copy_only=False)
    return marked


def bit_sets(column: pa.ChunkedArray) -> tuple[NDArray[np.uint64], tuple[str, ...]]:
    """Return a bit set of words for each list, and the words; at most 64 different ones."""
    lists = joined_chunks(column)
    words = Coded.of(lists.flatten())
    owners = pc.list_parent_indices(lists).to_numpy()
    bits = np.zeros(len(lists), dtype=np.uint64)
    np.bitwise_or.at(bits, owners, np.uint64(1) << words.values.astype(np.uint64))
    return bits, words.names
