"""Reads a codebook folder: entries, word lists and the digest that names this version of it."""

from __future__ import annotations

import datetime as dt
import difflib
import hashlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

from msgspec import Struct

from entente.codebook.entry import (
    PRESENCE_KINDS,
    REFERENT_KINDS,
    TRIGGERS,
    Alternatives,
    Condition,
    Entry,
    Example,
    Expected,
    Fault,
    Pattern,
    RolePath,
    Trigger,
)
from entente.codebook.frames import FRAMES, in_frames
from entente.codebook.source import Node, SourceError, read_yaml
from entente.codebook.vocabulary import AUXILIARY, FOLDERS, TYPES, Vocabulary, load_vocabulary
from entente.errors import CodebookError

_T = TypeVar("_T")

SHIPPED = Path(__file__).parent / "data"

ENTRY_KEYS = frozenset({"id", "kind", "definition", "neighbours", "requires", "patterns", "examples"})
PATTERN_KEYS = frozenset(
    {
        "id",
        "where",
        "unless",
        "actor",
        "recipient",
        "requires",
        "symmetric",
        "mode",
        "contexts",
        "status",
        "attributes",
        "passive",
    }
    | {"clause", "confidence", "undertaken", "frames", *TRIGGERS}
)
EXAMPLE_KEYS = frozenset({"text", "date", "expect", "also", "because", "known_gap"})
EXPECT_KEYS = frozenset({"actor", "recipient", "mode", "status", "date", "attributes", "evidence"})

DEFAULT_ACTOR: dict[str, Alternatives] = {
    "verb": ((("subject",),),),
    "noun": ((("poss",),), (("by",),), (("subject",),), (("adjective",),), (("compound",),)),
    "adjective": ((("subject",),),),
    "copula": ((("subject",),),),
}
DEFAULT_RECIPIENT: dict[str, Alternatives] = {
    "verb": ((("object",),), (("iobject",),)),
    "noun": tuple(((name,),) for name in ("of", "against", "on", "to", "with")),
    "adjective": tuple(((name,),) for name in ("of", "to", "with")),
    "copula": ((("of",),), (("poss",),), (("to",),), (("with",),)),
}


class Codebook(Struct, frozen=True):
    """Everything a coder codes by. ``entries`` are by full name (``event/AGREE``); ``digest`` names this version."""

    entries: dict[str, Entry]
    words: dict[str, tuple[str, ...]]
    vocabulary: Vocabulary
    path: Path
    digest: str


class _Faults:
    """Collects what is wrong, so that one run names every fault."""

    def __init__(self) -> None:
        self.found: list[Fault] = []

    def add(self, path: Path, line: int, message: str) -> None:
        self.found.append(Fault(path, line, message))


def load_codebook(path: Path | None = None) -> Codebook:
    """Read the codebook in ``path``; None: the shipped one.

    Raises:
        CodebookError: The folder holds no entries, or one is malformed; names file and line of every fault.
    """
    codebook, faults = read_codebook(path or SHIPPED)
    if faults:
        raise CodebookError("\n".join(str(fault) for fault in faults))
    return codebook


def read_codebook(path: Path) -> tuple[Codebook, tuple[Fault, ...]]:
    """Read a codebook and all its faults: entries without a fault are usable."""
    files = sorted(file for folder in FOLDERS.values() for file in (path / folder).glob("*.yml"))
    if not files:
        folders = ", ".join(f"{folder}/" for folder in FOLDERS.values())
        raise CodebookError(f"{path}: no codebook entries here; expected YAML files in {folders}")
    faults = _Faults()
    words = _read_words(path, faults)
    vocabulary = load_vocabulary(SHIPPED / "vocabulary.yml")
    entries: dict[str, Entry] = {}
    for file in files:
        entry = _read_entry(file, words, vocabulary, faults)
        if entry is None:
            continue
        if entry.name in entries:
            faults.add(file, entry.line, f"the id {entry.name!r} stands in {entries[entry.name].path.name} too; ids are unique")
        entries[entry.name] = entry
    _check_neighbours(entries, faults)
    return Codebook(entries, words, vocabulary, path, _digest(path)), tuple(faults.found)


