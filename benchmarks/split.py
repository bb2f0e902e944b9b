"""The split that guards against fitting: a third of every set, chosen by a hash of the id, is looked at only at the end."""

from __future__ import annotations

import argparse
import hashlib
from collections.abc import Callable, Iterable
from typing import Any, Literal, TypeVar

Split = Literal["dev", "held-out"]
Row = TypeVar("Row")


def held_out(identifier: str) -> bool:
    """Return whether a row or passage belongs to the third that is looked at last."""
    return int(hashlib.sha256(identifier.encode()).hexdigest(), 16) % 3 == 0


def chosen(rows: Iterable[Row], split: Split | None, identifier: Callable[[Row], str] | None = None) -> list[Row]:
    """Return the rows of a split, all of them where it is None; a row's id is its ``id`` unless ``identifier`` says otherwise."""

    def of(row: Any) -> str:
        return identifier(row) if identifier else str(row["id"])

    return [row for row in rows if split is None or held_out(of(row)) == (split == "held-out")]


def add_split(parser: argparse.ArgumentParser) -> None:
    """Add ``--split`` to a script's options."""
    parser.add_argument("--split", choices=("dev", "held-out"), help="two thirds of the rows, or the third that is held out")
