"""Undertakings: promises with their strength and term, and what became of them; see `entente.analysis.commitments`."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence

import numpy as np
from msgspec import Struct
from msgspec.structs import replace

from entente.analysis.deeds import FAR, Act, Deeds, Term
from entente.analysis.facts import NOBODY, OPEN, Facts, day_of
from entente.analysis.matching import base_codes, words_pattern
from entente.analysis.passages import Texts, Words
from entente.analysis.promises import Promise, find_promises
from entente.analysis.wording import Wording
from entente.codebook.judgements import ActRule, CommitmentChoices

CONTRADICTED, WITHDRAWN, NOT_MET = "contradicted", "withdrawn", "condition not met"
KEPT, IN_PART, UNVERIFIABLE, OPEN_STILL = "kept", "kept in part", "not verifiable", "open"
STATUSES = (OPEN_STILL, KEPT, IN_PART, CONTRADICTED, WITHDRAWN, NOT_MET, UNVERIFIABLE)
HINTED = "hinted"
STRENGTHS = ("treaty", "signed", "announced", HINTED)

_YEAR = 365.25
_BY_WHEN = re.compile(r"\b(?:by|before|until|till)\s+(?:the\s+)?(?:end\s+of\s+)?(?:[A-Z][a-z]+\s+)?((?:19|20)\d\d)\b")


class Undertaking(Struct, frozen=True, kw_only=True):
    """One promiser's undertaking toward one beneficiary, and what became of it.

    Attributes:
        promiser, beneficiary: Codes; the beneficiary is None where none is named.
        type: A commitment type, or a part of one (``military/withdraw``).
        strength: treaty, signed, announced or hinted.
        status: One of ``STATUSES``.
        reason: Why, in words.
        promise: Places of the records that tell of it, commitments first.
        against, fulfilling: Acts, the earliest first.
        since: The first day of its date, None where the text gives none.
        until: The last day on which it is in force by the codebook's term, or on which it was withdrawn.
        words: Those of the first record.
        instrument: The named treaty or memorandum, where the text gives one.
        condition: The words of a condition.
        in_exchange: Whether it was given in exchange for another.
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
    words: str
    instrument: str | None
    condition: str | None
    in_exchange: bool
    leaders: tuple[str, str, str] | None

    @property
    def broken_by(self) -> Act | None:
        """The act that contradicts it: the first among the heaviest."""
        return max(self.against, key=lambda act: act.weight, default=None)


def find_undertakings(
    facts: Facts,
    choices: CommitmentChoices,
    wording: Wording,
    words: Words,
    *,
    by: Iterable[str] | None = None,
    to: Iterable[str] | None = None,
    most_broken: int | None = None,
) -> list[Undertaking]:
    """Return the undertakings of a ledger, in the order of their promisers' codes.

    ``words`` returns the words of records by id; with ``most_broken`` only so many are returned, those that acts contradict
    most heavily, which is faster; the other arguments are as for `judge_commitments`.
    """
    return _Judge(facts, choices, wording, by, words).undertakings(to, most_broken)


class _Told(Struct, frozen=True):
    """What the first record of a promise tells: its words and attributes, and how strong the promise is by them."""

    words: str
    attributes: dict[str, object]
    strength: str


