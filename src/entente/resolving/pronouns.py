"""Pronouns: relative, personal and possessive ones, and words of quantity that stand alone ("both", "the two", "neither")."""

from __future__ import annotations

from collections.abc import Callable

from entente.records.actors import Actor
from entente.records.annotations import Reference, Sentence, Token
from entente.resolving.coreference import (
    THING,
    Antecedent,
    Key,
    first_conjunct,
    has_case,
    holds_subject,
    subject_after,
    subjects_above,
    subjects_beside,
)
from entente.resolving.mentions import noun_lemma
from entente.resolving.reading import Reading
from entente.resolving.words import (
    ACCUSING,
    ACTOR_OBJECTS,
    AGENT_VERBS,
    AIMED,
    ANSWERING,
    BELONGINGS,
    CHARGES,
    CURBS,
    DENYING,
    ENVOYS,
    GIVING,
    GRANTING,
    HOSTILE,
    IMPERSONAL,
    JUDGING,
    LEFT_OPEN,
    ORDERING,
    OWN_DEEDS,
    PRAISING,
    RIGHTS,
    SAYING,
    SERVING,
    SHARES,
    SPEAKER,
    TAKING,
    TERRITORY,
    THING_OBJECTS,
    TIMES,
    TRADING,
    TRESPASS,
    WANTING,
)

RELATIVE = frozenset(("which", "who", "whom", "whose", "that"))
MASCULINE = frozenset(("he", "him", "his", "himself"))
FEMININE = frozenset(("she", "her", "hers", "herself"))
NEUTER = frozenset(("it", "its", "itself"))
PLURAL = frozenset(("they", "them", "their", "theirs", "themselves"))

SAME_CLAUSE_BONUS = 3.0
UPPER_CLAUSE_BONUS = 2.0
OWN_CLAUSE_MARGIN = 0.5
PARALLEL_BONUS = 1.0
SIBLING_BONUS = 1.0
RELATIVE_SPEAKER_BONUS = 4.0
RELATIVE_POSSESSOR_BONUS = 1.5
MAIN_SUBJECT = 4.0
TOPIC_BONUS = 1.5
NAMED_AS_SUCH = 0.6
DECISIVE = 10.0
NATIONAL = frozenset(("name", "demonym", "people", "organisation"))
DASHES = frozenset(("—", "–"))
REMINDING = frozenset(("remind", "strip", "deprive", "rid", "relieve", "rob", "assure", "convince", "inform", "warn"))
APART = frozenset(("parataxis", "advcl", "acl:relcl", "acl", "appos", "nsubj", "punct"))
CLEFT_REACH = 8


def relative(reading: Reading, sentence: Sentence, token: Token) -> Reference | None:
    """Resolve "which", "who", "whose" to the noun that their clause modifies."""
    word = token.text.lower()
    if word not in RELATIVE or (word == "that" and "PronType=Rel" not in token.feats):
        return None
    below = token
    if (name := _name_before_comma(reading, sentence, token)) is not None:
        return _from_noun(reading, sentence, token, name)
    for ancestor in sentence.ancestors(token.i):
        if below.dep == "acl:relcl":
            return _from_noun(reading, sentence, token, _fitting(reading, sentence, token, ancestor.i))
        below = ancestor
    return _from_noun_before(reading, sentence, token) if word != "that" else None


def _fitting(reading: Reading, sentence: Sentence, token: Token, noun: int) -> int:
    """Return the noun of a relative clause, or the one near it that agrees: "who" is no body, "which" is no person.

    "N. N., the speaker of parliament, whom …" is N. N.; "N. N. pointed at Oslo, which …" is Oslo.
    """
    people, word = reading.people(sentence), token.text.lower()
    if word in ("who", "whom") and noun not in people and reading.mention(sentence.index, noun) is None:
        phrase = sentence.tokens[noun]
        while phrase.dep in ("nmod", "appos") and sentence.tokens[phrase.head].pos in ("NOUN", "PROPN"):
            phrase = sentence.tokens[phrase.head]
            if phrase.i in people and _is_body(reading, sentence, noun):
                return phrase.i
    if word == "which" and noun in people and token.i > 1 and sentence.tokens[token.i - 1].text == ",":
        mention = reading.mention_around(sentence.index, token.i - 2)
        if mention is not None and mention.head != noun:
            return mention.head
    return noun


