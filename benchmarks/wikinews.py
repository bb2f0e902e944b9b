#!/usr/bin/env python3
"""Actor mentions of Wikinews articles and whom they name, by the set's own scorer.

    wikinews.py FOLDER [--split dev|held-out]

FOLDER holds `docs.jsonl` and `score.py`. Turns references into the scorer's rows: a mention for every noun phrase that refers
to an actor, and for every name that the parser marks though the tables do not know it; the title is the actor's name, else the
words.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from split import add_split, chosen

from entente.codebook.gazetteer import load_gazetteer
from entente.codebook.load import SHIPPED
from entente.parsing.model import load_parser
from entente.records.annotations import ParsedDocument, Reference, ResolvedDocument
from entente.records.text import Document
from entente.resolving import ActorIndex, resolve_document

KINDS = {"person": "person", "place": "place", "state": "place", "organisation": "organization", "bloc": "organization"}
ENTITIES = {"PERSON": "person", "ORG": "organization", "PLACE": "place"}
NAMING = ("name", "pronoun", "description", "adjective")


def main() -> int:
    """Resolve, convert, score."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    add_split(parser)
    args = parser.parse_args()
    rows = [json.loads(line) for line in (args.folder / "docs.jsonl").read_text(encoding="utf-8").splitlines()]
    rows = chosen(rows, args.split)
    index, pipeline = ActorIndex(load_gazetteer(SHIPPED / "actors")), load_parser()
    parsed = pipeline.parse_all((document_of(row), ()) for row in rows)
    with tempfile.TemporaryDirectory() as folder:
        gold_file, predicted_file = Path(folder) / "gold.jsonl", Path(folder) / "predicted.jsonl"
        gold_file.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
        with predicted_file.open("w", encoding="utf-8") as file:
            for document in parsed:
                mentions = list(mentions_of(resolve_document(document, index)))
                file.write(json.dumps({"id": document.document.id, "mentions": mentions}) + "\n")
        subprocess.run([sys.executable, str(args.folder / "score.py"), str(gold_file), str(predicted_file)], check=True)
    return 0


def document_of(row: dict[str, Any]) -> Document:
    """Return an article as a document."""
    return Document(id=row["id"], text=row["text"], published=dt.date.fromisoformat(row["date"][:10]), title=row["title"])


def mentions_of(resolved: ResolvedDocument) -> Iterator[dict[str, Any]]:
    """Yield a mention for each reference with actors, and for each name that no reference titles."""
    text = resolved.parsed.document.text
    references = [reference for reference in resolved.references.values() if reference.actors]
    titled = {place for r in references if r.link in NAMING for place in range(r.start, r.end)}
    for start, end, label in names_of(resolved.parsed):  # first: of two with one span the scorer takes the first
        if not titled.intersection(range(start, end)):
            yield {"start": start, "end": end, "type": ENTITIES[label], "wiki": text[start:end].removeprefix("the ")}
    yield from map(mention_of, references)


def mention_of(reference: Reference) -> dict[str, Any]:
    """Return the scorer's mention of a reference: its title only where the words name or stand for the actor itself."""
    actor = reference.actors[0]
    title = actor.entity if reference.link in NAMING else None
    return {"start": reference.start, "end": reference.end, "type": KINDS.get(actor.kind, "organization"), "wiki": title}


def names_of(parsed: ParsedDocument) -> Iterator[tuple[int, int, str]]:
    """Yield start, end and label of every name that the parser marks."""
    for sentence in parsed.sentences:
        begun: tuple[int, int, str] | None = None
        for token in sentence.tokens:
            if begun and token.entity == begun[2] and not token.entity_start:
                begun = (begun[0], token.end, begun[2])
                continue
            if begun:
                yield begun
            begun = (token.start, token.end, token.entity) if token.entity in ENTITIES else None
        if begun:
            yield begun


if __name__ == "__main__":
    raise SystemExit(main())
