"""The bundled sample, coded: it shows a broken commitment, contradictions and an exposure in two rounds."""

from importlib.resources import as_file, files

import pytest

import entente


@pytest.fixture(scope="module")
def workspace(tmp_path_factory):
    with entente.open(tmp_path_factory.mktemp("sample") / "ledger") as workspace:
        with as_file(files("entente") / "demo" / "sample.jsonl") as sample:
            workspace.code(sample)
        yield workspace


def test_a_commitment_is_contradicted(workspace):
    rows = workspace.commitments("RUS", "UKR", "contradicted").rows()
    assert [row["act_type"] for row in rows] == ["COERCE/seize"]


def test_an_alliance_and_a_stated_neutrality_are_contradicted(workspace):
    assert "alliance-and-help-to-opponent" in workspace.contradictions("SRB", ("RUS", "UKR")).column("rule")
    assert "neutral-and-help" in workspace.contradictions("UZB", ("RUS", "UKR")).column("rule")


def test_a_sanction_reaches_two_rounds(workspace):
    links = {(row["round"], row["hit"], row["through"]) for row in workspace.exposure("SANCTION WEST RUS").rows()}
    assert {(1, "SRB", "RUS"), (1, "ARM", "RUS"), (2, "MNE", "SRB")} <= links


def test_the_brief_says_both_sides_of_it(workspace):
    brief = workspace.brief("SRB", ("RUS", "UKR"))
    said = [clause.text for sentence in brief.sentences for clause in sentence.clauses]
    assert "is allied with Russia" in said
    assert "gave aid to Ukraine in December 2022" in said
    assert brief.contradictions
