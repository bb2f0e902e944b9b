"""What a pattern looks at: one sentence with its clauses, its references and the paths between them."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from msgspec import Struct

from entente.codebook.entry import Condition, RolePath
from entente.codebook.language import LanguageWords
from entente.coding.runs import names_likewise, names_listed, voters_before
from entente.records.actors import Actor
from entente.records.annotations import Clause, DatedDocument, Link, Reference, ResolvedDocument, Sentence, Token
from entente.records.record import Record
from entente.records.timespan import TimeSpan

ACTING_LINKS: frozenset[Link] = frozenset({"name", "adjective", "role", "pronoun", "description", "none"})
"""Links by which a phrase can name an agent; a thing or a place of an actor only where the thing acts for it."""

MONTHS = frozenset({"March", "May", "August"})
"""Months that are written like event words."""

ADJACENT = ("compound:prt", "advmod", "case", "xcomp")


class Clauses:
    """The clause views of one sentence, built once each. ``verb``, ``noun`` and ``copula`` make a clause for a token."""

    def __init__(self, verb: Callable[[int], Clause], noun: Callable[[int], Clause], copula: Callable[[int], Clause]) -> None:
        self._make = {"verb": verb, "noun": noun, "copula": copula}
        self._made: dict[tuple[str, int], Clause] = {}

    def get(self, kind: str, i: int) -> Clause:
        """Return the clause of token ``i`` seen as ``verb``, ``noun`` or ``copula``."""
        key = (kind, i)
        if key not in self._made:
            self._made[key] = self._make[kind](i)
        return self._made[key]


class Context(Struct, frozen=True):
    """What the sentences before tell: who acted last, which body was named last, the records, and the text's main state."""

    topic: tuple[Actor, ...] = ()
    body: tuple[Actor, ...] = ()
    records: tuple[Record, ...] = ()
    focus: Actor | None = None


