"""The network: a small BERT encoder that also sees letter case, and the heads that share it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import torch
from corpus import IGNORED, Inventory
from en_entente.words import SHAPE_COUNT
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional

#: The pretrained weights that the recipe was written for: all-MiniLM-L6-v2, Apache-2.0.
WEIGHTS_SHA256: Final = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"

WIDTH: Final = 384
LAYERS: Final = 6
ATTENTION_HEADS: Final = 12
INNER_WIDTH: Final = 1536
VOCABULARY: Final = 30522
MAX_POSITIONS: Final = 512
ARC_WIDTH: Final = 320
LABEL_WIDTH: Final = 192

#: Distance from a word to its head, clipped to this on both sides, helps to label the arc.
MAX_DISTANCE: Final = 8


class PretrainedWeightsError(ValueError):
    """The file of pretrained weights is not the one that the recipe was written for."""


def read_pretrained(path: Path) -> dict[str, Tensor]:
    """Read the pretrained weights and check their digest.

    Raises:
        PretrainedWeightsError: The SHA-256 of *path* is not ``WEIGHTS_SHA256``.
    """
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    if digest != WEIGHTS_SHA256:
        raise PretrainedWeightsError(f"{path}: SHA-256 is {digest}, expected {WEIGHTS_SHA256}; install the pinned package")
    return load_file(path)


class Layer(nn.Module):
    """One transformer layer, as BERT has it (normalised after each half)."""

    def __init__(self, dropout: float) -> None:
        super().__init__()
        self.attend_in = nn.Linear(WIDTH, 3 * WIDTH)
        self.attend_out = nn.Linear(WIDTH, WIDTH)
        self.attend_norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.inner = nn.Linear(WIDTH, INNER_WIDTH)
        self.outer = nn.Linear(INNER_WIDTH, WIDTH)
        self.outer_norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.dropout = nn.Dropout(dropout)

    def forward(self, hidden: Tensor, mask: Tensor | None) -> Tensor:
        """Map hidden states, shape (windows, pieces, WIDTH); *mask* is true at real pieces, (windows, 1, 1, pieces)."""
        windows, pieces, _ = hidden.shape
        split = self.attend_in(hidden).view(windows, pieces, 3, ATTENTION_HEADS, WIDTH // ATTENTION_HEADS)
        query, key, value = split.permute(2, 0, 3, 1, 4).unbind(0)
        scores = query @ key.transpose(-1, -2) * (WIDTH // ATTENTION_HEADS) ** -0.5
        if mask is not None:  # one window without padding, as exported, needs none
            scores = scores.masked_fill(~mask, -1e4)
        mixed = scores.softmax(-1) @ value
        mixed = mixed.transpose(1, 2).reshape(windows, pieces, WIDTH)
        hidden = self.attend_norm(hidden + self.dropout(self.attend_out(mixed)))
        return self.outer_norm(hidden + self.dropout(self.outer(functional.gelu(self.inner(hidden)))))


class Encoder(nn.Module):
    """The pretrained encoder, with an embedding of every piece's word shape added to its input."""

    def __init__(self, dropout: float = 0.1) -> None:
        super().__init__()
        self.pieces = nn.Embedding(VOCABULARY, WIDTH)
        self.positions = nn.Embedding(MAX_POSITIONS, WIDTH)
        self.shapes = nn.Embedding(SHAPE_COUNT, WIDTH)
        nn.init.zeros_(self.shapes.weight)  # starts as the pretrained encoder
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.dropout = nn.Dropout(dropout)
        self.layers = nn.ModuleList(Layer(dropout) for _ in range(LAYERS))

    def load_pretrained(self, weights: dict[str, Tensor]) -> None:
        """Copy the pretrained weights in; the (constant) type embedding is folded into the positions."""
        state: dict[str, Tensor] = {
            "pieces.weight": weights["embeddings.word_embeddings.weight"],
            "positions.weight": weights["embeddings.position_embeddings.weight"]
            + weights["embeddings.token_type_embeddings.weight"][0],
            "shapes.weight": self.shapes.weight.detach(),
        }
        names = {
            "attend_out": "attention.output.dense",
            "attend_norm": "attention.output.LayerNorm",
            "inner": "intermediate.dense",
            "outer": "output.dense",
            "outer_norm": "output.LayerNorm",
        }
        for kind in ("weight", "bias"):
            state[f"norm.{kind}"] = weights[f"embeddings.LayerNorm.{kind}"]
            for index in range(LAYERS):
                theirs = f"encoder.layer.{index}"
                state[f"layers.{index}.attend_in.{kind}"] = torch.cat(
                    [weights[f"{theirs}.attention.self.{part}.{kind}"] for part in ("query", "key", "value")]
                )
                for ours, name in names.items():
                    state[f"layers.{index}.{ours}.{kind}"] = weights[f"{theirs}.{name}.{kind}"]
        self.load_state_dict(state)
        self.pieces.weight.requires_grad_(False)  # keeps rare words beside their trained neighbours, and is faster

    def embed(self, pieces: Tensor, shapes: Tensor) -> Tensor:
        """Return the input embeddings before normalisation, shape (windows, pieces, WIDTH)."""
        positions = torch.arange(pieces.shape[1], device=pieces.device)
        return self.pieces(pieces) + self.positions(positions) + self.shapes(shapes)

    def forward(self, pieces: Tensor, shapes: Tensor, mask: Tensor | None) -> Tensor:
        """Encode pieces, shape (windows, pieces), with each piece's word shape, into (windows, pieces, WIDTH)."""
        hidden = self.dropout(self.norm(self.embed(pieces, shapes)))
        for layer in self.layers:
            hidden = layer(hidden, mask)
        return hidden


