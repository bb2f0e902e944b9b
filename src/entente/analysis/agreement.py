"""How far two files of records agree: Krippendorff's alpha over sentences, kinds and dyads.

Krippendorff 2019, *Content Analysis*, fourth edition, chapter 12. A unit is a sentence, a kind and a dyad of which at least one
of the two says something; the value is the type (types, where it says several), and no record is ``none``. There are no
units of which neither says anything, so that a long text full of silence makes no agreement.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from entente.analysis.goldscore import Claim, Party
from entente.analysis.intervals import Floats, Resampler
from entente.codebook.measures import IntervalChoices
from entente.codebook.vocabulary import SYMMETRIC
from entente.errors import InputError
from entente.records.record import KINDS

NONE = "none"
NOBODY = "–"

Dyad = tuple[str, str]
"""Actor and recipient codes; in the order of the alphabet where the type has no direction."""

Unit = tuple[str, int, str, Dyad]
"""Document, sentence, kind, dyad."""


class Agreement(Struct, frozen=True):
    """How far two coders agree on one kind, or on all.

    Attributes:
        units: Sentences × dyads (× kinds) of which at least one of them says something.
        both: Units of which both say something.
        same: Units of which both say the same.
        first, second: Units of which the first, the second says something.
        alpha: Krippendorff's alpha, nominal; None where there is only one value, or nothing.
        low, high: The ends of its bootstrap interval; None where there are too few documents.
    """

    units: int
    both: int
    same: int
    first: int
    second: int
    alpha: float | None
    low: float | None
    high: float | None


def values_of(claims: Iterable[Claim]) -> dict[Unit, str]:
    """Return what a coder says of each unit: its types, joined by a plus where there are several.

    Raises:
        InputError: A record has no ``sentence``.
    """
    types: defaultdict[Unit, set[str]] = defaultdict(set)
    for claim in claims:
        if claim.sentence is None:
            raise InputError(f"a record of {claim.document!r} has no `sentence`")
        for dyad in dyads_of(claim):
            types[claim.document, claim.sentence, claim.kind, dyad].add(claim.type)
    return {unit: "+".join(sorted(found)) for unit, found in types.items()}


def dyads_of(claim: Claim) -> Iterator[Dyad]:
    """Yield the dyads of a record: every actor with every recipient, and all with all where the type has no direction."""
    actors, recipients = _codes(claim.actor), _codes(claim.recipient)
    if claim.type in SYMMETRIC:
        everybody = sorted({*actors, *recipients})
        yield from ((a, b) for i, a in enumerate(everybody) for b in everybody[i + 1 :])
        if len(everybody) < 2:
            yield (everybody[0] if everybody else NOBODY), NOBODY
        return
    yield from ((a, b) for a in actors or [NOBODY] for b in recipients or [NOBODY])


def _codes(side: Sequence[Party] | None) -> list[str]:
    return sorted({party.code for party in side or () if party.code})


def alpha_of(first: NDArray[np.int64], second: NDArray[np.int64], weights: Floats | None = None) -> float:
    """Return Krippendorff's nominal alpha of two coders without gaps; NaN where only one value occurs.

    Args:
        first: The values of the first coder as numbers from 0, shape (units,).
        second: Those of the second, shape (units,).
        weights: How often each unit counts, shape (units,); None: once.
    """
    counted = np.ones(first.size) if weights is None else weights
    size = int(max(first.max(initial=-1), second.max(initial=-1))) + 1
    pairable = 2 * counted.sum()
    values = np.bincount(first, counted, size) + np.bincount(second, counted, size)
    observed = 2 * counted[first != second].sum()
    expected = (pairable**2 - (values**2).sum()) / (pairable - 1) if pairable > 1 else 0.0
    return float(1 - observed / expected) if expected > 0 else float("nan")


def compare(first: Iterable[Claim], second: Iterable[Claim], choices: IntervalChoices) -> dict[str, Agreement]:
    """Return the agreement of two coders by kind, for the kinds that occur, and ``all``.

    The interval comes from drawing documents anew, since the units of a document stand or fall together.

    Raises:
        InputError: A record has no ``sentence``.
    """
    ours, theirs = values_of(first), values_of(second)
    units = sorted({*ours, *theirs})
    kinds = [kind for kind in KINDS if any(unit[2] == kind for unit in units)]
    by_kind = {kind: [unit for unit in units if unit[2] == kind] for kind in kinds}
    return {name: _agreement(some, ours, theirs, choices) for name, some in (*by_kind.items(), ("all", units))}


def _agreement(units: Sequence[Unit], ours: dict[Unit, str], theirs: dict[Unit, str], choices: IntervalChoices) -> Agreement:
    pairs = [(ours.get(unit, NONE), theirs.get(unit, NONE)) for unit in units]
    numbers = {value: i for i, value in enumerate(sorted({value for pair in pairs for value in pair}))}
    first = np.array([numbers[a] for a, _ in pairs], dtype=np.int64)
    second = np.array([numbers[b] for _, b in pairs], dtype=np.int64)
    names = {name: i for i, name in enumerate(sorted({unit[0] for unit in units}))}
    low, high = _interval(first, second, np.array([names[unit[0]] for unit in units], dtype=np.int64), choices)
    return Agreement(
        units=len(units),
        both=sum(NONE not in pair for pair in pairs),
        same=sum(a == b for a, b in pairs),
        first=sum(a != NONE for a, _ in pairs),
        second=sum(b != NONE for _, b in pairs),
        alpha=_number(alpha_of(first, second)),
        low=low,
        high=high,
    )


def _interval(
    first: NDArray[np.int64], second: NDArray[np.int64], documents: NDArray[np.int64], choices: IntervalChoices
) -> tuple[float | None, float | None]:
    if np.unique(documents).size < choices.least_documents:
        return None, None
    resampler = Resampler(documents, choices)
    low, high = resampler.interval(resampler.statistics(lambda weights: np.array([alpha_of(first, second, weights)])))
    return _number(float(low[0])), _number(float(high[0]))


def _number(value: float) -> float | None:
    return None if np.isnan(value) else round(value, 3)
