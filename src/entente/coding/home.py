"""Where an act with no doer takes place: in the only state that its sentence names ("editors remain behind bars in Djibouti")."""

from __future__ import annotations

from msgspec.structs import replace

from entente.codebook.entry import Pattern
from entente.coding.scene import Scene
from entente.records.actors import Actor
from entente.records.annotations import Clause, Token

WITHIN = frozenset(f"event/{type_}" for type_ in ("COERCE", "PROTEST", "CONCEDE", "RETREAT", "MOBILIZE"))
"""Events that mostly stay within a state, told without its name where the place says it: a curfew, a strike, an amnesty."""

DELIBERATE = frozenset({"event/COERCE", "event/PROTEST", "event/ASSAULT"})
"""Of those, what only people do: a study that demonstrates something is no crowd."""

TELLING = frozenset({"root", "nsubj", "nsubj:pass", "obl:unmarked"})
"""Where an event noun is told and not only named: "after a strike" names one."""

MAIN = frozenset({"root", "ccomp", "parataxis"})
"""Where a verb tells violence that is not told once more of the same ("opened fire on a bus, wounding six")."""


def find_home(scene: Scene, pattern: Pattern, clause: Clause) -> tuple[Actor, ...]:
    """Return the state within which an act of nobody named is done; empty where the sentence names several parties or none."""
    convicts = pattern.mode == "convict"
    if not (convicts or pattern.entry in WITHIN) or pattern.symmetric or not pattern.actor:
        return ()
    return _only_state(scene, placed=convicts) if _is_told(scene, pattern, clause) else ()


def find_victim(scene: Scene, pattern: Pattern, clause: Clause) -> tuple[Actor, ...]:
    """Return where violence strikes that nobody is said to have done: unknown attackers are nobody."""
    head = scene.tokens[clause.head]
    known = {t.text.lower() for t in scene.sentence.dependents(head.i, "det")} & {"the", "that", "this"}
    if pattern.entry != "event/ASSAULT" or known or not _is_told(scene, pattern, clause):
        return ()
    if head.relation not in MAIN if clause.kind != "noun" else head.dep not in TELLING | {"obj"}:
        return ()
    return _only_state(scene, placed=False)


def _only_state(scene: Scene, *, placed: bool) -> tuple[Actor, ...]:
    """Return the only party of a sentence, a state; ``placed``: where it is named itself, not only by its people."""
    references = [r for token in scene.tokens if (r := scene.reference(token.i)) is not None]
    named = {someone.code: someone for r in reversed(references) for someone in r.actors if someone.code}
    only = next(iter(named.values())) if len(named) == 1 else None
    if only is None or only.kind in ("organisation", "bloc", "person"):
        return ()
    if placed and not any(r.link in ("place", "name") for r in references):
        return ()
    return (replace(only, sector=None, reason="the only state that the sentence names, where nobody is said to do it"),)


def _is_told(scene: Scene, pattern: Pattern, clause: Clause) -> bool:
    if clause.status in ("hypothetical", "negated") or scene.tokens[clause.head].dep == "amod":
        return False
    doers = [scene.tokens[i] for i in clause.roles.get("subject", ())]
    named = any(condition.path == ("subject",) for condition in pattern.where)
    if doers and pattern.entry in DELIBERATE and not named and not any(_are_people(scene, doer) for doer in doers):
        return False
    return clause.kind != "noun" or clause.light is not None or scene.tokens[clause.head].dep in TELLING


def _are_people(scene: Scene, token: Token) -> bool:
    return token.tag == "NNS" or token.lemma.lower() in scene.words.agentive_things
