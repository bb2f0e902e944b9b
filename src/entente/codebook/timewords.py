"""The words of time of a language: months, units, cue words, and the verbs and nouns that pass a date on or stop it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from msgspec import Struct

from entente.codebook.source import load_plain
from entente.errors import CodebookError

_LANGUAGES = Path(__file__).parent / "data" / "language"


class TimeWords(Struct, frozen=True):
    """The content of ``language/time-en.yml``, each part said there; words are lower case.

    ``kinds`` maps every word of time to its kind ("last" to ``LAST``, "june" to ``MONTH``); ``units`` and ``kinds`` hold names,
    the other maps numbers.
    """

    months: dict[str, int]
    weekdays: dict[str, int]
    seasons: dict[str, int]
    units: dict[str, str]
    numbers: dict[str, int]
    ordinals: dict[str, int]
    days: dict[str, int]
    decades: dict[str, int]
    feasts: dict[str, tuple[int, int]]
    sequels: frozenset[str]
    kinds: dict[str, str]
    backward_verbs: frozenset[str]
    undoing_verbs: frozenset[str]
    anaphors: frozenset[str]
    delegates: frozenset[str]
    scheduled_verbs: frozenset[str]
    reaction_verbs: frozenset[str]
    occasion_verbs: frozenset[str]
    saying_verbs: frozenset[str]
    planning_verbs: frozenset[str]
    replying_verbs: frozenset[str]
    carrying_verbs: frozenset[str]
    promptings: frozenset[str]
    instruments: frozenset[str]
    making_verbs: frozenset[str]
    containers: frozenset[str]
    occasions: frozenset[str]
    event_nouns: frozenset[str]
    event_endings: tuple[str, ...]
    no_events: frozenset[str]
    continuations: tuple[str, ...]
    also: frozenset[str]
    together: frozenset[str]
    instrument_prepositions: frozenset[str]


_NUMBERS = ("months", "weekdays", "seasons", "numbers", "ordinals", "days", "decades")
_SEQUENCES = ("event_endings", "continuations")
_KIND_OF_PART = {
    "months": "MONTH",
    "weekdays": "WEEKDAY",
    "seasons": "SEASON",
    "units": "UNIT",
    "numbers": "NUMBER",
    "ordinals": "ORDINAL",
    "days": "DAYWORD",
    "decades": "DECADE",
}


def load_time_words(path: Path = _LANGUAGES / "time-en.yml") -> TimeWords:
    """Read the words of time of a language.

    Raises:
        CodebookError: A part is missing or unknown, or a number is none; names the file.
    """
    plain = load_plain(path)
    names = set(TimeWords.__struct_fields__)
    if not isinstance(plain, dict) or names != set(plain):
        found = set(plain) if isinstance(plain, dict) else set()
        raise CodebookError(f"{path.name}: parts missing or unknown: {', '.join(sorted(names ^ found))}")
    parts = {name: _read_part(name, part, path) for name, part in plain.items()}
    for name, kind in _KIND_OF_PART.items():
        parts["kinds"] |= dict.fromkeys(parts[name], kind)
    return TimeWords(**parts)


def _read_part(name: str, part: Any, path: Path) -> Any:
    if name == "kinds":
        return {word: kind for kind, words in part.items() for word in words}
    if name == "units":
        return dict(part)
    if name == "feasts":
        return {words: _read_feast(words, day, path) for words, day in part.items()}
    if name in _NUMBERS:
        return {word: _read_number(word, number, path) for word, number in part.items()}
    return tuple(part) if name in _SEQUENCES else frozenset(part)


def _read_feast(words: str, day: str, path: Path) -> tuple[int, int]:
    month, _, number = day.partition("-")
    return _read_number(words, month, path), _read_number(words, number, path)


def _read_number(word: str, number: str, path: Path) -> int:
    try:
        return int(number)
    except ValueError as error:
        raise CodebookError(f"{path.name}: {word!r} needs a whole number, not {number!r}") from error
