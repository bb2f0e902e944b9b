"""Finds the time expressions of a sentence and reads what their words mean, without any date of the story.

Every word of a sentence is given one kind (``MONTH``, ``UNIT``, ``LAST`` …) and every kind one character, so that a sentence
becomes a short string, a rule a regular expression over kinds, and the offsets of a match are indices of tokens.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from msgspec.structs import replace

from entente.codebook.timewords import TimeWords
from entente.dating.readings import (
    Around,
    Between,
    Calendar,
    Choice,
    DayOfMonth,
    Fixed,
    Found,
    Nothing,
    Offset,
    Reading,
    Shift,
    Weekday,
    Window,
    Within,
    in_year,
    part_of_or_none,
)
from entente.dating.spans import join_spans, span_of_day, span_of_months
from entente.records.annotations import Sentence, TimeRole, Token

KINDS = (
    *("MONTH", "WEEKDAY", "SEASON", "UNIT", "DAYWORD", "DECADE", "WEEKEND", "SHORTLY", "DAYPART"),
    *("YEAR", "ISODATE", "ORDDAY", "YEARRANGE", "MIDDATE", "DAYRANGE", "DAYNUM", "INT", "NUMBER", "ORDINAL"),
    *(
        "THE",
        "AN",
        "OF",
        "AND",
        "TO",
        "UNTIL",
        "HYPHEN",
        "COMMA",
        "IN",
        "WITHIN",
        "FOR",
        "BY",
        "SINCE",
        "FROM",
        "BETWEEN",
        "AFTER",
    ),
    *(
        "FOLLOWING",
        "BEFORE",
        "LAST",
        "NEXT",
        "THIS",
        "THAT",
        "SAME",
        "PREVIOUS",
        "AGO",
        "LATER",
        "EARLIER",
        "EARLY",
        "MID",
        "LATE",
    ),
    *("BEGINNING", "ENDING", "HALF", "TIME", "EVERY", "FEW", "EXACTLY", "OTHER"),
)
_LETTER = {kind: chr(0xE000 + i) for i, kind in enumerate(KINDS)}
_KIND = {letter: kind for kind, letter in _LETTER.items()}
_OTHER = _LETTER["OTHER"]

_CUE = re.compile("[" + "".join(_LETTER[kind] for kind in KINDS[:14]) + "]")

_CHOICE = "THE SAME|THAT SAME|THIS SAME|THAT|THE FOLLOWING|THE NEXT|THE PREVIOUS|LAST|NEXT|THIS"
_MACROS = {
    "count": "(?P<count>NUMBER HYPHEN NUMBER|NUMBER|DAYNUM|INT|AN FEW OF?|AN|FEW)",
    "choice": f"(?P<choice>{_CHOICE}|SAME)",
    "of_year": f"(?:COMMA? (?:OF|IN)? (?:(?P<year>YEAR)|(?P<which>{_CHOICE}) (?P<unit>UNIT)))",
    "part": "(?P<part>EARLY IN?|LATE IN?|MID HYPHEN?|THE? (?:BEGINNING|ENDING|MID) OF|"
    "THE (?:ORDINAL|LAST) (?:UNIT|HALF) (?:OF|IN))",
    "days": "(?P<day>DAYNUM|ORDDAY|DAYRANGE)(?:(?:HYPHEN|TO|AND|UNTIL)(?P<last_day>DAYNUM|ORDDAY))?",
    "weekday": "(?:WEEKDAY DAYPART? COMMA? IN?)?",
}


def _compile(pattern: str) -> re.Pattern[str]:
    """Compile a pattern written with kinds and macros: ``{count} UNIT AGO``."""
    for name, text in _MACROS.items():
        pattern = pattern.replace("{" + name + "}", text)
    return re.compile(re.sub(r"\b[A-Z]{2,}\b", lambda match: _LETTER[match.group()], pattern).replace(" ", ""))


class Scan(NamedTuple):
    """A sentence's tokens, their lower-case words, and their kinds as one string of a letter per token."""

    tokens: tuple[Token, ...]
    lower: list[str]
    code: str
    words: TimeWords

    def kind(self, i: int) -> str:
        """Return the kind of token ``i``, OTHER outside the sentence."""
        return _KIND[self.code[i]] if 0 <= i < len(self.code) else "OTHER"


