"""Brokers: states that bring others together, as hosts of talks on their soil or as mediators.

- A host is the recipient of a record of talks on third soil (``third_party``) whose actors are two others or more.
- A mediator is the actor of a record of such talks, or of a mediation (``mediation``, by the pattern that coded it), with two
  recipients or more.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from entente.analysis.network_rows import NetworkRows

Pair = tuple[int, int]


class Broker(Struct):
    """A state that brings others together: the records where it hosts and where it mediates, and whom."""

    hosted: list[int]
    mediated: list[int]
    pairs: set[Pair]


def find_brokers(rows: NetworkRows, mediations: NDArray[np.int64]) -> dict[int, Broker]:
    """Return the brokers by state, places in ``rows.names``.

    Args:
        rows: The network's rows.
        mediations: Places of records that patterns of mediation coded.
    """
    facts = rows.facts
    third = np.zeros(len(facts), dtype=bool)
    for what in rows.choices.third_party:
        type_, _, mode = what.partition("/")
        third |= (facts.type.values == facts.type.place(type_)) & (facts.mode.values == facts.mode.place(mode))
    mediating = np.zeros(len(facts), dtype=bool)
    mediating[mediations] = True
    found: dict[int, Broker] = defaultdict(lambda: Broker([], [], set()))
    for record in np.flatnonzero((third | mediating) & rows.counted).tolist():
        actors, recipients = rows.sides_of(record)
        parties = [state for state in recipients if state not in actors]
        if len(actors) == 1 and len(parties) > 1:
            found[actors[0]].mediated.append(record)
            found[actors[0]].pairs.update(combinations(parties, 2))
        elif third[record] and len(actors) > 1:
            for host in parties:
                found[host].hosted.append(record)
                found[host].pairs.update(combinations(actors, 2))
    return dict(found)
