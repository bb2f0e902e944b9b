"""The words of a language that steer its reading, as sets of lemmas."""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct

from entente.codebook.source import load_plain
from entente.errors import CodebookError


class LanguageWords(Struct, frozen=True):
    """Word lists of ``language/en.yml``, each said there."""

    light: frozenset[str]
    blaming: frozenset[str]
    negating: frozenset[str]
    planning: frozenset[str]
    hypothesising: frozenset[str]
    fulfilling: frozenset[str]
    hypothesising_nouns: frozenset[str]
    said_nouns: frozenset[str]
    reporting: frozenset[str]
    subject_control: frozenset[str]
    object_control: frozenset[str]
    oblique_control: frozenset[str]
    object_gerund: frozenset[str]
    future_modals: frozenset[str]
    hypothetical_modals: frozenset[str]
    would: frozenset[str]
    negators: frozenset[str]
    conditional_marks: frozenset[str]
    relay_nouns: frozenset[str]
    feelings: frozenset[str]
    musing: frozenset[str]
    copying: frozenset[str]
    answering: frozenset[str]
    examples: frozenset[str]
    replacing: frozenset[str]
    documents: frozenset[str]
    lawmakers: frozenset[str]
    voting_bodies: frozenset[str]
    transparent_nouns: frozenset[str]
    agentive_things: frozenset[str]
    historical_marks: frozenset[str]


def load_language(path: Path) -> LanguageWords:
    """Read the word lists of a language.

    Raises:
        CodebookError: A list is missing or unknown.
    """
    plain = load_plain(path)
    names = set(LanguageWords.__struct_fields__)
    if names != set(plain):
        raise CodebookError(f"{path.name}: word lists missing or unknown: {', '.join(sorted(names ^ set(plain)))}")
    return LanguageWords(**{name: frozenset(words) for name, words in plain.items()})
