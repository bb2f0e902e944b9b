"""What is not politics: sentences of sport, stage, nature or trade that use its words, and beings that act for no state."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from entente.coding.match import Match
from entente.coding.scene import Scene
from entente.records.annotations import Token

FIELD = "field_"
"""What the names of word lists of a field begin with."""

FIRM = "BUS"
"""The sector of private firms; what a company of state does is its state's doing, and has none."""

LONGEST = 3
"""Words of the longest term in the lists."""

DOERS = ("subject", "by")
"""The roles of who does it."""

PRIVATE = ("AID", "COOPERATE")
"""Events that private people do across borders: divers rescue, botanists work together."""

VIOLENT = ("ASSAULT", "COERCE", "THREATEN", "MOBILIZE", "PROTEST", "RETREAT", "SANCTION")
"""Events that nature is said to do; after a flood, states do help, ask and agree."""


class Elsewhere:
    """Finds why a match tells nothing political; knows the lists of ``words-elsewhere.yml``."""

    def __init__(self, words: Mapping[str, tuple[str, ...]]) -> None:
        self._fields = {
            term: name.removeprefix(FIELD) for name, terms in words.items() if name.startswith(FIELD) for term in terms
        }
        self._politics = frozenset(words.get("politics", ()))
        self._stateless = frozenset((*words.get("bystanders", ()), *words.get("forces_of_nature", ())))
        self._frames = frozenset(words.get("frames", ()))
        self._firm_names = frozenset(words.get("firm_names", ()))

    def field_of(self, scene: Scene) -> tuple[str, str]:
        """Return the field that a sentence speaks of and the word that says so; nothing where it may be politics."""
        found = ("", "")
        for token in scene.tokens:
            if token.lemma.lower() in self._frames and any(t.lemma == "in" for t in scene.sentence.dependents(token.i, "case")):
                return "fiction", token.text
        for term in _terms(scene.tokens):
            if term in self._politics:
                return "", ""
            if not found[0] and term in self._fields:
                found = self._fields[term], term
        return found

    def reason(self, scene: Scene, match: Match, field: tuple[str, str]) -> str:
        """Return why a match tells nothing political, nothing where nothing speaks against it."""
        name, word = field
        if name and match.kind != "tie" and (name != "nature" or match.type in VIOLENT):
            return f"the sentence is about {name} ({word})"
        if self._among_firms(scene, match):
            return "firms do business with each other"
        if match.kind not in ("event", "position", "vote") or match.type in PRIVATE:
            return ""
        heads = [scene.tokens[i] for role in DOERS for i in match.clause.roles.get(role, ())]
        # The Tigers are rebels, and Syrian fire is a state's.
        doers = [t.lemma.lower() for t in heads if (t.pos != "PROPN" or t.i == 0) and not _is_fire_of(scene, t)]
        return next((f"a {lemma} acts for no state" for lemma in doers if lemma in self._stateless), "")

    def _among_firms(self, scene: Scene, match: Match) -> bool:
        """Return whether all who take part are firms, one that is called like a state ("U.S. Steel") too."""
        parties = (*match.actor, *match.recipient)
        named = (*match.actor_tokens, *match.recipient_tokens)
        called = {
            reference.actors
            for i in named
            if scene.tokens[i].pos == "PROPN"
            and scene.tokens[i].text.lower() in self._firm_names
            and (reference := scene.reference(i)) is not None
            and reference.link == "possession"
        }
        return bool(parties) and all(
            (party.sector == FIRM and party.text.split()[-1][:1].isupper()) or any(party in actors for actors in called)
            for party in parties
        )


def _is_fire_of(scene: Scene, token: Token) -> bool:
    """Return whether what acts is the guns of somebody."""
    return token.lemma.lower() in scene.words.agentive_things and bool(scene.acting(token.i))


def _terms(tokens: tuple[Token, ...]) -> Iterator[str]:
    """Yield every run of up to three lemmas that ends in a noun, and the noun as it is written."""
    lemmas = [token.lemma.lower() for token in tokens]
    for i, token in enumerate(tokens):
        if token.pos in ("NOUN", "PROPN", "ADJ") and not _is_counted_name(tokens, i):
            for size in range(1, min(LONGEST, i + 1) + 1):
                yield " ".join(lemmas[i - size + 1 : i + 1]).replace(" - ", "-")
            yield token.text.lower()


def _is_counted_name(tokens: tuple[Token, ...], i: int) -> bool:
    """Return whether a word is a make of arms that is called like a storm or a beast: "two Typhoons", "24 Tornados"."""
    return i > 0 and tokens[i - 1].pos == "NUM" and tokens[i].text[:1].isupper()
