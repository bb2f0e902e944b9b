"""Finds what a time expression dates: a predicate or an event noun, through the tree and past its usual errors."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

from msgspec import Struct

from entente.codebook.timewords import TimeWords
from entente.dating.predicates import Tenses, finite_clauses, is_predicate, names_event, preposition_of, subject_of, tense_of
from entente.dating.readings import Calendar, Found, Reading, Shift, Weekday
from entente.records.annotations import Sentence, Token

_BEYOND = ("after", "before", "following", "since", "until", "despite", "because", "amid", "till", "pending")


class Placed(Struct, frozen=True):
    """A time expression and what it dates.

    Attributes:
        found: The expression.
        noun: The event noun that it dates, or None.
        predicate: The predicate that it dates, or None.
        event: For "three days after X": the token of X, which it dates too.
        mainline: Whether it moves the story on; a relative clause or a noun's modifier only names a background.
        frequency: Whether it only counts ("for the third time since January").
    """

    found: Found
    noun: int | None
    predicate: int | None
    event: int | None = None
    mainline: bool = True
    frequency: bool = False


def place_expressions(sentence: Sentence, found: Sequence[Found], tenses: Tenses, words: TimeWords) -> list[Placed]:
    """Return what each time expression of a sentence dates."""
    placer = _Placer(sentence, tenses, words)
    placed: list[Placed] = []
    for each in found:
        placed.append(placer.place(each, placed[-1] if placed else None))
    return placed


class _Placer:
    """Places the expressions of one sentence: by the tree, corrected by the order of its words."""

    def __init__(self, sentence: Sentence, tenses: Tenses, words: TimeWords) -> None:
        self._sentence = sentence
        self._tokens = sentence.tokens
        self._words = words
        self._tenses = tenses
        self._clauses = finite_clauses(sentence)
        self._stops = list(accumulate(token.text in (";", ":") for token in sentence.tokens))

    def place(self, found: Found, before: Placed | None) -> Placed:
        """Place one expression; ``before`` is the one before it in the sentence."""
        if isinstance(found.reading, Shift) and found.reading.pivot is not None:
            return self._place_shift(found, found.reading.pivot, before)
        head, anchor = _head_of(self._sentence, found)
        noun, predicate = _climb(self._sentence, found, head, anchor, self._words)
        if not _binds_noun(self._sentence, found, anchor):
            noun, predicate = self._corrected(found, before, noun, predicate)
        if self._is_aside(found):
            noun, predicate = self._noun_before(found), None
        elif _in_opening_phrase(self._sentence, found, predicate):
            predicate = None
        elif predicate is not None and noun is None and found.role == "by":
            predicate = self._deadline_of(found, predicate)
        elif predicate is None and noun is not None and self._opens_before_subject(found, noun):
            predicate, noun = self._tokens[noun].head, None
        return Placed(
            found,
            noun,
            predicate,
            mainline=predicate is not None and self._moves_on(found, predicate),
            frequency=found.role == "since" and _counts(self._sentence, found, self._words),
        )

    def _is_aside(self, found: Found) -> bool:
        """Tell "Draghi, prime minister until October, flew …", "Back in the pact since 2006, X …": no date of the verb."""
        tokens, behind = self._tokens, found.last + 1
        if (
            tokens[found.first].text.lower() not in ("since", "until", "till")
            or behind >= len(tokens)
            or tokens[behind].text not in (",", "—", "–", ")")
        ):
            return False
        start = next((t.i + 1 for t in reversed(tokens[: found.first]) if t.text in (",", "(", "—", "–", ":", ";")), 0)
        phrase = tokens[start : found.first]
        return not any(t.pos in ("VERB", "AUX") for t in phrase) and any(t.pos in ("NOUN", "PROPN", "ADJ") for t in phrase)

    def _noun_before(self, found: Found) -> int | None:
        """Return the noun of "the North’s ally since 1961"."""
        return next((t.i for t in reversed(self._tokens[: found.first]) if t.pos in ("NOUN", "PROPN")), None)

    def _deadline_of(self, found: Found, predicate: int) -> int:
        """Return what has to be done by a day: "bound itself to leave by May", not the binding."""
        complements = [t for t in self._sentence.dependents(predicate, "xcomp") if predicate < t.i < found.first]
        ahead = [t.i for t in complements if self._tenses.of(t.i) == "infinitive"]
        return ahead[-1] if ahead and self._tenses.of(predicate) == "past" else predicate

    def _opens_before_subject(self, found: Found, noun: int) -> bool:
        """Return whether an expression opens the sentence before its subject: "On July 11 thousands of Cubans marched"."""
        token = self._tokens[noun]
        before_it = found.last < noun and found.first <= 1 and token.relation == "nsubj"
        return before_it and is_predicate(self._sentence, token.head)

    def _corrected(
        self, found: Found, before: Placed | None, noun: int | None, predicate: int | None
    ) -> tuple[int | None, int | None]:
        """Correct a tree's attachment where the order of the words says otherwise."""
        tokens, first = self._tokens, found.first
        if first and tokens[first - 1].text == "," and (opened := self._right_behind(found)) is not None:
            return None, opened
        if before is not None and self._is_apposed(found, before):
            return None, before.predicate
        inside = self._event_around(found)
        if inside is not None:
            verb = _shared_with_verb(self._sentence, inside, self._words)
            return inside, verb
        if first and tokens[first - 1].pos == "VERB" and tokens[first - 1].relation not in ("amod", "compound"):
            return None, first - 1
        if self._is_fronted(found, before):
            return None, self._fronted(found, predicate)
        if predicate is not None and self._is_cut_off(found, predicate):
            return noun, self._nearest(found)
        predicate = _correct(self._sentence, found, predicate, self._words)
        if predicate is not None and noun is None and predicate > found.last:
            return self._event_before(found, -1), predicate
        if predicate is not None and noun is None and self._tenses.of(predicate) in ("perfect", "present"):
            event = self._event_before(found, predicate)
            return (event, None) if event is not None and found.role in ("at", "during") else (None, predicate)
        return noun, predicate

    def _event_around(self, found: Found) -> int | None:
        """Return the event whose phrase goes on behind the expression: "the bombing on 5 April of a mosque", "… which killed"."""
        if found.role != "at" or self._tokens[found.first].pos != "ADP":
            return None
        event = self._event_before(found, -1)
        if event is None:
            return None
        after = [t for t in self._sentence.dependents(event, "nmod", "acl") if t.i > found.last]
        opening = self._tokens[found.last + 1].text.lower() if found.last + 1 < len(self._tokens) else ""
        return event if after and opening in ("of", "which", "that", "in", "against", "on") else None

    def _right_behind(self, found: Found) -> int | None:
        """Return the verb of "X, which left in May, on Monday asked …"."""
        return next((each.predicate for each in self._clauses if each.at == found.last + 1 and each.introducer is None), None)

    def _is_apposed(self, found: Found, before: Placed) -> bool:
        """Tell "three years later, in January 1995": nothing but a comma and an adverb between two expressions."""
        between = self._tokens[before.found.last + 1 : found.first]
        if _is_another(before.found.reading, found.reading):
            return False
        return before.predicate is not None and 0 < len(between) <= 3 and all(t.pos == "ADV" or t.text == "," for t in between)

    def _is_fronted(self, found: Found, before: Placed | None) -> bool:
        """Tell whether an expression opens a clause: at the start, behind a semicolon or colon, behind "and"."""
        coordinated = False
        for token in reversed(self._tokens[: found.first]):
            if token.text in (";", ":", "—", "–"):
                return True
            if token.pos == "CCONJ":
                coordinated = True
            elif token.pos not in ("ADV", "PUNCT"):
                if not coordinated:
                    return False
                behind = before is not None and before.found.last == token.i
                return self._opens_after(found, behind and self._tokens[token.i + 1].text != ",")
        return True

    def _opens_after(self, found: Found, behind_another: bool) -> bool:
        """Tell whether "and" and an expression open a clause: a finite verb follows, at once where it joins two expressions."""
        following = next((clause.at for clause in self._clauses if clause.at > found.last), None)
        return following is not None and (following == found.last + 1 or not behind_another)

    def _fronted(self, found: Found, predicate: int | None) -> int | None:
        """Return the predicate of the clause that an expression opens: the first finite one that nothing subordinates."""
        after = [clause for clause in self._clauses if clause.at > found.last]
        chosen = next((clause for clause in after if clause.introducer is None or clause.introducer < found.last), None)
        if chosen is None:
            return predicate
        trusted = next((clause for clause in after if clause.predicate == predicate), None)
        if trusted is None or (trusted.introducer is not None and trusted.introducer > found.last):
            return chosen.predicate
        return chosen.predicate if self._separated(found.last, trusted.predicate) else predicate

    def _separated(self, left: int, right: int) -> bool:
        return self._stops[left] != self._stops[right]

    def _is_cut_off(self, found: Found, predicate: int) -> bool:
        """Tell whether a semicolon or a relative pronoun parts an expression from the predicate that the tree gives it."""
        if self._separated(found.first, predicate):
            return True
        clause = next((each for each in self._clauses if each.predicate == predicate), None)
        return clause is not None and predicate > found.last and clause.introducer is not None and clause.introducer > found.last

    def _nearest(self, found: Found) -> int | None:
        """Return the last verb before an expression in its part of the sentence, else the first predicate after it."""
        for token in reversed(self._tokens[: found.first]):
            if token.text in (";", ":"):
                break
            if token.pos == "VERB" and token.relation not in ("amod", "compound"):
                return token.i
        return next((clause.predicate for clause in self._clauses if clause.at > found.last), None)

    def _event_before(self, found: Found, predicate: int) -> int | None:
        """Return an event noun right before an expression: "few have forgotten the bombing in 1999"."""
        for token in reversed(self._tokens[max(predicate + 1, found.first - 6) : found.first]):
            if token.pos in ("VERB", "PUNCT", "AUX"):
                return None
            if names_event(token, self._words):
                return token.i
        return None

    def _moves_on(self, found: Found, predicate: int) -> bool:
        """Tell whether an expression moves the story on: on the main line, at its time, not in a relative clause."""
        tense = self._tenses.of(predicate)
        if found.role == "by" and tense not in ("past", "pluperfect"):
            return False
        if found.role not in ("at", "during", "by") and self._tokens[found.first].text.lower() != "from":
            return False
        clause = next((each for each in self._clauses if each.predicate == predicate), None)
        relative = (
            clause is not None and clause.introducer is not None and self._tokens[clause.introducer].tag in ("WDT", "WP", "WP$")
        )
        return not relative and not _in_relative(self._sentence, predicate)

    def _place_shift(self, found: Found, pivot: int, before: Placed | None) -> Placed:
        """Place "three days after X": X is what "after" marks, and what X hangs on is dated."""
        event = self._event_of(pivot)
        if event is None:
            return Placed(found, None, None, mainline=False)
        if before is not None and self._is_apposed(found, before):
            above = before.predicate
        else:
            above = next((t.i for t in self._sentence.ancestors(event) if is_predicate(self._sentence, t.i)), None)
            if self._is_fronted(found, before):
                above = next(
                    (each.predicate for each in self._clauses if each.at > max(event, pivot) and each.predicate != event), above
                )
        return Placed(found, None, above, event=event, mainline=above is not None and self._moves_on(found, above))

    def _event_of(self, pivot: int) -> int | None:
        """Return X of "after X": the first clause behind it if that is in the pluperfect, or else what "after" marks."""
        clause = next((each for each in self._clauses if each.at > pivot), None)
        if clause is not None and self._tenses.of(clause.predicate) == "pluperfect" and clause.predicate > pivot:
            return clause.predicate
        head = self._tokens[pivot].head
        if head > pivot:
            token = self._tokens[head]
            return (
                token.head if token.relation == "nsubj" and self._tokens[token.head].pos == "VERB" and token.head > head else head
            )
        return next((t.i for t in self._tokens[pivot + 1 :] if t.pos in ("VERB", "NOUN")), None)


