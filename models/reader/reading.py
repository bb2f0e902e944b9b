"""The reader's network: the pipeline's encoder, told where each actor is, and a decoder that asks it about every pair of them."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from typing import Final, NamedTuple

import torch
from torch import Tensor, nn
from torch.nn import functional

RECIPE: Final = Path(__file__).resolve().parent.parent / "recipe"


def load_recipe(name: str):  # noqa: ANN201 - a module
    """Return a module of the pipeline's recipe, whose file names are those of this one's."""
    if str(RECIPE) not in sys.path:
        sys.path.append(str(RECIPE))
    spec = importlib.util.spec_from_file_location(f"recipe_{name}", RECIPE / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


recipe = load_recipe("network")
WIDTH: Final = recipe.WIDTH
HEADS: Final = 12
SIZE: Final = WIDTH // HEADS
STATUSES: Final = 5
RARE: Final = -4.5
LAYERS: Final = 5  # of the encoder's six; the last becomes the decoder, which works on pairs and not on pieces
DECODERS: Final = 1
ACTORS: Final = 24  # that a sentence may have


class Scores(NamedTuple):
    """What the heads say of each sentence.

    A pair (see :func:`pairs_of`) is of two actors, or of one and nobody. ``busy`` (sentences, actors): whether an actor takes
    part in any record. ``pairs`` (sentences, pairs, 2, labels): what the first does to the second, then what the second does to
    the first. ``status`` (sentences, pairs, 2, 5), of either. ``triggers`` (sentences, pieces, labels): whether a piece tells
    such a record of anybody. ``pointers`` (sentences, pairs, pieces): whether it tells one of the pair.
    """

    busy: Tensor
    pairs: Tensor
    status: Tensor
    triggers: Tensor
    pointers: Tensor


class DecoderLayer(nn.Module):
    """Pairs look at the sentence and at each other."""

    def __init__(self, dropout: float) -> None:
        super().__init__()
        self.query = nn.Linear(WIDTH, WIDTH)
        self.key_value = nn.Linear(WIDTH, 2 * WIDTH)
        self.look_out = nn.Linear(WIDTH, WIDTH)
        self.look_norm = nn.LayerNorm(WIDTH)
        self.attend_in = nn.Linear(WIDTH, 3 * WIDTH)
        self.attend_out = nn.Linear(WIDTH, WIDTH)
        self.attend_norm = nn.LayerNorm(WIDTH)
        self.inner = nn.Linear(WIDTH, recipe.INNER_WIDTH)
        self.outer = nn.Linear(recipe.INNER_WIDTH, WIDTH)
        self.outer_norm = nn.LayerNorm(WIDTH)
        self.dropout = nn.Dropout(dropout)

    def start_from(self, layer: nn.Module) -> None:
        """Look at the sentence as a layer of the encoder does, and at other pairs not yet."""
        query, *others = layer.attend_in.weight.chunk(3)
        query_bias, *other_biases = layer.attend_in.bias.chunk(3)
        with torch.no_grad():
            self.query.weight.copy_(query)
            self.query.bias.copy_(query_bias)
            self.key_value.weight.copy_(torch.cat(others))
            self.key_value.bias.copy_(torch.cat(other_biases))
            self.attend_out.weight.zero_()
            self.attend_out.bias.zero_()
        for ours, theirs in (
            (self.look_out, layer.attend_out),
            (self.look_norm, layer.attend_norm),
            (self.inner, layer.inner),
            (self.outer, layer.outer),
            (self.outer_norm, layer.outer_norm),
        ):
            ours.load_state_dict(theirs.state_dict())

    def forward(self, pairs: Tensor, hidden: Tensor, mask: Tensor | None, real: Tensor | None) -> Tensor:
        """Return pairs (sentences, pairs, WIDTH) that have seen *hidden* (sentences, pieces, WIDTH).

        Args:
            pairs: Shape (sentences, pairs, WIDTH).
            hidden: Shape (sentences, pieces, WIDTH).
            mask: Shape (sentences, pieces), true at real pieces; None where all are.
            real: Shape (sentences, pairs), true at real pairs; None where all are.
        """
        key, value = self.key_value(hidden).chunk(2, dim=-1)
        seen = _attend(self.query(pairs), key, value, mask)
        pairs = self.look_norm(pairs + self.dropout(self.look_out(seen)))
        seen = _attend(*self.attend_in(pairs).chunk(3, dim=-1), real)
        pairs = self.attend_norm(pairs + self.dropout(self.attend_out(seen)))
        return self.outer_norm(pairs + self.dropout(self.outer(functional.gelu(self.inner(pairs)))))


def _attend(query: Tensor, key: Tensor, value: Tensor, mask: Tensor | None) -> Tensor:
    """Return what each query sees, shape (sentences, queries, WIDTH); *mask* (sentences, keys) is true where one may look."""
    size = query.shape[0]
    query, key, value = (one.reshape(size, -1, HEADS, SIZE).transpose(1, 2) for one in (query, key, value))
    scores = query @ key.transpose(-1, -2) * SIZE**-0.5
    if mask is not None:
        scores = scores.masked_fill(~mask[:, None, None, :], -1e4)
    return (scores.softmax(-1) @ value).transpose(1, 2).reshape(size, -1, WIDTH)


class ReaderNetwork(nn.Module):
    """Reads a sentence once, and then asks it about each pair of its actors."""

    def __init__(self, labels: int, dropout: float = 0.2) -> None:
        super().__init__()
        self.encoder = recipe.Encoder(0.1)
        self.encoder.layers = self.encoder.layers[:LAYERS]
        self.mention = nn.Parameter(torch.randn(WIDTH) * 0.02)
        self.actors = nn.Parameter(torch.randn(ACTORS, WIDTH) * 0.02)
        self.busy = nn.Sequential(nn.Linear(2 * WIDTH, WIDTH // 2), nn.GELU(), nn.Dropout(dropout), nn.Linear(WIDTH // 2, 1))
        self.pair = nn.Sequential(nn.Linear(3 * WIDTH, WIDTH), nn.GELU(), nn.Dropout(dropout), nn.LayerNorm(WIDTH))
        self.decoders = nn.ModuleList(DecoderLayer(0.1) for _ in range(DECODERS))
        self.dropout = nn.Dropout(dropout)
        self.labels = nn.Linear(WIDTH, 2 * labels)
        self.status = nn.Linear(WIDTH, 2 * STATUSES)
        self.triggers = nn.Sequential(nn.Dropout(dropout), nn.Linear(WIDTH, labels))
        self.pointer = nn.Linear(WIDTH, WIDTH // 2)
        self.pointed = nn.Linear(WIDTH, WIDTH // 2)
        with torch.no_grad():  # labels are rare
            self.labels.bias.fill_(RARE)
            self.triggers[1].bias.fill_(RARE)

    def start_from(self, encoder: dict[str, Tensor]) -> None:
        """Start from the pipeline's encoder: its lower layers read, and its last one is what the decoder begins as."""
        whole = recipe.Encoder()
        whole.load_state_dict(encoder)
        for layer in self.decoders:
            layer.start_from(whole.layers[-1])
        whole.layers = whole.layers[:LAYERS]
        self.encoder.load_state_dict(whole.state_dict())
        self.encoder.pieces.weight.requires_grad_(False)

    def read_sentences(self, pieces: Tensor, shapes: Tensor, members: Tensor, mask: Tensor | None) -> Tensor:
        """Return hidden states (sentences, pieces, WIDTH).

        Args:
            pieces: Shape (sentences, pieces).
            shapes: Shape (sentences, pieces).
            members: Shape (sentences, actors, pieces), 1 at each actor's mentions.
            mask: Shape (sentences, pieces), true at real pieces; None where all are.
        """
        who = members.transpose(1, 2) @ self.actors[: members.shape[1]] + members.amax(1).unsqueeze(-1) * self.mention
        hidden = self.encoder.dropout(self.encoder.norm(self.encoder.embed(pieces, shapes) + who))
        for layer in self.encoder.layers:
            hidden = layer(hidden, None if mask is None else mask[:, None, None, :])
        return hidden

    def judge_pairs(
        self, hidden: Tensor, members: Tensor, pairs: tuple[Tensor, Tensor], mask: Tensor | None, real: Tensor | None
    ) -> Scores:
        """Return what is said of pairs, after a sentence was read.

        Args:
            hidden: Shape (sentences, pieces, WIDTH).
            members: Shape (sentences, actors, pieces), 1 at each actor's mentions.
            pairs: The first and the second of each pair, both of shape (pairs,); the number of actors stands for nobody.
            mask: Shape (sentences, pieces), true at real pieces; None where all are.
            real: Shape (sentences, pairs), true where both are there; None where all are.
        """
        weights = members / members.sum(-1, keepdim=True).clamp(min=1)
        actors, nobody = weights.to(hidden.dtype) @ hidden, hidden[:, :1]
        busy = self.busy(torch.cat([actors, nobody.expand_as(actors)], dim=-1)).squeeze(-1)
        first, second = (torch.cat([actors, nobody], dim=1)[:, side] for side in pairs)
        asked = self.pair(torch.cat([first, second, first * second], dim=-1))
        for layer in self.decoders:
            asked = layer(asked, hidden, mask, real)
        asked = self.dropout(asked)
        pointers = self.pointer(asked) @ self.pointed(hidden).transpose(1, 2) * (WIDTH // 2) ** -0.5 + RARE
        labels, status = self.labels(asked).unflatten(-1, (2, -1)), self.status(asked).unflatten(-1, (2, -1))
        return Scores(busy, labels, status, self.triggers(hidden), pointers)

    def forward(self, batch: Batch) -> Scores:
        """Score a batch."""
        hidden = self.read_sentences(batch.pieces, batch.shapes, batch.members, batch.mask)
        pairs = pairs_of(batch.members.shape[1])
        there = torch.cat([batch.members.amax(-1) > 0, torch.ones_like(batch.mask[:, :1])], dim=1)
        return self.judge_pairs(hidden, batch.members, pairs, batch.mask, there[:, pairs[0]] & there[:, pairs[1]])


def pairs_of(actors: int) -> tuple[Tensor, Tensor]:
    """Return the first and the second of each pair, both of shape (pairs,): every two once, and each with nobody."""
    first, second = torch.triu_indices(actors, actors + 1, 1)
    return first, second


class Batch(NamedTuple):
    """Sentences with what should be said of them; weights are 0 where nothing is asked.

    ``pieces``, ``shapes`` and ``mask`` (sentences, pieces), ``members`` (sentences, actors, pieces); ``busy`` and
    ``busy_weights`` (sentences, actors); ``gold`` and ``weights`` (sentences, pairs, 2, labels), ``status`` (sentences, pairs,
    2), -1 where none, ``triggers`` (sentences, pieces, labels), ``pointers`` (sentences, pairs, pieces) and
    ``trigger_weights`` (sentences, pieces).
    """

    pieces: Tensor
    shapes: Tensor
    members: Tensor
    mask: Tensor
    busy: Tensor
    busy_weights: Tensor
    gold: Tensor
    weights: Tensor
    status: Tensor
    triggers: Tensor
    pointers: Tensor
    trigger_weights: Tensor


POSITIVE: Final = 2.0


def weigh_losses(scores: Scores, batch: Batch) -> dict[str, Tensor]:
    """Return the loss of each head, per actor."""
    actors = (batch.members.amax(-1) > 0).sum()
    told = batch.gold.amax((-1, -2)) > 0
    pointed = batch.trigger_weights[:, None, :].expand_as(batch.pointers)[told]
    losses = {
        "pairs": _cross(scores.pairs, batch.gold, batch.weights),
        "types": weigh_types(scores, batch),
        "triggers": 0.4 * _cross(scores.triggers, batch.triggers, batch.trigger_weights.unsqueeze(-1)),
        "pointers": 0.1 * _cross(scores.pointers[told], batch.pointers[told], pointed),
        "status": 0.3
        * functional.cross_entropy(scores.status.float().flatten(0, 2), batch.status.flatten(), ignore_index=-1, reduction="sum"),
        "busy": _cross(scores.busy, batch.busy, batch.busy_weights, positive=1.0),
    }
    return {name: loss / actors for name, loss in losses.items()}


def _cross(logits: Tensor, gold: Tensor, weights: Tensor, positive: float = POSITIVE) -> Tensor:
    return functional.binary_cross_entropy_with_logits(
        logits.float(), gold, weights.expand_as(gold), reduction="sum", pos_weight=torch.tensor(positive)
    )


def weigh_types(scores: Scores, batch: Batch) -> Tensor:
    """Return how unlikely the right labels are among all, summed over the pairs between which something stands."""
    told = batch.gold.amax(-1) > 0
    if not bool(told.any()):
        return scores.pairs.float().sum() * 0
    gold = batch.gold[told]
    likely = scores.pairs.float()[told].log_softmax(-1)
    return -(gold / gold.sum(-1, keepdim=True) * likely).sum()
