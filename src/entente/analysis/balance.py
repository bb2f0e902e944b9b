"""Structural balance: the division of a signed network into two camps that is at odds with the least weight of its ties.

A division x in {-1, 1}^n frustrates a friendly tie between the camps and a hostile one within a camp. The frustration index is
the least weight that any division frustrates,

    L(W) = min_x Σ_{i<j} |w_ij| [w_ij x_i x_j < 0] = (Σ_{i<j} |w_ij| - max_x Σ_{i<j} w_ij x_i x_j) / 2

(Harary 1959, *Behavioral Science* 4; Aref and Wilson 2019, *Journal of Complex Networks* 7); with weights of one it counts ties.
It is 0 where the network is balanced: my friend's friend is my friend, my foe's foe too (Cartwright and Harary 1956).

Ties outside closed circles are never frustrated, so that states at loose ends are taken off first and parts without a tie between
them are divided apart. A part of few states is solved by trying every division. For larger ones L is the least weight of ties
that meets every unbalanced circle: linear programming with the circles that it violates gives a bound, local search a division,
and integer programming (Aref, Mason and Wilson 2020, *Networks* 75) closes the gap between the two, or says how far it came.
"""

from __future__ import annotations

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from entente.analysis.facts import Mask
from entente.analysis.intervals import Floats
from entente.codebook.networks import NetworkChoices

Sides = NDArray[np.int8]
TOLERANCE = 1e-6
_SEED = 1


class Division(Struct, frozen=True):
    """A network divided in two.

    Attributes:
        sides: 1 or -1 for each state, shape (states,); between parts that no tie joins the sides say nothing.
        frustrated: The weight of ties that it frustrates.
        bound: No division frustrates less.
    """

    sides: Sides
    frustrated: float
    bound: float

    @property
    def exact(self) -> bool:
        """Whether no division is better."""
        return self.frustrated - self.bound <= TOLERANCE * max(1.0, self.frustrated)


def divide(weights: Floats, choices: NetworkChoices) -> Division:
    """Return the best division of a signed network that was found, with a bound.

    Args:
        weights: Net weights, symmetric, zero on the diagonal, shape (states, states).
        choices: How hard to search.
    """
    sides = np.ones(len(weights), dtype=np.int8)
    core, loose = take_off_loose_ends(weights)
    parts = components(weights * np.outer(core, core))
    bound = 0.0
    for part in np.unique(parts[core]):
        members = np.flatnonzero((parts == part) & core)
        division = _divide_part(weights[np.ix_(members, members)], choices)
        sides[members] = division.sides
        bound += division.bound
    for state, neighbour in reversed(loose):
        sides[state] = sides[neighbour] * np.sign(weights[state, neighbour])
    return Division(sides, frustration_of(weights, sides), bound)


def frustration_of(weights: Floats, sides: Sides) -> float:
    """Return the weight of the ties that a division frustrates."""
    agreement = weights * np.outer(sides, sides)
    return float(np.maximum(-agreement, 0).sum() / 2)


def take_off_loose_ends(weights: Floats) -> tuple[Mask, list[tuple[int, int]]]:
    """Take off states with one tie until none is left.

    Returns:
        Whether a state stays, shape (states,), and those taken off with their only neighbour then, in this order.
    """
    tied = weights != 0
    core = tied.any(axis=0)
    loose: list[tuple[int, int]] = []
    degrees = tied.sum(axis=0)
    ends: list[int] = np.flatnonzero(degrees == 1).tolist()
    while ends:
        state = ends.pop()
        if degrees[state] != 1:
            continue
        neighbour = int(np.flatnonzero(tied[state])[0])
        loose.append((state, neighbour))
        tied[state, neighbour] = tied[neighbour, state] = core[state] = False
        degrees[[state, neighbour]] -= 1
        if degrees[neighbour] == 1:
            ends.append(neighbour)
        elif degrees[neighbour] == 0:
            core[neighbour] = False
    return core, loose


def components(weights: Floats) -> NDArray[np.int64]:
    """Return for each state the least place among those it is joined with by ties, shape (states,)."""
    tied = (weights != 0) | np.eye(len(weights), dtype=bool)
    labels = np.arange(len(weights))
    while True:
        spread = np.where(tied, labels[None, :], len(weights)).min(axis=1, initial=len(weights))
        spread = spread[spread]
        if np.array_equal(spread, labels):
            return labels
        labels = spread


