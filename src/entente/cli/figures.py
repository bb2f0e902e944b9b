"""Figures of measures as people read them, and results in the other forms. Every row of JSON and CSV names its records."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import click
import msgspec
from rich.text import Text

from entente.analysis.results import Result
from entente.cli.output import open_output, plain_table, print_table
from entente.errors import EntenteError, InputError

NOTHING = "–"
PICTURES = {".png": "png", ".svg": "svg"}

Chart = Callable[[], Any]
"""Makes an Altair chart; only called where a picture is asked for, since Altair takes a second to load."""


def form_of(form: str | None, output: Path | None) -> str:
    """Return the form that is asked for, that of the file's name, or a table.

    Raises:
        UsageError: A table is to go to a file, or a picture to no file.
    """
    if form is None:
        suffix = "" if output is None else output.suffix.lower()
        form = {".csv": "csv", ".json": "json", **PICTURES}.get(suffix, "table" if output is None else "json")
    if form == "table" and output is not None:
        raise click.UsageError("a table is for the terminal; write csv, json, png or svg to a file")
    if form == "png" and output is None:
        raise click.UsageError("a picture needs a file; name it with -o FILE.png")
    return form


def write_result(result: Result, form: str, output: Path | None, chart: Chart) -> None:
    """Write a result as CSV, JSON or a picture."""
    if form == "csv":
        content = _csv_of(result)
    elif form == "json":
        content = msgspec.json.format(msgspec.json.encode(result.to_builtins()), indent=2) + b"\n"
    else:
        content = _picture(chart(), form)
    with open_output(output) as stream:
        stream.write(content)


def print_rows(heads: Sequence[str], rows: Sequence[Sequence[object]], without: str) -> None:
    """Print rows as a table, numbers to the right."""
    table = plain_table(*heads)
    for place, column in enumerate(table.columns):
        column.no_wrap = place < len(table.columns) - 1
        if rows and all(isinstance(row[place], int | float | Figure | Rounded | None) for row in rows):
            column.justify = "right"
    for row in rows:
        table.add_row(*(Text(as_text(cell)) for cell in row))
    print_table(table, without)


class Rounded:
    """A number with so many digits, for a cell."""

    def __init__(self, value: float | None, digits: int) -> None:
        self.value = value
        self.digits = digits

    def __str__(self) -> str:
        return as_text(self.value, self.digits)


class Figure:
    """A number with its interval, for a cell."""

    def __init__(self, row: dict[str, Any], name: str, digits: int = 2) -> None:
        self.value, self.low, self.high = (row[key] for key in (name, f"{name}_low", f"{name}_high"))
        self.digits = digits

    def __str__(self) -> str:
        value = as_text(self.value, self.digits)
        if self.value is None or self.low is None:
            return value
        return f"{value} [{as_text(self.low, self.digits)}, {as_text(self.high, self.digits)}]"


def as_text(value: object, digits: int = 2) -> str:
    """Return a cell's text: numbers rounded, minus signs as such, nothing as a dash."""
    if value is None:
        return NOTHING
    if isinstance(value, float):
        return f"{value if round(value, digits) else 0.0:.{digits}f}".replace("-", "−")
    if isinstance(value, int):
        return f"{value:,}"
    return value.isoformat() if isinstance(value, dt.date) else str(value)


def period_name(start: dt.date, by: str) -> str:
    """Return a period as one writes it: 2014, 2014-Q2, 2014-06, 2014-W23, 2014-06-07."""
    if by == "year":
        return f"{start.year}"
    if by == "quarter":
        return f"{start.year}-Q{(start.month + 2) // 3}"
    if by == "month":
        return f"{start.year}-{start.month:02d}"
    if by == "week":
        year, week, _ = start.isocalendar()
        return f"{year}-W{week:02d}"
    return start.isoformat()


def interval_note(notes: dict[str, Any]) -> str:
    """Return how intervals were made, or why there are none."""
    if notes.get("interval"):
        return f"{notes['interval']:.0%} intervals from {notes['resamples']} resamples of documents, seed {notes['seed']}"
    return "no intervals" + (f": {notes['interval_note']}" if "interval_note" in notes else "")


def picture_of(svg: str) -> bytes:
    """Return a drawing as PNG, twice its size.

    Raises:
        EntenteError: What draws pictures is not installed.
    """
    try:
        import vl_convert  # only who draws has it
    except ImportError as error:
        raise EntenteError("vl-convert-python is not installed, which draws pictures; `pip install 'entente[plots]'`") from error
    return bytes(vl_convert.svg_to_png(svg, scale=2))


def _csv_of(result: Result) -> bytes:
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer)
    writer.writerow([*result.columns, "record_ids"])
    for place, row in enumerate(result.rows()):
        writer.writerow([*row.values(), " ".join(result.ids(place))])
    return buffer.getvalue().encode()


def _picture(chart: Any, form: str) -> bytes:
    buffer = io.BytesIO() if form == "png" else io.StringIO()
    try:
        chart.save(buffer, format=form, **({"scale_factor": 2} if form == "png" else {}))
    except ValueError as error:
        raise InputError(f"the picture could not be drawn ({error}); is vl-convert-python installed?") from error
    content = buffer.getvalue()
    return content if isinstance(content, bytes) else content.encode()
