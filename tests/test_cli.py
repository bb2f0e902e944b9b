import csv
import io
import json
import resource
import subprocess
import sys
import tomllib
from importlib import import_module
from pathlib import Path

import pyarrow as pa
import pytest
from jsonschema import Draft202012Validator
from pyarrow import parquet

import entente.coder
from entente.cli import COMMANDS, MODULES, run
from entente.formats import csv as csv_form
from entente.formats import parquet as parquet_form
from entente.workspace import Workspace
from tests.fake_coder import FakeCoder

ROOT = Path(__file__).parents[1]
SCHEMA = Draft202012Validator(json.loads((ROOT / "docs" / "record.schema.json").read_text(encoding="utf-8")))
TEXT = "BLR helped UKR in 2014. DEU is in NATO"


@pytest.fixture(autouse=True)
def fake_coder(monkeypatch):
    """Commands find a coder that needs no pipeline."""
    monkeypatch.setattr(entente.coder, "load_coder", lambda codebook=None, **making: FakeCoder())


@pytest.fixture
def news(tmp_path):
    """Two good documents, on lines 1 and 3, and a bad one between them."""
    path = tmp_path / "news.jsonl"
    rows = [{"id": "a", "text": TEXT, "published": "2017-06-01", "source": "s"}, {"id": "b", "text": "KAZ helped UKR in 2010"}]
    path.write_text(f"{json.dumps(rows[0])}\nnonsense\n{json.dumps(rows[1])}\n")
    return path


@pytest.fixture
def ledger(news, tmp_path):
    """A ledger with the good documents."""
    with Workspace(tmp_path / "politics", coder=FakeCoder()) as workspace:
        workspace.code(news)
    return str(tmp_path / "politics")


def give(monkeypatch, raw: bytes):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(raw)))


# --- help ---


def test_help_names_every_command_in_its_own_words(capsys):
    assert run(["--help"]) == 0
    shown = " ".join(capsys.readouterr().out.split())
    for name, said in COMMANDS.items():
        assert f"{name} {said}" in shown
        assert import_module(f"entente.cli.{MODULES.get(name, name)}").command.short_help == said


def test_without_a_command_there_is_help(capsys):
    assert run([]) == 0
    assert "Usage: entente" in capsys.readouterr().out


@pytest.mark.parametrize("command", [*([name] for name in COMMANDS), ["ledger", "sql"], ["codebook", "check"]])
def test_every_command_explains_itself(capsys, command):
    assert run([*command, "--help"]) == 0
    assert "Usage: entente" in capsys.readouterr().out


def test_help_comes_at_once():
    script = "import sys; from entente.cli import run; run(['--help']); print(*sys.modules)"
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    modules = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout.split()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime < 0.3
    assert not {"spacy", "pyarrow", "duckdb", "deltalake", "pandas", "rich", "msgspec"} & set(modules)


def test_the_version_is_shown(capsys):
    assert run(["--version"]) == 0
    assert capsys.readouterr().out == f"entente {entente.__version__}\n"


def test_the_script_of_the_package_is_this_main():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    assert project["scripts"]["entente"] == "entente.cli:main"


# --- code: records to print ---


def test_records_are_printed_as_json_lines_held_to_the_schema(news, capsysbinary):
    assert run(["code", str(news), "--to", "jsonl"]) == 1
    lines = capsysbinary.readouterr().out.splitlines()
    assert [json.loads(line)["document"] for line in lines] == ["a", "a", "b"]
    for line in lines:
        SCHEMA.validate(json.loads(line))


def test_records_are_printed_as_csv_held_to_the_schema(news, capsysbinary):
    assert run(["code", str(news), "--to", "csv"]) == 1
    rows = list(csv.DictReader(io.StringIO(capsysbinary.readouterr().out.decode(), newline="")))
    assert [row["actor.codes"] for row in rows] == ["BLR", "DEU", "KAZ"]
    for row in rows:
        SCHEMA.validate(csv_form.public_of_row(row))


