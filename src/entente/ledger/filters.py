"""Which records: conditions on participants, kinds and days, as SQL over the records table."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import msgspec

from entente.errors import TimeError

PARTIAL_DAY = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


class RecordFilter(msgspec.Struct, frozen=True, kw_only=True):
    """Which records: all conditions must hold, and of a condition's values one.

    Attributes:
        actor: Codes among the actors, ``SYR.REB`` with a sector, ``SYR`` with any or none.
        recipient: Codes among the recipients.
        kind: Kinds.
        type: Types, in any case.
        mode: Modes, in any case.
        status: Statuses.
        document: Documents' ids.
        since: The first day; records count whose date reaches it or is open to it.
        until: The last day, inclusive.
    """

    actor: tuple[str, ...] = ()
    recipient: tuple[str, ...] = ()
    kind: tuple[str, ...] = ()
    type: tuple[str, ...] = ()
    mode: tuple[str, ...] = ()
    status: tuple[str, ...] = ()
    document: tuple[str, ...] = ()
    since: dt.date | None = None
    until: dt.date | None = None

    def conditions(self) -> tuple[list[str], list[Any]]:
        """Return SQL conditions and the values of their question marks, the days apart."""
        conditions: list[str] = []
        values: list[Any] = []
        for side in ("actor", "recipient"):
            if codes := getattr(self, side):
                conditions.append("(" + " or ".join(_PARTICIPANT.format(side=side) for _ in codes) + ")")
                values += [part for code in codes for part in _code_and_sector(code)]
        for name in ("kind", "type", "mode", "status", "document"):
            if wanted := getattr(self, name):
                folded = name != "document"
                conditions.append(f"list_contains(?, lower({name}))" if folded else f"list_contains(?, {name})")
                values.append([value.lower() for value in wanted] if folded else list(wanted))
        return conditions, values

    def day_conditions(self) -> tuple[list[str], list[Any]]:
        """Return SQL conditions on the days and the values of their question marks."""
        conditions, values = [], []
        if self.since is not None:
            conditions.append('date is not null and (date."end" is null or date."end" >= ?)')
            values.append(self.since)
        if self.until is not None:
            conditions.append("date is not null and (date.start is null or date.start <= ?)")
            values.append(self.until)
        return conditions, values


_PARTICIPANT = (
    "len(list_filter({side}, lambda a: a.code = ? and coalesce(a.sector, '') = coalesce(nullif(?, ''), a.sector, ''))) > 0"
)


def first_day(written: str) -> dt.date:
    """Return the first day of a year, month or day: ``2014``, ``2014-06``, ``2014-06-07``.

    Raises:
        TimeError: It is none of these.
    """
    year, month, day = _parts(written)
    try:
        return dt.date(year, month or 1, day or 1)
    except ValueError as error:
        raise TimeError(f"{written!r} is no date; write 2014, 2014-06 or 2014-06-07") from error


def last_day(written: str) -> dt.date:
    """Return the last day of a year, month or day.

    Raises:
        TimeError: It is none of these.
    """
    first = first_day(written)
    _, month, day = _parts(written)
    if day:
        return first
    after = first.replace(year=first.year + 1) if not month or month == 12 else first.replace(month=month + 1)
    return (after.replace(month=1) if month == 12 else after) - dt.timedelta(days=1)


def _parts(written: str) -> tuple[int, int, int]:
    match = PARTIAL_DAY.fullmatch(written.strip())
    if match is None or not 1000 <= int(match[1]) < 3000:
        raise TimeError(f"{written!r} is no date; write 2014, 2014-06 or 2014-06-07")
    return int(match[1]), int(match[2] or 0), int(match[3] or 0)


def _code_and_sector(written: str) -> tuple[str, str]:
    code, _, sector = written.strip().upper().partition(".")
    return code, sector
