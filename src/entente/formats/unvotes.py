"""The tables of the R package *unvotes* (Robinson, after Voeten 2009): roll calls of the UN General Assembly, read as records.

A roll call becomes a document, whose text is what was voted on, and the states that voted alike become one vote record of it:
four records at most, however many states vote. The attributes say ``rollcall``, ``session``, ``resolution``, ``issues`` and
``tally``.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv as arrow_csv

from entente.codebook.statecodes import StateCodes
from entente.errors import InputError
from entente.records.actors import Actor
from entente.records.record import Record
from entente.records.text import Document, TextSpan
from entente.records.timespan import TimeSpan

SOURCE = "unvotes"
CODED_BY = "import/unvotes"
CHOICES = {"yes": "for", "no": "against", "abstain": "abstain", "1": "for", "2": "abstain", "3": "against", "8": "absent"}
"""The package's words, and the numbers of the data behind it; 9, no member, is no ballot."""

_NO_MEMBER = "9"
_COLUMNS = {
    "votes": ("rcid", "country", "country_code", "vote"),
    "roll calls": ("rcid", "session", "date", "unres", "short", "descr"),
    "issues": ("rcid", "short_name", "issue"),
}
_BODY = Actor(code="UN", text="UN General Assembly", entity="United Nations", kind="organisation")


def read_unvotes(paths: Sequence[Path], codes: StateCodes) -> Iterator[tuple[Document, list[Record]]]:
    """Yield every roll call as a document with its votes, in the order of the file of votes sorted by number.

    Args:
        paths: CSV files, gzipped or not, in any order: votes and roll calls are needed, issues may be there.
        codes: The codes of states. A state that has none is kept with its name and no code.

    Raises:
        InputError: A file is none of these tables, cannot be read, a needed one is missing, or a ballot is no choice.
    """
    tables = _read_tables(paths)
    calls = {row["rcid"]: row for row in tables["roll calls"].to_pylist()}
    issues: dict[str, list[str]] = {}
    for row in tables["issues"].to_pylist() if "issues" in tables else []:
        issues.setdefault(row["rcid"], []).append(row["issue"])
    actors: dict[tuple[str, str], Actor] = {}
    for number, ballots in _by_roll_call(tables["votes"]):
        if number not in calls:
            raise InputError(
                f"roll call {number} has votes and is missing from the table of roll calls; give the tables of one release"
            )
        document = _document(number, calls[number])
        yield document, _records(document, calls[number], issues.get(number, []), ballots, actors, codes)


def _read_tables(paths: Sequence[Path]) -> dict[str, pa.Table]:
    tables: dict[str, pa.Table] = {}
    for path in paths:
        table = _read(path)
        name = next((name for name, columns in _COLUMNS.items() if set(columns) <= set(table.column_names)), None)
        if name is None:
            wanted = "; ".join(f"{name}: {', '.join(columns)}" for name, columns in _COLUMNS.items())
            raise InputError(f"{path}: none of the tables of unvotes, which have these columns ({wanted})")
        tables[name] = table
    for name in ("votes", "roll calls"):
        if name not in tables:
            raise InputError(f"the table of {name} is missing; give its file too (columns {', '.join(_COLUMNS[name])})")
    return tables


def _read(path: Path) -> pa.Table:
    """Read a CSV file with all columns as text."""
    try:
        with pa.input_stream(path) as stream:
            names = stream.read(4096).split(b"\n", 1)[0].decode("utf-8-sig").strip().replace('"', "").split(",")
        return arrow_csv.read_csv(
            path,
            parse_options=arrow_csv.ParseOptions(newlines_in_values=True),
            convert_options=arrow_csv.ConvertOptions(column_types=dict.fromkeys(names, pa.string()), strings_can_be_null=False),
        )
    except (OSError, UnicodeDecodeError, pa.ArrowException) as error:
        raise InputError(f"{path}: the file cannot be read as CSV ({str(error).partition(chr(10))[0]})") from error