class Match:
    """A rule's match: the words and numbers of its groups."""

    def __init__(self, match: re.Match[str], scan: Scan) -> None:
        self._match = match
        self.scan = scan
        self.start, self.end = match.span()

    def has(self, group: str) -> bool:
        """Tell whether a group took part."""
        return group in self._match.re.groupindex and self._match.start(group) >= 0

    def kinds(self, group: str) -> list[str]:
        """Return the kinds of a group's tokens, empty where it took no part."""
        return [_KIND[letter] for letter in self._match.group(group)] if self.has(group) else []

    def words(self, group: str) -> list[str]:
        """Return the lower-case words of a group."""
        return self.scan.lower[slice(*self._match.span(group))] if self.has(group) else []

    def word(self, group: str) -> str:
        """Return the first word of a group."""
        return self.words(group)[0]

    def count(self, group: str = "count") -> int | None:
        """Return the number that a group says ("a" is one), None for "a few" and the like."""
        kinds = self.kinds(group)
        if not kinds or "FEW" in kinds:
            return None
        if kinds == ["AN"]:
            return 1
        numbers = self.scan.words.numbers
        return sum(
            numbers[word] if word in numbers else int(word) for word in self.words(group) if word in numbers or word.isdigit()
        )

    def choice(self, group: str = "choice") -> Choice:
        """Return which occurrence a group of words chooses."""
        kinds = self.kinds(group)
        if "SAME" in kinds or "THAT" in kinds:
            return "that"
        if "NEXT" in kinds:
            return "following" if "THE" in kinds else "next"
        chosen: dict[str, Choice] = {"FOLLOWING": "following", "PREVIOUS": "previous", "LAST": "last", "THIS": "this"}
        return next((chosen[kind] for kind in kinds if kind in chosen), "bare")

    def part(self) -> str | None:
        """Return the part that "early", "the end of" or "the first half of" takes."""
        kinds = self.kinds("part")
        if not kinds:
            return None
        if "ORDINAL" in kinds or "LAST" in kinds:
            return self._numbered_part(kinds)
        names = {"EARLY": "early", "LATE": "late", "MID": "mid", "BEGINNING": "beginning", "ENDING": "end"}
        return next(names[kind] for kind in kinds if kind in names)

    def _numbered_part(self, kinds: list[str]) -> str:
        words = self.words("part")
        number = next((self.scan.words.ordinals[word] for word in words if word in self.scan.words.ordinals), -1)
        unit = "half" if "HALF" in kinds else self.scan.words.units[words[kinds.index("UNIT")]]
        if unit == "quarter":
            return f"q{number if number > 0 else 4}"
        if unit == "half":
            return "first half" if number == 1 else "second half"
        if unit == "week":
            return {1: "first week", 2: "second week", 3: "third week", 4: "fourth week"}.get(number, "last week")
        return "early" if number > 0 else "late"

    def unit(self, group: str = "unit") -> str:
        """Return the unit that a group names."""
        return self.scan.words.units[self.word(group)]

    def plural(self, group: str = "unit") -> bool:
        """Tell whether the unit's word is a plural."""
        return self.word(group).endswith("s") or self.word(group) == "centuries"

    def days(self) -> tuple[int, int | None]:
        """Return the day of the month and the last one of a range."""
        numbers = [int(number) for word in (*self.words("day"), *self.words("last_day")) for number in re.findall(r"\d+", word)]
        return numbers[0], numbers[1] if len(numbers) > 1 else None


# --- words to kinds -----------------------------------------------------------------------------------------------------

_NUMERIC: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("DAYNUM", re.compile(r"0?[1-9]|[12]\d|3[01]")),
    ("YEAR", re.compile(r"1[0-9]\d\d|20\d\d|21\d\d")),
    ("INT", re.compile(r"\d{1,4}")),
    ("ORDDAY", re.compile(r"\d{1,2}(?:st|nd|rd|th)")),
    ("DECADE", re.compile(r"(?:1[0-9]|20)\d0[’']?s")),
    ("ISODATE", re.compile(r"\d{4}-\d\d-\d\d")),
    ("DAYRANGE", re.compile(r"\d{1,2}[-–]\d{1,2}")),
    ("YEARRANGE", re.compile(r"(?:1[0-9]|20)\d\d[-–/](?:\d{4}|\d\d)")),
)
_CAPITALISED = {"MONTH", "WEEKDAY"}
_UNCAPITALISED = {"SEASON", "DAYWORD", "SHORTLY"}


