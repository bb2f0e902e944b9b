"""The exported network: windows of words in, scores out. One window a run, so batches change no result."""

from __future__ import annotations

import io
import json
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import onnxruntime
from numpy.typing import NDArray

from en_entente.words import SHAPE_INDEX

Floats = NDArray[np.float32]
Integers = NDArray[np.int64]

OUTPUTS: Final = (
    "starts",
    "analyses",
    "scripts",
    "entities",
    "arcs",
    "roots",
    "label_dependents",
    "label_heads",
)

#: On one thread the fused operation takes six times as long as its parts: a tenth of a window's time.
SLOW_FUSION: Final = "SkipLayerNormFusion"


@dataclass(frozen=True)
class Inventory:
    """The labels that the network chooses from; a label's number is its place.

    ``analyses`` are "tag<TAB>pos<TAB>morph" strings, ``scripts`` lemma scripts (see ``lemmas``).
    """

    analyses: tuple[str, ...]
    labels: tuple[str, ...]
    scripts: tuple[str, ...]
    entity_tags: tuple[str, ...]

    @classmethod
    def from_bytes(cls, serialised: bytes) -> Inventory:
        """Read the inventory that the recipe wrote."""
        return cls(**{name: tuple(values) for name, values in json.loads(serialised).items()})


@dataclass(frozen=True)
class WindowScores:
    """What the network says about the *n* words of a window.

    ``starts`` (n, positive where a sentence starts), ``analyses`` and ``scripts`` (n, the chosen numbers),
    ``entities`` (n, tags), ``arcs`` (n dependents, n heads), ``roots`` (n), and the two sides of an arc's label,
    ``label_dependents`` and ``label_heads`` (n, width).
    """

    starts: Floats
    analyses: Integers
    scripts: Integers
    entities: Floats
    arcs: Floats
    roots: Floats
    label_dependents: Floats
    label_heads: Floats


def open_session(network: bytes, *, threads: int) -> onnxruntime.InferenceSession:
    """Open an ONNX graph for so many threads inside one run, none of which waits in a loop."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    return onnxruntime.InferenceSession(network, options, providers=["CPUExecutionProvider"], disabled_optimizers=[SLOW_FUSION])


class Encoder:
    """Run the exported network on one window at a time."""

    def __init__(self, network: bytes, label_head: bytes, *, start_piece: int, end_piece: int, threads: int) -> None:
        """Open the network.

        Args:
            network: The ONNX graph.
            label_head: An npz archive: ``distances``, ``weight`` and ``bias`` of the label scores.
            start_piece: What every window begins with.
            end_piece: What every window ends with.
            threads: Threads inside one run.
        """
        self.session = open_session(network, threads=threads)
        with np.load(io.BytesIO(label_head)) as arrays:
            self.distances: Floats = arrays["distances"]
            self.label_weight: Floats = np.ascontiguousarray(arrays["weight"].T)
            self.label_bias: Floats = arrays["bias"]
        self.start_piece = start_piece
        self.end_piece = end_piece

    def score(self, pieces: Integers, counts: Integers, shapes: Integers) -> WindowScores:
        """Score one window.

        Args:
            pieces: All pieces of all words.
            counts: Shape (words,), pieces a word.
            shapes: Shape (words,), ``2 * shape + glued``.
        """
        edge = 2 * SHAPE_INDEX["other"]
        ends = np.cumsum(counts)
        feed: dict[str, Any] = {
            "pieces": np.concatenate([[self.start_piece], pieces, [self.end_piece]])[None],
            "piece_shapes": np.concatenate([[edge], np.repeat(shapes, counts), [edge]])[None],
            "firsts": (ends - counts + 1)[None],
            "lasts": ends[None],
        }
        return WindowScores(*(output[0] for output in self.session.run(OUTPUTS, feed)))

    def choose_labels(self, scores: WindowScores, heads: Integers) -> Integers:
        """Return the best label number of the arcs from the first words to their *heads* (meaningless for roots)."""
        governors = np.maximum(heads, 0)
        reach = len(self.distances) // 2
        steps = np.clip(governors - np.arange(len(heads)), -reach, reach) + reach
        dependent, governor = scores.label_dependents[: len(heads)], scores.label_heads[governors]
        together = np.concatenate([np.maximum(dependent + governor + self.distances[steps], 0), dependent * governor], axis=1)
        labels: Integers = (together @ self.label_weight + self.label_bias).argmax(1)
        return labels
