"""The three Delta Lake tables, and how new versions of them are written."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any

import msgspec
import pyarrow as pa
from deltalake import DeltaTable, WriterProperties, write_deltalake
from deltalake.exceptions import DeltaError

from entente.errors import LedgerError
from entente.ledger.folder import check_folder, create_folder, hold_lock
from entente.ledger.rows import (
    DOCUMENTS,
    RECORDS,
    RUNS,
    Run,
    digest_of,
    documents_table,
    records_table,
    runs_table,
)
from entente.ledger.snapshot import files_of, first_line, read_file, read_runs
from entente.records.record import Record
from entente.records.text import Document

SCHEMAS = {"documents": DOCUMENTS, "records": RECORDS, "runs": RUNS}
RUNS_FILES = 64  # one row a file; more than these slow down every opening, and the next writer joins them
KEYS = {"documents": "id", "records": "document", "runs": "version"}


class Stamp(msgspec.Struct, frozen=True):
    """What a coding run worked with: the versions of entente, codebook and pipeline, its settings, when it began (UTC)."""

    entente: str
    codebook: str
    pipeline: str
    started: str
    settings: dict[str, Any] = {}


class Writer:
    """The one process that may write to a ledger, as a context manager: it holds the lock from entry to exit.

    All that one writer commits is one run. A writer that was killed leaves at most rows that no run names; the next one
    rolls them back before it writes.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.runs: list[Run] = []
        self._open = ExitStack()
        self._tables: dict[str, DeltaTable] = {}
        self._clean: dict[str, int] = {}
        self._known: dict[str, int] = {}
        self._first: int | None = None

    def __enter__(self) -> Writer:
        create_folder(self.path)
        check_folder(self.path)
        with ExitStack() as stack:
            stack.enter_context(hold_lock(self.path))
            with _named_errors(self.path):
                self._tables = {name: _create(self.path, name) for name in SCHEMAS}
                self.runs = read_runs(self.path)
                self._clean = self._committed()
                self._roll_back()
                self._known = _read_known(self.path, self.runs)
                if len(self._tables["runs"].file_uris()) > RUNS_FILES:
                    self._tables["runs"].optimize.compact()
            self._open = stack.pop_all()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._open.close()

    @property
    def version(self) -> int:
        """The latest committed version."""
        return self.runs[-1].version if self.runs else 0

    def has(self, document: Document, stamp: Stamp) -> bool:
        """Say whether the ledger holds exactly this document, coded with the same codebook and pipeline."""
        return self._known.get(document.id) == _fingerprint(digest_of(document), stamp.codebook, stamp.pipeline)

    def commit(self, coded: Sequence[tuple[Document, Sequence[Record]]], stamp: Stamp, finished: str) -> Run:
        """Write whole documents with their records as one new version, in place of those with the same ids.

        Args:
            coded: Documents with their records; of two with one id the later counts.
            stamp: What they were coded with.
            finished: The time of the commit, ISO 8601 in UTC.
        """
        batch = {document.id: (document, records) for document, records in coded}
        old = [name for name in batch if name in self._known]
        version = self.version + 1
        records = [record for _, found in batch.values() for record in found]
        with _named_errors(self.path):
            self._roll_back()
            self._replace("documents", old, documents_table((document for document, _ in batch.values()), version))
            self._replace("records", old, records_table(records, version))
            self._first = self._first or version
            run = self._run(stamp, finished, run=self._first, documents=len(batch), replaced=len(old), records=len(records))
            self._append_run(run)
        for name, (document, _) in batch.items():
            self._known[name] = _fingerprint(digest_of(document), stamp.codebook, stamp.pipeline)
        return run

    def compact(self, stamp: Stamp, finished: str, *, forget: bool = False) -> Run | None:
        """Join small files; with ``forget`` also delete what only old versions need, after which these are gone for good.

        Returns:
            The run that records it, or None where there was nothing to do.
        """
        if not self.runs:
            return None
        with _named_errors(self.path):
            self._roll_back()
            for table in self._tables.values():
                table.optimize.compact()
            if not forget and all(self._tables[name].version() == version for name, version in self._clean.items()):
                return None
            run = self._run(stamp, finished, operation="compact", run=self.version + 1)
            self._append_run(msgspec.structs.replace(run, oldest=run.version) if forget else run)
            if forget:
                _vacuum(self._tables["documents"])
                _vacuum(self._tables["records"])
        return self.runs[-1]

    def _run(
        self,
        stamp: Stamp,
        finished: str,
        *,
        run: int,
        operation: str = "code",
        documents: int = 0,
        replaced: int = 0,
        records: int = 0,
    ) -> Run:
        return Run(
            version=self.version + 1,
            run=run,
            operation=operation,
            started=stamp.started,
            finished=finished,
            entente=stamp.entente,
            codebook=stamp.codebook,
            pipeline=stamp.pipeline,
            settings=stamp.settings,
            documents=documents,
            replaced=replaced,
            records=records,
            documents_version=self._tables["documents"].version(),
            records_version=self._tables["records"].version(),
            oldest=self.runs[-1].oldest if self.runs else 0,
        )

    def _append_run(self, run: Run) -> None:
        """Commit the row that makes what was written before it visible."""
        _append(self._tables["runs"], runs_table(run))
        self.runs.append(run)
        self._clean = self._committed()

    def _replace(self, name: str, old: Sequence[str], rows: pa.Table) -> None:
        """Delete the rows of the documents ``old``, then append: two commits, of which only the second is ever named."""
        if old:
            ids = pa.table({"id": pa.array(old, pa.string())})
            merge = self._tables[name].merge(ids, f"t.{KEYS[name]} = s.id", source_alias="s", target_alias="t")
            merge.when_matched_delete().execute()
        if rows.num_rows:
            _append(self._tables[name], rows)

    def _committed(self) -> dict[str, int]:
        run = self.runs[-1] if self.runs else None
        return {"documents": run.documents_version if run else 0, "records": run.records_version if run else 0}

    def _roll_back(self) -> None:
        """Bring the tables back to what the last run names, if somebody was killed or stopped between two commits."""
        for name, version in self._clean.items():
            if self._tables[name].version() != version:
                self._tables[name].restore(version)
                self._clean[name] = self._tables[name].version()


