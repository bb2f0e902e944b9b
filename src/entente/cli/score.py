"""``entente score``."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from entente.cli.options import codebook_option, reader_options
from entente.errors import InputError

if TYPE_CHECKING:  # for speed: `--help` needs no coder
    from entente.analysis.goldscore import Claim, GoldScore, Passage
    from entente.coding.fusion import Precision


@click.command("score", short_help="Score a coder's records against gold passages, miss by miss.")
@click.argument("gold", type=click.Path(exists=True, path_type=Path))
@click.option(
    "--records",
    type=click.Path(exists=True, dir_okay=False, allow_dash=True, path_type=Path),
    help="Score these records (JSON Lines, - for standard input) in place of those of the shipped coder.",
)
@codebook_option
@reader_options
@click.option(
    "--details", is_flag=True, help="List every record that was missed, is wrong or has another date, with its sentence."
)
@click.option("--json", "as_json", is_flag=True, help="Print the figures as one JSON object.")
def command(
    gold: Path, records: Path | None, codebook: Path | None, precision: Precision, model: bool, details: bool, as_json: bool
) -> None:
    """Score a coder's records against gold passages: the tool to validate a codebook of your own.

    GOLD is a passage file or a folder of them. A passage is a JSON object with `id`, `date`, `title`, `sentences` and
    `records`; see docs/validation.md for its form and for what counts as found.

    \b
    entente score my-passages
    entente score my-passages --codebook my-codebook --details
    entente score passage.json --records other-coder.jsonl --json

    Printed are recall, precision and F1 by kind and of all; then, of the required records that were found, how many dates are
    right, and modes, sectors and attributes where the passage gives them.
    """
    from entente.analysis.goldscore import score_records

    if records is not None and codebook is not None:
        raise click.UsageError("--records are coded already; --codebook is for the shipped coder")
    passages = _passages(gold)
    claims = _coded(passages, codebook, model, precision) if records is None else _read(records)
    try:
        score = score_records(passages, claims)
    except InputError as error:
        raise InputError(f"{records}: {error}") from error
    if details and not as_json:
        _print_details(score)
    _print_json(score) if as_json else _print_table(score)


def _passages(path: Path) -> list[Passage]:
    from entente.analysis.goldscore import read_passage

    files = sorted(path.glob("*.json")) if path.is_dir() else [path]
    if not files:
        raise InputError(f"{path}: no gold passages here; expected files that end in .json")
    passages = []
    for file in files:
        try:
            passages.append(read_passage(file.read_bytes()))
        except InputError as error:
            raise InputError(f"{file}: {error}") from error
    return passages


def _coded(passages: list[Passage], codebook: Path | None, model: bool, precision: Precision) -> Iterator[Claim]:
    from entente.analysis.goldscore import claim_of
    from entente.coder import load_coder
    from entente.errors import DocumentError
    from entente.formats.public import public_of
    from entente.reading.fields import day_of
    from entente.records.text import Document

    documents = [Document(id=p.id, text=p.text, published=day_of(p.date), title=p.title) for p in passages]
    for _, records in load_coder(codebook, model=model, precision=precision).code_documents(documents):
        if not isinstance(records, DocumentError):
            yield from (claim_of(public_of(record)) for record in records)


def _read(path: Path) -> Iterator[Claim]:
    import sys

    from entente.analysis.goldscore import read_claim

    stream = sys.stdin.buffer if str(path) == "-" else path.open("rb")
    with stream:
        for number, line in enumerate(stream, 1):
            if line.strip():
                try:
                    yield read_claim(line)
                except InputError as error:
                    raise InputError(f"line {number}: {error}") from error


def _print_details(score: GoldScore) -> None:
    from entente.analysis.goldscore import lines_of
    from entente.formats.table import shown

    for finding in score.findings:
        for line in lines_of(finding):
            click.echo(shown(line))


def _print_table(score: GoldScore) -> None:
    click.echo(f"{'':12}{'wanted':>8}{'predicted':>11}{'recall':>8}{'precision':>11}{'F1':>7}")
    for name, row in score.kinds.items():
        click.echo(f"{name:12}{row.wanted:8}{row.predicted:11}{row.recall:8.3f}{row.precision:11.3f}{row.f1:7.3f}")
    right = ", ".join(f"{name} right {each.right}/{each.of}" for name, each in score.quality.items())
    click.echo(f"of the required records that were found: {right}")


def _print_json(score: GoldScore) -> None:
    import msgspec

    click.echo(msgspec.json.encode({**score.kinds, **score.quality}))
