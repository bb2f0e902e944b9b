"""Roll calls: imported ballots as a table of states and roll calls.

A roll call is a document, and the states that voted alike in it are the actors of one record (`entente.formats.unvotes`).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from entente.analysis.facts import Facts, Mask
from entente.analysis.sides import SideTable

_SIGNS = {"for": 1, "abstain": 0, "against": -1}


def contested_ballots(facts: Facts, own: SideTable, side: SideTable, other: SideTable) -> NDArray[np.int64]:
    """Return the records of a state's ballots with ``side`` where ``side`` and ``other`` voted differently.

    A side's vote is the sign of its members' sum of yes (1), abstention (0) and no (-1).
    """
    rows = facts.ballot_rows
    if not rows.size:
        return np.zeros(0, dtype=np.int64)
    record = facts.record[rows]
    choice = np.array([_SIGNS.get(name, 9) for name in facts.type.names] + [9])[facts.type.values[record]]
    rows, record, choice = rows[choice < 9], record[choice < 9], choice[choice < 9]
    actor, call, days = facts.actor[rows], facts.document[record], facts.day[record]
    ours, theirs = (_majority(call, choice, table.holds(actor, days), facts) for table in (side, other))
    voted = own.holds(actor, days) & ~side.holds(actor, days) & ~other.holds(actor, days)
    agrees = voted & (ours[call] == choice) & (ours[call] != theirs[call]) & (theirs[call] < 9)
    return np.asarray(record[agrees].astype(np.int64))


def _majority(call: NDArray[np.int32], choice: NDArray[np.int64], members: Mask, facts: Facts) -> NDArray[np.int64]:
    """Return the vote of a side in each document, 9 where none of it voted; shape (documents,)."""
    size = len(facts.documents)
    total = np.bincount(call[members], weights=choice[members], minlength=size)
    present = np.bincount(call[members], minlength=size)
    return np.where(present > 0, np.sign(total), 9).astype(np.int64)
