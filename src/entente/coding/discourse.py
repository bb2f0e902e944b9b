"""Whom an act is directed at where its own clause does not say: the clause beside it, what it answers, the text's focus."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from entente.coding.match import Match
from entente.coding.minorities import names_kin
from entente.coding.scene import Scene
from entente.coding.threats import of_condition
from entente.records.actors import Actor
from entente.records.annotations import ResolvedDocument, Token
from entente.records.record import Record

TARGETED = frozenset(
    {"REQUEST", "ACCUSE", "REJECT", "THREATEN", "SANCTION", "CONCEDE", "AID", "AGREE", "SUPPORT", "RETREAT"}
    | {"COERCE", "ASSAULT", "MOBILIZE"}
)
"""Types that are directed at somebody by their nature."""

ANSWERS = frozenset({"REJECT", "CONCEDE", "ACCUSE", "THREATEN", "SANCTION"})
"""Types that answer what was done before."""

INITIATIVES = frozenset({"REQUEST", "ACCUSE", "AGREE", "THREATEN"})
"""What a refusal refuses, though it was said to somebody else."""

SAID_TO = frozenset({"REQUEST", "AGREE", "THREATEN", "ACCUSE"})
"""Acts of speech whose noun hangs on what somebody else does about it."""

CIVIL = frozenset({"CVL", "OPP", "LAB", "EDU", "REL", "AGR", "SOC", "PTY", "MED", "JRN", "REF"})
"""Sectors of those who protest."""

DOMESTIC = frozenset({"COERCE", "ASSAULT", "MOBILIZE", "RETREAT"})
"""Types that mostly stay within a state where a noun tells them ("the coup in Turkey")."""

ARMED = frozenset({"REB", "SEP", "INS"})
"""Sectors of those who fight their own state."""

HELD = frozenset({*CIVIL, *ARMED, "CRM", "PRM", "UAF"})
"""Sectors of those whom a state tries, jails, fights or lets go at home."""

BETWEEN_ONLY = frozenset({"AID", "SUPPORT"})
"""Types that a party within a state seldom does to another of it, where the own clause does not say so."""

MUTUAL = frozenset({"SUPPORT", "COOPERATE", "CONSULT"})
"""Types that two or more actors have with each other: no third party is looked for."""

MEDIATING = frozenset({"mediate", "broker-deal", "broker-alone", "mediation-noun", "undertake-mediation", "offer-offices"})
"""Patterns of those who bring others together, for whom the parties are looked for."""

BY_FORCE = frozenset({"COERCE", "ASSAULT", "CONCEDE", "RETREAT", "MOBILIZE"})
"""Types that mostly concern whoever was named last before them, where a sentence names several parties."""

TURNED_BACK = frozenset({"ACCUSE", "AGREE", "THREATEN", "RETREAT"})
"""Types that mostly concern who acted before them, else whom the sentence is about: the party that it names first.

