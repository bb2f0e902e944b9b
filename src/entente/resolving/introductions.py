"""People introduced with an office, found on the surface: titles before a name, appositions before and after it.

The parse decides little here: a title, a comma and a name stand in an order that an error of attachment does not change.
"""

from __future__ import annotations

from msgspec import Struct

from entente.records.annotations import Sentence
from entente.resolving.index import ActorIndex
from entente.resolving.mentions import Person, head_of, noun_lemma, phrase_start
from entente.resolving.words import (
    HOLDING,
    INSTALLING,
    NOMINAL,
    NOT_PORTFOLIO,
    PORTFOLIO,
    RANKS_AND_TITLES,
    SEPARATE,
    TITLES_OF_COURTESY,
)

RELATIONAL = frozenset(("counterpart", "opposite number", "successor", "predecessor"))
LOOKAHEAD = 10
REACH = 8
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
    ``others`` are further offices said of the person in the same place ("its ruler, Emir N. N."); ``place`` is the person's among
    several who share a title ("Presidents N. N. and M. M.": 0 of 2).
    """

    person: Person
    office_head: int
    first: int
    last: int
    office: str
    past: bool
    others: tuple[OfficePhrase, ...] = ()
    place: tuple[int, int] | None = None

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
    ordered = sorted(people, key=lambda p: p.first)
    shared = _shared_titles(sentence, ordered, index, owned)
    for person in ordered:
        if person.first in shared:
            found.append(shared[person.first])
            continue
        phrases = [phrase for search in SEARCHES if (phrase := search(sentence, person, index, owned))]
        if phrases:
            first, *others = sorted(phrases, key=lambda phrase: phrase.words in RANKS_AND_TITLES)
            past = _is_past(sentence, first, index)
            found.append(Introduction(person, first.head, first.first, first.last, first.words, past, tuple(others)))
    return found


def _is_past(sentence: Sentence, office: OfficePhrase, index: ActorIndex) -> bool:
    before = {token.text.lower() for token in sentence.tokens[max(0, office.first - 4) : office.first]}
    return bool(before & index.past_qualifiers)


# --- one title for several people ---------------------------------------------------------------------------------------


def _shared_titles(sentence: Sentence, people: list[Person], index: ActorIndex, owned: frozenset[int]) -> dict[int, Introduction]:
    """Return by first token the people who share a plural title: "Presidents N. N. of Chad and M. M."."""
    found: dict[int, Introduction] = {}
    for k, person in enumerate(people):
        office = _plural_before(sentence, person, index, owned)
        if office is None:
            continue
        bearers = [person]
        for other in people[k + 1 :]:
            if not _goes_on_listing(sentence, bearers[-1].last + 1, other.first, owned):
                break
            bearers.append(other)
        past = _is_past(sentence, office, index)
        for n, bearer in enumerate(bearers if len(bearers) > 1 else ()):
            place = (n, len(bearers))
            found[bearer.first] = Introduction(bearer, office.head, office.first, office.last, office.words, past, (), place)
    return found


def _plural_before(sentence: Sentence, person: Person, index: ActorIndex, owned: frozenset[int]) -> OfficePhrase | None:
    """Return the plural office right before a name, a comma or article between them or none."""
    last = person.first - 1
    while last > 0 and sentence.tokens[last].text in COMMAS:
        last -= 1
    if last < 0 or "Number=Plur" not in sentence.tokens[last].feats:
        return None
    return _ending_at(sentence, last, index, owned, plural=True)


def _goes_on_listing(sentence: Sentence, start: int, end: int, owned: frozenset[int]) -> bool:
    """Return whether nothing but commas, "and", "of" and names stands between two people."""
    between = sentence.tokens[start:end]
    return 0 < len(between) <= REACH and all(
        t.text.lower() in (",", "and", "of", "the", "’s", "his", "her") or t.i in owned for t in between
    )


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


def _predicate(sentence: Sentence, person: Person, index: ActorIndex, owned: frozenset[int]) -> OfficePhrase | None:
    """Find the office that a person is said to hold or get: "N. N., who was then president", "N. N. took over as premier"."""
    start, aside, being = _past_auxiliaries(sentence, person)
    if start >= len(sentence.tokens) or not (aside or sentence.tokens[person.head].relation == "nsubj"):
        return None
    near = _office_of_predicate(sentence, start, index, owned, aside=aside, being=being)
    verb = sentence.tokens[sentence.tokens[person.head].head]
    if near is not None or sentence.tokens[person.head].relation != "nsubj" or verb.i <= start or verb.pos != "VERB":
        return near
    auxiliaries = list(sentence.dependents(verb.i, "aux", "advmod"))
    if any(t.text.lower() in ("not", "n’t", "never") or t.tag == "MD" for t in auxiliaries):
        return None
    passive = any(t.dep == "aux:pass" for t in auxiliaries)
    return _office_of_predicate(sentence, verb.i, index, owned, aside=False, being=passive)


def _office_of_predicate(
    sentence: Sentence, start: int, index: ActorIndex, owned: frozenset[int], *, aside: bool, being: bool
) -> OfficePhrase | None:
    """Return the office that the predicate at a token gives: after "became", "was elected", "served as", "was"."""
    tokens = sentence.tokens
    verb = tokens[start]
    lemma = verb.lemma.lower()
    if lemma in ("become", "remain"):
        return _first_office(sentence, start + 1, index, owned)
    if lemma in INSTALLING and (being or aside):
        after = start + 1
        while after < len(tokens) and tokens[after].text.lower() in ("in", "as", "again"):
            after += 1
        return _first_office(sentence, after, index, owned)
    if lemma in HOLDING:
        return _office_after_as(sentence, start + 1, index, owned)
    if being and verb.pos in ("DET", "ADJ", "NOUN", "PROPN"):
        return _first_office(sentence, start, index, owned)
    return None


def _past_auxiliaries(sentence: Sentence, person: Person) -> tuple[int, bool, bool]:
    """Return the token after a name where a predicate begins, whether a comma or "who" came before it, and whether "be" did."""
    tokens = sentence.tokens
    aside = being = False
    for i in range(person.last + 1, min(person.last + REACH, len(tokens))):
        token, word = tokens[i], tokens[i].text.lower()
        if word in ("not", "n’t", "never"):
            return len(tokens), aside, being
        if word in ("who", ","):
            aside = True
        elif token.lemma.lower() == "be" and token.pos == "AUX":
            being = True
        elif not (token.pos == "ADV" or token.lemma.lower() == "have" or word in ("then", "now")):
            return i, aside, being
    return len(tokens), aside, being


def _office_after_as(sentence: Sentence, start: int, index: ActorIndex, owned: frozenset[int]) -> OfficePhrase | None:
    tokens = sentence.tokens
    for i in range(start, min(start + REACH, len(tokens))):
        if tokens[i].text.lower() == "as":
            return _first_office(sentence, i + 1, index, owned)
        if tokens[i].text in SEPARATE:
            return None
    return None


def _installed(sentence: Sentence, person: Person, index: ActorIndex, owned: frozenset[int]) -> OfficePhrase | None:
    """Find "prime minister" of "Parliament named N. N. prime minister"."""
    tokens = sentence.tokens
    if person.first < 1 or tokens[person.first - 1].lemma.lower() not in INSTALLING or person.last + 1 >= len(tokens):
        return None
    return _first_office(sentence, person.last + 1, index, owned)


SEARCHES = (_title, _apposition_before, _apposition_after, _after_as, _predicate, _installed)


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
            if phrase is not None and not _goes_on(sentence, phrase.last + 1) and not _owns(sentence, phrase.last + 1):
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


def _owns(sentence: Sentence, i: int) -> bool:
    """Return whether a possessive follows, so that the office is that of somebody else: "the president’s chief of staff"."""
    return i < len(sentence.tokens) and sentence.tokens[i].tag == "POS"


def _with_complement(sentence: Sentence, comma: int, index: ActorIndex, owned: frozenset[int]) -> OfficePhrase | None:
    """Return the office before a comma that has a complement: "the head of its security council,"."""
    tokens = sentence.tokens
    for i in range(comma - 2, max(-1, comma - LOOKBACK), -1):
        if tokens[i + 1].text in SEPARATE or tokens[i + 1].pos not in (*NOMINAL, "CCONJ"):
            return None
        if tokens[i + 1].text.lower() in OF and tokens[i].text.lower() in index.offices:
            return _ending_at(sentence, i, index, owned)
    return None


def _ending_at(
    sentence: Sentence, last: int, index: ActorIndex, owned: frozenset[int], *, plural: bool = False
) -> OfficePhrase | None:
    """Return the longest office whose last word is token ``last``, with the department before it ("energy minister")."""
    tokens = sentence.tokens
    if last < 0 or last in owned:
        return None
    word = noun_lemma(tokens[last]) if plural else tokens[last].text.lower()
    for words in index.offices.get(word, ()):
        first = phrase_start(sentence, last, words)
        if first is not None:
            first = _with_department(sentence, first, words, owned)
            text = _joined(sentence, first, last)
            if plural:
                text = text[: len(text) - len(tokens[last].text)] + word
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
