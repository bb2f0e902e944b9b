"""Dependence: what a state needs from whom by the texts' own figures, how concentrated and mutual that is, who is exposed.

Shares and ranks are taken as the texts, or imported tables, give them, with their dates; none is made up, none is carried over
from one flow to another.

- share          s_ij of flow f: the middle one of what different documents give for one year, a figure that one of them has (the
  lower where two are in the middle), and an interval by resampling documents. Of one document that gives several (of different
  goods) the largest counts. A share told of several partners together belongs to them jointly: none of them has it alone
- concentration  Hirschman's index H = √Σ_j s_j² over the partners j of a flow (Hirschman 1945), 0 to 1. Where the known shares
  add up to S < 1 only bounds are certain: the rest spread thinly, √Σ s², or with one more partner, √(Σ s² + (1 - S)²)
- salience       √(s_ij · s_ji), symmetry 1 - |s_ij - s_ji|, interdependence salience · symmetry (Barbieri 1996), where both
  shares of one exchange are known; what i imports, j exports (``mirrors`` in the codebook)

Exposure to an act that cuts the links between a sender and a target: in the first round those who depend on the target, and the
two sides as far as they depend on each other; in the second those who depend on a state that the first round hits. Each line is a
tie with its record. Shares of different ties are not multiplied: nobody has measured how far a shock travels.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from typing import Any

import numpy as np
from msgspec import Struct

from entente.analysis.facts import NOBODY, OPEN, Facts, day_number, day_of
from entente.analysis.intervals import Resampler
from entente.analysis.matching import Pairs, Places, base_codes, evidence_of, pairs_of
from entente.analysis.results import Fetch, Result
from entente.codebook.judgements import DependenceChoices
from entente.errors import InputError

_YEAR = 365.25
_UNKNOWN_RANK = 10**6


class Claim(Struct, frozen=True, kw_only=True):
    """What texts of one year say of one state's dependence on another.

    Attributes:
        actor, on: Codes: ``actor`` depends on ``on``.
        flow: imports, exports, trade, energy, arms, finance, labour, transit; None where the text names none.
        share: From 0 to 1, the middle one over documents; None where no text gives one, or only one of several partners together.
        low, high: Its interval; None for too few documents.
        rank: 1 for the largest partner; None where no text gives one.
        since, until: The days for which the texts say so, inclusive; None where open or not said.
        told: The last day of publication.
        status: actual, or hypothetical where the texts only suppose it.
        shown: Place of the record that has the share, or else the rank: the words of a row are to be its.
        records: Places of records, the shown one first.
    """

    actor: str
    on: str
    flow: str | None
    share: float | None
    low: float | None
    high: float | None
    rank: int | None
    since: dt.date | None
    until: dt.date | None
    told: dt.date | None
    shown: int
    records: tuple[int, ...]

    @property
    def order(self) -> tuple[float, int]:
        """What sorts the heaviest first."""
        return (-(self.share or 0.0), self.rank or _UNKNOWN_RANK)


class Dependence(Result):
    """What states depend on: one row for each state, partner, flow and year, the heaviest first.

    Columns: actor, on, flow, share, share_low, share_high, rank, since, until, told, note, records, documents.
    """

    def __init__(self, facts: Facts, claims: Sequence[Claim], choices: DependenceChoices, fetch: Fetch | None) -> None:
        self.claims = tuple(claims)
        self._choices = choices
        self._fetched_by = fetch
        evidence = evidence_of([claim.records for claim in claims])
        records, documents = evidence.counts(facts)
        columns: dict[str, Any] = {name: [getattr(claim, name) for claim in claims] for name in ("actor", "on", "flow", "share")}
        columns |= {"share_low": [claim.low for claim in claims], "share_high": [claim.high for claim in claims]}
        columns |= {name: [getattr(claim, name) for claim in claims] for name in ("rank", "since", "until", "told")}
        least = facts.choices.intervals.least_documents
        columns["note"] = [_note(claim, count, least) for claim, count in zip(claims, documents, strict=True)]
        columns |= {"records": records, "documents": documents}
        super().__init__("dependence", columns, evidence, facts, {"least_documents_for_interval": least}, fetch)

    def concentration(self) -> Result:
        """One row a state, flow and year with shares: known, index (None below ``least_known``), low, high, note."""
        groups: dict[tuple[str, str, int | None], list[Claim]] = {}
        for claim in self.claims:
            if claim.share is not None and claim.flow is not None:
                groups.setdefault((claim.actor, claim.flow, _year(claim)), []).append(claim)
        rows = [
            _concentrated(key, claims, self._choices) for key, claims in sorted(groups.items(), key=lambda item: str(item[0]))
        ]
        return self._table("concentration", rows, [claims for _, claims in sorted(groups.items(), key=lambda item: str(item[0]))])

    def interdependence(self) -> Result:
        """One row for each pair whose shares of one exchange are known from both ends: salience, symmetry, interdependence."""
        shares = {(claim.actor, claim.on, claim.flow): claim for claim in reversed(self.claims) if claim.share is not None}
        rows, behind = [], []
        for (actor, on, flow), claim in shares.items():
            mirror = shares.get((on, actor, self._choices.mirrors.get(flow or "")))
            if mirror is not None and actor < on:
                rows.append(_mutual(claim, mirror))
                behind.append([claim, mirror])
        return self._table("interdependence", rows, behind)

    def _table(self, name: str, rows: Sequence[dict[str, Any]], behind: Sequence[Sequence[Claim]]) -> Result:
        evidence = evidence_of([[place for claim in claims for place in claim.records] for claims in behind])
        records, documents = evidence.counts(self._facts)
        columns: dict[str, Any] = {key: [row[key] for row in rows] for key in (rows[0] if rows else ())}
        columns |= {"records": records, "documents": documents}
        return Result(name, columns, evidence, self._facts, {}, self._fetched_by)

    def to_builtins(self) -> dict[str, Any]:
        """Return shares, concentration and interdependence as plain values for JSON."""
        parts = (self.concentration(), self.interdependence())
        return super().to_builtins() | {part.measure: part.to_builtins()["rows"] for part in parts}


def measure_dependence(
    facts: Facts,
    choices: DependenceChoices,
    *,
    of: Iterable[str] | None = None,
    on: Iterable[str] | None = None,
    as_of: dt.date | None = None,
    fetch: Fetch | None = None,
) -> Dependence:
    """Return what states depend on.

    Args:
        facts: The ledger's records.
        choices: Mirrors of flows, and how much must be known.
        of: Codes of the states that depend; None for all.
        on: Codes of those on whom; None for all.
        as_of: Leave out what was told later, or longer before than ``lasts_years``.
        fetch: Returns records by id, where the result is to give them.
    """
    claims = find_claims(facts, choices, of=of, on=on, as_of=as_of)
    return Dependence(facts, claims, choices, fetch)


def find_claims(
    facts: Facts,
    choices: DependenceChoices,
    *,
    of: Iterable[str] | None = None,
    on: Iterable[str] | None = None,
    as_of: dt.date | None = None,
) -> list[Claim]:
    """Return the claims of a ledger's texts, the heaviest first; arguments as for `measure_dependence`."""
    pairs = _dependences(facts, choices, of, on, as_of)
    groups: dict[tuple[int, int, str | None, int | None], list[int]] = {}
    attributes = {place: facts.attributes_of(place) for place in np.unique(pairs.record).tolist()}
    days = facts.as_of
    for record, actor, partner in zip(pairs.record.tolist(), pairs.actor.tolist(), pairs.recipient.tolist(), strict=True):
        day = day_of(int(days[record]))
        key = (actor, partner, attributes[record].get("flow"), None if day is None else day.year)
        groups.setdefault(key, []).append(record)
    joint = _joint(facts, pairs)
    claims = [_claim(facts, key, records, attributes, joint) for key, records in groups.items()]
    return sorted(claims, key=lambda claim: (claim.actor, *claim.order, claim.on, str(claim.told)))


