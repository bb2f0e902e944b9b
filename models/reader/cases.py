"""Sentences with records as the network reads them: inputs, what each head should say, and disturbances."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Final

import numpy as np
import spacy
import torch
import yaml
from en_entente.words import Word, WordReader
from en_entente_reader.inputs import MAX_PIECES, Mention, build_inputs
from sentences import LABELS, STATUSES, SYMMETRIC, Example, Told, is_held_out, read_file

from reading import ACTORS, Batch, load_recipe, pairs_of

LABEL: Final = {label: i for i, label in enumerate(LABELS)}
_POSSESSIVE: Final = re.compile(r"(?:'s|’s|'|’)$")


@dataclass
class Case:
    """An example cut into words: ``mentions`` by words, records as in the example with actors numbered from 0."""

    where: str
    words: list[str]
    glued: list[bool]
    mentions: list[tuple[int, int, tuple[int, ...]]]
    actors: int
    records: list[tuple[Told, tuple[int, ...], tuple[int, ...], int, int]]

    @cached_property
    def busy(self) -> frozenset[int]:
        """The actors that take part in a record."""
        return self._taking_part(optional=False)

    @cached_property
    def in_doubt(self) -> frozenset[int]:
        """The actors that take part in what a reader may or may not write down."""
        return self._taking_part(optional=True)

    def _taking_part(self, *, optional: bool) -> frozenset[int]:
        return frozenset(i for told, *sides, _, _ in self.records if told.optional == optional for side in sides for i in side)


def make_tokenizer() -> Any:
    """Return the pipeline's tokenizer."""
    nlp = spacy.blank("en")
    load_recipe("tokens").adapt_tokenizer(nlp)
    return nlp.tokenizer


def cut_example(example: Example, tokenizer: Any) -> Case:
    """Return an example cut into words; the ending of a possessive is no part of a mention."""
    words = [word for word in tokenizer(example.text) if not word.is_space]
    starts = [word.idx for word in words]
    ends = [word.idx + len(word) for word in words]
    numbers: dict[int, int] = {}
    mentions = []
    for mention in example.mentions:
        here = [i for i in range(len(words)) if starts[i] < mention.end and mention.start < ends[i]]
        while len(here) > 1 and _POSSESSIVE.fullmatch(words[here[-1]].text):
            here.pop()
        if here:
            mentions.append((here[0], here[-1], tuple(numbers.setdefault(n, len(numbers)) for n in mention.actors)))
    records = []
    for told in example.records:
        here = [i for i in range(len(words)) if starts[i] < told.end and told.start < ends[i]]
        if here and all(n in numbers for n in (*told.actor, *told.recipient)):
            sides = (tuple(numbers[n] for n in side) for side in (told.actor, told.recipient))
            records.append((told, *sides, here[0], here[-1]))
    glued = [i > 0 and starts[i] == ends[i - 1] for i in range(len(words))]
    return Case(example.where, [word.text for word in words], glued, mentions, len(numbers), records)


def read_cases(folder: Path) -> tuple[list[Case], list[Case]]:
    """Return the cases of all files of a folder: those to train on, and those held out."""
    tokenizer = make_tokenizer()
    kept: tuple[list[Case], list[Case]] = ([], [])
    for file in sorted(folder.glob("*.txt")):
        for example in read_file(file):
            if example.mentions:
                kept[is_held_out(example.text)].append(cut_example(example, tokenizer))
    return kept


def read_passages(path: Path) -> list[Case]:
    """Return the cases that ``passages.py`` wrote; the word that tells a record isn't known where a passage has codes."""
    cases = []
    for row in json.loads(path.read_text(encoding="utf-8")):
        mentions = [(first, last, tuple(numbers)) for first, last, numbers in row["mentions"]]
        records = []
        for label, status, actor, recipient, optional, first, last in row["records"]:
            told = Told(label, status, None, tuple(actor), tuple(recipient), 0, 0, optional)
            records.append((told, told.actor, told.recipient, first, last))
        cases.append(Case(row["where"], row["words"], row["glued"], mentions, row["actors"], records))
    return cases


# --- disturbances -------------------------------------------------------------------------------------------------------


