"""Facts: the records of one version of a ledger as columns, and one row for each pair of an actor and a recipient in them.

Everything here is numpy and Arrow, codes in place of strings, so that a measure over a million records takes milliseconds.
Days are whole numbers from 1 January 1970, spans half-open; ``OPEN`` stands where a day is not known.

Three kinds of seats make the pairs of a record (`SEATS`):

- ``stated``: the record's actor toward its recipient, as the text has it. A side that the text leaves out is ``NOBODY``.
- ``joint``: two actors of one record toward each other, where its type says that they act together
  (both meet, both sign, both vote alike).
- ``mirrored``: a stated pair turned round, where its type says that the recipient does the same (a meeting has two sides).

Which types are joint or mutual is a choice of the codebook (``facts`` in ``measures.yml``).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import Any

import msgspec
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from entente.analysis.columns import OPEN as OPEN  # noqa: PLC0414  this and the following are part of what facts are
from entente.analysis.columns import Coded, bit_sets, day_numbers, encode, joined_chunks, roll_calls
from entente.analysis.columns import Mask as Mask  # noqa: PLC0414
from entente.analysis.columns import day_number as day_number  # noqa: PLC0414
from entente.analysis.columns import day_of as day_of  # noqa: PLC0414
from entente.analysis.lists import NOBODY as NOBODY  # noqa: PLC0414
from entente.analysis.lists import Ints as Ints  # noqa: PLC0414
from entente.analysis.pairs import JOINT as JOINT  # noqa: PLC0414
from entente.analysis.pairs import MIRRORED as MIRRORED  # noqa: PLC0414
from entente.analysis.pairs import SEATS as SEATS  # noqa: PLC0414
from entente.analysis.pairs import STATED as STATED  # noqa: PLC0414
from entente.analysis.pairs import pair_up
from entente.codebook.measures import Choices
from entente.ledger.queries import Reader
from entente.records.record import Record


class Facts:
    """The records of a ledger's version as columns.

    Per record, shape (records,), in the ledger's order:

    Attributes:
        ids: Record ids, Arrow strings.
        document: Places in ``documents``, which holds document ids as Arrow strings.
        kind, type, mode, status, precision: Words, see `Coded`; ``precision`` is that of the date.
        score: PLOVER score, NaN where there is none.
        quad: 1 to 4, 0 where there is none.
        start, end: The record's span, half-open, ``OPEN`` where that side is open or the record has no date.
        dated: Whether the record has a date at all.
        day: The record's day for series: the first day of its span, its last where the beginning is open; ``OPEN`` if undated.
        as_of: As ``day``, and the day of publication for undated records that state what holds (``standing`` in the codebook).
        published: The day of publication, ``OPEN`` where unknown.
        contexts: A bit for each context, bit k for ``context_names[k]``.
        attributes: JSON, null where there are none.
        sentence: The index of the sentence.
        roll_call: Whether it is of an imported roll call.

    Per row, that is per pair of an actor and a recipient, shape (rows,):

    Attributes:
        record: Places of records.
        actor, recipient: Places in ``codes`` (``BLR``, ``SYR.REB``), ``NOBODY`` where the text names none.
        seat: Places in ``SEATS``.
    """

    def __init__(self, columns: dict[str, Any], pairs: dict[str, Any], codes: Sequence[str], choices: Choices) -> None:
        self.ids: pa.StringArray = columns["ids"]
        self.document: NDArray[np.int32] = columns["document"]
        self.documents: pa.StringArray = columns["documents"]
        self.kind: Coded = columns["kind"]
        self.type: Coded = columns["type"]
        self.mode: Coded = columns["mode"]
        self.status: Coded = columns["status"]
        self.precision: Coded = columns["precision"]
        self.score: NDArray[np.float32] = columns["score"]
        self.quad: NDArray[np.int8] = columns["quad"]
        self.start: NDArray[np.int32] = columns["start"]
        self.end: NDArray[np.int32] = columns["end"]
        self.dated: Mask = columns["dated"]
        self.published: NDArray[np.int32] = columns["published"]
        self.contexts: NDArray[np.uint64] = columns["contexts"]
        self.context_names: tuple[str, ...] = columns["context_names"]
        self.attributes: pa.StringArray = columns["attributes"]
        self.sentence: NDArray[np.int32] = columns["sentence"]
        self.roll_call: Mask = columns["roll_call"]
        self.day = np.where(self.start != OPEN, self.start, np.where(self.end != OPEN, self.end - 1, OPEN)).astype(np.int32)
        standing = self.kind.among(choices.facts.standing) & ~self.dated
        self.as_of = np.where(standing, self.published, self.day).astype(np.int32)
        self.record: NDArray[np.int32] = pairs["record"]
        self.actor: NDArray[np.int16] = pairs["actor"]
        self.recipient: NDArray[np.int16] = pairs["recipient"]
        self.seat: NDArray[np.int8] = pairs["seat"]
        self.codes = tuple(codes)
        self.choices = choices
        self._place_of_code = {code: place for place, code in enumerate(self.codes)}

    def __len__(self) -> int:
        return len(self.ids)

    # --- choosing -------------------------------------------------------------------------------------------------------

    def code_places(self, codes: Iterable[str]) -> NDArray[np.int64]:
        """Return the places of codes: a bare one also means the organs that act for it (``TUR.GOV``)."""
        found: set[int] = set()
        for code in codes:
            wanted = [code] if "." in code else [code, *(f"{code}.{organ}" for organ in self.choices.facts.organs)]
            found.update(self._place_of_code[name] for name in wanted if name in self._place_of_code)
        return np.array(sorted(found), dtype=np.int64)

    def code_table(self, codes: Iterable[str]) -> Mask:
        """Return, shape (codes + 1,), whether a code is meant by ``codes``; the last, for ``NOBODY``, is False."""
        table = np.zeros(len(self.codes) + 1, dtype=bool)
        table[self.code_places(codes)] = True
        return table

    def rows_between(self, actors: Iterable[str] | None, recipients: Iterable[str] | None) -> NDArray[np.int64]:
        """Return the rows from any of ``actors`` to any of ``recipients``; None stands for anybody. A row to oneself is none."""
        mask = self.actor != self.recipient
        if actors is not None:
            mask &= self.code_table(actors)[self.actor]
        if recipients is not None:
            mask &= self.code_table(recipients)[self.recipient]
        return np.flatnonzero(mask)

    @cached_property
    def real(self) -> Mask:
        """Whether a record tells what happened or holds: its status is one that counts by the codebook. Shape (records,)."""
        return self.status.among(self.choices.facts.statuses)

    @cached_property
    def combinations(self) -> NDArray[np.int64]:
        """Every kind, type and mode that there may be together, places of words, -1 for none. Shape (3, combinations)."""
        return np.indices([len(words.names) + 1 for words in (self.kind, self.type, self.mode)]).reshape(3, -1) - 1

    @cached_property
    def combined(self) -> NDArray[np.int32]:
        """The place in `combinations` of each record's kind, type and mode. Shape (records,)."""
        types, modes = len(self.type.names) + 1, len(self.mode.names) + 1
        of_type = (self.kind.values.astype(np.int32) + 1) * types + self.type.values + 1
        return np.asarray(of_type * modes + self.mode.values + 1, dtype=np.int32)

    @cached_property
    def ballot_rows(self) -> NDArray[np.int64]:
        """The rows that are ballots in imported roll calls: the actor, and the record's type for the choice."""
        return np.flatnonzero(self.roll_call[self.record] & (self.seat == STATED))

    def has_context(self, names: Iterable[str]) -> Mask:
        """Return, shape (records,), whether a record has one of the contexts."""
        wanted = set(names)
        bits = np.uint64(sum(1 << place for place, name in enumerate(self.context_names) if name in wanted))
        found: Mask = (self.contexts & bits) != 0
        return found

    # --- leading back ---------------------------------------------------------------------------------------------------

    def record_ids(self, records: Iterable[int] | Ints) -> list[str]:
        """Return the ids of records, by place."""
        places = np.fromiter(records, dtype=np.int64) if not isinstance(records, np.ndarray) else records
        return self.ids.take(pa.array(places)).to_pylist()  # type: ignore[no-any-return]

    def places_of(self, ids: Sequence[str]) -> NDArray[np.int64]:
        """Return the places of records by id; of ids that are not here none."""
        found = pc.index_in(self.ids, pa.array(ids, pa.string()))
        return np.flatnonzero(found.is_valid().to_numpy(zero_copy_only=False))

    def attributes_of(self, record: int) -> dict[str, Any]:
        """Return the attributes of one record."""
        text = self.attributes[record].as_py()
        return {} if text is None else msgspec.json.decode(text)

    def count_documents(self, records: Ints) -> int:
        """Return how many different documents records stand in."""
        return int(np.unique(self.document[records]).size)


