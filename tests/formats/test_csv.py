import csv
import io

from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from entente.formats.csv import COLUMNS, CsvWriter, public_of_row
from entente.formats.public import public_of
from entente.records.actors import Actor
from entente.records.text import Document
from tests.fake_coder import FakeCoder
from tests.formats.test_public import SCHEMA, a_record
from tests.strategies import records


def written(found) -> str:
    stream = io.BytesIO()
    writer = CsvWriter(stream)
    writer.write(found)
    writer.close()
    return stream.getvalue().decode()


def rows_of(text):
    return list(csv.DictReader(io.StringIO(text, newline="")))


@given(st.lists(records, max_size=4))
@settings(max_examples=25, deadline=None)
def test_nothing_is_lost_in_csv(found):
    again = [public_of_row(row) for row in rows_of(written(found))]
    assert again == [public_of(record) for record in found]
    for public in again:
        Draft202012Validator(SCHEMA).validate(public)


def test_without_records_there_is_still_a_header():
    assert written([]).splitlines() == [",".join(COLUMNS)]


def test_codes_are_repeated_in_short():
    actors = (Actor("SYR", "the rebels", sector="REB"), Actor("TUR", "Turkey"), Actor(None, "gunmen"))
    [row] = rows_of(written([a_record(actor=actors)]))
    assert (row["actor.codes"], row["recipient.codes"]) == ("SYR.REB;TUR", "UKR")


def test_a_line_feed_in_a_cell_stays_in_it():
    [record] = FakeCoder().records_of(Document(id="a\nb", text="BLR helped UKR"))
    assert rows_of(written([record]))[0]["document"] == "a\nb"
