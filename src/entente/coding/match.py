"""Patterns over clauses: which entries of the codebook a sentence fulfils, and with whom."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from msgspec import Struct
from msgspec.structs import replace

from entente.codebook.entry import CONTENT, Alternatives, Pattern
from entente.codebook.load import Codebook
from entente.coding.contents import find_contents
from entente.coding.home import find_home, find_victim
from entente.coding.minorities import minority_at_home
from entente.coding.scene import MONTHS, Scene
from entente.records.actors import Actor
from entente.records.annotations import Clause, Token

TRIGGER_POS = {
    "VERB": ("verb",),
    "AUX": ("verb",),
    "NOUN": ("noun", "copula"),
    "PROPN": ("noun", "copula"),
    "ADJ": ("adjective", "verb"),
    "ADV": ("adjective",),
    "ADP": ("adjective",),
}
DENYING_PREFIXES = frozenset({"non", "anti", "un", "ex", "pro", "post", "pre", "would-be"})
"""Prefixes that make another thing of the word behind them."""

CLAUSE_KIND = {"verb": "verb", "noun": "noun", "adjective": "copula", "copula": "copula"}

PLACE_STEPS = frozenset({"in", "at", "inside", "across"})
"""An actor path that ends in one of these asks for the place: "thousands protested in Minsk"."""

BETWEEN_STATES = frozenset(f"event/{type_}" for type_ in ("AGREE", "CONSULT", "SUPPORT", "COOPERATE", "AID", "MOBILIZE"))
"""Events between states: one that leads back to the actor's own state has not found its recipient."""

DEALT_AT_HOME = BETWEEN_STATES - {"event/COOPERATE", "event/MOBILIZE"}
"""Of those, what a government does with a party within its state as well."""

PARTIES = frozenset({"REB", "SEP", "INS", "OPP", "PTY", "LAB", "REL", "CVL", "EDU", "AGR", "REF", "SOC", "JRN", "MED"})
"""Sectors of parties within a state with which its government deals as with another."""

OPPOSED = frozenset({"REB", "SEP", "INS", "OPP", "LAB", "PTY"})
"""Of those, to whom a government that is called by its state's name speaks as to another."""

Words = tuple[str, ...]


class Match(Struct, frozen=True):
    """A pattern that holds: its clause, who takes part, and the tokens that its words used."""

    pattern: Pattern
    clause: Clause
    actor: tuple[Actor, ...]
    recipient: tuple[Actor, ...]
    used: tuple[int, ...]
    actor_tokens: tuple[int, ...] = ()
    recipient_tokens: tuple[int, ...] = ()

    @property
    def kind(self) -> str:
        """The kind of record that the pattern's entry makes."""
        return self.pattern.entry.partition("/")[0]

    @property
    def type(self) -> str:
        """The type of record that the pattern's entry makes."""
        return self.pattern.entry.partition("/")[2]

    @property
    def incomplete(self) -> bool:
        """Whether the recipient that the pattern requires is still to be found outside the clause."""
        return not self.recipient and not self.pattern.symmetric and "recipient" in self.pattern.requires

    @property
    def weight(self) -> tuple[int, float]:
        """How specific the pattern is: its conditions and particles, then its confidence."""
        return len(self.pattern.where) + len(self.used), self.pattern.confidence


class Near(Struct, frozen=True):
    """A pattern whose trigger and words hold but which gives no record, and why."""

    pattern: Pattern
    clause: Clause
    reason: str


