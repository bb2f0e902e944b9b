"""Loads the actor tables of ``data/actors/*.yml``: states, organisations, groups, leaders, roles, collectives.

Scalars are read as strings only. A date in the tables may be a year, a month or a day. ``since`` is the first day of a spell,
``until`` the first day after it; a bare year or month under ``until`` is still within the spell.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, TypeVar

import yaml
from msgspec import Struct

from entente.codebook.cache import remember
from entente.errors import CodebookError

ACTOR_TABLES = Path(__file__).parent / "data" / "actors"

Made = TypeVar("Made")
Row = dict[str, Any]


class Spell(Struct, frozen=True):
    """The days for which an entry holds, half-open; an open end is None."""

    since: dt.date | None = None
    until: dt.date | None = None

    def covers(self, day: dt.date | None) -> bool:
        """Return whether the spell holds on ``day``; without a day every spell may."""
        if day is None:
            return True
        return (self.since is None or self.since <= day) and (self.until is None or day < self.until)

    def distance(self, day: dt.date | None) -> int:
        """Return by how many days a day misses the spell: 0 within it, and without a day."""
        if day is None or self.covers(day):
            return 0
        if self.since is not None and day < self.since:
            return (self.since - day).days
        return (day - self.until).days + 1 if self.until is not None else 0


class NamedPart(Struct, frozen=True):
    """A metonym, a seat or a place that stands for a state, with the sector it means where that is not the state as such."""

    name: str
    code: str
    sector: str | None = None


class State(Struct, frozen=True):
    """A state with every word that leads to it. ``code`` is what is emitted: historic states name their successor's."""

    code: str
    own_code: str
    name: str
    names: tuple[str, ...]
    demonyms: tuple[str, ...]
    people: tuple[str, ...]
    capital: tuple[str, ...]
    metonyms: tuple[NamedPart, ...]
    places: tuple[NamedPart, ...]
    neighbours: frozenset[str]
    blocs: frozenset[str]
    ambiguous: frozenset[str]
    spell: Spell


class Membership(Struct, frozen=True):
    """A state's time in an organisation."""

    state: str
    spell: Spell


class Organisation(Struct, frozen=True):
    """An organisation of states, with the nouns by which a text refers back to it ("bloc", "alliance")."""

    code: str
    name: str
    names: tuple[str, ...]
    metonyms: tuple[NamedPart, ...]
    institutions: tuple[str, ...]
    demonyms: tuple[str, ...]
    kind: str
    nouns: frozenset[str]
    members: tuple[Membership, ...]
    ambiguous: frozenset[str] = frozenset()

    def members_on(self, day: dt.date | None) -> frozenset[str]:
        """Return the codes of the members on a day."""
        return frozenset(member.state for member in self.members if member.spell.covers(day))


class Belonging(Struct, frozen=True):
    """Whom a group acts within, for a time."""

    code: str | None
    sector: str | None
    spell: Spell


class Group(Struct, frozen=True):
    """An armed group, movement, party, firm or agency with a name of its own."""

    name: str
    names: tuple[str, ...]
    belongings: tuple[Belonging, ...]
    nouns: frozenset[str]
    ambiguous: frozenset[str] = frozenset()


class Tenure(Struct, frozen=True):
    """An office for a time."""

    office: str
    spell: Spell


class Leader(Struct, frozen=True):
    """A person whose offices are known; ``surname_safe``: the surname alone means this person; ``lasting``: at any time."""

    name: str
    names: tuple[str, ...]
    code: str
    tenures: tuple[Tenure, ...]
    surname_safe: bool
    gender: str | None = None
    sector: str | None = None
    lasting: bool = False


class Role(Struct, frozen=True):
    """What a role noun means: a PLOVER sector, whether whoever holds it acts for the state as such, and what it is.

    ``kind`` is person, people, body, place or firm.
    """

    sector: str | None
    acts_as_state: bool
    kind: str = "person"


class OfficeKind(Struct, frozen=True):
    """What an office noun means: its sector, whether it is usually held in an organisation, whether it makes a tie."""

    sector: str | None = None
    without_state: bool = False
    no_tie: bool = False


class Collective(Struct, frozen=True):
    """A name that stands for several states."""

    names: tuple[str, ...]
    members: tuple[str, ...]


class Gazetteer(Struct, frozen=True):
    """All actor tables.

    ``roles`` and ``offices`` are keyed by lower-case phrases, ``descriptions`` and ``qualifiers`` by kind; ``unknown`` holds
    adjectives of agents without a state ("unidentified"). ``locations`` are points (latitude, longitude, in degrees) by code.
    """

    states: tuple[State, ...]
    organisations: tuple[Organisation, ...]
    groups: tuple[Group, ...]
    leaders: tuple[Leader, ...]
    roles: dict[str, Role]
    offices: dict[str, OfficeKind]
    qualifiers: dict[str, frozenset[str]]
    descriptions: dict[str, frozenset[str]]
    unknown: frozenset[str]
    collectives: tuple[Collective, ...]
    locations: dict[str, tuple[tuple[float, float], ...]] = {}


