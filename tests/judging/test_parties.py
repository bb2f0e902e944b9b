from tests.factory import parsed, sentence

from entente.judging.parties import find_parties
from entente.records.actors import Actor
from entente.records.annotations import Reference, ResolvedDocument

RUSSIA, TURKEY = Actor("RUS", "Russian", entity="Russia", kind="state"), Actor("TUR", "Turkey", entity="Turkey", kind="state")

STRUCK = """
Turkey  Turkey  PROPN nsubj 2
downed  down    VERB  root  0
a       a       DET   det   5
Russian Russian ADJ   amod  5
bomber  bomber  NOUN  obj   2
"""


def resolved(**links):
    document = parsed(sentence(STRUCK))
    tokens = document.sentences[0].tokens
    found = {}
    for word, (link, *actors) in links.items():
        [token] = [t for t in tokens if t.text.lower() == word]
        start = tokens[2].start if link == "possession" else token.start
        found[0, token.i] = Reference(0, token.i, link, tuple(actors), start, token.end)
    return ResolvedDocument(document, found, ())


def parties_of(document):
    return find_parties(document.parsed.sentences[0], document)


def test_each_actor_is_one_party_with_the_tokens_that_name_it():
    found = parties_of(resolved(turkey=("name", TURKEY), russian=("adjective", RUSSIA)))
    assert [party.code for party in found.parties] == ["TUR", "RUS"]
    assert found.mentions == ((0, 0, (0,)), (3, 3, (1,)))


def test_a_thing_whose_owner_is_named_in_it_is_no_mention():
    found = parties_of(resolved(turkey=("name", TURKEY), russian=("adjective", RUSSIA), bomber=("possession", RUSSIA)))
    assert found.mentions == ((0, 0, (0,)), (3, 3, (1,)))


def test_a_thing_stands_for_its_owner_where_nothing_else_does():
    found = parties_of(resolved(turkey=("name", TURKEY), bomber=("possession", RUSSIA)))
    assert found.mentions[1] == (2, 4, (1,))


def test_a_sector_makes_a_party_of_its_own():
    police = Actor("TUR", "police", sector="COP", kind="role")
    found = parties_of(resolved(turkey=("name", TURKEY), bomber=("role", police)))
    assert [(party.code, party.sector) for party in found.parties] == [("TUR", None), ("TUR", "COP")]


def test_words_for_two_actors_are_a_mention_of_both():
    found = parties_of(resolved(bomber=("description", TURKEY, RUSSIA)))
    assert found.mentions == ((4, 4, (0, 1)),)
