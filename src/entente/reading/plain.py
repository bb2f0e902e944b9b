"""Plain text: one file is one document. Whether its single newlines end sentences is decided from its lines."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterator

from entente.reading.fields import digest_of
from entente.records.text import Document

BYTE_ORDER_MARK = b"\xef\xbb\xbf"
SIGNATURES = {
    b"%PDF": "a PDF file",
    b"PK\x03\x04": "a ZIP archive or an office document",
    b"\x1f\x8b": "a gzip archive",
    b"PAR1": "a Parquet file under another name",
    b"\xff\xfe": "UTF-16 text",
    b"\xfe\xff": "UTF-16 text",
}
NARROWEST_WRAP = 40  # code points: nobody wraps prose tighter, and a list of words must not pass for a paragraph
FULL_SHARE = 0.8  # of the lines that go on below: the next word would not have fitted
BROKEN_SHARE = 0.5  # of the lines that go on below: no mark ends the sentence there
FEW_LINES = 3  # below this many such lines a lower-case start must confirm the wrap
SENTENCE_MARKS = ".!?…:;”\"’')]»"


def read_plain(raw: bytes, source: str | None, published: dt.date | None) -> Iterator[Document | tuple[None, str]]:
    """Yield the one document of a plain text file, or why there is none.

    The text is what the bytes say, line ends included; only a byte order mark at the head is no part of it.

    Args:
        raw: The whole file.
        source: The file's name, kept as the document's source.
        published: The document's date, if known.
    """
    reason = why_not_text(raw)
    if reason is not None:
        yield None, reason
        return
    text = raw.removeprefix(BYTE_ORDER_MARK).decode()
    if not text.strip():
        yield None, "it has no text"
        return
    yield Document(
        id=digest_of(text, published, source),
        text=text,
        published=published,
        source=source,
        newline_ends_sentence=not is_wrapped(text),
    )


def why_not_text(raw: bytes) -> str | None:
    """Return why the bytes are no UTF-8 text, or None where they are."""
    for signature, name in SIGNATURES.items():
        if raw.startswith(signature):
            return f"it is {name}, not UTF-8 text; convert it first"
    if b"\x00" in raw[:8192]:
        return "it is a binary file, not text"
    try:
        raw.decode()
    except UnicodeDecodeError as error:
        return f"it is not UTF-8 at byte {error.start + 1}; convert it, for instance with iconv"
    return None


def is_wrapped(text: str) -> bool:
    """Say whether single newlines in ``text`` only fold its lines, so that they end no sentence.

    Looked at are the lines that another line follows without a blank one between. They are plainly wrapped where the longest
    line of the text has 40 code points or more, at least four in five of them are *full* (the next line's first word would
    not have fitted within that longest line), and at least half of them stop without a mark that ends a sentence. With fewer than
    three such lines one of the next lines must also begin in lower case. Anything else is one sentence or heading a line.
    """
    lines = [line.rstrip() for line in text.split("\n")]
    pairs = [(above, below) for above, below in itertools.pairwise(lines) if above and below.strip()]
    width = max(len(line) for line in lines)
    if not pairs or width < NARROWEST_WRAP:
        return False
    full = sum(len(above) + 1 + len(below.split(maxsplit=1)[0]) > width for above, below in pairs)
    broken = sum(above[-1] not in SENTENCE_MARKS for above, _ in pairs)
    confirmed = len(pairs) >= FEW_LINES or any(below.lstrip()[0].islower() for _, below in pairs)
    return confirmed and full >= FULL_SHARE * len(pairs) and broken >= BROKEN_SHARE * len(pairs)
