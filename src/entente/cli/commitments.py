"""``entente commitments``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from entente.cli.options import codebook_option, ledger_option, output_option, version_option

if TYPE_CHECKING:  # for speed: it loads NumPy, which help does not need
    from entente.analysis.commitments import Commitments
    from entente.workspace import Workspace

STATUSES = ("open", "kept", "kept in part", "contradicted", "withdrawn", "condition not met", "not verifiable")
SHOWN = 20


@click.command("commitments", short_help="Show who undertook what toward whom, and what became of it.")
@click.option("--by", metavar="SIDE", help="Promiser: RUS, EU with its members, or RUS+BLR.")
@click.option("--to", "beneficiary", metavar="SIDE", help="Beneficiary.")
@click.option("--status", multiple=True, type=click.Choice(STATUSES), help="Status. Repeatable.")
@ledger_option()
@version_option
@click.option("--limit", type=click.IntRange(min=1), default=SHOWN, show_default=True, help="At most so many in a table.")
@codebook_option
@click.option("--form", type=click.Choice(("table", "csv", "json")), help="The form of the output.")
@output_option
def command(
    by: str | None,
    beneficiary: str | None,
    status: tuple[str, ...],
    ledger: Path,
    version: int | None,
    limit: int,
    codebook: Path | None,
    form: str | None,
    output: Path | None,
) -> None:
    """Show undertakings with their strength and status, promise and act side by side.

    --to names the beneficiary here; the form of the output is --form.

    \b
    entente commitments --by RUS --to UKR --ledger politics
    entente commitments --status contradicted --ledger politics --form csv -o broken.csv
    """
    from entente.cli.beside import no_picture
    from entente.cli.figures import form_of, write_result
    from entente.workspace import Workspace

    chosen = form_of(form, output)
    with Workspace(ledger, version=version, codebook=codebook) as workspace:
        found = workspace.commitments(by, beneficiary, status)
        if chosen == "table":
            _print(workspace, found, limit)
        else:
            write_result(found, chosen, output, no_picture)


def _print(workspace: Workspace, found: Commitments, limit: int) -> None:
    from entente.cli.beside import counted, print_beside, quoted

    rows = found.rows()[:limit]
    sentences = workspace.standing.sentences([name for row in rows for name in (row["promise"], row["act"]) if name])
    names = workspace.standing.wording
    for row in rows:
        to = names.name(row["beneficiary"]) if row["beneficiary"] else "nobody named"
        click.echo(
            f"{names.name(row['promiser'])} → {to} · {row['type'].replace('_', ' ')} · {row['strength']} · {row['status']}"
        )
        left = quoted(
            row["said_start"], row["said_end"], row["said_told"], sentences.get(row["promise"], row["words"]), row["promise"]
        )
        right = None
        if row["act"]:
            right = quoted(
                row["act_start"], row["act_end"], row["act_told"], sentences.get(row["act"], row["act_words"]), row["act"]
            )
        print_beside(left, right)
        if row["condition"]:
            click.echo(f"  condition: {row['condition']}")
        if row["office"]:
            click.echo(f"  {row['leader_then']} was {row['office']} then, {row['leader_at_act']} at the time of the act")
        click.echo(f"  {row['reason']}; {counted(row['records'], 'record')} in {counted(row['documents'], 'document')}\n")
    if not rows:
        click.echo("no undertaking")
    if len(found) > len(rows):
        click.echo(f"the first {len(rows):,} of {len(found):,}; --limit shows more, --form json all", err=True)