def encode(sentence: Sentence, words: TimeWords) -> Scan | None:
    """Give every word of a sentence its kind; None where no word speaks of time, as in most sentences."""
    kinds = words.kinds
    lower = [token.text.lower() for token in sentence.tokens]
    letters = []
    for token, word in zip(sentence.tokens, lower, strict=True):
        kind = kinds.get(word)
        if kind is None:
            letters.append(
                _LETTER[_other_kind(word, kinds)] if word[0].isdigit() or word[-1] == "." or word[:3] == "mid" else _OTHER
            )
        elif kind in _CAPITALISED or kind in _UNCAPITALISED:
            letters.append(_LETTER[kind] if _is_time_word(token, kind) else _OTHER)
        else:
            letters.append(_LETTER[kind])
    code = "".join(letters)
    return Scan(sentence.tokens, [_plain(word) for word in lower], code, words) if _CUE.search(code) else None


def _plain(word: str) -> str:
    return word[:-1] if len(word) > 3 and word[-1] == "." else word


def _other_kind(word: str, kinds: dict[str, str]) -> str:
    if word.startswith("mid"):
        rest = word[4:]
        return "MIDDATE" if kinds.get(rest) in ("MONTH", "DECADE") or re.fullmatch(r"(?:1[0-9]|20)\d\ds?", rest) else "OTHER"
    if not word[0].isdigit():
        return "MONTH" if kinds.get(word[:-1]) == "MONTH" else "OTHER"
    return next((kind for kind, pattern in _NUMERIC if pattern.fullmatch(word)), "OTHER")


def _is_time_word(token: Token, kind: str) -> bool:
    """Tell "May" from "may", "Theresa May", "the march", and "spring" from "Prague Spring"."""
    if kind in _UNCAPITALISED:
        return token.text[0].islower() or token.i <= 1 or token.pos == "ADV"
    return token.text[0].isupper() and token.pos not in ("AUX", "VERB") and token.entity != "PERSON" and token.dep != "flat"


# --- rules --------------------------------------------------------------------------------------------------------------


def read_iso_date(match: Match) -> Reading | None:
    """Read "2014-06-05"."""
    numbers = [int(number) for number in re.findall(r"\d+", " ".join(match.scan.lower[match.start : match.end]))]
    span = span_of_day(numbers[0], numbers[1], numbers[2])
    return Fixed(span) if span else None


def read_date(match: Match) -> Reading | None:
    """Read "5 December 1994", "June 5", "the 14th to the 16th of May", "19 September of that year"."""
    day, last_day = match.days()
    month = match.scan.words.months[match.word("month")]
    return _with_year(match, Calendar(month, day=day, last_day=last_day))


def read_months(match: Match) -> Reading | None:
    """Read "from March to June 2014", "in May and June"; months that do not follow each other are no range."""
    months = match.scan.words.months
    first, last = months[match.word("month")], months[match.word("last_month")]
    count = (last - first) % 12 + 1
    if match.has("and") and count != 2 and match.scan.kind(match.start - 1) != "BETWEEN":
        return None
    return _with_year(match, Calendar(first, months=count, precision="range"))


def read_month(match: Match) -> Reading | None:
    """Read "June", "early May 2014", "the first week of June", "March of the same year"."""
    return _with_year(match, Calendar(match.scan.words.months[match.word("month")], part=match.part()))


def read_season(match: Match) -> Reading | None:
    """Read "the spring of 2014", "autumn 2020", "in the summer", "late autumn"."""
    scan = match.scan
    if not match.has("year") and not match.has("which") and not _stands_alone(scan, match.start, match.end):
        return None
    return _with_year(match, Calendar(scan.words.seasons[match.word("season")], months=3, precision="season", part=match.part()))


