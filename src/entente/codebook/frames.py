"""Frames of undertakings: a pattern that says what is undertaken stands for every way of undertaking it.

"Pledged to defend", "its promise to defend", "is bound to defend", "a treaty by which it will defend", "under the treaty it is to
defend": the content is one, and an entry says it once, under ``undertaken``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec import Struct
from msgspec.structs import replace

from entente.codebook.entry import CONTENT, Alternatives, Condition, Pattern, RolePath, Trigger

Lists = Mapping[str, tuple[str, ...]]

PLAIN = "promised"
"""The frame of the plainest way."""

NEGATORS = ("not", "never")
"""Adverbs of a content that the parse may hang on the verb above it: "undertook not to attack"."""


class Frame(Struct, frozen=True):
    """A way of undertaking: its trigger, the lists of its words, who undertakes, and to whom where the content names nobody.

    ``where`` maps paths to lists; ``inside`` says that the content's verb is the trigger itself.
    """

    trigger: Trigger
    lists: tuple[str, ...]
    actor: Alternatives
    recipient: Alternatives = ()
    where: tuple[tuple[str, tuple[str, ...]], ...] = ()
    passive: bool | None = None
    status: str | None = None
    sureness: float = 1.0
    inside: bool = False


def _one(*paths: str) -> Alternatives:
    return tuple(tuple(tuple(part.split(".")) for part in path.split("+")) for path in paths)


TREATIES = ("agreement_words", "treaty_words")
HOLDERS = _one("poss", "by", "from", "adjective", "subject", "content.subject")

FRAMES = {
    "promised": Frame(
        "verb", ("promise_verbs", "guarantee_verbs"), _one("subject", "content.subject"), _one("iobject", "object", "to")
    ),
    "agreed": Frame("verb", ("agree_verbs",), _one("subject+with"), _one("to")),
    "noun": Frame("noun", ("pledge_nouns",), HOLDERS, _one("to")),
    "bound": Frame("adjective", ("bound_adjectives",), _one("subject"), _one("to")),
    "obliged": Frame("verb", ("bind_verbs",), _one("object"), passive=True),
    "by-law": Frame("verb", ("oblige_verbs",), _one("object"), where=(("subject", (*TREATIES, "treaty_parts")),)),
    "accord": Frame("noun", TREATIES, _one("content.subject", "between", "poss", "adjective", "subject+with")),
    "under": Frame("verb", (), _one("subject"), where=(("under", TREATIES), ("modal", ("owing_modals",))), inside=True),
    "by": Frame("verb", (), _one("subject"), where=(("by", TREATIES), ("modal", ("owing_modals",))), inside=True),
    "said": Frame(
        "verb",
        ("declare_verbs", "telling_verbs"),
        _one("content.subject"),
        _one("iobject", "object"),
        where=(("content.modal", ("will_modals",)),),
        sureness=0.7,
    ),
}
"""The ways, the plainest first, whose patterns keep the id of the content.

What a treaty says that its parties are to do is undertaken, whatever the modal.
"""


COMMON = tuple(name for name in FRAMES if name != "said")
"""The frames of a content that names none: what somebody says that it will do binds it only where an entry says so."""


def in_frames(pattern: Pattern, lists: Lists, names: tuple[str, ...] = ()) -> Iterator[Pattern]:
    """Yield the pattern of a content in the frames named, or the common ones; words and paths are as of the content's verb."""
    for name in names or COMMON:
        yield _framed(pattern, name, lists)
    bare = tuple(word[:-1] for word in pattern.words if word[-1] in NEGATORS)
    if bare:
        words = tuple((word, negator) for word in lists["promise_verbs"] + lists["agree_verbs"] for negator in NEGATORS)
        above = _framed(replace(pattern, words=bare, status="actual"), PLAIN, lists)
        yield replace(above, id=f"{pattern.id}-not", words=words)


def _framed(pattern: Pattern, name: str, lists: Lists) -> Pattern:
    frame = FRAMES[name]
    own = tuple(Condition(_path(path), *_split(_words(names, lists))) for path, names in frame.where)
    inside = () if frame.inside else (CONTENT,)
    content = () if frame.inside else (Condition((CONTENT,), *_split(pattern.words)),)
    return replace(
        pattern,
        id=pattern.id if name == PLAIN else f"{pattern.id}-{name}",
        trigger=frame.trigger,
        words=pattern.words if frame.inside else _words(frame.lists, lists),
        where=(*content, *(replace(c, path=(*inside, *c.path)) for c in pattern.where), *own),
        unless=(*(replace(c, path=(*inside, *c.path)) for c in pattern.unless), *_unless_denied(pattern, inside)),
        actor=frame.actor,
        recipient=(*_below(inside, pattern.recipient), *frame.recipient) if pattern.recipient else (),
        passive=frame.passive,
        status="actual" if frame.inside else frame.status or pattern.status,
        confidence=round(pattern.confidence * frame.sureness, 2),
    )


def _unless_denied(pattern: Pattern, inside: RolePath) -> tuple[Condition, ...]:
    """Return the condition that the content isn't denied ("said that it would not sign"), where its words don't say so."""
    denying = any(word[-1] in NEGATORS for word in pattern.words)
    return () if denying else (Condition((*inside, "negation"), referent="any"),)


def _below(inside: RolePath, alternatives: Alternatives) -> Alternatives:
    return tuple(tuple((*inside, *path) for path in union) for union in alternatives)


def _words(names: tuple[str, ...], lists: Lists) -> tuple[tuple[str, ...], ...]:
    return tuple(dict.fromkeys(tuple(word.replace("-", " ").split()) for name in names for word in lists[name]))


def _split(words: tuple[tuple[str, ...], ...]) -> tuple[frozenset[str], tuple[tuple[str, ...], ...]]:
    single = frozenset(word[0] for word in words if len(word) == 1)
    return single, tuple(word for word in words if len(word) > 1)


def _path(text: str) -> RolePath:
    return tuple(text.split("."))
