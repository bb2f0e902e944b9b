"""Rules and reader in one voice: what the reader finds unlikely goes, what only the reader finds comes, each with its say.

A candidate is a record of the rules or a proposal of the learned reader. A logistic model with few weights, fitted on passages
that neither was made from, turns how likely the reader holds a record, and how sure the rule that made it is, into one
confidence; of candidates that tell one thing differently the surer one stays, and those below the threshold go.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Literal

import numpy as np
from msgspec import Struct
from msgspec.structs import replace

from entente.codebook.vocabulary import SYMMETRIC, Vocabulary
from entente.coding.code import LeftOut
from entente.coding.records import place_of, span_text
from entente.coding.scene import Scene
from entente.records.actors import codes_of
from entente.records.annotations import Clause
from entente.records.judgement import Judgement, label_of
from entente.records.record import Record
from entente.records.timespan import TimeSpan

Precision = Literal["high", "balanced", "recall"]
PRECISIONS: tuple[Precision, ...] = ("high", "balanced", "recall")

FAINT = -2.0
"""Logit of a pair below which a proposal is not worth weighing: about one in eight."""

LIKELY = 3.0
"""Logit from which a pair stands beside likelier ones of the same label."""

NEAR = 0.5
"""By how much less likely than another with one of its sides a pair may be, and be told with it all the same."""

REAL = ("actual", "historical")

BOUND = 6.0
"""Logits beyond this say no more."""


class Fusion(Struct, frozen=True):
    """The weights of each voice, and the thresholds.

    Attributes:
        rule: Weights of a rule's features (see :class:`Candidate`), and by a kind's name and a label what is added for them.
        reader: The same of the reader's own proposals.
        alone: The same of a rule's records of which the reader says nothing.
        thresholds: The least confidence of a record, by precision and voice.
        relate: Between two given spans (see :class:`entente.coding.relate.Relater`): ``reader``, ``trust``, ``slope``, ``shift``.
    """

    rule: dict[str, float]
    reader: dict[str, float]
    alone: dict[str, float]
    thresholds: dict[str, dict[str, float]]
    relate: dict[str, float] = {}


class Candidate(Struct, frozen=True):
    """A record that may stand.

    Attributes:
        record: What it says.
        voice: Who says so.
        logit: What the reader says of it, None where it says nothing.
        features: What speaks for and against it. ``logit``, within bounds; ``margin``, by how much the reader holds it likelier
            than anything else between the same two; ``sentence``, the highest logit of anything in the sentence; ``parties``,
            how many are named in it; ``busy``, the mean logit that its parties take part in anything; ``unreal``, 1 where it
            is future, hypothetical or negated; ``nobody_acts`` and ``toward_nobody``, 1 where a side is empty; ``several``, how
            many sides are of more than one; ``rivals``, 1 where a rule tells the same type of others. Of a rule its
            ``confidence``, and ``office``, 1 for one; of the reader ``trigger``, the logit of the word that tells it, ``near``,
            1 where a pattern of the same entry came near, and ``spread``, how many words it stands across.
    """

    record: Record
    voice: Literal["rule", "reader"]
    logit: float | None
    features: dict[str, float] = {}

    @property
    def label(self) -> str:
        """What it tells, as the reader names it."""
        return label_of(self.record.kind, self.record.type)


class Refused(Struct, frozen=True):
    """A record that was left out, with the reason."""

    record: Record
    reason: str


def fusion_of(settings: Mapping[str, Any]) -> Fusion:
    """Return the weights that came with the reader."""
    return Fusion(settings["rule"], settings["reader"], settings["alone"], settings["thresholds"], settings["relate"])


def fuse(
    candidates: Sequence[Candidate], fusion: Fusion, precision: Precision
) -> tuple[list[tuple[Record, float | None]], list[Refused]]:
    """Return the records that stand, each with the reader's logit, in the order of the words; and those that don't."""
    sure = _without_twins([(candidate, confidence_of(candidate, fusion)) for candidate in candidates])
    sure.sort(key=lambda pair: -pair[1])
    kept: list[tuple[Candidate, float]] = []
    refused: list[Refused] = []
    for candidate, confidence in sure:
        rival = next((other for other, _ in kept if _tell_one_thing(candidate, other)), None)
        if rival is not None:
            if candidate.voice == "rule":
                refused.append(Refused(candidate.record, f"the reader is surer of {_words(rival.record)}"))
        elif confidence < fusion.thresholds[precision][candidate.voice]:
            if candidate.voice == "rule" or confidence >= 0.25:
                refused.append(Refused(candidate.record, f"rule and reader together are {confidence:.2f} sure of it"))
        else:
            kept.append((candidate, confidence))
    records = [(replace(c.record, confidence=round(confidence, 3)), c.logit) for c, confidence in kept]
    records.sort(key=lambda pair: (pair[0].evidence.start, pair[0].kind))
    return records, refused


def _without_twins(sure: list[tuple[Candidate, float]]) -> list[tuple[Candidate, float]]:
    """Return the candidates without what both voices tell alike: there the rule's stays, as sure as the surer voice is."""
    said: dict[Any, float] = {}
    for candidate, confidence in sure:
        if candidate.voice == "reader":
            said[_content(candidate.record)] = confidence
    ruled = {_content(candidate.record) for candidate, _ in sure if candidate.voice == "rule"}
    return [
        (candidate, max(confidence, said.get(_content(candidate.record), 0.0)))
        for candidate, confidence in sure
        if candidate.voice == "rule" or _content(candidate.record) not in ruled
    ]


