import csv
import datetime as dt
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from entente.analysis.parties import Span
from entente.analysis.similarity import measure_similarity, similarities
from entente.codebook.statecodes import load_state_codes
from entente.errors import InputError
from entente.workspace import Workspace
from tests.analysis.by_hand import facts, party, record

REFERENCE = Path(__file__).parents[3] / "shared" / "reference"
BALLOTS = st.lists(st.tuples(st.sampled_from([1, 2, 3]), st.sampled_from([1, 2, 3])), min_size=1, max_size=60)


def test_those_who_always_vote_alike_agree_and_those_who_never_do_not():
    x = np.array([1.0, 3.0, 1.0, 2.0])
    assert similarities(x, x, 2.0) == pytest.approx([1, 1, 1, 1])
    opposed = similarities(np.array([1.0, 3.0]), np.array([3.0, 1.0]), 2.0)
    assert opposed == pytest.approx([0, -1, -1, -1])


def test_an_abstention_counts_half():
    assert similarities(np.array([1.0, 1.0]), np.array([1.0, 2.0]), 2.0)[0] == pytest.approx(0.75)


def test_absence_is_no_ballot():
    found = similarities(np.array([1.0, np.nan, 3.0]), np.array([1.0, 3.0, np.nan]), 2.0)
    assert found[1] == 1


def test_where_nothing_varies_nothing_is_corrected_for_chance():
    found = similarities(np.ones(5), np.ones(5), 2.0)
    assert found[0] == 1
    assert np.isnan(found[2:]).all()


@settings(deadline=None)
@given(BALLOTS)
def test_kappa_is_that_of_scikit_learn(ballots):
    metrics = pytest.importorskip("sklearn.metrics", reason="scikit-learn is only needed for this comparison")
    x, y = np.array(ballots, dtype=float).T
    kappa = similarities(x, y, 2.0)[3]
    if len(set(x) | set(y)) > 1:  # else scikit-learn divides by zero
        assert kappa == pytest.approx(metrics.cohen_kappa_score(x, y, labels=[1, 2, 3], weights="quadratic"))


@given(BALLOTS)
def test_pi_expects_the_ballots_of_the_pool(ballots):
    x, y = np.array(ballots, dtype=float).T
    pool = np.concatenate([x, y])
    expected = np.mean((pool[:, None] - pool[None, :]) ** 2)
    pi = similarities(x, y, 2.0)[2]
    assert np.isnan(pi) if expected == 0 else pi == pytest.approx(1 - np.mean((x - y) ** 2) / expected)


@given(BALLOTS, st.integers(0, 2**31))
def test_a_weight_is_as_many_ballots(ballots, seed):
    x, y = np.array(ballots, dtype=float).T
    counts = np.random.default_rng(seed).integers(0, 4, x.size)
    repeated = similarities(np.repeat(x, counts), np.repeat(y, counts), 2.0)
    assert similarities(x, y, 2.0, counts[None].astype(float))[0] == pytest.approx(repeated, nan_ok=True)


def roll_calls(*ballots):
    types = {"y": "for", "n": "against", "a": "abstain"}
    return [
        record(
            state,
            types[choice],
            "UN",
            f"2019-01-{number + 1:02d}",
            document=f"unvotes:{number}",
            attributes={"rollcall": str(number)},
        )
        for number, by_state in enumerate(ballots)
        for state, choice in by_state.items()
    ]


def test_too_few_ballots_in_common_give_no_figure():
    found = facts(*roll_calls(*[{"BLR": "y", "RUS": "y"}] * 9))
    [row] = measure_similarity(found, [party("BLR")], [party("RUS")], Span()).rows()
    assert (row["votes"], row["agreement"], row["note"]) == (9, None, "too few ballots in common: 9")


def test_each_pair_leads_to_the_records_of_its_ballots():
    found = facts(*roll_calls(*[{"BLR": "y", "RUS": "n", "USA": "a"}] * 12))
    result = measure_similarity(found, [party("BLR")], [party("RUS"), party("BLR")], Span(dt.date(2019, 1, 3), None))
    assert [(row["state"], row["other"], row["votes"], row["records"], row["documents"]) for row in result.rows()] == [
        ("BLR", "RUS", 10, 20, 10)
    ]
    assert len(result.ids(0)) == 20


def test_votes_told_in_texts_are_no_roll_calls():
    with pytest.raises(InputError, match="no roll calls"):
        measure_similarity(facts(record("BLR RUS", "for", "UN", "2019")), [party("BLR")], [party("RUS")], Span())


@pytest.fixture(scope="module")
def imported(tmp_path_factory):
    folder = REFERENCE / "un_votes"
    if not folder.is_dir():
        pytest.skip("the roll calls of the UN are not here: ../shared/reference/un_votes")
    from entente.formats.unvotes import read_unvotes

    workspace = Workspace(tmp_path_factory.mktemp("unvotes"))
    summary = workspace.add(read_unvotes(sorted(folder.glob("*.csv.gz")), load_state_codes()), origin="import/unvotes")
    assert summary.coded == 6202
    yield workspace
    workspace.close()


def test_the_similarities_of_2019_are_those_of_the_oracle(imported):
    iso2 = load_state_codes().iso2
    with (REFERENCE / "oracle_unga_similarity_2019.csv").open() as stream:
        oracle = {iso2[row.pop("iso2")]: row for row in csv.DictReader(stream)}
    result = imported.similarity(list(oracle), ["USA", "RUS", "CHN"], since="2019", until="2019", intervals=False)
    names = {"USA": "US", "RUS": "RU", "CHN": "CN"}
    assert len(result) == 3 * len(oracle) >= 45
    for row in result.rows():
        wanted = oracle[row["state"]]
        for ours, theirs in (("agreement", "agree"), ("s", "S"), ("pi", "pi"), ("kappa", "kappa")):
            assert row[ours] == pytest.approx(float(wanted[f"{theirs}_{names[row['other']]}"]), abs=5.01e-4), (
                row["state"],
                row["other"],
                ours,
            )
        if row["other"] == "CHN":  # the oracle's axis is the difference of its rounded kappas
            assert row["axis"] == pytest.approx(float(wanted["axis_US_CN"]), abs=1.01e-3)
            kappas = {r["other"]: round(r["kappa"], 3) for r in result.rows() if r["state"] == row["state"]}
            assert kappas["USA"] - kappas["CHN"] == pytest.approx(float(wanted["axis_US_CN"]), abs=1e-9)
