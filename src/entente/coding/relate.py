"""What a sentence says between two given spans: an answer always, with a confidence that says how far it is a guess.

The spans stand in for two actors, A and B, whatever they name; the codebook's patterns are matched as ever, and the matches
compete: one that leads from A to B wins, then one that has either of them on its side, then one whose trigger stands between the
two in the tree. Where no pattern holds, the codebook's trigger words vote, those near the two spans most.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

import numpy as np
from msgspec import Struct
from msgspec.structs import replace

from entente.codebook.entry import Pattern
from entente.codebook.load import Codebook
from entente.codebook.roots import load_roots
from entente.coding.events import standing_events
from entente.coding.match import TRIGGER_POS, Match, Matcher, Near
from entente.coding.scene import Scene
from entente.records.actors import Actor
from entente.records.annotations import Clause, Link, Reference, ResolvedDocument, Sentence, Status
from entente.records.judgement import Judgement

A, B = "A", "B"
Span = tuple[int, int]
"""Code points, half-open."""


class Relation(Struct, frozen=True):
    """What is said between two spans. ``coded_by`` is the entry and pattern, or "words" or "default" where it is a guess."""

    type: str
    mode: str | None
    quad: int
    status: Status
    confidence: float
    coded_by: str


# --- the two parties ----------------------------------------------------------------------------------------------------


def mark_parties(resolved: ResolvedDocument, parties: Mapping[str, Iterable[Span]]) -> ResolvedDocument:
    """Return the document with stand-ins in the place of what the spans, and what refers to the same, refer to.

    Args:
        resolved: The document.
        parties: The spans of each stand-in, in code points, half-open; a span may be one of several stand-ins'.
    """
    heads: dict[tuple[int, int], tuple[str, ...]] = {}
    extents: dict[tuple[int, int], tuple[int, int]] = {}
    inside: set[tuple[int, int]] = set()
    for code, spans in parties.items():
        for sentence in resolved.parsed.sentences:
            for span in spans:
                tokens = _inside(sentence, span)
                inside |= {(sentence.index, i) for i in tokens}
                for i in _heads(sentence, tokens):
                    extents[sentence.index, i] = _extent(sentence, tokens)
                    heads[sentence.index, i] = tuple(dict.fromkeys((*heads.get((sentence.index, i), ()), code)))
    known = _known_codes(resolved, heads)
    references: dict[tuple[int, int], Reference] = {}
    for place, reference in resolved.references.items():
        if place not in inside:
            references[place] = _outside(resolved, reference, heads, known)
    for place, codes in heads.items():
        references[place] = _stand_in(resolved, place, codes, extents[place])
    return ResolvedDocument(resolved.parsed, references, ())


def _inside(sentence: Sentence, span: Span) -> set[int]:
    return {t.i for t in sentence.tokens if t.start < span[1] and span[0] < t.end}


def _extent(sentence: Sentence, tokens: set[int]) -> tuple[int, int]:
    return sentence.tokens[min(tokens)].start, sentence.tokens[max(tokens)].end


def _heads(sentence: Sentence, tokens: set[int]) -> Iterator[int]:
    """Yield the tokens of a span that hang on something outside it."""
    for i in sorted(tokens):
        token = sentence.tokens[i]
        if token.pos != "PUNCT" and token.dep != "case" and (token.head == i or token.head not in tokens):
            yield i


def _party(resolved: ResolvedDocument, place: tuple[int, int], code: str) -> Actor:
    original = resolved.references.get(place)
    kind = original.actors[0].kind if original is not None and original.actors else "state"
    sentence = resolved.parsed.sentences[place[0]]
    return Actor(code, sentence.tokens[place[1]].text, kind="state" if kind == "unknown" else kind)


def _stand_in(resolved: ResolvedDocument, place: tuple[int, int], codes: tuple[str, ...], extent: tuple[int, int]) -> Reference:
    token = resolved.parsed.sentences[place[0]].tokens[place[1]]
    link: Link = "adjective" if token.pos == "ADJ" and token.dep == "amod" else "name"
    return Reference(place[0], place[1], link, tuple(_party(resolved, place, code) for code in codes), *extent)


def _known_codes(
    resolved: ResolvedDocument, heads: dict[tuple[int, int], tuple[str, ...]]
) -> dict[tuple[str | None, str | None], str]:
    """Return which party an actor is that a span refers to; those that several refer to are left out."""
    table: dict[tuple[str | None, str | None], set[str]] = defaultdict(set)
    for place, codes in heads.items():
        reference = resolved.references.get(place)
        for actor in reference.actors if reference else ():
            if actor.code or actor.entity:
                table[actor.code, actor.sector].update(codes)
    return {key: next(iter(found)) for key, found in table.items() if len(found) == 1}


def _outside(
    resolved: ResolvedDocument,
    reference: Reference,
    heads: dict[tuple[int, int], tuple[str, ...]],
    known: dict[tuple[str | None, str | None], str],
) -> Reference:
    """Return a reference outside the spans with the parties in it: "its", or "decision" of "Buhari's decision"."""
    sentence = resolved.parsed.sentences[reference.sentence]
    owners = [t.i for t in sentence.dependents(reference.head, "nmod:poss", "amod", "compound")]
    for i in owners:
        beside = [i, *(t.i for t in sentence.dependents(i, "conj"))]
        named = [(j, code) for j in beside for code in heads.get((reference.sentence, j), ())]
        if named:
            return _with_actors(reference, tuple(_party(resolved, (reference.sentence, j), code) for j, code in named))
    actors = tuple(
        Actor(known[a.code, a.sector], a.text, kind=a.kind) if (a.code, a.sector) in known else a for a in reference.actors
    )
    return _with_actors(reference, actors)


def _with_actors(reference: Reference, actors: tuple[Actor, ...]) -> Reference:
    return Reference(reference.sentence, reference.head, reference.link, actors, reference.start, reference.end)


# --- matches that compete -----------------------------------------------------------------------------------------------

QUADS = "relations"
"""The scheme of quads, of the vocabulary's."""

