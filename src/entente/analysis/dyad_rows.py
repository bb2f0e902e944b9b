"""The rows of a dyad: scored events between two sides, told apart by direction, and what each counts."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from entente.analysis.alike import equal_shares
from entente.analysis.facts import JOINT, MIRRORED, OPEN, STATED, Facts, Ints
from entente.analysis.intervals import Floats
from entente.analysis.sides import SideTable

FORWARD, BACK, BOTH, STATED_FORWARD, STATED_BACK = range(5)
GROUPS = 5


def events_between(facts: Facts, one: SideTable, other: SideTable) -> NDArray[np.int64]:
    """Return the rows of scored events that happened, from one side to the other."""
    rows = np.flatnonzero(one.ever[facts.actor] & other.ever[facts.recipient])
    records = facts.record[rows]
    counted = facts.real[records] & (facts.quad[records] > 0) & ~np.isnan(facts.score[records])
    rows, days = rows[counted], facts.day[records[counted]]
    return np.asarray(rows[one.holds(facts.actor[rows], days) & other.holds(facts.recipient[rows], days)])


def in_groups(facts: Facts, forward: Ints, back: Ints) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return rows and the direction of each; a row stands once in its direction, in both together, and among stated acts."""
    there, here = facts.seat[forward], facts.seat[back]
    parts = (
        (FORWARD, forward),
        (BACK, back),
        (BOTH, np.concatenate([forward[there != MIRRORED], back[(here != MIRRORED) & (here != JOINT)]])),
        (STATED_FORWARD, forward[there == STATED]),
        (STATED_BACK, back[here == STATED]),
    )
    joined = np.concatenate([rows for _, rows in parts]).astype(np.int64)
    return joined, np.repeat([group for group, _ in parts], [rows.size for _, rows in parts])


def shares_of(facts: Facts, rows: NDArray[np.int64], groups: NDArray[np.int64]) -> Floats:
    """Return 1 / (number of rows with the same direction, actor, recipient, type and date); undated rows stand alone."""
    places = facts.record[rows]
    mutual = facts.type.among(facts.choices.facts.mutual)[places]
    first, second = facts.actor[rows].astype(np.int64), facts.recipient[rows].astype(np.int64)
    turned = mutual & (groups == BOTH) & (first > second)
    first, second = np.where(turned, second, first), np.where(turned, first, second)
    undated = facts.day[places] == OPEN
    alone = np.where(undated, np.arange(rows.size), -1)
    keys = (
        facts.end[places].astype(np.int64),
        facts.start[places].astype(np.int64),
        facts.type.values[places],
        first,
        second,
        groups,
        alone,
    )
    return equal_shares(keys)
