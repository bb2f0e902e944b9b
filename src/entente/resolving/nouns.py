"""Common nouns: people and bodies of an actor, things of an actor, things in a place."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from entente.codebook.gazetteer import Role
from entente.records.actors import Actor
from entente.records.annotations import Reference, Sentence, Token
from entente.resolving.coreference import first_conjunct, subjects_above
from entente.resolving.focus import place_of_clause, state_in_focus
from entente.resolving.mentions import SEATS, noun_lemma, phrase_start
from entente.resolving.offices import introduce, related_person
from entente.resolving.reading import Reading, distinct
from entente.resolving.words import (
    ANYBODY,
    ARRESTS,
    DEVERBAL,
    DOMESTIC,
    FOCUSED,
    HOSTILE,
    NEVER_FOCUSED,
    OTHERS,
    PARTS_OF_WHOLE,
    SENDING,
    TITLES_OF_ONE_STATE,
    WHERE,
    WITHDRAWAL,
)

SOURCES = frozenset(("of", "from"))
ORIGINS = frozenset(("of", "from", "in", "at", "inside", "within", "for"))
DEVERBAL_ENDINGS = ("tion", "sion", "ment", "ance", "ence", "ing", "ure", "sis", "al", "ship", "ery")
LED = frozenset(("led", "run", "controlled", "occupied", "ruled", "governed"))
AIRCRAFT = frozenset(("bomber", "fighter", "carrier", "destroyer", "cruiser"))
ARMS = frozenset(("tank", "helicopter", "missile", "warship", "submarine", "jet", "aircraft", "drone", "gunboat", "howitzer"))
PLURAL_BODIES = frozenset(("OPP", "CVL", "LAB", "EDU", "REL"))
FIGHTING = frozenset(("REB", "PRM", "CRM", "UAF"))
FOREIGN = frozenset(["international", "foreign", "global", "world", "outside", "regional"])


# --- whose it is --------------------------------------------------------------------------------------------------------


def possessors(reading: Reading, sentence: Sentence, i: int) -> tuple[Actor, ...]:
    """Return whose a phrase is by possessive: "Russia’s", "its"."""
    before = [t for t in sentence.dependents(i, "nmod:poss") if t.i < i]
    return distinct(a for t in before for a in reading.actors(sentence, t.i) if a.code is not None)


def adjectives(reading: Reading, sentence: Sentence, i: int) -> tuple[Actor, ...]:
    """Return whose a phrase is by adjective or noun in front: "American and European", "NATO", "Trump"."""
    direct = distinct(a for t in _modifiers(reading, sentence, i) for a in reading.actors(sentence, t.i) if a.code is not None)
    if direct:
        return _without_peoples(direct)
    nested = (t for noun in sentence.dependents(i, "compound") if noun.i < i for t in _modifiers(reading, sentence, noun.i))
    return distinct(a for t in nested for a in reading.actors(sentence, t.i) if a.code is not None)


def _without_peoples(owners: tuple[Actor, ...]) -> tuple[Actor, ...]:
    """Leave out a people whose state is named beside it: "Burundian Hutu rebels"."""
    states = {owner.code for owner in owners if owner.sector is None}
    return tuple(owner for owner in owners if owner.sector != "CVL" or owner.code not in states)


def _modifiers(reading: Reading, sentence: Sentence, i: int) -> Iterator[Token]:
    for token in sentence.dependents(i, "amod", "compound", "nmod:unmarked", "flat"):
        if token.i > i and token.dep != "flat":
            continue
        if reading.mention(sentence.index, token.i) is not None or token.i in reading.people(sentence):
            yield token
        elif token.text.lower() in LED:
            yield from (
                t
                for t in sentence.dependents(token.i, "compound", "obl", "nsubj", "amod", "obj")
                if reading.mention(sentence.index, t.i)
            )


def origins(
    reading: Reading, sentence: Sentence, i: int, prepositions_of_origin: frozenset[str] = frozenset(("of", "from", "in"))
) -> tuple[Actor, ...]:
    """Return whose a role is by complement: "delegates from Peru and Chile", "officials in Tehran"."""
    found: list[Actor] = []
    for token in sentence.dependents(i, "nmod"):
        where = prepositions(sentence, token.i)
        inner = reading.reference(sentence, token.i)
        if inner is None or inner.link == "possession":
            continue
        if token.dep != "nmod:poss" and where & prepositions_of_origin and not ("from" in where and _leaves(sentence, i)):
            found += [actor for actor in reading.actors(sentence, token.i) if actor.code is not None]
    return distinct(found)


def _leaves(sentence: Sentence, i: int) -> bool:
    """Return whether a phrase stands under a word of withdrawal, so that "from" says what is left, not whose it is."""
    return any(ancestor.lemma.lower() in WITHDRAWAL for ancestor in sentence.ancestors(i))


def prepositions(sentence: Sentence, i: int) -> set[str]:
    """Return the prepositions of a phrase, lower case."""
    return {t.text.lower() for t in sentence.dependents(i, "case")}


# --- the rules ----------------------------------------------------------------------------------------------------------


def titled(reading: Reading, sentence: Sentence, token: Token) -> Reference | None:
    """Resolve "the shah", "the Kaiser", "the pope": a title that the head of one state bears, with nothing but an article."""
    code = TITLES_OF_ONE_STATE.get(token.text.lower())
    if code is None or reading.mention_around(sentence.index, token.i) is not None:
        return None
    if not _is_definite(sentence, token) or any(t.dep not in TITLE_ALONE for t in _below(sentence, token)):
        return None
    text = reading.words(sentence, token.i)
    return reading.refer(sentence, token.i, "role", (Actor(code, text, None, reading.index.names[code], "role", "by the title"),))


def _below(sentence: Sentence, token: Token) -> Iterator[Token]:
    return (sentence.tokens[i] for i in sentence.children[token.i])


TITLE_ALONE = frozenset(("det", "case", "punct", "conj", "cc", "acl:relcl", "cop", "advmod", "mark", "acl"))


def part_of_whole(reading: Reading, sentence: Sentence, token: Token) -> Reference | None:
    """Resolve "tens of thousands of protesters", "members of the PKK" to what they are part of."""
    if noun_lemma(token) not in PARTS_OF_WHOLE:
        return None
    for inner in sentence.dependents(token.i, "nmod"):
        if "of" in prepositions(sentence, inner.i):
            reference = reading.reference(sentence, inner.i)
            actors = reading.actors(sentence, inner.i)
            if reference is not None and actors:
                link = "role" if reference.link == "name" else reference.link
                return reading.refer(sentence, token.i, link, actors)
    return None


def relative_office(reading: Reading, sentence: Sentence, token: Token) -> Reference | None:
    """Resolve "his successor", "its Qatari counterpart": the other one's state, or the one that an adjective names."""
    word = noun_lemma(token)
    if word == "number" and token.i > 0 and sentence.tokens[token.i - 1].text.lower() == "opposite":
        word = "counterpart"
    if word not in ("counterpart", "successor", "predecessor", "colleague", "homologue"):
        return None
    by_adjective = adjectives(reading, sentence, token.i)
    if by_adjective:
        return reading.refer(sentence, token.i, "role", by_adjective)
    attached = reading.introduced_by(sentence, token.i)
    if attached is not None and (acquaintance := introduce(reading, sentence, attached)):
        return reading.refer(sentence, token.i, "role", (acquaintance.actor,))
    if word in ("counterpart", "colleague") and (named := origins(reading, sentence, token.i)):
        return reading.refer(sentence, token.i, "role", named)
    if word not in ("successor", "predecessor"):
        return None
    owners = possessors(reading, sentence, token.i)
    if owners and all(a.kind in ("role", "state") for a in owners) and _is_impersonal(sentence, token):
        return reading.refer(sentence, token.i, "role", owners)
    other = related_person(reading, sentence, token.i, word)
    return reading.refer(sentence, token.i, "role", (other.actor,)) if other is not None else None