AS_EVENT = {
    "position/support": "SUPPORT",
    "position/oppose": "REJECT",
    "vote/for": "SUPPORT",
    "vote/against": "REJECT",
    "vote/abstain": "REJECT",
    "commitment": "AGREE",
}
"""What event a record of another kind, or of a whole kind, tells where no event does."""

PROMISES = frozenset(
    {"promised-concession", "ready-to-concede", "prepared-to-concede", "promise-of-concession", "promised-to-thing"}
)
"""Patterns of concessions that are only promised: between two spans that is AGREE."""

DECIDING = frozenset({"decide", "approve", "resolve", "vote", "order"})
"""Verbs after which an act is as good as done."""

READY = frozenset({"willing", "ready", "prepared"})
"""Adjectives of those who would act: what they are willing to do they promise."""

COOPERATIVE = frozenset({"AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT"})
HOSTILE = frozenset({"PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"})
DEFAULT = "ACCUSE"
SURE = 2.0
"""Points below which single words say more than a match; with them on two thirds of a set of 1,050 sentences F1 was best."""


BEYOND = 7.0
"""Logits by which an answer can be ahead of all others together; more says no more."""

FAR = -1.0
"""Closeness to the path between the spans up to which a word tells of it."""


class Candidate(Struct, frozen=True):
    """One reading: a type with its points; the most points win."""

    type: str
    points: float
    pattern: Pattern
    status: Status


