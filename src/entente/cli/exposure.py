"""``entente exposure``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from entente.cli.options import standing_options

if TYPE_CHECKING:  # for speed: it loads NumPy, which help does not need
    from entente.analysis.dependence import Exposure
    from entente.analysis.wording import Wording

SHOWN = 40


@click.command("exposure", short_help="Show who is hit, and through which tie, if an act cuts a link.")
@click.option("--if", "act", required=True, metavar='"TYPE SENDER TARGET"', help='The act: "SANCTION WEST RUS".')
@standing_options("table", "csv", "json", as_of="With the ties and members of this day.")
def command(
    act: str,
    as_of: str | None,
    ledger: Path,
    version: int | None,
    codebook: Path | None,
    form: str | None,
    output: Path | None,
) -> None:
    """Show who is hit if an act cuts the links between two sides: first and second round, each line a tie with its records.

    \b
    entente exposure --if "SANCTION WEST RUS" --ledger politics
    """
    from entente.cli.beside import no_picture
    from entente.cli.figures import form_of, write_result
    from entente.workspace import Workspace

    chosen = form_of(form, output)
    with Workspace(ledger, version=version, codebook=codebook) as workspace:
        found = workspace.exposure(act, as_of=as_of)
        if chosen == "table":
            _print(found, workspace.standing.wording)
        else:
            write_result(found, chosen, output, no_picture)


def _print(found: Exposure, wording: Wording) -> None:
    from entente.analysis.wording import short_days
    from entente.cli.beside import counted
    from entente.cli.figures import Figure, print_rows

    rows = [
        (
            row["round"],
            wording.name(row["hit"]),
            wording.name(row["through"]),
            row["flow"],
            Figure(row, "share"),
            row["rank"],
            short_days(row["since"], row["until"]) or f"told {short_days(row['told'], row['told'])}",
            row["documents"],
            " ".join(found.ids(place)[:1]),
            row["how"],
        )
        for place, row in enumerate(found.rows()[:SHOWN])
    ]
    heads = ("round", "hit", "depends on", "flow", "share", "rank", "when", "documents", "record", "how")
    print_rows(heads, rows, "no tie of the ledger passes this on")
    if len(found) > SHOWN:
        click.echo(f"the first {SHOWN} of {len(found):,}; --to csv has them all", err=True)
    precedents = found.notes["precedents"]
    if precedents:
        click.echo(f"\nsuch acts in the ledger: {counted(len(precedents), 'record')}, {' '.join(precedents[:5])}")
    click.echo("\nShares are those of the texts; how far a shock would travel nobody has measured.")
