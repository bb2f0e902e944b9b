"""The brief: one page on where a state stands between two sides, put together from records by templates.

Nothing in it is free invention: a sentence is a phrase of the codebook with names and dates put in, and every clause and figure
names the records it rests on. What a page holds at most, and what it calls thin, stands in ``measures.yml`` under ``brief``.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import numpy as np
from msgspec import Struct
from msgspec.structs import replace

from entente.analysis.commitments import Act, Undertaking
from entente.analysis.contradictions import Contradiction
from entente.analysis.dependence import Claim
from entente.analysis.facts import JOINT, NOBODY, OPEN, STATED, Facts, day_of
from entente.analysis.matching import Pairs, Places, base_codes, pairs_of
from entente.analysis.page import (
    AxisPoint,
    Brief,
    Clause,
    Direction,
    Figure,
    Gap,
    Lane,
    Mark,
    Pair,
    Promise,
    Reference,
    Sentence,
    Side,
    Source,
    Tie,
    Versions,
)
from entente.analysis.parties import Party, Span
from entente.analysis.passages import Passage, Passages
from entente.analysis.sides import SideTable, overlap
from entente.analysis.stance import Stance
from entente.analysis.wording import EACH_OTHER, Wording, capital, short_days
from entente.codebook.judgements import BriefChoices

X, Y = 0, 1
_CITED = 3  # references that a clause shows; all of its records are in the data
_DAYS_A_YEAR = 365
_NAMED = 3  # recipients that a clause names for several records
_MUTUAL = ("alliance", "kinship", "dispute", "rivalry")
_LANES: tuple[Lane, ...] = ("x", "y", "both")


class Request(Struct, frozen=True):
    """What a brief is asked for: the state, the two sides, and the days."""

    state: Party
    x: Party
    y: Party
    span: Span


class Findings(Struct, frozen=True):
    """What other measures found for the brief."""

    stance: Stance | None
    undertakings: Sequence[Undertaking]
    contradictions: Sequence[Contradiction]
    claims: Sequence[Claim]
    versions: Versions


Sentences = Callable[[Sequence[str]], dict[str, str]]
"""Returns the whole sentences that records stand in, by id."""


def compose_brief(
    facts: Facts,
    request: Request,
    findings: Findings,
    choices: BriefChoices,
    wording: Wording,
    passages: Passages,
    sentences: Sentences,
) -> Brief:
    """Return one page on where a state stands between two sides.

    Args:
        facts: The ledger's records.
        request: State, sides, days.
        findings: Stance, commitments, contradictions and dependences of the state.
        choices: How much a page holds.
        wording: Names and phrases.
        passages: Returns the words of records.
        sentences: Returns the sentences that they stand in.
    """
    return _Composer(facts, request, findings, choices, wording, passages, sentences).page()


class _Group(Struct, frozen=True):
    """Records of one kind, type and mode in one lane and direction; ``records`` are places, the weightiest and latest first."""

    lane: Lane
    direction: Direction
    kind: str
    records: tuple[int, ...]
    documents: int
    weight: float


class _Given(Struct, frozen=True):
    """An undertaking with all ``to`` whom its record gave it, who gave it in return where it is ``mutual``."""

    undertaking: Undertaking
    to: tuple[str, ...]
    mutual: bool = False


class _Composer:
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
        self.lanes = _Lanes(facts, request, self.base)
        self.state = request.state.name
        self.names = tuple(self._side_name(side) for side in (request.x, request.y))

    def page(self) -> Brief:
        """Return the page."""
        groups = self.lanes.groups()
        self._prepare(groups)
        request = self.request
        sentences = tuple(sentence for sentence in self._sentences(groups) if sentence.clauses or sentence.others)
        brief = Brief(
            state=self.state,
            name=self.wording.name(self.state),
            x=self._side(request.x, self.names[X]),
            y=self._side(request.y, self.names[Y]),
            since=request.span.since,
            until=request.span.until,
            sentences=sentences,
            ties=self._ties(),
            promises=self._promises(),
            contradictions=self._pairs(),
            timeline=self._timeline(),
            axis=self._axis(),
            axis_note=self._axis_note(),
            missing=tuple(self._gaps(groups)),
            sources=(),
            versions=self.findings.versions,
            references=(),
        )
        return _with_references(brief, self._references())

    # --- words and citations --------------------------------------------------------------------------------------------

    def _prepare(self, groups: Sequence[_Group]) -> None:
        """Read the words of every record that a section may show, at once."""
        places = {place for group in groups for place in group.records[:_CITED]}
        places.update(self.lanes.timeline(self.choices.timeline))
        places.update(self.lanes.ties()[: self.choices.ties])
        for one in self.findings.contradictions:
            places.update((one.statement, one.act, *(() if one.opposition is None else (one.opposition,))))
        for given in self._merged()[: max(self.choices.acts, self.choices.commitments)]:
            undertaking = given.undertaking
            places.add(undertaking.promise[0])
            places.update(act.record for act in (*undertaking.against, *undertaking.fulfilling))
        for claim in self.findings.claims[: self.choices.ties]:
            places.update(claim.records[:_CITED])
        self._words = self._read(self._ids(sorted(places)))
        self._whole = self._sentences_of(self._ids(sorted(self._beside())))

    def _beside(self) -> set[int]:
        """Return the places of the records that promises and contradictions set side by side."""
        places = {place for one in self._shown_pairs for place in (one.statement, one.act)}
        for given in self._merged()[: self.choices.commitments]:
            one = given.undertaking
            act = _shown_act(one)
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
        shown = [name for name in ids if name in self._words][:_CITED]
        return Clause(text, tuple(ids), self._cite(shown))

    def _side(self, party: Party, name: str) -> Side:
        return Side(party.name, name, tuple(sorted({member.code for member in party.members})))

    def _side_name(self, party: Party) -> str:
        return self.wording.listed(party.name.split("+"))

    # --- sentences ------------------------------------------------------------------------------------------------------

    def _sentences(self, groups: Sequence[_Group]) -> list[Sentence]:
        name = capital(self.wording.name(self.state))
        stated = [group for group in groups if group.direction == "from"]
        return [
            self._sentence("position", name, [group for group in stated if group.kind == "position"]),
            self._tied(name),
            *(self._acts(groups, side) for side in (X, Y)),
            self._sentence("both", "Toward both it", _of(stated, "event", "both")),
            self._sentence("votes", "In votes it", [group for group in stated if group.kind == "vote"]),
            self._undertaken(),
            self._contradicted(),
            self._standing(name),
        ]

    def _sentence(self, topic: str, opening: str, groups: Sequence[_Group]) -> Sentence:
        return Sentence(topic, opening, tuple(self._told(group) for group in groups[: self.choices.acts]))

    def _acts(self, groups: Sequence[_Group], side: int) -> Sentence:
        """Return what the state did toward a side, and what that did toward it."""
        lane = _LANES[side]
        own = _of([group for group in groups if group.direction == "from"], "event", lane)
        theirs = _of([group for group in groups if group.direction == "to"], "event", lane)
        clauses = tuple(self._told(group) for group in own[: self.choices.acts])
        others = tuple(self._told_of_other(group) for group in theirs[: max(1, self.choices.acts // 2)])
        return Sentence(f"acts toward {lane}", capital(self.wording.name(self.state)) if own else "", clauses, others)

    def _told(self, group: _Group) -> Clause:
        """Return what records of one type say: once with its date, or how often and between when."""
        first = self._passage(group.records[0])
        recipients = self._recipients(group, first)
        several = len(group.records) > 1
        return self._counted(group, self.wording.tell(first, recipients, dated=not several, several=several))

    def _told_of_other(self, group: _Group) -> Clause:
        first = self._passage(group.records[0])
        several = len(group.records) > 1
        told = self.wording.tell_of(self._others(first.actor), first, [self.state], dated=not several, several=several)
        return self._counted(group, told)

    def _recipients(self, group: _Group, passage: Passage) -> list[str]:
        """Return whom records are directed at: of several records the commonest of the lane, of one all that it names."""
        if len(group.records) > 1 and (common := self.lanes.commonest(group.records, group.lane)):
            return common
        if passage.recipient:
            return list(passage.recipient)
        return self._others(passage.actor) if group.lane != "both" else []

    def _others(self, codes: Iterable[str]) -> list[str]:
        return [code for code in dict.fromkeys(codes) if code != self.state] or list(codes)

    def _counted(self, group: _Group, text: str) -> Clause:
        if len(group.records) > 1:
            dated = [self.facts.day[place] for place in group.records if self.facts.dated[place]]
            years = sorted({day.year for number in dated if (day := day_of(int(number)))})
            when = "" if not years else f", {years[0]}" if len(years) == 1 else f", {years[0]}–{years[-1]}"
            text += f" ({len(group.records):,} records in {_documents(group.documents)}{when})"
        elif self._bounded and self.facts.as_of[group.records[0]] == OPEN:
            text += " (the text gives no date)"
        return self._clause(text, group.records)

    def _tied(self, name: str) -> Sentence:
        """Return the ties to members of the sides, and the heaviest dependences."""
        own: dict[str, list[int]] = {}
        theirs: dict[str, list[int]] = {}
        for place in self.lanes.ties()[: self.choices.ties]:
            passage = self._words.get(self._id(place))
            if passage is not None and place in self.lanes.toward_sides:
                if self._is_own(passage):
                    own.setdefault(self._tie_words(passage), []).append(place)
                else:
                    theirs.setdefault(self._tie_words(passage), []).append(place)
        clauses, others = (
            tuple(self._clause(told, places) for told, places in list(found.items())[: self.choices.acts])
            for found in (own, theirs)
        )
        return Sentence("ties", name if own else "", clauses, others)

    def _tie_words(self, passage: Passage) -> str:
        turned = self.state not in passage.actor and passage.type in _MUTUAL
        recipients = self._others(passage.actor) if turned or not passage.recipient else passage.recipient
        if self._is_own(passage):
            return self.wording.tell(passage, recipients)
        return self.wording.tell_of(passage.actor, passage, recipients)

    def _is_own(self, passage: Passage) -> bool:
        """Return whether a tie is told with the state as its subject, which then is left out."""
        return self.state in passage.actor or passage.type in _MUTUAL

    def _undertaken(self) -> Sentence:
        clauses = []
        for given in self._merged()[: self.choices.acts]:
            one, told = given.undertaking, self._promised(given, dated=True)
            places = [*one.promise, *(act.record for act in (*one.against, *one.fulfilling))]
            clauses.append(self._clause(f"{told} ({one.status})", places))
        return Sentence("commitments", "", (), tuple(clauses))

    def _contradicted(self) -> Sentence:
        clauses = [
            self._clause(one.says.rstrip("."), (one.statement, one.act, *(() if one.opposition is None else (one.opposition,))))
            for one in [one for one in self.findings.contradictions if one.strength >= self.choices.headline][:2]
        ]
        return Sentence("contradictions", "Words and acts do not agree:" if clauses else "", (), tuple(clauses))

    def _standing(self, name: str) -> Sentence:
        row = self._last_stance()
        if row is None or self.findings.stance is None:
            return Sentence("stance", "", ())
        place, found = row
        ids = self.findings.stance.ids(place)
        if found["axis"] is None:
            text = f"the records are too few for a figure: {found['records']:,} in {_documents(found['documents'])}"
        else:
            when = f"at the end of {found['end']:%Y}"
            label = str(found["label"])
            for party, called in zip((self.request.x, self.request.y), self.names, strict=True):
                label = label.replace(f"with {party.name}", f"with {called}")
            text = f"the axis stood at {signed(found['axis'])}{_interval_text(found)} {when}, {label}"
        shown = self._cite([name for name in ids if name in self._words][:_CITED])
        opening = f"On the scale from −1 ({self.names[Y]}) to 1 ({self.names[X]}),"
        return Sentence("stance", opening, (Clause(text, tuple(ids), shown),) if ids else ())

    def _last_stance(self) -> tuple[int, dict[str, Any]] | None:
        stance = self.findings.stance
        rows = [] if stance is None else [(place, row) for place, row in enumerate(stance.rows()) if row["records"]]
        return rows[-1] if rows else None

    # --- sections -------------------------------------------------------------------------------------------------------

    def _timeline(self) -> tuple[Mark, ...]:
        """Return the acts in the order of their days; what several records say alike of one date is one mark."""
        marks: dict[tuple[object, ...], Mark] = {}
        for place in self.lanes.timeline(self.choices.timeline):
            mark = self._mark(place)
            key = (mark.lane, mark.direction, mark.start, mark.end, mark.says)
            if key in marks:
                mark = replace(marks[key], records=marks[key].records + mark.records)
            marks[key] = mark
        return tuple(sorted(marks.values(), key=lambda mark: mark.start or mark.told or dt.date.max))

    def _mark(self, place: int) -> Mark:
        passage = self._passage(place)
        lane, direction = self.lanes.where(place)
        quad, kind = int(self.facts.quad[place]), passage.kind
        by_kind = {"support": "cooperation", "oppose": "conflict"}.get(passage.type, "neither")
        tone = "neither" if not quad else "cooperation" if quad <= 2 else "conflict"
        subjects = passage.actor if passage.recipient else (self.state,)
        recipients = passage.recipient or [code for code in passage.actor if code != self.state and direction == "from"]
        return Mark(
            lane=lane,
            direction=direction,
            start=passage.start,
            end=passage.end,
            told=passage.published,
            tone=by_kind if kind == "position" else tone,  # type: ignore[arg-type]
            manner="deeds" if quad in (2, 4) else "words",
            says=capital(self.wording.tell_of(subjects, passage, recipients)),
            label=self.wording.tell(passage, [], dated=False),
            records=self._cite([passage.id]),
        )

    def _axis(self) -> tuple[AxisPoint, ...]:
        stance = self.findings.stance
        if stance is None:
            return ()
        points = []
        for place, row in enumerate(stance.rows()):
            if row["records"]:
                figure = Figure(
                    row["axis"],
                    tuple(stance.ids(place)),
                    row["documents"],
                    row["axis_low"],
                    row["axis_high"],
                    row["note"] or None,
                )
                points.append(AxisPoint(row["start"], row["end"], figure, row["label"]))
        return tuple(points)

    def _axis_note(self) -> Gap | None:
        """Return why there is no axis, or no interval around it."""
        stance = self.findings.stance
        if stance is None:
            return Gap("The stance between these sides was not measured.")
        last = self._last_stance()
        records = () if last is None else tuple(stance.ids(last[0]))
        if not any(row["axis"] is not None for row in stance.rows()):
            return Gap("Too little dated evidence for an axis.", records)
        note = stance.notes.get("interval_note")
        return None if note is None else Gap(f"No interval: {note}.", records)

    def _ties(self) -> tuple[Tie, ...]:
        found = [self._dependence(claim) for claim in self.findings.claims[: self.choices.ties]]
        ties = {(tie.type, tie.partner, tie.says): tie for tie in found if tie is not None}
        for place in self.lanes.ties()[: self.choices.ties]:
            passage = self._words.get(self._id(place))
            if passage is not None and passage.type != "dependence":
                tie = self._tie(passage)
                ties.setdefault((tie.type, tie.partner, tie.says), tie)
        return tuple(ties.values())[: self.choices.ties]

    def _dependence(self, claim: Claim) -> Tie | None:
        passage = self._words.get(self._id(claim.records[0]))
        if passage is None:
            return None
        ids = tuple(self._ids(claim.records))
        self._cite(name for name in ids[:_CITED] if name in self._words)
        documents = self.facts.count_documents(np.array(claim.records))
        share = None if claim.share is None else Figure(claim.share, ids, documents, claim.low, claim.high)
        own = claim.actor == self.state
        told = self.wording.tell(passage, [claim.on], dated=False)
        return Tie(
            type="dependence",
            partner=claim.on if own else claim.actor,
            says=told if own else f"{self.wording.name(claim.actor)} {told}",
            flow=claim.flow,
            share=share,
            rank=claim.rank,
            since=claim.since,
            until=claim.until,
            told=claim.told,
            records=ids,
        )

    def _tie(self, passage: Passage) -> Tie:
        own = self.state in passage.actor
        partners = passage.recipient if own and passage.recipient else self._others(passage.actor)
        return Tie(
            type=passage.type,
            partner="+".join(partners),
            says=self._tie_words(passage),
            flow=None,
            share=None,
            rank=None,
            since=passage.start,
            until=passage.end,
            told=passage.published,
            records=self._cite([passage.id]),
        )

    def _promises(self) -> tuple[Promise, ...]:
        return tuple(self._promise(given) for given in self._merged()[: self.choices.commitments])

    def _merged(self) -> list[_Given]:
        """Return the undertakings, those of one record and one fate as one: to several, or of parties to each other."""
        pairs: dict[tuple[object, ...], _Given] = {}
        for one in self.findings.undertakings:
            pair = (frozenset((one.promiser, one.beneficiary)), one.promise, one.type, one.status, one.broken_by)
            to = () if one.beneficiary is None else (one.beneficiary,)
            pairs[pair] = replace(pairs[pair], mutual=True) if pair in pairs else _Given(one, to)
        found: dict[tuple[object, ...], _Given] = {}
        for given in pairs.values():
            one = given.undertaking
            key = (given.mutual or one.promiser, one.promise, one.type, one.status, one.broken_by)
            first = found.get(key, given)
            parties = {*first.to, *given.to, one.promiser} - {first.undertaking.promiser}
            order = {code: place for place, code in enumerate((*one.passage.actor, *one.passage.recipient))}
            found[key] = replace(first, to=tuple(sorted(parties, key=_placed(order))))
        return list(found.values())

    def _promised(self, given: _Given, *, dated: bool) -> str:
        one = given.undertaking
        if given.mutual:
            return self.wording.tell_of((one.promiser, *given.to), one.passage, [EACH_OTHER], dated=dated)
        return self.wording.tell_of([one.promiser], one.passage, given.to, dated=dated)

    def _promise(self, given: _Given) -> Promise:
        one = given.undertaking
        shown = _shown_act(one)
        act = None if shown is None else self._passage(shown.record)
        places = [*one.promise, *(other.record for other in (*one.against, *one.fulfilling))]
        self._cite([one.passage.id, *([] if act is None else [act.id])])
        leaders = None
        if one.leaders is not None:
            leaders = f"{one.leaders[1]} was {one.leaders[0]} at the promise, {one.leaders[2]} at the act"
        return Promise(
            says=capital(self._promised(given, dated=False)),
            promiser=one.promiser,
            beneficiary="+".join(given.to) or None,
            type=one.type,
            strength=one.strength,
            status=one.status,
            reason=one.reason,
            date=short_days(one.passage.start, one.passage.end) or "no date",
            words=self._sentence_of(one.passage),
            act_date=None if act is None else short_days(act.start, act.end) or "no date",
            act_words=None if act is None else self._sentence_of(act),
            leaders=leaders,
            promise=one.passage.id,
            act=None if act is None else act.id,
            records=tuple(self._ids(dict.fromkeys(places))),
        )

    def _pairs(self) -> tuple[Pair, ...]:
        return tuple(self._pair(one) for one in self._shown_pairs)

    def _pair(self, one: Contradiction) -> Pair:
        statement, act = self._passage(one.statement), self._passage(one.act)
        ids = tuple(self._ids(one.records))
        documents = self.facts.count_documents(np.array(one.records))
        self._cite([statement.id, act.id])
        opposition = None if one.opposition is None else self._passage(one.opposition).id
        self._cite([] if opposition is None else [opposition])
        return Pair(
            sort=one.sort,
            rule=one.rule,
            says=one.says,
            strength=Figure(one.strength, ids, documents, note="a rank by rule, without an interval"),
            statement=statement.id,
            statement_date=short_days(statement.start, statement.end) or "no date",
            statement_words=self._sentence_of(statement),
            act=act.id,
            act_date=short_days(act.start, act.end) or "no date",
            act_words=self._sentence_of(act),
            opposition=opposition,
            order_known=one.order_known,
            records=ids,
        )

    # --- what is missing ------------------------------------------------------------------------------------------------

    def _gaps(self, groups: Sequence[_Group]) -> list[Gap]:
        gaps = [gap for side in (X, Y) for gap in self._gaps_toward(groups, side)]
        lanes, facts = self.lanes, self.facts
        if not any(group.kind == "vote" for group in groups):
            gaps.append(Gap(f"No vote of the state {self._in_these_days}is in the ledger."))
        documents = facts.count_documents(np.array(sorted(lanes.all), dtype=np.int64)) if lanes.all else 0
        if documents == 1:
            gaps.append(Gap("All of it rests on one document.", tuple(self._ids(sorted(lanes.all)))))
        undated = [place for place in sorted(lanes.all) if not facts.dated[place] and facts.kind.word(place) in ("event", "vote")]
        if undated:
            gaps.append(Gap(f"{_acts(len(undated))} without a date.", tuple(self._ids(undated))))
        if lanes.left_out:
            text = f"{_records(len(lanes.left_out))} left out, for they have no date and no document of these days tells of them."
            gaps.append(Gap(text, tuple(self._ids(lanes.left_out))))
        unsure = lanes.unreal()
        if unsure:
            text = f"{_records(len(unsure))} planned, supposed or denied, and left out."
            gaps.append(Gap(text, tuple(self._ids(unsure))))
        places = [place for one in self._shown_pairs if not one.order_known for place in (one.statement, one.act)]
        if places:
            gaps.append(Gap("Of some contradictions the texts do not tell what came first.", tuple(self._ids(places))))
        return gaps

    @property
    def _bounded(self) -> bool:
        return self.request.span != Span()

    @property
    def _in_these_days(self) -> str:
        """Return what an absence is said of, where days were asked for."""
        return "in these days " if self._bounded else ""

    def _gaps_toward(self, groups: Sequence[_Group], side: int) -> list[Gap]:
        lane, name, choices = _LANES[side], self.names[side], self.choices
        places = sorted({place for group in _of(groups, "event", lane) if group.direction == "from" for place in group.records})
        if not places:
            return [Gap(f"No act of the state toward {name} {self._in_these_days}is in the ledger.")]
        gaps = []
        documents = self.facts.count_documents(np.array(places))
        if len(places) < choices.thin_records or documents < choices.thin_documents:
            text = f"Toward {name} only {_acts(len(places))}, from {_documents(documents)}."
            gaps.append(Gap(text, tuple(self._ids(places))))
        days = np.unique(self.facts.day[places][self.facts.dated[places]])
        silence = np.diff(days)
        if silence.size and int(silence.max()) >= choices.silence_days:
            at = int(silence.argmax())
            edge = [place for place in places if self.facts.day[place] in (days[at], days[at + 1]) and self.facts.dated[place]]
            years = f"{day_of(int(days[at])):%B %Y} to {day_of(int(days[at + 1])):%B %Y}"
            gaps.append(Gap(f"No act toward {name} from {years}.", tuple(self._ids(edge))))
        return gaps

    # --- references -----------------------------------------------------------------------------------------------------

    def _references(self) -> list[tuple[Reference, Passage]]:
        passages = [self._words[name] for name in self._cited]
        return [
            (
                Reference(
                    number=number,
                    id=passage.id,
                    says=capital(self.wording.tell_of(passage.actor, passage)),
                    words=passage.words,
                    status=passage.status,
                    document=passage.document,
                    title=passage.title,
                    published=passage.published,
                    sentence=passage.sentence,
                ),
                passage,
            )
            for number, passage in enumerate(passages, 1)
        ]


class _Lanes:
    """Which records stand in which lane and direction.

    Attributes:
        toward: For each side the places of records from the state to it.
        backward: For each side the places of records from it to the state.
        elsewhere: Places of the state's votes, positions and talks toward others or nobody.
        toward_sides: Places of all records that link the state with a side.
        left_out: Places of undated records that do, and that no document of the days asked for tells.
    """

    def __init__(self, facts: Facts, request: Request, base: Places) -> None:
        self.facts = facts
        shared = overlap(request.x.members, request.y.members) | {request.state.name}
        self.own = SideTable(facts, request.state.members).ever
        self.sides = [SideTable(facts, party.members, shared) for party in (request.x, request.y)]
        touched = self.own[facts.actor] | self.own[facts.recipient]
        inside = request.span.holds(np.where(facts.as_of == OPEN, facts.published, facts.as_of))[facts.record]
        self._pairs = pairs_of(facts, np.flatnonzero(touched & inside), base)
        outside = pairs_of(facts, np.flatnonzero(touched & ~inside & (facts.real & ~facts.dated)[facts.record]), base)
        self.left_out = sorted(
            set().union(*(self._set(outside, side, back=back) for side in self.sides for back in (False, True)))
        )
        real = self._pairs.only(facts.real[self._pairs.record])
        self.toward = [self._set(real, side, back=False) for side in self.sides]
        self.backward = [self._set(real, side, back=True) for side in self.sides]
        self.toward_sides = set().union(*self.toward, *self.backward)
        vote, position = (facts.kind.values[real.record] == facts.kind.place(kind) for kind in ("vote", "position"))
        mine = real.record[(vote | (position & (real.recipient == NOBODY))) & self.own[real.actor]]
        self.elsewhere = set(mine[~np.isin(mine, list(self.toward_sides))].tolist())
        self.all = self.toward_sides | self.elsewhere

    def _set(self, pairs: Pairs, side: SideTable, *, back: bool) -> set[int]:
        actor, recipient = (pairs.recipient, pairs.actor) if back else (pairs.actor, pairs.recipient)
        days = self.facts.as_of[pairs.record]
        seats = (pairs.seat == STATED) if back else (pairs.seat == STATED) | (pairs.seat == JOINT)
        fits = self.own[actor] & side.holds(recipient.astype(np.int16), days) & seats & (recipient != NOBODY)
        return set(pairs.record[fits].tolist())

    def commonest(self, places: Sequence[int], lane: Lane) -> list[str]:
        """Return the codes of a lane's side that the records name as recipients, the commonest first, three at most."""
        facts = self.facts
        pairs = self._pairs.only(np.isin(self._pairs.record, np.array(places)))
        wanted = self.sides[X].ever | self.sides[Y].ever if lane == "both" else self.sides[_LANES.index(lane)].ever
        counts = np.bincount(pairs.recipient[wanted[pairs.recipient]], minlength=len(facts.codes))
        order = np.argsort(-counts, kind="stable")
        return [facts.codes[place] for place in order[:_NAMED].tolist() if counts[place] > 0]

    def where(self, place: int) -> tuple[Lane, Direction]:
        """Return the lane and direction of a record."""
        for sets, direction in ((self.toward, "from"), (self.backward, "to")):
            found = [place in lane for lane in sets]
            if any(found):
                return ("both" if all(found) else "x" if found[X] else "y"), direction  # type: ignore[return-value]
        return "both", "from"

    def groups(self) -> list[_Group]:
        """Return the records grouped by lane, direction, kind, type and mode, the weightiest group first."""
        found: dict[tuple[str, ...], list[int]] = {}
        facts = self.facts
        for place in sorted(self.all):
            kind = facts.kind.word(place) or ""
            if kind in ("event", "position", "vote"):
                lane, direction = self.where(place)
                key = (lane, direction, kind, facts.type.word(place) or "", facts.mode.word(place) or "")
                found.setdefault(key, []).append(place)
        groups = [self._group(key, places) for key, places in found.items()]
        return sorted(groups, key=lambda group: -group.weight)

    def _group(self, key: tuple[str, ...], places: list[int]) -> _Group:
        facts = self.facts
        ordered = sorted(places, key=lambda place: (-self.weight(place), -int(facts.as_of[place])))
        documents = facts.count_documents(np.array(places))
        weight = self.weight(ordered[0]) * math.log1p(documents)
        return _Group(key[0], key[1], key[2], tuple(ordered), documents, weight)  # type: ignore[arg-type]

    def weight(self, place: int) -> float:
        """Return how much a record matters for a page: its score without a sign, and less where it has no date."""
        score = float(self.facts.score[place])
        return (5.0 if math.isnan(score) else max(1.0, abs(score))) * (1.0 if self.facts.dated[place] else 0.8)

    def timeline(self, most: int) -> list[int]:
        """Return the places of the acts that a timeline shows: of each lane and year the weightiest, until there are enough."""
        facts = self.facts
        acts = [place for place in self.all if facts.kind.word(place) in ("event", "position", "vote")]
        acts.sort(key=lambda place: (-self.weight(place), -int(facts.as_of[place]), place))
        if len(acts) <= most:
            return acts
        turns: dict[tuple[Lane, int], int] = {}
        ranked = []
        for order, place in enumerate(acts):
            cell = (self.where(place)[0], int(facts.as_of[place]) // _DAYS_A_YEAR)
            turns[cell] = turns.get(cell, 0) + 1
            ranked.append((turns[cell], order, place))
        return [place for *_, place in sorted(ranked)[:most]]

    def ties(self) -> list[int]:
        """Return the places of the state's ties, those to the two sides first, offices left out."""
        facts, pairs = self.facts, self._pairs
        kinds = (facts.kind.values == facts.kind.place("tie")) & (facts.type.values != facts.type.place("office")) & facts.real
        places = np.unique(pairs.record[kinds[pairs.record]]).tolist()
        rank = {"alliance": 0, "dependence": 1, "presence": 2, "dispute": 3, "membership": 4}
        return sorted(
            places,
            key=lambda place: (
                place not in self.toward_sides,
                rank.get(facts.type.word(place) or "", 9),
                -int(facts.as_of[place]),
            ),
        )

    def unreal(self) -> list[int]:
        """Return the places of records between state and sides that are planned, supposed or denied."""
        pairs = self._pairs.only(~self.facts.real[self._pairs.record])
        found = set().union(*(self._set(pairs, side, back=back) for side in self.sides for back in (False, True)))
        return sorted(found)


def _shown_act(one: Undertaking) -> Act | None:
    """Return the act that breaks an undertaking, else one that fulfils it."""
    return one.broken_by or (one.fulfilling[0] if one.fulfilling else None)


def _placed(order: dict[str, int]) -> Callable[[str], tuple[int, str]]:
    """Return what sorts codes in an order, those that it lacks last."""
    return lambda code: (order.get(code, len(order)), code)


def _of(groups: Iterable[_Group], kind: str, lane: str) -> list[_Group]:
    return [group for group in groups if group.kind == kind and group.lane == lane]


def _with_references(brief: Brief, cited: Sequence[tuple[Reference, Passage]]) -> Brief:
    """Return the brief with its references and the documents that these stand in."""
    sources: dict[str, tuple[Passage, list[str]]] = {}
    for _, passage in cited:
        sources.setdefault(passage.document, (passage, []))[1].append(passage.id)
    listed = [
        Source(passage.document, passage.title, passage.source, passage.url, passage.published, tuple(ids))
        for passage, ids in sources.values()
    ]
    return replace(brief, sources=tuple(listed), references=tuple(reference for reference, _ in cited))


def signed(value: float) -> str:
    """Return a number from -1 to 1 with two digits, a sign, and a proper minus."""
    return f"{value:+.2f}".replace("-", "−")


def _interval_text(row: dict[str, Any]) -> str:
    if row["axis_low"] is None or row["axis_high"] is None:
        return ""
    return f" [{signed(row['axis_low'])}, {signed(row['axis_high'])}]"


def _documents(count: int) -> str:
    return "1 document" if count == 1 else f"{count:,} documents"


def _records(count: int) -> str:
    return "1 record is" if count == 1 else f"{count:,} records are"


def _acts(count: int) -> str:
    return "1 act" if count == 1 else f"{count:,} acts"
