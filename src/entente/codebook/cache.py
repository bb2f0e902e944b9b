"""What was read from tables once, kept in the user's cache folder: a third of a second less at every start."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TypeVar

import msgspec

Made = TypeVar("Made")


def remember(kind: type[Made], made_from: Iterable[Path], make: Callable[[], Made]) -> Made:
    """Return what ``make`` makes of files, from the cache where they have not changed since.

    The cache is a file under ``$XDG_CACHE_HOME/entente`` (``~/.cache/entente``), named by a digest of the files' contents. A
    folder that cannot be written, or a file that cannot be read, is passed over.

    Args:
        kind: The type of what is made.
        made_from: The files, and the modules that read them.
        make: Makes it.
    """
    digest = hashlib.sha256()
    for path in made_from:
        if not path.is_file():
            return make()
        digest.update(path.read_bytes())
    kept = _folder() / f"{kind.__name__.lower()}-{digest.hexdigest()[:32]}.msgpack"
    try:
        return msgspec.msgpack.decode(kept.read_bytes(), type=kind)
    except (OSError, msgspec.MsgspecError):
        made = make()
    _keep(kept, msgspec.msgpack.encode(made))
    return made


def _folder() -> Path:
    base = os.environ.get("XDG_CACHE_HOME")
    return (Path(base) if base else Path("~/.cache").expanduser()) / "entente"


def _keep(path: Path, content: bytes) -> None:
    """Write a file whole or not at all, and remove those of other versions."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as stream:
            stream.write(content)
        Path(stream.name).replace(path)
        for other in path.parent.glob(f"{path.name.partition('-')[0]}-*.msgpack"):
            if other != path:
                other.unlink(missing_ok=True)
    except (OSError, RuntimeError):
        return
