"""``entente actor``."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from entente.cli import FINE, SET_ASIDE
from entente.cli.options import as_day, form_option, output_option
from entente.errors import InputError

if TYPE_CHECKING:  # for speed: `--help` needs no coder
    from entente.cli.rows import SetAsideRows
    from entente.records.actors import Actor
    from entente.records.text import Document

WORDY_DATES = ("%d %B %Y", "%d %b %Y", "%B %d, %Y")


@click.command("actor", short_help="Say which state or organisation a phrase names, and in which sector.")
@click.argument("text", required=False)
@click.option(
    "--date",
    "day",
    metavar="YYYY-MM-DD",
    callback=as_day,
    help="The day as of which the phrase is read: who was president then, which state a place belonged to.",
)
@click.option("--context", metavar="WORDS", help="The sentence in which the phrase stands, or the state that it is about.")
@click.option("--json", "as_json", is_flag=True, help="Print it as one JSON object.")
@click.option(
    "--file",
    "rows",
    type=click.Path(exists=True, dir_okay=False, allow_dash=True, path_type=Path),
    help="Read phrases from JSON Lines: `id`, `text`, and where known `date` and `context`. - is standard input.",
)
@form_option("jsonl")
@output_option
@click.pass_context
def command(
    ctx: click.Context,
    text: str | None,
    day: dt.date | None,
    context: str | None,
    as_json: bool,
    rows: Path | None,
    form: str | None,
    output: Path | None,
) -> None:
    """Say which state or organisation a phrase names, and in which sector it acts.

    The code is ISO 3166-1 alpha-3 for a state and everybody within it, an acronym for an organisation, and null where nothing
    can be coded; then the reason says why. The sector is PLOVER's (GOV, MIL, REB, OPP …), where the words name a part.

    \b
    entente actor "the Ukrainian parliament"
    entente actor "the prime minister" --context "Kenya"
    entente actor "Fidel Castro" --date 1998-05-01 --json
    entente actor --file phrases.jsonl --to jsonl -o actors.jsonl

    With --file each row is answered by a row `id, code, sector, entity, reason`; rows that cannot be read are set aside with
    their line, and the exit code is then 1.
    """
    if (text is None) == (rows is None):
        raise click.UsageError("give one phrase, or phrases with --file")
    if rows is not None:
        if as_json or context is not None or day is not None:
            raise click.UsageError("--date, --context and --json go with one phrase; with --file each row has its own")
        ctx.exit(_answer_file(rows, output))
    if form is not None or output is not None:
        raise click.UsageError("--to and -o go with --file")
    _answer(text or "", day, context, as_json)


def _answer(text: str, day: dt.date | None, context: str | None, as_json: bool) -> None:
    import msgspec

    from entente.coder import load_coder
    from entente.formats.table import visible

    if not text.strip():
        raise click.UsageError("there is no phrase to resolve")
    actor = next(load_coder(model=False).resolve_actors([_phrase("phrase", text, day, context)]))
    if as_json:
        click.echo(msgspec.json.encode({"text": text, **_row_of(actor)}))
        return
    code = "no code" if actor.code is None else actor.code
    said = [f"{code}.{actor.sector}" if actor.sector and actor.code else code]
    said += [f"sector {actor.sector}"] * (actor.sector is not None and actor.code is None)
    said += [part for part in (actor.entity, actor.reason) if part]
    click.echo("  ".join(map(visible, said)))


def _answer_file(path: Path, output: Path | None) -> int:
    from entente.cli.rows import SetAsideRows, write_rows

    aside = SetAsideRows()
    write_rows(_answers(path, aside), output)
    aside.report()
    return SET_ASIDE if aside.count else FINE


def _answers(path: Path, aside: SetAsideRows) -> Iterator[dict[str, Any]]:
    from itertools import tee

    from entente.cli.rows import read_rows
    from entente.coder import load_coder

    phrases, for_ids = tee(read_rows(path, _phrase_of_row, aside))
    for phrase, actor in zip(for_ids, load_coder(model=False).resolve_actors(phrases), strict=True):
        yield {"id": phrase.id, **_row_of(actor)}


def _row_of(actor: Actor) -> dict[str, Any]:
    return {"code": actor.code, "sector": actor.sector, "entity": actor.entity, "reason": actor.reason}


def _phrase_of_row(row: Mapping[str, Any]) -> Document:
    from entente.cli.rows import required_string, string_of

    date = string_of(row, "date")
    return _phrase(
        required_string(row, "id"),
        required_string(row, "text"),
        None if date is None else _day_of(date),
        string_of(row, "context"),
    )


def _phrase(identifier: str, text: str, day: dt.date | None, context: str | None) -> Document:
    from entente.records.text import Document

    return Document(id=identifier, text=text, published=day, title=context)


def _day_of(written: str) -> dt.date:
    """Return the day of a row: ISO 8601, "today", or in words ("1 July 2021").

    Raises:
        InputError: It is none of these.
    """
    from entente.reading.fields import day_of

    if written.strip().lower() == "today":
        return dt.date.today()
    for form in WORDY_DATES:
        try:
            return dt.datetime.strptime(written.strip(), form).date()
        except ValueError:
            continue
    try:
        return day_of(written)
    except InputError as error:
        raise InputError(f"its `date` {error}") from error
