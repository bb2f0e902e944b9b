"""A version of the ledger: which versions and files of its three tables belong together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec
import pyarrow as pa
from deltalake import DeltaTable
from deltalake.exceptions import DeltaError
from pyarrow import parquet

from entente.errors import LedgerError
from entente.ledger.folder import check_folder
from entente.ledger.rows import RUNS, Run, run_of


class Snapshot(msgspec.Struct, frozen=True):
    """One version of the ledger: its run, all runs up to it, and the files of its tables. Version 0 is the empty ledger.

    ``commit`` is the version of the runs table when it was read, None where there was no such table.
    """

    version: int
    runs: tuple[Run, ...]
    documents: tuple[str, ...]
    records: tuple[str, ...]
    commit: int | None = None


def read_snapshot(path: Path, version: int | None = None) -> Snapshot:
    """Return the ledger's latest committed version, or the one asked for. No lock is needed, also while another process writes.

    Raises:
        LedgerError: It is no ledger, is damaged, or has no such version (any more).
    """
    check_folder(path)
    table = open_table(path, "runs") if (path / "runs").is_dir() else None
    commit = None if table is None else table.version()
    runs = _runs_in(path, table)
    latest = runs[-1].version if runs else 0
    if version is None:
        version = latest
    _check_version(path, version, runs)
    if version == 0:
        return Snapshot(0, (), (), (), commit)
    run = runs[version - 1]
    return Snapshot(
        version,
        tuple(runs[:version]),
        files_of(path, "documents", run.documents_version),
        files_of(path, "records", run.records_version),
        commit,
    )


def is_latest(path: Path, snapshot: Snapshot) -> bool:
    """Say whether nothing was committed to the ledger since the snapshot was read: two looks into the log, for every question."""
    if snapshot.commit is None:
        return False
    log = path / "runs" / "_delta_log"
    own, following = (log / f"{version:020d}.json" for version in (snapshot.commit, snapshot.commit + 1))
    return own.exists() and not following.exists()


def read_runs(path: Path) -> list[Run]:
    """Return all committed runs, oldest first; ``runs[v - 1]`` made version ``v``."""
    return _runs_in(path, open_table(path, "runs") if (path / "runs").is_dir() else None)


def _runs_in(path: Path, table: DeltaTable | None) -> list[Run]:
    if table is None:
        return []
    rows = [row for file in _files_in(path, "runs", table) for row in read_file(path, file, RUNS.names)]
    return sorted((run_of(row) for row in rows), key=lambda run: run.version)


def _check_version(path: Path, version: int, runs: Sequence[Run]) -> None:
    latest = runs[-1].version if runs else 0
    if [run.version for run in runs] != list(range(1, latest + 1)):
        raise LedgerError(f"{path}: the ledger is damaged (a version is missing from runs); restore the folder from a copy")
    if not 0 <= version <= latest:
        raise LedgerError(f"{path}: the ledger has no version {version}; its latest is {latest}")
    oldest = runs[-1].oldest if runs else 0
    if version < oldest:
        raise LedgerError(f"{path}: version {version} was forgotten by `compact --forget`; the oldest left is {oldest}")


def files_of(path: Path, table: str, version: int | None = None) -> tuple[str, ...]:
    """Return the Parquet files of a version of a table: never a glob of its folder, where deleted rows lie too."""
    return _files_in(path, table, open_table(path, table, version))


def _files_in(path: Path, name: str, table: DeltaTable) -> tuple[str, ...]:
    actions = pa.table(table.get_add_actions())
    return tuple(str(path / name / file) for file in sorted(actions.column("path").to_pylist()))


def read_file(path: Path, file: str, columns: Sequence[str]) -> Iterator[dict[str, Any]]:
    """Yield the rows of a Parquet file of a table.

    Arrow's data sets would read through a Python file system from threads of their own, which can abort a process that is ending.
    """
    try:
        with parquet.ParquetFile(file) as rows:
            for batch in rows.iter_batches(columns=list(columns), use_threads=False):
                yield from batch.to_pylist()
    except (OSError, pa.ArrowException) as error:
        raise LedgerError(f"{path}: the ledger is damaged ({first_line(error)}); restore the folder from a copy") from error


def open_table(path: Path, table: str, version: int | None = None) -> DeltaTable:
    """Return a version of a table.

    Raises:
        LedgerError: It cannot be opened.
    """
    try:
        return DeltaTable(str(path.absolute() / table), version=version)
    except (DeltaError, OSError) as error:
        raise LedgerError(f"{path}: the {table} table cannot be opened ({first_line(error)}); is the folder whole?") from error


def first_line(error: Exception) -> str:
    """Return the first line of an error's message: the libraries below add pages of context."""
    return str(error).partition("\n")[0]
