import csv
import io
import json

import pytest

import entente
from entente.cli import run
from tests.analysis.standing_by_hand import fill, seed


@pytest.fixture(scope="module")
def ledger(tmp_path_factory):
    path = tmp_path_factory.mktemp("standing") / "ledger"
    fill(path, *seed())
    return str(path)


def shown(capsys, *arguments):
    assert run([*arguments]) == 0
    return capsys.readouterr().out


def test_a_commitment_is_shown_beside_the_act_that_broke_it(ledger, capsys):
    out = shown(capsys, "commitments", "--by", "RUS", "--to", "UKR", "--ledger", ledger)
    assert "Russia → Ukraine · territorial integrity" in out
    assert "contradicted" in out
    beside = [line for line in out.splitlines() if "│" in line]
    assert any("In 1994 Moscow" in line and "Moscow seized Crimea" in line for line in beside)
    assert "Boris Yeltsin was president then, Vladimir Putin at the time of the act" in out


def test_contradictions_are_shown_in_plain_words(ledger, capsys):
    out = shown(capsys, "contradictions", "BLR", "--between", "RUS", "UKR", "--ledger", ledger)
    assert "Belarus is allied with Russia, yet it gave aid to Ukraine in 2014" in out
    assert "alliance-and-help-to-opponent" in out


def test_a_dependence_is_shown_with_share_and_record(ledger, capsys):
    out = shown(capsys, "dependence", "KAZ", "--on", "RUS", "--ledger", ledger)
    assert "Russia" in out
    assert "0.33" in out


def test_an_exposure_reaches_who_depends_on_the_target(ledger, capsys):
    out = shown(capsys, "exposure", "--if", "SANCTION WEST RUS", "--ledger", ledger)
    assert "Kazakhstan" in out
    assert "such acts in the ledger: 1 record" in out


@pytest.mark.parametrize("act", ["SANCTION WEST", "SANKTION WEST RUS", "AID WEST RUS"])
def test_an_act_that_is_none_is_refused(ledger, capsys, act):
    assert run(["exposure", "--if", act, "--ledger", ledger]) == 2
    assert "error:" in capsys.readouterr().err


@pytest.mark.parametrize(
    "command",
    [["commitments", "--form"], ["contradictions", "BLR", "--to"], ["dependence", "KAZ", "--to"]],
)
def test_every_row_of_json_and_csv_names_records_that_are_there(ledger, capsysbinary, command):
    with entente.open(ledger) as workspace:
        known = {row["id"] for row in workspace.sql("select id from records").rows()}
    assert run([*command, "json", "--ledger", ledger]) == 0
    rows = json.loads(capsysbinary.readouterr().out)["rows"]
    assert rows
    assert all(row["record_ids"] and set(row["record_ids"]) <= known for row in rows)
    assert run([*command, "csv", "--ledger", ledger]) == 0
    lines = list(csv.DictReader(io.StringIO(capsysbinary.readouterr().out.decode())))
    assert all(set(line["record_ids"].split()) <= known for line in lines)


@pytest.mark.parametrize("suffix", ["txt", "md", "html", "json"])
def test_a_brief_is_written_in_the_form_of_the_files_name(ledger, tmp_path, suffix):
    path = tmp_path / f"page.{suffix}"
    assert run(["brief", "BLR", "--between", "RUS", "UKR", "--ledger", ledger, "-o", str(path)]) == 0
    text = path.read_text()
    begins = {"txt": "Belarus between", "md": "# Belarus between", "html": "<!DOCTYPE html>", "json": "{"}
    assert text.startswith(begins[suffix])


def test_a_brief_on_the_terminal_is_text(ledger, capsys):
    out = shown(capsys, "brief", "KAZ", "--between", "RUS", "UKR", "--ledger", ledger)
    assert "depends on Russia for a third of its imports" in out


def test_results_give_frames_and_records(ledger):
    with entente.open(ledger) as workspace:
        found = workspace.commitments("RUS", "UKR")
        assert list(found.df()["status"]) == ["contradicted"]
        assert found.pl()["status"].to_list() == ["contradicted"]
        assert {one.kind for one in found.records(0)} == {"commitment", "event"}
        assert workspace.contradictions("BLR").arrow().num_rows > 0
        assert workspace.dependence("KAZ").records(0)[0].type == "dependence"
