import pytest
from hypothesis import given
from hypothesis import strategies as st

from entente.reading.plain import is_wrapped, read_plain
from entente.records.text import Document

WRAPPED = """The two governments said that they would reopen the border
crossing before the winter, after talks that lasted for three
days and ended without a joint statement. Officials spoke of a
first step.
"""
ONE_A_LINE = """The two governments said that they would reopen the border crossing before the winter.
Talks lasted for three days.
They ended without a joint statement, officials in both capitals told reporters on Friday.
"""


def document_in(raw: bytes) -> Document:
    [document] = read_plain(raw, "note.txt", None)
    assert isinstance(document, Document)
    return document


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00\ufeff")).filter(str.strip))
def test_the_text_is_what_the_bytes_say(text):
    [found] = read_plain(text.encode(), None, None)
    assert isinstance(found, tuple) or found.text == text


def test_line_ends_are_kept_as_they_were_read():
    assert document_in(b"One.\r\nTwo.\rThree.\n").text == "One.\r\nTwo.\rThree.\n"


def test_a_byte_order_mark_is_no_part_of_the_text():
    assert document_in("\ufeffMinsk.".encode()).text == "Minsk."


def test_the_file_name_is_the_source():
    assert document_in(b"x").source == "note.txt"


def test_control_characters_and_right_to_left_text_are_text():
    text = "bell \x07 escape \x1b[0m وقالت الحكومة \u202e"
    assert document_in(text.encode()).text == text


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b"", "no text"),
        (b" \n\n", "no text"),
        (b"\xef\xbb\xbf", "no text"),
        (b"abc\x00def", "binary"),
        (b"%PDF-1.7", "PDF"),
        (b"PK\x03\x04abc", "ZIP"),
        ("Minsk".encode("utf-16"), "UTF-16"),
        (b"caf\xe9", "not UTF-8 at byte 4"),
    ],
)
def test_what_is_no_text_is_set_aside_with_its_reason(raw, reason):
    [(line, why)] = read_plain(raw, None, None)
    assert line is None
    assert reason in why


def test_wrapped_lines_end_no_sentences():
    assert is_wrapped(WRAPPED)
    assert not document_in(WRAPPED.encode()).newline_ends_sentence


def test_wrapped_paragraphs_stay_wrapped_between_blank_lines():
    assert is_wrapped(WRAPPED + "\n" + WRAPPED)


def test_wrapped_lines_may_end_in_carriage_returns():
    assert is_wrapped(WRAPPED.replace("\n", "\r\n"))


def test_one_sentence_a_line_is_not_wrapped():
    assert not is_wrapped(ONE_A_LINE)
    assert document_in(ONE_A_LINE.encode()).newline_ends_sentence


def test_a_heading_above_its_text_is_not_wrapped():
    assert not is_wrapped("Border to reopen\nThe two governments said that they would reopen the border.\n")


def test_two_lines_are_wrapped_if_the_second_goes_on_in_lower_case():
    assert is_wrapped("The two governments said that they would reopen the border\ncrossing.\n")


def test_ten_thousand_words_one_a_line_are_not_wrapped():
    assert not is_wrapped("word\n" * 10_000)


@pytest.mark.parametrize("text", ["", "\n", "one line only and nothing below it that could tell how it is wrapped"])
def test_without_two_lines_together_nothing_is_wrapped(text):
    assert not is_wrapped(text)
