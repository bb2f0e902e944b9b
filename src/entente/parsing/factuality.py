"""What the text says of a predicate's reality: it happened, will, might, did not."""

from __future__ import annotations

from entente.codebook.language import LanguageWords
from entente.records.annotations import Sentence, Status, Token

MAX_DEPTH = 6
"""How far up the tree a status is looked for; deeper embeddings are rare and parsed badly."""


def read_status(sentence: Sentence, i: int, words: LanguageWords) -> Status:
    """Return the status of the predicate at token ``i``.

    Its own negation and modals come first, then what governs it, nearest first: "refused to sign" denies the signature,
    "plans to sign" puts it in the future, "if it signs" makes it hypothetical.
    """
    own = _own_status(sentence, i, words)
    if own == "negated":
        return own
    above = _status_from_above(sentence, i, words, 0)
    return _stronger(own, above)


def _stronger(own: Status, above: Status) -> Status:
    """Combine a clause's own status with its governor's: denial beats supposition, supposition beats the future."""
    order: tuple[Status, ...] = ("negated", "hypothetical", "future", "historical", "actual")
    return min(own, above, key=order.index)


def _own_status(sentence: Sentence, i: int, words: LanguageWords) -> Status:
    if is_negated(sentence, i, words):
        return "negated"
    auxiliaries = [t.text.lower() for t in sentence.dependents(i, "aux")]
    if any(a in words.hypothetical_modals for a in auxiliaries):
        return "hypothetical"
    if any(a in words.future_modals for a in auxiliaries) or _is_to(sentence, i):
        return "future"
    if any(a in words.would for a in auxiliaries):
        return "future" if _is_reported(sentence, i, words) and not _has_condition(sentence, i, words) else "hypothetical"
    if _going_to(sentence, i):
        return "future"
    return "actual"


def is_negated(sentence: Sentence, i: int, words: LanguageWords) -> bool:
    """Return whether the predicate is denied by a word of its own clause: *not*, *never*, *no*, *nobody* as its subject."""
    for token in sentence.dependents(i, "advmod", "cc", "cc:preconj", "det", "aux"):
        lower = token.text.lower()
        if lower in words.negators and not _limits_only(sentence, token):
            return True
        if lower == "longer" and token.i > 0 and sentence.tokens[token.i - 1].text.lower() == "no":
            return True
    for argument in sentence.dependents(i, "nsubj", "obj"):
        if argument.text.lower() in ("nobody", "none", "neither", "nothing") or (
            argument.text.lower() == "no" and argument.pos == "PRON"
        ):
            return True
        if any(t.text.lower() in ("no", "neither") for t in sentence.dependents(argument.i, "det", "cc", "advmod")):
            return True
    for phrase in sentence.dependents(i, "obl"):
        if phrase.text.lower() == "neither" or any(
            t.text.lower() == "neither" for t in sentence.dependents(phrase.i, "cc", "det")
        ):
            return True
    return any(t.text.lower() == "without" for t in sentence.dependents(i, "mark", "case"))


def _limits_only(sentence: Sentence, token: Token) -> bool:
    """Return whether a *not* limits rather than denies: "not only", "not until", "not just", "not least"."""
    following = sentence.tokens[token.i + 1].text.lower() if token.i + 1 < len(sentence.tokens) else ""
    if following in ("only", "just", "least", "merely", "even") and token.text.lower() == "not":
        return following != "even"
    later = {t.text.lower() for t in sentence.tokens[token.i + 1 :]}
    return token.text.lower() in ("not", "n't", "n’t") and "until" in later and sentence.tokens[token.head].pos in ("VERB", "AUX")


def _is_to(sentence: Sentence, i: int) -> bool:
    """Return whether a plan is told by *be to* or *be due to*: "is to visit Oslo"."""
    marks = {t.text.lower() for t in sentence.dependents(i, "mark")}
    due = any(t.text.lower() == "due" for t in sentence.dependents(i, "mark", "case"))
    if (due or "to" in marks) and any(t.lemma == "be" for t in sentence.dependents(i, "cop")):
        return True
    to = "to" in marks
    governor = sentence.tokens[sentence.tokens[i].head]
    own = any(t.lemma == "be" and t.dep == "aux" for t in sentence.dependents(i, "aux"))
    return to and (
        own or (governor.lemma == "be" and governor.i != i and sentence.tokens[i].relation in ("ccomp", "xcomp", "advcl"))
    )


