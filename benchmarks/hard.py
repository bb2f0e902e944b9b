#!/usr/bin/env python3
"""False events a sentence on hard sentences that tell nothing: sport, business, weather, metaphor, and statements.

    hard.py [FILE] [--model] [--precision high|balanced|recall] [--show]

FILE is `hard.jsonl` beside this script: 500 sentences of our own, written before any model was tried on them. Counted are events
and, beside them, records of the other kinds.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from pathlib import Path

from entente.coder import load_coder, make_document

HARD = Path(__file__).parent / "hard.jsonl"


def main() -> int:
    """Code, count, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", nargs="?", type=Path, default=HARD)
    parser.add_argument("--model", action="store_true", help="with the learned reader beside the rules")
    parser.add_argument("--precision", default="balanced", choices=("high", "balanced", "recall"))
    parser.add_argument("--show", action="store_true", help="print each false record")
    args = parser.parse_args()
    rows = [json.loads(line) for line in args.file.read_text(encoding="utf-8").splitlines()]
    coder = load_coder(model=args.model, precision=args.precision)
    events, others = Counter[str](), Counter[str]()
    documents = (make_document(row["text"], "2026-06-15", id=row["id"]) for row in rows)
    for row, (_, records) in zip(rows, coder.code_documents(documents), strict=True):
        for record in records if isinstance(records, list) else []:
            (events if record.kind == "event" else others)[row["kind"]] += 1
            if args.show:
                print(f"{row['id']} {record.kind} {record.type} by {record.coded_by}, {record.confidence:.2f}: {row['text']}")
    kinds = Counter(row["kind"] for row in rows)
    for kind, count in kinds.items():
        print(f"{kind:10}{count:5} sentences {events[kind] / count:7.3f} events {others[kind] / count:7.3f} others a sentence")
    print(f"{'all':10}{len(rows):5} sentences {events.total() / len(rows):7.3f} events {others.total() / len(rows):7.3f} others")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
