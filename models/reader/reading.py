"""The reader's network: the pipeline's encoder, told where actors are and then for which it reads, and heads."""

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
QUERIES: Final = 6
STATUSES: Final = 5
RARE: Final = -4.5
SHARED: Final = 3  # lower layers, that read a sentence once; those above read it once for each actor who takes part


class Scores(NamedTuple):
    """What the heads say, for each sentence and each pass (a sentence read for one of its actors, the subject).

    ``busy`` (sentences, actors): whether an actor takes part in any record. ``pairs`` (passes, actors + 1, 2, labels): what the
    subject does to each actor, then what each does to it; the last "actor" is nobody. ``status`` (passes, actors + 1, 5), of
    what the subject does. ``triggers`` (passes, pieces, labels).
    """

    busy: Tensor
    pairs: Tensor
    status: Tensor
    triggers: Tensor


class ReaderNetwork(nn.Module):
    """Reads a sentence once, to see who takes part, and above that once for each who does."""

    def __init__(self, labels: int, dropout: float = 0.2) -> None:
        super().__init__()
        self.encoder = recipe.Encoder(0.1)
        self.mention = nn.Parameter(torch.randn(WIDTH) * 0.02)
        self.roles = nn.Parameter(torch.randn(2, WIDTH) * 0.02)
        self.busy = nn.Sequential(nn.Linear(2 * WIDTH, WIDTH // 2), nn.GELU(), nn.Dropout(dropout), nn.Linear(WIDTH // 2, 1))
        self.pair = nn.Sequential(nn.Linear(3 * WIDTH, WIDTH), nn.GELU(), nn.Dropout(dropout))
        self.query = nn.Linear(WIDTH, WIDTH)
        self.key = nn.Linear(WIDTH, WIDTH)
        self.joined = nn.Sequential(nn.Linear(2 * WIDTH, WIDTH), nn.GELU(), nn.Dropout(dropout))
        self.labels = nn.Linear(WIDTH, 2 * labels)
        self.status = nn.Linear(WIDTH, STATUSES)
        self.triggers = nn.Sequential(nn.Dropout(dropout), nn.Linear(WIDTH, labels))
        self.count = labels
        with torch.no_grad():  # labels are rare
            self.labels.bias.fill_(RARE)
            self.triggers[1].bias.fill_(RARE)

    def read_sentences(self, pieces: Tensor, shapes: Tensor, members: Tensor, mask: Tensor | None) -> tuple[Tensor, Tensor]:
        """Read sentences once.

        Args:
            pieces: Shape (sentences, pieces).
            shapes: Shape (sentences, pieces).
            members: Shape (sentences, actors, pieces), 1 at each actor's mentions.
            mask: Shape (sentences, pieces), true at real pieces; None where all are.

        Returns:
            Hidden states (sentences, pieces, WIDTH), and logits (sentences, actors) that an actor takes part in something.
        """
        hidden = self.encoder.embed(pieces, shapes) + members.amax(1).unsqueeze(-1) * self.mention
        hidden = self.encoder.dropout(self.encoder.norm(hidden))
        for layer in self.encoder.layers[:SHARED]:
            hidden = layer(hidden, None if mask is None else mask[:, None, None, :])
        actors = _mean(members, hidden)
        return hidden, self.busy(torch.cat([actors, hidden[:, :1].expand_as(actors)], dim=-1)).squeeze(-1)

    def read_passes(self, hidden: Tensor, subject: Tensor, members: Tensor, mask: Tensor | None) -> tuple[Tensor, Tensor, Tensor]:
        """Return pairs, status and triggers of passes.

        Args:
            hidden: Shape (passes, pieces, WIDTH): their sentences, read.
            subject: Shape (passes, pieces), 1 at the subject's mentions.
            members: Shape (passes, actors, pieces), 1 at each actor's mentions.
            mask: Shape (passes, pieces), true at real pieces; None where all are.
        """
        others = (members.amax(1) - subject).clamp(min=0)
        hidden = hidden + subject.unsqueeze(-1) * self.roles[0] + others.unsqueeze(-1) * self.roles[1]
        for layer in self.encoder.layers[SHARED:]:
            hidden = layer(hidden, None if mask is None else mask[:, None, None, :])
        subjects = _mean(subject.unsqueeze(1), hidden)
        objects = torch.cat([_mean(members, hidden), hidden[:, :1]], dim=1)
        subjects = subjects.expand(-1, objects.shape[1], -1)
        pair = self.pair(torch.cat([subjects, objects, subjects * objects], dim=-1))
        context = self._attend(pair, hidden, mask)
        joined = self.joined(torch.cat([pair, context], dim=-1))
        pairs = self.labels(joined).view(joined.shape[0], joined.shape[1], 2, self.count)
        return pairs, self.status(joined), self.triggers(hidden)

    def forward(self, batch: Batch) -> Scores:
        """Score a batch."""
        hidden, busy = self.read_sentences(batch.pieces, batch.shapes, batch.members, batch.mask)
        of = batch.sentence
        return Scores(busy, *self.read_passes(hidden[of], batch.subject, batch.members[of], batch.mask[of]))

    def _attend(self, pair: Tensor, hidden: Tensor, mask: Tensor | None) -> Tensor:
        """Return what each pair sees of the sentence, shape (passes, actors + 1, WIDTH)."""
        passes, actors, _ = pair.shape
        size = WIDTH // QUERIES
        query = self.query(pair).view(passes, actors, QUERIES, size).transpose(1, 2)
        key = self.key(hidden).view(passes, -1, QUERIES, size).transpose(1, 2)
        scores = query @ key.transpose(-1, -2) * size**-0.5
        if mask is not None:
            scores = scores.masked_fill(~mask[:, None, None, :], -1e4)
        mixed = scores.softmax(-1) @ hidden.view(passes, -1, QUERIES, size).transpose(1, 2)
        return mixed.transpose(1, 2).reshape(passes, actors, WIDTH)


def _mean(members: Tensor, hidden: Tensor) -> Tensor:
    """Return the mean of the states at each actor's mentions, shape (…, actors, WIDTH)."""
    weights = members / members.sum(-1, keepdim=True).clamp(min=1)
    return weights.to(hidden.dtype) @ hidden


class Batch(NamedTuple):
    """Sentences and passes with what they should say; weights are 0 where nothing is asked.

    ``pieces``, ``shapes`` and ``mask`` (sentences, pieces), ``members`` (sentences, actors, pieces); ``busy`` and
    ``busy_weights`` (sentences, actors). Of passes: ``sentence`` (passes) is the number of theirs, ``subject`` (passes, pieces),
    ``gold`` and ``weights`` (passes, actors + 1, 2, labels), ``status`` (passes, actors + 1), -1 where none,
    ``triggers`` and ``trigger_weights`` (passes, pieces, labels) and (passes, pieces).
    """

    pieces: Tensor
    shapes: Tensor
    members: Tensor
    mask: Tensor
    busy: Tensor
    busy_weights: Tensor
    sentence: Tensor
    subject: Tensor
    gold: Tensor
    weights: Tensor
    status: Tensor
    triggers: Tensor
    trigger_weights: Tensor


def weigh_losses(scores: Scores, batch: Batch) -> dict[str, Tensor]:
    """Return the loss of each head a pass."""
    passes = batch.subject.shape[0]
    positive = torch.tensor(2.0)
    pairs = functional.binary_cross_entropy_with_logits(
        scores.pairs.float(), batch.gold, batch.weights, reduction="sum", pos_weight=positive
    )
    triggers = functional.binary_cross_entropy_with_logits(
        scores.triggers.float(), batch.triggers, batch.trigger_weights.unsqueeze(-1), reduction="sum", pos_weight=positive
    )
    status = functional.cross_entropy(
        scores.status.float().flatten(0, 1), batch.status.flatten(), ignore_index=-1, reduction="sum"
    )
    busy = functional.binary_cross_entropy_with_logits(scores.busy.float(), batch.busy, batch.busy_weights, reduction="sum")
    return {
        "pairs": pairs / passes,
        "types": weigh_types(scores, batch) / passes,
        "triggers": 0.2 * triggers / passes,
        "status": 0.3 * status / passes,
        "busy": busy / passes,
    }


def weigh_types(scores: Scores, batch: Batch) -> Tensor:
    """Return how unlikely the right labels are among all, summed over the pairs between which something stands."""
    told = batch.gold.amax(-1) > 0
    if not bool(told.any()):
        return scores.pairs.float().sum() * 0
    gold = batch.gold[told]
    likely = scores.pairs.float()[told].log_softmax(-1)
    return -(gold / gold.sum(-1, keepdim=True) * likely).sum()
