"""The exported network at run time: a sentence and its actors in, probabilities out. One sentence a run."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
from en_entente.encoder import open_session
from en_entente.words import WordReader
from numpy.typing import NDArray

from en_entente_reader.inputs import Mention, build_inputs

Floats = NDArray[np.float32]

FILES: Final = Path(__file__).parent / "files"
#: The logit of what was not read.
UNSAID: Final = -20.0

OUTPUTS: Final = ("busy", "pairs", "triggers", "pointers")


@dataclass(frozen=True)
class Reading:
    """What the network says of a sentence with *n* actors and *w* words; the last "actor" is nobody.

    Attributes:
        logits: Shape (n + 1, n + 1, labels): the first acts, the second is acted upon.
        triggers: Shape (w, labels): logits that a word tells such a record.
        pointers: Shape (n + 1, n + 1, w): logits that a word tells a record of the two, whoever acts.
        busy: Shape (n,): logits that an actor takes part in any record.
    """

    logits: Floats
    triggers: Floats
    pointers: Floats
    busy: Floats


class Reader:
    """Runs the network. ``labels`` names the places of its outputs."""

    def __init__(self, network: bytes, tokenizer: bytes, settings: dict[str, Any], *, threads: int = 1) -> None:
        """Open the network.

        Args:
            network: The ONNX graph.
            tokenizer: The encoder's ``tokenizer.json``.
            settings: ``labels``, ``version`` and ``fusion``.
            threads: Threads inside one run.
        """
        self.network = open_session(network, threads=threads)
        self.words = WordReader.from_bytes(tokenizer)
        self.labels: tuple[str, ...] = tuple(settings["labels"])
        self.version: str = settings["version"]
        self.fusion: dict[str, Any] = settings.get("fusion", {})

    def read(self, texts: Sequence[str], glued: Sequence[bool], mentions: Sequence[Mention], actors: int) -> Reading:
        """Read a sentence.

        Args:
            texts: Its words.
            glued: For each word whether it follows the one before without a space.
            mentions: First and last word of each mention, and the numbers of the actors that it stands for.
            actors: How many actors there are, 24 at most.
        """
        inputs = build_inputs(self.words.read(texts), glued, mentions, actors, start=self.words.start, end=self.words.end)
        first, second = np.triu_indices(actors + 1, 1)
        feed = {
            "pieces": inputs.pieces[None],
            "shapes": inputs.shapes[None],
            "members": inputs.members,
            "first": first,
            "second": second,
        }
        busy, pairs, triggers, pointers = self.network.run(OUTPUTS, feed)
        logits = np.full((actors + 1, actors + 1, len(self.labels)), UNSAID, dtype=np.float32)
        logits[first, second], logits[second, first] = pairs[:, 0], pairs[:, 1]
        starts, missing = _starts_of(inputs.words, len(texts))
        pointed = np.full((actors + 1, actors + 1, len(texts)), UNSAID, dtype=np.float32)
        pointed[first, second] = pointed[second, first] = np.maximum.reduceat(pointers[:, 1:-1], starts, axis=1)
        told = np.maximum.reduceat(triggers[1:-1], starts, axis=0)
        pointed[..., missing] = told[missing] = UNSAID
        return Reading(logits, told, pointed, busy)


def load_reader(*, threads: int = 1) -> Reader:
    """Load the shipped network."""
    settings = json.loads((FILES / "settings.json").read_text(encoding="utf-8"))
    files = ((FILES / name).read_bytes() for name in ("reader.onnx", "tokenizer.json"))
    return Reader(*files, settings, threads=threads)


def _starts_of(words: NDArray[np.int64], count: int) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """Return where each word's pieces start between the start and the end piece, and which words have none that was read."""
    starts = np.searchsorted(words[1:-1], np.arange(count))
    missing = starts >= len(words) - 2
    return np.minimum(starts, len(words) - 3), missing
