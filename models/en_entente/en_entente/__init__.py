"""English for entente: sentences, Universal Dependencies, lemmas and entities, as a spaCy pipeline.

``spacy.load("en_entente")`` returns it.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.util import load_model_from_path

__version__ = "0.1.0"

PIPELINE_FOLDER = Path(__file__).parent / "pipeline"


def load(**overrides: Any) -> Language:
    """Load the pipeline; *overrides* are those of ``spacy.load`` (``config``, ``exclude``, …)."""
    return load_model_from_path(PIPELINE_FOLDER, **overrides)
