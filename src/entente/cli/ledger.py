"""``entente ledger info | compact | sql``."""

from __future__ import annotations

from pathlib import Path

import click

from entente.cli.options import form_option, output_option

FOLDER = click.argument("ledger", type=click.Path(path_type=Path))
LISTED = 20
COLUMNS = ("version", "run", "what", "finished", "documents", "replaced", "records", "entente", "codebook", "pipeline")


@click.group("ledger", short_help="Look into a ledger, tidy it, or query it in SQL.")
def command() -> None:
    """Look into a ledger, tidy it, or query it in SQL.

    A ledger is a folder of Delta Lake tables; every coding run adds versions to it, and each of them can be opened again.
    """


@command.command()
@FOLDER
@click.option("--json", "as_json", is_flag=True, help="Print all of it as one JSON object.")
@click.option("--version", type=int, help="As of this version.")
def info(ledger: Path, as_json: bool, version: int | None) -> None:
    """Say what a ledger holds and how it came about."""
    import msgspec

    from entente.cli.output import plain_table, print_table
    from entente.workspace import Workspace

    with Workspace(ledger, version=version) as workspace:
        found = workspace.info()
    if as_json:
        click.echo(msgspec.json.encode(found))
        return
    click.echo(f"ledger     {found.path}, format {found.format}, version {found.version}, {found.bytes / 1e6:,.1f} MB")
    click.echo(f"documents  {found.documents:,}")
    kinds = ", ".join(f"{count:,} {kind}" for kind, count in found.records.items())
    click.echo(f"records    {sum(found.records.values()):,}" + (f" ({kinds})" if kinds else ""))
    table = plain_table(
        "version", "run", "what", "finished", "documents", "replaced", "records", "entente", "codebook", "pipeline"
    )
    for run in found.runs[-LISTED:]:
        counts = (f"{count:,}" for count in (run.documents, run.replaced, run.records))
        made_with = (run.entente, run.codebook[:12], run.pipeline)
        table.add_row(str(run.version), str(run.run), run.operation, run.finished, *counts, *made_with)
    print_table(table, "")
    if len(found.runs) > LISTED:
        click.echo(f"the last {LISTED} of {len(found.runs):,} versions; --json has them all")


@command.command()
@FOLDER
@click.option("--forget", is_flag=True, help="Also delete what only older versions need: these cannot be opened again.")
def compact(ledger: Path, forget: bool) -> None:
    """Join the small files that many runs leave behind. Old versions stay, unless --forget is given."""
    from entente.ledger.folder import size_of
    from entente.workspace import Workspace

    with Workspace(ledger) as workspace:
        run = workspace.compact(forget=forget)
    if run is None:
        click.echo("there is nothing to join")
        return
    forgotten = "; older versions are gone" if forget else "; older versions can still be opened"
    click.echo(f"the ledger is at version {run.version} and takes {size_of(ledger) / 1e6:,.1f} MB{forgotten}")


@command.command()
@FOLDER
@click.argument("query")
@click.option("--version", type=int, help="As of this version.")
@form_option("table", "csv", "jsonl", "parquet")
@output_option
def sql(ledger: Path, query: str, version: int | None, form: str | None, output: Path | None) -> None:
    """Answer a query in DuckDB's SQL over documents, records, runs and participants (one row per actor and recipient).

    \b
    entente ledger sql politics "select code, count(*) from participants group by code order by 2 desc"
    """
    from entente.cli.answers import write_answer
    from entente.cli.output import chosen_form
    from entente.workspace import Workspace

    chosen = chosen_form(form, output)
    with Workspace(ledger, version=version) as workspace:
        write_answer(workspace.sql(query), chosen, output)