def _is_body(reading: Reading, sentence: Sentence, noun: int) -> bool:
    reference = reading.reference(sentence, noun)
    return reference is not None and reference.link == "role" and "Number=Plur" not in sentence.tokens[noun].feats


def _name_before_comma(reading: Reading, sentence: Sentence, token: Token) -> int | None:
    """Return the subject or object whose name stands right before ", which", whatever noun the parse hangs the clause on."""
    if token.i < 2 or sentence.tokens[token.i - 1].text != "," or token.relation != "nsubj":
        return None
    mention = reading.mention_around(sentence.index, token.i - 2)
    if mention is None or mention.last != token.i - 2 or sentence.tokens[mention.head].dep not in ("nsubj", "nsubj:pass", "obj"):
        return None
    return mention.head


def _from_noun_before(reading: Reading, sentence: Sentence, token: Token) -> Reference | None:
    """Resolve a relative pronoun whose clause is not attached to a noun by what stands before its comma."""
    i = token.i - 1
    while i > 0 and sentence.tokens[i].pos in ("PUNCT", "ADP"):
        i -= 1
    if i < 0 or sentence.tokens[i].pos not in ("NOUN", "PROPN") or i == token.i - 1:
        return None
    mention = reading.mention_around(sentence.index, i)
    return _from_noun(reading, sentence, token, mention.head if mention is not None else i)


def _from_noun(reading: Reading, sentence: Sentence, token: Token, noun: int) -> Reference | None:
    noun = _what_it_is_said_of(sentence, noun)
    first = first_conjunct(sentence, noun)
    verb = next((t for t in sentence.ancestors(token.i) if t.dep == "acl:relcl"), token)
    plural = first.i != noun and _is_plural(sentence, verb)
    reference = reading.reference(sentence, noun)
    actors = reading.actors(sentence, first.i if plural else noun)
    if not plural and reference is not None and _goes_on(sentence, noun, token.i):
        actors = reference.actors
    if not actors:
        return None
    antecedent = reading.discourse.at(sentence.index, noun)
    if antecedent is not None and not plural:
        reading.antecedents[sentence.index, token.i] = antecedent
    if reference is not None and reference.link in ("possession", "place"):
        return reading.refer(sentence, token.i, reference.link, actors, (token.start, token.end))
    return _pronoun(reading, sentence, token, actors)


def _goes_on(sentence: Sentence, noun: int, i: int) -> bool:
    """Return whether the list that a noun opens goes on after its relative clause: "thanked Oslo, which paid, and Bern"."""
    return any(t.i > i for t in sentence.dependents(noun, "conj"))


def _what_it_is_said_of(sentence: Sentence, noun: int) -> int:
    """Return the subject of a predicate noun: "Hungary" of "Hungary is the only member that …"."""
    subject = sentence.first(noun, "nsubj") if sentence.first(noun, "cop") is not None else None
    return subject.i if subject is not None else noun


def _is_plural(sentence: Sentence, verb: Token) -> bool:
    forms = [t.feats for t in sentence.dependents(verb.i, "aux", "cop")] + [verb.feats]
    return not any("Number=Sing" in feats for feats in forms)


