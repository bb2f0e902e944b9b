import numpy as np

from entente.analysis.facts import NOBODY
from entente.analysis.matching import Sorted, base_codes, pairs_of, weights_of
from entente.codebook.judgements import ActRule
from tests.analysis.by_hand import facts, record


def weights(rules, *records):
    return weights_of(facts(*records), rules, np.arange(len(records))).tolist()


def test_a_record_weighs_as_the_heaviest_rule_that_means_it():
    rules = [ActRule(what=("COERCE",), weight=0.4), ActRule(what=("COERCE/seize",), weight=1.0)]
    seized = record("RUS", "COERCE", "UKR", mode="seize")
    assert weights(rules, seized, record("RUS", "COERCE", "UKR"), record("RUS", "AID", "UKR")) == [1.0, 0.4, 0.0]


def test_a_dash_means_a_type_without_a_mode():
    seized = record("RUS", "COERCE", "UKR", mode="seize")
    assert weights([ActRule(what=("COERCE/-",))], seized, record("RUS", "COERCE", "UKR")) == [0.0, 1.0]


def test_a_kind_with_a_type_does_not_mean_another_kind():
    assert weights([ActRule(what=("position.support",))], record("A", "support", "B"), record("A", "SUPPORT", "B")) == [1.0, 0.0]


def test_a_rule_with_contexts_asks_for_one_of_them():
    rule = ActRule(what=("AID",), contexts=("military",))
    assert weights([rule], record("A", "AID", "B", contexts=("military",)), record("A", "AID", "B")) == [1.0, 0.0]


def test_an_organ_counts_as_its_state_and_rebels_do_not():
    rows = facts(record("TUR.GOV", "AID", "UKR"), record("TUR", "AID", "UKR"), record("SYR.REB", "AID", "SYR"))
    names = [rows.codes[place] for place in base_codes(rows)[:-1]]
    assert names == ["TUR", "TUR", "UKR", "SYR.REB", "SYR"] or set(names) == {"TUR", "UKR", "SYR.REB", "SYR"}
    assert base_codes(rows)[-1] == NOBODY


def test_what_a_state_does_to_itself_is_no_pair():
    rows = facts(record("TUR", "COERCE", "TUR.GOV"), record("TUR", "AID", "UKR"))
    pairs = pairs_of(rows, np.arange(rows.record.size))
    assert pairs.record.tolist() == [1]


def test_what_is_sorted_is_found_by_key_and_day():
    table = Sorted.of(np.array([1, 1, 2, 1]), np.array([10, 5, 7, -3]))
    start, stop = table.between(np.array([1, 2, 3]), np.array([0, 0, 0]), np.array([11, 7, 9]))
    query, thing = table.expand(start, stop, most=5)
    assert list(zip(query.tolist(), thing.tolist(), strict=True)) == [(0, 1), (0, 0)]


def test_no_more_than_the_asked_number_of_a_range_is_given():
    table = Sorted.of(np.ones(6, dtype=np.int64), np.arange(6))
    query, thing = table.expand(*table.between(np.array([1]), np.array([0]), np.array([6])), most=2)
    assert (query.tolist(), thing.tolist()) == ([0, 0], [0, 1])
