"""``entente import``."""

from __future__ import annotations

from pathlib import Path

import click

from entente.cli.options import ledger_option


@click.group("import", short_help="Bring the field's tables into a ledger: UN votes.")
def command() -> None:
    """Bring the field's tables into a ledger, beside what was coded from texts."""


@command.command("unvotes")
@click.argument("files", metavar="FILE…", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@ledger_option()
def unvotes(files: tuple[Path, ...], ledger: Path) -> None:
    """Import the tables of the R package unvotes: votes and roll calls, and the issues if you have them; CSV, gzipped or not.

    \b
    entente import unvotes un_votes.csv.gz un_roll_calls.csv.gz un_roll_call_issues.csv.gz --ledger politics
    """
    from entente.codebook.statecodes import load_state_codes
    from entente.formats.unvotes import read_unvotes
    from entente.workspace import Workspace

    with Workspace(ledger) as workspace:
        summary = workspace.add(read_unvotes(files, load_state_codes()), origin="import/unvotes")
    known = f"; {summary.unchanged:,} were there already" if summary.unchanged else ""
    click.echo(f"{summary.coded:,} roll calls, {summary.records['vote']:,} records of who voted how{known}", err=True)
    click.echo(f"the ledger is at version {summary.version}", err=True)