def _going_to(sentence: Sentence, i: int) -> bool:
    token = sentence.tokens[i]
    governor = sentence.tokens[token.head]
    return token.dep == "xcomp" and governor.text.lower() == "going" and any(True for _ in sentence.dependents(governor.i, "aux"))


def _has_condition(sentence: Sentence, i: int, words: LanguageWords) -> bool:
    """Return whether an *if*-clause hangs on the predicate."""
    clauses = sentence.dependents(i, "advcl")
    return any(
        mark.text.lower() in words.conditional_marks for clause in clauses for mark in sentence.dependents(clause.i, "mark")
    )


def _is_reported(sentence: Sentence, i: int, words: LanguageWords) -> bool:
    return any(token.lemma in words.reporting or token.lemma in words.planning for token in _governors(sentence, i))


def _governors(sentence: Sentence, i: int) -> list[Token]:
    """Return the predicates that embed ``i`` as their clause (complement or coordination), nearest first."""
    found: list[Token] = []
    token = sentence.tokens[i]
    for _ in range(MAX_DEPTH):
        if token.head == token.i or token.relation not in ("ccomp", "xcomp", "conj", "parataxis"):
            break
        governor = sentence.tokens[token.head]
        if token.relation != "conj":
            found.append(governor)
        token = governor
    return found


def _status_from_above(sentence: Sentence, i: int, words: LanguageWords, depth: int) -> Status:
    token = sentence.tokens[i]
    if depth > MAX_DEPTH or token.head == token.i:
        return "actual"
    rule = _RULES.get(token.relation)
    return rule(sentence, token, words, depth) if rule else "actual"


def _inherited(sentence: Sentence, i: int, words: LanguageWords, depth: int) -> Status:
    """Return a governor's whole status: its own joined with what is above it."""
    own = _own_status(sentence, i, words)
    return own if own == "negated" else _stronger(own, _status_from_above(sentence, i, words, depth + 1))


def _under_complement(sentence: Sentence, token: Token, words: LanguageWords, depth: int) -> Status:
    governor = sentence.tokens[token.head]
    lexical = _lexical_status(governor, token, sentence, words)
    above = _inherited(sentence, governor.i, words, depth)
    if lexical == "negated":
        return "hypothetical" if above in ("hypothetical", "future") else "actual" if above == "negated" else "negated"
    if above == "negated" and governor.lemma in words.reporting and token.relation == "ccomp":
        above = "actual"
    return _stronger(lexical, above)


def _lexical_status(governor: Token, token: Token, sentence: Sentence, words: LanguageWords) -> Status:
    lemma = governor.lemma
    particle = next((t.lemma for t in sentence.dependents(governor.i, "compound:prt", "advmod")), "")
    if lemma in words.negating or f"{lemma} {particle}" in words.negating:
        return "negated"
    bare = "VerbForm=Inf" in token.feats and not any(True for _ in sentence.dependents(token.i, "aux"))
    infinitive = token.relation in ("xcomp", "advcl") or bare or _is_subjunctive(sentence, token)
    foreseen = lemma in words.planning and any(True for _ in sentence.dependents(governor.i, "aux:pass"))
    if infinitive and lemma in words.hypothesising and not foreseen:
        return "hypothetical"
    if infinitive and lemma in words.planning:
        return "future"
    return "actual"


def _is_subjunctive(sentence: Sentence, token: Token) -> bool:
    """Return whether a that-clause is in the bare subjunctive: "demands that it rewrite its constitution"."""
    return token.tag == "VB" and not any(True for _ in sentence.dependents(token.i, "aux"))


def _under_adverbial(sentence: Sentence, token: Token, words: LanguageWords, depth: int) -> Status:
    marks = {t.text.lower() for t in sentence.dependents(token.i, "mark")}
    if marks & words.conditional_marks:
        return "hypothetical"
    governor = sentence.tokens[token.head]
    if "to" in marks and "VerbForm=Inf" in token.feats and _speaks_of(sentence, governor, words):
        return _under_complement(sentence, token, words, depth)
    above = _inherited(sentence, governor.i, words, depth)
    if "to" in marks and "VerbForm=Inf" in token.feats and governor.pos == "VERB" and governor.lemma not in words.fulfilling:
        return _stronger("future", above if above != "negated" else "actual")
    if "VerbForm=Fin" in token.feats or marks & {"after", "since", "because", "as", "when", "while", "although", "though"}:
        return "actual" if above == "negated" else above if above == "hypothetical" and marks & {"when", "as"} else "actual"
    return above if above != "negated" else "actual"


