"""The network of states: who is tied to whom, well or ill, how far it falls into two camps, and who stands between them.

For two states i and j in a span, over the records that go from either to the other (events, ties, positions; each record once):

- cooperation  C = Σ share · max(v, 0)     conflict  K = Σ share · max(-v, 0)     net  w = C - K
  v is the PLOVER score of an event, the codebook's value of a tie or position; share = 1 / (number of equal records)
- sign         that of w where |w| reaches ``least_weight``, else 0: such a pair has no part in what follows
- frustration  L = the least weight of ties at odds with any division into two camps (`entente.analysis.balance`), and its
  share L / Σ|w|: 0 in a world of two camps, at most ½; on ties of weight one instead of |w| where that is asked for
- camp         the side of the best division; between parts that no tie joins, and for those at odds with all, it says little:
  ``held`` is the share of resamples of documents in which a state falls to the same side
- group        of any number of groups, by signed modularity (Gómez, Jensen and Arenas 2009)
- crossing     a friendly tie between the camps, or a hostile one within: just the ties that the division frustrates
"""

from __future__ import annotations

from collections.abc import Collection
from functools import cached_property
from typing import Any

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from entente.analysis.balance import Division, Sides, components, divide, frustration_of, group, search
from entente.analysis.brokers import find_brokers
from entente.analysis.facts import Facts
from entente.analysis.intervals import Floats, Resampler, drawn_only, sum_by
from entente.analysis.network_rows import NetworkRows
from entente.analysis.parties import Span
from entente.analysis.results import Evidence, Fetch, Result, too_little
from entente.codebook.networks import NetworkChoices

FRIENDS_ACROSS, FOES_WITHIN = "friends across", "foes within"
_STARTS = 2


class NetworkOptions(Struct, frozen=True, kw_only=True):
    """How a network is made.

    Attributes:
        span: Which days.
        organisations: Codes that are no states and keep out; None lets organisations in.
        among: Only these codes; None for all.
        weighted: Whether ties count by their weight for camps and groups, or each as one.
        intervals: Whether to resample documents.
    """

    span: Span = Span()
    organisations: frozenset[str] | None = frozenset()
    among: Collection[str] | None = None
    weighted: bool = True
    intervals: bool = True


class Network(Result):
    """A network: one row for each pair of states, heaviest first, with ``states``, ``balance`` and ``brokers``.

    Columns: one, other, records, documents, cooperation, conflict, net, net_low, net_high, sign (1, -1, 0), crossing
    ("friends across", "foes within", or "").
    """

    def __init__(self, count: _Count, columns: dict[str, Any], evidence: Evidence, fetch: Fetch | None) -> None:
        super().__init__("network", columns, evidence, count.facts, count.notes(), fetch)
        self._count = count
        self._fetched_by = fetch

    @cached_property
    def states(self) -> Result:
        """One row a state: state, camp (1, 2; None without signed ties), held, group, part, friends, foes, records, documents."""
        return self._count.states(self._fetched_by)

    @cached_property
    def balance(self) -> Result:
        """One row: states, ties, circles, frustration, bound, exact, share, share_low, share_high, records, documents, note."""
        return self._count.balance(self._fetched_by)

    @cached_property
    def brokers(self) -> Result:
        """One row a broker: state, hosted, mediated, pairs, across (pairs of two camps or at odds), records, documents."""
        return self._count.brokers(self._fetched_by)

    def to_builtins(self) -> dict[str, Any]:
        """Return ties, states, balance and brokers as plain values for JSON."""
        parts = {"states": self.states, "balance": self.balance, "brokers": self.brokers}
        return super().to_builtins() | {name: part.to_builtins()["rows"] for name, part in parts.items()}


def make_network(
    facts: Facts, choices: NetworkChoices, options: NetworkOptions, mediations: NDArray[np.int64], fetch: Fetch | None = None
) -> Network:
    """Return the network of a span.

    Args:
        facts: The ledger's records.
        choices: The codebook's.
        options: Span, members, weights.
        mediations: Places of records that patterns of mediation coded.
        fetch: Returns records by id, where the result is to give them.
    """
    return _Count(facts, choices, options, mediations).ties(fetch)