def _is_another(first: Reading, last: Reading) -> bool:
    """Tell "in January, in February …" from "in January, on the 8th": two months or two weekdays are two times."""
    if isinstance(first, Calendar) and isinstance(last, Calendar):
        return (first.day is None) == (last.day is None)
    return isinstance(first, Weekday) and isinstance(last, Weekday)


def _head_of(sentence: Sentence, found: Found) -> tuple[int, Token]:
    """Return the token outside the expression that it hangs on (itself for a root), and the token inside that hangs there."""
    inside = range(found.first, found.last + 1)
    hanging = [t for t in sentence.tokens[found.first : found.last + 1] if t.head not in inside or t.head == t.i]
    content = [t for t in hanging if t.relation not in ("case", "punct", "det", "cc", "mark")] or hanging
    content.sort(key=lambda t: t.relation in ("amod", "compound", "advmod"))
    anchor = content[0] if content else sentence.tokens[found.last]
    return anchor.head, anchor


def _climb(sentence: Sentence, found: Found, head: int, anchor: Token, words: TimeWords) -> tuple[int | None, int | None]:
    """Climb from an expression to the event noun or the predicate that it dates."""
    tokens = sentence.tokens
    if anchor.head == anchor.i:
        return None, anchor.i
    bound = _binds_noun(sentence, found, anchor)
    i = head
    for _ in range(len(tokens)):
        token = tokens[i]
        if is_predicate(sentence, i) and not (bound and token.pos in ("NOUN", "PROPN")):
            return None, i
        timely = words.kinds.get(token.text.lower()) in ("DAYPART", "UNIT", "WEEKDAY", "MONTH", "WEEKEND")
        if bound and not timely:
            return i, (i if is_predicate(sentence, i) else None)
        if names_event(token, words) and not timely and found.first > i:
            verb = _shared_with_verb(sentence, i, words)
            apart = token.relation == "nmod" or (verb is not None and tokens[verb].lemma.lower() in words.undoing_verbs)
            return (None if verb is not None and apart else i), verb
        if preposition_of(sentence, i) in _BEYOND or token.head == i:
            return None, None
        i = token.head
    return None, None


