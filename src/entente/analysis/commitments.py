"""Commitments: who undertook what toward whom, how firmly, and what became of it.

One row is one undertaking of one promiser toward one beneficiary: records of one type with the same date are one undertaking, and
so are events that tell of it in the same sentence (``told_with``, ``told_as`` in the codebook: a withdrawal that is announced).
Where the text names no beneficiary and several promise together, they promise each other if the words say so ("each other",
"between", "their"); else nobody is named.

- strength   treaty > signed > announced > hinted, by the words of the promise and its instrument, and by its status
- in force   from the end of its date until it is withdrawn, or for so many years as strength and type give it; what is told as
  holding, with an open end, has its years from the day of publication on
- acts       what the promiser did later, while it was in force, toward the beneficiary, as far as the codebook has it as the
  opposite of the promise (``opposed``) or its fulfilment (``kept``); only dated acts that began when the promise was over count,
  for "in 2014" and "in March 2014" say nothing of which came first; a tie that began before counts where the codebook lets it
  (``standing``) and a text tells later that it stands still

Status, the first that fits:

- contradicted        an act of weight ``contradicts`` or more opposes it
- withdrawn           the promiser took it back before any such act
- condition not met   it was given in exchange for an undertaking that was contradicted
- kept, kept in part  acts fulfil it; in part where lighter acts oppose it
- not verifiable      the codebook knows no act that would break or fulfil it, no beneficiary is named, or its term is over and
  the ledger holds no act: silence proves nothing
- open                in force, and nothing in the ledger touches it

What a choice is and why stands in ``measures.yml`` under ``commitments``. Each row leads to the records of promise and acts, and
carries how many records and independent documents these are; a status is a judgement by rule and has no interval.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from entente.analysis.deeds import Act as Act  # noqa: PLC0414  this and what is read again below are part of what commitments are
from entente.analysis.facts import Facts
from entente.analysis.matching import evidence_of
from entente.analysis.passages import Passage, Passages, Words
from entente.analysis.results import Fetch, Result
from entente.analysis.undertakings import CONTRADICTED as CONTRADICTED  # noqa: PLC0414
from entente.analysis.undertakings import HINTED as HINTED  # noqa: PLC0414
from entente.analysis.undertakings import IN_PART as IN_PART  # noqa: PLC0414
from entente.analysis.undertakings import KEPT as KEPT  # noqa: PLC0414
from entente.analysis.undertakings import NOT_MET as NOT_MET  # noqa: PLC0414
from entente.analysis.undertakings import OPEN_STILL as OPEN_STILL  # noqa: PLC0414
from entente.analysis.undertakings import STATUSES as STATUSES  # noqa: PLC0414
from entente.analysis.undertakings import STRENGTHS as STRENGTHS  # noqa: PLC0414
from entente.analysis.undertakings import UNVERIFIABLE as UNVERIFIABLE  # noqa: PLC0414
from entente.analysis.undertakings import WITHDRAWN as WITHDRAWN  # noqa: PLC0414
from entente.analysis.undertakings import Undertaking as Undertaking  # noqa: PLC0414
from entente.analysis.undertakings import find_undertakings as find_undertakings  # noqa: PLC0414
from entente.analysis.wording import Wording
from entente.codebook.judgements import CommitmentChoices


class Commitments(Result):
    """Undertakings, one a row, the contradicted first.

    Columns: promiser, beneficiary, type, strength, status, reason, since, until, instrument, condition, said_start, said_end,
    said_told, words, document, promise, act, act_type, act_start, act_end, act_told, act_words, act_document, office,
    leader_then, leader_at_act, records, documents. ``act`` is the id of the record that breaks, or else fulfils, the promise;
    ``promise`` that of the promise; ``said_told`` and ``act_told`` are the days of publication.
    """

    def __init__(self, facts: Facts, found: Sequence[Undertaking], passages: Passages, fetch: Fetch | None) -> None:
        self.undertakings = tuple(found)
        shown = [_shown_act(one) for one in found]
        quoted = [one.promise[0] for one in found] + [act.record for act in shown if act]
        ids = dict(zip(quoted, facts.record_ids(quoted), strict=True)) if quoted else {}
        words = passages(list(ids.values()))
        acts = [words[ids[act.record]] if act else None for act in shown]
        rows = [_columns(one, words[ids[one.promise[0]]], act) for one, act in zip(found, acts, strict=True)]
        evidence = evidence_of([_records_of(one) for one in found])
        records, documents = evidence.counts(facts)
        columns: dict[str, Any] = {name: [row[name] for row in rows] for name in _COLUMNS}
        columns |= {"records": records, "documents": documents}
        super().__init__("commitments", columns, evidence, facts, {"undertakings": len(found)}, fetch)


def judge_commitments(
    facts: Facts,
    choices: CommitmentChoices,
    wording: Wording,
    passages: Passages,
    words: Words,
    *,
    by: Iterable[str] | None = None,
    to: Iterable[str] | None = None,
    status: Iterable[str] = (),
    fetch: Fetch | None = None,
) -> Commitments:
    """Return the undertakings of a ledger with what became of them.

    Args:
        facts: The ledger's records.
        choices: What breaks and keeps an undertaking.
        wording: Names, and the leaders of states.
        passages: Returns the words of records, with what one needs to quote them.
        words: Returns the words alone, which is faster for many.
        by: Codes of promisers; None for all.
        to: Codes of beneficiaries; None for all.
        status: Statuses to keep; all where there are none.
        fetch: Returns records by id, where the result is to give them.
    """
    found = find_undertakings(facts, choices, wording, words, by=by, to=to)
    wanted = set(status)
    kept = [one for one in found if not wanted or one.status in wanted]
    kept.sort(
        key=lambda one: (STATUSES.index(one.status) != STATUSES.index(CONTRADICTED), one.since or dt.date.max, one.promiser)
    )
    return Commitments(facts, kept, passages, fetch)


# --- rows ---------------------------------------------------------------------------------------------------------------

_COLUMNS = (
    *("promiser", "beneficiary", "type", "strength", "status", "reason", "since", "until", "instrument", "condition"),
    *("said_start", "said_end", "said_told", "words", "document"),
    *("act_type", "act_start", "act_end", "act_told", "act_words", "act_document"),
    *("office", "leader_then", "leader_at_act", "promise", "act"),
)


def _shown_act(one: Undertaking) -> Act | None:
    return one.broken_by or (one.fulfilling[0] if one.fulfilling else None)


def _records_of(one: Undertaking) -> list[int]:
    return [*one.promise, *(act.record for act in (*one.against, *one.fulfilling))]


def _columns(one: Undertaking, promise: Passage, act: Passage | None) -> dict[str, Any]:
    office, then, at_act = one.leaders or (None, None, None)
    return {
        "promiser": one.promiser,
        "beneficiary": one.beneficiary,
        "type": one.type,
        "strength": one.strength,
        "status": one.status,
        "reason": one.reason,
        "since": one.since,
        "until": one.until,
        "instrument": one.instrument,
        "condition": one.condition,
        "said_start": promise.start,
        "said_end": promise.end,
        "said_told": promise.published,
        "words": promise.words,
        "document": promise.document,
        "act_type": None if act is None else f"{act.type}/{act.mode}" if act.mode else act.type,
        "act_start": act and act.start,
        "act_end": act and act.end,
        "act_told": act and act.published,
        "act_words": act and act.words,
        "act_document": act and act.document,
        "office": office,
        "leader_then": then,
        "leader_at_act": at_act,
        "promise": promise.id,
        "act": act and act.id,
    }