def _content(record: Record) -> tuple[str, str, frozenset[str], frozenset[str]]:
    sides = codes_of(record.actor), codes_of(record.recipient)
    if record.type in SYMMETRIC:
        sides = sides[0] | sides[1], frozenset()
    return record.kind, record.type, *sides


def confidence_of(candidate: Candidate, fusion: Fusion) -> float:
    """Return how sure both voices are of a candidate; in a sentence that the reader has not read, how sure the rule is."""
    record = candidate.record
    if not candidate.features:
        return record.confidence
    weights = fusion.alone if candidate.logit is None else fusion.rule if candidate.voice == "rule" else fusion.reader
    score = weights.get(record.kind, 0.0) + weights.get(candidate.label, 0.0)
    score += sum(weights.get(name, 0.0) * value for name, value in candidate.features.items())
    return 1 / (1 + math.exp(-score))


def bounded(logit: float) -> float:
    """Return a logit within the bounds beyond which it says no more."""
    return max(-BOUND, min(BOUND, logit))


def _words(record: Record) -> str:
    sides = (", ".join(a.code or a.text for a in side) for side in (record.actor, record.recipient))
    return f"{record.kind} {record.type} {' → '.join(sides)}"


def _tell_one_thing(one: Candidate, other: Candidate) -> bool:
    """Return whether two candidates read one fact: one kind, and the same people, or the same type with some of them."""
    a, b = one.record, other.record
    if a.kind != b.kind or (one.voice == other.voice == "rule"):
        return False
    ours, theirs = codes_of(a.actor), codes_of(b.actor)
    onto, unto = codes_of(a.recipient), codes_of(b.recipient)
    if a.type == b.type:
        return bool((ours | onto) & (theirs | unto)) or (one.voice != other.voice and not (ours | onto))
    return ours == theirs and onto == unto


# --- candidates ---------------------------------------------------------------------------------------------------------


def find_candidates(
    scene: Scene, records: Iterable[Record], near: Iterable[LeftOut], judgement: Judgement | None, vocabulary: Vocabulary
) -> list[Candidate]:
    """Return the rules' records and the reader's proposals of a sentence; ``near`` are the patterns that came near."""
    if judgement is None:
        return [Candidate(record, "rule", None) for record in records]
    found = [_by_rule(record, judgement) for record in records]
    entries = frozenset(item.coded_by.rpartition("/")[0] for item in near)
    found += propose(scene, judgement, vocabulary, entries)
    ruled = [candidate.record for candidate in found if candidate.voice == "rule"]
    return [replace(candidate, features={**candidate.features, **_beside(candidate.record, ruled)}) for candidate in found]


def fewest_parties(records: Sequence[Record]) -> int:
    """Return how many parties a sentence must name for the reader to be asked about it.

    Where rules found nothing and one party is named, what it proposes is right once in seven.
    """
    return 1 if records else 2


