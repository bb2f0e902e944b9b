"""Positions: where an actor stands on another, on its conduct or on a dispute."""

from __future__ import annotations

from msgspec.structs import replace

from entente.codebook.vocabulary import Vocabulary
from entente.coding.match import Match
from entente.coding.records import record_of
from entente.coding.scene import Scene
from entente.records.record import Record


def code_position(scene: Scene, match: Match, vocabulary: Vocabulary) -> Record:
    """Return the position record of a match: a stance that is announced ("would go on supporting") or sought is held.

    Only a modal of its own makes it hypothetical ("would welcome").
    """
    record = record_of(scene, match, vocabulary)
    sought = record.status == "hypothetical" and "modal" not in match.clause.roles
    return replace(record, status="actual") if record.status == "future" or sought else record
