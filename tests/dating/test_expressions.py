"""What is a time expression, what is none, and the role that its preposition gives it."""

import pytest

from tests.dating.plain import expressions


@pytest.mark.parametrize(
    "text",
    [
        "Resolution 1973 was adopted.",
        "About 2,000 troops met.",
        "They met 1900 soldiers.",
        "They bought an F-16 and a Boeing 747.",
        "Sudan may visit them.",
        "They live on the 18th floor.",
        "They met every Monday.",
        "Theirs was a day of rest.",
        "The spring offensive failed.",
        "The fall of Kabul shocked them.",
        "The talks, three in all, failed.",
    ],
)
def test_these_words_name_no_time(text):
    assert expressions(text) == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("They met on 5 December 1994 .", "on 5 December 1994"),
        ("They met on Monday, June 5, 2017 .", "on Monday, June 5, 2017"),
        ("On the 3rd of May 2016 they met .", "On the 3rd of May 2016"),
        ("They met in the first week of June .", "in the first week of June"),
        ("They met on 19 September of that year .", "on 19 September of that year"),
        ("They met between 1990 and 1994 .", "between 1990 and 1994"),
        ("They met exactly a year after that .", "exactly a year after that"),
        ("They met at the end of last month .", "at the end of last month"),
        ("They met on 2014-06-05 .", "on 2014-06-05"),
        ("They met late on Tuesday .", "late on Tuesday"),
    ],
)
def test_an_expression_takes_all_its_words_and_its_preposition(text, words):
    assert [found for found, _ in expressions(text)] == [words]


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("They met in 1994 .", "at"),
        ("They met since 1994 .", "since"),
        ("They met until 1994 .", "until"),
        ("They met by 1994 .", "by"),
        ("They met before 1994 .", "before"),
        ("They met after 1994 .", "after"),
        ("They met from 1994 .", "since"),
        ("They met from 1994 to 1996 .", "at"),
        ("They met for three years .", "duration"),
        ("They met for years .", "duration"),
        ("They met in the past decade .", "during"),
    ],
)
def test_the_preposition_gives_the_role(text, role):
    assert [found for _, found in expressions(text)] == [role]


def test_since_after_a_counted_time_counts_and_dates_nothing():
    assert expressions("They met for the third time since January .") == [("since January", "frequency")]


def test_a_dateline_is_no_date():
    assert expressions("DOHA, June 12 — They met .") == []


def test_two_months_that_do_not_follow_each_other_are_two_expressions():
    assert len(expressions("They met in May and September 2014 .")) == 2
