"""Phrases: their heads in a coordination, what a pronoun in them stands for, and the preposition before them."""

from __future__ import annotations

from entente.codebook.language import LanguageWords
from entente.records.annotations import Sentence, Token

RELATIVES = frozenset({"which", "who", "whom", "whose", "that"})

NOMINAL = ("NOUN", "PROPN", "PRON", "NUM", "DET", "ADJ", "X", "SYM")


class Phrases:
    """The phrases of one sentence."""

    def __init__(self, sentence: Sentence, words: LanguageWords) -> None:
        self.sentence = sentence
        self.words = words

    def preposition(self, i: int) -> str:
        """Return the preposition of the phrase headed by ``i``, its parts joined ("because of"), or an empty string."""
        parts = []
        for case in self.sentence.dependents(i, "case"):
            if case.tag == "POS" or case.pos == "PART":
                continue
            parts.append(case.text.lower())
            parts += [t.text.lower() for t in self.sentence.dependents(case.i, "fixed")]
        return " ".join(parts)

    def heads(self, i: int) -> list[int]:
        """Return the head of a phrase and of those coordinated with it; a relative pronoun stands for what it refers to."""
        return [antecedent for j in self._coordinated(i) for k in self._counted(j) for antecedent in self._antecedents(k)]

    def _counted(self, i: int) -> list[int]:
        """Return what a noun or numeral only counts ("hundreds of mercenaries", "54 of them") before the noun itself."""
        token = self.sentence.tokens[i]
        if token.pos != "NUM" and token.lemma not in self.words.transparent_nouns:
            return [i]
        inner = [t.i for t in self.sentence.dependents(i, "nmod") if self.preposition(t.i) == "of"]
        if not inner or self.sentence.tokens[inner[0]].pos == "NUM":
            return [i]
        return [*(k for j in self._coordinated(inner[0]) for k in self._counted(j)), i]

    def _coordinated(self, i: int) -> list[int]:
        own = self.sentence.tokens[i]
        found = [i]
        for j in self.sentence.children[i]:
            token = self.sentence.tokens[j]
            if token.dep == "conj" and (token.pos in NOMINAL) == (own.pos in NOMINAL):
                found += self._coordinated(j)
        return found

    def _antecedents(self, i: int) -> list[int]:
        """Return what a relative pronoun stands for, any other word itself; all of "Chad and Niger, which had promised …"."""
        token = self.sentence.tokens[i]
        if "PronType=Rel" not in token.feats and token.text.lower() not in RELATIVES:
            return [i]
        for verb in self.sentence.ancestors(i):
            if verb.dep == "acl:relcl":
                return self._name_beside(token, verb) or self._whole_coordination(verb)
        return self._cleft(i)

    def _name_beside(self, pronoun: Token, verb: Token) -> list[int]:
        """Return the name right before ", which" where the parse hangs a clause of will on a common noun further back."""
        willed = verb.lemma in self.words.negating or verb.lemma in self.words.planning or verb.lemma in self.words.reporting
        attached = self.sentence.tokens[verb.head]
        if pronoun.i < 2 or not willed or attached.pos == "PROPN" or pronoun.relation != "nsubj":
            return []
        before = self.sentence.tokens[pronoun.i - 2]
        if self.sentence.tokens[pronoun.i - 1].text != "," or before.pos != "PROPN" or before.i == attached.i:
            return []
        while before.dep in ("flat", "compound") and before.head != before.i:
            before = self.sentence.tokens[before.head]
        return [before.i]

    def _cleft(self, i: int) -> list[int]:
        """Return what a cleft sentence lifts out ("it was Turkey that blocked …"), or the pronoun itself."""
        for verb in self.sentence.ancestors(i):
            head = self.sentence.tokens[verb.head]
            dummy = self.sentence.first(head.i, "expl", "nsubj")
            if head.pos in NOMINAL and self.sentence.first(head.i, "cop") and dummy and dummy.text.lower() == "it":
                return self._coordinated(head.i)
        return [i]

    def _whole_coordination(self, verb: Token) -> list[int]:
        """Return the noun that a relative clause modifies, or all of its coordination after a comma and in the plural."""
        noun = self.sentence.tokens[verb.head]
        words = (verb, *self.sentence.dependents(verb.i, "aux", "cop"))
        singular = any("Number=Sing" in word.feats and "Tense=Pres" in word.feats for word in words)
        first = min((j for j in self.sentence.subtree(verb.i)), default=verb.i)
        after_comma = first > 0 and (self.sentence.tokens[first].text == "," or self.sentence.tokens[first - 1].text == ",")
        if singular or not after_comma:
            return [noun.i]
        while noun.dep == "conj":
            noun = self.sentence.tokens[noun.head]
        return self._coordinated(noun.i)

    def _is_reduced(self, token: Token, labels: set[str]) -> bool:
        """Return whether what the parse takes for a finite past is a participle: a clause beside another without a subject.

        "The president, asked to do so by veterans, refused": English leaves no finite clause of this kind without one.
        """
        beside = token.dep in ("advcl", "acl") and token.tag == "VBD"
        return beside and not labels & {"nsubj", "csubj", "aux", "obj", "iobj", "ccomp", "mark", "expl", "cop"}

    def is_passive(self, i: int) -> bool:
        """Return whether the verb at ``i`` is passive, reduced participles ("imposed on Iran") included."""
        token = self.sentence.tokens[i]
        labels = {self.sentence.tokens[j].dep for j in self.sentence.children[i]}
        if "aux:pass" in labels or "nsubj:pass" in labels or self._is_reduced(token, labels):
            return True
        if "VerbForm=Part" not in token.feats or token.tag not in ("VBN", "VBD", ""):
            return False
        if "aux" in labels or "nsubj" in labels or "obj" in labels:
            return False
        if token.dep == "conj":
            head = self.sentence.tokens[token.head]
            return head.pos == "VERB" and self.is_passive(head.i)
        return token.dep in ("acl", "advcl", "amod", "acl:relcl") or "Tense=Past" in token.feats
