"""Progress and summary of a run, on standard error."""

from __future__ import annotations

import sys
import time
from types import TracebackType

import click
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from entente.formats.table import visible
from entente.intake import RunSummary

SECONDS_BETWEEN_LINES = 10.0
LISTED = 20


class RunProgress:
    """Shows how far a run is: a live line on a terminal, else a line every ten seconds."""

    def __init__(self) -> None:
        self._live: Progress | None = None
        self._started = self._said = time.monotonic()

    def __enter__(self) -> RunProgress:
        if sys.stderr.isatty():
            columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
            self._live = Progress(*columns, console=Console(stderr=True), transient=True)
            self._task = self._live.add_task("reading …", total=None)
            self._live.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if self._live is not None:
            self._live.stop()

    def __call__(self, summary: RunSummary) -> None:
        """Take note of the summary so far."""
        now = time.monotonic()
        if self._live is not None:
            self._live.update(self._task, description=self._line(summary, now))
        elif now - self._said >= SECONDS_BETWEEN_LINES:
            self._said = now
            click.echo(self._line(summary, now), err=True)

    def _line(self, summary: RunSummary, now: float) -> str:
        rate = summary.coded / max(now - self._started, 1e-3)
        return (
            f"{counted(summary.coded, 'document')}, {counted(sum(summary.records.values()), 'record')}, {rate:,.1f} documents/s"
        )


def print_summary(summary: RunSummary) -> None:
    """Print what a run did: documents, records by kind, and what was set aside with its reason."""
    click.echo(f"{_documents(summary)}: {_records(summary)}", err=True)
    if summary.version is not None:
        click.echo(f"the ledger is at version {summary.version}", err=True)
    if summary.set_aside:
        click.echo(f"set aside: {len(summary.set_aside):,}", err=True)
        for item in summary.set_aside[:LISTED]:
            click.echo(f"  {visible(str(item))}", err=True)
        if len(summary.set_aside) > LISTED:
            click.echo(f"  … and {len(summary.set_aside) - LISTED:,} more", err=True)


def _documents(summary: RunSummary) -> str:
    said = f"{counted(summary.coded, 'document')} coded"
    more = [f"{count:,} {word}" for count, word in ((summary.replaced, "replaced"), (summary.unchanged, "unchanged")) if count]
    return f"{said} ({', '.join(more)})" if more else said


def _records(summary: RunSummary) -> str:
    kinds = ", ".join(counted(count, kind) for kind, count in summary.records.items() if count)
    return counted(sum(summary.records.values()), "record") + (f" ({kinds})" if kinds else "")


def counted(count: int, noun: str) -> str:
    """Return a count with its noun in the right number."""
    return f"{count:,} {noun}{'s' * (count != 1)}"
