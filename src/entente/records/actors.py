"""Actors: states, organisations and those who act within them, as of a day."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from msgspec import Struct

ActorKind = Literal["state", "organisation", "bloc", "group", "person", "role", "place", "unknown"]


class Actor(Struct, frozen=True):
    """Who acts or is acted on.

    Attributes:
        code: ISO 3166-1 alpha-3, an organisation's acronym, or None where unresolved.
        sector: A PLOVER sector where the text names a sub-state or non-state party, else None.
        entity: The canonical name ("Russia", "Alexander Lukashenko", "United Nations").
        text: The words of the text.
        kind: What sort of thing the words name.
        reason: Why ``code`` is None, or how it was found where that is not plain.
    """

    code: str | None
    text: str
    sector: str | None = None
    entity: str | None = None
    kind: ActorKind = "unknown"
    reason: str | None = None


def codes_of(actors: Iterable[Actor]) -> frozenset[str]:
    """Return the codes of those who have one."""
    return frozenset(actor.code for actor in actors if actor.code)
