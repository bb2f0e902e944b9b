"""Whom the place of a pronoun in its sentence rules out, and whom it speaks for and how much."""

from __future__ import annotations

from collections.abc import Sequence

from entente.records.annotations import Sentence, Token
from entente.resolving.coreference import (
    THING,
    Antecedent,
    Key,
    first_conjunct,
    has_case,
    holds_subject,
    subjects_above,
    subjects_beside,
)
from entente.resolving.reading import Reading
from entente.resolving.words import (
    ACCUSING,
    AIMED,
    ANSWERING,
    BELONGINGS,
    CHARGES,
    CURBS,
    DENYING,
    ENVOYS,
    GRANTING,
    HOSTILE,
    JUDGING,
    ORDERING,
    OWN_DEEDS,
    PRAISING,
    RECOGNISING,
    RIGHTS,
    SERVING,
    STATEHOOD,
    TAKING,
    TERRITORY,
    TRESPASS,
    WANTING,
)

RELATIVE = frozenset(("which", "who", "whom", "whose", "that"))
NEUTER = frozenset(("it", "its", "itself"))
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


def places(reading: Reading, sentence: Sentence, token: Token) -> tuple[frozenset[Key], dict[Key, float]]:
    """Return whom the pronoun cannot mean and whom its place favours."""
    possessive = token.dep == "nmod:poss"
    subject = first_conjunct(sentence, token.i).relation == "nsubj"
    subjects = _main_subject_of_afterthought(sentence, token) or subjects_above(sentence, token.i)
    above = [reading.antecedent(sentence, i) for i in subjects]
    favoured = above
    barred: frozenset[Key] = frozenset()
    reciprocal = any(t.text.lower() in ("between", "among") for t in sentence.dependents(token.i, "case"))
    if possessive and _is_attacked(sentence, token) and above and above[0] is not None:
        barred = frozenset((above[0].key,))
        favoured = above[1:]
    if possessive:
        barred |= _inside(reading, sentence, token)
    if not possessive and not holds_subject(sentence, token.i) and not reciprocal and above:
        nearest = above[0]
        if nearest is not None:
            barred = frozenset((nearest.key, *(("actor", part) for part in nearest.key[1:] if nearest.nature == "set")))
            favoured = above[1:]
    if subject:
        barred |= _named_below(reading, sentence, token) | _judge(sentence, token, above)
    if not possessive and not reciprocal:
        barred |= _beside(reading, sentence, token)
    singular = token.text.lower() in NEUTER
    keys = [a.key for a in favoured if a is not None and not (singular and a.plural and a.nature == "thing")]
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
        bonus |= _granted(reading, sentence, token) | _with_members(reading, sentence, token)
    if not keys and holds_subject(sentence, token.i):
        for antecedent in reading.discourse.before(sentence.index, token.i, 1):
            if antecedent.weight >= MAIN_SUBJECT * (THING if antecedent.nature == "thing" else 1.0):
                bonus.setdefault(antecedent.key, PARALLEL_BONUS)
    return barred, bonus


def _judge(sentence: Sentence, token: Token, above: Sequence[Antecedent | None]) -> frozenset[Key]:
    """Return whoever finds that somebody broke a rule: "the court found that it had violated the treaty" is not of the court."""
    clause = sentence.tokens[token.head]
    finding = sentence.tokens[clause.head].lemma in FINDINGS and clause.dep == "ccomp" and clause.lemma in BREACHES
    return frozenset((above[0].key,)) if finding and above and above[0] is not None else frozenset()


FINDINGS = frozenset(("find", "rule", "hold", "conclude", "determine", "decide", "establish", "judge"))
BREACHES = frozenset(
    ("break", "violate", "breach", "infringe", "flout", "commit", "discriminate", "renege", "default", "contravene")
)


def _inside(reading: Reading, sentence: Sentence, token: Token) -> frozenset[Key]:
    """Return what an apposition around a possessive is said of, which it cannot mean: "Nigeria, the largest of its members"."""
    for ancestor in sentence.ancestors(token.i):
        if ancestor.pos in ("VERB", "AUX"):
            break
        if ancestor.dep == "appos":
            antecedent = reading.antecedent(sentence, ancestor.head)
            return frozenset((antecedent.key,)) if antecedent is not None else frozenset()
    return frozenset()


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


def _with_members(reading: Reading, sentence: Sentence, token: Token) -> dict[Key, float]:
    """Favour the organisation named last for whose members are spoken of: "the largest of its members"."""
    if token.text.lower() not in NEUTER or sentence.tokens[token.head].lemma.lower() not in ("member", "secretariat"):
        return {}
    named = (a for a in reading.discourse.before(sentence.index, token.i) if any(x.kind == "organisation" for x in a.actors))
    organisation = next((a for a in named if a.nature != "thing"), None)
    return {organisation.key: DECISIVE} if organisation is not None else {}


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
        recognised = verb in RECOGNISING and phrase.lemma in STATEHOOD
        return verb in HOSTILE or taken or recognised or (verb in TRESPASS and phrase.lemma in TERRITORY)
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


def with_topic(reading: Reading, sentence: Sentence, token: Token, bonus: dict[Key, float]) -> dict[Key, float]:
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