def test_records_are_printed_as_parquet_held_to_the_schema(news, capsysbinary):
    assert run(["code", str(news), "--to", "parquet"]) == 1
    table = parquet.read_table(pa.BufferReader(capsysbinary.readouterr().out))
    assert table.num_rows == 3
    for row in table.to_pylist():
        SCHEMA.validate(parquet_form.public_of_row(row))


def test_records_are_printed_as_a_table(news, capsys):
    assert run(["code", str(news), "--to", "table"]) == 1
    head, first, *_ = capsys.readouterr().out.splitlines()
    assert head.split() == ["date", "kind", "type", "actor", "recipient", "status", "words"]
    assert first.split()[:6] == ["2014", "event", "AID", "BLR", "UKR", "actual"]


def test_outside_a_terminal_json_lines_are_the_default(news, capsys):
    run(["code", str(news)])
    assert json.loads(capsys.readouterr().out.splitlines()[0])["document"] == "a"


@pytest.mark.parametrize("name", ["out.jsonl", "out.csv", "out.parquet"])
def test_a_file_is_written_in_the_form_of_its_name(news, tmp_path, name, capsys):
    assert run(["code", str(news), "-o", str(tmp_path / name)]) == 1
    raw = (tmp_path / name).read_bytes()
    assert {"out.jsonl": b"{", "out.csv": b"i", "out.parquet": b"P"}[name] == raw[:1]
    assert capsys.readouterr().out == ""


