"""Passes a date on to the clauses and event nouns that a reader would date by it, and to no others."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from msgspec.structs import replace

from entente.codebook.timewords import TimeWords
from entente.dating.anchor import Tense
from entente.dating.attach import subject_is_relative
from entente.dating.predicates import (
    Tenses,
    finite_clauses,
    is_gerund,
    is_negated,
    is_past_participle,
    is_predicate,
    names_event,
    preposition_of,
    subject_of,
)
from entente.records.annotations import TimeRole, Token
from entente.records.timespan import TimeSpan

Dates = dict[int, tuple[TimeSpan, TimeRole]]
"""Dated tokens of a sentence: the span, and the role of the expression that it comes from."""

_CONTRAST = ("but", "yet", "though", "although", "however")
_SAME_TIME = ("when", "as", "while", "where", "whereas", "whereupon")
_LOOSE = ("after", "because", "since", "so")
_NOT_WITH = (
    "after",
    "before",
    "since",
    "despite",
    "until",
    "till",
    "although",
    "though",
    "unless",
    "if",
    "than",
    "like",
    "of",
    "from",
)


def spread_dates(tenses: Tenses, own: Dates, told: Mapping[int, int], words: TimeWords) -> Dates:
    """Return the dates of a sentence's predicates and event nouns, those by their own expressions first.

    Args:
        tenses: The sentence, and the tenses of its predicates.
        own: Tokens dated by an expression of their own.
        told: For a dated token the first token of its expression.
        words: The verbs and nouns that pass a date on or stop it.
    """
    return Spreader(tenses, own, told, words).spread()


class Spreader:
    """The dates of one sentence while they spread."""

    def __init__(self, tenses: Tenses, own: Dates, told: Mapping[int, int], words: TimeWords) -> None:
        self.sentence = tenses.sentence
        self.dates = dict(own)
        self._told = told
        self._words = words
        self._tenses = tenses
        self._named: set[int] = set()
        self._conjuncts: dict[int, list[Token]] = {}

    def spread(self) -> Dates:
        """Pass dates up to the clauses they stand for, then down the tree; first nouns of relative clauses."""
        order = self._top_down()
        self._conjuncts = self._find_conjuncts()
        for i in reversed(order):
            if i in self.dates:
                self._name_from_clause(i)
        for i in reversed(order):
            if i not in self.dates and is_predicate(self.sentence, i):
                self._take_from_below(i)
        for i in order:
            self._pass_along_conjuncts(i)
            if i not in self.dates and self.sentence.tokens[i].relation in ("acl", "appos", "parataxis"):
                self._take_from_text(i)
            if i in self.dates:
                self._pass_down(i)
        return self.dates

    def _take_from_text(self, i: int) -> None:
        """Date "under which they promised", "where they signed", ", a gift" by the verb before, wherever the tree hangs it."""
        clause = self.sentence.tokens[i]
        if clause.dep.endswith("relcl"):
            goes_on = self._tense(i) == "past" and (self._in_which(clause) or preposition_of(self.sentence, i) == "where")
        else:
            goes_on = clause.pos == "NOUN" and clause.lemma.lower() in self._words.occasions
        if goes_on:
            left = [j for j in self.dates if j < i and is_predicate(self.sentence, j) and self.dates[j][1] == "at"]
            if left:
                self._inherit(i, self.dates[max(left)])

    def _top_down(self) -> list[int]:
        order = [token.i for token in self.sentence.tokens if token.head == token.i]
        for i in order:
            order.extend(self.sentence.children[i])
        return order

    def _tense(self, i: int) -> Tense:
        return self._tenses.of(i)

    def _inherit(self, i: int, source: tuple[TimeSpan, TimeRole]) -> None:
        if i not in self.dates:
            self.dates[i] = (replace(source[0], text=None), source[1])

    # --- upwards ---------------------------------------------------------------------------------------------------------

    def _name_from_clause(self, i: int) -> None:
        """Date the noun of a dated relative clause: "the accord that they reached in May", "a pact signed in 1999"."""
        token = self.sentence.tokens[i]
        noun = self.sentence.tokens[token.head]
        if token.relation == "nmod" and self._is_container(noun) and preposition_of(self.sentence, i) == "of":
            self._inherit(noun.i, self.dates[i])
        if i and is_past_participle(token) and self.sentence.tokens[i - 1].pos in ("NOUN", "PROPN") and token.tag == "VBN":
            hung = token.relation == "acl" and names_event(noun, self._words)
            noun = self.sentence.tokens[i - 1] if token.relation in ("advcl", "acl") and not hung else noun
        elif token.relation != "acl":
            return
        told_by_its_verb = noun.relation == "obj" and noun.head in self.dates
        if token.head == i or told_by_its_verb or not names_event(noun, self._words):
            return
        if token.dep.endswith("relcl"):
            self._named.add(noun.i)
        passive = is_past_participle(token) and not token.dep.endswith("relcl")
        is_agent = token.dep.endswith("relcl") and subject_is_relative(self.sentence, i)
        has_object = self.sentence.first(i, "obj") is not None
        if passive or not (is_agent and has_object):
            self._inherit(noun.i, self.dates[i])

    def _is_container(self, noun: Token) -> bool:
        return noun.lemma.lower() in self._words.containers

    def _take_from_below(self, i: int) -> None:
        below = list(self.sentence.children[i])
        for j in self.sentence.children[i]:
            below += self.sentence.children[j] if self.sentence.tokens[j].relation == "xcomp" else ()
        for dependent in (self.sentence.tokens[j] for j in below):
            meeting = (t for t in self.sentence.dependents(dependent.i, "acl") if is_gerund(t) and t.i < i)
            child = next(meeting, dependent) if dependent.relation == "nsubj" else dependent
            if child.i not in self.dates:
                continue
            span, role = self.dates[child.i]
            taken = self._taken(i, child, span, role)
            if taken is not None:
                self._inherit(i, taken)
                return

    def _taken(self, i: int, child: Token, span: TimeSpan, role: TimeRole) -> tuple[TimeSpan, TimeRole] | None:
        """Return what a clause takes from a dated dependent.

        "By a treaty of 1959 they shared", "at a summit in May it undertook", "when the council met in May, it said", "speaking
        on Friday, he urged", "let soldiers exercise in May";
        "since it was invaded in 2022" gives an open span.
        """
        marker = preposition_of(self.sentence, child.i)
        past = self._tense(i) in ("past", "pluperfect") or self._would_not(i)
        if child.relation in ("advcl", "obl") and marker in ("since", "until", "till"):
            return self._opened(i, span, marker)
        if role not in ("at", "during") or not past or span.start is None or span.end is None:
            return None
        if child.relation == "advcl" and marker in ("when", "as", "while") and self._tense(child.i) == "past":
            return span, role
        if child.relation == "obj" and child.i not in self._named and self._carries_out(i, child):
            return span, role
        if child.relation == "xcomp" and self.sentence.tokens[i].lemma.lower() not in self._words.planning_verbs:
            return span, role
        if child.relation in ("advcl", "acl") and marker == "" and is_gerund(child) and child.i < i:
            return span, role
        lemma = child.lemma.lower()
        by_instrument = lemma in self._words.instruments and marker in self._words.instrument_prepositions
        happening = child.i not in self._named and names_event(child, self._words) and marker in ("in", "at", "during", "under")
        if child.relation == "obl" and (by_instrument or happening):
            return span, role
        return None

    def _would_not(self, i: int) -> bool:
        """Tell "would not sell": a refusal, told as past."""
        return is_negated(self.sentence, i) and any(t.text.lower() == "would" for t in self.sentence.dependents(i, "aux"))

    def _carries_out(self, i: int, child: Token) -> bool:
        """Tell "ordered the bombing on 5 April", "held talks on Monday": the verb is of the day of what it brings about."""
        return self.sentence.tokens[i].lemma.lower() in self._words.carrying_verbs and names_event(child, self._words)

    def _opened(self, i: int, span: TimeSpan, marker: str) -> tuple[TimeSpan, TimeRole] | None:
        if marker == "since":
            if self._tense(i) not in ("perfect", "pluperfect") or span.start is None:
                return None
            return TimeSpan(span.start, None, span.precision), "since"
        if span.end is None:
            return None
        return (span, "at") if is_negated(self.sentence, i) else (TimeSpan(None, span.end, span.precision), "until")

    # --- along -----------------------------------------------------------------------------------------------------------

    def _pass_along_conjuncts(self, i: int) -> None:
        """Pass a date from each coordinated clause to the next, until one has its own or breaks with it."""
        others = self._conjuncts.get(i)
        if not others or not is_predicate(self.sentence, i):
            return
        carrier: int | None = i if i in self.dates else None
        for token in others:
            if token.i in self.dates:
                carrier = token.i
            elif carrier is not None and token.i > carrier and self._told_before(carrier, token.i):
                if self._goes_on(carrier, token):
                    self._inherit(token.i, self.dates[carrier])
                    carrier = token.i
                elif subject_of(self.sentence, token.i) is not None:
                    carrier = None

    def _find_conjuncts(self) -> dict[int, list[Token]]:
        """Return for each predicate those coordinated with it, in order.

        A verb without a subject whose tense is not its head's goes with the last main verb before it in that tense:
        "invoked the treaty, under which they must help, and asked".
        """
        conjuncts: dict[int, list[Token]] = defaultdict(list)
        for token in self.sentence.tokens:
            if token.relation in ("conj", "parataxis") and is_predicate(self.sentence, token.i):
                host = token.head
                other = self._tense(host) in ("present", "future", "pluperfect", "none")
                shares = self._tense(host) == "pluperfect" and subject_of(self.sentence, token.i) is None
                if other and not shares and self._tense(token.i) == "past" and self._leaves_its_head(token):
                    host = self._last_past(token.i, host)
                conjuncts[host].append(token)
        return conjuncts

    def _leaves_its_head(self, token: Token) -> bool:
        """Tell whether a verb has no subject of its own, or a comma before its "and": it may go with a verb further off."""
        connective = self.sentence.first(token.i, "cc")
        comma = connective is not None and connective.i > 0 and self.sentence.tokens[connective.i - 1].text == ","
        return comma or subject_of(self.sentence, token.i) is None

    def _last_past(self, i: int, otherwise: int) -> int:
        left = [each.predicate for each in finite_clauses(self.sentence) if each.at < i and each.introducer is None]
        return next((j for j in reversed(left) if j != i and self._tense(j) == "past"), otherwise)

    def _told_before(self, source: int, target: int) -> bool:
        """Tell whether the words of a date stand before what would inherit it."""
        return source not in self._told or self._told[source] < target

    def _goes_on(self, source: int, token: Token) -> bool:
        """Tell whether a coordinated clause goes on with what a dated clause told."""
        lemma, subject = token.lemma.lower(), subject_of(self.sentence, token.i)
        connective = next((t.text.lower() for t in self.sentence.dependents(token.i, "cc")), "")
        adverbs = {t.text.lower() for t in self.sentence.dependents(token.i, "advmod")}
        if not self._same_tense(source, token.i) or (token.relation == "parataxis" and self._is_report(token)):
            return False
        contrast = connective in _CONTRAST or bool(adverbs & {"later", "now", "since", "eventually", "meanwhile", "still"})
        if self.dates[source][1] in ("since", "until", "by") or self.dates[source][0].start is None:
            return subject is None and not contrast and not adverbs & {"not", "never", "n’t", "n't"}
        if contrast and subject is not None:
            return lemma in self._words.occasion_verbs
        return not (subject is not None and self._semicolon(source, token.i) and self._reacts(token))

    def _reacts(self, verb: Token) -> bool:
        """Tell an answer to an act: "condemned", "held Rome responsible"."""
        held = verb.lemma.lower() == "hold" and any(
            t.text.lower() in ("responsible", "accountable") for t in self.sentence.dependents(verb.i, "xcomp", "obj", "advmod")
        )
        return held or verb.lemma.lower() in self._words.reaction_verbs

    def _same_tense(self, source: int, target: int) -> bool:
        first, second = self._tense(source), self._tense(target)
        if second in ("participle", "none", first):
            return True
        if (first, second) == ("pluperfect", "past"):
            return subject_of(self.sentence, target) is None
        return first in ("none", "participle") and second == "past"

    def _is_report(self, token: Token) -> bool:
        return token.lemma.lower() in self._words.saying_verbs

    def _semicolon(self, left: int, right: int) -> bool:
        return any(token.text == ";" for token in self.sentence.tokens[left:right])

    # --- downwards -------------------------------------------------------------------------------------------------------

    def _pass_down(self, i: int) -> None:
        token, source = self.sentence.tokens[i], self.dates[i]
        heirs = self._heirs_of_noun(token) if token.pos in ("NOUN", "PROPN") else iter(())
        if is_predicate(self.sentence, i):
            heirs = self._heirs_of_predicate(token, source)
        for heir in heirs:
            self._inherit(heir, source)

    def _heirs_of_predicate(self, token: Token, source: tuple[TimeSpan, TimeRole]) -> Iterator[int]:
        closed = source[1] in ("at", "by", "during") and source[0].start is not None
        for child in (self.sentence.tokens[j] for j in self.sentence.children[token.i]):
            relation = child.relation
            if relation == "advcl":
                heir = self._clause_inherits(token, child, source[0])
            elif relation in ("xcomp", "ccomp"):
                heir = self._complement_inherits(child)
            else:
                heir = closed and self._noun_inherits(token, child)
            if heir:
                yield child.i
            elif closed and relation == "obj":
                yield from self._places_and_texts(child)
                yield from self._seen(token, child)
            if closed and child.dep == "acl" and self._tense(child.i) == "infinitive":
                yield child.i
            if closed and relation in ("obl", "obj"):
                yield from self._relatives(child)
                yield from self._loose_gerunds(child)

    def _seen(self, verb: Token, thing: Token) -> Iterator[int]:
        """Yield "expelled" of "March saw four envoys expelled"."""
        if verb.lemma.lower() in ("see", "bring", "witness"):
            yield from (clause.i for clause in self.sentence.dependents(thing.i, "acl") if clause.dep == "acl")

    def _loose_gerunds(self, noun: Token) -> Iterator[int]:
        """Yield "accusing" of "imposed martial law, accusing Rome": the verb's, though the tree hangs it on the noun."""
        for clause in self.sentence.dependents(noun.i, "acl"):
            if self._goes_along(clause) and self.sentence.tokens[clause.i - 1].text == ",":
                yield clause.i

    def _clause_inherits(self, head: Token, clause: Token, span: TimeSpan) -> bool:
        """Tell whether an adverbial clause shares the date: "accusing it of …", "to sign …", "when gunmen attacked …"."""
        marker, tense = preposition_of(self.sentence, clause.i), self._tense(clause.i)
        past = self._tense(head.i) in ("past", "pluperfect", "participle", "none")
        if tense == "infinitive":
            return marker in ("", "in", "so", "to")
        if tense == "participle":
            return marker not in _NOT_WITH and self._goes_along(clause)
        if tense == "past" and past and self._in_which(clause):
            return True
        if tense != "past" or not past:
            same = tense == self._tense(head.i) == "perfect"
            return same and marker in ("while", "as", "whereas")
        return marker in ("", *_SAME_TIME) or (marker in _LOOSE and span.precision not in ("day", "week"))

    def _goes_along(self, clause: Token) -> bool:
        """Tell a gerund of what is done with the verb; "having signed …" is before it."""
        perfect = any(t.text.lower() == "having" for t in self.sentence.dependents(clause.i, "aux"))
        return is_gerund(clause) and not perfect

    def _in_which(self, clause: Token) -> bool:
        """Tell "…, by which they undertook", "at which they agreed", "to which he replied by …", whatever the tree calls it.

        The first is of a text that binds, the second of an event.
        """
        words = [self.sentence.tokens[j] for j in self.sentence.subtree(clause.i)[:3] if self.sentence.tokens[j].pos != "PUNCT"]
        if len(words) < 2 or words[1].text.lower() != "which":
            return False
        preposition = words[0].text.lower()
        if preposition == "to" and clause.lemma.lower() in self._words.replying_verbs:
            return True
        if preposition in ("at", "during") and any(names_event(t, self._words) for t in self.sentence.tokens[: words[0].i]):
            return True
        if preposition not in self._words.instrument_prepositions:
            return False
        return any(t.lemma.lower() in self._words.instruments for t in self.sentence.tokens[: words[0].i])

    def _complement_inherits(self, clause: Token) -> bool:
        tense = self._tense(clause.i)
        if tense == "participle" and preposition_of(self.sentence, clause.i) in _NOT_WITH:
            return False
        if clause.relation == "ccomp":
            return tense == "infinitive" or (
                tense == "participle" and is_gerund(clause) and subject_of(self.sentence, clause.i) is None
            )
        return tense in ("infinitive", "participle", "none")

    def _noun_inherits(self, verb: Token, child: Token) -> bool:
        """Tell whether an event noun happens with its verb: "signed a treaty", "voted against a motion", "talks collapsed"."""
        if not names_event(child, self._words):
            return False
        if child.lemma.lower() in self._words.promptings:
            return False
        text = child.lemma.lower() in self._words.instruments
        if text and child.relation == "obj" and verb.lemma.lower() not in self._words.making_verbs:
            return False
        if child.relation in ("nsubj", "obj", "iobj"):
            return verb.lemma.lower() not in self._words.backward_verbs
        preposition = preposition_of(self.sentence, child.i)
        if preposition == "for" and (self._reacts(verb) or verb.lemma.lower() in self._words.backward_verbs):
            return False
        return child.relation == "obl" and preposition in self._words.together

    def _heirs_of_noun(self, noun: Token) -> Iterator[int]:
        """Yield what shares an event noun's date: conjuncts, the talks of "a round of talks", "an occasion which allowed …"."""
        contains = self._is_container(noun)
        for child in (self.sentence.tokens[j] for j in self.sentence.children[noun.i]):
            if (
                (child.relation == "conj" and names_event(child, self._words))
                or (child.relation == "nmod" and contains and names_event(child, self._words))
                or (child.relation == "appos" and names_event(child, self._words))
                or (child.dep == "acl" and (self._goes_along(child) or self._tense(child.i) == "infinitive"))
            ):
                yield child.i
        yield from self._relatives(noun)

    def _places_and_texts(self, noun: Token) -> Iterator[int]:
        for child in self.sentence.dependents(noun.i, "appos"):
            if child.lemma.lower() in self._words.occasions:
                yield child.i

    def _relatives(self, noun: Token) -> Iterator[int]:
        """Yield the relative clauses that go on telling.

        "was received in Paris, where a pact was signed"; "signed a statement in which they promised"; "an occasion which let …".
        """
        for clause in self.sentence.dependents(noun.i, "acl:relcl"):
            if self._tense(clause.i) != "past":
                continue
            words = [self.sentence.tokens[j].text.lower() for j in self.sentence.subtree(clause.i)[:3]]
            lemma = noun.lemma.lower()
            where = "where" in words
            in_which = (
                lemma in self._words.instruments and "which" in words[1:] and words[0] in self._words.instrument_prepositions
            )
            occasion = lemma in self._words.occasions and words[:1] in (["which"], ["that"])
            does = self.dates.get(noun.i) is not None and names_event(noun, self._words) and self._is_done_by(clause)
            if where or in_which or occasion or does or self._in_which(clause):
                yield clause.i

    def _is_done_by(self, clause: Token) -> bool:
        """Tell "a bombing in May which killed six": the event itself does what its relative clause tells."""
        return subject_is_relative(self.sentence, clause.i) and self.sentence.first(clause.i, "obj") is not None
