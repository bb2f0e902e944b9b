"""Who holds which office: people introduced with one get a state, are remembered by name, and make an office tie."""

from __future__ import annotations

from entente.records.actors import Actor
from entente.records.annotations import Office, Sentence, Token
from entente.resolving.coreference import first_conjunct, subjects_above
from entente.resolving.focus import state_in_focus
from entente.resolving.introductions import Introduction, OfficePhrase
from entente.resolving.mentions import Person
from entente.resolving.reading import Acquaintance, Reading
from entente.resolving.words import HOSTING, RANKS_AND_TITLES, SENT_ABROAD

LOOKBACK = 6
COUNTERPARTS = frozenset(("counterpart", "opposite number"))
TITLES_OF_ONE_STATE = {
    "secretary of state": "USA",
    "defense secretary": "USA",
    "secretary of defense": "USA",
    "treasury secretary": "USA",
    "commerce secretary": "USA",
    "house speaker": "USA",
    "congressman": "USA",
    "home secretary": "GBR",
    "defence secretary": "GBR",
    "chancellor of the exchequer": "GBR",
    "taoiseach": "IRL",
    "tánaiste": "IRL",
}
"""Titles that one state alone has, by its code: they decide where the text names no owner."""
PARTY_SECTORS = frozenset(("REB", "OPP", "REL", "BUS", "COP", "JRN"))


def introduce(reading: Reading, sentence: Sentence, person: Person) -> Acquaintance | None:
    """Return what the document or the tables say of a person, and note the office at the first introduction.

    Nothing comes back of a person whom neither knows.
    """
    introduction = next((found for found in reading.introductions(sentence) if found.person.first == person.first), None)
    known = reading.known(person)
    if introduction is None or (known is not None and known.office is not None and known.introduced):
        return known or _from_tables(reading, person)
    return _from_office(reading, sentence, introduction)


def _from_tables(reading: Reading, person: Person) -> Acquaintance | None:
    entry = reading.leader_entry(person) or reading.office_holder(person)
    if entry is None:
        return None
    actor = Actor(entry.code, person.name, entry.sector, entry.entity, kind="person", reason="by the leader tables")
    acquaintance = Acquaintance(person.name, actor, entry.office, entry.gender)
    reading.meet(person, acquaintance)
    return acquaintance


def _from_office(reading: Reading, sentence: Sentence, introduction: Introduction) -> Acquaintance | None:
    person = introduction.person
    owner, office = _owner(reading, sentence, introduction)
    if owner is None:
        return _from_tables(reading, person) or _from_focus(reading, sentence, introduction)
    entry = reading.leader_entry(person)
    kind = reading.index.gazetteer.offices.get(introduction.office)
    sector = owner.sector or (kind.sector if kind is not None and kind.sector in PARTY_SECTORS else None)
    actor = Actor(owner.code, person.name, sector, entry.entity if entry else person.name, "person", f"introduced as {office}")
    gender = entry.gender if entry else None
    acquaintance = Acquaintance(person.name, actor, office, gender, introduction.past, introduced=True)
    reading.meet(person, acquaintance)
    if owner.code is not None and (kind is None or not kind.no_tie):
        holder = Actor(owner.code, owner.text, owner.sector, owner.entity, owner.kind, owner.reason)
        reading.offices.append(Office(sentence.index, person.head, introduction.office_head, person.name, office, holder))
    return acquaintance


def _from_focus(reading: Reading, sentence: Sentence, introduction: Introduction) -> Acquaintance | None:
    """Return a person with a rank or title that names no owner as one of the state in focus; that makes no tie."""
    state = state_in_focus(reading, sentence, introduction.office_head)
    if state is None:
        return None
    actor = Actor(state.code, introduction.person.name, None, introduction.person.name, "person", state.reason)
    acquaintance = Acquaintance(introduction.person.name, actor, introduction.office)
    reading.meet(introduction.person, acquaintance)
    return acquaintance


# --- whose office -------------------------------------------------------------------------------------------------------


