"""Frames: an Arrow table as pandas or polars, both of which are extras that not everybody has."""

from __future__ import annotations

from typing import Any

import pyarrow as pa

from entente.errors import EntenteError


def pandas_of(table: pa.Table) -> Any:
    """Return the table as a pandas frame.

    Raises:
        EntenteError: If pandas is not installed.
    """
    try:
        return table.to_pandas()
    except ImportError as error:
        raise EntenteError("pandas is not installed; `pip install 'entente[frames]'`, or take .arrow()") from error


def polars_of(table: pa.Table) -> Any:
    """Return the table as a polars frame.

    Raises:
        EntenteError: If polars is not installed.
    """
    try:
        import polars  # 0.8 s, and not everybody has it
    except ImportError as error:
        raise EntenteError("polars is not installed; `pip install 'entente[frames]'`, or take .arrow()") from error
    return polars.from_arrow(table)
