"""Change points of a series."""

from __future__ import annotations

import numpy as np

from entente.analysis.intervals import Floats
from entente.errors import EntenteError


def change_points(series: Floats, penalty: float, least: int) -> list[int]:
    """Return the places at which the mean of a series changes, by the exact search of ruptures (Truong et al. 2020).

    The cost of a segment is the sum of squares about its mean (a linear kernel); one more change must save
    ``penalty`` · σ² · log(length), where σ, the noise, is taken from the differences of
    neighbours, which a change of the mean hardly touches.

    Args:
        series: Shape (periods,).
        penalty: In units of σ² · log(length).
        least: The fewest periods between changes.

    Raises:
        EntenteError: ruptures is not installed.
    """
    if series.size < 2 * least:
        return []
    noise = float(np.diff(series).std()) / np.sqrt(2)
    if noise == 0:
        return []
    try:
        from ruptures import KernelCPD  # loads SciPy
    except ImportError as error:
        raise EntenteError("ruptures is not installed, which finds change points; `pip install 'entente[analysis]'`") from error
    found = KernelCPD(kernel="linear", min_size=least).fit(series[:, None]).predict(pen=penalty * noise**2 * np.log(series.size))
    return [int(place) for place in found[:-1]]
