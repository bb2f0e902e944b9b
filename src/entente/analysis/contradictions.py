"""Contradictions: pairs of records of one state that do not go together, each with the rule that found it, ranked by strength.

Five sorts: a commitment against an act; an alliance against help to the ally's opponent; stated neutrality or a position against
an act; an act in spite of a request or warning; verbal support with material conflict. Which statements and acts these are stands
in ``measures.yml`` under ``contradictions`` (and, for commitments, under ``commitments``).

For a statement s and an act a of a rule, w the weights that the codebook gives them, c the records' confidence, h the half-life:

    strength = w_s · w_a · w_o · √(c_s · c_a) · 2^(-gap / h) · q

gap is the days between the two (0 where the statement holds through the act, and where the order is unknown), q is
``order_unknown`` where the texts do not tell that the statement came first and holds, else 1; w_o weighs the conflict between the
two partners where the rule asks for one, else 1. Each act is held against the statement that makes it strongest; rows join the
acts of one type toward one party against statements of one type toward one partner, so that ten papers on one loan are one row,
with all its records.

A strength ranks by rule; it is no estimate and has no interval. Beside it stand the numbers of records and documents.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import numpy as np
from msgspec import Struct
from msgspec.structs import replace

from entente.analysis.commitments import CONTRADICTED, Act, Undertaking, find_undertakings
from entente.analysis.facts import NOBODY, OPEN, Facts, Mask
from entente.analysis.matching import Floats, Pairs, Places, Sorted, base_codes, evidence_of, pairs_of, weights_of
from entente.analysis.passages import Passage, Passages
from entente.analysis.results import Fetch, Result
from entente.analysis.wording import Wording, capital
from entente.codebook.judgements import ActRule, ContradictionChoices, ContradictionRule, Judgements

COMMITMENT_SORT = "commitment against act"
COMMITMENT_RULE = "commitment-and-act"

Between = Callable[[Sequence[tuple[str, str]]], list[str]]
"""Returns the text of one document between two of its records."""


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


class Contradictions(Result):
    """Contradictions, the strongest first.

    Columns: rank, sort, rule, actor, partner, other, strength, says, statement, act, opposition (record ids), statement_words,
    statement_document, statement_start, statement_end, act_words, act_document, act_start, act_end, order_known, office,
    leader_then, leader_at_act, records, documents.
    """

    def __init__(
        self, facts: Facts, found: Sequence[Contradiction], words: dict[str, Passage], notes: dict[str, Any], fetch: Fetch | None
    ) -> None:
        self.found = tuple(found)
        rows = [_columns(facts, place, one, words) for place, one in enumerate(found, 1)]
        evidence = evidence_of([one.records for one in found])
        records, documents = evidence.counts(facts)
        columns: dict[str, Any] = {name: [row[name] for row in rows] for name in _COLUMNS}
        columns |= {"records": records, "documents": documents}
        super().__init__("contradictions", columns, evidence, facts, notes, fetch)


def find_contradictions(
    facts: Facts,
    choices: Judgements,
    wording: Wording,
    passages: Passages,
    between_texts: Between,
    state: Iterable[str],
    *,
    between: Iterable[str] | None = None,
    limit: int | None = None,
    fetch: Fetch | None = None,
) -> Contradictions:
    """Return the contradictions of a state, the strongest first.

    Args:
        facts: The ledger's records.
        choices: Rules and tables of what contradicts what.
        wording: Names and phrases.
        passages: Returns the words of records.
        between_texts: Returns the text between two records of one document.
        state: The codes of the state.
        between: Codes of two sides together: the partner or the other party is among them. None for all.
        limit: At most so many.
        fetch: Returns records by id, where the result is to give them.
    """
    own = list(state)
    search = _Search(facts, choices.contradictions, own, between_texts)
    codes = None if between is None else set(between)
    candidates = [one for rule in choices.contradictions.rules for one in search.by_rule(rule, codes)]
    undertakings = find_undertakings(facts, choices.commitments, wording, passages, by=own, only_opposed=True)
    broken = [(one, act) for one in undertakings if one.status == CONTRADICTED and (act := one.broken_by)]
    candidates += [_of_commitment(one, act) for one, act in broken]
    if codes is not None:
        candidates = [one for one in candidates if one.partner in codes or one.other in codes]
    candidates.sort(key=lambda one: -one.strength)
    pool = candidates[: choices.contradictions.pool]
    words = passages(facts.record_ids(sorted({place for one in pool for place in (one.statement, one.act, one.opposition or 0)})))
    ranked = sorted(
        (_with_confidence(facts, one, words) for one in pool),
        key=lambda one: (-round(one.strength, 4), -len(one.records), one.act),
    )
    shown = [one for one in ranked if one.strength >= choices.contradictions.least][:limit]
    rules = {rule.id: rule for rule in choices.contradictions.rules}
    said = [replace(one, says=_sentence(facts, one, rules.get(one.rule), words, wording)) for one in shown]
    notes = {"candidates": len(candidates), "shown": len(said), "least_strength": choices.contradictions.least}
    return Contradictions(facts, said, words, notes, fetch)


class _Times(Struct, frozen=True):
    """When records say or do something, and how much they weigh; all of shape (pairs,).

    Attributes:
        pairs: The pairs themselves.
        party: The place of the code of the partner or other party, ``NOBODY`` where none is named.
        weight: By the codebook.
        first, last: Days, half-open; of publication where the record has no date.
        dated: Whether it has one.
        holds: Whether it tells what holds rather than what happens once.
    """

    pairs: Pairs
    party: Places
    weight: Floats
    first: Places
    last: Places
    dated: Mask
    holds: Mask

    def __len__(self) -> int:
        return len(self.pairs)

    def only(self, chosen: Mask | Places) -> _Times:
        """Return some of them."""
        return _Times(
            self.pairs.only(chosen),
            self.party[chosen],
            self.weight[chosen],
            self.first[chosen],
            self.last[chosen],
            self.dated[chosen],
            self.holds[chosen],
        )


class _Query(Struct, frozen=True):
    """Acts, each held against the statements toward one partner; shapes (queries,). ``witness`` is -1 where none is asked for."""

    act: Places
    partner: Places
    weight: Floats
    witness: Places


class _Best:
    """The strongest statement for each query so far; all of shape (queries,), ``statement`` -1 where there is none."""

    def __init__(self, size: int) -> None:
        self.strength = np.zeros(size)
        self.statement = np.full(size, -1)
        self.known = np.zeros(size, dtype=bool)


class _Hits(Struct, frozen=True):
    """Pairs of a statement and an act (places in their `_Times`) with strength, order and witness; all of shape (hits,)."""

    statement: Places
    act: Places
    strength: Floats
    known: Mask
    witness: Places

    def with_others(self, others: _Hits) -> _Hits:
        """Return these and others."""
        columns = ("statement", "act", "strength", "known", "witness")
        return _Hits(*(np.concatenate([getattr(self, name), getattr(others, name)]) for name in columns))


class _Search:
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
        self.own = own

    def by_rule(self, rule: ContradictionRule, between: set[str] | None = None) -> list[Contradiction]:
        """Return the contradictions that a rule finds, joined by partner, other party and types, before confidence."""
        by_actor = rule.by == "actor"
        source = self.doing if by_actor else self.suffering
        statements = self._times(source, rule.statement, source.recipient if by_actor else source.actor)
        acts = self._times(self.doing, rule.act, self.doing.recipient)
        if not len(statements) or not len(acts):
            return []
        if rule.marked:
            hits = self._marked(statements, acts)
        else:
            hits = self._strongest(rule, statements, acts, self._queries(rule, statements, acts, between))
            if rule.ordered:
                hits = hits.with_others(self._told_in_order(statements, acts))
        return self._joined(rule, statements, acts, hits)

    def _times(self, pairs: Pairs, rules: Iterable[ActRule], party: Places) -> _Times:
        """Return the pairs that rules mean, with their times; those without any day are left out."""
        facts = self.facts
        weight = weights_of(facts, rules, pairs.record)
        day = np.where(facts.dated, facts.day, facts.published).astype(np.int64)
        chosen = np.flatnonzero((weight > 0) & (day[pairs.record] != OPEN))
        chosen = chosen[np.lexsort((day[pairs.record[chosen]], party[chosen]))]  # what is searched in order is found faster
        record = pairs.record[chosen]
        end = facts.end[record].astype(np.int64)
        first = day[record]
        holds = facts.kind.among(("tie", "position"))[record]
        last = np.where(end != OPEN, end, first + 1)
        return _Times(pairs.only(chosen), party[chosen], weight[chosen], first, last, facts.dated[record], holds)

    # --- what is held against what --------------------------------------------------------------------------------------

    def _queries(self, rule: ContradictionRule, statements: _Times, acts: _Times, between: set[str] | None) -> _Query:
        table = np.ones(self.size, dtype=bool) if between is None else self.facts.code_table(between)
        if rule.toward == "partner":
            named = np.flatnonzero((acts.party != NOBODY) & table[acts.party])
            return _Query(named, acts.party[named], np.ones(named.size), np.full(named.size, -1))
        partners = np.unique(statements.party[statements.party != NOBODY])
        partner, act = (grid.ravel() for grid in np.meshgrid(partners, np.arange(len(acts)), indexing="ij"))
        fits = table[acts.party[act]] | table[partner]
        act, partner = act[fits], partner[fits]
        if rule.toward == "anyone":
            return _Query(act, partner, np.ones(act.size), np.full(act.size, -1))
        fits = (acts.party[act] != NOBODY) & (acts.party[act] != partner)
        return self._opposed(acts, act[fits], partner[fits])

    def _opposed(self, acts: _Times, act: Places, partner: Places) -> _Query:
        """Return the queries whose partner and other party were opponents at the time of the act, and what says so."""
        keys = self._pair_keys(partner, acts.party[act])
        weight, witness = np.zeros(act.size), np.full(act.size, -1)
        for conflicts in self._conflicts(np.unique(keys)):
            left = np.flatnonzero(witness < 0)
            place = conflicts.before(keys[left], acts.last[act[left]])
            fits = (place >= 0) & (conflicts.until[place] > acts.first[act[left]])
            weight[left[fits]], witness[left[fits]] = conflicts.weight, conflicts.record[place[fits]]
        found = np.flatnonzero(witness >= 0)
        return _Query(act[found], partner[found], weight[found], witness[found])

    def _pair_keys(self, one: Places, other: Places) -> Places:
        return np.asarray(np.minimum(one, other) * self.size + np.maximum(one, other))

    def _conflicts(self, keys: Places) -> list[_Timeline]:
        """Return what makes opponents of the pairs of ``keys``, a timeline for each weight, the heaviest first."""
        facts, choices = self.facts, self.choices.opposition
        involved = np.zeros(self.size, dtype=bool)
        involved[keys // self.size] = involved[keys % self.size] = True
        types = [what.partition("/")[0].rpartition(".")[2] for rule in choices.what for what in rule.what]
        possible = facts.real & facts.type.among(types)
        rows = np.flatnonzero(possible[facts.record])
        rows = rows[involved[self.base[facts.actor[rows]]] & involved[self.base[facts.recipient[rows]]]]
        pairs = pairs_of(facts, rows, self.base)
        times = self._times(pairs.only(pairs.recipient != NOBODY), choices.what, pairs.recipient[pairs.recipient != NOBODY])
        lines = []
        for weight in np.unique(times.weight)[::-1]:
            of = times.only(times.weight == weight)
            first = np.where(of.dated | ~of.holds, of.first, of.first - self.choices.undated_before)
            pair_keys = self._pair_keys(of.pairs.actor, of.pairs.recipient)
            lines.append(_Timeline(pair_keys, first, of.last + choices.within, of.pairs.record, float(weight)))
        return lines

    # --- the strongest statement for each act ---------------------------------------------------------------------------

    def _strongest(self, rule: ContradictionRule, statements: _Times, acts: _Times, queries: _Query) -> _Hits:
        """Return for each query the statement that makes it strongest; queries without any are left out."""
        best = _Best(queries.act.size)
        for weight in np.unique(statements.weight)[::-1]:
            for certain in (True, False):
                of = np.flatnonzero((statements.weight == weight) & (statements.dated == certain))
                bound = float(weight) * (1 if certain else self.choices.order_unknown)
                if of.size:
                    begins = 0 if certain else self.choices.undated_before
                    some = statements.only(of)
                    line = _Timeline(some.party, some.first - begins, some.last + rule.within, np.arange(of.size), float(weight))
                    for sure in (True, False) if certain else (False,):
                        left = np.flatnonzero(best.strength < bound)  # the others cannot become stronger
                        self._improve(best, left, line, some, of, acts, queries, sure=sure, ordered_only=rule.ordered)
        strengths = best.strength * acts.weight[queries.act] * queries.weight
        found = np.flatnonzero(strengths >= self.choices.least)
        witness = queries.witness[found]
        return _Hits(best.statement[found], queries.act[found], strengths[found], best.known[found], witness)

    def _improve(
        self,
        best: _Best,
        left: Places,
        line: _Timeline,
        some: _Times,
        of: Places,
        acts: _Times,
        queries: _Query,
        *,
        sure: bool,
        ordered_only: bool,
    ) -> None:
        """Hold the queries that are left against the latest statement toward their partner that holds at the act.

        With ``sure`` it begins by the first day that the act may have, else by the last; with ``ordered_only`` those whose dates
        do not tell that it came first are passed over.
        """
        act = queries.act[left]
        first = acts.first[act]
        place = line.before(queries.partner[left], first + 1 if sure else acts.last[act])
        fits = (place >= 0) & (line.until[place] > first)
        left, act, first, which = left[fits], act[fits], first[fits], line.record[place[fits]]
        holds, said = some.holds[which], some.last[which]
        ordered = (np.where(holds, some.first[which], said) <= first) & acts.dated[act] & some.dated[which]
        gap = np.where(holds | ~ordered, 0, np.maximum(0, first - said))
        strength = line.weight * 0.5 ** (gap / self.choices.half_life) * np.where(ordered, 1, self.choices.order_unknown)
        other = (some.pairs.record[which] != acts.pairs.record[act]) & (ordered | (not ordered_only))
        better = np.flatnonzero(other & (strength > best.strength[left]))
        best.strength[left[better]] = strength[better]
        best.statement[left[better]] = of[which[better]]
        best.known[left[better]] = ordered[better]

    def _told_in_order(self, statements: _Times, acts: _Times) -> _Hits:
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
        return _Hits(statement, act, strengths, np.ones(act.size, dtype=bool), np.full(act.size, -1))

    def _marked(self, statements: _Times, acts: _Times) -> _Hits:
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
        return _Hits(statement, act, strengths, np.ones(act.size, dtype=bool), np.full(act.size, -1))

    # --- rows -----------------------------------------------------------------------------------------------------------

    def _joined(self, rule: ContradictionRule, statements: _Times, acts: _Times, hits: _Hits) -> list[Contradiction]:
        """Return one contradiction for each partner, other party and pair of types, told by its strongest pair."""
        facts = self.facts
        if not hits.act.size:
            return []
        said, done = statements.pairs.record[hits.statement], acts.pairs.record[hits.act]
        partner, other = statements.party[hits.statement], acts.party[hits.act]
        types = len(facts.type.names) + 1
        keys = ((partner + 1) * self.size + other + 1) * types**2
        keys += (facts.type.values[said].astype(np.int64) + 1) * types + facts.type.values[done] + 1
        order = np.argsort(keys, kind="stable")
        edges = np.flatnonzero(np.diff(keys[order], prepend=-1, append=-2))
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


class _Timeline:
    """Things with a key that hold from a day until another; finds the latest begun of a key before a day.

    ``until`` and ``record`` are in sorted order.
    """

    def __init__(self, keys: Places, first: Places, until: Places, record: Places, weight: float) -> None:
        self._table = Sorted.of(keys, first)
        self._keys = keys[self._table.order]
        self.until = until[self._table.order]
        self.record = record[self._table.order]
        self.weight = weight

    def before(self, keys: Places, days: Places) -> Places:
        """Return the place of the latest thing of each key that began before each day, -1 where there is none."""
        place = self._table.first_at(keys, days) - 1
        return np.where((place >= 0) & (self._keys[place] == keys), place, -1)


_MOST_NEAR = 20  # acts of a document that are held against one statement by their words


def _first_of_the_largest(values: Floats, edges: Places) -> Places:
    """Return the place of the largest value of each group, the first of equal ones; ``edges`` are the groups' ends."""
    largest = np.maximum.reduceat(values, edges[:-1])
    places = np.flatnonzero(values == np.repeat(largest, np.diff(edges)))
    return places[np.searchsorted(places, edges[:-1])]