def read_chosen(match: Match) -> Reading | None:
    """Read "last May", "that October", "the following February", "next spring"."""
    words, name = match.scan.words, match.word("name")
    if name in words.months:
        return Calendar(words.months[name], part=match.part(), choice=match.choice())
    return Calendar(words.seasons[name], months=3, precision="season", part=match.part(), choice=match.choice())


def read_day_of_month(match: Match) -> Reading | None:
    """Read "on the 18th", not "the 18th floor"."""
    if match.scan.kind(match.start - 1) not in ("IN", "BY", "UNTIL", "SINCE", "FROM"):
        return None
    after = match.scan.tokens[match.end] if match.end < len(match.scan.tokens) else None
    if after is not None and after.pos in ("NOUN", "ADJ", "PROPN") and match.scan.tokens[match.end - 1].head >= match.end:
        return None
    return DayOfMonth(int(re.findall(r"\d+", match.word("day"))[0]))


def read_years(match: Match) -> Reading | None:
    """Read "2004 to 2010", "2014–15", "between 1990 and 1994"."""
    numbers = [int(number) for number in re.findall(r"\d+", " ".join(match.scan.lower[match.start : match.end]))]
    first, last = numbers[0], numbers[-1]
    if last < 100:
        last += first // 100 * 100
    if match.has("and") and last - first != 1 and match.scan.kind(match.start - 1) not in ("BETWEEN", "FROM"):
        return None
    return _between_years(first, last)


def read_year(match: Match) -> Reading | None:
    """Read "in 1959", "early 1994", "the third quarter of 2015", "the 1994 memorandum"; not "2000 troops"."""
    i = match.end - 1
    if not match.has("part") and not _is_year(match.scan, i):
        return None
    span = part_of_or_none(span_of_months(int(match.scan.lower[i]), 1, 12), match.part())
    return Fixed(span) if span else None


def read_mid_date(match: Match) -> Reading | None:
    """Read "mid-2015", "mid-1990s", "mid-June 2014" where the hyphen does not part the words."""
    word = match.word("mid")[4:]
    if word in match.scan.words.months:
        return _with_year(match, Calendar(match.scan.words.months[word], part="mid"))
    year = match.scan.words.decades.get(word) or int(word[:4])
    span = part_of_or_none(span_of_months(year, 1, 12 if word.isdigit() else 120), "mid")
    return Fixed(span) if span else None


def read_decade(match: Match) -> Reading | None:
    """Read "the 1990s", "the early 1990s", "the nineties"."""
    word = match.word("decade")
    year = int(word[:4]) if word[0].isdigit() else match.scan.words.decades[word]
    span = part_of_or_none(span_of_months(year, 1, 120), match.part())
    return Fixed(span) if span else None


def read_numbered_unit(match: Match) -> Reading | None:
    """Read "the 19th century", "the late eighteenth century", "the third quarter"."""
    word = match.word("number")
    number = int(re.findall(r"\d+", word)[0]) if word[0].isdigit() else match.scan.words.ordinals[word]
    if match.unit() == "quarter" and number <= 4 and match.scan.kind(match.start - 1) in _PREPOSITIONS:
        return Calendar(3 * number - 2, months=3, precision="quarter")
    if match.unit() != "century" or match.plural():
        return None
    span = part_of_or_none(span_of_months((number - 1) * 100, 1, 1200) if number > 10 else None, match.part())
    return Fixed(span) if span else None


def read_part_of_unit(match: Match) -> Reading | None:
    """Read "the end of the year", "the end of last month", "the first half of this year", "late last year"."""
    unit = match.unit()
    if match.plural() or unit == "moment":
        return None
    choice = match.choice() if match.has("choice") else "this"
    return _of_unit(choice, unit, match.part())


def read_so_far(match: Match) -> Reading | None:
    """Read "earlier this year": from its beginning to the publication; "later this week": from there to its end."""
    unit = match.unit()
    part = "so far" if match.kinds("side") == ["EARLIER"] else "to come"
    if match.kinds("choice") in (["THAT"], ["THE", "SAME"], ["THAT", "SAME"]):
        return Around(0, unit)
    return None if match.plural() or unit == "moment" else Offset(0, unit, part)


def read_unit(match: Match) -> Reading | None:
    """Read "last week", "this month", "next year", "the same day", "that year", "the following month", "the previous day"."""
    unit, before = match.unit(), match.scan.kind(match.start - 1)
    if match.plural() or unit == "moment" or (match.choice() in ("last", "next") and before == "THE"):
        return None
    return _of_unit(match.choice(), unit, None)


