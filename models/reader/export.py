"""Export the trained reader as 8-bit ONNX into its package."""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import torch
from en_entente_reader.reader import OUTPUTS
from package import FILES
from sentences import LABELS
from torch import Tensor, nn

from reading import ReaderNetwork, load_recipe

VERSION = "0.1.0"
OPSET = 17


class ExportedReader(nn.Module):
    """The network as the run time calls it: one sentence, a pass for each of its actors."""

    def __init__(self, network: ReaderNetwork) -> None:
        super().__init__()
        self.network = network

    def forward(self, pieces: Tensor, shapes: Tensor, subjects: Tensor, members: Tensor) -> tuple[Tensor, Tensor]:
        """Return pairs and triggers of the subjects; the head for status only helped to train the others.

        ``pieces`` and ``shapes`` (1, pieces); ``subjects`` (subjects, pieces) and ``members`` (actors, pieces), 1 at mentions.
        """
        together = members.unsqueeze(0).expand(subjects.shape[0], -1, -1)
        scores = self.network(pieces, shapes, subjects, together, None)
        return scores.pairs, scores.triggers


def export(weights: Path, files: Path, *, quantise: bool = True) -> None:
    """Write ``reader.onnx``, the tokenizer and the settings into *files*; the fusion's settings that are there stay."""
    recipe_export = load_recipe("export")
    network = ReaderNetwork(len(LABELS))
    network.load_state_dict(torch.load(weights, weights_only=True))
    network.eval()
    network.encoder.pieces = recipe_export.QuantisedTable(network.encoder.pieces.weight.detach())
    files.mkdir(parents=True, exist_ok=True)
    pieces = torch.arange(9)[None] + 1000
    members = torch.zeros(3, 9)
    members[0, 1], members[1, 3], members[2, 5] = 1, 1, 1
    with tempfile.TemporaryDirectory() as folder:
        plain = Path(folder) / "plain.onnx"
        torch.onnx.export(
            ExportedReader(network),
            (pieces, torch.zeros_like(pieces), members[:2], members),
            plain,
            input_names=["pieces", "shapes", "subjects", "members"],
            output_names=list(OUTPUTS),
            dynamic_axes={
                "pieces": {1: "pieces"},
                "shapes": {1: "pieces"},
                "subjects": {0: "subjects", 1: "pieces"},
                "members": {0: "actors", 1: "pieces"},
                "pairs": {0: "subjects", 1: "others"},
                "triggers": {0: "subjects", 1: "pieces"},
            },
            opset_version=OPSET,
            dynamo=False,
        )
        if quantise:
            recipe_export.quantise_graph(plain, files / "reader.onnx")
        else:
            shutil.copy(plain, files / "reader.onnx")
    shutil.copy(load_recipe("train").find_encoder() / "tokenizer.json", files / "tokenizer.json")
    path = files / "settings.json"
    settings = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    settings |= {"version": VERSION, "labels": list(LABELS)}
    path.write_text(json.dumps(settings, indent=1) + "\n", encoding="utf-8")


def read_arguments(argv: Sequence[str]) -> argparse.Namespace:
    """Parse the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("weights", type=Path)
    parser.add_argument("--files", type=Path, default=FILES, help="folder to write")
    parser.add_argument("--float", dest="quantise", action="store_false", help="keep 32-bit weights, to measure what 8 bits cost")
    return parser.parse_args(argv)


if __name__ == "__main__":
    export(**vars(read_arguments(sys.argv[1:])))
