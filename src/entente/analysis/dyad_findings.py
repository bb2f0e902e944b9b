"""What a dyad comes to: totals, reciprocity and change points; the formulas stand in `entente.analysis.dyads`."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from entente.analysis.changes import change_points
from entente.analysis.dyad_rows import BACK, BOTH, FORWARD, GROUPS, STATED_FORWARD
from entente.analysis.dyad_sums import DyadSums
from entente.analysis.facts import Mask
from entente.analysis.intervals import Floats, Resampler, drawn_only, sum_by
from entente.analysis.results import Evidence, Fetch, Result, too_little

_CHANGE_COLUMNS = ("actor", "recipient", "start", "net_before", "net_after", "records", "documents")


def totals_of(dyad: DyadSums, fetch: Fetch | None) -> Result:
    """Return one row a direction over the whole span."""
    shown = np.flatnonzero(dyad.group <= BOTH)
    evidence = Evidence.of_cells(dyad.group[shown], dyad.place[shown], 3)
    records, documents = evidence.counts(dyad.facts)
    figures = _total_figures(dyad, dyad.share)
    enough = (np.array(records) >= dyad.choices.least_records) & (np.array(documents) >= dyad.choices.least_documents)
    samples = None
    if dyad.options.intervals and dyad.resampler.enough(dyad.resampler.size):
        samples = dyad.resampler.statistics(lambda weights: _total_figures(dyad, dyad.share * weights))
        samples = drawn_only(samples, samples[:, :1])
    columns: dict[str, Any] = {
        "actor": [*dyad.names, "+".join(dyad.names)],
        "recipient": [*dyad.names[::-1], "+".join(dyad.names)],
        "records": records,
        "documents": documents,
        "events": np.rint(figures[0]).astype(int),
    }
    for place, name in enumerate(("cooperation", "conflict", "net", "log_ratio"), 1):
        drawn = None if samples is None else samples[:, place]
        columns |= _figure(name, figures[place], drawn, enough, documents, dyad.resampler)
    columns["note"] = ["" if fine else too_little(n, d) for fine, n, d in zip(enough, records, documents, strict=True)]
    return Result("dyad totals", columns, evidence, dyad.facts, dyad.notes(), fetch)


def _total_figures(dyad: DyadSums, weights: Floats) -> Floats:
    """Return events, cooperation, conflict, net and log ratio of the three directions, shape (5, 3)."""
    score = dyad.score
    events = sum_by(dyad.group, weights, GROUPS)
    cooperation = sum_by(dyad.group, weights * np.maximum(score, 0), GROUPS)
    conflict = sum_by(dyad.group, weights * np.maximum(-score, 0), GROUPS)
    c, k = sum_by(dyad.group, weights * (score > 0), GROUPS), sum_by(dyad.group, weights * (score < 0), GROUPS)
    ratio = dyad.log_ratio({"c": c, "k": k})
    return np.stack([events, cooperation, conflict, cooperation - conflict, ratio])[:, :3]


def reciprocity_of(dyad: DyadSums, fetch: Fetch | None) -> Result:
    """Return reciprocity of cooperation and of conflict, by stated acts."""
    stated = np.flatnonzero((dyad.group > BOTH) & (dyad.period >= 0))
    sign = (dyad.score[stated] < 0).astype(np.int64)
    evidence = Evidence.of_cells(sign, dyad.place[stated], 2)
    records, documents = evidence.counts(dyad.facts)
    enough = (np.array(records) >= dyad.choices.least_records) & (np.array(documents) >= dyad.choices.least_documents)
    figures = _reciprocity(dyad, dyad.share)
    samples = None
    if dyad.options.intervals and dyad.resampler.enough(dyad.resampler.size):
        samples = dyad.resampler.statistics(lambda weights: _reciprocity(dyad, dyad.share * weights))
        known = np.isfinite(figures)  # a minimum shrinks when documents are drawn twice: the samples are centred again
        samples[:, known] += figures[known] - np.nanmedian(samples[:, known], axis=0)
    columns: dict[str, Any] = {"of": ["cooperation", "conflict"], "records": records, "documents": documents}
    columns |= _figure("reciprocity", figures, samples, enough, documents, dyad.resampler)
    columns["note"] = ["" if fine else too_little(n, d) for fine, n, d in zip(enough, records, documents, strict=True)]
    return Result("dyad reciprocity", columns, evidence, dyad.facts, dyad.notes(), fetch)


def _reciprocity(dyad: DyadSums, weights: Floats) -> Floats:
    """Return reciprocity of cooperation and of conflict, shape (2,)."""
    length = len(dyad.periods)
    sums = dyad.sums(weights)
    found = []
    for name in ("cooperation", "conflict"):
        there, back = sums[name].reshape(GROUPS, length)[STATED_FORWARD:]
        total = float((there + back).sum())
        found.append(2 * float(np.minimum(there, back).sum()) / total if total else np.nan)
    return np.array(found)


def changes_of(dyad: DyadSums, fetch: Fetch | None) -> Result:
    """Return the change points of each direction's net score, by ruptures' kernel search with a linear kernel."""
    length = len(dyad.periods)
    sums = dyad.sums(dyad.share)
    net = (sums["cooperation"] - sums["conflict"]).reshape(GROUPS, length) if length else np.zeros((GROUPS, 0))
    rows: list[tuple[Any, ...]] = []
    causes: list[NDArray[np.int64]] = []
    names = [dyad.names, dyad.names[::-1], ("+".join(dyad.names),) * 2]
    for group in (FORWARD, BACK, BOTH):
        points = change_points(net[group], dyad.choices.penalty, dyad.choices.least_periods)
        for before, at, after in zip([0, *points], points, [*points[1:], length], strict=False):
            old, new = float(net[group, before:at].mean()), float(net[group, at:after].mean())
            causes.append(_cause(dyad, group, at, new - old))
            places = np.unique(causes[-1])
            rows.append((*names[group], dyad.periods.starts()[at], old, new, places.size, dyad.facts.count_documents(places)))
    columns: dict[str, Any] = dict(
        zip(_CHANGE_COLUMNS, zip(*rows, strict=True) if rows else [()] * len(_CHANGE_COLUMNS), strict=True)
    )
    return Result("dyad changes", columns, Evidence.of_parts(causes), dyad.facts, dyad.notes(), fetch)


def _cause(dyad: DyadSums, group: int, at: int, change: float) -> NDArray[np.int64]:
    """Return the records of the first periods after a change that go its way, or those that ended with it."""
    mine = dyad.group == group
    after = mine & (dyad.period >= at) & (dyad.period < at + dyad.choices.cause_periods) & (dyad.score * change > 0)
    if after.any():
        return np.asarray(dyad.place[after])
    before = mine & (dyad.period < at) & (dyad.period >= at - dyad.choices.cause_periods) & (dyad.score * change < 0)
    return np.asarray(dyad.place[before])


def _figure(
    name: str, values: Floats, samples: Floats | None, enough: Mask, documents: list[int], resampler: Resampler
) -> dict[str, Any]:
    """Return a figure with its interval, without numbers where there is too little evidence, by row."""
    low = high = np.full(values.shape, np.nan)
    if samples is not None:
        low, high = resampler.interval(samples)
    return {
        name: np.where(enough, values, np.nan),
        f"{name}_low": np.where(enough & resampler.enough(documents), low, np.nan),
        f"{name}_high": np.where(enough & resampler.enough(documents), high, np.nan),
    }