def read_adjacent_unit(match: Match) -> Reading | None:
    """Read "the day after", "the year before": beside what was told before, or beside what follows."""
    unit = match.unit()
    if match.plural() or unit == "moment":
        return None
    sign = -1 if match.kinds("side") in (["BEFORE"], ["EARLIER"]) else 1
    if _followed_by_event(match.scan, match.end):
        return Shift(sign, unit, match.end - 1)
    return Around(sign, unit)


def read_window(match: Match) -> Reading | None:
    """Read "in the past decade", "over the last three years", "in the next two weeks"; "for the past year" is a duration."""
    if match.kinds("preposition") == ["FOR"]:
        return Nothing()
    count = match.count() if match.has("count") else (None if match.plural() else 1)
    if count is None or match.unit() == "moment":
        return Nothing()
    return Window(count if match.kinds("side") == ["NEXT"] else -count, match.unit())


def read_ago(match: Match) -> Reading | None:
    """Read "two days ago", "a year and a half ago", "some months ago"."""
    count, unit = _count_of(match)
    if unit == "moment":
        return Offset(0, "day")
    years = {"decade": 10, "century": 100}.get(unit)
    if count is None:
        return Nothing()
    return Offset(-count * years, "year") if years else Offset(-count, unit)


def read_shift(match: Match) -> Reading | None:
    """Read "two months later", "a week earlier", "three days after the vote", "six days after that"."""
    count, unit = _count_of(match)
    if count is None and unit != "moment":
        return Nothing() if match.plural() or match.has("count") or match.has("half") else None
    side = match.kinds("side")[0]
    pivot = _pivot_of(match) if side in ("AFTER", "BEFORE", "FOLLOWING") else None
    sign = -1 if side in ("EARLIER", "BEFORE") else 1
    return Shift(sign * (count or 0), "moment" if unit == "moment" else unit, pivot)


def _pivot_of(match: Match) -> int | None:
    """Return the token of "after" where an event follows it, None where "that" or nothing does."""
    scan, that = match.scan, match.has("that")
    if that:
        pronoun = scan.tokens[match.end - 1].pos == "PRON" or not _followed_by_event(scan, match.end)
        return None if pronoun else match.end - 2
    return match.end - 1 if _followed_by_event(scan, match.end) else None


def read_shortly(match: Match) -> Reading | None:
    """Read "shortly before", "soon afterwards": the day of what was told before, where it is a day."""
    return None if _followed_by_event(match.scan, match.end) else Shift(0, "moment")


def read_within(match: Match) -> Reading | None:
    """Read "within a day", "within two weeks"; "within days" is none."""
    count = match.count()
    return Nothing() if count is None or match.unit() == "moment" else Within(count, match.unit())


def read_duration(match: Match) -> Reading | None:
    """Read "for three years", "for decades": no date."""
    return Nothing()


def read_day_word(match: Match) -> Reading | None:
    """Read "yesterday", "tonight", "tomorrow morning"."""
    return Offset(match.scan.words.days[match.word("day")], "day")


def read_day_part(match: Match) -> Reading | None:
    """Read "this morning", "last night", "the same evening", "that night"."""
    choice = match.choice()
    if choice in ("that", "following", "previous"):
        return Around({"that": 0, "following": 1, "previous": -1}[choice], "day")
    return Offset({"last": -1, "next": 1}.get(choice, 0), "day")


def read_weekday(match: Match) -> Reading | None:
    """Read "on Tuesday", "last Friday", "Monday afternoon", "the following Sunday"; not "every Monday", "Bloody Sunday"."""
    before = match.scan.tokens[match.start - 1] if match.start else None
    if match.scan.kind(match.start - 1) == "EVERY" or (before is not None and before.pos == "ADJ" and before.text.istitle()):
        return None
    choice = match.choice()
    weekday = match.scan.words.weekdays[match.word("weekday")]
    if match.has("week"):
        return Weekday(weekday, "last" if match.kinds("week")[0] == "LAST" else choice)
    return Weekday(weekday, choice)


