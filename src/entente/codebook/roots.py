"""Where CAMEO's roots, which published sets of relations take for types, differ from PLOVER 2.0."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from msgspec import Struct

from entente.codebook.source import load_plain

FILE = Path(__file__).parent / "data" / "cameo-roots.yml"


class Root(Struct, frozen=True):
    """A row of the table: an act of type ``source`` by PLOVER that CAMEO counts elsewhere, known by its words.

    Attributes:
        cameo: The code.
        source: Types by PLOVER 2.0.
        type: The type by the code's root.
        told: Lemmas that tell it, of each group one; ``~`` before one stands for all that begin with it.
        unless: Lemmas beside which it does not hold.
    """

    cameo: str
    source: frozenset[str]
    type: str
    told: tuple[frozenset[str], ...]
    unless: frozenset[str]

    def holds(self, type_: str, lemmas: Collection[str]) -> bool:
        """Return whether an act of such a type, told with such words, is what this row means."""
        return type_ in self.source and not self.unless.intersection(lemmas) and all(_any(group, lemmas) for group in self.told)


def _any(group: frozenset[str], lemmas: Collection[str]) -> bool:
    beginnings = tuple(word[1:] for word in group if word.startswith("~"))
    return any(lemma in group or (beginnings and lemma.startswith(beginnings)) for lemma in lemmas)


def load_roots(path: Path = FILE) -> tuple[Root, ...]:
    """Read the table."""
    return tuple(
        Root(
            row["cameo"],
            frozenset(row["from"]),
            row["to"],
            tuple(frozenset(group) for group in row["told"]),
            frozenset(row.get("unless", ())),
        )
        for row in load_plain(path)
    )
