"""Company: who does what a verb says too, without being its grammatical subject.

"Kenya, like Ghana, has recognised it", "it entered the Union together with Austria", "it abstained, as did Peru",
"it joined Britain in banning them".
"""

from __future__ import annotations

from collections.abc import Iterable

from entente.parsing.subjects import Subjects
from entente.records.annotations import Token

COMPANY = frozenset({"like", "alongside", "along with", "together with"})
"""Prepositions whose phrase does the same as the subject."""

BEFORE = frozenset({"like", "alongside"})
"""Those that say so only before the verb: "fought alongside them" tells with whom."""


class Company(Subjects):
    """The company of one sentence's subjects."""

    def companions(self, i: int, subjects: Iterable[int], *, passive: bool) -> list[int]:
        """Return the names that the verb at ``i`` has beside its subjects."""
        phrases = [t for h in subjects for t in self.sentence.dependents(h, "nmod") if self._is_company(t) and t.i > h]
        if not passive:
            beside = self.sentence.dependents(i, "obl", "nmod")
            phrases += [t for t in beside if self._is_company(t) and (t.i < i or self.preposition(t.i) not in BEFORE)]
            for adverb in self.sentence.dependents(i, "advmod"):
                if adverb.text.lower() == "together":
                    phrases += [t for t in self.sentence.dependents(adverb.i, "obl", "nmod") if self.preposition(t.i) == "with"]
        return [h for t in phrases for h in self.heads(t.i) if self._is_named(h, t.i)] + self._did_so_too(i)

    def _is_company(self, phrase: Token) -> bool:
        return self.preposition(phrase.i) in COMPANY

    def _is_named(self, head: int, first: int) -> bool:
        """Return whether a head is a name, and in the coordination not set apart by a preposition ("like X but unlike Y")."""
        return self.sentence.tokens[head].pos == "PROPN" and (head == first or self.preposition(head) in ("", *COMPANY))

    def _did_so_too(self, i: int) -> list[int]:
        """Return who is said to have done the same: "…, as did China", "so did Peru"."""
        found = []
        for token in self.sentence.tokens[1:-1]:
            inverted = self.sentence.tokens[token.i - 1].text.lower() in ("as", "so") and token.lemma in ("do", "have")
            if not inverted or self._said_too_of(token) != i:
                continue
            behind = [t for t in self.sentence.dependents(token.i, "nsubj", "obj") if t.i > token.i]
            if len(behind) == 1 and not any(True for _ in self.sentence.dependents(token.i, "xcomp")):
                found += self.heads(behind[0].i)
        return found

    def _said_too_of(self, token: Token) -> int:
        """Return the verb that a bare *did* repeats: the one above it, else the sentence's own."""
        governor = self.sentence.tokens[token.head]
        while "VerbForm=Inf" in governor.feats and governor.head != governor.i:
            governor = self.sentence.tokens[governor.head]
        if governor.pos == "VERB" and governor.i < token.i and token.relation in ("advcl", "conj", "parataxis"):
            return governor.i
        return next((t.i for t in self.sentence.tokens if t.dep == "root" and t.i != token.i), -1)
