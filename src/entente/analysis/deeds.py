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

    def toward(self, promises: Sequence[Promise], terms: Sequence[Term], rules_of: RulesOf) -> list[tuple[Act, ...]]:
        """Return for every promise the acts that the rules for its content mean, done in its term, the earliest first."""
        found: list[dict[int, Act]] = [{} for _ in promises]
        by_content: dict[str, list[int]] = {}
        for place, promise in enumerate(promises):
            by_content.setdefault(promise.content, []).append(place)
        for content, places in by_content.items():
            rules = rules_of(content)
            for anyone in (False, True):
                some = [rule for rule in rules if (rule.toward == "anyone") == anyone]
                chosen = [place for place in places if anyone or promises[place].beneficiary != NOBODY]
                if some and chosen:
                    self._done(promises, terms, some, chosen, found, anyone=anyone)
            for rule in (rule for rule in rules if rule.standing):
                self._standing(promises, terms, rule, places, found)
        return [tuple(sorted(acts.values(), key=lambda act: (act.day, act.record))) for acts in found]

    def _done(
        self,
        promises: Sequence[Promise],
        terms: Sequence[Term],
        rules: Sequence[ActRule],
        chosen: list[int],
        found: list[dict[int, Act]],
        *,
        anyone: bool,
    ) -> None:
        """Find the acts that began within the terms of promises."""
        facts = self.facts
        weights = self._weights(rules)
        meant = np.flatnonzero((weights > 0) & (anyone | (self.acts.recipient != NOBODY)))
        if not meant.size:
            return
        acts, weights = self.acts.only(meant), weights[meant]
        late = any(rule.standing for rule in rules)
        begins = [max(terms[place].begin, terms[place].due) if late else terms[place].begin for place in chosen]
        days = facts.day[acts.record].astype(np.int64)
        query, thing = _within(self.facts, promises, chosen, acts, days, begins, [terms[p].until for p in chosen], anyone=anyone)
        _add(promises, [chosen[q] for q in query.tolist()], acts.record[thing], weights[thing], days[thing], found)

    def _weights(self, rules: Sequence[ActRule]) -> Floats:
        """Return what each act weighs; a tie that is told as past ("withdrew its troops") is none that stands."""
        facts, records = self.facts, self.acts.record
        past = facts.kind.among(("tie",))[records] & facts.status.among(("historical",))[records]
        standing = weights_of(facts, [rule for rule in rules if rule.standing], records)
        others = weights_of(facts, [rule for rule in rules if not rule.standing], records)
        return np.asarray(np.maximum(others, np.where(past, 0, standing)))

    def _standing(
        self, promises: Sequence[Promise], terms: Sequence[Term], rule: ActRule, places: list[int], found: list[dict[int, Act]]
    ) -> None:
        """Find the ties that began before promises, or nobody knows when, and were told to stand when they should have ended."""
        facts = self.facts
        ties = self.ties.only(fitting(facts, rule.what, self.ties.record) & (self.ties.recipient != NOBODY))
        chosen = [place for place in places if promises[place].beneficiary != NOBODY]
        if not len(ties) or not chosen:
            return
        sure = facts.dated[ties.record]
        sure[~sure] = self._said_to_stand(rule, ties.only(~sure))
        told = ties.only(sure)
        days = facts.published[told.record].astype(np.int64)
        begins = [terms[p].due if terms[p].due != OPEN else terms[p].begin + rule.after for p in chosen]
        query, thing = _within(facts, promises, chosen, told, days, begins, [terms[p].until for p in chosen], anyone=False)
        weights = np.full(thing.size, rule.weight)
        _add(promises, [chosen[q] for q in query.tolist()], told.record[thing], weights, days[thing], found)
        undated = ties.only(~facts.dated[ties.record])
        owners, records = self._later_in_the_text(promises, chosen, undated)
        days = np.array([terms[place].begin for place in owners], dtype=np.int64)
        _add(promises, owners, records, np.full(records.size, rule.weight), days, found)

    def _said_to_stand(self, rule: ActRule, ties: Pairs) -> Mask:
        """Return whether the words of ties say that they stand still."""
        pattern = words_pattern(rule.standing)
        return np.array([bool(pattern.search(text)) for text in self.texts.of(ties.record)], dtype=bool)

    def _later_in_the_text(self, promises: Sequence[Promise], chosen: list[int], ties: Pairs) -> tuple[list[int], Places]:
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
    facts: Facts,
    promises: Sequence[Promise],
    chosen: list[int],
    acts: Pairs,
    days: Places,
    begins: Sequence[int],
    ends: Sequence[int],
    *,
    anyone: bool,
) -> tuple[Places, Places]:
    """Return promises (places in ``chosen``) and acts of their promisers toward their beneficiaries, or anyone, within days."""
    size = len(facts.codes) + 1
    table = Sorted.of(acts.actor * size + (0 if anyone else acts.recipient + 1), days)
    wanted = np.array([promises[p].promiser * size + (0 if anyone else promises[p].beneficiary + 1) for p in chosen])
    ranges = table.between(wanted, np.array(begins, dtype=np.int64), np.array(ends, dtype=np.int64))
    return table.expand(*ranges, _MOST_ACTS)


def _add(
    promises: Sequence[Promise],
    owners: Sequence[int],
    records: Places,
    weights: Floats,
    days: Places,
    found: list[dict[int, Act]],
) -> None:
    """Add acts to those of their promises, each once, the heaviest way; what tells of a promise is no act against it."""
    for place, record, weight, day in zip(owners, records.tolist(), weights.tolist(), days.tolist(), strict=True):
        known = found[place].get(record)
        if record not in promises[place].records and (known is None or known.weight < weight):
            found[place][record] = Act(record, weight, day)
