import csv
import io
import json

import pytest

import entente
from entente.cli import run
from entente.cli.charts import dyad_chart
from tests.analysis.test_questions import fill
from tests.formats.test_unvotes import CALLS, VOTES


@pytest.fixture(scope="module")
def ledger(tmp_path_factory):
    path = tmp_path_factory.mktemp("commands") / "ledger"
    fill(path)
    return str(path)


def test_a_dyad_is_shown_with_its_filter_its_totals_and_its_series(ledger, capsys):
    assert run(["dyad", "KAZ", "RUS", "--ledger", ledger, "--by", "year"]) == 0
    out = capsys.readouterr().out
    assert "28 events; 28 with one of a type a day" in out
    assert "KAZ → RUS" in out
    assert "KAZ and RUS" in out
    assert "2015" in out
    assert "reciprocity of cooperation" in out


def test_a_stance_is_shown_with_its_label(ledger, capsys):
    assert run(["stance", "KAZ", "--between", "RUS", "WEST", "--ledger", ledger, "--domains"]) == 0
    out = capsys.readouterr().out
    assert "axis from −1, WEST, to 1, RUS" in out
    assert "hedging" in out
    assert "economic" in out


@pytest.mark.parametrize("command", [["dyad", "KAZ", "RUS"], ["stance", "KAZ", "--between", "RUS", "USA"]])
def test_every_row_of_json_and_csv_names_records_that_are_there(ledger, capsysbinary, command):
    assert run(["ledger", "sql", ledger, "select id from records", "--to", "jsonl"]) == 0
    there = {json.loads(line)["id"] for line in capsysbinary.readouterr().out.splitlines()}
    assert run([*command, "--ledger", ledger, "--to", "json"]) == 0
    result = json.loads(capsysbinary.readouterr().out)
    parts = [rows for rows in result.values() if isinstance(rows, list)]
    assert len(parts) >= 2
    for row in [row for rows in parts for row in rows]:
        assert len(row["record_ids"]) == row["records"]
        assert set(row["record_ids"]) <= there
    assert run([*command, "--ledger", ledger, "--to", "csv"]) == 0
    for row in csv.DictReader(io.StringIO(capsysbinary.readouterr().out.decode())):
        assert len(row["record_ids"].split()) == int(row["records"])


def test_a_dyad_of_one_period_draws_its_only_point(ledger):
    with entente.open(ledger) as workspace:
        drawn = json.dumps(dyad_chart(workspace.dyads("KAZ", "RUS", by="year", since="2014", until="2014")).to_dict())
    assert '"type": "line"' in drawn
    assert '"point": {' in drawn


@pytest.mark.parametrize("command", [["dyad", "KAZ", "RUS"], ["stance", "KAZ", "--between", "RUS", "USA"]])
@pytest.mark.parametrize(("name", "mark"), [("x.png", b"\x89PNG"), ("x.svg", b"<svg")])
def test_pictures_are_drawn(ledger, tmp_path, command, name, mark):
    pytest.importorskip("altair")
    pytest.importorskip("vl_convert")
    assert run([*command, "--ledger", ledger, "-o", str(tmp_path / name)]) == 0
    assert (tmp_path / name).read_bytes().startswith(mark)


def test_votes_are_imported_and_compared(tmp_path, capsys):
    (tmp_path / "votes.csv").write_text(VOTES)
    (tmp_path / "calls.csv").write_text(CALLS)
    ledger = str(tmp_path / "ledger")
    assert run(["import", "unvotes", str(tmp_path / "votes.csv"), str(tmp_path / "calls.csv"), "--ledger", ledger]) == 0
    assert "2 roll calls, 5 records of who voted how" in capsys.readouterr().err
    assert run(["similarity", "USA", "CUB", "--with", "CAN", "DEU", "--year", "1946", "--ledger", ledger]) == 0
    out = capsys.readouterr().out
    assert [line.split()[:2] for line in out.splitlines()[1:5]] == [
        ["USA", "CAN"],
        ["USA", "DEU"],
        ["CUB", "CAN"],
        ["CUB", "DEU"],
    ]
    assert "too few ballots in common" in out


@pytest.mark.parametrize(
    ("command", "said"),
    [
        (["similarity", "BLR", "--with", "RUS"], "no roll calls"),
        (["stance", "KAZ", "--between", "RUS", "RUS"], "a stance lies between two"),
        (["stance", "KAZ", "--between", "RUS", "USA", "--weight", "military"], "write a domain and its weight"),
        (["dyad", "KAZ", "KAZ"], "the same side"),
        (["dyad", "KAZ", "RUS", "--to", "png"], "a picture needs a file"),
        (["dyad", "KAZ", "RUS", "--to", "table", "-o", "x.txt"], "a table is for the terminal"),
    ],
)
def test_what_cannot_be_answered_is_said_in_one_line(ledger, capsys, command, said):
    assert run([*command, "--ledger", ledger]) == 2
    error = capsys.readouterr().err
    assert said in error
    assert error.count("\n") == 1
