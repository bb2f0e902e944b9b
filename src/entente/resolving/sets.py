"""Sets: words of quantity that stand alone ("both", "the two", "neither", "most of them"), and which actors a number means."""

from __future__ import annotations

from entente.records.actors import Actor
from entente.records.annotations import Reference, Sentence, Token
from entente.resolving.coreference import Antecedent, first_conjunct, has_case, holds_subject, subjects_above
from entente.resolving.focus import REASON as FOCUS
from entente.resolving.reading import Reading, distinct
from entente.resolving.words import PARTS

QUANTITY = frozenset(("both", "neither", "either"))
NUMBERS = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8}
NUMBER_NOUNS = {"pair": 2, "duo": 2, "trio": 3, "threesome": 3, "quartet": 4, "foursome": 4, "quintet": 5}
NEAR = 4
FAR = 20
STRONG = 1.8
STANDS_OUT = 1.3
WINDOW_OF_PAIRS = 3


def quantity(reading: Reading, sentence: Sentence, token: Token) -> Reference | None:
    """Resolve "both", "neither", "the two", "the seven" where they stand alone, and "most of them" to what it is most of."""
    word = token.text.lower()
    if word in ("former", "latter"):
        return _one_of_two(reading, sentence, token)
    if word == "other":
        return _the_other(reading, sentence, token)
    if not (word in PARTS or word in QUANTITY or token.pos == "NUM"):
        return None
    part = next((t for t in sentence.dependents(token.i, "nmod") if has_case(sentence, t.i, "of")), None)
    if part is not None:
        inner = reading.reference(sentence, part.i)
        actors = reading.actors(sentence, part.i)
        return reading.refer(sentence, token.i, inner.link, actors) if inner is not None and actors else None
    alone = word in QUANTITY and _does(sentence, token)
    if token.dep in ("det", "nummod", "cc", "cc:preconj", "advmod", "amod", "compound") and not alone:
        return None
    if word in QUANTITY:
        return _set_of(reading, sentence, token, 2)
    if word in NUMBERS and sentence.first(token.i, "det") is not None:
        return _set_of(reading, sentence, token, NUMBERS[word])
    return None


def _does(sentence: Sentence, token: Token) -> bool:
    """Return whether a word of quantity is the subject of a verb that has no other: "and both renounced it"."""
    verb = sentence.tokens[token.head]
    finite = "VerbForm=Fin" in verb.feats or sentence.first(verb.i, "aux") is not None
    if verb.pos != "VERB" or not finite or token.text.lower() == "either" or verb.dep in ("xcomp", "acl"):
        return False
    return token.i < verb.i and token.relation in ("cc", "advmod") and sentence.first(verb.i, "nsubj") is None


def _one_of_two(reading: Reading, sentence: Sentence, token: Token) -> Reference | None:
    """Resolve "the former", "the latter" that stand alone to the first or the last of two of a kind named before.

    The subject of the clause is neither: "Wedged between Oslo and Rome, Bern buys from the former".
    """
    if not _stands_alone(sentence, token):
        return None
    barred = _own_subject(reading, sentence, token.i) if _names_its_subject(reading, sentence, token.i) else frozenset()
    named: dict[str, list[Actor]] = {"state": [], "person": []}
    for antecedent in reading.discourse.before(sentence.index, token.i, 1):
        s, i = antecedent.sentence, antecedent.token
        known = reading.mention(s, i) is not None or i in reading.people(reading.parsed.sentences[s])
        if not known or antecedent.nature not in named or len(antecedent.actors) != 1:
            continue
        if antecedent.actors[0].code not in barred:
            named[antecedent.nature].append(antecedent.actors[0])
        pair = distinct(named[antecedent.nature])[:2]
        if len(pair) == 2:
            chosen = pair[-1] if token.text.lower() == "former" else pair[0]
            return reading.refer(sentence, token.i, "pronoun", (chosen,), (token.start, token.end))
    return None


def _names_its_subject(reading: Reading, sentence: Sentence, i: int) -> bool:
    """Return whether the subject of the clause says whose it is, so that no focus of the text had to tell."""
    return all(a.reason != FOCUS for subject in subjects_above(sentence, i)[:1] for a in reading.actors(sentence, subject))


def _stands_alone(sentence: Sentence, token: Token) -> bool:
    """Return whether an adjective stands for its noun: "the latter", "the latter’s gunboats", "gave the former two thirds"."""
    if token.i == 0 or sentence.tokens[token.i - 1].text.lower() != "the":
        return False
    following = sentence.tokens[token.i + 1] if token.i + 1 < len(sentence.tokens) else None
    apart = following is None or following.pos in ("PART", "NUM", "PUNCT", "VERB", "AUX", "ADP", "CCONJ", "SCONJ", "ADV", "DET")
    return apart and not (following is not None and following.pos == "NUM" and token.text.lower() == "other")


