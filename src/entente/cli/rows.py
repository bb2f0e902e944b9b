"""Rows of JSON Lines that a command reads and answers one by one: a bad row is set aside with its line, the others go on."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, TypeVar

import click
import msgspec

from entente.errors import InputError

Row = TypeVar("Row")
LISTED = 20  # rows set aside that are shown one by one


class SetAsideRows:
    """Rows that could not be read: how many, and the first of them with the reason."""

    def __init__(self) -> None:
        self.count = 0
        self.reasons: list[str] = []

    def add(self, where: str, reason: str) -> None:
        """Take note of a row."""
        self.count += 1
        if len(self.reasons) < LISTED:
            self.reasons.append(f"{where}: {reason}")

    def report(self) -> None:
        """Print what was set aside on standard error; nothing where nothing was."""
        from entente.formats.table import visible

        if self.count:
            click.echo(f"set aside: {self.count:,}", err=True)
            for reason in self.reasons:
                click.echo(f"  {visible(reason)}", err=True)
        if self.count > len(self.reasons):
            click.echo(f"  … and {self.count - len(self.reasons):,} more", err=True)


def read_rows(path: Path, row_of: Callable[[Mapping[str, Any]], Row], aside: SetAsideRows) -> Iterator[Row]:
    """Yield what ``row_of`` makes of each line of a JSON Lines file, ``-`` for standard input; blank lines are passed over.

    A line that is no object, or of which ``row_of`` raises an `InputError`, goes to ``aside``.
    """
    for number, line in enumerate(_lines(path), 1):
        if not line.strip():
            continue
        try:
            yield row_of(msgspec.json.decode(line, type=dict[str, Any]))
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            aside.add(f"{path}:{number}", f"it is no JSON object ({error})")
        except InputError as error:
            aside.add(f"{path}:{number}", str(error))


def _lines(path: Path) -> Iterator[bytes]:
    if str(path) == "-":
        yield from sys.stdin.buffer
        return
    with path.open("rb") as stream:
        yield from stream


def string_of(row: Mapping[str, Any], key: str) -> str | None:
    """Return a row's string, None where it is absent or empty; a whole number is taken as its digits.

    Raises:
        InputError: It is neither.
    """
    value = row.get(key)
    if value is None or value == "":
        return None
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    if not isinstance(value, str):
        raise InputError(f"its `{key}` must be a string")
    return value


def required_string(row: Mapping[str, Any], key: str) -> str:
    """Return a row's string.

    Raises:
        InputError: It is absent, empty or no string.
    """
    value = string_of(row, key)
    if value is None or not value.strip():
        raise InputError(f"it has no `{key}`")
    return value


def write_rows(rows: Iterable[Mapping[str, Any]], output: Path | None) -> None:
    """Write rows as JSON Lines to a file that appears whole or not at all, or to standard output."""
    from entente.cli.output import open_output

    with open_output(output) as stream:
        for row in rows:
            stream.write(msgspec.json.encode(row) + b"\n")
