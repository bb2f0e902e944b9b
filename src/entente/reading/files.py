"""Files, folders, globs and standard input: what is in them as documents, and what had to be set aside.

The form of a file follows from the end of its name: ``.jsonl .ndjson .json`` JSON Lines, ``.csv .tsv`` CSV, ``.parquet .pq``
Parquet, anything else plain text, one document a file. Standard input is JSON Lines where its first line is a JSON object, else
plain text. A document that cannot be read never stops the others: it is handed on as a `SetAside` that says where and why.
"""

from __future__ import annotations

import datetime as dt
import glob
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import BinaryIO, Literal, get_args

from msgspec import Struct

from entente.errors import InputError
from entente.reading.plain import read_plain
from entente.reading.tabular import read_csv, read_json_lines, read_parquet, starts_json_lines
from entente.records.text import Document

Form = Literal["text", "jsonl", "csv", "parquet"]
FORMS: tuple[Form, ...] = get_args(Form)
FORM_OF_SUFFIX: dict[str, Form] = {
    ".txt": "text",
    ".text": "text",
    ".md": "text",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".json": "jsonl",
    ".csv": "csv",
    ".tsv": "csv",
    ".parquet": "parquet",
    ".pq": "parquet",
}
STDIN = "-"
LEDGER_MARK = "ledger.json"  # a folder with this file holds tables of a ledger, among them versions that are no longer true


class SetAside(Struct, frozen=True):
    """A document that was not read: the file, the line or row (from 1, None where it is the whole file), and why."""

    path: str
    line: int | None
    reason: str

    def __str__(self) -> str:
        return f"{self.path}: {self.reason}" if self.line is None else f"{self.path}:{self.line}: {self.reason}"


def find_files(paths: Iterable[str | Path]) -> list[str]:
    """Return the files that the paths name, each once: files as they are, folders with all below them, globs expanded.

    In folders only names that end in one of ``FORM_OF_SUFFIX`` count, hidden ones are left out; folders and globs are sorted.

    Raises:
        InputError: A path is not there, or leads to no readable file.
    """
    found: dict[str, None] = {}
    for path in paths:
        found.update(dict.fromkeys(_files_at(str(path))))
    return list(found)


def read_paths(
    paths: Sequence[str | Path], *, published: dt.date | None = None, form: Form | None = None, stdin: BinaryIO | None = None
) -> Iterator[Document | SetAside]:
    """Yield the documents of all files in order, and for each that cannot be read a `SetAside`.

    Args:
        paths: Files, folders and globs; ``-`` is standard input.
        published: The date of documents that give none.
        form: Read everything in this form, whatever the names say.
        stdin: Where ``-`` is read from.

    Raises:
        InputError: A path is not there, before anything is read.
    """
    files = find_files(paths)
    if STDIN in files and stdin is None:
        raise InputError("'-' means standard input, and there is none here; name a file")
    return _read_files(files, published, form, stdin)


def _read_files(
    files: list[str], published: dt.date | None, form: Form | None, stdin: BinaryIO | None
) -> Iterator[Document | SetAside]:
    for name in files:
        for item in _read_file(name, published, form, stdin):
            yield item if isinstance(item, Document) else SetAside(name if name != STDIN else "standard input", *item)


def _read_file(
    name: str, published: dt.date | None, form: Form | None, stdin: BinaryIO | None
) -> Iterator[Document | tuple[int | None, str]]:
    if name == STDIN and stdin is not None:
        yield from _read_stream(stdin, None, published, form)
        return
    try:
        with Path(name).open("rb") as stream:
            yield from _read_stream(stream, Path(name), published, form or form_of(name))
    except OSError as error:
        yield None, f"it cannot be read ({error.strerror})"


def _read_stream(
    stream: BinaryIO, path: Path | None, published: dt.date | None, form: Form | None
) -> Iterator[Document | tuple[int | None, str]]:
    first = stream.readline() if form != "parquet" else b""
    if form is None:
        form = "jsonl" if starts_json_lines(first) else "text"
    if form == "jsonl":
        yield from read_json_lines(first, stream, published)
    elif form == "csv":
        yield from read_csv(first, stream, published)
    elif form == "parquet":
        yield from read_parquet(path, stream, published)
    else:
        yield from read_plain(first + stream.read(), None if path is None else path.name, published)


def form_of(name: str) -> Form:
    """Return the form that the end of a file's name stands for; plain text where it stands for none."""
    return FORM_OF_SUFFIX.get(Path(name).suffix.lower(), "text")


def _files_at(path: str) -> list[str]:
    if path == STDIN or Path(path).is_file():
        return [path]
    if Path(path).is_dir():
        return _files_in(Path(path))
    matches = sorted(glob.glob(path, recursive=True))
    found = [name for name in matches if Path(name).is_file() and not _is_in_ledger(Path(name))]
    if not found:
        raise InputError(f"{path}: there is no such file or folder; check the path")
    return found


def _files_in(folder: Path) -> list[str]:
    if (folder / LEDGER_MARK).is_file():
        raise InputError(f"{folder}: it is a ledger, not a folder of documents; read it with `entente records --ledger {folder}`")
    inside = sorted(p for p in folder.rglob("*") if p.suffix.lower() in FORM_OF_SUFFIX and p.is_file())
    visible = [p for p in inside if not any(part.startswith(".") for part in p.relative_to(folder).parts)]
    found = [str(p) for p in visible if not _is_in_ledger(p)]
    if not found:
        raise InputError(f"{folder}: the folder holds no file that can be read ({', '.join(FORM_OF_SUFFIX)})")
    return found


def _is_in_ledger(path: Path) -> bool:
    """Say whether a file belongs to a ledger: ``entente code . --ledger politics`` must not read its own tables."""
    return any((folder / LEDGER_MARK).is_file() for folder in path.parents)
