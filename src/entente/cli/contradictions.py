"""``entente contradictions``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from entente.cli.options import codebook_option, form_option, ledger_option, output_option, version_option

if TYPE_CHECKING:  # for speed: it loads NumPy, which help does not need
    from entente.analysis.contradictions import Contradictions
    from entente.workspace import Workspace

SHOWN = 10


@click.command("contradictions", short_help="Show where a state's acts contradict its words, pair by pair.")
@click.argument("state", metavar="STATE")
@click.option("--between", nargs=2, metavar="X Y", help="Only what touches one of two sides: RUS UKR.")
@ledger_option()
@version_option
@click.option("--limit", type=click.IntRange(min=1), help=f"At most so many; {SHOWN} in a table, else all.")
@codebook_option
@form_option("table", "csv", "json")
@output_option
def command(
    state: str,
    between: tuple[str, str] | None,
    ledger: Path,
    version: int | None,
    limit: int | None,
    codebook: Path | None,
    form: str | None,
    output: Path | None,
) -> None:
    """Show pairs of a state's records that do not go together, the strongest first, with the rule that found each.

    \b
    entente contradictions BLR --between RUS UKR --ledger politics
    entente contradictions KAZ --ledger politics --to json -o pairs.json
    """
    from entente.cli.beside import no_picture
    from entente.cli.figures import form_of, write_result
    from entente.workspace import Workspace

    chosen = form_of(form, output)
    with Workspace(ledger, version=version, codebook=codebook) as workspace:
        shown = limit or (SHOWN if chosen == "table" else None)
        found = workspace.contradictions(state, between or None, limit=shown)
        if chosen == "table":
            _print(workspace, found)
        else:
            write_result(found, chosen, output, no_picture)


def _print(workspace: Workspace, found: Contradictions) -> None:
    from entente.cli.beside import counted, print_beside, quoted

    rows = found.rows()
    sentences = workspace.standing.sentences([row[side] for row in rows for side in ("statement", "act")])
    for row in rows:
        click.echo(f"{row['rank']}. {row['says']}")
        sides = [
            quoted(
                row[f"{side}_start"],
                row[f"{side}_end"],
                row[f"{side}_told"],
                sentences.get(row[side], row[f"{side}_words"]),
                row[side],
            )
            for side in ("statement", "act")
        ]
        print_beside(*sides)
        order = "" if row["order_known"] else "; the texts do not tell which came first"
        found_by = f"{row['sort']} ({row['rule']}), strength {row['strength']:.2f}"
        told = f"{counted(row['records'], 'record')} in {counted(row['documents'], 'document')}"
        click.echo(f"  {found_by}; {told}{order}\n")
    if not rows:
        click.echo("the rules find no contradiction")
