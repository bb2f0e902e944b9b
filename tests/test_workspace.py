import datetime as dt
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from msgspec.structs import replace

import entente
from entente import workspace as workspace_module
from entente.errors import InputError, LedgerError, TimeError
from entente.intake import RunSummary, code_sources, read_sources
from entente.records.text import Document
from entente.workspace import Workspace
from tests.fake_coder import FakeCoder

TESTS = Path(__file__).parent


def some_documents(*names, text="BLR helped UKR in 2014"):
    return [Document(id=name, text=text, published=dt.date(2017, 6, 1)) for name in names]


def ids_in(path, version=None):
    with Workspace(path, version=version) as workspace:
        return [row["id"] for row in workspace.sql("select id from documents order by id")]


def test_documents_dictionaries_and_paths_can_be_coded(tmp_path):
    (tmp_path / "b.jsonl").write_text('{"id": "c", "text": "DEU is in NATO"}\n')
    sources = [*some_documents("a"), {"id": "b", "text": "nothing"}, tmp_path / "b.jsonl"]
    with Workspace(tmp_path / "ledger", coder=FakeCoder()) as workspace:
        summary = workspace.code(sources)
    assert ids_in(tmp_path / "ledger") == ["a", "b", "c"]
    assert (summary.coded, summary.records["event"], summary.records["tie"], summary.version) == (3, 1, 1, 1)


def test_one_path_needs_no_list(tmp_path):
    (tmp_path / "a.txt").write_text("BLR helped UKR")
    with Workspace(tmp_path / "ledger", coder=FakeCoder()) as workspace:
        assert workspace.code(tmp_path / "a.txt", published="2017-06-01").coded == 1
        assert workspace.records().records()[0].published == dt.date(2017, 6, 1)


def test_adding_documents_again_changes_nothing(tmp_path):
    with Workspace(tmp_path, coder=FakeCoder()) as workspace:
        workspace.code(some_documents("a", "b"))
        summary = workspace.code(some_documents("a", "b"))
        assert (summary.coded, summary.unchanged, summary.version) == (0, 2, 1)
        assert len(workspace.info().runs) == 1
        assert workspace.coder.coded == ["a", "b"]


@pytest.mark.parametrize("change", [{"text": "KAZ helped UKR"}, {"published": dt.date(2001, 1, 1)}])
def test_a_changed_text_or_date_replaces_the_records_under_a_new_run(tmp_path, change):
    [document] = some_documents("a")
    changed = Document(**{"id": "a", "text": document.text, "published": document.published} | change)
    with Workspace(tmp_path, coder=FakeCoder()) as workspace:
        workspace.code([document])
        summary = workspace.code([changed])
        assert (summary.coded, summary.replaced, summary.version) == (1, 1, 2)
        assert len(workspace.records()) == 1
    with entente.open(tmp_path, version=1) as old:
        assert old.records().records()[0].published == document.published
        assert old.records().records()[0].evidence.text == "BLR helped UKR in 2014"


def test_a_newer_codebook_replaces_the_records_under_a_new_run(tmp_path):
    with Workspace(tmp_path, coder=FakeCoder("book-1")) as workspace:
        workspace.code(some_documents("a"))
    with Workspace(tmp_path, coder=FakeCoder("book-2")) as workspace:
        assert workspace.code(some_documents("a")).replaced == 1
        assert [run.codebook for run in workspace.info().runs] == ["book-1", "book-2"]
        assert len(workspace.records()) == 1


def test_recoding_can_be_asked_for(tmp_path):
    with Workspace(tmp_path, coder=FakeCoder()) as workspace:
        workspace.code(some_documents("a"))
        assert workspace.code(some_documents("a"), recode=True).replaced == 1


