#!/usr/bin/env python3
"""The PLOVER gold standard records: one sentence, one event; its own scorer, its own rows.

    plover_gold.py FOLDER [--split dev|held-out] [--errors N]

FOLDER holds `records.jsonl` and `score.py`. Codes each sentence, turns records into the scorer's rows (country or IGO on both
sides; a pair for each actor and recipient) and prints its figures. The set's dates are dummies, so sentences are coded
without one. `--split` takes two thirds or the held-out third of the rows, by a hash of their id.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from itertools import product
from pathlib import Path

from split import add_split, chosen

from entente.codebook.gazetteer import load_gazetteer
from entente.codebook.load import SHIPPED
from entente.coder import load_coder
from entente.coding.relate import HOSTILE, PROMISES
from entente.records.actors import Actor
from entente.records.record import Record
from entente.records.text import Document

MUTUAL = frozenset({"AGREE", "CONSULT", "COOPERATE", "SUPPORT"})
"""Types that several actors without a recipient have with each other."""

HOSTED = frozenset({"third-party", "multilateral", None})
"""Modes of a meeting whose recipient is only where it was held: the set has no hosts."""


def main() -> int:
    """Code, convert, score."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    add_split(parser)
    parser.add_argument("--errors", type=int, default=0)
    parser.add_argument("--model", action="store_true", help="with the learned reader beside the rules")
    args = parser.parse_args()
    rows = [json.loads(line) for line in (args.folder / "records.jsonl").read_text(encoding="utf-8").splitlines()]
    rows = chosen(rows, args.split)
    coder = load_coder(model=args.model)
    documents = [Document(id=row["id"], text=row["text"]) for row in rows]
    with tempfile.TemporaryDirectory() as folder:
        gold, predicted = Path(folder) / "gold.jsonl", Path(folder) / "predicted.jsonl"
        gold.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
        with predicted.open("w", encoding="utf-8") as file:
            for document, records in coder.code_documents(documents):
                events = [event for record in records if isinstance(records, list) for event in events_of(record)]
                file.write(json.dumps({"id": document.id, "events": events}) + "\n")
        command = [sys.executable, str(args.folder / "score.py"), str(gold), str(predicted), "--errors", str(args.errors)]
        subprocess.run(command, check=True)
    return 0


def events_of(record: Record) -> list[dict[str, str | None]]:
    """Return the scorer's events of a record: one for each pair of actor and recipient, both ways where it is symmetric."""
    if record.kind != "event" or record.status not in ("actual", "historical", "future"):
        return []
    actors, recipients = list(record.actor), list(record.recipient)
    pairs = list(product(actors or [None], recipients or [None]))
    hosted = record.type == "CONSULT" and record.mode in HOSTED and len({a.code for a in actors}) > 1
    if record.type in MUTUAL and len(actors) > 1 and (hosted or not recipients):
        pairs = [(a, b) for a, b in product(actors, actors) if a is not b]
    return [
        {
            "event": type_of(record),
            "source_country": country(a),
            "source_sector": a.sector if a else None,
            "target_country": country(b),
            "target_sector": b.sector if b else None,
        }
        for a, b in pairs
    ]


def type_of(record: Record) -> str:
    """Return the set's type: a concession that is only promised is AGREE there, a hostile act that is only announced THREATEN."""
    entry, _, pattern = record.coded_by.rpartition("/")
    decided = "decid" in record.evidence.text
    promised = (pattern in PROMISES and not decided) or entry == "event/RETREAT" or record.status == "future"
    if record.type == "CONCEDE" and promised:
        return "AGREE"
    return "THREATEN" if record.type in HOSTILE and record.status == "future" else record.type


STATES = frozenset(state.code for state in load_gazetteer(SHIPPED / "actors").states)


def country(actor: Actor | None) -> str | None:
    """Return a state's code, IGO for an organisation and those who act for it, None for nobody."""
    if actor is None or actor.code is None:
        return None
    return actor.code if actor.code in STATES else "IGO"


if __name__ == "__main__":
    raise SystemExit(main())
