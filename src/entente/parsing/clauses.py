"""Clauses: a predicate with its arguments by logical role, whatever the voice, the embedding or the ellipsis.

Control comes first: in "Russia urged Ukraine to withdraw" it is Ukraine that would withdraw. Passives, participles, relative
clauses and coordination are undone here, so that a pattern sees one form of each act.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Literal

from entente.parsing.company import Company
from entente.parsing.factuality import read_noun_status, read_status
from entente.parsing.phrases import NOMINAL
from entente.parsing.subjects import MAX_DEPTH
from entente.records.annotations import Clause, Sentence, Status, Token

LEADING = frozenset({"led", "backed", "sponsored", "brokered", "mediated", "imposed", "run", "controlled", "funded"})
"""Participles that say whose act a noun is: "Saudi-led air strikes"."""

LENDING = frozenset({"in", "for", "into", "to", "with", "on", "at", "after", "during", "following", "amid", "before"})
"""Prepositions over an event noun whose doer is the verb's subject ("met for talks", "spoke after talks with")."""


PARTICLES = frozenset({"away", "out", "apart", "aside", "back", "off", "together", "home"})
"""Adverbs whose phrases are the verb's."""

ASKING = frozenset({"whether", "if", "why", "what", "who", "whom", "when", "where", "how", "which"})
"""Words that open an indirect question."""

SIMPLE_ROLES = {"obj": "object", "iobj": "iobject", "nmod:poss": "subject"}

Roles = dict[str, list[int]]
SUBORDINATE = ("advcl", "parataxis", "ccomp", "csubj", "acl:relcl", "discourse", "list")


