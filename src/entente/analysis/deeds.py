"""Deeds: what promisers did while their promises were in force, as far as the codebook holds it against a promise or for it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from msgspec import Struct

from entente.analysis.facts import NOBODY, OPEN, Facts, Mask
from entente.analysis.matching import Floats, Pairs, Places, Sorted, fitting, pairs_of, weights_of, words_pattern
from entente.analysis.passages import Texts
from entente.analysis.promises import Promise, key_of
from entente.codebook.judgements import ActRule

FAR = 2**31 - 1
"""A day that never comes."""

_MOST_ACTS = 50  # acts that a row leads to; the first ones

RulesOf = Callable[[str], Sequence[ActRule]]
"""Returns the rules for what is promised."""


class Act(Struct, frozen=True):
    """An act that bears on an undertaking: the place of its record, how much it weighs, and the day from which it is known."""

    record: int
    weight: float
    day: int


class Matches(Struct, frozen=True):
    """Acts by the promise they bear on, the earliest first; of shape (matches,) but for ``edges``.

    Attributes:
        record: Places of records.
        weight: By the codebook.
        day: The day from which the act is known.
        edges: The acts of promise k are at ``edges[k]`` to ``edges[k + 1]``, shape (promises + 1,).
    """

    record: Places
    weight: Floats
    day: Places
    edges: Places

    def of(self, promise: int) -> tuple[Act, ...]:
        """Return the acts of one promise."""
        own = slice(int(self.edges[promise]), int(self.edges[promise + 1]))
        columns = (self.record[own].tolist(), self.weight[own].tolist(), self.day[own].tolist())
        return tuple(map(Act, *columns))

    def first_days(self) -> Places:
        """Return the day of each promise's first act, ``FAR`` where it has none. Shape (promises,)."""
        first = np.append(self.day, FAR)[self.edges[:-1]]
        return np.where(np.diff(self.edges) > 0, first, FAR)

    def heaviest(self) -> Floats:
        """Return the weight of each promise's heaviest act, 0 where it has none. Shape (promises,)."""
        heaviest = np.zeros(self.edges.size - 1)
        np.maximum.at(heaviest, np.repeat(np.arange(heaviest.size), np.diff(self.edges)), self.weight)
        return heaviest


class _Found(Struct, frozen=True):
    """Acts as they are found: places of promises and of records, weights and days. Shapes (found,)."""

    promise: Places
    record: Places
    weight: Floats
    day: Places


class Term(Struct, frozen=True):
    """When a promise can be kept and broken: days, half-open.

    Attributes:
        begin: The first day on which an act is later than the promise.
        due: The first day on which what was promised should have been done, ``OPEN`` where the text does not say.
        until: The day after the last on which it is in force.
    """

    begin: int
    due: int
    until: int


