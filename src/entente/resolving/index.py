"""The index of names: every word of the gazetteer that leads to an actor, found in one pass over a text.

Names are compared folded: lower case, without diacritics, with plain apostrophes and hyphens. Folding keeps the length of
the text, so offsets stay those of the text as read. A name that has capitals only ("US", "WHO") must stand so in the text;
any other name that begins with a capital must begin with one there.
"""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Literal

import ahocorasick_rs
from msgspec import Struct
from msgspec.structs import replace

from entente.codebook.gazetteer import ALWAYS, Gazetteer, Group, Leader, Organisation, Role, Spell, State, Tenure
from entente.records.actors import Actor, ActorKind

Form = Literal[
    "name",
    "organisation",
    "institution",
    "capital",
    "metonym",
    "group",
    "leader",
    "surname",
    "collective",
    "place",
    "demonym",
    "people",
]

FORMS: tuple[Form, ...] = (
    "name",
    "organisation",
    "institution",
    "metonym",
    "capital",
    "group",
    "leader",
    "surname",
    "collective",
    "place",
    "demonym",
    "people",
)
"""In this order entries that share a name are preferred."""

KINDS: dict[Form, ActorKind] = {
    "name": "state",
    "organisation": "organisation",
    "institution": "organisation",
    "capital": "state",
    "metonym": "state",
    "group": "group",
    "leader": "person",
    "surname": "person",
    "collective": "bloc",
    "place": "place",
    "demonym": "state",
    "people": "state",
}

ARTICLE = "the "
RELATIONAL = ("counterpart", "opposite number", "successor", "predecessor")
SMALL_WORDS = frozenset(("of", "the", "at", "for", "in", "without"))


class Entry(Struct, frozen=True):
    """One thing that a name may mean; ``nouns`` are words that refer back to it, ``lasting`` holds long after an office."""

    form: Form
    code: str | None
    entity: str
    sector: str | None = None
    spell: Spell = ALWAYS
    members: tuple[str, ...] = ()
    nouns: frozenset[str] = frozenset()
    office: str | None = None
    gender: str | None = None
    kind: ActorKind | None = None
    ambiguous: bool = False
    lasting: bool = False

    def actors(self, text: str, names: dict[str, str]) -> tuple[Actor, ...]:
        """Return the actors that the name means, with the words of the text."""
        if self.members:
            return tuple(
                Actor(code, text, entity=names.get(code, code), kind="state", reason=f"member of {self.entity}")
                for code in self.members
            )
        return (Actor(self.code, text, self.sector, self.entity, self.kind or KINDS[self.form]),)


class Match(Struct, frozen=True):
    """A name in a text: code points, half-open, and what it may mean, best first."""

    start: int
    end: int
    entries: tuple[Entry, ...]


