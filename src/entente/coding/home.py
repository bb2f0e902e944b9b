"""Where an act with no doer takes place: in the only state that its sentence names ("editors remain behind bars in Djibouti")."""

from __future__ import annotations

from msgspec.structs import replace

from entente.codebook.entry import Pattern
from entente.coding.scene import Scene
from entente.records.actors import Actor
from entente.records.annotations import Clause

WITHIN = frozenset(f"event/{type_}" for type_ in ("COERCE", "PROTEST", "CONCEDE", "RETREAT", "MOBILIZE"))
"""Events that mostly stay within a state, told without its name where the place says it: a curfew, a strike, an amnesty."""

DELIBERATE = frozenset({"event/COERCE", "event/PROTEST"})
"""Of those, what only people do: a study that demonstrates something is no crowd."""

TELLING = frozenset({"root", "nsubj", "nsubj:pass", "obl:unmarked"})
"""Where an event noun is told and not only named: "after a strike" names one."""


def find_home(scene: Scene, pattern: Pattern, clause: Clause) -> tuple[Actor, ...]:
    """Return the state within which an act of nobody named is done; empty where the sentence names several parties or none."""
    if pattern.entry not in WITHIN or pattern.symmetric or not pattern.actor or not _is_told(scene, pattern, clause):
        return ()
    named = {someone.code: someone for r in _references(scene) for someone in reversed(r) if someone.code}
    only = next(iter(named.values())) if len(named) == 1 else None
    if only is None or only.kind in ("organisation", "bloc", "person"):
        return ()
    return (replace(only, sector=None, reason="the only state that the sentence names, where nobody is said to do it"),)


def _references(scene: Scene) -> list[tuple[Actor, ...]]:
    found = (scene.reference(token.i) for token in scene.tokens)
    return [reference.actors for reference in found if reference is not None]


def _is_told(scene: Scene, pattern: Pattern, clause: Clause) -> bool:
    if clause.status in ("hypothetical", "negated"):
        return False
    doers = [scene.tokens[i] for i in clause.roles.get("subject", ())]
    if (
        doers
        and pattern.entry in DELIBERATE
        and not any(t.tag == "NNS" or t.lemma.lower() in scene.words.agentive_things for t in doers)
    ):
        return False
    return clause.kind != "noun" or clause.light is not None or scene.tokens[clause.head].dep in TELLING
