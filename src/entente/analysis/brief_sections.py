"""The sections of a brief beside its sentences: timeline, axis, ties, promises, pairs, what is missing, references."""

import datetime as dt
from collections.abc import Sequence

import numpy as np
from msgspec.structs import replace

from entente.analysis.brief_lanes import LANES, Group, X, Y
from entente.analysis.brief_sentences import SentenceWriter
from entente.analysis.brief_words import CITED, Given, acts_text, documents_text, groups_of, records_text, shown_act
from entente.analysis.contradictions import Contradiction
from entente.analysis.dependence import Claim
from entente.analysis.facts import day_of
from entente.analysis.page import (
    AxisPoint,
    Figure,
    Gap,
    Mark,
    Pair,
    Promise,
    Reference,
    Tie,
)
from entente.analysis.passages import Passage
from entente.analysis.wording import capital, short_or_told


class SectionWriter(SentenceWriter):
    """Sets out what a page shows beside its sentences."""

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
        self._cite(name for name in ids[:CITED] if name in self._words)
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

    def _promise(self, given: Given) -> Promise:
        one = given.undertaking
        shown = shown_act(one)
        act = None if shown is None else self._passage(shown.record)
        places = [*one.promise, *(other.record for other in (*one.against, *one.fulfilling))]
        promise = self._passage(one.promise[0])
        self._cite([promise.id, *([] if act is None else [act.id])])
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
            date=short_or_told(promise.start, promise.end, promise.published),
            words=self._sentence_of(promise),
            act_date=None if act is None else short_or_told(act.start, act.end, act.published),
            act_words=None if act is None else self._sentence_of(act),
            leaders=leaders,
            promise=promise.id,
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
            statement_date=short_or_told(statement.start, statement.end, statement.published),
            statement_words=self._sentence_of(statement),
            act=act.id,
            act_date=short_or_told(act.start, act.end, act.published),
            act_words=self._sentence_of(act),
            opposition=opposition,
            order_known=one.order_known,
            records=ids,
        )

    # --- what is missing ------------------------------------------------------------------------------------------------

    def _gaps(self, groups: Sequence[Group]) -> list[Gap]:
        gaps = [gap for side in (X, Y) for gap in self._gaps_toward(groups, side)]
        lanes, facts = self.lanes, self.facts
        if not any(group.kind == "vote" for group in groups):
            gaps.append(Gap(f"No vote of the state {self._in_these_days}is in the ledger."))
        documents = facts.count_documents(np.array(sorted(lanes.all), dtype=np.int64)) if lanes.all else 0
        if documents == 1:
            gaps.append(Gap("All of it rests on one document.", tuple(self._ids(sorted(lanes.all)))))
        undated = [place for place in sorted(lanes.all) if not facts.dated[place] and facts.kind.word(place) in ("event", "vote")]
        if undated:
            gaps.append(Gap(f"{acts_text(len(undated))} without a date.", tuple(self._ids(undated))))
        if lanes.left_out:
            left = records_text(len(lanes.left_out))
            text = f"{left} left out, for they have no date and no document of these days tells of them."
            gaps.append(Gap(text, tuple(self._ids(lanes.left_out))))
        unsure = lanes.unreal()
        if unsure:
            text = f"{records_text(len(unsure))} planned, supposed or denied, and left out."
            gaps.append(Gap(text, tuple(self._ids(unsure))))
        places = [place for one in self._shown_pairs if not one.order_known for place in (one.statement, one.act)]
        if places:
            gaps.append(Gap("Of some contradictions the texts do not tell what came first.", tuple(self._ids(places))))
        return gaps

    @property
    def _in_these_days(self) -> str:
        """Return what an absence is said of, where days were asked for."""
        return "in these days " if self._bounded else ""

    def _gaps_toward(self, groups: Sequence[Group], side: int) -> list[Gap]:
        lane, name, choices = LANES[side], self.names[side], self.choices
        places = sorted(
            {place for group in groups_of(groups, "event", lane) if group.direction == "from" for place in group.records}
        )
        if not places:
            return [Gap(f"No act of the state toward {name} {self._in_these_days}is in the ledger.")]
        gaps = []
        documents = self.facts.count_documents(np.array(places))
        if len(places) < choices.thin_records or documents < choices.thin_documents:
            text = f"Toward {name} only {acts_text(len(places))}, from {documents_text(documents)}."
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