def personal(reading: Reading, sentence: Sentence, token: Token) -> Reference | None:
    """Resolve "he", "its", "them" to the most prominent mention that agrees, the clause's own subject barred for objects."""
    word = token.text.lower()
    if word in SPEAKER:
        return _speaker(reading, sentence, token)
    fits = _agreement(word)
    if token.dep == "nmod:poss" and noun_lemma(sentence.tokens[token.head]) in TIMES and word in NEUTER:
        return None
    if fits is None or _is_empty_subject(sentence, token):
        return None
    ahead = _reflexive(reading, sentence, token) or _ahead(reading, sentence, token)
    if ahead is not None:
        return ahead
    barred, bonus = _places(reading, sentence, token)
    bonus = _with_topic(reading, sentence, token, bonus)
    found = reading.discourse.choose(sentence.index, token.i, _selected(sentence, token, fits), barred=barred, bonus=bonus)
    if found is None and _is_possessive(token):
        found = reading.discourse.choose(sentence.index, token.i, _selected(sentence, token, fits), bonus=bonus)
    if found is None or not found.actors or (found.nature == "thing" and token.dep != "nmod:poss"):
        return None
    reading.antecedents[sentence.index, token.i] = found
    return _pronoun(reading, sentence, token, found.actors)


def _reflexive(reading: Reading, sentence: Sentence, token: Token) -> Reference | None:
    """Resolve "itself", "themselves" to the name it leans on ("Oslo itself") or to its clause’s subject ("bound itself")."""
    if not token.text.lower().endswith(("self", "selves")):
        return None
    beside = reading.mention_around(sentence.index, token.i - 1) if token.i else None
    subjects = subjects_above(sentence, token.i)
    for i in (*((beside.head,) if beside is not None else ()), *subjects[:1]):
        antecedent, actors = reading.antecedent(sentence, i), reading.actors(sentence, i)
        if actors and (antecedent is None or antecedent.nature != "thing"):
            if antecedent is not None:
                reading.antecedents[sentence.index, token.i] = antecedent
            return _pronoun(reading, sentence, token, actors)
    return None


def _is_possessive(token: Token) -> bool:
    """Return whether a pronoun is a possessor: "their", "its"."""
    return token.dep == "nmod:poss"


def _ahead(reading: Reading, sentence: Sentence, token: Token) -> Reference | None:
    """Resolve a pronoun in a fronted phrase to the subject that follows: "In its reply, Oslo …", "Before he left, N. N. …"."""
    subject = subject_after(sentence, token.i)
    reference = reading.reference(sentence, subject) if subject is not None else None
    if subject is None or reference is None or reference.link not in ("name", "role") or not reference.actors:
        return None
    noun, actor, word = sentence.tokens[subject], reference.actors[0], token.text.lower()
    coordinated_subject = sentence.first(subject, "conj") is not None
    if word in PLURAL:
        agrees = coordinated_subject or (noun.pos == "NOUN" and "Number=Plur" in noun.feats)
    elif word in NEUTER:
        agrees = actor.kind in ("state", "organisation", "group", "bloc") and not coordinated_subject
    else:
        agrees = actor.kind == "person" and not coordinated_subject
    return _pronoun(reading, sentence, token, reading.actors(sentence, subject)) if agrees else None


def _agreement(word: str) -> Callable[[Antecedent], bool] | None:
    if word in MASCULINE:
        return lambda a: a.nature == "person" and a.gender != "f"
    if word in FEMININE:
        return lambda a: a.nature == "person" and a.gender != "m"
    if word in NEUTER:
        return lambda a: a.nature in ("state", "body", "thing") and not a.plural and all(x.code for x in a.actors)
    if word in PLURAL:
        return lambda a: a.plural or a.nature in ("people", "set") or _is_party(a)
    return None


def reciprocal(reading: Reading, sentence: Sentence, token: Token) -> Reference | None:
    """Resolve "each other", "one another" and, of a pair, "each … the other" to the subject's several actors."""
    following = sentence.tokens[token.i + 1].text.lower() if token.i + 1 < len(sentence.tokens) else ""
    word = token.text.lower()
    last = token.i
    if (word, following) in (("each", "other"), ("one", "another")):
        last += 1
    elif not (word == "other" and token.relation in ("obj", "obl", "nmod") and _each_before(sentence, token)):
        return None
    for subject in subjects_above(sentence, token.i)[:1]:
        actors = reading.actors(sentence, subject)
        if len(actors) > 1:
            return reading.refer(sentence, token.i, "pronoun", actors, (token.start, sentence.tokens[last].end))
    return None


