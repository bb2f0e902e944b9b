import datetime as dt

import msgspec
import numpy as np
import pytest

from entente.analysis.results import Evidence, Result, too_little
from entente.errors import InputError
from tests.analysis.by_hand import facts, record

RECORDS = [record("A", "AID", "B", document=name) for name in ("one", "one", "two")]


def result(**given):
    columns = {"of": ["first", "second"], "day": [dt.date(2014, 6, 7)] * 2, "figure": np.array([1.5, np.nan])}
    evidence = Evidence.of_cells(np.array([1, 0, 0, -1]), np.array([2, 1, 0, 2]), 2)
    return Result("figures", columns, evidence, facts(*RECORDS), {"seed": 1}, **given)


def test_what_is_no_number_is_nothing():
    assert result().rows() == [
        {"of": "first", "day": dt.date(2014, 6, 7), "figure": 1.5},
        {"of": "second", "day": dt.date(2014, 6, 7), "figure": None},
    ]


def test_a_row_leads_to_its_records():
    assert result().ids(0) == [RECORDS[0].id, RECORDS[1].id]
    assert result().ids(1) == [RECORDS[2].id]
    assert result(fetch=lambda ids: [r for r in RECORDS if r.id in ids]).records(1) == [RECORDS[2]]


def test_without_a_ledger_there_are_ids_only():
    with pytest.raises(InputError, match="ask for it through a workspace"):
        result().records(0)


def test_evidence_counts_records_and_independent_documents():
    evidence = Evidence.of_cells(np.array([0, 0, 0, 1]), np.array([0, 0, 1, 2]), 3)
    assert evidence.counts(facts(*RECORDS)) == ([2, 1, 0], [1, 1, 0])


def test_frames_have_the_same_rows():
    found = result()
    assert found.df().to_dict("list")["of"] == ["first", "second"]
    assert found.pl()["figure"].to_list() == [1.5, None]
    assert found.arrow().column_names == found.columns == ["of", "day", "figure"]


def test_json_names_the_records_of_every_row():
    decoded = msgspec.json.decode(msgspec.json.encode(result().to_builtins()))
    assert [row["record_ids"] for row in decoded["rows"]] == [result().ids(0), result().ids(1)]
    assert decoded["rows"][0]["day"] == "2014-06-07"


def test_too_little_evidence_is_said_in_words():
    assert too_little(1, 1) == "too little evidence: 1 record of 1 document"
    assert too_little(0, 2) == "too little evidence: 0 records of 2 documents"
