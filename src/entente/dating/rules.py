"""The rules: patterns over the kinds of words, and what the words that match them mean.

Rules stand in the order of their claim: the first that reads a stretch of words takes it.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from msgspec.structs import replace

from entente.dating.kinds import Match, Scan, compile_pattern
from entente.dating.readings import (
    Around,
    Calendar,
    Choice,
    DayOfMonth,
    Fixed,
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
from entente.records.annotations import TimeRole, Token

PREPOSITIONS: dict[str, TimeRole] = {
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


def read_iso_date(match: Match) -> Reading | None:
    """Read "2014-06-05"."""
    numbers = [int(number) for number in re.findall(r"\d+", " ".join(match.scan.lower[match.start : match.end]))]
    span = span_of_day(numbers[0], numbers[1], numbers[2])
    return Fixed(span) if span else None


def read_date(match: Match) -> Reading | None:
    """Read "5 December 1994", "June 5", "the 14th to the 16th of May", "19 September of that year", not "the 5 May Movement"."""
    if _names_a_body(match):
        return Nothing()
    day, last_day = match.days()
    month = match.scan.words.months[match.word("month")]
    return _with_year(match, Calendar(month, day=day, last_day=last_day))


def _names_a_body(match: Match) -> bool:
    tokens, end = match.scan.tokens, match.end
    if end >= len(tokens) or not tokens[end].text.istitle() or tokens[end].pos not in ("NOUN", "PROPN"):
        return False
    determined = "THE" in (match.scan.kind(match.start), match.scan.kind(match.start - 1))
    return determined and any(t.head == end and t.dep in ("compound", "nmod:unmarked") for t in tokens[match.start : end])


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
    """Read "on the 18th", "on the 8th Iranian missiles fell", not "the 18th floor"."""
    if match.scan.kind(match.start - 1) not in ("IN", "BY", "UNTIL", "SINCE", "FROM"):
        return None
    after = match.scan.tokens[match.end] if match.end < len(match.scan.tokens) else None
    counts = after is not None and after.pos in ("NOUN", "ADJ", "PROPN") and match.scan.tokens[match.end - 1].head >= match.end
    if counts and after is not None and not (after.text.istitle() and match.scan.lower[match.start - 1] == "on"):
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


def read_decades(match: Match) -> Reading | None:
    """Read "the 1970s and 1980s"."""
    spans = [span_of_months(_first_year(match, group), 1, 120) for group in ("decade", "last_decade")]
    span = join_spans(spans[0], spans[1]) if spans[0] and spans[1] else None
    return Fixed(span) if span else None


def _first_year(match: Match, group: str) -> int:
    word = match.word(group)
    return int(word[:4]) if word[0].isdigit() else match.scan.words.decades[word]


def read_decade(match: Match) -> Reading | None:
    """Read "the 1990s", "the early 1990s", "the nineties"."""
    span = part_of_or_none(span_of_months(_first_year(match, "decade"), 1, 120), match.part())
    return Fixed(span) if span else None


def read_numbered_unit(match: Match) -> Reading | None:
    """Read "the 19th century", "the late eighteenth century", "the third quarter"."""
    word = match.word("number")
    number = int(re.findall(r"\d+", word)[0]) if word[0].isdigit() else match.scan.words.ordinals[word]
    if match.unit() == "quarter" and number <= 4 and match.scan.kind(match.start - 1) in PREPOSITIONS:
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


def read_anniversary(match: Match) -> Reading | None:
    """Read "thirty years ago today", "ten years ago this week"."""
    count, unit = _count_of(match)
    if count is None or unit == "moment" or (match.has("day") and match.scan.words.days[match.word("day")] != 0):
        return None
    return Offset(-count, unit, grain="day" if match.has("day") else match.unit("grain"))


def read_before_it_is_out(match: Match) -> Reading | None:
    """Read "before the month was out": in what is left of it."""
    return None if match.plural() or match.unit() == "moment" else Around(0, match.unit(), or_published=True)


def read_end_of_unit(match: Match) -> Reading | None:
    """Read "year’s end", "the month’s close"."""
    return None if match.plural() or match.unit() == "moment" else Around(0, match.unit(), "end", or_published=True)


def read_shift(match: Match) -> Reading | None:
    """Read "two months later", "a week earlier", "three days after the vote", "six days after that"."""
    count, unit = _count_of(match)
    if count is None and unit != "moment":
        return Nothing() if match.plural() or match.has("count") or match.has("half") else None
    side = match.kinds("side")[0]
    pivot = _pivot_of(match) if side in ("AFTER", "BEFORE", "FOLLOWING") else None
    sign = -1 if side in ("EARLIER", "BEFORE") else 1
    return Shift(sign * (count or 0), "moment" if unit == "moment" else unit, pivot)


def read_on(match: Match) -> Reading | None:
    """Read "Two years on, …" where it opens a sentence or a clause."""
    scan, count = match.scan, match.count()
    opens = match.start == 0 or scan.lower[match.start - 1] in (";", ":", "and", "but", "yet")
    if not opens or scan.lower[match.end - 1] != "on" or count is None or match.unit() == "moment":
        return None
    return Shift(count, match.unit())


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
    """Read "within a day", "within two weeks"; "within hours" is the day told before; "within days" is none."""
    if match.unit() == "moment":
        return Shift(0, "moment")
    count = match.count()
    return Nothing() if count is None else Within(count, match.unit())


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


Reader = Callable[[Match], Reading | None]
Rule = tuple[re.Pattern[str], Reader]

_AMOUNT = "EXACTLY? (?:(?P<half>HALF AN)|{count})? (?P<unit>UNIT) (?P<more>AND AN HALF)?"

_PATTERNS: tuple[tuple[str, Reader], ...] = (
    ("BEFORE (?:THE|THAT) (?P<unit>UNIT) BEING (?:OUT|IN)", read_before_it_is_out),
    ("(?:THE|THAT)? (?P<unit>UNIT) OWNER (?P<side>ENDING)", read_end_of_unit),
    ("ISODATE|YEAR HYPHEN (?:DAYNUM|INT) HYPHEN (?:DAYNUM|INT)", read_iso_date),
    ("{weekday} THE? {days} OF? (?P<month>MONTH) {of_year}?", read_date),
    ("{weekday} (?P<month>MONTH) THE? {days} {of_year}?", read_date),
    ("(?P<month>MONTH) (?:TO|UNTIL|HYPHEN|(?P<and>AND)) (?P<last_month>MONTH) {of_year}?", read_months),
    (
        "{choice} (?P<name>MONTH|SEASON)",
        read_chosen,
    ),
    ("THE? {part}? (?P<month>MONTH) {of_year}?", read_month),
    ("THE? (?P<mid>MIDDATE) {of_year}?", read_mid_date),
    ("THE? {part}? THE? (?P<season>SEASON) {of_year}?", read_season),
    ("YEAR (?:TO|UNTIL|HYPHEN|(?P<and>AND)) (?:YEAR|DAYNUM|INT)|YEARRANGE", read_years),
    ("THE? (?P<decade>DECADE) (?:TO|UNTIL|HYPHEN|AND) THE? (?P<last_decade>DECADE)", read_decades),
    ("THE? {part}? THE? (?P<decade>DECADE)", read_decade),
    ("{part}? THE? (?P<number>ORDDAY|ORDINAL) (?P<unit>UNIT)(?!OF)", read_numbered_unit),
    ("THE? {part}? YEAR", read_year),
    ("{part} (?:{choice}|THE) (?P<unit>UNIT)", read_part_of_unit),
    ("(?P<side>EARLIER|LATER) {choice} (?P<unit>UNIT)", read_so_far),
    ("(?P<count>NUMBER HYPHEN NUMBER|NUMBER|DAYNUM) (?P<unit>UNIT) IN", read_on),
    (f"{_AMOUNT} AGO (?:(?P<day>DAYWORD)|THIS (?P<grain>UNIT))", read_anniversary),
    (f"{_AMOUNT} AGO", read_ago),
    (f"{_AMOUNT} (?P<side>LATER|EARLIER|AFTER|BEFORE|FOLLOWING) (?P<that>THAT|THIS)?", read_shift),
    ("(?P<preposition>IN|FOR|WITHIN) (?:THE|THIS) (?P<side>LAST|NEXT) {count}? (?P<unit>UNIT)", read_window),
    ("THE (?P<unit>UNIT) (?P<side>AFTER|BEFORE|EARLIER)", read_adjacent_unit),
    ("FOR EXACTLY? {count}? (?P<unit>UNIT)", read_duration),
    ("WITHIN {count}? (?P<unit>UNIT)", read_within),
    ("(?:THE|{choice}) WEEKEND", read_weekend),
    (
        "(?:EARLY|LATE)? (?:IN)? {choice}? (?P<weekday>WEEKDAY) DAYPART? (?:(?P<week>THIS|LAST) UNIT)?",
        read_weekday,
    ),
    ("{choice} (?P<unit>UNIT)", read_unit),
    ("(?:EARLY|LATE|EARLIER|LATER)? (?P<day>DAYWORD) DAYPART?", read_day_word),
    ("{choice} DAYPART", read_day_part),
    ("THE? (?P<day>ORDDAY)", read_day_of_month),
    ("SHORTLY (?P<side>AFTER|BEFORE|LATER|EARLIER)", read_shortly),
)

RULES: tuple[Rule, ...] = tuple((compile_pattern(pattern), read) for pattern, read in _PATTERNS)


def _with_year(match: Match, calendar: Calendar) -> Reading | None:
    if match.has("year"):
        span = in_year(calendar, int(match.word("year")))
        return Fixed(span) if span else Nothing()
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
    season = scan.tokens[end - 1]
    names = (
        after is not None and after.pos in ("NOUN", "PROPN") and season.dep in ("compound", "amod", "nmod") and season.head >= end
    )
    return scan.kind(end) != "OF" and not names and scan.kind(start - 1) in PREPOSITIONS


_YEAR_PREPOSITIONS = ("SINCE", "UNTIL", "BY", "FROM", "AFTER", "BEFORE", "BETWEEN")


def _is_year(scan: Scan, i: int) -> bool:
    """Tell a year from a count and from a name's number, by the word before it and the noun after it."""
    year, before, token = int(scan.lower[i]), scan.kind(i - 1), scan.tokens[i]
    head = scan.tokens[token.head]
    counts = token.dep == "nummod" and head.i > i and head.pos == "NOUN"
    if before in _YEAR_PREPOSITIONS or (before == "IN" and scan.lower[i - 1] in ("in", "during", "over", "throughout")):
        return not counts or (year >= 1900 and year % 1000 != 0)
    if before == "OF" or (before == "AND" and scan.kind(i - 2) == "YEAR"):
        return not counts
    if i and scan.lower[i - 1] == "(":
        numbered = i > 1 and scan.lower[i - 2][:1].isdigit()
        return not numbered and i + 1 < len(scan.tokens) and scan.lower[i + 1] in (")", ",")
    plain = 1800 <= year <= 2100 and year % 1000 != 0 and head.i > i and head.pos in ("NOUN", "PROPN")
    determined = before == "THE" or (i > 0 and scan.lower[i - 1] in ("’s", "'s", "’", "its", "their", "his", "her"))
    return plain and (determined or (before != "EXACTLY" and not _is_plural(head)))


def _is_plural(token: Token) -> bool:
    return "Number=Plur" in token.feats or token.tag in ("NNS", "NNPS")
