"""Lanes: which records of a ledger stand where on a brief, toward which side and in which direction."""

import math
from collections.abc import Sequence

import numpy as np
from msgspec import Struct

from entente.analysis.facts import JOINT, NOBODY, OPEN, STATED, Facts
from entente.analysis.matching import Pairs, Places, pairs_of
from entente.analysis.page import (
    Direction,
    Lane,
)
from entente.analysis.parties import Party, Span
from entente.analysis.sides import SideTable, overlap

X, Y = 0, 1
_DAYS_A_YEAR = 365
_NAMED = 3  # recipients that a clause names for several records
LANES: tuple[Lane, ...] = ("x", "y", "both")


class Request(Struct, frozen=True):
    """What a brief is asked for: the state, the two sides, and the days."""

    state: Party
    x: Party
    y: Party
    span: Span


class Group(Struct, frozen=True):
    """Records of one kind, type and mode in one lane and direction; ``records`` are places, the weightiest and latest first."""

    lane: Lane
    direction: Direction
    kind: str
    records: tuple[int, ...]
    documents: int
    weight: float


class Lanes:
    """Which records stand in which lane and direction.

    Attributes:
        toward: For each side the places of records from the state to it.
        backward: For each side the places of records from it to the state.
        elsewhere: Places of the state's votes, positions and talks toward others or nobody.
        toward_sides: Places of all records that link the state with a side.
        left_out: Places of undated records that do, and that no document of the days asked for tells.
    """

    def __init__(self, facts: Facts, request: Request, base: Places) -> None:
        self.facts = facts
        shared = overlap(request.x.members, request.y.members) | {request.state.name}
        self.own = SideTable(facts, request.state.members).ever
        self.sides = [SideTable(facts, party.members, shared) for party in (request.x, request.y)]
        touched = self.own[facts.actor] | self.own[facts.recipient]
        inside = request.span.holds(np.where(facts.as_of == OPEN, facts.published, facts.as_of))[facts.record]
        self._pairs = pairs_of(facts, np.flatnonzero(touched & inside), base)
        outside = pairs_of(facts, np.flatnonzero(touched & ~inside & (facts.real & ~facts.dated)[facts.record]), base)
        self.left_out = sorted(
            set().union(*(self._set(outside, side, back=back) for side in self.sides for back in (False, True)))
        )
        real = self._pairs.only(facts.real[self._pairs.record])
        self.toward = [self._set(real, side, back=False) for side in self.sides]
        self.backward = [self._set(real, side, back=True) for side in self.sides]
        self.toward_sides = set().union(*self.toward, *self.backward)
        vote, position = (facts.kind.values[real.record] == facts.kind.place(kind) for kind in ("vote", "position"))
        mine = real.record[(vote | (position & (real.recipient == NOBODY))) & self.own[real.actor]]
        self.elsewhere = set(mine[~np.isin(mine, list(self.toward_sides))].tolist())
        self.all = self.toward_sides | self.elsewhere

    def _set(self, pairs: Pairs, side: SideTable, *, back: bool) -> set[int]:
        actor, recipient = (pairs.recipient, pairs.actor) if back else (pairs.actor, pairs.recipient)
        days = self.facts.as_of[pairs.record]
        seats = (pairs.seat == STATED) if back else (pairs.seat == STATED) | (pairs.seat == JOINT)
        fits = self.own[actor] & side.holds(recipient.astype(np.int16), days) & seats & (recipient != NOBODY)
        return set(pairs.record[fits].tolist())

    def commonest(self, places: Sequence[int], lane: Lane) -> list[str]:
        """Return the codes of a lane's side that the records name as recipients, the commonest first, three at most."""
        facts = self.facts
        pairs = self._pairs.only(np.isin(self._pairs.record, np.array(places)))
        wanted = self.sides[X].ever | self.sides[Y].ever if lane == "both" else self.sides[LANES.index(lane)].ever
        counts = np.bincount(pairs.recipient[wanted[pairs.recipient]], minlength=len(facts.codes))
        order = np.argsort(-counts, kind="stable")
        return [facts.codes[place] for place in order[:_NAMED].tolist() if counts[place] > 0]

    def where(self, place: int) -> tuple[Lane, Direction]:
        """Return the lane and direction of a record."""
        for sets, direction in ((self.toward, "from"), (self.backward, "to")):
            found = [place in lane for lane in sets]
            if any(found):
                return ("both" if all(found) else "x" if found[X] else "y"), direction  # type: ignore[return-value]
        return "both", "from"

    def groups(self) -> list[Group]:
        """Return the records grouped by lane, direction, kind, type and mode, the weightiest group first."""
        found: dict[tuple[str, ...], list[int]] = {}
        facts = self.facts
        for place in sorted(self.all):
            kind = facts.kind.word(place) or ""
            if kind in ("event", "position", "vote"):
                lane, direction = self.where(place)
                key = (lane, direction, kind, facts.type.word(place) or "", facts.mode.word(place) or "")
                found.setdefault(key, []).append(place)
        groups = [self._group(key, places) for key, places in found.items()]
        return sorted(groups, key=lambda group: -group.weight)

    def _group(self, key: tuple[str, ...], places: list[int]) -> Group:
        facts = self.facts
        ordered = sorted(places, key=lambda place: (-self.weight(place), -int(facts.as_of[place])))
        documents = facts.count_documents(np.array(places))
        weight = self.weight(ordered[0]) * math.log1p(documents)
        return Group(key[0], key[1], key[2], tuple(ordered), documents, weight)  # type: ignore[arg-type]

    def weight(self, place: int) -> float:
        """Return how much a record matters for a page: its score without a sign, and less where it has no date."""
        score = float(self.facts.score[place])
        return (5.0 if math.isnan(score) else max(1.0, abs(score))) * (1.0 if self.facts.dated[place] else 0.8)

    def timeline(self, most: int) -> list[int]:
        """Return the places of the acts that a timeline shows: of each lane and year the weightiest, until there are enough."""
        facts = self.facts
        acts = [place for place in self.all if facts.kind.word(place) in ("event", "position", "vote")]
        acts.sort(key=lambda place: (-self.weight(place), -int(facts.as_of[place]), place))
        if len(acts) <= most:
            return acts
        turns: dict[tuple[Lane, int], int] = {}
        ranked = []
        for order, place in enumerate(acts):
            cell = (self.where(place)[0], int(facts.as_of[place]) // _DAYS_A_YEAR)
            turns[cell] = turns.get(cell, 0) + 1
            ranked.append((turns[cell], order, place))
        return [place for *_, place in sorted(ranked)[:most]]

    def ties(self) -> list[int]:
        """Return the places of the state's ties, those to the two sides first, offices left out."""
        facts, pairs = self.facts, self._pairs
        kinds = (facts.kind.values == facts.kind.place("tie")) & (facts.type.values != facts.type.place("office")) & facts.real
        places = np.unique(pairs.record[kinds[pairs.record]]).tolist()
        rank = {"alliance": 0, "dependence": 1, "presence": 2, "dispute": 3, "membership": 4}
        return sorted(
            places,
            key=lambda place: (
                place not in self.toward_sides,
                rank.get(facts.type.word(place) or "", 9),
                -int(facts.as_of[place]),
            ),
        )

    def unreal(self) -> list[int]:
        """Return the places of records between state and sides that are planned, supposed or denied."""
        pairs = self._pairs.only(~self.facts.real[self._pairs.record])
        found = set().union(*(self._set(pairs, side, back=back) for side in self.sides for back in (False, True)))
        return sorted(found)
