"""Threats told as the act: "Nairobi will shut the port unless Kampala pays"; the condition says whom the threat is for."""

from __future__ import annotations

from msgspec.structs import replace

from entente.codebook.vocabulary import Vocabulary
from entente.coding.match import Match
from entente.coding.scene import Scene
from entente.records.actors import Actor, codes_of
from entente.records.annotations import Token
from entente.records.record import Record
from entente.records.timespan import TimeSpan

HOSTILE = frozenset({"SANCTION", "COERCE", "ASSAULT", "MOBILIZE", "PROTEST"})
"""Types that are a threat where they stand under a condition."""

MODES = {
    "SANCTION": "restrict",
    "SANCTION/withdraw": "relations",
    "SANCTION/expel": "expel",
    "COERCE": "restrict",
    "COERCE/arrest": "arrest",
    "COERCE/deport": "expel",
    "COERCE/seize": "territory",
    "ASSAULT": "violence",
    "MOBILIZE": "violence",
}
"""The mode of a threat by what is threatened: by type and mode, else by type."""

CONDITIONS = frozenset({"if", "unless"})
INVERTED = frozenset({"should", "were", "had"})
"""Auxiliaries that open a condition without a mark: "should Oslo sign"."""

OUTSIDERS = frozenset(
    {"analyst", "expert", "economist", "observer", "commentator", "report", "newspaper", "paper", "diplomat", "study"}
)
"""Those who foretell what others will do."""


def as_threat(scene: Scene, match: Match, record: Record, vocabulary: Vocabulary) -> Record:
    """Return a hostile act as the threat that it is where its own actor sets a condition; any other record as it is."""
    if record.type not in HOSTILE or record.status not in ("future", "hypothetical") or find_condition(scene, match) is None:
        return record
    mode = MODES.get(f"{record.type}/{record.mode}", MODES.get(record.type))
    score, quad = vocabulary.score("THREATEN", mode), vocabulary.quad("THREATEN")
    return replace(record, type="THREATEN", mode=mode, status="actual", date=_said(scene, match), score=score, quad=quad)


def of_condition(scene: Scene, match: Match) -> tuple[Actor, ...]:
    """Return on whom a threat sets its condition: who is to do, or to stop doing, what the *if* or *unless* names."""
    if match.type == "THREATEN":
        condition = _condition_below(scene, (match.clause.head, *match.clause.roles.get("complement", ())))
    else:
        condition = find_condition(scene, match) if match.type in HOSTILE else None
    if condition is None:
        return ()
    kind = "verb" if condition.pos in ("VERB", "AUX") else "copula"
    clause = scene.clauses.get(kind, condition.i)
    own = {actor.code for actor in match.actor}
    doers = (*clause.roles.get("subject", ()), *clause.roles.get("object", ()))
    sides = (tuple(actor for actor in scene.affected(i) if actor.code and actor.code not in own) for i in doers)
    return next((side for side in sides if side), ())


def find_condition(scene: Scene, match: Match) -> Token | None:
    """Return the head of the condition that an act stands under which its actor announces; None where it is no threat."""
    verb = match.clause.light if match.clause.light is not None else match.clause.head
    if not _announced(scene, match, verb):
        return None
    above = scene.tokens[scene.tokens[verb].head]
    return _condition_below(scene, (verb, above.i) if above.lemma in scene.words.reporting else (verb,), verb)


def _condition_below(scene: Scene, heads: tuple[int, ...], act: int | None = None) -> Token | None:
    children = (child for head in heads for child in scene.sentence.dependents(head, "advcl"))
    return next((child for child in children if child.i != act and _is_condition(scene, child)), None)


def _is_condition(scene: Scene, child: Token) -> bool:
    marks = {t.text.lower(): t.i for t in scene.sentence.dependents(child.i, "mark")}
    found = marks.keys() & CONDITIONS
    if found:
        before = scene.tokens[max(marks[min(found)] - 1, 0)].text.lower()
        return before not in ("even", "only", "as")
    first = min((t.i for t in scene.sentence.dependents(child.i)), default=child.i)
    return not marks and scene.tokens[first].text.lower() in INVERTED


def _announced(scene: Scene, match: Match, verb: int) -> bool:
    """Return whether the actor itself tells what it will do: nobody else foretells it."""
    modals = {t.text.lower() for t in scene.sentence.dependents(verb, "aux")}
    speaker = match.clause.speaker
    if speaker is None:
        return bool(modals & scene.words.future_modals)
    if not modals & (scene.words.future_modals | scene.words.would | {"could", "may", "might"}):
        return False
    reference = scene.reference(speaker)
    codes = codes_of(reference.actors if reference else ())
    return scene.tokens[speaker].lemma not in OUTSIDERS and (not codes or bool(codes & {actor.code for actor in match.actor}))


def _said(scene: Scene, match: Match) -> TimeSpan | None:
    """Return when the threat was uttered: the act itself has no date yet."""
    saying = next((t for t in scene.heads_of(match.clause.head) if t.pos == "VERB" and t.lemma in scene.words.reporting), None)
    return scene.dated.spans.get((scene.sentence.index, saying.i)) if saying else None
