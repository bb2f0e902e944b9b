"""Dates a document: finds its time expressions, resolves them in the order of the text, and hands them to the predicates."""

from __future__ import annotations

from datetime import date

from entente.codebook.timewords import TimeWords
from entente.dating.anchor import Context, Narrative, Told, anchor_reading, going_on, shift_by
from entente.dating.attach import Placed, place_expressions
from entente.dating.expressions import find_expressions
from entente.dating.predicates import Tenses, finite_clauses, governing_tense, is_negated, subject_of
from entente.dating.readings import Around, Calendar, Offset, Shift, Within, in_year
from entente.dating.spread import Dates, spread_dates
from entente.records.annotations import DatedDocument, DatedExpression, ParsedDocument, Sentence, TimeRole
from entente.records.timespan import TimeSpan

_FINENESS = {
    "day": 0,
    "week": 1,
    "range": 2,
    "month": 3,
    "quarter": 4,
    "season": 4,
    "half": 5,
    "year": 6,
    "decade": 7,
    "century": 8,
}


HEADING = 1
"""Words that may stand before the date in a chronicle's heading: "Late on 7 August:"."""


TELLING = frozenset({"be", "bring", "see", "become", "prove", "begin", "mark"})
"""Verbs of a year that a sentence tells of: "2011 was the worst: in January …"."""


def date_document(parsed: ParsedDocument, words: TimeWords) -> DatedDocument:
    """Return a document's time expressions and the span of every predicate and event noun that has one.

    Expressions that count from the publication stay without days where ``parsed.document.published`` is None.
    """
    story = _Story(parsed, words)
    for sentence in parsed.sentences:
        story.read(sentence)
    return DatedDocument(parsed, story.expressions, story.spans)