Of 64 such acts of marked sentences the nearest name is right in 23, these two in 37; of the other types the nearest is as good.
"""

UNADDRESSED = frozenset({"neutrality", "disarmament", "treaty"})
"""Commitments that mostly bind toward nobody in particular."""

LOOK_BACK = 2
"""How many sentences back an answered act may stand."""

WITHIN = frozenset({"in", "across", "through", "throughout", "around", "into", "inside", "outside", "at", "along"})
"""Prepositions of where within its land a state shows its force."""

NAMING = frozenset({"name", "role", "pronoun", "description", "adjective"})
"""Links by which a phrase names a party itself."""

Side = tuple[Actor, ...]


def find_focus(resolved: ResolvedDocument) -> Actor | None:
    """Return the state that the text names most often, if it is named in a quarter of the mentions of states; else None."""
    counts: Counter[str] = Counter()
    first: dict[str, Actor] = {}
    for reference in resolved.references.values():
        for actor in reference.actors:
            if actor.code and actor.kind in ("state", "place", "person", "role") and reference.link != "adjective":
                counts[actor.code] += 1
                first.setdefault(actor.code, actor)
    if not counts:
        return None
    code, most = counts.most_common(1)[0]
    return first[code] if most * 4 >= counts.total() else None


def infer_recipient(scene: Scene, match: Match, standing: list[Match]) -> Side:
    """Return the recipient of an event whose own clause names none, each with the reason; empty where nothing suggests one."""
    if match.pattern.entry == "tie/membership" and match.incomplete and match.clause.kind == "verb":
        return _because(scene.before.body, "the body that was named last")
    if match.kind == "commitment":
        return _of_undertaking(scene, match, standing)
    if match.kind != "event" or not match.pattern.recipient or match.pattern.symmetric or not match.actor:
        return ()
    if match.recipient:
        return _because(_unplaced(scene, match), "a party that nothing says is of another state")
    return _because(of_condition(scene, match), "on whom the threat sets its condition") or _suggested(scene, match, standing)


def _of_undertaking(scene: Scene, match: Match, standing: list[Match]) -> Side:
    """Return toward whom one actor binds itself where the words do not say: whom such a promise is made to.

    Nobody binds itself toward those at home.
    """
    own = {actor.code for actor in match.actor}
    if match.recipient or not match.pattern.recipient or match.type in UNADDRESSED or not 1 <= len(own) <= 2:
        return ()
    promise = replace(match, pattern=replace(match.pattern, entry="event/AGREE"))
    events = [other for other in standing if other.kind == "event"]
    here = (other for other in events if other.clause.head == match.clause.head and own == {a.code for a in other.actor})
    told = next((other for other in here if other.type in ("AGREE", "CONCEDE")), promise)
    found = told.recipient or _suggested(scene, told, events)
    return tuple(actor for actor in found if actor.code not in own)


def _suggested(scene: Scene, match: Match, standing: list[Match]) -> Side:
    """Return the recipient that the own state, the clauses beside, or the sentences before suggest."""
    domestic = _domestic(match)
    if domestic and match.type in ("PROTEST", "THREATEN") and (only := _only_other(scene, match, standing)):
        return _because(only, "the only other party that the sentence names")
    if domestic:
        return domestic
    if match.pattern.entry == "event/CONSULT" and match.pattern.id in MEDIATING:
        return _because(_parties(scene, match), "the parties between whom it mediates")
    if match.type not in TARGETED or (match.type in MUTUAL and len({actor.code for actor in match.actor}) > 1):
        return ()
    guesses = BY_ACTS if match.clause.kind == "noun" and match.type in DOMESTIC else (*BY_ACTS, *BY_NAMES)
    if match.type == "AGREE" and _among_themselves(scene, match):
        return ()
    for find, reason in (*guesses, *AT_HOME):
        found = find(scene, match, standing)
        if found:
            return _because(found, reason)
    return ()


def _among_themselves(scene: Scene, match: Match) -> bool:
    """Return whether two who agree do so with each other: no third party is named alone, or they say so themselves."""
    if len({actor.code for actor in match.actor}) != 2:
        return False
    root = match.clause.light if match.clause.light is not None else match.clause.head
    below = [scene.tokens[i].text.lower() for i in scene.governed(root)]
    others = _only_other(scene, match, [])
    return "each" in below or "another" in below or not others or all(_is_venue(scene, actor) for actor in others)


def _is_venue(scene: Scene, actor: Actor) -> bool:
    """Return whether a sentence names a party only as where something happened: "in Singapore the two agreed to meet"."""
    named = [t.i for t in scene.tokens if (r := scene.reference(t.i)) and any(a.code == actor.code for a in r.actors)]
    return all(any(t.text.lower() in ("in", "at") for t in scene.sentence.dependents(i, "case")) for i in named)


def _own_people(scene: Scene, match: Match, _: list[Match]) -> Side:
    """Return the party of the actor's own state that the act's words name: "granted the Basques", "promised death to mayors"."""
    if match.type in BETWEEN_ONLY or len({actor.code for actor in match.actor}) > 1:
        return ()
    own = {(actor.code, actor.sector) for actor in match.actor}
    root = match.clause.light if match.clause.light is not None else match.clause.head
    for i in (*scene.governed(root), *(j for used in match.used for j in scene.governed(used))):
        reference = scene.reference(i)
        if i in match.actor_tokens or reference is None or reference.link not in NAMING - {"adjective", "pronoun"}:
            continue
        found = tuple(a for a in reference.actors if a.code == match.actor[0].code and (a.code, a.sector) not in own)
        if found:
            return found
    return ()


def _own_place(scene: Scene, match: Match, _: list[Match]) -> Side:
    """Return the actor's own state where the act's words name a place or a body of it: "lifted the curfew in Jos"."""
    first = match.actor[0]
    if match.incomplete or match.type not in INTERNAL or len({actor.code for actor in match.actor}) > 1:
        return ()
    root = match.clause.light if match.clause.light is not None else match.clause.head
    for i in scene.governed(root):
        reference = scene.reference(i)
        if reference is None or i in match.actor_tokens or {a.code for a in reference.actors} != {first.code}:
            continue
        if reference.link == "place":
            return (replace(first, sector=None),)
        if reference.link in ("role", "name") and not any(True for _ in scene.sentence.dependents(i, "nmod:poss")):
            return reference.actors
    return ()


INTERNAL = frozenset({"REQUEST", "ACCUSE", "REJECT", "CONCEDE", "COERCE", "SANCTION", "ASSAULT", "PROTEST"})
"""Types of acts that a state or a party does within its state too."""


def _own_state(scene: Scene, match: Match, _: list[Match]) -> Side:
    """Return the actor's own state where an act of power or against it names nobody else: a curfew, a strike called off."""
    first = match.actor[0]
    if match.clause.kind != "verb" or len({actor.code for actor in match.actor}) > 1 or not _is_state(first):
        return ()
    if match.incomplete and match.type not in ("REQUEST", "ACCUSE", "REJECT", "SANCTION"):
        return ()
    if match.type in ("CONCEDE", "REQUEST", "ACCUSE", "REJECT", "SANCTION") and first.sector in (*CIVIL, *ARMED, "JUD", "LEG"):
        judged = match.type == "SANCTION" and first.sector == "JUD"
        return (replace(first, sector="CVL" if judged else "GOV"),)
    if match.type in ("CONCEDE", "COERCE") and _alone(scene, match):
        return (replace(first, sector=None if first.sector else "CVL"),)
    if match.type in ("MOBILIZE", "ASSAULT") and _alone(scene, match) and _in_own_land(scene, match):
        return (replace(first, sector=None if first.sector else "CVL"),)
    return ()


