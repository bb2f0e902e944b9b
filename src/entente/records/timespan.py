"""Spans of days with the precision that the words give them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Literal

from msgspec import Struct

from entente.errors import TimeError

Precision = Literal["day", "week", "month", "season", "quarter", "half", "year", "decade", "century", "range"]


class TimeSpan(Struct, frozen=True):
    """Days from ``start`` up to but not including ``end``; ``None`` where that side is open.

    ``text`` holds the words that gave the span, None where it was inherited.
    """

    start: date | None
    end: date | None
    precision: Precision
    text: str | None = None

    def __post_init__(self) -> None:
        if self.start is not None and self.end is not None and self.start >= self.end:
            raise TimeError(f"a span must end after it starts: {self.start} to {self.end}")

    @classmethod
    def of_day(cls, day: date, text: str | None = None) -> TimeSpan:
        """Return the span of one day."""
        return cls(day, day + timedelta(days=1), "day", text)

    def inclusive(self) -> tuple[str | None, str | None]:
        """Return first and last day as ISO 8601 strings: the only place where half-open becomes inclusive."""
        start = None if self.start is None else self.start.isoformat()
        end = None if self.end is None else (self.end - timedelta(days=1)).isoformat()
        return start, end