def _each_before(sentence: Sentence, token: Token) -> bool:
    before = [t.text.lower() for t in sentence.tokens[: token.i]]
    return before[-1:] == ["the"] and "each" in before


FACTUAL = frozenset(("false", "true", "untrue", "clear", "unclear", "possible", "impossible", "likely", "unlikely", "uncertain"))


def _is_party(antecedent: Antecedent) -> bool:
    """Return whether a mention names a group of people that "they" may take up: "the Taliban", "the Houthis"."""
    return antecedent.nature == "state" and any(actor.kind == "group" for actor in antecedent.actors)


def _is_empty_subject(sentence: Sentence, token: Token) -> bool:
    """Return whether "it" stands for nothing or for a clause: "it is likely that …", "it was Turkey that …"."""
    if token.text.lower() != "it":
        return False
    if token.relation == "expl":
        return True
    head = sentence.tokens[token.head]
    if token.dep == "nsubj:pass" and head.i > token.i and _is_impersonal(sentence, head):
        return True
    if token.relation != "nsubj" or sentence.first(head.i, "cop") is None:
        return False
    if head.lemma.lower() in FACTUAL:
        return True
    clausal = any(True for _ in sentence.dependents(head.i, "csubj", "ccomp"))
    after = sentence.tokens[head.i + 1 : head.i + CLEFT_REACH]
    cleft = head.pos == "PROPN" and any(t.text.lower() in ("that", "who", "which") for t in after)
    infinitive = head.pos == "ADJ" and any(t.dep in ("xcomp", "advcl") for t in sentence.dependents(head.i, "xcomp", "advcl"))
    return clausal or cleft or infinitive


def _is_impersonal(sentence: Sentence, verb: Token) -> bool:
    """Return whether a passive says what its clause says: "it was agreed that …", "it was left to Oslo to …"."""
    if verb.lemma in LEFT_OPEN and any(True for _ in sentence.dependents(verb.i, "xcomp", "csubj", "advcl", "acl")):
        return True
    return verb.lemma in IMPERSONAL and any(True for _ in sentence.dependents(verb.i, "ccomp", "csubj"))


def _places(reading: Reading, sentence: Sentence, token: Token) -> tuple[frozenset[Key], dict[Key, float]]:
    """Return whom the pronoun cannot mean and whom its place favours."""
    possessive = token.dep == "nmod:poss"
    subject = first_conjunct(sentence, token.i).relation == "nsubj"
    subjects = _main_subject_of_afterthought(sentence, token) or subjects_above(sentence, token.i)
    above = [reading.antecedent(sentence, i) for i in subjects]
    keys = [a.key for a in above if a is not None]
    barred: frozenset[Key] = frozenset()
    reciprocal = any(t.text.lower() in ("between", "among") for t in sentence.dependents(token.i, "case"))
    if possessive and _is_attacked(sentence, token) and above and above[0] is not None:
        barred = frozenset((above[0].key,))
        keys = keys[1:]
    if not possessive and not holds_subject(sentence, token.i) and not reciprocal and above:
        nearest = above[0]
        if nearest is not None:
            barred = frozenset((nearest.key, *(("actor", part) for part in nearest.key[1:] if nearest.nature == "set")))
            keys = keys[1:]
    if subject:
        barred |= _named_below(reading, sentence, token)
    if not possessive and not reciprocal:
        barred |= _beside(reading, sentence, token)
    upper = OWN_CLAUSE_MARGIN if possessive else UPPER_CLAUSE_BONUS
    bonus = {key: upper if k else SAME_CLAUSE_BONUS for k, key in reversed(list(enumerate(keys)))}
    if subject and keys and subjects and sentence.tokens[subjects[0]].text.lower() in RELATIVE:
        bonus[keys[0]] = SAME_CLAUSE_BONUS + RELATIVE_SPEAKER_BONUS
    if subject:
        bonus |= _addressee(reading, sentence, token) | _accused(reading, sentence, token) | _wanted(reading, sentence, token)
    siblings = (reading.antecedent(sentence, i) for i in subjects_beside(sentence, token.i))
    bonus |= {a.key: SIBLING_BONUS for a in siblings if a is not None and a.key not in bonus}
    if possessive:
        bonus |= _of_whom_it_is_said(sentence, token, subjects[:1], keys)
        bonus |= _reminded(reading, sentence, token) | _judged(reading, sentence, token) | _ordered(reading, sentence, token)
        bonus |= _parallel_possessor(reading, sentence, token) | _conjunct_possessor(reading, sentence, token)
        bonus |= _granted(reading, sentence, token)
    if not keys and holds_subject(sentence, token.i):
        for antecedent in reading.discourse.before(sentence.index, token.i, 1):
            if antecedent.weight >= MAIN_SUBJECT * (THING if antecedent.nature == "thing" else 1.0):
                bonus.setdefault(antecedent.key, PARALLEL_BONUS)
    return barred, bonus