def _unplaced(scene: Scene, match: Match) -> Side:
    """Return the party of no known state that a court, the police or an army deals with, as one of their own state."""
    if any(someone.code for someone in match.recipient) or match.type not in (
        "SANCTION",
        "COERCE",
        "ASSAULT",
        "CONCEDE",
        "RETREAT",
    ):
        return ()
    first = match.actor[0]
    if not _is_state(first) or not _alone(scene, match) or not all(someone.sector in HELD for someone in match.recipient):
        return ()
    return tuple(replace(someone, code=first.code, entity=first.entity) for someone in match.recipient)


def _in_own_land(scene: Scene, match: Match) -> bool:
    """Return whether the act's words name a place of the actor's state: "fanned out across Tripoli"."""
    root = match.clause.light if match.clause.light is not None else match.clause.head
    for i in scene.governed(root):
        reference = None if i in match.actor_tokens else scene.reference(i)
        if reference is not None and reference.link in ("place", "name"):
            within = any(t.lemma in WITHIN for t in scene.sentence.dependents(i, "case"))
            if within and any(actor.code == match.actor[0].code for actor in reference.actors):
                return True
    return False


def _is_state(actor: Actor) -> bool:
    """Return whether an actor is a state or somebody within one, not an organisation."""
    return actor.code is not None and len(actor.code) == 3 and actor.kind not in ("organisation", "bloc")


