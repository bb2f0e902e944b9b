"""Fit what joins rules and reader: a logistic model on gold passages that neither was made from, and its thresholds.

    fit.py GOLD… [--check GOLD…] [--write] [--plot FILE]

GOLD are passage files or folders in the annotation guide's format, of `written` and `alike` the third that nobody learned
from, and of `fresh`, from which nobody learned at all, every one: by these and by held-out sentences that tell nothing the
confidences are scaled, so that they hold for a stranger's text.
Prints F1 of rules alone and of both together, each fold by the weights of the others, and on those to check; with
``--write`` puts the weights beside the network, and with ``--plot`` draws how often what is said with a confidence is right, on
those to check and on each fold by the weights of the others.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import altair
import numpy as np
from package import FILES
from passages import SPLIT, files_of
from relations import bins_of, calibration_error
from sentences import is_held_out, read_file
from sklearn.linear_model import LogisticRegression

from entente.analysis.goldscore import Claim, Passage, agrees, claim_of, read_passage, score_records
from entente.coder import Coder, load_coder
from entente.coding.fusion import PRECISIONS, Candidate, Fusion, Precision, fewest_parties, find_candidates, fuse
from entente.coding.merge import merge_records
from entente.formats.public import public_of
from entente.judging import Judge, load_judge
from entente.reading.fields import day_of
from entente.records.record import KINDS
from entente.records.text import Document

SENTENCES = Path(__file__).resolve().parent / "sentences"
FRESH = "fresh"
STRENGTH = 0.3  # of the penalty on weights
BETA = {"high": 0.5, "balanced": 1.0, "recall": 2.0}
GRID = [0.0, *(round(0.15 + 0.05 * i, 2) for i in range(16))]
NEVER = 1.01
SLACK = 0.0  # of F1, that passages may lose from which rules were written


@dataclass(eq=False)
class Read:
    """A passage with the candidates of its sentences, and whether each is right."""

    passage: Passage
    sentences: list[list[Candidate]]
    right: list[list[bool]]


def read_passages(path: Path) -> list[Passage]:
    """Return the passages of a file or folder that nobody learned from."""
    return [read_passage(file.read_bytes()) for file in files_of(path, "held-out")]


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
        judgement = judge.judge(scene.sentence, scene.resolved, fewest=fewest_parties(records))
        found = find_candidates(scene, records, near, judgement, coder.codebook.vocabulary)
        sentences.append(found)
        right.append([_is_right(passage, candidate) for candidate in found])
    return Read(passage, sentences, right)


def _is_right(passage: Passage, candidate: Candidate) -> bool:
    claim, line = _claim(candidate), _line(passage, candidate)
    return any(gold.sentence == line and agrees(claim, gold) for gold in passage.records)


def _claim(candidate: Candidate) -> Claim:
    return claim_of(public_of(merge_records([candidate.record])[0]))


def _line(passage: Passage, candidate: Candidate) -> int:
    return passage.text.count("\n", 0, candidate.record.evidence.start)


Judged = list[tuple[Candidate, bool]]
"""Candidates, each with whether it is right."""


def of_voice(reads: Iterable[Read], voice: str, *, judged: bool) -> Judged:
    """Return the candidates of a voice of which the reader says something, or nothing."""
    return [
        (candidate, ok)
        for read in reads
        for found, right in zip(read.sentences, read.right, strict=True)
        for candidate, ok in zip(found, right, strict=True)
        if candidate.voice == voice and (candidate.logit is not None) == judged and candidate.features
    ]


def fit_voice(pooled: Judged, fresh: Judged) -> dict[str, float]:
    """Return the weights of a voice: what speaks for a record by all passages, how sure it is by those nobody learned from."""
    names = sorted({name for candidate, _ in pooled for name in candidate.features})
    labels = sorted({candidate.label for candidate, _ in pooled})

    def features(pairs: Judged) -> list[list[float]]:
        return [
            [*(float(c.record.kind == kind) for kind in KINDS), *(float(c.label == label) for label in labels)]
            + [c.features[name] for name in names]
            for c, _ in pairs
        ]

    model = LogisticRegression(C=STRENGTH, max_iter=2000).fit(features(pooled), [ok for _, ok in pooled])
    scores = model.decision_function(features(fresh)).reshape(-1, 1)
    scale = LogisticRegression(C=STRENGTH).fit(scores, [ok for _, ok in fresh])
    slope, shift = float(scale.coef_[0, 0]), float(scale.intercept_[0])
    weights = zip((*KINDS, *labels, *names), model.coef_[0], strict=True)
    return {name: round(float(slope * w + (slope * model.intercept_[0] + shift) * (name in KINDS)), 3) for name, w in weights}


def weigh(reads: Sequence[Read], fresh: Sequence[Read]) -> Fusion:
    """Return the weights of all voices, without thresholds."""
    voices = (("rule", True), ("reader", True), ("rule", False))
    rule, reader, alone = (
        fit_voice(of_voice(reads, voice, judged=judged), of_voice(fresh, voice, judged=judged)) for voice, judged in voices
    )
    return Fusion(rule, reader, alone, {})


def fit(known: Sequence[Read], strange: Sequence[Read], empty: Sequence[Read]) -> Fusion:
    """Return weights, and the thresholds that are best for the passages that nobody learned from.

    But for ``recall``, precision there must not fall below the rules', and passages that rules were written from must not pay.

    Args:
        known: Passages that rules were written from.
        strange: Passages that nobody learned from.
        empty: Sentences that tell nothing.
    """
    plain = weigh([*known, *strange, *empty], [*strange, *empty])
    floor, paying = measure(strange, None, "balanced")[0], measure(known, None, "balanced")[2] - SLACK
    best = dict.fromkeys(PRECISIONS, (-9.0, {"rule": 0.0, "reader": NEVER}))
    for rule in GRID:
        for reader in (*GRID[1:], NEVER):
            limits = {"rule": rule, "reader": reader}
            tried = Fusion(plain.rule, plain.reader, plain.alone, {"balanced": limits})
            p, r, _ = measure(strange, tried, "balanced")
            paid = measure(known, tried, "balanced")[2] < paying
            for precision in PRECISIONS:
                beta = BETA[precision] ** 2
                worth = (1 + beta) * p * r / max(beta * p + r, 1e-9)
                worth -= (precision != "recall" and p < floor) + (precision == "balanced" and paid)
                best[precision] = max(best[precision], (worth, limits), key=lambda pair: pair[0])
    return Fusion(plain.rule, plain.reader, plain.alone, {precision: limits for precision, (_, limits) in best.items()})


def measure(reads: Sequence[Read], fusion: Fusion | None, precision: Precision) -> tuple[float, float, float]:
    """Return precision, recall and F1 of all kinds; of the rules alone without a fusion."""
    return measure_each([(read, fusion) for read in reads], precision)


def measure_each(reads: Sequence[tuple[Read, Fusion | None]], precision: Precision) -> tuple[float, float, float]:
    """Return precision, recall and F1 of all kinds, each passage by its own fusion."""
    claims = []
    for read, fusion in reads:
        records = []
        for found in read.sentences:
            if fusion is None:
                records += [c.record for c in found if c.voice == "rule"]
            else:
                records += [record for record, _ in fuse(found, fusion, precision)[0]]
        claims += [claim_of(public_of(record)) for record in merge_records(records)]
    figures = score_records([read.passage for read, _ in reads], claims).kinds["all"]
    return figures.precision, figures.recall, figures.f1


Sure = list[tuple[float, bool]]
"""How sure the two voices are of records, each with whether it is right."""


def sureness(reads: Sequence[Read], fusion: Fusion) -> Sure:
    """Return how sure the two voices are of each record that stands, and whether it is right."""
    return [
        (record.confidence, _is_right(read.passage, Candidate(record, "rule", None)))
        for read in reads
        for found in read.sentences
        for record, _ in fuse(found, fusion, "balanced")[0]
    ]


def error_of(sure: Sure) -> float:
    """Return the expected calibration error."""
    return calibration_error([confidence for confidence, _ in sure], [ok for _, ok in sure]) if sure else 0.0


def draw(sure: Sure, path: Path) -> None:
    """Draw how often records are right, by how sure the voices are of them, with how many they are."""
    confidences = [confidence for confidence, _ in sure]
    bins = bins_of(confidences)
    hits, told = np.array([float(ok) for _, ok in sure]), np.array(confidences)
    rows = [
        {"confidence": told[bins == b].mean(), "right": hits[bins == b].mean(), "records": int((bins == b).sum())}
        for b in sorted(set(bins.tolist()))
    ]
    whole = altair.Scale(domain=[0, 1])
    axes = {
        "x": altair.X("confidence:Q", scale=whole, title="confidence"),
        "y": altair.Y("right:Q", scale=whole, title="share that is right"),
    }
    ideal = altair.Chart(altair.Data(values=[{"confidence": i, "right": i} for i in (0, 1)])).mark_line(
        strokeDash=[4, 4], color="#999"
    )
    line = altair.Chart(altair.Data(values=rows))
    numbers = line.mark_text(dx=14, dy=10, fontSize=10).encode(**axes, text="records:Q")
    chart = ideal.encode(**axes) + line.mark_line(point=True, color="#1f5a92").encode(**axes) + numbers
    chart.properties(width=320, height=320).save(str(path))


def shown(figures: tuple[float, float, float]) -> str:
    """Return figures as words."""
    return f"precision {figures[0]:.3f} recall {figures[1]:.3f} F1 {figures[2]:.3f}"


def main() -> int:
    """Fit, measure, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", nargs="+", type=Path)
    parser.add_argument("--check", nargs="*", type=Path, default=[])
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--plot", type=Path)
    args = parser.parse_args()
    coder, judge = load_coder(model=False), load_judge()
    read = {path: [read_candidates(coder, judge, passage) for passage in read_passages(path)] for path in args.gold}
    strange = [one for path, reads in read.items() if path.name in (*SPLIT, FRESH) for one in reads]
    known = [one for path, reads in read.items() if path.name not in (*SPLIT, FRESH) for one in reads]
    empty = [read_candidates(coder, judge, passage) for passage in read_empty()]
    reads = [*known, *strange]
    fusion = fit(known, strange, empty)
    folds = [reads[i::5] for i in range(5)]
    fitted = [fit(*([one for one in part if one not in held] for part in (known, strange)), empty) for held in folds]
    by_others = [(one, weights) for held, weights in zip(folds, fitted, strict=True) for one in held]
    for name, part in (*((path.name, reads) for path, reads in read.items()), ("all that nobody learned from", strange)):
        print(name, "rules  ", shown(measure(part, None, "balanced")))
        print(name, "by folds", shown(measure_each([pair for pair in by_others if pair[0] in part], "balanced")))
    sure = [pair for one, weights in by_others if one in strange for pair in sureness([one], weights)]
    print(f"expected calibration error on the {len(sure)} records of folds that nobody learned from {error_of(sure):.3f}")
    print(fusion)
    everything: list[Read] = []
    for path in args.check:
        checked = [read_candidates(coder, judge, passage) for passage in read_passages(path)]
        print(path.stem, "rules", shown(measure(checked, None, "balanced")))
        for precision in PRECISIONS:
            print(path.stem, precision, shown(measure(checked, fusion, precision)))
        everything += checked
    checked_too = sureness(everything, fusion)
    print(f"expected calibration error on the {len(checked_too)} records to check {error_of(checked_too):.3f}")
    if args.plot:
        draw([*sure, *checked_too], args.plot)
    if args.write:
        path = FILES / "settings.json"
        settings = json.loads(path.read_text(encoding="utf-8"))
        settings["fusion"] = settings.get("fusion", {}) | {
            "rule": fusion.rule,
            "reader": fusion.reader,
            "alone": fusion.alone,
            "thresholds": fusion.thresholds,
        }
        path.write_text(json.dumps(settings, indent=1) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