def _beside(record: Record, ruled: Sequence[Record]) -> dict[str, float]:
    """Return what a record's sides, and the rules' other records of the sentence, say of it."""
    people = codes_of((*record.actor, *record.recipient))
    rivals = (other for other in ruled if other is not record and other.type == record.type)
    return {
        "nobody_acts": float(not record.actor),
        "toward_nobody": float(not record.recipient),
        "several": float(len(record.actor) > 1) + float(len(record.recipient) > 1),
        "rivals": float(any(codes_of((*other.actor, *other.recipient)) != people for other in rivals)),
    }


def _by_rule(record: Record, judgement: Judgement) -> Candidate:
    """Return a rule's record with the reader's mean logit over its pairs, None where it doesn't know the type or the people."""
    number = judgement.label_number(record.kind, record.type)
    if number is None:
        return _unjudged(record)
    actors, recipients = judgement.places_of(record.actor), judgement.places_of(record.recipient)
    pairs = _pairs(actors, recipients, len(judgement.parties), symmetric=record.type in SYMMETRIC)
    if not pairs:
        return _unjudged(record)
    said = _said_of(judgement, pairs, number)
    return Candidate(record, "rule", said["logit"], {**_bounded(said), **_own(record)})


def _unjudged(record: Record) -> Candidate:
    """Return a rule's record of which the reader says nothing; an office is read off the page, and as sure as its rule."""
    return Candidate(record, "rule", None, {**_own(record), "office": float(record.type == "office")})


def _own(record: Record) -> dict[str, float]:
    return {"confidence": record.confidence, "unreal": float(record.status not in REAL)}


def _said_of(judgement: Judgement, pairs: Sequence[tuple[int, int]], number: int) -> dict[str, float]:
    """Return what the reader says of a label between pairs."""
    between = judgement.logits_of(pairs).copy()
    logit = float(between[number])
    between[number] = -np.inf
    return {
        "logit": logit,
        "margin": logit - float(between.max()),
        "sentence": judgement.highest,
        "parties": float(len(judgement.parties)),
        "busy": float(judgement.busy[sorted({i for pair in pairs for i in pair} - {len(judgement.parties)})].mean()),
    }


def _bounded(said: Mapping[str, float]) -> dict[str, float]:
    return {name: bounded(value) for name, value in said.items()}


def _pairs(actors: Sequence[int], recipients: Sequence[int], nobody: int, *, symmetric: bool) -> list[tuple[int, int]]:
    if symmetric:
        together = sorted({*actors, *recipients})
        return [(a, b) for a in together for b in together if a != b] or [(a, nobody) for a in together]
    return [(a, r) for a in (actors or (nobody,)) for r in (recipients or (nobody,)) if a != r]


class _Group(Struct, frozen=True):
    """Pairs that tell one record: its sides, and the mean logit."""

    actors: tuple[int, ...]
    recipients: tuple[int, ...]
    logit: float


def propose(
    scene: Scene, judgement: Judgement, vocabulary: Vocabulary, near: frozenset[str] = frozenset()
) -> Iterator[Candidate]:
    """Yield what the reader finds between the parties of a sentence; ``near`` are entries of which a pattern came near."""
    for number in np.flatnonzero(judgement.logits.max((0, 1)) > FAINT):
        kind, _, type_ = judgement.labels[number].rpartition(":")
        logits = judgement.logits[:, :, number]
        for group in _together(logits) if type_ in SYMMETRIC else _directed(logits):
            pairs = _pairs(group.actors, group.recipients, len(judgement.parties), symmetric=type_ in SYMMETRIC)
            trigger = judgement.trigger_of(int(number), pairs)
            record = _record_of(scene, judgement, group, kind or "event", type_, trigger, vocabulary)
            if codes_of((*record.actor, *record.recipient)):
                said = _said_of(judgement, pairs, int(number)) | {
                    "logit": group.logit,
                    "trigger": float(judgement.triggers[trigger, number]),
                    "near": float(f"{record.kind}/{type_}" in near),
                    "spread": record.evidence.text.count(" ") / 5,
                }
                unreal = float(record.status not in REAL)
                yield Candidate(record, "reader", group.logit, {**_bounded(said), "unreal": unreal})


