#!/usr/bin/env python3
"""How often each pattern of the codebook is right, over marked sentences and passages together, beside the confidence it states.

    patterns.py [FILE…] [--passages FOLDER…] [--least N] [--show ID…]

A hit is one record of the rules; it is right where a sentence's annotation agrees with it (an optional record too). What is wrong
is told apart: ``people`` (the label is told, of others), ``status``, ``type`` (the parties are told, otherwise), ``nothing``.
``fitted`` is the share that is right, drawn towards the stated confidence as far as ten more hits would draw it.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import NamedTuple

from split import chosen

from entente.codebook.vocabulary import SYMMETRIC
from entente.coder import Coder, load_coder, make_document
from entente.records.actors import Actor
from entente.records.record import Record

HERE = Path(__file__).resolve().parent


def load_script(file: Path) -> ModuleType:
    """Return a script as a module, by its file: two of them have one name."""
    spec = importlib.util.spec_from_file_location(f"{file.parent.name}_{file.stem}", file)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


# The format of the marked sentences is sentences.py of models/reader, which the script of the same name here puts on the path.
sys.modules["sentences"] = load_script(HERE.parent / "models" / "reader" / "sentences.py")
marked = load_script(HERE / "sentences.py")

PRIOR = 10
"""Hits that the stated confidence counts as, so that few hits move it little."""


class Hit(NamedTuple):
    """A record of the rules: its pattern, how the annotation takes it, where it stands and what was wanted there."""

    pattern: str
    verdict: str
    line: str


def main() -> int:
    """Code, compare, print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", type=Path, help="marked sentences; a tenth of them is held out and never looked at")
    parser.add_argument("--passages", nargs="*", type=Path, default=[], help="folders of passages; a third of each is held out")
    parser.add_argument("--least", type=int, default=1, help="only patterns with so many hits")
    parser.add_argument("--show", nargs="*", default=[], help="print the hits of these patterns that are wrong")
    args = parser.parse_args()
    coder = load_coder(model=False)
    hits = [*sentence_hits(coder, args.files), *passage_hits(coder, args.passages)]
    for hit in hits:
        if hit.pattern in args.show and hit.verdict != "right":
            print(f"{hit.verdict:8}{hit.pattern} {hit.line}")
    print_table(coder, hits, args.least)
    return 0


def sentence_hits(coder: Coder, files: list[Path]) -> Iterator[Hit]:
    """Yield the hits in marked sentences, actors given."""
    examples = [e for file in files for e in marked.read_examples(file) if not marked.is_held_out(e.text)]
    for example, records in zip(examples, marked.code_all(coder, examples), strict=True):
        wanted = "; ".join(map(marked.as_line, example.records))
        for record in records:
            if record.type == "office":
                continue
            if any(marked.agrees(want, record) for want in example.records):
                verdict = "right"
            else:
                sides = {a.code for a in (*record.actor, *record.recipient)}
                same = [w for w in example.records if w.label == marked.label_of(record)]
                alike = [w for w in example.records if {str(n) for n in (*w.actor, *w.recipient)} == sides]
                verdict = verdict_of(bool(same), bool(alike), any(w in alike for w in same))
            yield Hit(record.coded_by, verdict, line_of(example.where, record, wanted, example.text))


def passage_hits(coder: Coder, folders: list[Path]) -> Iterator[Hit]:
    """Yield the hits in passages; who is who is the resolver's reading there, and a status is not asked for."""
    for folder in folders:
        for file in chosen(sorted(folder.glob("*.json")), "dev", lambda file: file.stem):
            passage = json.loads(file.read_text(encoding="utf-8"))
            document = make_document("\n".join(passage["sentences"]), passage["date"], id=passage["id"])
            _, records = next(iter(coder.code_documents([document])))
            assert isinstance(records, list)
            for record in records:
                number = document.text.count("\n", 0, record.evidence.start)
                told = [gold for gold in passage["records"] if gold["sentence"] == number]
                same = [gold for gold in told if gold["kind"] == record.kind and record.type in as_list(gold["type"])]
                alike = [gold for gold in told if has_parties(gold, record)]
                right = any(gold in alike for gold in same)
                verdict = "right" if right else verdict_of(bool(same), bool(alike), both=False)
                wanted = "; ".join(f"{g['type']} {g.get('actor', [])} > {g.get('recipient', [])}" for g in told)
                text = passage["sentences"][number]
                yield Hit(record.coded_by, verdict, line_of(f"{file.stem}:{number}", record, wanted, text))


def verdict_of(same: bool, alike: bool, both: bool) -> str:
    """Return what is wrong with a record that no annotation agrees with."""
    return "status" if both else "people" if same else "type" if alike else "nothing"


def line_of(where: str, record: Record, wanted: str, text: str) -> str:
    """Return a hit as it is printed."""
    return f"{where} {marked.shown(record)} “{record.evidence.text}” wanted: {wanted or 'none'}\n    {text}"


def has_parties(gold: dict[str, object], record: Record) -> bool:
    """Return whether a gold record has a record's sides, either way round where its type has no direction."""
    asked = [{code.partition(".")[0] for code in as_list(gold.get(side, []))} for side in ("actor", "recipient")]
    sides = [codes(record.actor), codes(record.recipient)]
    if all(not ask or ask == side for ask, side in zip(asked, sides, strict=True)):
        return True
    return bool(SYMMETRIC & {record.type}) and asked[0] | asked[1] == sides[0] | sides[1]


def codes(side: tuple[Actor, ...]) -> set[str]:
    """Return the codes of a side, sectors left out."""
    return {actor.code for actor in side if actor.code}


def as_list(value: object) -> list[str]:
    """Return a value that may be one or a list of them as a list."""
    return list(value) if isinstance(value, list) else [str(value)]


def print_table(coder: Coder, hits: list[Hit], least: int) -> None:
    """Print a row per pattern, those that are wrong most often first."""
    stated = {f"{p.entry}/{p.id}": p.confidence for entry in coder.codebook.entries.values() for p in entry.patterns}
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for hit in hits:
        counts[hit.pattern][hit.verdict] += 1
    print(
        f"{'':48}{'hits':>6}{'right':>7}{'people':>7}{'status':>7}{'type':>6}{'nothing':>8}{'share':>7}{'stated':>7}{'fitted':>7}"
    )
    for pattern, count in sorted(counts.items(), key=lambda row: row[1]["right"] - row[1].total()):
        if count.total() >= least:
            confidence = stated.get(pattern, 0.8)
            fitted = (count["right"] + PRIOR * confidence) / (count.total() + PRIOR)
            numbers = "".join(f"{count[name]:>{width}}" for name, width in zip(COLUMNS, (7, 7, 7, 6, 8), strict=True))
            share = count["right"] / count.total()
            print(f"{pattern:48}{count.total():6}{numbers}{share:7.2f}{confidence:7.2f}{fitted:7.2f}")
    total = Counter(hit.verdict for hit in hits)
    print(f"all: {total['right']} of {total.total()} right, {total['right'] / max(total.total(), 1):.3f}; {dict(total)}")


COLUMNS = ("right", "people", "status", "type", "nothing")

if __name__ == "__main__":
    raise SystemExit(main())
