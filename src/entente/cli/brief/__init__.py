"""``entente brief``."""

from __future__ import annotations

from pathlib import Path

import click

from entente.cli.options import as_partial_day, codebook_option, form_option, ledger_option, output_option

_FORMS = {".txt": "text", ".md": "md", ".html": "html", ".htm": "html", ".json": "json"}


@click.command("brief", short_help="Write one page on where a state stands between two sides.")
@click.argument("state", metavar="STATE")
@click.option("--between", nargs=2, required=True, metavar="X Y", help="The two sides: RUS UKR, RUS WEST, EU RUS+BLR.")
@ledger_option()
@click.option("--since", metavar="YYYY[-MM[-DD]]", callback=as_partial_day, help="First day.")
@click.option("--until", metavar="YYYY[-MM[-DD]]", callback=as_partial_day, help="Last day, inclusive.")
@click.option("--version", "version", type=int, help="As of this version of the ledger, so that a page can be had again.")
@codebook_option
@form_option("text", "md", "html", "json")
@output_option
def command(
    state: str,
    between: tuple[str, str],
    ledger: Path,
    since: str | None,
    until: str | None,
    version: int | None,
    codebook: Path | None,
    form: str | None,
    output: Path | None,
) -> None:
    """Write one page on where a state stands between two sides, every clause and figure with its records.

    \b
    entente brief BLR --between RUS UKR --ledger politics
    entente brief KAZ --between RUS WEST --since 2013 --until 2017 --ledger politics -o kazakhstan.html
    """
    from entente.cli.brief.page import render
    from entente.cli.output import open_output
    from entente.workspace import Workspace

    chosen = form or _FORMS.get("" if output is None else output.suffix.lower(), "text")
    with Workspace(ledger, version=version, codebook=codebook) as workspace:
        page = workspace.brief(state.upper(), between, since=since, until=until)
    content = render(page, chosen)
    if output is None:
        click.echo(content, nl=False)
        return
    with open_output(output) as stream:
        stream.write(content.encode())
