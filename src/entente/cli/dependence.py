"""``entente dependence``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from entente.cli.options import standing_options

if TYPE_CHECKING:  # for speed: it loads NumPy, which help does not need
    from entente.analysis.dependence import Dependence
    from entente.analysis.wording import Wording


@click.command("dependence", short_help="Show what a state depends on, by the texts' own shares and ranks.")
@click.argument("state", metavar="STATE")
@click.option("--on", "partner", metavar="SIDE", help="Only its dependence on this side: RUS, EU.")
@standing_options("table", "csv", "json", as_of="What was told by this day, and not long before.")
def command(
    state: str,
    partner: str | None,
    as_of: str | None,
    ledger: Path,
    version: int | None,
    codebook: Path | None,
    form: str | None,
    output: Path | None,
) -> None:
    """Show what a state depends on, with dates; how concentrated that is, and how mutual.

    \b
    entente dependence KAZ --on RUS --ledger politics
    """
    from entente.cli.beside import no_picture
    from entente.cli.figures import form_of, write_result
    from entente.workspace import Workspace

    chosen = form_of(form, output)
    with Workspace(ledger, version=version, codebook=codebook) as workspace:
        found = workspace.dependence(state, partner, as_of=as_of)
        if chosen == "table":
            _print(found, workspace.standing.wording, state)
        else:
            write_result(found, chosen, output, no_picture)


def _print(found: Dependence, wording: Wording, state: str) -> None:
    from entente.analysis.wording import short_days
    from entente.cli.figures import Figure, print_rows

    rows = [
        (
            wording.name(row["on"]),
            row["flow"],
            Figure(row, "share"),
            row["rank"],
            short_days(row["since"], row["until"]) or f"told {short_days(row['told'], row['told'])}",
            row["records"],
            row["documents"],
            " ".join(found.ids(place)[:2]),
        )
        for place, row in enumerate(found.rows())
    ]
    heads = ("on", "flow", "share", "rank", "when", "records", "documents", "record ids")
    print_rows(heads, rows, f"no dependence of {wording.name(state.upper())} is in the ledger")
    parts = [
        f"{row['flow']} {row['year'] or ''}: concentration (Hirschman) "
        + (
            f"{row['index']:.2f}"
            if row["index"] is not None
            else f"between {row['low']:.2f} and {row['high']:.2f}, {row['note']}"
        )
        for row in found.concentration().rows()
    ]
    parts += [
        f"with {wording.name(row['other'])}: salience {row['salience']:.2f}, symmetry {row['symmetry']:.2f}"
        for row in found.interdependence().rows()
    ]
    if parts:
        click.echo("\n" + "\n".join(parts))
