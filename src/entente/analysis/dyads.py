"""Dyads: what two sides do to each other over time, cooperation and conflict apart.

Events count that happened (status), have a PLOVER score, and go from a member of one side to a member of the other. Three
directions are told apart: one toward the other, the other toward the one, and both together, where a meeting counts once.

For a period t, with s the scores of its events (PLOVER, -10 to 10) and c, k the numbers of those above and below zero:

- cooperation  C = Σ max(s, 0)          conflict  K = Σ max(-s, 0)          net score  C - K   (Goldstein 1992)
- log ratio    log((c + ½) / (k + ½)), natural; the ½ (Haldane 1956, Anscombe 1956) keeps it finite
- decayed      D(t) = Σ s · 2^(-(end of t - day) / half-life), over all events up to the end of t
- reciprocity  2 Σ_t min(x_ab, x_ba) / Σ_t (x_ab + x_ba) for x = C and for x = K, from stated acts only: what is mutual by its
  nature proves nothing (after Squartini et al. 2013); 0 where one side alone acts, 1 where both do as much in every period

With the one-a-day filter (on by default) the events of one type from one actor to one recipient with one date count as one, with
their mean score: each has the weight 1 / (how many they are), also when documents are resampled.
"""

from __future__ import annotations

from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from entente.analysis.dyad_findings import changes_of, reciprocity_of, totals_of
from entente.analysis.dyad_rows import BOTH
from entente.analysis.dyad_sums import DyadOptions as DyadOptions  # noqa: PLC0414  known from here, too
from entente.analysis.dyad_sums import DyadSums
from entente.analysis.facts import Facts, Mask
from entente.analysis.intervals import Floats
from entente.analysis.parties import Party as Party  # noqa: PLC0414
from entente.analysis.parties import Span as Span  # noqa: PLC0414
from entente.analysis.results import Evidence, Fetch, Result, too_little
from entente.analysis.sides import SideTable, overlap
from entente.errors import InputError


class Dyads(Result):
    """A dyad's series: one row for each direction and period, with ``totals``, ``changes`` and ``reciprocity``.

    Columns: actor, recipient ("KAZ", "RUS"; "KAZ+RUS" for both together), start, end (inclusive), records, documents, events (by
    the one-a-day filter), cooperation, conflict, net, net_low, net_high, log_ratio, log_ratio_low, log_ratio_high, decayed,
    decayed_low, decayed_high, note. Events, cooperation and conflict are plain sums; net score, log ratio and decayed score are
    None for too few records or documents, and so are intervals for too few documents: those of the row, for decayed those of all
    periods up to it.
    """

    def __init__(self, count: _Series, columns: dict[str, Any], evidence: Evidence, fetch: Fetch | None) -> None:
        super().__init__("dyads", columns, evidence, count.facts, count.notes(), fetch)
        self._count = count
        self._fetched_by = fetch

    @cached_property
    def totals(self) -> Result:
        """One row a direction over the whole span, records without a date with them unless days were asked for."""
        return totals_of(self._count, self._fetched_by)

    @cached_property
    def changes(self) -> Result:
        """Change points of the net score of each direction, each with the records that made it."""
        return changes_of(self._count, self._fetched_by)

    @cached_property
    def reciprocity(self) -> Result:
        """Reciprocity of cooperation and of conflict, with intervals."""
        return reciprocity_of(self._count, self._fetched_by)

    def to_builtins(self) -> dict[str, Any]:
        """Return series, totals, changes and reciprocity as plain values for JSON."""
        parts = {"totals": self.totals, "changes": self.changes, "reciprocity": self.reciprocity}
        return super().to_builtins() | {name: part.to_builtins()["rows"] for name, part in parts.items()}


def count_dyad(facts: Facts, one: Party, other: Party, options: DyadOptions, fetch: Fetch | None = None) -> Dyads:
    """Return what two sides do to each other.

    Args:
        facts: The ledger's records.
        one: A side.
        other: Another side; who belongs to both belongs to neither.
        options: Periods, days, filters.
        fetch: Returns records by id, where the result is to give them.

    Raises:
        InputError: The two sides are the same.
    """
    shared = overlap(one.members, other.members)
    tables = tuple(SideTable(facts, party.members, shared) for party in (one, other))
    if shared and not any(member.code not in shared for party in (one, other) for member in party.members):
        raise InputError(f"{one.name} and {other.name} are the same side; a dyad has two")
    return _Series(facts, one.name, other.name, tables, options).series(fetch)


class _Series(DyadSums):
    """The series of a dyad."""

    def series(self, fetch: Fetch | None) -> Dyads:
        length = len(self.periods)
        shown = np.where((self.group <= BOTH) & (self.period >= 0), self.group * length + self.period, -1)
        evidence = Evidence.of_cells(shown, self.place, 3 * length)
        records, documents = evidence.counts(self.facts)
        point = self.sums(self.share)
        names = [(self.names[0], self.names[1]), (self.names[1], self.names[0]), ("+".join(self.names),) * 2]
        columns: dict[str, Any] = {
            "actor": [name for name, _ in names for _ in range(length)],
            "recipient": [name for _, name in names for _ in range(length)],
            "start": self.periods.starts() * 3,
            "end": self.periods.ends() * 3,
            "records": records,
            "documents": documents,
            "events": np.rint(point["events"][: 3 * length]).astype(int),
        }
        enough = self._enough(np.array(records), np.array(documents))
        columns |= {name: point[name][: 3 * length] for name in ("cooperation", "conflict")}
        columns |= self._with_intervals(point, enough, np.array(documents, dtype=np.int64))
        columns["note"] = ["" if fine else too_little(n, d) for fine, n, d in zip(enough, records, documents, strict=True)]
        return Dyads(self, columns, evidence, fetch)

    def _enough(self, records: NDArray[np.int64], documents: NDArray[np.int64]) -> Mask:
        """Return where there is enough evidence for a figure."""
        return np.asarray((records >= self.choices.least_records) & (documents >= self.choices.least_documents))

    def _with_intervals(self, point: dict[str, Floats], enough: Mask, documents: NDArray[np.int64]) -> dict[str, Any]:
        """Return net score, log ratio and decayed score, each with its interval, where there is enough evidence for them."""
        length = len(self.periods)
        figures = {name: values[: 3 * length] for name, values in self.figures(point).items()}
        met_records, met_documents = self.met(self.place), self.met(self.facts.document[self.place].astype(np.int64))
        fine = dict.fromkeys(figures, enough) | {"decayed": self._enough(met_records, met_documents)}
        behind = dict.fromkeys(figures, documents) | {"decayed": met_documents}
        ready = self.options.intervals and self.resampler.enough(self.resampler.size) and length > 0
        samples = self.resampled(length) if ready else {}
        columns: dict[str, Any] = {}
        for name, values in figures.items():
            low, high = np.full(values.shape, np.nan), np.full(values.shape, np.nan)
            chosen = np.flatnonzero(self.resampler.enough(behind[name]) & fine[name])
            if ready and chosen.size:
                low[chosen], high[chosen] = self.resampler.interval(samples[name][:, chosen])
            columns |= {name: np.where(fine[name], values, np.nan), f"{name}_low": low, f"{name}_high": high}
        return columns
