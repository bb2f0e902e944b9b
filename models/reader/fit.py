"""Fit what joins rules and reader: a logistic model on gold passages that neither was made from, and its thresholds.

    fit.py GOLD… [--check GOLD…] [--write]

GOLD are passage files or folders in the annotation guide's format. Prints F1 of rules alone and of both together, on the passages
themselves passage by passage (fitted on the others) and on those to check; with ``--write`` puts the weights beside the network.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from package import FILES
from sentences import is_held_out, read_file
from sklearn.linear_model import LogisticRegression

from entente.analysis.goldscore import Claim, Passage, agrees, claim_of, read_passage, score_records
from entente.coder import Coder, load_coder
from entente.coding.fusion import PRECISIONS, Candidate, Fusion, find_candidates, fuse
from entente.coding.merge import merge_records
from entente.formats.public import public_of
from entente.judging import Judge, load_judge
from entente.reading.fields import day_of
from entente.records.record import KINDS
from entente.records.text import Document

SENTENCES = Path(__file__).resolve().parent / "sentences"
STRENGTH = 0.3  # of the penalty on weights
BETA = {"high": 0.5, "balanced": 1.0, "recall": 2.0}
GRID = [0.0, *(round(0.15 + 0.05 * i, 2) for i in range(16))]
NEVER = 1.01
SLACK = 0.015  # of F1, that a small group may lose: of the seed's 36 records half a record


@dataclass
class Read:
    """A passage with the candidates of its sentences, and whether each is right."""

    passage: Passage
    sentences: list[list[Candidate]]
    right: list[list[bool]]


def read_passages(paths: Iterable[Path]) -> list[Passage]:
    """Return the passages of files and folders."""
    files = (file for path in paths for file in (sorted(path.glob("*.json")) if path.is_dir() else [path]))
    return [read_passage(file.read_bytes()) for file in files]


def read_empty() -> list[Passage]:
    """Return the held-out sentences that tell nothing, each a passage without records."""
    examples = (e for file in sorted(SENTENCES.glob("*.txt")) for e in read_file(file) if not e.records and is_held_out(e.text))
    rows = ({"id": e.where, "date": "2026-06-15", "title": "", "sentences": [e.text], "records": []} for e in examples)
    return [read_passage(json.dumps(row).encode()) for row in rows]


def read_candidates(coder: Coder, judge: Judge, passage: Passage) -> Read:
    """Return a passage's candidates, each with whether it is right."""
    document = Document(id=passage.id, text=passage.text, published=day_of(passage.date), title=passage.title)
    sentences, right = [], []
    for scene, records, near in coder._by_rule(next(coder._parse([document]))):
        judgement = judge.judge(scene.sentence, scene.resolved)
        found = find_candidates(scene, records, near, judgement, coder.codebook.vocabulary)
        sentences.append(found)
        right.append(
            [any(agrees(_claim(c), gold) and gold.sentence == _line(passage, c) for gold in passage.records) for c in found]
        )
    return Read(passage, sentences, right)


def _is_right(passage: Passage, candidate: Candidate) -> bool:
    claim, line = _claim(candidate), _line(passage, candidate)
    return any(gold.sentence == line and agrees(claim, gold) for gold in passage.records)


def _claim(candidate: Candidate) -> Claim:
    return claim_of(public_of(merge_records([candidate.record])[0]))


def _line(passage: Passage, candidate: Candidate) -> int:
    return passage.text.count("\n", 0, candidate.record.evidence.start)


def fit_voice(reads: Sequence[Read], voice: str) -> dict[str, float]:
    """Return the weights of a voice."""
    pairs = [
        (candidate, ok)
        for read in reads
        for found, right in zip(read.sentences, read.right, strict=True)
        for candidate, ok in zip(found, right, strict=True)
        if candidate.voice == voice and candidate.logit is not None
    ]
    names = sorted({name for candidate, _ in pairs for name in candidate.features})
    x = np.array([[*(float(c.record.kind == kind) for kind in KINDS), *(c.features[name] for name in names)] for c, _ in pairs])
    model = LogisticRegression(C=STRENGTH, max_iter=2000).fit(x, np.array([ok for _, ok in pairs]))
    weights = zip((*KINDS, *names), model.coef_[0], strict=True)
    return {name: round(float(w + model.intercept_[0] * (name in KINDS)), 3) for name, w in weights}


