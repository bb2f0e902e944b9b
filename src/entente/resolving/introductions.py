"""People introduced with an office, found on the surface: titles before a name, appositions before and after it.

The parse decides little here: a title, a comma and a name stand in an order that an error of attachment does not change.
"""

from __future__ import annotations

from msgspec import Struct

from entente.records.annotations import Sentence
from entente.resolving.index import ActorIndex
from entente.resolving.mentions import Person, head_of, phrase_start
from entente.resolving.words import NOMINAL, NOT_PORTFOLIO, PORTFOLIO, RANKS_AND_TITLES, SEPARATE, TITLES_OF_COURTESY

RELATIONAL = frozenset(("counterpart", "successor", "predecessor"))
LOOKAHEAD = 10
LOOKBACK = 9
LONGEST_OFFICE = 6
LONGEST_DEPARTMENT = 5
COMMAS = frozenset((",", "—", "–", "("))
OF = frozenset(("of", "for", "to", "in", "at"))


class OfficePhrase(Struct, frozen=True):
    """An office on tokens ``first`` to ``last``; ``head`` is its head noun."""

    first: int
    last: int
    head: int
    words: str


class Introduction(Struct, frozen=True):
    """A person and the office that introduces them; ``office`` is its phrase, lower case, without the owner's words.

    The office stands on tokens ``first`` to ``last``; ``office_head`` is its head noun. ``past`` says that it was held before;
    ``others`` are further offices said of the person in the same place ("its ruler, Emir N. N.").
    """

    person: Person
    office_head: int
    first: int
    last: int
    office: str
    past: bool
    others: tuple[OfficePhrase, ...] = ()

    @property
    def relational(self) -> bool:
        """Whether the office is that of somebody else in the text: a counterpart, a successor."""
        return self.office in RELATIONAL


def find_introductions(sentence: Sentence, people: list[Person], index: ActorIndex, owned: frozenset[int]) -> list[Introduction]:
    """Return each person of a sentence with the office that introduces them, where there is one.

    Args:
        sentence: The sentence.
        people: The people named in it.
        index: The offices and their qualifiers.
        owned: Tokens that are part of the name of a state, an organisation or a person: they are no part of an office.
    """
    found = []
    for person in sorted(people, key=lambda p: p.first):
        phrases = [phrase for search in SEARCHES if (phrase := search(sentence, person, index, owned))]
        if phrases:
            first, *others = sorted(phrases, key=lambda phrase: phrase.words in RANKS_AND_TITLES)
            before = {token.text.lower() for token in sentence.tokens[max(0, first.first - 4) : first.first]}
            past = bool(before & index.past_qualifiers)
            found.append(Introduction(person, first.head, first.first, first.last, first.words, past, tuple(others)))
    return found


# --- the four places of an office ---------------------------------------------------------------------------------------


def _title(sentence: Sentence, person: Person, index: ActorIndex, owned: frozenset[int]) -> OfficePhrase | None:
    """Find "Foreign Minister" of "Foreign Minister Sergei Lavrov"."""
    return _ending_at(sentence, person.first - 1, index, owned)


def _apposition_before(sentence: Sentence, person: Person, index: ActorIndex, owned: frozenset[int]) -> OfficePhrase | None:
    """Find "president" of "Belarus’s president, Alexander Lukashenko" and "head" of "the head of the bank, Ann Roe"."""
    tokens = sentence.tokens
    title = _title(sentence, person, index, owned)
    comma = title.first - 1 if title is not None else person.first - 1
    while comma > 0 and tokens[comma].text.lower() in TITLES_OF_COURTESY:
        comma -= 1
    if comma < 1 or tokens[comma].text not in COMMAS or _quoted_speaker(sentence, person):
        return None
    return _ending_at(sentence, comma - 1, index, owned) or _with_complement(sentence, comma, index, owned)


def _apposition_after(sentence: Sentence, person: Person, index: ActorIndex, owned: frozenset[int]) -> OfficePhrase | None:
    """Find "prime minister" of "Nikol Pashinyan, Armenia’s prime minister,": the first office within the apposition."""
    comma = person.last + 1
    if comma >= len(sentence.tokens) or sentence.tokens[comma].text not in COMMAS:
        return None
    return _first_office(sentence, comma + 1, index, owned)


