"""Dyads: what two sides do to each other over time, cooperation and conflict apart.

Events count that happened (status), have a PLOVER score, and go from a member of one side to a member of the other. Three
directions are told apart: one toward the other, the other toward the one, and both together, where a meeting counts once.

For a period t, with s the scores of its events (PLOVER, -10 to 10) and c, k the numbers of those above and below zero:

- cooperation  C = Σ max(s, 0)          conflict  K = Σ max(-s, 0)          net score  C - K   (Goldstein 1992)
- log ratio    log((c + ½) / (k + ½)), natural; the ½ (Haldane 1956, Anscombe 1956) keeps it finite
- decayed      D(t) = Σ s · 2^(-(end of t - day) / half-life), over all events up to the end of t
- reciprocity  2 Σ_t min(x_ab, x_ba) / Σ_t (x_ab + x_ba) for x = C and for x = K, from stated acts only: what is mutual by its
  nature proves nothing (after Squartini et al. 2013); 0 where one side alone acts, 1 where both do as much in every period

With the one-a-day filter (on by default) the events of one type from one actor to one recipient with one date count as one, with
their mean score: each has the weight 1 / (how many they are), also when documents are resampled.
"""

from __future__ import annotations

import datetime as dt
from functools import cached_property
from typing import Any

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from entente.analysis.alike import equal_shares
from entente.analysis.changes import change_points
from entente.analysis.facts import JOINT, MIRRORED, OPEN, STATED, Facts, Ints, Mask, day_number
from entente.analysis.intervals import Floats, Resampler, sum_by
from entente.analysis.parties import Party as Party  # noqa: PLC0414  known from here, too
from entente.analysis.parties import Span as Span  # noqa: PLC0414
from entente.analysis.periods import Periods, too_coarse
from entente.analysis.results import Evidence, Fetch, Result, too_little
from entente.analysis.sides import SideTable, overlap
from entente.errors import InputError

FORWARD, BACK, BOTH = range(3)
_STATED_FORWARD, _STATED_BACK = 3, 4
_GROUPS = 5


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


class Dyads(Result):
    """A dyad's series: one row for each direction and period, with ``totals``, ``changes`` and ``reciprocity``.

    Columns: actor, recipient ("KAZ", "RUS"; "KAZ+RUS" for both together), start, end (inclusive), records, documents, events (by
    the one-a-day filter), cooperation, conflict, net, net_low, net_high, log_ratio, log_ratio_low, log_ratio_high, decayed,
    decayed_low, decayed_high. An interval is None for fewer than two documents.
    """

    def __init__(self, count: _Count, columns: dict[str, Any], evidence: Evidence, fetch: Fetch | None) -> None:
        super().__init__("dyads", columns, evidence, count.facts, count.notes(), fetch)
        self._count = count
        self._fetched_by = fetch

    @cached_property
    def totals(self) -> Result:
        """One row a direction over the whole span, records without a date with them unless days were asked for."""
        return self._count.totals(self._fetched_by)

    @cached_property
    def changes(self) -> Result:
        """Change points of the net score of each direction, each with the records that made it."""
        return self._count.changes(self._fetched_by)

    @cached_property
    def reciprocity(self) -> Result:
        """Reciprocity of cooperation and of conflict, with intervals."""
        return self._count.reciprocity(self._fetched_by)

    def to_builtins(self) -> dict[str, Any]:
        """Return series, totals, changes and reciprocity as plain values for JSON."""
        parts = {"totals": self.totals, "changes": self.changes, "reciprocity": self.reciprocity}
        return super().to_builtins() | {name: part.to_builtins()["rows"] for name, part in parts.items()}


def count_dyad(facts: Facts, one: Party, other: Party, options: DyadOptions, fetch: Fetch | None = None) -> Dyads:
    """Return what two sides do to each other.

    Args:
        facts: The ledger's records.
        one: A side.
        other: Another side; who belongs to both belongs to neither.
        options: Periods, days, filters.
        fetch: Returns records by id, where the result is to give them.

    Raises:
        InputError: The two sides are the same.
    """
    shared = overlap(one.members, other.members)
    tables = tuple(SideTable(facts, party.members, shared) for party in (one, other))
    if shared and not any(member.code not in shared for party in (one, other) for member in party.members):
        raise InputError(f"{one.name} and {other.name} are the same side; a dyad has two")
    return _Count(facts, one.name, other.name, tables, options).series(fetch)


