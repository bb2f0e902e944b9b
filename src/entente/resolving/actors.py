"""The order of the rules, and the one pass over a document that applies them."""

from __future__ import annotations

from msgspec.structs import replace

from entente.records.actors import Actor
from entente.records.annotations import ParsedDocument, Reference, ResolvedDocument, Sentence, Token
from entente.resolving import bodies, descriptions, names, nouns, pronouns, related, relatives, sets
from entente.resolving.coreference import CONJUNCT, THING, Antecedent, Nature, coordinated, first_conjunct, rank
from entente.resolving.index import ActorIndex
from entente.resolving.reading import Reading, Rule, distinct
from entente.resolving.words import SHARES

NOUN_RULES: tuple[Rule, ...] = (
    descriptions.several,
    pronouns.reciprocal,
    names.named,
    names.half_of_korea,
    nouns.titled,
    names.person,
    sets.quantity,
    related.former_ruler,
    related.neighbour,
    related.ally,
    descriptions.country,
    descriptions.region,
    descriptions.capital,
    bodies.organisation,
    nouns.relative_office,
    nouns.part_of_whole,
    nouns.role,
    nouns.belonging,
    nouns.placed,
)
PRONOUN_RULES: tuple[Rule, ...] = (pronouns.reciprocal, relatives.relative, pronouns.personal, sets.quantity)
ADJECTIVE_RULES: tuple[Rule, ...] = (names.named, nouns.own, pronouns.reciprocal, sets.quantity)

RULES: dict[str, tuple[Rule, ...]] = {
    "NOUN": NOUN_RULES,
    "PROPN": NOUN_RULES,
    "PRON": PRONOUN_RULES,
    "DET": PRONOUN_RULES,
    "SCONJ": (relatives.relative,),
    "NUM": (sets.quantity,),
    "CCONJ": (sets.quantity,),
    "ADJ": ADJECTIVE_RULES,
    "X": (names.named, names.person),
    "ADV": (names.named,),
    "VERB": (names.named,),
    "ADP": (names.named,),
}
"""By part of speech, which rules are tried, in this order: names first, what a phrase says of itself, then what surrounds it."""


def resolve_document(parsed: ParsedDocument, index: ActorIndex) -> ResolvedDocument:
    """Return what every phrase of a document refers to, and who was introduced with which office.

    A pure function: the day is that of the document, and phrases that nothing tells of have no reference.
    """
    reading = Reading(parsed, index, RULES)
    for sentence in parsed.sentences:
        for token in sentence.tokens:
            if token.pos in RULES:
                reference = reading.reference(sentence, token.i)
                take_note(reading, sentence, token, reference)
    return ResolvedDocument(parsed, reading.references, tuple(sorted(reading.offices, key=lambda o: (o.sentence, o.person_head))))


# --- what can be taken up again -----------------------------------------------------------------------------------------

PERSONAL_KINDS = frozenset(("person",))
PLACES_OF_THINGS = frozenset(("nsubj", "obj", "obl", "root"))


def take_note(reading: Reading, sentence: Sentence, token: Token, reference: Reference | None) -> None:
    """Keep a mention for later pronouns and descriptions."""
    if reference is None:
        _note_thing(reading, sentence, token)
    if reference is None or not reference.actors or (reference.link == "role" and sentence.first(token.i, "cop") is not None):
        return
    taken_up = reading.antecedents.get((sentence.index, token.i))
    nature, key = (taken_up.nature, taken_up.key) if taken_up is not None else _nature(reading, sentence, token, reference)
    plural = taken_up.plural if taken_up is not None else _is_plural(token, reference, nature)
    gender = taken_up.gender if taken_up is not None else _gender(reading, key)
    weight = rank(sentence, token.i) * (THING if nature == "thing" else 1.0)
    if nature in ("state", "body") and (token.dep == "conj" or sentence.first(token.i, "conj") is not None):
        weight *= CONJUNCT
    antecedent = Antecedent(sentence.index, token.i, key, reference.actors, nature, plural, weight, token.lemma.lower(), gender)
    reading.discourse.add(antecedent)
    _note_set(reading, sentence, token)


def _note_thing(reading: Reading, sentence: Sentence, token: Token) -> None:
    """Keep a thing that "it" or "they" may take up instead of an actor; a share of something is none."""
    if token.pos != "NOUN" or first_conjunct(sentence, token.i).relation not in PLACES_OF_THINGS:
        return
    if token.lemma.lower().removesuffix("s") in SHARES and sentence.first(token.i, "nmod") is not None:
        return
    key = ("thing", str(sentence.index), token.lemma.lower())
    weight = THING * rank(sentence, token.i)
    plural = "Number=Plur" in token.feats
    reading.discourse.add(Antecedent(sentence.index, token.i, key, (), "thing", plural, weight, token.lemma.lower()))


def _nature(reading: Reading, sentence: Sentence, token: Token, reference: Reference) -> tuple[Nature, tuple[str, ...]]:
    """Return what may take a mention up, and what it refers to."""
    actor = reference.actors[0]
    if actor.kind == "person":
        return "person", ("person", _surname(reading, sentence, token, actor))
    attached = reading.introduced_by(sentence, token.i)
    if attached is not None:
        return "person", ("person", attached.surname)
    codes = tuple(f"{a.code}.{a.sector or ''}" for a in reference.actors)
    if len(reference.actors) > 1 and reference.link in ("description", "pronoun"):
        return "set", ("set", *sorted(codes))
    if reference.link in ("possession", "place"):
        return "thing", ("within", *codes)
    if reference.link in ("role", "none"):
        return _role_nature(reading, sentence, token, codes)
    return ("set" if len(codes) > 1 else "state"), ("actor", *codes)