class Matcher:
    """All patterns of a codebook, by trigger and word."""

    def __init__(self, codebook: Codebook) -> None:
        self._index: dict[tuple[str, str], list[tuple[Words, Pattern]]] = defaultdict(list)
        for entry in codebook.entries.values():
            for pattern in entry.patterns:
                for word in pattern.words:
                    key = word[0] if pattern.trigger == "verb" else word[-1]
                    self._index[pattern.trigger, key].append((word, pattern))

    def match(self, scene: Scene) -> Iterator[Match | Near]:
        """Yield every pattern that the sentence fulfils, in the order of the words, and those that came near."""
        for token in scene.tokens:
            if (token.pos == "PROPN" and token.text in MONTHS) or (token.pos == "AUX" and token.relation == "aux"):
                continue
            triggers = TRIGGER_POS.get(token.pos, ())
            if is_gerund_noun(scene, token):
                triggers = (*triggers, "verb")
            for trigger in triggers:
                for pattern, particles in self._candidates(scene, trigger, token):
                    for content in contents_of(scene, pattern, token.i):
                        found = match_pattern(scene, pattern, token.i, particles, content)
                        if found is not None:
                            yield found

    def _rows(self, trigger: str, token: Token) -> list[tuple[Words, Pattern]]:
        """Return the patterns that a token may trigger, by its lemma, its form, or what its prefix stands before."""
        for word in trigger_words(token):
            rows = self._index.get((trigger, word))
            if rows:
                return rows
        return []

    def _candidates(self, scene: Scene, trigger: str, token: Token) -> Iterator[tuple[Pattern, tuple[int, ...]]]:
        rows = self._rows(trigger, token)
        for word, pattern in rows:
            if len(word) == 1:
                yield pattern, ()
            elif trigger == "verb":
                if all(scene.has_particle(token.i, part) for part in word[1:]):
                    yield pattern, (token.i,) * (len(word) - 1)
            elif scene.is_word(token.i, word):
                yield pattern, (token.i,)


def is_gerund_noun(scene: Scene, token: Token) -> bool:
    """Return whether a noun in -ing tells an act with its parties: "Turkey's shooting down of a bomber"."""
    if token.pos != "NOUN" or not token.text.lower().endswith("ing"):
        return False
    return any(t.dep == "nmod:poss" or scene.sentence.first(t.i, "case") for t in scene.sentence.dependents(token.i, "nmod"))


def trigger_words(token: Token) -> Iterator[str]:
    """Yield the words by which a token can be a trigger: its lemma, and "sanction" for "counter-sanction"."""
    lemma = token.lemma.lower()
    yield lemma
    if token.pos == "PROPN":
        yield token.text.lower()
    if token.pos == "NOUN" and lemma.endswith("ing"):
        yield from (lemma[:-3], lemma[:-3] + "e", lemma[:-4])
    prefix, hyphen, rest = lemma.rpartition("-")
    if hyphen and prefix not in DENYING_PREFIXES:
        yield rest


def contents_of(scene: Scene, pattern: Pattern, i: int) -> tuple[int | None, ...]:
    """Return each clause that token ``i`` undertakes, for a pattern that asks for one; else a single None."""
    asks = any(condition.path[0] == CONTENT for condition in pattern.where)
    return find_contents(scene.sentence, i) if asks else (None,)


def match_pattern(
    scene: Scene, pattern: Pattern, i: int, particles: tuple[int, ...] = (), content: int | None = None
) -> Match | Near | None:
    """Return the match of a pattern at trigger token ``i``; why it fails where its words hold; None where they do not.

    ``content`` is the clause that stands under the role of that name: of several that are undertaken each is its own match.
    """
    clause = scene.clauses.get(CLAUSE_KIND[pattern.trigger], i)
    if content is not None:
        clause = replace(clause, roles={**clause.roles, CONTENT: (content,)})
    if not _form_fits(scene, pattern, clause):
        return None
    used: list[int] = list(particles)
    lenders: tuple[int, ...] = ()
    for condition in sorted(pattern.where, key=lambda c: c.path != ("object",)):
        holds, matched = scene.holds(condition, clause, lenders)
        if not holds:
            return None
        used += matched
        if condition.path == ("object",):
            lenders = matched
    for condition in pattern.unless:
        if scene.holds(condition, clause, lenders)[0]:
            return None
    return _with_participants(scene, pattern, clause, tuple(used), lenders)


