"""Where the reader's package keeps its files."""

from __future__ import annotations

from pathlib import Path
from typing import Final

FILES: Final = Path(__file__).resolve().parent.parent / "en_entente_reader" / "en_entente_reader" / "files"
