"""The pairs of actors and recipients that records make; what the seats are is told in `entente.analysis.facts`."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from entente.analysis.columns import Coded, joined_chunks
from entente.analysis.lists import NOBODY, CodeLists
from entente.codebook.measures import Choices

SEATS = ("stated", "joint", "mirrored")
STATED, JOINT, MIRRORED = range(3)


def pair_up(table: pa.Table, columns: dict[str, Any], choices: Choices) -> tuple[dict[str, Any], list[str]]:
    """Return record, actor, recipient and seat of each pair, ordered by record, and the codes."""
    kind, type_ = columns["kind"], columns["type"]
    actor, recipient = joined_chunks(table["actor"]), joined_chunks(table["recipient"])
    both = pa.concat_arrays([actor.flatten(), recipient.flatten()])
    values, codes = _with_states(Coded.of(both), choices)
    cut = len(actor.flatten())
    acting = CodeLists.of(actor, values[:cut])
    receiving = CodeLists.of(recipient, values[cut:])
    record, first, second = acting.cross(receiving)
    mutual = type_.among(choices.facts.mutual)
    turned = np.flatnonzero(mutual[record] & (first != NOBODY) & (second != NOBODY))
    joint = type_.among(choices.facts.joint) | (kind.values == kind.place("vote"))
    joint |= (type_.among(choices.facts.joint_alone) | kind.among(choices.facts.joint_alone)) & (receiving.lengths == 0)
    joint &= ~columns["roll_call"] & (acting.lengths > 1) & (acting.lengths <= choices.facts.joint_at_most)
    together, one, other = acting.only(np.flatnonzero(joint)).squared()
    records = np.concatenate([record, together, record[turned]])
    order = np.argsort(records, kind="stable")
    seats = np.repeat(np.array([STATED, JOINT, MIRRORED], dtype=np.int8), [record.size, together.size, turned.size])
    pairs = {
        "record": records[order].astype(np.int32),
        "actor": np.concatenate([first, one, second[turned]])[order],
        "recipient": np.concatenate([second, other, first[turned]])[order],
        "seat": seats[order],
    }
    return pairs, codes


def _with_states(coded: Coded, choices: Choices) -> tuple[NDArray[np.int16], list[str]]:
    """Return codes by place, and their names, the state of each organ among them: all that acts for a state is told as it."""
    organs = {name.partition(".")[0] for name in coded.names if name.partition(".")[2] in choices.facts.organs}
    names = sorted({*coded.names, *organs})
    places = {name: place for place, name in enumerate(names)}
    rank = np.array([*(places[name] for name in coded.names), NOBODY], dtype=np.int16)
    return rank[coded.values], names
