"""Records and facts built by hand: ``record("BLR", "AID", "UKR", "2014-06-07")``."""

import datetime as dt
import itertools

import msgspec
import pyarrow as pa

from entente.analysis.facts import facts_of
from entente.analysis.parties import Party
from entente.analysis.sides import Member, Sides
from entente.codebook.gazetteer import load_organisations
from entente.codebook.measures import SHIPPED, load_choices
from entente.codebook.vocabulary import TYPES, load_vocabulary
from entente.records.actors import Actor
from entente.records.record import Record
from entente.records.text import TextSpan
from entente.records.timespan import TimeSpan

CHOICES = load_choices()
VOCABULARY = load_vocabulary(SHIPPED.with_name("vocabulary.yml"))
SIDES = Sides(load_organisations(), CHOICES.sides)
EPOCH = dt.date(1970, 1, 1)
_numbers = itertools.count()


def record(actor, type_, recipient="", date=None, *, document=None, **given) -> Record:
    """Build a record; codes are joined by blanks, a date is 2014, 2014-06, 2014-06-07, or two days with ".." between."""
    number = next(_numbers)
    kind = given.pop("kind", None) or next(kind for kind, types in TYPES.items() if type_ in types)
    mode = given.get("mode")
    return Record(
        id=f"r{number}",
        kind=kind,
        type=type_,
        actor=actors(actor),
        recipient=actors(recipient),
        date=None if date is None else span(date),
        score=VOCABULARY.score(type_, mode) if kind == "event" else None,
        quad=VOCABULARY.quad(type_) if kind == "event" else None,
        document=document or f"d{number}",
        published=dt.date.fromisoformat(given.pop("published", "2020-01-01")),
        sentence=0,
        evidence=TextSpan(0, 1, "x"),
        coded_by="by hand",
        confidence=1.0,
        **given,
    )


def actors(codes: str) -> tuple[Actor, ...]:
    pairs = [code.partition(".") for code in codes.split()]
    return tuple(Actor(code=code, text=code, sector=sector or None, kind="state") for code, _, sector in pairs)


def span(written: str) -> TimeSpan:
    if ".." in written:
        first, last = written.split("..")
        end = dt.date.fromisoformat(last) + dt.timedelta(days=1) if last else None
        return TimeSpan(dt.date.fromisoformat(first) if first else None, end, "range")
    year, month, day = ([int(part) for part in written.split("-")] + [0, 0])[:3]
    if day:
        return TimeSpan.of_day(dt.date(year, month, day))
    if month:
        return TimeSpan(dt.date(year, month, 1), dt.date(year + month // 12, month % 12 + 1, 1), "month")
    return TimeSpan(dt.date(year, 1, 1), dt.date(year + 1, 1, 1), "year")


def facts(*records: Record, choices=CHOICES):
    """Return facts of records as the ledger's query would give them."""
    rows = [_row(record) for record in records]
    codes = pa.list_(pa.string())
    schema = pa.schema(
        [(name, pa.string()) for name in ("id", "document", "kind", "type", "mode", "status", "precision", "attributes")]
        + [(name, pa.int32()) for name in ("start", "end", "published", "sentence", "quad")]
        + [("score", pa.float32()), ("dated", pa.bool_()), ("actor", codes), ("recipient", codes), ("contexts", codes)]
    )
    return facts_of(pa.Table.from_pylist(rows, schema=schema), choices)


def _row(record: Record) -> dict:
    date = record.date
    return {
        **{name: getattr(record, name) for name in ("id", "document", "kind", "type", "mode", "status", "sentence", "contexts")},
        "actor": _codes(record.actor),
        "recipient": _codes(record.recipient),
        "precision": None if date is None else date.precision,
        "dated": date is not None,
        "start": None if date is None or date.start is None else (date.start - EPOCH).days,
        "end": None if date is None or date.end is None else (date.end - EPOCH).days,
        "published": (record.published - EPOCH).days,
        "score": float("nan") if record.score is None else record.score,
        "quad": record.quad or 0,
        "attributes": msgspec.json.encode(record.attributes).decode() if record.attributes else None,
    }


def _codes(side) -> list[str]:
    return list(dict.fromkeys(f"{a.code}.{a.sector}" if a.sector else a.code for a in side if a.code))


def party(name: str) -> Party:
    return Party(name, SIDES.spells(name.split("+")))


def member(code: str) -> Member:
    return SIDES.spells(code)[0]
