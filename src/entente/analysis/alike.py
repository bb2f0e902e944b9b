"""Equal records: rows with the same keys share one unit of weight, as the one-a-day filter has it."""

from __future__ import annotations

import numpy as np

from entente.analysis.facts import Ints
from entente.analysis.intervals import Floats


def equal_shares(keys: tuple[Ints, ...]) -> Floats:
    """Return for each row 1 / (number of rows with the same keys), shape (rows,)."""
    size = keys[0].size
    if not size:
        return np.ones(0)
    order = np.lexsort(keys)
    new = np.zeros(size, dtype=bool)
    new[0] = True
    for key in keys:
        ordered = key[order]
        new[1:] |= ordered[1:] != ordered[:-1]
    group = np.cumsum(new) - 1
    shares = np.empty(size)
    shares[order] = (1 / np.bincount(group))[group]
    return shares