def read_weekend(match: Match) -> Reading | None:
    """Read "at the weekend", "last weekend", "over the weekend"."""
    return Weekday(5, match.choice() if match.has("choice") else "bare", days=2)


Rule = tuple[re.Pattern[str], Callable[[Match], Reading | None]]

_AMOUNT = "EXACTLY? (?:(?P<half>HALF AN)|{count})? (?P<unit>UNIT) (?P<more>AND AN HALF)?"

RULES: tuple[Rule, ...] = (
    (_compile("ISODATE|YEAR HYPHEN (?:DAYNUM|INT) HYPHEN (?:DAYNUM|INT)"), read_iso_date),
    (_compile("{weekday} THE? {days} OF? (?P<month>MONTH) {of_year}?"), read_date),
    (_compile("{weekday} (?P<month>MONTH) THE? {days} {of_year}?"), read_date),
    (_compile("(?P<month>MONTH) (?:TO|UNTIL|HYPHEN|(?P<and>AND)) (?P<last_month>MONTH) {of_year}?"), read_months),
    (
        _compile("{choice} (?P<name>MONTH|SEASON)"),
        read_chosen,
    ),
    (_compile("THE? {part}? (?P<month>MONTH) {of_year}?"), read_month),
    (_compile("THE? (?P<mid>MIDDATE) {of_year}?"), read_mid_date),
    (_compile("THE? {part}? THE? (?P<season>SEASON) {of_year}?"), read_season),
    (_compile("YEAR (?:TO|UNTIL|HYPHEN|(?P<and>AND)) (?:YEAR|DAYNUM)|YEARRANGE"), read_years),
    (_compile("THE? {part}? THE? (?P<decade>DECADE)"), read_decade),
    (_compile("{part}? THE? (?P<number>ORDDAY|ORDINAL) (?P<unit>UNIT)(?!OF)"), read_numbered_unit),
    (_compile("THE? {part}? YEAR"), read_year),
    (_compile("{part} (?:{choice}|THE) (?P<unit>UNIT)"), read_part_of_unit),
    (_compile("(?P<side>EARLIER|LATER) {choice} (?P<unit>UNIT)"), read_so_far),
    (_compile(f"{_AMOUNT} AGO"), read_ago),
    (_compile(f"{_AMOUNT} (?P<side>LATER|EARLIER|AFTER|BEFORE|FOLLOWING) (?P<that>THAT|THIS)?"), read_shift),
    (_compile("(?P<preposition>IN|FOR|WITHIN) (?:THE|THIS) (?P<side>LAST|NEXT) {count}? (?P<unit>UNIT)"), read_window),
    (_compile("THE (?P<unit>UNIT) (?P<side>AFTER|BEFORE|EARLIER)"), read_adjacent_unit),
    (_compile("FOR EXACTLY? {count}? (?P<unit>UNIT)"), read_duration),
    (_compile("WITHIN {count}? (?P<unit>UNIT)"), read_within),
    (_compile("(?:THE|{choice}) WEEKEND"), read_weekend),
    (_compile("(?:EARLY|LATE)? (?:IN)? {choice}? (?P<weekday>WEEKDAY) DAYPART? (?:(?P<week>THIS|LAST) UNIT)?"), read_weekday),
    (_compile("{choice} (?P<unit>UNIT)"), read_unit),
    (_compile("(?:EARLY|LATE|EARLIER|LATER)? (?P<day>DAYWORD) DAYPART?"), read_day_word),
    (_compile("{choice} DAYPART"), read_day_part),
    (_compile("THE? (?P<day>ORDDAY)"), read_day_of_month),
    (_compile("SHORTLY (?P<side>AFTER|BEFORE|LATER|EARLIER)"), read_shortly),
)


def _with_year(match: Match, calendar: Calendar) -> Reading | None:
    if match.has("year"):
        span = in_year(calendar, int(match.word("year")))
        return Fixed(span) if span else None
    if match.has("which"):
        return replace(calendar, choice=match.choice("which"), year=True) if match.unit() == "year" else None
    return calendar


def _of_unit(choice: Choice, unit: str, part: str | None) -> Reading:
    told = {"that": 0, "following": 1, "previous": -1}
    if choice in told:
        return Around(told[choice], unit, part)
    if choice == "bare":
        return Around(0, unit, part, or_published=True)
    return Offset({"last": -1, "next": 1}.get(choice, 0), unit, part)


