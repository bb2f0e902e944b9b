"""The workspace: settings, codebook, coder and ledger put together. It is what `entente.open` returns."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, cast

from entente.errors import DocumentError, InputError, LedgerError
from entente.ledger.folder import check_folder
from entente.ledger.queries import Answer, LedgerInfo, Reader, RecordFilter, first_day, last_day
from entente.ledger.rows import Run
from entente.ledger.tables import Stamp, Writer
from entente.reading.fields import day_of, document_of
from entente.reading.files import SetAside, read_paths
from entente.records.record import KINDS, Record
from entente.records.text import Document

if TYPE_CHECKING:  # for speed: these load the language pipeline, which a reader of a ledger does not need
    from entente.codebook.load import Codebook
    from entente.coder import Coder

Source = Document | SetAside | Mapping[str, object] | str | Path
"""What can be coded: a document, its fields, or the path of a file, folder or glob with documents."""

DOCUMENTS_A_COMMIT = 500
CHARACTERS_A_COMMIT = 8_000_000
SECONDS_A_COMMIT = 20.0
"""A commit holds at most so much, so that a run that is killed loses little; it costs about 30 ms."""


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


class Workspace:
    """A ledger with the coder that fills it and the questions that it answers; a context manager.

    The coder and the files are opened when they are first needed: asking a ledger loads no language pipeline.
    """

    def __init__(
        self, path: str | Path, version: int | None = None, codebook: str | Path | None = None, coder: Coder | None = None
    ) -> None:
        """Open the ledger at ``path``; it need not be there yet.

        Args:
            path: The ledger's folder.
            version: Read the ledger as of this version; nothing can then be written.
            codebook: A folder with a codebook, in place of the shipped one.
            coder: A coder at hand, in place of the shipped one.

        Raises:
            LedgerError: The path is there and is no ledger, or has no such version.
        """
        self.path = Path(path)
        self.version = version
        self._codebook_path = None if codebook is None else Path(codebook)
        self._coder = coder
        self._codebook: Codebook | None = None
        self._reader: Reader | None = None
        if version is not None:
            self._reader = Reader(self.path, version)
        elif self.path.exists() and not (self.path.is_dir() and not _visible_entries(self.path)):
            check_folder(self.path)

    def __enter__(self) -> Workspace:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the ledger's files."""
        if self._reader is not None:
            self._reader.close()
            self._reader = None

    # --- coding ---------------------------------------------------------------------------------------------------------

    @property
    def coder(self) -> Coder:
        """The coder, loaded when it is first needed."""
        if self._coder is None:
            from entente.coder import load_coder  # loads the language pipeline

            self._coder = load_coder(self._codebook_path)
        return self._coder

    @property
    def codebook(self) -> Codebook:
        """The codebook that the coder works with."""
        if self._codebook is None:
            from entente.codebook.load import load_codebook

            self._codebook = load_codebook(self._codebook_path)
        return self._codebook

    def code(
        self,
        sources: Source | Iterable[Source],
        *,
        published: dt.date | str | None = None,
        recode: bool = False,
        progress: Progress | None = None,
    ) -> RunSummary:
        """Code documents into the ledger, in batches of whole documents; what is there already, coded alike, is left alone.

        A run that is stopped keeps the batches that it committed, and the same call goes on from there.

        Args:
            sources: Documents, dictionaries with their fields, or paths of files, folders and globs.
            published: The date of documents that give none; never today.
            recode: Code again what the ledger holds already.
            progress: Called after each document with the summary so far.

        Raises:
            LedgerError: The workspace is open as of a version, another process writes, or the folder is no ledger.
            InputError: A path is not there, or ``published`` is no date.
        """
        if self.version is not None:
            raise LedgerError(
                f"{self.path}: opened as of version {self.version}, where nothing can be added; open it without a version"
            )
        day = _day(published)
        summary = RunSummary()
        settings = {"published": None if day is None else day.isoformat(), "recode": recode}
        stamp = Stamp(self.coder.stamp.entente, self.coder.stamp.codebook, self.coder.stamp.pipeline, _now(), settings)
        items = read_sources(sources, published=day)
        with Writer(self.path) as writer:
            intake = _Intake(writer, stamp, summary, recode)
            try:
                for document, records in code_sources(self.coder, intake.new_among(items), summary, progress):
                    intake.take(document, records)
            finally:
                intake.commit()
            summary.version = writer.version
        return summary

    # --- asking ---------------------------------------------------------------------------------------------------------

    def records(
        self,
        *,
        actor: str | Iterable[str] = (),
        recipient: str | Iterable[str] = (),
        kind: str | Iterable[str] = (),
        type: str | Iterable[str] = (),
        mode: str | Iterable[str] = (),
        status: str | Iterable[str] = (),
        document: str | Iterable[str] = (),
        since: dt.date | str | None = None,
        until: dt.date | str | None = None,
    ) -> Answer:
        """Return the records that meet all conditions; of several values for one condition any will do.

        Args:
            actor: Codes among the actors: ``BLR``, or ``SYR.REB`` with a sector.
            recipient: Codes among the recipients.
            kind: event, tie, commitment, position or vote.
            type: Types, in any case.
            mode: Modes, in any case.
            status: actual, future, hypothetical, negated or historical.
            document: Documents' ids.
            since: The first day, month or year. Records without a date are left out, and counted in the answer's ``undated``.
            until: The last day, month or year, inclusive.
        """
        wanted = RecordFilter(
            actor=_several(actor),
            recipient=_several(recipient),
            kind=_several(kind),
            type=_several(type),
            mode=_several(mode),
            status=_several(status),
            document=_several(document),
            since=first_day(since) if isinstance(since, str) else since,
            until=last_day(until) if isinstance(until, str) else until,
        )
        if unknown := [name for name in wanted.kind if name not in KINDS]:
            raise InputError(f"{unknown[0]!r} is no kind; the kinds are {', '.join(KINDS)}")
        return self._reading.records(wanted)

    def sql(self, query: str, values: Iterable[Any] = ()) -> Answer:
        """Answer a query over ``documents``, ``records``, ``runs`` and ``participants`` (see the ledger's `Reader.sql`)."""
        return self._reading.sql(query, list(values))

    def states(self) -> Answer:
        """Return for every code how many records of each kind it stands in, the most frequent first."""
        return self._reading.states()

    def info(self) -> LedgerInfo:
        """Return what the ledger holds and how it came about."""
        return self._reading.info()

    def compact(self, *, forget: bool = False) -> Run | None:
        """Join the ledger's small files; with ``forget`` delete what only older versions need: they cannot be opened any more."""
        if self.version is not None:
            raise LedgerError(f"{self.path}: opened as of version {self.version}; open it without a version to compact it")
        check_folder(self.path)
        from entente import __version__

        with Writer(self.path) as writer:
            last = writer.runs[-1] if writer.runs else None
            stamp = Stamp(__version__, last.codebook if last else "", last.pipeline if last else "", _now(), {"forget": forget})
            return writer.compact(stamp, _now(), forget=forget)

    @property
    def _reading(self) -> Reader:
        if self._reader is None:
            self._reader = Reader(self.path)
        return self._reader


