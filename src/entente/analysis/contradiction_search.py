"""The search for contradictions of one state: which of its statements the codebook's rules hold against which of its acts."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cached_property

import numpy as np
from msgspec import Struct

from entente.analysis.facts import NOBODY, Facts
from entente.analysis.matching import Floats, Places, Sorted, base_codes, pairs_of
from entente.analysis.opponents import Opponents
from entente.analysis.strongest import Hits, Query, joined_hits, strongest_statements
from entente.analysis.timelines import Times, times_of
from entente.codebook.judgements import ContradictionChoices, ContradictionRule

Between = Callable[[Sequence[tuple[str, str]]], list[str]]
"""Returns the text of one document between two of its records."""

_MOST_NEAR = 20  # acts of a document that are held against one statement by their words


class Contradiction(Struct, frozen=True, kw_only=True):
    """A pair of records that do not go together.

    Attributes:
        rule, sort: What found it.
        actor: Whose contradiction it is.
        partner: Toward whom the statement is, None where it names nobody.
        other: Toward whom the act is, None where it names nobody.
        strength: From 0 to 1.
        statement, act, opposition: Places of records; the opposition makes partner and other opponents.
        also: Places of further records that tell of the same.
        order_known: Whether the texts tell that the statement came first, or held through the act.
        says: The sentence in plain words.
        leaders: Office, holder at the statement, holder at the act, where these differ.
    """

    rule: str
    sort: str
    actor: str
    partner: str | None
    other: str | None
    strength: float
    statement: int
    act: int
    opposition: int | None = None
    also: tuple[int, ...] = ()
    order_known: bool = True
    says: str = ""
    leaders: tuple[str, str, str] | None = None

    @property
    def records(self) -> tuple[int, ...]:
        """The places of all records."""
        witness = () if self.opposition is None else (self.opposition,)
        return (self.statement, self.act, *witness, *self.also)


class Search:
    """The pairs of one state, and the rules held against them."""

    def __init__(self, facts: Facts, choices: ContradictionChoices, state: Sequence[str], between_texts: Between) -> None:
        self.facts = facts
        self.choices = choices
        self.base = base_codes(facts)
        self.size = len(facts.codes) + 1
        self.between_texts = between_texts
        own = facts.code_table(state)
        rows = np.flatnonzero((own[facts.actor] | own[facts.recipient]) & facts.real[facts.record])
        pairs = pairs_of(facts, rows, self.base)
        self.doing = pairs.only(own[pairs.actor])
        self.suffering = pairs.only(own[pairs.recipient])

    @cached_property
    def opponents(self) -> Opponents:
        """Who was in conflict with whom."""
        return Opponents(self.facts, self.choices, self.base)

    def by_rule(self, rule: ContradictionRule, between: set[str] | None = None) -> list[Contradiction]:
        """Return the contradictions that a rule finds, joined by partner, other party and types, before confidence."""
        by_actor = rule.by == "actor"
        source = self.doing if by_actor else self.suffering
        statements = times_of(self.facts, source, rule.statement, source.recipient if by_actor else source.actor)
        acts = times_of(self.facts, self.doing, rule.act, self.doing.recipient)
        if not len(statements) or not len(acts):
            return []
        if rule.marked:
            hits = self._marked(statements, acts)
        elif rule.toward == "opponent":
            hits = self._against_opponents(rule, statements, acts, between)
        else:
            hits = strongest_statements(self.choices, rule, statements, acts, self._queries(rule, statements, acts, between))
        if rule.ordered and not rule.marked:
            hits = joined_hits([hits, self._told_in_order(statements, acts)])
        return self._joined(rule, statements, acts, hits)

    # --- what is held against what --------------------------------------------------------------------------------------

    def _queries(self, rule: ContradictionRule, statements: Times, acts: Times, between: set[str] | None) -> Query:
        """Return the acts toward the partner of a statement, or toward anyone."""
        table = np.ones(self.size, dtype=bool) if between is None else self.facts.code_table(between)
        if rule.toward == "partner":
            named = np.flatnonzero((acts.party != NOBODY) & table[acts.party])
            return Query(named, acts.party[named], np.ones(named.size), np.full(named.size, -1))
        partners = np.unique(statements.party[statements.party != NOBODY])
        partner, act = (grid.ravel() for grid in np.meshgrid(partners, np.arange(len(acts)), indexing="ij"))
        fits = table[acts.party[act]] | table[partner]
        return Query(act[fits], partner[fits], np.ones(int(fits.sum())), np.full(int(fits.sum()), -1))

    def _against_opponents(self, rule: ContradictionRule, statements: Times, acts: Times, between: set[str] | None) -> Hits:
        """Return what is held against acts toward opponents of each partner, partner by partner.

        Of a rule only the ``pool`` strongest joined contradictions are kept, the first of equal ones. Once there are so many,
        acts toward a party whose type could at best equal the weakest of them are passed over.
        """
        table = np.ones(self.size, dtype=bool) if between is None else self.facts.code_table(between)
        named = np.flatnonzero(acts.party != NOBODY)
        types = self.facts.type.values[acts.pairs.record].astype(np.int64)
        most = _largest_of_group(acts.party * (len(self.facts.type.names) + 1) + types, acts.weight)
        parts: list[Hits] = []
        heads: list[Floats] = []
        for partner in np.unique(statements.party[statements.party != NOBODY]).tolist():
            said = np.flatnonzero(statements.party == partner)
            own = statements.only(said)
            surest = float((own.weight * np.where(own.dated, 1, self.choices.order_unknown)).max())
            weakest = _weakest(heads, self.choices.pool)
            if surest * most.max() * self.opponents.gravest <= weakest:
                continue
            conflicts = self.opponents.of(partner)
            bound = surest * most[named] * conflicts.gravest[acts.party[named]]
            possible = (bound >= self.choices.least) & (bound > weakest)
            possible &= (acts.party[named] != partner) & (table[acts.party[named]] | table[partner])
            act = named[possible]
            if not act.size:
                continue
            weight, witness = conflicts.at(acts, act)
            at_odds = witness >= 0
            act, weight, witness = act[at_odds], weight[at_odds], witness[at_odds]
            hits = strongest_statements(self.choices, rule, own, acts, Query(act, np.full(act.size, partner), weight, witness))
            if hits.act.size:
                hits = Hits(said[hits.statement], hits.act, hits.strength, hits.known, hits.witness)
                parts.append(hits)
                order, edges = self._groups(statements, acts, hits)
                heads.append(np.maximum.reduceat(hits.strength[order], edges[:-1]))
        return joined_hits(parts)

    def _told_in_order(self, statements: Times, acts: Times) -> Hits:
        """Return the pairs of one document and two parties whose dates do not tell the order, but whose sentences do."""
        document, sentence = (part.astype(np.int64) for part in (self.facts.document, self.facts.sentence))
        said, done = statements.pairs.record, acts.pairs.record
        table = Sorted.of(document[done], sentence[done])
        last = np.full(said.size, int(sentence.max(initial=0)) + 1)
        statement, act = table.expand(*table.between(document[said], sentence[said] + 1, last), _MOST_NEAR)
        alike = statements.party[statement] == acts.party[act]
        fits = np.flatnonzero(alike & ~(statements.dated[statement] & acts.dated[act]))
        statement, act = statement[fits], act[fits]
        strengths = statements.weight[statement] * acts.weight[act]
        return Hits(statement, act, strengths, np.ones(act.size, dtype=bool), np.full(act.size, -1))

    def _marked(self, statements: Times, acts: Times) -> Hits:
        """Return the pairs of one document, close together, that the text itself sets against each other."""
        facts, near = self.facts, self.choices.marked_sentences
        document, sentence = (part.astype(np.int64) for part in (facts.document, facts.sentence))
        table = Sorted.of(document[acts.pairs.record], sentence[acts.pairs.record])
        said = statements.pairs.record
        ranges = table.between(document[said], sentence[said] - near, sentence[said] + near + 1)
        statement, act = table.expand(*ranges, _MOST_NEAR)
        different = acts.pairs.record[act] != said[statement]
        statement, act = statement[different], act[different]
        ids = list(zip(facts.record_ids(said[statement]), facts.record_ids(acts.pairs.record[act]), strict=True))
        marks = re.compile("|".join(rf"\b{re.escape(mark)}\b" for mark in self.choices.marks), re.IGNORECASE)
        marked = np.array([bool(marks.search(text)) for text in (self.between_texts(ids) if ids else [])], dtype=bool)
        statement, act = statement[marked], act[marked]
        strengths = statements.weight[statement] * acts.weight[act]
        return Hits(statement, act, strengths, np.ones(act.size, dtype=bool), np.full(act.size, -1))

    # --- rows -----------------------------------------------------------------------------------------------------------

    def _groups(self, statements: Times, acts: Times, hits: Hits) -> tuple[Places, Places]:
        """Return hits ordered by partner, other party and types, and the edges between those that have all in common."""
        facts = self.facts
        said, done = statements.pairs.record[hits.statement], acts.pairs.record[hits.act]
        types = len(facts.type.names) + 1
        keys = ((statements.party[hits.statement] + 1) * self.size + acts.party[hits.act] + 1) * types**2
        keys += (facts.type.values[said].astype(np.int64) + 1) * types + facts.type.values[done] + 1
        order = np.argsort(keys, kind="stable")
        return order, np.flatnonzero(np.diff(keys[order], prepend=-1, append=-2))

    def _joined(self, rule: ContradictionRule, statements: Times, acts: Times, hits: Hits) -> list[Contradiction]:
        """Return one contradiction for each partner, other party and pair of types, told by its strongest pair."""
        facts = self.facts
        if not hits.act.size:
            return []
        said, done = statements.pairs.record[hits.statement], acts.pairs.record[hits.act]
        partner, other = statements.party[hits.statement], acts.party[hits.act]
        order, edges = self._groups(statements, acts, hits)
        heads = order[_first_of_the_largest(hits.strength[order], edges)]
        ranked = np.argsort(-hits.strength[heads], kind="stable")
        found = []
        for group in ranked[: self.choices.pool].tolist():
            head, members = heads[group], order[edges[group] : edges[group + 1]]
            also = set(said[members].tolist()) | set(done[members].tolist())
            found.append(
                Contradiction(
                    rule=rule.id,
                    sort=rule.sort,
                    actor=facts.codes[int(acts.pairs.actor[hits.act[head]])],
                    partner=_code(facts, partner[head]),
                    other=_code(facts, other[head]),
                    strength=float(hits.strength[head]),
                    statement=int(said[head]),
                    act=int(done[head]),
                    opposition=None if hits.witness[head] < 0 else int(hits.witness[head]),
                    also=tuple(sorted(also - {int(said[head]), int(done[head])})),
                    order_known=bool(hits.known[head]),
                )
            )
        return found


def _largest_of_group(keys: Places, values: Floats) -> Floats:
    """Return for each thing the largest value among those with its key."""
    shifted = keys - min(int(keys.min(initial=0)), 0)
    largest = np.zeros(int(shifted.max(initial=0)) + 1)
    np.maximum.at(largest, shifted, values)
    return np.asarray(largest[shifted])


def _weakest(heads: Sequence[Floats], pool: int) -> float:
    """Return the strength of the weakest that is among the ``pool`` strongest, 0 while there are fewer."""
    strengths = np.concatenate(heads) if heads else np.zeros(0)
    return float(np.partition(strengths, strengths.size - pool)[strengths.size - pool]) if strengths.size >= pool else 0.0


def _first_of_the_largest(values: Floats, edges: Places) -> Places:
    """Return the place of the largest value of each group, the first of equal ones; ``edges`` are the groups' ends."""
    largest = np.maximum.reduceat(values, edges[:-1])
    places = np.flatnonzero(values == np.repeat(largest, np.diff(edges)))
    return places[np.searchsorted(places, edges[:-1])]


def _code(facts: Facts, place: int | np.int64) -> str | None:
    return None if place == NOBODY else facts.codes[int(place)]
