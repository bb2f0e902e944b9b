"""Contradictions: pairs of records of one state that do not go together, each with the rule that found it, ranked by strength.

Five sorts: a commitment against an act; an alliance against help to the ally's opponent; stated neutrality or a position against an
act; an act in spite of a request or warning; verbal support with material conflict. Which statements and acts these are stands in
``measures.yml`` under ``contradictions`` (and, for commitments, under ``commitments``).

For a statement s and an act a of a rule, with w the weights that the codebook gives them, c the records' confidence, h the half-life:

    strength = w_s · w_a · w_o · √(c_s · c_a) · 2^(-gap / h) · q

gap is the days between the two (0 where the statement holds through the act, and where the order is unknown), q is ``order_unknown``
where the texts do not tell that the statement came first and holds, else 1; w_o weighs the conflict between the two partners, where the
rule asks for one, and is 1 otherwise. Each act is held against the statement that makes it strongest; rows join the acts of one type
toward one party against statements of one type toward one partner, so that ten papers on one loan are one row, with all its records.

A strength ranks by rule; it is no estimate and has no interval. Beside it stand the numbers of records and of independent documents.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import numpy as np
from msgspec import Struct
from msgspec.structs import replace

from entente.analysis.commitments import CONTRADICTED, Undertaking, find_undertakings
from entente.analysis.facts import NOBODY, OPEN, Facts, Mask
from entente.analysis.matching import Floats, Pairs, Places, base_codes, pairs_of, weights_of
from entente.analysis.passages import Passage, Passages
from entente.analysis.results import Evidence, Fetch, Result
from entente.analysis.wording import Wording, capital
from entente.codebook.judgements import ContradictionChoices, ContradictionRule, Judgements

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
        cells = np.repeat(np.arange(len(found)), [len(one.records) for one in found]).astype(np.int64)
        places = np.array([record for one in found for record in one.records], dtype=np.int64)
        evidence = Evidence.of_cells(cells, places, len(found))
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
    candidates = [one for rule in choices.contradictions.rules for one in search.by_rule(rule)]
    undertakings = find_undertakings(facts, choices.commitments, wording, passages, by=own)
    candidates += [_of_commitment(facts, one) for one in undertakings if one.status == CONTRADICTED]
    if between is not None:
        codes = set(between)
        candidates = [one for one in candidates if one.partner in codes or one.other in codes]
    candidates.sort(key=lambda one: -one.strength)
    pool = candidates[: choices.contradictions.pool]
    words = passages(facts.record_ids(sorted({place for one in pool for place in (one.statement, one.act, one.opposition or 0)})))
    ranked = sorted(
        (_with_confidence(facts, one, words) for one in pool), key=lambda one: (-one.strength, one.rule, one.act)
    )
    shown = [one for one in ranked if one.strength >= choices.contradictions.least][:limit]
    rules = {rule.id: rule for rule in choices.contradictions.rules}
    said = [replace(one, says=_sentence(facts, one, rules.get(one.rule), words, wording)) for one in shown]
    notes = {"candidates": len(candidates), "shown": len(said), "least_strength": choices.contradictions.least}
    return Contradictions(facts, said, words, notes, fetch)


class _Search:
    """The pairs of one state, and the rules held against them."""

    def __init__(self, facts: Facts, choices: ContradictionChoices, state: Sequence[str], between_texts: Between) -> None:
        self.facts = facts
        self.choices = choices
        self.base = base_codes(facts)
        self.between_texts = between_texts
        self.own = facts.code_table(state)
        rows = np.flatnonzero((self.own[facts.actor] | self.own[facts.recipient]) & facts.real[facts.record])
        pairs = pairs_of(facts, rows, self.base)
        self.doing = pairs.only(self.own[pairs.actor])
        self.suffering = pairs.only(self.own[pairs.recipient])
        self._conflict = self._opposition()

    def by_rule(self, rule: ContradictionRule) -> list[Contradiction]:
        """Return the contradictions that a rule finds, joined by partner, other party and types, before confidence."""
        statements, said = self._weighed(self.doing if rule.by == "actor" else self.suffering, rule.statement)
        acts, done = self._weighed(self.doing, rule.act)
        if not len(statements) or not len(acts):
            return []
        partners = statements.recipient if rule.by == "actor" else statements.actor
        found: dict[tuple[int, ...], list[tuple[float, int, int, int, bool]]] = {}
        for partner in np.unique(partners[partners != NOBODY]).tolist():
            mine = np.flatnonzero(partners == partner)
            theirs, witness, weight = self._acts_against(rule, acts, done, partner)
            if theirs.size:
                best = self._strongest(rule, statements.only(mine), said[mine], acts.only(theirs), weight)
                for act, (strength, statement, known) in zip(theirs.tolist(), best, strict=True):
                    if strength > 0:
                        place = theirs.tolist().index(act) if False else act
                        self._keep(found, rule, partner, statements, mine[statement], acts, place, strength, known, witness)
        return [_joined(self.facts, rule, key, pairs) for key, pairs in found.items()]