def _binds_noun(sentence: Sentence, found: Found, anchor: Token) -> bool:
    """Tell whether an expression modifies a noun only: "a 2014 deal", "Friday's vote", "the treaty of 1959"."""
    if anchor.dep in ("compound", "nummod", "amod", "nmod:poss"):
        if sentence.tokens[found.first].pos == "ADP" and anchor.dep != "nmod:poss":
            return False
        return anchor.head > anchor.i and (anchor.dep != "compound" or sentence.tokens[anchor.head].pos == "NOUN")
    before = sentence.tokens[found.first - 1].text.lower() if found.first else ""
    return before == "of" and anchor.relation in ("nmod", "obl", "nummod", "compound")


def _shared_with_verb(sentence: Sentence, noun: int, words: TimeWords) -> int | None:
    """Return the verb whose object or oblique the noun is, where a date behind both is the verb's too.

    "He attended the inauguration in June" dates both, "few have forgotten the bombing in 1999" only the bombing; "broke off the
    talks on a treaty on 21 March" dates the breaking off.
    """
    token = sentence.tokens[noun]
    while token.relation == "nmod" and sentence.tokens[token.head].pos == "NOUN" and token.head < token.i:
        token = sentence.tokens[token.head]
    verb = sentence.tokens[token.head]
    if token.relation not in ("obj", "obl") or verb.pos != "VERB" or verb.i > noun or preposition_of(sentence, noun) in _BEYOND:
        return None
    judges = verb.lemma.lower() in words.backward_verbs and verb.lemma.lower() not in words.undoing_verbs
    if judges or tense_of(sentence, verb.i) in ("perfect", "present"):
        return None
    return verb.i


