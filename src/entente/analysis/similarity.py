"""Similarity of votes: how alike two states vote in roll calls, as agreement, S, Scott's pi and Cohen's kappa.

Ballots are numbers x: yes 1, abstain 2, no 3 (``similarity`` in the codebook); absence is no ballot, so two states are compared
on the n roll calls in which both voted. With d = x - y and d_max the greatest distance of two ballots (2):

- S           1 - 2 Σ|d| / (n d_max), absolute distance and equal weights (Signorino and Ritter 1999, *ISQ* 43), from -1 to 1
- agreement   (S + 1) / 2: an abstention counts half
- pi          1 - Σ d² / E, where E expects every ballot of either from the pool of both (Scott 1955; squared distance)
- kappa       1 - Σ d² / E, where E expects each state's ballots from its own (Cohen 1968, weighted, squared distance)

With means m and variances v of the two states' ballots, E / n is v_x + v_y + (m_x - m_y)² for kappa, and twice the variance of
the pool for pi. Häge (2011, *Political Analysis* 19) argues for chance-corrected measures, since states mostly vote yes. The axis
between two powers is kappa with the one less kappa with the other.

Intervals resample roll calls (each is a document).
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from entente.analysis.dyads import Party, Span
from entente.analysis.facts import Facts
from entente.analysis.intervals import Floats, Resampler
from entente.analysis.results import Evidence, Fetch, Result
from entente.errors import InputError

MEASURES = ("agreement", "s", "pi", "kappa")


class Similarity(Result):
    """Similarities: one row for each pair.

    Columns: state, other, records, documents, votes (both cast), agreement, s, pi, kappa with their intervals, axis (kappa with
    the first of the others less kappa with this one), note.
    """


class Ballots:
    """Who voted how: ``numbers`` of shape (states, roll calls), NaN where a state cast no ballot.

    Attributes:
        records: The record of each ballot, shape as ``numbers``, -1 where there is none.
        calls: Document places of the roll calls.
    """

    def __init__(self, numbers: Floats, records: NDArray[np.int64], calls: NDArray[np.int64]) -> None:
        self.numbers = numbers
        self.records = records
        self.calls = calls


def read_ballots(facts: Facts, states: list[str], span: Span) -> Ballots:
    """Return the ballots of states in the imported roll calls of a span.

    Args:
        facts: The ledger's records.
        states: Codes, one row each.
        span: Days.
    """
    rows = facts.ballot_rows
    record = facts.record[rows]
    kept = span.holds(facts.day[record])
    rows, record = rows[kept], record[kept]
    calls, column = np.unique(facts.document[record], return_inverse=True)
    choice = np.array(
        [*(facts.choices.similarity.choices.get(name, np.nan) for name in facts.type.names), np.nan], dtype=np.float64
    )
    numbers = np.full((len(states), calls.size), np.nan)
    records = np.full((len(states), calls.size), -1, dtype=np.int64)
    for place, state in enumerate(states):
        mine = np.isin(facts.actor[rows], facts.code_places([state]))
        numbers[place, column[mine]] = choice[facts.type.values[record[mine]]]
        records[place, column[mine]] = record[mine]
    return Ballots(numbers, records, calls.astype(np.int64))


def similarities(x: Floats, y: Floats, greatest: float, weights: Floats | None = None) -> Floats:
    """Return agreement, S, pi and kappa of ballots, shape (4,); NaN where nothing varies or nothing is in common.

    Args:
        x: Ballots of one state as numbers, shape (roll calls,), NaN where it cast none.
        y: Ballots of the other.
        greatest: The greatest distance of two ballots.
        weights: How often each roll call counts, shape (roll calls,).
    """
    both = np.isfinite(x) & np.isfinite(y)
    x, y = x[both], y[both]
    w = np.ones(x.size) if weights is None else weights[both]
    n = w.sum()
    if not n:
        return np.full(len(MEASURES), np.nan)
    gap = x - y
    s = 1 - 2 * float(w @ np.abs(gap)) / (n * greatest)
    mean_x, mean_y = float(w @ x) / n, float(w @ y) / n
    var_x, var_y = float(w @ (x - mean_x) ** 2) / n, float(w @ (y - mean_y) ** 2) / n
    pool = (mean_x + mean_y) / 2
    spread = float(w @ ((x - pool) ** 2 + (y - pool) ** 2)) / (2 * n)
    seen = float(w @ gap**2) / n
    pi = 1 - seen / (2 * spread) if spread > 0 else np.nan
    expected = var_x + var_y + (mean_x - mean_y) ** 2
    kappa = 1 - seen / expected if expected > 0 else np.nan
    return np.array([(s + 1) / 2, s, pi, kappa])


def measure_similarity(
    facts: Facts, states: list[Party], others: list[Party], span: Span, *, intervals: bool = True, fetch: Fetch | None = None
) -> Similarity:
    """Return how alike each of ``states`` votes with each of ``others``.

    Raises:
        InputError: The ledger has no imported roll calls in the span.
    """
    codes = [party.name for party in (*states, *others)]
    ballots = read_ballots(facts, codes, span)
    if not ballots.calls.size:
        raise InputError("there are no roll calls of these days in the ledger; bring them in with `entente import unvotes FILES`")
    numbers = facts.choices.similarity.choices.values()
    greatest = float(max(numbers) - min(numbers))
    pairs = [
        (one, len(states) + two)
        for one in range(len(states))
        for two in range(len(others))
        if codes[one] != codes[len(states) + two]
    ]
    return _result(facts, codes, ballots, pairs, greatest, intervals, fetch)


def _result(
    facts: Facts,
    codes: list[str],
    ballots: Ballots,
    pairs: list[tuple[int, int]],
    greatest: float,
    intervals: bool,
    fetch: Fetch | None,
) -> Similarity:
    least = facts.choices.similarity.least_votes
    resampler = Resampler(ballots.calls, facts.choices.intervals)
    resampled = intervals and resampler.size >= resampler.choices.least_documents
    draws = np.stack(list(resampler.weights())) if resampled else np.zeros((0, ballots.calls.size))
    figures, lows, highs, common, places = [], [], [], [], []
    for one, two in pairs:
        x, y = ballots.numbers[one], ballots.numbers[two]
        both = np.isfinite(x) & np.isfinite(y)
        enough = both.sum() >= least
        common.append(int(both.sum()))
        figures.append(similarities(x, y, greatest) if enough else np.full(len(MEASURES), np.nan))
        samples = (
            np.stack([similarities(x, y, greatest, draw) for draw in draws])
            if enough and resampled
            else np.zeros((0, len(MEASURES)))
        )
        low, high = resampler.interval(samples)
        lows.append(low)
        highs.append(high)
        places.append(np.unique(np.concatenate([ballots.records[one, both], ballots.records[two, both]])))
    columns = _columns(
        facts,
        codes,
        pairs,
        common,
        places,
        np.array(figures).reshape(-1, 4),
        np.array(lows).reshape(-1, 4),
        np.array(highs).reshape(-1, 4),
    )
    columns["note"] = ["" if n >= least else f"too few ballots in common: {n}" for n in common]
    choices = facts.choices
    notes = {
        "roll_calls": int(ballots.calls.size),
        "ballots": choices.similarity.choices,
        "interval": choices.intervals.level if resampled else None,
        "resamples": choices.intervals.resamples if resampled else 0,
        "seed": choices.intervals.seed,
    }
    lengths = np.array([part.size for part in places], dtype=np.int64)
    stops = np.cumsum(lengths)
    evidence = Evidence(np.concatenate([*places, np.zeros(0, dtype=np.int64)]), stops - lengths, stops)
    return Similarity("similarity", columns, evidence, facts, notes, fetch)


def _columns(
    facts: Facts,
    codes: list[str],
    pairs: list[tuple[int, int]],
    common: list[int],
    places: list[NDArray[np.int64]],
    figures: Floats,
    lows: Floats,
    highs: Floats,
) -> dict[str, Any]:
    columns: dict[str, Any] = {
        "state": [codes[one] for one, _ in pairs],
        "other": [codes[two] for _, two in pairs],
        "records": [part.size for part in places],
        "documents": [facts.count_documents(part) for part in places],
        "votes": common,
    }
    for place, name in enumerate(MEASURES):
        columns |= {name: figures[:, place], f"{name}_low": lows[:, place], f"{name}_high": highs[:, place]}
    first: dict[int, float] = {}
    for (one, _), kappa in zip(pairs, figures[:, 3], strict=True):
        first.setdefault(one, float(kappa))
    columns["axis"] = [
        first[one] - float(kappa) if kappa != first[one] else np.nan for (one, _), kappa in zip(pairs, figures[:, 3], strict=True)
    ]
    return columns
