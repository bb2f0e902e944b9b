"""Wording: names of codes, days and records in plain English, from the gazetteer and the codebook's phrases."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Mapping, Sequence

from entente.analysis.passages import Passage
from entente.codebook.gazetteer import Leader, Organisation, State

_ORDINALS = {1: "largest", 2: "second-largest", 3: "third-largest", 4: "fourth-largest", 5: "fifth-largest"}
_FLOWS = {"trade": "trade", "imports": "imports", "exports": "exports", "energy": "energy", "arms": "arms", "finance": "finance"}
_ARTICLE = re.compile(
    r"^(United|European|Soviet)\b|(lands|Islands|Emirates|Philippines|Maldives|Bahamas|Republic|Union|Nations)$"
)
_LONGEST_NAME = 3  # words; an organisation with a longer name goes by its acronym
_FRACTIONS = (
    *(("half", 1 / 2), ("a third", 1 / 3), ("two thirds", 2 / 3), ("a quarter", 1 / 4), ("three quarters", 3 / 4)),
    *(("a fifth", 1 / 5), ("two fifths", 2 / 5), ("three fifths", 3 / 5), ("four fifths", 4 / 5), ("a tenth", 1 / 10)),
)
_ROUNDING = 0.0005
_GONE, _KEPT = re.compile(r"\[[^]]*\]"), re.compile(r"[\[\]]")
_OF_SEVERAL = {"itself": "themselves", "its": "their", "is": "are", "has": "have"}
_OF_SEVERAL |= {"stands": "stand", "takes": "take", "shares": "share", "depends": "depend"}
_OF_ONE = re.compile(r"\b(?:itself|its)\b|^(?:is|has|stands|takes|shares|depends)\b")


EACH_OTHER = "each other"
"""Stands for a code where two parties do something to each other."""


class Wording:
    """Puts codes and records into words, and knows who held an office when."""

    def __init__(
        self,
        states: Iterable[State],
        organisations: Iterable[Organisation],
        leaders: Callable[[str], Sequence[Leader]],
        phrases: Mapping[str, str],
    ) -> None:
        """Prepare to tell.

        Args:
            states: States with their names.
            organisations: Organisations with their names.
            leaders: Returns the leaders of a state or an organisation by its code.
            phrases: How records are told; see `load_phrases`.
        """
        self._phrases = dict(phrases)
        self._by_pattern: dict[str, list[tuple[str, str]]] = {}
        for key, phrase in phrases.items():
            name, _, part = key.partition("@")
            if part:
                self._by_pattern.setdefault(name, []).append((part, phrase))
        self._names: dict[str, str] = {"WEST": "the West", EACH_OTHER: "each other"}
        self._leaders = leaders
        for organisation in organisations:
            short = len(organisation.name.split()) <= _LONGEST_NAME
            self._names.setdefault(organisation.code, "the " + organisation.name if short else organisation.code)
        for state in states:
            if state.own_code == state.code:
                self._names.setdefault(state.code, _with_article(state.name))

    def name(self, code: str) -> str:
        """Return what a code is called within a sentence: "Belarus", "the United States", "rebels of Syria (SYR.REB)"."""
        state, _, sector = code.partition(".")
        name = self._names.get(state, state)
        return f"{name} ({sector})" if sector else name

    def listed(self, codes: Iterable[str]) -> str:
        """Return names as a list: "Russia, the United States and Ukraine"."""
        return join_words([self.name(code) for code in codes])

    def tell_of(self, subjects: Sequence[str], passage: Passage, recipients: Sequence[str] | None = None, **how: bool) -> str:
        """Return what a record says, with its subjects: "Mongolia and Russia bound themselves"; ``how`` is as for `tell`."""
        return f"{self.listed(subjects)} {self.tell(passage, recipients, plural=len(subjects) > 1, **how)}"

    def tell(
        self,
        passage: Passage,
        recipients: Sequence[str] | None = None,
        *,
        dated: bool = True,
        several: bool = False,
        plural: bool = False,
    ) -> str:
        """Return what a record says, without its subject: "gave aid to Ukraine in 2014".

        Args:
            passage: The record.
            recipients: Codes to name in place of its own.
            dated: Whether to say when.
            several: Whether it stands for several records of its type and mode, which need not be alike otherwise.
            plural: Whether its subject is plural.
        """
        phrase = self._phrase(passage, several=several)
        codes = passage.recipient if recipients is None else recipients
        phrase = (_KEPT if codes else _GONE).sub("", phrase)
        words = phrase.format(
            recipient=self.listed(codes),
            between=f"{'between' if len(codes) > 1 else 'in a quarrel of'} {self.listed(codes)}",
            **{"for": _dependence(passage)},
            person=passage.attributes.get("person", "somebody"),
            office=passage.attributes.get("office", "holder of an office"),
        )
        if plural:
            words = _OF_ONE.sub(lambda found: _OF_SEVERAL[found[0]], words)
        days = days_in_words(passage.start, passage.end) if dated else ""
        if passage.status == "future":
            days = days.replace("until ", "by ")
        if passage.kind in ("tie", "position") and passage.start is not None:
            days = days if passage.end is None else days and f"({days})"
        return f"{words} {days}".strip()

    def _phrase(self, passage: Passage, *, several: bool) -> str:
        """Return the phrase for pattern, mode or type, with a place for the recipient."""
        name = f"{passage.kind}.{passage.type}"
        pattern = "" if several else passage.coded_by.rpartition("/")[2]
        by_pattern = (phrase for part, phrase in self._by_pattern.get(name, ()) if part in pattern)
        keys = (f"{name}/{passage.mode}", f"{name}+" if several else name, name)
        known = (self._phrases[key] for key in keys if key in self._phrases)
        return next(by_pattern, None) or next(known, f"{passage.type} [{{recipient}}]")

    def change_of_leader(
        self, code: str, before: dt.date | None, after: dt.date | None, offices: Sequence[str]
    ) -> tuple[str, str, str] | None:
        """Return office, holder before and holder after where an office changed hands between two days; else None."""
        if before is None or after is None:
            return None
        for office in offices:
            holders = [self._holder(code, office, day) for day in (before, after)]
            if holders[0] and holders[1]:
                return None if holders[0] == holders[1] else (office, holders[0], holders[1])
        ruling = [self._holder(code, "", day) for day in (before, after)]
        return ("leader", ruling[0], ruling[1]) if ruling[0] and ruling[1] and ruling[0] != ruling[1] else None

    def _holder(self, code: str, office: str, day: dt.date) -> str | None:
        for leader in self._leaders(code):
            for tenure in leader.tenures if leader.sector is None else ():
                if tenure.office == office and tenure.spell.covers(day):
                    return leader.name
        return None


def join_words(words: Sequence[str]) -> str:
    """Return words with commas and a last "and"."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}" if words else ""


