"""Options that several commands share, and their checks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from entente.errors import TimeError

Command = TypeVar("Command", bound=Callable[..., Any])


def as_day(ctx: click.Context, param: click.Parameter, value: str | None) -> dt.date | None:
    """Return the day that an option names, or refuse."""
    from entente.reading.fields import day_of

    try:
        return None if value is None else day_of(value)
    except TimeError as error:
        raise click.BadParameter(str(error), ctx, param) from error


def as_partial_day(ctx: click.Context, param: click.Parameter, value: str | None) -> str | None:
    """Return a year, month or day as it is written, since its first or its last day may be meant, or refuse."""
    from entente.ledger.filters import first_day

    try:
        if value is not None:
            first_day(value)
    except TimeError as error:
        raise click.BadParameter(str(error), ctx, param) from error
    return value


def ledger_option(*, required: bool = True, text: str = "The ledger's folder.") -> Callable[[Command], Command]:
    """Return the ``--ledger`` option."""
    return click.option("--ledger", "-l", "ledger", type=click.Path(path_type=Path), required=required, help=text)


codebook_option = click.option(
    "--codebook",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="A folder with a codebook of your own, in place of the shipped one.",
)


model_option = click.option(
    "--model/--no-model", default=False, help="Whether the learned reader has a say; by default the rules alone."
)


def reader_options(command: Command) -> Command:
    """Add the options that say whether the learned reader has a say, and what it shall prefer."""
    precision = click.option(
        "--precision",
        type=click.Choice(("high", "balanced", "recall")),
        default="balanced",
        show_default=True,
        help="What to prefer where rules and reader are unsure: few wrong records, both alike, or few missed ones.",
    )
    return precision(model_option(command))


date_option = click.option(
    "--date",
    "published",
    metavar="YYYY-MM-DD",
    callback=as_day,
    help="The day of publication for documents that give none. Without it, words such as “on Tuesday” stay without a date.",
)

output_option = click.option(
    "--output", "-o", type=click.Path(dir_okay=False, path_type=Path), help="Write to this file, whole or not at all."
)


def form_option(*forms: str) -> Callable[[Command], Command]:
    """Return the ``--to`` option with these forms."""
    return click.option("--to", "form", type=click.Choice(forms), help="The form of the output.")


def measured_options(command: Command) -> Command:
    """Add the options that every measure has: days, version, intervals."""
    parts = (
        click.option("--since", metavar="YYYY[-MM[-DD]]", callback=as_partial_day, help="First day."),
        click.option("--until", metavar="YYYY[-MM[-DD]]", callback=as_partial_day, help="Last day, inclusive."),
        click.option(
            "--version", "version", type=int, help="As of this version of the ledger, so that a figure can be had again."
        ),
        click.option(
            "--intervals/--no-intervals", default=True, help="Whether to resample documents for intervals; on by default."
        ),
    )
    for part in reversed(parts):
        command = part(command)
    return command


PERIODS = ("day", "week", "month", "quarter", "year")


def period_options(default: str, of_period: str, of_half_life: str) -> Callable[[Command], Command]:
    """Return what adds the options of a measure over time: ``--by``, those of `measured_options`, and ``--half-life``."""

    def add(command: Command) -> Command:
        days = click.FloatRange(min=1)
        command = click.option("--half-life", type=days, metavar="DAYS", help=f"{of_half_life}; the codebook's by default.")(
            command
        )
        command = measured_options(command)
        return click.option("--by", type=click.Choice(PERIODS), default=default, show_default=True, help=of_period)(command)

    return add


version_option = click.option("--version", "version", type=int, help="As of this version of the ledger.")


def standing_options(*forms: str, as_of: str | None = None) -> Callable[[Command], Command]:
    """Return what adds the options of questions about ties: ``--as-of`` where told of, ledger, version, codebook, form, file."""

    def add(command: Command) -> Command:
        parts = [ledger_option(), version_option, codebook_option, form_option(*forms), output_option]
        if as_of is not None:
            parts.insert(0, click.option("--as-of", metavar="YYYY[-MM[-DD]]", callback=as_partial_day, help=as_of))
        for part in reversed(parts):
            command = part(command)
        return command

    return add
