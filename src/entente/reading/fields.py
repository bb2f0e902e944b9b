"""One document from its named fields, as JSON Lines, CSV, Parquet and Python dictionaries give them."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping

from entente.errors import DocumentError, TimeError
from entente.records.text import Document

FIELDS = ("id", "text", "published", "date", "title", "source", "url", "language")
YEARS = range(1000, 3000)  # a year outside is a slip of the pen, and the calendar's own ends leave no room for spans


def document_of(fields: Mapping[str, object], *, published: dt.date | None = None) -> Document:
    """Return the document that ``fields`` describe; keys other than ``FIELDS`` are not looked at.

    Args:
        fields: ``text`` is required; the date is ``published`` or else ``date``. An empty string counts as absent.
        published: The date of a document that gives none.

    Raises:
        DocumentError: There is no text, the date is none, or a field is not of its type.
    """
    text = _string(fields, "text")
    if text is None or not text.strip():
        raise DocumentError("it has no `text`")
    day = _day(fields)
    day = published if day is None else day
    source = _string(fields, "source")
    return Document(
        id=_given_id(fields) or digest_of(text, day, source),
        text=text,
        published=day,
        title=_string(fields, "title"),
        source=source,
        url=_string(fields, "url"),
        language=_string(fields, "language"),
    )


def digest_of(text: str, published: dt.date | None, source: str | None) -> str:
    """Return the id of a document that was given none: 20 hexadecimal digits over its text, date and source."""
    parts = (text, "" if published is None else published.isoformat(), source or "")
    return hashlib.sha256("\x00".join(parts).encode()).hexdigest()[:20]


def day_of(value: str) -> dt.date:
    """Return the day that an ISO 8601 date or time names ("2017-06-01", "2017-06-01T08:30:00Z").

    Raises:
        TimeError: It names none, or the year is not between 1000 and 2999.
    """
    try:
        day = dt.datetime.fromisoformat(value.strip()).date()
    except ValueError as error:
        raise TimeError(f"{value!r} is no date; write it as 2017-06-01") from error
    if day.year not in YEARS:
        raise TimeError(f"{value!r} is no date of this or the last millennium; write it as 2017-06-01")
    return day


def _string(fields: Mapping[str, object], name: str) -> str | None:
    value = fields.get(name)
    if value is None or value == "":
        return None
    if not isinstance(value, str):
        raise DocumentError(f"its `{name}` must be a string, not {_type_name(value)}")
    if not _is_unicode(value):
        raise DocumentError(f"its `{name}` is not valid Unicode (bytes that are not UTF-8, or half of a surrogate pair)")
    return value


def _is_unicode(value: str) -> bool:
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return True


def _given_id(fields: Mapping[str, object]) -> str | None:
    value = fields.get("id")
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else _string(fields, "id")


def _day(fields: Mapping[str, object]) -> dt.date | None:
    for name in ("published", "date"):
        value = fields.get(name)
        if isinstance(value, dt.datetime):
            return value.date()
        if isinstance(value, dt.date):
            return value
        if (written := _string(fields, name)) is not None and written.strip():
            try:
                return day_of(written)
            except TimeError as error:
                raise DocumentError(f"its `{name}` {error}") from error
    return None


def _type_name(value: object) -> str:
    names = {bool: "true or false", int: "a number", float: "a number", list: "a list", dict: "an object", bytes: "bytes"}
    return names.get(type(value), type(value).__name__)
