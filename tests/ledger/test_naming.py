from pathlib import Path

import pytest

from entente.errors import InputError, LedgerError
from entente.ledger.queries import Reader
from entente.records.text import Document
from entente.workspace import Workspace
from tests.analysis.by_hand import record

COLUMNS = ("id", "kind", "attributes", "contexts", "date.start", "date.precision")
MARK = '"rollcall":'


@pytest.fixture
def ledger(tmp_path):
    ballot = {"rollcall": "r1"}
    batches = (
        [
            record("KAZ", "AID", "RUS", "2014-06-07", document="d1", contexts=("economic", "military")),
            record("RUS.MIL", "ASSAULT", "UKR", "2014-06", document="d2"),
            record("KAZ RUS", "CONSULT", "", document="d3"),
        ],
        [
            record("USA", "for", "", "2014-01-01", document="d4", attributes=ballot),
            record("USA", "AID", "UKR", "2014-01-01", document="d5", attributes=ballot),
            record("UKR KAZ.GOV", "AID", "BLR RUS.MIL", document="d6"),
        ],
    )
    with Workspace(tmp_path / "ledger") as workspace:
        for batch in batches:
            workspace.add(((Document(id=r.document, text="x"), [r]) for r in batch), origin="by hand")
    return tmp_path / "ledger"


def named(ledger, some, others, query="select * from records", votes_with=MARK):
    reader = Reader(ledger)
    try:
        return reader.sql_naming(query, COLUMNS, some, others, votes_with=votes_with).rows()
    finally:
        reader.close()


def test_records_that_name_both_sides_on_either_side_are_there_and_marked_votes(ledger):
    rows = {" ".join(actor["code"] for actor in row["actor"]): row for row in named(ledger, {"KAZ"}, {"RUS"})}
    assert set(rows) == {"KAZ", "KAZ RUS", "USA", "UKR KAZ"}
    assert rows["UKR KAZ"]["recipient"] == [{"code": "BLR", "sector": None}, {"code": "RUS", "sector": "MIL"}]


def test_votes_are_left_out_where_nobody_asks_for_them(ledger):
    assert {row["kind"] for row in named(ledger, {"KAZ", "USA"}, {"RUS", "UKR"}, votes_with=None)} == {"event"}


def test_the_columns_asked_for_are_as_the_ledger_has_them(ledger):
    with Workspace(ledger) as workspace:
        query = "select id, kind, attributes, contexts, date.start as start, date.precision as precision, date is null as undated"
        whole = {row["id"]: row for row in workspace.sql(f"{query} from records").rows()}
    rows = named(ledger, {"KAZ", "UKR"}, {"RUS", "UKR"}, f"{query} from records")
    assert len(rows) == 6
    assert all(row == whole[row["id"]] for row in rows)


def test_nobody_is_named_by_no_record(ledger):
    assert [row["kind"] for row in named(ledger, {"FRA"}, {"RUS"})] == ["vote"]
    assert named(ledger, {"FRA"}, {"RUS"}, "select * from records where kind = 'event'") == []


def test_an_empty_ledger_gives_no_rows(tmp_path):
    with Workspace(tmp_path / "ledger") as workspace:
        workspace.add([], origin="by hand")
        assert named(tmp_path / "ledger", {"KAZ"}, {"RUS"}) == []


def test_the_next_query_sees_all_records_again(ledger):
    reader = Reader(ledger)
    reader.sql_naming("select id from records", COLUMNS, {"KAZ"}, {"RUS"}, votes_with=MARK)
    assert reader.sql("select count(*) as n from records").rows() == [{"n": 6}]
    with pytest.raises(InputError):
        reader.sql("select * from naming")
    reader.close()


def test_a_file_that_is_gone_is_said_to_be(ledger):
    reader = Reader(ledger)
    for path in reader.snapshot.records:
        Path(path).unlink()
    with pytest.raises(LedgerError, match="cannot be read"):
        reader.sql_naming("select id from records", COLUMNS, {"KAZ"}, {"RUS"}, votes_with=MARK)
    reader.close()
