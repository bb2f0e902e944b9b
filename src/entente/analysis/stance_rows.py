"""The rows of a stance: a state's records toward members of two sides, each with its value, domain and manner."""

from __future__ import annotations

import datetime as dt
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from entente.analysis.alike import equal_shares
from entente.analysis.facts import OPEN, Facts, Mask
from entente.analysis.intervals import Floats
from entente.analysis.parties import Span
from entente.analysis.rollcalls import contested_ballots
from entente.analysis.sides import SideTable
from entente.codebook.measures import StanceChoices

DOMAINS = ("diplomatic", "military", "economic", "votes", "legal", "information")
X, Y = 0, 1
WORDS, DEEDS = 0, 1


class StanceRows:
    """What counts for a stance, one row for each record, state and member of a side that it goes to.

    All columns have shape (rows,).

    Attributes:
        place: The record.
        state: Which state, in the order given.
        side: ``X`` or ``Y``.
        domain: Place in ``DOMAINS``.
        manner: ``WORDS`` or ``DEEDS``.
        value: Score units; equal records share theirs.
        first: The record's day.
        last: The day until which the value does not decay.
        undated: How many rows were left out because their record has no date.
        trade_alone: How many were left out because they tell of trade alone.
    """

    def __init__(
        self, facts: Facts, states: list[SideTable], sides: list[SideTable], *, until: dt.date | None, one_a_day: bool
    ) -> None:
        """Collect the rows.

        Args:
            facts: The ledger's records.
            states: Who is measured.
            sides: X and Y.
            until: The last day that counts.
            one_a_day: Whether equal records share one unit.
        """
        self.facts = facts
        self.choices = facts.choices.stance
        self.until = until
        self.one_a_day = one_a_day
        self.undated = 0
        self.trade_alone = 0
        candidates = [np.flatnonzero(side.ever[facts.recipient]) for side in sides]
        parts = [
            found
            for state, own in enumerate(states)
            for side in (X, Y)
            for found in (self._toward(candidates[side], state, own, side, sides[side]), self._ballots(state, own, side, sides))
        ]
        columns = [np.concatenate(column) for column in zip(*parts, strict=True)]
        self.place, self.state, self.side, self.domain, self.manner = (column.astype(np.int64) for column in columns[:5])
        self.value: Floats = columns[5]
        self.first, self.last = (column.astype(np.int64) for column in columns[6:])

    def _toward(self, rows: NDArray[np.int64], state: int, own: SideTable, side: int, other: SideTable) -> tuple[Any, ...]:
        """Return the columns of a state's records toward a side, out of the ``rows`` that go to members of the side."""
        facts = self.facts
        rows = rows[own.ever[facts.actor[rows]] & ~own.ever[facts.recipient[rows]]]
        record = facts.record[rows]
        days = facts.as_of[record]
        fits = self._counted[record] & own.holds(facts.actor[rows], days) & other.holds(facts.recipient[rows], days)
        self.undated += int((fits & (days == OPEN)).sum())
        self.trade_alone += int((fits & self._only_trade[record]).sum())
        rows = rows[fits & (days != OPEN) & ~self._only_trade[record]]
        place = facts.record[rows].astype(np.int64)
        value = self._values[place].copy()
        joint_ballot = (facts.kind.values[place] == facts.kind.place("vote")) & (facts.seat[rows] != 0)
        value[joint_ballot] = np.where(
            facts.type.values[place[joint_ballot]] == facts.type.place("absent"), 0.0, self.choices.ballot
        )
        first, last = facts.as_of[place].astype(np.int64), self._last[place]
        share = self._shares(rows, place)
        filled = np.full(place.size, state), np.full(place.size, side)
        return place, *filled, self._domain[place], self._manner[place], value * share, first, last

    def _shares(self, rows: NDArray[np.int64], place: NDArray[np.int64]) -> Floats:
        """Return what each row counts: records that are equal share one unit, and so do the recipients of one record."""
        facts = self.facts
        shares = equal_shares((place,))
        if self.one_a_day:
            alike = (
                facts.type.values[place],
                facts.end[place],
                facts.start[place],
                facts.as_of[place],
                facts.recipient[rows],
                facts.kind.values[place],
            )
            shares = shares * equal_shares(alike)
        return shares

    def _ballots(self, state: int, own: SideTable, side: int, sides: list[SideTable]) -> tuple[Any, ...]:
        """Return the columns of a state's ballots in imported roll calls on which the sides differ."""
        place = contested_ballots(self.facts, own, sides[side], sides[1 - side])
        place = place[Span(until=self.until).holds(self.facts.day[place])]
        days = self.facts.day[place].astype(np.int64)
        size = place.size
        value = np.full(size, self.choices.roll_call)
        filled = (np.full(size, number) for number in (state, side, DOMAINS.index("votes"), WORDS))
        return place, *filled, value, days, days

    @cached_property
    def _values(self) -> Floats:
        return values_of(self.facts, self.choices)

    @cached_property
    def _counted(self) -> Mask:
        facts = self.facts
        counted: Mask = facts.real & ~np.isnan(self._values) & ~kept_out(facts, self.choices.without)
        if self.until is not None:
            counted &= Span(until=self.until).holds(facts.as_of) | (facts.as_of == OPEN)
        return counted

    @cached_property
    def _only_trade(self) -> Mask:
        facts, rule = self.facts, self.choices.trade_alone
        others = [name for name in facts.context_names if name not in rule.contexts]
        only: Mask = facts.type.among(rule.types) & facts.has_context(rule.contexts) & ~facts.has_context(others)
        return only

    @cached_property
    def _last(self) -> NDArray[np.int64]:
        return last_days(self.facts)

    @cached_property
    def _domain(self) -> NDArray[np.int64]:
        return domains_of(self.facts, self.choices)

    @cached_property
    def _manner(self) -> NDArray[np.int64]:
        facts, words = self.facts, self.choices.words
        verbal = facts.kind.among(words.kinds) | np.isin(facts.quad, words.quads)
        return np.where(verbal, WORDS, DEEDS)


