"""The leaders of single states, read from the table when they are asked for: half a second less than all of them."""

from __future__ import annotations

import re
from functools import cached_property
from pathlib import Path

from entente.codebook.gazetteer import ACTOR_TABLES, Leader, make_leaders
from entente.errors import CodebookError

_ENTRY = re.compile(r"^(?=- )", re.MULTILINE)


class Leaders:
    """The leaders of the table ``leaders.yml`` by the code of their state or organisation.

    An entry of the table begins with a hyphen at the beginning of a line, and is parsed only if the code stands in it.
    """

    def __init__(self, folder: Path = ACTOR_TABLES) -> None:
        self._path = folder / "leaders.yml"
        self._found: dict[str, tuple[Leader, ...]] = {}

    def of(self, code: str) -> tuple[Leader, ...]:
        """Return the leaders of a state or an organisation, in the order of the table.

        Raises:
            CodebookError: The table is missing, is no YAML, or an entry lacks a key or has a date that is none.
        """
        if code not in self._found:
            near = "".join(entry for entry in self._entries if code in entry)
            leaders = make_leaders(self._path, near) if near else ()
            self._found[code] = tuple(leader for leader in leaders if leader.code == code)
        return self._found[code]

    @cached_property
    def _entries(self) -> list[str]:
        try:
            return _ENTRY.split(self._path.read_text(encoding="utf-8"))
        except FileNotFoundError as error:
            raise CodebookError(f"{self._path}: the actor table is missing") from error
