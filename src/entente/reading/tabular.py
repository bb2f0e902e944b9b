"""JSON Lines, CSV and Parquet: one row is one document, and a bad row is set aside by its line.

Every reader yields a `Document` or a pair of line number (from 1; None for the file as a whole) and reason.
"""

from __future__ import annotations

import csv
import datetime as dt
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

import msgspec

from entente.errors import DocumentError
from entente.reading.fields import FIELDS, document_of
from entente.reading.plain import BYTE_ORDER_MARK
from entente.records.text import Document

Item = Document | tuple[int | None, str]
DELIMITERS = (",", "\t", ";")
OPENINGS = (b"[", b"{")  # alone on the first line: a pretty-printed value


class Row(msgspec.Struct):
    """The known keys of a JSON line; others are skipped without being read."""

    id: object = None
    text: object = None
    published: object = None
    date: object = None
    title: object = None
    source: object = None
    url: object = None
    language: object = None


_decoder = msgspec.json.Decoder(Row)


# --- JSON Lines ---------------------------------------------------------------------------------------------------------


def starts_json_lines(first: bytes) -> bool:
    """Say whether a first line is a JSON object, so that what follows is JSON Lines."""
    line = first.removeprefix(BYTE_ORDER_MARK).strip()
    if not line.startswith(b"{"):
        return False
    try:
        msgspec.json.decode(line, type=dict[str, msgspec.Raw])
    except (msgspec.MsgspecError, RecursionError):
        return False
    return True


def read_json_lines(first: bytes, rest: Iterable[bytes], published: dt.date | None) -> Iterator[Item]:
    """Yield the document of every line that is not blank. Only a line feed ends a line."""
    if first.removeprefix(BYTE_ORDER_MARK).strip() in OPENINGS:
        yield None, "it is JSON over several lines; write it as JSON Lines, one object a line"
        return
    count = 0
    for number, line in enumerate(_joined(first.removeprefix(BYTE_ORDER_MARK), rest), 1):
        if not line.strip():
            continue
        count += 1
        try:
            yield document_of(_fields_of_line(line), published=published)
        except DocumentError as error:
            yield number, str(error)
    if count == 0:
        yield None, "it has no documents"


def _fields_of_line(line: bytes) -> dict[str, object]:
    try:
        return msgspec.structs.asdict(_decoder.decode(line))
    except msgspec.ValidationError as error:
        raise DocumentError("it is JSON but no object; write one object with a `text` a line") from error
    except (msgspec.DecodeError, RecursionError) as error:
        raise DocumentError(f"it is no JSON ({error})") from error
    except UnicodeDecodeError as error:
        raise DocumentError(f"it is not UTF-8 at byte {error.start + 1} of the line") from error


def _joined(first: bytes, rest: Iterable[bytes]) -> Iterator[bytes]:
    if first:
        yield first
        yield from rest


# --- CSV ----------------------------------------------------------------------------------------------------------------


def read_csv(first: bytes, rest: Iterable[bytes], published: dt.date | None) -> Iterator[Item]:
    """Yield the document of every row below a header with a ``text`` column; comma, tab or semicolon separate cells.

    Cells are read as they stand: ``NA`` is a text like others. The line of a row is the first that it fills.
    """
    header_line = _decoded(first.removeprefix(BYTE_ORDER_MARK))
    header = _header_of(header_line)
    if header is None:
        yield (1, "its header has no `text` column") if header_line.strip() else (None, "it has no documents")
        return
    delimiter, names = header
    yield from _read_csv_rows(names, delimiter, rest, published)


def _read_csv_rows(names: list[str], delimiter: str, rest: Iterable[bytes], published: dt.date | None) -> Iterator[Item]:
    csv.field_size_limit(sys.maxsize)  # the library's own limit, for the whole process, would refuse texts over 128 KiB
    reader = csv.reader((_decoded(line) for line in rest), delimiter=delimiter, strict=True)
    count = 0
    while True:
        line = reader.line_num + 2
        try:
            cells = next(reader)
            if not cells:
                continue
            count += 1
            yield document_of(_fields_of_cells(names, cells), published=published)
        except StopIteration:
            break
        except csv.Error as error:
            count += 1
            yield line, f"it is no CSV row ({error})"
        except DocumentError as error:
            yield line, str(error)
    if count == 0:
        yield None, "it has no documents"


def _fields_of_cells(names: list[str], cells: list[str]) -> dict[str, object]:
    if len(cells) != len(names):
        raise DocumentError(f"the row has {len(cells)} cells where the header has {len(names)}; is a quotation mark missing?")
    return dict(zip(names, cells, strict=True))


def _header_of(line: str) -> tuple[str, list[str]] | None:
    for delimiter in DELIMITERS:
        names = [name.strip().lower() for name in next(csv.reader([line], delimiter=delimiter), [])]
        if "text" in names:
            return delimiter, names
    return None


def _decoded(line: bytes) -> str:
    return line.decode(errors="surrogateescape")  # what is not UTF-8 stays marked, and the row that has it is set aside


# --- Parquet ------------------------------------------------------------------------------------------------------------


def read_parquet(path: Path | None, stream: BinaryIO, published: dt.date | None) -> Iterator[Item]:
    """Yield the document of every row of a Parquet file with a ``text`` column; the stream is read where there is no path."""
    import pyarrow as pa  # 0.4 s that other readers do not need
    from pyarrow import parquet

    try:
        file = parquet.ParquetFile(path or pa.BufferReader(stream.read()))
        columns = [name for name in file.schema_arrow.names if name in FIELDS]
        if "text" not in columns:
            yield None, "it has no `text` column"
            return
        number = 0
        for batch in file.iter_batches(batch_size=256, columns=columns):
            for fields in batch.to_pylist():
                number += 1
                try:
                    yield document_of(fields, published=published)
                except DocumentError as error:
                    yield number, str(error)
        if number == 0:
            yield None, "it has no documents"
    except (pa.ArrowException, OSError) as error:
        yield None, f"it is no Parquet file that can be read ({str(error).splitlines()[0]})"
