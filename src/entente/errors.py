"""The error tree: everything that entente raises on purpose.

EntenteError
├── InputError        a file, a line or an option of the user's is not what it should be
│   ├── DocumentError     one document cannot be read or coded; the run goes on without it
│   └── TimeError         a date or a time expression is none
├── CodebookError     an entry of the codebook is malformed; names file and line
├── LedgerError       a folder is no ledger, or one of a newer format, or is damaged
└── PipelineError     the language pipeline is missing or of another version

A message says what is wrong, where, and the next step.
"""

from __future__ import annotations


class EntenteError(Exception):
    """The root of all errors that entente raises on purpose."""


class InputError(EntenteError):
    """A file, a line or an option of the user's is not what it should be."""


class DocumentError(InputError):
    """One document cannot be read or coded."""


class TimeError(InputError):
    """A date or a time expression is none."""


class CodebookError(EntenteError):
    """An entry of the codebook is malformed."""


class LedgerError(EntenteError):
    """A folder is no ledger, one of a newer format, or damaged."""


class PipelineError(EntenteError):
    """The language pipeline is missing or of another version."""