def _the_other(reading: Reading, sentence: Sentence, token: Token) -> Reference | None:
    """Resolve "the other" beside a subject that is one of two: "Oslo and Rome agreed, but Oslo then sued the other"."""
    if not _stands_alone(sentence, token) or holds_subject(sentence, token.i):
        return None
    for window in (0, 1):
        weights = reading.discourse.state_weights(sentence.index, token.i, window)
        codes = [code for code in weights if code in reading.index.names]
        if len(codes) >= 2:
            break
    own = _own_subject(reading, sentence, token.i) & set(codes)
    if len(codes) != 2 or len(own) != 1:
        return None
    code = next(c for c in codes if c not in own)
    actors = (reading.state(code, token.text, "the other of two"),)
    return reading.refer(sentence, token.i, "pronoun", actors, (token.start, token.end))


def _set_of(reading: Reading, sentence: Sentence, token: Token, number: int) -> Reference | None:
    actors = find_set(reading, sentence, token.i, number)
    return reading.refer(sentence, token.i, "pronoun", actors, (token.start, token.end)) if actors else None


def find_set(
    reading: Reading,
    sentence: Sentence,
    i: int,
    number: int | None,
    among: frozenset[str] | None = None,
    without: frozenset[str | None] = frozenset(),
) -> tuple[Actor, ...]:
    """Return the actors that "the two", "both countries", "the parties" stand for, or nothing.

    Args:
        reading: The document.
        sentence: The sentence of the phrase.
        i: The phrase's head.
        number: How many they are, None where the text does not say.
        among: The codes they must be of ("the three Gulf states"), or None.
        without: The codes that none of them is: whose allies or neighbours they are.
    """
    token = sentence.tokens[i]
    if token.text.lower() in QUANTITY and _does(sentence, token):
        barred: frozenset[str | None] = frozenset()
    else:
        barred = _own_subject(reading, sentence, i) or _elided_subject(reading, sentence, i)
    barred |= without
    found = _find_set(reading, sentence, i, number, among, barred)
    between = any(has_case(sentence, first_conjunct(sentence, i).i, word) for word in ("between", "among"))
    if between and not found:
        return _find_set(reading, sentence, i, number, among, frozenset())
    return found or (_exactly(reading, sentence, i, 2, frozenset(), among, window=1) if number == 2 else ())


def _find_set(
    reading: Reading,
    sentence: Sentence,
    i: int,
    number: int | None,
    among: frozenset[str] | None,
    barred: frozenset[str | None],
) -> tuple[Actor, ...]:
    """Return the set that a phrase stands for: one named together, or the states that stand out most."""
    large = number is not None and number > 2
    sets = [
        a for a in reading.discourse.before(sentence.index, i, FAR if large else NEAR) if a.nature == "set" or len(a.actors) > 1
    ]
    if large and (found := _exactly(reading, sentence, i, number or 0, barred, among, window=0)):
        return found
    for antecedent in sets:
        actors = tuple(a for a in antecedent.actors if (among is None or a.code in among) and a.code and not a.sector)
        prominent = (
            number is None or (large and antecedent.weight >= 1) or _still_spoken_of(reading, sentence, i, antecedent, barred)
        )
        if prominent and len(actors) == (number or len(actors)) and len(actors) > 1 and not barred & {a.code for a in actors}:
            return actors
    for antecedent in sets if large else ():
        with_subject = _with_subject(reading, antecedent)
        if len(with_subject) == number:
            return with_subject
    return _most_prominent(reading, sentence, i, number, barred, among)


def _exactly(
    reading: Reading,
    sentence: Sentence,
    i: int,
    number: int,
    barred: frozenset[str | None],
    among: frozenset[str] | None,
    window: int,
) -> tuple[Actor, ...]:
    """Return the states named in the last sentences, where they are exactly as many as said."""
    weights = reading.discourse.state_weights(sentence.index, i, window)
    codes = [c for c in weights if c not in barred and c in reading.index.names and (among is None or c in among)]
    text = reading.words(sentence, i)
    return tuple(reading.state(code, text, "named before") for code in codes) if len(codes) == number else ()


def _still_spoken_of(reading: Reading, sentence: Sentence, i: int, antecedent: Antecedent, barred: frozenset[str | None]) -> bool:
    """Return whether a pair is prominent and no other state but the clause's subject has been named in between."""
    if antecedent.sentence == sentence.index:
        return True
    own = {actor.code for actor in antecedent.actors}
    between = reading.discourse.before(sentence.index, i, sentence.index - antecedent.sentence - 1)
    apart = (later for later in between if later.weight >= 1 and not own <= {a.code for a in later.actors})
    others = {a.code for later in apart for a in later.actors if a.code in reading.index.names}
    return antecedent.weight >= 2 and not others - own - barred