def _between_years(first: int, last: int) -> Reading | None:
    start, end = span_of_months(first, 1, 12), span_of_months(last, 1, 12)
    span = join_spans(start, end) if start and end else None
    return Fixed(span) if span else None


def _count_of(match: Match) -> tuple[int | None, str]:
    """Return count and unit of an amount; a year's half is six months, 48 hours are two days, "years" alone has no count."""
    unit = match.unit()
    count = match.count() if match.has("count") else None
    if match.has("half") or match.has("more"):
        half = {"year": (6, "month"), "decade": (5, "year"), "century": (50, "year")}.get(unit)
        whole = 0 if match.has("half") else 2
        return (None, unit) if half is None else (half[0] * (whole + 1), half[1])
    if unit == "moment" and count is not None and count >= 24:
        return count // 24, "day"
    return count, unit


def _followed_by_event(scan: Scan, i: int) -> bool:
    """Tell whether a noun phrase or a clause begins at token ``i``: "after the vote", "after France had agreed"."""
    return i < len(scan.tokens) and scan.tokens[i].pos in ("DET", "NOUN", "PROPN", "PRON", "ADJ", "NUM", "VERB")


def _stands_alone(scan: Scan, start: int, end: int) -> bool:
    """Tell whether a bare season is one: "in the spring", "in early autumn"; not "the spring offensive", "the fall of Kabul"."""
    after = scan.tokens[end] if end < len(scan.tokens) else None
    if scan.kind(end) == "OF" or (after is not None and after.pos in ("NOUN", "PROPN")):
        return False
    return scan.kind(start - 1) in _PREPOSITIONS


_YEAR_PREPOSITIONS = ("SINCE", "UNTIL", "BY", "FROM", "AFTER", "BEFORE", "BETWEEN")


def _is_year(scan: Scan, i: int) -> bool:
    """Tell a year from a count and from a name's number, by the word before it and the noun after it."""
    year, before, token = int(scan.lower[i]), scan.kind(i - 1), scan.tokens[i]
    head = scan.tokens[token.head]
    counts = token.dep == "nummod" and head.i > i and head.pos == "NOUN"
    if before in _YEAR_PREPOSITIONS or (before == "IN" and scan.lower[i - 1] in ("in", "during", "over")):
        return not counts or (year >= 1900 and year % 1000 != 0)
    if before == "OF" or (before == "AND" and scan.kind(i - 2) == "YEAR"):
        return not counts
    if i and scan.lower[i - 1] == "(":
        return i + 1 < len(scan.tokens) and scan.lower[i + 1] in (")", ",")
    plain = 1800 <= year <= 2100 and year % 1000 != 0 and head.i > i and head.pos in ("NOUN", "PROPN")
    determined = before == "THE" or (i > 0 and scan.lower[i - 1] in ("’s", "'s", "’", "its", "their", "his", "her"))
    return plain and (determined or (before != "EXACTLY" and not _is_plural(head)))


def _is_plural(token: Token) -> bool:
    return "Number=Plur" in token.feats or token.tag in ("NNS", "NNPS")


# --- the sentence -------------------------------------------------------------------------------------------------------

_PREPOSITIONS: dict[str, TimeRole] = {
    "IN": "at",
    "WITHIN": "at",
    "FOR": "at",
    "OF": "at",
    "BETWEEN": "at",
    "SINCE": "since",
    "FROM": "since",
    "UNTIL": "until",
    "BY": "by",
    "AFTER": "after",
    "FOLLOWING": "after",
    "BEFORE": "before",
}


def find_expressions(sentence: Sentence, words: TimeWords) -> tuple[Found, ...]:
    """Return the time expressions of a sentence in its order; they never overlap. A dateline is none."""
    scan = encode(sentence, words)
    if scan is None:
        return ()
    found = sorted(_apply_rules(scan), key=lambda each: each.first)
    return tuple(each for each in _join_ranges(scan, found) if not _is_dateline(scan, each))


