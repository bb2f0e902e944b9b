import datetime as dt
import io

import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from pyarrow import parquet

from entente.formats.parquet import ParquetWriter, public_of_row
from entente.formats.public import KEYS, public_of
from tests.formats.test_public import SCHEMA, a_record
from tests.strategies import records


def table_of(found) -> pa.Table:
    stream = io.BytesIO()
    writer = ParquetWriter(stream)
    writer.write(found)
    writer.close()
    return parquet.read_table(pa.BufferReader(stream.getvalue()))


@given(st.lists(records, max_size=4))
@settings(max_examples=25, deadline=None)
def test_nothing_is_lost_in_parquet(found):
    again = [public_of_row(row) for row in table_of(found).to_pylist()]
    assert again == [public_of(record) for record in found]
    for public in again:
        Draft202012Validator(SCHEMA).validate(public)


def test_the_columns_are_the_keys_of_the_public_form():
    assert tuple(table_of([]).column_names) == KEYS


def test_days_are_dates_and_inclusive():
    [row] = table_of([a_record()]).to_pylist()
    assert (row["date"]["start"], row["date"]["end"]) == (dt.date(2014, 1, 1), dt.date(2014, 12, 31))
    assert row["published"] == dt.date(2017, 6, 1)
