import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from entente.errors import LedgerError
from entente.ledger import tables
from entente.ledger.filters import RecordFilter
from entente.ledger.queries import Reader
from entente.ledger.snapshot import files_of, is_latest, read_runs, read_snapshot
from entente.ledger.tables import Stamp, Writer
from entente.records.text import Document
from tests.fake_coder import FakeCoder

STAMP = Stamp("0.1.0", "book-1", "fake 1", "2026-11-01T00:00:00Z")
NEWER = Stamp("0.1.0", "book-2", "fake 1", "2026-11-02T00:00:00Z")
LATER = "2026-11-01T00:00:09Z"


def coded(texts: dict[str, str], codebook: str = "book-1"):
    """Documents with their records, by id."""
    coder = FakeCoder(codebook)
    return [(d, coder.records_of(d)) for d in (Document(id=name, text=text) for name, text in texts.items())]


def commit(path, texts: dict[str, str], stamp: Stamp = STAMP):
    with Writer(path) as writer:
        return writer.commit(coded(texts, stamp.codebook), stamp, LATER)


def evidence_in(path, version=None) -> dict[str, list[str]]:
    """The words of the records of each document."""
    reader = Reader(path, version)
    found = {row["id"]: [] for row in reader.sql("select id from documents order by id").rows()}
    for record in reader.records(RecordFilter()).records():
        found[record.document].append(record.evidence.text)
    reader.close()
    return found


def test_a_new_ledger_is_empty_and_at_version_0(tmp_path):
    with Writer(tmp_path) as writer:
        assert writer.version == 0
    assert evidence_in(tmp_path) == {}
    assert read_snapshot(tmp_path).version == 0


def test_each_commit_is_a_version_that_can_be_opened_again(tmp_path):
    commit(tmp_path, {"a": "BLR helped UKR"})
    commit(tmp_path, {"b": "DEU is in NATO", "c": "nothing"})
    assert evidence_in(tmp_path) == {"a": ["BLR helped UKR"], "b": ["DEU is in NATO"], "c": []}
    assert evidence_in(tmp_path, 1) == {"a": ["BLR helped UKR"]}
    assert evidence_in(tmp_path, 0) == {}


def test_a_snapshot_is_the_latest_until_something_is_committed(tmp_path):
    with Writer(tmp_path):
        pass
    empty = read_snapshot(tmp_path)
    assert is_latest(tmp_path, empty)
    commit(tmp_path, {"a": "BLR helped UKR"})
    assert not is_latest(tmp_path, empty)
    assert is_latest(tmp_path, read_snapshot(tmp_path))


def test_an_open_reader_answers_from_what_was_committed_since(tmp_path):
    commit(tmp_path, {"a": "BLR helped UKR"})
    reader = Reader(tmp_path)
    for version in (2, 3):
        commit(tmp_path, {f"more {version}": "DEU is in NATO"})
        assert (reader.snapshot.version, len(reader.records(RecordFilter()))) == (version, version)
    reader.close()


def test_the_same_id_is_replaced_and_its_old_version_stays(tmp_path):
    commit(tmp_path, {"a": "BLR helped UKR. KAZ helped UKR", "b": "DEU is in NATO"})
    run = commit(tmp_path, {"a": "RUS helped BLR"})
    assert (run.version, run.documents, run.replaced, run.records) == (2, 1, 1, 1)
    assert evidence_in(tmp_path) == {"a": ["RUS helped BLR"], "b": ["DEU is in NATO"]}
    assert evidence_in(tmp_path, 1) == {"a": ["BLR helped UKR", "KAZ helped UKR"], "b": ["DEU is in NATO"]}


def test_a_document_whose_records_are_all_gone_keeps_none(tmp_path):
    commit(tmp_path, {"a": "BLR helped UKR"})
    commit(tmp_path, {"a": "nothing"})
    assert evidence_in(tmp_path) == {"a": []}


