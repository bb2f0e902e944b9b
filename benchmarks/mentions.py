#!/usr/bin/env python3
"""Of the actors marked in the reader's own sentences, how many the resolver leads to a code, by class, and what it says too much.

    mentions.py FILE... [--misses [CLASS]] [--alarms] [--splits] [--words CLASS] [--held-out] [--parses FILE]

A mention is found where the head of its words has a reference with a code. What code is right the marks do not say; mentions with
one number must get one, and words without a mark should get none. A sentence in which no mark leads to a code is set apart: it
may name no state at all. `--parses` keeps the parses in a file, so that the next run need not parse.
"""

from __future__ import annotations

import argparse
import pickle
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "models" / "reader"))

from msgspec import Struct
from sentences import Example, Mention, SentenceError, is_held_out, read_block, split_blocks

from entente.codebook.gazetteer import load_gazetteer
from entente.coder import load_coder, make_document
from entente.records.annotations import ParsedDocument, Reference, ResolvedDocument, Sentence, Token
from entente.resolving import ActorIndex, resolve_document

DAY = "2026-06-15"
ACTING = ("name", "adjective", "role", "pronoun", "description")
PRONOUNS = frozenset(
    "it its itself they them their theirs themselves he him his himself she her hers herself who whom whose which that we us"
    " our i me my each both neither either one another other others all".split()
)
CLASSES = (
    "state",
    "organisation",
    "place",
    "person",
    "other name",
    "demonym",
    "role with a name",
    "role",
    "description",
    "pronoun",
)


class Seen(Struct):
    """A marked mention as the resolver sees it: its class, its words, and the codes of its head, joined; none: empty."""

    example: Example
    mention: Mention
    kind: str
    words: str
    codes: str


