"""Subjects: who does what a verb says, found over coordination, control, participles and relative clauses.

Control comes first: in "Russia urged Ukraine to withdraw" it is Ukraine that would withdraw.
"""

from __future__ import annotations

from collections.abc import Iterable

from entente.codebook.language import LanguageWords
from entente.parsing.phrases import Phrases
from entente.records.annotations import Sentence, Token

MAX_DEPTH = 6
"""How far up the tree a subject or speaker is looked for; deeper embeddings are rare and parsed badly."""


class Subjects(Phrases):
    """The grammatical subjects of one sentence's verbs, each found once."""

    def __init__(self, sentence: Sentence, words: LanguageWords) -> None:
        super().__init__(sentence, words)
        self._subjects: dict[int, tuple[int, ...]] = {}

    def surface_subject(self, i: int, depth: int = 0) -> tuple[int, ...]:
        """Return the heads of the grammatical subject of the verb at ``i``, its own or the one it shares; empty if none."""
        if i not in self._subjects:
            self._subjects[i] = ()
            self._subjects[i] = tuple(self._find_subject(i, depth))
        return self._subjects[i]

    def _find_subject(self, i: int, depth: int) -> Iterable[int]:
        own = [h for t in self.sentence.dependents(i, "nsubj", "csubj", "nmod:poss") for h in self.heads(t.i)]
        token = self.sentence.tokens[i]
        if own or depth > MAX_DEPTH or token.head == i:
            return own
        governor = self.sentence.tokens[token.head]
        if token.dep == "conj":
            return self.surface_subject(self._finite_above(token, governor).i, depth + 1)
        if token.dep == "xcomp":
            return self._controller(governor, depth)
        if token.relation == "advcl":
            return self._adverbial_subject(token, governor, depth)
        if token.dep == "acl:relcl":
            return self._coordinated(governor.i) if not self._has_relative(i) else []
        if token.dep == "acl":
            return self._noun_clause_subject(token, governor, depth)
        if token.dep == "amod":
            return [governor.i]
        return []

    def _finite_above(self, token: Token, first: Token) -> Token:
        """Return what a verb in the past is joined to where the parse hangs it on an infinitive or a subjunctive.

        In "demanded that Uganda free the men and expelled its envoy" it is the one who demanded that expelled.
        """
        if token.tag != "VBD" or first.tag != "VB" or self.sentence.first(first.i, "aux"):
            return first
        return next((above for above in self.sentence.ancestors(first.i) if above.tag == "VBD"), first)

    def _has_relative(self, i: int) -> bool:
        return any(
            "PronType=Rel" in t.feats
            for j in self.sentence.children[i]
            for t in [self.sentence.tokens[j]]
            if t.relation != "nsubj"
        )

    def _controller(self, governor: Token, depth: int) -> Iterable[int]:
        """Who does the infinitive: the governor's object if it has one, unless its verb promises."""
        if governor.lemma not in self.words.subject_control and not self.is_passive(governor.i):
            objects = [h for t in self.sentence.dependents(governor.i, "obj", "iobj") for h in self.heads(t.i)]
            if objects:
                return objects
            if governor.lemma in self.words.hypothesising:
                oblique = [
                    h
                    for t in self.sentence.dependents(governor.i, "obl")
                    if self.preposition(t.i) in self.words.oblique_control
                    for h in self.heads(t.i)
                ]
                if oblique:
                    return oblique
        return self.surface_subject(governor.i, depth + 1)

    def _adverbial_subject(self, token: Token, governor: Token, depth: int) -> Iterable[int]:
        marks = {t.text.lower() for t in self.sentence.dependents(token.i, "mark")}
        if (marks & self.words.object_gerund and "VerbForm=Ger" in token.feats) or (
            marks & self.words.object_gerund and token.tag == "VBG"
        ):
            objects = [h for t in self.sentence.dependents(governor.i, "obj") for h in self.heads(t.i)]
            if self.is_passive(governor.i):
                objects = list(self.surface_subject(governor.i, depth + 1))
            if objects:
                return objects
        if "to" in marks and (governor.lemma in self.words.hypothesising or governor.lemma in self.words.object_control):
            return self._controller(governor, depth)
        if governor.lemma == "join" and "in" in marks and token.tag == "VBG" and not self._is_denied(governor.i):
            joined = [h for t in self.sentence.dependents(governor.i, "obj") for h in self.heads(t.i)]
            return [*self.surface_subject(governor.i, depth + 1), *joined]
        if governor.pos not in ("VERB", "AUX"):
            return (
                self._coordinated(governor.i)
                if not any(True for _ in self.sentence.dependents(governor.i, "cop"))
                else self.surface_subject(governor.i, depth + 1)
            )
        return self.surface_subject(governor.i, depth + 1)

    def _is_denied(self, i: int) -> bool:
        return any(t.text.lower() in self.words.negators for t in self.sentence.dependents(i, "advmod"))

    def _noun_clause_subject(self, token: Token, noun: Token, depth: int) -> Iterable[int]:
        """Who does the clause that modifies a noun: the noun itself, or for an infinitive whoever holds the plan."""
        if "VerbForm=Inf" not in token.feats and token.tag != "VB":
            governor = self.sentence.tokens[noun.head]
            if noun.lemma in self.words.documents and noun.relation == "obj" and token.tag == "VBG":
                return self.surface_subject(governor.i, depth + 1)
            return self._coordinated(noun.i)
        owner = [h for t in self.sentence.dependents(noun.i, "nmod:poss") for h in self.heads(t.i)]
        if owner:
            return owner
        by_of = [
            h for t in self.sentence.dependents(noun.i, "nmod") if self.preposition(t.i) in ("of", "by") for h in self.heads(t.i)
        ]
        if by_of and noun.pos == "NOUN" and noun.lemma in self.words.hypothesising_nouns:
            return by_of
        bearer = self._bearer(noun)
        if bearer:
            return bearer
        governor = self.sentence.tokens[noun.head]
        receivers = [h for t in self.sentence.dependents(governor.i, "iobj") for h in self.heads(t.i)]
        if noun.relation == "obj" and receivers:
            return receivers
        if noun.relation in ("obj", "xcomp") and governor.i != noun.i:
            return self.surface_subject(governor.i, depth + 1)
        return [noun.i]

    def _bearer(self, noun: Token) -> list[int]:
        """Return on whom a duty lies ("the demand on Kyiv to …"), or of whom a predicate noun is said ("was the first to …")."""
        if noun.lemma in self.words.hypothesising_nouns:
            phrases = self.sentence.dependents(noun.i, "nmod", "obl")
            return [h for t in phrases if self.preposition(t.i) in self.words.oblique_control for h in self.heads(t.i)]
        for token in (noun, *self.sentence.ancestors(noun.i)):
            if token.pos not in ("NOUN", "PROPN", "ADJ", "NUM"):
                return []
            if self.sentence.first(token.i, "cop"):
                return [h for t in self.sentence.dependents(token.i, "nsubj") for h in self.heads(t.i)]
        return []