TABLES = ("states", "organisations", "groups", "leaders", "roles", "collectives", "locations")


def load_gazetteer(folder: Path = ACTOR_TABLES) -> Gazetteer:
    """Read the actor tables of a folder.

    Raises:
        CodebookError: A table is missing, is no YAML, or an entry lacks a key or has a date that is none.
    """
    tables = (folder / f"{name}.yml" for name in TABLES)
    return remember(Gazetteer, (Path(__file__), *tables), lambda: _read_tables(folder))


def _read_tables(folder: Path) -> Gazetteer:
    roles = _read_mapping(folder / "roles.yml")
    return Gazetteer(
        states=tuple(_make(folder / "states.yml", _state)),
        organisations=tuple(_make(folder / "organisations.yml", _organisation)),
        groups=tuple(_make(folder / "groups.yml", _group)),
        leaders=tuple(_make(folder / "leaders.yml", _leader)),
        roles=_roles(roles.get("roles", [])),
        offices=_offices(roles.get("offices", [])),
        qualifiers=_word_sets(roles.get("qualifiers")),
        descriptions=_word_sets(roles.get("descriptions")),
        unknown=frozenset(_texts(roles.get("unknown"))),
        collectives=tuple(_make(folder / "collectives.yml", _collective)),
        locations=_locations(folder / "locations.yml"),
    )


def _locations(path: Path) -> dict[str, tuple[tuple[float, float], ...]]:
    """Return the points of each state; none where a folder of one's own has no such table."""
    rows = _read_mapping(path) if path.exists() else {}
    return {code: tuple((float(latitude), float(longitude)) for latitude, longitude in points) for code, points in rows.items()}


def load_organisations(folder: Path = ACTOR_TABLES) -> tuple[Organisation, ...]:
    """Read the organisations alone, which a reader of a ledger needs without the rest.

    Raises:
        CodebookError: As `load_gazetteer`.
    """
    return tuple(_make(folder / "organisations.yml", _organisation))


def load_states(folder: Path = ACTOR_TABLES) -> tuple[State, ...]:
    """Read the states alone, a fifth of the whole, which tell a reader of a ledger what a name stands for.

    Raises:
        CodebookError: As `load_gazetteer`.
    """
    return tuple(_make(folder / "states.yml", _state))


def make_leaders(path: Path, text: str) -> tuple[Leader, ...]:
    """Return the leaders of some entries of a table; ``path`` is named in errors.

    Raises:
        CodebookError: As `load_gazetteer`.
    """
    return tuple(_made(path, _parsed(path, text), _leader))


# --- one entry each -----------------------------------------------------------------------------------------------------


def _state(row: Row) -> State:
    code = str(row["code"])
    emitted = str(row.get("codes_as") or code)
    return State(
        code=emitted,
        own_code=code,
        name=row["name"],
        names=_texts(row.get("names")),
        demonyms=_texts(row.get("demonyms")),
        people=_texts(row.get("people")),
        capital=_texts(row.get("capital")),
        metonyms=_parts(row.get("metonyms"), emitted),
        places=_parts(row.get("places"), emitted),
        neighbours=frozenset(_texts(row.get("neighbours"))),
        blocs=frozenset(_texts(row.get("blocs"))),
        ambiguous=frozenset(_texts(row.get("ambiguous"))),
        spell=_spell(row),
    )


def _organisation(row: Row) -> Organisation:
    code = str(row["code"])
    return Organisation(
        code=code,
        name=row["name"],
        names=_texts(row.get("names")),
        metonyms=_parts(row.get("metonyms"), code),
        institutions=_texts(row.get("institutions")),
        demonyms=_texts(row.get("demonyms")),
        kind=row.get("kind", "organisation"),
        nouns=frozenset(_texts(row.get("noun"))),
        members=tuple(_membership(member) for member in row.get("members", ())),
        ambiguous=frozenset(_texts(row.get("ambiguous"))),
    )


def _membership(row: Row | str) -> Membership:
    if isinstance(row, str):
        return Membership(row, Spell())
    return Membership(row["state"], _spell(row))


def _group(row: Row) -> Group:
    spells: list[Row] = row.get("spells") or [row]
    return Group(
        name=row["name"],
        names=_texts(row.get("names")),
        belongings=tuple(
            Belonging(s.get("code") or row.get("code"), s.get("sector") or row.get("sector"), _spell(s)) for s in spells
        ),
        nouns=frozenset(_texts(row.get("noun"))),
        ambiguous=frozenset(_texts(row.get("ambiguous"))),
    )


