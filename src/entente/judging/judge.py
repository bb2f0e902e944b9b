"""A sentence and its references, put to the learned reader; the only door to its package."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from entente.errors import PipelineError
from entente.judging.parties import find_parties
from entente.records.annotations import ResolvedDocument, Sentence
from entente.records.judgement import Judgement

if TYPE_CHECKING:
    from en_entente_reader import Reader

MOST_PARTIES = 12
"""Parties beyond which a sentence is a list, and asking about each pair would cost more than it tells."""

LONGEST = 160
"""Tokens beyond which a sentence is none."""


class Judge:
    """Asks the reader. ``version`` names it in the stamp of a run."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self.version = f"en_entente_reader {reader.version}"
        self.fusion: dict[str, Any] = reader.fusion

    def judge(self, sentence: Sentence, resolved: ResolvedDocument, *, fewest: int = 1) -> Judgement | None:
        """Return what the reader says of a sentence, None where it names no actor with a code or is no sentence to read.

        Args:
            sentence: The sentence.
            resolved: The document, with who is meant.
            fewest: How many parties it must name to be read.
        """
        found = find_parties(sentence, resolved)
        if not any(party.code for party in found.parties) or not fewest <= len(found.parties) <= MOST_PARTIES:
            return None
        if len(sentence.tokens) > LONGEST:
            return None
        tokens = sentence.tokens
        glued = [i > 0 and tokens[i - 1].end == token.start for i, token in enumerate(tokens)]
        reading = self._reader.read([token.text for token in tokens], glued, found.mentions, len(found.parties))
        places = tuple(
            tuple(i for first, last, numbers in found.mentions if number in numbers for i in range(first, last + 1))
            for number in range(len(found.parties))
        )
        return Judgement(
            found.parties,
            places,
            self._reader.labels,
            reading.logits,
            reading.triggers,
            reading.pointers,
            reading.busy,
            float(reading.logits.max()),
        )


def load_judge() -> Judge:
    """Load the shipped reader.

    Raises:
        PipelineError: The reader's package is not installed.
    """
    try:
        from en_entente_reader import load_reader
    except ImportError as error:
        raise PipelineError("the learned reader 'en_entente_reader' is not installed; run `make setup`") from error
    return Judge(load_reader())
