"""What a learned reader says of a sentence: how likely each record is between the actors that it names."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from msgspec import Struct

from entente.records.actors import Actor, codes_of


class Judgement(Struct, frozen=True):
    """A sentence as a learned reader sees it, with *n* parties and *w* tokens; after the last party comes nobody.

    Attributes:
        parties: The actors named, each once; those of one code and sector are one party.
        tokens: For each party the tokens of its mentions.
        labels: What may stand between two parties: an event type, or kind and type ("tie:alliance").
        logits: Array of shape (n + 1, n + 1, labels): the first acts, the second is acted upon.
        triggers: Array of shape (w, labels): logits that a token tells such a record.
        pointers: Array of shape (n + 1, n + 1, w): logits that a token tells a record of the two parties, whoever acts.
        busy: Array of shape (n,): logits that a party takes part in any record.
        highest: The highest of all logits.
    """

    parties: tuple[Actor, ...]
    tokens: tuple[tuple[int, ...], ...]
    labels: tuple[str, ...]
    logits: Any
    triggers: Any
    pointers: Any
    busy: Any
    highest: float

    def trigger_of(self, number: int, pairs: Sequence[tuple[int, int]]) -> int:
        """Return the token that most likely tells a record of a label between pairs of parties."""
        return int((self.triggers[:, number] + _mean(self.pointers, pairs)).argmax())

    def logits_of(self, pairs: Sequence[tuple[int, int]]) -> Any:
        """Return the mean logit of each label over pairs of parties, shape (labels,)."""
        return _mean(self.logits, pairs)

    def label_number(self, kind: str, type_: str) -> int | None:
        """Return the place of a record's type among the labels, None where the reader doesn't know it."""
        label = label_of(kind, type_)
        return self.labels.index(label) if label in self.labels else None

    def places_of(self, actors: tuple[Actor, ...]) -> tuple[int, ...]:
        """Return the numbers of the parties that these actors are."""
        keys = {party_key(actor) for actor in actors}
        found = tuple(i for i, party in enumerate(self.parties) if party_key(party) in keys)
        if found:
            return found
        codes = codes_of(actors)
        return tuple(i for i, party in enumerate(self.parties) if party.code in codes)


def _mean(array: Any, pairs: Sequence[tuple[int, int]]) -> Any:
    """Return the mean over pairs of what an array says of each; most records are of one."""
    return array[pairs[0]] if len(pairs) == 1 else array[[a for a, _ in pairs], [b for _, b in pairs]].mean(0)


def party_key(actor: Actor) -> tuple[str, str]:
    """Return what makes two mentions the same party: code and sector, or the words of an actor without a code."""
    return (actor.code or actor.text.lower(), actor.sector or "")


def label_of(kind: str, type_: str) -> str:
    """Return what a reader calls a type: an event's by itself, another's after its kind."""
    return type_ if kind == "event" else f"{kind}:{type_}"
