import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entente.reading.clean import mask_spans
from entente.records.text import Document


def masked(text: str) -> list[str]:
    return [span.text for span in mask_spans(Document(id="d", text=text))]


@pytest.mark.parametrize(
    "dateline",
    [
        "DOHA, June 12 — ",
        "NAIROBI (AFP) — ",
        "(Reuters) - ",
        "KYIV, Ukraine (AP) – ",
        "Kathmandu, 5 May (Xinhua) -- ",
        "ST. PETERSBURG, Russia, June 3 (TASS) — ",
        "ADDIS ABABA — ",
        "WASHINGTON/MOSCOW, 3 June 2014 - ",
    ],
)
def test_a_dateline_is_masked_and_its_sentence_is_not(dateline):
    assert masked(f"{dateline}Qatar said on Monday that it would stay.") == [dateline]


@pytest.mark.parametrize(
    "line",
    [
        "By Jane Roe",
        "BY JANE ROE and Richard Miles",
        "By Jane Roe, Foreign Editor",
        "Reporting by Jane Roe; editing by Richard Miles",
        "(Additional reporting by Jane Roe in Oslo)",
        "Read more: Qatar stays in the bloc",
        "Related: Who is who in Doha",
        "Photo: the emir at the airport",
        "Subscribe to our newsletter",
        "Advertisement",
        "© 2017 The Doha Courier",
    ],
)
def test_a_line_that_reports_nothing_is_masked(line):
    assert masked(f"Qatar stays.\n{line}\nIt will not leave.") == [line]


@pytest.mark.parametrize(
    "text",
    [
        "NATO – The alliance met in Brussels.",
        "US-China talks resumed.",
        "By Friday Russia and China had agreed.",
        "By contrast, Norway stayed.",
        "Qatar – which hosts the base – stayed.",
        "Moscow - The Kremlin said no.",
        "The minister (Labour) - Norway's third - resigned.",
        "See you in court, Norway told Iceland.",
        "Copyright law was changed by Norway.",
        "Sources said that Norway had agreed.",
        "Read out on Monday, the statement named Iran.",
    ],
)
def test_reporting_is_not_masked(text):
    assert masked(text) == []


def test_an_address_is_masked():
    assert masked("See https://example.org/a?b=c for the text.") == ["https://example.org/a?b=c"]


LINES = ["DOHA, June 12 — Qatar", "By Jane Roe", "Read more: x", "Kenya said.", "(AP) - Kenya", "", "\r", "© x", "https://x.y"]


@given(st.lists(st.sampled_from(LINES) | st.text(st.characters(exclude_categories=["Cs"]), max_size=30), max_size=6))
def test_masks_are_sorted_apart_and_words_of_the_text(lines):
    text, end = "\n".join(lines), 0
    for span in mask_spans(Document(id="d", text=text)):
        assert end <= span.start < span.end <= len(text)
        assert span.text == text[span.start : span.end]
        end = span.end


@pytest.mark.parametrize("piece", ["A", "A ", "AB ", "(A", "By A ", "AB, ", "A" + " " * 50, "Read: ", "AB/"])
def test_long_lines_take_no_long_time(piece):
    started = time.perf_counter()
    masked(piece * (2_000_000 // len(piece)))
    assert time.perf_counter() - started < 3
