import datetime as dt

import pytest

from entente.analysis.questions import span_of
from entente.codebook.measures import SHIPPED
from entente.errors import CodebookError, InputError, TimeError
from entente.records.text import Document
from entente.workspace import Workspace
from tests.analysis.by_hand import record


def acts(number):
    days = [f"201{year}-0{month}-03" for year in (4, 5) for month in range(1, 8)]
    return [
        record(a, type_, b, day, document=f"doc {number} {i}")
        for i, day in enumerate(days)
        for a, type_, b in (("KAZ", "AID", "RUS"), ("RUS", "CONSULT", "KAZ"), ("KAZ", "SUPPORT", "USA"), ("DEU", "AID", "FRA"))
    ]


def fill(path, number=0):
    records = acts(number)
    documents = {r.document: [] for r in records}
    for r in records:
        documents[r.document].append(r)
    with Workspace(path) as workspace:
        return workspace.add(((Document(id=name, text="x"), found) for name, found in documents.items()), origin="by hand")


@pytest.fixture(scope="module")
def ledger(tmp_path_factory):
    path = tmp_path_factory.mktemp("questions") / "ledger"
    fill(path)
    return path


def test_the_first_question_reads_less_and_gives_the_same_figures(ledger):
    with Workspace(ledger) as workspace:
        first = workspace.dyads("KAZ", "RUS").to_builtins()
        assert workspace.questions._facts is None
        assert workspace.dyads("KAZ", "RUS").to_builtins() == first
        assert workspace.questions._facts is not None


def test_a_row_gives_its_records_from_the_ledger(ledger):
    with Workspace(ledger) as workspace:
        result = workspace.dyads("KAZ", "RUS", by="year")
        assert [r.id for r in result.records(0)] == result.ids(0)
        assert result.records(0)[0].actor[0].code == "KAZ"


def test_a_stance_lies_between_sides_written_in_any_form(ledger):
    with Workspace(ledger) as workspace:
        written = workspace.stance("kaz", ("RUS", "WEST"), since="2015", until="2015-12").rows()
        listed = workspace.stance(["KAZ"], (["RUS"], ["WEST"]), since=dt.date(2015, 1, 1), until=dt.date(2015, 12, 31)).rows()
    assert written == listed
    assert written[0]["label"] == "hedging"
    assert written[0]["axis_low"] is not None


def test_a_new_version_is_read_and_a_fixed_one_stays(tmp_path):
    fill(tmp_path / "ledger")
    with Workspace(tmp_path / "ledger") as latest, Workspace(tmp_path / "ledger", version=1) as fixed:
        before = [len(w.questions.facts) for w in (latest, fixed)]
        fill(tmp_path / "ledger", 1)
        after = [len(w.questions.facts) for w in (latest, fixed)]
    assert after == [2 * before[0], before[1]]


def test_a_user_can_change_the_choices(ledger, tmp_path):
    text = SHIPPED.read_text(encoding="utf-8")
    (tmp_path / "measures.yml").write_text(text.replace("  k: 10.0\n", "  k: 1000.0\n"), encoding="utf-8")
    with Workspace(ledger) as shipped, Workspace(ledger, codebook=tmp_path) as own:
        axes = [w.stance("KAZ", ("RUS", "USA")).rows()[-1]["axis"] for w in (shipped, own)]
    assert axes[0] > 5 * axes[1] > 0


def test_a_choice_that_is_none_is_named(ledger, tmp_path):
    (tmp_path / "measures.yml").write_text(
        SHIPPED.read_text(encoding="utf-8").replace("level: 0.9", "level: high"), encoding="utf-8"
    )
    with Workspace(ledger, codebook=tmp_path) as own, pytest.raises(CodebookError, match=r"measures.yml: choices: .*level"):
        own.dyads("KAZ", "RUS")


@pytest.mark.parametrize(
    ("name", "code"), [("kazakhstan", "KAZ"), ("KAZ", "KAZ"), ("Kazakhstan+nato", "KAZ+NATO"), ("west", "WEST")]
)
def test_a_side_may_be_written_as_a_name(ledger, name, code):
    with Workspace(ledger) as workspace:
        assert workspace.questions.party(name).name == code


@pytest.mark.parametrize(("name", "advice"), [("ZZZ", "names no state"), ("kazahkstan", r"did you mean KAZ \(Kazakhstan\)")])
def test_a_side_that_nobody_knows_is_refused(ledger, name, advice):
    with Workspace(ledger) as workspace:
        for ask in (
            lambda: workspace.dyads("RUS", name),
            lambda: workspace.stance("RUS", (name, "USA")),
            lambda: workspace.brief(name, ("RUS", "USA")),
            lambda: workspace.contradictions(name),
        ):
            with pytest.raises(InputError, match=advice):
                ask()


def test_a_code_that_only_the_ledger_knows_is_a_side(tmp_path):
    with Workspace(tmp_path / "ledger") as workspace:
        workspace.add([(Document(id="d", text="x"), [record("QQQ", "AID", "RUS", "2014", document="d")])], origin="by hand")
        assert workspace.questions.party("qqq").name == "QQQ"


def test_days_that_end_before_they_begin_are_refused(ledger):
    with Workspace(ledger) as workspace:
        for ask in (
            lambda: workspace.dyads("KAZ", "RUS", since="2017", until="2014"),
            lambda: workspace.stance("KAZ", ("RUS", "USA"), since="2017", until="2014"),
            lambda: workspace.network(since="2017", until="2014"),
            lambda: workspace.brief("KAZ", ("RUS", "USA"), since="2017", until="2014"),
        ):
            with pytest.raises(InputError, match="the days end on 2014-12-31, before they begin on 2017-01-01"):
                ask()


@pytest.mark.parametrize(
    "ask",
    [
        lambda workspace: workspace.brief("RUS", ("RUS", "USA")),
        lambda workspace: workspace.stance("RUS", ("RUS", "USA")),
        lambda workspace: workspace.contradictions("KAZ", ("RUS", "russia")),
        lambda workspace: workspace.commitments("RUS", "Russia"),
        lambda workspace: workspace.dependence("KAZ", "KAZ"),
        lambda workspace: workspace.exposure("SANCTION RUS RUS"),
        lambda workspace: workspace.exposure("SANCTION/flowers USA RUS"),
    ],
)
def test_questions_about_somebody_and_themselves_and_modes_that_are_none_are_refused(ledger, ask):
    with Workspace(ledger) as workspace, pytest.raises(InputError, match=r"same|itself|no mode of SANCTION; its modes are"):
        ask(workspace)


def test_a_stance_without_records_has_no_days_and_says_of_whom(ledger):
    with Workspace(ledger) as workspace:
        nothing = workspace.stance("FRA", ("RUS", "USA"))
        some = workspace.stance(["KAZ", "FRA"], ("RUS", "USA"), intervals=False)
    [row] = nothing.rows()
    assert (row["start"], row["end"], row["label"]) == (None, None, "too little evidence")
    assert nothing.notes["without_records"] == ["FRA"]
    assert some.notes["without_records"] == ["FRA"]


def test_spans_are_written_as_years_months_or_days():
    span = span_of("2014", "2015-02")
    assert (span.since, span.until) == (dt.date(2014, 1, 1), dt.date(2015, 2, 28))
    with pytest.raises(TimeError):
        span_of("soon", None)


def test_documents_that_bring_their_records_are_added_once(tmp_path):
    first, second = fill(tmp_path / "ledger"), fill(tmp_path / "ledger")
    assert (first.coded, second.coded, second.unchanged) == (14, 0, 14)
    assert first.records["event"] == 56
