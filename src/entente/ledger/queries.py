"""Questions to a ledger, answered by DuckDB over the files of one version, and answers in the form that is asked for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any

import duckdb
import msgspec
import pyarrow as pa

from entente.errors import InputError, LedgerError
from entente.ledger.columns import Naming, read_columns
from entente.ledger.filters import RecordFilter
from entente.ledger.folder import FORMAT, size_of
from entente.ledger.frames import pandas_of, polars_of
from entente.ledger.rows import DOCUMENTS, RECORDS, RUNS, Run, record_of, runs_table
from entente.ledger.snapshot import Snapshot, is_latest, read_snapshot
from entente.records.record import Record


class Answer:
    """The rows of a query, as an Arrow table, a pandas or polars frame, records or plain dictionaries.

    ``undated`` counts the records that were left out because the filter asks for days and they have none.
    """

    def __init__(self, table: pa.Table, undated: int = 0) -> None:
        self._table = table
        self.undated = undated

    def __len__(self) -> int:
        return int(self._table.num_rows)

    def __iter__(self) -> Iterator[dict[str, Any]]:
        return iter(self.rows())

    @property
    def columns(self) -> list[str]:
        """The names of the columns."""
        return list(self._table.column_names)

    def arrow(self) -> pa.Table:
        """Return the rows as an Arrow table. Days are inclusive, attributes JSON in a string."""
        return self._table

    def df(self) -> Any:
        """Return the rows as a pandas frame."""
        return pandas_of(self._table)

    def pl(self) -> Any:
        """Return the rows as a polars frame."""
        return polars_of(self._table)

    def rows(self) -> list[dict[str, Any]]:
        """Return the rows as dictionaries."""
        return self._table.to_pylist()  # type: ignore[no-any-return]

    def records(self, limit: int | None = None) -> list[Record]:
        """Return the rows, or the first ``limit``, as records, as the coder made them.

        Raises:
            InputError: The rows are not those of the records table.
        """
        if missing := [name for name in RECORDS.names if name != "run" and name not in self._table.column_names]:
            raise InputError(f"these rows are no records: the column {missing[0]!r} is missing; select * from records")
        return [record_of(row) for row in self._table.slice(0, limit).to_pylist()]


_ORDER = "published nulls last, document, sentence, evidence.start, id"


class Reader:
    """Answers questions about one version of a ledger, or always about the latest. Many may read while one process writes."""

    def __init__(self, path: Path, version: int | None = None) -> None:
        """Open the ledger, as of ``version`` where one is given.

        Raises:
            LedgerError: It is no ledger, is damaged, or has no such version.
        """
        self.path = path
        self.fixed = version
        self._snapshot = read_snapshot(path, version)
        self._connection = _connect(path, self._snapshot)

    def close(self) -> None:
        """Let go of the files."""
        self._connection.close()

    def _refreshed(self) -> duckdb.DuckDBPyConnection:
        """Return the database, brought up to the latest version unless one was asked for."""
        if self.fixed is None and not is_latest(self.path, self._snapshot):
            newest = read_snapshot(self.path)
            if newest.version != self._snapshot.version:
                self._connection.close()
                self._connection = _connect(self.path, newest)
            self._snapshot = newest
        return self._connection

    @property
    def snapshot(self) -> Snapshot:
        """The version that questions are answered from."""
        self._refreshed()
        return self._snapshot

    def sql(self, query: str, values: Sequence[Any] = ()) -> Answer:
        """Answer a query over the tables ``documents``, ``records``, ``runs`` and ``participants``; nothing can be written.

        Args:
            query: One statement in DuckDB's SQL.
            values: The values of its question marks.

        Raises:
            InputError: The query is wrong.
            LedgerError: A file of the ledger cannot be read.
        """
        connection = self._refreshed()
        try:
            _check_query(query)
            return Answer(connection.sql(query, params=list(values)).to_arrow_table())
        except duckdb.IOException as error:
            raise LedgerError(f"{self.path}: a file of the ledger cannot be read ({_first_line(error)})") from error
        except duckdb.Error as error:
            raise InputError(f"the query failed: {error}") from error

    def columns(self, names: Sequence[str], naming: Naming | None = None) -> pa.Table:
        """Return some columns of the records, several times sooner than by SQL; see `read_columns`.

        Args:
            names: Columns; nested ones with a stop, as ``date.start``.
            naming: Which records; all of them where it is None.

        Raises:
            LedgerError: A file of the ledger cannot be read.
        """
        try:
            return read_columns(self.snapshot.records, names, naming)
        except (OSError, pa.ArrowInvalid) as error:
            raise LedgerError(f"{self.path}: a file of the ledger cannot be read ({_first_line(error)})") from error

    def records(self, wanted: RecordFilter) -> Answer:
        """Return the records that pass the filter, in the order of publication, document and sentence."""
        conditions, values = wanted.conditions()
        days, day_values = wanted.day_conditions()
        query = f"select * from records where {_all_of(conditions + days)} order by {_ORDER}"
        answer = self.sql(query, values + day_values)
        if days:
            undated = f"select count(*) as n from records where {_all_of([*conditions, 'date is null'])}"
            answer.undated = self.sql(undated, values).rows()[0]["n"]
        return answer

    def states(self) -> Answer:
        """Return for every code how many records of each kind it stands in, the most frequent first."""
        return self.sql(_sql("states"))

    def info(self) -> LedgerInfo:
        """Return what the ledger holds and how it came about."""
        snapshot = self.snapshot
        kinds = self.sql("select kind, count(*) as n from records group by kind order by kind").rows()
        return LedgerInfo(
            path=str(self.path),
            format=FORMAT,
            version=snapshot.version,
            documents=self.sql("select count(*) as n from documents").rows()[0]["n"],
            records={row["kind"]: row["n"] for row in kinds},
            runs=snapshot.runs,
            bytes=size_of(self.path),
        )


class LedgerInfo(msgspec.Struct, frozen=True, kw_only=True):
    """A ledger in figures: records by kind, runs oldest first, bytes on disk with all versions."""

    path: str
    format: int
    version: int
    documents: int
    records: dict[str, int]
    runs: tuple[Run, ...]
    bytes: int


def _check_query(query: str) -> None:
    statements = duckdb.extract_statements(query)
    if len(statements) != 1:
        raise InputError(f"a query is one statement, not {len(statements)}")
    if statements[0].type not in (duckdb.StatementType.SELECT, duckdb.StatementType.EXPLAIN):
        raise InputError("a query only reads; begin it with SELECT, FROM, WITH, DESCRIBE or SUMMARIZE")


def _connect(path: Path, snapshot: Snapshot) -> duckdb.DuckDBPyConnection:
    """Return a database in memory with the version's tables as views, that can reach no file outside the ledger."""
    connection = duckdb.connect(":memory:", config={"autoinstall_known_extensions": False, "autoload_known_extensions": False})
    try:
        _view(connection, "documents", snapshot.documents, DOCUMENTS)
        _view(connection, "records", snapshot.records, RECORDS)
        _table(connection, "runs", pa.concat_tables([RUNS.empty_table(), *(runs_table(run) for run in snapshot.runs)]))
        connection.execute(_sql("participants"))
    except duckdb.Error as error:
        connection.close()
        raise LedgerError(f"{path}: the ledger is damaged ({_first_line(error)}); restore the folder from a copy") from error
    connection.execute(f"set allowed_directories = [{_quoted(str(path.absolute()))}]")
    connection.execute("set enable_external_access = false")
    connection.execute("set lock_configuration = true")
    return connection


def _view(connection: duckdb.DuckDBPyConnection, name: str, paths: Sequence[str], schema: pa.Schema) -> None:
    if paths:
        names = ", ".join(_quoted(str(Path(path).absolute())) for path in paths)
        connection.execute(f"create view {name} as select * from read_parquet([{names}])")
    else:
        _table(connection, name, schema.empty_table())


def _table(connection: duckdb.DuckDBPyConnection, name: str, rows: pa.Table) -> None:
    connection.register("given", rows)
    connection.execute(f"create table {name} as select * from given")
    connection.unregister("given")


def _sql(name: str) -> str:
    return (files("entente.ledger") / "sql" / f"{name}.sql").read_text(encoding="utf-8")


def _all_of(conditions: Sequence[str]) -> str:
    return " and ".join(conditions) or "true"


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _first_line(error: Exception) -> str:
    return str(error).partition("\n")[0]
