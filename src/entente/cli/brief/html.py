"""A brief as one HTML file that needs nothing else: styles and drawings within, no script, no network."""

from __future__ import annotations

from importlib.resources import files

import jinja2
from markupsafe import Markup, escape

from entente.analysis.page import Brief, Clause, Sentence
from entente.analysis.wording import capital, short_days
from entente.cli.brief.drawing import axis_of, timeline_of
from entente.cli.brief.page import days_of, here_of, joined, number_of, numbers_of, share_of, title_of, when_of

MOST_IDS = 100
"""So many records at most are named at a figure of the page; the JSON names them all."""


def render_html(brief: Brief) -> str:
    """Return the page."""
    source = (files("entente.cli.brief") / "page.html").read_text(encoding="utf-8")
    environment = jinja2.Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True, undefined=jinja2.StrictUndefined)
    numbers = number_of(brief)
    said = {reference.id: " ".join(reference.words.split()) for reference in brief.references}
    return environment.from_string(source).render(
        brief=brief,
        title=title_of(brief),
        days=days_of(brief),
        here=here_of(brief),
        all_records=[reference.id for reference in brief.references],
        marked=lambda words, record: _marked(words, said.get(record, "")),
        ids_of=lambda records: " ".join(records[:MOST_IDS]),
        numbers_of=lambda ids: numbers_of(numbers, ids),
        sentence_of=lambda sentence: _sentence(sentence, numbers),
        timeline=Markup(timeline_of(brief, numbers)),
        axis=Markup(axis_of(brief, numbers)),
        undated=[mark for mark in brief.timeline if mark.start is None and mark.end is None],
        capital=capital,
        share_of=share_of,
        when_of=when_of,
        short_days=short_days,
    )


def _marked(sentence: str, words: str) -> Markup:
    """Return a sentence with the words that justify the record marked, where these are but a part of it."""
    before, found, after = sentence.partition(words) if words else (sentence, "", "")
    if not found or not (before.strip() or after.strip(" .!?")):
        return escape(sentence)
    return Markup("{}<mark>{}</mark>{}").format(before, found, after)


def _sentence(sentence: Sentence, numbers: dict[str, int]) -> Markup:
    """Return a sentence with its clauses marked and cited; its words are escaped, the marks around them are not."""
    return Markup(joined(_escaped(sentence), lambda clause: _clause(clause, numbers)))


def _escaped(sentence: Sentence) -> Sentence:
    return Sentence(sentence.topic, str(escape(sentence.opening)), sentence.clauses, sentence.others)


def _clause(clause: Clause, numbers: dict[str, int]) -> str:
    ids = escape(" ".join(clause.records[:MOST_IDS]))
    cited = " ".join(f'<a class="ref" href="#r{number}">[{number}]</a>' for number in numbers_of(numbers, clause.cited))
    return f'<span class="clause figure" data-records="{ids}">{escape(clause.text)}</span>{" " + cited if cited else ""}'
