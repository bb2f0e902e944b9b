"""Standing: dependence, exposure, commitments, contradictions and the brief, asked of one ledger.

What these need besides the records, that is names, leaders, phrases and the codebook's choices, is read once, when it is first
needed.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from entente.analysis.commitments import (
    CONTRADICTED,
    OPEN_STILL,
    STATUSES,
    Commitments,
    Undertaking,
    find_undertakings,
    judge_commitments,
)
from entente.analysis.contradictions import Contradictions, find_contradictions
from entente.analysis.dependence import Claim, Dependence, Exposure, Supposition, find_claims, measure_dependence, trace_exposure
from entente.analysis.facts import Facts, day_of
from entente.analysis.opponents import opposition_types
from entente.analysis.page import Brief, Versions
from entente.analysis.parties import Span
from entente.analysis.passages import Passages, read_between, read_passages, read_words
from entente.analysis.questions import Day, Questions, span_of
from entente.analysis.sides import Side
from entente.analysis.wording import Wording
from entente.codebook.judgements import Judgements, load_judgements, load_phrases
from entente.codebook.leaders import Leaders
from entente.codebook.measures import SHIPPED
from entente.codebook.vocabulary import TYPES, load_vocabulary
from entente.errors import InputError

if TYPE_CHECKING:  # for speed: no other question needs the sections of the brief
    from entente.analysis.brief import Request

_PARTS_OF_AN_ACT = 3


class Standing:
    """Asks one ledger where states stand; built on the questions that are put to it otherwise."""

    def __init__(self, questions: Questions, codebook: Path | None = None) -> None:
        """Prepare to ask.

        Args:
            questions: The ledger's facts and sides.
            codebook: A folder whose ``measures.yml`` is to be used in place of the shipped one.
        """
        self.questions = questions
        self._codebook = codebook

    @cached_property
    def judgements(self) -> Judgements:
        """What the judgements choose, from the codebook."""
        return load_judgements(self._codebook)

    @cached_property
    def wording(self) -> Wording:
        """Names, leaders and phrases."""
        names = self.questions.sides
        return Wording(names.states, names.by_code.values(), Leaders().of, load_phrases(self._codebook))

    def passages(self, facts: Facts) -> Passages:
        """Return what gives the words of records of some facts by id, with what one needs to quote them."""
        return lambda ids: read_passages(self.questions.reader, facts, ids)

    def words(self, ids: Sequence[str]) -> dict[str, str]:
        """Return the words of records by id, and nothing else of them."""
        return read_words(self.questions.reader, ids)

    def sentences(self, ids: Sequence[str]) -> dict[str, str]:
        """Return the whole sentences that records stand in, by id."""
        distinct = list(dict.fromkeys(ids))
        return dict(zip(distinct, read_between(self.questions.reader, [(name, name) for name in distinct]), strict=True))

    def codes(self, side: Side | None, day: dt.date | None = None) -> frozenset[str] | None:
        """Return the codes of a side, on a day where one is given; None for None."""
        if side is None:
            return None
        names = [part for name in ([side] if isinstance(side, str) else side) for part in name.upper().split("+")]
        return self.questions.sides.members(names, day)

    def dependence(self, of: Side | None = None, on: Side | None = None, *, as_of: Day = None) -> Dependence:
        """Return what states depend on; see `entente.analysis.dependence`.

        Args:
            of: Who depends; anybody where it is None.
            on: On whom; anybody where it is None.
            as_of: Leave out what was told after this day, or long before it.

        Raises:
            InputError: Both are the same.
        """
        day = span_of(None, as_of).until
        own, others = self.codes(of), self.codes(on)
        _refuse_same(own, others, f"{of} does not depend on itself; name another")
        facts, choices = self.questions.facts, self.judgements.dependence
        return measure_dependence(facts, choices, of=own, on=others, as_of=day, fetch=self.questions.fetch)

    def exposure(self, act: str, *, as_of: Day = None) -> Exposure:
        """Return who is hit if a given act cuts the links between two sides; see `entente.analysis.dependence`.

        Args:
            act: Type, sender and target: ``SANCTION WEST RUS``.
            as_of: Ties, and members of the sides, as of this day.

        Raises:
            InputError: The act is no such three words, its type or mode is none, or sender and target are the same.
        """
        day = span_of(None, as_of).until
        supposed = self._supposition(act, day)
        return trace_exposure(self.questions.facts, self.judgements.dependence, supposed, as_of=day, fetch=self.questions.fetch)

    def commitments(self, by: Side | None = None, to: Side | None = None, status: str | Iterable[str] = ()) -> Commitments:
        """Return undertakings with what became of them; see `entente.analysis.commitments`.

        Args:
            by: Promisers; anybody where it is None.
            to: Beneficiaries; anybody where it is None.
            status: Statuses to keep; all where there is none.

        Raises:
            InputError: A status is none, or promiser and beneficiary are the same.
        """
        wanted = [status] if isinstance(status, str) else list(status)
        if unknown := [name for name in wanted if name not in STATUSES]:
            raise InputError(f"{unknown[0]!r} is no status; the statuses are {', '.join(STATUSES)}")
        promisers, beneficiaries = self.codes(by), self.codes(to)
        _refuse_same(promisers, beneficiaries, f"{by} promises nothing to itself; name another beneficiary")
        facts = self.questions.facts
        return judge_commitments(
            facts,
            self.judgements.commitments,
            self.wording,
            self.passages(facts),
            self.words,
            by=promisers,
            to=beneficiaries,
            status=wanted,
            fetch=self.questions.fetch,
        )

    def contradictions(
        self, state: Side, between: tuple[Side, Side] | None = None, *, limit: int | None = None
    ) -> Contradictions:
        """Return the contradictions of a state, the strongest first; see `entente.analysis.contradictions`.

        Args:
            state: Whose.
            between: Two sides of which the statement or the act touches one.
            limit: At most so many.

        Raises:
            InputError: The two sides are the same.
        """
        sides = None if between is None else self._either(*between)
        own = self.codes(state) or frozenset()
        facts = self.questions.facts_about(own, opposition_types(self.judgements.contradictions))
        return find_contradictions(
            facts,
            self.judgements,
            self.wording,
            self.passages(facts),
            self.words,
            lambda pairs: read_between(self.questions.reader, pairs),
            own,
            between=sides,
            limit=limit,
            fetch=self.questions.fetch,
        )

    def _either(self, one: Side, other: Side) -> frozenset[str]:
        """Return the codes of two sides that differ."""
        first, second = (self.codes(side) or frozenset() for side in (one, other))
        _refuse_same(first, second, f"{one} and {other} are the same side; name two")
        return first | second

    def brief(self, state: str, between: tuple[Side, Side], *, since: Day = None, until: Day = None) -> Brief:
        """Return one page on where a state stands between two sides; see `entente.analysis.brief`.

        Args:
            state: The state's code.
            between: The side at 1 and the side at -1.
            since: What happened before this day, month or year is left out.
            until: What happened after it is left out.

        Raises:
            InputError: The two sides are the same, or the state is one of them.
        """
        from entente.analysis.brief import Findings, Request, compose_brief

        questions, span = self.questions, span_of(since, until)
        facts = questions.facts
        x, y = (questions.party(side) for side in between)
        request = Request(questions.party(state), x, y, span)
        stance = questions.stance(request.state.name, between, by="year", since=since, until=until)
        sides = [list(name.split("+")) for name in (x.name, y.name)]
        found = self.contradictions(state, (sides[0], sides[1])).found
        findings = Findings(
            stance=stance,
            undertakings=[one for one in self._undertakings(request) if _within(span, one.since)],
            contradictions=[one for one in found if _within(span, day_of(int(facts.day[one.act])))],
            claims=self._claims(request),
            versions=self._versions(),
        )
        passages = self.passages(facts)
        return compose_brief(facts, request, findings, self.judgements.brief, self.wording, passages, self.sentences)

    def _undertakings(self, request: Request) -> list[Undertaking]:
        """Return what the state undertook toward a side or nobody, and what the sides undertook toward it."""
        facts, choices = self.questions.facts, self.judgements.commitments
        own = {member.code for member in request.state.members}
        sides = {member.code for party in (request.x, request.y) for member in party.members} - own
        given = find_undertakings(facts, choices, self.wording, self.words, by=own)
        given = [one for one in given if one.beneficiary is None or one.beneficiary in sides]
        taken = find_undertakings(facts, choices, self.wording, self.words, by=sides, to=own)
        weight = {CONTRADICTED: 0, OPEN_STILL: 2}
        return sorted(given + taken, key=lambda one: (weight.get(one.status, 1), one.since is None, one.since or dt.date.min))

    def _claims(self, request: Request) -> list[Claim]:
        """Return what the state depends on, the sides first, and the sides' own dependence on it."""
        facts, choices = self.questions.facts, self.judgements.dependence
        own = {member.code for member in request.state.members}
        sides = {member.code for party in (request.x, request.y) for member in party.members} - own
        until = request.span.until
        claims = find_claims(facts, choices, of=own, as_of=until)
        claims.sort(key=lambda claim: claim.on not in sides)
        return claims + find_claims(facts, choices, of=sides, on=own, as_of=until)

    def _versions(self) -> Versions:
        snapshot = self.questions.reader.snapshot
        last = snapshot.runs[-1] if snapshot.runs else None
        if last is None:
            return Versions(snapshot.version, "", "", "")
        return Versions(snapshot.version, last.entente, last.codebook, last.pipeline)

    def _supposition(self, act: str, day: dt.date | None) -> Supposition:
        words = act.split()
        if len(words) != _PARTS_OF_AN_ACT:
            raise InputError(f"{act!r} is no act; write type, sender and target, as in SANCTION WEST RUS")
        type_, sender, target = words
        name, slash, mode = type_.partition("/")
        if name.upper() not in TYPES["event"]:
            raise InputError(f"{name!r} is no type of event; the types are {', '.join(TYPES['event'])}")
        modes = load_vocabulary(SHIPPED.with_name("vocabulary.yml")).modes_of(name.upper())
        if slash and mode.lower() not in modes:
            known = f"its modes are {', '.join(sorted(modes))}" if modes else "it has none"
            raise InputError(f"{mode!r} is no mode of {name.upper()}; {known}")
        senders, targets = (self.codes(side, day) or frozenset() for side in (sender, target))
        _refuse_same(senders, targets, f"{sender} and {target} are the same side; an act goes from one to another")
        return Supposition(name.upper() + slash + mode.lower(), senders, targets, act)


def _refuse_same(one: frozenset[str] | None, other: frozenset[str] | None, message: str) -> None:
    """Refuse a question about somebody and themselves.

    Raises:
        InputError: Both are the same.
    """
    if one is not None and one == other:
        raise InputError(message)


def _within(span: Span, day: dt.date | None) -> bool:
    """Return whether a day lies in the span; an unknown day does."""
    if day is None:
        return True
    return (span.since is None or day >= span.since) and (span.until is None or day <= span.until)
