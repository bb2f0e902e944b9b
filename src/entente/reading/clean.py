"""What stands in a document's text without being reporting: datelines, bylines, agency marks, invitations to read on.

Nothing is cut out. The text stays as it was read, and `mask_spans` says which stretches a reader would pass over.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from entente.records.text import Document, TextSpan

_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec)[a-z]{0,6}\.?"
_DAY = rf"(?:{_MONTH} \d{{1,2}}|\d{{1,2}} {_MONTH}|\d{{1,2}}/\d{{1,2}})(?:,? \d{{4}})?"
_CAPITALS = r"[A-Z][A-Z.’'\-]+(?:[ /][A-Z][A-Z.’'\-]*){0,4}"  # DOHA, ADDIS ABABA, ST. PETERSBURG, KYIV/MOSCOW
_PLACE = r"[A-Z][A-Za-z.’'\-]+(?: [A-Z][A-Za-z.’'\-]+){0,3}"
_AGENCY = r"\([A-Z][\w./&’' \-]{1,40}\)"
_DASH = r"(?:[ \t]*(?:—|–|--)[ \t]+|[ \t]+-[ \t]+)"  # with blanks: "US-China talks" is no dateline
_START = r"(?=[A-Z0-9“\"‘'])"  # what follows a dateline begins a sentence

DATELINE = re.compile(
    rf"^[ \t]*(?:{_CAPITALS}(?:, {_PLACE})?(?:, {_DAY})?(?:[ \t]*{_AGENCY})?{_DASH}"
    rf"|{_PLACE}(?:, {_PLACE})?(?:, {_DAY}(?:[ \t]*{_AGENCY})?|[ \t]*{_AGENCY}){_DASH}"
    rf"|{_AGENCY}{_DASH}){_START}",
    re.MULTILINE,
)
"""``DOHA, June 12 —``, ``NAIROBI (AFP) —``, ``Kathmandu, 5 May (Xinhua) --``, ``(Reuters) -`` at the head of a line."""

NOT_PLACES = frozenset(
    {"EU", "UN", "NATO", "US", "USA", "UK", "UAE", "OSCE", "ASEAN", "OPEC", "IMF", "WTO", "BREAKING", "UPDATE"}
)
"""Actors whose names are written in capitals: alone before a dash they are the sentence's subject, not where it was filed."""

_NAME = r"[A-Z][\w’'.\-]*"
BYLINE = re.compile(
    rf"^[ \t]*(?:(?:By|BY) {_NAME}(?: {_NAME}){{1,3}}(?:(?:,| and) {_NAME}(?: {_NAME}){{1,3}}){{0,3}}(?:, [\w ]{{3,40}})?"
    rf"|\(?(?:(?:Additional )?[Rr]eporting|Writing|Editing) by [^\n]{{3,200}})[ \t]*\r?$",
    re.MULTILINE,
)
"""Lines such as ``By Jane Roe and Richard Miles``, ``Reporting by …; editing by …``."""

INVITATION = re.compile(
    r"^[ \t]*(?:(?:(?:Read|READ|Also|ALSO|See|SEE)(?: more| also| read| next)?"
    r"|(?:Related|RELATED)(?: articles?| stories| coverage)?|Watch|WATCH|Listen"
    r"|(?:File photo|FILE PHOTO|Photo|Image|Photograph)(?: credit)?|Source|Advertisement|ADVERTISEMENT)[ \t]*[:|»][^\n]{0,200}"
    r"|(?:Advertisement|ADVERTISEMENT)[ \t]*\r?"
    r"|(?:Click here|Sign up (?:for|to)|Subscribe (?:to|now)|Follow us|Share this|All rights reserved)[^\n]{0,120}"
    r"|(?:Copyright )?(?:©|\([cC]\))[^\n]{0,120})$",
    re.MULTILINE,
)
"""Lines such as ``Read more: …``, ``Photo: …``, ``Subscribe to our newsletter``."""

LINK = re.compile(r"https?://[^\s<>“”\"]+")


def mask_spans(document: Document) -> tuple[TextSpan, ...]:
    """Return the stretches of the document's text that are no reporting, sorted and without overlap.

    A mask covers whole words; what follows a dateline on its line is left in.
    """
    spans: list[TextSpan] = []
    for start, end in sorted(_found(document.text)):
        if end > start and (not spans or start >= spans[-1].end):
            spans.append(TextSpan(start, end, document.text[start:end]))
    return tuple(spans)


def _found(text: str) -> Iterator[tuple[int, int]]:
    for match in DATELINE.finditer(text):
        if match.group().strip(" \t—–-") not in NOT_PLACES:
            yield match.span()
    for pattern in (BYLINE, INVITATION, LINK):
        for match in pattern.finditer(text):
            yield match.span()