def test_a_file_is_written_whole_or_not_at_all(news, tmp_path, monkeypatch):
    (tmp_path / "out.jsonl").write_text("before")
    monkeypatch.setattr(FakeCoder, "record_of", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        run(["code", str(news), "-o", str(tmp_path / "out.jsonl")])
    assert (tmp_path / "out.jsonl").read_text() == "before"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["news.jsonl", "out.jsonl"]


def test_standard_input_is_read(monkeypatch, capsys):
    give(monkeypatch, TEXT.encode())
    assert run(["code", "-", "--date", "2017-06-01", "--to", "jsonl"]) == 0
    record = json.loads(capsys.readouterr().out.splitlines()[0])
    assert (record["published"], record["source"]) == ("2017-06-01", None)


def test_the_summary_goes_to_standard_error(news, capsys):
    run(["code", str(news), "--to", "jsonl"])
    assert capsys.readouterr().err.splitlines() == [
        "2 documents coded: 3 records (2 events, 1 tie)",
        "set aside: 1",
        f"  {news}:2: it is no JSON (JSON is malformed: invalid character (byte 4))",
    ]


def test_a_closed_pipe_is_no_error(news):
    script = f"import sys; from entente.cli import run; sys.exit(run(['code', {str(news)!r}, '--help']))"
    process = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    process.stdout.close()
    assert process.stderr.read() == b""
    assert process.wait() == 141


# --- code: a ledger ---


def test_a_ledger_is_filled_and_the_same_command_again_changes_nothing(news, tmp_path, capsys):
    command = ["code", str(news), "--ledger", str(tmp_path / "politics")]
    assert run(command) == 1
    assert "the ledger is at version 1" in capsys.readouterr().err
    assert run(command) == 1
    assert "0 documents coded (2 unchanged): 0 records\nthe ledger is at version 1" in capsys.readouterr().err
    assert run([*command, "--recode"]) == 1
    assert "2 documents coded (2 replaced)" in capsys.readouterr().err


def test_an_interrupted_run_says_how_to_go_on(news, tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(FakeCoder, "code_documents", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
    assert run(["code", str(news), "--ledger", str(tmp_path / "politics")]) == 130
    assert "the same command goes on from there" in capsys.readouterr().err


# --- code: bad input, each tried ---


@pytest.mark.parametrize(
    ("name", "raw", "reason"),
    [
        ("empty.txt", b"", "it has no text"),
        ("empty.jsonl", b"", "it has no documents"),
        ("binary.txt", bytes(range(256)), "it is a binary file"),
        ("latin.txt", "café".encode("latin-1"), "it is not UTF-8 at byte 4"),
        ("bad.jsonl", b"{", "it is JSON over several lines"),
        ("textless.jsonl", b'{"id": "a"}\n', ":1: it has no `text`"),
        ("dated.jsonl", b'{"text": "a", "date": "31 June"}\n', ":1: its `date` '31 June' is no date"),
        ("bad.parquet", b"not", "it is no Parquet file"),
        ("bad.csv", b"id,body\n", "its header has no `text` column"),
    ],
)
def test_a_bad_document_is_set_aside_with_its_reason(tmp_path, capsys, name, raw, reason):
    (tmp_path / name).write_bytes(raw)
    (tmp_path / "good.txt").write_text(TEXT)
    assert run(["code", str(tmp_path / name), str(tmp_path / "good.txt"), "--to", "jsonl"]) == 1
    output = capsys.readouterr()
    assert len(output.out.splitlines()) == 2
    assert reason in output.err
    assert str(tmp_path / name) in output.err
    assert "Traceback" not in output.err


@pytest.mark.parametrize(
    "text",
    [
        "talk goes on. " * 150_000 + "BLR helped UKR",
        "word\n" * 10_000 + "BLR helped UKR",
        "\x07\x1b[31m BLR helped UKR \x00".replace("\x00", ""),
        "قالت BLR helped UKR الحكومة",
    ],
    ids=["2 MB in a line", "10,000 lines", "control characters", "right to left"],
)
def test_odd_text_is_coded_and_its_evidence_is_its_words(tmp_path, capsys, text):
    (tmp_path / "odd.txt").write_text(text, encoding="utf-8")
    assert run(["code", str(tmp_path / "odd.txt"), "--to", "jsonl"]) == 0
    for line in capsys.readouterr().out.splitlines()[:100]:
        evidence = json.loads(line)["evidence"]
        assert text[evidence["start"] : evidence["end"]] == evidence["text"] == "BLR helped UKR"


def test_escape_sequences_of_a_text_do_not_reach_the_terminal(tmp_path, capsys):
    (tmp_path / "odd\x1b[2J.jsonl").write_text('{"text": "BLR helped UKR"}\n\x1b[31m\n')
    run(["code", str(tmp_path / "odd\x1b[2J.jsonl"), "--to", "table"])
    assert "\x1b" not in "".join(capsys.readouterr())


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["code"], "Missing argument 'PATHS...'; see `entente code --help`"),
        (["code", "missing.txt"], "missing.txt: there is no such file or folder"),
        (["code", "{news}", "--date", "2017-02-30"], "'2017-02-30' is no date; write it as 2017-06-01"),
        (["code", "{news}", "--date", "yesterday"], "'yesterday' is no date"),
        (["code", "{news}", "--ledger", "x", "--to", "csv"], "choose one"),
        (["code", "{news}", "--recode"], "--recode goes with --ledger"),
        (["code", "{news}", "--to", "xml"], "'xml' is not one of"),
        (["code", "{news}", "--to", "table", "-o", "x"], "a table is for the terminal"),
        (["code", "{news}", "-o", "no/where/x.csv"], "no/where"),
        (["code", "{news}", "--codebook", "missing"], "'missing' does not exist"),
        (["code", "{news}", "--ledger", "{folder}"], "no ledger"),
        (["code", "{news}", "--ledger", "{news}"], "no ledger"),
        (["records"], "Missing option '--ledger'"),
        (["records", "--ledger", "missing"], "there is no ledger; make one with `entente code"),
        (["records", "--ledger", "{folder}"], "this is no ledger"),
        (["records", "--ledger", "{newer}"], "format is 2, this entente reads 1; update entente"),
        (["records", "--ledger", "{ledger}", "--version", "9"], "no version 9; its latest is 1"),
        (["records", "--ledger", "{ledger}", "--kind", "events"], "'events' is not one of"),
        (["records", "--ledger", "{ledger}", "--since", "lately"], "'lately' is no date; write 2014, 2014-06 or 2014-06-07"),
        (["ledger", "sql", "{ledger}", "drop table runs"], "a query only reads"),
        (["ledger", "sql", "{ledger}", "selec"], "the query failed"),
        (["explain", " "], "there is no text to explain"),
        (["frobnicate"], "No such command 'frobnicate'"),
    ],
)
def test_a_wrong_call_is_one_line_without_a_traceback(tmp_path, news, ledger, capsys, monkeypatch, arguments, message):
    (tmp_path / "newer").mkdir()
    (tmp_path / "newer" / "ledger.json").write_text('{"format": 2}')
    monkeypatch.chdir(tmp_path)
    places = {"news": news, "folder": tmp_path, "ledger": ledger, "newer": tmp_path / "newer"}
    assert run([argument.format(**places) for argument in arguments]) == 2
    output = capsys.readouterr()
    assert output.err.startswith("error: ")
    assert message in output.err
    assert "Traceback" not in output.err
    assert output.out == ""


