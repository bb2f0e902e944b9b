"""Undertakings: the search for promises and for the acts that keep or break them; see `entente.analysis.commitments`."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
from msgspec import Struct

from entente.analysis.facts import NOBODY, OPEN, STATED, Facts, day_of
from entente.analysis.matching import Pairs, Places, Sorted, base_codes, pairs_of, weights_of, words_pattern
from entente.analysis.passages import Passage, Passages, Words, words_of
from entente.analysis.wording import Wording
from entente.codebook.judgements import ActRule, CommitmentChoices

CONTRADICTED, WITHDRAWN, NOT_MET = "contradicted", "withdrawn", "condition not met"
KEPT, IN_PART, UNVERIFIABLE, OPEN_STILL = "kept", "kept in part", "not verifiable", "open"
STATUSES = (OPEN_STILL, KEPT, IN_PART, CONTRADICTED, WITHDRAWN, NOT_MET, UNVERIFIABLE)
HINTED = "hinted"
STRENGTHS = ("treaty", "signed", "announced", HINTED)

_RECIPROCAL = re.compile(r"\b(?:each other|one another|their|between|mutual\w*|reciproca\w*|bilateral\w*)\b", re.IGNORECASE)
_UNDERTAKEN = ("actual", "historical", "future", "hypothetical")
_YEAR = 365.25
_MOST_ACTS = 50  # acts that a row leads to; the first ones
_FAR = 2**31 - 1


class Act(Struct, frozen=True):
    """An act that bears on an undertaking: the place of its record, and how much it weighs."""

    record: int
    weight: float


class Undertaking(Struct, frozen=True, kw_only=True):
    """One promiser's undertaking toward one beneficiary, and what became of it.

    Attributes:
        promiser, beneficiary: Codes; the beneficiary is None where none is named.
        type: A commitment type.
        strength: treaty, signed, announced or hinted.
        status: One of ``STATUSES``.
        reason: Why, in words.
        promise: Places of the records that tell of it.
        against, fulfilling: Acts, the earliest first.
        since: The first day of its date, None where the text gives none.
        until: The last day on which it is in force by the codebook's term, or on which it was withdrawn.
        passage: The words of the promise.
        condition: The words of a condition.
        leaders: Office, holder at the promise, holder at the first act against it, where these differ.
    """

    promiser: str
    beneficiary: str | None
    type: str
    strength: str
    status: str
    reason: str
    promise: tuple[int, ...]
    against: tuple[Act, ...]
    fulfilling: tuple[Act, ...]
    since: dt.date | None
    until: dt.date | None
    passage: Passage
    condition: str | None
    leaders: tuple[str, str, str] | None

    @property
    def instrument(self) -> str | None:
        """The named treaty or memorandum, where the text gives one."""
        named = self.passage.attributes.get("instrument")
        return str(named) if named else None

    @property
    def broken_by(self) -> Act | None:
        """The act that contradicts it: the first among the heaviest."""
        return max(self.against, key=lambda act: act.weight, default=None)


def find_undertakings(
    facts: Facts,
    choices: CommitmentChoices,
    wording: Wording,
    passages: Passages,
    *,
    by: Iterable[str] | None = None,
    to: Iterable[str] | None = None,
    only_opposed: bool = False,
    words: Words | None = None,
) -> list[Undertaking]:
    """Return the undertakings of a ledger, in the order of their promisers' codes.

    ``only_opposed`` leaves out those that no act goes against, which is faster; ``words`` returns the words of records and
    nothing else, where that is faster than ``passages``; the other arguments are as for `judge_commitments`.
    """
    judge = _Judge(facts, choices, wording, passages, by, words)
    return judge.undertakings(to, only_opposed=only_opposed)


class _Group(Struct, frozen=True):
    """Records of one undertaking: promiser, beneficiary (places of codes), type, span, places of records."""

    promiser: int
    beneficiary: int
    type: str
    start: int
    end: int
    records: tuple[int, ...]


class _Judge:
    """Finds the acts of promisers and holds them against their promises."""

    def __init__(
        self,
        facts: Facts,
        choices: CommitmentChoices,
        wording: Wording,
        passages: Passages,
        by: Iterable[str] | None,
        words: Words | None = None,
    ) -> None:
        self.facts = facts
        self.choices = choices
        self.wording = wording
        self.passages = passages
        self.base = base_codes(facts)
        self.promisers = None if by is None else facts.code_table(by)
        self.words = words or words_of(passages)
        begin = "|".join(re.escape(word) for word in choices.conditions)
        self._conditions = re.compile(rf"\b(?:{begin})\b.*", re.IGNORECASE | re.DOTALL)
        self.acts = self._acts()
        self.holding = facts.status.among(("actual",))
        self.last_day = int(facts.published.max(initial=OPEN))

    def _own(self, rows: Places) -> Places:
        """Return the rows whose actor is one of the promisers that are asked for."""
        return rows if self.promisers is None else rows[self.promisers[self.facts.actor[rows]]]

    def _acts(self) -> Pairs:
        """Return what the promisers did, dated and real."""
        facts = self.facts
        counts = facts.real & facts.dated & (facts.kind.values != facts.kind.place("vote"))
        rows = self._own(np.flatnonzero(counts[facts.record]))
        return pairs_of(facts, rows, self.base)

    # --- promises -------------------------------------------------------------------------------------------------------

    def undertakings(self, to: Iterable[str] | None, *, only_opposed: bool = False) -> list[Undertaking]:
        groups = self._groups()
        if only_opposed:
            ever = self._matches(groups, [_FAR] * len(groups), self._opposing)
            groups = [group for group, acts in zip(groups, ever, strict=True) if acts]
        if to is not None:
            wanted = self.facts.code_table(to)
            groups = [group for group in groups if wanted[group.beneficiary]]
        first = self.facts.record_ids([group.records[0] for group in groups]) if groups else []
        words = self.passages(first)
        passages = [words[name] for name in first]
        strengths = self._strengths(passages)
        untils = [self._until(group, strength) for group, strength in zip(groups, strengths, strict=True)]
        withdrawn = self._matches(groups, untils, lambda type_: self.choices.withdrawn)
        untils = [min(until, self._day(acts)) for until, acts in zip(untils, withdrawn, strict=True)]
        against = self._matches(groups, untils, self._opposing)
        kept = self._matches(groups, untils, lambda type_: self.choices.kept.get(type_, ()))
        found = [
            self._judged(*parts) for parts in zip(groups, passages, strengths, untils, withdrawn, against, kept, strict=True)
        ]
        return self._in_exchange(found)

    def _opposing(self, type_: str) -> tuple[ActRule, ...]:
        return self.choices.opposed.get(type_, ())

    def _groups(self) -> list[_Group]:
        """Return the records of commitments joined into undertakings."""
        facts = self.facts
        counts = (facts.kind.values == facts.kind.place("commitment")) & facts.status.among(_UNDERTAKEN)
        pairs = pairs_of(facts, self._own(np.flatnonzero(counts[facts.record])), self.base)
        several = np.unique(pairs.record[pairs.seat != STATED])
        each_other = self._reciprocal(several)
        alone = (pairs.recipient == NOBODY) & np.isin(pairs.record, each_other)
        unsaid = (pairs.seat != STATED) & ~np.isin(pairs.record, each_other)
        pairs = pairs.only(~alone & ~unsaid)
        keys = np.stack(
            [pairs.actor, pairs.recipient, facts.type.values[pairs.record], facts.start[pairs.record], facts.end[pairs.record]]
        ).astype(np.int64)
        distinct, inverse = np.unique(keys, axis=1, return_inverse=True)
        order = np.argsort(inverse, kind="stable")
        edges = np.searchsorted(inverse[order], np.arange(distinct.shape[1] + 1)).tolist()
        records = pairs.record[order].tolist()
        return [
            _Group(
                promiser=int(actor),
                beneficiary=int(recipient),
                type=facts.type.names[type_],
                start=int(start),
                end=int(end),
                records=tuple(sorted(set(records[edges[k] : edges[k + 1]]))),
            )
            for k, (actor, recipient, type_, start, end) in enumerate(distinct.T.tolist())
        ]

    def _reciprocal(self, records: Places) -> Places:
        """Return the records whose words say that those who promise together promise each other."""
        if not records.size:
            return records
        ids = self.facts.record_ids(records)
        words = self.words(ids)
        return records[[bool(_RECIPROCAL.search(words[name])) for name in ids]]

    def _begin(self, group: _Group) -> int:
        """Return the first day on which an act is later than the promise: after its span; undated, after it was told of."""
        if group.end != OPEN:
            return group.end
        if group.start != OPEN:
            return group.start + 1
        return max(int(self.facts.published[record]) for record in group.records) + 1

    def _until(self, group: _Group, strength: str) -> int:
        """Return the day after the last on which the promise is in force."""
        begin = max(self._begin(group), self._held(group))
        years = self.choices.in_force_years[strength]
        if strength != HINTED:
            years = max(years, self.choices.lasting_years.get(group.type, 0.0))
        return _FAR if begin <= OPEN + 1 else min(_FAR, begin + round(years * _YEAR))

    def _held(self, group: _Group) -> int:
        """Return the day after the last on which a text tells that it holds, its end open; ``OPEN`` where none does."""
        if group.start == OPEN or group.end != OPEN:
            return OPEN
        published = self.facts.published
        return max((int(published[record]) + 1 for record in group.records if self.holding[record]), default=OPEN)

    def _strengths(self, passages: Sequence[Passage]) -> list[str]:
        """Return how strong each undertaking is, by its status, type and words."""
        patterns = [(rule.strength, words_pattern(rule.words)) for rule in self.choices.strengths]
        return [self._strength(passage, patterns) for passage in passages]

    def _strength(self, passage: Passage, patterns: Sequence[tuple[str, re.Pattern[str]]]) -> str:
        if passage.status in ("future", "hypothetical"):
            return HINTED
        if passage.type in self.choices.treaty_types:
            return "treaty"
        said = f"{passage.attributes.get('instrument', '')} {passage.words}"
        return next((strength for strength, pattern in patterns if pattern.search(said)), "announced")

    # --- acts -----------------------------------------------------------------------------------------------------------

    def _matches(self, groups: Sequence[_Group], untils: Sequence[int], rules_of: Any) -> list[tuple[Act, ...]]:
        """Return for every promise the acts that its type's rules mean, done while it was in force, the earliest first."""
        found: list[dict[Act, None]] = [{} for _ in groups]
        by_type: dict[str, list[int]] = {}
        for place, group in enumerate(groups):
            by_type.setdefault(group.type, []).append(place)
        for type_, places in by_type.items():
            for anyone in (False, True):
                rules = [rule for rule in rules_of(type_) if (rule.toward == "anyone") == anyone]
                chosen = [place for place in places if anyone or groups[place].beneficiary != NOBODY]
                if rules and chosen:
                    self._match(groups, untils, rules, chosen, anyone=anyone, found=found)
        return [tuple(acts) for acts in found]

    def _match(
        self,
        groups: Sequence[_Group],
        untils: Sequence[int],
        rules: Sequence[ActRule],
        chosen: list[int],
        *,
        anyone: bool,
        found: list[dict[Act, None]],
    ) -> None:
        facts = self.facts
        weights = weights_of(facts, rules, self.acts.record)
        meant = np.flatnonzero((weights > 0) & (anyone | (self.acts.recipient != NOBODY)))
        acts = self.acts.only(meant)
        size = len(facts.codes) + 1
        keys = acts.actor * size + (0 if anyone else acts.recipient + 1)
        days = facts.day[acts.record].astype(np.int64)
        table = Sorted.of(keys, days)
        wanted = np.array([groups[p].promiser * size + (0 if anyone else groups[p].beneficiary + 1) for p in chosen])
        begins = np.array([self._begin(groups[place]) for place in chosen], dtype=np.int64)
        ends = np.array([untils[place] for place in chosen], dtype=np.int64)
        query, thing = table.expand(*table.between(wanted, begins, ends), _MOST_ACTS)
        for place, record, weight in zip(
            query.tolist(), acts.record[thing].tolist(), weights[meant[thing]].tolist(), strict=True
        ):
            if record not in groups[chosen[place]].records:
                found[chosen[place]].setdefault(Act(record, weight))

    def _day(self, acts: Sequence[Act]) -> int:
        return min((int(self.facts.day[act.record]) for act in acts), default=_FAR)

    # --- judgement ------------------------------------------------------------------------------------------------------

    def _judged(
        self,
        group: _Group,
        passage: Passage,
        strength: str,
        until: int,
        withdrawn: tuple[Act, ...],
        against: tuple[Act, ...],
        kept: tuple[Act, ...],
    ) -> Undertaking:
        broken = [act for act in against if act.weight >= self.choices.contradicts]
        status, reason = self._status(group, until, withdrawn, bool(broken), against, kept)
        since = day_of(group.start)
        promiser = self.facts.codes[group.promiser]
        decisive = broken[0] if broken else None
        leaders = None
        if decisive is not None:
            act_day = day_of(int(self.facts.day[decisive.record]))
            leaders = self.wording.change_of_leader(promiser, since, act_day, self.choices.offices)
        return Undertaking(
            promiser=promiser,
            beneficiary=None if group.beneficiary == NOBODY else self.facts.codes[group.beneficiary],
            type=group.type,
            strength=strength,
            status=status,
            reason=reason,
            promise=group.records,
            against=against + withdrawn,
            fulfilling=kept,
            since=since,
            until=None if until >= _FAR else day_of(until - 1),
            passage=passage,
            condition=self._condition(passage.words),
            leaders=leaders,
        )

    def _condition(self, words: str) -> str | None:
        """Return the words of a promise from the first that begins a condition, None where there is none."""
        found = self._conditions.search(words)
        return found.group(0) if found else None

    def _status(
        self,
        group: _Group,
        until: int,
        withdrawn: Sequence[Act],
        broken: bool,
        against: Sequence[Act],
        kept: Sequence[Act],
    ) -> tuple[str, str]:
        if broken:
            return CONTRADICTED, "a later act of the promiser is the opposite of what it undertook"
        if withdrawn:
            return WITHDRAWN, "the promiser left the agreement or the body"
        if kept:
            return (IN_PART, "acts fulfil it, lighter ones go against it") if against else (KEPT, "later acts fulfil it")
        known = [*self.choices.opposed.get(group.type, ()), *self.choices.kept.get(group.type, ())]
        if not any(rule.toward == "anyone" or group.beneficiary != NOBODY for rule in known):
            return UNVERIFIABLE, "the text names nobody to whom it was given" if known else "no act would show it"
        if until <= self.last_day:
            return UNVERIFIABLE, "its term is over, and no record tells whether it was kept"
        return OPEN_STILL, "in force; no record of an act for or against it"

    def _in_exchange(self, found: list[Undertaking]) -> list[Undertaking]:
        """Return the undertakings; those given in exchange for one that was contradicted have their condition not met."""
        asked = [
            one for one in found if one.passage.attributes.get("in_exchange") and one.status not in (CONTRADICTED, WITHDRAWN)
        ]
        if not asked:
            return found
        everybody = found if self.promisers is None else self._others(asked)
        return [self._against_exchange(one, everybody) if one in asked else one for one in found]

    def _others(self, asked: Sequence[Undertaking]) -> list[Undertaking]:
        """Return the undertakings of the others in the documents of those that were given in exchange."""
        facts = self.facts
        documents = np.unique(facts.document[[one.promise[0] for one in asked]])
        near = np.isin(facts.document, documents) & (facts.kind.values == facts.kind.place("commitment"))
        codes = {facts.codes[place] for place in self.base[facts.actor[near[facts.record]]] if place != NOBODY}
        codes -= {one.promiser for one in asked}
        return _Judge(facts, self.choices, self.wording, self.passages, codes, self.words).undertakings(None) if codes else []

    def _against_exchange(self, one: Undertaking, everybody: Sequence[Undertaking]) -> Undertaking:
        for other in everybody:
            near = (
                other.passage.document == one.passage.document
                and abs(other.passage.sentence - one.passage.sentence) <= self.choices.exchange_sentences
            )
            owed = other.promiser != one.promiser and other.beneficiary in (one.promiser, None)
            if near and owed and other.status == CONTRADICTED:
                return _replaced(one, other)
        return one


def _replaced(one: Undertaking, other: Undertaking) -> Undertaking:
    reason = f"it was given in exchange for an undertaking of {other.promiser}, which was contradicted"
    shown = other.broken_by
    fields = {name: getattr(one, name) for name in one.__struct_fields__}
    return Undertaking(**fields | {"status": NOT_MET, "reason": reason, "against": (*one.against, *([shown] if shown else []))})
