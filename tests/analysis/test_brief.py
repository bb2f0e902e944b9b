"""The brief, composed from a ledger built by hand and put into every form."""

import html.parser
import json
import re
from pathlib import Path

import jsonschema
import pytest
from msgspec.structs import replace

import entente
from entente.analysis.page import schema
from entente.cli.brief.page import render
from entente.errors import InputError
from tests.analysis.standing_by_hand import fill, said, seed

SCHEMA = Path(__file__).parents[2] / "docs" / "brief.schema.json"


@pytest.fixture(scope="module")
def workspace(tmp_path_factory):
    path = tmp_path_factory.mktemp("brief") / "ledger"
    fill(path, *seed(), *more())
    with entente.open(path) as workspace:
        yield workspace


def more():
    """Return records of further documents, enough for an axis."""
    for year in range(2010, 2016):
        for document in ("a", "b"):
            given = {"document": f"{document}{year}", "published": f"{year}-12-31"}
            yield said(
                f"Minsk drilled with Moscow in {year}", "BLR", "COOPERATE", "RUS", f"{year}-0{ord(document) - 96}", **given
            )


@pytest.fixture(scope="module")
def belarus(workspace):
    return workspace.brief("BLR", ("RUS", "UKR"))


@pytest.fixture(scope="module")
def kazakhstan(workspace):
    return workspace.brief("KAZ", ("RUS", "UKR"))


def sentences(brief):
    return "\n".join(clause.text for sentence in brief.sentences for clause in (*sentence.clauses, *sentence.others))


def there(workspace):
    return {row["id"] for row in workspace.sql("select id from records").rows()}


# --- what it says -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "words",
    [
        "takes a neutral stance toward Russia and Ukraine",
        "voted against a text of the United Nations in February 2014",
        "visited Ukraine in June 2014",
        "gave aid to Ukraine in 2014",
        "is allied with Russia",
        "Belarus is allied with Russia, yet it gave aid to Ukraine in 2014",
        "depends on Ukraine as its third-largest partner in trade",
    ],
)
def test_the_brief_of_belarus_says_what_the_report_does(belarus, words):
    assert words in sentences(belarus) or any(words in pair.says for pair in belarus.contradictions)


@pytest.mark.parametrize("words", ["depends on Russia for a third of its imports", "in October 2015"])
def test_the_brief_of_kazakhstan_says_what_the_report_does(kazakhstan, words):
    assert words in sentences(kazakhstan)


def test_records_of_one_kind_are_counted_together(belarus):
    assert "cooperated with Russia (12 records in 12 documents, 2010–2015)" in sentences(belarus)


def test_every_clause_cites_records(belarus, kazakhstan):
    clauses = [c for brief in (belarus, kazakhstan) for s in brief.sentences for c in (*s.clauses, *s.others)]
    assert all(clause.records and clause.cited for clause in clauses)
    assert all(set(clause.cited) <= set(clause.records) for clause in clauses)


def test_the_axis_has_figures_with_intervals_and_records(belarus):
    assert any(point.axis.value is not None and point.axis.low is not None for point in belarus.axis)
    assert all(point.axis.records for point in belarus.axis)


def test_acts_stand_in_the_lane_of_the_side_they_are_done_to(belarus):
    lanes = {mark.says: mark.lane for mark in belarus.timeline}
    assert lanes["Belarus visited Ukraine in June 2014"] == "y"
    assert lanes["Belarus takes a neutral stance toward Russia and Ukraine"] == "both"
    assert {lane for says, lane in lanes.items() if "cooperated with Russia" in says} == {"x"}


def test_an_act_toward_the_state_is_marked_as_such(kazakhstan):
    assert [mark.direction for mark in kazakhstan.timeline if "Ukraine declared" in mark.says] == ["to"]


def test_what_two_promised_each_other_is_one_promise(kazakhstan):
    (promise,) = kazakhstan.promises
    assert promise.says in {
        f"{one} undertook to respect the territorial integrity of each other"
        for one in ("Kazakhstan and Ukraine", "Ukraine and Kazakhstan")
    }


