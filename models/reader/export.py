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
from package import FILES
from sentences import LABELS
from torch import Tensor, nn

from reading import ReaderNetwork, load_recipe, pairs_of

VERSION = "0.4.0"
OPSET = 17

AXES: dict[str, dict[int, str]] = {
    "pieces": {1: "pieces"},
    "shapes": {1: "pieces"},
    "members": {0: "actors", 1: "pieces"},
    "first": {0: "pairs"},
    "second": {0: "pairs"},
    "busy": {0: "actors"},
    "pairs": {0: "pairs"},
    "triggers": {0: "pieces"},
    "pointers": {0: "pairs", 1: "pieces"},
}
INPUTS = 5


class Exported(nn.Module):
    """The network as the run time calls it: one sentence."""

    def __init__(self, network: ReaderNetwork) -> None:
        super().__init__()
        self.network = network

    def forward(self, pieces: Tensor, shapes: Tensor, members: Tensor, first: Tensor, second: Tensor) -> tuple[Tensor, ...]:
        """Return busy (actors), pairs (pairs, 2, labels), triggers (pieces, labels) and pointers (pairs, pieces).

        The head for status only helped to train the others. ``members`` (actors, pieces); ``first`` and ``second`` (pairs).
        """
        members = members.unsqueeze(0)
        hidden = self.network.read_sentences(pieces, shapes, members, None)
        scores = self.network.judge_pairs(hidden, members, (first, second), None, None)
        return tuple(one.squeeze(0) for one in (scores.busy, scores.pairs, scores.triggers, scores.pointers))


def export(weights: Path, files: Path, *, quantise: bool = True) -> None:
    """Write the graph, the tokenizer and the settings into *files*; the fusion's settings that are there stay."""
    recipe_export = load_recipe("export")
    network = ReaderNetwork(len(LABELS))
    network.load_state_dict(torch.load(weights, weights_only=True))
    network.eval()
    network.encoder.pieces = recipe_export.QuantisedTable(network.encoder.pieces.weight.detach())
    files.mkdir(parents=True, exist_ok=True)
    pieces = torch.arange(9)[None] + 1000
    members = torch.zeros(3, 9)
    members[0, 1], members[1, 3], members[2, 5] = 1, 1, 1
    example = (pieces, torch.zeros_like(pieces), members, *pairs_of(3))
    write_graph(Exported(network), example, files / "reader.onnx", quantise=quantise)
    shutil.copy(load_recipe("train").find_encoder() / "tokenizer.json", files / "tokenizer.json")
    path = files / "settings.json"
    settings = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    settings |= {"version": VERSION, "labels": list(LABELS)}
    path.write_text(json.dumps(settings, indent=1) + "\n", encoding="utf-8")


def write_graph(network: nn.Module, example: tuple[Tensor, ...], target: Path, *, quantise: bool) -> None:
    """Write the network with 8-bit weights, or as it is."""
    names = list(AXES)
    with tempfile.TemporaryDirectory() as folder:
        plain = Path(folder) / "plain.onnx"
        torch.onnx.export(
            network,
            example,
            plain,
            input_names=names[:INPUTS],
            output_names=names[INPUTS:],
            dynamic_axes=AXES,
            opset_version=OPSET,
            dynamo=False,
        )
        if quantise:
            load_recipe("export").quantise_graph(plain, target)
        else:
            shutil.copy(plain, target)


def read_arguments(argv: Sequence[str]) -> argparse.Namespace:
    """Parse the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("weights", type=Path)
    parser.add_argument("--files", type=Path, default=FILES, help="folder to write")
    parser.add_argument("--float", dest="quantise", action="store_false", help="keep 32-bit weights, to measure what 8 bits cost")
    return parser.parse_args(argv)


if __name__ == "__main__":
    export(**vars(read_arguments(sys.argv[1:])))