def test_of_two_documents_with_one_id_the_later_counts(tmp_path):
    with Writer(tmp_path) as writer:
        writer.commit(coded({"a": "BLR helped UKR"}) + coded({"a": "DEU is in NATO"}), STAMP, LATER)
    assert evidence_in(tmp_path) == {"a": ["DEU is in NATO"]}


def test_the_run_names_what_made_it(tmp_path):
    commit(tmp_path, {"a": "BLR helped UKR"})
    [run] = read_runs(tmp_path)
    assert (run.entente, run.codebook, run.pipeline, run.started, run.finished) == (
        "0.1.0",
        "book-1",
        "fake 1",
        STAMP.started,
        LATER,
    )


def test_batches_of_one_writer_are_one_run(tmp_path):
    with Writer(tmp_path) as writer:
        for name in "abc":
            writer.commit(coded({name: "BLR helped UKR"}), STAMP, LATER)
    commit(tmp_path, {"d": "BLR helped UKR"})
    assert [(run.version, run.run) for run in read_runs(tmp_path)] == [(1, 1), (2, 1), (3, 1), (4, 4)]


def test_the_writer_knows_what_is_there_coded_alike(tmp_path):
    commit(tmp_path, {"a": "BLR helped UKR"})
    with Writer(tmp_path) as writer:
        assert writer.has(Document(id="a", text="BLR helped UKR"), STAMP)
        assert not writer.has(Document(id="a", text="BLR helped KAZ"), STAMP)
        assert not writer.has(Document(id="b", text="BLR helped UKR"), STAMP)
        assert not writer.has(Document(id="a", text="BLR helped UKR"), NEWER)


@pytest.mark.parametrize("broken", ["documents", "records", "runs"])
def test_what_was_written_before_the_run_was_named_is_invisible_and_rolled_back(tmp_path, broken, monkeypatch):
    commit(tmp_path, {"a": "BLR helped UKR"})
    append = tables._append

    def dies_at(table, rows):
        if table.table_uri.rstrip("/").endswith(broken):
            raise KeyboardInterrupt
        append(table, rows)

    monkeypatch.setattr(tables, "_append", dies_at)
    with pytest.raises(KeyboardInterrupt):
        commit(tmp_path, {"a": "KAZ helped UKR", "b": "DEU is in NATO"})
    monkeypatch.undo()
    assert evidence_in(tmp_path) == {"a": ["BLR helped UKR"]}
    commit(tmp_path, {"c": "RUS helped BLR"})
    assert evidence_in(tmp_path) == {"a": ["BLR helped UKR"], "c": ["RUS helped BLR"]}
    assert evidence_in(tmp_path, 1) == {"a": ["BLR helped UKR"]}


def test_a_writer_that_was_stopped_between_commits_can_go_on(tmp_path, monkeypatch):
    append = tables._append
    with Writer(tmp_path) as writer:
        monkeypatch.setattr(
            tables, "_append", lambda table, rows: append(table, rows) if "records" not in table.table_uri else 1 / 0
        )
        with pytest.raises(ZeroDivisionError):
            writer.commit(coded({"a": "BLR helped UKR"}), STAMP, LATER)
        monkeypatch.undo()
        writer.commit(coded({"b": "DEU is in NATO"}), STAMP, LATER)
    assert evidence_in(tmp_path) == {"b": ["DEU is in NATO"]}


def test_a_second_writer_is_refused_while_one_writes(tmp_path):
    with Writer(tmp_path), pytest.raises(LedgerError, match="another process is writing"), Writer(tmp_path):
        pass


def test_readers_work_while_one_writes_and_see_whole_versions(tmp_path):
    with Writer(tmp_path) as writer:
        writer.commit(coded({"a": "BLR helped UKR"}), STAMP, LATER)
        reader = Reader(tmp_path)
        assert len(reader.records(RecordFilter())) == 1
        writer.commit(coded({"b": "DEU is in NATO"}), STAMP, LATER)
        assert len(reader.records(RecordFilter())) == 2
        assert len(Reader(tmp_path, 1).records(RecordFilter())) == 1


