import datetime as dt

from hypothesis import given, settings
from hypothesis import strategies as st

from entente.ledger.rows import Run, digest_of, document_of, documents_table, record_of, records_table, run_of, runs_table
from entente.records.text import Document
from tests.strategies import documents, records


@given(st.lists(records, max_size=4))
@settings(max_examples=40, deadline=None)
def test_records_come_back_from_their_rows_as_they_were(found):
    assert [record_of(row) for row in records_table(found, 1).to_pylist()] == found


@given(st.lists(documents(), max_size=4))
@settings(max_examples=40, deadline=None)
def test_documents_come_back_from_their_rows_as_they_were(found):
    assert [document_of(row) for row in documents_table(found, 1).to_pylist()] == found


def test_runs_come_back_from_their_rows_as_they_were():
    texts = dict.fromkeys(("operation", "started", "finished", "entente", "codebook", "pipeline"), "x")
    numbers = dict.fromkeys(
        ("version", "run", "documents", "replaced", "records", "documents_version", "records_version", "oldest"), 3
    )
    run = Run(**texts, **numbers, settings={"recode": True, "published": None})
    assert [run_of(row) for row in runs_table(run).to_pylist()] == [run]


def test_every_field_but_the_id_changes_the_digest():
    document = {"text": "x", "published": dt.date(2017, 6, 1), "title": None, "source": "s", "newline_ends_sentence": True}
    changes = [{}, {"text": "y"}, {"published": None}, {"title": "t"}, {"source": None}, {"newline_ends_sentence": False}]
    assert len({digest_of(Document(**{"id": "a"} | document | change)) for change in changes}) == len(changes)
    assert digest_of(Document(**{"id": "a"} | document)) == digest_of(Document(**{"id": "b"} | document))