class _Intake:
    """Chooses the documents that the ledger lacks, and hands them to the writer in batches once they are coded."""

    def __init__(self, writer: Writer, stamp: Stamp, summary: RunSummary, recode: bool) -> None:
        self.writer = writer
        self.stamp = stamp
        self.summary = summary
        self.recode = recode
        self._on_the_way: set[str] = set()
        self._coded: list[tuple[Document, list[Record]]] = []
        self._characters = 0
        self._since = time.monotonic()

    def new_among(self, items: Iterable[Document | SetAside]) -> Iterator[Document | SetAside]:
        """Yield what is to be coded; a document that the ledger holds, coded alike, is only counted."""
        for item in items:
            if (
                isinstance(item, Document)
                and not self.recode
                and item.id not in self._on_the_way
                and self.writer.has(item, self.stamp)
            ):
                self.summary.unchanged += 1
                continue
            if isinstance(item, Document):
                self._on_the_way.add(item.id)
            yield item

    def take(self, document: Document, records: list[Record]) -> None:
        """Keep a coded document, and commit if the batch is large or old enough."""
        self._coded.append((document, records))
        self._characters += len(document.text)
        full = len(self._coded) >= DOCUMENTS_A_COMMIT or self._characters >= CHARACTERS_A_COMMIT
        if full or time.monotonic() - self._since >= SECONDS_A_COMMIT:
            self.commit()

    def commit(self) -> None:
        """Commit what is kept, if anything is."""
        coded, self._coded, self._characters = self._coded, [], 0
        if coded:
            self.summary.replaced += self.writer.commit(coded, self.stamp, _now()).replaced
            self._on_the_way.difference_update(document.id for document, _ in coded)
        self._since = time.monotonic()


def _documents_among(items: Iterable[Document | SetAside], summary: RunSummary) -> Iterator[Document]:
    for item in items:
        if isinstance(item, Document):
            yield item
        else:
            summary.set_aside.append(item)


def _visible_entries(folder: Path) -> bool:
    return any(not entry.name.startswith(".") for entry in folder.iterdir())


def _several(value: str | Iterable[str]) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value)


def _day(value: dt.date | str | None) -> dt.date | None:

    return day_of(value) if isinstance(value, str) else value


def _now() -> str:
    return dt.datetime.now(dt.UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
