"""Rows of any query, printed or written in the form that is asked for."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

import msgspec
from rich.text import Text

from entente.cli.output import console, open_output, plain_table, print_table
from entente.formats.table import NOTHING, visible
from entente.ledger.queries import Answer

SHOWN = 100


def write_answer(answer: Answer, form: str, output: Path | None) -> None:
    """Write the rows of a query as a table, CSV, JSON Lines or Parquet; nested values are JSON in a cell."""
    if form == "table":
        print_answer(answer)
        return
    with open_output(output) as stream:
        if form == "parquet":
            from pyarrow import parquet

            parquet.write_table(answer.arrow(), stream, compression="zstd")
        elif form == "csv":
            stream.write(_csv_of(answer))
        else:
            for row in answer.rows():
                stream.write(msgspec.json.encode(row, enc_hook=str) + b"\n")


def print_answer(answer: Answer) -> None:
    """Print the first rows as a table."""
    table = plain_table(*(visible(name) for name in answer.columns))
    for row in answer.arrow().slice(0, SHOWN).to_pylist():
        table.add_row(*(Text(NOTHING if value is None else visible(str(_cell(value)))) for value in row.values()))
    print_table(table, "no rows")
    if len(answer) > SHOWN:
        console(err=True).print(f"the first {SHOWN:,} of {len(answer):,} rows; --to csv writes all")


def _csv_of(answer: Answer) -> bytes:
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer)
    writer.writerow(answer.columns)
    writer.writerows([_cell(value) for value in row.values()] for row in answer.rows())
    return buffer.getvalue().encode()


def _cell(value: Any) -> Any:
    return msgspec.json.encode(value, enc_hook=str).decode() if isinstance(value, list | dict) else value
