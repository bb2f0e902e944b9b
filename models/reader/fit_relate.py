"""Fit what joins rule and reader between two given spans, on sentences that the reader was not made from.

    fit_relate.py [--write]

A row is an event with its two sides. The scale of the reader's logits is that of the least log loss, half by the wire
sentences of `benchmarks/wire`, which are as press agencies write, and half by the held-out sentences of this folder, hard on
purpose; and so is what turns how far an answer is ahead of others into how often it is right.
Printed are macro F1 over the types (CONCEDE and RETREAT as one), by rule and together, and the expected calibration error.
"""

from __future__ import annotations

import json
import math
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from package import FILES
from sentences import EVENTS, is_held_out, read_file
from sklearn.linear_model import LogisticRegression

from entente.coder import Coder, load_coder, make_document
from entente.coding.relate import A, B, Relater, Relation, _reading, mark_parties
from entente.coding.scene import Scene
from entente.judging import Judge, load_judge
from entente.records.annotations import DatedDocument
from entente.resolving import resolve_document

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent / "benchmarks"))
from relations import calibration_error, macro_f1, numbered

HERE = Path(__file__).resolve().parent
WIRE = HERE.parent.parent / "benchmarks" / "wire" / "records.jsonl"
MERGED = {"RETREAT": "CONCEDE"}
GRID = [round(0.1 + 0.05 * i, 2) for i in range(30)]
TRUST = 4.0  # of a rule's confidence against logits: not fitted, since these sentences are hard on rules on purpose


Row = tuple[str, list[tuple[int, int]], list[tuple[int, int]], str]
"""Text, the spans of both sides, and the type."""

Answer = tuple[str, Relation, dict[str, float] | None]
"""The right type, the rule's answer and the reader's logits."""


def read_own() -> Iterator[Row]:
    """Yield the held-out events between one and one."""
    for file in sorted((HERE / "sentences").glob("*.txt")):
        for example in read_file(file):
            if not is_held_out(example.text):
                continue
            seen = set()
            for told in example.records:
                key = told.actor, told.recipient
                if told.optional or told.label not in EVENTS or len(told.actor) != 1 or len(told.recipient) != 1 or key in seen:
                    continue
                seen.add(key)
                sides = [[(m.start, m.end) for m in example.mentions if m.actors == side] for side in key]
                if all(sides):
                    yield example.text, sides[0], sides[1], told.label


def read_wire() -> Iterator[Row]:
    """Yield the wire sentences that name both sides."""
    for line in WIRE.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        sources, targets = row["sources"], row["targets"]
        if row["reciprocal"] and len(sources) > 1:
            sources, targets = sources[:1], sources[1:]
        sides = [[place_of(row["text"], side["text"]) for side in part] for part in (sources, targets)]
        if all(sides):
            yield row["text"], sides[0], sides[1], row["event"]


def place_of(text: str, words: str) -> tuple[int, int]:
    """Return where words stand in a text."""
    start = text.index(words)
    return start, start + len(words)


def main() -> int:
    """Fit, measure, write."""
    coder, judge = load_coder(model=False), load_judge()
    wire, own = (read_answers(coder, judge, list(rows)) for rows in (read_wire(), read_own()))
    best = min(GRID, key=lambda scale: (loss_of(wire, scale) + loss_of(own, scale)) / 2)
    weights = {"reader": best, "trust": TRUST, "slope": 1.0, "shift": 0.0}
    weights |= calibrate(Relater(coder.codebook, weights), wire, own)
    print(f"weights {weights}")
    joint = Relater(coder.codebook, weights)
    for name, answers in (("wire", wire), ("own", own)):
        report(name, joint, answers)
    if "--write" in sys.argv:
        path = FILES / "settings.json"
        settings = json.loads(path.read_text(encoding="utf-8"))
        settings.setdefault("fusion", {})["relate"] = weights
        path.write_text(json.dumps(settings, indent=1) + "\n", encoding="utf-8")
    return 0


def read_answers(coder: Coder, judge: Judge, rows: Sequence[Row]) -> list[Answer]:
    """Return what the rules and the reader say of rows."""
    relater = Relater(coder.codebook)
    answers: list[Answer] = []
    documents = (make_document(text, id=str(i)) for i, (text, *_) in enumerate(rows))
    for parsed, (_, actor, recipient, label) in zip(coder._parse(documents), rows, strict=True):
        resolved = mark_parties(resolve_document(parsed, coder._index), {A: actor, B: recipient})
        scenes = [Scene(s, coder._clauses(s), resolved, DatedDocument(parsed, {}, {}), coder._words) for s in parsed.sentences]
        readings = [r for s in scenes if (r := _reading(s, judge.judge(s.sentence, resolved)))]
        answers.append((label, relater._by_rule(scenes), max(readings, key=lambda r: max(r.values())) if readings else None))
    return answers


def report(name: str, joint: Relater, answers: Sequence[Answer]) -> None:
    """Print how good the answers are, by each voice and together."""
    together = [joint._weigh(relation, reading) if reading else relation for _, relation, reading in answers]
    gold = [MERGED.get(label, label) for label, _, _ in answers]
    alone = [max(reading, key=reading.get) if reading else relation.type for _, relation, reading in answers]
    voices = (("rule", [r.type for _, r, _ in answers]), ("reader", alone), ("together", [r.type for r in together]))
    figures = " ".join(f"{voice} {macro_f1(*numbered(gold, [MERGED.get(t, t) for t in types])):.3f}" for voice, types in voices)
    right = [MERGED.get(r.type, r.type) == g for r, g in zip(together, gold, strict=True)]
    error = calibration_error([r.confidence for r in together], right)
    print(f"{name}: {len(answers)} rows, macro F1 {figures}; expected calibration error {error:.3f}")


def loss_of(answers: Sequence[Answer], scale: float) -> float:
    """Return the mean log loss of the right types, the reader's logits scaled."""
    losses = []
    for label, relation, reading in answers:
        if reading:
            points = {type_: scale * logit for type_, logit in reading.items()}
            points[relation.type] = points.get(relation.type, 0.0) + TRUST * relation.confidence
            merged: dict[str, float] = {}
            for type_, value in points.items():
                name = MERGED.get(type_, type_)
                merged[name] = merged.get(name, 0.0) + math.exp(value)
            losses.append(-math.log(merged.get(MERGED.get(label, label), 1e-6) / sum(merged.values())))
    return float(np.mean(losses))


def calibrate(joint: Relater, *sets: Sequence[Answer]) -> dict[str, float]:
    """Return what turns how far an answer is ahead into how often it is right, each set as heavy as another."""
    ahead, right, heavy = [], [], []
    for answers in sets:
        told = [(label, joint._weigh(relation, reading)) for label, relation, reading in answers if reading]
        ahead += [[math.log(c / (1 - c))] for c in (min(max(r.confidence, 0.001), 0.999) for _, r in told)]
        right += [MERGED.get(r.type, r.type) == MERGED.get(label, label) for label, r in told]
        heavy += [1000 / len(told)] * len(told)
    model = LogisticRegression().fit(ahead, right, sample_weight=heavy)
    return {"slope": round(float(model.coef_[0, 0]), 3), "shift": round(float(model.intercept_[0]), 3)}


if __name__ == "__main__":
    raise SystemExit(main())
