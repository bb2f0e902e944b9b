"""A brief in the form that is asked for: text, Markdown, HTML or JSON. The first two differ in their marks only."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterable, Iterator, Sequence

import msgspec

from entente.analysis.page import Brief, Clause, Gap, Mark, Pair, Promise, Sentence, Tie
from entente.analysis.wording import capital, days_in_words, join_words, short_days

WIDTH = 98
SHOWN_MARKS = 16


def render(brief: Brief, form: str) -> str:
    """Return a brief as ``text``, ``md``, ``html`` or ``json``."""
    if form == "html":
        from entente.cli.brief.html import render_html  # loads Jinja2

        return render_html(brief)
    if form == "json":
        return msgspec.json.format(msgspec.json.encode(brief), indent=2).decode() + "\n"
    page = Markdown(brief) if form == "md" else Text(brief)
    return "\n".join(page.lines()).rstrip() + "\n"


def title_of(brief: Brief) -> str:
    """Return "Belarus between Russia and Ukraine"."""
    return f"{capital(brief.name)} between {brief.x.name} and {brief.y.name}"


def days_of(brief: Brief) -> str:
    """Return the days that were asked for, in words."""
    since, until = (None if day is None else short_days(day, day) for day in (brief.since, brief.until))
    if since and until:
        return f"{since} to {until}"
    return f"since {since}" if since else f"until {until}" if until else "all dates"


def here_of(brief: Brief) -> str:
    """Return what an absence is said of where days were asked for, else nothing."""
    return "in these days " if brief.since or brief.until else ""


def number_of(brief: Brief) -> dict[str, int]:
    """Return the number of each reference by the id of its record."""
    return {reference.id: reference.number for reference in brief.references}


def numbers_of(numbers: dict[str, int], ids: Iterable[str]) -> list[int]:
    """Return the numbers of those records that are cited."""
    return sorted({numbers[name] for name in ids if name in numbers})


def joined(sentence: Sentence, tell: Callable[[Clause], str]) -> str:
    """Return a sentence of an opening and clauses, which ``tell`` puts into words."""
    clauses, others = list(sentence.clauses), list(sentence.others)
    if not sentence.opening:  # the first clause begins the sentence
        first = clauses or others
        first[:1] = [msgspec.structs.replace(clause, text=capital(clause.text)) for clause in first[:1]]
    own = f"{sentence.opening} {join_words([tell(clause) for clause in clauses])}".strip()
    link = " " if own.endswith(":") else "; "
    return link.join(part for part in (own, "; ".join(tell(clause) for clause in others)) if part) + "."


def share_of(tie: Tie) -> str:
    """Return the share or rank of a tie, "" where the texts give none."""
    if tie.share is not None and tie.share.value is not None:
        interval = ""
        if tie.share.low is not None and tie.share.high is not None:
            interval = f" [{100 * tie.share.low:.0f}–{100 * tie.share.high:.0f}]"
        return f"{100 * tie.share.value:.3g} %{interval}"
    return f"rank {tie.rank}" if tie.rank is not None else ""


def when_of(tie: Tie) -> str:
    """Return the days for which a tie is told, or else when it was reported."""
    if tie.since is not None or tie.until is not None:
        return short_days(tie.since, tie.until)
    return f"reported {short_days(tie.told, tie.told)}" if tie.told is not None else ""


def mark_date(mark: Mark) -> str:
    """Return the date of an act, "no date" where it has none."""
    return short_days(mark.start, mark.end) or "no date"


def undated(mark: Mark) -> str:
    """Return what an act says without its date, which stands before it."""
    return mark.says.removesuffix(f" {days_in_words(mark.start, mark.end)}")


class Text:
    """A brief as plain text for a terminal, without colours, so that it can be mailed."""

    def __init__(self, brief: Brief) -> None:
        self.brief = brief
        self.numbers = number_of(brief)

    def lines(self) -> Iterator[str]:
        """Yield the lines of the page."""
        brief = self.brief
        yield from self.head(title_of(brief), f"{days_of(brief)} · ledger version {brief.versions.ledger}")
        for sentence in brief.sentences:
            yield from self.paragraph(joined(sentence, self.clause))
        yield from self.timeline()
        yield from self.axis()
        yield from self.section(
            "Ties and dependences", [self.tie(tie) for tie in brief.ties], f"None {here_of(brief)}is in the ledger."
        )
        yield from self.heading("Promises")
        for promise in brief.promises:
            yield from self.promise(promise)
        if not brief.promises:
            yield from self.paragraph(f"None between the state and the sides {here_of(brief)}is in the ledger.")
        yield from self.heading("Contradictions")
        for pair in brief.contradictions:
            yield from self.pair(pair)
        if not brief.contradictions:
            yield from self.paragraph("The rules find none.")
        yield from self.section("Missing or thin", [self.gap(gap) for gap in brief.missing], "Nothing that the rules would name.")
        yield from self.end()

    # --- marks ----------------------------------------------------------------------------------------------------------

    def head(self, title: str, below: str) -> Iterator[str]:
        """Yield the title and what stands below it."""
        yield from (title, "=" * len(title), below, "")

    def heading(self, text: str) -> Iterator[str]:
        """Yield the head of a section."""
        yield from (text, "-" * len(text))

    def paragraph(self, text: str) -> Iterator[str]:
        """Yield a paragraph."""
        yield from textwrap.wrap(text, WIDTH)
        yield ""

    def item(self, text: str) -> Iterator[str]:
        """Yield an item of a list."""
        yield from textwrap.wrap(text, WIDTH, initial_indent="- ", subsequent_indent="  ")

    def quote(self, text: str) -> str:
        """Return words in quotation marks, on one line."""
        return f"“{' '.join(text.split())}”"

    def strong(self, text: str) -> str:
        """Return words that stand out."""
        return text

    def cite(self, ids: Iterable[str]) -> str:
        """Return the numbers of the records that are cited, "" for none."""
        found = numbers_of(self.numbers, ids)
        return f" [{', '.join(map(str, found))}]" if found else ""

    # --- parts ----------------------------------------------------------------------------------------------------------

    def section(self, title: str, items: Sequence[str], without: str) -> Iterator[str]:
        """Yield a section that is a list."""
        yield from self.heading(title)
        for text in items or [without]:
            yield from self.item(text)
        yield ""

    def clause(self, clause: Clause) -> str:
        """Return a clause with its citations."""
        return clause.text + self.cite(clause.cited)

    def timeline(self) -> Iterator[str]:
        """Yield the acts lane by lane."""
        brief = self.brief
        lanes = (
            ("x", f"Toward and from {brief.x.name}"),
            ("y", f"Toward and from {brief.y.name}"),
            ("both", "Both, or elsewhere"),
        )
        yield from self.heading("Timeline")
        for lane, name in lanes:
            marks = [mark for mark in brief.timeline if mark.lane == lane]
            yield from self.lane(name, marks)

    def lane(self, name: str, marks: Sequence[Mark]) -> Iterator[str]:
        """Yield the acts of one lane."""
        yield self.strong(name)
        for mark in marks[:SHOWN_MARKS]:
            sign = {"cooperation": "+", "conflict": "−", "neither": "·"}[mark.tone]
            yield from self.item(f"{sign} {mark_date(mark)}: {undated(mark)}{self.cite(mark.records)}")
        if len(marks) > SHOWN_MARKS:
            yield from self.item(f"and {len(marks) - SHOWN_MARKS} more; --to html draws them all")
        if not marks:
            yield from self.item("nothing")
        yield ""

    def axis(self) -> Iterator[str]:
        """Yield the axis over time."""
        brief = self.brief
        yield from self.heading(f"Axis from −1 ({brief.y.name}) to 1 ({brief.x.name})")
        for point in brief.axis:
            if point.axis.value is not None:
                interval = ""
                if point.axis.low is not None and point.axis.high is not None:
                    interval = f" [{point.axis.low:+.2f}, {point.axis.high:+.2f}]"
                text = f"{point.end.year}: {point.axis.value:+.2f}{interval}, {point.label}; {len(point.axis.records)} records"
                yield from self.item(text.replace("-", "−") + f", {point.axis.documents} documents")
        if brief.axis_note:
            yield from self.item(self.gap(brief.axis_note))
        yield ""

    def tie(self, tie: Tie) -> str:
        """Return a tie."""
        figure, when = share_of(tie), when_of(tie)
        return "; ".join(part for part in (capital(tie.says), figure, when) if part) + self.cite(tie.records)

    def promise(self, promise: Promise) -> Iterator[str]:
        """Yield a promise, and the act that broke or kept it."""
        yield from self.item(
            f"{promise.says} ({promise.date}; {promise.strength}): {self.strong(promise.status)} – {promise.reason}"
        )
        yield from self.beside(
            self.quoted(promise.words, promise.promise), promise.act_words and self.quoted(promise.act_words, promise.act)
        )
        if promise.leaders:
            yield from self.indented(promise.leaders + ".")
        yield ""

    def pair(self, pair: Pair) -> Iterator[str]:
        """Yield a contradiction."""
        strength = f"strength {pair.strength.value:.2f}" if pair.strength.value is not None else ""
        yield from self.item(f"{pair.says}{self.cite([pair.statement, pair.act])} ({pair.sort}; {strength})")
        yield from self.beside(self.quoted(pair.statement_words, pair.statement), self.quoted(pair.act_words, pair.act))
        yield ""

    def quoted(self, words: str, record: str | None) -> str:
        """Return the words of a record with its number."""
        return self.quote(words) + self.cite([record] if record else [])

    def beside(self, left: str, right: str | None) -> Iterator[str]:
        """Yield two texts side by side, or one below the other where there is no room."""
        half = (WIDTH - 6) // 2
        if not right:
            yield from self.indented(left)
            return
        columns = [textwrap.wrap(text, half) for text in (left, right)]
        for k in range(max(map(len, columns))):
            cells = [column[k] if k < len(column) else "" for column in columns]
            yield f"  {cells[0]:<{half}}  | {cells[1]}".rstrip()

    def indented(self, text: str) -> Iterator[str]:
        """Yield a text that belongs to the item above."""
        yield from textwrap.wrap(text, WIDTH, initial_indent="  ", subsequent_indent="  ")

    def gap(self, gap: Gap) -> str:
        """Return what is missing."""
        return gap.text + self.cite(gap.records[:3])

    def end(self) -> Iterator[str]:
        """Yield records, sources and versions."""
        yield from self.section("Records", [self.reference(place) for place in range(len(self.brief.references))], "None.")
        sources = [self.source(place) for place in range(len(self.brief.sources))]
        yield from self.section("Sources and versions", [*sources, self.versions()], "")

    def reference(self, place: int) -> str:
        """Return a record that is cited."""
        found = self.brief.references[place]
        status = "" if found.status == "actual" else f" ({found.status})"
        where = f"{found.document}, sentence {found.sentence + 1}, record {found.id}"
        return f"[{found.number}] {self.quote(found.words)}{status} – {where}"

    def source(self, place: int) -> str:
        """Return a document."""
        found = self.brief.sources[place]
        parts = (found.title, found.source, short_days(found.published, found.published), found.url)
        named = ", ".join(part for part in parts if part)
        return f"{found.document}: {named}{self.cite(found.records)}" if named else f"{found.document}{self.cite(found.records)}"

    def versions(self) -> str:
        """Return what the page was made from."""
        made = self.brief.versions
        if not made.ledger:
            return "the ledger is empty"
        return f"ledger version {made.ledger}; entente {made.entente}; codebook {made.codebook[:12]}; pipeline {made.pipeline}"


class Markdown(Text):
    """A brief as Markdown."""

    def head(self, title: str, below: str) -> Iterator[str]:
        """Yield the title and what stands below it."""
        yield from (f"# {title}", "", f"*{below}*", "")

    def heading(self, text: str) -> Iterator[str]:
        """Yield the head of a section."""
        yield from ("", f"## {text}", "")

    def paragraph(self, text: str) -> Iterator[str]:
        """Yield a paragraph."""
        yield from (text, "")

    def item(self, text: str) -> Iterator[str]:
        """Yield an item of a list."""
        yield f"- {text}"

    def strong(self, text: str) -> str:
        """Return words that stand out."""
        return f"**{text}**"

    def lane(self, name: str, marks: Sequence[Mark]) -> Iterator[str]:
        """Yield the acts of one lane."""
        yield f"{self.strong(name)}\n"
        yield from list(super().lane(name, marks))[1:]

    def beside(self, left: str, right: str | None) -> Iterator[str]:
        """Yield two texts in a table of one row."""
        if not right:
            yield from self.indented(left)
            return
        cells = [text.replace("|", "\\|") for text in (left, right)]
        yield from ("", "  | words | act |", "  | --- | --- |", f"  | {cells[0]} | {cells[1]} |")

    def indented(self, text: str) -> Iterator[str]:
        """Yield a text that belongs to the item above."""
        yield from ("", f"  {text}")