def _together(logits: Any) -> Iterator[_Group]:
    """Yield groups of parties that are joined by likely pairs, and single ones that act with nobody."""
    nobody = len(logits) - 1
    likely = [(int(a), int(b)) for a, b in zip(*np.nonzero(_likely(logits)), strict=True)]
    groups: list[set[int]] = []
    for a, b in ((a, b) for a, b in likely if nobody not in (a, b)):
        joined = [group for group in groups if a in group or b in group]
        groups = [group for group in groups if group not in joined] + [{a, b}.union(*joined)]
    for group in groups:
        inside = [logits[a, b] for a, b in likely if a in group and b in group]
        yield _Group(tuple(sorted(group)), (), float(np.mean(inside)))
    taken = {i for group in groups for i in group}
    for a in range(nobody):
        if a not in taken and (a, nobody) in likely:
            yield _Group((a,), (), float(logits[a, nobody]))


def _directed(logits: Any) -> Iterator[_Group]:
    """Yield groups of pairs with the same recipients, then with the same actors; a pair stands before one of its sides alone."""
    nobody = len(logits) - 1
    actors_of: dict[int, list[int]] = defaultdict(list)
    for a, r in zip(*np.nonzero(_likely(logits)), strict=True):
        if (a, r) != (nobody, nobody):
            actors_of[int(r)].append(int(a))
    recipients_of: dict[tuple[int, ...], list[int]] = defaultdict(list)
    for r, actors in actors_of.items():
        named = tuple(a for a in actors if a != nobody)
        recipients_of[named].append(r)
    for acting, recipients in recipients_of.items():
        onto = tuple(r for r in recipients if r != nobody)
        if acting or onto:
            pairs = [(a, r) for a in (acting or (nobody,)) for r in (onto or (nobody,))]
            yield _Group(acting, onto, float(np.mean([logits[a, r] for a, r in pairs])))


def _likely(logits: Any) -> Any:
    """Return which pairs are likely by themselves, or nearly as likely as any that one of the two stands in."""
    aside = logits.copy()
    aside[-1, :] = aside[:, -1] = -np.inf
    rival = np.maximum(np.maximum(aside.max(0)[None, :], aside.max(1)[:, None]), logits)
    return (logits > FAINT) & ((logits > LIKELY) | (logits >= rival - NEAR))


def _record_of(
    scene: Scene, judgement: Judgement, group: _Group, kind: str, type_: str, trigger: int, vocabulary: Vocabulary
) -> Record:
    document = scene.resolved.parsed.document
    clause = _clause_at(scene, trigger)
    tokens = [trigger, *(_nearest(judgement.tokens[i], trigger) for i in (*group.actors, *group.recipients))]
    start = min(scene.tokens[i].start for i in tokens)
    end = max(scene.tokens[i].end for i in tokens)
    event = kind == "event"
    return Record(
        id="",
        kind=kind,  # type: ignore[arg-type]
        type=type_,
        actor=tuple(judgement.parties[i] for i in group.actors),
        recipient=tuple(judgement.parties[i] for i in group.recipients),
        date=_date_at(scene, clause, trigger),
        status=clause.status,
        place=place_of(scene, clause) if event else None,
        score=vocabulary.score(type_, None) if event else None,
        quad=vocabulary.quad(type_) if event else None,
        document=document.id,
        published=document.published,
        source=document.source,
        sentence=scene.sentence.index,
        evidence=span_text(document, start, end),
        coded_by=f"reader/{type_}",
        confidence=0.5,
    )


def _nearest(tokens: Sequence[int], i: int) -> int:
    return min(tokens, key=lambda j: abs(j - i))


def _clause_at(scene: Scene, i: int) -> Clause:
    kind = {"VERB": "verb", "AUX": "verb", "ADJ": "copula"}.get(scene.tokens[i].pos, "noun")
    return scene.clauses.get(kind, i)


def _date_at(scene: Scene, clause: Clause, i: int) -> TimeSpan | None:
    """Return the date of the trigger, or of the nearest predicate above it in its clause."""
    found = scene.span_of(clause)
    if found is not None:
        return found
    for token in scene.heads_of(i):
        if token.pos in ("VERB", "AUX"):
            return scene.dated.spans.get((scene.sentence.index, token.i))
    return None
