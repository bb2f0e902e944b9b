import json
from xml.etree import ElementTree

import msgspec
import numpy as np
import pytest

from entente.analysis.network import FOES_WITHIN, FRIENDS_ACROSS, NetworkOptions, make_network
from entente.analysis.questions import span_of
from entente.cli import run
from entente.codebook.measures import SHIPPED
from entente.codebook.networks import load_network_choices
from entente.codebook.source import load_plain
from entente.records.text import Document
from entente.workspace import Workspace
from tests.analysis.by_hand import SIDES, facts, record

CHOICES = load_network_choices()
NOTHING = np.zeros(0, dtype=np.int64)


def network(*records, mediations=(), choices=CHOICES, since=None, until=None, **options):
    given = NetworkOptions(span=span_of(since, until), **{"organisations": SIDES.organisations, **options})
    return make_network(facts(*records), choices, given, np.array(mediations, dtype=np.int64))


def net(found, one, other):
    return next(row["net"] for row in found.rows() if (row["one"], row["other"]) == (one, other))


ACTS = (("BLR", "AID", "RUS"), ("BLR", "AID", "UKR"), ("RUS", "ASSAULT", "UKR"), ("RUS", "MOBILIZE", "UKR"))


def circle():
    """Two friends of which one helps, the other attacks a third; each told in two documents."""
    return [record(actor, type_, recipient, f"2014-0{month}-03") for month in (1, 2) for actor, type_, recipient in ACTS]


def test_a_tie_is_what_either_does_to_the_other():
    found = network(record("BLR", "AID", "UKR", "2014-06-07"), record("UKR", "SANCTION", "BLR", "2014-07-01"))
    aid, sanction = record("BLR", "AID", "UKR").score, record("UKR", "SANCTION", "BLR").score
    assert found.rows()[0] | {"net": aid + sanction, "cooperation": aid, "conflict": -sanction, "records": 2} == found.rows()[0]


def test_a_meeting_counts_once_for_its_pair():
    visit = record("UKR", "CONSULT", "KAZ", "2015-10-09")
    both = record("KAZ UKR", "CONSULT", "", "2015-11-09")
    assert net(network(visit), "KAZ", "UKR") == visit.score
    assert net(network(both), "KAZ", "UKR") == both.score


def test_ten_papers_on_one_visit_are_one_visit_and_an_alliance_is_one_however_often_it_is_told():
    visits = [record("UKR", "CONSULT", "KAZ", "2015-10-09") for _ in range(10)]
    ties = [record("BLR RUS", "alliance", "", published=f"201{year}-01-01") for year in range(10)]
    found = network(*visits, *ties)
    assert net(found, "KAZ", "UKR") == pytest.approx(visits[0].score)
    assert net(found, "BLR", "RUS") == pytest.approx(8.0)


def test_ministries_are_the_state_rebels_and_organisations_are_none():
    found = network(
        record("TUR.MIL", "AID", "UKR", "2014-01-01"),
        record("SYR.REB", "ASSAULT", "RUS", "2014-01-01"),
        record("EU", "AID", "UKR", "2014-01-01"),
    )
    assert [(row["one"], row["other"]) for row in found.rows()] == [("TUR", "UKR")]
    with_them = network(record("EU", "AID", "UKR", "2014-01-01"), organisations=None)
    assert [(row["one"], row["other"]) for row in with_them.rows()] == [("EU", "UKR")]


def test_only_what_happened_and_ties_that_held_in_the_span_count():
    records = [
        record("BLR", "AID", "UKR", "2013-06-07"),
        record("BLR", "AID", "UKR", "2014-06-07", status="negated"),
        record("BLR", "AID", "UKR"),
        record("BLR RUS", "alliance", "", "2000-01-01..2015-12-31"),
        record("CHN RUS", "alliance", "", "2000-01-01..2005-12-31"),
        record("KAZ", "dependence", "RUS", "2014"),
    ]
    found = network(*records, since="2014", until="2016")
    assert [(row["one"], row["other"]) for row in found.rows()] == [("BLR", "RUS")]
    assert found.notes["undated_left_out"] == 1
    assert net(network(*records), "BLR", "UKR") > 0


def test_who_stands_between_two_foes_is_at_odds_with_the_camps():
    found = network(*circle())
    row = found.balance.rows()[0]
    aid = 2 * record("BLR", "AID", "RUS").score
    assert row["frustration"] == row["bound"] == aid
    assert row["exact"]
    assert row["circles"] == 1
    assert row["share"] == pytest.approx(aid / sum(2 * abs(record(*act).score) for act in ACTS))
    assert row["share_low"] is not None
    assert [r["crossing"] for r in found.rows() if r["crossing"]] == [FRIENDS_ACROSS]
    camps = {r["state"]: r["camp"] for r in found.states.rows()}
    assert camps["RUS"] != camps["UKR"]


