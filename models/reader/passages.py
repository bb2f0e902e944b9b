"""Passages as cases to learn from: their sentences with the actors that the resolver finds in them.

    passages.py GOLD… [--marked FILE…] --to FILE

GOLD are passage files or folders in the guide's format; of `benchmarks/written` and `benchmarks/alike` only the two thirds that
rules, too, are written from. What the sentences tell is known by codes, so a record goes to the mentions of these codes; whose
word tells it is not known. FILE are passages in the format of FORMAT.md, each after a line `# passage: title, year`; there a
record goes to the mentions that the resolver finds where the marked ones stand. A record with an actor that the resolver does
not find in the sentence is in doubt, and learning passes over it.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from sentences import LABELS, Example, Told, is_held_out, read_block, split_blocks

from entente.analysis.goldscore import Passage, read_passage
from entente.coder import Coder, load_coder
from entente.judging.parties import Parties, find_parties
from entente.reading.fields import day_of
from entente.records.annotations import ResolvedDocument, Sentence
from entente.records.text import Document
from entente.resolving import resolve_document

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent / "benchmarks"))
from split import Split, chosen

SPLIT = ("written", "alike")
"""The folders of passages of which two thirds are learned from; joining reader and rules is fitted on the other third."""


def main() -> int:
    """Read, resolve, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", nargs="+", type=Path)
    parser.add_argument("--marked", nargs="*", type=Path, default=[])
    parser.add_argument("--to", type=Path, required=True)
    args = parser.parse_args()
    coder = load_coder(model=False)
    passages = [read_passage(file.read_bytes()) for path in args.gold for file in files_of(path, "dev")]
    cases = [case for passage in passages for case in cases_of(coder, passage)]
    cases += [case for file in args.marked for passage in read_marked(file) for case in marked_cases(coder, *passage)]
    args.to.parent.mkdir(parents=True, exist_ok=True)
    args.to.write_text(json.dumps(cases), encoding="utf-8")
    print(f"{len(cases)} sentences with {sum(len(case['records']) for case in cases)} records")
    return 0


def files_of(path: Path, split: Split) -> list[Path]:
    """Return the passage files of a folder, or the file itself; of those of which a third is set aside those of a split."""
    files = sorted(path.glob("*.json")) if path.is_dir() else [path]
    return chosen(files, split, lambda file: file.stem) if path.name in SPLIT else files


def cases_of(coder: Coder, passage: Passage) -> Iterator[dict[str, Any]]:
    """Yield the sentences of a passage that name an actor."""
    document = Document(id=passage.id, text=passage.text, published=day_of(passage.date), title=passage.title)
    resolved = resolve_document(next(coder._parse([document])), coder._index)
    for sentence in resolved.parsed.sentences:
        line = passage.text.count("\n", 0, sentence.start)
        case = case_of(sentence, resolved, [gold for gold in passage.records if gold.sentence == line])
        if case["mentions"]:
            yield case | {"where": f"{passage.id}:{line}"}


def case_of(sentence: Sentence, resolved: ResolvedDocument, gold: list[Any]) -> dict[str, Any]:
    """Return a sentence as a case: words, mentions by words, and records by the numbers of the parties."""
    found = find_parties(sentence, resolved)
    records = []
    for told in gold:
        sides = [[_parties_of(found, code) for code in side] for side in (told.actor, told.recipient)]
        types = [told.type] if isinstance(told.type, str) else told.type
        labels = [type_ if told.kind == "event" else f"{told.kind}:{type_}" for type_ in types]
        known = [label for label in labels if label in LABELS]
        if known:
            records += _record(known[0], told.status, sides, told.optional, (-1, -1))
    return _case(sentence, found, records)


def _record(label: str, status: str, sides: list[list[list[int]]], optional: bool, words: tuple[int, int]) -> Iterator[list[Any]]:
    """Yield a record, in doubt where some of its people are not found; none where nobody is."""
    actor, recipient = (sorted({i for at in side for i in at}) for side in sides)
    if actor or recipient:
        yield [label, status, actor, recipient, optional or not all(at for side in sides for at in side), *words]


