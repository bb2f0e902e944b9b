"""Acts told by pointing at another: "Peru followed suit", "did the same", "followed its example", "answered in kind"."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from entente.coding.match import Match
from entente.coding.records import span_text
from entente.coding.scene import Scene
from entente.records.actors import Actor
from entente.records.annotations import Clause
from entente.records.record import Record

SURENESS = 0.1
"""How much less sure an act is that is only pointed at."""

Side = tuple[Actor, ...]


def code_echoes(scene: Scene, told: list[tuple[Match, Record]]) -> Iterator[Record]:
    """Yield the act told last once more for each who is said to have done likewise, or to have answered in kind.

    Args:
        scene: The sentence.
        told: Its matches that stand with their records, in any order.
    """
    coded = {match.clause.head for match, _ in told if match.kind in ("event", "vote")}
    for token in scene.tokens:
        bare = "VerbForm=Inf" in token.feats and scene.sentence.first(token.i, "aux") is None
        if token.pos not in ("VERB", "AUX") or token.i in coded or bare:
            continue
        clause = scene.clauses.get("verb", token.i)
        if clause.passive or clause.status == "hypothetical" or not (_copies(scene, clause) or _answers(scene, clause)):
            continue
        doers = tuple({a.code: a for i in clause.roles.get("subject", ()) for a in scene.acting(i) if a.code}.values())
        first = _told_before(scene, told, doers, token.i) if doers else None
        if first is not None:
            yield _echo(scene, clause, first, doers)


def _copies(scene: Scene, clause: Clause) -> bool:
    """Return whether a clause says "did the same", "followed suit", "copied its example", or just "followed"."""
    if clause.lemma not in scene.words.copying:
        return False
    beside = [scene.tokens[i].lemma.lower() for role in ("object", "in") for i in clause.roles.get(role, ())]
    behind = scene.tokens[clause.head + 1 : clause.head + 2]
    if any(lemma in scene.words.examples for lemma in (*beside, *(t.lemma.lower() for t in behind))):
        return True
    return clause.lemma == "follow" and not clause.roles.keys() & {"object", "complement", "from", "by"}


def _answers(scene: Scene, clause: Clause) -> bool:
    """Return whether a clause says "answered in kind"."""
    return clause.lemma in scene.words.answering and any(scene.tokens[i].lemma == "kind" for i in clause.roles.get("in", ()))


def _told_before(scene: Scene, told: list[tuple[Match, Record]], doers: Side, i: int) -> Record | None:
    """Return the act of others told last before: by a main clause of this sentence, else of any, else in the sentence before."""
    own = {actor.code for actor in doers}
    before = sorted((pair for pair in told if pair[0].clause.head < i), key=lambda pair: pair[0].clause.head)
    here = [record for match, record in before if _is_main(scene, match.clause)] or [record for _, record in before]
    last = [record for record in scene.before.records if record.sentence == scene.sentence.index - 1]
    for record in (*reversed(here), *reversed(last)):
        if record.kind in ("event", "vote") and record.actor and own.isdisjoint(actor.code for actor in record.actor):
            return record
    return None


def _is_main(scene: Scene, clause: Clause) -> bool:
    """Return whether a predicate stands in a main clause: nothing subordinate lies above it."""
    above = (scene.tokens[clause.head], *scene.heads_of(clause.head))
    return not any(token.relation in ("advcl", "acl", "ccomp", "csubj") for token in above)


def _echo(scene: Scene, clause: Clause, first: Record, doers: Side) -> Record:
    """Return what was told, of the doers: directed at whom it was, or where they suffered it at those who did it."""
    own = {actor.code for actor in doers}
    suffered = bool(own & {actor.code for actor in first.recipient})
    recipient = first.actor if suffered or clause.lemma in scene.words.answering else first.recipient
    start, end = clause.span
    return replace(
        first,
        actor=doers,
        recipient=tuple(actor for actor in recipient if actor.code not in own),
        date=scene.span_of(clause),
        status=clause.status,
        place=None,
        attributes={},
        sentence=scene.sentence.index,
        evidence=span_text(scene.resolved.parsed.document, start, end),
        also=(),
        confidence=round(max(first.confidence - SURENESS, 0.05), 3),
    )