def _is_impersonal(sentence: Sentence, token: Token) -> bool:
    """Return whether a successor is that of a body: "its predecessor", "the government’s successor"."""
    owner = next((t for t in sentence.dependents(token.i, "nmod:poss")), None)
    return owner is not None and (owner.text.lower() == "its" or noun_lemma(owner) in ("government", "cabinet", "administration"))


def role(reading: Reading, sentence: Sentence, token: Token) -> Reference | None:
    """Resolve people and bodies of an actor: "nine Russian diplomats", "the Ukrainian parliament", "police"."""
    found = role_at(reading, sentence, token)
    if found is None or _is_aircraft(reading, sentence, token):
        return None
    noun, kind = found
    owners = (
        _introduced(reading, sentence, token)
        or _owners(reading, sentence, token.i, military=kind.sector == "MIL")
        or _holder(reading, token, noun)
    )
    owners = owners or _sender(reading, sentence, token, kind) or _fellow(reading, sentence, token, kind)
    owners = owners or _party_before(reading, sentence, token, kind) or _attacked(reading, sentence, token, kind)
    owners = owners or _fights_there(reading, sentence, token)
    owners = owners or _same_again(reading, sentence, token, kind)
    if not owners and not _is_unknown(reading, sentence, token, kind):
        owners = _by_focus(reading, sentence, token, noun, kind)
    if owners:
        return reading.refer(sentence, token.i, "role", (_in_role(reading, sentence, token, kind, owner) for owner in owners))
    if kind.sector in ("UAF", "CRM", "REB", "PRM"):
        actor = Actor(None, reading.words(sentence, token.i), kind.sector, kind="unknown", reason="the text names no state")
        return reading.refer(sentence, token.i, "none", (actor,))
    return None


