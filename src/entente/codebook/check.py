"""The codebook's own tests: every example runs through the whole coder, neighbours included."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from msgspec import Struct

from entente.codebook.entry import Entry, Example, Expected, Fault
from entente.codebook.load import Codebook, read_codebook
from entente.codebook.vocabulary import SYMMETRIC
from entente.records.actors import Actor
from entente.records.record import Record

CodeText = Callable[[str, "dt.date | None"], Iterable[Record]]


class Outcome(Struct, frozen=True):
    """How one example came out: ``problem`` is empty where it did as stated."""

    entry: Entry
    example: Example
    problem: str

    @property
    def where(self) -> str:
        """File and line of the example."""
        return f"{self.entry.path.name}:{self.example.line}"


class CheckReport(Struct, frozen=True):
    """All outcomes of a behaviour check. A known gap that passes is a failure too: its mark must go."""

    outcomes: tuple[Outcome, ...]

    @property
    def examples(self) -> int:
        """How many examples ran."""
        return len(self.outcomes)

    @property
    def passed(self) -> int:
        """How many came out as stated."""
        return sum(not o.problem and not o.example.known_gap for o in self.outcomes)

    @property
    def known_gaps(self) -> tuple[Outcome, ...]:
        """Examples marked as a known gap that do not pass, as expected."""
        return tuple(o for o in self.outcomes if o.problem and o.example.known_gap)

    @property
    def failures(self) -> tuple[Outcome, ...]:
        """Examples that fail, and known gaps that pass."""
        return tuple(o for o in self.outcomes if bool(o.problem) != bool(o.example.known_gap))


def check_shape(path: Path) -> tuple[Fault, ...]:
    """Return every fault of the entries in a folder; fast, no model.

    Raises:
        CodebookError: The folder holds no entries or a file is no YAML.
    """
    return read_codebook(path)[1]


def check_behaviour(codebook: Codebook, code: CodeText, only: frozenset[str] = frozenset()) -> CheckReport:
    """Run every example (of the entries named in ``only``, if any) through ``code`` and compare."""
    outcomes = []
    for entry in codebook.entries.values():
        if only and entry.id not in only and entry.name not in only:
            continue
        for example in entry.examples:
            records = list(code(example.text, example.published))
            outcomes.append(Outcome(entry, example, "; ".join(find_problems(entry, example, records))))
    return CheckReport(tuple(outcomes))


def find_problems(entry: Entry, example: Example, records: list[Record]) -> Iterator[str]:
    """Yield what is wrong with the records of an example."""
    own = [r for r in records if r.kind == entry.kind and r.type == entry.id]
    left = list(own)
    for expected in example.expect:
        fitting = next((r for r in left if not _differences(expected, r)), None)
        if fitting is not None:
            left.remove(fitting)
            continue
        nearest = min(left, key=lambda r: len(_differences(expected, r)), default=None)
        if nearest is None:
            yield f"missing: {_show_expected(expected)}"
        else:
            left.remove(nearest)
            yield f"{_show(nearest)}: {', '.join(_differences(expected, nearest))}"
    for record in left:
        yield f"not expected: {_show(record)}"
    for record in records:
        neighbour = record.type in entry.neighbours or f"{record.kind}/{record.type}" in entry.neighbours
        if neighbour and record.kind == entry.kind and record.type not in example.also:
            yield f"a neighbour fires: {_show(record)}"


def _differences(expected: Expected, record: Record) -> list[str]:
    found = list(_people_differ(expected, record))
    if expected.mode is not None and record.mode != expected.mode:
        found.append(f"mode {record.mode}, not {expected.mode}")
    if record.status != expected.status:
        found.append(f"status {record.status}, not {expected.status}")
    days = record.date.inclusive() if record.date else (None, None)
    if expected.date is not None and days != expected.date:
        found.append(f"date {days[0]} to {days[1]}, not {expected.date[0]} to {expected.date[1]}")
    for key, value in expected.attributes.items():
        if not _same_value(value, record.attributes.get(key)):
            found.append(f"{key} {record.attributes.get(key)}, not {value}")
    if expected.evidence is not None and expected.evidence not in record.evidence.text:
        found.append(f"evidence {record.evidence.text!r}")
    return found


def _people_differ(expected: Expected, record: Record) -> Iterator[str]:
    if record.type in SYMMETRIC and expected.actor is not None and expected.recipient is not None:
        both = expected.actor + expected.recipient
        if set(_codes(record.actor + record.recipient, both)) == set(both):
            return
    for side, want, have in (("actor", expected.actor, record.actor), ("recipient", expected.recipient, record.recipient)):
        if want is not None and set(_codes(have, want)) != set(want):
            yield f"{side} {sorted(_codes(have, ()))}, not {sorted(want)}"


def _codes(actors: tuple[Actor, ...], wanted: tuple[str, ...]) -> list[str]:
    """Return codes with the sector, or without it where the wanted code has none."""
    plain = {code for code in wanted if "." not in code}
    return [a.code if a.code in plain or not a.sector else f"{a.code}.{a.sector}" for a in actors if a.code]


def _same_value(want: str, have: object) -> bool:
    if isinstance(have, bool):
        return want == str(have).lower()
    if isinstance(have, (int, float)):
        try:
            return abs(float(want) - have) <= 0.02
        except ValueError:
            return False
    return isinstance(have, str) and (want.lower() in have.lower() or have.lower() in want.lower())


def _show(record: Record) -> str:
    sides = " → ".join("+".join(_codes(side, ())) or "–" for side in (record.actor, record.recipient))
    return f"{record.kind}/{record.type} {sides} {record.status} by {record.coded_by.rpartition('/')[2]}"


def _show_expected(expected: Expected) -> str:
    sides = " → ".join("any" if side is None else "+".join(side) or "–" for side in (expected.actor, expected.recipient))
    return f"{sides} {expected.status}"