def main() -> int:
    """Resolve, compare, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--misses", nargs="?", const="all", help="print each mention without a code, of one class or of all")
    parser.add_argument("--words", help="count the words of the mentions of one class that have no code")
    parser.add_argument("--alarms", action="store_true", help="print each reference with a code on words without a mark")
    parser.add_argument("--splits", action="store_true", help="print mentions of one number that lead to different codes")
    parser.add_argument("--held-out", action="store_true", help="the tenth that nobody writes tables or rules from, not the rest")
    parser.add_argument("--parses", type=Path, help="where parses are kept between runs")
    args = parser.parse_args()
    examples = [e for file in args.files for e in read_examples(file) if is_held_out(e.text) == args.held_out]
    index = ActorIndex(load_gazetteer())
    kinds = name_kinds(index)
    seen: list[Seen] = []
    alarms: Counter[str] = Counter()
    for example, parsed in zip(examples, parse_all(examples, args.parses), strict=True):
        resolved = resolve_document(parsed, index)
        seen += look_at(example, parsed, resolved, kinds)
        for token, reference in false_alarms(example, resolved):
            alarms[reference.link] += 1
            if args.alarms:
                codes = "+".join(a.code or "?" for a in reference.actors)
                print(f"alarm {example.where} {token.text} {reference.link} {codes}\n    {example.text}")
    apart = no_state(seen)
    if args.misses:
        print_misses(seen, apart, args.misses)
    if args.words:
        print_words(seen, apart, args.words)
    print_table(seen, apart)
    print_agreement(seen, show=args.splits)
    marks = sum(len(example.mentions) for example in examples)
    shown = ", ".join(f"{link} {n}" for link, n in alarms.most_common())
    print(f"on words without a mark: {alarms.total()} ({alarms.total() / max(marks, 1):.3f} of the marks): {shown}")
    return 0


def read_examples(file: Path) -> Iterator[Example]:
    """Yield the examples of a file; a faulty block is named and left out."""
    for block in split_blocks(file):
        try:
            yield read_block(block)
        except SentenceError as error:
            print(error, file=sys.stderr)


def parse_all(examples: list[Example], kept: Path | None) -> list[ParsedDocument]:
    """Return the parses, from the file where they are kept, as far as it has them."""
    known: dict[str, ParsedDocument] = pickle.loads(kept.read_bytes()) if kept is not None and kept.exists() else {}
    missing = list(dict.fromkeys(e.text for e in examples if e.text not in known))
    if missing:
        documents = [make_document(text, DAY) for text in missing]
        known |= zip(missing, load_coder()._parse(documents), strict=True)
        if kept is not None:
            kept.write_bytes(pickle.dumps(known))
    return [known[e.text] for e in examples]


# --- what a mention is --------------------------------------------------------------------------------------------------


def name_kinds(index: ActorIndex) -> dict[str, str]:
    """Return the class of the names that the tables have, folded to lower case."""
    kinds: dict[str, str] = {}
    for state in index.gazetteer.states:
        kinds |= dict.fromkeys((n.lower() for n in (state.name, *state.names)), "state")
        kinds |= dict.fromkeys((n.lower() for n in (*state.capital, *(p.name for p in state.places))), "place")
        kinds |= dict.fromkeys((n.lower() for n in (*state.demonyms, *state.people)), "demonym")
    for owner in (*index.gazetteer.organisations, *index.gazetteer.groups):
        kinds |= dict.fromkeys((n.lower() for n in (owner.name, *owner.names)), "organisation")
    return kinds


def look_at(example: Example, parsed: ParsedDocument, resolved: ResolvedDocument, kinds: dict[str, str]) -> Iterator[Seen]:
    """Yield each marked mention with its class and codes."""
    for mention in example.mentions:
        words = example.text[mention.start : mention.end]
        found = tokens_of(parsed, mention)
        if found is None:
            yield Seen(example, mention, "other name", words, "")
            continue
        sentence, tokens = found
        head = head_of(sentence, tokens)
        reference = resolved.references.get((sentence.index, head.i))
        codes = "+".join(sorted({a.code for a in reference.actors if a.code})) if reference is not None else ""
        yield Seen(example, mention, kind_of(words, sentence, tokens, head, kinds), words, codes)


def tokens_of(parsed: ParsedDocument, mention: Mention) -> tuple[Sentence, list[Token]] | None:
    """Return the sentence and tokens of a mention."""
    for sentence in parsed.sentences:
        tokens = [t for t in sentence.tokens if t.start < mention.end and mention.start < t.end]
        if tokens:
            return sentence, tokens
    return None


def head_of(sentence: Sentence, tokens: list[Token]) -> Token:
    """Return the token of a mention that hangs on something outside it."""
    inside = {t.i for t in tokens}
    outside = [t for t in tokens if t.head == t.i or t.head not in inside]
    return next((t for t in outside if t.pos not in ("PUNCT", "PART", "ADP", "DET")), (outside or tokens)[0])


def kind_of(words: str, sentence: Sentence, tokens: list[Token], head: Token, kinds: dict[str, str]) -> str:
    """Return the class of a mention by its words."""
    plain = words.lower().removeprefix("the ").removesuffix("'s").removesuffix("’s")
    if len(tokens) <= 3 and all(t.text.lower() in PRONOUNS or t.pos in ("PRON", "DET", "NUM", "PART") for t in tokens):
        return "pronoun"
    if (plain in kinds and words[:1].isupper()) or (plain in kinds and "the " in words.lower()):
        return kinds[plain]
    capital = [t for t in tokens if t.text[:1].isupper() and (t.i > 0 or t.pos == "PROPN" or t.entity)]
    if head in capital or (len(tokens) > 1 and head.text[:1].isupper() and head.pos == "PROPN"):
        if head.pos == "ADJ":
            return "demonym"
        return {"PERSON": "person", "ORG": "organisation", "PLACE": "place"}.get(head.entity, "other name")
    if capital:
        return "role with a name"
    nouns = {"country", "side", "government", "island", "kingdom", "nation", "state", "neighbour", "republic", "capital", "power"}
    more = {"archipelago", "emirate", "sultanate", "ally", "partner", "rival", "bloc", "alliance", "union", "group", "sheikhdom"}
    return "description" if head.lemma.lower() in nouns | more else "role"


# --- what the resolver says -----------------------------------------------------------------------------------------------


def false_alarms(example: Example, resolved: ResolvedDocument) -> Iterator[tuple[Token, Reference]]:
    """Yield references with a code on tokens that no mark covers; a relative pronoun is never marked."""
    for (s, i), reference in resolved.references.items():
        token = resolved.parsed.sentences[s].tokens[i]
        covered = any(token.start < m.end and m.start < token.end for m in example.mentions)
        relative = "PronType=Rel" in token.feats or token.text.lower() in ("who", "which", "whose", "whom", "that")
        if not covered and not relative and reference.link in ACTING and any(a.code for a in reference.actors):
            yield token, reference


def no_state(seen: list[Seen]) -> set[str]:
    """Return the texts in which no mark leads to a code."""
    coded = {one.example.text for one in seen if one.codes}
    return {one.example.text for one in seen} - coded


def print_misses(seen: list[Seen], apart: set[str], kind: str) -> None:
    """Print each mention without a code."""
    for one in seen:
        if not one.codes and kind in ("all", one.kind):
            mark = "apart " if one.example.text in apart else "missed"
            print(f"{mark} {one.example.where} {one.kind}: {one.words}\n    {one.example.text}")


def print_words(seen: list[Seen], apart: set[str], kind: str) -> None:
    """Print how often which words have no code."""
    counts = Counter((one.words, one.example.text in apart) for one in seen if not one.codes and kind in ("all", one.kind))
    for (words, alone), n in counts.most_common():
        print(f"{n:4} {'apart' if alone else '     '} {words}")


def print_table(seen: list[Seen], apart: set[str]) -> None:
    """Print the share found by class."""
    print(f"{'':20}{'marks':>8}{'coded':>8}{'set apart':>11}{'coded of the rest':>19}")
    for kind in (*CLASSES, "all"):
        own = [one for one in seen if kind in ("all", one.kind)]
        found = sum(bool(one.codes) for one in own)
        alone = sum(one.example.text in apart for one in own)
        print(f"{kind:20}{len(own):8}{found / max(len(own), 1):8.3f}{alone:11}{found / max(len(own) - alone, 1):19.3f}")


def print_agreement(seen: list[Seen], *, show: bool) -> None:
    """Print how often mentions of one actor lead to one code."""
    chains: dict[tuple[str, int], list[Seen]] = defaultdict(list)
    for one in seen:
        if len(one.mention.actors) == 1:
            chains[one.example.where, one.mention.actors[0]].append(one)
    pairs = agreeing = whole = 0
    several = [chain for chain in chains.values() if len(chain) > 1]
    for chain in several:
        codes = [one.codes for one in chain if one.codes]
        pairs += max(0, len(codes) - 1)
        agreeing += sum(code == codes[0] for code in codes[1:])
        whole += len(codes) == len(chain) and len(set(codes)) == 1
        if show and len(set(codes)) > 1:
            said = "; ".join(f"{one.words} = {one.codes or '?'}" for one in chain)
            print(f"split {chain[0].example.where} {said}\n    {chain[0].example.text}")
    print(f"actors marked more than once: {len(several)}; one code for all marks: {whole / max(len(several), 1):.3f}")
    print(f"later marks with a code that is the first one's: {agreeing} of {pairs} ({agreeing / max(pairs, 1):.3f})")


if __name__ == "__main__":
    raise SystemExit(main())
