"""The choices behind dependence, commitments, contradictions and the brief: sections of ``measures.yml`` as structs."""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct

from entente.codebook.measures import read_section
from entente.codebook.source import load_plain

PHRASES = Path(__file__).parent / "data" / "phrases.yml"


class ActRule(Struct, frozen=True, forbid_unknown_fields=True):
    """Records that count for something, and how much.

    Attributes:
        what: ``TYPE``, ``TYPE/mode``, ``TYPE/-`` (no mode), ``kind.type`` or ``kind``.
        weight: From 0 to 1.
        contexts: If given, the record has one of them.
        toward: beneficiary, or anyone.
        standing: If given, a tie that began before the promise counts too, once it is told, ``after`` days later, to stand still:
            dated, with an open end; without a date, in a later sentence of the same text, or by one of these words.
        after: Days that the promiser has, where the promise does not say by when.
    """

    what: tuple[str, ...]
    weight: float = 1.0
    contexts: tuple[str, ...] = ()
    toward: str = "beneficiary"
    standing: tuple[str, ...] = ()
    after: int = 0


class DependenceChoices(Struct, frozen=True, forbid_unknown_fields=True):
    """How dependence and exposure are judged; see ``dependence`` in ``measures.yml``."""

    mirrors: dict[str, str]
    least_known: float
    cuts: dict[str, tuple[str, ...]]
    passes_on: tuple[str, ...]
    lasts_years: float


class StrengthRule(Struct, frozen=True, forbid_unknown_fields=True):
    """Words that tell how strong an undertaking is."""

    strength: str
    words: tuple[str, ...]


class ToldAs(Struct, frozen=True, forbid_unknown_fields=True):
    """Records that tell of an undertaking which their type does not name.

    Attributes:
        content: What is undertaken: a commitment type, or a part of one (``military/withdraw``) with lines of its own.
        what: As in `ActRule`.
        words: If given, the record's words hold one of these.
        also: If given, they hold one of these, too.
        statuses: If given, the record has one of them.
    """

    content: str
    what: tuple[str, ...]
    words: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()


class CommitmentChoices(Struct, frozen=True, forbid_unknown_fields=True):
    """What breaks, keeps or ends an undertaking, and for how many years it is in force; see ``measures.yml``."""

    strengths: tuple[StrengthRule, ...]
    treaty_types: tuple[str, ...]
    in_force_years: dict[str, float]
    lasting_years: dict[str, float]
    conditions: tuple[str, ...]
    contradicts: float
    opposed: dict[str, tuple[ActRule, ...]]
    kept: dict[str, tuple[ActRule, ...]]
    withdrawn: tuple[ActRule, ...]
    exchange_sentences: int
    offices: tuple[str, ...]
    told_as: tuple[ToldAs, ...] = ()
    told_with: tuple[str, ...] = ()


class Opposition(Struct, frozen=True, forbid_unknown_fields=True):
    """What makes two states opponents, and for how many days."""

    within: int
    what: tuple[ActRule, ...]


class ContradictionRule(Struct, frozen=True, forbid_unknown_fields=True):
    """Statements that are contradicted by acts; see ``rules`` in ``measures.yml``."""

    id: str
    sort: str
    statement: tuple[ActRule, ...]
    act: tuple[ActRule, ...]
    says: str
    within: int
    toward: str = "partner"
    by: str = "actor"
    marked: bool = False
    ordered: bool = False


class ContradictionChoices(Struct, frozen=True, forbid_unknown_fields=True):
    """Which pairs contradict each other; ``half_life`` and ``undated_before`` in days."""

    half_life: float
    undated_before: int
    order_unknown: float
    pool: int
    least: float
    opposition: Opposition
    rules: tuple[ContradictionRule, ...]
    marks: tuple[str, ...]
    marked_sentences: int


class BriefChoices(Struct, frozen=True, forbid_unknown_fields=True):
    """How much a brief shows, and what it calls thin."""

    acts: int
    contradictions: int
    headline: float
    commitments: int
    ties: int
    timeline: int
    thin_records: int
    thin_documents: int
    silence_days: int


class Judgements(Struct, frozen=True):
    """All choices behind the judgements."""

    dependence: DependenceChoices
    commitments: CommitmentChoices
    contradictions: ContradictionChoices
    brief: BriefChoices


def load_judgements(folder: Path | None = None) -> Judgements:
    """Read the choices from a codebook folder, from the shipped file where the folder has none.

    Raises:
        CodebookError: A choice is missing, is unknown, or is not what it should be.
    """
    return read_section(Judgements, folder)


def load_phrases(folder: Path | None = None) -> dict[str, str]:
    """Read how a record is told in words, ``kind.type/mode`` → a phrase with a place for the recipient.

    They are those of a codebook folder, of the shipped file where the folder has none.
    """
    own = None if folder is None else folder / PHRASES.name
    return dict(load_plain(own if own is not None and own.is_file() else PHRASES))
