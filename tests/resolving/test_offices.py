from tests.resolving.test_actors import codes, resolve


def offices(resolved):
    return [(office.person, office.office, office.actor.code) for office in resolved.offices]


BEFORE = """
    Norway Norway PROPN nmod:poss 3
    ’s ’s PART case 1
    president president NOUN nsubj 8 Number=Sing
    , , PUNCT punct 6
    Anna Anna PROPN appos 3 _ PERSON
    Berg Berg PROPN flat 5 _ PERSON
    , , PUNCT punct 6
    resigned resign VERB root 0
"""
AFTER = """
    Anna Anna PROPN nsubj 9 _ PERSON
    Berg Berg PROPN flat 1 _ PERSON
    , , PUNCT punct 7
    then then ADV advmod 7
    Peru Peru PROPN nmod:poss 7
    ’s ’s PART case 5
    president president NOUN appos 1 Number=Sing
    , , PUNCT punct 7
    resigned resign VERB root 0
"""
TITLE = """
    Finnish Finnish ADJ amod 4
    Foreign Foreign PROPN compound 3
    Minister Minister PROPN nmod:desc 4
    Anna Anna PROPN nsubj 6 _ PERSON
    Berg Berg PROPN flat 4 _ PERSON
    resigned resign VERB root 0
"""
AGAIN = """
    Berg Berg PROPN nsubj 2 _ PERSON
    left leave VERB root 0
"""


def test_an_apposition_before_the_name_gives_an_office():
    assert offices(resolve(BEFORE)) == [("Anna Berg", "president", "NOR")]


def test_an_apposition_after_the_name_gives_an_office():
    assert offices(resolve(AFTER)) == [("Anna Berg", "president", "PER")]


def test_a_title_gives_an_office():
    assert offices(resolve(TITLE)) == [("Anna Berg", "foreign minister", "FIN")]


def test_a_person_is_introduced_once():
    assert offices(resolve(BEFORE, BEFORE)) == [("Anna Berg", "president", "NOR")]


def test_a_surname_alone_is_the_person_introduced_before():
    resolved = resolve(BEFORE, AGAIN)
    assert codes(resolved, 1, 0) == ("name", ["NOR"])
    assert len(resolved.offices) == 1


def test_a_bare_name_gives_no_office():
    assert offices(resolve(AGAIN)) == []


def test_a_counterpart_holds_the_office_of_the_other():
    resolved = resolve(
        BEFORE,
        """
        Her her PRON nmod:poss 3 Poss=Yes
        Swedish Swedish ADJ amod 3
        counterpart counterpart NOUN nsubj 8 Number=Sing
        , , PUNCT punct 5
        Erik Erik PROPN appos 3 _ PERSON
        Holm Holm PROPN flat 5 _ PERSON
        , , PUNCT punct 5
        agreed agree VERB root 0
        """,
    )
    assert offices(resolved)[1] == ("Erik Holm", "president", "SWE")


def test_a_successor_holds_the_office_of_the_one_before():
    resolved = resolve(
        BEFORE,
        """
        Berg Berg PROPN nmod:poss 3 _ PERSON
        ’s ’s PART case 1
        successor successor NOUN nsubj 7 Number=Sing
        , , PUNCT punct 5
        Erik Erik PROPN appos 3 _ PERSON
        Holm Holm PROPN flat 5 _ PERSON
        spoke speak VERB root 0
        """,
    )
    assert offices(resolved)[1] == ("Erik Holm", "president", "NOR")


def test_a_quoted_speaker_after_an_office_is_not_its_holder():
    resolved = resolve("""
        Peru Peru PROPN nsubj 2
        chose choose VERB root 0
        a a DET det 4
        president president NOUN obj 2 Number=Sing
        , , PUNCT punct 2
        Berg Berg PROPN nsubj 7 _ PERSON
        said say VERB parataxis 2
    """)
    assert offices(resolved) == []
