"""entente reads reporting on states and turns it into a ledger of records.

    coder = entente.load()
    with entente.open("politics") as workspace: ...

Importing the package loads nothing: names are fetched from their modules when they are first used. What they are, for type
checkers and readers, is in ``__init__.pyi``.
"""

from importlib import import_module
from typing import Any

__version__ = "0.1.0"

_HOMES = {
    "load": "entente.workspace.load",
    "open": "entente.workspace.open_workspace",
    "Workspace": "entente.workspace.Workspace",
    "Coder": "entente.coder.Coder",
    "Document": "entente.records.text.Document",
    "TextSpan": "entente.records.text.TextSpan",
    "TimeSpan": "entente.records.timespan.TimeSpan",
    "Actor": "entente.records.actors.Actor",
    "Record": "entente.records.record.Record",
    "EntenteError": "entente.errors.EntenteError",
    "InputError": "entente.errors.InputError",
    "DocumentError": "entente.errors.DocumentError",
    "CodebookError": "entente.errors.CodebookError",
    "LedgerError": "entente.errors.LedgerError",
    "PipelineError": "entente.errors.PipelineError",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'entente' has no attribute {name!r}")
    module, _, member = _HOMES[name].rpartition(".")
    return getattr(import_module(module), member)


def __dir__() -> list[str]:
    return ["__version__", *_HOMES]
