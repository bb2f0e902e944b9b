"""The sums of a stance: decayed cooperation less conflict by state, side, domain, manner and period, and the figures from them.

The formulas stand in `entente.analysis.stance`.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from entente.analysis.facts import Facts, Mask
from entente.analysis.intervals import Floats, Resampler, sum_by
from entente.analysis.parties import Party, Span
from entente.analysis.periods import Periods
from entente.analysis.sides import SideTable
from entente.analysis.stance_rows import DEEDS, DOMAINS, WORDS, StanceRows, X, Y

NEXT_TO_NOTHING = 1e-9
"""Closeness below this is what rounding leaves of sums that cancel."""


def near_any(close: Floats) -> Mask:
    """Return where there is closeness to either side; the second axis of ``close`` are the sides."""
    return np.asarray(close[:, X] + close[:, Y] > NEXT_TO_NOTHING)


class StanceOptions(Struct, frozen=True, kw_only=True):
    """How a stance is measured.

    Attributes:
        by: The stance is given at the end of each day, week, month, quarter or year.
        span: Which periods are shown; what was before them still counts, decayed, what is after them does not.
        half_life: In days.
        weights: ω by domain.
        one_a_day: Whether records of one type toward one recipient with one date count once.
        intervals: Whether to resample.
    """

    by: str
    span: Span
    half_life: float
    weights: dict[str, float]
    one_a_day: bool
    intervals: bool


class StanceSums:
    """What is summed over the rows of a stance; ``period`` is the period of each row's day, shape (rows,)."""

    def __init__(
        self, facts: Facts, states: Sequence[Party], sides: tuple[Party, Party], shared: frozenset[str], options: StanceOptions
    ) -> None:
        self.facts = facts
        self.options = options
        self.choices = facts.choices.stance
        self.states = states
        self.sides = sides
        self.rows = StanceRows(
            facts,
            [SideTable(facts, state.members) for state in states],
            [SideTable(facts, side.members, shared) for side in sides],
            until=options.span.until,
            one_a_day=options.one_a_day,
        )
        self.periods = self._cut()
        self.period = self.periods.places(self.rows.first)
        self.resampler = Resampler(facts.document[self.rows.place], facts.choices.intervals)

    def _cut(self) -> Periods:
        span = self.options.span
        if not self.rows.first.size:
            return Periods.covering(0, 0, self.options.by)
        last = int(self.rows.first.max()) if span.until is None else span.last()
        return Periods.covering(int(self.rows.first.min()), max(last, int(self.rows.first.max())), self.options.by)

    # --- sums -----------------------------------------------------------------------------------------------------------

    @cached_property
    def _shape(self) -> tuple[int, ...]:
        """States, sides, domains, manners, periods."""
        return len(self.states), 2, len(DOMAINS), 2, len(self.periods)

    @cached_property
    def _contributions(self) -> tuple[NDArray[np.int64], NDArray[np.int64], Floats]:
        """Row, cell and amount of what enters the sums; cells of what does not decay (ties in force) come after the others."""
        states, sides, domains, manners, periods = self._shape
        cell = (((self.rows.state * sides + self.rows.side) * domains + self.rows.domain) * manners + self.rows.manner) * periods
        size = states * sides * domains * manners * periods
        leaving = np.minimum(np.maximum(self.periods.places(self.rows.last), 0), periods - 1)
        leaving = np.where(self.rows.last >= self.periods.edges[-1], periods, leaving)
        rows = np.arange(self.rows.place.size)
        ends = self.periods.edges[np.minimum(leaving, periods - 1) + 1]
        left = self.rows.value * 0.5 ** ((ends - 1 - self.rows.last) / self.options.half_life)
        fades = leaving < periods
        holds = leaving > self.period
        both = holds & fades
        cells = [(cell + leaving)[fades], (size + cell + self.period)[holds], (size + cell + leaving)[both]]
        return (
            np.concatenate([rows[fades], rows[holds], rows[both]]),
            np.concatenate(cells),
            np.concatenate([left[fades], self.rows.value[holds], -self.rows.value[both]]),
        )

    def net(self, weights: Floats | None = None) -> Floats:
        """Return decayed cooperation less conflict at the end of each period, shape as `_shape`; rows may be weighted."""
        rows, cells, amounts = self._contributions
        amounts = amounts if weights is None else amounts * weights[rows]
        size = int(np.prod(self._shape))
        sums = sum_by(cells, amounts, 2 * size).reshape(2, *self._shape)
        fading, standing = sums[0], sums[1].cumsum(axis=-1)
        factors = 0.5 ** (np.diff(self.periods.edges) / self.options.half_life)
        for period in range(1, len(self.periods)):
            fading[..., period] += fading[..., period - 1] * factors[period]
        return np.asarray(fading + standing)

    @cached_property
    def _present(self) -> Mask:
        """Whether a state has records in a domain and manner up to a period; shape (states, domains, manners, periods)."""
        states, _, domains, manners, periods = self._shape
        cell = ((self.rows.state * domains + self.rows.domain) * manners + self.rows.manner) * periods + self.period
        counts = np.bincount(cell, minlength=states * domains * manners * periods).reshape(states, domains, manners, periods)
        return np.asarray(counts.cumsum(axis=-1) > 0)

    def drawn(self, weights: Floats) -> Floats:
        """Return what a state's rows up to each period weigh in a resample, shape (states, periods); 0 where none was drawn."""
        size = len(self.states), len(self.periods)
        sums = sum_by(self.rows.state * size[1] + self.period, weights, size[0] * size[1])
        return np.asarray(sums.reshape(size).cumsum(axis=1))

    @cached_property
    def _omega(self) -> Floats:
        return np.array([self.options.weights.get(name, 0.0) for name in DOMAINS])

    def figures(self, net: Floats) -> dict[str, Floats]:
        """Return closeness, axis and the rest, each of shape (states, periods)."""
        omega = self._omega[:, None]
        close = np.maximum(net.sum(axis=3), 0)
        axis, parts, weights = self._axis(close, np.asarray(self._present.any(axis=2)))
        total = np.where(weights > 0, np.abs(parts).sum(axis=1), np.nan)
        with np.errstate(invalid="ignore", divide="ignore"):
            cancellation = 1 - np.abs(parts.sum(axis=1)) / np.where(total > 0, total, np.nan)
        far = (close * omega).sum(axis=2) / omega.mean()
        scaled = far / (far + self.choices.scale)
        words = self._axis(np.maximum(net[:, :, :, WORDS], 0), self._present[:, :, WORDS])[0]
        deeds = self._axis(np.maximum(net[:, :, :, DEEDS], 0), self._present[:, :, DEEDS])[0]
        return {
            "closeness_x": scaled[:, X],
            "closeness_y": scaled[:, Y],
            "axis": axis,
            "cancellation": cancellation,
            "ambivalence": scaled.mean(axis=1) - np.abs(scaled[:, X] - scaled[:, Y]),
            "words_axis": words,
            "deeds_axis": deeds,
            "gap": words - deeds,
            "swing": np.diff(axis, axis=1, prepend=np.nan),
        }

    def _axis(self, close: Floats, present: Mask) -> tuple[Floats, Floats, Floats]:
        """Return the axis, shape (states, periods), its weighted domains, shape (states, domains, periods), and their weights.

        A domain that is close to neither side has no say: it would pull the axis to the middle.
        """
        domain = (close[:, X] - close[:, Y]) / (close[:, X] + close[:, Y] + self.choices.k)
        weights = (present & near_any(close)) * self._omega[:, None]
        parts, total = domain * weights, weights.sum(axis=1)
        return parts.sum(axis=1) / np.where(total > 0, total, np.nan), parts, total