class _Judge:
    """Tells how strong promises are and how long they are in force, and holds the acts of promisers against them."""

    def __init__(
        self, facts: Facts, choices: CommitmentChoices, wording: Wording, by: Iterable[str] | None, words: Words
    ) -> None:
        self.facts = facts
        self.choices = choices
        self.wording = wording
        self.words = words
        self.texts = Texts(facts.record_ids, words)
        self.base = base_codes(facts)
        self.promisers = None if by is None else facts.code_table(by)
        self.deeds = Deeds(facts, self.base, self.promisers, self.texts)
        self.holding = facts.status.among(("actual",))
        self.last_day = int(facts.published.max(initial=OPEN))
        self._strengths = [(rule.strength, words_pattern(rule.words)) for rule in choices.strengths]
        begin = "|".join(re.escape(word) for word in choices.conditions)
        self._conditions = re.compile(rf"\b(?:{begin})\b.*", re.IGNORECASE | re.DOTALL)

    def undertakings(self, to: Iterable[str] | None, most_broken: int | None = None) -> list[Undertaking]:
        """Return the undertakings toward some, or toward all."""
        facts, choices, deeds = self.facts, self.choices, self.deeds
        told_as = () if most_broken is None else {rule.content for rule in choices.told_as}
        possible = {content: deeds.parties(self._opposing(content)) for content in told_as}
        promises = find_promises(facts, choices, self.base, self.promisers, self.texts, possible)
        if to is not None:
            wanted = facts.code_table(to)
            promises = [promise for promise in promises if wanted[promise.beneficiary]]
        if most_broken is not None:
            promises = self._ever_broken(promises)
        told = self._told(promises)
        terms = [self._term(*one) for one in zip(promises, told, strict=True)]
        withdrawn = deeds.toward(promises, terms, lambda content: choices.withdrawn)
        ends = withdrawn.first_days().tolist()
        terms = [replace(term, until=min(term.until, end)) for term, end in zip(terms, ends, strict=True)]
        against = deeds.toward(promises, terms, self._opposing)
        chosen = list(range(len(promises)))
        if most_broken is not None:
            weights = against.heaviest()
            chosen = [k for k in np.argsort(-weights, kind="stable")[:most_broken].tolist() if weights[k] >= choices.contradicts]
        kept = deeds.toward([promises[k] for k in chosen], [terms[k] for k in chosen], self._keeping)
        found = [
            self._judged(promises[k], told[k], terms[k], withdrawn.of(k), against.of(k), kept.of(place))
            for place, k in enumerate(chosen)
        ]
        return self._in_exchange(found)

    def _ever_broken(self, promises: Sequence[Promise]) -> list[Promise]:
        """Return the promises that some later act opposes enough to contradict them, however long they are in force."""
        begins = [self._begin(promise) for promise in promises]
        weights = self.deeds.toward(promises, [Term(begin, begin, FAR) for begin in begins], self._opposing).heaviest()
        return [promise for promise, weight in zip(promises, weights.tolist(), strict=True) if weight >= self.choices.contradicts]

    def _opposing(self, content: str) -> tuple[ActRule, ...]:
        return self.choices.opposed.get(content, ())

    def _keeping(self, content: str) -> tuple[ActRule, ...]:
        return self.choices.kept.get(content, ())

    # --- strength and term ----------------------------------------------------------------------------------------------

    def _told(self, promises: Sequence[Promise]) -> list[_Told]:
        """Return what the first record of each promise tells."""
        records = [promise.records[0] for promise in promises]
        return [self._told_of(record, words) for record, words in zip(records, self.texts.of(records), strict=True)]

    def _told_of(self, record: int, words: str) -> _Told:
        attributes = self.facts.attributes_of(record)
        return _Told(words, attributes, self._strength(record, f"{attributes.get('instrument', '')} {words}"))

    def _strength(self, record: int, said: str) -> str:
        """Return how strong an undertaking is, by its status, type and words; what an event says will be done is announced."""
        facts = self.facts
        status = facts.status.word(record)
        if status == "hypothetical" or (status == "future" and facts.kind.word(record) != "event"):
            return HINTED
        if facts.type.word(record) in self.choices.treaty_types:
            return "treaty"
        return next((strength for strength, pattern in self._strengths if pattern.search(said)), "announced")

    def _begin(self, promise: Promise) -> int:
        """Return the first day on which an act is later than the promise: after its span; undated, after it was told of."""
        if promise.end != OPEN:
            return promise.end
        if promise.start != OPEN:
            return promise.start + 1
        return max(int(self.facts.published[record]) for record in promise.records) + 1

    def _term(self, promise: Promise, told: _Told) -> Term:
        """Return when a promise can be kept and broken."""
        start = self._begin(promise)
        begin = max(start, self._held(promise))
        years = self.choices.in_force_years[told.strength]
        if told.strength != HINTED:
            years = max(years, self.choices.lasting_years.get(promise.content, 0.0))
        until = FAR if begin <= OPEN + 1 else min(FAR, begin + round(years * _YEAR))
        return Term(start, self._due(promise, told.words), until)

    def _held(self, promise: Promise) -> int:
        """Return the day after the last on which a text tells that it holds, its end open; ``OPEN`` where none does."""
        if promise.start == OPEN or promise.end != OPEN:
            return OPEN
        published = self.facts.published
        return max((int(published[record]) + 1 for record in promise.records if self.holding[record]), default=OPEN)

    def _due(self, promise: Promise, words: str) -> int:
        """Return the day after that by which it is to be done: the date of what is yet to come, else the year in the words."""
        if self.facts.status.word(promise.records[0]) == "future" and promise.end != OPEN:
            return promise.end
        years = [int(year) for year in _BY_WHEN.findall(words)]
        return (dt.date(max(years) + 1, 1, 1) - dt.date(1970, 1, 1)).days if years else OPEN

    # --- judgement ------------------------------------------------------------------------------------------------------

    def _judged(
        self,
        promise: Promise,
        told: _Told,
        term: Term,
        withdrawn: tuple[Act, ...],
        against: tuple[Act, ...],
        kept: tuple[Act, ...],
    ) -> Undertaking:
        broken = [act for act in against if act.weight >= self.choices.contradicts]
        status, reason = self._status(promise, term.until, withdrawn, bool(broken), against, kept)
        since, promiser = day_of(promise.start), self.facts.codes[promise.promiser]
        condition = self._conditions.search(told.words)
        return Undertaking(
            promiser=promiser,
            beneficiary=None if promise.beneficiary == NOBODY else self.facts.codes[promise.beneficiary],
            type=promise.content,
            strength=told.strength,
            status=status,
            reason=reason,
            promise=promise.records,
            against=against + withdrawn,
            fulfilling=kept,
            since=since,
            until=None if term.until >= FAR else day_of(term.until - 1),
            words=told.words,
            instrument=str(told.attributes["instrument"]) if told.attributes.get("instrument") else None,
            condition=condition.group(0) if condition else None,
            in_exchange=bool(told.attributes.get("in_exchange")),
            leaders=self.wording.change_of_leader(promiser, since, day_of(broken[0].day), self.choices.offices)
            if broken
            else None,
        )

    def _status(
        self,
        promise: Promise,
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
        known = [*self._opposing(promise.content), *self._keeping(promise.content)]
        if not any(rule.toward == "anyone" or promise.beneficiary != NOBODY for rule in known):
            return UNVERIFIABLE, "the text names nobody to whom it was given" if known else "no act would show it"
        if until <= self.last_day:
            return UNVERIFIABLE, "its term is over, and no record tells whether it was kept"
        return OPEN_STILL, "in force; no record of an act for or against it"

    # --- exchange -------------------------------------------------------------------------------------------------------

    def _in_exchange(self, found: list[Undertaking]) -> list[Undertaking]:
        """Return the undertakings; those given in exchange for one that was contradicted have their condition not met."""
        asked = [one for one in found if one.in_exchange and one.status not in (CONTRADICTED, WITHDRAWN)]
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
        return _Judge(facts, self.choices, self.wording, codes, self.words).undertakings(None) if codes else []

    def _against_exchange(self, one: Undertaking, everybody: Sequence[Undertaking]) -> Undertaking:
        document, sentence = self.facts.document, self.facts.sentence
        for other in everybody:
            own, theirs = one.promise[0], other.promise[0]
            near = (
                document[own] == document[theirs]
                and abs(int(sentence[own]) - int(sentence[theirs])) <= self.choices.exchange_sentences
            )
            owed = other.promiser != one.promiser and other.beneficiary in (one.promiser, None)
            if near and owed and other.status == CONTRADICTED:
                promiser = self.wording.name(other.promiser)
                reason = f"it was given in exchange for an undertaking of {promiser}, which was contradicted"
                shown = [] if other.broken_by is None else [other.broken_by]
                return replace(one, status=NOT_MET, reason=reason, against=(*one.against, *shown))
        return one