def _own_subject(reading: Reading, sentence: Sentence, i: int) -> frozenset[str | None]:
    """Return the codes of the subject of the clause around a phrase that is not a subject itself, its possessor's included."""
    if holds_subject(sentence, i):
        return frozenset()
    for subject in subjects_above(sentence, i)[:1]:
        codes = {actor.code for actor in reading.actors(sentence, subject)}
        codes |= {actor.code for t in sentence.dependents(subject, "nmod:poss") for actor in reading.actors(sentence, t.i)}
        return frozenset(codes)
    return frozenset()


def _elided_subject(reading: Reading, sentence: Sentence, i: int) -> frozenset[str | None]:
    """Return the codes of the subject that a sentence without one goes on with: that of the sentence before."""
    root = next((t for t in sentence.tokens if t.head == t.i), None)
    if root is None or root.pos != "VERB" or any(t.relation == "nsubj" for t in sentence.tokens[: max(i, root.i) + 1]):
        return frozenset()
    for antecedent in reading.discourse.before(sentence.index, i, 1):
        if antecedent.sentence < sentence.index and antecedent.weight >= 4:
            return frozenset(actor.code for actor in antecedent.actors)
    return frozenset()


def _with_subject(reading: Reading, antecedent: Antecedent) -> tuple[Actor, ...]:
    """Return a set together with the subject of its clause: "Iran promised Britain, France …": "the seven"."""
    sentence = reading.parsed.sentences[antecedent.sentence]
    for subject in subjects_above(sentence, antecedent.token)[:1]:
        found = distinct((*reading.actors(sentence, subject), *antecedent.actors))
        states = all(a.code in reading.index.names and a.sector is None for a in found)
        return found if states and len({a.code for a in found}) == len(found) else ()
    return ()


def _most_prominent(
    reading: Reading, sentence: Sentence, i: int, number: int | None, barred: frozenset[str | None], among: frozenset[str] | None
) -> tuple[Actor, ...]:
    """Return the states that stand out most, if there are as many as said: first those that were subject or object."""
    wanted = number or 2
    text = reading.words(sentence, i)
    if wanted == 2 and (pair := _dyad(reading, sentence, i, barred, among)):
        return tuple(reading.state(code, text, "what the text is about") for code in pair)
    for window in range(WINDOW_OF_PAIRS):
        strong = reading.discourse.strong_codes(sentence.index, i, window, STRONG)
        codes = [c for c in _candidates(reading, sentence, i, window, barred, among) if c in strong]
        if len(codes) == wanted:
            return tuple(reading.state(code, text, "most prominent before") for code in codes)
    for window in range(WINDOW_OF_PAIRS):
        codes = _candidates(reading, sentence, i, window, barred, among)
        if len(codes) == 1 and wanted == 2:
            codes += _topic_beside(reading, {*codes, *barred}, among)
        if len(codes) == wanted or (wanted == 2 and len(codes) > 2):
            return tuple(reading.state(code, text, "most prominent before") for code in codes[:wanted])
    return ()


def _dyad(
    reading: Reading, sentence: Sentence, i: int, barred: frozenset[str | None], among: frozenset[str] | None
) -> tuple[str, ...]:
    """Return the two states that the document is about, where no third comes near them and both have been named lately."""
    ranked = [(c, n) for c, n in reading.topic.most_common() if c not in barred and (among is None or c in among)]
    if len(ranked) < 2 or (len(ranked) > 2 and ranked[1][1] < DYAD * ranked[2][1]) or ranked[1][1] < LEAST_OF_DYAD:
        return ()
    lately = reading.discourse.state_weights(sentence.index, i, NEAR - 1)
    return tuple(c for c, _ in ranked[:2]) if all(c in lately for c, _ in ranked[:2]) else ()


DYAD = 1.5
LEAST_OF_DYAD = 4


def _topic_beside(reading: Reading, named: set[str | None], among: frozenset[str] | None) -> list[str]:
    """Return the state that the document is most about besides those named, if it stands out."""
    others = [(c, n) for c, n in reading.topic.most_common() if c not in named and (among is None or c in among)]
    stands_out = others and (len(others) == 1 or others[0][1] >= STANDS_OUT * others[1][1])
    return [others[0][0]] if stands_out else []


def _candidates(
    reading: Reading, sentence: Sentence, i: int, window: int, barred: frozenset[str | None], among: frozenset[str] | None
) -> list[str]:
    """Return the states named in the last sentences that a set may consist of, the most prominent first."""
    weights = reading.discourse.state_weights(sentence.index, i, window, topic=3.0)
    codes = [c for c in weights if c not in barred and c in reading.index.names and (among is None or c in among)]
    return sorted(codes, key=lambda code: -weights[code])
