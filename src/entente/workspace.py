"""The workspace: settings, codebook, coder and ledger put together. It is what `entente.open` returns."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

from entente import __version__
from entente.errors import InputError, LedgerError
from entente.intake import Progress, RunSummary, Source, code_sources, read_sources
from entente.ledger.filters import RecordFilter, first_day, last_day
from entente.ledger.folder import check_folder
from entente.ledger.queries import Answer, LedgerInfo, Reader
from entente.ledger.rows import Run
from entente.ledger.tables import Stamp, Writer
from entente.reading.fields import day_of
from entente.reading.files import SetAside
from entente.records.record import KINDS, Record
from entente.records.text import Document

if TYPE_CHECKING:  # for speed: these load the language pipeline or the numbers, which most readers of a ledger do not need
    from entente.analysis.commitments import Commitments
    from entente.analysis.contradictions import Contradictions
    from entente.analysis.dependence import Dependence, Exposure
    from entente.analysis.dyads import Dyads
    from entente.analysis.network import Network
    from entente.analysis.page import Brief
    from entente.analysis.questions import Day, Questions
    from entente.analysis.sides import Side
    from entente.analysis.similarity import Similarity
    from entente.analysis.stance import Stance
    from entente.analysis.standing import Standing
    from entente.codebook.load import Codebook
    from entente.coder import Coder
    from entente.coding.fusion import Precision

DOCUMENTS_A_COMMIT = 500
CHARACTERS_A_COMMIT = 8_000_000
SECONDS_A_COMMIT = 20.0
"""A commit holds at most so much, so that a run that is killed loses little; it costs about 30 ms."""


def load(codebook: str | Path | None = None, *, model: bool = False, precision: Precision = "balanced") -> Coder:
    """Return a coder with the shipped pipeline and codebook, or with the codebook in the folder that is given.

    Args:
        codebook: A folder with a codebook.
        model: Whether the learned reader has a say beside the rules.
        precision: What the two shall prefer where they are unsure: ``high``, ``balanced`` or ``recall``.

    Raises:
        PipelineError: The pipeline is missing.
        CodebookError: The codebook is malformed.
    """
    from entente.coder import load_coder  # loads the language pipeline

    return load_coder(None if codebook is None else Path(codebook), model=model, precision=precision)


def open_workspace(
    path: str | Path,
    version: int | None = None,
    codebook: str | Path | None = None,
    *,
    model: bool = False,
    precision: Precision = "balanced",
) -> Workspace:
    """Return the workspace of the ledger at ``path``: settings, codebook, coder and ledger together.

    Args:
        path: The ledger's folder; it need not be there yet.
        version: Read the ledger as of this version, so that a published figure can be had again.
        codebook: A folder with a codebook, in place of the shipped one.
        model: Whether the learned reader has a say beside the rules.
        precision: What the two shall prefer where they are unsure: ``high``, ``balanced`` or ``recall``.

    Raises:
        LedgerError: The path is there and is no ledger, or has no such version.
    """
    return Workspace(path, version=version, codebook=codebook, model=model, precision=precision)


class Workspace:
    """A ledger with the coder that fills it and the questions that it answers; a context manager.

    The coder and the files are opened when they are first needed: asking a ledger loads no language pipeline.
    """

    def __init__(
        self,
        path: str | Path,
        version: int | None = None,
        codebook: str | Path | None = None,
        coder: Coder | None = None,
        *,
        model: bool = False,
        precision: Precision = "balanced",
    ) -> None:
        """Open the ledger at ``path``; it need not be there yet.

        Args:
            path: The ledger's folder.
            version: Read the ledger as of this version; nothing can then be written.
            codebook: A folder with a codebook, in place of the shipped one.
            coder: A coder at hand, in place of the shipped one.
            model: Whether the learned reader has a say beside the rules.
            precision: What the two shall prefer where they are unsure: ``high``, ``balanced`` or ``recall``.

        Raises:
            LedgerError: The path is there and is no ledger, or has no such version.
        """
        self.path = Path(path)
        self.version = version
        self._codebook_path = None if codebook is None else Path(codebook)
        self._coder = coder
        self._model, self._precision = model, precision
        self._codebook: Codebook | None = None
        self._reader: Reader | None = None
        self._questions: Questions | None = None
        self._standing: Standing | None = None
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
            self._reader = self._questions = self._standing = None

    # --- coding ---------------------------------------------------------------------------------------------------------

    @property
    def coder(self) -> Coder:
        """The coder, loaded when it is first needed."""
        if self._coder is None:
            self._coder = load(self._codebook_path, model=self._model, precision=self._precision)
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

        A run that is stopped keeps the batches that it committed, and the same call goes on from there. Of two documents with one
        id in the sources the first is coded; see `entente.intake.vet_documents` for what is set aside.

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
                for document, records in code_sources(self.coder, items, summary, progress, intake.new_among):
                    intake.take(document, records)
            finally:
                intake.commit()
            summary.version = writer.version
        return summary

    def add(self, coded: Iterable[tuple[Document, list[Record]]], *, origin: str, progress: Progress | None = None) -> RunSummary:
        """Write documents that bring their records with them, as imported tables do; what is there already is left alone.

        Args:
            coded: Documents with their records.
            origin: What made the records, with its version: it stands where the pipeline stands for coded documents.
            progress: Called after each document with the summary so far.

        Raises:
            LedgerError: The workspace is open as of a version, another process writes, or the folder is no ledger.
        """
        if self.version is not None:
            raise LedgerError(f"{self.path}: opened as of version {self.version}; open it without a version to add to it")
        summary = RunSummary()
        stamp = Stamp(__version__, "", origin, _now(), {"origin": origin})
        with Writer(self.path) as writer:
            intake = _Intake(writer, stamp, summary, recode=False)
            try:
                for document, records in coded:
                    if next(iter(intake.new_among([document])), None) is not None:
                        summary.count(records)
                        intake.take(document, records)
                    if progress is not None:
                        progress(summary)
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

    # --- measuring ------------------------------------------------------------------------------------------------------

    @property
    def questions(self) -> Questions:
        """The measures, with the ledger's facts, the codebook's choices and who belongs to which side; read once and kept."""
        if self._questions is None:
            from entente.analysis.questions import Questions  # loads NumPy

            self._questions = Questions(self._reading, self._codebook_path)
        return self._questions

    def dyads(self, one: Side, other: Side, *, by: str = "month", since: Day = None, until: Day = None, **how: Any) -> Dyads:
        """Return what two sides do to each other over time; for ``how`` see `Questions.dyads`."""
        return self.questions.dyads(one, other, by=by, since=since, until=until, **how)

    def stance(
        self,
        states: str | Iterable[str],
        between: tuple[Side, Side],
        *,
        by: str = "year",
        since: Day = None,
        until: Day = None,
        **how: Any,
    ) -> Stance:
        """Return where states stand between two sides; for ``how`` see `Questions.stance`."""
        return self.questions.stance(states, between, by=by, since=since, until=until, **how)

    def similarity(
        self, states: str | Iterable[str], others: str | Iterable[str], *, since: Day = None, until: Day = None, **how: Any
    ) -> Similarity:
        """Return how alike states vote in imported roll calls; for ``how`` see `Questions.similarity`."""
        return self.questions.similarity(states, others, since=since, until=until, **how)

    def network(self, *, since: Day = None, until: Day = None, **how: Any) -> Network:
        """Return who is tied to whom, how far ties fall into two camps, and who mediates; ``how`` as in `Questions.network`."""
        return self.questions.network(since=since, until=until, **how)

    @property
    def standing(self) -> Standing:
        """Dependence, exposure, commitments, contradictions and the brief; what they need is read once and kept."""
        if self._standing is None:
            from entente.analysis.standing import Standing  # loads NumPy

            self._standing = Standing(self.questions, self._codebook_path)
        return self._standing

    def dependence(self, of: Side | None = None, on: Side | None = None, *, as_of: Day = None) -> Dependence:
        """Return what states depend on; see `Standing.dependence`."""
        return self.standing.dependence(of, on, as_of=as_of)

    def exposure(self, act: str, *, as_of: Day = None) -> Exposure:
        """Return who is hit if an act, such as ``SANCTION WEST RUS``, cuts a link; see `Standing.exposure`."""
        return self.standing.exposure(act, as_of=as_of)

    def commitments(self, by: Side | None = None, to: Side | None = None, status: str | Iterable[str] = ()) -> Commitments:
        """Return undertakings with what became of them; see `Standing.commitments`."""
        return self.standing.commitments(by, to, status)

    def contradictions(
        self, state: Side, between: tuple[Side, Side] | None = None, *, limit: int | None = None
    ) -> Contradictions:
        """Return the contradictions of a state, the strongest first; see `Standing.contradictions`."""
        return self.standing.contradictions(state, between, limit=limit)

    def brief(self, state: str, between: tuple[Side, Side], *, since: Day = None, until: Day = None) -> Brief:
        """Return one page on where a state stands between two sides; see `Standing.brief`."""
        return self.standing.brief(state, between, since=since, until=until)

    # --- the ledger itself ----------------------------------------------------------------------------------------------

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


def _visible_entries(folder: Path) -> bool:
    return any(not entry.name.startswith(".") for entry in folder.iterdir())


def _several(value: str | Iterable[str]) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value)


def _day(value: dt.date | str | None) -> dt.date | None:

    return day_of(value) if isinstance(value, str) else value


def _now() -> str:
    return dt.datetime.now(dt.UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
