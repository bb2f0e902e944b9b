"""Matching: which records the codebook's rules mean, and which acts fall into the time of which statements. Numpy throughout."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from entente.analysis.facts import NOBODY, Facts, Mask
from entente.analysis.results import Evidence
from entente.codebook.judgements import ActRule
from entente.records.record import KINDS

NO_MODE = "-"
"""Stands for a mode where the record has none."""

Places = NDArray[np.int64]
Floats = NDArray[np.float64]


class Pairs(Struct, frozen=True):
    """Pairs of an actor and a recipient, organs of a state counted as the state; all of shape (pairs,).

    Attributes:
        record: Places of records.
        actor, recipient: Places in the facts' ``codes``; ``NOBODY`` where the text names none.
        seat: Places in ``SEATS``.
    """

    record: Places
    actor: Places
    recipient: Places
    seat: NDArray[np.int8]

    def __len__(self) -> int:
        return int(self.record.size)

    def only(self, chosen: Mask | Places) -> Pairs:
        """Return some of the pairs."""
        return Pairs(self.record[chosen], self.actor[chosen], self.recipient[chosen], self.seat[chosen])


def base_codes(facts: Facts) -> Places:
    """Return, shape (codes + 1,), the place of the state that a code acts for (``TUR.GOV`` → ``TUR``); the last is ``NOBODY``."""
    places = {code: place for place, code in enumerate(facts.codes)}
    organs = set(facts.choices.facts.organs)
    base = np.arange(len(facts.codes) + 1)
    base[-1] = NOBODY
    for code, place in places.items():
        state, _, sector = code.partition(".")
        if sector in organs:
            base[place] = places.get(state, place)
    return base


def pairs_of(facts: Facts, rows: Places | Mask, base: Places | None = None) -> Pairs:
    """Return rows of the facts as pairs; rows toward oneself are left out."""
    base = base_codes(facts) if base is None else base
    actor, recipient = base[facts.actor[rows]], base[facts.recipient[rows]]
    pairs = Pairs(facts.record[rows].astype(np.int64), actor, recipient, facts.seat[rows])
    return pairs.only((actor != NOBODY) & (actor != recipient))


def weights_of(facts: Facts, rules: Iterable[ActRule], records: Places) -> Floats:
    """Return what each record weighs by the rules, the heaviest that fits, 0 where none does. Shape (records,)."""
    combined, plain = facts.combined[records], np.zeros(facts.combinations.shape[1])
    weights = np.zeros(records.size)
    for rule in rules:
        fits = _combinations(facts, rule.what)
        if rule.contexts:
            np.maximum(weights, rule.weight, out=weights, where=fits[combined] & facts.has_context(rule.contexts)[records])
        else:
            np.maximum(plain, rule.weight, out=plain, where=fits)
    return np.asarray(np.maximum(weights, plain[combined]))


def fitting(facts: Facts, what: Iterable[str], records: Places) -> Mask:
    """Return whether each record is one of what is named: ``kind``, ``kind.type`` or ``TYPE/mode``. Shape (records,)."""
    return np.asarray(_combinations(facts, what)[facts.combined[records]])


def _combinations(facts: Facts, what: Iterable[str]) -> Mask:
    """Return which of the facts' combinations of kind, type and mode are meant."""
    fits = np.zeros(facts.combinations.shape[1], dtype=bool)
    for name in what:
        fits |= _fits(facts, name, *facts.combinations)
    return fits


def _fits(facts: Facts, what: str, kinds: Places, types: Places, modes: Places) -> Mask:
    name, _, mode = what.partition("/")
    kind, _, type_ = name.partition(".")
    if name in KINDS:
        return np.asarray(kinds == facts.kind.place(name))
    if not type_:
        kind, type_ = "event", name
    fits = (kinds == facts.kind.place(kind)) & (types == facts.type.place(type_))
    wanted = NOBODY if mode == NO_MODE else facts.mode.place(mode)
    return np.asarray(fits & (modes == wanted) if mode else fits)


def words_pattern(words: Iterable[str]) -> re.Pattern[str]:
    """Return what finds one of the words, whole, in any case; a stop at the end stands for any ending, "" for any text."""
    parts = [re.escape(word[:-1]) + r"\w*" if word.endswith(".") else re.escape(word) for word in words]
    return re.compile("|".join(rf"\b{part}\b" if part else "" for part in parts), re.IGNORECASE)


def evidence_of(lists: Sequence[Sequence[int]]) -> Evidence:
    """Return the evidence of rows whose records are given as places."""
    cells = np.repeat(np.arange(len(lists)), [len(places) for places in lists]).astype(np.int64)
    return Evidence.of_cells(cells, np.array([place for places in lists for place in places], dtype=np.int64), len(lists))


class Sorted(Struct, frozen=True):
    """Things with a key and a day, sorted by both, so that the things of a key within days are a range.

    Attributes:
        order: Places of the things in sorted order.
        combined: Key and day as one number, sorted.
    """

    order: Places
    combined: Places

    @classmethod
    def of(cls, keys: Places, days: Places) -> Sorted:
        """Sort; ``keys`` are 0 or more."""
        combined = _combine(keys, days)
        order = np.argsort(combined, kind="stable")
        return cls(order, combined[order])

    def between(self, keys: Places, first: Places, until: Places) -> tuple[Places, Places]:
        """Return the ranges of what has a key and a day in ``[first, until)``, shapes (queries,)."""
        start = np.searchsorted(self.combined, _combine(keys, first))
        stop = np.searchsorted(self.combined, _combine(keys, until))
        return start, np.maximum(start, stop)

    def first_at(self, keys: Places, days: Places) -> Places:
        """Return the place, in sorted order, of the first thing that has a key and a day or later. Shape (queries,)."""
        return np.searchsorted(self.combined, _combine(keys, days))

    def expand(self, start: Places, stop: Places, most: int) -> tuple[Places, Places]:
        """Return query and thing for every pair of the ranges, the first ``most`` of each range."""
        lengths = np.minimum(stop - start, most)
        query = np.repeat(np.arange(start.size), lengths)
        within = np.arange(int(lengths.sum())) - np.repeat(np.cumsum(lengths) - lengths, lengths)
        return query, self.order[np.repeat(start, lengths) + within]


_DAYS = 1 << 22  # days from 6000 years before 1970 to 5000 after it
_SHIFT = 1 << 21


def _combine(keys: Places, days: Places) -> Places:
    """Return a number that sorts by key, then by day; days beyond what it can hold are cut to it."""
    cut = np.clip(days.astype(np.int64), -_SHIFT + 1, _SHIFT - 1)
    return np.asarray(keys.astype(np.int64) * _DAYS + cut + _SHIFT)
