"""What a tree says of its predicates: which tokens are some, in what tense, and which nouns name events."""

from __future__ import annotations

from msgspec import Struct

from entente.codebook.timewords import TimeWords
from entente.dating.anchor import Tense
from entente.records.annotations import Sentence, Token

SUBORDINATE = ("advcl", "acl", "ccomp", "xcomp", "csubj")
_FUTURE = ("will", "shall", "’ll", "'ll", "wo", "would", "’d", "'d")
_MODAL = ("can", "could", "may", "might", "must", "should", "ca", "cannot")


def is_predicate(sentence: Sentence, i: int) -> bool:
    """Tell whether a token heads a clause: a verb, or anything with a copula or as the root of its sentence."""
    token = sentence.tokens[i]
    if token.pos == "VERB" or token.head == i:
        return True
    return (token.pos == "AUX" and token.relation not in ("aux", "cop")) or sentence.first(i, "cop") is not None


def tense_of(sentence: Sentence, i: int) -> Tense:
    """Return the tense of a predicate by its auxiliaries; a conjunct without any of its own shares those before it."""
    token = sentence.tokens[i]
    auxiliaries = [each for each in sentence.dependents(i, "aux", "cop") if each.pos in ("AUX", "PART")]
    mark = sentence.first(i, "mark")
    words = [each.text.lower() for each in auxiliaries]
    if any(word in _FUTURE for word in words):
        return "future"
    if any(word in _MODAL for word in words):
        return "present"
    if any(each.text.lower() == "to" for each in sentence.dependents(i, "mark", "aux")):
        return "future" if any(each.lemma.lower() == "be" and is_finite(each) for each in auxiliaries) else "infinitive"
    if auxiliaries:
        return _tense_of_auxiliaries(sentence, i, auxiliaries)
    if token.relation == "conj" and _is_participle(token) and token.head != i and sentence.tokens[token.head].pos == "VERB":
        return tense_of(sentence, token.head)
    if _is_participle(token):
        return "past" if (token.head == i and mark is None) or is_misread_past(sentence, token) else "participle"
    if (token.tag == "VB" and token.relation in ("root", "conj", "parataxis", "advcl", "acl")) or token.dep == "ROOT":
        return "past" if token.tag == "VB" else _tense_of_form(token)
    return _tense_of_form(token)


def _tense_of_auxiliaries(sentence: Sentence, i: int, auxiliaries: list[Token]) -> Tense:
    first = auxiliaries[0]
    word = first.text.lower()
    participle = _is_participle(sentence.tokens[i]) or len(auxiliaries) > 1
    if first.lemma.lower() == "have" and participle:
        past = word == "had" or "Tense=Past" in first.feats
        return "pluperfect" if past and not _is_participle(first) else ("participle" if word == "having" else "perfect")
    if word in ("was", "were", "did", "got", "had"):
        return "past"
    if word in ("is", "are", "am", "does", "do", "’s", "'s", "’re", "'re", "has", "have"):
        return "present"
    return "participle" if _is_participle(first) else _tense_of_form(first)


def _tense_of_form(token: Token) -> Tense:
    misread = token.tag in ("VBZ", "VBP") and token.text.endswith("ed") and not token.text.endswith("eed")
    if token.tag == "VBD" or misread or ("Tense=Past" in token.feats and "VerbForm=Part" not in token.feats):
        return "past"
    if token.tag in ("VBZ", "VBP") or "Tense=Pres" in token.feats:
        return "present"
    return "infinitive" if token.pos in ("VERB", "AUX") else "none"


def _is_participle(token: Token) -> bool:
    return token.tag in ("VBN", "VBG") or (not token.tag and ("VerbForm=Part" in token.feats or "VerbForm=Ger" in token.feats))


def is_gerund(token: Token) -> bool:
    """Tell an "-ing" form of a verb."""
    return token.tag == "VBG" or (not token.tag and ("VerbForm=Ger" in token.feats or token.text.lower().endswith("ing")))


def is_past_participle(token: Token) -> bool:
    """Tell "signed" in "a memorandum signed in June"."""
    return token.tag in ("VBN", "VBD") or (not token.tag and "Tense=Past" in token.feats)


class Tenses:
    """The tenses of a sentence's predicates, each read once."""

    def __init__(self, sentence: Sentence) -> None:
        self.sentence = sentence
        self._known: dict[int, Tense] = {}

    def of(self, i: int) -> Tense:
        """Return the tense of the predicate at token ``i``."""
        if i not in self._known:
            self._known[i] = tense_of(self.sentence, i)
        return self._known[i]


def governing_tense(tenses: Tenses, i: int, words: TimeWords) -> Tense:
    """Return the tense that steers a date on token ``i``: its own clause's, for nouns and infinitives that of the clause above.

    An infinitive looks ahead only under a verb of planning ("agreed to meet on Monday", not "managed to meet on Monday").
    """
    sentence = tenses.sentence
    for step, token in enumerate((sentence.tokens[i], *sentence.ancestors(i))):
        if not is_predicate(sentence, token.i):
            continue
        tense = tenses.of(token.i)
        if tense == "infinitive":
            above = sentence.tokens[token.head]
            if token.head == token.i or above.lemma.lower() in words.planning_verbs:
                return "infinitive"
        elif tense != "participle" or token.head == token.i or step > 8:
            return tense
    return "none"


