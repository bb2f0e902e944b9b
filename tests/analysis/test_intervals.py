import msgspec
import numpy as np

from entente.analysis.intervals import Resampler, drawn_only
from tests.analysis.by_hand import CHOICES

INTERVALS = CHOICES.intervals


def test_a_document_is_drawn_with_all_its_rows():
    resampler = Resampler(np.array([7, 7, 9, 3]), INTERVALS)
    for weights in resampler.weights():
        assert weights[0] == weights[1]
        assert weights[0] + weights[2] + weights[3] == 3


def test_the_same_seed_draws_the_same():
    documents = np.arange(50)
    first, second = (np.stack(list(Resampler(documents, INTERVALS).weights())) for _ in range(2))
    other = np.stack(list(Resampler(documents, msgspec.structs.replace(INTERVALS, seed=2)).weights()))
    assert np.array_equal(first, second)
    assert not np.array_equal(first, other)


def test_intervals_hold_the_truth_as_often_as_they_say():
    """Two hundred samples of forty documents, whose records go together; the mean of a record is 1."""
    rng = np.random.default_rng(5)
    held = 0
    for _ in range(200):
        size = rng.integers(1, 5, 40)
        documents = np.repeat(np.arange(40), size)
        values = np.repeat(rng.normal(0, 2, 40), size) + rng.normal(1, 1, documents.size)
        resampler = Resampler(documents, INTERVALS)
        samples = resampler.statistics(lambda w, v=values: np.array([w @ v / w.sum()]))
        low, high = resampler.interval(samples)
        held += bool(low[0] <= 1 <= high[0])
    assert 0.83 <= held / 200 <= 0.96  # the level is 0.9


def test_where_no_resample_gives_a_number_there_is_no_interval():
    resampler = Resampler(np.arange(3), INTERVALS)
    low, high = resampler.interval(np.array([[1.0, np.nan], [3.0, np.nan], [np.nan, np.nan]]))
    assert low[0] < high[0]
    assert np.isnan([low[1], high[1]]).all()


def test_rows_of_fewer_documents_than_the_codebook_asks_for_have_not_enough():
    enough = Resampler(np.arange(100), INTERVALS).enough([0, INTERVALS.least_documents - 1, INTERVALS.least_documents])
    assert enough.tolist() == [False, False, True]


def test_a_figure_of_rows_that_were_not_drawn_is_none():
    assert np.array_equal(drawn_only(np.array([0.0, 0.0]), np.array([0.0, 2.0])), [np.nan, 0.0], equal_nan=True)
