"""The choices behind the network of states: the section ``network`` of ``measures.yml`` as a struct."""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct

from entente.codebook.measures import read_section


class NetworkChoices(Struct, frozen=True, forbid_unknown_fields=True):
    """What makes a tie between two states, and how hard the best division is searched for; see ``measures.yml``."""

    kinds: tuple[str, ...]
    without: tuple[str, ...]
    one_a_day: bool
    least_weight: float
    enumerate_at_most: int
    starts: int
    rounds: int
    seconds: float
    nodes: int
    third_party: tuple[str, ...]
    mediation: tuple[str, ...]


def load_network_choices(folder: Path | None = None) -> NetworkChoices:
    """Read the choices from a codebook folder, from the shipped file where the folder has none.

    Raises:
        CodebookError: A choice is missing, is unknown, or is not what it should be.
    """
    return read_section(NetworkChoices, folder, "network")
