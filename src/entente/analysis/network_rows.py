"""The rows of a network: each record that ties two states, once, with its value and its share of a unit."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np
from numpy.typing import NDArray

from entente.analysis.alike import equal_shares
from entente.analysis.facts import MIRRORED, OPEN, STATED, Facts, Mask, day_number
from entente.analysis.intervals import Floats
from entente.analysis.parties import Span
from entente.analysis.stance_rows import kept_out, last_days, values_of
from entente.codebook.networks import NetworkChoices

_STATE = 3  # letters of a state's code
NONE = -1


class NetworkRows:
    """What ties states, one row for each record and pair of them.

    Attributes:
        names: The states, and where asked for the organisations, that the ledger's codes stand for, in order.
        place: The record of each row, shape (rows,).
        one, other: Places in ``names``, ``one`` < ``other``; shape (rows,).
        value: Score units, shape (rows,).
        share: What the row counts: equal records share one unit; shape (rows,).
        undated: How many records were left out because they have no date and days were asked for.
    """

    def __init__(
        self,
        facts: Facts,
        choices: NetworkChoices,
        span: Span,
        organisations: Collection[str] | None,
        among: Collection[str] | None,
    ) -> None:
        """Collect the rows.

        Args:
            facts: The ledger's records.
            choices: The codebook's.
            span: A record counts that happened on one of these days, or held on one.
            organisations: Codes that are no states and keep out; None lets everybody in.
            among: Only these codes; None for all.
        """
        self.facts = facts
        self.choices = choices
        self.names, self.node = _nodes(facts, organisations, among)
        within = in_span(facts, span)
        self.counted = facts.real & within
        values = values_of(facts, facts.choices.stance)
        tying = facts.kind.among(choices.kinds) & facts.real & ~np.isnan(values) & ~kept_out(facts, choices.without)
        row, forward = self._pairs(tying & within)
        ends = self.node[facts.actor[row]], self.node[facts.recipient[row]]
        self.one, self.other = np.minimum(*ends), np.maximum(*ends)
        self.place = facts.record[row].astype(np.int64)
        self.value: Floats = values[self.place]
        self.share = self._shares(forward) if choices.one_a_day else np.ones(self.place.size)
        self.undated = int((tying & ~within & (facts.as_of == OPEN)).sum())

    def _pairs(self, tying: Mask) -> tuple[NDArray[np.int64], Mask]:
        """Return rows and whether the lesser state acts: each record once for a pair, as it is stated if it is."""
        facts = self.facts
        first, second = self.node[facts.actor], self.node[facts.recipient]
        chosen = tying[facts.record] & (facts.seat != MIRRORED) & (first != NONE) & (second != NONE) & (first != second)
        rows = np.flatnonzero(chosen)
        one, other = np.minimum(first[rows], second[rows]), np.maximum(first[rows], second[rows])
        size = max(len(self.names), 1)
        key = (facts.record[rows].astype(np.int64) * size + one) * size + other
        _, kept = np.unique(key, return_index=True)
        return rows[kept].astype(np.int64), np.asarray((first[rows] < second[rows])[kept])

    def _shares(self, forward: Mask) -> Floats:
        """Return 1 / (number of equal rows): events of one date, ties and positions of any; undated events stand alone."""
        facts, place = self.facts, self.place
        both_ways = facts.type.among(facts.choices.facts.mutual)[place]
        lasting = facts.kind.among(facts.choices.facts.standing)[place]
        alone = ~lasting & (facts.day[place] == OPEN)
        return equal_shares(
            (
                np.where(lasting, OPEN, facts.end[place]),
                np.where(lasting, OPEN, facts.start[place]),
                facts.type.values[place],
                facts.kind.values[place],
                np.where(both_ways, 0, forward + 1),
                self.one,
                self.other,
                np.where(alone, np.arange(place.size), NONE),
            )
        )

    def sides_of(self, record: int) -> tuple[list[int], list[int]]:
        """Return the states that a record names as actors and as recipients, each once."""
        facts = self.facts
        first, last = np.searchsorted(facts.record, [record, record + 1])
        rows = np.arange(first, last)[facts.seat[first:last] == STATED]
        found = (np.unique(self.node[codes[rows]]).tolist() for codes in (facts.actor, facts.recipient))
        actors, recipients = ([state for state in states if state != NONE] for states in found)
        return actors, recipients


def in_span(facts: Facts, span: Span) -> Mask:
    """Return, shape (records,), whether a record's day lies in a span, or a tie holds on one of its days.

    A tie whose beginning is open held before; a record without a date is in no span of days.
    """
    if span.since is None and span.until is None:
        return np.ones(len(facts), dtype=bool)
    first, last = facts.as_of.astype(np.int64), last_days(facts)
    known = first != OPEN
    first = np.where((facts.kind.values == facts.kind.place("tie")) & facts.dated & (facts.start == OPEN), OPEN, first)
    inside = known
    if span.since is not None:
        inside = inside & (last >= day_number(span.since))
    if span.until is not None:
        inside = inside & (first <= day_number(span.until))
    return np.asarray(inside)


def _nodes(
    facts: Facts, organisations: Collection[str] | None, among: Collection[str] | None
) -> tuple[list[str], NDArray[np.int64]]:
    """Return names, and the place in them for each of the facts' codes, shape (codes + 1,), ``NONE`` for whom keeps out."""
    organs = {"", *facts.choices.facts.organs}
    bare = [code.partition(".") for code in facts.codes]
    fits = [
        sector in organs
        and (organisations is None or (code not in organisations and len(code) == _STATE))
        and (among is None or code in among)
        for code, _, sector in bare
    ]
    names = sorted({code for (code, _, _), fit in zip(bare, fits, strict=True) if fit})
    places = {name: place for place, name in enumerate(names)}
    node = [places[code] if fit else NONE for (code, _, _), fit in zip(bare, fits, strict=True)]
    return names, np.array([*node, NONE], dtype=np.int64)
