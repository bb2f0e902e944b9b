"""The ledger's folder: its mark, its format number, and the lock that lets one process write at a time."""

from __future__ import annotations

import fcntl
import json
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from entente.errors import LedgerError

FORMAT = 1
MARK = "ledger.json"
LOCK = ".lock"
REFUSED = re.compile(r"[\[\]^|\\*?]|%[0-9A-Fa-f]{2}")  # Delta Lake and DuckDB take these in a path for something else


def check_folder(path: Path) -> None:
    """Check that ``path`` is a ledger that this entente can read.

    Raises:
        LedgerError: It is not there, is no ledger, is damaged, is of a newer format, or cannot be opened under its path.
    """
    _check_path(path)
    if not path.exists():
        raise LedgerError(f"{path}: there is no ledger; make one with `entente code DOCUMENTS --ledger {path}`")
    if not (path / MARK).is_file():
        raise LedgerError(f"{path}: this is no ledger (it has no {MARK}); name the folder that `entente code --ledger` made")
    found = _format_in(path / MARK)
    if found > FORMAT:
        raise LedgerError(f"{path}: the ledger's format is {found}, this entente reads {FORMAT}; update entente")


def create_folder(path: Path) -> None:
    """Make ``path`` a ledger unless it is one; its tables are made by the first writer.

    Raises:
        LedgerError: The path is a file, holds other things, or has a character that Delta Lake cannot take.
    """
    _check_path(path)
    if path.exists() and not path.is_dir():
        raise LedgerError(f"{path}: this is a file; a ledger is a folder, choose another name")
    if (path / MARK).is_file():
        return
    if path.exists() and any(not entry.name.startswith(".") for entry in path.iterdir()):
        raise LedgerError(f"{path}: the folder is no ledger and is not empty; choose a new or an empty folder")
    path.mkdir(parents=True, exist_ok=True)
    draft = path / f".{MARK}.{os.getpid()}"
    draft.write_text(json.dumps({"format": FORMAT}) + "\n", encoding="utf-8")
    draft.replace(path / MARK)


@contextmanager
def hold_lock(path: Path) -> Iterator[None]:
    """Hold the ledger's write lock. The system lets go of it when the process ends, however it ends.

    Raises:
        LedgerError: Another process holds it.
    """
    descriptor = os.open(path / LOCK, os.O_RDWR | os.O_CREAT, 0o666)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        os.close(descriptor)
        raise LedgerError(f"{path}: another process is writing to this ledger; wait until it has finished") from error
    try:
        yield
    finally:
        os.close(descriptor)


def size_of(path: Path) -> int:
    """Return the bytes of all files in the ledger's folder."""
    return sum(file.stat().st_size for file in path.rglob("*") if file.is_file())


def _check_path(path: Path) -> None:
    if (refused := REFUSED.search(str(path.absolute()))) is not None:
        raise LedgerError(f"{path}: a ledger's path cannot contain {refused.group()!r}; choose another folder")


def _format_in(mark: Path) -> int:
    try:
        found = json.loads(mark.read_text(encoding="utf-8"))["format"]
    except (ValueError, KeyError, TypeError) as error:
        raise LedgerError(f"{mark}: the file is damaged; it should read {json.dumps({'format': FORMAT})}") from error
    if not isinstance(found, int):
        raise LedgerError(f"{mark}: the format {found!r} is no number; the file is damaged")
    return found
