"""What holds of any text: spans never inverted, words at their tokens, and no day that only a clock could give."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from entente.dating import date_document
from tests.dating.plain import WORDS, document, words_of

_VOCABULARY = """
they met will meet on in by since until after before the a of that same last next this year years month week days Tuesday May may
June 5 18 31 2014 1994 1990s two three few later earlier ago first half end early late mid-2015 and to , . autumn yesterday today
vote quarter century decade weekend following same 18th night within for past 2014-02-30 from between Monday December 29
"""
_WORDS = st.sampled_from(_VOCABULARY.split())
_TEXTS = st.lists(st.lists(_WORDS, min_size=1, max_size=14).map(" ".join), min_size=1, max_size=4)
_DAYS = st.dates(min_value=dt.date(1700, 1, 1), max_value=dt.date(2150, 1, 1))


@settings(max_examples=300, deadline=None)
@given(_TEXTS, st.none() | _DAYS)
def test_every_expression_has_its_words_and_a_span_that_ends_after_it_starts(texts, published):
    parsed = document(*texts, published=published.isoformat() if published else None)
    dated = date_document(parsed, WORDS)
    for index, found in dated.expressions.items():
        for each in found:
            assert 0 <= each.first <= each.last < len(parsed.sentences[index].tokens)
            if each.span is not None:
                assert each.span.text == words_of(dated, each)
                assert each.span.start is not None or each.span.end is not None
        assert all(left.last < right.first for left, right in pairwise(found))
    for span in dated.spans.values():
        assert span.start is None or span.end is None or span.start < span.end


@settings(max_examples=100, deadline=None)
@given(_TEXTS)
def test_without_a_publication_date_and_a_year_in_the_text_nothing_is_dated(texts):
    year = any(word[-4:].isdigit() or word in ("1990s", "2014-02-30") for text in texts for word in text.split())
    dated = date_document(document(*texts), WORDS)
    assert year or not dated.spans


@settings(max_examples=60, deadline=None)
@given(_TEXTS, _DAYS)
def test_dating_is_pure(texts, published):
    parsed = document(*texts, published=published.isoformat())
    assert date_document(parsed, WORDS) == date_document(parsed, WORDS)