def _speaks_of(sentence: Sentence, governor: Token, words: LanguageWords) -> bool:
    """Return whether an infinitive is what the governor speaks of; "blocked the road to demand pay" only says what for."""
    if governor.lemma in words.negating and governor.lemma not in words.object_control:
        return not any(True for _ in sentence.dependents(governor.i, "obj"))
    return governor.lemma in words.hypothesising or governor.lemma in words.planning or governor.lemma in words.negating


def _under_noun(sentence: Sentence, token: Token, words: LanguageWords, depth: int) -> Status:
    """Status of a clause that modifies a noun: "a plan to sign", "the treaty that it signed"."""
    noun = sentence.tokens[token.head]
    if token.dep == "acl:relcl":
        return "actual"
    infinitive = "VerbForm=Inf" in token.feats
    if infinitive and noun.lemma in ("refusal", "failure", "inability", "reluctance"):
        return "negated"
    if infinitive and noun.lemma in words.hypothesising_nouns:
        return "future" if noun.lemma in ("plan", "promise", "pledge", "decision", "intention", "agreement") else "hypothetical"
    return "actual"


def _under_coordination(sentence: Sentence, token: Token, words: LanguageWords, depth: int) -> Status:
    """A conjunct without subject and auxiliary of its own shares the first one's status."""
    if any(True for _ in sentence.dependents(token.i, "nsubj", "aux")):
        return _status_from_above(sentence, token.head, words, depth + 1)
    first = sentence.tokens[token.head]
    if token.tag in ("VBD", "VBZ") and first.tag in ("VB", "VBG"):
        return "actual"
    status = _inherited(sentence, first.i, words, depth)
    finite = "VerbForm=Fin" in token.feats and "VerbForm=Fin" in first.feats
    if status == "negated" and finite and is_negated(sentence, first.i, words):
        return _status_from_above(sentence, first.i, words, depth + 1)
    return status


_RULES = {
    "xcomp": _under_complement,
    "ccomp": _under_complement,
    "csubj": _under_complement,
    "advcl": _under_adverbial,
    "acl": _under_noun,
    "conj": _under_coordination,
}


def read_noun_status(sentence: Sentence, i: int, words: LanguageWords) -> Status:
    """Return the status of the event noun at token ``i`` from the predicate or noun that governs it.

    "cancelled the visit" denies it, "plans a visit" puts it in the future, "threatened sanctions" makes them hypothetical;
    any other governor leaves the noun a fact: "the sanctions hurt".
    """
    noun = sentence.tokens[i]
    if any(t.text.lower() == "no" for t in sentence.dependents(i, "det")):
        return "negated"
    governor = _governor_of_noun(sentence, noun)
    if governor is None or _was_said(sentence, noun, words):
        return "actual"
    lemma = governor.lemma
    particle = next((t.lemma for t in sentence.dependents(governor.i, "compound:prt", "advmod")), "")
    outer: Status = read_status(sentence, governor.i, words) if governor.pos in ("VERB", "AUX") else "actual"
    if lemma in words.negating or f"{lemma} {particle}" in words.negating:
        return "negated" if outer == "actual" else "hypothetical"
    if lemma in words.light:
        return outer
    if lemma in words.hypothesising or (governor.pos == "NOUN" and lemma in words.hypothesising_nouns):
        return "hypothetical"
    if lemma in words.planning:
        return "future"
    return "actual"


def _was_said(sentence: Sentence, noun: Token, words: LanguageWords) -> bool:
    """Return whether a noun is what another has said: "refused Washington's (an American) demand", not "withdrew its demand"."""
    owners = sentence.dependents(noun.i, "nmod:poss")
    demonyms = (t for t in sentence.dependents(noun.i, "amod") if t.text[:1].isupper())
    return noun.lemma in words.said_nouns and any(owner.pos != "PRON" for owner in (*owners, *demonyms))


def _governor_of_noun(sentence: Sentence, noun: Token) -> Token | None:
    """Return the verb whose object (or passive subject) the noun is, or the noun that has it in its *of*-phrase."""
    token = noun
    while token.relation == "conj":
        token = sentence.tokens[token.head]
    governor = sentence.tokens[token.head]
    if token.relation in ("obj", "xcomp") or token.dep == "nsubj:pass":
        return governor
    if token.relation in ("nmod", "obl") and any(t.lemma in ("of", "for", "to") for t in sentence.dependents(token.i, "case")):
        return governor
    return None
