"""Export a checkpoint as the installable pipeline: an int8 ONNX network inside a saved spaCy pipeline."""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import en_entente
import numpy as np
import onnx
import spacy
import torch
from corpus import Inventory, read_docs
from en_entente.annotator import Annotator
from en_entente.encoder import OUTPUTS
from lexicon import build_lexicon
from network import Network
from onnxruntime.quantization import QuantType, quantize_dynamic
from tokens import adapt_tokenizer
from torch import Tensor, nn
from train import find_encoder

OPSET = 17

#: An example window to trace with: pieces and words (any sizes do, both axes are free).
TRACED_PIECES, TRACED_WORDS = 9, 6


class QuantisedTable(nn.Module):
    """The piece embeddings as 8-bit integers with a scale a row."""

    def __init__(self, weight: Tensor) -> None:
        super().__init__()
        scale = weight.abs().amax(1, keepdim=True).clamp(min=1e-8) / 127
        self.register_buffer("scale", scale)
        self.register_buffer("table", (weight / scale).round().to(torch.int8))

    def forward(self, pieces: Tensor) -> Tensor:
        """Return embeddings, shape (windows, pieces, WIDTH)."""
        return nn.functional.embedding(pieces, self.table).float() * nn.functional.embedding(pieces, self.scale)


class ExportedNetwork(nn.Module):
    """The network as the run time calls it: one window, no padding, choices made where only the best counts."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.network = network

    def forward(self, pieces: Tensor, piece_shapes: Tensor, firsts: Tensor, lasts: Tensor) -> tuple[Tensor, ...]:
        """Return the outputs in the order of ``OUTPUTS``, each with a first axis of length 1."""
        hidden = self.network.encoder(pieces, piece_shapes, None)
        scores = self.network.score(hidden, firsts, lasts)
        return (
            scores.starts,
            scores.analyses.argmax(-1),
            scores.scripts.argmax(-1),
            scores.entities,
            scores.arcs,
            scores.roots,
            scores.label_dependents,
            scores.label_heads,
        )


def fold_analyses(network: Network) -> None:
    """Add the scores that analyses share by tag and part of speech into one linear layer."""
    with torch.no_grad():
        network.analyses.weight += network.tags.weight[network.tag_of] + network.parts.weight[network.part_of]
        network.tags.weight.zero_()
        network.parts.weight.zero_()
    network.score_analyses = network.analyses.forward  # type: ignore[method-assign]


def read_network(checkpoint: Path) -> tuple[Network, Inventory]:
    """Read a checkpoint and the inventory beside it."""
    names = json.loads((checkpoint.parent / "inventory.json").read_text(encoding="utf-8"))
    inventory = Inventory(**{name: tuple(values) for name, values in names.items()})
    network = Network(inventory)
    network.load_state_dict(torch.load(checkpoint, weights_only=True))
    return network.eval(), inventory


def export_graph(network: Network, path: Path) -> None:
    """Write the float ONNX graph, the embeddings already in 8 bits."""
    fold_analyses(network)
    network.encoder.pieces = QuantisedTable(network.encoder.pieces.weight.detach())  # type: ignore[assignment]
    pieces = torch.arange(TRACED_PIECES)[None] + 1000
    shapes = torch.zeros_like(pieces)
    firsts = torch.arange(TRACED_WORDS)[None] + 1
    lasts = firsts.clone()
    lasts[0, -1] += 1
    torch.onnx.export(
        ExportedNetwork(network),
        (pieces, shapes, firsts, lasts),
        path,
        input_names=["pieces", "piece_shapes", "firsts", "lasts"],
        output_names=list(OUTPUTS),
        dynamic_axes={
            "pieces": {1: "pieces"},
            "piece_shapes": {1: "pieces"},
            "firsts": {1: "words"},
            "lasts": {1: "words"},
            **{name: {1: "words"} for name in OUTPUTS},
        },
        opset_version=OPSET,
        dynamo=False,
    )


def quantise_graph(source: Path, target: Path) -> None:
    """Write the graph with 8-bit weights in the encoder's and the heads' matrix products."""
    quantize_dynamic(
        source,
        target,
        op_types_to_quantize=["MatMul", "Gemm"],
        per_channel=True,
        weight_type=QuantType.QInt8,
        extra_options={"MatMulConstBOnly": True},
    )
    onnx.checker.check_model(str(target))


def save_label_head(network: Network, path: Path) -> None:
    """Write the arrays that score an arc's label."""
    np.savez(
        path,
        distances=network.distances.weight.detach().numpy(),
        weight=network.labels.weight.detach().numpy(),
        bias=network.labels.bias.detach().numpy(),
    )


def build_files(treebanks: Path, checkpoint: Path, folder: Path, *, quantise: bool) -> None:
    """Write the component's files into *folder*."""
    network, inventory = read_network(checkpoint)
    target = folder / "network.onnx"
    if quantise:
        export_graph(network, folder / "float.onnx")
        quantise_graph(folder / "float.onnx", target)
    else:
        export_graph(network, target)
    save_label_head(network, folder / "label_head.npz")
    (folder / "inventory.json").write_text(json.dumps(asdict(inventory), indent=1), encoding="utf-8")
    (folder / "lexicon.json").write_bytes(build_lexicon(read_docs(treebanks / "train.spacy")))
    shutil.copy(find_encoder() / "tokenizer.json", folder / "tokenizer.json")


def export(treebanks: Path, checkpoint: Path, pipeline: Path, *, quantise: bool = True) -> None:
    """Build the pipeline and save it, replacing the one that is there."""
    torch.set_num_threads(1)
    nlp = spacy.blank("en", meta={"name": "entente", "version": en_entente.__version__, "license": "CC-BY-SA-4.0"})
    nlp.meta["description"] = "Sentences, Universal Dependencies, lemmas and entities for English news"
    adapt_tokenizer(nlp)
    with tempfile.TemporaryDirectory() as folder:
        build_files(treebanks, checkpoint, Path(folder), quantise=quantise)
        annotator: Annotator = nlp.add_pipe("entente_annotator")
        annotator.from_disk(folder)
    shutil.rmtree(pipeline, ignore_errors=True)
    nlp.to_disk(pipeline)


def read_arguments(argv: Sequence[str]) -> argparse.Namespace:
    """Parse the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("treebanks", type=Path, help="folder with train.spacy, for the lexicon")
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("pipeline", type=Path, help="folder to write, replaced")
    parser.add_argument("--float", dest="quantise", action="store_false", help="keep 32-bit weights, to measure what 8 bits cost")
    return parser.parse_args(argv)


if __name__ == "__main__":
    export(**vars(read_arguments(sys.argv[1:])))
