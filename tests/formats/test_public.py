import datetime as dt
import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from jsonschema import Draft202012Validator

from entente.errors import InputError
from entente.formats.public import KEYS, public_of, record_of
from entente.records.actors import Actor
from entente.records.record import Record
from entente.records.text import Document, TextSpan
from entente.records.timespan import TimeSpan
from tests.fake_coder import FakeCoder
from tests.strategies import records

SCHEMA = json.loads((Path(__file__).parents[2] / "docs" / "record.schema.json").read_text(encoding="utf-8"))


def a_record(**changes) -> Record:
    [record] = FakeCoder().records_of(Document(id="d1", text="BLR helped UKR in 2014", published=dt.date(2017, 6, 1)))
    return Record(**{name: getattr(record, name) for name in record.__struct_fields__} | changes)


def test_the_schema_is_a_schema_of_the_draft_it_names():
    Draft202012Validator.check_schema(SCHEMA)


def test_the_schema_lists_the_keys_in_the_order_of_the_output():
    assert tuple(SCHEMA["properties"]) == tuple(SCHEMA["required"]) == KEYS


@given(records)
@settings(max_examples=30, deadline=None)
def test_every_public_form_is_held_to_the_schema(record):
    Draft202012Validator(SCHEMA).validate(public_of(record))


@pytest.mark.parametrize("key", KEYS)
def test_the_schema_asks_for_every_key(key):
    public = public_of(a_record())
    del public[key]
    assert not Draft202012Validator(SCHEMA).is_valid(public)


def test_days_are_inclusive_in_the_public_form():
    record = a_record(date=TimeSpan(dt.date(2014, 6, 1), dt.date(2014, 7, 1), "month", "June"))
    assert public_of(record)["date"] == {"start": "2014-06-01", "end": "2014-06-30", "precision": "month", "text": "June"}


def test_an_open_end_is_null():
    record = a_record(date=TimeSpan(dt.date(2016, 1, 1), None, "range", "since January 2016"))
    assert public_of(record)["date"]["end"] is None


def test_an_actor_has_code_sector_entity_and_text_only():
    record = a_record(actor=(Actor("SYR", "the rebels", sector="REB", entity="Syria", kind="group", reason="by apposition"),))
    assert public_of(record)["actor"] == [{"code": "SYR", "sector": "REB", "entity": "Syria", "text": "the rebels"}]


@given(records)
@settings(max_examples=30, deadline=None)
def test_the_way_back_gives_the_same_public_form(record):
    assert public_of(record_of(public_of(record))) == public_of(record)


@pytest.mark.parametrize(
    "changes",
    [
        {"kind": "rumour"},
        {"evidence": None},
        {"sentence": "one"},
        {"date": {"start": "2014-13-01", "end": None, "precision": "day", "text": None}},
        {"date": {"start": "2014-02-01", "end": "2014-01-01", "precision": "day", "text": None}},
        {"date": "2014"},
        {"published": "yesterday"},
        {"attributes": {"share": None}},
    ],
)
def test_what_is_no_public_form_is_refused(changes):
    with pytest.raises(InputError, match="no record of entente's form"):
        record_of(public_of(a_record()) | changes)


def test_evidence_keeps_its_offsets_and_words():
    record = a_record(evidence=TextSpan(3, 9, "helped"), also=(TextSpan(20, 26, "helped"),))
    public = public_of(record)
    assert public["evidence"] == {"start": 3, "end": 9, "text": "helped"}
    assert public["also"] == [{"start": 20, "end": 26, "text": "helped"}]
