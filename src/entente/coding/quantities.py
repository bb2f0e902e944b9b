"""Shares and ranks read from the words: "a third of its imports", "95 per cent", "its third-largest partner"."""

from __future__ import annotations

import re

from msgspec import Struct

from entente.codebook.quantities import QuantityWords
from entente.records.annotations import Sentence

_NUMBER = re.compile(r"^\d{1,3}(?:[.,]\d+)?$")


class Share(Struct, frozen=True):
    """A share between 0 and 1, and the tokens that say it (first and last, inclusive)."""

    first: int
    last: int
    value: float


def find_shares(sentence: Sentence, words: QuantityWords) -> tuple[Share, ...]:
    """Return all shares of a sentence in order: percentages, fractions and their multiples."""
    lowered = [token.text.lower() for token in sentence.tokens]
    found = []
    i = 0
    while i < len(lowered):
        share = next(filter(None, (read(lowered, i, words) for read in (_percentage, _ratio, _fraction, _whole))), None)
        if share is not None:
            found.append(share)
            i = share.last
        i += 1
    return tuple(found)


def _percentage(lowered: list[str], i: int, words: QuantityWords) -> Share | None:
    value = _number(lowered[i], words)
    if value is None or value > 100:
        return None
    following = lowered[i + 1 : i + 3]
    if following[:1] and following[0] in words.percent:
        return Share(i, i + 1, round(value / 100, 4))
    if " ".join(following) in words.percent:
        return Share(i, i + 2, round(value / 100, 4))
    return None


def _fraction(lowered: list[str], i: int, words: QuantityWords) -> Share | None:
    word = lowered[i]
    singular = word[:-1] if word.endswith("s") and word[:-1] in words.fractions else word
    if singular not in words.fractions or (following := lowered[i + 1] if i + 1 < len(lowered) else "") in ("-", "–"):
        return None
    if singular in words.ordinals and following in words.superlatives:
        return None
    start = i - 1 - (i >= 2 and lowered[i - 1] in ("-", "–"))
    factor = words.numbers.get(lowered[start]) if start >= 0 else None
    if singular == "half":
        return Share(i if factor is None else start, i, 0.5)
    if factor is None or (word == singular and factor != 1):
        return None
    return Share(start, i, round(factor * words.fractions[singular], 3))


def _ratio(lowered: list[str], i: int, words: QuantityWords) -> Share | None:
    """Read "nine in ten" and "four out of five"."""
    joint = 1 if lowered[i + 1 : i + 2] == ["in"] else 2 if lowered[i + 1 : i + 3] == ["out", "of"] else 0
    part, whole = (
        words.numbers.get(lowered[i]),
        words.numbers.get(lowered[i + joint + 1]) if i + joint + 1 < len(lowered) else None,
    )
    if not joint or part is None or whole is None or not 0 < part < whole <= 10:
        return None
    return Share(i, i + joint + 1, round(part / whole, 3))


def _whole(lowered: list[str], i: int, words: QuantityWords) -> Share | None:
    """Read "all its gas" as the whole; "nearly all" is no figure."""
    if lowered[i] not in words.wholes or (
        i > 0 and lowered[i - 1] in ("nearly", "almost", "virtually", "practically", "at", "above")
    ):
        return None
    return Share(i, i, 1.0)


def _number(text: str, words: QuantityWords) -> float | None:
    if _NUMBER.match(text):
        return float(text.replace(",", "."))
    number = words.numbers.get(text)
    return float(number) if number is not None and number > 1 else None


def find_rank(sentence: Sentence, i: int, words: QuantityWords) -> int | None:
    """Return the rank that modifies the noun at token ``i``: 1 for "largest", 3 for "third-largest"; None if none."""
    for j in sentence.subtree(i):
        if j > i or i - j > 8:
            continue
        if sentence.tokens[j].text.lower() in words.superlatives:
            before = [token.text.lower() for token in sentence.tokens[max(0, j - 2) : j] if token.text not in ("-", "–")]
            return words.ordinals.get(before[-1], 1) if before else 1
    for token in sentence.dependents(i, "amod"):
        if token.text.lower() in ("first", *words.ordinals) and token.i == i - 1:
            return words.ordinals.get(token.text.lower(), 1)
        if token.text.lower() == "important" and sentence.tokens[token.i - 1].text.lower() == "most":
            return 1
    return None
