"""Stance: where states stand between two sides, X and Y, domain by domain, and what they say against what they do.

A state's own records toward members of a side count: its events (PLOVER score, -10 to 10), and its ties, positions, votes and
commitments (``values`` in the codebook). Each belongs to one domain (diplomatic, military, economic, votes, legal, information)
and is either words (verbal quads, positions, votes, commitments) or deeds. At the end of a period, t, with half-life h:

- closeness      P_X,d = max(0, Σ v · 2^(-(t - day) / h)), v the values toward X in domain d, conflict negative. A tie with a
                 span keeps its whole value through it, or, where the end is open, until the text that states it.
- domain axis    a_d = (P_X,d - P_Y,d) / (P_X,d + P_Y,d + k), from -1 (Y) to 1 (X)
- axis           A = Σ ω_d a_d / Σ ω_d over the domains with closeness to either side; a domain where both P are 0 says nothing of
                 where a state stands, and has no axis
- cancellation   1 - |Σ ω_d a_d| / Σ ω_d |a_d|: 0 where the domains agree, 1 where they cancel out
- ambivalence    (p_X + p_Y) / 2 - |p_X - p_Y|, p = P / (P + scale), P the weighted sum of the domains: near 1 close to both,
                 0 close to neither, -½ close to one alone (the formula of Thompson, Zanna and Griffin 1995 for attitudes)
- word-deed gap  the axis of words less the axis of deeds
- swing          the axis less the axis a period before

That a state trades with a side is no alignment (Lim and Cooper 2015, *Security Studies* 24): trade alone and dependence keep out.
Swapping X and Y turns the sign of axis, gap and swing, and changes nothing else.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from entente.analysis.facts import Facts, Mask
from entente.analysis.intervals import Floats, drawn_only
from entente.analysis.parties import Party, Span
from entente.analysis.results import Evidence, Fetch, Result, too_little
from entente.analysis.sides import overlap
from entente.analysis.stance_rows import DOMAINS, X, Y
from entente.analysis.stance_sums import StanceOptions as StanceOptions  # noqa: PLC0414  known from here, too
from entente.analysis.stance_sums import StanceSums, near_any
from entente.errors import InputError

TOO_LITTLE, HEDGING, DETACHED = "too little evidence", "hedging", "detached"


class Stance(Result):
    """Stances: one row for each state and period, with the ``domains`` behind it.

    Columns: state, start, end (inclusive; the stance is that at its end), records and documents (all up to then), closeness_x,
    closeness_y, axis, cancellation, ambivalence, words_axis, deeds_axis, gap, swing, each with ``_low`` and ``_high``, and label,
    note.
    """

    def __init__(self, count: _Stances, columns: dict[str, Any], evidence: Evidence, fetch: Fetch | None) -> None:
        super().__init__("stance", columns, evidence, count.facts, count.notes(), fetch)
        self._count = count
        self._fetched_by = fetch

    @cached_property
    def domains(self) -> Result:
        """One row for each state, period and domain that has records: closeness to X and to Y, and the domain's axis."""
        return self._count.domains(self._fetched_by)

    def to_builtins(self) -> dict[str, Any]:
        """Return stances and domains as plain values for JSON."""
        return super().to_builtins() | {"domains": self.domains.to_builtins()["rows"]}


def measure_stance(
    facts: Facts, states: Sequence[Party], x: Party, y: Party, options: StanceOptions, fetch: Fetch | None = None
) -> Stance:
    """Return where states stand between two sides.

    Args:
        facts: The ledger's records.
        states: Who is measured.
        x: The side at 1.
        y: The side at -1; who belongs to both sides belongs to neither.
        options: Periods, half-life, weights.
        fetch: Returns records by id, where the result is to give them.

    Raises:
        InputError: The two sides are the same, a state is one of them, a weight is negative, or a domain is unknown.
    """
    if unknown := [name for name in options.weights if name not in DOMAINS]:
        raise InputError(f"{unknown[0]!r} is no domain; the domains are {', '.join(DOMAINS)}")
    if min(options.weights.values(), default=0) < 0 or not any(options.weights.values()):
        raise InputError("the weights of domains are 0 or more, and one at least is more")
    shared = overlap(x.members, y.members)
    if shared.issuperset(member.code for member in x.members) or shared.issuperset(member.code for member in y.members):
        raise InputError(f"{x.name} and {y.name} are the same side, or one is within the other; a stance lies between two")
    for state in states:
        own = {member.code for member in state.members}
        if alone := [side.name for side in (x, y) if own.issuperset(member.code for member in side.members)]:
            raise InputError(f"{alone[0]} is itself one of the two sides; ask where another state stands")
    return _Stances(facts, states, (x, y), shared, options).stance(fetch)


