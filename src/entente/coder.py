"""The order of the stages, once: text → sentences → references and dates → clauses → records."""

from __future__ import annotations

import datetime as dt
import hashlib
import math
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import tee
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from entente.codebook.gazetteer import load_gazetteer
from entente.codebook.language import LanguageWords, load_language
from entente.codebook.load import SHIPPED, Codebook, load_codebook
from entente.codebook.quantities import load_quantities
from entente.codebook.timewords import load_time_words
from entente.coding.code import LeftOut as Unfulfilled
from entente.coding.code import SentenceCoder
from entente.coding.discourse import find_focus
from entente.coding.fusion import Fusion, Precision, fewest_parties, find_candidates, fuse, fusion_of
from entente.coding.merge import merge_records
from entente.coding.relate import A, B, Relater, Relation, Span, mark_parties
from entente.coding.scene import Clauses, Context, Scene
from entente.dating import date_document
from entente.errors import DocumentError, TimeError
from entente.judging import Judge, load_judge
from entente.parsing.clauses import ClauseBuilder
from entente.parsing.model import Parser, load_parser
from entente.reading.clean import mask_spans
from entente.records.actors import Actor
from entente.records.annotations import DatedDocument, ParsedDocument, Sentence
from entente.records.record import Record
from entente.records.text import Document, TextSpan
from entente.resolving import ActorIndex, resolve_document
from entente.resolving.context import resolve_in_context


class CoderStamp(Struct, frozen=True):
    """What made a record: versions of entente and the pipeline, and the codebook's digest."""

    entente: str
    codebook: str
    pipeline: str


class LeftOut(Struct, frozen=True):
    """What came near a record and was left out, with the reason."""

    sentence: int
    evidence: TextSpan
    coded_by: str
    reason: str


class Explanation(Struct, frozen=True):
    """A text read aloud: its sentences, its records, what was left out, and by record id how likely the reader holds it."""

    document: Document
    sentences: tuple[TextSpan, ...]
    records: tuple[Record, ...]
    left_out: tuple[LeftOut, ...]
    reader: dict[str, float] = {}


Voiced = tuple[Record, float | None]
"""A record and what the reader says of it: a logit, or None."""


