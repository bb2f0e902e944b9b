"""Runs of names beside a word, read from the order of the words: "France, Italy and Malta abstaining", "no, as did Peru".

Lists of voters stand where a parse is least sure (absolute constructions, verbless clauses, elided verbs), and the order of
the words is enough to tell them.
"""

from __future__ import annotations

from collections.abc import Callable

from entente.records.annotations import Sentence, Token

Named = Callable[[int], bool]
"""Whether a token heads a phrase that names an actor."""

SKIPPED = frozenset(
    "not n't n’t alone also both all merely only then again later duly likewise had has have will would did does do is are"
    " was were be been being too themselves itself in turn for once".split()
)
"""Words that may stand between the names and the word: auxiliaries and short adverbs."""

JOINING = frozenset({",", "and", "or", "nor", "&", "the", "both", "either", "neither", "only", "plus"})
"""Words inside a list of names."""

INSIDE = frozenset({"PROPN", "ADJ", "DET", "NUM", "PART"})
"""Parts of speech of what else belongs to a name."""

STOPS = frozenset({",", ";", ".", ":", "and", "but", "–", "—", "-", ")"})
"""What may follow a preposition that governs nothing."""

SAME = (("did", "likewise"), ("did", "the", "same"), ("followed", "suit"), ("too",), ("as", "well"))
"""What is said of those who do as the others did."""


def names_before(sentence: Sentence, i: int, named: Named) -> tuple[int, ...]:
    """Return the heads of the names that run up to token ``i``, in order; none where anything else stands between.

    A preposition has none before it but where it stands for a verb: "Chad and Mali against, Niger for it".
    """
    return () if _governs(sentence, i) else _run_before(sentence, i, named)


def _governs(sentence: Sentence, i: int) -> bool:
    """Return whether token ``i`` is a preposition of something that follows."""
    words = [token.text.lower() for token in sentence.tokens[i + 1 : i + 3]]
    stands_alone = not words or words[0] in STOPS or (words[0] in ("it", "them") and words[-1] in STOPS)
    return sentence.tokens[i].pos in ("ADP", "SCONJ") and not stands_alone


def _run_before(sentence: Sentence, i: int, named: Named) -> tuple[int, ...]:
    j = i - 1
    while j >= 0 and sentence.tokens[j].text.lower() in SKIPPED:
        j -= 1
    if j < 0 or not _may_belong(sentence.tokens[j], named):
        return ()
    found: list[int] = []
    while j >= 0 and (_may_belong(sentence.tokens[j], named) or sentence.tokens[j].text.lower() in JOINING):
        if named(j):
            case = _case(sentence, j, named)
            if case not in ("", "with"):
                joined = found and not {"and", "or"}.isdisjoint(token.text for token in sentence.tokens[j : found[-1]])
                return () if joined or not found else tuple(reversed(found))
            found.append(j)
            if case == "with":
                break
        j -= 1
    return tuple(reversed(found))


def voters_before(sentence: Sentence, i: int, named: Named) -> tuple[int, ...]:
    """Return the names that run up to token ``i``, whom they voted with, and who did the same; none without the first."""
    before = names_before(sentence, i, named)
    beside = names_after(sentence, i + 1, named) if [t.text for t in sentence.tokens[i + 1 : i + 2]] == ["with"] else ()
    return (*before, *beside, *names_likewise(sentence, i, named)) if before else ()


def names_listed(sentence: Sentence, i: int, named: Named) -> tuple[int, ...]:
    """Return the names that are listed behind token ``i``: "the three that voted against were Mali, Chad and Niger"."""
    for j in range(i + 1, min(i + 12, len(sentence.tokens))):
        if sentence.tokens[j].text.lower() in ("were", "are", "was", ":", "being"):
            return names_after(sentence, j, named)
        if sentence.tokens[j].text in (";", "."):
            break
    return ()


def names_after(sentence: Sentence, i: int, named: Named) -> tuple[int, ...]:
    """Return the heads of the names that run on from token ``i``."""
    found: list[int] = []
    for token in sentence.tokens[i + 1 :]:
        if token.text.lower() not in JOINING and not _may_belong(token, named):
            break
        if named(token.i):
            found.append(token.i)
    return tuple(found)


def names_likewise(sentence: Sentence, i: int, named: Named) -> tuple[int, ...]:
    """Return who is said to have done as those of token ``i`` did: "as did Mali", "Peru did the same", "Cuba too"."""
    words = [token.text.lower() for token in sentence.tokens]
    found: list[int] = []
    for j in range(i + 1, len(words) - 1):
        if words[j] in (".", "but", "whereas", "while"):
            break
        if words[j] in ("as", "so") and words[j + 1] in ("did", "had", "have", "would", "will"):
            found += names_after(sentence, j + 1, named)
        elif any(tuple(words[j : j + len(same)]) == same for same in SAME):
            found += _run_before(sentence, j, named)
    return tuple(dict.fromkeys(found))


def _may_belong(token: Token, named: Named) -> bool:
    return named(token.i) or (token.pos in INSIDE and token.tag != "WDT")


def _case(sentence: Sentence, i: int, named: Named) -> str:
    """Return the preposition right before a name, "" where it has none; "of" and the like inside a name do not count."""
    for token in reversed(sentence.tokens[:i]):
        if token.pos == "ADP":
            return token.text.lower()
        if named(token.i) or token.pos not in INSIDE:
            break
    return ""