def _dependences(
    facts: Facts, choices: DependenceChoices, of: Iterable[str] | None, on: Iterable[str] | None, as_of: dt.date | None
) -> Pairs:
    counts = (facts.kind.values == facts.kind.place("tie")) & (facts.type.values == facts.type.place("dependence")) & facts.real
    if as_of is not None:
        last = day_number(as_of)
        told = np.where(facts.published == OPEN, last, facts.published)
        first = last - round(choices.lasts_years * _YEAR)
        counts &= (told <= last) & (np.where(facts.as_of == OPEN, last, facts.as_of) >= first)
    pairs = pairs_of(facts, np.flatnonzero(counts[facts.record]), base_codes(facts))
    chosen = pairs.recipient != NOBODY
    if of is not None:
        chosen &= facts.code_table(of)[pairs.actor]
    if on is not None:
        chosen &= facts.code_table(on)[pairs.recipient]
    return pairs.only(chosen)


def _joint(facts: Facts, pairs: Pairs) -> set[int]:
    """Return which records of the pairs tell of several partners together, those that were not asked for among them."""
    every = pairs_of(facts, np.flatnonzero(np.isin(facts.record, pairs.record)), base_codes(facts))
    met = np.unique(np.stack([every.record, every.recipient])[:, every.recipient != NOBODY], axis=1)
    records, counts = np.unique(met[0], return_counts=True)
    return set(records[counts > 1].tolist())


