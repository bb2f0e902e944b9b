"""One predicate that tells several acts, each with a day of its own: "was in Kyiv on 2 July, in Moscow three days later"."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from msgspec.structs import replace

from entente.coding.match import Match
from entente.coding.scene import Scene
from entente.records.actors import codes_of
from entente.records.record import Record
from entente.records.timespan import TimeSpan


def split_by_days(scene: Scene, match: Match, record: Record) -> Iterator[Record]:
    """Yield a record for each recipient that has a day of its own behind it; the record as it is where not all have one."""
    stations = _stations(scene, match)
    days = [span for _, span in stations if span is not None]
    if len(stations) < 2 or len(days) < len(stations) or len({(day.start, day.end) for day in days}) < len(days):
        yield record
        return
    own = {actor.code for actor in match.actor}
    for (i, _), day in zip(stations, days, strict=True):
        recipient = tuple(actor for actor in scene.affected(i) if actor.code not in own)
        lasts = record.date is not None and record.date.end is None and day.start is not None
        date = TimeSpan(day.start, None, day.precision, day.text) if lasts else day
        yield replace(record, recipient=recipient or record.recipient, date=date)


def _stations(scene: Scene, match: Match) -> list[tuple[int, TimeSpan | None]]:
    """Return the tokens that name the recipients, in order, each with the day told between it and the next."""
    tokens = sorted(i for i in match.recipient_tokens if i > match.clause.head and codes_of(scene.affected(i)))
    if len(tokens) < 2 or len({codes_of(scene.affected(i)) for i in tokens}) < len(tokens):
        return []
    ends = [*(b for _, b in pairwise(tokens)), _end_of_clause(scene, tokens[-1])]
    return [(i, _day_between(scene, i, end)) for i, end in zip(tokens, ends, strict=True)]


def _end_of_clause(scene: Scene, i: int) -> int:
    """Return the first token behind ``i`` that another clause may begin with."""
    behind = scene.tokens[i + 1 :]
    return next((t.i for t in behind if t.pos in ("VERB", "AUX") or t.text in (",", ";", ":", ".")), len(scene.tokens))


def _day_between(scene: Scene, first: int, end: int) -> TimeSpan | None:
    """Return the date that the words between two tokens give."""
    told = scene.dated.expressions.get(scene.sentence.index, ())
    return next((e.span for e in told if e.role == "at" and e.span is not None and first < e.first and e.last < end), None)
