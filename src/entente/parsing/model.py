"""The only door to spaCy: documents in, sentences of our own tokens out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import tee
from typing import Any

import numpy as np

from entente.errors import PipelineError
from entente.records.annotations import ParsedDocument, Sentence, Token
from entente.records.text import Document, TextSpan

PIPELINE = "en_entente"

SENTENCE_ENDS = frozenset(".!?…\"'”’)]»。！？؟।")
"""Signs after which a sentence may start; the pipeline decides whether it does."""

NO_START = np.uint64(2**64 - 1)
"""spaCy's −1: this token starts no sentence."""

_SINGLE_NEWLINE = re.compile(r"(?<!\n)[^\S\n]*\r?\n(?![^\S\n]*\r?\n)")


class Parser:
    """Parses documents with a spaCy pipeline of Universal Dependencies."""

    def __init__(self, pipeline: Any, *, batch: int = 16) -> None:
        self._pipeline = pipeline
        self._batch = batch

    @property
    def version(self) -> str:
        """Name and version of the pipeline."""
        meta = self._pipeline.meta
        return f"{meta['lang']}_{meta['name']} {meta['version']}"

    def parse(self, document: Document, masks: tuple[TextSpan, ...] = ()) -> ParsedDocument:
        """Parse one document; see :meth:`parse_all`."""
        return next(self.parse_all([(document, masks)]))

    def parse_all(self, documents: Iterable[tuple[Document, tuple[TextSpan, ...]]]) -> Iterator[ParsedDocument]:
        """Parse documents in order, in batches.

        Masked spans are read as blanks, so that every offset stays one of ``document.text``.
        """
        for_text, for_result = tee(documents)
        docs = (self._read(readable_text(document, masks)) for document, masks in for_text)
        parsed = self._pipeline.pipe(docs, batch_size=self._batch)
        for (document, _), doc in zip(for_result, parsed, strict=True):
            yield ParsedDocument(document, tuple(sentences_of(doc)))

    def _read(self, text: str) -> Any:
        """Tokenise a text and forbid sentence starts where no sentence can have ended: within a line, before a closing sign."""
        doc = self._pipeline.make_doc(text)
        starts = np.zeros(len(doc), dtype=np.uint64)
        ended = True
        for i, word in enumerate(token.text for token in doc):
            if word.isspace():
                ended = ended or "\n" in word
                continue
            if not ended:
                starts[i] = NO_START
            ended = word[-1] in SENTENCE_ENDS
        return doc.from_array(["SENT_START"], starts.reshape(-1, 1)) if len(doc) else doc


def load_parser(name: str = PIPELINE) -> Parser:
    """Load the shipped pipeline.

    Raises:
        PipelineError: The pipeline's package is not installed.
    """
    import spacy

    try:
        return Parser(spacy.load(name))
    except OSError as error:
        raise PipelineError(f"the language pipeline {name!r} is not installed; run `make setup`") from error


def readable_text(document: Document, masks: tuple[TextSpan, ...]) -> str:
    """Return the text with masked spans, and newlines that end no sentence, as blanks: of the same length."""
    text = document.text
    if not document.newline_ends_sentence:
        text = _SINGLE_NEWLINE.sub(lambda match: " " * len(match.group()), text)
    for span in masks:
        text = text[: span.start] + " " * (span.end - span.start) + text[span.end :]
    return text


def sentences_of(doc: Any) -> Iterator[Sentence]:
    """Convert a spaCy ``Doc``: one :class:`Sentence` per sentence that holds a word, white space left out."""
    index = 0
    for span in doc.sents:
        words = [token for token in span if not token.is_space]
        if words:
            yield Sentence(index, _tokens(words))
            index += 1


def _first_conjunct(words: list[Any], i: int) -> int | None:
    """Return what a conjunct is joined to, where the parse hangs it on a word that follows; None if nothing fits.

    Universal Dependencies hang every conjunct on the first one, so a head to the right is an error: the nearest word of the
    same sort to the left, or what that one is joined to, is the first.
    """
    for j in range(i - 1, max(-1, i - 8), -1):
        if words[j].pos_ in (words[i].pos_, "PROPN") and words[j].dep_ not in ("flat", "compound", "amod"):
            head = words[j].head.i - words[0].i
            return head if words[j].dep_ == "conj" and 0 <= head < j else j
    return None


def _heads(words: list[Any]) -> list[int]:
    """Return the head of each word, counted from the first; conjuncts that hang forward are joined anew where a tree remains."""
    position = {word.i: i for i, word in enumerate(words)}
    root = next((i for i, word in enumerate(words) if word.head.i == word.i), 0)
    heads = [position.get(word.head.i, root) for word in words]
    for i, word in enumerate(words):
        if word.dep_ == "conj" and heads[i] > i:
            first = _first_conjunct(words, i)
            if first and not _is_below(heads, first, i):
                heads[i] = first
    return heads


def _is_below(heads: list[int], i: int, other: int) -> bool:
    """Return whether a word hangs on another, however far down."""
    while i != other and heads[i] != i:
        i = heads[i]
    return i == other


def _tokens(words: list[Any]) -> tuple[Token, ...]:
    heads = _heads(words)
    tokens = []
    for i, word in enumerate(words):
        head = heads[i]
        entity = word.ent_type_
        tokens.append(
            Token(
                i,
                word.idx,
                word.idx + len(word),
                word.text,
                word.lemma_.lower() if word.pos_ != "PROPN" else word.lemma_,
                word.pos_,
                word.tag_,
                str(word.morph),
                head,
                "root" if head == i else word.dep_,
                entity,
                entity != "" and word.ent_iob_ == "B",
            )
        )
    return tuple(tokens)
