"""Questions to a ledger, answered by DuckDB over the files of one version, and answers in the form that is asked for."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any

import duckdb
import msgspec
import pyarrow as pa

from entente.errors import EntenteError, InputError, LedgerError, TimeError
from entente.ledger.folder import FORMAT, size_of
from entente.ledger.rows import DOCUMENTS, RECORDS, RUNS, Run, record_of, runs_table
from entente.ledger.tables import Snapshot, read_snapshot
from entente.records.record import Record

PARTIAL_DAY = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
GLOB = re.compile(r"([*?\[])")


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
        try:
            return self._table.to_pandas()
        except ImportError as error:
            raise EntenteError("pandas is not installed; `pip install 'entente[frames]'`, or take .arrow()") from error

    def pl(self) -> Any:
        """Return the rows as a polars frame."""
        try:
            import polars  # 0.8 s, and not everybody has it
        except ImportError as error:
            raise EntenteError("polars is not installed; `pip install 'entente[frames]'`, or take .arrow()") from error
        return polars.from_arrow(self._table)

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


class RecordFilter(msgspec.Struct, frozen=True, kw_only=True):
    """Which records: all conditions must hold, and of a condition's values one.

    Attributes:
        actor: Codes among the actors, ``SYR.REB`` with a sector, ``SYR`` with any or none.
        recipient: Codes among the recipients.
        kind: Kinds.
        type: Types, in any case.
        mode: Modes, in any case.
        status: Statuses.
        document: Documents' ids.
        since: The first day; records count whose date reaches it or is open to it.
        until: The last day, inclusive.
    """

    actor: tuple[str, ...] = ()
    recipient: tuple[str, ...] = ()
    kind: tuple[str, ...] = ()
    type: tuple[str, ...] = ()
    mode: tuple[str, ...] = ()
    status: tuple[str, ...] = ()
    document: tuple[str, ...] = ()
    since: dt.date | None = None
    until: dt.date | None = None

    def conditions(self) -> tuple[list[str], list[Any]]:
        """Return SQL conditions and the values of their question marks, the days apart."""
        conditions: list[str] = []
        values: list[Any] = []
        for side in ("actor", "recipient"):
            if codes := getattr(self, side):
                conditions.append("(" + " or ".join(_PARTICIPANT.format(side=side) for _ in codes) + ")")
                values += [part for code in codes for part in _code_and_sector(code)]
        for name in ("kind", "type", "mode", "status", "document"):
            if wanted := getattr(self, name):
                folded = name != "document"
                conditions.append(f"list_contains(?, lower({name}))" if folded else f"list_contains(?, {name})")
                values.append([value.lower() for value in wanted] if folded else list(wanted))
        return conditions, values

    def day_conditions(self) -> tuple[list[str], list[Any]]:
        """Return SQL conditions on the days and the values of their question marks."""
        conditions, values = [], []
        if self.since is not None:
            conditions.append('date is not null and (date."end" is null or date."end" >= ?)')
            values.append(self.since)
        if self.until is not None:
            conditions.append("date is not null and (date.start is null or date.start <= ?)")
            values.append(self.until)
        return conditions, values


_PARTICIPANT = (
    "len(list_filter({side}, lambda a: a.code = ? and coalesce(a.sector, '') = coalesce(nullif(?, ''), a.sector, ''))) > 0"
)
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
        if self.fixed is None:
            newest = read_snapshot(self.path)
            if newest.version != self._snapshot.version:
                self._connection.close()
                self._snapshot, self._connection = newest, _connect(self.path, newest)
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


def first_day(written: str) -> dt.date:
    """Return the first day of a year, month or day: ``2014``, ``2014-06``, ``2014-06-07``.

    Raises:
        TimeError: It is none of these.
    """
    year, month, day = _parts(written)
    try:
        return dt.date(year, month or 1, day or 1)
    except ValueError as error:
        raise TimeError(f"{written!r} is no date; write 2014, 2014-06 or 2014-06-07") from error


def last_day(written: str) -> dt.date:
    """Return the last day of a year, month or day.

    Raises:
        TimeError: It is none of these.
    """
    first = first_day(written)
    _, month, day = _parts(written)
    if day:
        return first
    after = first.replace(year=first.year + 1) if not month or month == 12 else first.replace(month=month + 1)
    return (after.replace(month=1) if month == 12 else after) - dt.timedelta(days=1)


def _parts(written: str) -> tuple[int, int, int]:
    match = PARTIAL_DAY.fullmatch(written.strip())
    if match is None or not 1000 <= int(match[1]) < 3000:
        raise TimeError(f"{written!r} is no date; write 2014, 2014-06 or 2014-06-07")
    return int(match[1]), int(match[2] or 0), int(match[3] or 0)


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
        names = ", ".join(_quoted(GLOB.sub(r"[\1]", str(Path(path).absolute()))) for path in paths)
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


def _code_and_sector(written: str) -> tuple[str, str]:
    code, _, sector = written.strip().upper().partition(".")
    return code, sector


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _first_line(error: Exception) -> str:
    return str(error).partition("\n")[0]