def _apply_rules(scan: Scan) -> Iterator[Found]:
    taken = [False] * len(scan.tokens)
    for pattern, read in RULES:
        for raw in pattern.finditer(scan.code):
            first, end = raw.span()
            if first == end or any(taken[first:end]):
                continue
            reading = read(Match(raw, scan))
            if reading is not None:
                taken[first:end] = [True] * (end - first)
                yield _with_preposition(scan, first, end - 1, reading)


def _with_preposition(scan: Scan, first: int, last: int, reading: Reading) -> Found:
    """Take in the preposition before an expression, which gives it its role."""
    before = scan.kind(first - 1)
    inside = scan.kind(first)
    if isinstance(reading, Nothing):
        return Found(first, last, "duration", reading)
    if inside in ("IN", "WITHIN", "FOR", "SINCE", "UNTIL", "BY"):
        return Found(first, last, "during" if isinstance(reading, Window) else "at", reading)
    if _modifies_noun(scan, last):
        return Found(first, last, "at", reading)
    joined = any(scan.kind(i) in ("TO", "UNTIL", "AND", "HYPHEN") for i in range(first, last))
    role = "at" if joined and before in ("FROM", "BETWEEN") else _PREPOSITIONS.get(before, "at")
    if role == "until" and first > 1 and scan.lower[first - 2] == "not":
        role = "at"
    keep = before in _PREPOSITIONS and before != "OF"
    return Found(first - 1 if keep else first, last, role, reading)


def _modifies_noun(scan: Scan, last: int) -> bool:
    """Tell "the 2014 coup", "last week's attack": the preposition before them is the noun's."""
    token = scan.tokens[last]
    owner = last + 1 < len(scan.tokens) and scan.lower[last + 1] in ("’s", "'s", "’")
    noun = scan.tokens[token.head]
    return owner or (
        token.dep in ("nummod", "compound", "amod") and noun.i > last and noun.pos == "NOUN" and scan.kind(noun.i) == "OTHER"
    )


def _join_ranges(scan: Scan, found: Sequence[Found]) -> Iterator[Found]:
    """Join "from 5 May" and "9 June 2014", with "to", "until", "and" or a dash between them."""
    waiting: Found | None = None
    for each in found:
        joined = _join(scan, waiting, each) if waiting else None
        if waiting and joined is None:
            yield waiting
        waiting = joined or each
    if waiting:
        yield waiting


def _join(scan: Scan, first: Found, last: Found) -> Found | None:
    opening = scan.kind(first.first)
    until = scan.kind(last.first) == "UNTIL"
    gap = [scan.kind(i) for i in range(first.last + 1, last.first + until)]
    if gap not in (["TO"], ["UNTIL"], ["HYPHEN"], ["AND"]) or (gap == ["AND"] and opening != "BETWEEN"):
        return None
    if gap == ["HYPHEN"] and not isinstance(last.reading, Calendar | Fixed | Weekday):
        return None
    if gap in (["TO"], ["UNTIL"]) and opening not in ("FROM", "BETWEEN"):
        return None
    return Found(first.first, last.last, "at", _range(first.reading, last.reading))


def _range(first: Reading, last: Reading) -> Reading:
    """Return the reading from one to the other; the year of the last is the first's where it has none of its own."""
    if isinstance(first, Calendar) and isinstance(last, Fixed) and last.span.start and last.span.end:
        for year in (last.span.start.year, last.span.start.year - 1):
            start = in_year(first, year)
            if start and start.start and start.start < last.span.end:
                span = join_spans(start, last.span)
                return Fixed(span) if span else Nothing()
    if isinstance(first, Fixed) and isinstance(last, Fixed):
        span = join_spans(first.span, last.span)
        return Fixed(span) if span else Nothing()
    return Between(first, last)


def _is_dateline(scan: Scan, found: Found) -> bool:
    """Tell "DOHA, June 12 —": names, a comma, a date and a dash at the start."""
    after = found.last + 1
    while after < len(scan.tokens) and (scan.lower[after] in ("(", ")") or scan.tokens[after].text.isupper()):
        after += 1
    if found.first > 8 or after >= len(scan.tokens) or scan.lower[after] not in ("—", "–", "-", "--") or found.first == 0:
        return False
    return all(token.pos in ("PROPN", "PUNCT", "X") or token.text.isupper() for token in scan.tokens[: found.first])