def _of_whom_it_is_said(sentence: Sentence, token: Token, subjects: list[int], keys: list[Key]) -> dict[Key, float]:
    """Favour the noun of a relative clause for its possessive, unless it serves another: "Oslo, which shut its market"."""
    related = subjects and sentence.tokens[subjects[0]].text.lower() in RELATIVE and token.text.lower() == "its"
    verb = next((t for t in sentence.ancestors(token.i) if t.pos == "VERB"), None)
    if not keys or not related or verb is None or verb.lemma in SERVING:
        return {}
    return {keys[0]: SAME_CLAUSE_BONUS + RELATIVE_POSSESSOR_BONUS}


def _addressee(reading: Reading, sentence: Sentence, token: Token) -> dict[Key, float]:
    """Favour whom something is demanded of: "told Oslo that it must withdraw", "a reminder to Iraq that it should pay"."""
    clause = sentence.tokens[token.head]
    modal = any(t.text.lower() in ("must", "should") for t in sentence.dependents(clause.i, "aux"))
    modal |= clause.lemma.lower() == "have" and sentence.first(clause.i, "xcomp") is not None
    if not modal or clause.dep not in ("ccomp", "acl", "xcomp"):
        return {}
    for ancestor in (clause.head, sentence.tokens[clause.head].head):
        for addressee in sentence.dependents(ancestor, "obj", "iobj", "obl", "nmod"):
            addressed = addressee.relation in ("obj", "iobj") or has_case(sentence, addressee.i, "to")
            antecedent = reading.discourse.at(sentence.index, addressee.i) if addressed and addressee.i < token.i else None
            if antecedent is not None and antecedent.nature != "thing":
                return {antecedent.key: DECISIVE}
    return {}


def _accused(reading: Reading, sentence: Sentence, token: Token) -> dict[Key, float]:
    """Favour whoever was accused of something right before for who denies it: "Lima accused Oslo of fraud. It denied that"."""
    verb = sentence.tokens[token.head]
    objects = [t.lemma.lower() for t in sentence.dependents(verb.i, "obj")]
    if verb.lemma not in DENYING or not (CHARGES.intersection(objects) or sentence.first(verb.i, "ccomp") is not None):
        return {}
    for antecedent in reading.discourse.before(sentence.index, token.i, 1):
        other = reading.parsed.sentences[antecedent.sentence]
        place = other.tokens[antecedent.token]
        if place.dep == "obj" and other.tokens[place.head].lemma in ACCUSING:
            return {antecedent.key: DECISIVE}
    return {}


def _main_subject_of_afterthought(sentence: Sentence, token: Token) -> list[int]:
    """Return the main subject for a pronoun in a phrase after a dash that sums up: "… — a step at odds with its promises"."""
    dash = max((t.i for t in sentence.tokens[: token.i] if t.text in DASHES), default=None)
    if dash is None:
        return []
    top = token
    for ancestor in sentence.ancestors(token.i):
        if ancestor.i < dash:
            root = next(t.i for t in sentence.tokens if t.head == t.i)
            return [t.i for t in sentence.dependents(root, "nsubj") if t.i < dash] if top.pos == "NOUN" else []
        top = ancestor
    return []


