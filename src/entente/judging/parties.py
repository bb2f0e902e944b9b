"""Who is named in a sentence, and where: references as the learned reader takes them."""

from __future__ import annotations

from msgspec import Struct

from entente.records.actors import Actor
from entente.records.annotations import Reference, ResolvedDocument, Sentence
from entente.records.judgement import party_key

Mention = tuple[int, int, tuple[int, ...]]
"""First and last token (inclusive), and the numbers of the parties."""


class Parties(Struct, frozen=True):
    """The parties of a sentence in the order of the words, and their mentions."""

    parties: tuple[Actor, ...]
    mentions: tuple[Mention, ...]


def find_parties(sentence: Sentence, resolved: ResolvedDocument) -> Parties:
    """Return the parties of a sentence; a thing or a place of an actor is no mention where its owner is named in it."""
    numbers: dict[tuple[str, str], int] = {}
    parties: list[Actor] = []
    mentions: list[Mention] = []
    for token in sentence.tokens:
        reference = resolved.references.get((sentence.index, token.i))
        if reference is None or not reference.actors:
            continue
        inside = [t.i for t in sentence.tokens if reference.start <= t.start and t.end <= reference.end]
        if _is_thing(resolved, reference, inside):
            continue
        here = []
        for actor in reference.actors:
            key = party_key(actor)
            if key not in numbers:
                numbers[key] = len(parties)
                parties.append(actor)
            here.append(numbers[key])
        if inside:
            mentions.append((inside[0], inside[-1], tuple(dict.fromkeys(here))))
    return Parties(tuple(parties), tuple(mentions))


def _is_thing(resolved: ResolvedDocument, reference: Reference, inside: list[int]) -> bool:
    """Return whether the words name a thing or a place by its owner, who has a reference of their own."""
    if reference.link not in ("possession", "place"):
        return False
    return any((reference.sentence, i) in resolved.references for i in inside if i != reference.head)
