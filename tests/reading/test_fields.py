import contextlib
import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entente.errors import DocumentError, TimeError
from entente.reading.fields import day_of, digest_of, document_of

JUNE_1 = dt.date(2017, 6, 1)


def test_all_fields_are_kept_as_they_are():
    fields = {"id": "a", "text": "One.\r\nTwo. ", "title": "T", "source": "S", "url": "U", "language": "en"}
    document = document_of(fields | {"published": "2017-06-01", "more": [1]})
    assert {name: getattr(document, name) for name in fields} == fields
    assert document.published == JUNE_1
    assert document.newline_ends_sentence


def test_the_date_may_be_called_date_and_published_goes_before_it():
    assert document_of({"text": "x", "date": "2017-06-01"}).published == JUNE_1
    assert document_of({"text": "x", "date": "2001-01-01", "published": "2017-06-01"}).published == JUNE_1


def test_a_document_without_a_date_is_undated_and_not_of_today():
    assert document_of({"text": "x"}).published is None


def test_the_given_date_is_for_documents_that_have_none():
    assert document_of({"text": "x"}, published=JUNE_1).published == JUNE_1
    assert document_of({"text": "x", "date": "2001-01-01"}, published=JUNE_1).published == dt.date(2001, 1, 1)


def test_a_number_can_be_an_id():
    assert document_of({"id": 7, "text": "x"}).id == "7"


@pytest.mark.parametrize("absent", [{}, {"id": None}, {"id": ""}])
def test_without_an_id_it_is_a_digest_of_text_date_and_source(absent):
    document = document_of({"text": "x", "date": "2017-06-01", "source": "s"} | absent)
    assert document.id == digest_of("x", JUNE_1, "s")


def test_text_date_and_source_each_change_the_digest():
    ids = {digest_of("x", JUNE_1, "s"), digest_of("y", JUNE_1, "s"), digest_of("x", None, "s"), digest_of("x", JUNE_1, None)}
    assert len(ids) == 4


def test_an_empty_cell_is_no_date():
    assert document_of({"text": "x", "published": "", "date": " "}).published is None


def test_dates_of_parquet_and_pandas_are_taken_as_they_are():
    assert document_of({"text": "x", "date": JUNE_1}).published == JUNE_1
    assert document_of({"text": "x", "date": dt.datetime(2017, 6, 1, 8, 30)}).published == JUNE_1


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({}, "no `text`"),
        ({"text": None}, "no `text`"),
        ({"text": ""}, "no `text`"),
        ({"text": " \n\t"}, "no `text`"),
        ({"text": 5}, "`text` must be a string, not a number"),
        ({"text": ["x"]}, "`text` must be a string, not a list"),
        ({"text": "half \ud83d"}, "`text` is not valid Unicode"),
        ({"text": "x", "id": True}, "`id` must be a string"),
        ({"text": "x", "id": 1.5}, "`id` must be a string"),
        ({"text": "x", "title": {}}, "`title` must be a string, not an object"),
        ({"text": "x", "published": "yesterday"}, "`published` 'yesterday' is no date"),
        ({"text": "x", "date": "2017-02-30"}, "`date` '2017-02-30' is no date"),
        ({"text": "x", "date": 20170601}, "`date` must be a string"),
    ],
)
def test_what_is_no_document_says_why(fields, reason):
    with pytest.raises(DocumentError) as raised:
        document_of(fields)
    assert reason in str(raised.value)


@pytest.mark.parametrize("written", ["2017-06-01", " 2017-06-01 ", "2017-06-01T23:59:59Z", "2017-06-01 08:30", "20170601"])
def test_iso_dates_and_times_name_their_day(written):
    assert day_of(written) == JUNE_1


@pytest.mark.parametrize("written", ["", "2017", "2017-6-1", "01.06.2017", "June 1, 2017", "0017-06-01", "9999-12-31"])
def test_anything_else_is_no_date(written):
    with pytest.raises(TimeError, match="no date"):
        day_of(written)


@given(st.text())
def test_no_string_breaks_the_reading_of_dates(written):
    with contextlib.suppress(TimeError):
        assert isinstance(day_of(written), dt.date)


@given(st.text(st.characters(exclude_categories=["Cs"])).filter(str.strip))
def test_the_text_is_never_changed(text):
    assert document_of({"text": text}).text == text
