"""Train the reader's network on the sentences of this folder: one seeded run."""

from __future__ import annotations

import argparse
import copy
import random
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from cases import Case, ReadingMaker, Renamer, collate, cut_batches, read_cases, read_passages
from en_entente.words import WordReader
from encoder import NETWORK, read_encoder
from sentences import LABELS

from reading import ReaderNetwork, load_recipe, recipe, weigh_losses

HERE = Path(__file__).resolve().parent
STATES = HERE.parent.parent / "src" / "entente" / "codebook" / "data" / "actors" / "states.yml"

ENCODER_RATE = 1.5e-4
DECODER_RATE = 3e-4
HEAD_RATE = 1e-3
BATCH_SIZE = 600
AVERAGE = 0.997
WARMUP_STEPS = 100
MAX_GRADIENT = 5.0
EPOCHS = 6
PASSAGES_TIMES = 2  # they are few, and read as the run time reads


@torch.no_grad()
def check(network: ReaderNetwork, maker: ReadingMaker, cases: Sequence[Case]) -> dict[str, float]:
    """Return F1 over the cells of held-out pairs at a threshold of one half, and the share of statuses right."""
    network.eval()
    right = told = wanted = status_right = statuses = 0
    sentences = [maker.make(case, noisy=False) for case in cases]
    busy_right = busies = 0
    for batch in (collate(part) for part in cut_batches(sentences, 6000, random.Random(0))):
        scores = network(batch)
        said, gold = (scores.pairs > 0) & (batch.weights > 0), batch.gold > 0
        right, told, wanted = right + int((said & gold).sum()), told + int(said.sum()), wanted + int(gold.sum())
        here = batch.status >= 0
        status_right += int((scores.status.argmax(-1)[here] == batch.status[here]).sum())
        statuses += int(here.sum())
        asked = batch.busy_weights > 0
        busy_right += int(((scores.busy > 0) == (batch.busy > 0))[asked].sum())
        busies += int(asked.sum())
    network.train()
    return {
        "precision": round(right / max(told, 1), 4),
        "recall": round(right / max(wanted, 1), 4),
        "f1": round(2 * right / max(told + wanted, 1), 4),
        "status": round(status_right / max(statuses, 1), 4),
        "busy": round(busy_right / max(busies, 1), 4),
    }


def group_parameters(network: ReaderNetwork) -> list[dict[str, Any]]:
    """Return the optimiser's groups: what was pretrained slow, the decoder faster, what is new fast."""
    groups: dict[float, list[torch.nn.Parameter]] = {ENCODER_RATE: [], DECODER_RATE: [], HEAD_RATE: []}
    for name, value in network.named_parameters():
        if value.requires_grad:
            part = name.partition(".")[0]
            groups[{"encoder": ENCODER_RATE, "decoders": DECODER_RATE}.get(part, HEAD_RATE)].append(value)
    return [{"params": values, "lr": rate} for rate, values in groups.items()]


def train(sentences: Path, run: Path, *, passages: Path | None, epochs: int, seed: int, threads: int) -> Path:
    """Train and write the averaged weights to *run*; return their file.

    Args:
        sentences: Folder of sentences.
        run: Folder to write.
        passages: File of passages' sentences, learned from as well (see ``passages.py``).
        epochs: Over how many epochs the learning rates fall to nothing.
        seed: Of the new weights, of dropout and of how sentences are disturbed.
        threads: Threads of the matrix products.
    """
    torch.manual_seed(seed)
    torch.set_num_threads(threads)
    rng = random.Random(seed)
    np.random.seed(seed)
    run.mkdir(parents=True, exist_ok=True)
    pipeline = load_recipe("train")
    encoder = pipeline.find_encoder()
    reader = WordReader.from_bytes((encoder / "tokenizer.json").read_bytes())
    kept, held_out = read_cases(sentences)
    kept += PASSAGES_TIMES * read_passages(passages) if passages else []
    maker, plain = ReadingMaker(reader, Renamer(STATES), rng), ReadingMaker(reader, None, rng)
    network = ReaderNetwork(len(LABELS))
    network.start_from(read_encoder(NETWORK, recipe.LAYERS))
    average = copy.deepcopy(network).requires_grad_(False)
    optimiser = torch.optim.AdamW(group_parameters(network), weight_decay=0.01, betas=(0.9, 0.98), fused=True)
    batches = cut_batches((maker.make(case, noisy=True) for case in kept), BATCH_SIZE, rng)
    steps = len(batches) * epochs
    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, pipeline.plan_rate(steps, WARMUP_STEPS))
    started, step = time.monotonic(), 0
    print(f"{len(kept)} sentences, {len(held_out)} held out, {len(batches)} batches an epoch", flush=True)
    file = run / "reader.pt"
    for epoch in range(1, epochs + 1):
        sums: dict[str, float] = {}
        for part in batches[: steps - step]:
            batch = collate(part)
            with torch.autocast("cpu", torch.bfloat16):
                scores = network(batch)
                losses = weigh_losses(scores, batch)
            torch.stack(list(losses.values())).sum().backward()
            torch.nn.utils.clip_grad_norm_(network.parameters(), MAX_GRADIENT)
            optimiser.step()
            optimiser.zero_grad()
            schedule.step()
            step += 1
            pipeline.average_weights(average, network, step, AVERAGE)
            sums = {name: sums.get(name, 0.0) + float(value.detach()) for name, value in losses.items()}
        torch.save(average.state_dict(), file)
        shown = " ".join(f"{name} {value / len(batches):.3f}" for name, value in sums.items())
        seconds = round(time.monotonic() - started)
        print(f"epoch {epoch}, {seconds} s: {shown}; held out {check(average, plain, held_out)}", flush=True)
        batches = cut_batches((maker.make(case, noisy=True) for case in kept), BATCH_SIZE, rng)
    return file


def read_arguments(argv: Sequence[str]) -> argparse.Namespace:
    """Parse the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("run", type=Path, help="folder for the weights")
    parser.add_argument("--sentences", type=Path, default=HERE / "sentences")
    parser.add_argument("--passages", type=Path)
    parser.add_argument("--epochs", type=int, default=EPOCHS)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=2)
    return parser.parse_args(argv)


if __name__ == "__main__":
    train(**vars(read_arguments(sys.argv[1:])))
