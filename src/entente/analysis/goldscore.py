"""A coder's records against gold passages: what was found, what was missed, what is wrong, by the rules of the annotation guide.

A record finds a gold record of its sentence where kind, status, type and people agree; dates, modes, sectors and attributes are
judged only over what was found. Gold and coded records of a sentence are assigned one to one, so that as many required gold
records as possible are found, then as many optional ones. Where two gold records tell one fact in two
kinds (``same_as``), finding either is enough.
"""

from __future__ import annotations

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Literal

import msgspec
from msgspec import Struct

from entente.codebook.vocabulary import SYMMETRIC
from entente.errors import InputError
from entente.records.annotations import Status
from entente.records.record import KINDS, Kind

EXTRAS = ("date", "mode", "sector", "attributes")
TOLERANCE = 0.02
"""How far a share may be off."""

Value = str | float | bool | None


class GoldRecord(Struct, frozen=True):
    """What a careful reader says that a sentence reports; codes may carry a sector (``SYR.REB``), days are inclusive."""

    kind: Kind
    sentence: int
    type: str | list[str]
    actor: list[str] = []
    recipient: list[str] = []
    date: tuple[str | None, str | None] | None = None
    status: Status = "actual"
    mode: str | None = None
    attributes: dict[str, Value] = {}
    optional: bool = False
    same_as: int | str | None = None

    @property
    def types(self) -> frozenset[str]:
        """The types of which any is right."""
        return frozenset([self.type] if isinstance(self.type, str) else self.type)


class Passage(Struct, frozen=True):
    """A text with its gold records; the text is the sentences joined by one line feed."""

    id: str
    date: str
    sentences: list[str]
    records: list[GoldRecord]
    title: str | None = None

    @property
    def text(self) -> str:
        """The text that offsets count in."""
        return "\n".join(self.sentences)


class Party(Struct, frozen=True):
    """An actor or recipient of a coded record."""

    code: str | None = None
    sector: str | None = None


class Days(Struct, frozen=True):
    """Inclusive ISO days; None where open."""

    start: str | None = None
    end: str | None = None


class Words(Struct, frozen=True):
    """Where the words that justify a record begin: code points of the passage's text."""

    start: int | None = None


class Claim(Struct, frozen=True):
    """A coded record, of which only what is scored is read: entente's public form or any other coder's in its shape."""

    document: str
    kind: Kind
    type: str
    actor: list[Party] | None = None
    recipient: list[Party] | None = None
    date: Days | None = None
    status: Status | None = None
    mode: str | None = None
    attributes: dict[str, Any] | None = None
    evidence: Words | None = None
    sentence: int | None = None


class Finding(Struct, frozen=True):
    """A difference between gold and coder, with the sentence: a record missed, wrong, or found with another date."""

    what: Literal["missed", "wrong", "date"]
    passage: str
    sentence: int
    words: str
    gold: GoldRecord | None = None
    claim: Claim | None = None


class Figures(Struct, frozen=True):
    """Required gold records, coded records, and how they agree; all shares are rounded to three places."""

    wanted: int
    predicted: int
    recall: float
    precision: float
    f1: float


class Quality(Struct, frozen=True):
    """Of so many found records that have the property, how many have it right."""

    of: int
    right: int


class GoldScore(Struct, frozen=True):
    """Figures by kind and for all, the quality of what was found, and every finding in the order of the passages."""

    kinds: dict[str, Figures]
    quality: dict[str, Quality]
    findings: tuple[Finding, ...]


# --- reading ------------------------------------------------------------------------------------------------------------

_passages = msgspec.json.Decoder(Passage)
_claims = msgspec.json.Decoder(Claim)


def read_passage(raw: bytes) -> Passage:
    """Return the passage that a gold file holds.

    Raises:
        InputError: It is none; the message names the key.
    """
    try:
        return _passages.decode(raw)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise InputError(f"it is no gold passage ({error})") from error