def test_of_two_documents_with_one_id_the_second_is_set_aside_in_every_run(tmp_path):
    first, second = some_documents("a") + some_documents("a", text="DEU is in NATO")
    coder = FakeCoder()
    with Workspace(tmp_path, coder=coder) as workspace:
        for _ in range(2):
            summary = workspace.code([first, second, first])
            (aside,) = summary.set_aside
            reason = "its id came before in this input, with another text, date or title; give each an id of its own"
            assert str(aside).endswith(f"a: {reason}")
            assert workspace.records().records()[0].type == "AID"
    assert coder.coded == ["a"]


def test_a_document_that_comes_twice_is_coded_once():
    coder, summary = FakeCoder(), RunSummary()
    coded = list(code_sources(coder, some_documents("a", "b", "a"), summary))
    assert [document.id for document, _ in coded] == coder.coded == ["a", "b"]
    assert (summary.coded, summary.set_aside) == (2, [])


@pytest.mark.parametrize(
    ("language", "read"),
    [
        *((name, True) for name in ("en", "EN-us", "en_GB", "eng", "English", "und", None)),
        *((name, False) for name in ("fr", "de-AT", "enm", "Russian")),
    ],
)
def test_a_document_that_says_it_is_not_english_is_set_aside(language, read):
    summary = RunSummary()
    document = replace(some_documents("a")[0], language=language)
    assert len(list(code_sources(FakeCoder(), [document], summary))) == read
    asides = [] if read else [f"its `language` is {language!r}, and only English is read; leave the field out if it is wrong"]
    assert [str(item).partition("a: ")[2] for item in summary.set_aside] == asides


def test_what_cannot_be_read_or_coded_is_set_aside_and_the_run_goes_on(tmp_path):
    sources = [{"text": ""}, *some_documents("b", text="BROKEN"), *some_documents("c")]
    with Workspace(tmp_path, coder=FakeCoder()) as workspace:
        summary = workspace.code(sources)
    assert [str(item) for item in summary.set_aside] == ["documents:1: it has no `text`", "document: b: it cannot be parsed"]
    assert ids_in(tmp_path) == ["c"]


def test_a_long_run_commits_in_batches_of_whole_documents(tmp_path, monkeypatch):
    monkeypatch.setattr(workspace_module, "DOCUMENTS_A_COMMIT", 2)
    with Workspace(tmp_path, coder=FakeCoder()) as workspace:
        workspace.code(some_documents(*"abcde"))
        assert [(run.version, run.run, run.documents) for run in workspace.info().runs] == [(1, 1, 2), (2, 1, 2), (3, 1, 1)]


@pytest.mark.parametrize("limit", ["CHARACTERS_A_COMMIT", "SECONDS_A_COMMIT"])
def test_long_texts_and_long_times_end_a_batch_too(tmp_path, monkeypatch, limit):
    monkeypatch.setattr(workspace_module, limit, 0)
    with Workspace(tmp_path, coder=FakeCoder()) as workspace:
        assert workspace.code(some_documents("a", "b")).version == 2


def test_a_run_that_is_interrupted_keeps_what_was_coded(tmp_path):
    def stop(summary):
        if summary.coded == 2:
            raise KeyboardInterrupt

    with Workspace(tmp_path, coder=FakeCoder()) as workspace:
        with pytest.raises(KeyboardInterrupt):
            workspace.code(some_documents(*"abcd"), progress=stop)
        assert ids_in(tmp_path) == ["a", "b"]
        assert workspace.code(some_documents(*"abcd")).unchanged == 2
    assert ids_in(tmp_path) == ["a", "b", "c", "d"]


def test_nothing_is_read_ahead_of_what_is_coded(tmp_path):
    def stream():
        for number in range(10):
            pulled.append(number)
            yield Document(id=str(number), text="x")

    pulled, lead = [], []
    with Workspace(tmp_path, coder=FakeCoder()) as workspace:
        workspace.code(stream(), progress=lambda summary: lead.append(len(pulled) - summary.coded))
    assert max(lead) == 0


