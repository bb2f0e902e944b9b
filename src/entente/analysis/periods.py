"""Periods: a span of days cut into days, weeks, months, quarters or years."""

from __future__ import annotations

import datetime as dt

import numpy as np
from numpy.typing import NDArray

from entente.analysis.facts import OPEN, Facts, Mask, day_of
from entente.errors import InputError

LENGTHS = {"day": 1, "week": 7, "month": 31, "quarter": 92, "year": 366}
"""The periods that a series can be cut by, and their greatest length in days."""

_PRECISIONS = {"day": 1, "range": 1, "week": 7, "month": 31, "season": 92, "quarter": 92, "half": 184, "year": 366}
_COARSEST = 10**6
_MONDAY = 4  # 5 January 1970, counted from the epoch, is a Monday


class Periods:
    """Periods without gaps: period k holds the days from ``edges[k]`` up to but not including ``edges[k + 1]``.

    Attributes:
        by: day, week (from Monday), month, quarter or year.
        edges: Days from 1 January 1970, shape (periods + 1,).
    """

    def __init__(self, by: str, edges: NDArray[np.int64]) -> None:
        self.by = by
        self.edges = edges

    def __len__(self) -> int:
        return max(self.edges.size - 1, 0)

    @classmethod
    def none(cls, by: str) -> Periods:
        """Return no periods.

        Raises:
            InputError: ``by`` is no period.
        """
        return cls(_known(by), np.zeros(1, dtype=np.int64))

    @classmethod
    def covering(cls, first: int, last: int, by: str) -> Periods:
        """Return the periods from the one that holds the day ``first`` to the one that holds ``last``.

        Raises:
            InputError: ``by`` is no period.
        """
        if _known(by) in ("day", "week"):
            length = LENGTHS[by]
            start = first if by == "day" else first - (first - _MONDAY) % 7
            return cls(by, np.arange(start, last + length + 1, length, dtype=np.int64)[: (last - start) // length + 2])
        months = {"month": 1, "quarter": 3, "year": 12}[by]
        begin = np.datetime64(first, "D").astype("datetime64[M]").astype(int) // months
        end = np.datetime64(last, "D").astype("datetime64[M]").astype(int) // months
        edges = (np.arange(begin, end + 2) * months).astype("datetime64[M]").astype("datetime64[D]").astype(np.int64)
        return cls(by, edges)

    def places(self, days: NDArray[np.int32] | NDArray[np.int64]) -> NDArray[np.int64]:
        """Return the period of each day, -1 outside all of them and for ``OPEN``. Shape (rows,)."""
        places = np.searchsorted(self.edges, days, side="right") - 1
        return np.where((places >= len(self)) | (days == OPEN), -1, places)

    def starts(self) -> list[dt.date]:
        """Return the first day of each period."""
        return [_sure(edge) for edge in self.edges[:-1]]

    def ends(self) -> list[dt.date]:
        """Return the last day of each period."""
        return [_sure(edge - 1) for edge in self.edges[1:]]


def too_coarse(facts: Facts, by: str) -> Mask:
    """Return whether a record's date is too coarse for periods of a length: "in 2014" says of no month. Shape (records,)."""
    sizes = np.array([_PRECISIONS.get(name, _COARSEST) for name in facts.precision.names] + [0])
    coarse: Mask = sizes[facts.precision.values] > LENGTHS[by]
    return coarse


def _known(by: str) -> str:
    if by not in LENGTHS:
        raise InputError(f"{by!r} is no period; take one of {', '.join(LENGTHS)}")
    return by


def _sure(number: int) -> dt.date:
    day = day_of(int(number))
    if day is None:  # an edge is never open
        raise InputError("a period has no beginning")
    return day