class Renamer:
    """Puts other states in the place of a sentence's, form for form, so that what is learned is not who usually does what."""

    def __init__(self, states: Path) -> None:
        self.forms: dict[str, tuple[int, str]] = {}
        self.states: list[dict[str, str]] = []
        for entry in yaml.safe_load(states.read_text(encoding="utf-8")):
            forms = {"name": entry["name"], "demonym": _first(entry.get("demonyms")), "capital": _first(entry.get("capital"))}
            forms["person"], forms["people"] = (*(entry.get("people") or []), "", "")[:2]
            if all(forms.values()) and " " not in forms["name"] + forms["demonym"]:
                for form, words in forms.items():
                    self.forms.setdefault(words, (len(self.states), form))
                self.states.append(forms)

    def rename(self, case: Case, rng: random.Random) -> list[str]:
        """Return the words of a case with its states exchanged for others."""
        words, chosen = list(case.words), {}
        for first, last, _ in case.mentions:
            for i in range(first, last + 1):
                state, form = self.forms.get(words[i], (None, ""))
                if state is not None and case.words[i] == words[i]:
                    if state not in chosen:
                        chosen[state] = self.states[rng.randrange(len(self.states))]
                    other = chosen[state][form]
                    words[i] = other if " " not in other else words[i]
        return words


def _first(values: Sequence[str] | None) -> str:
    return values[0] if values else ""


def thin_out(case: Case, rng: random.Random) -> list[Mention]:
    """Return the mentions of a case without some of those that a resolver may miss."""
    kept: list[Mention] = []
    gone = {i for i in range(case.actors) if i not in case.busy and rng.random() < 0.2}
    seen: set[int] = set()
    for first, last, numbers in case.mentions:
        again = all(i in seen for i in numbers)
        if gone.isdisjoint(numbers) and not (again and rng.random() < 0.15):
            kept.append((first, last, numbers))
            seen.update(numbers)
    return kept


# --- readings -----------------------------------------------------------------------------------------------------------


@dataclass
class Reading:
    """A sentence with what should be said of it: arrays as in :class:`reading.Batch`, without the first axis.

    In place of pairs stands each actor with each and with nobody: ``gold`` and ``weights`` (actors, actors + 1, 2, labels), and
    so on.
    """

    pieces: np.ndarray
    shapes: np.ndarray
    members: np.ndarray
    busy: np.ndarray
    busy_weights: np.ndarray
    gold: np.ndarray
    weights: np.ndarray
    status: np.ndarray
    triggers: np.ndarray
    pointers: np.ndarray
    trigger_weights: np.ndarray

    @property
    def size(self) -> int:
        """How much there is to do for it: pieces, and pairs that look at them."""
        return len(self.pieces) + len(self.members) * (len(self.members) + 1) // 2


class ReadingMaker:
    """Turns cases into readings."""

    def __init__(self, reader: WordReader, renamer: Renamer | None, rng: random.Random) -> None:
        self.reader = reader
        self.renamer = renamer
        self.rng = rng

    def make(self, case: Case, *, noisy: bool) -> Reading | None:
        """Return a case to read; None where no actor still has a mention. Noise shuffles the actors' numbers too."""
        words, mentions = case.words, case.mentions
        if noisy:
            mentions = thin_out(case, self.rng)
            if self.renamer and self.rng.random() < 0.7:
                words = self.renamer.rename(case, self.rng)
        read = self.reader.read(words)
        if noisy:
            read = [Word((self.reader.unknown,), w.shape) if self.rng.random() < 0.05 else w for w in read]
        inputs = build_inputs(read, case.glued, mentions, case.actors, start=self.reader.start, end=self.reader.end)
        present = [i for i in range(case.actors) if inputs.members[i].any()]
        if not present or len(present) > ACTORS:
            return None
        if noisy:
            self.rng.shuffle(present)
        targets = _targets(case)
        columns = [*present, case.actors]
        triggers, pointers, trigger_weights = _triggers(case, inputs.words)
        return Reading(
            inputs.pieces,
            inputs.shapes,
            inputs.members[present],
            np.array([i in case.busy for i in present], np.float32),
            np.array([i in case.busy or i not in case.in_doubt for i in present], np.float32),
            *(one[present][:, columns] for one in targets),
            triggers,
            pointers[present][:, columns],
            trigger_weights,
        )


def cells_of(told: Told, actor: Sequence[int], recipient: Sequence[int], nobody: int) -> Iterator[tuple[int, int, int]]:
    """Yield (subject, other, direction) of a record: direction 0 where the subject acts, 1 where it is acted upon."""
    if told.label in SYMMETRIC:
        together = sorted({*actor, *recipient})
        pairs = [(a, b) for a in together for b in together if a != b] or [(together[0], nobody)]
        for a, b in pairs:
            yield a, b, 0
            if b != nobody:
                yield a, b, 1
        return
    for a in actor or (nobody,):
        for r in recipient or (nobody,):
            if a not in (nobody, r):
                yield a, r, 0
            if r not in (nobody, a):
                yield r, a, 1


