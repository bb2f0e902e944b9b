"""The exported network at run time: a sentence and its actors in, probabilities out. One sentence a run."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
import onnxruntime
from en_entente.encoder import SLOW_FUSION
from en_entente.words import Word, WordReader
from numpy.typing import NDArray

from en_entente_reader.inputs import Mention, build_inputs

Floats = NDArray[np.float32]

FILES: Final = Path(__file__).parent / "files"
OUTPUTS: Final = ("pairs", "status", "triggers")

#: Words whose pieces are kept; then the table starts anew, so that a long run does not grow.
KEPT_WORDS: Final = 50_000


@dataclass(frozen=True)
class Reading:
    """What the network says of a sentence with *n* actors and *w* words; the last "actor" is nobody.

    Attributes:
        logits: Shape (n + 1, n + 1, labels): the first acts, the second is acted upon.
        status: Shape (n + 1, n + 1), numbers of the likeliest status.
        triggers: Shape (n, w, labels): logits that a word tells a record of the actor.
    """

    logits: Floats
    status: NDArray[np.int64]
    triggers: Floats


class Reader:
    """Runs the network. ``labels`` and ``statuses`` name the places of its outputs."""

    def __init__(self, network: bytes, tokenizer: bytes, settings: dict[str, Any], *, threads: int = 1) -> None:
        """Open the network.

        Args:
            network: The ONNX graph.
            tokenizer: The encoder's ``tokenizer.json``.
            settings: ``labels``, ``statuses``, ``version`` and ``fusion``.
            threads: Threads inside one run.
        """
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        self.session = onnxruntime.InferenceSession(
            network, options, providers=["CPUExecutionProvider"], disabled_optimizers=[SLOW_FUSION]
        )
        self.words = WordReader.from_bytes(tokenizer)
        self.labels: tuple[str, ...] = tuple(settings["labels"])
        self.statuses: tuple[str, ...] = tuple(settings["statuses"])
        self.version: str = settings["version"]
        self.fusion: dict[str, Any] = settings.get("fusion", {})
        self._known: dict[str, Word] = {}

    def read(self, texts: Sequence[str], glued: Sequence[bool], mentions: Sequence[Mention], actors: int) -> Reading:
        """Read a sentence.

        Args:
            texts: Its words.
            glued: For each word whether it follows the one before without a space.
            mentions: First and last word of each mention, and the numbers of the actors that it stands for.
            actors: How many actors there are, at least 1.
        """
        inputs = build_inputs(self._read_words(texts), glued, mentions, actors, start=self.words.start, end=self.words.end)
        pairs, status, triggers = self.session.run(
            OUTPUTS, {"pieces": inputs.pieces[None], "shapes": inputs.shapes[None], "members": inputs.members}
        )
        return Reading(_join_directions(pairs), _statuses(status), _by_word(triggers, inputs.words, len(texts)))

    def _read_words(self, texts: Sequence[str]) -> list[Word]:
        new = [text for text in dict.fromkeys(texts) if text not in self._known]
        if new:
            if len(self._known) + len(new) > KEPT_WORDS:
                self._known.clear()
                new = list(dict.fromkeys(texts))
            self._known.update(zip(new, self.words.read(new), strict=True))
        return [self._known[text] for text in texts]


def load_reader(*, threads: int = 1) -> Reader:
    """Load the shipped network."""
    settings = json.loads((FILES / "settings.json").read_text(encoding="utf-8"))
    return Reader((FILES / "reader.onnx").read_bytes(), (FILES / "tokenizer.json").read_bytes(), settings, threads=threads)


def _join_directions(pairs: Floats) -> Floats:
    """Return logits (n + 1, n + 1, labels): each pair was read for the one and for the other, and the two agree on a mean."""
    n, _, _, labels = pairs.shape
    joined = np.full((n + 1, n + 1, labels), -20.0, dtype=np.float32)
    joined[:n, :n] = (pairs[:, :n, 0] + pairs[:, :n, 1].transpose(1, 0, 2)) / 2
    joined[:n, n] = pairs[:, n, 0]
    joined[n, :n] = pairs[:, n, 1]
    joined[np.arange(n), np.arange(n)] = -20.0
    return joined


def _statuses(status: Floats) -> NDArray[np.int64]:
    n = status.shape[0]
    chosen = np.zeros((n + 1, n + 1), dtype=np.int64)
    chosen[:n] = status.argmax(-1)
    return chosen


def _by_word(triggers: Floats, words: NDArray[np.int64], count: int) -> Floats:
    """Return the best logit of each word's pieces, shape (n, words, labels)."""
    best = np.full((triggers.shape[0], count, triggers.shape[2]), -20.0, dtype=np.float32)
    for piece, word in enumerate(words):
        if word >= 0:
            best[:, word] = np.maximum(best[:, word], triggers[:, piece])
    return best
