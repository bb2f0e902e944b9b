"""Promises: the records that tell of one undertaking, read from commitments and from the events that the codebook names."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from msgspec import Struct

from entente.analysis.facts import NOBODY, STATED, Facts, Mask
from entente.analysis.matching import Pairs, Places, fitting, pairs_of, words_pattern
from entente.analysis.passages import Texts
from entente.codebook.judgements import CommitmentChoices, ToldAs

_RECIPROCAL = words_pattern(["each other", "one another", "their", "between", "mutual.", "reciproca.", "bilateral."])
_UNDERTAKEN = ("actual", "historical", "future", "hypothetical")


class Promise(Struct, frozen=True):
    """One undertaking of one promiser toward one beneficiary.

    Attributes:
        promiser, beneficiary: Places of codes; ``NOBODY`` where no beneficiary is named.
        content: What is promised: a commitment type, or what ``told_as`` of the codebook reads it as (``military/withdraw``).
        start, end: Its date, half-open days; ``OPEN`` where that side is open.
        records: Places of the records that tell of it, commitments first.
    """

    promiser: int
    beneficiary: int
    content: str
    start: int
    end: int
    records: tuple[int, ...]


def find_promises(
    facts: Facts,
    choices: CommitmentChoices,
    base: Places,
    promisers: Mask | None,
    texts: Texts,
    possible: dict[str, Places] | None = None,
) -> list[Promise]:
    """Return the promises of a ledger, ordered by promiser, beneficiary, content and date.

    Args:
        facts: The ledger's records.
        choices: Which records tell of an undertaking, and of which.
        base: The state of each code; see `base_codes`.
        promisers: Whether a code is a promiser that is asked for, shape (codes + 1,); None for all.
        texts: The words of records.
        possible: For a content the only promisers and beneficiaries that matter, as `key_of` joins them; all where it is missing.
    """
    finder = _Finder(facts, choices, base, promisers, texts, possible or {})
    return finder.promises()


def key_of(facts: Facts, one: Places, other: Places) -> Places:
    """Return one number for each pair of codes; the other may be ``NOBODY``."""
    return np.asarray(one.astype(np.int64) * (len(facts.codes) + 1) + other + 1)


class _Finder:
    """Finds the pairs of records that promise, what they promise, and which tell of the same."""

    def __init__(
        self,
        facts: Facts,
        choices: CommitmentChoices,
        base: Places,
        promisers: Mask | None,
        texts: Texts,
        possible: dict[str, Places],
    ) -> None:
        self.facts = facts
        self.choices = choices
        self.base = base
        self.promisers = promisers
        self.texts = texts
        self.possible = possible
        self.undertaken = facts.status.among(_UNDERTAKEN)
        self.contents: dict[str, int] = {name: place for place, name in enumerate(facts.type.names)}

    def promises(self) -> list[Promise]:
        """Return the promises."""
        facts = self.facts
        stated, told = self._pairs(facts.kind.among(("commitment",))), self._pairs(self._told_in_events())
        self._read_ahead(stated, told)
        stated = self._each_other(stated)
        contents = [facts.type.values[pairs.record].astype(np.int64) for pairs in (stated, told)]
        contents[1][:] = -1
        for rule in self.choices.told_as:
            for pairs, content in zip((stated, told), contents, strict=True):
                self._read(rule, pairs, content)
        companions, alone = self._companions(stated, told)
        own = np.flatnonzero(alone & (contents[1] >= 0))
        return self._grouped(stated, contents[0], told.only(own), contents[1][own], companions)

    def _pairs(self, wanted: Mask) -> Pairs:
        """Return the pairs of the promisers that are asked for in some records."""
        rows = np.flatnonzero((wanted & self.undertaken)[self.facts.record])
        if self.promisers is not None:
            rows = rows[self.promisers[self.facts.actor[rows]]]
        return pairs_of(self.facts, rows, self.base)

    def _told_in_events(self) -> Mask:
        """Return, shape (records,), whether a record is an event that may tell of an undertaking."""
        every = np.arange(len(self.facts))
        what = [*self.choices.told_with, *(what for rule in self.choices.told_as for what in rule.what)]
        return fitting(self.facts, what, every) & self.facts.kind.among(("event",))

    def _read_ahead(self, stated: Pairs, told: Pairs) -> None:
        """Read the words of all commitments, and of the events whose words will be asked for, at once."""
        near = [told.record[self._near(rule, told)] for rule in self.choices.told_as if rule.words or rule.also]
        self.texts.of(np.unique(np.concatenate([stated.record, *near])).tolist())

    # --- whom and what --------------------------------------------------------------------------------------------------

    def _each_other(self, pairs: Pairs) -> Pairs:
        """Return pairs without those that promise together but not each other."""
        several = np.unique(pairs.record[pairs.seat != STATED])
        if not several.size:
            return pairs
        texts = self.texts.of(several)
        each_other = np.isin(pairs.record, several[[bool(_RECIPROCAL.search(text)) for text in texts]])
        alone = (pairs.recipient == NOBODY) & each_other
        unsaid = (pairs.seat != STATED) & ~each_other
        return pairs.only(~alone & ~unsaid)

    def _read(self, rule: ToldAs, pairs: Pairs, content: Places) -> None:
        """Set what pairs promise where a rule reads it from their words."""
        near = self._near(rule, pairs)
        if near.size and (rule.words or rule.also):
            patterns = [words_pattern(words) for words in (rule.words, rule.also) if words]
            texts = self.texts.of(pairs.record[near])
            near = near[[all(pattern.search(text) for pattern in patterns) for text in texts]]
        content[near] = self.contents.setdefault(rule.content, len(self.contents))

    def _near(self, rule: ToldAs, pairs: Pairs) -> Places:
        """Return the places of the pairs that a rule may mean, their words apart."""
        fits = fitting(self.facts, rule.what, pairs.record)
        if rule.statuses:
            fits &= self.facts.status.among(rule.statuses)[pairs.record]
        if rule.content in self.possible:
            fits &= np.isin(key_of(self.facts, pairs.actor, pairs.recipient), self.possible[rule.content])
        return np.flatnonzero(fits)

    # --- what is told twice ---------------------------------------------------------------------------------------------

    def _companions(self, stated: Pairs, told: Pairs) -> tuple[dict[int, set[int]], Mask]:
        """Return for commitments the events that tell of the same, and, shape (told pairs,), which events tell of nothing else.

        They stand in one sentence, have the same parties, and the words of one hold those of the other.
        """
        facts = self.facts
        sentences = facts.document.astype(np.int64) * (int(facts.sentence.max(initial=0)) + 1) + facts.sentence
        near = np.flatnonzero(np.isin(sentences[told.record], sentences[stated.record]))
        alone = np.ones(len(told), dtype=bool)
        companions: dict[int, set[int]] = {}
        if not near.size:
            return companions, alone
        places: dict[tuple[int, int], list[int]] = {}
        beside = np.flatnonzero(np.isin(sentences[stated.record], sentences[told.record[near]]))
        keys = [(sentences[pairs.record], key_of(facts, pairs.actor, pairs.recipient)) for pairs in (stated, told)]
        for place in beside.tolist():
            places.setdefault((int(keys[0][0][place]), int(keys[0][1][place])), []).append(int(stated.record[place]))
        every = np.unique(np.concatenate([stated.record[beside], told.record[near]]))
        texts = dict(zip(every.tolist(), (" ".join(text.split()) for text in self.texts.of(every)), strict=True))
        for place in near.tolist():
            event = int(told.record[place])
            for commitment in places.get((int(keys[1][0][place]), int(keys[1][1][place])), ()):
                if texts[event] in texts[commitment] or texts[commitment] in texts[event]:
                    companions.setdefault(commitment, set()).add(event)
                    alone[place] = False
        return companions, alone

    def _grouped(
        self, stated: Pairs, content: Places, told: Pairs, told_content: Places, companions: dict[int, set[int]]
    ) -> list[Promise]:
        """Return one promise for the pairs that have parties, content and date in common."""
        facts = self.facts
        actor, recipient, record = (
            np.concatenate([getattr(stated, name), getattr(told, name)]) for name in ("actor", "recipient", "record")
        )
        what = np.concatenate([content, told_content])
        keys = np.stack([actor, recipient, what, facts.start[record], facts.end[record]]).astype(np.int64)
        distinct, inverse = np.unique(keys, axis=1, return_inverse=True)
        order = np.argsort(inverse, kind="stable")
        edges = np.searchsorted(inverse[order], np.arange(distinct.shape[1] + 1)).tolist()
        names = list(self.contents)
        listed = record[order].tolist()
        found = []
        for place, (promiser, beneficiary, kind, start, end) in enumerate(distinct.T.tolist()):
            own = self._sorted(listed[edges[place] : edges[place + 1]], companions)
            found.append(Promise(promiser, beneficiary, names[kind], start, end, own))
        return found

    def _sorted(self, records: Iterable[int], companions: dict[int, set[int]]) -> tuple[int, ...]:
        """Return records with those that tell of the same, commitments first."""
        own = set(records)
        if companions:
            own.update(event for record in list(own) for event in companions.get(record, ()))
        event = self.facts.kind.place("event")
        return tuple(sorted(own, key=lambda record: (self.facts.kind.values[record] == event, record)))
