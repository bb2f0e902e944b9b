"""What a codebook entry is made of: patterns over clauses, and examples that must come out as stated."""

from __future__ import annotations

import datetime as dt
from pathlib import Path as FilePath
from typing import Literal

from msgspec import Struct

from entente.records.record import Kind

Trigger = Literal["verb", "noun", "adjective", "copula"]
TRIGGERS: tuple[Trigger, ...] = ("verb", "noun", "adjective", "copula")

REFERENT_KINDS = ("actor", "state", "country", "organisation", "person", "place")
PRESENCE_KINDS = ("any", "none")

CONTENT = "content"
"""The role under which a trigger has the one clause that it undertakes."""

RolePath = tuple[str, ...]
"""Steps from the trigger: ``("object", "of")`` is the *of*-phrase of the object."""

Alternatives = tuple[tuple[RolePath, ...], ...]
"""Alternatives in order, each a union of paths; empty: that side is left empty on purpose."""


class Condition(Struct, frozen=True):
    """What must (or must not) hold at a path: one of the words, or a kind of referent.

    ``lemmas`` are the words of one part, ``phrases`` the others ("peace talk", "take back"), split at blanks.
    """

    path: RolePath
    lemmas: frozenset[str] = frozenset()
    phrases: tuple[tuple[str, ...], ...] = ()
    referent: str | None = None


class Pattern(Struct, frozen=True):
    """One way of saying it. ``words`` are the trigger's, each split at blanks; see ``docs/codebook-format.md`` for the rest."""

    id: str
    entry: str
    trigger: Trigger
    words: tuple[tuple[str, ...], ...]
    where: tuple[Condition, ...]
    unless: tuple[Condition, ...]
    actor: Alternatives
    recipient: Alternatives
    requires: frozenset[str]
    symmetric: bool
    mode: str | None
    contexts: tuple[str, ...]
    status: str | None
    attributes: dict[str, str]
    passive: bool | None
    clause: str
    confidence: float
    line: int


class Expected(Struct, frozen=True):
    """A record that an example must give; None where the example does not say."""

    actor: tuple[str, ...] | None
    recipient: tuple[str, ...] | None
    mode: str | None
    status: str
    date: tuple[str | None, str | None] | None
    attributes: dict[str, str]
    evidence: str | None


class Example(Struct, frozen=True):
    """A text with what it must give: no records of the entry's type where ``expect`` is empty."""

    text: str
    published: dt.date | None
    expect: tuple[Expected, ...]
    also: tuple[str, ...]
    because: str | None
    known_gap: str | None
    line: int


class Entry(Struct, frozen=True):
    """A type of the vocabulary with its patterns and examples. ``name`` is ``kind/id``."""

    id: str
    kind: Kind
    definition: str
    neighbours: tuple[str, ...]
    patterns: tuple[Pattern, ...]
    examples: tuple[Example, ...]
    path: FilePath
    line: int

    @property
    def name(self) -> str:
        """The entry's full name: types are unique within their kind only."""
        return f"{self.kind}/{self.id}"


class Fault(Struct, frozen=True):
    """What is wrong with an entry, and where."""

    path: FilePath
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.path.name}:{self.line}: {self.message}"
