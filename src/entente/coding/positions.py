"""Positions: where an actor stands on another, on its conduct or on a dispute."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from entente.codebook.vocabulary import Vocabulary
from entente.coding.match import Match
from entente.coding.records import record_of
from entente.coding.scene import Scene
from entente.records.actors import Actor
from entente.records.record import Record

LASTING = frozenset(
    "still always long since ever never traditionally usually consistently year years decade decades century continue remain"
    " every lot throughout steadfastly generally often mostly broadly largely once everything war whole".split()
)
"""Words beside a verb of support that make a stance of what may be one act."""

ONE_OFF = frozenset({"throw", "put", "speak", "plead", "lobby", "line", "rally", "swing", "come"})
"""Verbs whose past is one act of support: "threw its weight behind"."""


def code_position(scene: Scene, match: Match, vocabulary: Vocabulary) -> Iterator[Record]:
    """Yield the position record of a match: a stance that is announced ("would go on supporting") or sought is held.

    Only a modal of its own makes it hypothetical ("would welcome"). Support that was given once is an event, no stance;
    who is no friend of somebody is against it.
    """
    if match.type == "support" and _is_single_act(scene, match):
        return
    record = record_of(scene, match, vocabulary)
    if match.type == "support" and match.clause.kind == "copula" and record.status == "negated":
        record = replace(record, type="oppose", status="actual")
    if match.type in ("neutral", "ambivalent") and not record.recipient:
        record = replace(record, recipient=_two_others(scene, record))
    sought = record.status == "hypothetical" and "modal" not in match.clause.roles
    yield replace(record, status="actual") if record.status == "future" or sought else record


def _two_others(scene: Scene, record: Record) -> tuple[Actor, ...]:
    """Return the two states that the sentence names beside who takes no side; nobody where it names more or fewer."""
    own = {actor.code for actor in record.actor}
    references = (scene.reference(token.i) for token in scene.tokens)
    named = [a for r in references if r is not None and r.link in ("name", "role", "description") for a in r.actors]
    others = {a.code: a for a in named if a.code and a.code not in own and a.kind in ("state", "place")}
    return tuple(others.values()) if len(others) == 2 else ()


def _is_single_act(scene: Scene, match: Match) -> bool:
    """Return whether a verb of support tells one act: it is yet to come or denied, or is done and nothing says that it lasts."""
    if match.clause.kind != "verb" or match.clause.lemma == "be":
        return False
    start, end = match.clause.span
    words = {token.text.lower() for token in scene.tokens if start <= token.start < end}
    if not LASTING.isdisjoint(words):
        return False
    auxiliaries = {scene.tokens[i].lemma.lower() for i in match.clause.roles.get("modal", ())}
    to_come = match.clause.status == "future" or (match.clause.status == "negated" and match.clause.tense != "present")
    return to_come or "have" in auxiliaries or (match.clause.lemma in ONE_OFF and match.clause.tense == "past")
