"""A sentence's records of all five kinds, and what was left out and why."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from entente.codebook.entry import CONTENT
from entente.codebook.load import Codebook
from entente.codebook.quantities import QuantityWords
from entente.coding.commitments import GENERAL, code_commitment
from entente.coding.discourse import complete, infer_actor, infer_recipient
from entente.coding.echo import code_echoes
from entente.coding.elsewhere import Elsewhere
from entente.coding.events import code_event, standing_events
from entente.coding.match import Match, Matcher, Near
from entente.coding.positions import code_position
from entente.coding.scene import Scene
from entente.coding.stations import split_by_days
from entente.coding.supposed import why_supposed
from entente.coding.ties import code_offices, code_tie
from entente.coding.votes import code_vote
from entente.records.record import Record

Place = tuple[str, int, tuple[int, ...]]
"""Kind, trigger token, and tokens of what is undertaken."""


class LeftOut(Struct, frozen=True):
    """A pattern that came near but gave no record: which, where, and why."""

    sentence: int
    start: int
    end: int
    coded_by: str
    reason: str


class SentenceCoder:
    """Codes sentences by a codebook."""

    def __init__(self, codebook: Codebook, quantities: QuantityWords) -> None:
        self.vocabulary = codebook.vocabulary
        self.quantities = quantities
        self.topics = {
            name.removeprefix("topic_"): frozenset(words) for name, words in codebook.words.items() if name.startswith("topic_")
        }
        self.matcher = Matcher(codebook)
        self.elsewhere = Elsewhere(codebook.words)

    def code(self, scene: Scene) -> tuple[list[Record], list[LeftOut]]:
        """Return the records of a sentence in the order of the words, and what was left out."""
        found = list(self.matcher.match(scene))
        matches = [item for item in found if isinstance(item, Match)]
        left_out = [_left_out(item, item.reason) for item in found if isinstance(item, Near)]
        records = list(code_offices(scene.resolved, scene.sentence.index))
        field = self.elsewhere.field_of(scene) if matches else ("", "")
        judged = [
            (
                match,
                reason or self.elsewhere.reason(scene, match, field) or why_supposed(scene, match) or _other_kind(match, matches),
            )
            for match, reason in self._standing(scene, matches)
        ]
        standing = [match for match, reason in judged if not reason]
        told: list[tuple[Match, Record]] = []
        for match in standing:
            inferred = infer_recipient(scene, match, standing)
            if match.incomplete and not inferred:
                left_out.append(_left_out(match, "no recipient was found"))
                continue
            agent = infer_actor(scene, match)
            found_here = [
                complete(each, inferred, agent)
                for record in self._records(scene, match)
                for each in split_by_days(scene, match, record)
            ]
            told += ((match, record) for record in found_here)
        records += (record for _, record in told)
        left_out += [_left_out(match, reason) for match, reason in judged if reason]
        records += code_echoes(scene, told)
        records = list(without_repeated(without_mere_treaties(records)))
        records.sort(key=lambda record: (record.evidence.start, record.kind))
        return records, left_out

    def _standing(self, scene: Scene, matches: list[Match]) -> Iterator[tuple[Match, str]]:
        yield from standing_events(scene, matches)
        best: dict[Place, Match] = {}
        others = [match for match in matches if match.kind != "event"]
        for match in others:
            key = _place(match)
            rival = best.get(key)
            if rival is None or match.weight > rival.weight:
                best[key] = match
        for match in others:
            winner = best[_place(match)]
            outer = _told_by(scene, match, best)
            if (surer := _surer(match, others)) is not None:
                yield match, f"{surer.pattern.entry}/{surer.pattern.id} says what is undertaken"
            elif winner is not match:
                yield match, f"{winner.pattern.entry}/{winner.pattern.id} says more of the same words"
            else:
                yield match, f"it is the content of {outer.pattern.entry}/{outer.pattern.id}" if outer else ""

    def _records(self, scene: Scene, match: Match) -> Iterator[Record]:
        if match.kind == "event":
            yield code_event(scene, match, self.vocabulary)
        elif match.kind == "tie":
            yield from code_tie(scene, match, self.vocabulary, self.quantities)
        elif match.kind == "commitment":
            yield from code_commitment(scene, match, self.vocabulary, self.topics)
        elif match.kind == "position":
            yield from code_position(scene, match, self.vocabulary)
        else:
            yield from code_vote(scene, match, self.vocabulary)


def without_mere_treaties(records: list[Record]) -> list[Record]:
    """Return the records without a treaty whose content another commitment of its parties tells.

    Where the signing itself says of what kind the treaty is, only what is undertaken by other words goes before it.
    """
    commitments = [record for record in records if record.kind == "commitment"]
    contents = [record for record in commitments if record.type != "treaty" and not _is_mere_treaty(record)]

    def is_told(record: Record) -> bool:
        others = [other for other in commitments if other.type != "treaty"] if record.type == "treaty" else contents
        own = {actor.code for actor in record.actor}
        return any(not own.isdisjoint(actor.code for actor in other.actor) for other in others)

    return [record for record in records if not _is_mere_treaty(record) or not is_told(record)]


def without_repeated(records: list[Record]) -> Iterator[Record]:
    """Yield the records without commitments that a sentence tells twice ("signed a pact by which they promised to …")."""
    seen: list[Record] = []
    for record in records:
        same = (r for r in seen if (r.kind, r.type, r.status) == (record.kind, record.type, record.status))
        if record.kind == "commitment" and any(_same_parties(r, record) and None in (r.date, record.date) for r in same):
            continue
        seen.append(record)
        yield record


def _same_parties(one: Record, other: Record) -> bool:
    sides = [({a.code for a in r.actor}, {a.code for a in r.recipient}) for r in (one, other)]
    return sides[0] == sides[1]


def _is_mere_treaty(record: Record) -> bool:
    """Return whether a commitment is read from the signing of a treaty whose content the pattern does not know."""
    return record.kind == "commitment" and record.coded_by.startswith("commitment/treaty/")


def _other_kind(match: Match, matches: list[Match]) -> str:
    """Return why an event match is none: its words tell a vote, or a dependence that lasts ("buys most of its gas from")."""
    vote = next((m for m in matches if m.kind == "vote" and m.clause.head == match.clause.head), None)
    if vote is not None and match.type in ("REJECT", "SUPPORT", "ACCUSE") and match.clause.lemma == "vote":
        return f"its words tell a vote: see {vote.pattern.entry}/{vote.pattern.id}"
    if match.type not in ("COOPERATE", "AID") or match.clause.tense == "past" or match.clause.status != "actual":
        return ""
    tie = next((m for m in matches if m.type == "dependence" and m.clause.head == match.clause.head), None)
    return f"its words tell a standing tie: see {tie.pattern.entry}/{tie.pattern.id}" if tie else ""


def _place(match: Match) -> Place:
    """Return what one record of a kind can be made of: a predicate, and of undertakings each of the things undertaken."""
    roles = match.clause.roles
    if CONTENT in roles:
        return match.kind, match.clause.head, roles[CONTENT]
    content = roles.get("complement", ()) if match.kind == "commitment" else ()
    return match.kind, match.clause.head, tuple(sorted(set(content) & set(match.used)))


def _surer(match: Match, others: list[Match]) -> Match | None:
    """Return the commitment that tells more of the same predicate than a pattern for whatever is undertaken."""
    if match.kind != "commitment" or match.pattern.confidence >= GENERAL:
        return None
    beside = (m for m in others if m.kind == "commitment" and m.clause.head == match.clause.head)
    return next((m for m in beside if m.pattern.confidence > match.pattern.confidence), None)


def _told_by(scene: Scene, match: Match, best: dict[Place, Match]) -> Match | None:
    """Return the undertaking or stance whose content a match of the same kind is ("undertook to guarantee")."""
    if match.kind == "tie" or match.clause.status == "actual":
        return None
    token = scene.tokens[match.clause.head]
    while token.head != token.i and token.relation in ("xcomp", "ccomp", "conj", "obj", "advcl", "acl"):
        token = scene.tokens[token.head]
        outer = next((other for place, other in best.items() if place[:2] == (match.kind, token.i)), None)
        if outer is not None:
            return outer
    return None


def _left_out(item: Match | Near, reason: str) -> LeftOut:
    start, end = item.clause.span
    return LeftOut(item.clause.sentence, start, end, f"{item.pattern.entry}/{item.pattern.id}", reason)