def _code(facts: Facts, place: int | np.int64) -> str | None:
    return None if place == NOBODY else facts.codes[int(place)]


def _of_commitment(one: Undertaking, act: Act) -> Contradiction:
    also = (*one.promise[1:], *(other.record for other in one.against if other is not act))
    return Contradiction(
        rule=COMMITMENT_RULE,
        sort=COMMITMENT_SORT,
        actor=one.promiser,
        partner=one.beneficiary,
        other=one.beneficiary,
        strength=act.weight,
        statement=one.promise[0],
        act=act.record,
        also=tuple(also),
        leaders=one.leaders,
    )


def _with_confidence(facts: Facts, one: Contradiction, words: dict[str, Passage]) -> Contradiction:
    sure = [words[name].confidence for name in facts.record_ids([one.statement, one.act])]
    return replace(one, strength=one.strength * float(np.sqrt(sure[0] * sure[1])))


def _sentence(
    facts: Facts, one: Contradiction, rule: ContradictionRule | None, words: dict[str, Passage], wording: Wording
) -> str:
    """Return the contradiction in plain words, by the rule's template."""
    statement, act, opposition = (
        words[name] for name in facts.record_ids([one.statement, one.act, one.act if one.opposition is None else one.opposition])
    )
    said = statement.recipient if one.partner in statement.recipient else [one.partner] if one.partner else []
    told = wording.tell(statement, [one.actor] if rule is not None and rule.by == "partner" else said)
    parts = {
        "actor": wording.name(one.actor),
        "partner": wording.name(one.partner) if one.partner else "somebody",
        "other": wording.name(one.other) if one.other else "others",
        "statement": told,
        "act": wording.tell(act, [one.other] if one.other else []),
        "opposition": wording.tell_of(opposition.actor, opposition),
    }
    sentence = capital((rule.says if rule is not None else "{actor} {statement}, yet it {act}.").format(**parts))
    if one.leaders is not None:
        office, then, later = one.leaders
        sentence += f" {then} was {office} then, {later} at the time of the act."
    return sentence


