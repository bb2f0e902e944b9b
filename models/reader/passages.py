"""Gold passages as cases to learn from: their sentences with the actors that the resolver finds in them.

    passages.py GOLD… --to FILE

GOLD are passage files or folders in the guide's format; of `benchmarks/written` and `benchmarks/alike` only the two thirds that
rules, too, are written from. What the sentences tell is known by codes, so a record goes to the mentions of these codes; whose
word tells it is not known. A record with an actor that the resolver does not find in the sentence is passed over.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sentences import LABELS

from entente.analysis.goldscore import Passage, read_passage
from entente.coder import Coder, load_coder
from entente.judging.parties import find_parties
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
    parser.add_argument("--to", type=Path, required=True)
    args = parser.parse_args()
    coder = load_coder(model=False)
    passages = [read_passage(file.read_bytes()) for path in args.gold for file in files_of(path, "dev")]
    cases = [case for passage in passages for case in cases_of(coder, passage)]
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
    numbers: dict[str, list[int]] = {}
    for i, party in enumerate(found.parties):
        if party.code:
            numbers.setdefault(party.code, []).append(i)
    tokens = sentence.tokens
    records = []
    for told in gold:
        sides = [[numbers.get(code.partition(".")[0], []) for code in side] for side in (told.actor, told.recipient)]
        types = [told.type] if isinstance(told.type, str) else told.type
        labels = [type_ if told.kind == "event" else f"{told.kind}:{type_}" for type_ in types]
        known = [label for label in labels if label in LABELS]
        if known and any(sides) and all(at for side in sides for at in side):
            actor, recipient = (sorted({i for at in side for i in at}) for side in sides)
            records.append([known[0], told.status, actor, recipient, told.optional])
    return {
        "words": [token.text for token in tokens],
        "glued": [i > 0 and tokens[i - 1].end == token.start for i, token in enumerate(tokens)],
        "mentions": found.mentions,
        "actors": len(found.parties),
        "records": records,
    }


if __name__ == "__main__":
    raise SystemExit(main())