class Relater:
    """Says what stands between two spans, by a codebook."""

    def __init__(self, codebook: Codebook, weights: Mapping[str, float] | None = None) -> None:
        """Take a codebook, and with a learned reader the weights of the two voices (see ``Fusion.relate``)."""
        self.vocabulary = codebook.vocabulary
        self.weights = weights or {}
        self.matcher = Matcher(codebook)
        self.words = TriggerWords(codebook)
        self.roots = load_roots()

    def relate(self, scenes: Sequence[Scene], judgements: Sequence[Judgement | None] = ()) -> Relation:
        """Return the relation between A and B, whom :func:`mark_parties` put into the scenes.

        Args:
            scenes: The sentences.
            judgements: What the learned reader says of each; without it the rules answer alone.
        """
        relation = self._by_rule(scenes)
        readings = [read for pair in zip(scenes, judgements, strict=False) if (read := _reading(*pair))]
        if readings:
            relation = self._weigh(relation, max(readings, key=lambda read: max(read.values())))
        return self._by_root(scenes, relation)

    def _by_root(self, scenes: Sequence[Scene], relation: Relation) -> Relation:
        """Return the relation with the type of its CAMEO root, where that is another than PLOVER 2.0's."""
        lemmas: set[str] = set()
        for scene in scenes:
            path = Path.between(scene)
            lemmas |= {t.lemma.lower() for t in scene.tokens if path.closeness(t.i) > FAR}
        root = next((root for root in self.roots if root.holds(relation.type, lemmas)), None)
        if root is None:
            return relation
        return replace(relation, type=root.type, mode=None, quad=self.vocabulary.quad(root.type, QUADS) or 0)

    def _by_rule(self, scenes: Sequence[Scene]) -> Relation:
        candidates = [candidate for scene in scenes for candidate in self._candidates(scene)]
        best = max(candidates, key=lambda c: c.points, default=None)
        if best is not None and best.points >= SURE:
            return self._relation(best, min(0.9, 0.4 + 0.06 * best.points))
        guess = self.words.guess(scenes)
        if guess is not None:
            return Relation(guess, None, self.vocabulary.quad(guess, QUADS) or 0, "actual", 0.3, "words")
        if best is not None:
            return self._relation(best, 0.2)
        return Relation(DEFAULT, None, self.vocabulary.quad(DEFAULT, QUADS) or 0, "actual", 0.1, "default")

    def _weigh(self, relation: Relation, reading: dict[str, float]) -> Relation:
        """Return the likeliest type by rule and reader together.

        ``reader`` scales the reader's logits, and ``trust`` says how far a rule's confidence goes against them: where a pattern
        leads from the one to the other the reader seldom overrules it. How often an answer as likely as that is right is told
        by ``slope`` and ``shift``.
        """
        weights = self.weights
        points = {type_: weights["reader"] * logit for type_, logit in reading.items()}
        points[relation.type] = points.get(relation.type, 0.0) + weights["trust"] * relation.confidence
        best = max(points, key=lambda type_: points[type_])
        others = [value for type_, value in points.items() if type_ != best]
        ahead = min(points[best] - float(np.logaddexp.reduce(others)), BEYOND)
        confidence = round(1 / (1 + math.exp(-weights["slope"] * ahead - weights["shift"])), 2)
        if best == relation.type:
            return replace(relation, confidence=confidence)
        quad = self.vocabulary.quad(best, QUADS) or 0
        return Relation(best, None, quad, "actual", confidence, f"reader/{best}")

    def _relation(self, best: Candidate, confidence: float) -> Relation:
        mode = best.pattern.mode if best.pattern.mode in self.vocabulary.modes_of(best.type) else None
        quad = self.vocabulary.quad(best.type, QUADS) or 0
        return Relation(best.type, mode, quad, best.status, round(confidence, 2), _name(best.pattern))

    def _candidates(self, scene: Scene) -> Iterator[Candidate]:
        found = list(self.matcher.match(scene))
        matches = [item for item in found if isinstance(item, Match)]
        stands = {id(match): not reason for match, reason in standing_events(scene, matches)}
        path = Path.between(scene)
        for item in found:
            type_ = _event_type(item)
            if type_ is None:
                continue
            status: Status = item.pattern.status or item.clause.status  # type: ignore[assignment]
            told = _as_told(scene, type_, item.pattern.id, item.clause, status)
            points = _points_of_match(item, stands.get(id(item), False)) if isinstance(item, Match) else _points_of_near(item)
            points += path.closeness(item.clause.head) - (0 if item.pattern.entry.startswith("event/") else 1.0)
            points -= 3.0 * path.is_party(item.clause.head)
            yield Candidate(told, points, item.pattern, status if told == type_ else "actual")


def _name(pattern: Pattern) -> str:
    return f"{pattern.entry}/{pattern.id}"


