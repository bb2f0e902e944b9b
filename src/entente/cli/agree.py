"""``entente agree``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from entente.errors import InputError

if TYPE_CHECKING:  # for speed: `--help` needs no numpy
    from entente.analysis.agreement import Agreement
    from entente.analysis.goldscore import Claim

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command("agree", short_help="Say how far two files of records agree: Krippendorff's alpha.")
@click.argument("first", type=FILE, metavar="A")
@click.argument("second", type=FILE, metavar="B")
@click.option("--json", "as_json", is_flag=True, help="Print the figures as one JSON object.")
def command(first: Path, second: Path, as_json: bool) -> None:
    """Say how far two files of records of the same documents agree: Krippendorff's alpha, by kind and for all.

    A and B are JSON Lines as `entente code --to jsonl` writes them: two coders, two codebooks, or a coder and a person. A unit
    is a sentence, a kind and a dyad of which at least one of the two says something; its value is the type, and no record is the
    value "none". 1 is full agreement, 0 what chance would give, and below 0 they contradict each other.

    \b
    entente code news.jsonl --to jsonl -o a.jsonl
    entente code news.jsonl --codebook my-codebook --to jsonl -o b.jsonl
    entente agree a.jsonl b.jsonl

    The interval comes from drawing documents anew; with too few documents there is none.
    """
    from entente.analysis.agreement import compare
    from entente.codebook.measures import load_choices

    choices = load_choices().intervals
    found = compare(_read(first), _read(second), choices)
    if as_json:
        import msgspec

        click.echo(msgspec.json.encode(found))
        return
    _print(found, round(choices.level * 100))


def _read(path: Path) -> list[Claim]:
    from entente.analysis.goldscore import read_claim

    claims = []
    with path.open("rb") as stream:
        for number, line in enumerate(stream, 1):
            if line.strip():
                try:
                    claims.append(read_claim(line))
                except InputError as error:
                    raise InputError(f"{path}:{number}: {error}") from error
    return claims


def _print(found: dict[str, Agreement], level: int) -> None:
    click.echo(f"{'':12}{'units':>7}{'in A':>7}{'in B':>7}{'both':>7}{'same':>7}{'alpha':>8}   {level} % interval")
    for name, row in found.items():
        alpha = "–" if row.alpha is None else f"{row.alpha:.3f}"
        ends = "–" if row.low is None or row.high is None else f"{row.low:.3f} to {row.high:.3f}"
        click.echo(f"{name:12}{row.units:7}{row.first:7}{row.second:7}{row.both:7}{row.same:7}{alpha:>8}   {ends}")