class _Story:
    """What has been read of a document so far."""

    def __init__(self, parsed: ParsedDocument, words: TimeWords) -> None:
        self._parsed = parsed
        self._words = words
        self._narrative = Narrative()
        self.expressions: dict[int, tuple[DatedExpression, ...]] = {}
        self.spans: dict[tuple[int, int], TimeSpan] = {}
        self._last_root: tuple[int, int] | None = None
        self._fragment: TimeSpan | None = None
        self._heading: TimeSpan | None = None
        self._tenses: Tenses

    def read(self, sentence: Sentence) -> None:
        """Read the next sentence."""
        root = next((token.i for token in sentence.tokens if token.head == token.i), 0)
        self._tenses = tenses = Tenses(sentence)
        placed = place_expressions(sentence, find_expressions(sentence, self._words), tenses, self._words)
        self._narrative.set_tense(sentence.index, tenses.of(root))
        dates: Dates = {}
        if placed:
            resolved = self._resolve(sentence, placed)
            self._keep(sentence, placed, resolved)
            dates = self._own_dates(sentence, placed, resolved)
        if root not in dates:
            dates |= self._carried_on(sentence, root)
        self._fragment = self._of_fragment(sentence, placed, dates)
        if dates:
            dates = spread_dates(tenses, dates, _first_told(placed), self._words)
            self.spans |= {(sentence.index, i): span for i, (span, _) in dates.items()}
        self._last_root = (sentence.index, root)

    # --- resolving -------------------------------------------------------------------------------------------------------

    def _resolve(self, sentence: Sentence, placed: list[Placed]) -> list[TimeSpan | None]:
        """Resolve the expressions of a sentence in order; "three days after X" waits for what dates X or its clause."""
        spans: list[TimeSpan | None] = []
        for each in placed:
            waits = isinstance(each.found.reading, Shift) and each.found.reading.pivot is not None
            span = None if waits else self._headed(sentence, each) or self._refined(each, placed, spans)
            if span is None and not waits:
                span = anchor_reading(each.found.reading, self._context(sentence, each))
            spans.append(span)
            self._tell(sentence, each, span)
        for k, each in enumerate(placed):
            if isinstance(each.found.reading, Shift) and each.found.reading.pivot is not None:
                spans[k] = self._resolve_shift(sentence, k, placed, spans)
                self._tell(sentence, each, spans[k])
        return spans

    def _headed(self, sentence: Sentence, each: Placed) -> TimeSpan | None:
        """Return the day of a chronicle's heading ("26 August: …") after the last one's, or the May of "2011 was worse: in May".

        A heading with a year is resolved as any other expression, and those behind it count from it.
        """
        calendar, published = each.found.reading, self._published
        behind = sentence.tokens[each.found.last + 1].text if each.found.last + 1 < len(sentence.tokens) else ""
        if behind == ":" and each.found.first <= HEADING:
            span = anchor_reading(calendar, self._context(sentence, each))
            if isinstance(calendar, Calendar) and calendar.choice == "bare" and not calendar.year and self._heading is not None:
                on = going_on(calendar, self._heading)
                span = on if on and on.start and (published is None or on.start <= published) else span
            self._heading = span if span and span.start and span.end else self._heading
            return span
        if not isinstance(calendar, Calendar) or calendar.choice != "bare":
            return None
        year = _year_of_opening(sentence, each.found.first)
        return in_year(calendar, year) if year is not None else None

    def _refined(self, each: Placed, placed: list[Placed], spans: list[TimeSpan | None]) -> TimeSpan | None:
        """Return the May of the year that the words before it give: "two years later, also in May"."""
        calendar = each.found.reading
        if not isinstance(calendar, Calendar) or calendar.choice != "bare":
            return None
        for other, span in list(zip(placed, spans, strict=False))[-2:]:
            counts_years = isinstance(other.found.reading, Shift | Around | Offset) and other.found.reading.unit == "year"
            if counts_years and other.predicate == each.predicate and span and span.start:
                return in_year(calendar, span.start.year)
        return None

    def _context(self, sentence: Sentence, placed: Placed) -> Context:
        at = placed.predicate if placed.predicate is not None else placed.noun
        at = sentence.tokens[placed.found.last].head if at is None else at
        tense = governing_tense(self._tenses, at, self._words)
        if placed.found.role == "by" and tense == "pluperfect":
            tense = "past"
        if tense == "present" and sentence.tokens[at].lemma.lower() in self._words.scheduled_verbs:
            tense = "future"
        goes_on = any(token.text.lower() in self._words.sequels for token in sentence.tokens[:3])
        return Context(self._published, sentence.index, tense, self._narrative, goes_on)

    @property
    def _published(self) -> date | None:
        return self._parsed.document.published

    def _tell(self, sentence: Sentence, placed: Placed, span: TimeSpan | None) -> None:
        role = placed.found.role
        counted = placed.frequency or role in ("after", "before", "until")
        deadline = isinstance(placed.found.reading, Within) and placed.mainline is False
        if span is not None and not counted and not deadline and (placed.mainline or role == "at"):
            self._narrative.tell(Told(sentence.index, span, placed.mainline))

    def _resolve_shift(self, sentence: Sentence, k: int, placed: list[Placed], spans: list[TimeSpan | None]) -> TimeSpan | None:
        """Return the span of the clause that "three days after X" dates, from X's own date or from an earlier mention of X.

        Where only that clause has a date of its own, the expression dates X instead: see :meth:`_own_dates`.
        """
        shift, event = placed[k].found.reading, placed[k].event
        if not isinstance(shift, Shift) or event is None:
            return None
        pairs = list(zip(placed, spans, strict=True))
        of_event = next((span for other, span in pairs if span and event in (other.noun, other.predicate)), None)
        of_clause = next((span for other, span in pairs if span and other.predicate == placed[k].predicate), None)
        if of_event is None and of_clause is not None:
            return None
        of_event = of_event or self._recall(sentence, event) or self._named_again(sentence, event)
        return shift_by(of_event, shift.count, shift.unit) if of_event else None

    def _recall(self, sentence: Sentence, event: int) -> TimeSpan | None:
        """Return the date of an event told earlier: by the same stem, or "Mr X's decision" by what X was last said to do."""
        token = sentence.tokens[event]
        owner = next((t.text for t in reversed(list(sentence.dependents(event, "nmod:poss"))) if t.pos == "PROPN"), None)
        by_owner = token.lemma.lower() in self._words.occasions and owner is not None
        for (index, i), span in reversed(self.spans.items()):
            other = self._parsed.sentences[index]
            lemma = other.tokens[i].lemma.lower()
            if _same_stem(lemma, token.lemma.lower()) and (owner is None or any(t.text == owner for t in other.tokens)):
                return span
            subject = subject_of(other, i) if by_owner and span.precision == "day" else None
            if subject is not None and any(other.tokens[j].text == owner for j in other.subtree(subject.i)):
                return span
        return None

    def _named_again(self, sentence: Sentence, event: int) -> TimeSpan | None:
        """Return the day told last where "the attack", "the vote" names it again."""
        token = sentence.tokens[event]
        definite = any(t.text.lower() in ("the", "that", "this") for t in sentence.dependents(event, "det"))
        if not definite or token.lemma.lower() not in self._words.anaphors or any(sentence.dependents(event, "nmod")):
            return None
        told = next(self._narrative.before(sentence.index), None)
        return told if told is not None and told.precision == "day" else None

    # --- keeping ---------------------------------------------------------------------------------------------------------

    def _keep(self, sentence: Sentence, placed: list[Placed], spans: list[TimeSpan | None]) -> None:
        self.expressions[sentence.index] = tuple(
            DatedExpression(
                sentence.index,
                each.found.first,
                each.found.last,
                "frequency" if each.frequency else each.found.role,
                _as_said(span, each.found.role, self._words_of(sentence, each)),
            )
            for each, span in zip(placed, spans, strict=True)
        )

    def _words_of(self, sentence: Sentence, placed: Placed) -> str:
        first, last = sentence.tokens[placed.found.first], sentence.tokens[placed.found.last]
        return self._parsed.document.text[first.start : last.end]

    def _own_dates(self, sentence: Sentence, placed: list[Placed], spans: list[TimeSpan | None]) -> Dates:
        """Return what the expressions date by themselves, the finest of several."""
        dates: Dates = {}
        order = sorted(zip(placed, spans, strict=True), key=lambda pair: isinstance(pair[0].found.reading, Shift))
        for each, span in order:
            if span is None or each.frequency or each.found.role in ("after", "before", "duration"):
                continue
            counted = isinstance(each.found.reading, Shift)
            for i in (i for i in (each.noun, each.predicate) if i is not None):
                said, role = self._dated_as(sentence, each, span, i)
                if said is not None and (i not in dates or (_is_finer(said, dates[i][0]) and not counted)):
                    dates[i] = (said, role)
        earlier = None
        for each, span in zip(placed, spans, strict=True):
            self._date_event(sentence, each, span, dates, earlier)
            if each.predicate is not None:
                earlier = dates.get(each.predicate, earlier)
            if span is not None:
                self._date_when(sentence, each, span, dates)
        return dates

    def _date_when(self, sentence: Sentence, placed: Placed, span: TimeSpan, dates: Dates) -> None:
        """Date the clause that an expression names: "in May, when X met", "until July, the month in which X joined"."""
        rest = [t for t in sentence.tokens[placed.found.last + 1 : placed.found.last + 7] if t.text != ","]
        opening = [t.text.lower() for t in rest[:4]]
        if opening[:1] == ["that"] and self._is_cleft(sentence, placed):
            opening = ["when"]
        while opening[:1] and (opening[0] in ("the", "a") or self._words.kinds.get(opening[0]) == "UNIT"):
            opening, rest = opening[1:], rest[1:]
        if opening[:1] != ["when"] and opening[:2] != ["in", "which"]:
            return
        clause = next((each for each in finite_clauses(sentence) if each.at > rest[0].i), None)
        if clause is not None and clause.predicate not in dates and self._tenses.of(clause.predicate) == "past":
            dates[clause.predicate] = (span, "at")

    def _dated_as(self, sentence: Sentence, placed: Placed, span: TimeSpan, i: int | None) -> tuple[TimeSpan | None, TimeRole]:
        """Return the span that a role leaves: "since" and "until" open a side, "by" too unless it tells what had come about.

        "A letter from 1987" is of that year.
        """
        role, text = placed.found.role, self._words_of(sentence, placed)
        if i is not None and role == "until" and is_negated(sentence, i):
            role = "at"
        if i is not None and role == "since" and i == placed.noun and i != placed.predicate and text.lower().startswith("from "):
            role = "at"
        if i is not None and role == "by" and (self._tenses.of(i) in ("past", "pluperfect") or _is_going_on(sentence, i)):
            role = "at"
        return _as_said(span, role, text), role

    def _date_event(
        self, sentence: Sentence, placed: Placed, span: TimeSpan | None, dates: Dates, earlier: tuple[TimeSpan, TimeRole] | None
    ) -> None:
        """Date X of "three days after X": counted back from its clause's own date, or from the last one told in its sentence."""
        shift, event = placed.found.reading, placed.event
        if event is None or event in dates or not isinstance(shift, Shift):
            return
        if span is not None:
            said = shift_by(span, -shift.count, shift.unit)
        else:
            clause = dates.get(-1 if placed.predicate is None else placed.predicate) or earlier
            said = shift_by(clause[0], -shift.count, shift.unit) if clause else None
        if said is not None:
            dates[event] = (TimeSpan(said.start, said.end, said.precision, self._words_of(sentence, placed)), "at")

    def _is_cleft(self, sentence: Sentence, placed: Placed) -> bool:
        """Tell "It was in May that …"."""
        before = [token.text.lower() for token in sentence.tokens[max(placed.found.first - 3, 0) : placed.found.first]]
        return "it" in before and bool({"was", "is"} & set(before))

    def _carried_on(self, sentence: Sentence, root: int) -> Dates:
        """Return the date that a sentence takes from the one before: "In return, X agreed …", "The two also signed …"."""
        if self._fragment is not None and "\n" not in self._gap_before(sentence):
            return {root: (self._fragment, "at")}
        if self._tenses.of(root) == "past" and self._speaks_on(sentence, root):
            return self._at_the_meeting(sentence, root)
        last = self.spans.get(self._last_root) if self._last_root else None
        if last is None or last.start is None or last.end is None or self._tenses.of(root) != "past":
            return {}
        opening = " ".join(token.text.lower() for token in sentence.tokens[:6])
        continued = opening.startswith(self._words.continuations)
        also = any(t.text.lower() in self._words.also for t in sentence.dependents(root, "advmod"))
        if not continued and not (also and last.precision in ("day", "week")):
            return {}
        return {root: (TimeSpan(last.start, last.end, last.precision), "at")}

    def _speaks_on(self, sentence: Sentence, root: int) -> bool:
        """Tell "The delegate of Ghana said …": the meeting of the sentences before goes on."""
        subject, verb = subject_of(sentence, root), sentence.tokens[root].lemma.lower()
        speaks = verb in self._words.saying_verbs or verb in self._words.reaction_verbs
        return subject is not None and subject.lemma.lower() in self._words.delegates and speaks

    def _at_the_meeting(self, sentence: Sentence, root: int) -> Dates:
        told = next(self._narrative.before(sentence.index), None)
        if told is None or told.precision != "day":
            return {}
        self._narrative.tell(Told(sentence.index, told, True))
        return {root: (TimeSpan(told.start, told.end, told.precision), "at")}

    def _gap_before(self, sentence: Sentence) -> str:
        before = self._parsed.sentences[max(sentence.index - 1, 0)]
        return self._parsed.document.text[before.end : sentence.start]

    def _of_fragment(self, sentence: Sentence, placed: list[Placed], dates: Dates) -> TimeSpan | None:
        """Return the date of a "sentence" that is a time expression and no more: a parser's break before the clause it dates."""
        if len(placed) != 1 or placed[0].found.first > 0 or placed[0].found.last < len(sentence.tokens) - 1:
            return None
        return next((span for span, role in dates.values() if role == "at"), None)