def _is_aircraft(reading: Reading, sentence: Sentence, token: Token) -> bool:
    """Return whether a noun that may be a person is a machine: "a Russian bomber", "four Swedish Gripen fighters"."""
    if noun_lemma(token) not in AIRCRAFT:
        return False
    inner = list(sentence.dependents(token.i, "compound", "amod", "nummod", "flat"))
    if any(t.text.lower() in ("suicide", "rebel", "militant", "armed", "foreign", "islamist", "jihadist") for t in inner):
        return False
    before = sentence.tokens[max(0, token.i - 4) : token.i]
    if any(t.text[:1].isdigit() and sentence.tokens[t.i - 1].text == "-" for t in before if t.i):
        return True
    if any(
        noun_lemma(t) in ARMS
        for t in sentence.tokens
        if t.pos == "NOUN" and first_conjunct(sentence, t.i).i == first_conjunct(sentence, token.i).i
    ):
        return True
    model = any(
        t.pos in ("PROPN", "NUM", "X") and t.dep == "compound" and reading.mention(sentence.index, t.i) is None for t in inner
    )
    return model or noun_lemma(token) != "fighter" or "Number=Sing" in token.feats


def role_at(reading: Reading, sentence: Sentence, token: Token) -> tuple[str, Role] | None:
    """Return the longest role noun whose head is a token, and what it means: "foreign minister", "head of state"."""
    if reading.mention_around(sentence.index, token.i) is not None:
        return None
    lemma, text = noun_lemma(token), token.text.lower()
    headed = reading.index.role_complements.get(lemma, ())
    tokens = sentence.tokens
    for words, kind in headed:
        if all(token.i + k < len(tokens) and tokens[token.i + k].text.lower() == word for k, word in enumerate(words[1:], 1)):
            return " ".join(words), kind
    for words, kind in (*reading.index.roles.get(lemma, ()), *(reading.index.roles.get(text, ()) if text != lemma else ())):
        if phrase_start(sentence, token.i, words) is not None:
            return " ".join(words), kind
    return None


def _owners(reading: Reading, sentence: Sentence, i: int, *, military: bool) -> tuple[Actor, ...]:
    """Return whose a role is: by possessive, adjective, complement; an army in a country need not be that country's."""
    return (
        possessors(reading, sentence, i)
        or adjectives(reading, sentence, i)
        or origins(reading, sentence, i, SOURCES if military else ORIGINS)
        or _commanded(reading, sentence, i)
        or (() if military else _origin_beside(reading, sentence, i))
    )


def _commanded(reading: Reading, sentence: Sentence, i: int) -> tuple[Actor, ...]:
    """Return the person under whom people or a body stand: "the army under General N. N.", "troops loyal to N. N."."""
    for token in sentence.dependents(i, "nmod"):
        if "under" in prepositions(sentence, token.i):
            return tuple(a for a in reading.actors(sentence, token.i) if a.kind == "person" and a.code is not None)[:1]
    return ()


def _origin_beside(reading: Reading, sentence: Sentence, i: int) -> tuple[Actor, ...]:
    """Return the state named right after a role, however the parse attaches it: "parliament in Tehran"."""
    tokens = sentence.tokens
    if i + 2 >= len(tokens) or tokens[i + 1].text.lower() not in ("of", "in", "from"):
        return ()
    mention = next((m for m in reading.mentions_of(sentence.index) if i + 2 <= m.first <= i + 3), None)
    reference = reading.reference(sentence, mention.head) if mention is not None else None
    if (
        mention is None
        or reference is None
        or reference.link not in ("name", "place")
        or tokens[mention.first - 1].pos not in ("ADP", "DET")
    ):
        return ()
    return reference.actors