def _alone(scene: Scene, match: Match) -> bool:
    """Return whether the sentence names no party but the actor's state."""
    return _named(scene).keys() <= {actor.code for actor in match.actor}


def _focus(scene: Scene, match: Match, _: list[Match]) -> Side:
    focus = scene.before.focus
    return (focus,) if focus is not None and focus.code not in {actor.code for actor in match.actor} else ()


def infer_actor(scene: Scene, match: Match) -> Side:
    """Return the text's main state as who sends another's people away where nobody is said to ("were told to leave")."""
    if match.actor or match.type != "SANCTION" or match.pattern.mode != "expel" or not match.recipient:
        return ()
    focus = scene.before.focus
    if focus is None or focus.code in {actor.code for actor in match.recipient}:
        return ()
    return _because((focus,), "the text's main state; nobody is said to send them away")


def _last_counterpart(scene: Scene, match: Match, _: list[Match]) -> Side:
    """Return with whom the actor dealt in the sentence before: the other side of the last record that it took part in."""
    own = {actor.code for actor in match.actor}
    for record in reversed(scene.before.records):
        if record.sentence < scene.sentence.index - 1:
            break
        sides = (record.actor, record.recipient)
        for here, there in (sides, sides[::-1]):
            if own & {a.code for a in here} and there and record.kind in ("event", "commitment", "position"):
                return tuple(a for a in there if a.code and a.code not in own)
    return ()


def _domestic(match: Match) -> Side:
    """Return the own state where protest or police action names no target: a protest is directed at the government."""
    first = match.actor[0]
    if first.code is None or len({actor.code for actor in match.actor}) > 1:
        return ()
    if match.type == "PROTEST" and (first.sector is None or first.sector in CIVIL):
        return (replace(first, sector="GOV", reason="a protest that names no target is directed at the government"),)
    if match.type == "THREATEN" and first.sector in CIVIL:
        return (
            replace(first, sector="GOV", reason="a threat within a state that names no target is directed at the government"),
        )
    if match.type in ("COERCE", "ASSAULT") and first.sector == "COP":
        return (replace(first, sector=None, reason="police act within their own state where no other is named"),)
    return ()


def _of_clause_beside(scene: Scene, match: Match, standing: list[Match]) -> Side:
    """Return the recipient of a coordinated or governing clause of the same actor ("visited Astana to sign an agreement")."""
    token = scene.tokens[match.clause.head]
    chain = {token.head} if token.relation in ("conj", "advcl", "xcomp") else set()
    chain |= {child.i for child in scene.sentence.dependents(token.i, "conj")}
    own = {actor.code for actor in match.actor}
    for other in standing:
        heads = {other.clause.head, other.clause.light}
        if other.kind == "event" and heads & chain and {a.code for a in other.actor} == own and other.recipient:
            return other.recipient
    return ()


def _of_where(scene: Scene, match: Match, _: list[Match]) -> Side:
    """Return the state of the place that a clause with *where* goes on from: "flew to Lima, where he promised loans"."""
    if match.type not in VISITED:
        return ()
    chain = [scene.tokens[match.clause.head], *scene.heads_of(match.clause.head)]
    where = next(
        (t for token in chain[:3] for t in scene.sentence.dependents(token.i, "advmod") if t.text.lower() == "where"), None
    )
    own = {actor.code for actor in match.actor}
    for i in range(where.i - 1, -1, -1) if where is not None else ():
        reference = scene.reference(i)
        if reference is not None and any(actor.code for actor in reference.actors):
            return (
                tuple(actor for actor in reference.actors if actor.code not in own) if reference.link in ("place", "name") else ()
            )
    return ()


VISITED = frozenset({"AGREE", "AID", "SUPPORT", "CONSULT", "REQUEST", "CONCEDE"})
"""Types of what guests do with their hosts."""


