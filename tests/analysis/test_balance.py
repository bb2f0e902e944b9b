import itertools

import msgspec
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from entente.analysis.balance import components, divide, frustration_of, group, take_off_loose_ends, try_all
from entente.codebook.networks import load_network_choices

CHOICES = load_network_choices()
PROGRAM = msgspec.structs.replace(CHOICES, enumerate_at_most=2)
"""Integer programming for all but the smallest."""


signs = st.sampled_from([-1.0, 0.0, 1.0])


@st.composite
def signed_graphs(draw, largest, values=signs):
    states = draw(st.integers(1, largest))
    pairs = list(itertools.combinations(range(states), 2))
    weights = np.zeros((states, states))
    for (one, other), value in zip(pairs, draw(st.lists(values, min_size=len(pairs), max_size=len(pairs))), strict=True):
        weights[one, other] = weights[other, one] = value
    return weights


weighted = st.integers(-40, 40).map(lambda tenths: tenths / 10)


def least_by_trying_all(weights):
    """Return the frustration index by another way than the package's: every division, every tie counted."""
    states = len(weights)
    one, other = np.triu_indices(states, 1)
    signed = weights[one, other]
    sides = 1 - 2 * ((np.arange(2 ** max(states - 1, 0))[:, None] >> np.arange(states)) & 1)
    return float((np.abs(signed) * (signed * sides[:, one] * sides[:, other] < 0)).sum(axis=1).min())


@settings(max_examples=80, deadline=None)
@given(signed_graphs(14))
def test_frustration_equals_brute_force(weights):
    division = divide(weights, CHOICES)
    assert division.frustrated == least_by_trying_all(weights)
    assert division.exact


@settings(max_examples=60, deadline=None)
@given(signed_graphs(11, weighted))
def test_frustration_of_weighted_ties_equals_brute_force(weights):
    division = divide(weights, CHOICES)
    assert division.frustrated == pytest.approx(least_by_trying_all(weights))
    assert division.frustrated == pytest.approx(frustration_of(weights, division.sides))


@settings(max_examples=40, deadline=None)
@given(signed_graphs(10) | signed_graphs(9, weighted))
def test_integer_programming_finds_the_same(weights):
    division = divide(weights, PROGRAM)
    assert division.frustrated == pytest.approx(least_by_trying_all(weights))
    assert division.exact


@settings(max_examples=40, deadline=None)
@given(signed_graphs(10) | signed_graphs(9, weighted), st.integers(0, 2))
def test_a_search_that_is_stopped_bounds_what_it_does_not_find(weights, rounds):
    division = divide(weights, msgspec.structs.replace(PROGRAM, rounds=rounds, nodes=0, seconds=0.001, starts=0))
    assert division.bound <= least_by_trying_all(weights) + 1e-6
    assert division.frustrated >= least_by_trying_all(weights) - 1e-6


def test_a_large_network_that_is_stopped_has_a_bound_below_its_frustration():
    rng = np.random.default_rng(3)
    weights = np.triu(rng.choice([-1.0, 1.0], (26, 26)), 1)
    weights += weights.T
    stopped = divide(weights, msgspec.structs.replace(CHOICES, rounds=1, nodes=0, seconds=0.01, starts=0))
    least = frustration_of(weights, try_all(weights[:16, :16]).tolist() + [1] * 10)
    assert not stopped.exact
    assert 0 <= stopped.bound < stopped.frustrated <= least


@settings(max_examples=50, deadline=None)
@given(signed_graphs(9), st.data())
def test_turning_the_signs_about_some_states_changes_no_frustration(weights, data):
    turned = np.array(data.draw(st.lists(st.sampled_from([-1, 1]), min_size=len(weights), max_size=len(weights))))
    switched = weights * np.outer(turned, turned)
    assert divide(switched, CHOICES).frustrated == divide(weights, CHOICES).frustrated


@settings(max_examples=50, deadline=None)
@given(signed_graphs(9, weighted), st.data())
def test_other_names_change_no_frustration(weights, data):
    order = data.draw(st.permutations(range(len(weights))))
    renamed = weights[np.ix_(order, order)]
    assert divide(renamed, CHOICES).frustrated == pytest.approx(divide(weights, CHOICES).frustrated)


@settings(max_examples=30, deadline=None)
@given(signed_graphs(40))
def test_two_camps_are_found_again(graph):
    sides = np.random.default_rng(1).choice([-1, 1], len(graph))
    division = divide(np.abs(graph) * np.outer(sides, sides), CHOICES)
    assert division.frustrated == 0
    assert division.exact


def test_a_foes_foe_that_is_a_foe_is_frustrating():
    weights = -(np.ones((3, 3)) - np.eye(3))
    assert divide(weights, CHOICES).frustrated == 1


def test_loose_ends_go_to_the_side_of_their_only_tie():
    weights = np.zeros((4, 4))
    for one, other, weight in ((0, 1, 2.0), (1, 2, -1.0), (2, 3, 5.0)):
        weights[one, other] = weights[other, one] = weight
    core, loose = take_off_loose_ends(weights)
    assert not core.any()
    assert len(loose) == 3
    assert divide(weights, CHOICES).sides.tolist() in ([1, 1, -1, -1], [-1, -1, 1, 1])


def test_parts_are_what_ties_join():
    weights = np.zeros((5, 5))
    weights[0, 3] = weights[3, 0] = -1
    weights[1, 2] = weights[2, 1] = 1
    assert components(weights).tolist() == [0, 1, 1, 0, 4]


def test_three_groups_at_odds_are_three_groups():
    own = np.kron(np.eye(3), np.ones((3, 3)))
    weights = 2 * own - 1
    np.fill_diagonal(weights, 0)
    assert group(weights).tolist() == [0, 0, 0, 1, 1, 1, 2, 2, 2]