@dataclass
class Scores:
    """What the heads say about the words of a batch, shapes (windows, words, …)."""

    starts: Tensor
    analyses: Tensor
    scripts: Tensor
    entities: Tensor
    arcs: Tensor  # (windows, words, words): word, candidate head
    roots: Tensor  # (windows, words)
    label_dependents: Tensor  # (windows, words, LABEL_WIDTH)
    label_heads: Tensor


def project(inputs: int, outputs: int, dropout: float) -> nn.Sequential:
    """Return a one-layer projection with a smooth nonlinearity and dropout."""
    return nn.Sequential(nn.Linear(inputs, outputs), nn.GELU(), nn.Dropout(dropout))


class Network(nn.Module):
    """Encoder and heads: sentence starts, analyses, lemma scripts, entities, arcs and labels."""

    def __init__(self, inventory: Inventory, dropout: float = 0.33) -> None:
        super().__init__()
        self.encoder = Encoder()
        self.word_dropout = nn.Dropout(0.2)
        self.join = nn.Linear(2 * WIDTH, WIDTH)
        with torch.no_grad():  # starts as the mean of the first and the last piece
            self.join.weight.copy_(torch.cat([torch.eye(WIDTH), torch.eye(WIDTH)], dim=1) / 2)
            self.join.bias.zero_()
        self.starts = nn.Linear(WIDTH, 1)
        self.analyses = nn.Linear(WIDTH, len(inventory.analyses))
        tags = [name.split("\t")[0] for name in inventory.analyses]
        parts = [name.split("\t")[1] for name in inventory.analyses]
        self.tags = nn.Linear(WIDTH, len(set(tags)), bias=False)
        self.parts = nn.Linear(WIDTH, len(set(parts)), bias=False)
        self.register_buffer("tag_of", torch.tensor([sorted(set(tags)).index(tag) for tag in tags]))
        self.register_buffer("part_of", torch.tensor([sorted(set(parts)).index(part) for part in parts]))
        self.scripts = nn.Linear(WIDTH, len(inventory.scripts))
        self.entity_inner = project(WIDTH, WIDTH // 2, dropout)
        self.entities = nn.Linear(WIDTH // 2, len(inventory.entity_tags))
        self.arc_dependents = project(WIDTH, ARC_WIDTH, dropout)
        self.arc_heads = project(WIDTH, ARC_WIDTH, dropout)
        self.arc_product = nn.Linear(ARC_WIDTH, ARC_WIDTH)
        self.arc_head_bias = nn.Linear(ARC_WIDTH, 1)
        self.roots = nn.Linear(ARC_WIDTH, 1)
        self.label_dependents = nn.Linear(WIDTH, LABEL_WIDTH)
        self.label_heads = nn.Linear(WIDTH, LABEL_WIDTH)
        self.distances = nn.Embedding(2 * MAX_DISTANCE + 1, LABEL_WIDTH)
        self.label_dropout = nn.Dropout(dropout)
        self.labels = nn.Linear(2 * LABEL_WIDTH, len(inventory.labels))
        with torch.no_grad():
            self.arc_product.weight.mul_(0.5)

    def join_pieces(self, hidden: Tensor, firsts: Tensor, lasts: Tensor) -> Tensor:
        """Return a vector a word from its first and its last piece, shape (windows, words, WIDTH)."""
        width = hidden.shape[-1]
        first = hidden.gather(1, firsts.unsqueeze(-1).expand(-1, -1, width))
        last = hidden.gather(1, lasts.unsqueeze(-1).expand(-1, -1, width))
        return self.join(torch.cat([first, last], dim=-1))

    def score_analyses(self, words: Tensor) -> Tensor:
        """Return scores of the analyses; those of the same tag or part of speech share a part of the score."""
        return (
            self.analyses(words)
            + self.tags(words).index_select(-1, self.tag_of)
            + self.parts(words).index_select(-1, self.part_of)
        )

    def score(self, hidden: Tensor, firsts: Tensor, lasts: Tensor) -> Scores:
        """Run all heads but the arcs' labels."""
        words = self.word_dropout(self.join_pieces(hidden, firsts, lasts))
        dependents, heads = self.arc_dependents(words), self.arc_heads(words)
        arcs = self.arc_product(dependents) @ heads.transpose(-1, -2) * ARC_WIDTH**-0.5
        return Scores(
            starts=self.starts(words).squeeze(-1),
            analyses=self.score_analyses(words),
            scripts=self.scripts(words),
            entities=self.entities(self.entity_inner(words)),
            arcs=arcs + self.arc_head_bias(heads).transpose(-1, -2),
            roots=self.roots(dependents).squeeze(-1),
            label_dependents=self.label_dependents(words),
            label_heads=self.label_heads(words),
        )

    def score_labels(self, scores: Scores, heads: Tensor) -> Tensor:
        """Return label scores of the arcs to *heads*, shape (windows, words, labels)."""
        index = heads.clamp(min=0)
        width = scores.label_heads.shape[-1]
        governors = scores.label_heads.gather(1, index.unsqueeze(-1).expand(-1, -1, width))
        steps = index - torch.arange(heads.shape[1], device=heads.device)
        distances = self.distances(steps.clamp(-MAX_DISTANCE, MAX_DISTANCE) + MAX_DISTANCE)
        dependents = scores.label_dependents
        together = torch.cat([torch.relu(dependents + governors + distances), dependents * governors], dim=-1)
        return self.labels(self.label_dropout(together))


@dataclass
class Batch:
    """A padded batch; gold numbers are ``IGNORED`` at padding.

    ``pieces``, ``piece_shapes``, ``piece_mask`` (windows, pieces); the rest (windows, words). ``heads`` count
    inside the window, -1 for roots; ``sentences`` numbers the sentences of a window, -1 at padding.
    """

    pieces: Tensor
    piece_shapes: Tensor
    piece_mask: Tensor
    firsts: Tensor
    lasts: Tensor
    sentences: Tensor
    starts: Tensor
    heads: Tensor
    labels: Tensor
    analyses: Tensor
    scripts: Tensor
    entities: Tensor


def mask_arcs(scores: Scores, sentences: Tensor) -> Tensor:
    """Return arc scores with the root as candidate 0, shape (windows, words, 1 + words), none across sentences."""
    same = sentences.unsqueeze(-1) == sentences.unsqueeze(-2)
    itself = torch.eye(sentences.shape[1], dtype=torch.bool)
    arcs = scores.arcs.float().masked_fill(~same | itself, -1e9)
    return torch.cat([scores.roots.float().unsqueeze(-1), arcs], dim=-1)


def weigh_losses(network: Network, scores: Scores, batch: Batch) -> dict[str, Tensor]:
    """Return every head's mean loss a word; the training minimises their sum."""
    real = batch.sentences >= 0

    def cross(logits: Tensor, gold: Tensor) -> Tensor:
        return functional.cross_entropy(logits.float().flatten(0, 1), gold.flatten(), ignore_index=IGNORED)

    gold_heads = torch.where(real, batch.heads + 1, IGNORED)
    label_gold = torch.where(batch.heads >= 0, batch.labels, IGNORED)
    start_loss = functional.binary_cross_entropy_with_logits(scores.starts.float()[real], batch.starts.float()[real])
    return {
        "arcs": cross(mask_arcs(scores, batch.sentences), gold_heads),
        "labels": cross(network.score_labels(scores, batch.heads), label_gold),
        "analyses": cross(scores.analyses, batch.analyses),
        "scripts": 0.5 * cross(scores.scripts, batch.scripts),
        "entities": cross(scores.entities, batch.entities),
        "starts": 2.0 * start_loss,
    }