def _form_fits(scene: Scene, pattern: Pattern, clause: Clause) -> bool:
    if pattern.passive is not None and pattern.passive != clause.passive:
        return False
    if pattern.clause == "any":
        return True
    infinitive = "VerbForm=Inf" in scene.tokens[clause.head].feats
    return infinitive == (pattern.clause == "infinitive")


def _with_participants(
    scene: Scene, pattern: Pattern, clause: Clause, used: tuple[int, ...], lenders: tuple[int, ...]
) -> Match | Near:
    event = pattern.entry.startswith("event/")
    actor, actor_tokens = _side(scene, pattern.actor, clause, lenders, acting=True, other=(), within=event)
    recipient, recipient_tokens = _side(
        scene,
        pattern.recipient,
        clause,
        lenders,
        acting=False,
        other=actor,
        taken=actor_tokens,
        home=not _between_states(pattern),
        within=event,
    )
    told = pattern.entry.startswith(("event/", "commitment/"))
    if told and not recipient and pattern.recipient and actor and not (pattern.symmetric and len(actor) > 1):
        venue = pattern.entry in BETWEEN_STATES and len({someone.code for someone in actor}) > 1
        recipient, recipient_tokens = _governed(scene, clause, actor, (*actor_tokens, *used), venue=venue)
    recipient = _others(pattern, actor, recipient)
    if pattern.symmetric and not recipient and len(actor) > 1 and len({someone.code for someone in actor}) == 1:
        actor, recipient = actor[:1], actor[1:]
    if "actor" in pattern.requires and not any(someone.code for someone in actor):
        actor = find_home(scene, pattern, clause) or actor
    struck = () if any(someone.code for someone in actor) else find_victim(scene, pattern, clause)
    recipient = recipient or struck
    missing = _missing(pattern, actor, recipient)
    if missing and not struck:
        return Near(pattern, clause, missing)
    return Match(pattern, clause, actor, recipient, used, actor_tokens, recipient_tokens)


def _others(pattern: Pattern, actor: tuple[Actor, ...], recipient: tuple[Actor, ...]) -> tuple[Actor, ...]:
    """Leave out of the recipients who acts: always beside others, and alone where a state deals with a state.

    A party within the state stays: rebels promise talks to its government, unions back its president.
    """
    own = {(someone.code, someone.sector) for someone in actor}
    others = tuple(someone for someone in recipient if (someone.code, someone.sector) not in own)
    if _between_states(pattern):
        codes = {someone.code for someone in actor}
        dealt = pattern.entry in DEALT_AT_HOME
        parties = dealt and any(someone.sector in PARTIES for someone in actor)
        return tuple(
            someone for someone in others if someone.code not in codes or parties or (dealt and someone.sector in OPPOSED)
        )
    return others or recipient


def _between_states(pattern: Pattern) -> bool:
    """Return whether what is told has another state or body as its recipient, never the actor's own."""
    return pattern.entry in BETWEEN_STATES or not pattern.entry.startswith("event/")


def _missing(pattern: Pattern, actor: tuple[Actor, ...], recipient: tuple[Actor, ...]) -> str:
    if pattern.symmetric and "actor" in pattern.requires and len({(a.code, a.sector) for a in (*actor, *recipient)}) < 2:
        return "it takes two or more actors, and fewer were found"
    event = pattern.entry.startswith("event/")
    known = actor if event else tuple(someone for someone in actor if someone.code)
    if "actor" in pattern.requires and not known and not pattern.symmetric:
        return "no actor was found"
    completable = pattern.entry.startswith(("event/", "commitment/", "tie/membership")) or pattern.symmetric
    if "recipient" in pattern.requires and not recipient and not completable:
        return "no recipient was found"
    if not any(someone.code for someone in (*actor, *recipient)):
        return "neither side is a state or an organisation that is known"
    return ""


