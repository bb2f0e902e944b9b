"""Events: which of a sentence's matches stand, and what only events have."""

from __future__ import annotations

import re
from collections.abc import Iterable

from msgspec.structs import replace

from entente.codebook.vocabulary import Vocabulary
from entente.coding.match import Match
from entente.coding.records import record_of
from entente.coding.scene import Scene
from entente.coding.threats import as_threat
from entente.records.record import Record

SPEECH = frozenset({"AGREE", "CONCEDE", "REQUEST", "ACCUSE", "REJECT", "THREATEN"})
"""Types that are acts of speech: the act they speak of is no record of its own while it has not happened."""

PROMISED = {**dict.fromkeys(("CONSULT", "SUPPORT", "COOPERATE", "AID"), "AGREE"), "RETREAT": "CONCEDE", "CONCEDE": "CONCEDE"}
"""What an announced act is: PLOVER never codes a promise as the act."""

_ABOUT = r"(?:at least |about |some |more than |nearly |around |up to )?"
_DEAD = re.compile(rf"\b(?:kill(?:ed|ing|s)?|left|leaving)\s+{_ABOUT}(\d[\d,]*)\b(?!\s*(?:injured|wounded))")
_INJURED = re.compile(rf"\b(?:injur(?:ed|ing)|wound(?:ed|ing))\s+{_ABOUT}(\d[\d,]*)\b")


def code_event(scene: Scene, match: Match, vocabulary: Vocabulary) -> Record:
    """Return the event record of a match; an assault with the victims that the words count."""
    record = _as_promise(scene, match, record_of(scene, match, vocabulary), vocabulary)
    if match.type == "PROTEST":
        record = _against_government(record)
    if match.type == "ASSAULT":
        record = replace(record, attributes={**record.attributes, **count_victims(record.evidence.text)})
    return as_threat(scene, match, record, vocabulary)


def _against_government(record: Record) -> Record:
    """Return a protest directed at the government where only the protesters' own state is named ("marched in Nairobi")."""
    own = {actor.code for actor in record.actor}
    if not record.recipient or any(actor.sector or actor.code not in own for actor in record.recipient):
        return record
    return replace(record, recipient=tuple(replace(actor, sector="GOV") for actor in record.recipient))


def _as_promise(scene: Scene, match: Match, record: Record, vocabulary: Vocabulary) -> Record:
    """Return a future act as PLOVER has it: cooperation told as future is AGREE, a retreat told as future is CONCEDE.

    Where it is announced the promise is actual and dated by the saying; a plan that nobody announces stays in the future.
    """
    promised = PROMISED.get(record.type)
    if record.status != "future" or promised is None:
        return record
    saying = next((t for t in scene.heads_of(match.clause.head) if t.pos == "VERB" and t.lemma in scene.words.reporting), None)
    said = scene.dated.spans.get((scene.sentence.index, saying.i)) if saying else None
    return replace(
        record,
        type=promised,
        mode=None,
        status="actual" if saying else "future",
        date=said if saying else record.date,
        score=vocabulary.score(promised, None),
        quad=vocabulary.quad(promised),
    )


def count_victims(words: str) -> dict[str, int]:
    """Return ``dead`` and ``injured`` as the words count them; only what is a number in figures."""
    found = {}
    if dead := _DEAD.search(words):
        found["dead"] = int(dead.group(1).replace(",", ""))
    if injured := _INJURED.search(words):
        found["injured"] = int(injured.group(1).replace(",", ""))
    return found


def standing_events(scene: Scene, matches: Iterable[Match]) -> list[tuple[Match, str]]:
    """Return every event match with the reason why it is left out, an empty string where it stands.

    One predicate is one event: the most specific pattern wins. A noun that another event's pattern used ("signed an
    agreement") is no event of its own, nor is an act that is only promised, asked for, refused or threatened by an event.
    """
    events = [match for match in matches if match.kind == "event"]
    best: dict[int, Match] = {}
    for match in events:
        rival = best.get(match.clause.head)
        if rival is None or _rank(match) > _rank(rival):
            best[match.clause.head] = match
    reasons = {id(match): _why_not(scene, match, best) for match in events}
    stand = {head: match for head, match in best.items() if not reasons[id(match)]}
    return [
        (match, reasons[id(match)] and _why_not(scene, match, {**stand, match.clause.head: best[match.clause.head]}))
        for match in events
    ]


