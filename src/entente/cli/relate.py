"""``entente relate``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from entente.cli import FINE, SET_ASIDE
from entente.cli.options import codebook_option, form_option, model_option, output_option
from entente.errors import InputError

if TYPE_CHECKING:  # for speed: `--help` needs no coder
    from entente.cli.rows import SetAsideRows
    from entente.coding.relate import Span
    from entente.records.text import Document

    Pair = tuple[Document, tuple[Span, ...], tuple[Span, ...]]


@click.command("relate", short_help="Say what a sentence reports between two given spans.")
@click.argument("rows", type=click.Path(exists=True, dir_okay=False, allow_dash=True, path_type=Path))
@form_option("jsonl")
@output_option
@codebook_option
@model_option
@click.pass_context
def command(ctx: click.Context, rows: Path, form: str | None, output: Path | None, codebook: Path | None, model: bool) -> None:
    """Say what a sentence reports between two given spans, whoever the spans name.

    ROWS is JSON Lines, or - for standard input: `id`, `text`, and `actor` and `recipient`, each a list of {"start", "end"} in
    code points of the text. Every row is answered by a row `id, type, mode, quad, status, confidence, coded_by`; type is
    PLOVER's, quad 1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict.

    \b
    entente relate pairs.jsonl --to jsonl -o relations.jsonl

    There is always an answer. `coded_by` is the entry and pattern of the codebook, or "words" where only single words speak for
    a type and "default" where nothing does; `confidence` is low there.

    What is read otherwise than in records: an act of cooperation that is promised, offered or announced is AGREE, a hostile act
    that is announced THREATEN, cooperation that is denied REJECT. As in the published sets of relations, giving way, CONCEDE and
    RETREAT alike, is in quad 2, and the type is that of the CAMEO root: a verdict is ACCUSE, sanctions are COERCE.

    Rows that cannot be read are set aside with their line, and the exit code is then 1.
    """
    from entente.cli.rows import SetAsideRows, write_rows

    aside = SetAsideRows()
    write_rows(_answers(rows, codebook, model, aside), output)
    aside.report()
    ctx.exit(SET_ASIDE if aside.count else FINE)


def _answers(rows: Path, codebook: Path | None, model: bool, aside: SetAsideRows) -> Iterator[dict[str, Any]]:
    from itertools import tee

    import msgspec

    from entente.cli.rows import read_rows
    from entente.coder import load_coder

    pairs, for_ids = tee(read_rows(rows, _pair_of_row, aside))
    for pair, relation in zip(for_ids, load_coder(codebook, model=model).relate(pairs), strict=True):
        yield {"id": pair[0].id, **msgspec.structs.asdict(relation)}


def _pair_of_row(row: Mapping[str, Any]) -> Pair:
    from entente.cli.rows import required_string
    from entente.records.text import Document

    text = required_string(row, "text")
    document = Document(id=required_string(row, "id"), text=text)
    return document, _spans_of(row, "actor", text), _spans_of(row, "recipient", text)


def _spans_of(row: Mapping[str, Any], key: str, text: str) -> tuple[Span, ...]:
    """Return a side's spans; an absent or empty side is none.

    Raises:
        InputError: It is no list of spans, or one lies outside the text.
    """
    value = row.get(key) or []
    if not isinstance(value, list):
        raise InputError(f"its `{key}` must be a list of {{start, end}}")
    spans = []
    for item in value:
        start, end = (item.get("start"), item.get("end")) if isinstance(item, dict) else (None, None)
        if not isinstance(start, int) or not isinstance(end, int):
            raise InputError(f"its `{key}` must be a list of {{start, end}}, whole numbers both")
        if not 0 <= start < end <= len(text):
            raise InputError(f"its `{key}` {start} to {end} is no span of a text of {len(text)} characters")
        spans.append((start, end))
    return tuple(spans)
