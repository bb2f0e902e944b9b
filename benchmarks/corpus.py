"""The texts that benchmarks run on: gold passages where they are at hand, else the bundled sample."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

from msgspec.structs import replace

from entente.records.text import Document

SAMPLE = Path(__file__).parent.parent / "src" / "entente" / "demo" / "sample.jsonl"


def read_passages(path: Path) -> list[Document]:
    """Return the documents of gold passages (a JSON file or a folder of them)."""
    files = sorted(path.glob("*.json")) if path.is_dir() else [path]
    return [_document(json.loads(file.read_text(encoding="utf-8"))) for file in files]


def _document(passage: dict[str, object]) -> Document:
    return Document(
        id=str(passage["id"]),
        text="\n".join(passage["sentences"]),  # type: ignore[arg-type]
        published=dt.date.fromisoformat(str(passage["date"])),
        title=str(passage["title"]),
    )


def read_sample() -> list[Document]:
    """Return the bundled sample."""
    rows = [json.loads(line) for line in SAMPLE.read_text(encoding="utf-8").splitlines()]
    return [Document(id=row["id"], text=row["text"], published=dt.date.fromisoformat(row["published"])) for row in rows]


def repeat(documents: list[Document], count: int) -> Iterator[Document]:
    """Yield ``count`` documents, the given ones in turn under new ids and with a sentence of their own: nothing can be cached."""
    for i in range(count):
        document = documents[i % len(documents)]
        yield replace(document, id=f"{document.id}-{i}", text=f"{document.text}\nThis was report number {i}.")


def count_words(documents: list[Document]) -> int:
    """Return the number of white-space separated words."""
    return sum(len(document.text.split()) for document in documents)


def digest(documents: list[Document]) -> str:
    """Return twelve hexadecimal digits that name the corpus."""
    return hashlib.sha256("\0".join(document.text for document in documents).encode()).hexdigest()[:12]
