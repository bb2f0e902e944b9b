"""What the stages know about a text before it is coded: tokens, sentences, references, dates, clauses.

A stage hands these on and no other stage's code: parsing makes sentences and clauses, resolving makes references,
dating makes dated expressions. All of them can be built by hand in a test.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Literal

from msgspec import Struct

from entente.records.actors import Actor
from entente.records.text import Document
from entente.records.timespan import TimeSpan


class Token(Struct, frozen=True):
    """One word. ``head`` is an index in the same sentence, the root's is its own; ``dep`` is a UD label ("root", "nsubj:pass").

    ``feats`` is the CoNLL-U string ("Tense=Past|VerbForm=Fin"); ``entity`` is PERSON, ORG, PLACE or "".
    ``start`` and ``end`` are code points of the document's text.
    """

    i: int
    start: int
    end: int
    text: str
    lemma: str
    pos: str
    tag: str
    feats: str
    head: int
    dep: str
    entity: str = ""
    entity_start: bool = False

    @property
    def relation(self) -> str:
        """The UD label without its subtype: ``nsubj`` of ``nsubj:pass``."""
        return self.dep.partition(":")[0]


class Sentence:
    """The tokens of one sentence and its tree. ``index`` counts sentences of the document from 0."""

    def __init__(self, index: int, tokens: tuple[Token, ...]) -> None:
        self.index = index
        self.tokens = tokens

    @property
    def start(self) -> int:
        """First code point of the sentence in the document's text."""
        return self.tokens[0].start

    @property
    def end(self) -> int:
        """The code point after the sentence's last."""
        return self.tokens[-1].end

    @cached_property
    def children(self) -> tuple[tuple[int, ...], ...]:
        """For each token the indices of its dependents, in order."""
        below: list[list[int]] = [[] for _ in self.tokens]
        for token in self.tokens:
            if token.head != token.i:
                below[token.head].append(token.i)
        return tuple(tuple(indices) for indices in below)

    def dependents(self, i: int, *relations: str) -> Iterator[Token]:
        """Yield the dependents of token ``i`` whose label is one of ``relations``, with or without its subtype."""
        for j in self.children[i]:
            token = self.tokens[j]
            if token.dep in relations or token.relation in relations:
                yield token

    def first(self, i: int, *relations: str) -> Token | None:
        """Return the first dependent of ``i`` with one of ``relations``, or None."""
        return next(self.dependents(i, *relations), None)

    def ancestors(self, i: int) -> Iterator[Token]:
        """Yield the heads above token ``i``, nearest first."""
        token = self.tokens[i]
        while token.head != token.i:
            token = self.tokens[token.head]
            yield token

    def subtree(self, i: int) -> list[int]:
        """Return the indices of ``i`` and all below it, sorted."""
        found, stack = [], [i]
        while stack:
            j = stack.pop()
            found.append(j)
            stack.extend(self.children[j])
        return sorted(found)


class ParsedDocument(Struct, frozen=True):
    """A document and its sentences. Every token's offsets are offsets of ``document.text``."""

    document: Document
    sentences: tuple[Sentence, ...]


# --- resolving ----------------------------------------------------------------------------------------------------------

Link = Literal["name", "adjective", "role", "pronoun", "description", "possession", "place", "none"]
"""How a noun phrase leads to its actors.

name         the head names the actor: "Russia", "the Kremlin", "NATO", "Lukashenko", "Astana"
adjective    a demonym as modifier: "Russian" in "Russian gas"
role         the head is a person, body or people of the actor: "Russian diplomats", "the Ukrainian parliament", "Kazakhs"
pronoun      "it", "they", "who"
description  "the country", "its neighbour", "the two sides", "the alliance"
possession   the head is a thing of the actor: "Russian bomber", "Russia's actions", "Ukraine's consulate"
place        the head is a thing in or near the actor's land: "a base in Iraq", "towns inside Armenia"
none         the words name an agent that has no state ("unknown gunmen"); ``actors`` may be empty
"""


class Reference(Struct, frozen=True):
    """What the noun phrase headed by a token refers to. Conjuncts have references of their own."""

    sentence: int
    head: int
    link: Link
    actors: tuple[Actor, ...]
    start: int
    end: int


class Office(Struct, frozen=True):
    """A person introduced with an office: "Belarus's president, Alexander Lukashenko"; ``person_head`` is a token."""

    sentence: int
    person_head: int
    office_head: int
    person: str
    office: str
    actor: Actor
    status: Literal["actual", "historical"] = "actual"


class ResolvedDocument(Struct, frozen=True):
    """References by (sentence, head token), and offices in the order of the text, each person's first introduction only."""

    parsed: ParsedDocument
    references: dict[tuple[int, int], Reference]
    offices: tuple[Office, ...]


# --- dating -------------------------------------------------------------------------------------------------------------

TimeRole = Literal["at", "since", "until", "by", "before", "after", "during", "duration", "frequency"]


class DatedExpression(Struct, frozen=True):
    """A time expression: tokens ``first`` to ``last`` (inclusive) of a sentence, and what it means.

    ``span`` is None where the words give no day ("after the vote", "for three years").
    """

    sentence: int
    first: int
    last: int
    role: TimeRole
    span: TimeSpan | None


class DatedDocument(Struct, frozen=True):
    """Dated expressions by sentence, and the span of every predicate that has one, by (sentence, token)."""

    parsed: ParsedDocument
    expressions: dict[int, tuple[DatedExpression, ...]]
    spans: dict[tuple[int, int], TimeSpan]


# --- clauses ------------------------------------------------------------------------------------------------------------

ClauseKind = Literal["verb", "noun", "copula"]
Status = Literal["actual", "future", "hypothetical", "negated", "historical"]


class Clause(Struct, frozen=True):
    """A predicate with its arguments by logical role.

    ``roles`` maps ``subject`` (who does it, in the passive too), ``object`` (whom it is done to, in the passive too),
    ``iobject``, ``poss``, ``adjective``, ``compound``, ``complement`` and each preposition ("to", "in favour of") to the head
    tokens of its phrases, coordinated ones included. ``inherited`` names the roles that come from another clause.

    Attributes:
        sentence: Index of the sentence.
        head: Token index of the predicate.
        kind: A verb, an event noun, or an adjective or noun with a copula.
        lemma: The predicate's lemma, lower case.
        particle: "off" of "broke off", or None.
        passive: Whether the clause is passive.
        status: What the text says of its reality.
        tense: past, present, future, or none (infinitives, nouns).
        speaker: Token index of whoever is said to say it, or None.
        span: The clause's own words: code points, half-open.
        light: Token index of the light verb or predicate that carries an event noun ("held" of "held talks"), or None.
    """

    sentence: int
    head: int
    kind: ClauseKind
    lemma: str
    roles: dict[str, tuple[int, ...]]
    inherited: frozenset[str]
    particle: str | None
    passive: bool
    status: Status
    tense: Literal["past", "present", "future", "none"]
    speaker: int | None
    span: tuple[int, int]
    light: int | None = None
