"""Questions: the measures put to one ledger. Its facts, the codebook's choices and the organisations are read once and kept."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from difflib import get_close_matches
from functools import cached_property
from pathlib import Path

from entente.analysis.dyads import DyadOptions, Dyads, count_dyad
from entente.analysis.facts import Facts, coded_by, fetch_records
from entente.analysis.loading import load_facts, load_facts_about, load_facts_between
from entente.analysis.network import Network, NetworkOptions, make_network
from entente.analysis.parties import Party, Span
from entente.analysis.sides import Member, Side, Sides
from entente.analysis.similarity import Similarity, measure_similarity
from entente.analysis.stance import Stance, StanceOptions, measure_stance
from entente.codebook.gazetteer import Organisation, State, load_organisations, load_states
from entente.codebook.measures import Choices, SideChoice, load_choices
from entente.codebook.networks import load_network_choices
from entente.errors import InputError
from entente.ledger.filters import first_day, last_day
from entente.ledger.queries import Reader
from entente.records.record import Record

Day = dt.date | str | None
"""A day, or a year, month or day in writing: ``2014``, ``2014-06``, ``2014-06-07``."""

FEW = 8
"""About up to so many codes it pays to read only their records; measured on a million."""


class NamedSides(Sides):
    """Sides by code or by name; what no codebook and no record of the ledger knows is refused."""

    def __init__(self, organisations: Iterable[Organisation], named: dict[str, SideChoice], reader: Reader) -> None:
        """Prepare to look names up.

        Args:
            organisations: Organisations with their members.
            named: Further names of the codebook (``WEST``).
            reader: The ledger, whose own codes are known, too.
        """
        super().__init__(organisations, named)
        self._reader = reader
        self._found: dict[str, str] = {code: code for code in (*named, *self.organisations)}

    def code(self, name: str) -> str:
        """Return the code of a state, an organisation or a side, which may be written as a name: ``BLR``, ``belarus``.

        Raises:
            InputError: The name is not known, or stands for several.
        """
        wanted = name.strip().upper()
        if wanted not in self._found:
            self._found[wanted] = self._looked_up(wanted)
        return self._found[wanted]

    def spells(self, side: Side) -> tuple[Member, ...]:
        """Return who belongs to a side, and from when to when; see `code` for what is refused."""
        return super().spells([self.code(name) for name in ([side] if isinstance(side, str) else side)])

    def _looked_up(self, wanted: str) -> str:
        state, _, sector = wanted.partition(".")
        if state in self._codes or (sector and state in self._found):
            return wanted
        codes = self._names.get(wanted, set())
        if len(codes) == 1:
            return next(iter(codes))
        if codes:
            raise InputError(f"{wanted.title()!r} stands for {' and '.join(sorted(codes))}; write one of these codes")
        if wanted in self._ledger_codes():
            return wanted
        raise InputError(f"{wanted!r} names no state, organisation or side; {self._advice(wanted)}")

    def _advice(self, wanted: str) -> str:
        close = get_close_matches(wanted, [*self._names, *self._codes, *self._found], n=1)
        if not close:
            return "write a code such as BLR, NATO or WEST, or a name such as Belarus"
        codes = self._names.get(close[0], {close[0]})
        meant = " or ".join(sorted(codes))
        return f"did you mean {meant}{'' if close[0] in codes else f' ({close[0].title()})'}?"

    @cached_property
    def _codes(self) -> frozenset[str]:
        return frozenset(code for state in self.states for code in (state.code, state.own_code))

    @cached_property
    def _names(self) -> dict[str, set[str]]:
        """Codes by name, in capitals."""
        found: dict[str, set[str]] = {}
        named = [(one.code, one.name, one.names) for one in self.states]
        named += [(one.code, one.name, one.names) for one in self.by_code.values()]
        for code, name, names in named:
            for each in (name, *names):
                found.setdefault(each.upper(), set()).add(code)
        return found

    @cached_property
    def states(self) -> tuple[State, ...]:
        """All states, with every name that leads to them."""
        return load_states()

    def _ledger_codes(self) -> frozenset[str]:
        query = "select distinct side.code as code from (select unnest(list_concat(actor, recipient)) as side from records)"
        return frozenset(row["code"] for row in self._reader.sql(query).rows() if row["code"])


class Questions:
    """Answers the measures from one ledger, always from its latest version unless the reader is fixed to one."""

    def __init__(self, reader: Reader, codebook: Path | None = None) -> None:
        """Prepare to ask.

        Args:
            reader: The ledger.
            codebook: A folder whose ``measures.yml`` is to be used in place of the shipped one.
        """
        self.reader = reader
        self._codebook = codebook
        self._facts: tuple[int, Facts] | None = None
        self._about: tuple[tuple[int, frozenset[str], frozenset[str]], Facts] | None = None
        self._asked = False

    @cached_property
    def choices(self) -> Choices:
        """What the measures choose, from the codebook."""
        return load_choices(self._codebook)

    @cached_property
    def sides(self) -> NamedSides:
        """Who belongs to which side when."""
        return NamedSides(load_organisations(), self.choices.sides, self.reader)

    @property
    def facts(self) -> Facts:
        """The ledger's records as columns; read again when the ledger has a new version."""
        version = self.reader.snapshot.version
        if self._facts is None or self._facts[0] != version:
            self._facts = self._about = None  # free the old ones first: two versions of a large ledger need not fit
            self._facts = version, load_facts(self.reader, self.choices)
        return self._facts[1]

    def facts_between(self, some: Sequence[Party], others: Sequence[Party], *, events: bool = False) -> Facts:
        """Return facts that hold all records, or all events, between members of two lists of parties; at first only these.

        One question alone is answered sooner from few records; who asks again is served from all of them.
        """
        codes = [{member.code for party in parties for member in party.members} for parties in (some, others)]
        if self._facts is None and not self._asked and sum(map(len, codes)) <= FEW:
            self._asked = True
            return load_facts_between(self.reader, self.choices, *codes, events=events)
        return self.facts

    def facts_about(self, codes: Collection[str], types: Collection[str]) -> Facts:
        """Return facts that hold all records that name one of some codes, and all of some types; at first only these.

        As for `facts_between`; these are kept for those who ask the same again.
        """
        asked = (self.reader.snapshot.version, frozenset(codes), frozenset(types))
        if self._about is not None and self._about[0] == asked:
            return self._about[1]
        if self._facts is None and not self._asked and len(codes) <= FEW:
            self._asked = True
            self._about = asked, load_facts_about(self.reader, self.choices, codes, types)
            return self._about[1]
        return self.facts

    def fetch(self, ids: Sequence[str]) -> list[Record]:
        """Return records by id."""
        return fetch_records(self.reader, ids)

    def party(self, side: Side) -> Party:
        """Return a side with its members: ``RUS``, ``Russia``, ``EU``, ``WEST``, ``RUS+CSTO``, or a list.

        Raises:
            InputError: A name is not known, or stands for several.
        """
        parts = [part for name in ([side] if isinstance(side, str) else side) for part in name.split("+")]
        names = [self.sides.code(part) for part in parts]
        return Party("+".join(names), self.sides.spells(names))

    def parties(self, sides: Iterable[Side]) -> list[Party]:
        """Return one party for each of some sides."""
        return [self.party(side) for side in sides]

    def dyads(
        self,
        one: Side,
        other: Side,
        *,
        by: str = "month",
        since: Day = None,
        until: Day = None,
        one_a_day: bool | None = None,
        half_life: float | None = None,
        per_volume: bool = False,
        intervals: bool = True,
    ) -> Dyads:
        """Return what two sides do to each other over time; see `entente.analysis.dyads`.

        Args:
            one: A side: a state, an organisation with its members of the day, a name of the codebook (``WEST``), or a list.
            other: The other side.
            by: day, week, month, quarter or year.
            since: The first day, month or year.
            until: The last day, month or year, inclusive.
            one_a_day: Whether events of one type, pair and date count once; the codebook's choice by default.
            half_life: Of the decayed series, in days; the codebook's by default.
            per_volume: Give scores per thousand events of the whole ledger in the period.
            intervals: Whether to resample documents.
        """
        choices = self.choices.dyads
        options = DyadOptions(
            by=by,
            span=span_of(since, until),
            one_a_day=choices.one_a_day if one_a_day is None else one_a_day,
            half_life=half_life or choices.half_life,
            per_volume=per_volume,
            intervals=intervals,
        )
        first, second = self.party(one), self.party(other)
        facts = self.facts if per_volume else self.facts_between([first], [second], events=True)
        return count_dyad(facts, first, second, options, self.fetch)

    def stance(
        self,
        states: str | Iterable[str],
        between: tuple[Side, Side],
        *,
        by: str = "year",
        since: Day = None,
        until: Day = None,
        half_life: float | None = None,
        weights: Mapping[str, float] | None = None,
        intervals: bool = True,
    ) -> Stance:
        """Return where states stand between two sides; see `entente.analysis.stance`.

        Args:
            states: A state or several.
            between: The side at 1 and the side at -1.
            by: The stance is given at the end of each day, week, month, quarter or year.
            since: Periods before this day, month or year are not shown; what happened in them still counts, decayed.
            until: What comes after does not count.
            half_life: In days; the codebook's by default.
            weights: Weights of some domains, the codebook's for the rest.
            intervals: Whether to resample documents.
        """
        choices = self.choices.stance
        options = StanceOptions(
            by=by,
            span=span_of(since, until),
            half_life=half_life or choices.half_life,
            weights={**choices.weights, **(weights or {})},
            one_a_day=choices.one_a_day,
            intervals=intervals,
        )
        parties = self.parties([states] if isinstance(states, str) else list(states))
        x, y = (self.party(side) for side in between)
        return measure_stance(self.facts_between(parties, [x, y]), parties, x, y, options, self.fetch)

    def similarity(
        self,
        states: str | Iterable[str],
        others: str | Iterable[str],
        *,
        since: Day = None,
        until: Day = None,
        intervals: bool = True,
    ) -> Similarity:
        """Return how alike states vote in imported roll calls; see `entente.analysis.similarity`.

        Args:
            states: A state or several.
            others: With whom each is compared.
            since: The first day, month or year.
            until: The last day, month or year, inclusive.
            intervals: Whether to resample roll calls.
        """
        ours, theirs = ([names] if isinstance(names, str) else list(names) for names in (states, others))
        parties = self.parties(ours), self.parties(theirs)
        return measure_similarity(
            self.facts_between(*parties), *parties, span_of(since, until), intervals=intervals, fetch=self.fetch
        )

    def network(
        self,
        *,
        since: Day = None,
        until: Day = None,
        among: Side | None = None,
        organisations: bool = False,
        weighted: bool = True,
        intervals: bool = True,
    ) -> Network:
        """Return who is tied to whom, and how far the ties fall into two camps; see `entente.analysis.network`.

        Args:
            since: The first day, month or year; without days all records count, also undated ones.
            until: The last day, month or year, inclusive.
            among: Only states that belong to this side at some time.
            organisations: Whether organisations are members of the network, too.
            weighted: Whether ties count by their weight, or each as one.
            intervals: Whether to resample documents.
        """
        facts, choices = self.facts, load_network_choices(self._codebook)
        options = NetworkOptions(
            span=span_of(since, until),
            organisations=None if organisations else self.sides.organisations,
            among=None if among is None else {member.code for member in self.party(among).members},
            weighted=weighted,
            intervals=intervals,
        )
        return make_network(facts, choices, options, facts.places_of(coded_by(self.reader, choices.mediation)), self.fetch)


def span_of(since: Day, until: Day) -> Span:
    """Return the days from the first of ``since`` to the last of ``until``.

    Raises:
        TimeError: One of them is no date.
        InputError: The last comes before the first.
    """
    first = first_day(since) if isinstance(since, str) else since
    last = last_day(until) if isinstance(until, str) else until
    if first is not None and last is not None and last < first:
        raise InputError(
            f"the days end on {last.isoformat()}, before they begin on {first.isoformat()}; turn since and until round"
        )
    return Span(first, last)
