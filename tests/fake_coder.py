"""A coder that needs no pipeline: ``BLR helped UKR`` is an AID of Belarus to Ukraine, and ``DEU is in NATO`` a membership."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
import time
from collections.abc import Iterable, Iterator

from msgspec import Struct

from entente.errors import DocumentError
from entente.records.actors import Actor
from entente.records.record import Record
from entente.records.text import Document, TextSpan
from entente.records.timespan import TimeSpan

FACT = re.compile(r"([A-Z]{3,4}) (helped|is in) ([A-Z]{3,4})(?: in (\d{4}))?")
READINGS = {"helped": ("event", "AID"), "is in": ("tie", "membership")}


class Stamp(Struct, frozen=True):
    entente: str = "0.1.0"
    codebook: str = "book-1"
    pipeline: str = "fake 1"


class Explanation(Struct, frozen=True):
    document: Document
    sentences: tuple[TextSpan, ...]
    records: tuple[Record, ...]
    left_out: tuple = ()
    reader: dict[str, float] = {}


class FakeCoder:
    """``coded`` lists the ids of the documents that it was given, in order."""

    def __init__(self, codebook: str = "book-1", seconds_a_document: float = 0.0) -> None:
        self.stamp = Stamp(codebook=codebook)
        self.coded: list[str] = []
        self.seconds_a_document = seconds_a_document

    def code_documents(self, documents: Iterable[Document]) -> Iterator[tuple[Document, list[Record] | DocumentError]]:
        for document in documents:
            time.sleep(self.seconds_a_document)
            self.coded.append(document.id)
            yield document, DocumentError("it cannot be parsed") if "BROKEN" in document.text else self.records_of(document)

    def explain(self, text: str, published: dt.date | None = None) -> Explanation:
        document = Document(id="x", text=text, published=published)
        return Explanation(document, (TextSpan(0, len(text), text),), tuple(self.records_of(document)))

    def records_of(self, document: Document) -> list[Record]:
        return [self.record_of(document, match) for match in FACT.finditer(document.text)]

    def record_of(self, document: Document, match: re.Match[str]) -> Record:
        kind, type_ = READINGS[match[2]]
        said = f"{document.id} {match.start()} {match[0]} {self.stamp.codebook}"
        year = int(match[4]) if match[4] else None
        return Record(
            id=hashlib.sha256(said.encode()).hexdigest()[:12],
            kind=kind,
            type=type_,
            actor=(Actor(match[1], match[1], kind="state"),),
            recipient=(Actor(match[3], match[3], kind="state"),),
            date=TimeSpan(dt.date(year, 1, 1), dt.date(year + 1, 1, 1), "year", match[4]) if year else None,
            document=document.id,
            published=document.published,
            source=document.source,
            sentence=document.text.count("\n", 0, match.start()),
            evidence=TextSpan(match.start(), match.end(), match[0]),
            coded_by=f"{type_}/fake",
            confidence=0.9,
        )
