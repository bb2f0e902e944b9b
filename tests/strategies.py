"""Records and documents by chance, for property tests."""

from __future__ import annotations

import datetime as dt

from hypothesis import strategies as st

from entente.records.actors import Actor
from entente.records.record import KINDS, Place, Record
from entente.records.text import Document, TextSpan
from entente.records.timespan import TimeSpan

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
words = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20)
maybe = st.none() | words
days = st.dates(dt.date(1000, 1, 1), dt.date(2999, 12, 31))


@st.composite
def documents(draw, ids=words):
    text = draw(texts.filter(str.strip))
    flag = draw(st.booleans())
    about = {name: draw(maybe) for name in ("title", "source", "url", "language")}
    return Document(id=draw(ids), text=text, published=draw(st.none() | days), newline_ends_sentence=flag, **about)


@st.composite
def spans_of_days(draw):
    start, length = draw(st.none() | days), draw(st.none() | st.integers(1, 4000))
    end = None if length is None else (start or draw(days)) + dt.timedelta(days=length)
    return TimeSpan(start, end, draw(st.sampled_from(["day", "month", "year", "range"])), draw(maybe))


actors = st.builds(
    Actor,
    code=st.none() | st.sampled_from(["BLR", "UKR", "EU"]),
    text=words,
    sector=st.none() | st.sampled_from(["GOV", "REB"]),
    entity=maybe,
    kind=st.sampled_from(["state", "person", "unknown"]),
    reason=maybe,
)
text_spans = st.builds(TextSpan, start=st.integers(0, 10**9), end=st.integers(0, 10**9), text=words)
floats = st.floats(-1e6, 1e6)

records = st.builds(
    Record,
    id=words,
    kind=st.sampled_from(KINDS),
    type=words,
    mode=maybe,
    contexts=st.lists(words, max_size=3).map(tuple),
    actor=st.lists(actors, max_size=3).map(tuple),
    recipient=st.lists(actors, max_size=3).map(tuple),
    date=st.none() | spans_of_days(),
    status=st.sampled_from(["actual", "future", "hypothetical", "negated", "historical"]),
    attributed_to=maybe,
    place=st.none() | st.builds(Place, name=words, country=maybe),
    score=st.none() | floats,
    quad=st.none() | st.integers(1, 4),
    attributes=st.dictionaries(words, words | st.booleans() | st.integers(-(2**53), 2**53) | floats, max_size=3),
    document=words,
    published=st.none() | days,
    source=maybe,
    sentence=st.integers(0, 10**6),
    evidence=text_spans,
    also=st.lists(text_spans, max_size=2).map(tuple),
    coded_by=words,
    confidence=st.floats(0, 1),
)