class _Count:
    """The rows of a dyad, one for each direction that they stand in, and what is summed over them.

    ``row`` are rows of the facts; ``group`` the direction (and the two of stated acts alone), ``period`` the place of the period,
    -1 where there is none, ``share`` the weight 1 / (number of equal events of a day). All of shape (rows,).
    """

    def __init__(self, facts: Facts, one: str, other: str, tables: tuple[SideTable, ...], options: DyadOptions) -> None:
        self.facts = facts
        self.options = options
        self.names = (one, other)
        self.choices = facts.choices.dyads
        forward, back = (_events_between(facts, *pair) for pair in (tables, tables[::-1]))
        forward, back = (rows[options.span.holds(facts.day[facts.record[rows]])] for rows in (forward, back))
        self.row, self.group = _in_groups(facts, forward, back)
        self.place = facts.record[self.row].astype(np.int64)
        self.score = facts.score[self.place].astype(np.float64)
        self.day = facts.day[self.place]
        self.share = _shares(facts, self.row, self.group) if options.one_a_day else np.ones(self.row.size)
        coarse = too_coarse(facts, options.by)[self.place] & (self.day != OPEN)
        self.coarse = coarse
        self.periods = _periods(self.day[(self.day != OPEN) & ~coarse], options)
        self.period = np.where(coarse, -1, self.periods.places(self.day))
        self.resampler = Resampler(facts.document[self.place], facts.choices.intervals)

    # --- the series -----------------------------------------------------------------------------------------------------

    def series(self, fetch: Fetch | None) -> Dyads:
        length = len(self.periods)
        shown = np.where((self.group <= BOTH) & (self.period >= 0), self.group * length + self.period, -1)
        evidence = Evidence.of_cells(shown, self.place, 3 * length)
        records, documents = evidence.counts(self.facts)
        point = self._sums(self.share)
        names = [(self.names[0], self.names[1]), (self.names[1], self.names[0]), ("+".join(self.names),) * 2]
        columns: dict[str, Any] = {
            "actor": [name for name, _ in names for _ in range(length)],
            "recipient": [name for _, name in names for _ in range(length)],
            "start": self.periods.starts() * 3,
            "end": self.periods.ends() * 3,
            "records": records,
            "documents": documents,
            "events": np.rint(point["events"][: 3 * length]).astype(int),
            "cooperation": point["cooperation"][: 3 * length],
            "conflict": point["conflict"][: 3 * length],
        }
        columns |= self._with_intervals(point, np.array(documents), length)
        return Dyads(self, columns, evidence, fetch)

    def _with_intervals(self, point: dict[str, Floats], documents: NDArray[np.int64], length: int) -> dict[str, Any]:
        """Return net score, log ratio and decayed score, each with its interval where there are two documents or more."""
        figures = {name: values[: 3 * length] for name, values in self._figures(point).items()}
        figures["log_ratio"] = np.where(documents == 0, np.nan, figures["log_ratio"])
        columns: dict[str, Any] = {}
        enough = self.options.intervals and self.resampler.size >= self.resampler.choices.least_documents and length > 0
        samples = self._resampled(length) if enough else {}
        seen = (documents.reshape(3, length).cumsum(axis=1) > 1).ravel() if length else documents > 1
        for name, values in figures.items():
            low, high = np.full(values.shape, np.nan), np.full(values.shape, np.nan)
            chosen = np.flatnonzero(seen if name == "decayed" else documents > 1)
            if enough and chosen.size:
                low[chosen], high[chosen] = self.resampler.interval(samples[name][:, chosen])
            columns |= {name: values, f"{name}_low": low, f"{name}_high": high}
        return columns

    def _resampled(self, length: int) -> dict[str, Floats]:
        kept: dict[str, list[NDArray[np.float32]]] = {"net": [], "log_ratio": [], "recent": []}
        for weights in self.resampler.weights():
            sums = self._sums(self.share * weights)
            kept["net"].append((sums["cooperation"] - sums["conflict"])[: 3 * length].astype(np.float32))
            kept["log_ratio"].append(self._log_ratio(sums)[: 3 * length].astype(np.float32))
            kept["recent"].append(sums["recent"][: 3 * length].astype(np.float32))
        stacked: dict[str, Any] = {name: np.stack(samples) for name, samples in kept.items()}
        stacked["decayed"] = self._decay(stacked.pop("recent"))
        return stacked

    def _sums(self, weights: Floats) -> dict[str, Floats]:
        """Return sums over the events of each group and period, shape (groups · periods,), rows weighted."""
        length = len(self.periods)
        inside = self._inside
        cells, weights, score = self._cells, weights[inside], self.score[inside]
        size = _GROUPS * length
        factor = self._per_thousand
        return {
            "events": sum_by(cells, weights, size),
            "cooperation": sum_by(cells, weights * np.maximum(score, 0), size) * factor,
            "conflict": sum_by(cells, weights * np.maximum(-score, 0), size) * factor,
            "c": sum_by(cells, weights * (score > 0), size),
            "k": sum_by(cells, weights * (score < 0), size),
            "recent": sum_by(cells, weights * score * self._within, size),
        }

    def _figures(self, sums: dict[str, Floats]) -> dict[str, Floats]:
        decayed = self._decay(sums["recent"][None, : 3 * len(self.periods)])[0]
        return {"net": sums["cooperation"] - sums["conflict"], "log_ratio": self._log_ratio(sums), "decayed": decayed}

    def _log_ratio(self, sums: dict[str, Floats]) -> Floats:
        return np.log((sums["c"] + self.choices.offset) / (sums["k"] + self.choices.offset))

    def _decay(self, recent: Floats) -> Floats:
        """Return decayed scores at the end of each period from what the period itself adds; shape (samples, 3 · periods)."""
        length = len(self.periods)
        series = recent.reshape(-1, 3, length).copy()
        factors = 0.5 ** (np.diff(self.periods.edges) / self.options.half_life)
        for place in range(1, length):
            series[:, :, place] += series[:, :, place - 1] * factors[place]
        return series.reshape(-1, 3 * length)

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
        return np.tile(1000 / np.maximum(volume, 1), _GROUPS)

    # --- what is left out -----------------------------------------------------------------------------------------------

    def notes(self) -> dict[str, Any]:
        """Return what was joined or left out, and the choices made."""
        both = self.group == BOTH
        return {
            "by": self.options.by,
            "half_life_days": self.options.half_life,
            "one_a_day": self.options.one_a_day,
            "events_before_filter": int(both.sum()),
            "events_after_filter": round(float(self.share[both].sum())),
            "undated_left_out": int((both & (self.day == OPEN)).sum()),
            "too_coarse_left_out": int((both & self.coarse).sum()),
            "per_volume": self.options.per_volume,
            "documents": self.resampler.size,
            **_interval_notes(self),
        }

    # --- totals, reciprocity, change points -----------------------------------------------------------------------------

    def totals(self, fetch: Fetch | None) -> Result:
        shown = np.flatnonzero(self.group <= BOTH)
        evidence = Evidence.of_cells(self.group[shown], self.place[shown], 3)
        records, documents = evidence.counts(self.facts)
        figures = self._total_figures(self.share)
        enough = (np.array(records) >= self.choices.least_records) & (np.array(documents) >= self.choices.least_documents)
        samples = None
        if self.options.intervals and self.resampler.size >= self.resampler.choices.least_documents:
            samples = self.resampler.statistics(lambda weights: self._total_figures(self.share * weights))
        columns: dict[str, Any] = {
            "actor": [*self.names, "+".join(self.names)],
            "recipient": [*self.names[::-1], "+".join(self.names)],
            "records": records,
            "documents": documents,
            "events": np.rint(figures[0]).astype(int),
        }
        for place, name in enumerate(("cooperation", "conflict", "net", "log_ratio"), 1):
            columns |= _figure(name, figures[place], None if samples is None else samples[:, place], enough, self.resampler)
        columns["note"] = ["" if fine else too_little(n, d) for fine, n, d in zip(enough, records, documents, strict=True)]
        return Result("dyad totals", columns, evidence, self.facts, self.notes(), fetch)

    def _total_figures(self, weights: Floats) -> Floats:
        """Return events, cooperation, conflict, net and log ratio of the three directions, shape (5, 3)."""
        score = self.score
        events = sum_by(self.group, weights, _GROUPS)
        cooperation = sum_by(self.group, weights * np.maximum(score, 0), _GROUPS)
        conflict = sum_by(self.group, weights * np.maximum(-score, 0), _GROUPS)
        c, k = sum_by(self.group, weights * (score > 0), _GROUPS), sum_by(self.group, weights * (score < 0), _GROUPS)
        ratio = self._log_ratio({"c": c, "k": k})
        return np.stack([events, cooperation, conflict, cooperation - conflict, ratio])[:, :3]

    def reciprocity(self, fetch: Fetch | None) -> Result:
        stated = np.flatnonzero((self.group > BOTH) & (self.period >= 0))
        sign = (self.score[stated] < 0).astype(np.int64)
        evidence = Evidence.of_cells(sign, self.place[stated], 2)
        records, documents = evidence.counts(self.facts)
        enough = (np.array(records) >= self.choices.least_records) & (np.array(documents) >= self.choices.least_documents)
        figures = self._reciprocity(self.share)
        samples = None
        if self.options.intervals and self.resampler.size >= self.resampler.choices.least_documents:
            samples = self.resampler.statistics(lambda weights: self._reciprocity(self.share * weights))
            known = np.isfinite(figures)  # a minimum shrinks when documents are drawn twice: the samples are centred again
            samples[:, known] += figures[known] - np.nanmedian(samples[:, known], axis=0)
        columns: dict[str, Any] = {"of": ["cooperation", "conflict"], "records": records, "documents": documents}
        columns |= _figure("reciprocity", figures, samples, enough, self.resampler)
        columns["note"] = ["" if fine else too_little(n, d) for fine, n, d in zip(enough, records, documents, strict=True)]
        return Result("dyad reciprocity", columns, evidence, self.facts, self.notes(), fetch)

    def _reciprocity(self, weights: Floats) -> Floats:
        """Return reciprocity of cooperation and of conflict, shape (2,)."""
        length = len(self.periods)
        sums = self._sums(weights)
        found = []
        for name in ("cooperation", "conflict"):
            there, back = sums[name].reshape(_GROUPS, length)[_STATED_FORWARD:]
            total = float((there + back).sum())
            found.append(2 * float(np.minimum(there, back).sum()) / total if total else np.nan)
        return np.array(found)

    def changes(self, fetch: Fetch | None) -> Result:
        """Return the change points of each direction's net score, by ruptures' kernel search with a linear kernel."""
        length = len(self.periods)
        sums = self._sums(self.share)
        net = (sums["cooperation"] - sums["conflict"]).reshape(_GROUPS, length) if length else np.zeros((_GROUPS, 0))
        rows: list[tuple[Any, ...]] = []
        causes: list[NDArray[np.int64]] = []
        names = [self.names, self.names[::-1], ("+".join(self.names),) * 2]
        for group in (FORWARD, BACK, BOTH):
            points = change_points(net[group], self.choices.penalty, self.choices.least_periods)
            for before, at, after in zip([0, *points], points, [*points[1:], length], strict=False):
                old, new = float(net[group, before:at].mean()), float(net[group, at:after].mean())
                causes.append(self._cause(group, at, new - old))
                places = np.unique(causes[-1])
                rows.append((*names[group], self.periods.starts()[at], old, new, places.size, self.facts.count_documents(places)))
        columns: dict[str, Any] = dict(
            zip(_CHANGE_COLUMNS, zip(*rows, strict=True) if rows else [()] * len(_CHANGE_COLUMNS), strict=True)
        )
        return Result("dyad changes", columns, Evidence.of_parts(causes), self.facts, self.notes(), fetch)

    def _cause(self, group: int, at: int, change: float) -> NDArray[np.int64]:
        """Return the records of the first periods after a change that go its way, or those that ended with it."""
        mine = self.group == group
        after = mine & (self.period >= at) & (self.period < at + self.choices.cause_periods) & (self.score * change > 0)
        if after.any():
            return np.asarray(self.place[after])
        before = mine & (self.period < at) & (self.period >= at - self.choices.cause_periods) & (self.score * change < 0)
        return np.asarray(self.place[before])


