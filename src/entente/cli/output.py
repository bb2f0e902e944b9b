"""Where records go: tables on the terminal, the other forms to standard output or to a file that appears whole or not at all."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, Protocol

import click
from rich.cells import cell_len
from rich.console import Console
from rich.table import Table
from rich.text import Text

from entente.formats import table as rows
from entente.records.record import Record

KIND_STYLES = {"event": "cyan", "tie": "green", "commitment": "magenta", "position": "yellow", "vote": "blue"}
WIDTH_OF_A_PIPE = 120
WIDEST_CELL = 24  # of all columns but the words, which take what is left
LEAST_WORDS = 20
GAP = 2


class RecordWriter(Protocol):
    """What takes records one batch after the other."""

    def write(self, records: Iterable[Record]) -> None:
        """Take records."""

    def close(self) -> None:
        """Finish."""


class TableWriter:
    """Keeps records and prints them as one table at the end."""

    def __init__(self) -> None:
        self._records: list[Record] = []

    def write(self, records: Iterable[Record]) -> None:
        """Keep the records."""
        self._records.extend(records)

    def close(self) -> None:
        """Print the table."""
        print_records(self._records)


def console(*, err: bool = False) -> Console:
    """Return a console for standard output or error; where that is no terminal, lines are long and plain."""
    stream = sys.stderr if err else sys.stdout
    width = None if stream.isatty() or "COLUMNS" in os.environ else WIDTH_OF_A_PIPE
    return Console(file=stream, width=width, highlight=False, soft_wrap=False)


def chosen_form(form: str | None, output: Path | None) -> str:
    """Return the form that was asked for, else what the file's name says, else a table on a terminal and JSON Lines elsewhere.

    Raises:
        click.UsageError: A table is asked for in a file, or Parquet on a terminal.
    """
    if form is None and output is not None:
        form = {".csv": "csv", ".parquet": "parquet", ".pq": "parquet"}.get(output.suffix.lower(), "jsonl")
    if form is None:
        form = "table" if sys.stdout.isatty() else "jsonl"
    if form == "table" and output is not None:
        raise click.UsageError("a table is for the terminal; write csv, jsonl or parquet to a file")
    if form == "parquet" and output is None and sys.stdout.isatty():
        raise click.UsageError("Parquet is not for a terminal; name a file with -o FILE")
    return form


@contextmanager
def open_writer(form: str, output: Path | None) -> Iterator[RecordWriter]:
    """Open a writer of a form on a file or on standard output; it is closed, and the file put in its place, at the end."""
    if form == "table":
        writer: RecordWriter = TableWriter()
        yield writer
        writer.close()
        return
    with open_output(output) as stream:
        writer = _writer(form, stream)
        yield writer
        writer.close()


@contextmanager
def open_output(output: Path | None) -> Iterator[BinaryIO]:
    """Open a file under a draft name and rename it when all is written, or standard output where there is no file."""
    if output is None:
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    draft = output.with_name(f".{output.name}.{os.getpid()}")
    try:
        with draft.open("wb") as stream:
            yield stream
        draft.replace(output)
    finally:
        draft.unlink(missing_ok=True)


def _writer(form: str, stream: BinaryIO) -> RecordWriter:
    if form == "csv":
        from entente.formats.csv import CsvWriter

        return CsvWriter(stream)
    if form == "parquet":
        from entente.formats.parquet import ParquetWriter

        return ParquetWriter(stream)
    from entente.formats.jsonl import JsonLinesWriter

    return JsonLinesWriter(stream)


def print_records(records: Iterable[Record]) -> None:
    """Print records as a table, the words that justify them last."""
    cells = [rows.row_of(record) for record in records]
    table = plain_table(*rows.COLUMNS)
    left = console().width
    for index, column in enumerate(table.columns[:-1]):
        column.width = min(max([len(rows.COLUMNS[index]), *(cell_len(row[index]) for row in cells)]), WIDEST_CELL)
        left -= column.width + GAP
    table.columns[-1].width = max(left, LEAST_WORDS)
    for column in table.columns:
        column.no_wrap, column.overflow = True, "ellipsis"
    for row in cells:
        date, kind, *rest = row
        table.add_row(date, Text(kind, style=KIND_STYLES[kind]), *(Text(cell) for cell in rest))
    print_table(table, "no records")


def print_table(table: Table, without_rows: str) -> None:
    """Print a table, or a word where it has no rows; outside a terminal its lines end at their last character."""
    out = console()
    if out.is_terminal or not table.row_count:
        out.print(table if table.row_count else without_rows)
        return
    with out.capture() as capture:
        out.print(table)
    click.echo("\n".join(line.rstrip() for line in capture.get().splitlines()))


def plain_table(*columns: str) -> Table:
    """Return a table with a line below its head only, which also reads well in a file."""
    table = Table(box=None, pad_edge=False, header_style="bold", padding=(0, GAP, 0, 0))
    for column in columns:
        table.add_column(column)
    return table