def test_a_weak_contradiction_is_listed_but_not_at_the_head(tmp_path):
    request = replace(said("Kiev asked", "UKR", "REQUEST", "BLR", "2014-01-01", document="a"), confidence=0.5)
    sanction = replace(said("Minsk shut the border", "BLR", "SANCTION", "UKR", "2014-10-01", document="b"), confidence=0.5)
    fill(tmp_path / "ledger", request, sanction)
    with entente.open(tmp_path / "ledger") as workspace:
        brief = workspace.brief("BLR", ("RUS", "UKR"))
    assert [pair.rule for pair in brief.contradictions] == ["defied-request"]
    assert "contradictions" not in {sentence.topic for sentence in brief.sentences}


def test_an_undertaking_to_several_is_told_once(tmp_path):
    promise = said("Minsk undertook to disarm", "BLR", "disarmament", "RUS UKR", "1992-05")
    fill(tmp_path / "ledger", promise)
    with entente.open(tmp_path / "ledger") as workspace:
        brief = workspace.brief("BLR", ("RUS", "UKR"))
    (one,) = brief.promises
    assert one.says == "Belarus undertook to disarm toward Russia and Ukraine"
    assert one.beneficiary == "RUS+UKR"
    assert sentences(brief).count("undertook to disarm") == 1


def test_what_is_thin_is_named_with_its_records(belarus, kazakhstan):
    assert any(gap.text.startswith("Toward Ukraine only 2 acts") and len(gap.records) == 2 for gap in belarus.missing)
    assert any("No act of the state toward Russia" in gap.text for gap in kazakhstan.missing)


def test_days_outside_the_span_are_left_out(workspace):
    brief = workspace.brief("BLR", ("RUS", "UKR"), since="2014-03", until="2014-12")
    assert "visited Ukraine" in sentences(brief)
    assert "cooperated" not in sentences(brief)
    assert not any("voted against" in mark.says for mark in brief.timeline)


def undated_vote(published):
    return said("Minsk voted no", "BLR", "against", "UN", document="late", published=published)


def test_an_undated_record_counts_by_its_document_and_is_flagged(tmp_path):
    fill(tmp_path / "ledger", undated_vote("2017-06-01"))
    with entente.open(tmp_path / "ledger") as workspace:
        brief = workspace.brief("BLR", ("RUS", "UKR"), since="2013", until="2017")
    assert "voted against a text of the United Nations (the text gives no date)" in sentences(brief)
    assert not any("No vote" in gap.text for gap in brief.missing)


def test_undated_records_of_documents_of_other_days_are_left_out_and_named(tmp_path):
    left_out = said("Minsk met Kiev", "BLR", "CONSULT", "UKR", document="late", published="2020-01-01")
    fill(tmp_path / "ledger", left_out)
    with entente.open(tmp_path / "ledger") as workspace:
        brief = workspace.brief("BLR", ("RUS", "UKR"), since="2013", until="2017")
    texts = {gap.text: gap.records for gap in brief.missing}
    assert "No vote of the state in these days is in the ledger." in texts
    assert "No act of the state toward Ukraine in these days is in the ledger." in texts
    (records,) = (records for text, records in texts.items() if "left out" in text)
    assert records == (left_out.id,)
    assert "None in these days is in the ledger." in render(brief, "text")
    assert "None in these days is in the ledger." in render(brief, "html")


def test_a_state_without_records_gets_an_empty_page(workspace):
    brief = workspace.brief("FRA", ("RUS", "UKR"))
    assert brief.sentences == ()
    assert next(gap.text for gap in brief.missing) == "No act of the state toward Russia is in the ledger."
    assert all(render(brief, form) for form in ("text", "md", "html", "json"))


def test_two_sides_that_are_one_are_refused(workspace):
    with pytest.raises(InputError, match="same side"):
        workspace.brief("BLR", ("RUS", "RUS"))


def test_the_same_question_has_the_same_answer(workspace, belarus):
    assert workspace.brief("BLR", ("RUS", "UKR")) == belarus


# --- JSON ---------------------------------------------------------------------------------------------------------------


def figures(value, where="brief"):
    """Yield every object of JSON that holds a number or tells one in words, with its place."""
    if isinstance(value, dict):
        numbers = [key for key, part in value.items() if isinstance(part, int | float) and not isinstance(part, bool)]
        told = [key for key in ("text", "says") if re.search(r"\d", str(value.get(key, "")))]
        if numbers or told:
            yield where, value
        for key, part in value.items():
            yield from figures(part, f"{where}.{key}")
    if isinstance(value, list):
        for number, part in enumerate(value):
            yield from figures(part, f"{where}[{number}]")


