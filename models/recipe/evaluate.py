"""Measure the installed pipeline on the test sets, print the figures, and write them into the model's card.

All figures are per cent. *Gold tokens*: tokens and sentence ends are given. *Raw text*: nothing is.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import spacy
from corpus import ENTITY_NAMES, read_docs
from spacy.language import Language
from spacy.tokens import Doc, Token

TEST_SETS: Final = ("pud", "ewt_test", "gum_news_test")
CORE: Final = frozenset({"nsubj", "obj", "iobj", "obl"})
CARD_MARKS: Final = ("<!-- scores -->", "<!-- end of scores -->")


def drop_subtype(label: str) -> str:
    """Return a dependency label without its subtype."""
    return label.partition(":")[0]


@dataclass
class Share:
    """Right answers out of the gold ones (recall) and out of the given ones (precision)."""

    right: int = 0
    gold: int = 0
    given: int = 0

    def add(self, right: Iterable[object], gold: Iterable[object] = (), given: Iterable[object] = ()) -> None:
        """Count the members of three sets."""
        self.right += len(list(right))
        self.gold += len(list(gold))
        self.given += len(list(given))

    @property
    def recall(self) -> float:
        """Share of the gold answers that were given, per cent."""
        return 100 * self.right / max(1, self.gold)

    @property
    def f(self) -> float:
        """Harmonic mean of precision and recall, per cent."""
        return 200 * self.right / max(1, self.gold + self.given)


@dataclass
class Scores:
    """Shares by name, in the order in which they were first counted."""

    shares: dict[str, Share] = field(default_factory=dict)

    def __getitem__(self, name: str) -> Share:
        return self.shares.setdefault(name, Share())


def copy_tokens(doc: Doc, vocab: spacy.vocab.Vocab) -> Doc:
    """Return an unannotated document with the gold tokens and sentence starts."""
    copy = Doc(vocab, words=[token.text for token in doc], spaces=[bool(token.whitespace_) for token in doc])
    for ours, gold in zip(copy, doc, strict=True):
        ours.is_sent_start = bool(gold.is_sent_start)
    return copy


def place(token: Token) -> tuple[int, int]:
    """Return a token's span in the text."""
    return token.idx, token.idx + len(token)


def find_arcs(doc: Doc, *, subtypes: bool) -> set[tuple[object, ...]]:
    """Return the arcs of all words but punctuation and whitespace: word, head (itself for roots), label."""
    return {
        (place(token), place(token.head), token.dep_ if subtypes else drop_subtype(token.dep_))
        for token in doc
        if token.dep_ != "punct" and not token.is_space
    }


def find_entities(doc: Doc) -> set[tuple[int, int, str]]:
    """Return the entities' spans in the text with our labels."""
    return {(entity.start_char, entity.end_char, ENTITY_NAMES.get(entity.label_, entity.label_)) for entity in doc.ents}


def find_sentence_ends(doc: Doc) -> set[int]:
    """Return where sentences end in the text, whitespace ignored."""
    return {sentence.start_char + len(sentence.text.rstrip()) for sentence in doc.sents if sentence.text.strip()}


def compare_tokens(scores: Scores, gold: Doc, doc: Doc) -> None:
    """Count what holds of single tokens; both documents have the same tokens."""
    for truth, token in zip(gold, doc, strict=True):
        for name, right in {
            "UPOS": token.pos_ == truth.pos_,
            "Penn tags": token.tag_ == truth.tag_,
            "features": str(token.morph) == str(truth.morph),
            "lemmas": token.lemma_ == truth.lemma_,
        }.items():
            scores[name].add([truth] if right else [], [truth], [truth])
        if truth.pos_ == "VERB":
            scores["verb lemmas"].add([truth] if token.lemma_ == truth.lemma_ else [], [truth], [truth])


def compare_documents(scores: Scores, gold: Doc, doc: Doc) -> None:
    """Count arcs, entities and sentence ends."""
    for name, subtypes in {"LAS": False, "LAS with subtypes": True}.items():
        truth, found = find_arcs(gold, subtypes=subtypes), find_arcs(doc, subtypes=subtypes)
        # Punctuation is what the gold says; so the given arcs of gold words count, whatever their label.
        scores[name].add(truth & found, truth, truth if len(gold) == len(doc) else found)
    heads = {arc[:2] for arc in find_arcs(gold, subtypes=False)}
    found_heads = {(place(token), place(token.head)) for token in doc}
    scores["UAS"].add(heads & found_heads, heads, heads)
    truth, found = find_arcs(gold, subtypes=False), find_arcs(doc, subtypes=False)
    for name, wanted in {"core arguments": CORE, "subjects": {"nsubj"}, "appositions": {"appos"}, "obliques": {"obl"}}.items():
        of_gold, of_ours = ({arc for arc in arcs if arc[2] in wanted} for arcs in (truth, found))
        scores[name].add(of_gold & of_ours, of_gold, of_ours)
    if any(token.ent_iob for token in gold):
        covered = {place(token) for sentence in gold.sents if any(t.ent_iob for t in sentence) for token in sentence}
        starts = {start for start, _ in covered}
        named, found_names = find_entities(gold), {span for span in find_entities(doc) if span[0] in starts}
        scores["entities F"].add(named & found_names, named, found_names)
        for label in ENTITY_NAMES.values():
            ours, theirs = ({span for span in spans if span[2] == label} for spans in (found_names, named))
            scores[f"{label} F"].add(ours & theirs, theirs, ours)


