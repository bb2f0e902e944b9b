#!/usr/bin/env python3
"""How much of the reader's own sentences the rules code, actors given: recall and precision by label, each miss on demand.

    sentences.py FILE... [--label LABEL] [--misses] [--wrong] [--held-out]

The marks stand in the place of what the resolver says, so that only the codebook and the coding are measured. A record agrees
where label, status (historical counts as actual) and both sides do; for a symmetric label both sides together.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "models" / "reader"))

from sentences import SYMMETRIC, Example, SentenceError, Told, is_held_out, read_block, split_blocks

from entente.coder import Coder, load_coder, make_document
from entente.coding.relate import mark_parties
from entente.coding.scene import Context, Scene
from entente.dating import date_document
from entente.records.record import Record
from entente.resolving import resolve_document


def main() -> int:
    """Code, compare, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--label", help="only this label, such as AID or tie:alliance")
    parser.add_argument("--misses", action="store_true", help="print each record that the rules miss")
    parser.add_argument("--held-out", action="store_true", help="the tenth that no rule and no model is made from, not the rest")
    parser.add_argument("--wrong", action="store_true", help="print each record of the rules that is none")
    args = parser.parse_args()
    examples = [e for file in args.files for e in read_examples(file) if is_held_out(e.text) == args.held_out]
    coder = load_coder(model=False)
    found, wanted, right, told = Counter[str](), Counter[str](), Counter[str](), Counter[str]()
    for example, records in zip(examples, code_all(coder, examples), strict=True):
        for want in example.records:
            if want.optional or args.label not in (None, want.label):
                continue
            wanted[want.label] += 1
            hit = any(agrees(want, record) for record in records)
            found[want.label] += hit
            if args.misses and not hit:
                said = "; ".join(shown(record) for record in records)
                print(
                    f"missed {example.where} {as_line(want)} :: {example.text[want.start : want.end]}\n"
                    f"    {example.text}\n    got: {said}"
                )
        for record in records:
            label = label_of(record)
            if record.type == "office" or args.label not in (None, label):
                continue
            told[label] += 1
            hit = any(agrees(want, record) for want in example.records)
            right[label] += hit
            if args.wrong and not hit:
                print(f"wrong  {example.where} {shown(record)} by {record.coded_by} “{record.evidence.text}”\n    {example.text}")
    print(f"{'':34}{'wanted':>8}{'recall':>8}{'told':>8}{'precision':>11}")
    for label in sorted(wanted | told, key=lambda label: -wanted[label]):
        print(row(label, found[label], wanted[label], right[label], told[label]))
    print(row("all", found.total(), wanted.total(), right.total(), told.total()))
    return 0


def row(label: str, found: int, wanted: int, right: int, told: int) -> str:
    """Return a line of the table."""
    return f"{label:34}{wanted:8}{found / max(wanted, 1):8.2f}{told:8}{right / max(told, 1):11.2f}"


def read_examples(file: Path) -> list[Example]:
    """Return the examples of a file; a faulty block is named and left out."""
    kept = []
    for block in split_blocks(file):
        try:
            kept.append(read_block(block))
        except SentenceError as error:
            print(error, file=sys.stderr)
    return kept


def code_all(coder: Coder, examples: list[Example]) -> list[list[Record]]:
    """Return the rules' records of each example, its marks in the place of the resolver's actors."""
    documents = [make_document(example.text, "2026-06-15", id=str(i)) for i, example in enumerate(examples)]
    coded = []
    for example, parsed in zip(examples, coder._parse(documents), strict=True):
        marks: dict[str, list[tuple[int, int]]] = {}
        for mention in example.mentions:
            for number in mention.actors:
                marks.setdefault(str(number), []).append((mention.start, mention.end))
        resolved = mark_parties(resolve_document(parsed, coder._index), marks)
        dated = date_document(parsed, coder._time_words)
        before, records = Context(), []
        for sentence in parsed.sentences:
            scene = Scene(sentence, coder._clauses(sentence), resolved, dated, coder._words, before)
            here, _ = coder._sentence_coder.code(scene)
            before = Context(scene.main_actors(), scene.last_body(), (*before.records, *here), before.focus)
            records += here
        coded.append(records)
    return coded


def label_of(record: Record) -> str:
    """Return a record's label."""
    return record.type if record.kind == "event" else f"{record.kind}:{record.type}"


def agrees(want: Told, record: Record) -> bool:
    """Return whether a record says what is wanted."""
    if label_of(record) != want.label:
        return False
    statuses = ["actual" if s == "historical" else s for s in (want.status, record.status)]
    if statuses[0] != statuses[1] and not (want.label == "AGREE" and set(statuses) == {"actual", "future"}):
        return False
    sides = [{a.code for a in side if a.code} for side in (record.actor, record.recipient)]
    asked = [{str(n) for n in side} for side in (want.actor, want.recipient)]
    if all(not ask or ask == side for ask, side in zip(asked, sides, strict=True)):
        return True
    return want.label in SYMMETRIC and sides[0] | sides[1] == asked[0] | asked[1]


def as_line(told: Told) -> str:
    """Return a record as the format writes it."""
    status = "" if told.status == "actual" else f"@{told.status}"
    return f"{told.label}{status} {'+'.join(map(str, told.actor))} > {'+'.join(map(str, told.recipient))}"


def shown(record: Record) -> str:
    """Return a rule's record in the same form."""
    sides = ("+".join(a.code or "?" for a in side) for side in (record.actor, record.recipient))
    status = "" if record.status == "actual" else f"@{record.status}"
    return f"{label_of(record)}{status} {' > '.join(sides)}"


if __name__ == "__main__":
    raise SystemExit(main())
