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

import datetime as dt
from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import Any

import msgspec
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from entente.analysis.lists import NOBODY as NOBODY  # noqa: PLC0414  part of what facts are
from entente.analysis.lists import CodeLists
from entente.analysis.lists import Ints as Ints  # noqa: PLC0414
from entente.codebook.measures import Choices
from entente.ledger.queries import Reader
from entente.records.record import Record

EPOCH = dt.date(1970, 1, 1)
OPEN = int(np.iinfo(np.int32).min)
SEATS = ("stated", "joint", "mirrored")
STATED, JOINT, MIRRORED = range(3)
ROLL_CALL = '"rollcall":'
"""What the attributes of a record of an imported roll call hold (`entente.formats.unvotes`)."""

Mask = NDArray[np.bool_]

_CODES = (
    "list_transform(list_filter({side}, lambda a: a.code is not null), "
    "lambda a: case when a.sector is null then a.code else a.code || '.' || a.sector end)"
)
_EACH_ONCE = f"case when len({{side}}) > 1 then list_distinct({_CODES}) else {_CODES} end"  # half the time of the query otherwise
_QUERY = f"""
select id, document, kind, type, mode, status, coalesce(score, 'nan'::double)::float as score, coalesce(quad, 0)::tinyint as quad,
       {_EACH_ONCE.format(side="actor")} as actor, {_EACH_ONCE.format(side="recipient")} as recipient,
       datediff('day', date '1970-01-01', date.start)::int as start,
       datediff('day', date '1970-01-01', date."end")::int + 1 as "end",
       date.precision as precision, date is not null as dated,
       datediff('day', date '1970-01-01', published)::int as published,
       contexts, nullif(attributes, '{{}}') as attributes, sentence::int as sentence
from records
"""
_COLUMNS = (
    *("id", "document", "kind", "type", "mode", "status", "score", "quad", "published", "contexts", "attributes", "sentence"),
    *("date.start", "date.end", "date.precision"),
)


class Coded:
    """A column of few different words: ``values`` are places in ``names``, -1 where there is none."""

    __slots__ = ("_places", "names", "values")

    def __init__(self, values: Ints, names: Sequence[str]) -> None:
        self.values = values
        self.names = tuple(names)
        self._places = {name: place for place, name in enumerate(self.names)}

    @classmethod
    def of(cls, column: pa.ChunkedArray | pa.Array) -> Coded:
        """Encode a column of strings, in the order in which they are met."""
        array = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
        encoded = array.dictionary_encode()
        values = pc.fill_null(encoded.indices, NOBODY).to_numpy(zero_copy_only=False)
        names = encoded.dictionary.to_pylist()
        return cls(values.astype(np.int16 if len(names) < 2**15 else np.int32), names)

    def place(self, name: str) -> int:
        """Return the place of a word, -2 where it does not occur."""
        return self._places.get(name, -2)

    def places(self, names: Iterable[str]) -> NDArray[np.int64]:
        """Return the places of the words that occur."""
        return np.array(sorted(self._places[name] for name in set(names) if name in self._places), dtype=np.int64)

    def among(self, names: Iterable[str]) -> Mask:
        """Return, shape (records,), whether the word is one of ``names``."""
        found: Mask = self.table(names)[self.values]
        return found

    def table(self, names: Iterable[str]) -> Mask:
        """Return, shape (words + 1,), whether a word is one of ``names``; the last is for those that have none."""
        table = np.zeros(len(self.names) + 1, dtype=bool)
        table[self.places(names)] = True
        return table

    def word(self, record: int) -> str | None:
        """Return the word of one record."""
        place = int(self.values[record])
        return None if place < 0 else self.names[place]


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


def load_facts(reader: Reader, choices: Choices) -> Facts:
    """Read the records of a ledger's version as columns: about a second and 150 MB for a million records."""
    return facts_of(reader.sql(_QUERY).arrow(), choices)


def load_facts_between(reader: Reader, choices: Choices, some: Iterable[str], others: Iterable[str]) -> Facts:
    """Read only the records that name one of ``some`` and one of ``others``, and all imported roll calls.

    A measure that is about these codes alone gives the same figures, several times sooner.

    Args:
        reader: The ledger.
        choices: The codebook's.
        some: Codes; of one with a sector the code counts.
        others: Codes.
    """
    one, other = ({code.partition(".")[0] for code in codes} for codes in (some, others))
    return facts_of(reader.sql_naming(_QUERY, _COLUMNS, one, other, votes_with=ROLL_CALL).arrow(), choices)


def fetch_records(reader: Reader, ids: Sequence[str]) -> list[Record]:
    """Return records by id, in the order of ``ids``; those that the ledger lacks are left out."""
    found = reader.sql("select * from records where list_contains(?, id)", [list(ids)]).records()
    by_id = {record.id: record for record in found}
    return [by_id[name] for name in ids if name in by_id]