def _year_of_opening(sentence: Sentence, before: int) -> int | None:
    """Return the year that a sentence names before a colon as what it tells of: "2011 was the worst year: …"."""
    colon = next((token.i for token in sentence.tokens[:before] if token.text == ":"), None)
    years = [t for t in sentence.tokens[:colon] if t.text.isdigit() and len(t.text) == 4] if colon is not None else []
    named = [t for t in years if sentence.tokens[t.i + 1].lemma in TELLING and 1800 <= int(t.text) <= 2100]
    return int(named[0].text) if len(years) == 1 and named else None


def _first_told(placed: list[Placed]) -> dict[int, int]:
    """Return for each token that expressions date the first token of the first of them."""
    told: dict[int, int] = {}
    for each in placed:
        for i in (each.noun, each.predicate):
            if i is not None:
                told.setdefault(i, each.found.first)
    return told


def _as_said(span: TimeSpan | None, role: TimeRole, text: str) -> TimeSpan | None:
    """Return a span with its words, its sides opened as the role says."""
    if span is None:
        return None
    if role == "since":
        return TimeSpan(span.start, None, span.precision, text) if span.start else None
    if role in ("until", "by"):
        return TimeSpan(None, span.end, span.precision, text) if span.end else None
    if role == "after":
        return TimeSpan(span.end, None, span.precision, text) if span.end else None
    if role == "before":
        return TimeSpan(None, span.start, span.precision, text) if span.start else None
    return TimeSpan(span.start, span.end, span.precision, text)


def _is_going_on(sentence: Sentence, i: int) -> bool:
    """Tell "by noon tanks are crossing the river": a story in the present."""
    auxiliaries = [t.text.lower() for t in sentence.dependents(i, "aux")]
    return sentence.tokens[i].tag == "VBG" and bool(auxiliaries) and set(auxiliaries) <= {"is", "are"}


def _is_finer(span: TimeSpan, other: TimeSpan) -> bool:
    return _FINENESS[span.precision] < _FINENESS[other.precision]


def _same_stem(one: str, other: str) -> bool:
    return len(one) >= 4 and len(other) >= 4 and one[:4] == other[:4]
