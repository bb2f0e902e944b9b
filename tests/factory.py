"""Builds sentences and documents by hand, for tests: words with their annotations in view."""

from __future__ import annotations

import datetime as dt

from entente.records.annotations import ParsedDocument, Sentence, Token
from entente.records.text import Document


def sentence(rows: str, *, index: int = 0, offset: int = 0) -> Sentence:
    """Build a sentence from lines of ``text lemma pos dep head [feats [entity]]``; ``head`` counts words from 1, 0 is the root.

    Words are joined by one blank, so offsets are those of ``" ".join(words)``.
    """
    tokens, start = [], offset
    for i, row in enumerate(line.split() for line in rows.strip().splitlines()):
        text, lemma, pos, dep, head = row[:5]
        feats = row[5] if len(row) > 5 and row[5] != "_" else ""
        entity = row[6] if len(row) > 6 else ""
        tokens.append(
            Token(
                i=i,
                start=start,
                end=start + len(text),
                text=text,
                lemma=lemma,
                pos=pos,
                tag="",
                feats=feats,
                head=i if head == "0" else int(head) - 1,
                dep=dep,
                entity=entity,
            )
        )
        start += len(text) + 1
    return Sentence(index, tuple(tokens))


def parsed(*sentences: Sentence, published: dt.date | None = None) -> ParsedDocument:
    """Join sentences built with consecutive offsets into a document."""
    text = "".join(
        " " * (t.start - (0 if k == 0 else ts[k - 1].end)) + t.text
        for ts in [[t for s in sentences for t in s.tokens]]
        for k, t in enumerate(ts)
    )
    return ParsedDocument(Document(id="hand-made", text=text, published=published), sentences)
