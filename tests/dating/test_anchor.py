"""What days a time expression means, by the story's own date and by what was told before."""

import datetime as dt

import pytest

from entente.dating.anchor import anchor_weekday
from entente.errors import TimeError
from tests.dating.plain import days


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("They met on 5 December 1994 .", "1994-12-05"),
        ("They met on December 5, 1994 .", "1994-12-05"),
        ("They met on 14 to 16 May 2018 .", "2018-05-14..2018-05-16"),
        ("They met from 28 May to 2 June 2018 .", "2018-05-28..2018-06-02"),
        ("They met in 1959 .", "1959-01-01..1959-12-31"),
        ("They met in early 1994 .", "1994-01-01..1994-04-30"),
        ("They met in mid-2015 .", "2015-05-01..2015-08-31"),
        ("They met in late 2013 .", "2013-09-01..2013-12-31"),
        ("They met in early May 2014 .", "2014-05-01..2014-05-10"),
        ("They met in the autumn of 2020 .", "2020-09-01..2020-11-30"),
        ("They met in the winter of 2020 .", "2020-12-01..2021-02-28"),
        ("They met in the 1990s .", "1990-01-01..1999-12-31"),
        ("They met in the early 1990s .", "1990-01-01..1993-12-31"),
        ("They met in the 19th century .", "1800-01-01..1899-12-31"),
        ("They met in the first half of 2015 .", "2015-01-01..2015-06-30"),
        ("They met in the third quarter of 2015 .", "2015-07-01..2015-09-30"),
        ("They met in the last week of February 2016 .", "2016-02-23..2016-02-29"),
        ("They met at the end of 2014 .", "2014-12-01..2014-12-31"),
        ("They met from 2004 to 2010 .", "2004-01-01..2010-12-31"),
        ("They met from March to June 2014 .", "2014-03-01..2014-06-30"),
        ("They met from November 2013 to January 2014 .", "2013-11-01..2014-01-31"),
        ("They met since January 2016 .", "2016-01-01.."),
        ("They met until 2021 .", "..2021-12-31"),
    ],
)
def test_words_that_name_their_days_need_no_story(text, span):
    assert days(text, published=None) == span


@pytest.mark.parametrize("text", ["They met on 31 June 2014 .", "They met on 29 February 2015 ."])
def test_a_day_that_no_calendar_has_is_no_day(text):
    assert days(text, published=None) is None


def test_a_leap_day_is_a_day():
    assert days("They met on 29 February 2016 .") == "2016-02-29"


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("They met on Tuesday .", "2019-03-12"),
        ("They met on Thursday .", "2019-03-14"),
        ("They will meet on Monday .", "2019-03-18"),
        ("They met last Thursday .", "2019-03-07"),
        ("They met yesterday .", "2019-03-13"),
        ("They met last night .", "2019-03-13"),
        ("They will meet tomorrow .", "2019-03-15"),
        ("They met last week .", "2019-03-04..2019-03-10"),
        ("They met this week .", "2019-03-11..2019-03-17"),
        ("They met at the weekend .", "2019-03-09..2019-03-10"),
        ("They met last month .", "2019-02-01..2019-02-28"),
        ("They met this year .", "2019-01-01..2019-12-31"),
        ("They will meet next year .", "2020-01-01..2020-12-31"),
        ("They met earlier this year .", "2019-01-01..2019-03-14"),
        ("They met late last year .", "2018-09-01..2018-12-31"),
        ("They met two days ago .", "2019-03-12"),
        ("They met three weeks ago .", "2019-02-18..2019-02-24"),
        ("They met ten years ago .", "2009-01-01..2009-12-31"),
        ("They met half a year ago .", "2018-09-01..2018-09-30"),
        ("They met in the past decade .", "2009-03-14..2019-03-14"),
        ("They met in May .", "2018-05-01..2018-05-31"),
        ("They met in March .", "2019-03-01..2019-03-31"),
        ("They will meet in May .", "2019-05-01..2019-05-31"),
        ("They met last May .", "2018-05-01..2018-05-31"),
        ("They met on Jan 12 .", "2019-01-12"),
        ("They met on 20 March .", "2018-03-20"),
        ("They met on Jan. 12 .", "2019-01-12"),
        ("They met in May of last year .", "2018-05-01..2018-05-31"),
        ("They met in the summer .", "2018-06-01..2018-08-31"),
        ("They met from March to June .", "2018-03-01..2018-06-30"),
        ("They will meet by the end of the decade .", "..2019-12-31"),
    ],
)
def test_words_that_count_from_the_publication(text, span):
    assert days(text, published="2019-03-14") == span