def test_no_figure_of_the_json_stands_without_records_that_are_there(workspace, belarus, kazakhstan):
    known = there(workspace)
    for brief in (belarus, kazakhstan):
        page = json.loads(render(brief, "json"))
        page.pop("format")
        page.pop("versions")
        found = list(figures(page))
        assert found
        for where, figure in found:
            ids = [figure["id"]] if "id" in figure else figure["records"]
            assert ids, where
            assert set(ids) <= known, where


def test_every_number_of_a_reference_is_cited_and_every_citation_has_one(belarus):
    numbers = {reference.id for reference in belarus.references}
    assert [reference.number for reference in belarus.references] == list(range(1, len(numbers) + 1))
    assert all(set(clause.cited) <= numbers for s in belarus.sentences for clause in (*s.clauses, *s.others))
    assert all({pair.statement, pair.act} <= numbers for pair in belarus.contradictions)
    assert all(belarus.number(mark.records[0]) for mark in belarus.timeline)


def test_the_json_fits_its_schema_and_the_schema_is_the_documented_one(belarus, kazakhstan):
    assert json.loads(SCHEMA.read_text()) == json.loads(json.dumps(schema()))
    for brief in (belarus, kazakhstan):
        jsonschema.validate(json.loads(render(brief, "json")), schema())


# --- HTML ---------------------------------------------------------------------------------------------------------------

VOID = {"meta", "link", "br", "hr", "img", "input", "circle", "line", "rect", "polygon", "polyline"}
NO_FIGURES = {"scale", "date", "ref", "end", "legend"}  # years of an axis, dates, citations, the list of records, the key


class Figures(html.parser.HTMLParser):
    """Collects texts with digits and the records they lead to, and everything that is fetched."""

    def __init__(self):
        super().__init__()
        self.open = []
        self.loose = []
        self.ids = set()
        self.fetched = []

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        if tag not in VOID:
            self.open.append((tag, set((given.get("class") or "").split()), given.get("data-records")))
        self.ids.update((given.get("data-records") or "").split())
        href = given.get("href", "")
        if tag in ("script", "iframe", "img", "link", "object") or (given.get("src") or "").startswith("http"):
            self.fetched.append((tag, href))

    def handle_endtag(self, tag):
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data):
        exempt = any(tag in ("style", "title") or classes & NO_FIGURES for tag, classes, _ in self.open)
        if re.search(r"\d", data) and not exempt and not any(records for *_, records in self.open):
            self.loose.append(data)


@pytest.fixture(scope="module", params=["belarus", "kazakhstan"])
def page(request):
    parser = Figures()
    parser.feed(render(request.getfixturevalue(request.param), "html"))
    return parser


def test_no_figure_of_the_html_stands_without_records_that_are_there(workspace, page):
    scale = re.compile(r"On the scale from −1 \([^)]*\) to 1 \([^)]*\),")
    assert [text for text in page.loose if re.search(r"\d", scale.sub("", text))] == []
    assert page.ids
    assert page.ids <= there(workspace)


def test_the_html_fetches_nothing(page):
    assert page.fetched == []


def test_every_citation_of_the_html_leads_to_a_record(belarus):
    text = render(belarus, "html")
    assert set(re.findall(r'href="#(r\d+)"', text)) <= set(re.findall(r'id="(r\d+)"', text))
    assert "<svg" in text


def test_what_a_text_says_cannot_become_markup(tmp_path):
    fill(tmp_path / "ledger", said("<script>alert(1)</script> & “x”", "BLR", "AID", "UKR", "2014", document="<b>d</b>"))
    with entente.open(tmp_path / "ledger") as workspace:
        text = render(workspace.brief("BLR", ("RUS", "UKR")), "html")
    assert "<script" not in text
    assert "<b>d" not in text
    assert "&lt;script&gt;alert(1)" in text


# --- text and Markdown --------------------------------------------------------------------------------------------------


def test_the_text_sets_both_sentences_of_a_contradiction_side_by_side(belarus):
    text = render(belarus, "text")
    assert re.search(r"“Minsk is Moscow's ally” \[\d+\] +\| “In 2014 Minsk lent Kiev money for fuel” \[\d+\]", text)
    assert max(map(len, text.splitlines())) <= 100


def test_the_markdown_has_heads_and_lists(belarus):
    text = render(belarus, "md")
    assert text.startswith("# Belarus between Russia and Ukraine\n")
    assert "## Contradictions" in text
    assert "| words | act |" in text
