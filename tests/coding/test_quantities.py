from tests.factory import sentence

from entente.codebook.load import SHIPPED
from entente.codebook.quantities import load_quantities
from entente.coding.quantities import find_rank, find_shares

WORDS = load_quantities(SHIPPED / "language" / "quantities-en.yml")


def words(text: str):
    return sentence("\n".join(f"{word} {word.lower()} X dep 0" for word in text.split()))


def shares(text: str) -> list[float]:
    return [share.value for share in find_shares(words(text), WORDS)]


def test_percentages_in_figures_and_in_words_are_shares():
    assert shares("about 80 per cent of its gas") == [0.8]
    assert shares("40 percent of its gas") == [0.4]
    assert shares("12.5 % of exports") == [0.125]
    assert shares("sixty per cent of exports") == [0.6]


def test_fractions_and_their_multiples_are_shares():
    assert shares("a third of its imports") == [0.333]
    assert shares("two - thirds of its trade") == [0.666]
    assert shares("nine - tenths of its water") == [0.9]
    assert shares("half of its exports") == [0.5]
    assert shares("three quarters of its oil") == [0.75]


def test_two_shares_in_a_sentence_are_both_found():
    assert shares("95 per cent of its oil and a fifth of its electricity") == [0.95, 0.2]


def test_an_ordinal_is_no_share():
    assert shares("its third largest partner") == []
    assert shares("the third time since January") == []
    assert shares("a second - hand fighter") == []


def test_a_number_above_a_hundred_is_no_percentage():
    assert shares("200 per cent more") == []


def test_the_rank_stands_before_the_superlative():
    noun = sentence(
        """
        its its PRON nmod:poss 5
        third third ADJ amod 4
        - - PUNCT punct 2
        largest large ADJ amod 5
        partner partner NOUN root 0
        """
    )
    assert find_rank(noun, 4, WORDS) == 3


def test_a_bare_superlative_is_rank_one_and_a_plain_noun_has_none():
    largest = sentence("the the DET det 3\nlargest large ADJ amod 3\nsupplier supplier NOUN root 0")
    plain = sentence("the the DET det 2\nsupplier supplier NOUN root 0")
    assert find_rank(largest, 2, WORDS) == 1
    assert find_rank(plain, 1, WORDS) is None


def test_so_many_in_so_many_is_a_share():
    assert shares("nine in ten of its barrels") == [0.9]
    assert shares("four out of five tourists") == [0.8]
    assert shares("one in March") == []


def test_the_first_customer_has_rank_one():
    first = sentence("its its PRON nmod:poss 3\nfirst first ADJ amod 3\ncustomer customer NOUN root 0")
    assert find_rank(first, 2, WORDS) == 1