def _read_entry(file: Path, words: dict[str, tuple[str, ...]], vocabulary: Vocabulary, faults: _Faults) -> Entry | None:
    try:
        return _EntryReader(file, words, vocabulary, faults).read()
    except SourceError as error:
        faults.add(file, error.line, error.message)
        return None


def _digest(path: Path) -> str:
    """Return twelve hexadecimal digits over the names and bytes of all YAML files below ``path``."""
    digest = hashlib.sha256()
    for file in sorted(path.rglob("*.yml")):
        digest.update(file.relative_to(path).as_posix().encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()[:12]


def _read_words(path: Path, faults: _Faults) -> dict[str, tuple[str, ...]]:
    """Merge all ``words*.yml``, the shipped ones first where ``path`` is a user's own; a name may stand once in a folder."""
    merged: dict[str, tuple[str, ...]] = {}
    for folder in dict.fromkeys((SHIPPED, path)):
        here: dict[str, tuple[str, ...]] = {}
        for file in sorted(folder.glob("words*.yml")):
            for name, node in read_yaml(file).items():
                if name in here:
                    faults.add(file, node.line, f"word list {name!r} is defined twice; rename one")
                here[name] = tuple(node.texts())
        merged.update(here)
    return {name: tuple(_expand_list(name, merged, ())) for name in merged}


def _expand_list(name: str, lists: dict[str, tuple[str, ...]], above: tuple[str, ...]) -> Iterator[str]:
    if name in above:
        raise CodebookError(f"word list {name!r} holds itself ({' → '.join((*above, name))}); break the circle")
    for word in lists.get(name, ()):
        if word.startswith("@"):
            yield from _expand_list(word[1:], lists, (*above, name))
        else:
            yield word.lower()


def _check_neighbours(entries: dict[str, Entry], faults: _Faults) -> None:
    for entry in entries.values():
        for neighbour in entry.neighbours:
            if f"{entry.kind}/{neighbour}" not in entries and neighbour not in entries:
                faults.add(entry.path, entry.line, f"unknown neighbour {neighbour!r}; {_nearest(neighbour, TYPES[entry.kind])}")


def _nearest(word: str, known: tuple[str, ...] | frozenset[str]) -> str:
    close = difflib.get_close_matches(word, sorted(known), n=1)
    return f"did you mean {close[0]!r}?" if close else "known: " + ", ".join(sorted(known))


class _EntryReader:
    """Reads one file into an entry, noting every fault on the way."""

    def __init__(self, path: Path, words: dict[str, tuple[str, ...]], vocabulary: Vocabulary, faults: _Faults) -> None:
        self.path = path
        self.words = words
        self.vocabulary = vocabulary
        self.faults = faults
        self.frames: dict[int, tuple[str, ...]] = {}

    def fault(self, node: Node, message: str) -> None:
        self.faults.add(self.path, node.line, message)

    def read(self) -> Entry | None:
        root = read_yaml(self.path)
        self.check_keys(root, ENTRY_KEYS)
        kind, type_ = self.one_of(root, "kind", tuple(FOLDERS)), (root.get("id") or Node("", root.line)).text
        if kind is None:
            return None
        if type_ not in TYPES[kind]:
            self.fault(root, f"unknown {kind} type {type_!r}; {_nearest(type_, TYPES[kind])}")
            return None
        definition = (root.get("definition") or Node("", root.line)).text
        if not definition:
            self.fault(root, "the entry has no `definition`; say in a sentence what it covers")
        requires = frozenset((root.get("requires") or Node([Node("actor", 0)], 0)).texts()) - {"none", ""}
        read = self.read_each(root, "patterns", lambda node: self.pattern(node, type_, kind, requires))
        patterns = tuple(each for pattern in read for each in self.framed(pattern))
        examples = self.read_each(root, "examples", self.example)
        self.check_ids(patterns)
        self.check_examples(root, examples)
        neighbours = tuple(name for name in (root.get("neighbours") or Node([], 0)).texts() if name)
        return Entry(type_, kind, definition, neighbours, patterns, examples, self.path, root.line)  # type: ignore[arg-type]

    def read_each(self, root: Node, key: str, read: Callable[[Node], _T | None]) -> tuple[_T, ...]:
        nodes = root.get(key)
        if nodes is None or nodes.value in ("", []):
            return ()
        return tuple(item for item in map(read, nodes.elements()) if item is not None)

    def check_keys(self, node: Node, known: frozenset[str]) -> None:
        for key, value in node.items():
            if key not in known:
                self.fault(value, f"unknown key {key!r}; {_nearest(key, known)}")

    def one_of(self, node: Node, key: str, known: tuple[str, ...] | frozenset[str]) -> str | None:
        found = node.get(key)
        if found is None:
            return None
        if found.text not in known:
            self.fault(found, f"unknown {key} {found.text!r}; {_nearest(found.text, known)}")
            return None
        return found.text

    def check_ids(self, patterns: tuple[Pattern, ...]) -> None:
        seen: dict[str, int] = {}
        for pattern in patterns:
            if pattern.id in seen:
                self.faults.add(
                    self.path, pattern.line, f"pattern id {pattern.id!r} stands in line {seen[pattern.id]} too; ids are unique"
                )
            seen[pattern.id] = pattern.line

    def check_examples(self, root: Node, examples: tuple[Example, ...]) -> None:
        if not any(example.expect for example in examples) or not any(not example.expect for example in examples):
            self.fault(root, "an entry needs at least one coded example and one with `expect: none`")

    # --- patterns -------------------------------------------------------------------------------------------------------

    def pattern(self, node: Node, type_: str, kind: str, requires: frozenset[str]) -> Pattern | None:
        self.check_keys(node, PATTERN_KEYS)
        written = [name for name in (*TRIGGERS, "undertaken") if node.get(name) is not None]
        identifier = (node.get("id") or Node("", node.line)).text
        if len(written) != 1 or not identifier:
            self.fault(node, f"a pattern needs an `id` and one of {', '.join(TRIGGERS)}, or `undertaken`")
            return None
        trigger: Trigger = next((name for name in TRIGGERS if name in written), "verb")
        if "undertaken" in written:
            self.frames[node.line] = tuple(self.known_frames(node))
        own = node.get("requires")
        mode = self.one_of(node, "mode", self.vocabulary.modes_of(type_)) if kind == "event" else None
        return Pattern(
            id=identifier,
            entry=f"{kind}/{type_}",
            trigger=trigger,
            words=self.word_list(node.get(written[0])),
            where=self.conditions(node.get("where")),
            unless=self.conditions(node.get("unless")),
            actor=self.alternatives(node.get("actor"), DEFAULT_ACTOR[trigger]),
            recipient=self.alternatives(node.get("recipient"), DEFAULT_RECIPIENT[trigger]),
            requires=requires if own is None else frozenset(own.texts()) - {"none", ""},
            symmetric=(node.get("symmetric") or Node("", 0)).text == "true",
            mode=mode,
            contexts=tuple(self.known_contexts(node)),
            status=self.one_of(node, "status", AUXILIARY),
            attributes={key: value.text for key, value in (node.get("attributes") or Node({}, 0)).items()},
            passive=self.yes_no(node, "passive"),
            clause=self.one_of(node, "clause", ("finite", "infinitive", "any")) or "any",
            confidence=self.confidence(node),
            line=node.line,
        )

    def framed(self, pattern: Pattern) -> Iterator[Pattern]:
        """Yield the pattern; of one that says what is undertaken, its way of saying it in every frame."""
        if pattern.line in self.frames:
            yield from in_frames(pattern, self.words, self.frames[pattern.line])
        else:
            yield pattern

    def known_frames(self, node: Node) -> Iterator[str]:
        for frame in node.get("frames").elements() if node.get("frames") else ():  # type: ignore[union-attr]
            if frame.text in FRAMES:
                yield frame.text
            else:
                self.fault(frame, f"unknown frame {frame.text!r}; {_nearest(frame.text, tuple(FRAMES))}")

    def known_contexts(self, node: Node) -> Iterator[str]:
        for context in node.get("contexts").elements() if node.get("contexts") else ():  # type: ignore[union-attr]
            if context.text in self.vocabulary.contexts:
                yield context.text
            else:
                self.fault(context, f"unknown context {context.text!r}; {_nearest(context.text, self.vocabulary.contexts)}")

    def yes_no(self, node: Node, key: str) -> bool | None:
        value = node.get(key)
        if value is None:
            return None
        if value.text not in ("yes", "no", "true", "false"):
            self.fault(value, f"`{key}` is yes or no, not {value.text!r}")
        return value.text in ("yes", "true")

    def confidence(self, node: Node) -> float:
        value = node.get("confidence")
        if value is None:
            return 0.8
        try:
            number = float(value.text)
        except ValueError:
            number = -1.0
        if not 0 <= number <= 1:
            self.fault(value, f"`confidence` is a number from 0 to 1, not {value.text!r}")
        return number

    def word_list(self, node: Node | None) -> tuple[tuple[str, ...], ...]:
        return tuple(dict.fromkeys(tuple(word.replace("-", " ").split()) for word in self.words_of(node)))

    def words_of(self, node: Node | None) -> Iterator[str]:
        for element in node.elements() if node else ():
            word = element.text
            if not word.startswith("@"):
                yield word.lower()
            elif word[1:] in self.words:
                yield from self.words[word[1:]]
            else:
                self.fault(element, f"unknown word list {word!r}; {_nearest(word[1:], frozenset(self.words))}")

    def conditions(self, node: Node | None) -> tuple[Condition, ...]:
        return tuple(self.condition(_path(key), value) for key, value in (node.items() if node else ()))

    def condition(self, path: RolePath, node: Node) -> Condition:
        if isinstance(node.value, str) and node.text in (*REFERENT_KINDS, *PRESENCE_KINDS):
            return Condition(path, referent=node.text)
        words = self.word_list(node)
        single = frozenset(word[0] for word in words if len(word) == 1)
        return Condition(path, lemmas=single, phrases=tuple(word for word in words if len(word) > 1))

    def alternatives(self, node: Node | None, default: Alternatives) -> Alternatives:
        if node is None:
            return default
        if node.texts() in (["none"], [""], []):
            return ()
        return tuple(tuple(_path(part) for part in alternative.split("+")) for alternative in node.texts())

    # --- examples -------------------------------------------------------------------------------------------------------

    def example(self, node: Node) -> Example | None:
        self.check_keys(node, EXAMPLE_KEYS)
        text, expect = node.get("text"), node.get("expect")
        if text is None or expect is None or not text.text:
            self.fault(node, "an example needs `text` and `expect`")
            return None
        expected = () if expect.value == "none" else tuple(self.expected(item) for item in expect.elements())
        return Example(
            text=text.text,
            published=self.day(node),
            expect=expected,
            also=tuple((node.get("also") or Node([], 0)).texts()),
            because=(node.get("because") or Node("", 0)).text or None,
            known_gap=(node.get("known_gap") or Node("", 0)).text or None,
            line=node.line,
        )

    def day(self, node: Node) -> dt.date | None:
        value = node.get("date")
        if value is None:
            return None
        try:
            return dt.date.fromisoformat(value.text)
        except ValueError:
            self.fault(value, f"no date: {value.text!r}; write it as 2017-06-01")
            return None

    def expected(self, node: Node) -> Expected:
        self.check_keys(node, EXPECT_KEYS)
        date = node.get("date")
        days = [None if text in ("null", "") else text for text in date.texts()] if date else None
        return Expected(
            actor=_codes(node.get("actor")),
            recipient=_codes(node.get("recipient")),
            mode=(node.get("mode") or Node("", 0)).text or None,
            status=(node.get("status") or Node("actual", 0)).text,
            date=(days[0], days[1]) if days and len(days) == 2 else None,
            attributes={key: value.text for key, value in (node.get("attributes") or Node({}, 0)).items()},
            evidence=(node.get("evidence") or Node("", 0)).text or None,
        )


def _codes(node: Node | None) -> tuple[str, ...] | None:
    return None if node is None else tuple(text for text in node.texts() if text)


def _path(text: str) -> RolePath:
    return tuple(step.strip() for step in text.split(".") if step.strip())
