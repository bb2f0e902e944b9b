"""Train, export and measure the English pipeline: the one command behind the package's weights."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from evaluate import evaluate
from export import export
from train import EPOCHS, STOP, train

PACKAGE = Path(__file__).resolve().parent.parent / "en_entente"


def retrain(treebanks: Path, run: Path, *, news: Path | None, epochs: int, stop: int, seed: int) -> None:
    """Train into *run*, replace the package's pipeline, and fill its card with what the pipeline scores."""
    checkpoint = train(treebanks, run, epochs=epochs, stop=stop, seed=seed)
    pipeline = PACKAGE / "en_entente" / "pipeline"
    export(treebanks, checkpoint, pipeline)
    evaluate(treebanks, news=news, card=PACKAGE / "README.md", pipeline=pipeline)


def read_arguments(argv: Sequence[str]) -> argparse.Namespace:
    """Parse the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("treebanks", type=Path, help="folder with train.spacy, dev.spacy and the test sets")
    parser.add_argument("run", type=Path, help="folder for the checkpoints")
    parser.add_argument("--news", type=Path, help="the news texts' docs.jsonl, to measure sentence ends and speed")
    parser.add_argument("--epochs", type=int, default=EPOCHS, help="over which the learning rates fall")
    parser.add_argument("--stop", type=int, default=STOP, help="epochs to run")
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args(argv)


if __name__ == "__main__":
    retrain(**vars(read_arguments(sys.argv[1:])))