class ActorIndex:
    """All names of a gazetteer in one automaton. Built once a process: it cannot be pickled."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self.gazetteer = gazetteer
        self.states = _by_code(gazetteer.states)
        self.organisations = {organisation.code: organisation for organisation in gazetteer.organisations}
        self.names = {code: state.name for code, state in self.states.items()}
        self.blocs = _blocs(gazetteer)
        self.offices = _phrases([*gazetteer.offices, *RELATIONAL])
        roles = {**_offices_as_roles(gazetteer), **gazetteer.roles}
        self.roles = _role_phrases(roles)
        self.role_complements = _role_complements(roles)
        self.referring_nouns = _referring_nouns(gazetteer)
        self.past_qualifiers = gazetteer.qualifiers.get("past", frozenset())
        self.title_words = (
            frozenset(word for phrase in gazetteer.offices for word in phrase.replace("-", " ").split()) - SMALL_WORDS
        )
        self.surnames = _shared_surnames(gazetteer)
        self._patterns, self._entries = _table(gazetteer)
        self._strict = [pattern.isupper() for pattern in self._patterns]
        self._capitals = [_capitals(pattern) for pattern in self._patterns]
        self._automaton = ahocorasick_rs.AhoCorasick([fold(pattern) for pattern in self._patterns])

    def find(self, text: str, day: dt.date | None = None) -> list[Match]:
        """Return the names in a text, longest first where they overlap, in the order of the text.

        Args:
            text: Any text.
            day: Entries that do not hold on that day stand after those that do.
        """
        folded = fold(text)
        found: dict[int, tuple[int, list[int]]] = {}
        for pattern, start, end in self._automaton.find_matches_as_indexes(folded, overlapping=True):
            if _inside_word(folded, start, end) or not self._written(pattern, text, start, end):
                continue
            longest = found.get(start)
            if longest is None or longest[0] < end:
                found[start] = (end, [pattern])
            elif longest[0] == end:
                longest[1].append(pattern)
        return list(self._chosen(found, day))

    def _chosen(self, found: dict[int, tuple[int, list[int]]], day: dt.date | None) -> Iterator[Match]:
        past = 0
        for start in sorted(found):
            end, patterns = found[start]
            if start < past:
                continue
            written = [pattern for pattern in patterns if self._strict[pattern]] or patterns
            entries = [entry for pattern in written for entry in self._entries[pattern]]
            yield Match(
                start,
                end,
                tuple(sorted(entries, key=lambda e: (e.spell.distance(day) > 0, FORMS.index(e.form), e.spell.distance(day)))),
            )
            past = end

    def _written(self, pattern: int, text: str, start: int, end: int) -> bool:
        """Return whether the text has the capitals that the name asks for."""
        if self._strict[pattern]:
            return text[start:end] == self._patterns[pattern]
        return all(text[start + k].isupper() for k in self._capitals[pattern])


# --- folding ------------------------------------------------------------------------------------------------------------


def _folding() -> dict[int, str]:
    """Return lower case without marks for every Latin letter that keeps its length, and plain dashes and apostrophes."""
    table = {}
    for point in [*range(0x41, 0x5B), *range(0xC0, 0x250), *range(0x1E00, 0x1F00)]:
        base = unicodedata.normalize("NFKD", chr(point))[0].lower()
        table[point] = base if len(base) == 1 else chr(point)
    table |= {ord(letter): plain for letter, plain in zip("øØđĐłŁıəƏ", "ooddlliea", strict=False)}
    return table | {ord("’"): "'", ord("‘"): "'", ord("‑"): "-", ord("–"): "-", ord("\n"): " ", ord("\xa0"): " "}


FOLDING = _folding()


def fold(text: str) -> str:
    """Return the text in lower case, without diacritics, at its own length."""
    return text.translate(FOLDING)


def _capitals(name: str) -> tuple[int, ...]:
    """Return where a name has a capital at the start of a word."""
    return tuple(k for k, letter in enumerate(name) if letter.isupper() and (k == 0 or not name[k - 1].isalnum()))


def _inside_word(text: str, start: int, end: int) -> bool:
    return (start > 0 and text[start - 1].isalnum()) or (end < len(text) and text[end].isalnum())


# --- tables -------------------------------------------------------------------------------------------------------------


def _by_code(states: Iterable[State]) -> dict[str, State]:
    """Return states by code; a historic state never takes the place of one of today."""
    table: dict[str, State] = {}
    for state in states:
        table.setdefault(state.own_code, state)
        if state.spell.until is None:
            table[state.own_code] = state
    return table


def _blocs(gazetteer: Gazetteer) -> dict[str, frozenset[str]]:
    """Return the members of every collective and bloc by its folded words: "baltic", "gulf", "nordic"."""
    table: dict[str, set[str]] = defaultdict(set)
    for state in gazetteer.states:
        for bloc in state.blocs:
            table[fold(bloc)].add(state.code)
    clubs = {organisation.code: organisation.members_on(None) for organisation in gazetteer.organisations}
    for collective in gazetteer.collectives:
        members = {code for member in collective.members for code in clubs.get(member, (member,))}
        for name in collective.names:
            table[_bloc_key(name)].update(members)
    states = {state.code for state in gazetteer.states}
    return {name: frozenset(codes & states) for name, codes in table.items() if codes & states}


def _bloc_key(name: str) -> str:
    words = fold(name).removeprefix(ARTICLE).split()
    return " ".join(words[:-1] if len(words) > 1 and words[-1] in {"states", "countries", "nations", "republics"} else words)


def _referring_nouns(gazetteer: Gazetteer) -> frozenset[str]:
    """Return every noun by which a text may refer back to an organisation or group."""
    own = {noun for organisation in gazetteer.organisations for noun in organisation.nouns}
    own |= {noun for group in gazetteer.groups for noun in group.nouns}
    return frozenset(
        own | gazetteer.descriptions.get("organisation", frozenset()) | gazetteer.descriptions.get("group", frozenset())
    )


def _phrases(phrases: Iterable[str]) -> dict[str, tuple[tuple[str, ...], ...]]:
    """Return word tuples by their last word, longest first."""
    table: dict[str, list[tuple[str, ...]]] = defaultdict(list)
    for phrase in phrases:
        for words in {tuple(phrase.lower().replace("-", " ").split()), tuple(phrase.lower().split())}:
            table[words[-1]].append(words)
    return {last: tuple(sorted(rows, key=len, reverse=True)) for last, rows in table.items()}


def _offices_as_roles(gazetteer: Gazetteer) -> dict[str, Role]:
    """Return what an office makes of its holder where no role says so: those of the executive act for their state."""
    return {
        noun: Role(
            None if office.without_state else office.sector, office.sector in ("GOV", "MIL", "SPY") or office.without_state
        )
        for noun, office in gazetteer.offices.items()
    }


def _role_complements(roles: dict[str, Role]) -> dict[str, tuple[tuple[tuple[str, ...], Role], ...]]:
    """Return roles that have a complement ("head of state") by their first word."""
    table: dict[str, list[tuple[tuple[str, ...], Role]]] = defaultdict(list)
    for noun, role in roles.items():
        words = tuple(noun.split())
        if "of" in words[1:] or "for" in words[1:]:
            table[words[0]].append((words, role))
    return {first: tuple(sorted(rows, key=lambda row: -len(row[0]))) for first, rows in table.items()}


def _role_phrases(roles: dict[str, Role]) -> dict[str, tuple[tuple[tuple[str, ...], Role], ...]]:
    """Return roles that end on their head by their last word, longest first."""
    table: dict[str, list[tuple[tuple[str, ...], Role]]] = defaultdict(list)
    for noun, role in roles.items():
        words = tuple(noun.replace("-", " ").split())
        if "of" not in words and "for" not in words:
            table[words[-1]].append((words, role))
    return {last: tuple(sorted(rows, key=lambda row: -len(row[0]))) for last, rows in table.items()}


def _table(gazetteer: Gazetteer) -> tuple[list[str], list[tuple[Entry, ...]]]:
    """Return the names and, at the same place, what each may mean."""
    table: dict[str, list[Entry]] = defaultdict(list)
    for name, entry in _named(gazetteer):
        plain = name.removeprefix("the ").removeprefix("The ")
        if plain and entry not in table[plain]:
            table[plain].append(entry)
    return list(table), [tuple(entries) for entries in table.values()]


def _named(gazetteer: Gazetteer) -> Iterator[tuple[str, Entry]]:
    for state in gazetteer.states:
        yield from _state_names(state)
    for organisation in gazetteer.organisations:
        yield from _organisation_names(organisation)
    for group in gazetteer.groups:
        yield from _group_names(group)
    for leader in gazetteer.leaders:
        yield from _leader_names(leader)
    for collective in gazetteer.collectives:
        for name in collective.names:
            yield name, Entry("collective", None, collective.names[0], members=collective.members)


def _state_names(state: State) -> Iterator[tuple[str, Entry]]:
    def entry(form: Form, name: str) -> Entry:
        return Entry(form, state.code, state.name, spell=state.spell, ambiguous=name in state.ambiguous)

    forms: tuple[tuple[Form, tuple[str, ...]], ...] = (
        ("name", (state.name, *state.names)),
        ("demonym", state.demonyms),
        ("people", state.people),
        ("capital", state.capital),
    )
    for form, names in forms:
        for name in names:
            yield name, entry(form, name)
    for part in state.metonyms:
        yield part.name, Entry("metonym", part.code, state.name, part.sector, state.spell, ambiguous=part.name in state.ambiguous)
    for part in state.places:
        yield part.name, Entry("place", part.code, part.name, part.sector, state.spell, ambiguous=part.name in state.ambiguous)


def _organisation_names(organisation: Organisation) -> Iterator[tuple[str, Entry]]:
    kind: ActorKind = "group" if organisation.kind == "group" else "organisation"

    def entry(form: Form) -> Entry:
        return Entry(form, organisation.code, organisation.name, nouns=organisation.nouns, kind=kind)

    def witnessed(form: Form, name: str) -> Entry:
        return replace(entry(form), ambiguous=name in organisation.ambiguous)

    for name in dict.fromkeys(spelt for own in (organisation.name, *organisation.names) for spelt in _spellings(own)):
        yield name, witnessed("organisation", name)
    for name in organisation.institutions:
        yield name, witnessed("institution", name)
    for part in organisation.metonyms:
        yield part.name, Entry("metonym", part.code, organisation.name, part.sector, nouns=organisation.nouns, kind=kind)
    for name in organisation.demonyms:
        yield name, entry("demonym")


def _spellings(name: str) -> tuple[str, ...]:
    """Return a name as it is, and with the other spellings of what organisations are called by."""
    hyphened = name.replace("Cooperation", "Co-operation")
    found = (name, hyphened, *(n.replace("Organization", "Organisation") for n in (name, hyphened)))
    return (*found, *(n.replace("Organisation", "Organization") for n in (name, hyphened)))


def _group_names(group: Group) -> Iterator[tuple[str, Entry]]:
    for name in (group.name, *group.names):
        for belonging in group.belongings:
            ambiguous = name in group.ambiguous
            yield (
                name,
                Entry(
                    "group", belonging.code, group.name, belonging.sector, belonging.spell, (), group.nouns, ambiguous=ambiguous
                ),
            )


FAMILY_NAME_FIRST = frozenset(("CHN", "KOR", "PRK", "TWN", "HKG", "SGP", "VNM", "KHM", "HUN"))


def _shared_surnames(gazetteer: Gazetteer) -> dict[str, tuple[Entry, ...]]:
    """Return by folded surname the leaders whose surname alone needs a witness in the text: "Khan", "Moon", "Johnson"."""
    table: dict[str, list[Entry]] = defaultdict(list)
    for leader in gazetteer.leaders:
        if leader.surname_safe:
            continue
        words = fold(leader.name).replace("-", " ").split()
        for word in {words[-1], words[0]} if leader.code in FAMILY_NAME_FIRST else {words[-1]}:
            table[word] += [_leader_entry("surname", leader, tenure) for tenure in leader.tenures]
    return {word: tuple(entries) for word, entries in table.items()}


def _leader_names(leader: Leader) -> Iterator[tuple[str, Entry]]:
    for name in (leader.name, *leader.names):
        form: Form = "leader" if " " in name else "surname"
        for tenure in leader.tenures:
            yield name, _leader_entry(form, leader, tenure)
    surname = leader.name.split()[-1]
    if leader.surname_safe and surname not in leader.names:
        for tenure in leader.tenures:
            yield surname, _leader_entry("surname", leader, tenure)


def _leader_entry(form: Form, leader: Leader, tenure: Tenure) -> Entry:
    office = tenure.office or None
    return Entry(
        form, leader.code, leader.name, leader.sector, tenure.spell, office=office, gender=leader.gender, lasting=leader.lasting
    )