def _owner(reading: Reading, sentence: Sentence, introduction: Introduction) -> tuple[Actor | None, str]:
    """Return whose office it is, and the office: of a counterpart or successor it is the other one's."""
    if introduction.relational:
        return _relational_owner(reading, sentence, introduction)
    if introduction.place is not None and (own := _owner_in_list(reading, sentence, introduction)) is not None:
        return own, introduction.office
    places: tuple[Introduction | OfficePhrase, ...] = (introduction, *introduction.others)
    named = next((a for p in places if (a := _named_before(reading, sentence, p) or _named_after(reading, sentence, p))), None)
    named = named or _named_after_person(reading, sentence, introduction)
    if named is not None:
        return named, introduction.office
    entry = reading.leader_entry(introduction.person)
    if entry is None and (likely := reading.office_holder(introduction.person)) and likely.office == introduction.office:
        entry = likely
    if entry is not None and entry.code is not None:
        return reading.state(entry.code, introduction.office, "by the leader tables", entry.sector), introduction.office
    described = next((a for p in places if (a := _described(reading, sentence, p))), None)
    if described is None and introduction.office in TITLES_OF_ONE_STATE:
        return reading.state(
            TITLES_OF_ONE_STATE[introduction.office], introduction.office, "a title of that state"
        ), introduction.office
    if described is None and introduction.office in RANKS_AND_TITLES:
        return None, introduction.office
    if described is None and introduction.office in SENT_ABROAD and (sender := _sender(reading, sentence, introduction)):
        return sender, introduction.office
    return described or state_in_focus(reading, sentence, introduction.office_head), introduction.office


def _owner_in_list(reading: Reading, sentence: Sentence, introduction: Introduction) -> Actor | None:
    """Return whose office one of several people holds: said after the name, of the tables, or the one of as many adjectives."""
    after = _named_after_person(reading, sentence, introduction)
    if after is not None:
        return after
    entry = reading.leader_entry(introduction.person)
    if entry is not None and entry.code is not None:
        return reading.state(entry.code, introduction.office, "by the leader tables", entry.sector)
    n, total = introduction.place or (0, 1)
    owners: list[Actor] = []
    for mention in reading.mentions_of(sentence.index):
        if introduction.first - LOOKBACK <= mention.first and mention.last < introduction.first:
            reference = reading.reference(sentence, mention.head)
            owners += reference.actors if reference is not None else ()
    return owners[n] if len(owners) == total else None


def _sender(reading: Reading, sentence: Sentence, introduction: Introduction) -> Actor | None:
    """Return whom an ambassador represents that is summoned or expelled: the other state, never the host."""
    person = first_conjunct(sentence, introduction.person.head)
    verb = sentence.tokens[person.head]
    if verb.lemma.lower() not in HOSTING or person.dep not in ("obj", "nsubj:pass"):
        return None
    hosts = {a.code for i in subjects_above(sentence, person.i)[:1] for a in reading.actors(sentence, i)}
    hosts |= {a.code for t in sentence.dependents(verb.i, "obl", "obl:agent") for a in reading.actors(sentence, t.i)}
    weights = reading.discourse.state_weights(sentence.index, person.i, 2, topic=0.0)
    codes = [c for c in {**weights, **reading.topic} if c in reading.index.names and c not in hosts]
    if not codes or not hosts:
        return None
    best = max(codes, key=lambda c: weights.get(c, 0.0) + reading.topic[c])
    return reading.state(best, introduction.office, "the state that sent him")


def _named_before(reading: Reading, sentence: Sentence, office: Introduction | OfficePhrase) -> Actor | None:
    """Return the state or organisation whose name or adjective stands before the office: "Russian", "Turkey’s", "NATO"."""
    for i in range(office.first - 1, max(-1, office.first - LOOKBACK), -1):
        token = sentence.tokens[i]
        mention = reading.mention_around(sentence.index, i)
        if mention is not None:
            reference = reading.reference(sentence, mention.head)
            return next(iter(reference.actors), None) if reference else None
        if not _within_title(token):
            return None
    return None


def _within_title(token: Token) -> bool:
    return token.pos in ("ADJ", "ADV", "NUM", "PART", "NOUN", "PROPN") or token.text in ("-", "’s", "'s", "’", "‘")


