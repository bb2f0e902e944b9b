"""Gives every word of a sentence its kind in time, so that patterns over kinds find time expressions.

Every word gets one kind (``MONTH``, ``UNIT``, ``LAST`` …) and every kind one character: a sentence becomes a short string, a
rule a regular expression over kinds, and the offsets of a match are indices of tokens.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from entente.codebook.timewords import TimeWords
from entente.dating.readings import Choice
from entente.records.annotations import Sentence, Token

KINDS = (
    *("MONTH", "WEEKDAY", "SEASON", "UNIT", "DAYWORD", "DECADE", "WEEKEND", "SHORTLY", "DAYPART", "FEAST"),
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
    *("BEGINNING", "ENDING", "HALF", "TIME", "EVERY", "FEW", "EXACTLY", "OWNER", "VERY", "BEING", "OUT", "OTHER"),
)
_LETTER = {kind: chr(0xE000 + i) for i, kind in enumerate(KINDS)}
_KIND = {letter: kind for kind, letter in _LETTER.items()}
_OTHER = _LETTER["OTHER"]

_CUE = re.compile("[" + "".join(_LETTER[kind] for kind in KINDS[:15]) + "]")

_CHOICE = "THE VERY? SAME|THAT VERY? SAME|THIS SAME|THAT VERY?|THE FOLLOWING|THE NEXT|THE PREVIOUS|LAST|NEXT|THIS"
_MACROS = {
    "count": "(?P<count>NUMBER HYPHEN NUMBER|NUMBER|DAYNUM|INT|AN FEW OF?|AN|FEW)",
    "choice": f"(?P<choice>{_CHOICE}|SAME)",
    "of_year": f"(?:COMMA? (?:OF|IN)? (?:(?P<year>YEAR)|(?P<which>{_CHOICE}) (?P<unit>UNIT)))",
    "part": "(?P<part>EARLY IN?|LATE IN?|MID HYPHEN?|THE? (?:BEGINNING|ENDING|MID) OF|"
    "THE (?:ORDINAL|LAST) (?:UNIT|HALF) (?:OF|IN))",
    "days": "(?P<day>DAYNUM|ORDDAY|DAYRANGE)(?:(?:HYPHEN|TO|AND|UNTIL)(?P<last_day>DAYNUM|ORDDAY))?",
    "weekday": "(?:WEEKDAY DAYPART? COMMA? IN?)?",
}


def compile_pattern(pattern: str) -> re.Pattern[str]:
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
        if unit == "day":
            return f"day {number}"
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
