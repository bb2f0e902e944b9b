"""Build the lexicon that lemmas are held against: WordNet's lists, and what the treebanks do otherwise."""

from __future__ import annotations

import gzip
import json
from collections import Counter, defaultdict
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

from en_entente.lemmas import INFLECTED, Lemmatizer
from en_entente.words import normalise_signs
from spacy.tokens import Doc

KINDS: Final = ("verb", "noun", "adj", "adv")

#: A proper name is its own lemma unless the treebanks say otherwise so often, and so nearly always (*Sept.*).
MIN_NAME_COUNT, MIN_NAME_SHARE = 4, 0.8

#: An irregular form of WordNet's list is overruled only if the treebanks have it so often (they have *fled* from *flead*, twice).
MIN_IRREGULAR_COUNT: Final = 5

#: The least share of a form's occurrences that makes a lemma an alternative, not a slip.
MIN_SHARE: Final = 0.1


def read_table(name: str) -> dict[str, Any]:
    """Read one of the English tables of the package spacy-lookups-data (MIT; WordNet's licence)."""
    spec = find_spec("spacy_lookups_data")
    if spec is None or spec.origin is None:
        raise SystemExit("the package spacy-lookups-data is not installed; see models/README.md")
    path = Path(spec.origin).parent / "data" / f"en_lemma_{name}.json.gz"
    table: dict[str, Any] = json.loads(gzip.decompress(path.read_bytes()))
    return table


def list_lemmas(counts: Counter[str], tag: str) -> list[str]:
    """Return the lemmas of a form with *tag* that are not slips, the most frequent first."""
    total = counts.total()
    least = MIN_NAME_SHARE if tag == "NNP" else MIN_SHARE
    if tag == "NNP" and total < MIN_NAME_COUNT:
        return []
    return [lemma for lemma, count in counts.most_common() if count >= least * total]


def is_slip(likely: list[str], by_rule: str, known: list[str]) -> bool:
    """Return whether a rare lemma of the treebanks is no word, and the one that the rules find is (*fre* of *freed*)."""
    return by_rule in known and not any(lemma.lower() in known for lemma in likely)


def build_lexicon(docs: Sequence[Doc]) -> bytes:
    """Return the lexicon as JSON; see ``Lemmatizer`` for its parts."""
    exceptions = {kind: read_table("exc")[kind] for kind in KINDS}
    known = {kind: sorted(read_table("index")[kind]) for kind in KINDS}
    known["adv"] = sorted({*known["adv"], *known["adj"]})
    rules = Lemmatizer({}, exceptions, known)
    counts: defaultdict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for doc in docs:
        for token in doc:
            counts[token.tag_, normalise_signs(token.text).lower()][normalise_signs(token.lemma_)] += 1
    seen: defaultdict[str, dict[str, list[str]]] = defaultdict(dict)
    for (tag, lower), lemmas in sorted(counts.items()):
        likely = list_lemmas(lemmas, tag)
        if tag in INFLECTED and lower in exceptions[INFLECTED[tag]] and lemmas.total() < MIN_IRREGULAR_COUNT:
            continue
        if tag in INFLECTED and tag != "NNPS" and is_slip(likely, rules.choose_lemma(lower, tag, ""), known[INFLECTED[tag]]):
            continue
        is_plain = tag not in INFLECTED and all(lemma.lower() == lower for lemma in likely)
        if likely and not is_plain and likely != [rules.choose_lemma(lower, tag, "")]:
            seen[tag][lower] = likely
    lexicon = {"seen": seen, "exceptions": exceptions, "known": known}
    return json.dumps(lexicon, ensure_ascii=False, separators=(",", ":")).encode("utf-8")