def _reminded(reading: Reading, sentence: Sentence, token: Token) -> dict[Key, float]:
    """Favour the object of "reminded Oslo of its duty", "stripped Lima of its vote"."""
    return {a.key: DECISIVE for a in _objects_before(reading, sentence, token, REMINDING, "of")}


def _judged(reading: Reading, sentence: Sentence, token: Token) -> dict[Key, float]:
    """Favour the object of "thanked Oslo for its help", "punished Lima for its vote"."""
    judged = _objects_before(reading, sentence, token, JUDGING, "for") or _objects_before(
        reading, sentence, token, PRAISING, "on"
    )
    return {a.key: DECISIVE for a in judged if a.nature != "thing"}


def _objects_before(reading: Reading, sentence: Sentence, token: Token, verbs: frozenset[str], case: str) -> list[Antecedent]:
    """Return whom the verb that a possessive's phrase hangs on with this case has as objects, if it is one of the verbs."""
    phrase = sentence.tokens[token.head]
    verb = sentence.tokens[phrase.head]
    if verb.lemma not in verbs or not has_case(sentence, phrase.i, case):
        return []
    antecedents = (reading.discourse.at(sentence.index, t.i) for t in sentence.dependents(verb.i, "obj") if t.i < token.i)
    return [a for a in antecedents if a is not None]


def _ordered(reading: Reading, sentence: Sentence, token: Token) -> dict[Key, float]:
    """Favour who is to do it in the object of an infinitive: "urged Oslo to honour its word"."""
    phrase = sentence.tokens[token.head]
    infinitive = sentence.tokens[phrase.head]
    verb = sentence.tokens[infinitive.head]
    own = (
        infinitive.lemma in OWN_DEEDS if phrase.relation == "obj" else infinitive.lemma in ANSWERING and phrase.relation == "obl"
    )
    if infinitive.dep != "xcomp" or verb.lemma not in ORDERING or not own:
        return {}
    antecedents = (reading.discourse.at(sentence.index, t.i) for t in sentence.dependents(verb.i, "obj", "iobj") if t.i < token.i)
    return {a.key: DECISIVE for a in antecedents if a is not None and a.nature != "thing"}


def _granted(reading: Reading, sentence: Sentence, token: Token) -> dict[Key, float]:
    """Favour whoever is given what is theirs by right: "allowed Croatia its own assembly", "gave Suriname its freedom"."""
    phrase = first_conjunct(sentence, token.head)
    verb = sentence.tokens[phrase.head]
    own = verb.lemma in GRANTING or (verb.lemma == "give" and phrase.lemma in RIGHTS)
    if phrase.relation != "obj" or not own:
        return {}
    return _receiver(reading, sentence, verb, token.i)


def _wanted(reading: Reading, sentence: Sentence, token: Token) -> dict[Key, float]:
    """Favour the receiver as who wants it: "sent Kyiv the missiles that it had asked for", "offered Riyadh what it needed"."""
    wish = sentence.tokens[token.head]
    following = sentence.tokens[wish.i + 1].text.lower() if wish.i + 1 < len(sentence.tokens) else ""
    asks = wish.lemma == "ask" and following == "for"
    if wish.lemma not in WANTING and not asks:
        return {}
    thing = sentence.tokens[wish.head]
    if wish.dep in ("ccomp", "obj"):
        return _receiver(reading, sentence, thing, token.i)
    if wish.dep != "acl:relcl" or thing.relation != "obj":
        return {}
    return _receiver(reading, sentence, sentence.tokens[thing.head], token.i)


def _receiver(reading: Reading, sentence: Sentence, verb: Token, before: int) -> dict[Key, float]:
    """Return the indirect object of a verb, as decisive, where it has one before a token."""
    received = (reading.discourse.at(sentence.index, t.i) for t in sentence.dependents(verb.i, "iobj") if t.i < before)
    return {a.key: DECISIVE for a in received if a is not None and a.nature != "thing"}