def _governed(
    scene: Scene, clause: Clause, actor: tuple[Actor, ...], taken: tuple[int, ...], *, venue: bool
) -> tuple[tuple[Actor, ...], tuple[int, ...]]:
    """Return the first other party below the predicate, where no path led to one ("condemned what it called attacks by X").

    ``taken`` are tokens that say who acts or what is done: the army that a state moves is nobody it moves against.
    ``venue``: several deal with each other, so that a state after "in" is only where.
    """
    own = {someone.code for someone in actor}
    root = clause.light if clause.light is not None else clause.head
    for i in scene.governed(root):
        reference = scene.reference(i)
        if i in taken or reference is None or reference.link in ("place", "none", "adjective"):
            continue
        if venue and any(t.text.lower() in ("in", "at") for t in scene.sentence.dependents(i, "case")):
            continue
        others = tuple(a for a in reference.actors if a.code and a.code not in own)
        if others and len(others) == len(reference.actors):
            beside = [t.i for t in scene.sentence.dependents(i, "conj")]
            joined = tuple(_distinct((*others, *(a for j in beside for a in scene.affected(j) if a.code and a.code not in own))))
            return joined, (i, *beside)
    return (), ()


def _side(
    scene: Scene,
    alternatives: Alternatives,
    clause: Clause,
    lenders: tuple[int, ...],
    *,
    acting: bool,
    other: tuple[Actor, ...],
    taken: tuple[int, ...] = (),
    home: bool = True,
    within: bool = False,
) -> tuple[tuple[Actor, ...], tuple[int, ...]]:
    """Return the actors of the first alternative that leads to any, and the tokens that name them.

    An alternative that only leads back to the other side ("withdrew its troops") is passed over; a place or people ``home``
    in its own state are not. ``within``: a minority is a party of the state that it lives in, not of the one it is kin to.
    """
    for union in alternatives:
        tokens = tuple(i for path in union for i in scene.walk(path, clause, lenders) if i not in taken)
        anyhow = not acting or any(path[-1] in PLACE_STEPS for path in union)
        found = tuple(
            _distinct(
                actor
                for i in tokens
                for actor in ((within and minority_at_home(scene, i)) or (scene.affected(i) if anyhow else scene.acting(i)))
            )
        )
        if acting and not tokens and ("subject",) in union and scene.continues(clause):
            found = scene.before.topic
        if not found:
            continue
        if other and _same_party(scene, tokens, found, other) and not (home and _at_home(scene, tokens)):
            continue
        return found, tokens
    return (), ()


def _same_party(scene: Scene, tokens: tuple[int, ...], found: tuple[Actor, ...], other: tuple[Actor, ...]) -> bool:
    """Return whether the actors found are the other side itself, or its state by a mere thing of it ("Afghan sovereignty")."""
    own, codes = {(a.code, a.sector) for a in other}, {a.code for a in other}
    links = {reference.link for i in tokens if (reference := scene.reference(i)) is not None}
    things = links <= {"possession", "pronoun", "adjective"}
    return all((a.code, a.sector) in own or (things and a.sector is None and a.code in codes) for a in found)


def _at_home(scene: Scene, tokens: tuple[int, ...]) -> bool:
    """Return whether the words name a place or people of the actor's own state ("a curfew in Srinagar"), not its things."""
    references = [reference for i in tokens if (reference := scene.reference(i)) is not None]
    return any(
        r.link == "place"
        or (r.link == "role" and any(actor.sector for actor in r.actors))
        or (r.link == "name" and any(actor.kind == "person" for actor in r.actors))
        for r in references
    )


def _distinct(actors: Iterable[Actor]) -> Iterator[Actor]:
    seen: set[tuple[str | None, str | None]] = set()
    for actor in actors:
        key = (actor.code or actor.text, actor.sector)
        if key not in seen:
            seen.add(key)
            yield actor
