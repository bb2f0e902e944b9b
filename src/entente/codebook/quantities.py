"""Words for shares and ranks ("a third of", "80 per cent", "second-largest")."""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct

from entente.codebook.source import load_plain


class QuantityWords(Struct, frozen=True):
    """Number words, fractions and superlatives of a language."""

    numbers: dict[str, int]
    fractions: dict[str, float]
    percent: frozenset[str]
    superlatives: frozenset[str]
    ordinals: dict[str, int]
    wholes: frozenset[str]


def load_quantities(path: Path) -> QuantityWords:
    """Read ``quantities-en.yml``."""
    plain = load_plain(path)
    return QuantityWords(
        numbers={word: int(value) for word, value in plain["numbers"].items()},
        fractions={word: float(value) for word, value in plain["fractions"].items()},
        percent=frozenset(plain["percent"]),
        superlatives=frozenset(plain["superlatives"]),
        ordinals={word: int(value) for word, value in plain["ordinals"].items()},
        wholes=frozenset(plain["wholes"]),
    )
