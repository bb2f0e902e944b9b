"""The strongest statement for each of many acts, by the formula in `entente.analysis.contradictions`. Numpy throughout."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from msgspec import Struct

from entente.analysis.facts import Mask
from entente.analysis.matching import Floats, Places
from entente.analysis.timelines import Timeline, Times
from entente.codebook.judgements import ContradictionChoices, ContradictionRule


class Query(Struct, frozen=True):
    """Acts, each held against the statements toward one partner; shapes (queries,). ``witness`` is -1 where none is asked for."""

    act: Places
    partner: Places
    weight: Floats
    witness: Places


class _Best:
    """The strongest statement for each query so far; all of shape (queries,), ``statement`` -1 where there is none."""

    def __init__(self, size: int) -> None:
        self.strength = np.zeros(size)
        self.statement = np.full(size, -1)
        self.known = np.zeros(size, dtype=bool)


class Hits(Struct, frozen=True):
    """Pairs of a statement and an act (places in their `Times`) with strength, order and witness; all of shape (hits,)."""

    statement: Places
    act: Places
    strength: Floats
    known: Mask
    witness: Places


def joined_hits(parts: Sequence[Hits]) -> Hits:
    """Return hits one after the other."""
    whole, floats, masks = np.zeros(0, dtype=np.int64), np.zeros(0), np.zeros(0, dtype=bool)
    every = [Hits(whole, whole, floats, masks, whole), *parts]
    return Hits(
        np.concatenate([part.statement for part in every]),
        np.concatenate([part.act for part in every]),
        np.concatenate([part.strength for part in every]),
        np.concatenate([part.known for part in every]),
        np.concatenate([part.witness for part in every]),
    )


def strongest_statements(
    choices: ContradictionChoices, rule: ContradictionRule, statements: Times, acts: Times, queries: Query
) -> Hits:
    """Return for each query the statement that makes it strongest; queries without any are left out."""
    best = _Best(queries.act.size)
    for weight in np.unique(statements.weight)[::-1]:
        for certain in (True, False):
            of = np.flatnonzero((statements.weight == weight) & (statements.dated == certain))
            bound = float(weight) * (1 if certain else choices.order_unknown)
            if of.size:
                begins = 0 if certain else choices.undated_before
                some = statements.only(of)
                line = Timeline(some.party, some.first - begins, some.last + rule.within, np.arange(of.size), float(weight))
                for sure in (True, False) if certain else (False,):
                    left = np.flatnonzero(best.strength < bound)  # the others cannot become stronger
                    _improve(choices, best, left, line, some, of, acts, queries, sure=sure, ordered_only=rule.ordered)
    strengths = best.strength * acts.weight[queries.act] * queries.weight
    found = np.flatnonzero(strengths >= choices.least)
    witness = queries.witness[found]
    return Hits(best.statement[found], queries.act[found], strengths[found], best.known[found], witness)


def _improve(
    choices: ContradictionChoices,
    best: _Best,
    left: Places,
    line: Timeline,
    some: Times,
    of: Places,
    acts: Times,
    queries: Query,
    *,
    sure: bool,
    ordered_only: bool,
) -> None:
    """Hold the queries that are left against the latest statement toward their partner that holds at the act.

    With ``sure`` it begins by the first day that the act may have, else by the last; with ``ordered_only`` those whose dates
    do not tell that it came first are passed over.
    """
    act = queries.act[left]
    first = acts.first[act]
    place = line.before(queries.partner[left], first + 1 if sure else acts.last[act])
    fits = (place >= 0) & (line.until[place] > first)
    left, act, first, which = left[fits], act[fits], first[fits], line.record[place[fits]]
    holds, said = some.holds[which], some.last[which]
    ordered = (np.where(holds, some.first[which], said) <= first) & acts.dated[act] & some.dated[which]
    gap = np.where(holds | ~ordered, 0, np.maximum(0, first - said))
    strength = line.weight * 0.5 ** (gap / choices.half_life) * np.where(ordered, 1, choices.order_unknown)
    other = (some.pairs.record[which] != acts.pairs.record[act]) & (ordered | (not ordered_only))
    better = np.flatnonzero(other & (strength > best.strength[left]))
    best.strength[left[better]] = strength[better]
    best.statement[left[better]] = of[which[better]]
    best.known[left[better]] = ordered[better]
