import io
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from entente.errors import InputError
from entente.formats.jsonl import JsonLinesWriter, read_records
from entente.formats.public import public_of
from entente.records.text import Document
from tests.fake_coder import FakeCoder
from tests.strategies import records


def written(found) -> bytes:
    stream = io.BytesIO()
    writer = JsonLinesWriter(stream)
    writer.write(found)
    writer.close()
    return stream.getvalue()


@given(st.lists(records, max_size=4))
@settings(max_examples=25, deadline=None)
def test_every_record_is_one_line_of_its_public_form(found):
    lines = written(found).split(b"\n")
    assert lines.pop() == b""
    assert [json.loads(line) for line in lines] == [public_of(record) for record in found]


@given(st.lists(records, max_size=4))
@settings(max_examples=25, deadline=None)
def test_written_records_can_be_read_again(found):
    again = list(read_records(io.BytesIO(written(found))))
    assert [public_of(record) for record in again] == [public_of(record) for record in found]


@pytest.mark.parametrize("line", [b"nonsense", b"[]", b"{}", b'{"id": "\xff"}'])
def test_a_line_that_is_no_record_is_named_by_its_number(line):
    good = written(FakeCoder().records_of(Document(id="d", text="BLR helped UKR")))
    with pytest.raises(InputError, match=r"^line 3: "):
        list(read_records([good, b"\n", line]))
