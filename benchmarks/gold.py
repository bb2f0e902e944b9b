#!/usr/bin/env python3
"""F1 against gold passages, by the gold's own scorer.

    gold.py SCORER GOLD [GOLD …] [--details] [--split dev|held-out]

Codes the passages of each GOLD (a file or a folder) with the shipped coder, hands the records to SCORER (a script that takes
GOLD and a JSON Lines file) and prints its table. With `--split` only two thirds of a folder's passages, or the other third.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from corpus import read_passages
from split import Split, add_split, chosen

from entente.coder import load_coder
from entente.formats.jsonl import JsonLinesWriter


def main() -> int:
    """Code and score each gold set."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("scorer", type=Path)
    parser.add_argument("gold", nargs="+", type=Path)
    parser.add_argument("--details", action="store_true")
    add_split(parser)
    parser.add_argument("--model", action="store_true", help="with the learned reader beside the rules")
    args = parser.parse_args()
    coder = load_coder(model=args.model)
    for gold in args.gold:
        print(gold.stem, args.split or "")
        with tempfile.TemporaryDirectory() as folder:
            passages, records_file = Path(folder) / "passages", Path(folder) / "records.jsonl"
            copy_chosen(gold, passages, args.split)
            with records_file.open("wb") as file:
                writer = JsonLinesWriter(file)
                for _, records in coder.code_documents(read_passages(passages)):
                    if isinstance(records, list):
                        writer.write(records)
            extra = ["--details"] if args.details else []
            subprocess.run([sys.executable, args.scorer, passages, records_file, *extra], check=True)
    return 0


def copy_chosen(gold: Path, folder: Path, split: Split | None) -> None:
    """Copy the passages of a split into a folder."""
    folder.mkdir()
    files = sorted(gold.glob("*.json")) if gold.is_dir() else [gold]
    for file in chosen(files, split, lambda file: str(json.loads(file.read_text(encoding="utf-8"))["id"])):
        shutil.copy(file, folder)


if __name__ == "__main__":
    raise SystemExit(main())