def _introduced(reading: Reading, sentence: Sentence, token: Token) -> tuple[Actor, ...]:
    """Return the person whom the role introduces: "the country’s president, N. N."."""
    attached = reading.introduced_by(sentence, token.i)
    acquaintance = introduce(reading, sentence, attached) if attached is not None else None
    return (acquaintance.actor,) if acquaintance is not None and acquaintance.actor.code is not None else ()


def _holder(reading: Reading, token: Token, noun: str) -> tuple[Actor, ...]:
    """Return the person whom the document has met with that office before ("the prime minister")."""
    if token.text != token.lemma and "Number=Plur" in token.feats:
        return ()
    holders = [a for a in reading.acquaintances.values() if a.office == noun and not a.past]
    return (holders[-1].actor,) if holders and len({a.actor.code for a in holders}) == 1 else ()


def _sender(reading: Reading, sentence: Sentence, token: Token, kind: Role) -> tuple[Actor, ...]:
    """Return who sends people without an owner: "Moscow sent peacekeepers", "France recalled its envoy"."""
    sent = kind.acts_as_state or kind.sector == "COP"
    if not sent or first_conjunct(sentence, token.i).relation not in ("obj", "iobj") or _is_definite(sentence, token):
        return ()
    verb = sentence.tokens[first_conjunct(sentence, token.i).head]
    if verb.lemma not in SENDING:
        return ()
    return tuple(a for i in subjects_above(sentence, token.i)[:1] for a in reading.actors(sentence, i) if a.code is not None)


def _is_definite(sentence: Sentence, token: Token) -> bool:
    return any(t.text.lower() == "the" for t in sentence.dependents(token.i, "det"))


def _fellow(reading: Reading, sentence: Sentence, token: Token, kind: Role) -> tuple[Actor, ...]:
    """Return the state of those whom rebels or protesters stand beside: "rebels and the Assad government"."""
    if kind.sector not in ("REB", "OPP", "CVL", "PRM"):
        return ()
    first = first_conjunct(sentence, token.i)
    for other in (first, *sentence.dependents(first.i, "conj")):
        reference = reading.reference(sentence, other.i) if other.i != token.i else None
        if reference is not None and reference.link == "role":
            return tuple(a for a in reference.actors if a.code in reading.index.names)
    return ()


def _party_before(reading: Reading, sentence: Sentence, token: Token, kind: Role) -> tuple[Actor, ...]:
    """Return the armed party that "the rebels" take up: the one named last, or one of the state that the text is about."""
    if kind.sector not in ("REB", "PRM") or not (_is_definite(sentence, token) or _is_ethnic(reading, sentence, token)):
        return ()
    for antecedent in reading.discourse.before(sentence.index, token.i, PARTY_WINDOW):
        parties = tuple(a for a in antecedent.actors if a.sector == kind.sector and a.code is not None)
        if parties:
            return parties
    code = reading.dominant()
    total = sum(reading.topic.values())
    if code is None or total < PARTY_TOPIC or reading.topic[code] < PARTY_SHARE * total:
        return ()
    return (reading.state(code, reading.words(sentence, token.i), "state in focus"),)


def _same_again(reading: Reading, sentence: Sentence, token: Token, kind: Role) -> tuple[Actor, ...]:
    """Return whose people or body it was when the text last spoke of it: "Russian peacekeepers … the peacekeepers"."""
    if kind.sector not in AGAIN or (kind.kind == "person" and "Number=Plur" not in token.feats):
        return ()
    if not _is_definite(sentence, token) or any(t.dep not in BARE for t in _below(sentence, token)):
        return ()
    if any(m.first < token.i and m.entry.code in reading.index.names for m in reading.mentions_of(sentence.index)):
        return ()
    for antecedent in reading.discourse.before(sentence.index, token.i, PARTY_WINDOW):
        if antecedent.noun == token.lemma.lower() and antecedent.nature in ("people", "body"):
            return antecedent.actors if all(a.code in reading.index.names for a in antecedent.actors) else ()
    return ()


def _fights_there(reading: Reading, sentence: Sentence, token: Token) -> tuple[Actor, ...]:
    """Return the state in which rebels without an owner act: "rebels ambushed a bus in northern Peru"."""
    if noun_lemma(token) not in INSURGENTS or first_conjunct(sentence, token.i).relation not in ("nsubj", "obl:agent"):
        return ()
    code = place_of_clause(reading, sentence, token.i)
    return (reading.state(code, reading.words(sentence, token.i), "where it happened"),) if code is not None else ()


