"""``entente demo``."""

from __future__ import annotations

import tempfile
from importlib.resources import as_file, files
from pathlib import Path

import click


@click.command("demo", short_help="Code the bundled sample and show what comes out.")
@click.argument("folder", required=False, type=click.Path(file_okay=False, path_type=Path))
def command(folder: Path | None) -> None:
    """Code the bundled sample into a ledger and show its records, a summary by state, and some answers.

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
    _print_questions(ledger)
    click.echo()
    print_summary(summary)


def _print_questions(ledger: Path) -> None:
    """Ask the sample's ledger what analysts ask: which promises were contradicted, and where acts contradict words."""
    from entente.cli import commitments, contradictions, exposure

    for heading, command, arguments in (
        ("Promises contradicted", commitments.command, ["--status", "contradicted"]),
        ("Where Serbia's acts contradict its words", contradictions.command, ["SRB"]),
        ("Who is hit if Russia cuts Armenia off", exposure.command, ["--if", "SANCTION RUS ARM"]),
    ):
        click.echo(f"\n{heading}\n{'-' * len(heading)}")
        command.main(args=[*arguments, "--ledger", str(ledger)], standalone_mode=False)