def read_claim(line: bytes) -> Claim:
    """Return the coded record of one JSON line.

    Raises:
        InputError: It is none; the message names the key.
    """
    try:
        return _claims.decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise InputError(f"it is no record ({error})") from error


def claim_of(public: Mapping[str, Any]) -> Claim:
    """Return the claim of a record's public form."""
    return msgspec.convert(public, Claim)


def place_of(claim: Claim, passages: Mapping[str, Passage]) -> tuple[str, int]:
    """Return passage and sentence of a coded record: where its evidence starts, else the sentence that it gives.

    Raises:
        InputError: No passage has its document's id, or it stands in no sentence.
    """
    passage = passages.get(claim.document)
    if passage is None:
        raise InputError(f"no gold passage has the id {claim.document!r}")
    start = claim.evidence.start if claim.evidence else None
    index = claim.sentence
    if start is not None:
        text = passage.text
        index = text.count("\n", 0, start) if 0 <= start < len(text) else None
    if index is None or not 0 <= index < len(passage.sentences):
        raise InputError(f"it stands in no sentence of {claim.document!r}: give `evidence` with a `start`, or `sentence`")
    return claim.document, index


# --- what agrees with what ----------------------------------------------------------------------------------------------


def _gold_codes(side: Iterable[str]) -> set[str]:
    return {code.partition(".")[0] for code in side} - {""}


def _claimed_codes(side: Iterable[Party] | None) -> set[str]:
    return {party.code for party in side or () if party.code}


def agrees(claim: Claim, gold: GoldRecord) -> bool:
    """Return whether a coded record finds a gold record of its sentence."""
    if claim.kind != gold.kind or claim.type not in gold.types:
        return False
    if not _same_status(claim, gold) or not _same_people(claim, gold):
        return False
    wanted = gold.attributes.get("person") if gold.types == {"office"} else None
    return not wanted or _surname(wanted) == _surname((claim.attributes or {}).get("person"))


def _same_status(claim: Claim, gold: GoldRecord) -> bool:
    """Return whether the statuses agree: a distant past is actual, and a promise may be the saying or what it promises."""
    pair = {"actual" if status in ("historical", None) else status for status in (claim.status, gold.status)}
    return len(pair) == 1 or (claim.type == "AGREE" and pair == {"actual", "future"})


def _same_people(claim: Claim, gold: GoldRecord) -> bool:
    wanted = _gold_codes(gold.actor), _gold_codes(gold.recipient)
    found = _claimed_codes(claim.actor), _claimed_codes(claim.recipient)
    if all(not want or want == have for want, have in zip(wanted, found, strict=True)):
        return True
    either_way = claim.type in SYMMETRIC or (claim.type == "SUPPORT" and "AGREE" in gold.types)
    return either_way and set.union(*wanted) == set.union(*found)


def _surname(name: object) -> str:
    """Return the last word of a name without case, marks and signs."""
    letters = unicodedata.normalize("NFKD", name).lower() if isinstance(name, str) else ""
    words = "".join(c for c in letters if c.isalpha() or c in " -").split()
    return words[-1] if words else ""


# --- what is right of what was found ------------------------------------------------------------------------------------


def _date_right(claim: Claim, gold: GoldRecord) -> bool:
    days = claim.date or Days()
    return (days.start, days.end) == (gold.date or (None, None))


def _mode_right(claim: Claim, gold: GoldRecord) -> bool:
    return claim.mode == gold.mode


def _sectors_right(claim: Claim, gold: GoldRecord) -> bool:
    parties = [*(claim.actor or ()), *(claim.recipient or ())]
    return _gold_sectors(gold) == {(p.code, p.sector) for p in parties if p.code and p.sector}


def _gold_sectors(gold: GoldRecord) -> set[tuple[str | None, str | None]]:
    pairs = (code.split(".") for code in (*gold.actor, *gold.recipient) if "." in code)
    return {(pair[0], pair[1]) for pair in pairs if pair[0] and pair[1]}


def _attributes_right(claim: Claim, gold: GoldRecord) -> bool:
    return all(_same_value(value, (claim.attributes or {}).get(name)) for name, value in gold.attributes.items())