INSURGENTS = frozenset(("rebel", "guerrilla", "guerilla", "insurgent", "separatist", "secessionist", "mutineer", "maoist"))
"""Those who fight the state in which they fight; of militants and gunmen that is not said."""

AGAIN = frozenset(("MIL", "COP", "SPY", "LEG"))
BARE = frozenset(("det", "case", "punct", "conj", "cc", "acl:relcl", "advmod", "mark"))


def _is_ethnic(reading: Reading, sentence: Sentence, token: Token) -> bool:
    """Return whether a people without a state of its own is named before a noun: "Kurdish militants"."""
    mentions = (reading.mention(sentence.index, t.i) for t in sentence.dependents(token.i, "amod", "compound"))
    return any(mention is not None and mention.entry.code is None for mention in mentions)


PARTY_WINDOW = 8
PARTY_SHARE = 0.4
PARTY_TOPIC = 3


def _is_unknown(reading: Reading, sentence: Sentence, token: Token, kind: Role) -> bool:
    """Return whether the words say that nobody knows who it was: "gunmen", "unidentified attackers"."""
    if any(t.text.lower() in reading.index.gazetteer.unknown for t in sentence.dependents(token.i, "amod")):
        return True
    return kind.sector in ("UAF", "CRM", "REB", "PRM", "BUS", "AGR") or kind.kind == "firm"


def _by_focus(reading: Reading, sentence: Sentence, token: Token, noun: str, kind: Role) -> tuple[Actor, ...]:
    if kind.sector not in FOCUSED or noun in NEVER_FOCUSED or token.dep in ("compound", "amod", "flat", "nmod:desc"):
        return ()
    if _is_counted(sentence, token) or (kind.kind == "body" and kind.sector not in PLURAL_BODIES and _is_plural_body(token)):
        return ()
    abroad = (t.text.lower() for t in sentence.dependents(token.i, "amod") if t.text.lower() not in noun.split())
    if not FOREIGN.isdisjoint(abroad) or _is_predicate(sentence, token):
        return ()
    if kind.sector == "MIL" and not _is_definite(sentence, token):
        code = place_of_clause(reading, sentence, token.i)
        at_home = code is not None and code == reading.dominant() and token.dep == "nsubj"
        return (reading.state(str(code), reading.words(sentence, token.i), "where it happened"),) if at_home else ()
    if held := _held_by(reading, sentence, token):
        return held
    if noun in ANYBODY and token.dep != "nsubj":
        code = place_of_clause(reading, sentence, token.i)
        return (reading.state(code, reading.words(sentence, token.i), "where it happened"),) if code is not None else ()
    state = state_in_focus(reading, sentence, token.i, domestic=kind.sector in DOMESTIC)
    return (state,) if state is not None else ()


def _is_plural_body(token: Token) -> bool:
    """Return whether several bodies are meant, so that no one state has them: "abusive governments"."""
    return "Number=Plur" in token.feats and noun_lemma(token) not in ("authority", "force", "police", "troop", "security")


def _is_counted(sentence: Sentence, token: Token) -> bool:
    """Return whether a phrase counts people whom the text has named ("the two leaders"), so that no one state has them."""
    counted = any(t.dep == "nummod" or t.text.lower() == "both" for t in sentence.dependents(token.i, "nummod", "det"))
    return counted and (
        _is_definite(sentence, token) or any(t.text.lower() == "both" for t in sentence.dependents(token.i, "det"))
    )


def _held_by(reading: Reading, sentence: Sentence, token: Token) -> tuple[Actor, ...]:
    """Return the state of the police or soldiers who arrest people: they are within its reach."""
    verb = sentence.tokens[first_conjunct(sentence, token.i).head]
    if first_conjunct(sentence, token.i).relation != "obj" or verb.lemma not in ARRESTS:
        return ()
    actors = (a for i in subjects_above(sentence, token.i)[:1] for a in reading.actors(sentence, i))
    return tuple(replace(a, sector=None, reason="held by it") for a in actors if a.code in reading.index.names)


def _attacked(reading: Reading, sentence: Sentence, token: Token, kind: Role) -> tuple[Actor, ...]:
    """Return the state of soldiers or police whom a party within it attacks: "the rebels killed four soldiers"."""
    first = first_conjunct(sentence, token.i)
    verb = sentence.tokens[first.head]
    if kind.sector not in ("MIL", "COP") or first.relation != "obj" or verb.lemma not in (*ARRESTS, *HOSTILE, "kill", "free"):
        return ()
    actors = [a for i in subjects_above(sentence, token.i)[:1] for a in reading.actors(sentence, i)]
    parties = (a for a in actors if a.code in reading.index.names and a.sector in ("REB", "PRM", "CRM", "PRE"))
    text = reading.words(sentence, token.i)
    return tuple(reading.state(str(a.code), text, "attacked within it") for a in parties)