class _Stances(StanceSums):
    """The results of a stance."""

    def stance(self, fetch: Fetch | None) -> Stance:
        point = self.figures(self.net())
        evidence, records, documents = self._evidence(self.rows.state, len(self.states))
        shown = self._shown
        enough = (records >= self.choices.least_records) & (documents >= self.choices.least_documents)
        samples = self._samples() if self._resampled else None
        sure = enough & self.resampler.enough(documents)
        names = [state.name for state in self.states]
        columns: dict[str, Any] = {
            "state": np.repeat(names, shown.sum()),
            "start": self._days(self.periods.starts()) * len(names),
            "end": self._days(self.periods.ends()) * len(names),
            "records": records[:, shown].ravel(),
            "documents": documents[:, shown].ravel(),
        }
        for name, values in point.items():
            columns[name] = np.where(enough, values, np.nan)[:, shown].ravel()
            low, high = self.resampler.interval(samples[name]) if samples else (np.full(values.shape, np.nan),) * 2
            columns[f"{name}_low"] = np.where(sure, low, np.nan)[:, shown].ravel()
            columns[f"{name}_high"] = np.where(sure, high, np.nan)[:, shown].ravel()
        labels = self._labels(point, enough)
        columns["label"] = labels[:, shown].ravel()
        columns["note"] = [
            "" if fine else too_little(int(n), int(d))
            for fine, n, d in zip(enough[:, shown].ravel(), columns["records"], columns["documents"], strict=True)
        ]
        keep = np.flatnonzero(np.tile(shown, len(names)))
        chosen = Evidence(evidence.places, evidence.starts[keep], evidence.stops[keep])
        return Stance(self, columns, chosen, fetch)

    def _days(self, days: Sequence[dt.date]) -> list[dt.date | None]:
        """Return the days of the periods that are shown; without any dated record there is one, of no days."""
        dated = self.rows.first.size > 0
        return [day if dated else None for day, show in zip(days, self._shown, strict=True) if show]

    def domains(self, fetch: Fetch | None) -> Result:
        close = np.maximum(self.net().sum(axis=3), 0)
        axis = (close[:, X] - close[:, Y]) / (close[:, X] + close[:, Y] + self.choices.k)
        axis = np.where(near_any(close), axis, np.nan)
        key = self.rows.state * len(DOMAINS) + self.rows.domain
        evidence, records, documents = self._evidence(key, len(self.states) * len(DOMAINS))
        shape = (len(self.states), len(DOMAINS), len(self.periods))
        keep = (records.reshape(shape) > 0) & self._shown
        state, domain, period = np.nonzero(keep)
        flat = np.flatnonzero(keep.ravel())
        starts, ends = self.periods.starts(), self.periods.ends()
        columns: dict[str, Any] = {
            "state": [self.states[int(place)].name for place in state],
            "start": [starts[place] for place in period],
            "end": [ends[place] for place in period],
            "domain": [DOMAINS[place] for place in domain],
            "records": records.ravel()[flat],
            "documents": documents.ravel()[flat],
            "closeness_x": close[:, X][keep],
            "closeness_y": close[:, Y][keep],
            "axis": axis[keep],
        }
        return Result(
            "stance domains",
            columns,
            Evidence(evidence.places, evidence.starts[flat], evidence.stops[flat]),
            self.facts,
            self.notes(),
            fetch,
        )

    @cached_property
    def _shown(self) -> Mask:
        since = self.options.span.since
        if since is None or not self.rows.first.size:
            return np.ones(len(self.periods), dtype=bool)
        return np.asarray(self.periods.edges[1:] > Span(until=since).last())

    @property
    def _resampled(self) -> bool:
        return self.options.intervals and bool(self.resampler.enough(self.resampler.size))

    def _samples(self) -> dict[str, Floats]:
        kept: dict[str, list[NDArray[np.float32]]] = {}
        for weights in self.resampler.weights():
            drawn = self.drawn(weights)
            for name, values in self.figures(self.net(weights)).items():
                kept.setdefault(name, []).append(drawn_only(values, drawn).astype(np.float32))
        return {name: np.stack(values) for name, values in kept.items()}

    def _evidence(self, key: NDArray[np.int64], size: int) -> tuple[Evidence, NDArray[np.int64], NDArray[np.int64]]:
        """Return the records up to each period by key, and how many records and documents these are, shape (size, periods)."""
        periods = len(self.periods)
        order = np.lexsort((self.rows.place, self.period, key))
        places, cells = self.rows.place[order], (key * periods + self.period)[order]
        stops = np.searchsorted(cells, np.arange(size * periods), side="right")
        starts = np.repeat(np.searchsorted(cells, np.arange(size) * periods), periods)
        documents = self.facts.document[self.rows.place].astype(np.int64)
        return Evidence(places, starts, stops), self._cumulated(key, self.rows.place, size), self._cumulated(key, documents, size)

    def _cumulated(self, key: NDArray[np.int64], things: NDArray[np.int64], size: int) -> NDArray[np.int64]:
        """Return how many different things each key has met up to each period, shape (size, periods)."""
        periods = len(self.periods)
        order = np.lexsort((self.period, things, key))
        first = np.ones(order.size, dtype=bool)
        first[1:] = (np.diff(key[order]) != 0) | (np.diff(things[order]) != 0)
        met = order[first]
        counts = np.bincount(key[met] * periods + self.period[met], minlength=size * periods)
        return np.asarray(counts.reshape(size, periods).cumsum(axis=1))

    def _labels(self, figures: dict[str, Floats], enough: Mask) -> NDArray[np.object_]:
        """Return labels, shape (states, periods)."""
        bounds = self.choices.labels
        axis = np.nan_to_num(figures["axis"])
        near_x, near_y = figures["closeness_x"], figures["closeness_y"]
        close = np.maximum(near_x, near_y) >= bounds.detached
        mixed = (figures["ambivalence"] >= bounds.hedging) | (np.nan_to_num(figures["cancellation"]) >= bounds.cancelling)
        x, y = self.sides
        aligned = [axis >= bounds.aligned, axis <= -bounds.aligned]
        conditions = [~enough, *aligned, mixed & close, close & (near_x > near_y), close & (near_y > near_x), close]
        labels = [TOO_LITTLE, *(f"aligned with {side.name}" for side in (x, y)), HEDGING]
        labels += [*(f"partly aligned with {side.name}" for side in (x, y)), HEDGING]
        chosen = np.select(conditions, range(7), 7)
        return np.asarray(np.array([*labels, DETACHED], dtype=object)[chosen])

    def notes(self) -> dict[str, Any]:
        choices = self.facts.choices.intervals
        notes: dict[str, Any] = {
            "x": self.sides[X].name,
            "y": self.sides[Y].name,
            "by": self.options.by,
            "half_life_days": self.options.half_life,
            "k": self.choices.k,
            "scale": self.choices.scale,
            "weights": self.options.weights,
            "one_a_day": self.options.one_a_day,
            "undated_left_out": self.rows.undated,
            "trade_alone_left_out": self.rows.trade_alone,
            "documents": self.resampler.size,
            "without_records": [state.name for place, state in enumerate(self.states) if place not in self.rows.state],
        }
        if not self.options.intervals:
            return notes | {"interval": None}
        if not self._resampled:
            return notes | {"interval": None, "interval_note": f"too few documents to resample: {self.resampler.size}"}
        return notes | {"interval": choices.level, "resamples": choices.resamples, "seed": choices.seed}