class Coder:
    """Codes documents into records. Build it with :func:`load_coder`; one per process, it cannot be pickled."""

    def __init__(
        self, codebook: Codebook, parser: Parser, version: str, judge: Judge | None = None, precision: Precision = "balanced"
    ) -> None:
        language = SHIPPED / "language"
        self.codebook = codebook
        self._judge = judge
        self._fusion: Fusion | None = None if judge is None else fusion_of(judge.fusion)
        self._precision = precision
        reader = "" if judge is None else f", {judge.version}, {precision}"
        self.stamp = CoderStamp(version, codebook.digest, parser.version + reader)
        self._parser = parser
        self._words: LanguageWords = load_language(language / "en.yml")
        self._time_words = load_time_words(language / "time-en.yml")
        self._index = ActorIndex(load_gazetteer(SHIPPED / "actors"))
        self._sentence_coder = SentenceCoder(codebook, load_quantities(language / "quantities-en.yml"))

    def code(self, text: str | Document, published: str | dt.date | None = None, **about: str) -> Iterator[Record]:
        """Yield the records of one text.

        Args:
            text: The report, or a :class:`Document` with its date.
            published: The day of publication (ISO 8601 or a date); without it relative dates stay unresolved.
            **about: ``id``, ``title``, ``source``, ``url`` of the document.

        Raises:
            TimeError: ``published`` is no date.
        """
        document = text if isinstance(text, Document) else make_document(text, published, **about)
        yield from self._records(self._parse([document]).__next__())

    def code_documents(self, documents: Iterable[Document]) -> Iterator[tuple[Document, list[Record] | DocumentError]]:
        """Yield each document with its records, in order and in batches; one that cannot be coded comes with its reason."""
        for_parser, for_result = tee(documents)
        for document, parsed in zip(for_result, self._parse(for_parser), strict=True):
            try:
                yield document, self._records(parsed)
            except DocumentError as error:
                yield document, error

    def explain(self, text: str | Document, published: str | dt.date | None = None) -> Explanation:
        """Return the records of a text together with what came near and was left out."""
        document = text if isinstance(text, Document) else make_document(text, published)
        parsed = next(self._parse([document]))
        records: list[Record] = []
        left_out: list[LeftOut] = []
        said: dict[tuple[TextSpan, str, str], float] = {}
        for scene, found, near in self._coded(parsed):
            records += (record for record, _ in found)
            said |= {_telling(record): _chance(logit) for record, logit in found if logit is not None}
            for item in near:
                span = TextSpan(item.start, item.end, document.text[item.start : item.end])
                left_out.append(LeftOut(scene.sentence.index, span, item.coded_by, item.reason))
        sentences = tuple(TextSpan(s.start, s.end, document.text[s.start : s.end]) for s in parsed.sentences)
        merged = tuple(merge_records(records))
        reader = {record.id: round(said[_telling(record)], 3) for record in merged if _telling(record) in said}
        return Explanation(document, sentences, merged, tuple(left_out), reader)

    def resolve_actors(self, phrases: Iterable[Document]) -> Iterator[Actor]:
        """Yield the actor that each phrase names as of its date, in order; unresolved ones with a reason.

        A phrase is a document of its own; its title, if any, is the context: the sentence it stands in, or its state.
        """
        for parsed in self._parse(phrases):
            title = parsed.document.title
            context = next(self._parse([replace(parsed.document, text=title, title=None)])) if title else None
            yield resolve_in_context(parsed, context, self._index)

    def relate(self, pairs: Iterable[tuple[Document, Sequence[Span], Sequence[Span]]]) -> Iterator[Relation]:
        """Yield what each text says between its two parties, in order; always an answer, its confidence low where it is a guess.

        Args:
            pairs: A text with the spans of the actor and those of the recipient, in code points, half-open.
        """
        for_text, for_spans = tee(pairs)
        for parsed, (_, actor, recipient) in zip(self._parse(text for text, _, _ in for_text), for_spans, strict=True):
            resolved = mark_parties(resolve_document(parsed, self._index), {A: actor, B: recipient})
            undated = DatedDocument(parsed, {}, {})
            scenes = [Scene(s, self._clauses(s), resolved, undated, self._words) for s in parsed.sentences]
            judgements = [self._judge.judge(s, resolved) for s in parsed.sentences] if self._judge is not None else []
            yield self._relater.relate(scenes, judgements)

    @cached_property
    def _relater(self) -> Relater:
        return Relater(self.codebook, self._fusion.relate if self._fusion is not None else None)

    def _parse(self, documents: Iterable[Document]) -> Iterator[ParsedDocument]:
        return self._parser.parse_all((document, mask_spans(document)) for document in documents)

    def _records(self, parsed: ParsedDocument) -> list[Record]:
        return merge_records(record for _, records, _ in self._coded(parsed) for record, _ in records)

    def _coded(self, parsed: ParsedDocument) -> Iterator[tuple[Scene, list[Voiced], list[Unfulfilled]]]:
        """Yield each sentence with its records and what was left out."""
        for scene, records, near in self._by_rule(parsed):
            yield scene, *self._weigh(scene, records, near)

    def _by_rule(self, parsed: ParsedDocument) -> Iterator[tuple[Scene, list[Record], list[Unfulfilled]]]:
        """Yield each sentence as the rules code it; each sees what the sentences before it gave."""
        resolved = resolve_document(parsed, self._index)
        dated = date_document(parsed, self._time_words)
        before = Context(focus=find_focus(resolved))
        for sentence in parsed.sentences:
            scene = Scene(sentence, self._clauses(sentence), resolved, dated, self._words, before)
            records, near = self._sentence_coder.code(scene)
            before = Context(scene.main_actors(), scene.last_body(), (*before.records, *records), before.focus)
            yield scene, records, near

    def _weigh(self, scene: Scene, records: list[Record], near: list[Unfulfilled]) -> tuple[list[Voiced], list[Unfulfilled]]:
        """Return a sentence's records as rules and reader see them together; the rules' own where no reader is at hand."""
        if self._judge is None or self._fusion is None:
            return [(record, None) for record in records], near
        judgement = self._judge.judge(scene.sentence, scene.resolved, fewest=fewest_parties(records))
        candidates = find_candidates(scene, records, near, judgement, self.codebook.vocabulary)
        kept, refused = fuse(candidates, self._fusion, self._precision)
        gone = [
            Unfulfilled(scene.sentence.index, r.record.evidence.start, r.record.evidence.end, r.record.coded_by, r.reason)
            for r in refused
        ]
        return kept, [*near, *gone]

    def _clauses(self, sentence: Sentence) -> Clauses:
        builder = ClauseBuilder(sentence, self._words)
        return Clauses(builder.verb, builder.noun, builder.copula)


def load_coder(
    codebook: Path | Codebook | None = None, *, version: str = "", model: bool = False, precision: Precision = "balanced"
) -> Coder:
    """Load the shipped pipeline with a codebook: the shipped one, one read already, or the one in a folder.

    Args:
        codebook: Where the codebook is.
        version: What the stamp says of entente; its own version by default.
        model: Whether the learned reader has a say beside the rules.
        precision: What the two together shall prefer where they are unsure.
    """
    from entente import __version__

    book = codebook if isinstance(codebook, Codebook) else load_codebook(codebook)
    return Coder(book, load_parser(), version or __version__, load_judge() if model else None, precision)


def _telling(record: Record) -> tuple[TextSpan, str, str]:
    return record.evidence, record.type, record.coded_by


def _chance(logit: float) -> float:
    return 1 / (1 + math.exp(-logit))


def make_document(text: str, published: str | dt.date | None = None, **about: str) -> Document:
    """Return a document for a bare text; its id is a digest of text and date where none is given.

    Raises:
        TimeError: ``published`` is no ISO date.
    """
    day = parse_day(published) if isinstance(published, str) else published
    digest = hashlib.sha256(f"{day}\x1f{about.get('source', '')}\x1f{text}".encode()).hexdigest()[:16]
    return Document(id=about.pop("id", digest), text=text, published=day, **about)  # type: ignore[arg-type]


def parse_day(text: str) -> dt.date:
    """Return the day that an ISO 8601 date or date and time names.

    Raises:
        TimeError: It names none.
    """
    try:
        return dt.date.fromisoformat(text[:10])
    except ValueError as error:
        raise TimeError(f"no date: {text!r}; write it as 2017-06-01") from error
