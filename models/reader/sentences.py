"""The reader's sentences: a plain format with marked actors, read and checked (see FORMAT.md)."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Final

EVENTS: Final = (
    "AGREE CONSULT SUPPORT CONCEDE COOPERATE AID RETREAT REQUEST ACCUSE REJECT THREATEN PROTEST SANCTION MOBILIZE COERCE ASSAULT"
).split()
TIES: Final = [f"tie:{name}" for name in "alliance membership dependence kinship presence dispute rivalry".split()]
COMMITMENTS: Final = [
    f"commitment:{name}"
    for name in (
        "security_guarantee territorial_integrity non_aggression disarmament treaty trade aid military energy transit"
        " neutrality political"
    ).split()
]
POSITIONS: Final = [f"position:{name}" for name in "support oppose neutral ambivalent".split()]
VOTES: Final = [f"vote:{name}" for name in "for against abstain absent".split()]
LABELS: Final = [*EVENTS, *TIES, *COMMITMENTS, *POSITIONS, *VOTES]
STATUSES: Final = ("actual", "future", "hypothetical", "negated", "historical")
SYMMETRIC: Final = frozenset({"AGREE", "CONSULT", "COOPERATE", "tie:alliance", "tie:kinship", "tie:dispute", "tie:rivalry"})

HELD_OUT: Final = 10  # one sentence in ten, by a digest of its text

_MENTION = re.compile(r"\{(\d+(?:\+\d+)*):([^{}]+)\}")
_RECORD = re.compile(
    r"(?P<type>[A-Za-z_:]+)(?:/(?P<mode>[a-z-]+))?(?:@(?P<status>[a-z]+))?\s+(?P<actor>[\d+\s]*)>\s*(?P<recipient>[\d+\s]*?)\s*::\s*(?P<trigger>.+)"
)


class SentenceError(ValueError):
    """A block that is not of the format; the message says file, line and what to change."""


@dataclass(frozen=True)
class Mention:
    """Words that stand for one or more actors: code points of the text, half-open."""

    start: int
    end: int
    actors: tuple[int, ...]


@dataclass(frozen=True)
class Told:
    """One record of a sentence: label, status, numbers of both sides, and the trigger's code points."""

    label: str
    status: str
    mode: str | None
    actor: tuple[int, ...]
    recipient: tuple[int, ...]
    start: int
    end: int
    optional: bool = False


@dataclass
class Example:
    """One block."""

    where: str
    text: str
    mentions: list[Mention] = field(default_factory=list)
    records: list[Told] = field(default_factory=list)


def is_held_out(text: str) -> bool:
    """Return whether a sentence is kept from training, and from whoever writes rules."""
    return int(sha256(text.encode()).hexdigest(), 16) % HELD_OUT == 0


def read_file(path: Path) -> Iterator[Example]:
    """Yield the examples of a file.

    Raises:
        SentenceError: A block is not of the format.
    """
    for block in split_blocks(path):
        yield read_block(block)


Block = list[tuple[str, str]]
"""Lines with where they stand."""


def split_blocks(path: Path, *, first: int = 0, last: int | None = None) -> Iterator[Block]:
    """Yield the blocks of a file, or of some lines of it: a T line and the R lines below it."""
    block: Block = []
    for number, written in enumerate(path.read_text(encoding="utf-8").splitlines()[first:last], first + 1):
        line = written.strip()
        if block and (not line or line.startswith(("#", "T "))):
            yield block
            block = []
        if line and not line.startswith("#"):
            block.append((f"{path.name}:{number}", line))
    if block:
        yield block


def read_block(block: Block) -> Example:
    """Return the example of a block.

    Raises:
        SentenceError: It is not of the format.
    """
    where, first = block[0]
    if not first.startswith("T "):
        raise SentenceError(f"{where}: a block starts with 'T ', not {first[:40]!r}")
    example = read_text(where, first[2:].strip())
    if len(block) == 1:
        raise SentenceError(f"{where}: no R line; write 'R none' where there is nothing to code")
    for where, line in block[1:]:
        if not line.startswith(("R ", "R? ")):
            raise SentenceError(f"{where}: a line starts with 'T ', 'R ' or 'R? ': {line[:40]!r}")
        if line != "R none":
            example.records.append(read_record(where, line, example))
    return example


def read_text(where: str, marked: str) -> Example:
    """Return the example of a marked text, without records."""
    text, mentions, last = "", [], 0
    for found in _MENTION.finditer(marked):
        text += marked[last : found.start()]
        numbers = tuple(int(n) for n in found.group(1).split("+"))
        mentions.append(Mention(len(text), len(text) + len(found.group(2)), numbers))
        text += found.group(2)
        last = found.end()
    text += marked[last:]
    if "{" in text or "}" in text:
        raise SentenceError(f"{where}: a brace that marks nothing: write {{1:words}}, none inside another")
    return Example(where, text, mentions)


def read_record(where: str, line: str, example: Example) -> Told:
    """Return the record of an R line."""
    optional = line.startswith("R?")
    found = _RECORD.fullmatch(line.partition(" ")[2].strip())
    if found is None:
        raise SentenceError(f"{where}: not 'TYPE actors > recipients :: trigger': {line!r}")
    label, status = found["type"], found["status"] or "actual"
    if label not in LABELS:
        raise SentenceError(f"{where}: unknown type {label!r}")
    if status not in STATUSES:
        raise SentenceError(f"{where}: unknown status {status!r}")
    sides = [tuple(int(n) for n in found[side].replace(" ", "").split("+") if n) for side in ("actor", "recipient")]
    known = {n for mention in example.mentions for n in mention.actors}
    for n in (*sides[0], *sides[1]):
        if n not in known:
            raise SentenceError(f"{where}: no mention has the number {n}")
    if not sides[0] and not sides[1]:
        raise SentenceError(f"{where}: nobody on either side")
    trigger = found["trigger"].strip()
    start = example.text.find(trigger)
    if start < 0:
        raise SentenceError(f"{where}: the trigger {trigger!r} does not stand in the text")
    return Told(label, status, found["mode"], sides[0], sides[1], start, start + len(trigger), optional)


def main() -> int:
    """Check files given as arguments; print each fault and the counts of each label."""
    counts: dict[str, int] = {}
    faults = total = 0
    for block in (block for name in sys.argv[1:] for block in split_blocks(Path(name))):
        try:
            example = read_block(block)
        except SentenceError as error:
            faults += 1
            print(error)
            continue
        total += 1
        for label in {told.label for told in example.records} or {"none"}:
            counts[label] = counts.get(label, 0) + 1
    print(f"{total} sentences; " + ", ".join(f"{label} {n}" for label, n in sorted(counts.items(), key=lambda c: -c[1])))
    return min(faults, 1)


if __name__ == "__main__":
    raise SystemExit(main())
