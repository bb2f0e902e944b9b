import csv
import datetime as dt
import io
import json

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyarrow import parquet

from entente.reading.tabular import read_csv, read_json_lines, read_parquet, starts_json_lines

texts = st.text(st.characters(exclude_categories=["Cs"])).filter(str.strip)


def json_lines(raw: bytes):
    stream = io.BytesIO(raw)
    return list(read_json_lines(stream.readline(), stream, None))


def csv_rows(raw: bytes):
    stream = io.BytesIO(raw)
    return list(read_csv(stream.readline(), stream, None))


def parquet_rows(table: pa.Table):
    stream = io.BytesIO()
    parquet.write_table(table, stream)
    return list(read_parquet(None, io.BytesIO(stream.getvalue()), None))


# --- JSON Lines ---


@given(st.lists(st.fixed_dictionaries({"id": st.text("abc", min_size=1), "text": texts}), min_size=1, max_size=5))
@settings(max_examples=50)
def test_json_lines_give_their_documents_in_order(rows):
    raw = "".join(json.dumps(row) + "\n" for row in rows).encode()
    assert [(d.id, d.text) for d in json_lines(raw)] == [(row["id"], row["text"]) for row in rows]


def test_a_line_separator_inside_a_text_ends_no_line():
    assert json_lines('{"text": "one\u2028two\x85three"}\n'.encode())[0].text == "one\u2028two\x85three"


def test_blank_lines_and_a_byte_order_mark_are_passed_over():
    assert [d.text for d in json_lines(b'\xef\xbb\xbf{"text": "a"}\n\n \n{"text": "b"}')] == ["a", "b"]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b"nonsense", "no JSON"),
        (b'{"text": "a"', "no JSON"),
        (b"[1, 2]", "no object"),
        (b'"a"', "no object"),
        (b'{"title": "a"}', "no `text`"),
        (b'{"text": null}', "no `text`"),
        (b'{"text": "caf\xe9"}', "not UTF-8"),
        (b'{"text": "\\ud83d"}', "no JSON"),
        (b'{"text": ' + b"[" * 100_000, "no JSON"),
        (b'{"text": "a", "date": "nope"}', "no date"),
    ],
)
def test_a_bad_line_is_set_aside_by_number_and_the_others_go_on(line, reason):
    first, (number, why), last = json_lines(b'{"text": "a"}\n' + line + b'\n{"text": "b"}\n')
    assert (first.text, number, last.text) == ("a", 2, "b")
    assert reason in why


@pytest.mark.parametrize("raw", [b"", b"\n\n"])
def test_a_file_without_lines_has_no_documents(raw):
    assert json_lines(raw) == [(None, "it has no documents")]


def test_json_over_several_lines_is_set_aside_once():
    assert len(json_lines(json.dumps([{"text": "a"}] * 9, indent=1).encode())) == 1


def test_json_lines_are_told_by_their_first_line():
    assert starts_json_lines(b'{"text": "a"}\n')
    assert not starts_json_lines(b"{Minsk} is a city.\n")
    assert not starts_json_lines(b"Minsk is a city.\n")
    assert not starts_json_lines(b'"text"\n')


# --- CSV ---


@given(st.lists(st.tuples(st.text("abc", min_size=1), texts), min_size=1, max_size=5))
@settings(max_examples=50)
def test_csv_gives_its_documents_in_order(rows):
    buffer = io.StringIO(newline="")
    csv.writer(buffer).writerows([("id", "text"), *rows])
    assert [(d.id, d.text) for d in csv_rows(buffer.getvalue().encode())] == rows


def test_na_is_a_text_and_namibia_a_source():
    [document] = csv_rows(b"id,text,source\nNA,NA,NA\n")
    assert (document.id, document.text, document.source) == ("NA", "NA", "NA")


@pytest.mark.parametrize("raw", [b"id\ttext\na\tone, two\n", b"id;text\na;one, two\n", b'Text,ID\n"one, two",a\n'])
def test_the_header_tells_the_separator(raw):
    [document] = csv_rows(raw)
    assert (document.id, document.text) == ("a", "one, two")


def test_a_cell_may_hold_line_feeds_and_two_megabytes():
    text = "Minsk said\n" * 200_000
    assert csv_rows(f'text\n"{text}"\n'.encode())[0].text == text


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (b"b,", "no `text`"),
        (b"b", "1 cells where the header has 2"),
        (b"b,c,d", "3 cells where the header has 2"),
        (b"b,caf\xe9", "not valid Unicode"),
        (b'b,"c"d', "no CSV row"),
    ],
)
def test_a_bad_row_is_set_aside_by_line_and_the_others_go_on(row, reason):
    first, (line, why), last = csv_rows(b'id,text\na,"one\ntwo"\n' + row + b"\nz,last\n")
    assert (first.text, line, last.text) == ("one\ntwo", 4, "last")
    assert reason in why


def test_a_quotation_mark_that_is_never_closed_is_set_aside():
    [(line, why)] = csv_rows(b'text\n"one\ntwo\n')
    assert line == 2
    assert "no CSV row" in why


@pytest.mark.parametrize(
    ("raw", "item"),
    [
        (b"", (None, "it has no documents")),
        (b"id,body\na,b\n", (1, "its header has no `text` column")),
        (b"id,text\n", (None, "it has no documents")),
    ],
)
def test_csv_without_texts_is_set_aside(raw, item):
    assert csv_rows(raw) == [item]


# --- Parquet ---


def test_parquet_gives_documents_with_their_dates():
    table = pa.table({"id": [1, 2], "text": ["a", "NA"], "date": [dt.date(2017, 6, 1), None], "more": [{"x": 1}, None]})
    assert [(d.id, d.text, d.published) for d in parquet_rows(table)] == [("1", "a", dt.date(2017, 6, 1)), ("2", "NA", None)]


def test_a_time_stamp_is_of_its_day():
    table = pa.table({"text": ["a"], "published": pa.array([dt.datetime(2017, 6, 1, 23)], pa.timestamp("ns"))})
    assert parquet_rows(table)[0].published == dt.date(2017, 6, 1)


def test_a_bad_row_of_parquet_is_set_aside_by_its_number():
    assert parquet_rows(pa.table({"text": ["a", None, "b"]}))[1] == (2, "it has no `text`")


def test_parquet_without_texts_is_set_aside():
    assert parquet_rows(pa.table({"body": ["a"]})) == [(None, "it has no `text` column")]
    assert parquet_rows(pa.table({"text": pa.array([], pa.string())})) == [(None, "it has no documents")]


@pytest.mark.parametrize("raw", [b"", b"PAR1", b"id,text\na,b\n", b"PAR1" + b"\x00" * 100 + b"PAR1"])
def test_what_is_no_parquet_is_set_aside(raw):
    [(line, why)] = read_parquet(None, io.BytesIO(raw), None)
    assert line is None
    assert "no Parquet file" in why
