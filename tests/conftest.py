from pathlib import Path

import pytest

SHARED = Path(__file__).parent.parent.parent / "shared"


@pytest.fixture(scope="session")
def coder():
    """The shipped coder by the rules alone, loaded once."""
    from entente.coder import load_coder

    return load_coder()


@pytest.fixture(scope="session")
def reading_coder():
    """The shipped coder with the learned reader beside the rules, loaded once."""
    from entente.coder import load_coder

    return load_coder(model=True)


@pytest.fixture(scope="session")
def gold_folder():
    """The folder of gold passages; tests that need it skip where it is not at hand."""
    folder = SHARED / "gold"
    if not folder.is_dir():
        pytest.skip("the optional folder ../shared with gold passages is not at hand")
    return folder
