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

from reading import ReaderNetwork, load_recipe

VERSION = "0.2.0"
OPSET = 17

Axes = dict[str, dict[int, str]]
SENTENCE_AXES: Axes = {
    "pieces": {1: "pieces"},
    "shapes": {1: "pieces"},
    "members": {0: "actors", 1: "pieces"},
    "hidden": {1: "pieces"},
    "busy": {0: "actors"},
}
PASSES_AXES: Axes = {
    "hidden": {1: "pieces"},
    "subjects": {0: "subjects", 1: "pieces"},
    "members": {0: "actors", 1: "pieces"},
    "pairs": {0: "subjects", 1: "others"},
    "triggers": {0: "subjects", 1: "pieces"},
}


class ExportedSentence(nn.Module):
    """The lower layers as the run time calls them: one sentence, once."""

    def __init__(self, network: ReaderNetwork) -> None:
        super().__init__()
        self.network = network

    def forward(self, pieces: Tensor, shapes: Tensor, members: Tensor) -> tuple[Tensor, Tensor]:
        """Return hidden states (1, pieces, WIDTH) and who takes part (actors); ``members`` (actors, pieces)."""
        hidden, busy = self.network.read_sentences(pieces, shapes, members.unsqueeze(0), None)
        return hidden, busy.squeeze(0)


class ExportedPasses(nn.Module):
    """What stands above, once for each subject."""

    def __init__(self, network: ReaderNetwork) -> None:
        super().__init__()
        self.network = network

    def forward(self, hidden: Tensor, subjects: Tensor, members: Tensor) -> tuple[Tensor, Tensor]:
        """Return pairs and triggers of the subjects (subjects, pieces); the head for status only helped to train the others."""
        size = subjects.shape[0]
        together = members.unsqueeze(0).expand(size, -1, -1)
        pairs, _, triggers = self.network.read_passes(hidden.expand(size, -1, -1), subjects, together, None)
        return pairs, triggers


def export(weights: Path, files: Path, *, quantise: bool = True) -> None:
    """Write both graphs, the tokenizer and the settings into *files*; the fusion's settings that are there stay."""
    recipe_export = load_recipe("export")
    network = ReaderNetwork(len(LABELS))
    network.load_state_dict(torch.load(weights, weights_only=True))
    network.eval()
    network.encoder.pieces = recipe_export.QuantisedTable(network.encoder.pieces.weight.detach())
    files.mkdir(parents=True, exist_ok=True)
    pieces = torch.arange(9)[None] + 1000
    members = torch.zeros(3, 9)
    members[0, 1], members[1, 3], members[2, 5] = 1, 1, 1
    sentence, passes = ExportedSentence(network), ExportedPasses(network)
    hidden, _ = sentence(pieces, torch.zeros_like(pieces), members)
    write_graph(sentence, (pieces, torch.zeros_like(pieces), members), SENTENCE_AXES, files / "sentence.onnx", quantise=quantise)
    write_graph(passes, (hidden, members[:2], members), PASSES_AXES, files / "passes.onnx", quantise=quantise)
    shutil.copy(load_recipe("train").find_encoder() / "tokenizer.json", files / "tokenizer.json")
    path = files / "settings.json"
    settings = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    settings |= {"version": VERSION, "labels": list(LABELS)}
    path.write_text(json.dumps(settings, indent=1) + "\n", encoding="utf-8")


def write_graph(part: nn.Module, example: tuple[Tensor, ...], axes: Axes, target: Path, *, quantise: bool) -> None:
    """Write a part of the network; ``axes`` names its inputs and outputs in order, with the axes that are free."""
    names = list(axes)
    with tempfile.TemporaryDirectory() as folder:
        plain = Path(folder) / "plain.onnx"
        torch.onnx.export(
            part,
            example,
            plain,
            input_names=names[: len(example)],
            output_names=names[len(example) :],
            dynamic_axes=axes,
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