def _of_receiver(scene: Scene, match: Match, _: list[Match]) -> Side:
    """Return who does something about another's demand or threat: "refused Oslo's request", "came at Oslo's request"."""
    if match.clause.kind != "noun" or match.type not in SAID_TO:
        return ()
    own = {actor.code for actor in match.actor}
    for token in scene.heads_of(match.clause.head):
        if token.pos in ("VERB", "AUX"):
            doers = scene.clauses.get("verb", token.i).roles.get("subject", ())
            return tuple(a for i in doers for a in scene.acting(i) if a.code and a.code not in own)
    return ()


def _of_answered_act(scene: Scene, match: Match, standing: list[Match]) -> Side:
    """Return who last did something to the actor, here or just before; who asks or accuses is answered by a refusal."""
    if match.type not in ANSWERS:
        return ()
    own = {actor.code for actor in match.actor}
    here = [other for other in standing if other.kind == "event" and other.clause.head < match.clause.head]
    recent = [r for r in scene.before.records if r.kind == "event" and r.sentence >= scene.sentence.index - LOOK_BACK]
    acts: list[Match | Record] = [*reversed(here), *reversed(recent)]
    for act in acts:
        answerers = tuple(actor for actor in act.actor if actor.code not in own)
        towards_us = bool(own & {actor.code for actor in act.recipient})
        blamed = match.type == "ACCUSE" and match.clause.kind == "verb" and act.type not in ("ACCUSE", "REJECT")
        if answerers and (towards_us or blamed or (match.type == "REJECT" and act.type in INITIATIVES)):
            return answerers
    return ()


def _only_other(scene: Scene, match: Match, _: list[Match]) -> Side:
    """Return the one party besides the actor that the sentence names; empty where it names several or only things of them."""
    own = _own(scene, match)
    found = tuple(actor for code, actor in _named(scene).items() if code not in own)
    return found if len(found) == 1 else ()


def _own(scene: Scene, match: Match) -> set[str | None]:
    """Return the codes of who acts, and of whom its words name: the kin of a minority is no other party."""
    named = (scene.reference(i) for i in match.actor_tokens)
    return {actor.code for actor in match.actor} | {a.code for reference in named if reference for a in reference.actors}


def _named(scene: Scene) -> dict[str, Actor]:
    """Return the parties that a sentence names, by code, not those of whom it only names a thing or a place."""
    found: dict[str, Actor] = {}
    for token in scene.tokens:
        reference = scene.reference(token.i)
        if reference is not None and reference.link in NAMING and not _is_aside(scene, token):
            for actor in reference.actors:
                if actor.code:
                    found.setdefault(actor.code, actor)
    return found


def _is_aside(scene: Scene, token: Token) -> bool:
    """Return whether a name is no party: it says whose paper tells the news, or to whom a minority is kin."""
    return _reports(scene, token) or names_kin(scene, token.i)


def _reports(scene: Scene, token: Token) -> bool:
    """Return whether a phrase only says whose paper or agency tells the news: "the Czech news agency CTK reported"."""
    noun = token
    while noun.dep in PARTS_OF_NAME and noun.head != noun.i:
        noun = scene.tokens[noun.head]
    return noun.lemma.lower() in PRESS and (noun.relation == "nsubj" or _is_source(scene, noun))


def _is_source(scene: Scene, noun: Token) -> bool:
    return any(t.lemma.lower() in ("accord", "according") for t in scene.sentence.dependents(noun.i, "case"))


PARTS_OF_NAME = frozenset({"amod", "compound", "appos", "flat", "nmod:poss", "nmod:desc"})
PRESS = frozenset({"agency", "newspaper", "paper", "daily", "weekly", "radio", "television", "broadcaster", "station", "network"})


def _parties(scene: Scene, match: Match) -> Side:
    """Return between whom a broker mediates: the two or three others of the sentence, else both sides of the act told before."""
    own = {actor.code for actor in match.actor}
    others = tuple(a for code, a in _named(scene).items() if code not in own)
    if 2 <= len(others) <= 3:
        return others
    for record in reversed(scene.before.records):
        sides = {a.code: a for a in (*record.actor, *record.recipient) if a.code}
        if record.sentence >= scene.sentence.index - LOOK_BACK and len(sides) == 2 and own.isdisjoint(sides):
            return tuple(sides.values())
    return others


