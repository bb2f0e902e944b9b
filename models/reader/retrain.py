"""Train and export the reader: the one command behind the package's weights, but for what joins it to the rules (``fit.py``)."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from export import export
from learn import EPOCHS, HERE, train
from package import FILES


def read_arguments(argv: Sequence[str]) -> argparse.Namespace:
    """Parse the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("run", type=Path, help="folder for the weights")
    parser.add_argument("--passages", type=Path, help="file that passages.py wrote")
    parser.add_argument("--epochs", type=int, default=EPOCHS)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=1)
    return parser.parse_args(argv)


if __name__ == "__main__":
    arguments = read_arguments(sys.argv[1:])
    weights = train(
        HERE / "sentences",
        arguments.run,
        passages=arguments.passages,
        epochs=arguments.epochs,
        seed=arguments.seed,
        threads=arguments.threads,
    )
    export(weights, FILES)
