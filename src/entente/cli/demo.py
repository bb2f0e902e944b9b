"""``entente demo``."""

from __future__ import annotations

import tempfile
from importlib.resources import as_file, files
from pathlib import Path

import click


@click.command("demo", short_help="Code the bundled sample and show what comes out.")
@click.argument("folder", required=False, type=click.Path(file_okay=False, path_type=Path))
def command(folder: Path | None) -> None:
    """Code the bundled sample into a ledger and show its records and a summary by state.

    The ledger is thrown away at the end, unless FOLDER says where to keep it.
    """
    if folder is not None:
        _run(folder)
        return
    with tempfile.TemporaryDirectory(prefix="entente-demo-") as place:
        _run(Path(place) / "ledger")


def _run(ledger: Path) -> None:
    from entente.cli.answers import print_answer
    from entente.cli.output import print_records
    from entente.cli.progress import RunProgress, print_summary
    from entente.workspace import Workspace

    with Workspace(ledger) as workspace:
        with as_file(files("entente") / "demo" / "sample.jsonl") as sample, RunProgress() as progress:
            summary = workspace.code(sample, progress=progress)
        print_records(workspace.records().records())
        click.echo()
        print_answer(workspace.states())
    click.echo()
    print_summary(summary)