def _divide_part(weights: Floats, choices: NetworkChoices) -> Division:
    if len(weights) <= choices.enumerate_at_most:
        sides = try_all(weights)
        frustrated = frustration_of(weights, sides)
        return Division(sides, frustrated, frustrated)
    from entente.analysis.frustration import divide_by_program  # loads SciPy

    return divide_by_program(weights, search(weights, choices.starts), choices)


def try_all(weights: Floats) -> Sides:
    """Return the best division by trying all 2^(states - 1); eight bytes of memory for each."""
    states = len(weights)
    agreement = np.zeros(1)
    for state in range(1, states):
        pull = np.array([weights[state, 0]])
        for other in range(1, state):
            pull = np.concatenate([pull + weights[state, other], pull - weights[state, other]])
        agreement = np.concatenate([agreement + pull, agreement - pull])
    best = int(np.argmax(agreement))
    return np.array([1] + [-1 if best >> place & 1 else 1 for place in range(states - 1)], dtype=np.int8)[:states]


def search(weights: Floats, starts: int, first: Sides | None = None) -> Sides:
    """Return the best division that local search finds: from ``first``, from the leading eigenvector, from chance (seeded)."""
    rng = np.random.default_rng(_SEED)
    leading = np.linalg.eigh(weights)[1][:, -1]
    begins = [np.where(leading >= 0, 1, -1), *(rng.choice([-1, 1], len(weights)) for _ in range(starts))]
    if first is not None:
        begins.insert(0, first)
    found = [descend(weights, np.asarray(begin, dtype=np.int8)) for begin in begins]
    return min(found, key=lambda sides: frustration_of(weights, sides))


def descend(weights: Floats, sides: Sides) -> Sides:
    """Return a division that no state can better by changing sides alone; each step moves the one that gains most."""
    sides = sides.copy()
    content = sides * (weights @ sides)
    while sides.size and content.min() < -TOLERANCE:
        state = int(np.argmin(content))
        content += -2 * sides * weights[:, state] * sides[state]
        content[state] *= -1
        sides[state] *= -1
    return sides


def group(weights: Floats) -> NDArray[np.int64]:
    """Return groups, any number of them, by signed modularity, shape (states,); 0 is the group of the first state, and so on.

    Friendly ties within a group count by how much they exceed what the states' weights let expect, hostile ones against it:
    Σ_ij [w_ij - (p_i p_j / Σp - q_i q_j / Σq)] [same group], p and q the friendly and hostile weight of a state (Gómez, Jensen
    and Arenas 2009, *Physical Review E* 80). Groups are joined, best first, while that gains, then states move one by one: a good
    division, not always the best.
    """
    friendly, hostile = np.maximum(weights, 0), np.maximum(-weights, 0)
    expected = [np.outer(part.sum(0), part.sum(0)) / max(part.sum(), TOLERANCE) for part in (friendly, hostile)]
    gain = weights - expected[0] + expected[1]
    np.fill_diagonal(gain, 0)
    labels = np.arange(len(weights))
    between = gain.copy()
    np.fill_diagonal(between, -np.inf)
    while between.size and between.max() > TOLERANCE:
        one, other = sorted(np.unravel_index(int(np.argmax(between)), between.shape))
        labels[labels == other] = one
        between[one] += between[other]
        between[:, one] = between[one]
        between[other] = between[:, other] = between[one, one] = -np.inf
    return _in_order(_move_one_by_one(gain, labels))


def _move_one_by_one(gain: Floats, labels: NDArray[np.int64]) -> NDArray[np.int64]:
    for _ in range(len(labels)):
        before = labels.copy()
        for state in range(len(labels)):
            joined = np.bincount(labels, weights=gain[state], minlength=len(labels))
            best = int(np.argmax(joined))
            if joined[best] > joined[labels[state]] + TOLERANCE:
                labels[state] = best
        if np.array_equal(before, labels):
            break
    return labels


def _in_order(labels: NDArray[np.int64]) -> NDArray[np.int64]:
    _, first, inverse = np.unique(labels, return_index=True, return_inverse=True)
    return np.asarray(np.argsort(np.argsort(first))[inverse])
