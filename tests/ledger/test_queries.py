import datetime as dt

import pytest

from entente.errors import InputError, TimeError
from entente.ledger.filters import RecordFilter, first_day, last_day
from entente.ledger.queries import Reader
from entente.ledger.tables import Stamp, Writer
from entente.records.actors import Actor
from entente.records.record import Record
from entente.records.text import Document
from tests.fake_coder import FakeCoder

STAMP = Stamp("0.1.0", "book-1", "fake 1", "2026-11-01T00:00:00Z")
TEXTS = {
    "old": "BLR helped UKR in 2012",
    "new": "BLR helped KAZ in 2016. KAZ helped UKR in 2014",
    "tie": "DEU is in NATO",
}


def changed(record: Record, **changes) -> Record:
    return Record(**{name: getattr(record, name) for name in record.__struct_fields__} | changes)


@pytest.fixture(scope="module")
def reader(tmp_path_factory):
    path = tmp_path_factory.mktemp("ledger")
    coder = FakeCoder()
    documents = [Document(id=name, text=text, published=dt.date(2017, 6, 1)) for name, text in TEXTS.items()]
    coded = [(document, coder.records_of(document)) for document in documents]
    rebels = (Actor("SYR", "rebels", sector="REB"), Actor(None, "gunmen"))
    [record] = coder.records_of(Document(id="war", text="SYR helped TUR"))
    record = changed(record, actor=rebels, mode="military", status="negated", attributes={"share": 0.3, "in_exchange": True})
    with Writer(path) as writer:
        writer.commit([*coded, (Document(id="war", text="SYR helped TUR"), [record])], STAMP, STAMP.started)
    with_reader = Reader(path)
    yield with_reader
    with_reader.close()


def words(answer) -> set[str]:
    return {record.evidence.text for record in answer.records()}


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ({"actor": ("BLR",)}, {"BLR helped UKR in 2012", "BLR helped KAZ in 2016"}),
        ({"actor": ("blr", "DEU")}, {"BLR helped UKR in 2012", "BLR helped KAZ in 2016", "DEU is in NATO"}),
        ({"actor": ("BLR",), "recipient": ("UKR",)}, {"BLR helped UKR in 2012"}),
        ({"actor": ("SYR",)}, {"SYR helped TUR"}),
        ({"actor": ("SYR.REB",)}, {"SYR helped TUR"}),
        ({"actor": ("SYR.GOV",)}, set()),
        ({"actor": ("BLR.GOV",)}, set()),
        ({"kind": ("tie",)}, {"DEU is in NATO"}),
        ({"type": ("MEMBERSHIP",)}, {"DEU is in NATO"}),
        ({"mode": ("military",)}, {"SYR helped TUR"}),
        ({"status": ("negated", "future")}, {"SYR helped TUR"}),
        ({"document": ("old",)}, {"BLR helped UKR in 2012"}),
        ({"document": ("OLD",)}, set()),
        ({"actor": ("it's",)}, set()),
    ],
)
def test_a_filter_finds_what_it_says(reader, wanted, found):
    assert words(reader.records(RecordFilter(**wanted))) == found


@pytest.mark.parametrize(
    ("since", "until", "found"),
    [
        ("2014-01-01", None, {"BLR helped KAZ in 2016", "KAZ helped UKR in 2014"}),
        ("2014-12-31", None, {"BLR helped KAZ in 2016", "KAZ helped UKR in 2014"}),
        ("2015-01-01", None, {"BLR helped KAZ in 2016"}),
        (None, "2014-01-01", {"BLR helped UKR in 2012", "KAZ helped UKR in 2014"}),
        (None, "2013-12-31", {"BLR helped UKR in 2012"}),
        ("2013-01-01", "2015-12-31", {"KAZ helped UKR in 2014"}),
    ],
)
def test_days_are_inclusive_at_both_ends(reader, since, until, found):
    day = dt.date.fromisoformat
    answer = reader.records(RecordFilter(since=since and day(since), until=until and day(until)))
    assert words(answer) == found
    assert answer.undated == 2


def test_without_days_nothing_is_left_out_as_undated(reader):
    answer = reader.records(RecordFilter())
    assert (len(answer), answer.undated) == (5, 0)


def test_records_come_back_as_they_were_made(reader):
    [record] = reader.records(RecordFilter(document=("war",))).records()
    assert record.attributes == {"share": 0.3, "in_exchange": True}
    assert record.actor == (Actor("SYR", "rebels", sector="REB"), Actor(None, "gunmen"))


def test_an_answer_comes_as_arrow_pandas_and_polars(reader):
    answer = reader.records(RecordFilter(kind=("tie",)))
    assert answer.arrow().column("type").to_pylist() == ["membership"]
    assert list(answer.df()["type"]) == ["membership"]
    assert answer.pl()["type"].to_list() == ["membership"]
    assert [row["type"] for row in answer] == ["membership"]


def test_days_in_the_tables_are_inclusive(reader):
    [row] = reader.sql("select date.start, date.\"end\" from records where document = 'old'").rows()
    assert tuple(row.values()) == (dt.date(2012, 1, 1), dt.date(2012, 12, 31))


def test_participants_are_one_row_each(reader):
    rows = reader.sql("select side, code, sector from participants where document = ? order by all", ["war"]).rows()
    assert [tuple(row.values()) for row in rows] == [("actor", "SYR", "REB"), ("actor", None, None), ("recipient", "TUR", None)]


def test_states_are_counted_by_side_and_kind(reader):
    rows = {row["code"]: row for row in reader.states()}
    assert (rows["KAZ"]["records"], rows["KAZ"]["as_actor"], rows["KAZ"]["as_recipient"]) == (2, 1, 1)
    assert (rows["NATO"]["ties"], rows["NATO"]["events"]) == (1, 0)


def test_info_counts_what_is_there(reader):
    info = reader.info()
    assert (info.version, info.documents, info.records) == (1, 4, {"event": 4, "tie": 1})
    assert info.bytes > 0
    assert [run.codebook for run in info.runs] == ["book-1"]


@pytest.mark.parametrize(
    "query",
    [
        "delete from records",
        "create table x as select 1",
        "copy (select 1) to 'x.csv'",
        "attach 'x.db'",
        "install httpfs",
        "set memory_limit = '1GB'",
        "select 1; select 2",
        "",
        "selec",
        "select * from nowhere",
        "select * from read_csv('/etc/hostname')",
        "select * from read_text('/etc/hostname')",
        "select * from '/etc/hostname'",
    ],
)
def test_a_query_only_reads_and_only_the_ledger(reader, query):
    with pytest.raises(InputError):
        reader.sql(query)


def test_rows_of_other_queries_are_no_records(reader):
    with pytest.raises(InputError, match="these rows are no records"):
        reader.sql("select 1 as one").records()


@pytest.mark.parametrize(
    ("written", "first", "last"),
    [
        ("2014", "2014-01-01", "2014-12-31"),
        ("2014-06", "2014-06-01", "2014-06-30"),
        ("2014-12", "2014-12-01", "2014-12-31"),
        ("2016-02", "2016-02-01", "2016-02-29"),
        ("2014-06-07", "2014-06-07", "2014-06-07"),
    ],
)
def test_a_year_or_a_month_has_a_first_and_a_last_day(written, first, last):
    assert (first_day(written).isoformat(), last_day(written).isoformat()) == (first, last)


@pytest.mark.parametrize("written", ["", "14", "2014-13", "2014-02-30", "2014-6-7", "June 2014", "0999", "2014-06-07T00:00"])
def test_anything_else_is_no_date(written):
    with pytest.raises(TimeError, match="no date"):
        first_day(written)
