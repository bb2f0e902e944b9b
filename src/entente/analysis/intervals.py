"""Intervals by resampling documents: what a figure would be if chance had put other documents before us.

The records of a document stand or fall together (the cluster bootstrap: Davison and Hinkley 1997, *Bootstrap Methods and their
Application*, section 3.8), so documents are drawn, with replacement, as many as there are. A record then counts as often as its
document was drawn; a resample that draws none of a row's documents says nothing of that row and leaves its interval. Everything
is linear in these weights, so that one resample is one pass over the rows and memory stays flat.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from entente.codebook.measures import IntervalChoices

Floats = NDArray[np.float64]


class Resampler:
    """Draws documents anew, always the same way for the same documents and seed."""

    def __init__(self, documents: NDArray[np.int32] | NDArray[np.int64], choices: IntervalChoices) -> None:
        """Prepare to resample.

        Args:
            documents: The document of each row, shape (rows,).
            choices: Number of resamples, share of the interval, seed, fewest documents.
        """
        unique, self._rows = np.unique(documents, return_inverse=True)
        self.size = int(unique.size)
        self.choices = choices

    def enough(self, documents: int | Sequence[int] | NDArray[np.int64]) -> NDArray[np.bool_]:
        """Return which rows of a result, by the number of their documents, have what an interval needs. Shape as given."""
        return np.asarray(np.asarray(documents) >= self.choices.least_documents)

    def weights(self) -> Iterator[Floats]:
        """Yield for each resample how often each row's document was drawn, shape (rows,)."""
        rng = np.random.default_rng(self.choices.seed)
        for _ in range(self.choices.resamples):
            drawn = np.bincount(rng.integers(0, self.size, self.size), minlength=self.size).astype(np.float64)
            yield drawn[self._rows]

    def statistics(self, statistic: Callable[[Floats], Floats]) -> Floats:
        """Return a statistic of the rows' weights for every resample, shape (resamples, *statistic's shape)."""
        return np.stack([statistic(weights) for weights in self.weights()])

    def interval(self, samples: Floats) -> tuple[Floats, Floats]:
        """Return the lower and upper ends (percentiles) over the first axis; NaN where no resample gives a number."""
        outside = (1 - self.choices.level) / 2
        if not samples.size:
            nothing = np.full(samples.shape[1:], np.nan)
            return nothing, nothing
        known = np.isfinite(samples)
        if known.all():
            low, high = np.quantile(samples, [outside, 1 - outside], axis=0)
            return low, high
        never = ~known.any(axis=0)
        filled = np.where(never, 0.0, samples)
        low, high = np.nanquantile(np.where(np.isfinite(filled), filled, np.nan), [outside, 1 - outside], axis=0)
        return np.where(never, np.nan, low), np.where(never, np.nan, high)


def drawn_only(values: Floats, weights: Floats) -> Floats:
    """Return the figures of a resample, NaN where the rows behind one weigh nothing: none of its documents was drawn."""
    return np.where(weights > 0, values, np.nan)


def sum_by(cells: NDArray[np.int64], values: Floats, size: int) -> Floats:
    """Return the sum of values in each cell, shape (size,)."""
    return np.bincount(cells, weights=values, minlength=size).astype(np.float64, copy=False)
