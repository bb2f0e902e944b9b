#!/usr/bin/env python3
"""Bare actor phrases to country and sector, by the set's own scorer.

    actors.py FOLDER [--split dev|held-out] [--needs-wikipedia no|likely|yes] [--errors N]

FOLDER holds `dev.jsonl` and `score.py`. Resolves each phrase as of its date, with its context, or else its known country, as
the context, and turns the answers into the scorer's rows: a state's code or IGO, and PLOVER sectors with the set's own habits.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from split import add_split, chosen

from entente.codebook.gazetteer import load_gazetteer
from entente.codebook.load import SHIPPED
from entente.coder import load_coder, make_document
from entente.records.actors import Actor
from entente.records.text import Document


def main() -> int:
    """Resolve, convert, score."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    add_split(parser)
    parser.add_argument("--needs-wikipedia", choices=("no", "likely", "yes"), help="only the cases that do, or do not, need it")
    parser.add_argument("--errors", type=int, default=0)
    args = parser.parse_args()
    rows = [json.loads(line) for line in (args.folder / "dev.jsonl").read_text(encoding="utf-8").splitlines()]
    rows = [row for row in chosen(rows, args.split) if args.needs_wikipedia in (None, row["needs_wikipedia"])]
    answers = load_coder(model=False).resolve_actors(document_of(row) for row in rows)
    predicted = [row_of(row["id"], actor) for row, actor in zip(rows, answers, strict=True)]
    with tempfile.TemporaryDirectory() as folder:
        gold_file, predicted_file = Path(folder) / "gold.jsonl", Path(folder) / "predicted.jsonl"
        gold_file.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
        predicted_file.write_text("".join(json.dumps(row) + "\n" for row in predicted), encoding="utf-8")
        script = [sys.executable, str(args.folder / "score.py")]
        subprocess.run([*script, str(gold_file), str(predicted_file), "--errors", str(args.errors)], check=True)
    return 0


def document_of(row: dict[str, Any]) -> Document:
    """Return the phrase as a document: its context is the title; "today" is no day of its own."""
    context = row["context"] or row["known_country"]
    return make_document(row["actor"], day_of(row["date"]), id=row["id"], **({"title": context} if context else {}))


def day_of(written: str) -> dt.date | None:
    """Return the set's dates, some of which are in words ("1 July 2021"); None for none and for "today"."""
    if written.lower() in ("", "today"):
        return None
    return dt.date.fromisoformat(written) if written[:4].isdigit() else dt.datetime.strptime(written, "%d %B %Y").date()


STATES = frozenset(state.code for state in load_gazetteer(SHIPPED / "actors").states)
ORGANISATIONS = {"EU": "EUR", "UN": "UNO"}
"""Those that the set names by codes of their own; all others are IGO."""


def row_of(identifier: str, actor: Actor) -> dict[str, Any]:
    """Return the scorer's row of an answer."""
    country = actor.code if actor.code is None or actor.code in STATES else ORGANISATIONS.get(actor.code, "IGO")
    none = actor.code is None and actor.sector is None
    wiki = actor.entity or "" if actor.kind in ("person", "organisation", "group") else ""
    return {"id": identifier, "country": country or "", "code_1": actor.sector or "", "code_2": "", "wiki": wiki, "none": none}


if __name__ == "__main__":
    raise SystemExit(main())
