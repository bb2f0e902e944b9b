"""Fit what joins rule and reader between two given spans, on the sentences that neither was made from.

    fit_relate.py [--write]

Every event of a held-out sentence with one actor and one recipient is a row. The weights are those of the least log loss on a
grid; printed are macro F1 over the types (CONCEDE and RETREAT as one), by rule and together, and the expected calibration error.
"""

from __future__ import annotations

import json
import math
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from package import FILES
from sentences import EVENTS, is_held_out, read_file

from entente.coder import load_coder, make_document
from entente.coding.relate import A, B, Relater, Relation, _reading, mark_parties
from entente.coding.scene import Scene
from entente.judging import load_judge
from entente.records.annotations import DatedDocument
from entente.resolving import resolve_document

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent / "benchmarks"))
from relations import calibration_error, macro_f1, numbered

HERE = Path(__file__).resolve().parent
MERGED = {"RETREAT": "CONCEDE"}
TRUST = 4.0  # of a rule's confidence against logits: not fitted, since these sentences are hard on rules on purpose


def read_rows() -> Iterator[tuple[str, list[tuple[int, int]], list[tuple[int, int]], str]]:
    """Yield text, spans of both sides and type of the held-out events between one and one."""
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


def main() -> int:
    """Fit, measure, write."""
    coder, judge = load_coder(model=False), load_judge()
    relater = Relater(coder.codebook)
    rows = list(read_rows())
    answers: list[tuple[str, Relation, dict[str, float] | None]] = []
    documents = (make_document(text, id=str(i)) for i, (text, _, _, _) in enumerate(rows))
    for parsed, (_, actor, recipient, label) in zip(coder._parse(documents), rows, strict=True):
        resolved = mark_parties(resolve_document(parsed, coder._index), {A: actor, B: recipient})
        scenes = [Scene(s, coder._clauses(s), resolved, DatedDocument(parsed, {}, {}), coder._words) for s in parsed.sentences]
        readings = [r for s in scenes if (r := _reading(s, judge.judge(s.sentence, resolved)))]
        answers.append((label, relater._by_rule(scenes), max(readings, key=lambda r: max(r.values())) if readings else None))
    best = min(
        (loss_of(answers, (reader, rule, confidence)), (reader, rule, confidence))
        for reader in (0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0)
        for rule in (-2.0, -1.0, -0.5, 0.0)
        for confidence in (0.0, 1.0, 2.0, 3.0, 4.0)
    )
    weights = dict(zip(("reader", "rule", "confidence"), best[1], strict=True)) | {"trust": TRUST}
    joint = Relater(coder.codebook, weights)
    together = [joint._weigh(relation, reading) if reading else relation for _, relation, reading in answers]
    gold = [MERGED.get(label, label) for label, _, _ in answers]
    alone = [max(reading, key=reading.get) if reading else relation.type for _, relation, reading in answers]
    print(f"{len(rows)} rows; weights {weights}; log loss {best[0]:.3f}")
    for name, types in (("rule", [r.type for _, r, _ in answers]), ("reader", alone), ("together", [r.type for r in together])):
        print(f"{name:9} macro F1 {macro_f1(*numbered(gold, [MERGED.get(t, t) for t in types])):.3f}")
    right = [MERGED.get(r.type, r.type) == g for r, g in zip(together, gold, strict=True)]
    print(f"expected calibration error {calibration_error([r.confidence for r in together], right):.3f}")
    if "--write" in sys.argv:
        path = FILES / "settings.json"
        settings = json.loads(path.read_text(encoding="utf-8"))
        settings.setdefault("fusion", {})["relate"] = weights
        path.write_text(json.dumps(settings, indent=1) + "\n", encoding="utf-8")
    return 0


def loss_of(answers: list[tuple[str, Relation, dict[str, float] | None]], weights: tuple[float, float, float]) -> float:
    """Return the mean log loss of the right types."""
    reader, rule, confidence = weights
    losses = []
    for label, relation, reading in answers:
        if reading:
            points = {type_: reader * logit for type_, logit in reading.items()}
            points[relation.type] = points.get(relation.type, 0.0) + rule + confidence * relation.confidence
            merged: dict[str, float] = {}
            for type_, value in points.items():
                name = MERGED.get(type_, type_)
                merged[name] = merged.get(name, 0.0) + math.exp(value)
            losses.append(-math.log(merged.get(MERGED.get(label, label), 1e-6) / sum(merged.values())))
    return float(np.mean(losses))


if __name__ == "__main__":
    raise SystemExit(main())