def _stated(
    facts: Facts, records: Iterable[int], attributes: dict[int, dict[str, Any]], joint: Collection[int]
) -> list[tuple[float, int]]:
    """Return the share that each document gives of one partner alone, its largest, with its record; sorted."""
    largest: dict[int, tuple[float, int]] = {}
    for place in sorted(set(records)):
        share = attributes[place].get("share")
        if place in joint or not isinstance(share, float | int):
            continue
        document = int(facts.document[place])
        if document not in largest or float(share) > largest[document][0]:
            largest[document] = (float(share), place)
    return sorted(largest.values())


def _ranks(records: Iterable[int], attributes: dict[int, dict[str, Any]]) -> list[tuple[int, int]]:
    """Return the ranks that records give, with their records; the best first."""
    ranks = ((attributes[place].get("rank"), place) for place in set(records))
    return sorted((int(rank), place) for rank, place in ranks if isinstance(rank, float | int))


def _claim(
    facts: Facts,
    key: tuple[int, int, str | None, int | None],
    records: list[int],
    attributes: dict[int, dict[str, Any]],
    joint: Collection[int],
) -> Claim:
    actor, partner, flow, _ = key
    places = np.array(records, dtype=np.int64)
    stated = _stated(facts, records, attributes, joint)
    ranks = _ranks(records, attributes)
    middle = stated[(len(stated) - 1) // 2] if stated else None
    shown = middle[1] if middle else ranks[0][1] if ranks else min(records)
    behind = np.array([place for _, place in stated], dtype=np.int64)
    low, high = _interval(facts, behind, np.array([share for share, _ in stated]))
    starts = facts.start[places]
    ends = facts.end[places]
    known = starts[starts != OPEN]
    over = ends[ends != OPEN]
    return Claim(
        actor=facts.codes[actor],
        on=facts.codes[partner],
        flow=flow,
        share=middle[0] if middle else None,
        low=low,
        high=high,
        rank=ranks[0][0] if ranks else None,
        since=day_of(int(known.min())) if known.size else None,
        until=day_of(int(over.max()) - 1) if over.size == ends.size else None,
        told=day_of(int(facts.published[places].max())),
        shown=shown,
        records=(shown, *sorted(set(records) - {shown})),
    )


def _interval(facts: Facts, records: Places, shares: np.ndarray[Any, np.dtype[np.float64]]) -> tuple[float | None, float | None]:
    """Return the interval of the median share by resampling documents, None for fewer documents than the codebook asks for."""
    choices = facts.choices.intervals
    if facts.count_documents(records) < choices.least_documents:
        return None, None
    order = np.argsort(shares, kind="stable")

    def median(weights: np.ndarray[Any, np.dtype[np.float64]]) -> np.ndarray[Any, np.dtype[np.float64]]:
        grown = np.cumsum(weights[order])
        middle: np.ndarray[Any, np.dtype[np.float64]] = shares[order[np.searchsorted(grown, grown[-1] / 2)]].reshape(1)
        return middle

    resampler = Resampler(facts.document[records], choices)
    low, high = resampler.interval(resampler.statistics(median))
    return float(low[0]), float(high[0])


def _note(claim: Claim, documents: int, least: int) -> str | None:
    if claim.share is None:
        return None
    if claim.low is None:
        return f"share as given; {documents} of the {least} documents that an interval needs"
    return None


def _year(claim: Claim) -> int | None:
    day = claim.since or claim.told
    return None if day is None else day.year


def _concentrated(key: tuple[str, str, int | None], claims: Sequence[Claim], choices: DependenceChoices) -> dict[str, Any]:
    shares = np.array([claim.share for claim in claims], dtype=np.float64)
    known = float(shares.sum())
    low = float(np.sqrt((shares**2).sum()))
    high = float(np.sqrt((shares**2).sum() + max(0.0, 1 - known) ** 2))
    enough = known >= choices.least_known
    return {
        "actor": key[0],
        "flow": key[1],
        "year": key[2],
        "known": known,
        "index": low if enough else None,
        "low": low,
        "high": min(1.0, high),
        "note": None if enough else f"only {known:.0%} of the {key[1]} is accounted for; bounds in place of a number",
    }


def _mutual(claim: Claim, mirror: Claim) -> dict[str, Any]:
    one, other = claim.share or 0.0, mirror.share or 0.0
    salience, symmetry = float(np.sqrt(one * other)), 1 - abs(one - other)
    return {
        "one": claim.actor,
        "other": claim.on,
        "flow": claim.flow,
        "share_one": one,
        "share_other": other,
        "salience": salience,
        "symmetry": symmetry,
        "interdependence": salience * symmetry,
    }


# --- exposure -----------------------------------------------------------------------------------------------------------


class Supposition(Struct, frozen=True):
    """An act that is supposed: its type, with or without a mode, and the codes of sender and target, as of a day."""

    type: str
    sender: frozenset[str]
    target: frozenset[str]
    text: str


class Exposure(Result):
    """Who is hit if an act cuts a link, one tie a row: first round, then second, the heaviest first.

    Columns: round, hit, through (whom it depends on), how, flow, share, rank, share_low, share_high, since, until, told, records,
    documents. ``precedents`` holds acts of that type between the two sides which the ledger has already.
    """

    def __init__(
        self, facts: Facts, links: Sequence[tuple[int, str, Claim]], act: Supposition, flows: Sequence[str], fetch: Fetch | None
    ) -> None:
        self.act = act
        evidence = evidence_of([claim.records for *_, claim in links])
        records, documents = evidence.counts(facts)
        columns: dict[str, Any] = {
            "round": [number for number, *_ in links],
            "hit": [claim.actor for *_, claim in links],
            "through": [claim.on for *_, claim in links],
            "how": [how for _, how, _ in links],
        }
        columns |= {name: [getattr(claim, name) for *_, claim in links] for name in ("flow", "share", "rank")}
        columns |= {"share_low": [claim.low for *_, claim in links], "share_high": [claim.high for *_, claim in links]}
        columns |= {name: [getattr(claim, name) for *_, claim in links] for name in ("since", "until", "told")}
        columns |= {"records": records, "documents": documents}
        self.precedents = _precedents(facts, act)
        notes = {"act": act.text, "cuts": list(flows), "precedents": facts.record_ids(self.precedents)}
        super().__init__("exposure", columns, evidence, facts, notes, fetch)


def trace_exposure(
    facts: Facts,
    choices: DependenceChoices,
    act: Supposition,
    *,
    as_of: dt.date | None = None,
    fetch: Fetch | None = None,
) -> Exposure:
    """Return who is hit, and through which tie, if a given act cuts the links between a sender and a target.

    Args:
        facts: The ledger's records.
        choices: Which flows an act cuts, and which pass a shock on.
        act: The act.
        as_of: Ties as of this day; see `measure_dependence`.
        fetch: Returns records by id, where the result is to give them.

    Raises:
        InputError: The codebook does not say which flows such an act cuts.
    """
    flows = choices.cuts.get(act.type.partition("/")[0])
    if flows is None:
        raise InputError(f"{act.type!r} cuts no flow by the codebook; it has {', '.join(choices.cuts)}")
    claims = find_claims(facts, choices, as_of=as_of)
    first = _first_round(claims, act, flows)
    hit = {claim.actor for _, claim in first} - act.target
    second = [
        ("depends on a state that the first round hits", claim)
        for claim in claims
        if claim.on in hit and claim.actor not in hit | act.target and _carries(claim, choices.passes_on)
    ]
    links = [(number, how, claim) for number, part in ((1, first), (2, second)) for how, claim in part]
    links.sort(key=lambda link: (link[0], link[2].order, link[2].actor, str(link[2].told)))
    return Exposure(facts, links, act, flows, fetch)


def _first_round(claims: Sequence[Claim], act: Supposition, flows: Sequence[str]) -> list[tuple[str, Claim]]:
    found = []
    for claim in claims:
        if not _carries(claim, flows):
            continue
        if claim.actor in act.target and claim.on in act.sender:
            found.append(("the target depends on the sender: the link itself is cut", claim))
        elif claim.actor in act.sender and claim.on in act.target:
            found.append(("the sender depends on the target: the link itself is cut", claim))
        elif claim.on in act.target and claim.actor not in act.target:
            found.append(("depends on the target", claim))
    return found


def _carries(claim: Claim, flows: Iterable[str]) -> bool:
    return claim.flow is None or claim.flow in flows


def _precedents(facts: Facts, act: Supposition) -> Places:
    """Return the places of acts of the type from sender to target that happened."""
    name, _, mode = act.type.partition("/")
    wanted = facts.real & (facts.kind.values == facts.kind.place("event")) & (facts.type.values == facts.type.place(name))
    if mode:
        wanted &= facts.mode.values == facts.mode.place(mode)
    pairs = pairs_of(facts, np.flatnonzero(wanted[facts.record]))
    between = facts.code_table(act.sender)[pairs.actor] & facts.code_table(act.target)[pairs.recipient]
    return np.unique(pairs.record[between])
