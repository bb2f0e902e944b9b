"""The choices that measures make: ``measures.yml``, where each stands with its reason, as frozen structs."""

from __future__ import annotations

from pathlib import Path
from typing import Any, TypeVar

import msgspec
from msgspec import Struct

from entente.codebook.source import load_plain
from entente.errors import CodebookError

SHIPPED = Path(__file__).parent / "data" / "measures.yml"

Section = TypeVar("Section")


class FactChoices(Struct, frozen=True, forbid_unknown_fields=True):
    """How records become pairs; see ``facts`` in ``measures.yml``."""

    statuses: tuple[str, ...]
    organs: tuple[str, ...]
    joint: tuple[str, ...]
    joint_alone: tuple[str, ...]
    mutual: tuple[str, ...]
    joint_at_most: int
    standing: tuple[str, ...]


class IntervalChoices(Struct, frozen=True, forbid_unknown_fields=True):
    """How intervals are made: resamples of documents, share within, seed, and the fewest documents for one."""

    resamples: int
    level: float
    seed: int
    least_documents: int


class DyadChoices(Struct, frozen=True, forbid_unknown_fields=True):
    """How dyads are counted; ``half_life`` in days."""

    one_a_day: bool
    half_life: float
    offset: float
    least_records: int
    least_documents: int
    penalty: float
    least_periods: int
    cause_periods: int


class Words(Struct, frozen=True, forbid_unknown_fields=True):
    """Which kinds and which quads of events are words; the rest are deeds."""

    kinds: tuple[str, ...]
    quads: tuple[int, ...]


class TradeAlone(Struct, frozen=True, forbid_unknown_fields=True):
    """Types that keep out of the stance where all their contexts are among ``contexts``."""

    types: tuple[str, ...]
    contexts: tuple[str, ...]


class DomainRule(Struct, frozen=True, forbid_unknown_fields=True):
    """A domain, and what belongs to it: ``kind``, ``kind.type``, ``type`` or ``type/mode``, or one of the contexts."""

    domain: str
    what: tuple[str, ...] = ()
    contexts: tuple[str, ...] = ()


class LabelBounds(Struct, frozen=True, forbid_unknown_fields=True):
    """Bounds of the labels of a stance, on scales from 0 to 1."""

    aligned: float
    hedging: float
    cancelling: float
    detached: float


class StanceChoices(Struct, frozen=True, forbid_unknown_fields=True):
    """How a stance is measured; ``half_life`` in days, ``k``, ``scale`` and the values in score units."""

    half_life: float
    k: float
    scale: float
    one_a_day: bool
    weights: dict[str, float]
    values: dict[str, float]
    ballot: float
    roll_call: float
    trade_alone: TradeAlone
    words: Words
    domains: tuple[DomainRule, ...]
    without: tuple[str, ...]
    labels: LabelBounds
    least_records: int
    least_documents: int


class SimilarityChoices(Struct, frozen=True, forbid_unknown_fields=True):
    """Which number each ballot is, and the fewest ballots in common."""

    choices: dict[str, int]
    least_votes: int


class SideChoice(Struct, frozen=True, forbid_unknown_fields=True):
    """Whom a name stands for as a side: members of organisations, codes besides, codes left out."""

    members_of: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    without: tuple[str, ...] = ()


class Choices(Struct, frozen=True):
    """All choices of the measures of facts, intervals, dyads, stance and similarity."""

    facts: FactChoices
    intervals: IntervalChoices
    dyads: DyadChoices
    stance: StanceChoices
    similarity: SimilarityChoices
    sides: dict[str, SideChoice]


def load_choices(folder: Path | None = None) -> Choices:
    """Read the choices from a codebook folder, from the shipped file where the folder has none.

    Raises:
        CodebookError: A choice is missing, is unknown, or is not what it should be; names the file and the choice.
    """
    return read_section(Choices, folder)


def read_section(shape: type[Section], folder: Path | None = None, section: str | None = None) -> Section:
    """Read one section of ``measures.yml`` as a struct, or the whole; for loaders of further sections.

    Raises:
        CodebookError: The section does not fit the struct.
    """
    own = None if folder is None else folder / "measures.yml"
    path = own if own is not None and own.is_file() else SHIPPED
    plain: Any = load_plain(path)
    try:
        return msgspec.convert(plain if section is None else plain.get(section), shape, strict=False)
    except msgspec.ValidationError as error:
        raise CodebookError(f"{path.name}: {section or 'choices'}: {error}; compare it with the shipped file") from error
