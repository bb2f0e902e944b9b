"""The brief: one page on where a state stands between two sides, put together from records by templates.

Nothing in it is free invention: a sentence is a phrase of the codebook with names and dates put in, and every clause and figure
names the records it rests on. What a page holds at most, and what it calls thin, stands in ``measures.yml`` under ``brief``.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from entente.analysis.brief_lanes import Request as Request  # noqa: PLC0414  known from here, too
from entente.analysis.brief_lanes import X, Y
from entente.analysis.brief_sections import SectionWriter
from entente.analysis.brief_words import Findings as Findings  # noqa: PLC0414  known from here, too
from entente.analysis.brief_words import Sentences
from entente.analysis.facts import Facts
from entente.analysis.page import (
    Brief,
    Reference,
    Source,
)
from entente.analysis.passages import Passage, Passages
from entente.analysis.wording import Wording
from entente.codebook.judgements import BriefChoices


def compose_brief(
    facts: Facts,
    request: Request,
    findings: Findings,
    choices: BriefChoices,
    wording: Wording,
    passages: Passages,
    sentences: Sentences,
) -> Brief:
    """Return one page on where a state stands between two sides.

    Args:
        facts: The ledger's records.
        request: State, sides, days.
        findings: Stance, commitments, contradictions and dependences of the state.
        choices: How much a page holds.
        wording: Names and phrases.
        passages: Returns the words of records.
        sentences: Returns the sentences that they stand in.
    """
    return _Composer(facts, request, findings, choices, wording, passages, sentences).page()


class _Composer(SectionWriter):
    """Puts the sections together."""

    def page(self) -> Brief:
        """Return the page."""
        groups = self.lanes.groups()
        self._prepare(groups)
        request = self.request
        sentences = tuple(sentence for sentence in self._sentences(groups) if sentence.clauses or sentence.others)
        brief = Brief(
            state=self.state,
            name=self.wording.name(self.state),
            x=self._side(request.x, self.names[X]),
            y=self._side(request.y, self.names[Y]),
            since=request.span.since,
            until=request.span.until,
            sentences=sentences,
            ties=self._ties(),
            promises=self._promises(),
            contradictions=self._pairs(),
            timeline=self._timeline(),
            axis=self._axis(),
            axis_note=self._axis_note(),
            missing=tuple(self._gaps(groups)),
            sources=(),
            versions=self.findings.versions,
            references=(),
        )
        return _with_references(brief, self._references())


def _with_references(brief: Brief, cited: Sequence[tuple[Reference, Passage]]) -> Brief:
    """Return the brief with its references and the documents that these stand in."""
    sources: dict[str, tuple[Passage, list[str]]] = {}
    for _, passage in cited:
        sources.setdefault(passage.document, (passage, []))[1].append(passage.id)
    listed = [
        Source(passage.document, passage.title, passage.source, passage.url, passage.published, tuple(ids))
        for passage, ids in sources.values()
    ]
    return replace(brief, sources=tuple(listed), references=tuple(reference for reference, _ in cited))
