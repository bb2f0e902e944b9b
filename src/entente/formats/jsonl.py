"""Records as JSON Lines: one object of the public form a line, UTF-8."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO

import msgspec

from entente.errors import InputError
from entente.formats.public import public_of, record_of
from entente.records.record import Record


class JsonLinesWriter:
    """Writes records to a binary stream, one line each, as they come."""

    def __init__(self, stream: BinaryIO) -> None:
        self.stream = stream

    def write(self, records: Iterable[Record]) -> None:
        """Append the records and flush, so that a reader at the other end of a pipe sees them."""
        for record in records:
            self.stream.write(msgspec.json.encode(public_of(record)) + b"\n")
        self.stream.flush()

    def close(self) -> None:
        """Finish; nothing is left to write."""


def read_records(lines: Iterable[bytes]) -> Iterator[Record]:
    """Yield the record of every line that is not blank.

    Raises:
        InputError: A line is no record; the message begins with its number.
    """
    for number, line in enumerate(lines, 1):
        if line.strip():
            yield _record_of_line(line, number)


def _record_of_line(line: bytes, number: int) -> Record:
    try:
        public: dict[str, Any] = msgspec.json.decode(line, type=dict[str, Any])
        return record_of(public)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError, InputError) as error:
        raise InputError(f"line {number}: {error}") from error