# --- records ---


def test_records_of_a_ledger_are_chosen_by_conditions(ledger, capsys):
    assert run(["records", "--ledger", ledger, "--recipient", "UKR", "--kind", "event", "--since", "2014", "--to", "jsonl"]) == 0
    output = capsys.readouterr()
    [record] = map(json.loads, output.out.splitlines())
    SCHEMA.validate(record)
    assert record["actor"][0]["code"] == "BLR"


def test_records_without_a_date_are_counted_when_days_are_asked_for(ledger, capsys):
    run(["records", "--ledger", ledger, "--since", "2014", "--to", "table"])
    assert capsys.readouterr().err == "1 without a date left out by --since and --until\n"


def test_records_of_an_older_version_can_be_had_again(ledger, tmp_path, capsys):
    (tmp_path / "more.txt").write_text("RUS helped BLR")
    run(["code", str(tmp_path / "more.txt"), "--ledger", ledger])
    capsys.readouterr()
    run(["records", "--ledger", ledger, "--version", "1", "--to", "jsonl"])
    assert len(capsys.readouterr().out.splitlines()) == 3
    run(["records", "--ledger", ledger, "--to", "jsonl"])
    assert len(capsys.readouterr().out.splitlines()) == 4


def test_a_limit_says_what_it_left_out(ledger, capsys):
    run(["records", "--ledger", ledger, "--to", "table", "--limit", "1"])
    output = capsys.readouterr()
    assert len(output.out.splitlines()) == 2
    assert "the first 1 of 3 records" in output.err


def test_no_records_is_said(ledger, capsys):
    assert run(["records", "--ledger", ledger, "--actor", "FRA", "--to", "table"]) == 0
    assert capsys.readouterr().out == "no records\n"


# --- ledger ---


