"""YAML with line numbers, every scalar a string (``on`` is not True, ``NO`` is Norway)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml
from msgspec import Struct

from entente.errors import CodebookError

_Loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


class SourceError(CodebookError):
    """A file is no YAML, or gives a key twice; ``line`` says where."""

    def __init__(self, path: Path, line: int, message: str) -> None:
        super().__init__(f"{path.name}:{line}: {message}")
        self.line = line
        self.message = message


class Node(Struct, frozen=True):
    """A YAML value with its line: ``value`` is a string, a list of nodes, or a dictionary from strings to nodes."""

    value: Any
    line: int

    @property
    def text(self) -> str:
        """The scalar, its white space collapsed; empty for a list or a mapping."""
        return " ".join(self.value.split()) if isinstance(self.value, str) else ""

    def get(self, key: str) -> Node | None:
        """Return the value of ``key`` in a mapping, or None."""
        found = self.value.get(key) if isinstance(self.value, dict) else None
        return found if isinstance(found, Node) else None

    def items(self) -> list[tuple[str, Node]]:
        """Return the pairs of a mapping; none for anything else."""
        return list(self.value.items()) if isinstance(self.value, dict) else []

    def elements(self) -> list[Node]:
        """Return the nodes of a list, or a scalar or mapping as a list of one."""
        return list(self.value) if isinstance(self.value, list) else [self]

    def texts(self) -> list[str]:
        """Return the scalars of a list, or one scalar as a list of one."""
        return [element.text for element in self.elements()]


def read_yaml(path: Path) -> Node:
    """Read a YAML file with the line of every value.

    Raises:
        SourceError: The file is no YAML; names file and line.
    """
    try:
        with path.open(encoding="utf-8") as stream:
            root = yaml.compose(stream, Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        line = 1 + (error.problem_mark.line if error.problem_mark else 0)
        raise SourceError(path, line, f"no YAML: {error.problem}; mend the line") from error
    return _convert(root, path) if root is not None else Node({}, 1)


def load_plain(path: Path) -> Any:
    """Read a YAML file as plain lists, dictionaries and strings, fast and without lines."""
    try:
        with path.open(encoding="utf-8") as stream:
            return yaml.load(stream, Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        line = 1 + (error.problem_mark.line if error.problem_mark else 0)
        raise SourceError(path, line, f"no YAML: {error.problem}; mend the line") from error


def _convert(node: yaml.Node, path: Path) -> Node:
    line = node.start_mark.line + 1
    if isinstance(node, yaml.ScalarNode):
        return Node(node.value, line)
    if isinstance(node, yaml.SequenceNode):
        return Node([_convert(child, path) for child in node.value], line)
    pairs: dict[str, Node] = {}
    for key, value in node.value:
        if key.value in pairs:
            raise SourceError(path, key.start_mark.line + 1, f"key {key.value!r} is given twice; keep one")
        pairs[key.value] = _convert(value, path)
    return Node(pairs, line)
