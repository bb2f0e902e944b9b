"""Dates in sentences as journalists write them, through the whole pipeline: a floor, for the parser errs too."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from entente.dating import date_document
from entente.parsing.model import load_parser
from entente.records.annotations import DatedDocument
from entente.records.text import Document
from tests.dating.plain import WORDS

FLOOR = 0.94
"""Share of the words of ``news.txt`` that must get exactly their days; 0.99 with the pipeline of November 2026."""


def rows() -> Iterator[tuple[str, str, list[tuple[str, str]]]]:
    for line in (Path(__file__).parent / "news.txt").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            published, text, wanted = line.split(" | ")
            yield published, text.replace("\\n", "\n"), [tuple(pair.split("=")) for pair in wanted.split()]


def days_of(dated: DatedDocument, word: str) -> str:
    word, _, number = word.partition("#")
    places = [(s.index, t.i) for s in dated.parsed.sentences for t in s.tokens if t.text == word]
    span = dated.spans.get(places[int(number or 1) - 1]) if len(places) >= int(number or 1) else None
    if span is None:
        return "-"
    start, end = span.inclusive()
    return start if start == end else f"{start or ''}..{end or ''}"


@pytest.fixture(scope="module")
def results() -> list[tuple[str, str, str, str]]:
    parser = load_parser()
    found = []
    for number, (published, text, wanted) in enumerate(rows()):
        day = None if published == "-" else dt.date.fromisoformat(published)
        dated = date_document(parser.parse(Document(id=str(number), text=text, published=day)), WORDS)
        found += [(text, word, days, days_of(dated, word)) for word, days in wanted]
    return found


def test_words_get_their_days(results):
    wrong = [row for row in results if row[2] != row[3]]
    assert 1 - len(wrong) / len(results) >= FLOOR, "\n".join(map(str, wrong))


def test_words_without_a_date_stay_without(results):
    undated = [row for row in results if row[2] == "-"]
    dated = [row for row in undated if row[3] != "-"]
    assert 1 - len(dated) / len(undated) >= FLOOR, "\n".join(map(str, dated))