def _is_predicate(sentence: Sentence, token: Token) -> bool:
    """Return whether a noun is said of something ("is a soldier", "as kin") and names nobody of its own."""
    return sentence.first(token.i, "cop") is not None or "as" in prepositions(sentence, token.i)


def _in_role(reading: Reading, sentence: Sentence, token: Token, kind: Role, owner: Actor) -> Actor:
    of_a_people = owner.sector == "CVL" and kind.sector in FIGHTING
    sector = (None if of_a_people else owner.sector) or (
        None if kind.acts_as_state or (owner.kind == "group" and not of_a_people) else kind.sector
    )
    if owner.kind == "organisation" and noun_lemma(token) in reading.index.gazetteer.descriptions.get("group", ()):
        sector = owner.sector
    return Actor(owner.code, reading.words(sentence, token.i), sector, owner.entity, "role", owner.reason)


def belonging(reading: Reading, sentence: Sentence, token: Token) -> Reference | None:
    """Resolve a thing of an actor: "Russia’s actions", "a Russian bomber", "its embassy in Minsk"; the owner beats the place."""
    owners = possessors(reading, sentence, token.i)
    if owners and (noun_lemma(token) in OTHERS or _is_lost(sentence, token)):
        return None
    if not owners:
        modifiers = list(_modifiers(reading, sentence, token.i))
        if modifiers and all(_is_seat(reading, sentence, t) for t in modifiers):
            return reading.refer(sentence, token.i, "place", adjectives(reading, sentence, token.i))
        owners = adjectives(reading, sentence, token.i)
        if (
            owners
            and noun_lemma(token) in reading.index.gazetteer.descriptions.get("group", ())
            and any(a.kind in ("group", "organisation") for a in owners)
        ):
            return reading.refer(sentence, token.i, "role", owners)
    return reading.refer(sentence, token.i, "possession", owners) if owners else None


def _is_lost(sentence: Sentence, token: Token) -> bool:
    """Return whether a region is its owner's no more: "its former province"."""
    lost = any(t.text.lower() in ("former", "breakaway", "rebellious", "renegade") for t in sentence.dependents(token.i, "amod"))
    return lost and noun_lemma(token) in ("province", "region", "territory", "republic", "colony", "island", "enclave")


def _is_seat(reading: Reading, sentence: Sentence, token: Token) -> bool:
    mention = reading.mention(sentence.index, token.i)
    return mention is not None and mention.entry.form in SEATS and token.dep == "compound"


def _is_body_of(reading: Reading, sentence: Sentence, token: Token) -> bool:
    """Return whether a complement says of which organisation something is: "a meeting in Doha of the Arab League"."""
    reference = reading.reference(sentence, token.i) if "of" in prepositions(sentence, token.i) else None
    return reference is not None and any(actor.kind == "organisation" for actor in reference.actors)


def placed(reading: Reading, sentence: Sentence, token: Token) -> Reference | None:
    """Resolve a thing in an actor's land: "a base in Iraq", "towns inside Armenia", "the north of Syria"."""
    inside = list(sentence.dependents(token.i, "nmod"))
    if any(_is_body_of(reading, sentence, t) for t in inside):
        return None
    for inner in inside:
        where = prepositions(sentence, inner.i)
        if where & WHERE or ("of" in where and not _is_deverbal(token)):
            reference = reading.reference(sentence, inner.i)
            if reference is not None and reference.link in ("name", "place", "description", "pronoun"):
                actors = [a for a in reading.actors(sentence, inner.i) if a.code in reading.index.names]
                if actors:
                    return reading.refer(sentence, token.i, "place", actors)
    return None


def _is_deverbal(token: Token) -> bool:
    lemma = token.lemma.lower()
    return lemma in DEVERBAL or lemma.endswith(DEVERBAL_ENDINGS)


def own(reading: Reading, sentence: Sentence, token: Token) -> Reference | None:
    """Resolve "his own", "the host’s" that stand without a noun."""
    if token.lemma.lower() != "own":
        return None
    owners = possessors(reading, sentence, token.i)
    return reading.refer(sentence, token.i, "possession", owners) if owners else None