def test_a_tie_of_fewer_than_five_documents_has_no_interval_though_another_has_one():
    many = [record("BLR", "AID", "RUS", f"2014-01-0{day}") for day in range(1, 7)]
    few = [record("BLR", "AID", "UKR", f"2014-01-0{day}") for day in range(1, 5)]
    thick, thin = network(*many, *few).rows()
    assert thick["net_low"] < thick["net"] < thick["net_high"]
    assert (thin["documents"], thin["net_low"], thin["net_high"]) == (4, None, None)


def test_a_resample_without_a_ties_documents_says_nothing_of_the_tie():
    many = [record("BLR", "AID", "RUS", f"2014-{month:02d}-{day:02d}") for month in range(1, 11) for day in range(1, 21)]
    few = [record("BLR", "AID", "UKR", f"2014-01-0{day}") for day in range(1, 6)]
    thin = network(*many, *few).rows()[-1]
    assert thin["other"] == "UKR"
    assert thin["net_low"] >= record("BLR", "AID", "UKR").score


def test_foes_of_three_leave_two_in_one_camp():
    acts = [record(a, "ASSAULT", b, f"2014-0{m}-01") for m in (1, 2) for a, b in (("RUS", "UKR"), ("UKR", "TUR"), ("TUR", "RUS"))]
    found = network(*acts, weighted=False)
    assert found.balance.rows()[0]["frustration"] == 1
    assert [r["crossing"] for r in found.rows() if r["crossing"]] == [FOES_WITHIN]


def test_without_a_closed_circle_there_is_no_share():
    found = network(*(record("BLR", "AID", "RUS", f"2014-0{month}-03") for month in range(1, 7)))
    row = found.balance.rows()[0]
    assert row["share"] is None
    assert "no closed circle" in row["note"]


def test_one_document_is_too_little_for_a_share():
    found = network(*(msgspec.structs.replace(r, document="d") for r in circle()))
    assert found.balance.rows()[0]["share"] is None
    assert found.balance.rows()[0]["note"] == "too little evidence: 8 records of 1 document"


def test_pairs_that_are_neither_friends_nor_foes_have_no_camp():
    found = network(record("BLR", "AID", "UKR", "2014-06-07"), record("BLR", "SANCTION", "UKR", "2014-06-08"))
    small = msgspec.structs.replace(CHOICES, least_weight=100.0)
    assert found.rows()[0]["sign"] != 0
    none = network(record("BLR", "AID", "UKR", "2014-06-07"), choices=small)
    assert none.rows()[0]["sign"] == 0
    assert [row["camp"] for row in none.states.rows()] == [None, None]


def test_hosts_and_mediators_bring_others_together():
    records = [
        *circle(),
        record("RUS UKR", "CONSULT", "BLR", "2015-02-11", mode="third-party"),
        record("KAZ", "CONSULT", "RUS UKR", "2015-03-01"),
        record("KAZ", "CONSULT", "RUS", "2015-04-01"),
        record("TUR", "SUPPORT", "RUS KAZ", "2015-04-01"),
    ]
    found = network(*records, mediations=[9, 10]).brokers
    rows = {row["state"]: row for row in found.rows()}
    assert rows["BLR"] | {"hosted": 1, "mediated": 0, "pairs": 1, "across": 1} == rows["BLR"]
    assert rows["KAZ"] | {"hosted": 0, "mediated": 1, "pairs": 1, "across": 1} == rows["KAZ"]
    assert set(rows) == {"BLR", "KAZ"}
    assert found.ids(0) == [records[8].id]


def test_patterns_of_mediation_are_those_of_the_codebook():
    known = {f"CONSULT/{pattern['id']}" for pattern in load_plain(SHIPPED.parent / "events" / "consult.yml")["patterns"]}
    assert set(CHOICES.mediation) <= known


def test_resamples_say_how_firmly_a_state_holds_its_side():
    held = {row["state"]: row["held"] for row in network(*circle(), *circle()).states.rows()}
    assert held["RUS"] > max(0.8, held["BLR"])
    assert all(0 <= value <= 1 for value in held.values())
    assert network(*circle(), intervals=False).states.rows()[0]["held"] is None


def test_the_order_of_records_changes_nothing():
    records = [*circle(), record("KAZ RUS", "CONSULT", "", "2015-01-01"), record("KAZ", "AID", "UKR", "2015-01-01")]
    one = network(*records, intervals=False)
    other = network(*reversed(records), intervals=False)
    assert one.rows() == other.rows()
    assert one.states.rows() == other.states.rows()


