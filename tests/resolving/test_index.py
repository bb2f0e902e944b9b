import datetime as dt

from tests.resolving.tables import INDEX

from entente.resolving.index import fold


def found(text, day=None):
    return [(text[match.start : match.end], match.entries[0].code) for match in INDEX.find(text, day)]


def test_folding_keeps_the_length_and_drops_case_and_marks():
    assert fold("Erdoğan’s Ålesund–Oslo") == "erdogan's alesund-oslo"


def test_a_name_within_a_word_is_no_name():
    assert found("Peruvianise Chadwick") == []


def test_a_name_needs_its_capital():
    assert found("the chad of the ballot, and Chad") == [("Chad", "TCD")]


def test_a_name_in_capitals_alone_is_read_in_capitals_alone():
    assert found("NATO is not nato") == [("NATO", "NATO")]


def test_the_longest_name_wins():
    assert found("the South China Sea and China") == [("South China Sea", None), ("China", "CHN")]


def test_offsets_are_those_of_the_text_as_read():
    text = "\xa0— Peru"
    (match,) = INDEX.find(text)
    assert text[match.start : match.end] == "Peru"


def test_the_office_nearest_to_the_day_comes_first():
    (match,) = INDEX.find("Bachelet", dt.date(2016, 1, 1))
    assert match.entries[0].spell.since == dt.date(2014, 3, 11)
