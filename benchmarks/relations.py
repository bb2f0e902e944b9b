#!/usr/bin/env python3
"""Relations between two given spans: macro F1 over types and quads with bootstrap intervals, by rules alone.

    relations.py FOLDER [--split dev|held-out] [--resamples N]

FOLDER holds `dev.jsonl` and `score.py`. Answers each row as `entente relate` does, has the answers scored by the set's own
scorer, and then resamples rows (percentile bootstrap, seed 0) for 95 % intervals.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
from split import add_split, chosen

from entente.coder import load_coder, make_document

BINS = 10
"""Bins of like width, over which the expected calibration error is summed."""

MERGED = {"CONCEDE": "YIELD", "RETREAT": "YIELD"}


def main() -> int:
    """Relate, score, resample."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    add_split(parser)
    parser.add_argument("--resamples", type=int, default=1000)
    parser.add_argument("--model", action="store_true", help="with the learned reader beside the rules")
    args = parser.parse_args()
    rows = [json.loads(line) for line in (args.folder / "dev.jsonl").read_text(encoding="utf-8").splitlines()]
    rows = chosen(rows, args.split)
    relations = list(load_coder(model=args.model).relate(pair_of(row) for row in rows))
    with tempfile.TemporaryDirectory() as folder:
        gold_file, predicted_file = Path(folder) / "gold.jsonl", Path(folder) / "predicted.jsonl"
        gold_file.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
        answers = [{"id": row["id"], **msgspec.structs.asdict(relation)} for row, relation in zip(rows, relations, strict=True)]
        predicted_file.write_text("".join(json.dumps(answer) + "\n" for answer in answers), encoding="utf-8")
        script = [sys.executable, str(args.folder / "score.py")]
        subprocess.run([*script, str(gold_file), str(predicted_file), "--classes"], check=True)
    for name, want, have in (
        ("type", [row["type"] for row in rows], [MERGED.get(r.type, r.type) for r in relations]),
        ("quad", [row["quad"] for row in rows], [r.quad for r in relations]),
    ):
        low, high = interval(want, have, args.resamples)
        print(f"{name:7} macro F1, 95 % interval of {args.resamples} resamples: {low:.3f} to {high:.3f}")
    right = [row["type"] == MERGED.get(r.type, r.type) for row, r in zip(rows, relations, strict=True)]
    print(f"expected calibration error of the types {calibration_error([r.confidence for r in relations], right):.3f}")
    return 0


def calibration_error(confidences: list[float], right: list[bool]) -> float:
    """Return the expected calibration error over ten bins of like width."""
    bins = bins_of(confidences)
    hits, sure = np.array(right, dtype=float), np.array(confidences)
    return float(sum(abs(hits[bins == b].mean() - sure[bins == b].mean()) * (bins == b).mean() for b in set(bins.tolist())))


def pair_of(row: dict[str, Any]) -> tuple[Any, tuple[tuple[int, int], ...], tuple[tuple[int, int], ...]]:
    """Return a row's text and the spans of its two sides."""
    sides = [tuple((span["start"], span["end"]) for span in row[key]) for key in ("actor", "recipient")]
    return make_document(row["text"], id=row["id"]), sides[0], sides[1]


def bins_of(confidences: list[float]) -> np.ndarray:
    """Return the number of the bin of each confidence."""
    return np.minimum((np.array(confidences) * BINS).astype(int), BINS - 1)


def interval(want: list[Any], have: list[Any], resamples: int) -> tuple[float, float]:
    """Return the 95 % percentile interval of macro F1 over the labels of ``want``."""
    gold, predicted, size = numbered(want, have)
    draws = np.random.default_rng(0).integers(0, len(gold), (resamples, len(gold)))
    figures = [macro_f1(gold[draw], predicted[draw], size) for draw in draws]
    low, high = np.quantile(figures, [0.025, 0.975])
    return float(low), float(high)


def numbered(want: list[Any], have: list[Any]) -> tuple[np.ndarray, np.ndarray, int]:
    """Return both lists by the numbers of the labels of ``want``, whatever is none of them as one more, and how many they are."""
    places = {label: i for i, label in enumerate(sorted(set(want)))}
    gold, predicted = ([places.get(label, len(places)) for label in labels] for labels in (want, have))
    return np.array(gold), np.array(predicted), len(places)


def macro_f1(gold: np.ndarray, predicted: np.ndarray, size: int) -> float:
    """Return macro F1 over the labels that a resample has."""
    right = np.bincount(gold[gold == predicted], minlength=size)[:size]
    wanted = np.bincount(gold, minlength=size)[:size]
    total = wanted + np.bincount(predicted, minlength=size + 1)[:size]
    return float(np.mean((2 * right / np.maximum(total, 1))[wanted > 0]))


if __name__ == "__main__":
    raise SystemExit(main())
