"""The treebanks as arrays: passages of sentences, the label inventories, and training windows."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import spacy
from en_entente.lemmas import find_script
from en_entente.words import SHAPE_INDEX, SHAPES, WordReader
from numpy.typing import NDArray
from spacy.tokens import DocBin

#: The treebanks' entity labels and ours.
ENTITY_NAMES: Final = {"PER": "PERSON", "ORG": "ORG", "LOC": "PLACE"}

#: BIOES tags in a fixed order; "O" is 0.
ENTITY_TAGS: Final = ("O", *(f"{place}-{name}" for name in ENTITY_NAMES.values() for place in "BIES"))

ROOT_LABEL: Final = "ROOT"
IGNORED: Final = -100

#: A lemma script seen less often than this in training is not learnt (a typo, a nickname).
MIN_SCRIPT_COUNT: Final = 2

Integers = NDArray[np.int64]


@dataclass(frozen=True)
class Inventory:
    """The labels that the heads choose from; a label's number is its place in the tuple.

    ``analyses`` are "tag<TAB>pos<TAB>morph" strings: one choice fixes all three, so they never disagree.
    """

    analyses: tuple[str, ...]
    labels: tuple[str, ...]
    scripts: tuple[str, ...]
    entity_tags: tuple[str, ...] = ENTITY_TAGS


@dataclass(frozen=True)
class Sentence:
    """One sentence of *n* words.

    ``pieces`` (all pieces of all words), ``piece_counts`` (n), ``shapes`` (n, ``2 * shape + glued``),
    ``heads`` (n, inside the sentence, -1 for the root), ``labels``, ``analyses``, ``scripts``, ``entities`` (n;
    ``IGNORED`` where the treebank says nothing).
    """

    words: tuple[str, ...]
    pieces: Integers
    piece_counts: Integers
    shapes: Integers
    heads: Integers
    labels: Integers
    analyses: Integers
    scripts: Integers
    entities: Integers

    def __len__(self) -> int:
        return len(self.words)


Passage = tuple[Sentence, ...]
Window = tuple[Sentence, ...]


def read_docs(path: Path) -> list[spacy.tokens.Doc]:
    """Read a DocBin of the treebanks."""
    return list(DocBin().from_disk(path).get_docs(spacy.blank("en").vocab))


def name_analysis(token: spacy.tokens.Token) -> str:
    """Return "tag<TAB>pos<TAB>morph" of a gold token."""
    return f"{token.tag_}\t{token.pos_}\t{token.morph}"


def take_inventory(docs: Sequence[spacy.tokens.Doc]) -> Inventory:
    """Collect the labels of the training documents, most frequent first."""
    analyses: Counter[str] = Counter()
    labels: Counter[str] = Counter()
    scripts: Counter[str] = Counter()
    for doc in docs:
        for token in doc:
            analyses[name_analysis(token)] += 1
            labels[token.dep_] += 1
            scripts[find_script(token.text, token.lemma_)] += 1
    return Inventory(
        analyses=tuple(name for name, _ in analyses.most_common()),
        labels=tuple(name for name, _ in labels.most_common()),
        scripts=tuple(name for name, count in scripts.most_common() if count >= MIN_SCRIPT_COUNT),
    )


def tag_entities(sentence: spacy.tokens.Span) -> list[int]:
    """Return a BIOES tag number a word, all ``IGNORED`` where the sentence has no entity annotation."""
    if all(token.ent_iob == 0 for token in sentence):
        return [IGNORED] * len(sentence)
    tags = [0] * len(sentence)
    for entity in sentence.ents:
        start, end = entity.start - sentence.start, entity.end - sentence.start
        name = ENTITY_NAMES[entity.label_]
        places = "S" if end - start == 1 else "B" + "I" * (end - start - 2) + "E"
        for index, place in enumerate(places, start):
            tags[index] = ENTITY_TAGS.index(f"{place}-{name}")
    return tags


def read_passages(docs: Sequence[spacy.tokens.Doc], inventory: Inventory, reader: WordReader) -> list[Passage]:
    """Turn gold documents into passages of sentences."""
    analyses = {name: index for index, name in enumerate(inventory.analyses)}
    labels = {name: index for index, name in enumerate(inventory.labels)}
    scripts = {name: index for index, name in enumerate(inventory.scripts)}
    passages = []
    for doc in docs:
        words = reader.read([token.text for token in doc])
        sentences = []
        for span in doc.sents:
            chosen = words[span.start : span.end]
            glued = [int(token.i > 0 and not doc[token.i - 1].whitespace_) for token in span]
            sentences.append(
                Sentence(
                    words=tuple(token.text for token in span),
                    pieces=np.array([piece for word in chosen for piece in word.pieces]),
                    piece_counts=np.array([len(word.pieces) for word in chosen]),
                    shapes=np.array([2 * word.shape + after for word, after in zip(chosen, glued, strict=True)]),
                    heads=np.array([-1 if token.head == token else token.head.i - span.start for token in span]),
                    labels=np.array([labels.get(token.dep_, IGNORED) for token in span]),
                    analyses=np.array([analyses.get(name_analysis(token), IGNORED) for token in span]),
                    scripts=np.array([scripts.get(find_script(token.text, token.lemma_), IGNORED) for token in span]),
                    entities=np.array(tag_entities(span)),
                )
            )
        passages.append(tuple(sentences))
    return passages


def cut_windows(passages: Sequence[Passage], *, max_pieces: int, alone: float, rng: random.Random) -> list[Window]:
    """Cut every passage into windows of consecutive sentences; each sentence is in exactly one.

    Args:
        passages: Sentences that follow each other in their texts.
        max_pieces: Most pieces in a window of several sentences (a longer sentence gets a window of its own).
        alone: Chance that a passage is cut into single sentences, as headlines and captions come.
        rng: Where the passages are cut is drawn from it.
    """
    windows: list[Window] = []
    for passage in passages:
        limit = 0 if rng.random() < alone else rng.randint(max_pieces // 4, max_pieces)
        window: list[Sentence] = []
        size = 0
        for sentence in passage:
            if window and size + len(sentence.pieces) > limit:
                windows.append(tuple(window))
                window, size = [], 0
            window.append(sentence)
            size += len(sentence.pieces)
        windows.append(tuple(window))
    return windows


def cut_batches(windows: Sequence[Window], *, batch_pieces: int, rng: random.Random) -> Iterator[list[Window]]:
    """Yield batches of windows of like length, about *batch_pieces* each with padding, in random order."""
    order = sorted(windows, key=lambda window: sum(len(s.pieces) for s in window) + rng.random() * 8)
    batches: list[list[Window]] = [[]]
    for window in order:
        longest = sum(len(sentence.pieces) for sentence in window) + 2
        if batches[-1] and longest * (len(batches[-1]) + 1) > batch_pieces:
            batches.append([])
        batches[-1].append(window)
    rng.shuffle(batches)
    yield from batches


def drop_final_sign(sentence: Sentence, sign_labels: Integers) -> Sentence:
    """Return the sentence without its last word if that is a punctuation mark that nothing depends on."""
    last = len(sentence) - 1
    if last < 1 or sentence.labels[last] not in sign_labels or last in sentence.heads:
        return sentence
    return Sentence(
        words=sentence.words[:last],
        pieces=sentence.pieces[: len(sentence.pieces) - sentence.piece_counts[last]],
        piece_counts=sentence.piece_counts[:last],
        shapes=sentence.shapes[:last],
        heads=sentence.heads[:last],
        labels=sentence.labels[:last],
        analyses=sentence.analyses[:last],
        scripts=sentence.scripts[:last],
        entities=sentence.entities[:last],
    )


def change_case(shapes: Integers, case: str) -> Integers:
    """Return the shapes of the same words printed in lower case, in capitals, or as a title in title case."""
    changes = {
        "lower": {"title": "lower", "upper": "lower", "mixed": "lower", "initial": "lower"},
        "upper": {"lower": "upper", "title": "upper", "mixed": "upper"},
        "title": {"lower": "title"},
    }[case]
    table = np.arange(2 * len(SHAPES))
    for old, new in changes.items():
        for glued in (0, 1):
            table[2 * SHAPE_INDEX[old] + glued] = 2 * SHAPE_INDEX[new] + glued
    return table[shapes]