@contextmanager
def _named_errors(path: Path) -> Iterator[None]:
    try:
        yield
    except (DeltaError, OSError, pa.ArrowException) as error:
        raise LedgerError(f"{path}: the ledger could not be written ({first_line(error)}); the last version stands") from error


def _create(path: Path, name: str) -> DeltaTable:
    configuration = {"delta.enableExpiredLogCleanup": "false", "delta.dataSkippingStatsColumns": KEYS[name]}
    return DeltaTable.create(str(path.absolute() / name), SCHEMAS[name], mode="ignore", configuration=configuration)


def _append(table: DeltaTable, rows: pa.Table) -> None:
    write_deltalake(table, rows, mode="append", writer_properties=WriterProperties(compression="ZSTD"))


def _vacuum(table: DeltaTable) -> None:
    table.vacuum(retention_hours=0, enforce_retention_duration=False, dry_run=False, full=True)


def _read_known(path: Path, runs: Sequence[Run]) -> dict[str, int]:
    """Return a fingerprint for every document of the ledger, by id: about 150 bytes of memory each."""
    made_by = {run.version: run for run in runs}
    known: dict[str, int] = {}
    for file in files_of(path, "documents", runs[-1].documents_version) if runs else ():
        for row in read_file(path, file, ("id", "digest", "run")):
            run = made_by[row["run"]]
            known[row["id"]] = _fingerprint(row["digest"], run.codebook, run.pipeline)
    return known


def _fingerprint(digest: str, codebook: str, pipeline: str) -> int:
    said = "\x00".join((digest, codebook, pipeline))
    return int.from_bytes(hashlib.sha256(said.encode()).digest()[:8])
