"""Fixtures for the pipeline's tests: the installed package, loaded once."""

import pytest
import spacy
from spacy.language import Language


@pytest.fixture(scope="session")
def nlp() -> Language:
    return spacy.load("en_entente")
