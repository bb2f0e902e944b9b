"""The exported network at run time: a sentence and its actors in, probabilities out. One sentence a run."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
from en_entente.encoder import open_session
from en_entente.words import Word, WordReader
from numpy.typing import NDArray

from en_entente_reader.inputs import Mention, build_inputs

Floats = NDArray[np.float32]

FILES: Final = Path(__file__).parent / "files"
#: Words whose pieces are kept; then the table starts anew, so that a long run does not grow.
KEPT_WORDS: Final = 50_000

#: An actor who takes part with less than this logit (about one in twenty) is not read for.
IDLE: Final = -3.0

#: The logit of what was not read.
UNSAID: Final = -20.0


@dataclass(frozen=True)
class Reading:
    """What the network says of a sentence with *n* actors and *w* words; the last "actor" is nobody.

    Attributes:
        logits: Shape (n + 1, n + 1, labels): the first acts, the second is acted upon.
        triggers: Shape (n, w, labels): logits that a word tells a record of the actor.
        busy: Shape (n,): logits that an actor takes part in any record.
    """

    logits: Floats
    triggers: Floats
    busy: Floats


class Reader:
    """Runs the network. ``labels`` names the places of its outputs."""

    def __init__(self, sentence: bytes, passes: bytes, tokenizer: bytes, settings: dict[str, Any], *, threads: int = 1) -> None:
        """Open the network.

        Args:
            sentence: The ONNX graph of what is read once for a sentence.
            passes: The ONNX graph of what is read once for each actor who takes part.
            tokenizer: The encoder's ``tokenizer.json``.
            settings: ``labels``, ``version`` and ``fusion``.
            threads: Threads inside one run.
        """
        self.sentence = open_session(sentence, threads=threads)
        self.passes = open_session(passes, threads=threads)
        self.words = WordReader.from_bytes(tokenizer)
        self.labels: tuple[str, ...] = tuple(settings["labels"])
        self.version: str = settings["version"]
        self.fusion: dict[str, Any] = settings.get("fusion", {})
        self._known: dict[str, Word] = {}

    def read(
        self,
        texts: Sequence[str],
        glued: Sequence[bool],
        mentions: Sequence[Mention],
        actors: int,
        subjects: Sequence[int],
    ) -> Reading:
        """Read a sentence.

        Args:
            texts: Its words.
            glued: For each word whether it follows the one before without a space.
            mentions: First and last word of each mention, and the numbers of the actors that it stands for.
            actors: How many actors there are.
            subjects: The actors that it may be read for; between two others nothing is said.
        """
        inputs = build_inputs(self._read_words(texts), glued, mentions, actors, start=self.words.start, end=self.words.end)
        feed = {"pieces": inputs.pieces[None], "shapes": inputs.shapes[None], "members": inputs.members}
        hidden, busy = self.sentence.run(("hidden", "busy"), feed)
        chosen = [subject for subject in subjects if busy[subject] >= IDLE]
        if not chosen:
            size, labels = actors + 1, len(self.labels)
            nothing = np.full((size, size, labels), UNSAID, dtype=np.float32)
            return Reading(nothing, np.full((actors, len(texts), labels), UNSAID, dtype=np.float32), busy)
        above = {"hidden": hidden, "subjects": inputs.members[chosen], "members": inputs.members}
        pairs, triggers = self.passes.run(("pairs", "triggers"), above)
        return Reading(_join_directions(pairs, chosen), _by_word(triggers, chosen, actors, inputs.words, len(texts)), busy)

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
    files = ((FILES / name).read_bytes() for name in ("sentence.onnx", "passes.onnx", "tokenizer.json"))
    return Reader(*files, settings, threads=threads)


def _join_directions(pairs: Floats, subjects: Sequence[int]) -> Floats:
    """Return logits (n + 1, n + 1, labels): a pair that was read for the one and for the other gets their mean."""
    _, others, _, labels = pairs.shape
    nobody = others - 1
    sums = np.zeros((others, others, labels), dtype=np.float32)
    counts = np.zeros((others, others, 1), dtype=np.float32)
    for place, subject in enumerate(subjects):
        sums[subject] += pairs[place, :, 0]
        counts[subject] += 1
        sums[:, subject] += pairs[place, :, 1]
        counts[:, subject] += 1
    joined = np.where(counts > 0, sums / np.maximum(counts, 1), UNSAID)
    joined[np.arange(others), np.arange(others)] = UNSAID
    joined[nobody, nobody] = UNSAID
    return joined.astype(np.float32)


def _by_word(triggers: Floats, subjects: Sequence[int], actors: int, words: NDArray[np.int64], count: int) -> Floats:
    """Return the best logit of each word's pieces, shape (actors, words, labels)."""
    best = np.full((actors, count, triggers.shape[2]), UNSAID, dtype=np.float32)
    for piece, word in enumerate(words):
        if word >= 0:
            best[subjects, word] = np.maximum(best[subjects, word], triggers[:, piece])
    return best
