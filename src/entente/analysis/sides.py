"""Sides: whom a name stands for on a day. A side is a state, an organisation with its members of the day, or a list of these."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from entente.analysis.facts import OPEN, Facts, Mask, day_number
from entente.codebook.gazetteer import Organisation, Spell
from entente.codebook.measures import SideChoice

ALWAYS = Spell()
_FIRST, _LAST = -(2**31) + 1, 2**31 - 1  # OPEN, one less, is before every day

Side = str | Sequence[str]


class Member(Struct, frozen=True):
    """A code that belongs to a side for a time."""

    code: str
    spell: Spell


class Sides:
    """Tells who belongs to a side, from the organisations' members and the codebook's ``sides``.

    Attributes:
        by_code: The organisations by code.
    """

    def __init__(self, organisations: Iterable[Organisation], named: dict[str, SideChoice]) -> None:
        self.by_code = {organisation.code: organisation for organisation in organisations}
        self._named = named

    @property
    def organisations(self) -> frozenset[str]:
        """The codes of organisations."""
        return frozenset(self.by_code)

    def members(self, side: Side, day: dt.date | None = None) -> frozenset[str]:
        """Return the codes that belong to a side on a day, an organisation's own code with them; without a day at any time.

        ``RUS`` is Russia alone, ``EU`` the EU and its members, ``WEST`` what the codebook says, a list all of its elements.
        """
        return frozenset(member.code for member in self.spells(side) if member.spell.covers(day))

    def spells(self, side: Side) -> tuple[Member, ...]:
        """Return who belongs to a side, and from when to when."""
        names = [side] if isinstance(side, str) else list(side)
        return tuple(dict.fromkeys(member for name in names for member in self._of_name(name.strip().upper())))

    def _of_name(self, name: str) -> list[Member]:
        if name in self._named:
            choice = self._named[name]
            members = [member for code in choice.members_of for member in self._of_organisation(code)]
            members += [Member(code, ALWAYS) for code in (name, *choice.codes)]
            return [member for member in members if member.code not in choice.without]
        return [Member(name, ALWAYS), *self._of_organisation(name)]

    def _of_organisation(self, code: str) -> list[Member]:
        if code not in self.by_code:
            return []
        return [Member(member.state, member.spell) for member in self.by_code[code].members]


class SideTable:
    """Who of a ledger's codes belongs to a side when.

    ``since`` and ``until`` have shape (layers, codes + 1): a code belongs on the days of any layer; the last column, for
    ``NOBODY``, has none.
    """

    def __init__(self, facts: Facts, members: Iterable[Member], without: Iterable[str] = ()) -> None:
        left_out = facts.code_table(without)
        layers: dict[int, list[tuple[int, int]]] = {}
        for member in members:
            first = _FIRST if member.spell.since is None else day_number(member.spell.since)
            last = _LAST if member.spell.until is None else day_number(member.spell.until)
            for place in facts.code_places([member.code]):
                if not left_out[place]:
                    layers.setdefault(int(place), []).append((first, last))
        depth = max((len(spells) for spells in layers.values()), default=1)
        self.since = np.full((depth, len(facts.codes) + 1), _LAST, dtype=np.int64)
        self.until = np.full((depth, len(facts.codes) + 1), _FIRST, dtype=np.int64)
        for place, spells in layers.items():
            for layer, (first, last) in enumerate(spells):
                self.since[layer, place], self.until[layer, place] = first, last

    @property
    def ever(self) -> Mask:
        """Whether a code belongs to the side at any time; shape (codes + 1,)."""
        return np.asarray((self.since < self.until).any(axis=0))

    def holds(self, codes: NDArray[np.int16], days: NDArray[np.int32]) -> Mask:
        """Return whether codes belong to the side on days; an unknown day (``OPEN``) counts as any. Shapes (rows,)."""
        anyway = self.ever[codes] & (days == OPEN)
        within = np.zeros(codes.shape, dtype=bool)
        for since, until in zip(self.since, self.until, strict=True):
            within |= (since[codes] <= days) & (days < until[codes])
        return np.asarray(within | anyway)


def overlap(one: Iterable[Member], other: Iterable[Member]) -> frozenset[str]:
    """Return the codes that two sides share, whatever the days."""
    return frozenset(member.code for member in one) & frozenset(member.code for member in other)