def _event_type(item: Match | Near) -> str | None:
    kind, _, type_ = item.pattern.entry.partition("/")
    return type_ if kind == "event" else AS_EVENT.get(item.pattern.entry, AS_EVENT.get(kind))


def _as_told(scene: Scene, type_: str, pattern: str, clause: Clause, status: Status) -> str:
    """Return the type of an act as it is told: a promise is AGREE, a hostile act to come THREATEN, a denied kindness REJECT."""
    if type_ in COOPERATIVE and (status == "negated" or _denied(scene, clause)):
        return "REJECT"
    if type_ == "CONCEDE" and pattern in PROMISES:
        return type_ if _has_decided(scene, clause) else "AGREE"
    if type_ in COOPERATIVE | HOSTILE and _is_announced(scene, clause, status):
        return "AGREE" if type_ in COOPERATIVE else "THREATEN"
    return type_


def _denied(scene: Scene, clause: Clause) -> bool:
    """Return whether the verb has a *not* of its own, "will not lift it until …" included, which is a refusal for now."""
    verb = clause.head if clause.light is None else clause.light
    negators = [t for t in scene.sentence.dependents(verb, "advmod") if t.text.lower() in scene.words.negators]
    return any(
        scene.tokens[t.i + 1].text.lower() not in ("only", "just", "merely") for t in negators if t.i + 1 < len(scene.tokens)
    )


def _has_decided(scene: Scene, clause: Clause) -> bool:
    """Return whether what is promised was decided already: between two spans that is the act."""
    above = [scene.tokens[clause.head], *scene.heads_of(clause.head)]
    return any(token.lemma in DECIDING for token in above)


def _is_announced(scene: Scene, clause: Clause, status: Status) -> bool:
    """Return whether an act to come is promised, planned or told with *will* or *would*, not a purpose and not decided."""
    verb = clause.head if clause.light is None else clause.light
    if status not in ("future", "hypothetical") and clause.kind != "noun":
        return False
    if scene.tokens[verb].head != verb and scene.tokens[scene.tokens[verb].head].lemma in READY:
        return True
    for token in (scene.tokens[verb], *scene.heads_of(verb)):
        modals = {t.text.lower() for t in scene.sentence.dependents(token.i, "aux")}
        if modals & scene.words.future_modals or (modals & scene.words.would and not _is_conditional(scene, token.i)):
            return True
        if status == "future" and token.i != verb and token.lemma in scene.words.planning:
            return token.lemma not in DECIDING
        if token.pos in ("VERB", "AUX") and (token.relation == "advcl" or status != "future"):
            return False
    return False


def _is_conditional(scene: Scene, i: int) -> bool:
    """Return whether a predicate depends on an *if*."""
    clauses = scene.sentence.dependents(i, "advcl")
    return any(t.text.lower() in scene.words.conditional_marks for c in clauses for t in scene.sentence.dependents(c.i, "mark"))


def _points_of_match(match: Match, stands: bool) -> float:
    actors, recipients = {a.code for a in match.actor}, {a.code for a in match.recipient}
    both = actors | recipients
    points = 0.0
    if match.pattern.symmetric and {A, B} <= both:
        points += 7
    else:
        points += 4 * (A in actors) + 3 * (B in recipients) - 2 * (B in actors) - 1.5 * (A in recipients)
    return points + stands + 0.2 * match.weight[0] + match.pattern.confidence


def _points_of_near(near: Near) -> float:
    return 0.5 + 0.2 * len(near.pattern.where) + near.pattern.confidence


def _reading(scene: Scene, judgement: Judgement | None) -> dict[str, float] | None:
    """Return the reader's logits of event types from A to B, told as between two spans; None where it doesn't see both."""
    codes = [party.code for party in judgement.parties] if judgement is not None else []
    if judgement is None or A not in codes or B not in codes:
        return None
    a, b = codes.index(A), codes.index(B)
    found: dict[str, float] = {}
    for number, label in enumerate(judgement.labels):
        if ":" not in label:
            trigger = judgement.trigger_of(number, [(a, b)])
            clause = scene.clauses.get("verb" if scene.tokens[trigger].pos in ("VERB", "AUX") else "noun", trigger)
            told = _as_told(scene, label, "", clause, clause.status)
            found[told] = max(found.get(told, -20.0), float(judgement.logits[a, b, number]))
    return found


