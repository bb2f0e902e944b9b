"""Texts: the document as it was read, and spans of it."""

from __future__ import annotations

from datetime import date

from msgspec import Struct


class Document(Struct, frozen=True, kw_only=True):
    """One report, its text fixed for good.

    Offsets anywhere in entente count code points of ``text`` exactly as it was read; the title is a text of its own.
    """

    id: str
    text: str
    published: date | None = None
    title: str | None = None
    source: str | None = None
    url: str | None = None
    language: str | None = None
    newline_ends_sentence: bool = True


class TextSpan(Struct, frozen=True):
    """A stretch of a document's text: code points, half-open, and the words themselves."""

    start: int
    end: int
    text: str
