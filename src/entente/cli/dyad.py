"""``entente dyad``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from entente.cli.options import codebook_option, form_option, ledger_option, output_option, period_options

if TYPE_CHECKING:  # for speed: the numbers load NumPy, which help does not need
    from entente.analysis.dyads import Dyads

HEADS = ("events", "documents", "cooperation", "conflict", "net", "log ratio", "")


@click.command("dyad", short_help="Follow what two sides do to each other over time.")
@click.argument("one", metavar="SIDE")
@click.argument("other", metavar="SIDE")
@ledger_option()
@period_options("month", "The length of a period.", "Of the decayed series")
@click.option("--all-events", is_flag=True, help="Count every event, also several of one type a day: no one-a-day filter.")
@click.option("--per-volume", is_flag=True, help="Scores per thousand events of the whole ledger in the period.")
@codebook_option
@form_option("table", "csv", "json", "png", "svg")
@output_option
def command(
    one: str,
    other: str,
    ledger: Path,
    by: str,
    since: str | None,
    until: str | None,
    version: int | None,
    intervals: bool,
    half_life: float | None,
    all_events: bool,
    per_volume: bool,
    codebook: Path | None,
    form: str | None,
    output: Path | None,
) -> None:
    """Follow what two sides do to each other: cooperation, conflict, net score, log ratio, change points, reciprocity.

    A side is a state (KAZ), an organisation with its members of the day (EU), WEST, or several joined by + (RUS+BLR).

    \b
    entente dyad KAZ RUS --ledger politics --by year
    entente dyad TUR RUS --ledger politics --since 2014 --until 2017 -o series.svg
    """
    from entente.cli.charts import dyad_chart
    from entente.cli.figures import form_of, write_result
    from entente.workspace import Workspace

    chosen = form_of(form, output)
    with Workspace(ledger, version=version, codebook=codebook) as workspace:
        dyads = workspace.dyads(
            one,
            other,
            by=by,
            since=since,
            until=until,
            one_a_day=False if all_events else None,
            half_life=half_life,
            per_volume=per_volume,
            intervals=intervals,
        )
        if chosen == "table":
            _print(dyads, by)
        else:
            write_result(dyads, chosen, output, lambda: dyad_chart(dyads))


def _print(dyads: Dyads, by: str) -> None:
    from entente.cli.figures import Figure, Rounded, interval_note, period_name, print_rows

    notes = dyads.notes
    click.echo(_filtered(notes) + "\n")
    totals: list[tuple[Any, ...]] = [
        (
            _direction(row),
            row["events"],
            row["documents"],
            *(Rounded(row[name], 1) for name in ("cooperation", "conflict")),
            *(Figure(row, name, digits) for name, digits in (("net", 1), ("log_ratio", 2))),
            row["note"],
        )
        for row in dyads.totals.rows()
    ]
    print_rows(("in all", *HEADS), totals, "no events")
    series = [
        (
            period_name(row["start"], by),
            _direction(row),
            row["events"],
            row["documents"],
            *(Rounded(row[name], 1) for name in ("cooperation", "conflict")),
            *(Figure(row, name, digits) for name, digits in (("net", 1), ("log_ratio", 2))),
            Rounded(row["decayed"], 1),
        )
        for row in sorted(dyads.rows(), key=lambda row: row["start"])
        if row["records"]
    ]
    click.echo()
    print_rows((by, "", *HEADS[:-1], "decayed"), series, "no dated events")
    _print_findings(dyads, by)
    click.echo(f"periods without events are left out; {interval_note(notes)}; --to json names the records")


def _print_findings(dyads: Dyads, by: str) -> None:
    from entente.cli.figures import Figure, as_text, period_name

    click.echo()
    for row in dyads.reciprocity.rows():
        if row["reciprocity"] is not None:
            click.echo(f"reciprocity of {row['of']}: {Figure(row, 'reciprocity')}, {row['records']} records")
    for place, row in enumerate(dyads.changes.rows()):
        ids = dyads.changes.ids(place)
        click.echo(
            f"change in {period_name(row['start'], by)}, {_direction(row)}: net {as_text(row['net_before'], 1)} a {by} before, "
            f"{as_text(row['net_after'], 1)} after; records {', '.join(ids[:5])}{' …' if len(ids) > 5 else ''}"
        )


def _filtered(notes: dict[str, Any]) -> str:
    before, after = notes["events_before_filter"], notes["events_after_filter"]
    said = [f"{before:,} events"]
    if notes["one_a_day"]:
        said.append(f"{after:,} with one of a type a day")
    if notes["undated_left_out"]:
        said.append(f"{notes['undated_left_out']:,} without a date, in the totals only")
    if notes["too_coarse_left_out"]:
        said.append(f"{notes['too_coarse_left_out']:,} dated too coarsely for the series, in the totals only")
    return "; ".join(said)


def _direction(row: dict[str, Any]) -> str:
    return row["actor"].replace("+", " and ") if row["actor"] == row["recipient"] else f"{row['actor']} → {row['recipient']}"
