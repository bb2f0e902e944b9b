"""Finds the time expressions of a sentence: rules over its words, the prepositions before them, ranges, no datelines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from entente.codebook.timewords import TimeWords
from entente.dating.kinds import Match, Scan, encode
from entente.dating.readings import Between, Calendar, Fixed, Found, Nothing, Reading, Weekday, Window, in_year
from entente.dating.rules import PREPOSITIONS, RULES
from entente.dating.spans import join_spans
from entente.records.annotations import Sentence


def find_expressions(sentence: Sentence, words: TimeWords) -> tuple[Found, ...]:
    """Return the time expressions of a sentence in its order; they never overlap. A dateline is none."""
    scan = encode(sentence, words)
    if scan is None:
        return ()
    found = sorted(_apply_rules(scan), key=lambda each: each.first)
    return tuple(each for each in _join_ranges(scan, found) if not _is_dateline(scan, each))


def _apply_rules(scan: Scan) -> Iterator[Found]:
    taken = [False] * len(scan.tokens)
    read_as = list(_feasts(scan))
    for first, last, _ in read_as:
        taken[first : last + 1] = [True] * (last + 1 - first)
    for pattern, read in RULES:
        for raw in pattern.finditer(scan.code):
            first, end = raw.span()
            if first == end or any(taken[first:end]):
                continue
            reading = read(Match(raw, scan))
            if reading is not None:
                taken[first:end] = [True] * (end - first)
                read_as.append((first, end - 1, reading))
    for first, last, reading in read_as:
        yield _with_preposition(scan, first, last, reading, free=first > 0 and not taken[first - 1])


def _feasts(scan: Scan) -> Iterator[tuple[int, int, Reading]]:
    """Yield "New Year’s Day", "Christmas Eve 2011"."""
    line = " ".join(scan.lower)
    for words, (month, day) in scan.words.feasts.items():
        if words not in line:
            continue
        size = words.count(" ") + 1
        for first in range(len(scan.lower) - size + 1):
            if " ".join(scan.lower[first : first + size]) != words or not scan.tokens[first].text.istitle():
                continue
            last = first + size - 1
            year = scan.kind(last + 1) == "YEAR"
            calendar = Calendar(month, day=day)
            span = in_year(calendar, int(scan.lower[last + 1])) if year else None
            yield first, last + year, Fixed(span) if span else calendar


def _with_preposition(scan: Scan, first: int, last: int, reading: Reading, *, free: bool) -> Found:
    """Take in the preposition before an expression, which gives it its role."""
    before = scan.kind(first - 1) if free else "OTHER"
    inside = scan.kind(first)
    if isinstance(reading, Nothing):
        return Found(first, last, "duration" if "FOR" in (before, inside) else "at", reading)
    if inside in ("IN", "WITHIN", "FOR", "SINCE", "UNTIL", "BY"):
        return Found(first, last, "during" if isinstance(reading, Window) else "at", reading)
    if _modifies_noun(scan, last):
        return Found(first, last, "at", reading)
    joined = any(scan.kind(i) in ("TO", "UNTIL", "AND", "HYPHEN") for i in range(first, last))
    role = "at" if joined and before in ("FROM", "BETWEEN") else PREPOSITIONS.get(before, "at")
    if role == "until" and first > 1 and scan.lower[first - 2] == "not":
        role = "at"
    keep = before in PREPOSITIONS and before != "OF"
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
    days = isinstance(first.reading, Weekday) and isinstance(last.reading, Weekday) and first.role == "at"
    if gap not in (["TO"], ["UNTIL"], ["HYPHEN"], ["AND"]) or (gap == ["AND"] and opening != "BETWEEN" and not days):
        return None
    if gap == ["AND"] and days and not _are_neighbours(first.reading, last.reading):
        return None
    if gap == ["HYPHEN"] and not isinstance(last.reading, Calendar | Fixed | Weekday):
        return None
    if gap in (["TO"], ["UNTIL"]) and opening not in ("FROM", "BETWEEN"):
        return None
    return Found(first.first, last.last, "at", _range(first.reading, last.reading))


def _are_neighbours(first: Reading, last: Reading) -> bool:
    """Tell "on Monday and Tuesday" from "on Monday and Thursday"."""
    if not isinstance(first, Weekday) or not isinstance(last, Weekday):
        return False
    return first.choice == last.choice == "bare" and first.days == last.days == 1 and (last.weekday - first.weekday) % 7 == 1


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