def test_nobody_is_no_network():
    found = network()
    assert found.rows() == []
    assert found.balance.rows()[0]["share"] is None
    assert found.brokers.rows() == []


# --- from the ledger, as files ------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def ledger(tmp_path_factory):
    path = tmp_path_factory.mktemp("network") / "ledger"
    mediation = record("KAZ", "CONSULT", "RUS UKR", "2014-05-01")
    records = [*circle(), *circle(), msgspec.structs.replace(mediation, coded_by="CONSULT/mediate")]
    with Workspace(path) as workspace:
        workspace.add(((Document(id=r.document, text="x"), [r]) for r in records), origin="by hand")
    return str(path)


def test_a_workspace_finds_mediators_by_the_pattern_that_coded_them(ledger):
    with Workspace(ledger) as workspace:
        found = workspace.network(since="2014", until="2016")
        assert [row["state"] for row in found.brokers.rows()] == ["KAZ"]
        assert {r.recipient[0].code for r in found.records(0)} <= {"RUS", "UKR"}


def test_only_members_of_a_side_may_be_asked_for(ledger):
    with Workspace(ledger) as workspace:
        assert {row["state"] for row in workspace.network(among="RUS+UKR").states.rows()} == {"RUS", "UKR"}


def test_every_row_of_json_names_records_that_are_there(ledger, capsysbinary):
    with Workspace(ledger) as workspace:
        there = {row["id"] for row in workspace.sql("select id from records").rows()}
    assert run(["network", "--ledger", ledger, "--to", "json"]) == 0
    result = json.loads(capsysbinary.readouterr().out)
    rows = [row for part in ("rows", "states", "balance", "brokers") for row in result[part]]
    assert len(rows) > 7
    for row in rows:
        assert row["records"] == len(row["record_ids"]) > 0
        assert set(row["record_ids"]) <= there


def test_the_table_tells_camps_ties_at_odds_and_mediators(ledger, capsys):
    assert run(["network", "--ledger", ledger]) == 0
    out = capsys.readouterr().out
    assert "no division leaves less" in out
    assert "camp 1: " in out
    assert FRIENDS_ACROSS in out
    assert "hosts and mediators" in out


def test_graphml_and_gexf_hold_states_and_ties_with_their_records(ledger, tmp_path):
    for name, space in (("n.graphml", "{http://graphml.graphdrawing.org/xmlns}"), ("n.gexf", "{http://gexf.net/1.3}")):
        assert run(["network", "--ledger", ledger, "-o", str(tmp_path / name)]) == 0
        root = ElementTree.parse(tmp_path / name).getroot()
        nodes = {node.get("id") for node in root.iter(f"{space}node")}
        edges = list(root.iter(f"{space}edge"))
        assert nodes == {"BLR", "KAZ", "RUS", "UKR"}
        assert len(edges) == 5
        assert all({edge.get("source"), edge.get("target")} <= nodes for edge in edges)
        assert "record_ids" in (tmp_path / name).read_text()


def test_a_graph_library_reads_the_files_as_they_are_meant(ledger, tmp_path):
    networkx = pytest.importorskip("networkx")
    for name, read in (("n.graphml", networkx.read_graphml), ("n.gexf", networkx.read_gexf)):
        assert run(["network", "--ledger", ledger, "-o", str(tmp_path / name)]) == 0
        graph = read(tmp_path / name)
        assert graph.edges["RUS", "UKR"]["net"] < 0 < graph.edges["RUS", "UKR"]["weight"]
        assert graph.nodes["RUS"]["camp"] in (1, 2)


def test_html_needs_nothing_else_and_every_figure_names_its_records(ledger, tmp_path):
    assert run(["network", "--ledger", ledger, "-o", str(tmp_path / "n.html")]) == 0
    page = (tmp_path / "n.html").read_text()
    assert "<svg" in page
    assert "<script" not in page
    assert "http" not in page.replace("http://www.w3.org/2000/svg", "")
    assert page.count('class="figure"') == page.count("data-records=") > 10
    assert 'data-records=""' not in page


@pytest.mark.parametrize(("name", "mark"), [("n.png", b"\x89PNG"), ("n.svg", b"<svg")])
def test_pictures_are_drawn(ledger, tmp_path, name, mark):
    if name == "n.png":
        pytest.importorskip("vl_convert")
    assert run(["network", "--ledger", ledger, "-o", str(tmp_path / name)]) == 0
    assert (tmp_path / name).read_bytes().startswith(mark)


def test_a_picture_for_nowhere_is_refused_in_one_line(ledger, capsys):
    assert run(["network", "--ledger", ledger, "--to", "png"]) == 2
    assert "a picture needs a file" in capsys.readouterr().err
