import datetime as dt
import io
import json

import pyarrow as pa
import pytest
from pyarrow import parquet

from entente.errors import InputError
from entente.reading.files import SetAside, find_files, read_paths
from entente.records.text import Document


def texts_of(paths, **options):
    return [item.text if isinstance(item, Document) else str(item) for item in read_paths(paths, **options)]


def test_every_form_is_told_by_the_end_of_the_name(tmp_path):
    (tmp_path / "a.txt").write_text("plain")
    (tmp_path / "b.jsonl").write_text('{"text": "json"}\n')
    (tmp_path / "c.csv").write_text("text\ncomma\n")
    (tmp_path / "d.TSV").write_text("id\ttext\n1\ttab\n")
    parquet.write_table(pa.table({"text": ["parquet"]}), tmp_path / "e.parquet")
    (tmp_path / "f").write_text("no ending")
    paths = [tmp_path / name for name in ("a.txt", "b.jsonl", "c.csv", "d.TSV", "e.parquet", "f")]
    assert texts_of(paths) == ["plain", "json", "comma", "tab", "parquet", "no ending"]


def test_a_folder_is_read_in_order_with_all_below_it(tmp_path):
    (tmp_path / "sub").mkdir()
    for name in ("b.txt", "a.txt", "sub/c.txt", ".hidden.txt", "picture.png"):
        (tmp_path / name).write_text(name)
    assert texts_of([tmp_path]) == ["a.txt", "b.txt", "sub/c.txt"]


def test_a_glob_is_expanded(tmp_path):
    for name in ("b.txt", "a.txt", "c.md"):
        (tmp_path / name).write_text(name)
    assert texts_of([str(tmp_path / "*.txt")]) == ["a.txt", "b.txt"]


def test_a_file_with_a_star_in_its_name_is_itself(tmp_path):
    for name in ("a*.txt", "ab.txt"):
        (tmp_path / name).write_text(name)
    assert texts_of([str(tmp_path / "a*.txt")]) == ["a*.txt"]


def test_a_file_that_two_paths_lead_to_is_read_once(tmp_path):
    (tmp_path / "a.txt").write_text("once")
    assert len(find_files([tmp_path / "a.txt", tmp_path])) == 1


@pytest.mark.parametrize("name", ["nothing.txt", "*.txt", "no/where"])
def test_a_missing_path_is_an_error_before_anything_is_read(tmp_path, name):
    (tmp_path / "a.md").write_text("there")
    with pytest.raises(InputError, match="no such file or folder"):
        read_paths([tmp_path / "a.md", str(tmp_path / name)])


def test_a_folder_with_nothing_to_read_is_an_error(tmp_path):
    (tmp_path / "a.png").write_bytes(b"\x89PNG")
    with pytest.raises(InputError, match="no file that can be read"):
        read_paths([tmp_path])


def test_a_ledger_is_not_read_as_documents(tmp_path):
    (tmp_path / "ledger.json").write_text('{"format": 1}')
    with pytest.raises(InputError, match="it is a ledger"):
        read_paths([tmp_path])


def test_a_folder_or_glob_does_not_read_the_tables_of_a_ledger_below_it(tmp_path):
    (tmp_path / "politics" / "documents").mkdir(parents=True)
    (tmp_path / "politics" / "ledger.json").write_text('{"format": 1}')
    parquet.write_table(pa.table({"text": ["stale"]}), tmp_path / "politics" / "documents" / "part.parquet")
    (tmp_path / "a.txt").write_text("fresh")
    assert texts_of([tmp_path]) == ["fresh"]
    assert texts_of([str(tmp_path / "**")]) == ["fresh"]


def test_what_is_set_aside_names_file_and_line_and_the_run_goes_on(tmp_path):
    (tmp_path / "a.jsonl").write_text('nonsense\n{"text": "good"}\n')
    (tmp_path / "b.txt").write_bytes(b"\x00\x01")
    first, document, last = read_paths([tmp_path / "a.jsonl", tmp_path / "b.txt"])
    assert str(first).startswith(f"{tmp_path / 'a.jsonl'}:1: it is no JSON")
    assert document.text == "good"
    assert last == SetAside(str(tmp_path / "b.txt"), None, "it is a binary file, not text")


def test_the_given_date_is_for_documents_without_one(tmp_path):
    (tmp_path / "a.txt").write_text("plain")
    [document] = read_paths([tmp_path / "a.txt"], published=dt.date(2017, 6, 1))
    assert document.published == dt.date(2017, 6, 1)


def test_a_form_can_be_asked_for(tmp_path):
    (tmp_path / "a.log").write_text('{"text": "json"}\n')
    assert texts_of([tmp_path / "a.log"], form="jsonl") == ["json"]


def test_standard_input_is_plain_text():
    [document] = read_paths(["-"], stdin=io.BytesIO(b"Minsk said.\nKyiv said.\n"))
    assert (document.text, document.source) == ("Minsk said.\nKyiv said.\n", None)


def test_standard_input_is_json_lines_if_it_begins_so():
    stream = io.BytesIO(b'{"text": "a"}\nnonsense\n{"text": "b"}\n')
    first, aside, last = read_paths(["-"], stdin=stream)
    assert (first.text, last.text) == ("a", "b")
    assert str(aside).startswith("standard input:2: it is no JSON")


def test_parquet_can_come_from_standard_input():
    stream = io.BytesIO()
    parquet.write_table(pa.table({"text": ["a"]}), stream)
    assert texts_of(["-"], stdin=io.BytesIO(stream.getvalue()), form="parquet") == ["a"]


def test_without_standard_input_a_dash_is_an_error():
    with pytest.raises(InputError, match="standard input"):
        read_paths(["-"])


def test_a_line_of_two_megabytes_is_read(tmp_path):
    text = "Minsk said. " * 170_000
    (tmp_path / "a.jsonl").write_text(json.dumps({"text": text}) + "\n")
    assert texts_of([tmp_path / "a.jsonl"]) == [text]
