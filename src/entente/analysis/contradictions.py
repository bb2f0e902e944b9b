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

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
from msgspec.structs import replace

from entente.analysis.commitments import Act, Undertaking, find_undertakings
from entente.analysis.contradiction_search import Between as Between  # noqa: PLC0414  known from here, too
from entente.analysis.contradiction_search import Contradiction as Contradiction  # noqa: PLC0414
from entente.analysis.contradiction_search import Search
from entente.analysis.facts import Facts
from entente.analysis.matching import evidence_of
from entente.analysis.passages import Passage, Passages, Words
from entente.analysis.results import Fetch, Result
from entente.analysis.wording import Wording, capital
from entente.codebook.judgements import ContradictionRule, Judgements

COMMITMENT_SORT = "commitment against act"
COMMITMENT_RULE = "commitment-and-act"


class Contradictions(Result):
    """Contradictions, the strongest first.

    Columns: rank, sort, rule, actor, partner, other, strength, says, statement, act, opposition (record ids), statement_words,
    statement_document, statement_start, statement_end, statement_told, act_words, act_document, act_start, act_end, act_told,
    order_known, office, leader_then, leader_at_act, records, documents.
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
    words: Words,
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
        passages: Returns the words of records, with what one needs to quote them.
        words: Returns the words alone, which is faster for many.
        between_texts: Returns the text between two records of one document.
        state: The codes of the state.
        between: Codes of two sides together: the partner or the other party is among them. None for all.
        limit: At most so many.
        fetch: Returns records by id, where the result is to give them.
    """
    own = list(state)
    search = Search(facts, choices.contradictions, own, between_texts)
    codes = None if between is None else set(between)
    candidates = [one for rule in choices.contradictions.rules for one in search.by_rule(rule, codes)]
    pool = choices.contradictions.pool
    broken = find_undertakings(facts, choices.commitments, wording, words, by=own, to=codes, most_broken=pool)
    candidates += [_of_commitment(one, act) for one in broken if (act := one.broken_by)]
    if codes is not None:
        candidates = [one for one in candidates if one.partner in codes or one.other in codes]
    candidates.sort(key=lambda one: -one.strength)
    likely = candidates[:pool]
    shown_places = {place for one in likely for place in (one.statement, one.act, one.opposition or 0)}
    quoted = passages(facts.record_ids(sorted(shown_places)))
    ranked = sorted(
        (_with_confidence(facts, one, quoted) for one in likely),
        key=lambda one: (-round(one.strength, 4), -len(one.records), one.act),
    )
    shown = [one for one in ranked if one.strength >= choices.contradictions.least][:limit]
    rules = {rule.id: rule for rule in choices.contradictions.rules}
    said = [replace(one, says=_sentence(facts, one, rules.get(one.rule), quoted, wording)) for one in shown]
    notes = {"candidates": len(candidates), "shown": len(said), "least_strength": choices.contradictions.least}
    return Contradictions(facts, said, quoted, notes, fetch)


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
    *("statement_words", "statement_document", "statement_start", "statement_end", "statement_told"),
    *("act_words", "act_document", "act_start", "act_end", "act_told", "order_known", "office", "leader_then", "leader_at_act"),
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
        "statement_told": statement.published,
        "act_words": act.words,
        "act_document": act.document,
        "act_start": act.start,
        "act_end": act.end,
        "act_told": act.published,
        "order_known": one.order_known,
        "office": office,
        "leader_then": then,
        "leader_at_act": later,
    }
