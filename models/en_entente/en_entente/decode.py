"""From scores to trees and entity spans: the best that is well-formed, sentence by sentence."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Integers = NDArray[np.int64]
Booleans = NDArray[np.bool_]

ROOT: Final = -1

#: How many candidates for the root are tried where the greedy tree has a cycle.
ROOT_CANDIDATES: Final = 3


def find_cycle(heads: Integers, root: int) -> list[int]:
    """Return the nodes of one cycle among *heads* (the root points to itself), or an empty list."""
    state = np.zeros(len(heads), dtype=np.int8)  # 0 new, 1 on the path, 2 known to reach the root
    state[root] = 2
    for start in range(len(heads)):
        path = []
        node = start
        while state[node] == 0:
            state[node] = 1
            path.append(node)
            node = int(heads[node])
        if state[node] == 1:
            return path[path.index(node) :]
        state[path] = 2
    return []


def find_arborescence(scores: Floats, root: int) -> Integers:
    """Return the heads of the best tree below *root* (Chu, Liu and Edmonds).

    Args:
        scores: Shape (dependents, heads); minus infinity where an arc is impossible.
        root: The node that the tree hangs from.

    Returns:
        A head a node, the root's own being itself.
    """
    heads: Integers = scores.argmax(1)
    heads[root] = root
    cycle = find_cycle(heads, root)
    if not cycle:
        return heads
    inside = np.array(cycle)
    outside = np.setdiff1d(np.arange(len(heads)), inside)
    # The cycle becomes one node, the last. An arc out of it leaves from its best member; an arc into it
    # replaces the cycle's own arc to that member, and is worth the difference.
    leaving = scores[np.ix_(outside, inside)]
    entering = scores[np.ix_(inside, outside)] - scores[inside, heads[inside]][:, None]
    contracted = np.full((len(outside) + 1, len(outside) + 1), -np.inf, dtype=scores.dtype)
    contracted[:-1, :-1] = scores[np.ix_(outside, outside)]
    contracted[:-1, -1] = leaving.max(1)
    contracted[-1, :-1] = entering.max(0)
    solved = find_arborescence(contracted, int(np.flatnonzero(outside == root)[0]))
    result: Integers = heads.copy()
    from_cycle = solved[:-1] == len(outside)
    result[outside[~from_cycle]] = outside[solved[:-1][~from_cycle]]
    result[outside[from_cycle]] = inside[leaving[from_cycle].argmax(1)]
    entry = int(solved[-1])
    result[inside[entering[:, entry].argmax()]] = outside[entry]
    result[root] = root
    return result


def is_tree(heads: Integers, root: int) -> bool:
    """Say whether every node reaches *root*, which points to itself, by doubling the steps up."""
    reached = heads
    steps = 1
    while steps < len(heads):
        reached = reached[reached]
        steps *= 2
    return bool((reached == root).all())


def decode_tree(arcs: Floats, roots: Floats) -> Integers:
    """Return the heads of a sentence's best tree with exactly one root.

    The root is the word that gains most by being it; where greedy heads then form a cycle, the best
    ``ROOT_CANDIDATES`` roots are tried with the exact algorithm.

    Args:
        arcs: Shape (words, words), dependent by head.
        roots: Shape (words,), the score of being the root.

    Returns:
        A head a word, ``ROOT`` for the root.
    """
    size = len(roots)
    if size == 1:
        return np.array([ROOT])
    arcs = arcs.copy()
    np.fill_diagonal(arcs, -np.inf)
    heads: Integers = arcs.argmax(1)
    gains = roots - arcs[np.arange(size), heads]
    root = int(gains.argmax())
    heads[root] = root
    if not is_tree(heads, root):
        best = -np.inf
        for candidate in gains.argsort()[::-1][:ROOT_CANDIDATES]:
            tree = find_arborescence(arcs, int(candidate))
            others = np.flatnonzero(np.arange(size) != candidate)
            total = float(arcs[others, tree[others]].sum() + roots[candidate])
            if total > best:
                best, heads, root = total, tree, int(candidate)
    heads[root] = ROOT
    return heads


def decode_trees(arcs: Floats, roots: Floats, starts: Booleans) -> Integers:
    """Return the heads of all sentences of a window, counted inside the window.

    Args:
        arcs: Shape (words, words), dependent by head.
        roots: Shape (words,), the score of being the root.
        starts: Shape (words,), true at the first word of each sentence, so always at 0.
    """
    heads = np.empty(len(roots), dtype=np.int64)
    bounds = [*np.flatnonzero(starts).tolist(), len(roots)]
    for start, end in pairwise(bounds):
        tree = decode_tree(arcs[start:end, start:end], roots[start:end])
        heads[start:end] = np.where(tree == ROOT, ROOT, tree + start)
    return heads


class EntityDecoder:
    """Find the best well-formed sequence of BIOES tags; no entity crosses a sentence end."""

    def __init__(self, tags: Sequence[str]) -> None:
        """Take the tags in the order of the scores: "O", or a place (B, I, E, S), a hyphen and a label."""
        places = [tag[0] for tag in tags]
        names = [tag[2:] for tag in tags]
        self.opens = np.array([place in "OBS" for place in places])
        self.closes = np.array([place in "OES" for place in places])
        goes_on = np.array(
            [
                [p in "BI" and q in "IE" and a == b for q, b in zip(places, names, strict=True)]
                for p, a in zip(places, names, strict=True)
            ]
        )
        #: Shape (tags, tags): may the second tag follow the first.
        self.follows: Booleans = (self.closes[:, None] & self.opens[None, :]) | goes_on
        self.penalties = np.where(self.follows, 0.0, -np.inf)

    def decode(self, scores: Floats, starts: Booleans) -> Integers:
        """Return a tag number a word.

        Args:
            scores: Shape (words, tags).
            starts: Shape (words,), true at the first word of each sentence.
        """
        tags: Integers = scores.argmax(1)
        if not tags.any():
            return tags
        good = self.follows[tags[:-1], tags[1:]] & (self.closes[tags[:-1]] | ~starts[1:])
        if good.all() and self.opens[tags[0]] and self.closes[tags[-1]]:
            return tags  # the best of all is well-formed
        bounds = [*np.flatnonzero(starts).tolist(), len(tags)]
        for start, end in pairwise(bounds):
            if tags[start:end].any():
                tags[start:end] = self.find_best_path(scores[start:end])
        return tags

    def find_best_path(self, scores: Floats) -> Integers:
        """Return the best well-formed tags of one sentence (Viterbi)."""
        total = np.where(self.opens, scores[0], -np.inf)
        back = np.empty(scores.shape, dtype=np.int64)
        for index in range(1, len(scores)):
            paths = total[:, None] + self.penalties
            back[index] = paths.argmax(0)
            total = paths.max(0) + scores[index]
        path = np.empty(len(scores), dtype=np.int64)
        path[-1] = np.where(self.closes, total, -np.inf).argmax()
        for index in range(len(scores) - 1, 0, -1):
            path[index - 1] = back[index, path[index]]
        return path