_COLUMNS = (
    *("rank", "sort", "rule", "actor", "partner", "other", "strength", "says", "statement", "act", "opposition"),
    *("statement_words", "statement_document", "statement_start", "statement_end"),
    *("act_words", "act_document", "act_start", "act_end", "order_known", "office", "leader_then", "leader_at_act"),
)


def _columns(facts: Facts, rank: int, one: Contradiction, words: dict[str, Passage]) -> dict[str, Any]:
    statement, act = (words[name] for name in facts.record_ids([one.statement, one.act]))
    office, then, later = one.leaders or (None, None, None)
    return {
        "rank": rank,
        "sort": one.sort,
        "rule": one.rule,
        "actor": one.actor,
        "partner": one.partner,
        "other": one.other,
        "strength": round(one.strength, 4),
        "says": one.says,
        "statement": statement.id,
        "act": act.id,
        "opposition": None if one.opposition is None else facts.record_ids([one.opposition])[0],
        "statement_words": statement.words,
        "statement_document": statement.document,
        "statement_start": statement.start,
        "statement_end": statement.end,
        "act_words": act.words,
        "act_document": act.document,
        "act_start": act.start,
        "act_end": act.end,
        "order_known": one.order_known,
        "office": office,
        "leader_then": then,
        "leader_at_act": later,
    }
