"""Parties and spans: whom and which days a question is about."""

from __future__ import annotations

import datetime as dt

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from entente.analysis.facts import OPEN, Mask, day_number
from entente.analysis.sides import Member
from entente.errors import InputError


class Span(Struct, frozen=True):
    """The days asked for, inclusive; None where that side is open."""

    since: dt.date | None = None
    until: dt.date | None = None

    def holds(self, days: NDArray[np.int32]) -> Mask:
        """Return whether days lie within; an unknown day does only where nothing was asked for. Shape (rows,)."""
        inside = np.ones(days.shape, dtype=bool)
        if self.since is not None:
            inside &= days >= day_number(self.since)
        if self.until is not None:
            inside &= (days <= day_number(self.until)) & (days != OPEN)
        return inside

    def last(self) -> int:
        """Return the last day as a whole number.

        Raises:
            InputError: The end is open.
        """
        if self.until is None:
            raise InputError("this span has no last day")
        return day_number(self.until)


class Party(Struct, frozen=True):
    """One side of a dyad: what it is called, and who belongs to it when."""

    name: str
    members: tuple[Member, ...]