def _is_attacked(sentence: Sentence, token: Token) -> bool:
    """Return whether a possessive belongs to what is attacked, which is never the attacker's: "fighters attacked their base"."""
    phrase = sentence.tokens[token.head]
    verb = sentence.tokens[phrase.head].lemma
    if verb in CURBS and phrase.relation in ("nmod", "obl") and has_case(sentence, phrase.i, "on"):
        return True
    if phrase.relation == "obj":
        taken = (verb in TAKING and phrase.lemma in BELONGINGS) or (verb == "expel" and phrase.lemma in ENVOYS)
        return verb in HOSTILE or taken or (verb in TRESPASS and phrase.lemma in TERRITORY)
    onto = any(has_case(sentence, phrase.i, word) for word in ("at", "on", "into", "against", "onto"))
    return phrase.relation == "obl" and onto and verb in AIMED


def _named_below(reading: Reading, sentence: Sentence, token: Token) -> frozenset[Key]:
    """Return whom the pronoun's own clause names after it: whoever expels French diplomats is not France."""
    keys: list[Key] = []
    stack = [first_conjunct(sentence, token.i).head]
    while stack:
        for i in sentence.children[stack.pop()]:
            child = sentence.tokens[i]
            if child.dep in APART or (child.dep == "conj" and child.pos in ("VERB", "AUX")):
                continue
            stack.append(i)
            later = i > token.i or child.dep == "obj"
            mention = reading.mention(sentence.index, i) if later else None
            if mention is not None and mention.entry.form in NATIONAL:
                keys.append(("actor", f"{mention.entry.code}.{mention.entry.sector or ''}"))
            elif later and i in reading.people(sentence):
                keys.append(("person", reading.people(sentence)[i].surname))
    return frozenset(keys)


def _beside(reading: Reading, sentence: Sentence, token: Token) -> frozenset[Key]:
    """Return the other arguments of the pronoun's own verb, which it cannot mean: "withdrew the United States from it"."""
    verb = sentence.tokens[first_conjunct(sentence, token.i).head]
    if verb.pos != "VERB":
        return frozenset()
    others = (
        reading.discourse.at(sentence.index, t.i) for t in sentence.dependents(verb.i, "obj", "iobj", "obl") if t.i != token.i
    )
    return frozenset(a.key for a in others if a is not None)


def _with_topic(reading: Reading, sentence: Sentence, token: Token, bonus: dict[Key, float]) -> dict[Key, float]:
    """Add to the state that a document is about what makes it the likelier antecedent of "it"."""
    most = max(reading.topic.values(), default=0)
    if token.text.lower() not in NEUTER or not most:
        return bonus
    topical: dict[Key, float] = {("actor", f"{code}."): TOPIC_BONUS * count / most for code, count in reading.topic.items()}
    if token.relation == "nsubj":
        named = {a.key for a in reading.discourse.before(sentence.index, token.i) if a.weight >= NAMED_AS_SUCH}
        topical = {key: extra for key, extra in topical.items() if key in named}
    return {key: bonus.get(key, 0.0) + topical.get(key, 0.0) for key in {*bonus, *topical}}


def _parallel_possessor(reading: Reading, sentence: Sentence, token: Token) -> dict[Key, float]:
    """Favour the possessor in the clause before that shares its subject: "supplies the country’s gas and buys its wine"."""
    verb = next((t for t in sentence.ancestors(token.i) if t.pos == "VERB"), None)
    if verb is None or verb.dep != "conj" or sentence.first(verb.i, "nsubj") is not None:
        return {}
    for antecedent in reading.discourse.before(sentence.index, token.i, 0):
        if sentence.tokens[antecedent.token].dep == "nmod:poss" and antecedent.token < verb.i:
            return {antecedent.key: SAME_CLAUSE_BONUS + PARALLEL_BONUS}
    return {}