def test_a_missing_path_is_an_error_before_a_ledger_is_made(tmp_path):
    with Workspace(tmp_path / "ledger", coder=FakeCoder()) as workspace, pytest.raises(InputError, match="no such file"):
        workspace.code([tmp_path / "missing.txt"])
    assert not (tmp_path / "ledger").exists()


def test_a_date_that_is_none_is_an_error(tmp_path):
    with Workspace(tmp_path, coder=FakeCoder()) as workspace, pytest.raises(TimeError):
        workspace.code(some_documents("a"), published="June")


def test_a_stream_of_sources_is_read_one_by_one():
    assert next(iter(read_sources(source for source in [*some_documents("a"), "missing.txt"]))).id == "a"


# --- opening ---


def test_a_workspace_opens_before_its_ledger_is_there(tmp_path):
    with Workspace(tmp_path / "new") as workspace, pytest.raises(LedgerError, match="there is no ledger"):
        workspace.records()


def test_what_is_no_ledger_is_refused_at_once(tmp_path):
    (tmp_path / "notes.txt").write_text("x")
    for path in (tmp_path, tmp_path / "notes.txt"):
        with pytest.raises(LedgerError, match="no ledger"):
            Workspace(path)


def test_a_ledger_as_of_a_version_cannot_be_added_to(tmp_path):
    with Workspace(tmp_path, coder=FakeCoder()) as workspace:
        workspace.code(some_documents("a"))
        workspace.code(some_documents("b"))
    with Workspace(tmp_path, version=1, coder=FakeCoder()) as workspace:
        assert len(workspace.records()) == 1
        with pytest.raises(LedgerError, match="opened as of version 1"):
            workspace.code(some_documents("c"))
        with pytest.raises(LedgerError, match="opened as of version 1"):
            workspace.compact()


def test_a_version_that_is_not_there_is_refused_at_once(tmp_path):
    with Workspace(tmp_path, coder=FakeCoder()) as workspace:
        workspace.code(some_documents("a"))
    with pytest.raises(LedgerError, match="no version 2"):
        Workspace(tmp_path, version=2)


# --- asking ---


def test_records_are_asked_for_by_code_kind_and_date(tmp_path):
    with Workspace(tmp_path, coder=FakeCoder()) as workspace:
        workspace.code(some_documents("a") + some_documents("b", text="BLR helped KAZ in 2010. DEU is in NATO"))
        assert len(workspace.records(actor="BLR")) == 2
        assert len(workspace.records(actor=["BLR", "DEU"], kind=["event", "tie"])) == 3
        assert len(workspace.records(actor="BLR", since="2014")) == 1
        assert len(workspace.records(until=dt.date(2010, 1, 1))) == 1
        assert workspace.records(since="2014-06").undated == 1
        with pytest.raises(InputError, match="no kind; the kinds are event, tie"):
            workspace.records(kind="events")
        with pytest.raises(TimeError):
            workspace.records(since="lately")


def test_an_open_workspace_sees_what_is_added_later(tmp_path):
    with Workspace(tmp_path, coder=FakeCoder()) as workspace:
        workspace.code(some_documents("a"))
        assert len(workspace.records()) == 1
        with Workspace(tmp_path, coder=FakeCoder()) as other:
            other.code(some_documents("b"))
        assert len(workspace.records()) == 2


def test_a_compacted_ledger_answers_as_before(tmp_path):
    with Workspace(tmp_path, coder=FakeCoder()) as workspace:
        for name in "abc":
            workspace.code(some_documents(name))
        before = workspace.records().records()
        assert workspace.compact(forget=True).version == 4
        assert workspace.records().records() == before
        assert workspace.code(some_documents("a")).unchanged == 1


# --- other processes ---

CODE_SLOWLY = """
import sys
sys.path.insert(0, sys.argv[1])
from tests.fake_coder import FakeCoder
from entente import workspace
workspace.DOCUMENTS_A_COMMIT = 3
with workspace.Workspace(sys.argv[3], coder=FakeCoder(seconds_a_document=float(sys.argv[4]))) as w:
    w.code(sys.argv[2])
"""


