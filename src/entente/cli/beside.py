"""Two quotations side by side in the terminal, each with its date and its record."""

from __future__ import annotations

import datetime as dt
import textwrap
from typing import NoReturn

import click

from entente.analysis.wording import capital, days_in_words
from entente.cli.output import console
from entente.formats.table import visible

_LEAST, _MOST = 30, 70
_INDENT = 2


def quoted(start: dt.date | None, end: dt.date | None, told: dt.date | None, words: str, record: str) -> list[str]:
    """Return date, words and record of one quotation, as paragraphs; ``start`` and ``end`` are inclusive.

    Where the text gives no last day the date has the day on which it was published, ``told``, too.
    """
    days = capital(days_in_words(start, end)) or "No date"
    if end is None and told is not None:
        days += f"; told {days_in_words(told, told)}"
    return [days, f"“{visible(words)}”", f"record {record}"]


def print_beside(left: list[str], right: list[str] | None) -> None:
    """Print one quotation, or two beside each other."""
    room = min(max((console().width - _INDENT - 3) // 2, _LEAST), _MOST)
    columns = [[line for part in side for line in textwrap.wrap(part, room)] for side in (left, right or [])]
    for place in range(max(map(len, columns))):
        cells = [column[place] if place < len(column) else "" for column in columns]
        line = f"{cells[0]:<{room}} │ {cells[1]}" if right else cells[0]
        click.echo(" " * _INDENT + line.rstrip())


def counted(count: int, noun: str) -> str:
    """Return "1 record" or "3 records"."""
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"


def no_picture() -> NoReturn:
    """Refuse to draw.

    Raises:
        UsageError: Always.
    """
    raise click.UsageError("there is no picture of this; write csv or json")
