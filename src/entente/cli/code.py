"""``entente code``."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from entente.cli import FINE, SET_ASIDE
from entente.cli.options import codebook_option, date_option, form_option, ledger_option, output_option, reader_options
from entente.reading.files import FORMS, Form, SetAside, read_paths
from entente.records.text import Document

if TYPE_CHECKING:  # for speed: `--help` needs no ledger
    from entente.coding.fusion import Precision
    from entente.intake import RunSummary


class Making(NamedTuple):
    """What makes the coder: its codebook, whether the learned reader has a say, and what to prefer."""

    codebook: Path | None
    model: bool
    precision: Precision


@click.command("code", short_help="Code documents into a ledger, or print their records.")
@click.argument("paths", nargs=-1, required=True)
@ledger_option(required=False, text="Add the records to the ledger in this folder; it is made if it is not there.")
@form_option("table", "jsonl", "csv", "parquet")
@output_option
@date_option
@codebook_option
@reader_options
@click.option("--from", "read_as", type=click.Choice(FORMS), help="Read all files in this form.")
@click.option("--recode", is_flag=True, help="Code again what the ledger holds already.")
@click.pass_context
def command(
    ctx: click.Context,
    paths: tuple[str, ...],
    ledger: Path | None,
    form: str | None,
    output: Path | None,
    published: dt.date | None,
    codebook: Path | None,
    precision: Precision,
    model: bool,
    read_as: Form | None,
    recode: bool,
) -> None:
    """Code documents into a ledger, or print their records.

    PATHS are files, folders, globs, or - for standard input. The end of a name tells the form: .jsonl (one object a line with
    `text`, and where known `id`, `published`, `title`, `source`, `url`, `language`), .csv and .parquet with the same columns;
    anything else is plain text, one document a file.

    \b
    entente code news.jsonl notes.txt --ledger politics
    entente code article.txt --date 2017-06-01 --to jsonl
    cat article.txt | entente code - --date 2017-06-01 --to csv -o records.csv

    With --ledger the same command again adds only what is new: a document is its id, and without one its text, date and source.
    A run that was stopped goes on where it was. Documents that cannot be read are set aside with file, line and reason, and
    the exit code is then 1.
    """
    if ledger is not None and (form is not None or output is not None):
        raise click.UsageError("--ledger keeps the records in a folder, --to and -o print them; choose one")
    if ledger is None and recode:
        raise click.UsageError("--recode goes with --ledger")
    items = read_paths(paths, published=published, form=read_as, stdin=sys.stdin.buffer)
    from entente.cli.progress import print_summary

    making = Making(codebook, model, precision)
    if ledger is not None:
        summary = _code_to_ledger(items, ledger, making, recode)
    else:
        summary = _code_to_output(items, form, output, making)
    print_summary(summary)
    ctx.exit(SET_ASIDE if summary.set_aside else FINE)


def _code_to_ledger(items: Iterable[Document | SetAside], ledger: Path, making: Making, recode: bool) -> RunSummary:
    from entente.cli.progress import RunProgress
    from entente.workspace import Workspace

    with Workspace(ledger, **making._asdict()) as workspace, RunProgress() as progress:
        try:
            return workspace.code(items, recode=recode, progress=progress)
        except KeyboardInterrupt:
            click.echo(f"stopped; {ledger} keeps what was coded so far, and the same command goes on from there", err=True)
            raise


def _code_to_output(items: Iterable[Document | SetAside], form: str | None, output: Path | None, making: Making) -> RunSummary:
    from entente.cli.output import chosen_form, open_writer
    from entente.cli.progress import RunProgress
    from entente.coder import load_coder
    from entente.intake import RunSummary, code_sources

    chosen = chosen_form(form, output)
    coder, summary = load_coder(**making._asdict()), RunSummary()
    with open_writer(chosen, output) as writer, RunProgress() as progress:
        for _, records in code_sources(coder, items, summary, progress):
            writer.write(records)
    return summary