def _conjunct_possessor(reading: Reading, sentence: Sentence, token: Token) -> dict[Key, float]:
    """Favour what a phrase is coordinated with: "the country’s arms agency and its head"."""
    phrase = sentence.tokens[token.head]
    beside = phrase.head if phrase.dep == "conj" else None
    if beside is None and token.i >= 2 and sentence.tokens[token.i - 1].text.lower() == "and":
        before = sentence.tokens[token.i - 2]
        beside = before.i if before.pos in ("NOUN", "PROPN") else None
    if beside is None:
        return {}
    antecedent = reading.discourse.at(sentence.index, beside)
    reference = reading.references.get((sentence.index, beside))
    if antecedent is not None:
        return {antecedent.key: DECISIVE}
    return {("actor", *(f"{a.code}.{a.sector or ''}" for a in reference.actors)): DECISIVE} if reference is not None else {}


def _selected(sentence: Sentence, token: Token, fits: Callable[[Antecedent], bool]) -> Callable[[Antecedent], bool]:
    """Narrow agreement by what the verb takes: actors accuse, treaties are signed."""
    verb = sentence.tokens[token.head]
    if token.text.lower() in NEUTER and has_case(sentence, token.i, "of") and (verb.pos == "NUM" or noun_lemma(verb) in SHARES):
        return lambda a: fits(a) and a.nature == "thing"
    if token.relation == "nsubj" and verb.lemma in AGENT_VERBS:
        return lambda a: fits(a) and a.nature != "thing"
    if token.relation == "iobj" or (
        token.relation in ("obj", "obl", "nsubj") and token.dep != "nsubj" and verb.lemma in ACTOR_OBJECTS
    ):
        return lambda a: fits(a) and a.nature != "thing"
    if token.text.lower() in NEUTER and (_is_given_something(sentence, token) or _is_traded_with(sentence, token)):
        return lambda a: fits(a) and a.nature != "thing"
    if token.text.lower() in NEUTER and token.relation in ("obj", "obl") and verb.lemma in THING_OBJECTS:
        return lambda a: fits(a) and a.nature == "thing"
    return fits


def _is_given_something(sentence: Sentence, token: Token) -> bool:
    """Return whether "it" stands between a verb of giving and a thing: "sells it 70% of its goods", "lends it its territory"."""
    if token.text.lower() != "it" or token.i + 1 >= len(sentence.tokens) or sentence.tokens[token.i - 1].lemma not in GIVING:
        return False
    following = sentence.tokens[token.i + 1]
    return following.pos in ("NUM", "DET", "NOUN", "ADJ", "SYM") or "Poss=Yes" in following.feats


def _is_traded_with(sentence: Sentence, token: Token) -> bool:
    """Return whether something is bought of "it", owed or sent to "it": "buys more gas from it", "owes two thirds to it"."""
    phrase = next((t for t in sentence.ancestors(token.i) if t.pos == "VERB"), None)
    if token.relation not in ("obl", "nmod") or phrase is None or phrase.lemma not in TRADING:
        return False
    return has_case(sentence, token.i, "from") or has_case(sentence, token.i, "to")


def _speaker(reading: Reading, sentence: Sentence, token: Token) -> Reference | None:
    """Resolve "I" and "we" to whoever is said to say the sentence."""
    for ancestor in (token, *sentence.ancestors(token.i)):
        reporters = [t.i for t in sentence.dependents(ancestor.i, "parataxis") if t.lemma in SAYING]
        if ancestor.dep in ("ccomp", "parataxis"):
            reporters.append(ancestor.head)
        for reporter in reporters:
            for subject in sentence.dependents(reporter, "nsubj"):
                if (
                    subject.i != token.i
                    and subject.text.lower() not in SPEAKER
                    and (actors := reading.actors(sentence, subject.i))
                ):
                    return _pronoun(reading, sentence, token, actors)
    return None


def _pronoun(reading: Reading, sentence: Sentence, token: Token, actors: tuple[Actor, ...]) -> Reference:
    return reading.refer(sentence, token.i, "pronoun", actors, (token.start, token.end))