class Deeds:
    """The acts of promisers: dated and real, and the ties of theirs that stand."""

    def __init__(self, facts: Facts, base: Places, promisers: Mask | None, texts: Texts) -> None:
        self.facts = facts
        self.texts = texts
        possible = facts.real & (facts.kind.values != facts.kind.place("vote"))
        tie = facts.kind.among(("tie",)) & (facts.end == OPEN)
        rows = np.flatnonzero((possible & (facts.dated | tie))[facts.record])
        if promisers is not None:
            rows = rows[promisers[facts.actor[rows]]]
        pairs = pairs_of(facts, rows, base)
        self.acts = pairs.only(facts.dated[pairs.record])
        self.ties = pairs.only(tie[pairs.record] & facts.status.among(("actual",))[pairs.record])

    def parties(self, rules: Sequence[ActRule]) -> Places:
        """Return the actors and recipients, joined by `key_of`, between whom there is anything that rules mean."""
        found = [np.zeros(0, dtype=np.int64)]
        for pairs in (self.acts, self.ties):
            meant = pairs.only(weights_of(self.facts, rules, pairs.record) > 0)
            found.append(key_of(self.facts, meant.actor, meant.recipient))
        return np.unique(np.concatenate(found))

    def toward(self, promises: Sequence[Promise], terms: Sequence[Term], rules_of: RulesOf) -> Matches:
        """Return for every promise the acts that the rules for its content mean, done in its term."""
        found: list[_Found] = []
        by_content: dict[str, list[int]] = {}
        for place, promise in enumerate(promises):
            by_content.setdefault(promise.content, []).append(place)
        for content, places in by_content.items():
            rules = rules_of(content)
            named = [place for place in places if promises[place].beneficiary != NOBODY]
            for anyone in (False, True):
                some = [rule for rule in rules if (rule.toward == "anyone") == anyone]
                chosen = places if anyone else named
                if some and chosen:
                    found.append(self._done(promises, terms, some, chosen, anyone=anyone))
            if named:
                found += [part for rule in rules if rule.standing for part in self._standing(promises, terms, rule, named)]
        return _matches(promises, found)

    def _done(
        self,
        promises: Sequence[Promise],
        terms: Sequence[Term],
        rules: Sequence[ActRule],
        chosen: Sequence[int],
        *,
        anyone: bool,
    ) -> _Found:
        """Return the acts that began within the terms of promises."""
        weights = self._weights(rules)
        meant = np.flatnonzero((weights > 0) & (anyone | (self.acts.recipient != NOBODY)))
        acts = self.acts.only(meant)
        late = any(rule.standing for rule in rules)
        begins = [max(terms[place].begin, terms[place].due) if late else terms[place].begin for place in chosen]
        days = self.facts.day[acts.record].astype(np.int64)
        promise, thing = self._within(promises, terms, chosen, acts, days, begins, anyone=anyone)
        return _Found(promise, acts.record[thing], weights[meant][thing], days[thing])

    def _weights(self, rules: Sequence[ActRule]) -> Floats:
        """Return what each act weighs; a tie that is told as past ("withdrew its troops") is none that stands."""
        facts, records = self.facts, self.acts.record
        past = facts.kind.among(("tie",))[records] & facts.status.among(("historical",))[records]
        standing = weights_of(facts, [rule for rule in rules if rule.standing], records)
        others = weights_of(facts, [rule for rule in rules if not rule.standing], records)
        return np.asarray(np.maximum(others, np.where(past, 0, standing)))

    def _standing(
        self, promises: Sequence[Promise], terms: Sequence[Term], rule: ActRule, chosen: Sequence[int]
    ) -> tuple[_Found, _Found]:
        """Return the ties that began before promises, or nobody knows when, and are told to stand when they should have ended."""
        facts = self.facts
        ties = self.ties.only(fitting(facts, rule.what, self.ties.record) & (self.ties.recipient != NOBODY))
        sure = facts.dated[ties.record]
        sure[~sure] = self._said_to_stand(rule, ties.only(~sure))
        told = ties.only(sure)
        days = facts.published[told.record].astype(np.int64)
        begins = [terms[p].due if terms[p].due != OPEN else terms[p].begin + rule.after for p in chosen]
        promise, thing = self._within(promises, terms, chosen, told, days, begins, anyone=False)
        known = _Found(promise, told.record[thing], np.full(thing.size, rule.weight), days[thing])
        owners, records = self._later_in_the_text(promises, chosen, ties.only(~facts.dated[ties.record]))
        days = np.array([terms[place].begin for place in owners], dtype=np.int64)
        return known, _Found(np.array(owners, dtype=np.int64), records, np.full(records.size, rule.weight), days)

    def _said_to_stand(self, rule: ActRule, ties: Pairs) -> Mask:
        """Return whether the words of ties say that they stand still."""
        pattern = words_pattern(rule.standing)
        return np.array([bool(pattern.search(text)) for text in self.texts.of(ties.record)], dtype=bool)

    def _later_in_the_text(self, promises: Sequence[Promise], chosen: Sequence[int], ties: Pairs) -> tuple[list[int], Places]:
        """Return promises and the ties between their parties of which a later sentence of the same text tells."""
        facts = self.facts
        told: dict[tuple[int, int], list[tuple[int, int]]] = {}
        keys = key_of(facts, ties.actor, ties.recipient).tolist()
        for key, record in zip(keys, ties.record.tolist(), strict=True):
            told.setdefault((key, int(facts.document[record])), []).append((int(facts.sentence[record]), record))
        owners, records = [], []
        for place in chosen:
            promise = promises[place]
            key = int(key_of(facts, np.array([promise.promiser]), np.array([promise.beneficiary]))[0])
            for own in promise.records:
                later = told.get((key, int(facts.document[own])), ())
                fits = [record for sentence, record in later if sentence > int(facts.sentence[own])]
                owners += [place] * len(fits)
                records += fits
        return owners, np.array(records, dtype=np.int64)

    def _within(
        self,
        promises: Sequence[Promise],
        terms: Sequence[Term],
        chosen: Sequence[int],
        acts: Pairs,
        days: Places,
        begins: Sequence[int],
        *,
        anyone: bool,
    ) -> tuple[Places, Places]:
        """Return promises and acts of their promisers toward their beneficiaries, or anyone, from a day to the end of terms."""
        size = len(self.facts.codes) + 1
        table = Sorted.of(acts.actor * size + (0 if anyone else acts.recipient + 1), days)
        wanted = np.array([promises[p].promiser * size + (0 if anyone else promises[p].beneficiary + 1) for p in chosen])
        ends = np.array([terms[place].until for place in chosen], dtype=np.int64)
        query, thing = table.expand(*table.between(wanted, np.array(begins, dtype=np.int64), ends), _MOST_ACTS)
        return np.array(chosen, dtype=np.int64)[query], thing


def _matches(promises: Sequence[Promise], parts: Sequence[_Found]) -> Matches:
    """Return what is found, each act once for a promise, the heaviest way; what tells of a promise is no act against it."""
    nothing = np.zeros(0, dtype=np.int64)
    every = [_Found(nothing, nothing, np.zeros(0), nothing), *parts]
    promise, record, weight, day = (np.concatenate([getattr(part, name) for part in every]) for name in _Found.__struct_fields__)
    size = 1 + max(int(record.max(initial=0)), max((one for each in promises for one in each.records), default=0))
    own = [place * size + one for place, each in enumerate(promises) for one in each.records]
    keys = promise * size + record
    order = np.lexsort((-weight, keys))
    first = np.flatnonzero(np.diff(keys[order], prepend=-1))
    chosen = order[first]
    chosen = chosen[~np.isin(keys[chosen], own)]
    chosen = chosen[np.lexsort((record[chosen], day[chosen], promise[chosen]))]
    edges = np.searchsorted(promise[chosen], np.arange(len(promises) + 1))
    return Matches(record[chosen], weight[chosen], day[chosen], edges)