def _after_as(sentence: Sentence, person: Person, index: ActorIndex, owned: frozenset[int]) -> OfficePhrase | None:
    """Find "party chief" of "Xi Jinping’s election as China’s party chief"."""
    tokens = sentence.tokens
    i = person.last + 1
    if i < len(tokens) and tokens[i].text in ("’s", "'s", "’", "'"):
        i += 1
        while i < min(person.last + 5, len(tokens)) and tokens[i].pos in ("NOUN", "ADJ"):
            i += 1
    if i >= len(tokens) or tokens[i].text.lower() != "as":
        return None
    return _first_office(sentence, i + 1, index, owned)


SEARCHES = (_title, _apposition_before, _apposition_after, _after_as)


# --- office phrases -----------------------------------------------------------------------------------------------------


def _first_office(sentence: Sentence, start: int, index: ActorIndex, owned: frozenset[int]) -> OfficePhrase | None:
    """Return the first office of a noun phrase that begins at a token, not beyond its next comma or verb."""
    tokens = sentence.tokens
    for i in range(start, min(start + LOOKAHEAD, len(tokens))):
        token = tokens[i]
        if token.text in SEPARATE or not (token.pos in NOMINAL or token.dep == "amod"):
            return None
        if token.text.lower() in index.offices and i not in owned:
            phrase = _covering(sentence, i, index, owned)
            if phrase is not None and not _goes_on(sentence, phrase.last + 1):
                return phrase
        if token.pos == "ADP" and i > start:
            return None
    return None


def _covering(sentence: Sentence, i: int, index: ActorIndex, owned: frozenset[int]) -> OfficePhrase | None:
    """Return the longest office phrase that holds token ``i``: "secretary of state" from "secretary"."""
    for last in range(min(i + LONGEST_OFFICE, len(sentence.tokens) - 1), i - 1, -1):
        phrase = _ending_at(sentence, last, index, owned)
        if phrase is not None and phrase.first <= i:
            return phrase
    return None


def _goes_on(sentence: Sentence, i: int) -> bool:
    """Return whether a noun follows directly, so that what stood before was its modifier."""
    if i >= len(sentence.tokens):
        return False
    token = sentence.tokens[i]
    return token.pos == "NOUN" and token.text not in SEPARATE


def _with_complement(sentence: Sentence, comma: int, index: ActorIndex, owned: frozenset[int]) -> OfficePhrase | None:
    """Return the office before a comma that has a complement: "the head of its security council,"."""
    tokens = sentence.tokens
    for i in range(comma - 2, max(-1, comma - LOOKBACK), -1):
        if tokens[i + 1].text in SEPARATE or tokens[i + 1].pos not in (*NOMINAL, "CCONJ"):
            return None
        if tokens[i + 1].text.lower() in OF and tokens[i].text.lower() in index.offices:
            return _ending_at(sentence, i, index, owned)
    return None


def _ending_at(sentence: Sentence, last: int, index: ActorIndex, owned: frozenset[int]) -> OfficePhrase | None:
    """Return the longest office whose last word is token ``last``, with the department before it ("energy minister")."""
    tokens = sentence.tokens
    if last < 0 or last in owned:
        return None
    for words in index.offices.get(tokens[last].text.lower(), ()):
        first = phrase_start(sentence, last, words)
        if first is not None:
            first = _with_department(sentence, first, words, owned)
            text = _joined(sentence, first, last)
            return OfficePhrase(first, last, head_of(sentence, first, last), text)
    return None


def _with_department(sentence: Sentence, first: int, words: tuple[str, ...], owned: frozenset[int]) -> int:
    if len(words) > 1 or words[-1] not in PORTFOLIO:
        return first
    for i in range(first - 1, max(-1, first - LONGEST_DEPARTMENT), -1):
        token = sentence.tokens[i]
        if token.text == "-":
            continue
        fits = token.pos in ("NOUN", "PROPN", "ADJ") and token.dep in ("compound", "amod", "flat") and i not in owned
        if not fits or token.text.lower() in NOT_PORTFOLIO:
            return i + 1 if sentence.tokens[i + 1].text != "-" else i + 2
    return first


def _joined(sentence: Sentence, first: int, last: int) -> str:
    words = []
    for i in range(first, last + 1):
        gap = " " if i > first and sentence.tokens[i].start > sentence.tokens[i - 1].end else ""
        words.append(gap + sentence.tokens[i].text.lower())
    return "".join(words)


def _quoted_speaker(sentence: Sentence, person: Person) -> bool:
    """Return whether the name begins a clause of its own after a comma: "… the president, Merkel said"."""
    following = sentence.tokens[person.last + 1] if person.last + 1 < len(sentence.tokens) else None
    return (
        following is not None
        and following.pos == "VERB"
        and sentence.tokens[person.head].relation == "nsubj"
        and following.head != following.i
    )