def _by_roll_call(votes: pa.Table) -> Iterator[tuple[str, list[tuple[str, str, str]]]]:
    """Yield the number of each roll call with its ballots: country, code, vote."""
    try:
        numbered = votes.append_column("n", pc.cast(votes["rcid"], pa.float64()))
    except pa.ArrowInvalid as error:
        wrong = pc.filter(votes["rcid"], pc.invert(pc.match_substring_regex(votes["rcid"], r"^\s*[0-9.]+\s*$")))
        raise InputError(f"votes: the roll call {wrong[0].as_py()!r} is no number") from error
    votes = votes.take(pc.sort_indices(numbered, sort_keys=[("n", "ascending")]))
    numbers = votes["rcid"].to_pylist()
    start = 0
    for stop in range(1, len(numbers) + 1):
        if stop == len(numbers) or numbers[stop] != numbers[start]:
            part = votes.slice(start, stop - start)
            yield (
                numbers[start],
                list(zip(*(part[name].to_pylist() for name in ("country", "country_code", "vote")), strict=True)),
            )
            start = stop


def _document(number: str, call: dict[str, Any]) -> Document:
    text = call["descr"].strip() or call["short"].strip() or f"Roll call {number}"
    return Document(
        id=f"{SOURCE}:{_plain_number(number)}",
        text=text,
        published=_day(number, call["date"]),
        title=call["short"].strip() or None,
        source=SOURCE,
        language="en",
    )


def _records(
    document: Document,
    call: dict[str, Any],
    issues: list[str],
    ballots: list[tuple[str, str, str]],
    actors: dict[tuple[str, str], Actor],
    codes: StateCodes,
) -> list[Record]:
    by_choice: dict[str, list[Actor]] = {}
    for country, code, vote in ballots:
        word = vote.strip().lower()
        if word == _NO_MEMBER:
            continue
        if word not in CHOICES:
            raise InputError(f"roll call {call['rcid']}: {vote!r} of {country} is no ballot; known are {', '.join(CHOICES)}")
        by_choice.setdefault(CHOICES[word], []).append(_actor(country, code, actors, codes))
    attributes = _attributes(call, issues, {choice: len(voters) for choice, voters in by_choice.items()})
    return [_record(document, choice, tuple(voters), attributes) for choice, voters in sorted(by_choice.items())]


def _record(document: Document, choice: str, voters: tuple[Actor, ...], attributes: dict[str, Any]) -> Record:
    digest = hashlib.sha256(f"{document.id}\x1f{choice}".encode()).hexdigest()[:16]
    return Record(
        id=digest,
        kind="vote",
        type=choice,
        actor=voters,
        recipient=(_BODY,),
        date=None if document.published is None else TimeSpan.of_day(document.published),
        attributes=attributes,
        document=document.id,
        published=document.published,
        source=SOURCE,
        sentence=0,
        evidence=TextSpan(0, len(document.text), document.text),
        coded_by=CODED_BY,
        confidence=1.0,
    )


def _attributes(call: dict[str, Any], issues: list[str], tally: dict[str, int]) -> dict[str, Any]:
    found: dict[str, Any] = {"rollcall": _plain_number(call["rcid"])}
    if call["session"].strip():
        found["session"] = _plain_number(call["session"])
    if call["unres"].strip():
        found["resolution"] = call["unres"].strip()
    if issues:
        found["issues"] = "; ".join(issues)
    found["tally"] = "-".join(str(tally.get(choice, 0)) for choice in ("for", "against", "abstain"))
    return found


def _actor(country: str, code: str, actors: dict[tuple[str, str], Actor], codes: StateCodes) -> Actor:
    if (country, code) not in actors:
        found = codes.of(code, country)
        reason = None if found else f"no code is known for {country!r}"
        actors[country, code] = Actor(code=found, text=country, entity=country, kind="state", reason=reason)
    return actors[country, code]


def _plain_number(text: str) -> str:
    """Return a number without the decimals that R adds: "3.0" is "3"."""
    return text.strip().removesuffix(".0")


def _day(number: str, text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text.strip())
    except ValueError as error:
        raise InputError(f"roll call {number}: {text!r} is no date; the table has them as 2019-12-27") from error