def days_in_words(start: dt.date | None, end: dt.date | None) -> str:
    """Return inclusive days as an adverbial: "in 2014", "in June 2014", "on 5 December 1994", "since January 2016", ""."""
    if start is None or end is None:
        return f"since {_month(start)}" if start else f"until {_month(end)}" if end else ""
    if start == end:
        return f"on {start.day} {_month(start)}"
    following = end + dt.timedelta(days=1)
    if (start.month, start.day) == (1, 1) == (following.month, following.day):
        return f"in {start.year}" if start.year == end.year else f"from {start.year} to {end.year}"
    if start.day == 1 and following.day == 1 and (start.year, start.month) == (end.year, end.month):
        return f"in {_month(start)}"
    first, last = _first_and_last(start, end)
    return f"between {first} and {last}"


def short_days(start: dt.date | None, end: dt.date | None) -> str:
    """Return inclusive days as a short label: "2014", "June 2014", "5 December 1994", "11–17 December 2023"; "" for none."""
    words = days_in_words(start, end)
    if start is not None and end is not None and words.startswith("between"):
        first, last = _first_and_last(start, end)
        return f"{first}–{last}" if first.isdecimal() else f"{first} – {last}"
    return re.sub(r"^(in|on) ", "", words).replace("from ", "").replace(" to ", "–")


def short_or_told(start: dt.date | None, end: dt.date | None, told: dt.date | None) -> str:
    """Return inclusive days as `short_days`, with the day of publication where the text gives no last day.

    "2014", "since May 1992, told 2 May 2005", "no date, told 2 May 2005".
    """
    label = short_days(start, end) or "no date"
    return label if end is not None or told is None else f"{label}, told {short_days(told, told)}"


def _first_and_last(start: dt.date, end: dt.date) -> tuple[str, str]:
    """Return the ends of a span, the first without what the last says too: "11" and "17 December 2023"."""
    first = str(start.day)
    if (start.year, start.month) != (end.year, end.month):
        first += f" {start:%B}" if start.year == end.year else f" {_month(start)}"
    return first, f"{end.day} {_month(end)}"


def capital(text: str) -> str:
    """Return a text with its first letter a capital."""
    return text[:1].upper() + text[1:]


def _month(day: dt.date | None) -> str:
    return "" if day is None else f"{day:%B} {day.year}"


def _with_article(name: str) -> str:
    return f"the {name}" if _ARTICLE.search(name) else name


def share_in_words(share: float) -> str:
    """Return a share as texts say it: "a third" where it is one but for rounding, else "37 %"."""
    for words, value in _FRACTIONS:
        if abs(share - value) < _ROUNDING:
            return words
    return f"{100 * share:.3g} %"


def _dependence(passage: Passage) -> str:
    flow = str(passage.attributes.get("flow", ""))
    flow = _FLOWS.get(flow, flow)
    share, rank = passage.attributes.get("share"), passage.attributes.get("rank")
    if isinstance(share, float | int):
        return f" for {share_in_words(share)} of its {flow or 'needs'}"
    if isinstance(rank, float | int):
        return f" as its {_ORDINALS.get(int(rank), f'number {int(rank)}')} partner in {flow or 'trade'}"
    return f" for {flow}" if flow else ""