def _role_nature(reading: Reading, sentence: Sentence, token: Token, codes: tuple[str, ...]) -> tuple[Nature, tuple[str, ...]]:
    mention = reading.mention(sentence.index, token.i)
    if mention is not None:
        return "people", ("actor", *codes)
    found = nouns.role_at(reading, sentence, token)
    kind = found[1].kind if found is not None else "body"
    if "Number=Plur" in token.feats or kind == "people":
        return "people", ("people", token.lemma.lower(), *codes)
    if kind == "person":
        return "person", ("role", token.lemma.lower(), *codes)
    return "body", ("actor", *codes)


def _surname(reading: Reading, sentence: Sentence, token: Token, actor: Actor) -> str:
    someone = reading.people(sentence).get(token.i)
    known = reading.known(someone) if someone is not None else None
    return names.surname_of(known.name if known is not None else actor.text)


def _is_plural(token: Token, reference: Reference, nature: Nature) -> bool:
    if nature in ("set", "people"):
        return True
    if reference.link == "name" and reference.actors[0].kind == "group" and token.pos != "PROPN":
        return "Number=Plur" in token.feats
    return reference.link in ("role", "none", "possession", "place") and "Number=Plur" in token.feats


def _gender(reading: Reading, key: tuple[str, ...]) -> str | None:
    acquaintance = reading.acquaintances.get(key[-1]) if key[0] == "person" else None
    return acquaintance.gender if acquaintance is not None else None


def _note_set(reading: Reading, sentence: Sentence, token: Token) -> None:
    """Keep coordinated mentions together as one: "Britain, France and Germany"."""
    if token.dep != "conj":
        return
    first = first_conjunct(sentence, token.i)
    heads = coordinated(sentence, first.i)
    if token.i != heads[-1]:
        return
    references = [reading.references.get((sentence.index, i)) for i in heads]
    if any(r is None or r.link in ("adjective", "possession", "place", "none") for r in references):
        return
    actors = distinct(a for r in references if r is not None for a in r.actors)
    if len(actors) < 2:
        return
    key = ("set", *sorted(f"{a.code}.{a.sector or ''}" for a in actors))
    reading.discourse.add(Antecedent(sentence.index, first.i, key, actors, "set", True, rank(sentence, first.i) + 0.2))


# --- a phrase by itself -------------------------------------------------------------------------------------------------


def resolve_phrase(parsed: ParsedDocument, index: ActorIndex) -> Actor:
    """Return the actor that a bare phrase names ("the Ukrainian parliament"), unresolved with a reason where nothing tells.

    Officials and bodies of a state keep their sector here: there is no clause in which they could act for the state. The
    document's title, if any, is context: a state named there is the one in focus.
    """
    document = parsed.document
    titled = ParsedDocument(replace(document, title=f"{document.title or ''} {document.text}"), parsed.sentences)
    reading = Reading(titled, index, RULES)
    for sentence in parsed.sentences:
        root = next((t.i for t in sentence.tokens if t.head == t.i), 0)
        for i in (root, *(t.i for t in sentence.tokens if t.i != root)):
            reference = reading.reference(sentence, i)
            actor = next((a for a in reference.actors if a.code is not None), None) if reference is not None else None
            if actor is not None:
                return Actor(
                    actor.code, document.text, _sector(reading, sentence, i, actor), actor.entity, actor.kind, actor.reason
                )
    return _unresolved(reading)


def _sector(reading: Reading, sentence: Sentence, i: int, actor: Actor) -> str | None:
    """Return the sector of a phrase: its own, that of its last role noun, or that of a person's office on the day."""
    if actor.sector is not None:
        return actor.sector
    sector = _last_role(reading, sentence)
    if sector is None and actor.kind == "person":
        someone = reading.people(sentence).get(i)
        entry = reading.leader_entry(someone) if someone is not None else None
        return PAST_SECTOR if entry is not None and entry.spell.distance(reading.day) else "GOV"
    past = any(token.text.lower() in reading.index.past_qualifiers for token in sentence.tokens)
    return PAST_SECTOR if past and sector in ("GOV", "MIL", "SPY", "LEG") else sector


PAST_SECTOR = "ELI"


def _last_role(reading: Reading, sentence: Sentence) -> str | None:
    """Return the sector of the role noun nearest to the end of a phrase: "Minsk police station" is the police."""
    for token in reversed(sentence.tokens):
        found = nouns.role_at(reading, sentence, token)
        if found is not None and found[1].sector is not None:
            return found[1].sector
    return None


def _unresolved(reading: Reading) -> Actor:
    text = reading.parsed.document.text
    for sentence in reading.parsed.sentences:
        sector = _last_role(reading, sentence)
        if sector is not None:
            past = any(token.text.lower() in reading.index.past_qualifiers for token in sentence.tokens)
            sector = PAST_SECTOR if past and sector == "GOV" else sector
            return Actor(None, text, sector, kind="role", reason="a role, and the text names no state")
    return Actor(None, text, reason="no name, people or body that the tables know")