def _same_value(want: Value, have: Any) -> bool:
    """Return whether an attribute is right: a figure within the tolerance, words where one contain the others."""
    if isinstance(want, str):
        return isinstance(have, str) and have != "" and (want.lower() in have.lower() or have.lower() in want.lower())
    if isinstance(want, bool) or want is None:
        return bool(want == have)
    return isinstance(have, int | float) and abs(have - want) <= TOLERANCE


def _judgements(claim: Claim, gold: GoldRecord) -> dict[str, bool]:
    """Return what is right of a found record, of that alone which gold gives; a date is always judged."""
    judged = {"date": _date_right(claim, gold)}
    if gold.mode:
        judged["mode"] = _mode_right(claim, gold)
    if _gold_sectors(gold):
        judged["sector"] = _sectors_right(claim, gold)
    if gold.attributes:
        judged["attributes"] = _attributes_right(claim, gold)
    return judged


def _quality(claim: Claim, gold: GoldRecord) -> int:
    """Return how good a pair is beyond agreeing: dates and attributes count double."""
    judged = _judgements(claim, gold)
    return 2 * judged["date"] + judged.get("mode", False) + 2 * judged.get("attributes", False)


# --- one to one ---------------------------------------------------------------------------------------------------------

BEST_QUALITY = 100
"""More than the qualities of all pairs of a sentence add up to."""


def assign(gold: Sequence[GoldRecord], claims: Sequence[Claim]) -> list[int | None]:
    """Return for each gold record the index of the coded record that finds it, None where none does.

    Gold records are served in their order, the required ones first: one that can have a partner without taking the last one of
    a record before it gets one. Of the assignments that serve the same records the one of best quality is taken.
    """
    served = sorted(range(len(gold)), key=lambda i: gold[i].optional)
    value = {i: BEST_QUALITY * 2 ** (len(gold) - rank) for rank, i in enumerate(served)}
    worth = {
        (i, j): value[i] + _quality(claim, wanted)
        for i, wanted in enumerate(gold)
        for j, claim in enumerate(claims)
        if agrees(claim, wanted)
    }
    holder: dict[int, int] = {}
    while (path := _best_path(len(gold), worth, holder)) is not None:
        for i, j in path:
            holder[j] = i
    chosen: list[int | None] = [None] * len(gold)
    for j, i in holder.items():
        chosen[i] = j
    return chosen


def _best_path(size: int, worth: dict[tuple[int, int], int], holder: dict[int, int]) -> list[tuple[int, int]] | None:
    """Return the chain of new pairs that adds most, None where none adds: each takes what the one before it held.

    Bellman and Ford's longest path from the gold records without a partner, which an assignment of greatest value so far
    keeps free of circles that add.
    """
    taken = {i: j for j, i in holder.items()}
    gain: dict[int, int] = {i: 0 for i in range(size) if i not in taken}
    steps: dict[int, list[tuple[int, int]]] = {i: [] for i in gain}
    best: tuple[int, list[tuple[int, int]]] = (0, [])
    changed = True
    while changed:
        changed = False
        for (i, j), value in worth.items():
            if i not in gain or holder.get(j) == i or any(j == other for _, other in steps[i]):
                continue
            total, path = gain[i] + value, [*steps[i], (i, j)]
            loser = holder.get(j)
            if loser is None:
                best = max(best, (total, path), key=lambda found: found[0])
            elif loser not in gain or total - worth[loser, j] > gain[loser]:
                gain[loser], steps[loser], changed = total - worth[loser, j], path, True
    return best[1] or None


# --- counting -----------------------------------------------------------------------------------------------------------


