#!/usr/bin/env python3
"""F1 against gold passages, by the gold's own scorer.

    gold.py SCORER GOLD [GOLD …] [--details]

Codes the passages of each GOLD (a file or a folder) with the shipped coder, hands the records to SCORER (a script that takes
GOLD and a JSON Lines file) and prints its table.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

from corpus import read_passages

from entente.coder import load_coder
from entente.formats.jsonl import JsonLinesWriter


def main() -> int:
    """Code and score each gold set."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("scorer", type=Path)
    parser.add_argument("gold", nargs="+", type=Path)
    parser.add_argument("--details", action="store_true")
    args = parser.parse_args()
    coder = load_coder()
    for gold in args.gold:
        with tempfile.NamedTemporaryFile(suffix=".jsonl") as file:
            writer = JsonLinesWriter(file)  # type: ignore[arg-type]
            for _, records in coder.code_documents(read_passages(gold)):
                if isinstance(records, list):
                    writer.write(records)
            file.flush()
            print(gold.stem)
            extra = ["--details"] if args.details else []
            subprocess.run([sys.executable, args.scorer, gold, file.name, *extra], check=True)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
