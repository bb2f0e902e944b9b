#!/usr/bin/env python3
"""Seconds until `entente --help` and `entente explain` answer: the median of five runs each."""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import time
from pathlib import Path

ENTENTE = Path(sys.executable).parent / "entente"
COMMANDS = {"help": ["--help"], "explain": ["explain", "Belarus voted against a UN resolution.", "--date", "2016-12-20"]}


def main() -> int:
    """Measure, print, and compare with the floors."""
    figures = {name: round(statistics.median(run(arguments) for _ in range(5)), 3) for name, arguments in COMMANDS.items()}
    print(json.dumps(figures))
    floors = json.loads((Path(__file__).parent / "floors.json").read_text(encoding="utf-8"))["startup"]["at_most"]
    return 1 if any(figures[name] > floor for name, floor in floors.items()) else 0


def run(arguments: list[str]) -> float:
    """Return the wall time of one run in seconds."""
    start = time.perf_counter()
    subprocess.run([ENTENTE, *arguments], check=True, capture_output=True)
    return time.perf_counter() - start


if __name__ == "__main__":
    raise SystemExit(main())