def test_info_says_what_is_in_a_ledger_and_how_it_came_about(ledger, capsys):
    assert run(["ledger", "info", ledger]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[1:3] == ["documents  2", "records    3 (2 event, 1 tie)"]
    assert lines[4].split()[:3] == ["1", "1", "code"]


def test_info_comes_as_json_too(ledger, capsys):
    run(["ledger", "info", ledger, "--json"])
    info = json.loads(capsys.readouterr().out)
    assert (info["documents"], info["runs"][0]["codebook"]) == (2, "book-1")


def test_a_ledger_is_compacted_and_forgets_only_when_told(ledger, tmp_path, capsys):
    (tmp_path / "more.txt").write_text("RUS helped BLR")
    run(["code", str(tmp_path / "more.txt"), "--ledger", ledger])
    assert run(["ledger", "compact", ledger]) == 0
    assert "older versions can still be opened" in capsys.readouterr().out
    assert run(["ledger", "compact", ledger]) == 0
    assert capsys.readouterr().out == "there is nothing to join\n"
    assert run(["ledger", "compact", ledger, "--forget"]) == 0
    assert "older versions are gone" in capsys.readouterr().out
    assert run(["records", "--ledger", ledger, "--version", "1"]) == 2
    assert run(["ledger", "info", ledger]) == 0


QUERY = "select code, count(*) as n from participants group by code order by n desc, code limit 2"


@pytest.mark.parametrize(
    ("form", "output"),
    [
        ("table", "code  n\nUKR   2\nBLR   1\n"),
        ("csv", "code,n\r\nUKR,2\r\nBLR,1\r\n"),
        ("jsonl", '{"code":"UKR","n":2}\n{"code":"BLR","n":1}\n'),
    ],
)
def test_a_query_is_answered_in_every_form(ledger, capfd, form, output):
    assert run(["ledger", "sql", ledger, QUERY, "--to", form]) == 0
    assert capfd.readouterr().out == output


def test_nested_and_odd_values_of_a_query_are_written(ledger, capsys):
    query = "select actor, date, 1.5::decimal(4, 2) as d, interval 1 day as i, 'x'::blob as b from records limit 1"
    for form in ("table", "csv", "jsonl"):
        assert run(["ledger", "sql", ledger, query, "--to", form]) == 0
    assert "BLR" in capsys.readouterr().out


def test_a_query_is_answered_in_a_parquet_file(ledger, tmp_path):
    assert run(["ledger", "sql", ledger, QUERY, "-o", str(tmp_path / "out.parquet")]) == 0
    assert parquet.read_table(tmp_path / "out.parquet").to_pylist() == [{"code": "UKR", "n": 2}, {"code": "BLR", "n": 1}]


# --- explain, demo ---


def test_explain_shows_text_records_and_reasons(capsys):
    assert run(["explain", TEXT, "--date", "2017-06-01"]) == 0
    shown = capsys.readouterr().out
    assert shown.startswith(TEXT)
    assert "event AID  BLR → UKR  by AID/fake, 0.90" in shown
    assert "“2014” is 2014-01-01 to 2014-12-31" in shown


def test_explain_says_that_there_is_nothing(capsys):
    assert run(["explain", "Nothing happened."]) == 0
    assert "no records" in capsys.readouterr().out


def test_explain_comes_as_json_too(capsys):
    run(["explain", TEXT, "--json"])
    explanation = json.loads(capsys.readouterr().out)
    assert explanation["text"] == TEXT
    SCHEMA.validate(explanation["records"][0])


def test_explain_reads_standard_input(monkeypatch, capsys):
    give(monkeypatch, TEXT.encode())
    assert run(["explain", "-"]) == 0
    give(monkeypatch, b"\xff\xff")
    assert run(["explain", "-"]) == 2
    assert "standard input: it is not UTF-8" in capsys.readouterr().err


def test_the_demo_codes_its_sample_into_a_ledger(tmp_path, capsys):
    assert run(["demo", str(tmp_path / "demo")]) == 0
    assert "documents coded" in capsys.readouterr().err
    assert run(["ledger", "info", str(tmp_path / "demo")]) == 0


def test_the_demo_leaves_nothing_behind(tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    assert run(["demo"]) == 0
    assert list(tmp_path.iterdir()) == []


# --- codebook ---


def test_the_codebook_is_listed_and_shown(capsys):
    assert run(["codebook", "list"]) == 0
    assert "AGREE" in capsys.readouterr().out
    assert run(["codebook", "show", "agree"]) == 0
    assert "patterns" in capsys.readouterr().out


def test_a_type_that_is_not_there_is_answered_with_the_nearest(capsys):
    assert run(["codebook", "show", "AGREEE"]) == 2
    assert "did you mean 'AGREE'?" in capsys.readouterr().err


def test_a_failed_example_is_named_and_the_exit_code_says_so(capsys, monkeypatch):
    monkeypatch.setattr(FakeCoder, "code", lambda self, text, published=None: [], raising=False)
    assert run(["codebook", "check", "--only", "AGREE"]) == 1
    shown = capsys.readouterr().out
    assert "FAILED     agree.yml:" in shown
    assert "failed" in shown.splitlines()[-1]


def test_a_folder_without_entries_is_no_codebook(tmp_path, capsys):
    assert run(["codebook", "check", str(tmp_path)]) == 2
    assert capsys.readouterr().err.startswith("error: ")
