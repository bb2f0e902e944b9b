"""The frustration index of networks too large to try every division: bounds from circles, then integer programming.

SciPy's HiGHS does the programming. Variables f_e say whether tie e is frustrated, x_i on which side a state is.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from entente.analysis.balance import TOLERANCE, Division, Sides, descend, frustration_of
from entente.analysis.intervals import Floats
from entente.codebook.networks import NetworkChoices
from entente.errors import EntenteError

_MARGIN = TOLERANCE / 4  # what the solver may be off
_LEAST = 1e-9  # SciPy takes a zero in a sparse graph for no edge
Circles = dict[tuple[int, ...], None]
"""Unbalanced circles, as sorted places of ties, in the order in which they were found."""


def divide_by_program(weights: Floats, sides: Sides, choices: NetworkChoices) -> Division:
    """Return the best division of a network in one part, with a bound.

    Args:
        weights: Net weights, shape (states, states).
        sides: A good division.
        choices: Rounds, seconds and nodes after which to stop.

    Raises:
        EntenteError: SciPy is not installed.
    """
    ties = _Ties(weights)
    circles, bound = _bound_by_circles(ties, choices)
    if frustration_of(weights, sides) - bound > TOLERANCE:
        other, lower = _branch(ties, circles, choices)
        bound = max(bound, lower)
        if other is not None:
            sides = min(sides, descend(weights, other), key=lambda found: frustration_of(weights, found))
    if np.array_equal(ties.weight, np.rint(ties.weight)):
        bound = float(np.ceil(bound - TOLERANCE))
    frustrated = frustration_of(weights, sides)
    return Division(sides, frustrated, frustrated if frustrated - bound <= TOLERANCE else max(bound, 0.0))


class _Ties:
    """The ties of a network as lists: ``one`` < ``other``, ``weight`` > 0, ``hostile``; all of shape (ties,)."""

    def __init__(self, weights: Floats) -> None:
        self.states = len(weights)
        self.one, self.other = (places.astype(np.int64) for places in np.nonzero(np.triu(weights)))
        signed = weights[self.one, self.other]
        self.weight, self.hostile = np.abs(signed), signed < 0
        self.place = np.zeros(weights.shape, dtype=np.int64)
        self.place[self.one, self.other] = self.place[self.other, self.one] = np.arange(self.one.size)


def _bound_by_circles(ties: _Ties, choices: NetworkChoices) -> tuple[Circles, float]:
    """Return unbalanced circles, and the least weight of ties, in parts, that meets all of them."""
    optimize, sparse = _scipy()
    circles = _short_circles(ties, np.zeros(ties.weight.size))
    bound = 0.0
    for _ in range(choices.rounds):
        if not circles:
            break
        found = optimize.linprog(
            ties.weight,
            A_ub=-_matrix(circles, ties.weight.size, sparse),
            b_ub=-np.ones(len(circles)),
            bounds=(0, 1),
            method="highs",
            options={"time_limit": choices.seconds / 2},
        )
        if found.status != 0:
            break
        bound = max(bound, float(found.fun) - _MARGIN)
        more = _short_circles(ties, found.x)
        if not more.keys() - circles.keys():
            break
        circles |= more
    return circles, bound


def _short_circles(ties: _Ties, frustrated: Floats) -> Circles:
    """Return for each state an unbalanced circle through it along which less than one tie is frustrated, if there is one.

    In the graph with every state twice, where a hostile tie leads to the other copy, a path from a state to its other copy is an
    unbalanced circle (or holds one), and the shortest by ``frustrated`` is the most violated.
    """
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import dijkstra

    states, length = ties.states, np.maximum(frustrated, _LEAST)
    crossing = np.where(ties.hostile, states, 0)
    ends = [(ties.one, ties.other + crossing), (ties.one + states, ties.other + states - crossing)]
    rows = np.concatenate([start for start, _ in ends])
    columns = np.concatenate([end for _, end in ends])
    graph = coo_array((np.tile(length, 2), (rows, columns)), shape=(2 * states, 2 * states)).tocsr()
    distance, before = dijkstra(graph, directed=False, indices=np.arange(states), return_predecessors=True)
    circles: Circles = {}
    for state in range(states):
        if distance[state, state + states] < 1 - TOLERANCE:
            circles[_walk(ties, before[state], state)] = None
    return circles


def _walk(ties: _Ties, before: NDArray[np.int32], state: int) -> tuple[int, ...]:
    place, met = state + ties.states, set()
    while place != state:
        last = int(before[place])
        met.add(int(ties.place[last % ties.states, place % ties.states]))
        place = last
    return tuple(sorted(met))


def _branch(ties: _Ties, circles: Circles, choices: NetworkChoices) -> tuple[Sides | None, float]:
    """Return a division by integer programming, None where time ran out before there was one, and a bound."""
    optimize, sparse = _scipy()
    states, size = ties.states, ties.weight.size
    tie = np.arange(size)
    sign = np.where(ties.hostile, 1.0, -1.0)
    # f >= x_i - x_j and f >= x_j - x_i for a friendly tie, f >= x_i + x_j - 1 and f >= 1 - x_i - x_j for a hostile one
    forward = _rows(tie, [(states + tie, 1.0), (ties.one, -1.0), (ties.other, -sign)], (size, states + size), sparse)
    back = _rows(tie, [(states + tie, 1.0), (ties.one, 1.0), (ties.other, sign)], (size, states + size), sparse)
    limits = [
        optimize.LinearConstraint(forward, lb=np.where(ties.hostile, -1.0, 0.0)),
        optimize.LinearConstraint(back, lb=np.where(ties.hostile, 1.0, 0.0)),
    ]
    if circles:
        among = sparse.hstack([sparse.csr_array((len(circles), states)), _matrix(circles, size, sparse)]).tocsr()
        limits.append(optimize.LinearConstraint(among, lb=1.0))
    lower = np.zeros(states + size)
    strength = np.bincount(ties.one, minlength=states) + np.bincount(ties.other, minlength=states)
    lower[int(np.argmax(strength))] = 1.0  # the two camps have no names
    found = optimize.milp(
        np.concatenate([np.zeros(states), ties.weight]),
        integrality=np.concatenate([np.ones(states), np.zeros(size)]),
        bounds=optimize.Bounds(lower, 1.0),
        constraints=limits,
        options={"time_limit": choices.seconds, "node_limit": choices.nodes, "mip_rel_gap": 0.0},
    )
    bound = 0.0 if found.mip_dual_bound is None else float(found.mip_dual_bound) - _MARGIN
    sides = None if found.x is None else np.where(found.x[:states] > 1 / 2, 1, -1).astype(np.int8)
    return sides, bound


def _matrix(circles: Circles, size: int, sparse: Any) -> Any:
    rows = np.repeat(np.arange(len(circles)), [len(circle) for circle in circles])
    columns = np.concatenate([np.array(circle) for circle in circles])
    return sparse.csr_array((np.ones(rows.size), (rows, columns)), shape=(len(circles), size))


def _rows(rows: NDArray[np.int64], parts: list[tuple[Any, Any]], shape: tuple[int, int], sparse: Any) -> Any:
    values = np.concatenate([np.broadcast_to(value, rows.shape) for _, value in parts])
    columns = np.concatenate([column for column, _ in parts])
    return sparse.csr_array((values, (np.tile(rows, len(parts)), columns)), shape=shape)


def _scipy() -> tuple[Any, Any]:
    try:
        from scipy import optimize, sparse  # half a second to load
    except ImportError as error:
        raise EntenteError(
            "scipy is not installed, which divides networks of many states; `pip install 'entente[analysis]'`"
        ) from error
    return optimize, sparse