def _targets(case: Case) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    nobody = case.actors
    shape = (case.actors, case.actors + 1, 2, len(LABELS))
    gold, weights = np.zeros(shape, np.float32), np.ones(shape, np.float32)
    status = np.full(shape[:3], -1)
    for told, actor, recipient, _, _ in sorted(case.records, key=lambda record: not record[0].optional):
        for subject, other, direction in cells_of(told, actor, recipient, nobody):
            cell = subject, other, direction, LABEL[told.label]
            gold[cell] = 0.0 if told.optional else 1.0
            weights[cell] = 0.0 if told.optional else 1.0
            if not told.optional:
                status[subject, other, direction] = STATUSES.index(told.status)
    for i in range(case.actors):
        weights[i, i] = 0
    return gold, weights, status


def _triggers(case: Case, words: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return the pieces that tell a record: by label, by pair, and where that is known."""
    triggers = np.zeros((len(words), len(LABELS)), np.float32)
    pointers = np.zeros((case.actors, case.actors + 1, len(words)), np.float32)
    weights = (words >= 0).astype(np.float32)
    for told, actor, recipient, first, last in case.records:
        here = (words >= first) & (words <= last)
        if first < 0:  # nobody has marked the word
            weights[:] = 0
        elif told.optional:
            weights[here] = 0
        else:
            triggers[here, LABEL[told.label]] = 1
            for subject, other, _ in cells_of(told, actor, recipient, case.actors):
                pointers[subject, other, here] = 1
    return triggers, pointers, weights


def collate(readings: Sequence[Reading]) -> Batch:
    """Pad readings into one batch; the column of nobody stays the last."""
    size = len(readings)
    length = min(max(len(one.pieces) for one in readings), MAX_PIECES)
    actors = max(len(one.members) for one in readings)
    pieces, shapes = np.zeros((size, length), np.int64), np.zeros((size, length), np.int64)
    mask, members = np.zeros((size, length), bool), np.zeros((size, actors, length), np.float32)
    busy, busy_weights = np.zeros((size, actors), np.float32), np.zeros((size, actors), np.float32)
    gold = np.zeros((size, actors, actors + 1, 2, len(LABELS)), np.float32)
    weights, status = np.zeros_like(gold), np.full((size, actors, actors + 1, 2), -1)
    triggers, trigger_weights = np.zeros((size, length, len(LABELS)), np.float32), np.zeros((size, length), np.float32)
    pointers = np.zeros((size, actors, actors + 1, length), np.float32)
    for place, one in enumerate(readings):
        n, k = len(one.pieces), len(one.members)
        pieces[place, :n], shapes[place, :n], mask[place, :n], members[place, :k, :n] = one.pieces, one.shapes, True, one.members
        busy[place, :k], busy_weights[place, :k] = one.busy, one.busy_weights
        cells = np.ix_([place], range(k), [*range(k), actors])
        gold[cells], weights[cells], status[cells] = one.gold, one.weights, one.status
        triggers[place, :n], trigger_weights[place, :n] = one.triggers, one.trigger_weights
        pointers[np.ix_([place], range(k), [*range(k), actors], range(n))] = one.pointers
    arrays = (pieces, shapes, members, mask, busy, busy_weights)
    first, second = (side.numpy() for side in pairs_of(actors))
    gold, weights, status, pointers = (one[:, first, second] for one in (gold, weights, status, pointers))
    arrays += (gold, weights, status, triggers, pointers, trigger_weights)
    return Batch(*(torch.from_numpy(array) for array in arrays))


def cut_batches(readings: Iterable[Reading | None], size: int, rng: random.Random) -> list[list[Reading]]:
    """Return readings of like length in batches of about such a size, shuffled."""
    ordered = sorted((one for one in readings if one is not None), key=lambda one: (len(one.pieces), rng.random()))
    batches: list[list[Reading]] = [[]]
    for one in ordered:
        if batches[-1] and sum(other.size for other in batches[-1]) + one.size > size:
            batches.append([])
        batches[-1].append(one)
    rng.shuffle(batches)
    return batches
