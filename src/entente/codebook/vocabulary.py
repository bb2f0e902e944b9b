"""The vocabulary: kinds, types, modes, contexts, quads and scores of PLOVER 2.0, and the types of the other four kinds."""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct

from entente.codebook.source import load_plain

FOLDERS = {"event": "events", "tie": "ties", "commitment": "commitments", "position": "positions", "vote": "votes"}

TYPES: dict[str, tuple[str, ...]] = {
    "event": (
        *("AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT"),
        *("REQUEST", "ACCUSE", "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"),
    ),
    "tie": ("alliance", "membership", "dependence", "kinship", "office", "presence", "dispute", "rivalry"),
    "commitment": (
        *("security_guarantee", "territorial_integrity", "non_aggression", "disarmament", "treaty", "trade"),
        *("aid", "military", "energy", "transit", "neutrality", "political"),
    ),
    "position": ("support", "oppose", "neutral", "ambivalent"),
    "vote": ("for", "against", "abstain", "absent"),
}
AUXILIARY = ("actual", "future", "hypothetical", "negated", "historical")

SYMMETRIC = frozenset({"AGREE", "CONSULT", "COOPERATE", "alliance", "kinship", "dispute", "rivalry"})


class Vocabulary(Struct, frozen=True):
    """PLOVER's modes with scores by type, contexts, base scores and quads, and PLOVER sectors.

    ``quads`` maps a scheme's name to type → quad (1–4); the manual contradicts itself on SANCTION, so a scheme is named.
    """

    modes: dict[str, dict[str, float | None]]
    contexts: frozenset[str]
    sectors: frozenset[str]
    scores: dict[str, float]
    quads: dict[str, dict[str, int]]

    def modes_of(self, type_: str) -> frozenset[str]:
        """Return the modes that ``type_`` may have."""
        return frozenset(self.modes.get(type_, {}))

    def score(self, type_: str, mode: str | None) -> float | None:
        """Return the PLOVER score of type and mode, of the type where the mode has none; None for other kinds."""
        by_mode = self.modes.get(type_, {}).get(mode) if mode else None
        return by_mode if by_mode is not None else self.scores.get(type_)

    def quad(self, type_: str, scheme: str = "chapter") -> int | None:
        """Return the quad of an event type by a scheme of the vocabulary file; None for the other kinds' types."""
        return self.quads[scheme].get(type_)


def load_vocabulary(path: Path) -> Vocabulary:
    """Read ``vocabulary.yml``."""
    plain = load_plain(path)
    return Vocabulary(
        modes={
            type_: {mode: float(score) if score else None for mode, score in modes.items()}
            for type_, modes in plain["modes"].items()
        },
        contexts=frozenset(plain["contexts"]),
        sectors=frozenset(plain["sectors"]),
        scores={type_: float(score) for type_, score in plain["scores"].items()},
        quads={scheme: {type_: int(quad) for type_, quad in quads.items()} for scheme, quads in plain["quads"].items()},
    )