class ClauseBuilder(Company):
    """Builds the clauses of one sentence on demand and keeps them."""

    # --- verbs ----------------------------------------------------------------------------------------------------------

    def verb(self, i: int) -> Clause:
        """Return the clause of the verb at token ``i``; of a copula that links a phrase ("is in the EU") that of the phrase."""
        if self.sentence.tokens[i].dep == "cop":
            return self._being(i)
        roles, inherited = self._verb_roles(i)
        return self._clause(i, "verb", roles, inherited, read_status(self.sentence, i, self.words))

    def _being(self, i: int) -> Clause:
        """Return the clause of *be* with a prepositional predicate: its subject, and the predicate under its preposition."""
        predicate = self.sentence.tokens[i].head
        roles: Roles = defaultdict(list)
        for subject in self.sentence.dependents(predicate, "nsubj"):
            roles["subject"] += self.heads(subject.i)
        if preposition := self.preposition(predicate):
            roles[preposition] += self.heads(predicate)
        for phrase in self.sentence.dependents(predicate, "obl", "nmod"):
            self._add_phrase(phrase, roles, passive=False)
        roles["modal"] += [t.i for t in self.sentence.dependents(predicate, "aux")]
        roles["negation"] += [t.i for t in self.sentence.dependents(predicate, "advmod") if t.text.lower() in self.words.negators]
        status = read_status(self.sentence, predicate, self.words)
        return self._clause(i, "verb", roles, set(), status, light=predicate)

    def _verb_roles(self, i: int) -> tuple[Roles, set[str]]:
        roles: Roles = defaultdict(list)
        self._own_roles(i, roles)
        inherited = self._fill_from_outside(i, roles)
        return roles, inherited

    def _own_roles(self, i: int, roles: Roles) -> None:
        passive = self.is_passive(i)
        for child in (self.sentence.tokens[j] for j in self.sentence.children[i]):
            self._add_argument(i, child, roles, passive)
        if not passive:
            roles["negation"] += [
                t.i for j in roles["object"] for t in self.sentence.dependents(j, "det") if t.lemma.lower() == "no"
            ]
        self._part_objects(i, roles)
        if not passive and roles["object"]:
            roles["object"] += self._gapped_objects(i)
        if passive and not roles["object"] and roles["iobject"]:
            roles["object"] = roles.pop("iobject")
        if not passive and not roles["object"] and roles["iobject"]:
            roles["object"] = list(roles["iobject"])
        if not roles["object"] and self.sentence.tokens[i].text.lower().endswith("ing") and "of" in roles:
            roles["object"] += roles["of"]
        surface = "object" if passive else "subject"
        if roles[surface]:
            roles[surface] += self.companions(i, roles[surface], passive=passive)

    def _gapped_objects(self, i: int) -> list[int]:
        """Return the objects of the same verb left out: the second body of "entered NATO in 1999 and the EU in 2004".

        A name of the subject's sort would be who did the same later ("and Romania in 2004").
        """
        tokens = self.sentence.tokens
        sort = {tokens[t.i].entity for t in self.sentence.dependents(i, "obj")}
        doers = {tokens[t.i].entity for t in self.sentence.dependents(i, "nsubj")}
        found = []
        for child in self.sentence.dependents(i, "conj"):
            bare = not any(tokens[j].dep in ("case", "nsubj", "cop", "mark") for j in self.sentence.children[child.i])
            later = any(t.i > child.i for t in self.sentence.dependents(i, "obl")) or self.sentence.first(child.i, "nmod")
            if child.pos == "PROPN" and bare and later and child.entity in sort - doers - {""}:
                found.append(child.i)
        return found

    def _part_objects(self, i: int, roles: Roles) -> None:
        """Make the first of two objects the one that receives the other ("owes Moscow two-thirds of its debt")."""
        objects = list(self.sentence.dependents(i, "obj"))
        if len(objects) == 2 and not roles["iobject"]:
            receiver = self.heads(objects[0].i)
            roles["iobject"] = receiver
            roles["object"] = [head for head in roles["object"] if head not in receiver]

    def _add_argument(self, i: int, child: Token, roles: Roles, passive: bool) -> None:
        """Add a dependent of the verb at ``i`` under its logical role."""
        relation = child.relation
        if relation in ("nsubj", "csubj"):
            suffered = child.dep.endswith(":pass") or (passive and relation == "nsubj")
            roles["object" if suffered else "subject"] += self.heads(child.i)
        elif child.dep in SIMPLE_ROLES:
            roles[SIMPLE_ROLES[child.dep]] += self.heads(child.i)
        elif relation == "aux":
            roles["modal"].append(child.i)
        elif child.dep == "compound:prt":
            roles["particle"].append(child.i)
        elif relation == "advmod":
            self._add_adverb(child, roles, passive)
        elif relation in ("xcomp", "ccomp"):
            self._add_complement(child, roles)
        elif relation == "advcl" and self._is_purpose(child):
            roles["purpose"] += self._coordinated(child.i)
            if self._is_content(i):
                self._add_complement(child, roles)
        elif relation == "advcl" and self._is_kept_from(i, child):
            self._add_complement(child, roles)
        elif child.dep == "obl" and not passive and self._follows_particle(i, child):
            roles["object"] += self.heads(child.i)
        elif relation in ("obl", "nmod"):
            self._add_phrase(child, roles, passive)

    def _follows_particle(self, i: int, child: Token) -> bool:
        """Return whether a bare phrase right behind a verb's particle is its object after all ("called in the envoy")."""
        if child.pos != "NOUN" or self.sentence.first(child.i, "case") or self.sentence.first(i, "obj"):
            return False
        first = min((child.i, *self.sentence.children[child.i]))
        particles = self.sentence.dependents(i, "compound:prt")
        return i + 1 == first - 1 and any(t.i == i + 1 and t.lemma in (*PARTICLES, "in", "up", "over") for t in particles)

    def _is_kept_from(self, i: int, child: Token) -> bool:
        """Return whether a gerund is what the verb at ``i`` keeps somebody from, or what it muses of ("talked of seizing it")."""
        marks = {t.text.lower() for t in self.sentence.dependents(child.i, "mark", "case")}
        lemma = self.sentence.tokens[i].lemma
        kept = "from" in marks and lemma in self.words.negating | {"stop", "keep"}
        return kept or (bool(marks & {"of", "about"}) and child.tag == "VBG" and lemma in self.words.musing)

    def _add_complement(self, child: Token, roles: Roles) -> None:
        """Add a clause that the verb governs; an infinitive with *to* and an indirect question under their own names too."""
        heads = self._coordinated(child.i)
        roles["complement"] += heads
        words = {t.text.lower() for t in self.sentence.dependents(child.i, "mark", "advmod", "obj", "nsubj", "det")}
        if self._is_purpose(child):
            roles["infinitive"] += heads
        elif words & ASKING and child.dep == "ccomp":
            roles["question"] += heads

    def _is_purpose(self, child: Token) -> bool:
        """Return whether an adverbial clause is an infinitive with *to* ("sent a frigate to deter pirates")."""
        return "VerbForm=Inf" in child.feats and any(t.text.lower() == "to" for t in self.sentence.dependents(child.i, "mark"))

    def _add_adverb(self, child: Token, roles: Roles, passive: bool) -> None:
        """Add a negating adverb, or the phrases that hang on a particle ("stayed away from the vote")."""
        word = child.text.lower()
        following = self.sentence.tokens[child.i + 1].text.lower() if child.i + 1 < len(self.sentence.tokens) else ""
        if word in self.words.negators and following not in ("only", "just", "merely", "least"):
            roles["negation"].append(child.i)
        elif word in PARTICLES:
            for phrase in self.sentence.dependents(child.i, "obl", "nmod"):
                self._add_phrase(phrase, roles, passive)

    def _is_content(self, i: int) -> bool:
        """Return whether an infinitive that the parse takes for a purpose is what the verb at ``i`` plans or asks for."""
        lemma = self.sentence.tokens[i].lemma
        return lemma in self.words.hypothesising or lemma in self.words.planning or lemma in self.words.object_control

    def _add_phrase(self, child: Token, roles: Roles, passive: bool) -> None:
        preposition = self.preposition(child.i)
        heads = self.heads(child.i)
        if preposition == "to" and child.lemma in self.words.feelings and self.sentence.first(child.i, "nmod:poss"):
            return
        if preposition == "by" and (passive or child.dep == "obl:agent"):
            roles["subject"] += heads
            roles["by"] += heads
        elif preposition:
            roles[preposition] += heads
            self._add_relayed(child, preposition, roles)

    def _add_relayed(self, child: Token, preposition: str, roles: Roles) -> None:
        """Add what a bare noun hands on: the *of*-phrase of "in favour of X" is the phrase "in favour of"."""
        if child.lemma not in self.words.relay_nouns:
            return
        for inner in self.sentence.dependents(child.i, "nmod", "nmod:poss"):
            following = self.preposition(inner.i) or ("of" if inner.dep == "nmod:poss" else "")
            if following:
                roles[f"{preposition} {_british(child.lemma)} {following}"] += self.heads(inner.i)

    # --- arguments from outside the clause --------------------------------------------------------------------------------

    def _fill_from_outside(self, i: int, roles: Roles) -> set[str]:
        inherited = set()
        passive = self.is_passive(i)
        surface = "object" if passive else "subject"
        token = self.sentence.tokens[i]
        if token.dep == "acl:relcl" and self._gap(i, roles, passive):
            inherited.add("object")
        if not roles[surface]:
            found = self.surface_subject(i)
            if found:
                roles[surface] = list(found)
                inherited.add(surface)
        if not roles["object"] and not passive:
            roles["object"] = self._shared_object(i)
        return inherited

    def _gap(self, i: int, roles: Roles, passive: bool) -> bool:
        """Fill the object of a relative clause that has none of its own ("the land that it had lost", "the pact they signed")."""
        filled = {head for heads in roles.values() for head in heads}
        noun = self.sentence.tokens[i].head
        if noun in filled or roles["object"] or passive or not roles["subject"]:
            return False
        roles["object"] = [noun]
        return True

    def _shared_object(self, i: int) -> list[int]:
        """Return the object that stands after the last of coordinated verbs and belongs to the first as well."""
        for conjunct in self.sentence.dependents(i, "conj"):
            if (
                conjunct.pos == "VERB"
                and conjunct.i - i <= 3
                and not any(True for _ in self.sentence.dependents(conjunct.i, "nsubj"))
            ):
                return [h for obj in self.sentence.dependents(conjunct.i, "obj") for h in self.heads(obj.i)]
        return []

    # --- nouns and adjectives -----------------------------------------------------------------------------------------------

    def noun(self, i: int) -> Clause:
        """Return the clause of the event noun at ``i``: its modifiers, and what the verb that carries it lends it."""
        roles: Roles = defaultdict(list)
        self._noun_roles(i, roles)
        carrier, inherited = self._carrier(i), set()
        if carrier is not None:
            inherited = self._borrow(carrier, i, roles)
        return self._clause(i, "noun", roles, inherited, read_noun_status(self.sentence, i, self.words), light=carrier)

    def _noun_roles(self, i: int, roles: Roles) -> None:
        for j in self.sentence.children[i]:
            child = self.sentence.tokens[j]
            if child.dep == "nmod:poss":
                roles["poss"] += self.heads(j)
            elif child.dep == "amod":
                roles["adjective"] += [k for each in self._coordinated(j) for k in (each, *self._leaders(each))]
            elif child.dep == "compound":
                roles["compound"] += self._coordinated(j)
            elif child.relation in ("nmod", "obl"):
                self._add_phrase(child, roles, passive=False)
            elif child.dep == "appos":
                roles["appos"] += self.heads(j)
            elif child.relation in ("acl", "ccomp", "xcomp") or (child.dep == "advcl" and "VerbForm=Inf" in child.feats):
                roles["complement"] += self._coordinated(j)
        first = self.sentence.tokens[i]
        roles["case"] += self._prepositions(first)
        if first.relation == "nmod":
            self._phrases_of_governor(first, roles)
        elif first.relation == "obl" and self.sentence.tokens[first.head].pos == "VERB":
            roles["verb"].append(first.head)
        if first.dep == "conj" and not roles["poss"] and not roles["adjective"]:
            head = self.sentence.tokens[first.head]
            roles["poss"] += [h for t in self.sentence.dependents(head.i, "nmod:poss") for h in self.heads(t.i)]

    def _prepositions(self, noun: Token) -> list[int]:
        """Return the preposition that a noun stands under, of "in the face of protests" also *face*."""
        found = [t.i for t in self.sentence.dependents(noun.i, "case") if t.i < noun.i]
        above = self.sentence.tokens[noun.head]
        return [*found, above.i] if noun.relation == "nmod" and above.lemma in self.words.relay_nouns else found

    def _leaders(self, i: int) -> list[int]:
        """Return the demonym or name before "-led", "-backed" and the like: "American" in "the American-led invasion"."""
        if self.sentence.tokens[i].text.lower() not in LEADING:
            return []
        return [t.i for t in self.sentence.dependents(i, "compound", "amod", "obl", "nmod", "advmod", "obj", "nsubj") if t.i < i]

    def _phrases_of_governor(self, noun: Token, roles: Roles) -> None:
        """Lend a noun the phrases that follow it but hang on the noun above ("the lifting of sanctions against X")."""
        if self.sentence.tokens[noun.head].pos not in ("NOUN", "PROPN"):
            return
        for phrase in self.sentence.dependents(noun.head, "nmod"):
            preposition = self.preposition(phrase.i)
            if phrase.i > noun.i and preposition not in ("", "of") and not roles[preposition]:
                roles[preposition] += self.heads(phrase.i)

    def _carrier(self, i: int) -> int | None:
        """Return the light verb whose object (or passive subject, or *in*/*for*-phrase) the event noun is."""
        token = self.sentence.tokens[i]
        while token.dep == "conj":
            token = self.sentence.tokens[token.head]
        governor = self.sentence.tokens[token.head]
        if governor.i == token.i or governor.pos != "VERB":
            return None
        if token.relation == "obj" or token.dep == "nsubj:pass":
            return governor.i if governor.lemma in self.words.light else None
        if token.relation == "obl" and self.preposition(token.i) in LENDING:
            return governor.i if governor.lemma not in self.words.reporting and governor.lemma not in self.words.blaming else None
        return None

    def _borrow(self, carrier: int, i: int, roles: Roles) -> set[str]:
        """Lend the noun its light verb's subject and phrases; what the noun has itself stays first."""
        verb_roles, _ = self._verb_roles(carrier)
        token = self.sentence.tokens[i]
        direct = token.relation in ("obj", "conj") or token.dep == "nsubj:pass"
        inherited = set()
        for name, heads in verb_roles.items():
            kept = [h for h in heads if h != i]
            if name in ("object", "complement") or not kept or (name != "subject" and not direct):
                continue
            if not roles[name]:
                roles[name] = kept
                inherited.add(name)
        return inherited

    def copula(self, i: int) -> Clause:
        """Return the clause of a predicate noun or adjective: what it is said of is its subject."""
        roles: Roles = defaultdict(list)
        token = self.sentence.tokens[i]
        self._noun_roles(i, roles)
        for subject in self.sentence.dependents(i, "nsubj"):
            roles["subject"] += self.heads(subject.i)
        roles["modal"] += [t.i for t in self.sentence.dependents(i, "aux")]
        roles["negation"] += [t.i for t in self.sentence.dependents(i, "advmod") if t.text.lower() in self.words.negators]
        if not roles["subject"]:
            roles["subject"] = list(self._said_of(token))
        verb = token.head if token.relation == "advmod" and self.sentence.tokens[token.head].pos == "VERB" else None
        if verb is not None:
            roles["verb"] = [verb]
        status = self._copula_status(token)
        return self._clause(i, "copula", roles, set(), status, light=verb)

    def _said_of(self, token: Token) -> Iterable[int]:
        governor = self.sentence.tokens[token.head]
        if token.relation == "advmod" and governor.pos == "VERB":
            return self.surface_subject(governor.i) or [
                h for t in self.sentence.dependents(governor.i, "nsubj", "nsubj:pass") for h in self.heads(t.i)
            ]
        if token.dep == "appos":
            return self._coordinated(governor.i)
        if token.dep == "conj" and self.sentence.first(governor.i, "cop"):
            return [h for t in self.sentence.dependents(governor.i, "nsubj") for h in self.heads(t.i)]
        if token.relation == "xcomp":
            return self._controller(governor, 0)
        if token.relation in ("nmod", "obl") and governor.pos == "NOUN" and self.preposition(token.i) == "as":
            return [h for t in self.sentence.dependents(governor.i, "nmod:poss") for h in self.heads(t.i)]
        if token.relation == "nsubj" and governor.pos in NOMINAL and self.sentence.first(governor.i, "cop"):
            return self._coordinated(governor.i)
        if token.relation == "nmod" and (governor.pos == "NUM" or governor.lemma in ("one", "some", "many", "most", "both")):
            own = [h for t in self.sentence.dependents(governor.i, "nsubj") for h in self.heads(t.i)]
            return own or self._said_of(governor)
        if (
            token.relation == "obl"
            and self.preposition(token.i) == "as"
            and (token.i < governor.i or governor.lemma in self.words.replacing)
        ):
            return self.surface_subject(governor.i)
        if token.relation == "obl" and self.preposition(token.i) == "as":
            objects = [h for t in self.sentence.dependents(governor.i, "obj") for h in self.heads(t.i)]
            return objects or self.surface_subject(governor.i)
        if token.relation in ("acl", "amod"):
            return [governor.i]
        if token.relation == "advcl":
            return self.surface_subject(governor.i)
        return [t.i for t in self.sentence.dependents(token.i, "appos")]

    def _copula_status(self, token: Token) -> Status:
        if token.relation == "advmod" and self.sentence.tokens[token.head].pos == "VERB":
            return read_status(self.sentence, token.head, self.words)
        if self.sentence.first(token.i, "cop") or token.relation in ("ccomp", "xcomp", "advcl", "conj"):
            return read_status(self.sentence, token.i, self.words)
        return "actual"

    # --- what all clauses have ------------------------------------------------------------------------------------------

    def _clause(
        self,
        i: int,
        kind: Literal["verb", "noun", "copula"],
        roles: Roles,
        inherited: set[str],
        status: Status,
        light: int | None = None,
    ) -> Clause:
        token = self.sentence.tokens[i]
        carrier = self.sentence.tokens[light] if light is not None else token
        return Clause(
            sentence=self.sentence.index,
            head=i,
            kind=kind,
            lemma=token.lemma.lower(),
            roles={name: tuple(dict.fromkeys(heads)) for name, heads in roles.items() if heads},
            inherited=frozenset(inherited),
            particle=self._particle(i),
            passive=kind == "verb" and self.is_passive(i),
            status=status,
            tense=read_tense(self.sentence, carrier.i),
            speaker=self._speaker(carrier.i),
            span=self._span(light if light is not None else i),
            light=light,
        )

    def _particle(self, i: int) -> str | None:
        found = self.sentence.first(i, "compound:prt")
        return found.lemma if found else None

    def _speaker(self, i: int) -> int | None:
        """Return the token that is said to say the clause: the subject of the nearest reporting verb above it."""
        token = self.sentence.tokens[i]
        for _ in range(MAX_DEPTH):
            reporter = self._reporter_beside(token)
            if reporter is not None:
                return next(iter(self.surface_subject(reporter)), None)
            if token.head == token.i:
                return None
            governor = self.sentence.tokens[token.head]
            if token.relation in ("ccomp", "parataxis") and governor.lemma in self.words.reporting:
                return next(iter(self.surface_subject(governor.i)), None)
            token = governor
        return None

    def _reporter_beside(self, token: Token) -> int | None:
        """Return the reporting verb that follows its quotation ("…, officials said"), attached to it as parataxis."""
        for child in self.sentence.dependents(token.i, "parataxis"):
            if child.lemma in self.words.reporting and self.sentence.first(child.i, "nsubj"):
                return child.i
        return None

    def _span(self, i: int) -> tuple[int, int]:
        """Return first and last code point of the clause's own words: its subtree without clauses that stand on their own."""
        tokens = self.sentence.tokens
        kept, stack = [], [i]
        while stack:
            j = stack.pop()
            kept.append(j)
            for k in self.sentence.children[j]:
                child = tokens[k]
                apart = child.dep in SUBORDINATE or (child.dep == "conj" and j == i and tokens[i].pos in ("VERB", "AUX"))
                if not apart and not (child.dep in ("punct", "cc", "mark") and j == i):
                    stack.append(k)
        kept.sort()
        while len(kept) > 1 and tokens[kept[0]].dep in ("punct", "cc", "mark") and kept[0] != i:
            kept.pop(0)
        while len(kept) > 1 and tokens[kept[-1]].dep == "punct" and kept[-1] != i:
            kept.pop()
        return tokens[kept[0]].start, tokens[kept[-1]].end


def read_tense(sentence: Sentence, i: int) -> Literal["past", "present", "future", "none"]:
    """Return the tense of the predicate at ``i`` from its own form and its auxiliaries."""
    token = sentence.tokens[i]
    auxiliaries = list(sentence.dependents(i, "aux", "cop"))
    if any(t.text.lower() in ("will", "shall", "wo", "'ll", "’ll") for t in auxiliaries):
        return "future"
    marked = [t.feats for t in (*auxiliaries, token)]
    if any("Tense=Past" in feats for feats in marked) or any(t.lemma == "have" for t in auxiliaries):
        return "past"
    if any("Tense=Pres" in feats and "VerbForm=Part" not in feats for feats in marked):
        return "present"
    return "none"


def _british(lemma: str) -> str:
    return "favour" if lemma == "favor" else lemma