def values_of(facts: Facts, choices: StanceChoices) -> Floats:
    """Return the value of each record: its score, or what the codebook gives its kind and type; NaN where it has none."""
    table = np.array(
        [[choices.values.get(f"{kind}.{type_}", np.nan) for type_ in (*facts.type.names, "")] for kind in (*facts.kind.names, "")]
    )
    values = table[facts.kind.values, facts.type.values]
    return np.where(facts.kind.values == facts.kind.place("event"), facts.score.astype(np.float64), values)


def kept_out(facts: Facts, without: tuple[str, ...]) -> Mask:
    """Return, shape (records,), whether a record is of one of some kinds and types, as ``tie.office``."""
    kinds, types = facts.kind.names, facts.type.names
    out = np.array([[f"{kind}.{type_}" in without for type_ in (*types, "")] for kind in (*kinds, "")])
    return np.asarray(out[facts.kind.values, facts.type.values])


def last_days(facts: Facts) -> NDArray[np.int64]:
    """Return the last day on which each record holds undiminished: for a tie the end of its span, or the text that states it."""
    first = facts.as_of.astype(np.int64)
    ends = np.where(facts.end != OPEN, facts.end - 1, facts.published).astype(np.int64)
    ties = (facts.kind.values == facts.kind.place("tie")) & facts.dated
    return np.where(ties, np.maximum(ends, first), first)


def domains_of(facts: Facts, choices: StanceChoices) -> NDArray[np.int64]:
    """Return the domain of each record by the codebook's rules, the first that fits; shape (records,), places in `DOMAINS`."""
    found = np.full(len(facts), -1, dtype=np.int64)
    for rule in choices.domains:
        fits = facts.has_context(rule.contexts) if rule.contexts else np.zeros(len(facts), dtype=bool)
        for what in rule.what:
            fits |= _is(facts, what)
        found[(found < 0) & fits] = DOMAINS.index(rule.domain)
    return np.where(found < 0, 0, found)


def _is(facts: Facts, what: str) -> Mask:
    """Return whether records are of a kind, a ``kind.type``, a ``type`` or a ``type/mode``; shape (records,)."""
    type_, _, mode = what.partition("/")
    kind, _, kinds_type = what.partition(".")
    if mode:
        return np.asarray((facts.type.values == facts.type.place(type_)) & (facts.mode.values == facts.mode.place(mode)))
    if kinds_type:
        return np.asarray((facts.kind.values == facts.kind.place(kind)) & (facts.type.values == facts.type.place(kinds_type)))
    return np.asarray((facts.kind.values == facts.kind.place(what)) | (facts.type.values == facts.type.place(what)))
