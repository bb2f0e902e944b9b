"""What is undertaken, by the tree: the clause that a promise, a duty or a treaty governs ("a pact by which each will …")."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from entente.records.annotations import Sentence, Token

CARRIERS = frozenset(
    "give make take have offer issue win obtain secure extract get receive renew repeat exchange reaffirm sign conclude".split()
)
"""Verbs whose complement belongs to the noun that is their object: "gave an undertaking that …"."""

PIED = frozenset({"which", "whom"})
"""Relative pronouns that stand behind a preposition where a treaty's content begins: "under which"."""


def find_contents(sentence: Sentence, i: int) -> tuple[int, ...]:
    """Return the heads of the clauses that say what token ``i``, a verb, noun or adjective, undertakes; coordinated ones too."""
    token = sentence.tokens[i]
    heads = [child.i for child in _children(sentence, token) if _is_content(sentence, token, child)]
    above = sentence.tokens[token.head]
    if not heads and token.pos == "VERB":
        bonds = [c for c in sentence.dependents(i, "obl", "obl:agent") if c.i > i and sentence.first(c.i, "case")]
        heads = [c.i for bond in bonds for c in sentence.dependents(bond.i, "acl") if _is_content(sentence, token, c)]
    if not heads and token.relation == "obj" and above.lemma in CARRIERS:
        heads = [c.i for c in _children(sentence, above) if c.i > i and c.relation != "acl" and _is_content(sentence, above, c)]
    return tuple(dict.fromkeys(j for head in heads for j in (head, *_coordinated(sentence, head))))


def _children(sentence: Sentence, token: Token) -> Iterator[Token]:
    return (sentence.tokens[j] for j in sentence.children[token.i])


def _coordinated(sentence: Sentence, i: int) -> Iterator[int]:
    for child in sentence.dependents(i, "conj"):
        if child.pos in ("VERB", "AUX", "ADJ"):
            yield child.i
            yield from _coordinated(sentence, child.i)


def _is_content(sentence: Sentence, token: Token, child: Token) -> bool:
    marks = {t.text.lower() for t in sentence.dependents(child.i, "mark", "case")}
    noun = token.pos in ("NOUN", "PROPN")
    if child.dep == "acl:relcl" or (child.relation == "acl" and noun and marks.isdisjoint(("to", "of", "that"))):
        return noun and _is_pied(sentence, token, child)
    if child.relation in ("xcomp", "ccomp"):
        return True
    if child.relation in ("acl", "advcl"):
        return "to" in marks or (noun and bool(marks & {"of", "that"}))
    gerund = child.text.lower().endswith("ing")
    return child.relation in ("obl", "nmod") and gerund and marks <= {"to", "of"} and bool(marks)


def _is_pied(sentence: Sentence, token: Token, child: Token) -> bool:
    """Return whether a relative clause begins with "by which", "under which", "whereby" or the like, right behind its noun."""
    between = [t.text.lower() for t in sentence.tokens[token.i + 1 : child.i]]
    return "whereby" in between or any(a in ("by", "under", "in") and b in PIED for a, b in pairwise(between))