def _parties_of(found: Parties, code: str) -> list[int]:
    """Return the parties that a code of the gold means: those of its sector, else all of its state."""
    state, _, sector = code.partition(".")
    same = [i for i, party in enumerate(found.parties) if party.code == state]
    return [i for i in same if (found.parties[i].sector or "") == sector] or same


def _case(sentence: Sentence, found: Parties, records: list[list[Any]]) -> dict[str, Any]:
    tokens = sentence.tokens
    return {
        "words": [token.text for token in tokens],
        "glued": [i > 0 and tokens[i - 1].end == token.start for i, token in enumerate(tokens)],
        "mentions": found.mentions,
        "actors": len(found.parties),
        "records": records,
    }


# --- passages in the format of the sentences ----------------------------------------------------------------------------

_HEADING = re.compile(r"# passage: (?P<title>.*?),? *(?P<year>(?:19|20)\d\d)?\D*$")


def read_marked(file: Path) -> Iterator[tuple[str, int, list[Example]]]:
    """Yield the passages of a file: where, the year, and the sentences."""
    lines = file.read_text(encoding="utf-8").splitlines()
    starts = [i for i, line in enumerate(lines) if _HEADING.match(line)]
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        heading = _HEADING.match(lines[start])
        blocks = split_blocks(file, first=start, last=end)
        yield f"{file.stem}:{start + 1}", int(heading["year"] or 2015) if heading else 2015, [read_block(b) for b in blocks]


def marked_cases(coder: Coder, where: str, year: int, examples: Sequence[Example]) -> Iterator[dict[str, Any]]:
    """Yield the sentences of a marked passage, but for those held out, with the parties that the resolver finds."""
    text = "\n".join(example.text for example in examples)
    document = Document(id=where, text=text, published=dt.date(year, 12, 31), title="")
    resolved = resolve_document(next(coder._parse([document])), coder._index)
    starts = [0]
    for example in examples:
        starts.append(starts[-1] + len(example.text) + 1)
    for sentence in resolved.parsed.sentences:
        line = text.count("\n", 0, sentence.start)
        example = examples[line]
        if not is_held_out(example.text):
            case = marked_case(sentence, find_parties(sentence, resolved), example, starts[line])
            if case["mentions"]:
                yield case | {"where": f"{where}:{line}"}


def marked_case(sentence: Sentence, found: Parties, example: Example, offset: int) -> dict[str, Any]:
    """Return a marked sentence with the parties found: whom a party's mentions overlap most, that actor it is."""
    tokens = sentence.tokens
    marks = [(mention.start + offset, mention.end + offset, mention.actors) for mention in example.mentions]
    votes: dict[int, dict[int, float]] = {}
    for first, last, numbers in found.mentions:
        overlaps = [
            (min(tokens[last].end, end) - max(tokens[first].start, start), actors)
            for start, end, actors in marks
            if start < tokens[last].end and tokens[first].start < end
        ]
        if overlaps:
            _, actors = max(overlaps, key=lambda pair: (pair[0], -len(pair[1])))
            for number in numbers:
                for actor in actors:
                    here = votes.setdefault(number, {})
                    here[actor] = here.get(actor, 0.0) + 1 / len(actors)
    party_of: dict[int, list[int]] = {}
    for number, here in votes.items():
        party_of.setdefault(max(here, key=lambda actor: here[actor]), []).append(number)
    records = []
    for told in example.records:
        sides = [[party_of.get(n, []) for n in side] for side in (told.actor, told.recipient)]
        records += _record(told.label, told.status, sides, told.optional, _words(sentence, told, offset))
    return _case(sentence, found, records)


def _words(sentence: Sentence, told: Told, offset: int) -> tuple[int, int]:
    """Return the first and the last token that tell a record; -1 where they stand in another sentence."""
    here = [t.i for t in sentence.tokens if t.start < told.end + offset and told.start + offset < t.end]
    return (here[0], here[-1]) if here else (-1, -1)


if __name__ == "__main__":
    raise SystemExit(main())
