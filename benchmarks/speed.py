#!/usr/bin/env python3
"""Words per second and peak memory, end to end on one core: text in, records out.

    speed.py [GOLD] [--documents N]

GOLD is a gold passage or a folder of them; without it the bundled sample is repeated. Prints one JSON object and exits with 1
where a figure is below its floor. `memory_growth_mb` is how much more the second half of the stream needs than the first.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import sys
import time
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")

from corpus import count_words, digest, read_passages, read_sample, repeat

from entente.coder import load_coder


def main() -> int:
    """Measure, print, and compare with the floors."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", nargs="?", type=Path)
    parser.add_argument("--documents", type=int, default=300)
    parser.add_argument("--model", action="store_true", help="with the learned reader beside the rules")
    args = parser.parse_args()
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    documents = read_passages(args.gold) if args.gold else read_sample()
    figures = measure(documents, args.documents, model=args.model)
    print(json.dumps(figures))
    floors = json.loads((Path(__file__).parent / "floors.json").read_text(encoding="utf-8"))["speed"]
    failed = [f"{name} {figures[name]} misses {floor}" for name, floor in floors["at_least"].items() if figures[name] < floor]
    failed += [f"{name} {figures[name]} exceeds {floor}" for name, floor in floors["at_most"].items() if figures[name] > floor]
    print("\n".join(failed), file=sys.stderr)
    return 1 if failed else 0


def measure(documents: list, count: int, *, model: bool) -> dict[str, float | str]:
    """Code ``count`` documents and return words per second of wall and of processor time, and memory in MB."""
    coder = load_coder(model=model)
    for _ in coder.code_documents(repeat(documents, len(documents))):
        pass
    stream = list(repeat(documents, count))
    words, halfway = count_words(stream), 0.0
    wall, cpu = time.perf_counter(), time.process_time()
    records = 0
    for number, (_, found) in enumerate(coder.code_documents(iter(stream)), 1):
        records += len(found) if isinstance(found, list) else 0
        if number == count // 2:
            halfway = peak_mb()
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    return {
        "corpus": digest(documents),
        "documents": count,
        "words": words,
        "records": records,
        "words_per_second": round(words / wall),
        "words_per_cpu_second": round(words / cpu),
        "peak_mb": round(peak_mb()),
        "memory_growth_mb": round(peak_mb() - halfway, 1),
    }


def peak_mb() -> float:
    """Return the process's peak resident memory in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    raise SystemExit(main())
