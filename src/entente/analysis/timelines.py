"""Timelines: what is said or done from a day until another, and what of it holds before a day. Numpy throughout."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from msgspec import Struct

from entente.analysis.facts import OPEN, Facts, Mask
from entente.analysis.matching import Floats, Pairs, Places, Sorted, weights_of
from entente.codebook.judgements import ActRule


class Times(Struct, frozen=True):
    """When records say or do something, and how much they weigh; all of shape (pairs,).

    Attributes:
        pairs: The pairs themselves.
        party: The place of the code of the partner or other party, ``NOBODY`` where none is named.
        weight: By the codebook.
        first, last: Days, half-open; of publication where the record has no date.
        dated: Whether it has one.
        holds: Whether it tells what holds rather than what happens once.
    """

    pairs: Pairs
    party: Places
    weight: Floats
    first: Places
    last: Places
    dated: Mask
    holds: Mask

    def __len__(self) -> int:
        return len(self.pairs)

    def only(self, chosen: Mask | Places) -> Times:
        """Return some of them."""
        return Times(
            self.pairs.only(chosen),
            self.party[chosen],
            self.weight[chosen],
            self.first[chosen],
            self.last[chosen],
            self.dated[chosen],
            self.holds[chosen],
        )


class Timeline:
    """Things with a key that hold from a day until another; finds the latest begun of a key before a day.

    ``until`` and ``record`` are in sorted order.
    """

    def __init__(self, keys: Places, first: Places, until: Places, record: Places, weight: float) -> None:
        self._table = Sorted.of(keys, first)
        self._keys = keys[self._table.order]
        self.until = until[self._table.order]
        self.record = record[self._table.order]
        self.weight = weight

    def before(self, keys: Places, days: Places) -> Places:
        """Return the place of the latest thing of each key that began before each day, -1 where there is none."""
        place = self._table.first_at(keys, days) - 1
        return np.where((place >= 0) & (self._keys[place] == keys), place, -1)


def times_of(facts: Facts, pairs: Pairs, rules: Iterable[ActRule], party: Places) -> Times:
    """Return the pairs that rules mean, with their times, sorted by party and day; those without any day are left out."""
    weight = weights_of(facts, rules, pairs.record)
    meant = np.flatnonzero(weight > 0)
    record = pairs.record[meant]
    day = np.where(facts.dated[record], facts.day[record], facts.published[record]).astype(np.int64)
    known = np.flatnonzero(day != OPEN)
    order = known[np.lexsort((day[known], party[meant[known]]))]  # what is searched in order is found faster
    chosen, first = meant[order], day[order]
    record = pairs.record[chosen]
    end = facts.end[record].astype(np.int64)
    holds = facts.kind.among(("tie", "position"))[record]
    last = np.where(end != OPEN, end, first + 1)
    return Times(pairs.only(chosen), party[chosen], weight[chosen], first, last, facts.dated[record], holds)
