"""The split that guards against fitting: a third of every set, chosen by a hash of the id, is looked at only at the end."""

from __future__ import annotations

import argparse
import hashlib
from collections.abc import Callable, Iterable
from typing import Any, Literal, TypeVar

Split = Literal["dev", "held-out"]
Row = TypeVar("Row")


FEW = 30
"""Below so many rows the hash alone may set none aside: then it is the third with the smallest hashes."""


def hash_of(identifier: str) -> int:
    """Return the number by which a row is set aside or not."""
    return int(hashlib.sha256(identifier.encode()).hexdigest(), 16)


def held_out(identifier: str) -> bool:
    """Return whether a row of a large set belongs to the third that is looked at last."""
    return hash_of(identifier) % 3 == 0


def third_of(identifiers: Iterable[str]) -> frozenset[str]:
    """Return the ids of the third that is looked at last, of a set of any size."""
    known = sorted(identifiers, key=hash_of)
    return frozenset(known[: len(known) // 3] if len(known) < FEW else filter(held_out, known))


def chosen(rows: Iterable[Row], split: Split | None, identifier: Callable[[Row], str] | None = None) -> list[Row]:
    """Return the rows of a split, all of them where it is None; a row's id is its ``id`` unless ``identifier`` says otherwise."""

    def of(row: Any) -> str:
        return identifier(row) if identifier else str(row["id"])

    all_rows = list(rows)
    aside = third_of(map(of, all_rows))
    return [row for row in all_rows if split is None or (of(row) in aside) == (split == "held-out")]


def add_split(parser: argparse.ArgumentParser) -> None:
    """Add ``--split`` to a script's options."""
    parser.add_argument("--split", choices=("dev", "held-out"), help="two thirds of the rows, or the third that is held out")