class Scene:
    """One sentence as the matcher sees it."""

    def __init__(
        self,
        sentence: Sentence,
        clauses: Clauses,
        resolved: ResolvedDocument,
        dated: DatedDocument,
        words: LanguageWords,
        before: Context | None = None,
    ) -> None:
        self.before = before or Context()
        self.sentence = sentence
        self.clauses = clauses
        self.resolved = resolved
        self.dated = dated
        self.words = words

    @property
    def tokens(self) -> tuple[Token, ...]:
        """The sentence's tokens."""
        return self.sentence.tokens

    def reference(self, i: int) -> Reference | None:
        """Return what the phrase headed by token ``i`` refers to."""
        return self.resolved.references.get((self.sentence.index, i))

    def span_of(self, clause: Clause) -> TimeSpan | None:
        """Return the clause's date: its own, else that of the verb that carries it."""
        spans = self.dated.spans
        own = spans.get((clause.sentence, clause.head))
        if own is not None or clause.light is None or self._lies_before(clause.head):
            return own
        return spans.get((clause.sentence, clause.light))

    def _lies_before(self, noun: int) -> bool:
        """Return whether a noun is what prompts its verb: "recognised Kosovo at the urging of Rome", "despite a plea"."""
        marks = {token.text.lower() for token in self.sentence.dependents(noun, "case")}
        return self.tokens[noun].relation == "obl" and bool(marks & BEFOREHAND)

    def main_actors(self) -> tuple[Actor, ...]:
        """Return who acts in the main clause: the topic that a following sentence without a subject continues."""
        root = next((token for token in self.tokens if token.dep == "root"), None)
        if root is None:
            return self.before.topic
        clause = self.clauses.get("verb" if root.pos in ("VERB", "AUX") else "copula", root.i)
        found = tuple(actor for i in clause.roles.get("subject", ()) for actor in self.acting(i))
        return found or (self.before.topic if self.continues(clause) else ())

    def last_body(self) -> tuple[Actor, ...]:
        """Return the organisation named last, in the sentence or before it: where a vote without a body is cast."""
        found = self.before.body
        for token in self.tokens:
            reference = self.reference(token.i)
            if reference is not None and reference.link in ("name", "description"):
                named = tuple(a for a in reference.actors if a.kind == "organisation" and a.code)
                found = named or found
        return found

    def continues(self, clause: Clause) -> bool:
        """Return whether a finite clause leaves its subject to the sentence before ("And ultimately decided to …")."""
        token = self.tokens[clause.light if clause.light is not None else clause.head]
        above = {token.dep, *(t.dep for t in self.sentence.ancestors(token.i))}
        finite = "VerbForm=Fin" in token.feats and "Mood=Imp" not in token.feats
        return finite and not clause.passive and "subject" not in clause.roles and above <= {"root", "conj"}

    # --- paths ----------------------------------------------------------------------------------------------------------

    def walk(self, path: RolePath, clause: Clause, lenders: tuple[int, ...] = ()) -> tuple[int, ...]:
        """Return the tokens at the end of ``path``; ``lenders`` are objects whose prepositional phrases count as the verb's."""
        first, *rest = path
        if first == "self":
            here: tuple[int, ...] = (clause.head,)
        elif first == "sentence":
            here = tuple(token.i for token in self.tokens)
        elif first in RUNS:
            here = RUNS[first](self.sentence, clause.head, self._is_named)
        else:
            here = clause.roles.get(first, ())
            for lender in lenders:
                here += self.clauses.get("noun", lender).roles.get(first, ()) if first not in CORE_ROLES else ()
        for step in rest:
            here = tuple(j for i in here for j in self._step(i, step))
        return tuple(dict.fromkeys(here))

    def _is_named(self, i: int) -> bool:
        reference = self.reference(i)
        pronoun = self.tokens[i].pos in ("PRON", "DET")
        return reference is not None and not pronoun and any(actor.code for actor in reference.actors)

    def _step(self, i: int, step: str) -> tuple[int, ...]:
        if step == "self":
            return (i,)
        kind = "verb" if self.tokens[i].pos in ("VERB", "AUX") else "noun"
        if kind == "noun" and step in ("subject", "modal", "negation") and self.sentence.first(i, "cop"):
            kind = "copula"
        return self.clauses.get(kind, i).roles.get(step, ())

    # --- conditions -------------------------------------------------------------------------------------------------------

    def holds(self, condition: Condition, clause: Clause, lenders: tuple[int, ...] = ()) -> tuple[bool, tuple[int, ...]]:
        """Return whether a condition holds, and which tokens its words matched."""
        tokens = self.walk(condition.path, clause, lenders)
        if condition.referent == "none":
            return not tokens, ()
        if condition.referent == "any":
            return bool(tokens), ()
        if condition.referent is not None:
            return any(self.refers_to(i, condition.referent) for i in tokens), ()
        matched = tuple(i for i in tokens if self.is_among(i, condition.lemmas, condition.phrases))
        return bool(matched), matched

    def refers_to(self, i: int, kind: str) -> bool:
        """Return whether the phrase headed by ``i`` is an actor, state, country (not its people), body, person or place."""
        reference = self.reference(i)
        if reference is None:
            return False
        if kind == "place":
            return reference.link == "place" or any(actor.kind in ("place", "state") for actor in reference.actors)
        if kind == "actor":
            return reference.link in ACTING_LINKS
        if kind == "state":
            return reference.link != "place" and any(
                actor.code and actor.kind in ("state", "place") for actor in reference.actors
            )
        if kind == "country":
            return reference.link in ("name", "pronoun", "description") and any(
                a.code and a.kind in ("state", "place") for a in reference.actors
            )
        kinds = {"organisation": ("organisation", "bloc"), "person": ("person",)}[kind]
        return any(actor.kind in kinds for actor in reference.actors)

    def is_among(self, i: int, lemmas: frozenset[str], phrases: tuple[tuple[str, ...], ...]) -> bool:
        """Return whether token ``i`` is one of the lemmas, by its lemma or (a noun) its form, or heads one of the phrases."""
        token = self.tokens[i]
        lemma = token.lemma.lower()
        if token.pos == "PROPN" and token.text in MONTHS:
            return False
        if (
            lemma in lemmas
            or (lemma.startswith("counter-") and lemma[8:] in lemmas)
            or (token.pos not in ("VERB", "AUX") and token.text.lower() in lemmas)
        ):
            return True
        return any(self.is_word(i, phrase) for phrase in phrases)

    def is_word(self, i: int, word: tuple[str, ...]) -> bool:
        """Return whether token ``i`` is the word: a verb with its particles, or a noun with its modifiers."""
        token = self.tokens[i]
        if token.pos in ("VERB", "AUX"):
            return token.lemma.lower() == word[0] and all(self.has_particle(i, part) for part in word[1:])
        if token.lemma.lower() != word[-1] and token.text.lower() != word[-1]:
            return False
        return len(word) == 1 or set(word[:-1]) <= self._modifiers(i)

    def has_particle(self, i: int, particle: str) -> bool:
        """Return whether the verb at ``i`` has this particle or adverb, below it or right after it."""
        if i + 1 < len(self.tokens) and self.tokens[i + 1].text.lower() == particle:
            return True
        return any(token.text.lower() == particle and token.dep in ADJACENT for token in self.sentence.dependents(i, *ADJACENT))

    def _modifiers(self, i: int) -> set[str]:
        found: set[str] = set()
        for token in self.sentence.dependents(i, "compound", "amod", "nmod", "nummod", "flat", "advmod"):
            found |= {token.lemma.lower(), token.text.lower(), *token.text.lower().split("-")}
            found |= {t.lemma.lower() for t in self.sentence.dependents(token.i, "compound", "amod", "advmod", "obl", "conj")}
        return found

    # --- participants -------------------------------------------------------------------------------------------------------

    def acting(self, i: int) -> tuple[Actor, ...]:
        """Return the actors that the phrase headed by ``i`` names as agents."""
        reference = self.reference(i)
        if reference is None:
            agentive = self.tokens[i].lemma.lower() in self.words.agentive_things or self._are_people(i)
            owners = self._owners(i) if agentive else ()
            return owners or self._named_beside(i) or (self.last_body() if self._is_resolution(i) else ())
        if reference.link in ACTING_LINKS:
            bodies = self._body_beside(i) if reference.link == "role" else ()
            return bodies or reference.actors
        if reference.link == "possession" and (
            self.tokens[i].pos == "PROPN" or self.tokens[i].lemma.lower() in self.words.agentive_things or self._are_people(i)
        ):
            return reference.actors
        return ()

    def _is_resolution(self, i: int) -> bool:
        """Return whether a noun is a body's text, which says what the body says: "a resolution that demands a withdrawal"."""
        return self.tokens[i].lemma.lower() == "resolution"

    def _body_beside(self, i: int) -> tuple[Actor, ...]:
        """Return the organisation that a common noun only describes: "the watchdog Amnesty International"."""
        beside = self.sentence.dependents(i, "appos", "flat", "compound", "nmod:desc")
        references = (self.reference(token.i) for token in beside if token.pos == "PROPN" and token.i > i)
        return tuple(a for r in references if r and r.link == "name" for a in r.actors if a.kind == "organisation")

    def _are_people(self, i: int) -> bool:
        """Return whether a plural looks like people by its ending: "Algerian landowners", "Danish exporters"."""
        token = self.tokens[i]
        return token.tag == "NNS" and token.lemma.lower().endswith(("er", "or", "ist", "ian", "man", "ant", "ee"))

    def affected(self, i: int) -> tuple[Actor, ...]:
        """Return the actors that an act on the phrase headed by ``i`` hits: itself, its owner, or whose land it is."""
        reference = self.reference(i)
        if reference is not None:
            named = self._named_beside(i) if reference.link == "possession" else ()
            return named or reference.actors
        return self._owners(i) or self._named_beside(i) or self._whole_of(i)

    def _whole_of(self, i: int) -> tuple[Actor, ...]:
        """Return whose head or member an unresolved noun is: "the head of the Pakistani mission"."""
        if self.tokens[i].lemma.lower() not in HEADS:
            return ()
        for token in self.sentence.dependents(i, "nmod"):
            reference = self.reference(token.i)
            if reference is not None and any(t.lemma == "of" for t in self.sentence.dependents(token.i, "case")):
                return reference.actors
        return ()

    def _owners(self, i: int) -> tuple[Actor, ...]:
        """Return whose thing an unresolved noun is, by a demonym or a possessor: the demonym of "Thai and Lao artillery"."""
        for token in self.sentence.dependents(i, "amod", "nmod:poss", "compound"):
            beside = (token.i, *(t.i for t in self.sentence.dependents(token.i, "conj")))
            references = (self.reference(j) for j in beside)
            owners = tuple(actor for reference in references if reference is not None for actor in reference.actors)
            if owners:
                return owners
        return ()

    def _named_beside(self, i: int) -> tuple[Actor, ...]:
        """Return those who are named in apposition to an unresolved noun: "eleven members, Britain and France among them"."""
        beside = [token.i for token in self.sentence.dependents(i, "appos")]
        beside += [token.i for j in beside for token in self.sentence.dependents(j, "conj")]
        references = (self.reference(j) for j in beside)
        return tuple(a for reference in references if reference and reference.link == "name" for a in reference.actors)

    def heads_of(self, i: int) -> Iterator[Token]:
        """Yield the tokens above ``i``, nearest first."""
        return self.sentence.ancestors(i)

    def governed(self, i: int) -> Iterator[int]:
        """Yield the tokens below predicate ``i``, nearest level first, without its subject and the clauses beside it."""
        level = [k for k in self.sentence.children[i] if self.tokens[k].dep not in BESIDE]
        while level:
            yield from level
            level = [k for j in level for k in self.sentence.children[j] if self._belongs_below(j, k)]

    def _belongs_below(self, j: int, k: int) -> bool:
        dep = self.tokens[k].dep
        return dep not in ("parataxis", "appos") and (dep != "acl:relcl" or self.tokens[j].pos in ("PRON", "DET"))


BEFOREHAND = frozenset({"at", "upon", "following", "despite", "after", "notwithstanding"})
"""Prepositions of what comes before the verb's act."""

RUNS = {"before": voters_before, "likewise": names_likewise, "listed": names_listed}
"""Roles that are read from the order of the words beside the trigger."""

BESIDE = frozenset(
    {"conj", "parataxis", "nsubj", "nsubj:pass", "nsubj:outer", "csubj", "advcl", "acl:relcl", "nmod:poss", "obl:agent"}
)
"""Below a predicate, what is no part of what it says of its object."""

HEADS = frozenset({"head", "chief", "leader", "member", "representative", "deputy", "boss", "staff", "commander"})
"""Nouns for who stands for the body that their of-phrase names."""

CORE_ROLES = frozenset(
    {"subject", "object", "iobject", "complement", "infinitive", "question", "self", "poss", "adjective", "compound", "appos"}
)
"""Roles that a verb does not borrow from its object."""
