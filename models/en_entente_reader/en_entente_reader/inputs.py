"""What the reader's network sees of a sentence. Training and run time both build it here, so that they cannot drift apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from en_entente.words import SHAPE_INDEX, Word
from numpy.typing import NDArray

Integers = NDArray[np.int64]
Floats = NDArray[np.float32]

#: Pieces of a sentence that are read; what stands behind them is not seen.
MAX_PIECES: Final = 200

Mention = tuple[int, int, tuple[int, ...]]
"""First and last word (inclusive) of a mention, and the numbers of the actors that it stands for."""


@dataclass(frozen=True)
class Inputs:
    """A sentence as the network sees it.

    Attributes:
        pieces: Shape (pieces,), with the start and the end piece.
        shapes: Shape (pieces,), every piece's word shape.
        members: Shape (actors, pieces), 1 at the pieces of an actor's mentions.
        words: Shape (pieces,), the number of the word that a piece is of, -1 for the start and the end.
    """

    pieces: Integers
    shapes: Integers
    members: Floats
    words: Integers


def build_inputs(
    words: Sequence[Word], glued: Sequence[bool], mentions: Sequence[Mention], actors: int, *, start: int, end: int
) -> Inputs:
    """Return what the network sees of a sentence.

    Args:
        words: Its words.
        glued: For each word whether it follows the one before without a space.
        mentions: Where its actors are named; a mention inside another belongs to its own actor only.
        actors: How many actors there are.
        start: Number of the piece that sentences begin with.
        end: Number of the piece that they end with.
    """
    counts = np.array([len(word.pieces) for word in words], dtype=np.int64)
    edge = 2 * SHAPE_INDEX["other"]
    shapes = np.array([2 * word.shape + int(after) for word, after in zip(words, glued, strict=True)], dtype=np.int64)
    pieces = np.concatenate([[start], *(word.pieces for word in words), [end]]).astype(np.int64)[:MAX_PIECES]
    piece_shapes = np.concatenate([[edge], np.repeat(shapes, counts), [edge]]).astype(np.int64)[:MAX_PIECES]
    of_word = np.concatenate([[-1], np.repeat(np.arange(len(words)), counts), [-1]]).astype(np.int64)[:MAX_PIECES]
    owners: list[tuple[int, ...]] = [()] * len(words)
    for first, last, numbers in sorted(mentions, key=lambda mention: mention[0] - mention[1]):
        for i in range(first, last + 1):
            owners[i] = numbers
    members = np.zeros((actors, len(pieces)), dtype=np.float32)
    for piece, word in enumerate(of_word):
        for number in owners[word] if word >= 0 else ():
            members[number, piece] = 1
    return Inputs(pieces, piece_shapes, members, of_word)