class Path(Struct, frozen=True):
    """The tokens on the way through the tree from A to B, and how far each token stands from it."""

    distance: dict[int, int]
    parties: frozenset[int]

    @classmethod
    def between(cls, scene: Scene) -> Path:
        """Return the path between the first A and the first B of a sentence; of one of them to the root where one is missing."""
        places: dict[str, list[int]] = {A: [], B: []}
        for token in scene.tokens:
            reference = scene.reference(token.i)
            for actor in reference.actors if reference else ():
                if actor.code in places:
                    places[actor.code].append(token.i)
        if not places[A] and not places[B]:
            return cls({}, frozenset())
        chains = [_chain(scene, places[code][0]) for code in (A, B) if places[code]]
        common = set(chains[0]).intersection(*chains[1:]) if len(chains) > 1 else {chains[0][-1]}
        top = next(i for i in chains[0] if i in common)
        on_path = {i for chain in chains for i in chain[: chain.index(top) + 1]}
        return cls(_distances(scene, on_path), frozenset(i for tokens in places.values() for i in tokens))

    def is_party(self, i: int) -> bool:
        """Return whether a token heads one of the parties: what it says of itself is not said between the two."""
        return i in self.parties

    def closeness(self, i: int) -> float:
        """Return 1.5 on the path, less for each step away from it, never below -1.5."""
        steps = self.distance.get(i)
        return -1.5 if steps is None else max(1.5 - steps, -1.5)


def _chain(scene: Scene, i: int) -> list[int]:
    return [i, *(token.i for token in scene.sentence.ancestors(i))]


def _distances(scene: Scene, sources: set[int]) -> dict[int, int]:
    found = dict.fromkeys(sources, 0)
    level = list(sources)
    while level:
        nearby = [(k, found[j] + 1) for j in level for k in (*scene.sentence.children[j], scene.tokens[j].head)]
        level = []
        for k, steps in nearby:
            if k not in found:
                found[k] = steps
                level.append(k)
    return found


# --- where no pattern holds ---------------------------------------------------------------------------------------------


class TriggerWords:
    """The codebook's trigger words as votes for types: a word that many types share says little."""

    def __init__(self, codebook: Codebook) -> None:
        self._patterns: dict[str, list[tuple[str, Pattern]]] = defaultdict(list)
        for entry in codebook.entries.values():
            if entry.kind == "event":
                for pattern in entry.patterns:
                    for word in pattern.words:
                        self._patterns[word[0] if pattern.trigger == "verb" else word[-1]].append((entry.id, pattern))

    def guess(self, scenes: Sequence[Scene]) -> str | None:
        """Return the type that most words of the scenes speak for, None where none does."""
        votes: defaultdict[str, float] = defaultdict(float)
        for scene in scenes:
            path = Path.between(scene)
            here = {t.lemma.lower() for t in scene.tokens} | {t.text.lower() for t in scene.tokens}
            for token in scene.tokens:
                weight = 2.0 ** path.closeness(token.i)
                for type_, share in self._votes(token.lemma.lower(), token.pos, here).items():
                    clause = scene.clauses.get("verb" if token.pos in ("VERB", "AUX") else "noun", token.i)
                    votes[_as_told(scene, type_, "", clause, clause.status)] += weight * share
        return max(votes, key=lambda type_: votes[type_], default=None)

    def _votes(self, lemma: str, pos: str, here: set[str]) -> dict[str, float]:
        """Return the shares of a word's types; a pattern whose other words stand nowhere in the sentence counts little."""
        votes: defaultdict[str, float] = defaultdict(float)
        for type_, pattern in self._patterns.get(lemma, ()):
            if pattern.trigger in TRIGGER_POS.get(pos, ()):
                listed = [c for c in pattern.where if c.lemmas or c.phrases]
                held = sum(bool(c.lemmas & here) for c in listed)
                votes[type_] += 1.0 if not listed else (0.9 if held == len(listed) else 0.15)
        total = max(sum(votes.values()), 1.0)
        return {type_: count / total for type_, count in votes.items()}