_CHANGE_COLUMNS = ("actor", "recipient", "start", "net_before", "net_after", "records", "documents")


# --- the events of a dyad ------------------------------------------------------------------------------------------------


def _events_between(facts: Facts, one: SideTable, other: SideTable) -> NDArray[np.int64]:
    """Return the rows of scored events that happened, from one side to the other."""
    rows = np.flatnonzero(one.ever[facts.actor] & other.ever[facts.recipient])
    records = facts.record[rows]
    counted = facts.real[records] & (facts.quad[records] > 0) & ~np.isnan(facts.score[records])
    rows, days = rows[counted], facts.day[records[counted]]
    return np.asarray(rows[one.holds(facts.actor[rows], days) & other.holds(facts.recipient[rows], days)])


def _in_groups(facts: Facts, forward: Ints, back: Ints) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return rows and the direction of each; a row stands once in its direction, in both together, and among stated acts."""
    there, here = facts.seat[forward], facts.seat[back]
    parts = (
        (FORWARD, forward),
        (BACK, back),
        (BOTH, np.concatenate([forward[there != MIRRORED], back[(here != MIRRORED) & (here != JOINT)]])),
        (_STATED_FORWARD, forward[there == STATED]),
        (_STATED_BACK, back[here == STATED]),
    )
    joined = np.concatenate([rows for _, rows in parts]).astype(np.int64)
    return joined, np.repeat([group for group, _ in parts], [rows.size for _, rows in parts])


def _shares(facts: Facts, rows: NDArray[np.int64], groups: NDArray[np.int64]) -> Floats:
    """Return 1 / (number of rows with the same direction, actor, recipient, type and date); undated rows stand alone."""
    places = facts.record[rows]
    mutual = facts.type.among(facts.choices.facts.mutual)[places]
    first, second = facts.actor[rows].astype(np.int64), facts.recipient[rows].astype(np.int64)
    turned = mutual & (groups == BOTH) & (first > second)
    first, second = np.where(turned, second, first), np.where(turned, first, second)
    undated = facts.day[places] == OPEN
    alone = np.where(undated, np.arange(rows.size), -1)
    keys = (
        facts.end[places].astype(np.int64),
        facts.start[places].astype(np.int64),
        facts.type.values[places],
        first,
        second,
        groups,
        alone,
    )
    return equal_shares(keys)


def _periods(days: NDArray[np.int32], options: DyadOptions) -> Periods:
    since, until = options.span.since, options.span.until
    if not days.size and (since is None or until is None):
        return (
            Periods.covering(0, 0, options.by)
            if not days.size and since is None and until is None
            else _one_end(since or until, options.by)
        )
    first = day_number(since) if since is not None else int(days.min())
    last = day_number(until) if until is not None else int(days.max())
    return Periods.covering(first, last, options.by)


def _one_end(day: dt.date | None, by: str) -> Periods:
    number = 0 if day is None else day_number(day)
    return Periods.covering(number, number, by)


# --- figures -------------------------------------------------------------------------------------------------------------


def _figure(name: str, values: Floats, samples: Floats | None, enough: Mask, resampler: Resampler) -> dict[str, Any]:
    """Return a figure with its interval, without numbers where there is too little evidence."""
    low = high = np.full(values.shape, np.nan)
    if samples is not None:
        low, high = resampler.interval(samples)
    return {
        name: np.where(enough, values, np.nan),
        f"{name}_low": np.where(enough, low, np.nan),
        f"{name}_high": np.where(enough, high, np.nan),
    }


def _interval_notes(count: _Count) -> dict[str, Any]:
    choices = count.facts.choices.intervals
    if not count.options.intervals:
        return {"interval": None}
    if count.resampler.size < choices.least_documents:
        return {"interval": None, "interval_note": f"too few documents to resample: {count.resampler.size}"}
    return {"interval": choices.level, "resamples": choices.resamples, "seed": choices.seed}
