"""``entente network``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from entente.cli.options import codebook_option, form_option, ledger_option, measured_options, output_option

if TYPE_CHECKING:  # for speed: the numbers load NumPy, which help does not need
    from entente.analysis.network import Network

FORMS = ("table", "graphml", "gexf", "html", "png", "svg", "json", "csv")
_SHOWN = 20


@click.command("network", short_help="Show who is tied to whom, which two camps fit best, and who mediates.")
@ledger_option()
@measured_options
@click.option("--among", metavar="SIDE", help="Only states of this side: EU, WEST, RUS+UKR+BLR.")
@click.option("--organisations", is_flag=True, help="Organisations are members of the network, too.")
@click.option("--unweighted", is_flag=True, help="For the camps every tie counts as one, whatever its weight.")
@codebook_option
@form_option(*FORMS)
@output_option
def command(
    ledger: Path,
    since: str | None,
    until: str | None,
    version: int | None,
    intervals: bool,
    among: str | None,
    organisations: bool,
    unweighted: bool,
    codebook: Path | None,
    form: str | None,
    output: Path | None,
) -> None:
    """Show who is tied to whom, well or ill; which two camps fit best, and what is at odds with them; who hosts and mediates.

    \b
    entente network --ledger politics --since 2014 --until 2016
    entente network --ledger politics --since 2014 -o network.graphml
    entente network --ledger politics --among EU -o network.html
    """
    from entente.workspace import Workspace

    chosen = _form(form, output)
    with Workspace(ledger, version=version, codebook=codebook) as workspace:
        network = workspace.network(
            since=since,
            until=until,
            among=among,
            organisations=organisations,
            weighted=not unweighted,
            intervals=intervals,
        )
        if chosen == "table":
            _print(network)
        else:
            _write(network, chosen, output, _title(since, until))


def _form(form: str | None, output: Path | None) -> str:
    if form is None:
        suffix = "" if output is None else output.suffix.lower().lstrip(".")
        form = suffix if suffix in FORMS[1:] else "table" if output is None else "json"
    if form == "table" and output is not None:
        raise click.UsageError("a table is for the terminal; write graphml, gexf, html, png, svg, json or csv to a file")
    if form == "png" and output is None:
        raise click.UsageError("a picture needs a file; name it with -o FILE.png")
    return form


def _title(since: str | None, until: str | None) -> str:
    days = " to ".join(day for day in (since, until) if day)
    return f"Network of states, {days}" if days else "Network of states"


def _write(network: Network, form: str, output: Path | None, title: str) -> None:
    from entente.cli.figures import picture_of, write_result
    from entente.cli.graph.drawing import draw
    from entente.cli.graph.files import gexf_of, graphml_of
    from entente.cli.graph.page import render_page
    from entente.cli.output import open_output

    makers = {
        "graphml": lambda: graphml_of(network),
        "gexf": lambda: gexf_of(network),
        "html": lambda: render_page(network, title).encode(),
        "svg": lambda: draw(network).encode(),
        "png": lambda: picture_of(draw(network)),
    }
    if form not in makers:
        write_result(network, form, output, lambda: None)
        return
    content = makers[form]()
    with open_output(output) as stream:
        stream.write(content)


def _print(network: Network) -> None:
    from entente.cli.figures import Figure, Rounded, interval_note, print_rows
    from entente.cli.graph.page import said_of

    click.echo(said_of(network) + "\n")
    for words in _camps(network.states.rows()):
        click.echo(words)
    ties = [
        (
            *(row["one"], row["other"], Figure(row, "net", 1), Rounded(row["cooperation"], 1), Rounded(row["conflict"], 1)),
            *(row["records"], row["documents"], row["crossing"]),
        )
        for row in network.rows()
    ]
    heads = ("", "", "net", "cooperation", "conflict", "records", "documents", "")
    click.echo("\nheaviest ties")
    print_rows(heads, ties[:_SHOWN], "no ties")
    crossing = [row for row in ties if row[-1]]
    if crossing:
        click.echo("\nties at odds with the camps")
        print_rows(heads, crossing[:_SHOWN], "none")
    brokers = [tuple(row.values()) for row in network.brokers.rows()]
    if brokers:
        click.echo("\nhosts and mediators; across: pairs of two camps or at odds")
        print_rows(tuple(network.brokers.columns), brokers[:_SHOWN], "none")
    left = (
        [f"records without a date left out: {network.notes['undated_left_out']:,}"] if network.notes["undated_left_out"] else []
    )
    left += [f"of {len(ties):,} ties the {_SHOWN} heaviest are shown"] if len(ties) > _SHOWN else []
    click.echo("\n" + "; ".join([*left, interval_note(network.notes), "--to json names the records"]))


def _camps(states: list[dict[str, Any]]) -> list[str]:
    """Return a line for each camp; parts that no tie joins are divided apart."""
    camps: dict[tuple[int, int], list[str]] = {}
    for row in states:
        if row["camp"] is not None:
            camps.setdefault((row["part"], row["camp"]), []).append(row["state"])
    several = len({part for part, _ in camps}) > 1
    named = [(f"part {part}, " if several else "", camp, members) for (part, camp), members in sorted(camps.items())]
    return [f"{part}camp {camp}: {', '.join(members)}" for part, camp, members in named]