def fit(groups: Sequence[Sequence[Read]], empty: Sequence[Read]) -> Fusion:
    """Return weights, for which sentences that tell nothing count too, and the thresholds that are best for all groups pooled.

    But for ``recall``, precision must not fall below the rules', and no group may pay for another with its F1.
    """
    groups = [group for group in groups if group]
    reads = [read for group in groups for read in group]
    plain = Fusion(fit_voice([*reads, *empty], "rule"), fit_voice([*reads, *empty], "reader"), {})
    floor, floors = measure(reads, None, "balanced")[0], [measure(group, None, "balanced")[2] for group in groups]
    best = dict.fromkeys(PRECISIONS, (-9.0, {"rule": 0.0, "reader": NEVER}))
    for rule in GRID:
        for reader in (*GRID[1:], NEVER):
            limits = {"rule": rule, "reader": reader}
            tried = Fusion(plain.rule, plain.reader, {"balanced": limits})
            p, r, _ = measure(reads, tried, "balanced")
            paid = any(measure(g, tried, "balanced")[2] < f - SLACK for g, f in zip(groups, floors, strict=True))
            for precision in PRECISIONS:
                beta = BETA[precision] ** 2
                worth = (1 + beta) * p * r / max(beta * p + r, 1e-9)
                worth -= (precision != "recall" and p < floor) + (precision == "balanced" and paid)
                best[precision] = max(best[precision], (worth, limits), key=lambda pair: pair[0])
    return Fusion(plain.rule, plain.reader, {precision: limits for precision, (_, limits) in best.items()})


def measure(reads: Sequence[Read], fusion: Fusion | None, precision: str) -> tuple[float, float, float]:
    """Return precision, recall and F1 of all kinds; of the rules alone without a fusion."""
    claims = []
    for read in reads:
        records = []
        for found in read.sentences:
            if fusion is None:
                records += [c.record for c in found if c.voice == "rule"]
            else:
                records += [record for record, _ in fuse(found, fusion, precision)[0]]
        claims += [claim_of(public_of(record)) for record in merge_records(records)]
    figures = score_records([read.passage for read in reads], claims).kinds["all"]
    return figures.precision, figures.recall, figures.f1


def shown(figures: tuple[float, float, float]) -> str:
    """Return figures as words."""
    return f"precision {figures[0]:.3f} recall {figures[1]:.3f} F1 {figures[2]:.3f}"


def main() -> int:
    """Fit, measure, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", nargs="+", type=Path)
    parser.add_argument("--check", nargs="*", type=Path, default=[])
    parser.add_argument("--write", action="store_true")
    args = parser.parse_args()
    coder, judge = load_coder(model=False), load_judge()
    groups = [[read_candidates(coder, judge, passage) for passage in read_passages([path])] for path in args.gold]
    reads = [read for group in groups for read in group]
    empty = [read_candidates(coder, judge, passage) for passage in read_empty()]
    fusion = fit(groups, empty)
    print("rules alone     ", shown(measure(reads, None, "balanced")))
    print("fitted on itself", shown(measure(reads, fusion, "balanced")))
    folds = [reads[i::5] for i in range(5)]
    fitted = [fit([[r for r in group if r not in held] for group in groups], empty) for held in folds]
    parts = [measure(held, one, "balanced") for held, one in zip(folds, fitted, strict=True)]
    print("five folds      ", shown(tuple(float(np.mean([part[i] for part in parts])) for i in range(3))))
    print(fusion)
    for path in args.check:
        checked = [read_candidates(coder, judge, passage) for passage in read_passages([path])]
        print(path.stem, "rules", shown(measure(checked, None, "balanced")))
        for precision in PRECISIONS:
            print(path.stem, precision, shown(measure(checked, fusion, precision)))
    if args.write:
        path = FILES / "settings.json"
        settings = json.loads(path.read_text(encoding="utf-8"))
        settings["fusion"] = settings.get("fusion", {}) | {
            "rule": fusion.rule,
            "reader": fusion.reader,
            "thresholds": fusion.thresholds,
        }
        path.write_text(json.dumps(settings, indent=1) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