def _rank(match: Match) -> tuple[bool, bool, bool, tuple[int, float], bool]:
    """Return what decides between two patterns on one predicate; a refusal says more than the act that it leaves undone."""
    undone = match.clause.status == "negated" and not (match.type == "REJECT" and match.pattern.status)
    return bool(match.actor), not match.incomplete, not undone, match.weight, bool(match.recipient)


def _why_not(scene: Scene, match: Match, best: dict[int, Match]) -> str:
    head = match.clause.head
    if best[head] is not match:
        return f"{best[head].pattern.entry}/{best[head].pattern.id} says more of the same words"
    others = [other for other in best.values() if other is not match]
    for other in others:
        if head in other.used and other.clause.head != head and not _has_own_holder(match, other):
            return f"its words are part of {other.pattern.entry}/{other.pattern.id}"
        if (
            match.clause.light == other.clause.head
            and (other.type == match.type or (other.used and not _stands_beside(match)))
            and not _has_own_holder(match, other)
        ):
            return f"its words are part of {other.pattern.entry}/{other.pattern.id}"
    below = _below_protest(scene, match, best)
    if below is not None:
        return f"it is what a protest says: see {below.pattern.entry}/{below.pattern.id}"
    spoken = _spoken_of(scene, match, best)
    if spoken is not None:
        return f"it is only spoken of: see {spoken.pattern.entry}/{spoken.pattern.id}"
    return ""


def _stands_beside(match: Match) -> bool:
    """Return whether a noun tells where its verb's act was done, an act of its own: "urged him at a meeting to leave"."""
    return match.clause.kind == "noun" and any(condition.path[0] == "verb" for condition in match.pattern.where)


def _has_own_holder(match: Match, other: Match) -> bool:
    """Return whether a noun names whose act it is, and it is another's: "refused Washington's demands" tells a demand too.

    So does one in a phrase of its own ("signed it to Turkish protests"), and an act of speech of a demonym ("an American offer").
    """
    roles = match.clause.roles
    named = bool(roles.keys() & {"poss", "by", "case"}) or (
        match.type in SPEECH and bool(set(match.actor_tokens) & {*roles.get("adjective", ()), *roles.get("compound", ())})
    )
    return named and {a.code for a in match.actor}.isdisjoint(a.code for a in other.actor)


def _below_protest(scene: Scene, match: Match, best: dict[int, Match]) -> Match | None:
    """Return the protest whose slogan a request or accusation below it is."""
    if match.type not in ("REQUEST", "ACCUSE"):
        return None
    above = (best[token.i] for token in scene.heads_of(match.clause.head) if token.i in best)
    return next(
        (other for other in above if other.type == "PROTEST" and {a.code for a in other.actor} == {a.code for a in match.actor}),
        None,
    )


def _spoken_of(scene: Scene, match: Match, best: dict[int, Match]) -> Match | None:
    """Return the act of speech whose content the match is, None where the content has happened."""
    if match.clause.status == "actual":
        return None
    i = match.clause.light if match.clause.light is not None else match.clause.head
    token = scene.tokens[i]
    while token.head != token.i and token.relation in ("xcomp", "ccomp", "conj", "obj", "advcl", "obl", "acl", "nmod"):
        beside = token.relation == "conj"
        token = scene.tokens[token.head]
        holder = next((other for other in best.values() if token.i in other.used and other is not match), None)
        if not beside and holder is not None and token.pos == "NOUN":
            return holder
        if not beside and token.i in best and best[token.i].type in SPEECH and best[token.i] is not match:
            return best[token.i]
    return None