def corpus_of(count: int, folder: Path) -> Path:
    path = folder / "corpus.jsonl"
    rows = ({"id": f"{n:04}", "text": "BLR helped UKR in 2014. DEU is in NATO"} for n in range(count))
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return path


def coding(corpus: Path, ledger: Path, seconds: float) -> subprocess.Popen:
    command = [sys.executable, "-c", CODE_SLOWLY, str(TESTS.parent), str(corpus), str(ledger), str(seconds)]
    return subprocess.Popen(command, stderr=subprocess.PIPE)


def wait_for_version(ledger: Path, version: int) -> None:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        if (ledger / "runs").exists():
            with Workspace(ledger) as workspace:
                if workspace.info().version >= version:
                    return
        time.sleep(0.02)
    pytest.fail(f"the ledger never came to version {version}")


def test_a_killed_run_leaves_whole_documents_and_the_same_command_resumes(tmp_path):
    corpus, ledger = corpus_of(200, tmp_path), tmp_path / "ledger"
    process = coding(corpus, ledger, 0.02)
    wait_for_version(ledger, 2)
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    with Workspace(ledger, coder=FakeCoder()) as workspace:
        kept = workspace.info()
        assert 6 <= kept.documents < 200
        assert kept.records == {"event": kept.documents, "tie": kept.documents}
        summary = workspace.code(corpus)
        assert (summary.unchanged, summary.coded) == (kept.documents, 200 - kept.documents)
        assert workspace.info().records == {"event": 200, "tie": 200}
    assert len(ids_in(ledger, kept.version)) == kept.documents


def test_a_process_that_is_interrupted_commits_what_it_coded(tmp_path):
    corpus, ledger = corpus_of(200, tmp_path), tmp_path / "ledger"
    process = coding(corpus, ledger, 0.02)
    wait_for_version(ledger, 1)
    process.send_signal(signal.SIGINT)
    _, said = process.communicate()
    assert b"KeyboardInterrupt" in said
    with Workspace(ledger) as workspace:
        info = workspace.info()
        assert info.records == {"event": info.documents, "tie": info.documents}


def test_others_read_while_one_writes_and_nobody_else_can_write(tmp_path):
    corpus, ledger = corpus_of(60, tmp_path), tmp_path / "ledger"
    process = coding(corpus, ledger, 0.02)
    wait_for_version(ledger, 1)
    with Workspace(ledger, coder=FakeCoder()) as workspace:
        with pytest.raises(LedgerError, match="another process is writing"):
            workspace.code(some_documents("z"))
        while process.poll() is None:
            counts = workspace.sql("select kind, count(*) as n from records group by kind").rows()
            assert len({row["n"] for row in counts}) == 1
        assert process.returncode == 0
        assert workspace.info().documents == 60


def test_importing_entente_is_quick_and_loads_nothing_heavy():
    script = "import time, sys; t = time.process_time(); import entente; print(time.process_time() - t, *sys.modules)"
    seconds, *modules = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout.split()
    assert float(seconds) < 0.05
    assert not {"spacy", "pyarrow", "duckdb", "deltalake", "pandas", "click", "rich"} & set(modules)


def test_names_of_the_package_come_from_their_modules():
    assert entente.Document is Document
    assert entente.Workspace is Workspace
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        entente.nothing  # noqa: B018


def test_the_version_is_that_of_the_package():
    import tomllib

    project = tomllib.loads((TESTS.parent / "pyproject.toml").read_text())["project"]
    assert entente.__version__ == project["version"]


def test_loading_hands_the_codebook_folder_to_the_coder(monkeypatch, tmp_path):
    coder_module = pytest.importorskip("entente.coder")
    monkeypatch.setattr(coder_module, "load_coder", lambda codebook=None, **making: codebook)
    assert entente.load() is None
    assert entente.load(str(tmp_path)) == tmp_path
