"""Minorities: "ethnic Albanians in Skopje" act and are hit as a party of the state that they live in."""

from __future__ import annotations

from collections.abc import Iterator

from entente.coding.scene import Scene
from entente.records.actors import Actor

PLACING = frozenset({"in", "of", "from", "inside", "across", "within"})
"""Prepositions before the land where a minority lives."""

ARMED = frozenset({"rebel", "guerrilla", "guerilla", "insurgent", "separatist", "militant", "fighter", "gunman"})
"""Nouns for those of a minority who fight."""


def minority_at_home(scene: Scene, i: int) -> tuple[Actor, ...]:
    """Return the minority that a phrase names as a party of the state it lives in; empty where it names none.

    The state is the one that the phrase says it lives in, else the one named nearest, else the text's main state.
    """
    if not _is_minority(scene, i):
        return ()
    reference = scene.reference(i)
    own = {actor.code for actor in reference.actors} if reference is not None else set()
    host = next(_hosts(scene, i, own), None)
    if host is None:
        return ()
    sector = "REB" if scene.tokens[i].lemma.lower() in ARMED else "CVL"
    return (Actor(host.code, scene.tokens[i].text, sector, host.entity, "role", "a minority of the state that it lives in"),)


def names_kin(scene: Scene, i: int) -> bool:
    """Return whether a token only says to whom a minority is kin: "Albanian" and "Albanians" of "ethnic Albanians"."""
    return _is_minority(scene, i) or (scene.tokens[i].dep in ("amod", "compound") and _is_minority(scene, scene.tokens[i].head))


def _is_minority(scene: Scene, i: int) -> bool:
    """Return whether "ethnic" stands before a people or a people's adjective of the phrase."""
    inner = [i, *(t.i for t in scene.sentence.dependents(i, "amod", "compound"))]
    return any(t.text.lower() == "ethnic" for j in inner for t in scene.sentence.dependents(j, "amod", "advmod", "compound"))


def _hosts(scene: Scene, i: int, own: set[str | None]) -> Iterator[Actor]:
    """Yield the states where a minority may live, the likeliest first."""
    below = sorted(scene.governed(i))
    placed = [j for j in below if any(t.text.lower() in PLACING for t in scene.sentence.dependents(j, "case"))]
    for j in (*placed, *sorted(range(len(scene.tokens)), key=lambda j: abs(j - i))):
        reference = scene.reference(j)
        if reference is not None and reference.link in ("name", "place", "role", "adjective"):
            yield from (a for a in reference.actors if a.code and a.code not in own and a.kind not in ("organisation", "bloc"))
    if scene.before.focus is not None and scene.before.focus.code not in own:
        yield scene.before.focus
