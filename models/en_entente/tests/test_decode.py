"""Decoding: trees and entity tags that are well-formed whatever the scores say."""

from itertools import product

import numpy as np
from en_entente.decode import ROOT, EntityDecoder, decode_tree, find_arborescence, is_tree

TAGS = ("O", "B-PERSON", "I-PERSON", "E-PERSON", "S-PERSON", "B-ORG", "I-ORG", "E-ORG", "S-ORG")


def find_best_by_trying_all(scores: np.ndarray, root: int) -> float:
    size = len(scores)
    best = -np.inf
    for heads in product(range(size), repeat=size - 1):
        tree = np.insert(np.array(heads), root, root)
        others = [node for node in range(size) if node != root]
        if is_tree(tree, root):
            best = max(best, sum(scores[node, tree[node]] for node in others))
    return best


def test_the_exact_tree_is_the_best_of_all_trees() -> None:
    random = np.random.default_rng(0)
    for _ in range(60):
        scores = random.normal(size=(5, 5)).astype(np.float32)
        np.fill_diagonal(scores, -np.inf)
        root = int(random.integers(5))
        tree = find_arborescence(scores, root)
        assert is_tree(tree, root)
        total = sum(scores[node, tree[node]] for node in range(5) if node != root)
        assert np.isclose(total, find_best_by_trying_all(scores, root), atol=1e-5)


def test_two_words_that_choose_each_other_still_form_a_tree() -> None:
    arcs = np.array([[0, 9, 0], [9, 0, 0], [1, 1, 0]], dtype=np.float32)
    assert (decode_tree(arcs, np.array([0, 0, 5], dtype=np.float32)) == ROOT).sum() == 1


def test_a_single_word_is_its_root() -> None:
    assert decode_tree(np.zeros((1, 1), dtype=np.float32), np.zeros(1, dtype=np.float32)).tolist() == [ROOT]


def test_entity_tags_follow_each_other_and_stop_at_sentence_ends() -> None:
    decoder = EntityDecoder(TAGS)
    scores = np.zeros((4, len(TAGS)), dtype=np.float32)
    for word, tag in enumerate(["B-PERSON", "I-PERSON", "I-PERSON", "E-PERSON"]):
        scores[word, TAGS.index(tag)] = 5
    starts = np.array([True, False, True, False])
    tags = [TAGS[number] for number in decoder.decode(scores, starts)]
    assert tags == ["B-PERSON", "E-PERSON", "B-PERSON", "E-PERSON"]