class _Tally:
    """Counts by kind and property, and the findings."""

    def __init__(self) -> None:
        self.counts: dict[str, Counter[str]] = {kind: Counter() for kind in KINDS}
        self.of: Counter[str] = Counter()
        self.right: Counter[str] = Counter()
        self.findings: list[Finding] = []

    def add(self, passage: Passage, index: int, claims: Sequence[Claim]) -> None:
        """Count one sentence."""
        gold = [record for record in passage.records if record.sentence == index]
        chosen = assign(gold, claims)
        hits = [None if j is None else claims[j] for j in chosen]
        told = {w.same_as for w, hit in zip(gold, hits, strict=True) if hit is not None and w.same_as is not None}
        for wanted, hit in zip(gold, hits, strict=True):
            self.counts[wanted.kind]["right"] += hit is not None
            if not wanted.optional:
                self._add_required(passage, wanted, hit, wanted.same_as in told)
        for j, claim in enumerate(claims):
            self.counts[claim.kind]["predicted"] += 1
            if j not in chosen:
                self.findings.append(Finding("wrong", passage.id, index, passage.sentences[index], claim=claim))

    def _add_required(self, passage: Passage, wanted: GoldRecord, hit: Claim | None, told: bool) -> None:
        words = passage.sentences[wanted.sentence]
        self.counts[wanted.kind]["wanted"] += 1
        self.counts[wanted.kind]["found"] += hit is not None or told
        if hit is None:
            if not told:
                self.findings.append(Finding("missed", passage.id, wanted.sentence, words, wanted))
            return
        judged = _judgements(hit, wanted)
        self.of.update(judged.keys())
        self.right.update(name for name, right in judged.items() if right)
        if not judged["date"]:
            self.findings.append(Finding("date", passage.id, wanted.sentence, words, wanted, hit))


def score_records(passages: Sequence[Passage], claims: Iterable[Claim]) -> GoldScore:
    """Return how a coder's records agree with gold passages.

    Raises:
        InputError: A record stands in no sentence of any passage.
    """
    by_id = {passage.id: passage for passage in passages}
    by_place: defaultdict[tuple[str, int], list[Claim]] = defaultdict(list)
    for claim in claims:
        by_place[place_of(claim, by_id)].append(claim)
    tally = _Tally()
    for passage in by_id.values():
        for index in range(len(passage.sentences)):
            tally.add(passage, index, by_place[passage.id, index])
    total: Counter[str] = sum(tally.counts.values(), Counter())
    kinds = {name: _figures(counts) for name, counts in (*tally.counts.items(), ("all", total))}
    return GoldScore(kinds, {name: Quality(tally.of[name], tally.right[name]) for name in EXTRAS}, tuple(tally.findings))


def _figures(counts: Counter[str]) -> Figures:
    recall = counts["found"] / counts["wanted"] if counts["wanted"] else 0.0
    precision = counts["right"] / counts["predicted"] if counts["predicted"] else 0.0
    f1 = 2 * recall * precision / (recall + precision) if recall + precision else 0.0
    return Figures(counts["wanted"], counts["predicted"], round(recall, 3), round(precision, 3), round(f1, 3))


def lines_of(finding: Finding) -> Iterator[str]:
    """Yield the lines that show a finding: what, where, the record, and the sentence below it."""
    gold, claim = finding.gold, finding.claim
    where = f"{finding.what:7} {finding.passage}:{finding.sentence}"
    if finding.what == "date" and gold is not None and claim is not None:
        days = claim.date or Days()
        wanted, coded = _days(gold.date or (None, None)), _days((days.start, days.end))
        yield f"{where} {gold.kind} {'/'.join(sorted(gold.types))} {wanted}, coded {coded}"
    elif gold is not None:
        sides = f"{', '.join(gold.actor) or '–'} → {', '.join(gold.recipient) or '–'}"
        yield f"{where} {gold.kind} {'/'.join(sorted(gold.types))} {sides} {gold.status}"
    elif claim is not None:
        sides = " → ".join(", ".join(sorted(_claimed_codes(side))) or "–" for side in (claim.actor, claim.recipient))
        yield f"{where} {claim.kind} {claim.type} {sides} {claim.status or 'actual'}"
    yield f"        {finding.words}"


def _days(days: tuple[str | None, str | None]) -> str:
    return "no date" if days == (None, None) else f"{days[0] or '…'} to {days[1] or '…'}"