class _Count:
    """What is summed over the rows of a network; ``cell`` is the tie of each row, shape (rows,)."""

    def __init__(self, facts: Facts, choices: NetworkChoices, options: NetworkOptions, mediations: NDArray[np.int64]) -> None:
        self.facts = facts
        self.choices = choices
        self.options = options
        self.mediations = mediations
        self.rows = NetworkRows(facts, choices, options.span, options.organisations, options.among)
        size = len(self.rows.names)
        pairs, self.cell = np.unique(self.rows.one * max(size, 1) + self.rows.other, return_inverse=True)
        self.one, self.other = pairs // max(size, 1), pairs % max(size, 1)
        self.evidence = Evidence.of_cells(self.cell, self.rows.place, pairs.size)
        self.resampler = Resampler(facts.document[self.rows.place], facts.choices.intervals)
        self.net = self._net(self.rows.share)

    def _net(self, weights: Floats) -> Floats:
        """Return the net weight of each tie, rows weighted; shape (ties,)."""
        return sum_by(self.cell, weights * self.rows.value, self.one.size)

    def _matrix(self, net: Floats) -> Floats:
        """Return what ties weigh for the division, shape (states, states): the net weight or its sign, 0 where it is small."""
        kept = np.where(np.abs(net) >= self.choices.least_weight, net, 0.0)
        weights = np.zeros((len(self.rows.names),) * 2)
        weights[self.one, self.other] = kept if self.options.weighted else np.sign(kept)
        return np.asarray(weights + weights.T)

    @cached_property
    def weights(self) -> Floats:
        return self._matrix(self.net)

    @cached_property
    def division(self) -> Division:
        return divide(self.weights, self.choices)

    @cached_property
    def sides(self) -> Sides:
        """The sides, 1 that of the state with most at stake in its part."""
        sides = self.division.sides.copy()
        strength = np.abs(self.weights).sum(axis=0)
        for part in np.unique(self.parts):
            members = np.flatnonzero(self.parts == part)
            sides[members] *= sides[members[np.argmax(strength[members])]]
        return sides

    @cached_property
    def parts(self) -> NDArray[np.int64]:
        """The part of each state: those that ties join, directly or over others; 0 is the part with most states, and so on."""
        labels, found = np.unique(components(self.weights), return_inverse=True)
        order = np.argsort(-np.bincount(found, minlength=labels.size), kind="stable")
        return np.asarray(np.argsort(order)[found])

    @cached_property
    def crossing(self) -> NDArray[np.int64]:
        """-1 for a friendly tie between the camps, 1 for a hostile one within, else 0; shape (ties,)."""
        weight = self.weights[self.one, self.other]
        same = self.sides[self.one] * self.sides[self.other]
        return np.where(weight * same < 0, same, 0)

    # --- resamples ------------------------------------------------------------------------------------------------------

    @property
    def resampled(self) -> bool:
        return self.options.intervals and bool(self.resampler.enough(self.resampler.size))

    @cached_property
    def samples(self) -> tuple[Floats, Floats, Floats]:
        """Net weights of ties (samples, ties), shares of frustration (samples,), and how often each state keeps its side.

        A net weight is NaN where none of the tie's documents was drawn.
        """
        nets, shares, held = [], [], np.zeros(len(self.rows.names))
        for drawn in self.resampler.weights():
            net = self._net(self.rows.share * drawn)
            nets.append(drawn_only(net, sum_by(self.cell, drawn, self.one.size)).astype(np.float32))
            weights = self._matrix(net.astype(np.float32).astype(np.float64))
            sides = search(weights, _STARTS, self.division.sides)
            total = np.abs(weights).sum() / 2
            shares.append(frustration_of(weights, sides) / total if total else np.nan)
            held += self._same(sides)
        return np.stack(nets), np.array(shares), held / len(nets)

    def _same(self, sides: Sides) -> Floats:
        """Return 1 for each state on its side, once every part is turned to agree with most of its weight; shape (states,)."""
        strength = np.abs(self.weights).sum(axis=0)
        same = sides * self.sides
        agreed = np.bincount(self.parts, weights=strength * same)
        return np.asarray(same * np.where(agreed < 0, -1, 1)[self.parts] > 0, dtype=np.float64)

    # --- results --------------------------------------------------------------------------------------------------------

    def ties(self, fetch: Fetch | None) -> Network:
        records, documents = self.evidence.counts(self.facts)
        cooperation, conflict = (
            sum_by(self.cell, self.rows.share * np.maximum(way * self.rows.value, 0), self.one.size) for way in (1, -1)
        )
        low, high = np.full((2, self.net.size), np.nan)
        several = np.flatnonzero(self.resampler.enough(documents))
        if self.resampled and several.size:
            low[several], high[several] = self.resampler.interval(self.samples[0][:, several])
        named = {-1: FRIENDS_ACROSS, 1: FOES_WITHIN, 0: ""}
        order = np.lexsort((self.other, self.one, -np.abs(self.net)))
        columns: dict[str, Any] = {
            "one": [self.rows.names[place] for place in self.one[order]],
            "other": [self.rows.names[place] for place in self.other[order]],
            "records": np.array(records, dtype=np.int64)[order],
            "documents": np.array(documents, dtype=np.int64)[order],
            "cooperation": cooperation[order],
            "conflict": conflict[order],
            "net": self.net[order],
            "net_low": low[order],
            "net_high": high[order],
            "sign": np.sign(self.weights[self.one, self.other]).astype(int)[order],
            "crossing": [named[int(place)] for place in self.crossing[order]],
        }
        chosen = Evidence(self.evidence.places, self.evidence.starts[order], self.evidence.stops[order])
        return Network(self, columns, chosen, fetch)

    def states(self, fetch: Fetch | None) -> Result:
        at = np.concatenate([self.rows.one, self.rows.other])
        shown = np.unique(at)
        places = np.searchsorted(shown, at)
        evidence = Evidence.of_cells(places, np.tile(self.rows.place, 2), shown.size)
        records, documents = evidence.counts(self.facts)
        weights = self.weights[shown]
        tied = (weights != 0).any(axis=1)
        groups = group(self.weights)[shown]
        held = self.samples[2][shown] if self.resampled else np.full(shown.size, np.nan)
        columns: dict[str, Any] = {
            "state": [self.rows.names[place] for place in shown],
            "camp": [(1 if side > 0 else 2) if fine else None for side, fine in zip(self.sides[shown], tied, strict=True)],
            "held": np.where(tied, held, np.nan),
            "group": [int(place) + 1 if fine else None for place, fine in zip(groups, tied, strict=True)],
            "part": [int(place) + 1 if fine else None for place, fine in zip(self.parts[shown], tied, strict=True)],
            "friends": (weights > 0).sum(axis=1),
            "foes": (weights < 0).sum(axis=1),
            "records": records,
            "documents": documents,
        }
        return Result("network states", columns, evidence, self.facts, self.notes(), fetch)

    def balance(self, fetch: Fetch | None) -> Result:
        signed = np.flatnonzero(self.weights[self.one, self.other])
        used = np.isin(self.cell, signed)
        evidence = Evidence.of_parts([self.rows.place[used]])
        records, documents = evidence.counts(self.facts)
        states = int((self.weights != 0).any(axis=0).sum())
        joined = np.unique(self.parts[(self.weights != 0).any(axis=0)]).size
        circles = signed.size - states + joined
        share = self.division.frustrated / float(np.abs(self.weights).sum() / 2) if circles else np.nan
        least = self.facts.choices.dyads
        enough = circles > 0 and records[0] >= least.least_records and documents[0] >= least.least_documents
        low = high = np.full(1, np.nan)
        sure = self.resampled and enough and self.resampler.enough(documents)[0]
        if sure:  # noise adds foes and friends at odds: the samples are centred again
            samples = self.samples[1] + share - np.nanmedian(self.samples[1])
            low, high = self.resampler.interval(np.clip(samples, 0, 1 / 2)[:, None])
        note = "" if enough else too_little(records[0], documents[0])
        note += "" if circles else ", and no closed circle of ties: nothing can be at odds"
        columns: dict[str, Any] = {
            "states": [states],
            "ties": [int(signed.size)],
            "circles": [int(circles)],
            "frustration": [self.division.frustrated],
            "bound": [self.division.bound],
            "exact": [self.division.exact],
            "share": [share if enough else None],
            "share_low": low,
            "share_high": high,
            "frustrated_ties": [int((self.crossing != 0).sum())],
            "records": records,
            "documents": documents,
            "note": [note],
        }
        return Result("network balance", columns, evidence, self.facts, self.notes(), fetch)

    def brokers(self, fetch: Fetch | None) -> Result:
        found = find_brokers(self.rows, self.mediations)
        order = sorted(found, key=lambda state: (-len({*found[state].hosted, *found[state].mediated}), state))
        evidence = Evidence.of_parts(
            [np.array([*found[state].hosted, *found[state].mediated], dtype=np.int64) for state in order]
        )
        records, documents = evidence.counts(self.facts)
        columns: dict[str, Any] = {
            "state": [self.rows.names[state] for state in order],
            "hosted": [len(found[state].hosted) for state in order],
            "mediated": [len(found[state].mediated) for state in order],
            "pairs": [len(found[state].pairs) for state in order],
            "across": [sum(self._apart(*pair) for pair in found[state].pairs) for state in order],
            "records": records,
            "documents": documents,
        }
        return Result("network brokers", columns, evidence, self.facts, self.notes(), fetch)

    def _apart(self, one: int, other: int) -> bool:
        divided = self.parts[one] == self.parts[other] and self.sides[one] != self.sides[other]
        return bool(divided or self.weights[one, other] < 0)

    def notes(self) -> dict[str, Any]:
        choices = self.facts.choices.intervals
        notes: dict[str, Any] = {
            "kinds": list(self.choices.kinds),
            "weighted": self.options.weighted,
            "organisations": self.options.organisations is None,
            "one_a_day": self.choices.one_a_day,
            "least_weight": self.choices.least_weight,
            "undated_left_out": self.rows.undated,
            "documents": self.resampler.size,
        }
        if not self.options.intervals:
            return notes | {"interval": None}
        if not self.resampled:
            return notes | {"interval": None, "interval_note": f"too few documents to resample: {self.resampler.size}"}
        return notes | {"interval": choices.level, "resamples": choices.resamples, "seed": choices.seed}
