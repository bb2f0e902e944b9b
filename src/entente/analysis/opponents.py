"""Opponents: which two parties were in conflict on a day, how grave it was, and which record says so."""

from __future__ import annotations

import numpy as np
from msgspec import Struct

from entente.analysis.facts import NOBODY, Facts
from entente.analysis.matching import Floats, Places, pairs_of
from entente.analysis.timelines import Timeline, Times, times_of
from entente.codebook.judgements import ContradictionChoices


class Opponents:
    """What the ledger tells of conflicts between any two parties."""

    def __init__(self, facts: Facts, choices: ContradictionChoices, base: Places) -> None:
        """Find all conflicts, each listed under either party.

        Args:
            facts: The ledger's records.
            choices: What a conflict is, and how long it makes opponents.
            base: The state of each code; see `base_codes`.
        """
        self.within = choices.opposition.within
        possible = facts.real & facts.type.among(opposition_types(choices))
        pairs = pairs_of(facts, np.flatnonzero(possible[facts.record]), base)
        pairs = pairs.only(pairs.recipient != NOBODY)
        times = times_of(facts, pairs, choices.opposition.what, pairs.recipient)
        first = np.where(times.dated | ~times.holds, times.first, times.first - choices.undated_before)
        party = np.concatenate([times.pairs.actor, times.pairs.recipient])
        places = np.tile(np.arange(len(times)), 2)
        order = np.lexsort((places, party))
        place = places[order]
        self._other = np.concatenate([times.pairs.recipient, times.pairs.actor])[order]
        self._first, self._until = first[place], times.last[place] + self.within
        self._record, self._weight = times.pairs.record[place], times.weight[place]
        self.gravest = float(times.weight.max(initial=0))
        self._edges = np.searchsorted(party[order], np.arange(len(facts.codes) + 2))

    def of(self, party: int) -> Conflicts:
        """Return the conflicts of one party."""
        own = slice(int(self._edges[party]), int(self._edges[party + 1]))
        weight = self._weight[own]
        gravest = np.zeros(self._edges.size - 1)
        np.maximum.at(gravest, self._other[own], weight)
        lines = []
        for each in np.unique(weight)[::-1]:
            of = weight == each
            other, first, until, record = (column[own][of] for column in (self._other, self._first, self._until, self._record))
            lines.append(Timeline(other, first, until, record, float(each)))
        return Conflicts(gravest, tuple(lines))


def opposition_types(choices: ContradictionChoices) -> set[str]:
    """Return the types of records that tell of a conflict."""
    return {what.partition("/")[0].rpartition(".")[2] for rule in choices.opposition.what for what in rule.what}


class Conflicts(Struct, frozen=True):
    """The conflicts of one party.

    Attributes:
        gravest: The heaviest with each other party, shape (codes + 1,); 0 where there is none.
        lines: Those of each weight by other party, the heaviest first.
    """

    gravest: Floats
    lines: tuple[Timeline, ...]

    def at(self, acts: Times, act: Places) -> tuple[Floats, Places]:
        """Return how grave the conflict with the party of each act was at its time, and what says so.

        Shapes (acts,); 0 and -1 where there was none.
        """
        weight, witness = np.zeros(act.size), np.full(act.size, -1)
        left = np.arange(act.size)
        for line in self.lines:
            chosen = act[left]
            place = line.before(acts.party[chosen], acts.last[chosen])
            fits = (place >= 0) & (line.until[place] > acts.first[chosen])
            weight[left[fits]], witness[left[fits]] = line.weight, line.record[place[fits]]
            left = left[~fits]
        return weight, witness
