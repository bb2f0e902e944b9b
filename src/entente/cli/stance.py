"""``entente stance``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from entente.cli.options import codebook_option, form_option, ledger_option, output_option, period_options

if TYPE_CHECKING:  # for speed: the numbers load NumPy, which help does not need
    from entente.analysis.stance import Stance


def _weight(ctx: click.Context, param: click.Parameter, value: tuple[str, ...]) -> dict[str, float]:
    weights: dict[str, float] = {}
    for written in value:
        domain, _, number = written.partition("=")
        try:
            weights[domain.strip()] = float(number)
        except ValueError as error:
            raise click.BadParameter(f"{written!r}; write a domain and its weight, as in military=2", ctx, param) from error
    return weights


@click.command("stance", short_help="Say where states stand between two sides, and what they say against what they do.")
@click.argument("states", metavar="STATE…", nargs=-1, required=True)
@click.option("--between", nargs=2, required=True, metavar="X Y", help="The two sides: RUS WEST, EU RUS+BLR.")
@ledger_option()
@period_options("year", "The stance at the end of each.", "Of an act's weight")
@click.option("--weight", "weights", multiple=True, callback=_weight, metavar="DOMAIN=N", help="Weight of a domain. Repeatable.")
@click.option("--domains", is_flag=True, help="Also each domain's closeness and axis.")
@codebook_option
@form_option("table", "csv", "json", "png", "svg")
@output_option
def command(
    states: tuple[str, ...],
    between: tuple[str, str],
    ledger: Path,
    by: str,
    since: str | None,
    until: str | None,
    version: int | None,
    intervals: bool,
    half_life: float | None,
    weights: dict[str, float],
    domains: bool,
    codebook: Path | None,
    form: str | None,
    output: Path | None,
) -> None:
    """Say where states stand between two sides, X and Y: the axis runs from −1 (Y) to 1 (X).

    \b
    entente stance KAZ BLR ARM --between RUS WEST --by year --ledger politics
    entente stance BLR --between RUS EU --weight military=2 --domains --ledger politics
    """
    from entente.cli.charts import stance_chart
    from entente.cli.figures import form_of, write_result
    from entente.workspace import Workspace

    chosen = form_of(form, output)
    with Workspace(ledger, version=version, codebook=codebook) as workspace:
        stance = workspace.stance(
            states, between, by=by, since=since, until=until, half_life=half_life, weights=weights, intervals=intervals
        )
        if chosen == "table":
            _print(stance, by, domains)
        else:
            write_result(stance, chosen, output, lambda: stance_chart(stance))


def _print(stance: Stance, by: str, domains: bool) -> None:
    from entente.cli.figures import Figure, interval_note, period_name, print_rows

    x, y = stance.notes["x"], stance.notes["y"]
    heads = (
        "state",
        by,
        "records",
        "documents",
        "axis",
        "cancellation",
        "ambivalence",
        "words − deeds",
        "swing",
        "label",
    )
    rows = [
        (
            row["state"],
            period_name(row["start"], by),
            row["records"],
            row["documents"],
            Figure(row, "axis"),
            row["cancellation"],
            row["ambivalence"],
            Figure(row, "gap"),
            row["swing"],
            row["note"] or row["label"],
        )
        for row in stance.rows()
        if row["records"]
    ]
    click.echo(f"axis from −1, {y}, to 1, {x}\n")
    print_rows(heads, rows, f"no dated records toward {x} or {y}")
    if rows and stance.notes["without_records"]:
        click.echo(f"\nno dated records toward {x} or {y}: {', '.join(stance.notes['without_records'])}")
    if domains:
        click.echo()
        cells = [
            (
                row["state"],
                period_name(row["start"], by),
                row["domain"],
                row["records"],
                row["documents"],
                row["closeness_x"],
                row["closeness_y"],
                row["axis"],
            )
            for row in stance.domains.rows()
        ]
        print_rows(("state", by, "domain", "records", "documents", f"close to {x}", f"close to {y}", "axis"), cells, "no domains")
    notes = stance.notes
    left = [f"records without a date left out: {notes['undated_left_out']:,}"] if notes["undated_left_out"] else []
    left += [f"records of trade alone left out: {notes['trade_alone_left_out']:,}"] if notes["trade_alone_left_out"] else []
    click.echo("\n" + "; ".join([*left, interval_note(notes), "--to json names the records"]))
