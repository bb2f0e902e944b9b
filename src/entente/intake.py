"""The way in: sources become documents, documents become records, and a summary counts them. Nothing is kept."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, cast

from entente.errors import DocumentError
from entente.reading.fields import document_of
from entente.reading.files import SetAside, read_paths
from entente.records.record import KINDS, Record
from entente.records.text import Document

if TYPE_CHECKING:  # for speed: it loads the language pipeline
    from entente.coder import Coder

Source = Document | SetAside | Mapping[str, object] | str | Path
"""What can be coded: a document, its fields, or the path of a file, folder or glob with documents."""


class RunSummary:
    """What a run has done so far.

    Attributes:
        coded: Documents that were coded.
        replaced: How many of these took the place of an older text or codebook's records.
        unchanged: Documents that the ledger held already, coded alike.
        records: Records made, by kind.
        set_aside: Documents that could not be read or coded, with file, line and reason.
        version: The ledger's version after the run; None where there is no ledger.
    """

    def __init__(self) -> None:
        self.coded = 0
        self.replaced = 0
        self.unchanged = 0
        self.records: dict[str, int] = dict.fromkeys(KINDS, 0)
        self.set_aside: list[SetAside] = []
        self.version: int | None = None

    def __repr__(self) -> str:
        records = sum(self.records.values())
        return f"<RunSummary: {self.coded} documents coded, {records} records, {len(self.set_aside)} set aside>"

    def count(self, records: Iterable[Record]) -> None:
        """Count a coded document and its records."""
        self.coded += 1
        for record in records:
            self.records[record.kind] += 1


Progress = Callable[[RunSummary], None]


Choice = Callable[[Iterable[Document | SetAside]], Iterable[Document | SetAside]]
"""Leaves out documents that need not be coded."""


def code_sources(
    coder: Coder,
    items: Iterable[Document | SetAside],
    summary: RunSummary,
    progress: Progress | None = None,
    choose: Choice | None = None,
) -> Iterator[tuple[Document, list[Record]]]:
    """Yield each document with its records as they are coded, counting into ``summary`` what was coded and what set aside.

    Nothing is kept but sixteen bytes a document, by which two of one id are told apart.

    Args:
        coder: Makes the records.
        items: Documents, and what could not be read.
        summary: Counts.
        progress: Called after each document.
        choose: What of the documents that can be coded is to be coded; all where it is None.
    """
    vetted = vet_documents(items)
    for document, found in coder.code_documents(_documents_among(vetted if choose is None else choose(vetted), summary)):
        if isinstance(found, DocumentError):
            summary.set_aside.append(_aside(document, str(found)))
        else:
            summary.count(found)
            yield document, found
        if progress is not None:
            progress(summary)


def vet_documents(items: Iterable[Document | SetAside]) -> Iterator[Document | SetAside]:
    """Yield what can be coded, and set aside what cannot.

    Set aside are documents in another language than the coder reads, and those whose id came before with another text, date or
    title: which of two was meant nobody can tell, and the records of the later would take the place of the earlier's. A document
    that comes twice, word for word, is coded once.
    """
    seen: dict[bytes, bytes] = {}
    for item in items:
        if isinstance(item, SetAside):
            yield item
            continue
        if not _is_read(item.language):
            yield _aside(
                item, f"its `language` is {item.language!r}, and only English is read; leave the field out if it is wrong"
            )
            continue
        id_, content = _digest(item.id), _digest(item.text, item.title, item.published)
        if id_ not in seen:
            seen[id_] = content
            yield item
        elif seen[id_] != content:
            yield _aside(item, "its id came before in this input, with another text, date or title; give each an id of its own")


def _is_read(language: str | None) -> bool:
    """Return whether a document in a language is read: English by any name, or one that nobody named (``und``)."""
    name = (language or "").strip().lower().replace("_", "-").partition("-")[0]
    return name in ("", "und", "en", "eng", "english")


def _aside(document: Document, reason: str) -> SetAside:
    return SetAside(document.source or "document", None, f"{document.id}: {reason}")


def _digest(*parts: object) -> bytes:
    return hashlib.blake2b(repr(parts).encode("utf-8", "surrogatepass"), digest_size=8).digest()


def read_sources(sources: Source | Iterable[Source], *, published: dt.date | None = None) -> Iterator[Document | SetAside]:
    """Return the documents of the sources in order, and a `SetAside` for each that cannot be read.

    Args:
        sources: One source or many. Strings are paths, never texts: a text goes into a `Document` or a dictionary.
        published: The date of documents that give none.

    Raises:
        InputError: A path is not there; of a list of paths, before anything is read.
    """
    if isinstance(sources, Document | SetAside | Mapping | str | Path):
        sources = [sources]
    if isinstance(sources, Sequence) and all(isinstance(source, str | Path) for source in sources):
        return read_paths(cast("Sequence[str | Path]", sources), published=published)
    return _read_mixed(sources, published)


def _read_mixed(sources: Iterable[Source], published: dt.date | None) -> Iterator[Document | SetAside]:
    for number, source in enumerate(sources, 1):
        if isinstance(source, Document | SetAside):
            yield source
        elif isinstance(source, Mapping):
            try:
                yield document_of(source, published=published)
            except DocumentError as error:
                yield SetAside("documents", number, str(error))
        else:
            yield from read_paths([source], published=published)


def _documents_among(items: Iterable[Document | SetAside], summary: RunSummary) -> Iterator[Document]:
    for item in items:
        if isinstance(item, Document):
            yield item
        else:
            summary.set_aside.append(item)
