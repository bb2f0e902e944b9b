from pathlib import Path

import pytest

from entente.errors import LedgerError
from entente.ledger.columns import Naming
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


def named(ledger, some, others, votes_with=MARK):
    reader = Reader(ledger)
    try:
        return reader.columns(COLUMNS, Naming(some, others, votes_with)).to_pylist()
    finally:
        reader.close()


def test_records_that_name_both_sides_on_either_side_are_there_and_marked_votes(ledger):
    rows = {" ".join(actor["code"] for actor in row["actor"]): row for row in named(ledger, {"KAZ"}, {"RUS"})}
    assert set(rows) == {"KAZ", "KAZ RUS", "USA", "UKR KAZ"}
    assert rows["UKR KAZ"]["recipient"] == [{"code": "BLR", "sector": None}, {"code": "RUS", "sector": "MIL"}]


def test_votes_are_left_out_where_nobody_asks_for_them(ledger):
    assert {row["kind"] for row in named(ledger, {"KAZ", "USA"}, {"RUS", "UKR"}, votes_with=None)} == {"event"}


def test_records_of_some_types_are_there_whomever_they_name(ledger):
    reader = Reader(ledger)
    rows = reader.columns(COLUMNS, Naming({"BLR"}, None, types={"ASSAULT"})).to_pylist()
    reader.close()
    assert {" ".join(actor["code"] for actor in row["actor"]) for row in rows} == {"RUS", "UKR KAZ"}


def test_the_columns_asked_for_are_as_the_ledger_has_them(ledger):
    reader = Reader(ledger)
    query = "select id, kind, attributes, contexts, date.start as start, date.precision as precision from records"
    whole = reader.sql(query).rows()
    read = reader.columns(COLUMNS).to_pylist()
    reader.close()
    assert [{name: row[name] for name in ("id", "kind", "attributes", "contexts")} for row in read] == [
        {name: row[name] for name in ("id", "kind", "attributes", "contexts")} for row in whole
    ]
    assert [(row["date"] or {}).get("start") for row in read] == [row["start"] for row in whole]
    some = {row["id"]: row for row in named(ledger, {"KAZ", "UKR"}, {"RUS", "UKR"})}
    assert len(some) == 6
    assert all(some[row["id"]] == row for row in read)


def test_nobody_is_named_by_no_record(ledger):
    assert [row["kind"] for row in named(ledger, {"FRA"}, {"RUS"})] == ["vote"]
    assert named(ledger, {"FRA"}, {"RUS"}, votes_with=None) == []


def test_an_empty_ledger_gives_no_rows(tmp_path):
    with Workspace(tmp_path / "ledger") as workspace:
        workspace.add([], origin="by hand")
        assert named(tmp_path / "ledger", {"KAZ"}, {"RUS"}) == []


def test_a_file_that_is_gone_is_said_to_be(ledger):
    reader = Reader(ledger)
    for path in reader.snapshot.records:
        Path(path).unlink()
    with pytest.raises(LedgerError, match="cannot be read"):
        reader.columns(COLUMNS)
    reader.close()
