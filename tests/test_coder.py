import datetime as dt
import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from entente.coder import make_document
from entente.errors import TimeError
from entente.records.text import Document

SENTENCES = [
    "Russia’s annexation of Crimea surprised Belarus’s president, Alexander Lukashenko.",
    "On Tuesday Kenya and Uganda signed a treaty in Nairobi.",
    "France, Germany and Italy voted against the resolution.",
    "Chad depends on Libya for a third of its fuel.",
    "“We will never attack,” said the foreign minister — and left.",
    "Тhe Kremlin denied it 🙂.",
    "قال الوزير إن مصر ستدعم السودان.",
    "NO agreement",
    "It’s raining\tin Oslo…",
    "",
]
JOINTS = ["\n", " ", "\n\n", "\r\n", "\u00a0", " \u200f", "\x07", "\t\n"]


def assert_evidence_is_the_text(document, records):
    for record in records:
        for span in (record.evidence, *record.also):
            assert span.text == document.text[span.start : span.end]
            assert span.text.strip()


def assert_spans_are_sound(records):
    for record in records:
        if record.date is not None:
            start, end = record.date.inclusive()
            assert start is None or end is None or start <= end


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.sampled_from(SENTENCES), st.sampled_from(JOINTS)), max_size=6), st.booleans())
def test_evidence_is_the_documents_text_at_its_offsets_whatever_the_text(coder, parts, newline_ends_sentence):
    text = "".join(sentence + joint for sentence, joint in parts)
    document = Document(id="generated", text=text, published=dt.date(2020, 2, 29), newline_ends_sentence=newline_ends_sentence)
    records = list(coder.code(document))
    assert_evidence_is_the_text(document, records)
    assert_spans_are_sound(records)
    assert len({record.id for record in records}) == len(records)


def test_evidence_is_the_text_in_the_gold_passages(coder, gold_folder):
    for file in [gold_folder / "seed.json", *sorted((gold_folder / "dev").glob("*.json"))]:
        passage = json.loads(file.read_text(encoding="utf-8"))
        document = make_document("\n".join(passage["sentences"]), passage["date"], id=passage["id"])
        records = list(coder.code(document))
        assert records
        assert_evidence_is_the_text(document, records)


def test_the_same_document_gives_the_same_records_and_ids(coder):
    text = "Kenya expelled two Somali diplomats on Monday. It accused Somalia of espionage."
    assert list(coder.code(text, "2021-03-03")) == list(coder.code(text, "2021-03-03"))


def test_a_document_codes_alike_alone_and_in_a_batch(coder):
    documents = [make_document(text, "2021-03-03", id=str(i)) for i, text in enumerate(SENTENCES)]
    alone = [list(coder.code(document)) for document in documents]
    batched = [records for _, records in coder.code_documents(documents)]
    assert batched == alone


def test_relative_dates_of_an_undated_document_stay_unresolved(coder):
    records = list(coder.code("Kenya expelled two Somali diplomats on Monday."))
    assert [record.date for record in records if record.kind == "event"] == [None]


def test_a_date_that_is_none_is_an_error_that_says_so(coder):
    with pytest.raises(TimeError, match="no date: 'yesterday'; write it as 2017-06-01"):
        list(coder.code("Kenya slept.", "yesterday"))


def test_an_explanation_says_what_was_left_out_and_why(coder):
    explanation = coder.explain("Somebody signed a treaty in May. Kenya expelled two Somali diplomats.", "2021-06-01")
    assert any(record.type == "SANCTION" for record in explanation.records)
    assert any("no actor was found" in item.reason for item in explanation.left_out)
    assert [span.text for span in explanation.sentences][1] == "Kenya expelled two Somali diplomats."


def test_a_fact_told_twice_is_one_record_with_two_mentions(coder):
    records = list(coder.code("Kenya is a member of the African Union.\nKenya belongs to the African Union.", "2021-06-01"))
    memberships = [record for record in records if record.type == "membership"]
    assert len(memberships) == 1
    assert len(memberships[0].also) == 1


def test_an_empty_text_has_no_records(coder):
    assert list(coder.code("")) == []
    assert list(coder.code(" \n\t\n ")) == []


def test_a_ruler_named_is_the_recipient_of_his_own_armys_act(coder):
    records = list(coder.code("The army of Niger deposed President Mohamed Bazoum.", "2023-07-28"))
    coup = next(record for record in records if record.type == "COERCE")
    assert [actor.code for actor in (*coup.actor, *coup.recipient)] == ["NER", "NER"]
