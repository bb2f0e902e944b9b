"""The way in: sources become documents, documents become records, and a summary counts them. Nothing is kept."""

from __future__ import annotations

import datetime as dt
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


def code_sources(
    coder: Coder, items: Iterable[Document | SetAside], summary: RunSummary, progress: Progress | None = None
) -> Iterator[tuple[Document, list[Record]]]:
    """Yield each document with its records as they are coded, counting into ``summary`` what was coded and what set aside.

    Nothing is kept: a stream of any length takes the same memory.
    """
    for document, found in coder.code_documents(_documents_among(items, summary)):
        if isinstance(found, DocumentError):
            summary.set_aside.append(SetAside(document.source or "document", None, f"{document.id}: {found}"))
        else:
            summary.count(found)
            yield document, found
        if progress is not None:
            progress(summary)


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
