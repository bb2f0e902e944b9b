import json
import subprocess
import sys

import pytest

from entente.errors import LedgerError
from entente.ledger.filters import RecordFilter
from entente.ledger.folder import check_folder, create_folder, hold_lock
from entente.ledger.queries import Reader
from entente.ledger.tables import Stamp, Writer
from entente.records.text import Document
from tests.fake_coder import FakeCoder


def test_a_new_ledger_names_its_format(tmp_path):
    create_folder(tmp_path / "deep" / "politics")
    assert json.loads((tmp_path / "deep" / "politics" / "ledger.json").read_text()) == {"format": 1}
    check_folder(tmp_path / "deep" / "politics")


def test_making_a_ledger_again_changes_nothing(tmp_path):
    create_folder(tmp_path)
    create_folder(tmp_path)
    assert [entry.name for entry in tmp_path.iterdir()] == ["ledger.json"]


def test_a_ledger_that_was_hardly_begun_can_be_begun_again(tmp_path):
    (tmp_path / ".ledger.json.99").write_text("{")
    create_folder(tmp_path)
    check_folder(tmp_path)


@pytest.mark.parametrize("character", ["[", "]", "^", "|", "\\", "*", "?", "%20"])
def test_a_path_that_delta_lake_misreads_is_refused(tmp_path, character):
    for use in (create_folder, check_folder):
        with pytest.raises(LedgerError, match="cannot contain"):
            use(tmp_path / f"a{character}b")


@pytest.mark.parametrize("name", ["with space", "мінск", "it's", 'q"', "50%", "a#b", "{a}", "~a", "<a>"])
def test_other_paths_hold_a_ledger(tmp_path, name):
    with Writer(tmp_path / name) as writer:
        document = Document(id="a", text="BLR helped UKR")
        writer.commit([(document, FakeCoder().records_of(document))], Stamp("0", "0", "0", "0"), "0")
    assert len(Reader(tmp_path / name).records(RecordFilter())) == 1


def test_a_file_is_no_place_for_a_ledger(tmp_path):
    (tmp_path / "notes").write_text("x")
    with pytest.raises(LedgerError, match="this is a file"):
        create_folder(tmp_path / "notes")


def test_a_folder_with_other_things_does_not_become_a_ledger(tmp_path):
    (tmp_path / "notes.txt").write_text("x")
    with pytest.raises(LedgerError, match="not empty"):
        create_folder(tmp_path)
    assert not (tmp_path / "ledger.json").exists()


def test_what_is_not_there_is_no_ledger(tmp_path):
    with pytest.raises(LedgerError, match="there is no ledger; make one"):
        check_folder(tmp_path / "nowhere")


def test_a_folder_without_the_mark_is_no_ledger(tmp_path):
    with pytest.raises(LedgerError, match=r"no ledger \(it has no ledger.json\)"):
        check_folder(tmp_path)


def test_a_ledger_of_a_newer_format_is_refused(tmp_path):
    (tmp_path / "ledger.json").write_text('{"format": 2}')
    with pytest.raises(LedgerError, match="format is 2, this entente reads 1; update entente"):
        check_folder(tmp_path)


@pytest.mark.parametrize("mark", ["", "{", "[]", "{}", '{"format": "new"}', "\x00"])
def test_a_damaged_mark_is_named(tmp_path, mark):
    (tmp_path / "ledger.json").write_text(mark)
    with pytest.raises(LedgerError, match="damaged"):
        check_folder(tmp_path)


def test_only_one_holds_the_lock(tmp_path):
    with hold_lock(tmp_path), pytest.raises(LedgerError, match="another process is writing"), hold_lock(tmp_path):
        pass


def test_the_lock_is_free_after_use(tmp_path):
    for _ in range(2):
        with hold_lock(tmp_path):
            pass


def test_a_process_that_was_killed_leaves_no_lock(tmp_path):
    script = "import os, sys; from pathlib import Path; from entente.ledger.folder import hold_lock\n"
    script += "with hold_lock(Path(sys.argv[1])): os.kill(os.getpid(), 9)"
    assert subprocess.run([sys.executable, "-c", script, str(tmp_path)], check=False).returncode == -9
    with hold_lock(tmp_path):
        pass
