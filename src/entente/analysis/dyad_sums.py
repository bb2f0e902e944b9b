"""The sums of a dyad over its events, by direction and period; the formulas stand in `entente.analysis.dyads`."""

from __future__ import annotations

from functools import cached_property
from typing import Any

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from entente.analysis.dyad_rows import BOTH, GROUPS, events_between, in_groups, shares_of
from entente.analysis.facts import OPEN, Facts, day_number
from entente.analysis.intervals import Floats, Resampler, drawn_only, sum_by
from entente.analysis.parties import Span
from entente.analysis.periods import Periods, too_coarse
from entente.analysis.sides import SideTable


class DyadOptions(Struct, frozen=True, kw_only=True):
    """How a dyad is counted.

    Attributes:
        by: day, week, month, quarter or year.
        span: Which days.
        one_a_day: Whether events of one type, pair and date count once.
        half_life: Of the decayed series, in days.
        per_volume: Give cooperation, conflict and net per thousand events of the whole ledger in the period.
        intervals: Whether to resample.
    """

    by: str = "month"
    span: Span = Span()
    one_a_day: bool = True
    half_life: float = 90.0
    per_volume: bool = False
    intervals: bool = True


class DyadSums:
    """The rows of a dyad, one for each direction that they stand in, and what is summed over them.

    ``row`` are rows of the facts; ``group`` the direction (and the two of stated acts alone), ``period`` the place of the period,
    -1 where there is none, ``share`` the weight 1 / (number of equal events of a day). All of shape (rows,).
    """

    def __init__(self, facts: Facts, one: str, other: str, tables: tuple[SideTable, ...], options: DyadOptions) -> None:
        self.facts = facts
        self.options = options
        self.names = (one, other)
        self.choices = facts.choices.dyads
        forward, back = (events_between(facts, *pair) for pair in (tables, tables[::-1]))
        forward, back = (rows[options.span.holds(facts.day[facts.record[rows]])] for rows in (forward, back))
        self.row, self.group = in_groups(facts, forward, back)
        self.place = facts.record[self.row].astype(np.int64)
        self.score = facts.score[self.place].astype(np.float64)
        self.day = facts.day[self.place]
        self.share = shares_of(facts, self.row, self.group) if options.one_a_day else np.ones(self.row.size)
        coarse = too_coarse(facts, options.by)[self.place] & (self.day != OPEN)
        self.coarse = coarse
        self.periods = _periods(self.day[(self.day != OPEN) & ~coarse], options)
        self.period = np.where(coarse, -1, self.periods.places(self.day))
        self.resampler = Resampler(facts.document[self.place], facts.choices.intervals)

    def resampled(self, length: int) -> dict[str, Floats]:
        """Return net score, log ratio and decayed score of every resample, shape (resamples, 3 · periods).

        They are NaN where none of the documents behind them was drawn.
        """
        kept: dict[str, list[NDArray[np.float32]]] = {"net": [], "log_ratio": [], "recent": [], "events": []}
        for weights in self.resampler.weights():
            sums = {name: values[: 3 * length] for name, values in self.sums(self.share * weights).items()}
            net = sums["cooperation"] - sums["conflict"]
            kept["net"].append(drawn_only(net, sums["events"]).astype(np.float32))
            kept["log_ratio"].append(drawn_only(self.log_ratio(sums), sums["events"]).astype(np.float32))
            kept["recent"].append(sums["recent"].astype(np.float32))
            kept["events"].append(sums["events"].astype(np.float32))
        stacked: dict[str, Any] = {name: np.stack(samples) for name, samples in kept.items()}
        events = stacked.pop("events")
        so_far = events.reshape(events.shape[0], 3, length).cumsum(axis=2).reshape(events.shape)
        stacked["decayed"] = drawn_only(self.decay(stacked.pop("recent")), so_far)
        return stacked

    def sums(self, weights: Floats) -> dict[str, Floats]:
        """Return sums over the events of each group and period, shape (groups · periods,), rows weighted."""
        length = len(self.periods)
        inside = self._inside
        cells, weights, score = self._cells, weights[inside], self.score[inside]
        size = GROUPS * length
        factor = self._per_thousand
        return {
            "events": sum_by(cells, weights, size),
            "cooperation": sum_by(cells, weights * np.maximum(score, 0), size) * factor,
            "conflict": sum_by(cells, weights * np.maximum(-score, 0), size) * factor,
            "c": sum_by(cells, weights * (score > 0), size),
            "k": sum_by(cells, weights * (score < 0), size),
            "recent": sum_by(cells, weights * score * self._within, size),
        }

    def figures(self, sums: dict[str, Floats]) -> dict[str, Floats]:
        """Return net score and log ratio of all groups, and the decayed score of three, by period."""
        decayed = self.decay(sums["recent"][None, : 3 * len(self.periods)])[0]
        return {"net": sums["cooperation"] - sums["conflict"], "log_ratio": self.log_ratio(sums), "decayed": decayed}

    def log_ratio(self, sums: dict[str, Floats]) -> Floats:
        """Return the log ratio of the events above and below zero, in the shape of the sums."""
        return np.log((sums["c"] + self.choices.offset) / (sums["k"] + self.choices.offset))

    def decay(self, recent: Floats) -> Floats:
        """Return decayed scores at the end of each period from what the period itself adds; shape (samples, 3 · periods)."""
        length = len(self.periods)
        series = recent.reshape(recent.shape[0], 3, length).copy()
        factors = 0.5 ** (np.diff(self.periods.edges) / self.options.half_life)
        for place in range(1, length):
            series[:, :, place] += series[:, :, place - 1] * factors[place]
        return series.reshape(recent.shape[0], 3 * length)

    def met(self, things: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return how many different things the rows of each direction have met up to each period, shape (3 · periods,)."""
        length = len(self.periods)
        rows = np.flatnonzero((self.period >= 0) & (self.group <= BOTH))
        order = rows[np.lexsort((self.period[rows], things[rows], self.group[rows]))]
        first = np.ones(order.size, dtype=bool)
        first[1:] = (np.diff(self.group[order]) != 0) | (np.diff(things[order]) != 0)
        cells = (self.group * length + self.period)[order[first]]
        return np.asarray(np.bincount(cells, minlength=3 * length).reshape(3, length).cumsum(axis=1).ravel())

    @cached_property
    def _inside(self) -> NDArray[np.int64]:
        return np.flatnonzero(self.period >= 0)

    @cached_property
    def _cells(self) -> NDArray[np.int64]:
        return np.asarray(self.group[self._inside] * len(self.periods) + self.period[self._inside])

    @cached_property
    def _within(self) -> Floats:
        """How much of an event is left at the end of its period."""
        ends = self.periods.edges[self.period[self._inside] + 1]
        return np.asarray(0.5 ** ((ends - 1 - self.day[self._inside]) / self.options.half_life))

    @cached_property
    def _per_thousand(self) -> float | Floats:
        """One, or a thousand by the number of all the ledger's events of a period, shape (groups · periods,)."""
        if not self.options.per_volume:
            return 1.0
        facts = self.facts
        counted = facts.real & (facts.kind.values == facts.kind.place("event")) & ~too_coarse(facts, self.options.by)
        places = self.periods.places(facts.day[counted])
        volume = np.bincount(places[places >= 0], minlength=len(self.periods))
        return np.tile(1000 / np.maximum(volume, 1), GROUPS)

    # --- what is left out -----------------------------------------------------------------------------------------------

    def notes(self) -> dict[str, Any]:
        """Return what was joined or left out, and the choices made."""
        both = self.group == BOTH
        return {
            "by": self.options.by,
            "half_life_days": self.options.half_life,
            "decayed_from": "the records of a row and of the rows of its direction before it",
            "one_a_day": self.options.one_a_day,
            "events_before_filter": int(both.sum()),
            "events_after_filter": round(float(self.share[both].sum())),
            "undated_left_out": int((both & (self.day == OPEN)).sum()),
            "too_coarse_left_out": int((both & self.coarse).sum()),
            "per_volume": self.options.per_volume,
            "documents": self.resampler.size,
            **_interval_notes(self),
        }


def _periods(days: NDArray[np.int32], options: DyadOptions) -> Periods:
    since, until = options.span.since, options.span.until
    if not days.size and (since is None or until is None):
        return Periods.none(options.by)
    first = day_number(since) if since is not None else int(days.min())
    last = day_number(until) if until is not None else int(days.max())
    return Periods.covering(first, last, options.by)


def _interval_notes(count: DyadSums) -> dict[str, Any]:
    choices = count.facts.choices.intervals
    if not count.options.intervals:
        return {"interval": None}
    if count.resampler.size < choices.least_documents:
        return {"interval": None, "interval_note": f"too few documents to resample: {count.resampler.size}"}
    return {"interval": choices.level, "resamples": choices.resamples, "seed": choices.seed}