def coded_by(reader: Reader, patterns: Sequence[str]) -> list[str]:
    """Return the ids of records that one of some patterns of the codebook coded."""
    return reader.sql("select id from records where list_contains(?, coded_by)", [list(patterns)]).arrow()["id"].to_pylist()  # type: ignore[no-any-return]


def facts_of(table: pa.Table, choices: Choices) -> Facts:
    """Return facts from the columns of the query: ``actor`` and ``recipient`` are lists of codes, the days whole numbers."""
    documents = _one(table["document"]).dictionary_encode()
    contexts, context_names = _bits(table["contexts"])
    columns = {
        "ids": _one(table["id"]),
        "document": documents.indices.to_numpy().astype(np.int32),
        "documents": documents.dictionary,
        "score": table["score"].to_numpy().astype(np.float32),
        "quad": table["quad"].to_numpy().astype(np.int8),
        "dated": table["dated"].to_numpy().astype(bool),
        "contexts": contexts,
        "context_names": context_names,
        "attributes": _one(table["attributes"]),
        "sentence": table["sentence"].to_numpy().astype(np.int32),
        **{name: Coded.of(table[name]) for name in ("kind", "type", "mode", "status", "precision")},
        **{name: _days(table[name]) for name in ("start", "end", "published")},
    }
    columns["roll_call"] = _roll_calls(columns["kind"], columns["attributes"])
    pairs, codes = _pairs(table, columns, choices)
    return Facts(columns, pairs, codes, choices)


def day_number(day: dt.date) -> int:
    """Return a day as a whole number."""
    return (day - EPOCH).days


def day_of(number: int) -> dt.date | None:
    """Return the day of a whole number, None where it is open."""
    return None if number == OPEN else EPOCH + dt.timedelta(days=int(number))


# --- pairs --------------------------------------------------------------------------------------------------------------


def _pairs(table: pa.Table, columns: dict[str, Any], choices: Choices) -> tuple[dict[str, Any], list[str]]:
    """Return record, actor, recipient and seat of each pair, ordered by record, and the codes."""
    kind, type_ = columns["kind"], columns["type"]
    actor, recipient = _one(table["actor"]), _one(table["recipient"])
    both = pa.concat_arrays([actor.flatten(), recipient.flatten()])
    coded = Coded.of(both)
    cut = len(actor.flatten())
    acting = CodeLists.of(actor, coded.values[:cut])
    receiving = CodeLists.of(recipient, coded.values[cut:])
    record, first, second = acting.cross(receiving)
    mutual = type_.among(choices.facts.mutual)
    turned = np.flatnonzero(mutual[record] & (first != NOBODY) & (second != NOBODY))
    joint = type_.among(choices.facts.joint) | (kind.values == kind.place("vote"))
    joint |= (type_.among(choices.facts.joint_alone) | kind.among(choices.facts.joint_alone)) & (receiving.lengths == 0)
    joint &= ~columns["roll_call"] & (acting.lengths > 1) & (acting.lengths <= choices.facts.joint_at_most)
    together, one, other = acting.only(np.flatnonzero(joint)).squared()
    records = np.concatenate([record, together, record[turned]])
    order = np.argsort(records, kind="stable")
    seats = np.repeat(np.array([STATED, JOINT, MIRRORED], dtype=np.int8), [record.size, together.size, turned.size])
    pairs = {
        "record": records[order].astype(np.int32),
        "actor": np.concatenate([first, one, second[turned]])[order],
        "recipient": np.concatenate([second, other, first[turned]])[order],
        "seat": seats[order],
    }
    return pairs, list(coded.names)


# --- columns ------------------------------------------------------------------------------------------------------------


def _one(column: pa.ChunkedArray) -> Any:
    return column.combine_chunks()


def _days(column: pa.ChunkedArray) -> NDArray[np.int32]:
    days: NDArray[np.int32] = pc.fill_null(column.cast(pa.int32()), OPEN).to_numpy().astype(np.int32)
    return days


def _roll_calls(kind: Coded, attributes: pa.StringArray) -> Mask:
    marked = np.zeros(len(attributes), dtype=bool)
    votes = np.flatnonzero(kind.values == kind.place("vote"))
    found = pc.match_substring(attributes.take(pa.array(votes)), ROLL_CALL)
    marked[votes] = pc.fill_null(found, False).to_numpy(zero_copy_only=False)
    return marked


def _bits(column: pa.ChunkedArray) -> tuple[NDArray[np.uint64], tuple[str, ...]]:
    """Return a bit set of words for each list, and the words; at most 64 different ones."""
    lists = _one(column)
    words = Coded.of(lists.flatten())
    owners = pc.list_parent_indices(lists).to_numpy()
    bits = np.zeros(len(lists), dtype=np.uint64)
    np.bitwise_or.at(bits, owners, np.uint64(1) << words.values.astype(np.uint64))
    return bits, words.names
