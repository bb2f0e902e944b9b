"""``entente records``."""

from __future__ import annotations

from pathlib import Path

import click

from entente.cli.options import as_partial_day, form_option, ledger_option, output_option
from entente.records.record import KINDS

STATUSES = ("actual", "future", "hypothetical", "negated", "historical")
SHOWN = 100  # rows of a table for people, unless they ask for more


@click.command("records", short_help="Show the records of a ledger, chosen by actor, kind, date and so on.")
@ledger_option()
@click.option("--actor", multiple=True, metavar="CODE", help="Code of an actor: BLR, EU, or SYR.REB with a sector. Repeatable.")
@click.option("--recipient", multiple=True, metavar="CODE", help="Code of a recipient. Repeatable.")
@click.option("--kind", multiple=True, type=click.Choice(KINDS), help="Kind of record. Repeatable.")
@click.option("--type", "types", multiple=True, metavar="TYPE", help="Type, such as SANCTION or alliance. Repeatable.")
@click.option("--mode", multiple=True, metavar="MODE", help="PLOVER mode of an event. Repeatable.")
@click.option("--status", multiple=True, type=click.Choice(STATUSES), help="What the text says of its reality. Repeatable.")
@click.option("--document", multiple=True, metavar="ID", help="A document's id. Repeatable.")
@click.option(
    "--since",
    metavar="YYYY[-MM[-DD]]",
    callback=as_partial_day,
    help="First day: what ends earlier, or has no date, is left out.",
)
@click.option(
    "--until",
    metavar="YYYY[-MM[-DD]]",
    callback=as_partial_day,
    help="Last day, inclusive: what begins later, or has no date, is left out.",
)
@click.option("--version", "version", type=int, help="As of this version of the ledger, so that a figure can be had again.")
@click.option("--limit", type=click.IntRange(min=1), help=f"At most so many records; {SHOWN} in a table, else all.")
@form_option("table", "csv", "jsonl", "parquet")
@output_option
def command(
    ledger: Path,
    actor: tuple[str, ...],
    recipient: tuple[str, ...],
    kind: tuple[str, ...],
    types: tuple[str, ...],
    mode: tuple[str, ...],
    status: tuple[str, ...],
    document: tuple[str, ...],
    since: str | None,
    until: str | None,
    version: int | None,
    limit: int | None,
    form: str | None,
    output: Path | None,
) -> None:
    """Show the records of a ledger that meet all conditions; of one condition's values any will do.

    \b
    entente records --ledger politics --actor BLR --recipient UKR --kind event --since 2014
    entente records --ledger politics --type SANCTION --until 2014-06 --to csv -o sanctions.csv
    """
    from entente.cli.output import chosen_form, open_writer
    from entente.workspace import Workspace

    chosen = chosen_form(form, output)
    with Workspace(ledger, version=version) as workspace:
        answer = workspace.records(
            actor=actor,
            recipient=recipient,
            kind=kind,
            type=types,
            mode=mode,
            status=status,
            document=document,
            since=since,
            until=until,
        )
    shown = limit or (SHOWN if chosen == "table" else len(answer))
    with open_writer(chosen, output) as writer:
        writer.write(answer.records(shown))
    if len(answer) > shown:
        click.echo(f"the first {shown:,} of {len(answer):,} records; --limit shows more, --to csv all", err=True)
    if answer.undated:
        click.echo(f"{answer.undated:,} without a date left out by --since and --until", err=True)
