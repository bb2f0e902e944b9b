"""The state of reading one document: what has been named, introduced and referred to so far. Local to one document."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator

from msgspec import Struct

from entente.records.actors import Actor
from entente.records.annotations import Link, Office, ParsedDocument, Reference, Sentence, Token
from entente.resolving.coreference import Antecedent, Discourse
from entente.resolving.index import ActorIndex, Entry, fold
from entente.resolving.introductions import Introduction, find_introductions
from entente.resolving.mentions import Mention, Person, contemporaries, find_mentions, find_people, phrase_start, years_named

Rule = Callable[["Reading", Sentence, Token], Reference | None]

INNER = frozenset(("det", "amod", "compound", "nummod", "nmod:poss", "flat", "advmod", "punct", "case"))
TITLE_WEIGHT = 3
SUBJECT_WEIGHT = 2
RECENT = 366
MODIFIERS = frozenset(("amod", "compound"))


class Acquaintance(Struct, frozen=True):
    """A person whom the document has named: the words of the first full name, whom they act for, the office they hold."""

    name: str
    actor: Actor
    office: str | None = None
    gender: str | None = None
    past: bool = False
    introduced: bool = False


class Reading:
    """One document being read: references found so far, people met, what can be taken up again."""

    def __init__(self, parsed: ParsedDocument, index: ActorIndex, rules: dict[str, tuple[Rule, ...]]) -> None:
        self.parsed = parsed
        self.index = index
        self.day = parsed.document.published
        self.rules = rules
        self.references: dict[tuple[int, int], Reference] = {}
        self.offices: list[Office] = []
        self.acquaintances: dict[str, Acquaintance] = {}
        self.antecedents: dict[tuple[int, int], Antecedent] = {}
        self._tried: set[tuple[int, int]] = set()
        self._mentions = find_mentions(parsed, index)
        self.years = years_named(parsed)
        self._heads = {(m.sentence, m.head): m for mentions in self._mentions.values() for m in mentions}
        self._inside = {
            (m.sentence, i): m for mentions in self._mentions.values() for m in mentions for i in range(m.first, m.last + 1)
        }
        self._people: dict[int, dict[int, Person]] = {}
        self._introductions: dict[int, tuple[Introduction, ...]] = {}
        self.referring_nouns = self.index.referring_nouns
        self.topic = self._count_topic()
        self.discourse = Discourse(self.topic)

    # --- names and people --------------------------------------------------------------------------------------------------

    def mention(self, sentence: int, i: int) -> Mention | None:
        """Return the name whose head is token ``i``."""
        return self._heads.get((sentence, i))

    def mention_around(self, sentence: int, i: int) -> Mention | None:
        """Return the name that token ``i`` is part of."""
        return self._inside.get((sentence, i))

    def mentions_of(self, sentence: int) -> list[Mention]:
        """Return the names of a sentence in order."""
        return self._mentions.get(sentence, [])

    def mentions_before(self, sentence: int, i: int, window: int) -> Iterator[Mention]:
        """Yield the names before a token, nearest first, back to ``window`` sentences."""
        for s in range(sentence, max(-1, sentence - window - 1), -1):
            for mention in reversed(self.mentions_of(s)):
                if s < sentence or mention.first < i:
                    yield mention

    def people(self, sentence: Sentence) -> dict[int, Person]:
        """Return the people named in a sentence, by the head of the name."""
        if sentence.index not in self._people:
            found = find_people(sentence, self.index, self.mentions_of(sentence.index))
            self._people[sentence.index] = {person.head: person for person in found}
        return self._people[sentence.index]

    def introductions(self, sentence: Sentence) -> tuple[Introduction, ...]:
        """Return who is introduced with an office in a sentence."""
        if sentence.index not in self._introductions:
            people = self.people(sentence)
            found = find_introductions(sentence, list(people.values()), self.index, self._owned(sentence)) if people else []
            self._introductions[sentence.index] = tuple(found)
        return self._introductions[sentence.index]

    def _owned(self, sentence: Sentence) -> frozenset[int]:
        """Return the tokens of names; the office at the end of "UN secretary-general" is an office all the same."""
        owned: set[int] = set()
        for mention in self.mentions_of(sentence.index):
            last = mention.last
            if mention.entry.form == "institution":
                phrases = self.index.offices.get(sentence.tokens[last].text.lower(), ())
                starts = [start for words in phrases if (start := phrase_start(sentence, last, words)) is not None]
                last = min(starts, default=last + 1) - 1
            owned |= set(range(mention.first, last + 1))
        return frozenset(owned)

    def introduced_by(self, sentence: Sentence, office_head: int) -> Person | None:
        """Return the person whom the office at a token introduces."""
        for introduction in self.introductions(sentence):
            if introduction.office_head == office_head:
                return introduction.person
        return None

    def leader_entry(self, person: Person) -> Entry | None:
        """Return what the leader tables know of a person, as of the day of the document."""
        for i in range(person.first, person.last + 1):
            mention = self._inside.get((person.sentence, i))
            if mention is not None and mention.entry.form in ("leader", "surname"):
                return mention.entry
        return None

    def office_holder(self, person: Person) -> Entry | None:
        """Return the leader whom a bare surname that many bear means: in office about that day, of a state in the text.

        Else one of a year that the text names, or of the time of another leader in it.
        """
        if person.first != person.last:
            return None
        borne = [e for e in self.index.surnames.get(person.surname, ()) if e.code in self.topic]
        entries = [e for e in borne if e.spell.distance(self.day) < RECENT] or [e for e in borne if self._of_its_time(e)]
        if len({e.entity for e in entries}) > 1:
            entries = [e for e in entries if e.spell.covers(self.day) or any(e.spell.covers(year) for year in self.years)]
        return entries[0] if len({e.entity for e in entries}) == 1 else None

    def _of_its_time(self, entry: Entry) -> bool:
        """Return whether a leader of the past held office in a year that the text names, or beside another one in it."""
        if any(entry.spell.distance(year) < RECENT for year in self.years):
            return True
        leaders = (m.entry for m in self._heads.values() if m.entry.form in ("leader", "surname"))
        return any(e.spell.distance(self.day) > RECENT and contemporaries(e, entry, RECENT) for e in leaders)

    def known(self, person: Person) -> Acquaintance | None:
        """Return whom the document has already introduced under a name or one of its words."""
        words = fold(person.name).split()
        return next((self.acquaintances[key] for key in (person.surname, *words) if key in self.acquaintances), None)

    def meet(self, person: Person, acquaintance: Acquaintance) -> None:
        """Remember a person by surname and, where they stand for nobody else, by the other words of the name."""
        for word in (person.surname, *fold(person.name).split()):
            if len(word) > 1 and not word.endswith("."):
                self.acquaintances.setdefault(word, acquaintance)
        self.acquaintances[person.surname] = acquaintance

    # --- references ----------------------------------------------------------------------------------------------------------

    def reference(self, sentence: Sentence, i: int) -> Reference | None:
        """Return what the phrase headed by token ``i`` refers to, trying each rule for its part of speech once."""
        key = (sentence.index, i)
        if key not in self.references and key not in self._tried:
            self._tried.add(key)
            token = sentence.tokens[i]
            for rule in self.rules.get(token.pos, ()):
                found = rule(self, sentence, token)
                if found is not None:
                    self.references[key] = found
                    break
        return self.references.get(key)

    def actors(self, sentence: Sentence, i: int) -> tuple[Actor, ...]:
        """Return the actors of a phrase and of those coordinated with it, each once."""
        found: list[Actor] = []
        for j in (i, *(token.i for token in sentence.dependents(i, "conj"))):
            reference = self.reference(sentence, j)
            if reference is not None:
                found += reference.actors
        return distinct(found)

    def antecedent(self, sentence: Sentence, i: int) -> Antecedent | None:
        """Return the mention at a token, or what the pronoun there takes up; a coordination comes as a whole."""
        taken_up = self.antecedents.get((sentence.index, i))
        return taken_up or self.discourse.at(sentence.index, i)

    def phrase(self, sentence: Sentence, i: int) -> tuple[int, int]:
        """Return first and last code point of a phrase without its complements: "the former Soviet republic"."""
        first = last = i
        while first > 0 and self._belongs(sentence, first - 1, i):
            first -= 1
        for j in sentence.children[i]:
            if j == last + 1 and sentence.tokens[j].dep in ("flat", "fixed", "goeswith"):
                last = j
        while first < i and sentence.tokens[first].pos in ("ADP", "PUNCT", "CCONJ", "ADV"):
            first += 1
        return sentence.tokens[first].start, sentence.tokens[last].end

    @staticmethod
    def _belongs(sentence: Sentence, j: int, i: int) -> bool:
        """Return whether token ``j`` stands before the head ``i`` as a part of its phrase."""
        token = sentence.tokens[j]
        if token.tag == "POS" or token.text in ("’s", "'s", "’", "-", "‘"):
            return True
        if token.pos in ("VERB", "AUX", "SCONJ") or token.text in (",", ";", ":", "—"):
            return False
        return j < token.head <= i and (token.head != i or token.dep in INNER or token.dep == "nmod:desc")

    def words(self, sentence: Sentence, i: int) -> str:
        """Return the words of a phrase without its complements."""
        start, end = self.phrase(sentence, i)
        return self.parsed.document.text[start:end]

    def refer(
        self, sentence: Sentence, i: int, link: Link, actors: Iterable[Actor], span: tuple[int, int] | None = None
    ) -> Reference:
        """Return a reference of the phrase headed by ``i``."""
        start, end = span or self.phrase(sentence, i)
        return Reference(sentence.index, i, link, distinct(actors), start, end)

    # --- the topic -------------------------------------------------------------------------------------------------------------

    def _count_topic(self) -> Counter[str]:
        """Return how much the document is about each state: its names counted, those in the title and in subjects for more."""
        topic: Counter[str] = Counter()
        first = self._opening()
        for (s, i), mention in self._heads.items():
            code = mention.entry.code
            if code is not None and code in self.index.names:
                token = self.parsed.sentences[s].tokens[i]
                opening = 2 * SUBJECT_WEIGHT if (s, i) == first else 1
                topic[code] += max(opening, SUBJECT_WEIGHT if token.relation == "nsubj" else 1)
        titled = [match.entries[0].code for match in self.index.find(self.parsed.document.title or "", self.day)]
        for place, code in enumerate(code for code in titled if code in self.index.names):
            topic[str(code)] += TITLE_WEIGHT + (SUBJECT_WEIGHT if place == 0 else 0)
        return topic

    def _opening(self) -> tuple[int, int] | None:
        """Return the sentence and head of the first name of the document: what it opens with it is mostly about."""
        return next(((s, mentions[0].head) for s, mentions in sorted(self._mentions.items()) if mentions), None)

    def dominant(self) -> str | None:
        """Return the state that the document is about, where one stands out."""
        ranked = self.topic.most_common(2)
        if not ranked:
            return None
        return ranked[0][0] if len(ranked) == 1 or ranked[0][1] >= 1.3 * ranked[1][1] else None

    def state(self, code: str, text: str, reason: str | None = None, sector: str | None = None) -> Actor:
        """Return a state, or a party within it, as an actor."""
        return Actor(code, text, sector, self.index.names.get(code, code), "state", reason)


def distinct(actors: Iterable[Actor]) -> tuple[Actor, ...]:
    """Return actors in order, each code with its sector once."""
    found: dict[tuple[str | None, str | None, str | None], Actor] = {}
    for actor in actors:
        found.setdefault((actor.code, actor.sector, None if actor.code else actor.text), actor)
    return tuple(found.values())
