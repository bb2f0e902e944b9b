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

from entente.analysis.facts import Facts
from entente.analysis.intervals import Floats, Resampler
from entente.analysis.parties import Party, Span
from entente.analysis.results import Evidence, Fetch, Result
from entente.errors import InputError

MEASURES = ("agreement", "s", "pi", "kappa")
SAME = 1e-9
"""Less expected disagreement than this is none but for rounding."""


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
    """Return agreement, S, pi and kappa of ballots; NaN where nothing varies or nothing is in common.

    Args:
        x: Ballots of one state as numbers, shape (roll calls,), NaN where it cast none.
        y: Ballots of the other.
        greatest: The greatest distance of two ballots.
        weights: How often each roll call counts, shape (samples, roll calls); once each where it is not given.

    Returns:
        Shape (4,), or (samples, 4) where weights are given.
    """
    both = (np.isfinite(x) & np.isfinite(y)).astype(np.float64)
    x, y = np.where(both, x, 0), np.where(both, y, 0)
    gap = np.abs(x - y)
    each = np.stack([both, gap, gap**2, x, y, x**2, y**2], axis=1)
    sums = each.sum(axis=0)[None] if weights is None else weights @ each
    with np.errstate(invalid="ignore", divide="ignore"):
        n = sums[:, 0]
        far, seen, mean_x, mean_y, square_x, square_y = (sums[:, 1:] / n[:, None]).T
        s = 1 - 2 * far / greatest
        spread, apart = square_x - mean_x**2 + square_y - mean_y**2, (mean_x - mean_y) ** 2
        corrected = (np.where(e > SAME, 1 - seen / e, np.nan) for e in (spread + apart / 2, spread + apart))
        found = np.stack([(s + 1) / 2, s, *corrected], axis=1)
    return found if weights is not None else np.asarray(found[0])


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
    choices = facts.choices
    resampler = Resampler(ballots.calls, choices.intervals)
    resampled = intervals and resampler.size >= resampler.choices.least_documents
    draws = np.stack(list(resampler.weights())) if resampled else np.zeros((0, ballots.calls.size))
    common = np.array([np.isfinite(ballots.numbers[[one, two]]).all(axis=0) for one, two in pairs]).reshape(len(pairs), -1)
    votes = common.sum(axis=1)
    figures = np.full((3, len(pairs), len(MEASURES)), np.nan)  # the figure, its lower and its upper end
    for place in np.flatnonzero(votes >= choices.similarity.least_votes):
        x, y = ballots.numbers[list(pairs[place])]
        figures[0, place] = similarities(x, y, greatest)
        figures[1:, place] = resampler.interval(similarities(x, y, greatest, draws))
    places = [np.unique(ballots.records[list(pair)][:, both]) for pair, both in zip(pairs, common, strict=True)]
    columns = _columns(facts, codes, pairs, votes, places, figures)
    least = choices.similarity.least_votes
    columns["note"] = ["" if n >= least else f"too few ballots in common: {n}" for n in votes]
    notes: dict[str, Any] = {"roll_calls": int(ballots.calls.size), "ballots": choices.similarity.choices, "interval": None}
    if resampled:
        notes |= {"interval": choices.intervals.level, "resamples": choices.intervals.resamples, "seed": choices.intervals.seed}
    return Similarity("similarity", columns, Evidence.of_parts(places), facts, notes, fetch)


def _columns(
    facts: Facts,
    codes: list[str],
    pairs: list[tuple[int, int]],
    votes: NDArray[np.int64],
    places: list[NDArray[np.int64]],
    figures: Floats,
) -> dict[str, Any]:
    columns: dict[str, Any] = {
        "state": [codes[one] for one, _ in pairs],
        "other": [codes[two] for _, two in pairs],
        "records": [part.size for part in places],
        "documents": [facts.count_documents(part) for part in places],
        "votes": votes,
    }
    for place, name in enumerate(MEASURES):
        columns |= {f"{name}{end}": figures[which, :, place] for which, end in enumerate(("", "_low", "_high"))}
    kappa = figures[0, :, MEASURES.index("kappa")]
    first: dict[int, int] = {}
    for place, (one, _) in enumerate(pairs):
        first.setdefault(one, place)
    columns["axis"] = [
        np.nan if first[one] == place else kappa[first[one]] - kappa[place] for place, (one, _) in enumerate(pairs)
    ]
    return columns