def names_event(token: Token, words: TimeWords) -> bool:
    """Tell whether a noun names an act or an event: "talks", "annexation", "the shelling", "treaty"."""
    if token.pos not in ("NOUN", "PROPN"):
        return False
    lemma = token.lemma.lower()
    if token.pos == "PROPN" and lemma in words.months:
        return False
    if lemma in words.event_nouns or lemma in words.instruments or lemma in words.occasions:
        return True
    if token.pos == "PROPN" or lemma in words.no_events or len(lemma) < 6:
        return False
    return lemma.endswith(words.event_endings)


def preposition_of(sentence: Sentence, i: int) -> str:
    """Return the preposition of a noun phrase or the conjunction of a clause, lower case, empty where it has none.

    A noun's is the one that stands before its phrase, whatever the tree hangs it on.
    """
    if sentence.tokens[i].pos in ("NOUN", "PROPN") and sentence.first(i, "cop") is None:
        for token in reversed(sentence.tokens[:i]):
            if token.pos == "ADP":
                return token.text.lower()
            if token.pos not in ("DET", "ADJ", "NUM", "NOUN", "PROPN", "PART", "ADV", "PRON"):
                return ""
        return ""
    marks = [
        t for t in sentence.dependents(i, "mark", "case") if t.i < i and not (t.relation == "mark" and t.text.lower() == "to")
    ]
    if marks:
        return marks[0].text.lower()
    return next((t.text.lower() for t in sentence.dependents(i, "advmod") if t.text.lower() in ("when", "where")), "")


def subject_of(sentence: Sentence, i: int) -> Token | None:
    """Return the subject of a predicate, passive ones too, where it has one of its own."""
    return sentence.first(i, "nsubj", "csubj")


def is_negated(sentence: Sentence, i: int) -> bool:
    """Tell whether "not" or "never" stands before a predicate in its clause, over coordinated verbs too."""
    for token in reversed(sentence.tokens[:i]):
        if token.text.lower() in ("not", "n’t", "n't", "never"):
            return True
        if token.text in (";", ":") or token.tag in ("WDT", "WP") or (token.pos == "VERB" and is_finite(token)):
            return False
    return False


def is_finite(token: Token) -> bool:
    """Tell a finite form, auxiliaries and modals included."""
    if token.pos not in ("VERB", "AUX"):
        return False
    return token.tag in ("VBD", "VBZ", "VBP", "MD") or (not token.tag and "VerbForm=Fin" in token.feats)


class FiniteClause(Struct, frozen=True):
    """A finite verb's place, its predicate, and the word that makes its clause a subordinate one (None: none does)."""

    at: int
    predicate: int
    introducer: int | None


def finite_clauses(sentence: Sentence) -> tuple[FiniteClause, ...]:
    """Return the finite clauses of a sentence as its words show them, whatever the tree says of their heads.

    A clause is subordinate where "which", "when", "that" or the like stands between the finite verb before and its own.
    """
    found: list[FiniteClause] = []
    introducer: int | None = None
    for token in sentence.tokens:
        if _introduces(token):
            introducer = token.i
        elif token.text == "," and introducer is not None and sentence.tokens[introducer].text.lower() in _PHRASAL:
            introducer = None
        elif _heads_clause(sentence, token, introducer):
            predicate = token.head if token.pos == "AUX" and token.relation in ("aux", "cop") else token.i
            if all(each.predicate != predicate for each in found):
                found.append(FiniteClause(token.i, predicate, introducer))
            introducer = None
    return tuple(found)


_PHRASAL = ("after", "before", "since", "until", "as", "than", "like")


def _introduces(token: Token) -> bool:
    word = token.text.lower()
    if token.tag in ("WDT", "WP", "WP$", "WRB"):
        return True
    return word not in ("to", "for", "with", "by", "in", "without", "of", "from", "on", "at", "against") and (
        token.relation == "mark"
        or word in ("after", "before", "because", "although", "though", "while", "if", "unless", "whether")
    )


def _heads_clause(sentence: Sentence, token: Token, introducer: int | None) -> bool:
    """Tell whether a token is a finite verb, or one whose form was misread."""
    if (token.head == token.i and token.pos == "VERB") or is_misread_past(sentence, token):
        return True
    attributive = token.relation in ("amod", "compound") and introducer is None
    return is_finite(token) and not attributive and not _is_reduced(sentence, token)


def is_misread_past(sentence: Sentence, token: Token) -> bool:
    """Tell a past tense tagged as a participle: it has a subject and no auxiliary ("his forces exercised")."""
    if token.tag != "VBN" or token.pos != "VERB" or token.relation in ("amod", "acl"):
        return False
    return sentence.first(token.i, "aux") is None and sentence.first(token.i, "nsubj") is not None


def _is_reduced(sentence: Sentence, token: Token) -> bool:
    """Tell "accused" in "the man accused of spying": a participle behind its noun, tagged as a past tense."""
    return token.dep == "acl" and sentence.first(token.i, "nsubj") is None
