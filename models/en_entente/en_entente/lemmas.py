"""Lemmas: an edit script that the network proposes, held against a lexicon.

The network reads the context (*found* is *find* or *found*) but spells badly; the lexicon spells and does not read.
A script is written ``case|strip|add``: ``lower|3|y`` lower-cases *countries*, strips three letters and adds *y*.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final

from en_entente.words import normalise_signs

#: Ways to treat letter case, in the order in which they are tried.
CASES: Final[dict[str, Callable[[str], str]]] = {
    "lower": str.lower,
    "keep": str,
    "title": lambda text: text[:1].upper() + text[1:].lower(),
}

#: Penn tags of inflected words, and the part of the lexicon that knows their lemmas.
INFLECTED: Final = {
    "VBD": "verb",
    "VBG": "verb",
    "VBN": "verb",
    "VBZ": "verb",
    "NNS": "noun",
    "NNPS": "noun",
    "JJR": "adj",
    "JJS": "adj",
    "RBR": "adv",
    "RBS": "adv",
}

#: By tag, endings and what may stand for them in the lemma, the likelier first; "=" undoubles the last letter.
ENDINGS: Final[dict[str, Sequence[tuple[str, Sequence[str]]]]] = {
    "VBD": (("ied", ("y", "ie")), ("ed", ("e", "", "="))),
    "VBN": (("ied", ("y", "ie")), ("ed", ("e", "", "="))),
    "VBG": (("ying", ("ie", "y", "ye")), ("ing", ("e", "", "="))),
    "VBZ": (("ies", ("y", "ie")), ("es", ("e", "")), ("s", ("",))),
    "NNS": (("ies", ("y", "ie")), ("men", ("man",)), ("ves", ("f", "fe", "ve")), ("es", ("e", "")), ("s", ("",))),
    "JJR": (("ier", ("y",)), ("er", ("e", "", "="))),
    "JJS": (("iest", ("y",)), ("est", ("e", "", "="))),
}
ENDINGS_LIKE: Final = {"NNPS": "NNS", "RBR": "JJR", "RBS": "JJS"}

#: Stems of unknown verbs that want an *e* back (*-ated*, *-ized*, *-uced*, *-ived*, *-ued*).
WANTS_E: Final = ("at", "iz", "is", "yz", "c", "v", "u", "dg", "bl")
#: Words that take *-es* rather than *-s* (*boxes*, *vetoes*).
TAKES_ES: Final = ("s", "x", "z", "ch", "sh", "o")

#: A stem that would double its last letter if it had no *e*: *spar-red*, *spar-ed* is *spare*, but *sing-ing* is *sing*.
SHORT_VOWEL_END: Final = re.compile(r"(?:^|[^aeiou])[aeiouy][^aeiouwxy]$")


def count_shared(first: str, second: str) -> int:
    """Return the length of the beginning that two words share."""
    for index, (one, other) in enumerate(zip(first, second, strict=False)):
        if one != other:
            return index
    return min(len(first), len(second))


def find_script(form: str, lemma: str) -> str:
    """Return the script that strips least to turn *form* into *lemma*."""
    form, lemma = normalise_signs(form), normalise_signs(lemma)
    candidates = []
    for order, (case, change) in enumerate(CASES.items()):
        cased = change(form)
        shared = count_shared(cased, lemma)
        candidates.append((len(cased) - shared, order, f"{case}|{len(cased) - shared}|{lemma[shared:]}"))
    return min(candidates)[2]


def apply_script(form: str, script: str) -> str:
    """Return the lemma that *script* makes of *form*; a script that strips more than there is only lower-cases."""
    case, strip, add = script.split("|", 2)
    cased = CASES[case](normalise_signs(form))
    kept = len(cased) - int(strip)
    if kept < 0 or (kept == 0 and not add):
        return cased.lower()
    return cased[:kept] + add


def strip_ending(lower: str, tag: str) -> list[str]:
    """Return what the lemma may be by the regular endings of *tag*, the likelier first; empty if none fits."""
    for ending, replacements in ENDINGS[ENDINGS_LIKE.get(tag, tag)]:
        stem = lower[: -len(ending)]
        if lower.endswith(ending) and len(stem) > 1:
            doubled = len(stem) > 2 and stem[-1] == stem[-2]
            candidates = [stem + replacement for replacement in replacements if replacement != "="]
            if replacements[:2] == ("e", "") and not SHORT_VOWEL_END.search(stem):
                candidates.reverse()
            return candidates + ([stem[:-1]] if "=" in replacements and doubled else [])
    return []


def guess_regular(candidates: Sequence[str], tag: str) -> str:
    """Return the likeliest of the lemmas that no list knows."""
    if len(candidates) == 1 or candidates[0].endswith(("y", "man")):
        return candidates[0]
    with_e, plain = (candidates[0], candidates[1]) if candidates[0].endswith("e") else (candidates[1], candidates[0])
    if ENDINGS_LIKE.get(tag, tag) in {"NNS", "VBZ"}:
        return plain if plain.endswith(TAKES_ES) else with_e
    if len(candidates) > 2 and plain[-1] not in "lsz":
        return candidates[2]
    return with_e if INFLECTED[tag] == "verb" and plain.endswith(WANTS_E) else plain


class Lemmatizer:
    """Choose lemmas with the help of a lexicon.

    Args:
        seen: By tag, lower-case forms of the treebanks and their lemmas, the most frequent first (only what the
            rules would get wrong).
        exceptions: By kind of word, irregular forms and their lemmas (WordNet's).
        known: By kind of word, all lemmas (WordNet's).
    """

    def __init__(
        self,
        seen: Mapping[str, Mapping[str, Sequence[str]]],
        exceptions: Mapping[str, Mapping[str, Sequence[str]]],
        known: Mapping[str, Iterable[str]],
    ) -> None:
        self.seen = seen
        self.exceptions = exceptions
        self.known = {kind: frozenset(lemmas) for kind, lemmas in known.items()}

    @classmethod
    def from_bytes(cls, serialised: bytes) -> Lemmatizer:
        """Read the lexicon that the recipe wrote."""
        return cls(**json.loads(serialised))

    def choose_lemma(self, form: str, tag: str, proposed: str) -> str:
        """Return the lemma of *form* with Penn tag *tag*: the *proposed* one where the lexicon allows it."""
        text = normalise_signs(form)
        lower = text.lower()
        seen = self.seen.get(tag, {}).get(lower)
        if seen:
            return proposed if proposed in seen else seen[0]
        if not any(character.isalnum() for character in text):
            return form
        if tag not in INFLECTED:
            # Uninflected words are their own lemma; the network knows which keep their capitals (*Kenyan*).
            return text if tag == "NNP" or proposed == text else lower
        if tag == "NNPS":
            singular = self.choose_inflected(lower, tag, proposed.lower())
            shared = count_shared(lower, singular)
            return text[:shared] + singular[shared:]
        if "-" in lower.strip("-"):
            front, _, last = lower.rpartition("-")
            return f"{front}-{self.choose_lemma(last, tag, proposed.rpartition('-')[2])}" if last else lower
        return self.choose_inflected(lower, tag, proposed)

    def choose_inflected(self, lower: str, tag: str, proposed: str) -> str:
        """Return the lemma of an inflected form: an irregular one, a known regular one, or a guess."""
        kind = INFLECTED[tag]
        irregular = self.exceptions[kind].get(lower, ())
        if irregular:
            likely = [lemma for lemma in irregular if lemma in self.known[kind]] or irregular
            return proposed if proposed in likely else likely[0]
        regular = strip_ending(lower, tag)
        for lemma in [*regular, lower]:
            if lemma in self.known[kind]:
                return lemma
        return guess_regular(regular, tag) if regular else lower
