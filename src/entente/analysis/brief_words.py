"""The words of a brief: what its sections share, that is names, citations, and undertakings told in one."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import numpy as np
from msgspec import Struct
from msgspec.structs import replace

from entente.analysis.brief_lanes import Group, Lanes, Request
from entente.analysis.commitments import Act, Undertaking
from entente.analysis.contradictions import Contradiction
from entente.analysis.dependence import Claim
from entente.analysis.facts import NOBODY, Facts
from entente.analysis.matching import base_codes
from entente.analysis.page import (
    Clause,
    Side,
    Versions,
)
from entente.analysis.parties import Party, Span
from entente.analysis.passages import Passage, Passages
from entente.analysis.stance import Stance
from entente.analysis.wording import EACH_OTHER, Wording
from entente.codebook.judgements import BriefChoices

CITED = 3  # references that a clause shows; all of its records are in the data


class Findings(Struct, frozen=True):
    """What other measures found for the brief."""

    stance: Stance | None
    undertakings: Sequence[Undertaking]
    contradictions: Sequence[Contradiction]
    claims: Sequence[Claim]
    versions: Versions


Sentences = Callable[[Sequence[str]], dict[str, str]]
"""Returns the whole sentences that records stand in, by id."""


class Given(Struct, frozen=True):
    """An undertaking with all ``to`` whom its record gave it, who gave it in return where it is ``mutual``."""

    undertaking: Undertaking
    to: tuple[str, ...]
    mutual: bool = False


class Cited:
    """Holds what the sections share: which records stand in which lane, and what is cited so far."""

    def __init__(
        self,
        facts: Facts,
        request: Request,
        findings: Findings,
        choices: BriefChoices,
        wording: Wording,
        passages: Passages,
        sentences: Sentences,
    ) -> None:
        self._sentences_of = sentences
        self.facts = facts
        self.request = request
        self.findings = findings
        self.choices = choices
        self.wording = wording
        self._read = passages
        self._words: dict[str, Passage] = {}
        self._whole: dict[str, str] = {}
        self._cited: dict[str, None] = {}
        self.base = base_codes(facts)
        self.lanes = Lanes(facts, request, self.base)
        self.state = request.state.name
        self.names = tuple(self._side_name(side) for side in (request.x, request.y))

    # --- words and citations --------------------------------------------------------------------------------------------

    def _prepare(self, groups: Sequence[Group]) -> None:
        """Read the words of every record that a section may show, at once."""
        places = {place for group in groups for place in group.records[:CITED]}
        places.update(self.lanes.timeline(self.choices.timeline))
        places.update(self.lanes.ties()[: self.choices.ties])
        for one in self.findings.contradictions:
            places.update((one.statement, one.act, *(() if one.opposition is None else (one.opposition,))))
        for given in self._merged()[: max(self.choices.acts, self.choices.commitments)]:
            undertaking = given.undertaking
            places.add(undertaking.promise[0])
            places.update(act.record for act in (*undertaking.against, *undertaking.fulfilling))
        for claim in self.findings.claims[: self.choices.ties]:
            places.update(claim.records[:CITED])
        self._words = self._read(self._ids(sorted(places)))
        self._whole = self._sentences_of(self._ids(sorted(self._beside())))

    def _beside(self) -> set[int]:
        """Return the places of the records that promises and contradictions set side by side."""
        places = {place for one in self._shown_pairs for place in (one.statement, one.act)}
        for given in self._merged()[: self.choices.commitments]:
            one = given.undertaking
            act = shown_act(one)
            places.update((one.promise[0], *(() if act is None else (act.record,))))
        return places

    def _sentence_of(self, passage: Passage) -> str:
        """Return the sentence in which a record stands, its words alone where that is not known."""
        return " ".join(self._whole.get(passage.id, "").split()) or passage.words

    @property
    def _shown_pairs(self) -> Sequence[Contradiction]:
        return self.findings.contradictions[: self.choices.contradictions]

    def _ids(self, places: Iterable[int]) -> list[str]:
        listed = list(places)
        return self.facts.record_ids(listed) if listed else []

    def _id(self, place: int) -> str:
        return self.facts.record_ids([place])[0]

    def _passage(self, place: int) -> Passage:
        return self._words[self._id(place)]

    def _cite(self, ids: Iterable[str]) -> tuple[str, ...]:
        """Number records in the order in which the page first cites them."""
        cited = tuple(ids)
        self._cited.update(dict.fromkeys(cited))
        return cited

    def _clause(self, text: str, places: Sequence[int]) -> Clause:
        ids = self._ids(places)
        shown = [name for name in ids if name in self._words][:CITED]
        return Clause(text, tuple(ids), self._cite(shown))

    def _side(self, party: Party, name: str) -> Side:
        return Side(party.name, name, tuple(sorted({member.code for member in party.members})))

    @property
    def _bounded(self) -> bool:
        return self.request.span != Span()

    def _side_name(self, party: Party) -> str:
        return self.wording.listed(party.name.split("+"))

    def _merged(self) -> list[Given]:
        """Return the undertakings, those of one record and one fate as one: to several, or of parties to each other."""
        pairs: dict[tuple[object, ...], Given] = {}
        for one in self.findings.undertakings:
            pair = (frozenset((one.promiser, one.beneficiary)), one.promise, one.type, one.status, one.broken_by)
            to = () if one.beneficiary is None else (one.beneficiary,)
            pairs[pair] = replace(pairs[pair], mutual=True) if pair in pairs else Given(one, to)
        found: dict[tuple[object, ...], Given] = {}
        for given in pairs.values():
            one = given.undertaking
            key = (given.mutual or one.promiser, one.promise, one.type, one.status, one.broken_by)
            first = found.get(key, given)
            parties = {*first.to, *given.to, one.promiser} - {first.undertaking.promiser}
            order = {code: place for place, code in enumerate(self._named_in(one.promise[0]))}
            found[key] = replace(first, to=tuple(sorted(parties, key=placed(order))))
        return list(found.values())

    def _named_in(self, record: int) -> list[str]:
        """Return the codes that a record names, actors first, in the order of the text."""
        facts = self.facts
        rows = slice(*np.searchsorted(facts.record, [record, record + 1]).tolist())
        places = [*facts.actor[rows].tolist(), *facts.recipient[rows].tolist()]
        return list(dict.fromkeys(facts.codes[self.base[place]] for place in places if place != NOBODY))

    def _promised(self, given: Given, *, dated: bool) -> str:
        one = given.undertaking
        passage = self._passage(one.promise[0])
        if given.mutual:
            return self.wording.tell_of((one.promiser, *given.to), passage, [EACH_OTHER], dated=dated)
        return self.wording.tell_of([one.promiser], passage, given.to, dated=dated)


def shown_act(one: Undertaking) -> Act | None:
    """Return the act that breaks an undertaking, else one that fulfils it."""
    return one.broken_by or (one.fulfilling[0] if one.fulfilling else None)


def placed(order: dict[str, int]) -> Callable[[str], tuple[int, str]]:
    """Return what sorts codes in an order, those that it lacks last."""
    return lambda code: (order.get(code, len(order)), code)


def groups_of(groups: Iterable[Group], kind: str, lane: str) -> list[Group]:
    """Return the groups of a kind in a lane."""
    return [group for group in groups if group.kind == kind and group.lane == lane]


def signed(value: float) -> str:
    """Return a number from -1 to 1 with two digits, a sign, and a proper minus."""
    return f"{value:+.2f}".replace("-", "−")


def interval_text(row: dict[str, Any]) -> str:
    """Return the interval of an axis in brackets, nothing where there is none."""
    if row["axis_low"] is None or row["axis_high"] is None:
        return ""
    return f" [{signed(row['axis_low'])}, {signed(row['axis_high'])}]"


def documents_text(count: int) -> str:
    """Return how many documents, in words."""
    return "1 document" if count == 1 else f"{count:,} documents"


def records_text(count: int) -> str:
    """Return how many records, in words, with their verb."""
    return "1 record is" if count == 1 else f"{count:,} records are"


def acts_text(count: int) -> str:
    """Return how many acts, in words."""
    return "1 act" if count == 1 else f"{count:,} acts"
