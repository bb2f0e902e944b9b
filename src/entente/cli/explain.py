"""``entente explain``."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from entente.cli.options import codebook_option, date_option, reader_options
from entente.errors import InputError
from entente.reading.plain import why_not_text

if TYPE_CHECKING:  # for speed: `--help` needs no coder
    from rich.text import Text

    from entente.coder import Explanation
    from entente.coding.fusion import Precision
    from entente.records.record import Record


@click.command("explain", short_help="Show how a text is coded: records, words, rules, and what was left out.")
@click.argument("text")
@date_option
@codebook_option
@reader_options
@click.option("--json", "as_json", is_flag=True, help="Print it as one JSON object.")
def command(
    text: str, published: dt.date | None, codebook: Path | None, precision: Precision, model: bool, as_json: bool
) -> None:
    """Show how a text is coded; - reads it from standard input.

    Below the text, in which the words that justify a record are marked, stands each record with the codebook entry and pattern
    that made it and how likely the learned reader holds it ("reader/…" made those that no pattern found), then what came near a
    record and was left out, with the reason.

    \b
    entente explain "Belarus voted against a UN resolution." --date 2016-12-20
    """
    text = _standard_input() if text == "-" else text
    if not text.strip():
        raise click.UsageError("there is no text to explain")
    from entente.coder import load_coder

    explanation = load_coder(codebook, model=model, precision=precision).explain(text, published)
    if as_json:
        click.echo(_json_of(explanation))
    else:
        _print(explanation)


def _standard_input() -> str:
    raw = sys.stdin.buffer.read()
    if (reason := why_not_text(raw)) is not None:
        raise InputError(f"standard input: {reason}")
    return raw.decode()


def _print(explanation: Explanation) -> None:
    from rich.text import Text

    from entente.cli.output import console, print_records
    from entente.formats.table import visible

    out = console()
    out.print(_marked(explanation), soft_wrap=True)
    out.print()
    if not explanation.records:
        out.print("no records")
    else:
        print_records(explanation.records)
        out.print()
        for record in explanation.records:
            out.print(_reasons(record, explanation.reader.get(record.id)), soft_wrap=True)
    if explanation.left_out:
        out.print()
        out.print(Text("left out", style="bold"))
        for item in explanation.left_out:
            out.print(Text(f"  “{visible(item.evidence.text)}”  {item.coded_by}: {item.reason}"), soft_wrap=True)


def _marked(explanation: Explanation) -> Text:
    """Return the text with the words of records marked; where marks overlap both styles apply."""
    from rich.text import Text

    from entente.cli.output import KIND_STYLES
    from entente.formats.table import shown

    marked = Text(shown(explanation.document.text))
    for record in explanation.records:
        for span in (record.evidence, *record.also):
            marked.stylize(f"underline {KIND_STYLES[record.kind]}", span.start, span.end)
    return marked


def _reasons(record: Record, reader: float | None) -> Text:
    from rich.text import Text

    from entente.cli.output import KIND_STYLES
    from entente.formats.table import people_of, visible

    line = Text("  ")
    line.append(f"{record.kind} {record.type}", style=KIND_STYLES[record.kind])
    line.append(f"  {people_of(record.actor)} → {people_of(record.recipient)}  by {record.coded_by}, {record.confidence:.2f}")
    if reader is not None:
        line.append(f"; the reader alone holds it likely to {reader:.2f}")
    for side in (*record.actor, *record.recipient):
        why = f", {side.reason}" if side.reason else ""
        line.append(f"\n    “{visible(side.text)}” is {side.entity or side.code or 'not resolved'}{why}")
    if record.date is not None and record.date.text:
        start, end = record.date.inclusive()
        line.append(f"\n    “{visible(record.date.text)}” is {start or '…'} to {end or '…'}")
    for name, value in record.attributes.items():
        line.append(f"\n    {name}: {visible(str(value))}")
    for span in record.also:
        line.append(f"\n    told again: “{visible(span.text)}”")
    return line


def _json_of(explanation: Explanation) -> bytes:
    import msgspec

    from entente.formats.public import public_of

    return msgspec.json.encode(
        {
            "document": explanation.document.id,
            "text": explanation.document.text,
            "sentences": explanation.sentences,
            "records": [public_of(record) for record in explanation.records],
            "left_out": explanation.left_out,
            "reader": explanation.reader,
        }
    )
