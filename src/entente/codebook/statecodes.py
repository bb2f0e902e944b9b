"""Codes of states in the field's files: ``state-codes.yml``."""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct

from entente.codebook.source import load_plain

SHIPPED = Path(__file__).parent / "data" / "state-codes.yml"


class StateCodes(Struct, frozen=True):
    """What a file's codes and names are in records: ``iso2`` from ISO 3166-1 alpha-2, ``names`` where a file gives no code."""

    iso2: dict[str, str]
    names: dict[str, str]

    def of(self, code: str, name: str) -> str | None:
        """Return the code of a state by its alpha-2 code, or by name where it has none; None where neither is known."""
        return self.iso2.get(code.strip().upper()) or self.names.get(name.strip())


def load_state_codes(path: Path = SHIPPED) -> StateCodes:
    """Read the codes."""
    plain = load_plain(path)
    return StateCodes(plain["iso2"], plain["names"])
