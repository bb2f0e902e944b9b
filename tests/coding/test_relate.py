import pytest
from tests.factory import parsed, sentence

from entente.coder import make_document
from entente.coding.relate import mark_parties
from entente.records.actors import Actor
from entente.records.annotations import Reference, ResolvedDocument


def span(text, words):
    start = text.index(words)
    return ((start, start + len(words)),)


@pytest.fixture
def relate(coder):
    """Say what a text reports between two of its phrases."""

    def of(text, actor, recipient):
        [relation] = coder.relate([(make_document(text), span(text, actor), span(text, recipient))])
        return relation

    return of


# --- the two parties, by hand ---

CONDEMNED = """
Oslo      Oslo      PROPN nsubj     2
condemned condemn   VERB  root      0
Peru      Peru      PROPN nmod:poss 5
’s        ’s        PART  case      3
decision  decision  NOUN  obj       2
"""


def references(**by_head):
    actors = {head: Actor(code, code, kind="state") for head, code in by_head.items()}
    heads = {"oslo": 0, "peru": 2, "decision": 4}
    return {(0, heads[w]): Reference(0, heads[w], "name", (actor,), 0, 4) for w, actor in actors.items()}


def codes_of(marked):
    return {head: [actor.code for actor in reference.actors] for (_, head), reference in sorted(marked.references.items())}


def test_spans_stand_in_for_whatever_their_words_name():
    document = parsed(sentence(CONDEMNED))
    marked = mark_parties(ResolvedDocument(document, references(oslo="NOR", peru="PER"), ()), {"A": [(0, 4)], "B": [(15, 19)]})
    assert codes_of(marked) == {0: ["A"], 2: ["B"]}


def test_spans_that_name_nobody_known_are_parties_too():
    marked = mark_parties(ResolvedDocument(parsed(sentence(CONDEMNED)), {}, ()), {"A": [(0, 4)], "B": [(15, 19)]})
    assert codes_of(marked) == {0: ["A"], 2: ["B"]}


def test_a_thing_of_a_party_is_the_partys():
    document = parsed(sentence(CONDEMNED))
    marked = mark_parties(ResolvedDocument(document, references(decision="PER"), ()), {"A": [(0, 4)], "B": [(15, 19)]})
    assert codes_of(marked)[4] == ["B"]


def test_what_refers_to_the_same_as_a_span_is_that_party():
    document = parsed(sentence(CONDEMNED))
    found = references(oslo="NOR", peru="NOR")
    assert codes_of(mark_parties(ResolvedDocument(document, found, ()), {"A": [(0, 4)]}))[2] == ["A"]


def test_an_empty_side_is_no_party():
    marked = mark_parties(ResolvedDocument(parsed(sentence(CONDEMNED)), {}, ()), {"A": [(0, 4)]})
    assert codes_of(marked) == {0: ["A"]}


# --- what is said between them ---


def test_an_act_from_one_to_the_other_wins(relate):
    relation = relate("Norway sent Peru vaccines, though Chile had condemned it.", "Norway", "Peru")
    assert (relation.type, relation.status) == ("AID", "actual")
    assert relation.coded_by.startswith("event/AID/")
    assert relation.confidence > 0.5


def test_the_spans_decide_which_act_is_meant(relate):
    text = "Norway sent Peru vaccines, but Chile condemned Peru."
    assert relate(text, "Chile", "Peru.").type == "ACCUSE"


def test_parties_need_not_be_known(relate):
    assert (
        relate("The Fishers’ Union sued the Harbour Board of Vardø.", "The Fishers’ Union", "the Harbour Board").type == "ACCUSE"
    )


def test_the_passive_has_its_actor_in_the_by_phrase(relate):
    assert relate("Two Peruvian vessels were seized by the Chilean navy.", "the Chilean navy", "Two Peruvian vessels").quad == 4


@pytest.mark.parametrize(
    ("text", "type_"),
    [
        ("Norway lifted its ban on Peruvian fruit.", "CONCEDE"),
        ("Norway has decided to lift its ban on Peruvian fruit.", "CONCEDE"),
        ("Norway has promised to lift its ban on Peruvian fruit.", "AGREE"),
        ("Norway will lift its ban on Peruvian fruit.", "AGREE"),
        ("Norway will not lift its ban on Peruvian fruit until the harvest is tested.", "REJECT"),
        ("Norway refused to lift its ban on Peruvian fruit.", "REJECT"),
    ],
)
def test_a_concession_is_read_as_it_is_told(relate, text, type_):
    assert relate(text, "Norway", "Peruvian").type == type_


def test_help_to_come_is_a_promise_and_help_given_for_a_purpose_is_help(relate):
    assert relate("Norway will send aid to Peru.", "Norway", "Peru").type == "AGREE"
    assert relate("Norway has sent aid to Peru to feed the displaced.", "Norway", "Peru").type == "AID"


def test_a_hostile_act_to_come_is_a_threat_that_has_been_made(relate):
    relation = relate("Norway will impose sanctions on Peru.", "Norway", "Peru")
    assert (relation.type, relation.status) == ("THREATEN", "actual")


def test_an_act_that_would_come_is_a_promise_unless_it_hangs_on_a_condition(relate):
    assert relate("Norway would hold talks with Peru next month.", "Norway", "Peru").type == "AGREE"
    assert relate("If asked, Norway would hold talks with Peru.", "Norway", "Peru").type == "CONSULT"


def test_giving_way_is_material_cooperation(relate):
    assert relate("Norway lifted its ban on Peruvian fish.", "Norway", "Peruvian").quad == 2


def test_a_mode_is_one_of_the_type(relate, coder):
    relation = relate("Peru expelled two Norwegian diplomats.", "Peru", "two Norwegian diplomats")
    assert relation.mode in coder.codebook.vocabulary.modes_of(relation.type)


def test_what_a_party_says_of_itself_is_not_said_between_the_two(relate):
    assert relate("Norway condemned the shooting at the mine.", "Norway", "the shooting at the mine").type == "ACCUSE"


# --- guesses ---


def test_where_only_words_speak_the_confidence_is_low(relate):
    relation = relate("Norway, sanctions, Peru.", "Norway", "Peru")
    assert relation.type
    assert relation.confidence <= 0.6


def test_there_is_an_answer_where_nothing_is_said(relate):
    relation = relate("Norway 3, Peru 1.", "Norway", "Peru")
    assert (relation.coded_by, relation.confidence) == ("default", 0.1)


def test_there_is_an_answer_where_a_side_is_empty(coder):
    [relation] = coder.relate([(make_document("Protesters filled the square."), (), ())])
    assert relation.type


@pytest.mark.parametrize(
    ("text", "type_"),
    [
        ("Norway has imposed sanctions on Peruvian banks.", "COERCE"),
        ("Norway expelled two Peruvian diplomats.", "SANCTION"),
        ("A court in Norway convicted a Peruvian trawler captain.", "ACCUSE"),
        ("Norway launched a cyber attack on Peruvian ministries.", "ASSAULT"),
        ("Norway reached a fisheries agreement with Peruvian officials.", "SUPPORT"),
        ("Norway withdrew its observers from Peruvian waters.", "SANCTION"),
        ("Norway withdrew its troops from Peruvian waters.", "RETREAT"),
        ("Norway apologised to the Peruvian envoy.", "SUPPORT"),
    ],
)
def test_the_type_is_the_one_of_the_cameo_root(relate, text, type_):
    assert relate(text, "Norway", "Peruvian").type == type_