def _named_after(reading: Reading, sentence: Sentence, office: Introduction | OfficePhrase) -> Actor | None:
    """Return the state or organisation of "president of Iran", "head of its security council"."""
    return _complement(reading, sentence, office.last + 1)


def _named_after_person(reading: Reading, sentence: Sentence, introduction: Introduction) -> Actor | None:
    """Return the state of "Foreign Minister N. N. of Moldova"."""
    return _complement(reading, sentence, introduction.person.last + 1)


def _complement(reading: Reading, sentence: Sentence, i: int) -> Actor | None:
    """Return what the preposition at a token leads to, where it is one of belonging."""
    if i >= len(sentence.tokens) or sentence.tokens[i].text.lower() not in ("of", "for", "to"):
        return None
    noun = sentence.tokens[sentence.tokens[i].head]
    if noun.i > i and (actors := reading.actors(sentence, noun.i)):
        return actors[0]
    mention = next((m for m in reading.mentions_of(sentence.index) if i < m.first <= i + 3), None)
    reference = reading.reference(sentence, mention.head) if mention else None
    return next(iter(reference.actors), None) if reference is not None else None


def _described(reading: Reading, sentence: Sentence, office: Introduction | OfficePhrase) -> Actor | None:
    """Return whom a possessive pronoun or description before the office stands for: "its", "the country’s"."""
    for i in range(office.first - 1, max(-1, office.first - LOOKBACK), -1):
        token = sentence.tokens[i]
        if token.pos in ("PRON", "DET") and ("Poss=Yes" in token.feats or token.dep == "nmod:poss"):
            return next(iter(reading.actors(sentence, i)), None)
        if token.text in ("’s", "'s", "’") and i > 0:
            owner = sentence.tokens[i - 1]
            return next(iter(reading.actors(sentence, owner.i)), None)
        if not _within_title(token):
            return None
    return None


def _relational_owner(reading: Reading, sentence: Sentence, introduction: Introduction) -> tuple[Actor | None, str]:
    other = related_person(reading, sentence, introduction.office_head, introduction.office)
    office = other.office if other is not None and other.office else introduction.office
    entry = reading.leader_entry(introduction.person)
    if introduction.office not in COUNTERPARTS and entry is not None and entry.office:
        office = entry.office
    named = _named_before(reading, sentence, introduction) if introduction.office in COUNTERPARTS else None
    if named is None and entry is not None and entry.code is not None:
        return reading.state(entry.code, introduction.office, "by the leader tables", entry.sector), office
    if named is None and other is not None and introduction.office not in COUNTERPARTS and other.actor.code is not None:
        return reading.state(other.actor.code, introduction.office, f"the state of {other.name}"), office
    return named, office


def related_person(reading: Reading, sentence: Sentence, noun: int, relation: str) -> Acquaintance | None:
    """Return whose counterpart, successor or predecessor a noun names: the possessor's, as far as it is a known person.

    A successor's possessor is rather the one who has gone than the subject of the clause.
    """
    for possessor in sentence.dependents(noun, "nmod:poss"):
        antecedent = reading.discourse.at(sentence.index, possessor.i)
        person = next((p for p in reading.people(sentence).values() if p.head == possessor.i), None)
        if person is not None:
            return reading.known(person) or _from_tables(reading, person)
        if relation not in COUNTERPARTS and (gone := _who_has_gone(reading, sentence, possessor.i)):
            return gone
        reading.reference(sentence, possessor.i)
        antecedent = antecedent or reading.antecedents.get((sentence.index, possessor.i))
        if antecedent is not None and antecedent.nature == "person":
            return reading.acquaintances.get(antecedent.key[-1])
    return None


def _who_has_gone(reading: Reading, sentence: Sentence, i: int) -> Acquaintance | None:
    for antecedent in reading.discourse.before(sentence.index, i, 1):
        person = reading.acquaintances.get(antecedent.key[-1]) if antecedent.nature == "person" else None
        if person is not None and person.past:
            return person
    return None
