"""entente reads reporting on states and turns it into a ledger of records.

    coder = entente.load()
    with entente.open("politics") as workspace: ...

Importing the package loads nothing heavy: names are fetched from their modules when they are first used.
"""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:  # for speed: `import entente` takes 2 ms, these 2 s
    from entente.coder import Coder
    from entente.workspace import Workspace

__version__ = "0.1.0"

_HOMES = {
    "Workspace": "entente.workspace",
    "Coder": "entente.coder",
    "Document": "entente.records.text",
    "TextSpan": "entente.records.text",
    "TimeSpan": "entente.records.timespan",
    "Actor": "entente.records.actors",
    "Record": "entente.records.record",
    "EntenteError": "entente.errors",
    "InputError": "entente.errors",
    "DocumentError": "entente.errors",
    "CodebookError": "entente.errors",
    "LedgerError": "entente.errors",
    "PipelineError": "entente.errors",
}

__all__ = ["__version__", "load", "open", *sorted(_HOMES)]  # noqa: PLE0604  all strings


def load(codebook: str | Path | None = None) -> Coder:
    """Return a coder with the shipped pipeline and codebook, or with the codebook in the folder that is given.

    Raises:
        PipelineError: The pipeline is missing.
        CodebookError: The codebook is malformed.
    """
    from entente.coder import load_coder

    return load_coder(None if codebook is None else Path(codebook))


def open(path: str | Path, version: int | None = None, codebook: str | Path | None = None) -> Workspace:
    """Return the workspace of the ledger at ``path``: settings, codebook, coder and ledger together.

    Args:
        path: The ledger's folder; it need not be there yet.
        version: Read the ledger as of this version, so that a published figure can be had again.
        codebook: A folder with a codebook, in place of the shipped one.

    Raises:
        LedgerError: The path is there and is no ledger, or has no such version.
    """
    from entente.workspace import Workspace

    return Workspace(path, version=version, codebook=codebook)


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module 'entente' has no attribute {name!r}")