def _leader(row: Row) -> Leader:
    spells: list[Row] = row.get("spells") or [row]
    return Leader(
        name=row["name"],
        names=_texts(row.get("names")),
        code=row["code"],
        tenures=tuple(Tenure(s.get("office") or row.get("office", ""), _spell(s)) for s in spells),
        surname_safe=row.get("surname_safe", "yes") != "no",
        gender=row.get("gender"),
        sector=row.get("sector") or None,
        lasting=row.get("lasting") == "yes",
    )


def _collective(row: Row) -> Collective:
    return Collective(names=_texts(row["names"]), members=_texts(row["members"]))


def _roles(rows: Iterable[Row]) -> dict[str, Role]:
    """Return roles by phrase; where two entries name one noun the first holds."""
    table: dict[str, Role] = {}
    for row in rows:
        role = Role(row.get("sector") or None, row.get("acts_as_state") == "yes", row.get("kind", "person"))
        for noun in _texts(row.get("nouns")):
            table.setdefault(noun.lower(), role)
    return table


def _offices(rows: Iterable[Row]) -> dict[str, OfficeKind]:
    table: dict[str, OfficeKind] = {}
    for row in rows:
        office = OfficeKind(row.get("sector") or None, row.get("without_state") == "yes", row.get("no_tie") == "yes")
        for noun in _texts(row.get("nouns")):
            table.setdefault(noun.lower(), office)
    return table


def _word_sets(rows: Row | None) -> dict[str, frozenset[str]]:
    return {kind: frozenset(_texts(words)) for kind, words in (rows or {}).items()}


# --- values -------------------------------------------------------------------------------------------------------------


def _texts(value: object) -> tuple[str, ...]:
    if not value:
        return ()
    if isinstance(value, str):
        return (value,)
    if isinstance(value, list):
        return tuple(str(text) for text in value)
    raise CodebookError(f"expected a text or a list of texts, found {value!r}")


def _parts(value: list[Row | str] | None, code: str) -> tuple[NamedPart, ...]:
    return tuple(
        NamedPart(part, code) if isinstance(part, str) else NamedPart(part["name"], part.get("code") or code, part.get("sector"))
        for part in value or ()
    )


def _spell(row: Row) -> Spell:
    since, until = row.get("since"), row.get("until")
    if not since and not until:
        return ALWAYS
    return Spell(_day(since, last=False) if since else None, _day(until, last=True) if until else None)


def _day(text: str, *, last: bool) -> dt.date:
    """Return a day, the first day of a year or month, or for ``last`` the first day after it: "2014", "2014-05", "2014-05-25"."""
    try:
        numbers = [int(part) for part in text.split("-")]
        if len(numbers) == 3:
            return dt.date(*numbers)
        year, month = (numbers[0], numbers[1]) if len(numbers) == 2 else (numbers[0], 12 if last else 1)
        return dt.date(year, month, 1) if not last else dt.date(year + month // 12, month % 12 + 1, 1)
    except (ValueError, IndexError) as error:
        raise CodebookError(f"not a date: {text!r}; write a year, a month or a day, as in 2014-05-25") from error


ALWAYS = Spell()


# --- files --------------------------------------------------------------------------------------------------------------


def _make(path: Path, make: Callable[[Row], Made]) -> Iterator[Made]:
    return _made(path, _read(path), make)


def _made(path: Path, rows: Any, make: Callable[[Row], Made]) -> Iterator[Made]:
    if isinstance(rows, dict):
        rows = next(iter(rows.values()))
    for row in rows:
        try:
            yield make(row)
        except CodebookError as error:
            raise CodebookError(f"{path.name}: entry {_label(row)}: {error}") from error
        except (KeyError, TypeError, AttributeError) as error:
            raise CodebookError(f"{path.name}: entry {_label(row)}: missing or malformed key {error}") from error


def _label(row: object) -> str:
    return str(row.get("code") or row.get("name") or row.get("names") or row) if isinstance(row, dict) else repr(row)


def _read_mapping(path: Path) -> Row:
    content = _read(path)
    if not isinstance(content, dict):
        raise CodebookError(f"{path.name}: expected a mapping at the top")
    return content


def _read(path: Path) -> Any:
    try:
        return _parsed(path, path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise CodebookError(f"{path}: the actor table is missing") from error


def _parsed(path: Path, text: str) -> Any:
    try:
        return yaml.load(text, Loader=yaml.CBaseLoader)
    except yaml.YAMLError as error:
        raise CodebookError(f"{path.name}: not YAML: {error}") from error