@pytest.mark.parametrize(
    "text", ["They met on Tuesday .", "They met last month .", "They met in May .", "They met two days ago ."]
)
def test_without_a_publication_date_they_mean_no_day(text):
    assert days(text, published=None) is None


@pytest.mark.parametrize(
    ("before", "text", "span"),
    [
        ("They met in September 2022 .", "The same month they met .", "2022-09-01..2022-09-30"),
        ("They met in June 2014 .", "That same year they met .", "2014-01-01..2014-12-31"),
        ("They met on 8 May 2018 .", "They met the same day .", "2018-05-08"),
        ("They met on 8 May 2018 .", "The following day they met .", "2018-05-09"),
        ("They met on 8 May 2018 .", "That August they met .", "2018-08-01..2018-08-31"),
        ("They met in November 2019 .", "The following February they met .", "2020-02-01..2020-02-29"),
        ("They met in November 2019 .", "In February of the following year they met .", "2020-02-01..2020-02-29"),
        ("They met in February 2023 .", "On 19 September of that year they met .", "2023-09-19"),
        ("They met on 24 February 2022 .", "Three days later they met .", "2022-02-27"),
        ("They met on 31 January 2014 .", "A month later they met .", "2014-02-28"),
        ("They met in March 2022 .", "A month later they met .", "2022-04-01..2022-04-30"),
        ("They met in 2012 .", "Two years earlier they met .", "2010-01-01..2010-12-31"),
        ("They met on 8 January 2020 .", "Six days after that they met .", "2020-01-14"),
        ("They met on 9 June 2017 .", "Shortly before, they met .", "2017-06-09"),
        ("They met in July 2014 .", "Two years later, in May, they met .", "2016-05-01..2016-05-31"),
        ("They met in July 2015 .", "In September they met .", "2015-09-01..2015-09-30"),
        ("They met in May 2015 .", "On the 18th they met .", "2015-05-18"),
        ("They met on 28 May 2015 .", "On the 3rd they met .", "2015-06-03"),
    ],
)
def test_words_that_go_on_from_what_was_told(before, text, span):
    assert days(before, text) == span


def test_what_the_story_cannot_have_told_yet_is_of_the_year_before():
    assert days("They met on 5 June 2017 .", "In October they met .", published="2017-06-12") == "2016-10-01..2016-10-31"


def test_a_bare_month_after_three_sentences_is_counted_from_the_publication():
    assert days("They met in 2009 .", "They met .", "They met .", "In May they met .") == "2017-05-01..2017-05-31"


def test_months_later_is_no_date():
    assert days("They met in 2009 .", "Months later they met .") is None


def test_days_after_a_month_are_as_vague_as_the_month():
    assert days("They met in May 2014 .", "Two weeks later they met .") == "2014-05-15..2014-06-14"


@pytest.mark.parametrize(("weekday", "tense", "day"), [(0, "past", 12), (1, "past", 6), (0, "future", 12), (6, "future", 18)])
def test_a_bare_weekday_is_the_nearest_in_its_tense(weekday, tense, day):
    assert anchor_weekday(weekday, dt.date(2017, 6, 12), tense=tense).start == dt.date(2017, 6, day)


def test_an_eighth_weekday_is_refused():
    with pytest.raises(TimeError, match="0 for Monday"):
        anchor_weekday(7, dt.date(2017, 6, 12), tense="past")
