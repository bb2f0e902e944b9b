"""``entente similarity``."""

from __future__ import annotations

from pathlib import Path

import click

from entente.cli.options import codebook_option, form_option, ledger_option, measured_options, output_option

HEADS = ("state", "with", "ballots", "agreement", "S", "pi", "kappa", "axis", "")


class _WithMany(click.Command):
    """Takes all the words after ``--with`` as its values, up to the next option."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Repeat ``--with`` before each of its values."""
        spread: list[str] = []
        taking = False
        for word in args:
            if word.startswith("-"):
                taking = word == "--with"
            elif taking and spread[-1] != "--with":
                spread.append("--with")
            spread.append(word)
        return super().parse_args(ctx, spread)


@click.command("similarity", cls=_WithMany, short_help="Compare how states vote in the UN, once its roll calls are imported.")
@click.argument("states", metavar="STATE…", nargs=-1, required=True)
@click.option("--with", "others", multiple=True, required=True, metavar="CODE…", help="With whom: --with RUS USA CHN.")
@ledger_option()
@click.option("--year", type=click.IntRange(1900, 2999), help="One year: the same as --since and --until.")
@measured_options
@codebook_option
@form_option("table", "csv", "json", "png", "svg")
@output_option
def command(
    states: tuple[str, ...],
    others: tuple[str, ...],
    ledger: Path,
    year: int | None,
    since: str | None,
    until: str | None,
    version: int | None,
    intervals: bool,
    codebook: Path | None,
    form: str | None,
    output: Path | None,
) -> None:
    """Compare how states vote: agreement, S, Scott's pi, Cohen's kappa. The axis is kappa with the first less kappa with this.

    \b
    entente import unvotes un_votes.csv.gz un_roll_calls.csv.gz --ledger politics
    entente similarity BLR KAZ ARM --with RUS USA CHN --year 2019 --ledger politics
    """
    from entente.cli.charts import similarity_chart
    from entente.cli.figures import Figure, Rounded, form_of, interval_note, print_rows, write_result
    from entente.workspace import Workspace

    if year is not None and (since or until):
        raise click.UsageError("give --year, or --since and --until")
    chosen = form_of(form, output)
    with Workspace(ledger, version=version, codebook=codebook) as workspace:
        first, last = (str(year), str(year)) if year is not None else (since, until)
        result = workspace.similarity(states, others, since=first, until=last, intervals=intervals)
        if chosen != "table":
            write_result(result, chosen, output, lambda: similarity_chart(result))
            return
    rows = [
        (
            row["state"],
            row["other"],
            row["votes"],
            *(Rounded(row[name], 3) for name in ("agreement", "s", "pi")),
            Figure(row, "kappa", 3),
            Rounded(row["axis"], 3),
            row["note"],
        )
        for row in result.rows()
    ]
    print_rows(HEADS, rows, "no pairs")
    click.echo(f"\n{result.notes['roll_calls']:,} roll calls; {interval_note(result.notes).replace('documents', 'roll calls')}")
