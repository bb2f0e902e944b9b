"""The pipeline's one component: sentences, tags, features, lemmas, dependencies and entities in one pass."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Literal, cast

import numpy as np
from numpy.typing import NDArray
from spacy.attrs import DEP, ENT_IOB, ENT_TYPE, HEAD, LEMMA, MORPH, ORTH, POS, SENT_START, SPACY, TAG
from spacy.language import Language
from spacy.symbols import IDS as SYMBOLS
from spacy.tokens import Doc
from spacy.vocab import Vocab

from en_entente.decode import ROOT, EntityDecoder, decode_trees
from en_entente.encoder import Encoder, Inventory
from en_entente.lemmas import Lemmatizer, apply_script
from en_entente.words import Word, WordReader

Integers = NDArray[np.int64]
Booleans = NDArray[np.bool_]

#: Where whitespace in the text ends a sentence: at every line end, at an empty line, or nowhere.
SentenceBreak = Literal["line", "paragraph", "none"]

BREAKS: Final = {
    "line": re.compile(r"[\n\r\v\f\x85\u2028\u2029]"),
    "paragraph": re.compile(r"\n\s*\n|\r\s*\r|\r\n\s*\r\n|\u2029"),
    "none": re.compile(r"(?!)"),
}

#: Pieces in a window: what the network was trained on, and the most it is ever shown, for a sentence that fills the first.
WINDOW_PIECES: Final = 190
LONG_WINDOW_PIECES: Final = 480

#: Words whose reading or lemma is remembered; the memory starts anew when it is full.
MEMORY_WORDS: Final = 200_000

#: Longest text that the pipeline takes, in characters; spaCy's own limit is for components whose memory grows faster.
MAX_TEXT: Final = 50_000_000

#: The component's files.
FILES: Final = ("network.onnx", "label_head.npz", "inventory.json", "lexicon.json", "tokenizer.json")

OUTSIDE_IOB, INSIDE_IOB, BEGIN_IOB = 2, 1, 3

ATTRIBUTES: Final = [TAG, POS, MORPH, LEMMA, DEP, HEAD, ENT_IOB, ENT_TYPE]


class NotLoadedError(RuntimeError):
    """The component is used before its files were read."""


@dataclass
class Words:
    """The *n* words of a document (its tokens without the whitespace), ready to be cut into windows.

    ``tokens`` (n, token index), ``ends`` (n + 1, pieces up to each word), ``shapes`` (n), ``breaks`` and
    ``joins`` (n, where a sentence must or must not start).
    """

    tokens: Integers
    pieces: Integers
    counts: Integers
    ends: Integers
    shapes: Integers
    breaks: Booleans
    joins: Booleans


@dataclass
class Analysis:
    """The numbers chosen for the *n* words of a document; ``heads`` count words, ``ROOT`` for roots."""

    heads: Integers
    labels: Integers
    analyses: Integers
    scripts: Integers
    entities: Integers

    @classmethod
    def empty(cls, size: int) -> Analysis:
        """Return room for *size* words."""
        return cls(*(np.zeros(size, dtype=np.int64) for _ in range(5)))


class Annotator:
    """Annotate documents with everything that the network knows.

    A sentence starts where the network says, where whitespace contains a break (see ``SentenceBreak``), and
    where a token came with ``is_sent_start`` true; never where it came false. A sentence that fills
    ``LONG_WINDOW_PIECES`` is split there, so that memory and time stay bounded.

    Results do not depend on how documents are batched: every window of a document is encoded alone.
    """

    def __init__(self, vocab: Vocab, name: str, *, threads: int, sentence_break: SentenceBreak) -> None:
        self.vocab = vocab
        self.name = name
        self.threads = threads
        self.sentence_break = sentence_break
        self.files: dict[str, bytes] = {}
        self.read_words: dict[int, Word | None] = {}
        self.lemmas: dict[tuple[int, int, int], str] = {}

    def __call__(self, doc: Doc) -> Doc:
        """Annotate one document in place."""
        if not self.files:
            raise NotLoadedError(f"{self.name}: no network was loaded; load the whole pipeline with spacy.load")
        if len(doc):
            words = self.read_doc(doc)
            self.write_doc(doc, words, self.analyse(words))
        return doc

    def pipe(self, docs: Iterable[Doc], batch_size: int = 128) -> Iterator[Doc]:
        """Annotate documents one after the other; *batch_size* is accepted as spaCy passes it, and changes nothing."""
        for doc in docs:
            yield self(doc)

    # Reading the document

    def read_doc(self, doc: Doc) -> Words:
        """Return the document's words as the network sees them."""
        orths, spaces, presets = doc.to_array([ORTH, SPACY, SENT_START]).T
        orth_list = orths.tolist()
        readings = self.read_orths(orth_list)
        is_word = np.fromiter((reading is not None for reading in readings), dtype=bool, count=len(readings))
        tokens = np.flatnonzero(is_word)
        seen = [reading for reading in readings if reading is not None]
        counts = np.fromiter((len(word.pieces) for word in seen), dtype=np.int64, count=len(seen))
        shapes = np.fromiter((word.shape for word in seen), dtype=np.int64, count=len(seen))
        glued = np.zeros(len(doc), dtype=bool)
        glued[1:] = (spaces[:-1] == 0) & is_word[:-1]
        presets = presets.astype(np.int64)
        return Words(
            tokens=tokens,
            pieces=np.fromiter((piece for word in seen for piece in word.pieces), dtype=np.int64, count=int(counts.sum())),
            counts=counts,
            ends=np.concatenate([[0], np.cumsum(counts)]),
            shapes=2 * shapes + glued[tokens],
            breaks=self.find_breaks(orth_list, is_word)[tokens] | (presets[tokens] == 1),
            joins=presets[tokens] == -1,
        )

    def read_orths(self, orths: list[int]) -> list[Word | None]:
        """Return every token's reading, None for whitespace."""
        if len(self.read_words) > MEMORY_WORDS:
            self.read_words = {}
        memory = self.read_words
        strings = self.vocab.strings
        new = [orth for orth in dict.fromkeys(orths) if orth not in memory]
        texts = [strings[orth] for orth in new]
        for orth, text, word in zip(new, texts, self.reader.read(texts), strict=True):
            memory[orth] = None if text.isspace() else word
        return [memory[orth] for orth in orths]

    def find_breaks(self, orths: list[int], is_word: Booleans) -> Booleans:
        """Return, a token, whether whitespace right before it ends a sentence."""
        breaks = np.zeros(len(orths), dtype=bool)
        pattern = BREAKS[self.sentence_break]
        strings = self.vocab.strings
        pending = ""
        for index in np.flatnonzero(~is_word).tolist():
            before = index > 0 and not is_word[index - 1]
            pending = (pending if before else "") + strings[orths[index]]
            if index + 1 < len(orths) and is_word[index + 1] and pattern.search(pending):
                breaks[index + 1] = True
        return breaks

    # Analysing the words

    def analyse(self, words: Words) -> Analysis:
        """Cut the words into windows, run the network and decode; the sentence that a window cuts moves to the next."""
        size = len(words.tokens)
        result = Analysis.empty(size)
        start = 0
        while start < size:
            start = self.analyse_window(words, start, result)
        return result

    def analyse_window(self, words: Words, start: int, result: Analysis) -> int:
        """Analyse a window from word *start* on, write to *result*, and return where the next one begins."""
        size = len(words.tokens)
        for limit in (WINDOW_PIECES, LONG_WINDOW_PIECES):
            end = max(start + 1, int(np.searchsorted(words.ends, words.ends[start] + limit, side="right")) - 1)
            scores = self.encoder.score(
                words.pieces[words.ends[start] : words.ends[end]], words.counts[start:end], words.shapes[start:end]
            )
            starts = ((scores.starts > 0) | words.breaks[start:end]) & ~words.joins[start:end]
            starts[0] = True
            last_start = int(np.flatnonzero(starts)[-1])
            is_whole = end == size or bool(words.breaks[end])
            if is_whole or last_start:
                break
        kept = end - start if is_whole or not last_start else last_start
        here = slice(start, start + kept)
        starts = starts[:kept]
        heads = decode_trees(scores.arcs, scores.roots[:kept], starts)
        result.labels[here] = self.encoder.choose_labels(scores, heads)
        result.heads[here] = np.where(heads == ROOT, ROOT, heads + start)
        result.analyses[here] = scores.analyses[:kept]
        result.scripts[here] = scores.scripts[:kept]
        result.entities[here] = self.entities.decode(scores.entities[:kept], starts)
        return start + kept

    # Writing the annotations

    def write_doc(self, doc: Doc, words: Words, result: Analysis) -> None:
        """Set the document's annotations, whitespace attached to the word before it (or else after it)."""
        tokens = words.tokens
        size = len(doc)
        orths = doc.to_array(ORTH).astype(np.uint64)
        array = np.empty((size, len(ATTRIBUTES)), dtype=np.uint64)
        array[:] = self.space_row
        position = np.arange(size)
        if len(tokens):
            is_word = np.zeros(size, dtype=bool)
            is_word[tokens] = True
            array[tokens, :3] = self.analysis_rows[result.analyses]
            array[tokens, 3] = self.name_lemmas(orths[tokens], result)
            is_root = result.heads == ROOT
            array[tokens, 4] = np.where(is_root, self.root_label, self.label_ids[result.labels])
            head_tokens = np.where(is_root, tokens, tokens[result.heads])
            heads = tokens[np.maximum(np.cumsum(is_word) - 1, 0)]
            heads[tokens] = head_tokens
            iobs = self.entity_iobs[result.entities]
            array[tokens, 6] = iobs
            array[tokens, 7] = self.entity_types[result.entities]
            self.fill_entity_gaps(array, is_word)
        else:
            heads = np.zeros(size, dtype=np.int64)
            array[0, 4] = self.root_label
        array[:, 3] = np.where(array[:, 3] == 0, orths, array[:, 3])
        array[:, 5] = (heads - position).astype(np.uint64)
        doc.from_array(ATTRIBUTES, cast(Any, array))

    def fill_entity_gaps(self, array: NDArray[np.uint64], is_word: Booleans) -> None:
        """Carry an entity over whitespace inside it, so that it stays one span."""
        for index in np.flatnonzero(~is_word)[::-1].tolist():
            if 0 < index < len(array) - 1 and array[index + 1, 6] == INSIDE_IOB:
                array[index, 6:] = array[index + 1, 6:]

    def name_lemmas(self, orths: NDArray[np.uint64], result: Analysis) -> list[int]:
        """Return the lemmas' hashes, adding their strings to the vocabulary."""
        if len(self.lemmas) > MEMORY_WORDS:
            self.lemmas = {}
        memory, strings, add = self.lemmas, self.vocab.strings, self.vocab.strings.add
        hashes = []
        for key in zip(orths.tolist(), self.tag_numbers[result.analyses].tolist(), result.scripts.tolist(), strict=True):
            lemma = memory.get(key)
            if lemma is None:
                orth, tag, script = key
                form = strings[orth]
                proposed = apply_script(form, self.inventory.scripts[script])
                lemma = memory[key] = self.lemmatizer.choose_lemma(form, self.tags[tag], proposed)
            hashes.append(add(lemma))
        return hashes

    # The component's files

    def load_files(self, files: dict[str, bytes]) -> None:
        """Open the network and prepare the tables that turn its numbers into spaCy's."""
        self.files = files
        self.reader = WordReader.from_bytes(files["tokenizer.json"])
        self.inventory = Inventory.from_bytes(files["inventory.json"])
        self.encoder = Encoder(
            files["network.onnx"],
            files["label_head.npz"],
            start_piece=self.reader.start,
            end_piece=self.reader.end,
            threads=self.threads,
        )
        self.lemmatizer = Lemmatizer.from_bytes(files["lexicon.json"])
        tags = [analysis.split("\t")[0] for analysis in self.inventory.analyses]
        self.tags = sorted(set(tags))
        self.tag_numbers = np.array([self.tags.index(tag) for tag in tags])
        self.entities = EntityDecoder(self.inventory.entity_tags)
        self.read_words, self.lemmas = {}, {}
        add, add_morph = self.vocab.strings.add, self.vocab.morphology.add

        def name_row(tag: str, part: str, morph: str) -> tuple[int, int, int]:
            return add(tag), SYMBOLS[part], add_morph(morph)

        rows = [name_row(*analysis.split("\t")) for analysis in self.inventory.analyses]
        #: Shape (analyses, 3): tag, part of speech, morphology.
        self.analysis_rows = np.array(rows, dtype=np.uint64)
        self.label_ids = np.array([add(label) for label in self.inventory.labels], dtype=np.uint64)
        self.root_label = np.uint64(add("ROOT"))
        self.entity_types = np.array([0 if tag == "O" else add(tag[2:]) for tag in self.inventory.entity_tags], dtype=np.uint64)
        iobs = {"O": OUTSIDE_IOB, "B": BEGIN_IOB, "S": BEGIN_IOB, "I": INSIDE_IOB, "E": INSIDE_IOB}
        self.entity_iobs = np.array([iobs[tag[0]] for tag in self.inventory.entity_tags], dtype=np.uint64)
        self.space_row = np.array([*name_row("_SP", "SPACE", ""), 0, add("dep"), 0, OUTSIDE_IOB, 0], dtype=np.uint64)

    def to_disk(self, path: Path | str, *, exclude: Iterable[str] = ()) -> None:
        """Write the component's files into the folder *path*."""
        folder = Path(path)
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in self.files.items():
            (folder / name).write_bytes(content)

    def from_disk(self, path: Path | str, *, exclude: Iterable[str] = ()) -> Annotator:
        """Read the component's files from the folder *path*."""
        self.load_files({name: (Path(path) / name).read_bytes() for name in FILES})
        return self

    def __getstate__(self) -> dict[str, object]:
        """Return what a worker process needs to build the component again."""
        return {
            "vocab": self.vocab,
            "name": self.name,
            "threads": self.threads,
            "sentence_break": self.sentence_break,
            "files": self.files,
        }

    def __setstate__(self, state: dict[str, object]) -> None:
        self.__dict__.update(state, read_words={}, lemmas={})
        if self.files:
            self.load_files(self.files)


@Language.factory(
    "entente_annotator",
    assigns=[
        "token.tag",
        "token.pos",
        "token.morph",
        "token.lemma",
        "token.dep",
        "token.head",
        "token.is_sent_start",
        "token.ent_iob",
        "token.ent_type",
        "doc.sents",
        "doc.ents",
    ],
    default_config={"threads": 1, "sentence_break": "line"},
)
def make_annotator(nlp: Language, name: str, threads: int, sentence_break: SentenceBreak) -> Annotator:
    """Build the component; its files come with ``spacy.load``."""
    nlp.max_length = max(nlp.max_length, MAX_TEXT)
    return Annotator(nlp.vocab, name, threads=threads, sentence_break=sentence_break)
