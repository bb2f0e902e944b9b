"""What is only wished, owed, allowed or meant: acts that a sentence speaks of and does not report, not even as a plan."""

from __future__ import annotations

from entente.coding.match import Match
from entente.coding.scene import Scene
from entente.records.annotations import Token

KEPT = frozenset({"try", "attempt", "seek", "oblige"})
"""Verbs of beginning (who tries to mediate has begun to), and what a treaty obliges its parties to."""

PLANNED = ("ASSAULT", "COOPERATE")
"""Events whose purpose is told as a plan: a hostile act, and what a body or a firm was founded for."""

CONTENT = frozenset({"xcomp", "ccomp", "acl", "acl:relcl"})
"""Where an act stands that another word wishes, asks for, owes or asks about."""

DEONTIC = frozenset({"must", "can"})
"""Modals that say what is owed or possible at any time; *may*, *might* and *could* also tell what is about to come."""


def why_supposed(scene: Scene, match: Match) -> str:
    """Return why an event match reports nothing, nothing where it may: only of what the text puts out of the actual.

    Counted over marked sentences and passages: of the hypothetical acts below a wish, a duty or a noun 7 in 100 were records
    ("the right to expel them"), of the purposes that nobody announces 6 ("sent soldiers to disarm them").
    """
    if match.kind != "event" or match.pattern.status is not None:
        return ""
    token = _predicate(scene, match)
    auxiliaries = {t.text.lower() for t in scene.sentence.dependents(token.i, "aux")}
    marks = {t.text.lower() for t in scene.sentence.dependents(token.i, "mark", "case")}
    governor = scene.tokens[token.head]
    status = match.clause.status
    if status == "hypothetical":
        if auxiliaries & DEONTIC or "unless" in marks:
            return "it tells what is owed, allowed or excepted, not what is done"
        told = token.dep == "ccomp" and governor.lemma in scene.words.reporting
        if token.dep in CONTENT and not told and governor.lemma not in KEPT:
            return f"it is only what “{governor.text}” speaks of"
    purpose = token.dep == "advcl" and "to" in marks and not auxiliaries and governor.lemma not in scene.words.planning
    if status == "future" and purpose and match.type not in PLANNED:
        return "it is a purpose, and nobody announces it"
    if status == "negated" and (auxiliaries & scene.words.would or "without" in marks):
        return "it is what somebody would not do or did without, see REJECT"
    return ""


def _predicate(scene: Scene, match: Match) -> Token:
    """Return the predicate whose place in the sentence tells: of an event noun its verb, of a bare conjunct the first one."""
    clause = match.clause
    token = scene.tokens[clause.light if clause.light is not None else clause.head]
    while token.dep == "conj" and not any(True for _ in scene.sentence.dependents(token.i, "aux", "nsubj")):
        token = scene.tokens[token.head]
    return token