def score_gold_tokens(nlp: Language, golds: Sequence[Doc]) -> dict[str, float]:
    """Score annotation of given tokens and sentences."""
    scores = Scores()
    for gold, doc in zip(golds, nlp.pipe(copy_tokens(gold, nlp.vocab) for gold in golds), strict=True):
        compare_tokens(scores, gold, doc)
        compare_documents(scores, gold, doc)
    return {name: share.f if name.endswith(" F") else share.recall for name, share in scores.shares.items()}


def score_raw_text(nlp: Language, golds: Sequence[Doc]) -> dict[str, float]:
    """Score everything from the text on."""
    scores = Scores()
    for gold, doc in zip(golds, nlp.pipe(gold.text for gold in golds), strict=True):
        tokens, found = {place(token) for token in gold}, {place(token) for token in doc if not token.is_space}
        scores["tokens F"].add(tokens & found, tokens, found)
        ends, found_ends = find_sentence_ends(gold), find_sentence_ends(doc)
        scores["sentence ends F"].add(ends & found_ends, ends, found_ends)
        compare_documents(scores, gold, doc)
    wanted = ("tokens F", "sentence ends F", "UAS", "LAS", "core arguments", "entities F")
    return {name: scores[name].f if name.endswith(" F") else scores[name].recall for name in wanted}


def score_news(nlp: Language, path: Path) -> dict[str, float]:
    """Score sentence ends on the news texts that training has not seen; their newlines end paragraphs."""
    share = Share()
    for line in path.read_text(encoding="utf-8").splitlines():
        article = json.loads(line)
        if article["ud_split"] == "test":
            gold = {sentence["end"] for sentence in article["sentences"]}
            found = find_sentence_ends(nlp(article["text"]))
            share.add(gold & found, gold, found)
    return {"sentence ends F": share.f}


def measure_speed(nlp: Language, path: Path) -> dict[str, float]:
    """Return words (tokens without whitespace) a second of processor time on the news texts, the best of three runs."""
    texts = [json.loads(line)["text"] for line in path.read_text(encoding="utf-8").splitlines()]
    nlp(texts[0])
    best = 0.0
    for _ in range(3):
        started = time.process_time()
        words = sum(sum(not token.is_space for token in doc) for doc in nlp.pipe(texts))
        best = max(best, words / (time.process_time() - started))
    return {"words a second": best}


def draw_table(title: str, columns: dict[str, dict[str, float]]) -> str:
    """Return a Markdown table, one row a figure and one column a test set."""
    names = list(dict.fromkeys(name for figures in columns.values() for name in figures))
    lines = [f"| {title} | {' | '.join(columns)} |", f"| --- |{' ---: |' * len(columns)}"]
    for name in names:
        cells = [f"{figures[name]:.1f}" if name in figures else "–" for figures in columns.values()]
        lines.append(f"| {name} | {' | '.join(cells)} |")
    return "\n".join(lines)


def fill_card(path: Path, text: str) -> None:
    """Replace what stands between the card's two marks."""
    card = path.read_text(encoding="utf-8")
    opening, closing = CARD_MARKS
    pattern = re.compile(f"{re.escape(opening)}.*?{re.escape(closing)}", re.DOTALL)
    path.write_text(pattern.sub(lambda _: f"{opening}\n\n{text}\n\n{closing}", card), encoding="utf-8")


def evaluate(
    treebanks: Path,
    *,
    news: Path | None = None,
    card: Path | None = None,
    pipeline: str | Path = "en_entente",
    sets: Sequence[str] = TEST_SETS,
) -> None:
    """Measure, print, and fill the card."""
    nlp = spacy.load(pipeline)
    golds = {name: read_docs(treebanks / f"{name}.spacy") for name in sets}
    tables = [
        draw_table("gold tokens and sentences", {name: score_gold_tokens(nlp, docs) for name, docs in golds.items()}),
        draw_table("raw text", {name: score_raw_text(nlp, docs) for name, docs in golds.items()}),
    ]
    if news:
        figures = score_news(nlp, news) | measure_speed(nlp, news)
        tables.append(draw_table("news texts with paragraphs", {"wikinews": figures}))
    text = "\n\n".join(tables)
    print(text)
    if card:
        fill_card(card, text)


def read_arguments(argv: Sequence[str]) -> argparse.Namespace:
    """Parse the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("treebanks", type=Path)
    parser.add_argument("--news", type=Path, help="the news texts' docs.jsonl")
    parser.add_argument("--card", type=Path, help="the README to fill")
    parser.add_argument("--pipeline", default="en_entente", help="package name or folder")
    parser.add_argument("--sets", nargs="+", default=list(TEST_SETS))
    return parser.parse_args(argv)


if __name__ == "__main__":
    evaluate(**vars(read_arguments(sys.argv[1:])))