@pytest.mark.parametrize("version", [-1, 2, 99])
def test_a_version_that_is_not_there_is_refused(tmp_path, version):
    commit(tmp_path, {"a": "BLR helped UKR"})
    with pytest.raises(LedgerError, match=f"no version {version}; its latest is 1"):
        read_snapshot(tmp_path, version)


def test_a_table_that_is_gone_is_named(tmp_path):
    commit(tmp_path, {"a": "BLR helped UKR"})
    (tmp_path / "records").rename(tmp_path / "gone")
    with pytest.raises(LedgerError, match="the records table cannot be opened"):
        read_snapshot(tmp_path)


def test_a_file_that_is_gone_is_named(tmp_path):
    commit(tmp_path, {"a": "BLR helped UKR"})
    for file in (tmp_path / "records").glob("*.parquet"):
        file.unlink()
    with pytest.raises(LedgerError):
        Reader(tmp_path).records(RecordFilter())


# --- compacting ---


def commit_three(path):
    for name in "abc":
        commit(path, {name: "BLR helped UKR"})


def test_compacting_joins_files_and_keeps_old_versions(tmp_path):
    commit_three(tmp_path)
    with Writer(tmp_path) as writer:
        run = writer.compact(STAMP, LATER)
    assert (run.version, run.operation) == (4, "compact")
    assert len(read_snapshot(tmp_path).documents) == 1
    assert len(evidence_in(tmp_path)) == 3
    assert len(evidence_in(tmp_path, 2)) == 2


def test_compacting_again_finds_nothing_to_do(tmp_path):
    commit_three(tmp_path)
    with Writer(tmp_path) as writer:
        writer.compact(STAMP, LATER)
        assert writer.compact(STAMP, LATER) is None
    with Writer(tmp_path / "new") as writer:
        assert writer.compact(STAMP, LATER) is None


def test_forgetting_ends_old_versions_and_frees_their_files(tmp_path):
    commit_three(tmp_path)
    commit(tmp_path, {"a": "KAZ helped UKR"})
    with Writer(tmp_path) as writer:
        writer.compact(STAMP, LATER, forget=True)
    assert len(list((tmp_path / "documents").glob("*.parquet"))) == 1
    assert evidence_in(tmp_path, 5)["a"] == ["KAZ helped UKR"]
    with pytest.raises(LedgerError, match=r"version 4 was forgotten by `compact --forget`; the oldest left is 5"):
        read_snapshot(tmp_path, 4)


def test_a_ledger_goes_on_after_forgetting(tmp_path):
    commit_three(tmp_path)
    with Writer(tmp_path) as writer:
        writer.compact(STAMP, LATER, forget=True)
        writer.commit(coded({"d": "DEU is in NATO"}), STAMP, LATER)
    assert len(evidence_in(tmp_path)) == 4
    assert read_runs(tmp_path)[-1].oldest == 4


def test_many_small_runs_are_joined_by_the_next_writer(tmp_path, monkeypatch):
    monkeypatch.setattr(tables, "RUNS_FILES", 2)
    commit_three(tmp_path)
    with Writer(tmp_path) as writer:
        assert writer.version == 3
    assert len(files_of(tmp_path, "runs")) == 1
    assert [run.version for run in read_runs(tmp_path)] == [1, 2, 3]


# --- anything goes ---

names = st.sampled_from(["a", "b", "it's", 'q"', "\\", "%", "é\n", "\x00"])
batches = st.lists(st.dictionaries(names, st.sampled_from(["BLR helped UKR", "DEU is in NATO", "nothing"])), max_size=4)


@given(batches)
@settings(max_examples=5, deadline=None, suppress_health_check=list(HealthCheck))
def test_after_any_commits_every_version_holds_what_was_there(tmp_path_factory, commits):
    path, held = tmp_path_factory.mktemp("ledger"), [{}]
    with Writer(path) as writer:
        for texts in commits:
            writer.commit(coded(texts), STAMP, LATER)
            held.append(held[-1] | texts)
    for version, texts in enumerate(held):
        expected = {name: [text] if text != "nothing" else [] for name, text in texts.items()}
        assert evidence_in(path, version) == expected