def fetch_records(reader: Reader, ids: Sequence[str]) -> list[Record]:
    """Return records by id, in the order of ``ids``; those that the ledger lacks are left out."""
    found = reader.sql("select * from records where list_contains(?, id)", [list(ids)]).records()
    by_id = {record.id: record for record in found}
    return [by_id[name] for name in ids if name in by_id]


def coded_by(reader: Reader, patterns: Sequence[str]) -> list[str]:
    """Return the ids of records that one of some patterns of the codebook coded."""
    return reader.sql("select id from records where list_contains(?, coded_by)", [list(patterns)]).arrow()["id"].to_pylist()  # type: ignore[no-any-return]


def facts_of(table: pa.Table, choices: Choices) -> Facts:
    """Return facts from columns as `entente.analysis.loading` makes them.

    ``actor`` and ``recipient`` are lists of codes, the days whole numbers; words may be encoded in a dictionary.
    """
    document, documents = encode(table["document"])
    contexts, context_names = bit_sets(table["contexts"])
    columns = {
        "ids": joined_chunks(table["id"]),
        "document": document,
        "documents": documents,
        "score": table["score"].to_numpy().astype(np.float32),
        "quad": table["quad"].to_numpy().astype(np.int8),
        "dated": table["dated"].to_numpy().astype(bool),
        "contexts": contexts,
        "context_names": context_names,
        "attributes": joined_chunks(table["attributes"]),
        "sentence": table["sentence"].to_numpy().astype(np.int32),
        **{name: Coded.of(table[name]) for name in ("kind", "type", "mode", "status", "precision")},
        **{name: day_numbers(table[name]) for name in ("start", "end", "published")},
    }
    columns["roll_call"] = roll_calls(columns["kind"], columns["attributes"])
    pairs, codes = pair_up(table, columns, choices)
    return Facts(columns, pairs, codes, choices)