def _correct(sentence: Sentence, found: Found, predicate: int | None, words: TimeWords) -> int | None:
    """Move a date from a complement to the verb that governs it: before "to sign", right behind "said", in "accused of …"."""
    if predicate is None:
        return None
    token, tokens = sentence.tokens[predicate], sentence.tokens
    above = tokens[token.head]
    blamed = above.lemma.lower() in words.backward_verbs and preposition_of(sentence, predicate) in ("of", "for")
    if blamed and found.role == "at" and above.i < predicate:
        return above.i
    if token.relation in ("xcomp", "ccomp", "advcl") and above.i < found.first and above.pos == "VERB":
        marks = [mark.i for mark in sentence.dependents(predicate, "mark", "aux")]
        before_to = any(tokens[mark].text.lower() == "to" and found.last < mark for mark in marks) and found.last < predicate
        behind_saying = above.lemma.lower() in words.saying_verbs and found.first == above.i + 1
        if before_to or behind_saying:
            return above.i
    return predicate


def _in_opening_phrase(sentence: Sentence, found: Found, predicate: int | None) -> bool:
    """Tell "After the coup in July 2016, X …": what stands before the comma is not when the main clause happened."""
    tokens = sentence.tokens
    start = next((t.i for t in tokens if t.pos not in ("PUNCT", "CCONJ", "ADV")), 0)
    if predicate is None or found.first <= start or tokens[start].text.lower() not in _BEYOND:
        return False
    comma = next((t.i for t in tokens if t.text == ","), 0)
    return found.last < comma < predicate


def _in_relative(sentence: Sentence, i: int) -> bool:
    return any(token.relation == "acl" for token in (sentence.tokens[i], *sentence.ancestors(i)))


def _counts(sentence: Sentence, found: Found, words: TimeWords) -> bool:
    """Tell "for the third time since", "the first visit since", "the worst since"."""
    for token in reversed(sentence.tokens[: found.first]):
        if token.pos in ("AUX", "PUNCT") or (token.pos == "VERB" and token.relation != "amod"):
            return False
        word = token.text.lower()
        if token.tag == "JJS" or word in words.ordinals or words.kinds.get(word) == "TIME" or word in ("only", "last"):
            return True
    return False


def subject_is_relative(sentence: Sentence, verb: int) -> bool:
    """Tell whether the subject of a relative clause's verb is its pronoun: "the state which signed"."""
    subject = subject_of(sentence, verb)
    return subject is not None and subject.pos == "PRON" and subject.text.lower() in ("who", "which", "that")
