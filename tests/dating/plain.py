"""Sentences without a tree: the words of a time expression are enough to read it."""

from __future__ import annotations

import datetime as dt
import re

from entente.codebook.timewords import load_time_words
from entente.dating import date_document
from entente.records.annotations import DatedDocument, DatedExpression, ParsedDocument, Sentence, Token
from entente.records.text import Document

WORDS = load_time_words()

_TAGS = {
    "in": "ADP",
    "on": "ADP",
    "of": "ADP",
    "the": "DET",
    "a": "DET",
    "after": "ADP",
    "before": "ADP",
    "until": "ADP",
    "since": "ADP",
    "and": "CCONJ",
    "may": "AUX",
    "met": "VERB",
    "meet": "VERB",
    "will": "AUX",
    "had": "AUX",
    "that": "PRON",
    "they": "PRON",
    ",": "PUNCT",
    ".": "PUNCT",
}


def flat(text: str, *, index: int = 0, offset: int = 0) -> Sentence:
    """Split a text into tokens that all hang on its verb ("met", "meet"), or else on its last word."""
    pieces = [(m.group(), m.start()) for m in re.finditer(r"Jan\.|\d{4}-\d\d-\d\d|’s|mid-\d+s?|\w+(?:,\d{3})?|[^\w\s]", text)]
    root = next((i for i, (word, _) in enumerate(pieces) if word in ("met", "meet")), len(pieces) - 1)
    tokens = []
    for i, (word, start) in enumerate(pieces):
        pos = _TAGS.get(word, "PROPN" if word[0].isupper() else "NUM" if word[0].isdigit() else "NOUN")
        feats = {"met": "Tense=Past|VerbForm=Fin", "meet": "VerbForm=Inf"}.get(word, "")
        dep = "root" if i == root else {"AUX": "aux", "PUNCT": "punct"}.get(pos, "obl")
        at = offset + start
        tokens.append(Token(i, at, at + len(word), word, word.lower(), pos, "", feats, root, dep))
    return Sentence(index, tuple(tokens))


def document(*texts: str, published: str | None = None) -> ParsedDocument:
    """Join sentences by a newline into a document."""
    sentences, offset = [], 0
    for index, text in enumerate(texts):
        sentences.append(flat(text, index=index, offset=offset))
        offset += len(text) + 1
    day = dt.date.fromisoformat(published) if published else None
    return ParsedDocument(Document(id="plain", text="\n".join(texts), published=day), tuple(sentences))


def expressions(text: str, *, published: str | None = "2017-06-01") -> list[tuple[str, str]]:
    """Return the words and the role of each time expression of a sentence."""
    dated = date_document(document(text, published=published), WORDS)
    return [(words_of(dated, each), each.role) for each in dated.expressions.get(0, ())]


def words_of(dated: DatedDocument, each: DatedExpression) -> str:
    """Return the words of an expression."""
    tokens = dated.parsed.sentences[each.sentence].tokens
    return dated.parsed.document.text[tokens[each.first].start : tokens[each.last].end]


def days(*texts: str, published: str | None = "2017-06-01") -> str | None:
    """Return the days of the last expression of the last sentence: ``2014-02-01..2014-02-28``, one day once, None for none."""
    dated = date_document(document(*texts, published=published), WORDS)
    found = dated.expressions.get(len(texts) - 1, ())
    if not found or found[-1].span is None:
        return None
    start, end = found[-1].span.inclusive()
    return start if start == end else f"{start or ''}..{end or ''}"
