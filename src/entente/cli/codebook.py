"""``entente codebook list | show | check``."""

from __future__ import annotations

import difflib
from pathlib import Path
from typing import TYPE_CHECKING

import click

from entente.cli import SET_ASIDE
from entente.cli.options import codebook_option

if TYPE_CHECKING:  # for speed
    from rich.text import Text

    from entente.codebook.check import CheckReport
    from entente.codebook.entry import Entry, Example
    from entente.codebook.load import Codebook


@click.group("codebook", short_help="List, show and check the definitions, patterns and examples of the codebook.")
def command() -> None:
    """List, show and check the codebook: what each type means, how it is recognised, and examples that run as tests."""


@command.command("list")
@codebook_option
def list_entries(codebook: Path | None) -> None:
    """List the types with their definitions."""
    from rich.text import Text

    from entente.cli.output import KIND_STYLES, plain_table, print_table
    from entente.codebook.load import load_codebook

    table = plain_table("kind", "type", "patterns", "examples", "definition")
    for entry in load_codebook(codebook).entries.values():
        counts = (str(len(entry.patterns)), str(len(entry.examples)))
        table.add_row(Text(entry.kind, style=KIND_STYLES[entry.kind]), entry.id, *counts, Text(entry.definition))
    print_table(table, "no entries")


@command.command("show")
@click.argument("name", metavar="TYPE")
@codebook_option
def show_entry(name: str, codebook: Path | None) -> None:
    """Show one type: definition, neighbours, patterns, examples. TYPE is its id (AGREE), or kind/id where two kinds have it."""
    from entente.cli.output import console
    from entente.codebook.load import load_codebook

    out = console()
    for entry in _entries_named(name, load_codebook(codebook)):
        out.print(_entry_text(entry), soft_wrap=True)


@command.command("check")
@click.argument("path", required=False, type=click.Path(exists=True, file_okay=False, path_type=Path))
@codebook_option
@click.option("--only", multiple=True, metavar="TYPE", help="Run the examples of this type only. Repeatable.")
@click.pass_context
def check(ctx: click.Context, path: Path | None, codebook: Path | None, only: tuple[str, ...]) -> None:
    """Check the shipped codebook, or the one in the folder PATH: first its shape, then that every example comes out as stated.

    Known gaps are counted and listed; one that passes by now is a failure too, since its mark must go. The exit code is 1 where
    anything fails.
    """
    from entente.codebook.check import check_behaviour, check_shape
    from entente.codebook.load import SHIPPED, load_codebook
    from entente.coder import load_coder

    folder = path or codebook
    faults = check_shape(folder or SHIPPED)
    for fault in faults:
        click.echo(str(fault))
    if faults:
        click.echo(f"{len(faults)} faults of shape; the examples were not run", err=True)
        ctx.exit(SET_ASIDE)
    book = load_codebook(folder)
    for name in only:
        _entries_named(name, book)
    report = check_behaviour(book, load_coder(book, model=False).code, frozenset(only))
    _print_report(report)
    ctx.exit(SET_ASIDE if report.failures else 0)


def _print_report(report: CheckReport) -> None:
    for outcome in report.known_gaps:
        click.echo(f"known gap  {outcome.where}: {outcome.example.text}\n           {outcome.example.known_gap}")
    for outcome in report.failures:
        problem = outcome.problem or f"it passes now; remove the mark `known_gap: {outcome.example.known_gap}`"
        click.echo(f"FAILED     {outcome.where}: {outcome.example.text}\n           {problem}")
    counts = f"{report.passed:,} passed, {len(report.known_gaps):,} known gaps, {len(report.failures):,} failed"
    click.echo(f"{report.examples:,} examples: {counts}")


def _entry_text(entry: Entry) -> Text:
    from rich.text import Text

    text = Text()
    text.append(f"{entry.id}", style="bold")
    text.append(f"  {entry.kind}, {entry.path.name}\n{entry.definition}\n")
    if entry.neighbours:
        text.append(f"often mistaken for it: {', '.join(entry.neighbours)}\n")
    text.append("\npatterns\n", style="bold")
    for pattern in entry.patterns:
        words = ", ".join(" ".join(word) for word in pattern.words[:8]) + (" …" if len(pattern.words) > 8 else "")
        mode = f"  → {pattern.mode}" if pattern.mode else ""
        text.append(f"  {pattern.id}  {pattern.trigger}: {words}{mode}\n")
    text.append("\nexamples\n", style="bold")
    for example in entry.examples:
        text.append(_example_text(example))
    return text


def _example_text(example: Example) -> str:
    sides = [
        " → ".join("any" if side is None else "+".join(side) or "–" for side in (wanted.actor, wanted.recipient))
        + (f", {wanted.status}" if wanted.status != "actual" else "")
        for wanted in example.expect
    ]
    why = f" ({example.because})" if example.because else ""
    gap = f" – known gap: {example.known_gap}" if example.known_gap else ""
    return f"  {example.text}\n      {'; '.join(sides) or 'none'}{why}{gap}\n"


def _entries_named(name: str, book: Codebook) -> list[Entry]:
    found = [entry for entry in book.entries.values() if name.lower() in (entry.id.lower(), entry.name.lower())]
    if not found:
        ids = {entry.id.lower(): entry.id for entry in book.entries.values()}
        near = difflib.get_close_matches(name.lower(), ids, 1)
        raise click.UsageError(f"the codebook has no type {name!r}" + (f"; did you mean {ids[near[0]]!r}?" if near else ""))
    return found