def _last_doer(scene: Scene, match: Match, standing: list[Match]) -> Side:
    """Return the other party that acted last before the act in its sentence."""
    if match.incomplete or match.type not in TURNED_BACK:
        return ()
    own = {actor.code for actor in match.actor}
    before = sorted(
        (m for m in standing if m.kind == "event" and m.clause.head < match.clause.head), key=lambda m: -m.clause.head
    )
    doers = (tuple(a for a in m.actor if a.code and a.code not in own) for m in before)
    return next((others for others in doers if others), ())


def _first_named(scene: Scene, match: Match, _: list[Match]) -> Side:
    """Return the other party that the sentence names first, where it is the one to which such an act mostly turns back."""
    if match.incomplete or match.type not in TURNED_BACK:
        return ()
    return next(_others_named(match, scene, scene.tokens), ())


def _nearest(scene: Scene, match: Match, _: list[Match]) -> Side:
    """Return the other party that the sentence named last before the act, else the first behind it.

    Where only a recipient would make a record of the words, this is too little.
    """
    if match.incomplete and match.type not in BY_FORCE:
        return ()
    return _named_nearest(scene, match)


def _named_nearest(scene: Scene, match: Match) -> Side:
    head = match.clause.head
    return next(_others_named(match, scene, (*reversed(scene.tokens[:head]), *scene.tokens[head:])), ())


def _first_and_nearest(scene: Scene, match: Match, _: list[Match]) -> Side:
    """Return the other party that is both the first and the nearest one, of a break that a verb tells."""
    if match.type != "SANCTION" or match.clause.kind != "verb":
        return ()
    nearest = _named_nearest(scene, match)
    return nearest if nearest == next(_others_named(match, scene, scene.tokens), ()) else ()


def _others_named(match: Match, scene: Scene, tokens: Iterable[Token]) -> Iterator[Side]:
    """Yield the other parties that the tokens name, in the order of the tokens."""
    own = _own(scene, match)
    for token in tokens:
        reference = scene.reference(token.i)
        if reference is not None and reference.link in NAMING and not _is_aside(scene, token):
            others = tuple(a for a in reference.actors if a.code and a.code not in own)
            if others:
                yield others


BY_ACTS = (
    (_of_where, "where it was said"),
    (_of_clause_beside, "the recipient of the clause that it is coordinated with"),
    (_of_receiver, "who acts on what was said to it"),
    (_of_answered_act, "who did what this act answers"),
)
"""Where a recipient is looked for first: in what else is told; each with the reason that the recipient carries."""

BY_NAMES = (
    (_only_other, "the only other party that the sentence names"),
    (_last_doer, "who acted before it"),
    (_first_named, "the other party that the sentence names first"),
    (_nearest, "the other party named next to the act"),
    (_focus, "the text's main state; the clause names no recipient"),
    (_last_counterpart, "the other party of the act told before"),
    (_first_and_nearest, "the other party named first and next to the act"),
)
"""Then: among who is named."""

AT_HOME = (
    (_own_people, "a party within the actor's own state that the words name"),
    (_own_place, "an act in a place or on a body of the actor's own state"),
    (_own_state, "the actor's own state; the act names nobody else"),
)
"""Last: within the actor's own state."""


def _because(actors: Side, reason: str) -> Side:
    return tuple(replace(actor, reason=reason) for actor in actors)


def complete(record: Record, recipient: Side, actor: Side = ()) -> Record:
    """Return the record with the sides that were inferred, less sure of it; as it is where none was."""
    if not recipient and not actor:
        return record
    sure = round(max(record.confidence - 0.2, 0.05), 3)
    return replace(record, actor=actor or record.actor, recipient=recipient or record.recipient, confidence=sure)
