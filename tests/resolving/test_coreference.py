from tests.resolving.test_actors import codes, resolve


def test_it_goes_on_with_the_subject_of_the_sentence_before():
    resolved = resolve(
        """
        Sweden Sweden PROPN nsubj 2
        warned warn VERB root 0
        Finland Finland PROPN obj 2
        """,
        """
        It it PRON nsubj 2 Number=Sing
        closed close VERB root 0
        roads road NOUN obj 2 Number=Plur
        """,
    )
    assert codes(resolved, 1, 0) == ("pronoun", ["SWE"])


def test_an_object_pronoun_is_never_its_own_subject():
    resolved = resolve("""
        Peru Peru PROPN nsubj 2
        met meet VERB root 0
        Chile Chile PROPN obj 2
        and and CCONJ cc 5
        accused accuse VERB conj 2
        it it PRON obj 5 Number=Sing
    """)
    assert codes(resolved, 0, 5) == ("pronoun", ["CHL"])


def test_it_that_stands_for_nothing_is_left_alone():
    resolved = resolve(
        """
        Norway Norway PROPN nsubj 2
        waited wait VERB root 0
    """,
        """
        It it PRON expl 2
        rained rain VERB root 0
    """,
    )
    assert codes(resolved, 1, 0) is None


def test_which_is_the_noun_that_its_clause_modifies():
    resolved = resolve("""
        Finland Finland PROPN nsubj 5
        , , PUNCT punct 4
        which which PRON nsubj 4 PronType=Rel
        voted vote VERB acl:relcl 1
        left leave VERB root 0
    """)
    assert codes(resolved, 0, 2) == ("pronoun", ["FIN"])


def test_they_are_those_coordinated():
    resolved = resolve(
        """
        Norway Norway PROPN nsubj 4
        and and CCONJ cc 3
        Sweden Sweden PROPN conj 1
        met meet VERB root 0
    """,
        """
        They they PRON nsubj 2 Number=Plur
        signed sign VERB root 0
    """,
    )
    assert codes(resolved, 1, 0) == ("pronoun", ["NOR", "SWE"])


def test_the_two_countries_are_the_two_named():
    resolved = resolve(
        """
        Peru Peru PROPN nsubj 2
        fought fight VERB root 0
        Chile Chile PROPN obj 2
    """,
        """
        The the DET det 3
        two two NUM nummod 3
        countries country NOUN nsubj 4 Number=Plur
        met meet VERB root 0
    """,
    )
    assert codes(resolved, 1, 2) == ("description", ["PER", "CHL"])


def test_its_neighbour_is_a_state_on_its_border_that_was_named():
    resolved = resolve("""
        Peru Peru PROPN nsubj 2
        supplies supply VERB root 0
        Chile Chile PROPN obj 2
        and and CCONJ cc 5
        trusts trust VERB conj 2
        its its PRON nmod:poss 7 Poss=Yes
        neighbour neighbour NOUN obj 5 Number=Sing
    """)
    assert codes(resolved, 0, 6) == ("description", ["CHL"])


def test_a_state_that_is_no_neighbour_is_not_its_neighbour():
    resolved = resolve("""
        Norway Norway PROPN nsubj 2
        supplies supply VERB root 0
        Peru Peru PROPN obj 2
        and and CCONJ cc 5
        trusts trust VERB conj 2
        its its PRON nmod:poss 7 Poss=Yes
        neighbour neighbour NOUN obj 5 Number=Sing
    """)
    assert codes(resolved, 0, 6) is None


def test_the_alliance_is_the_organisation_so_called():
    resolved = resolve(
        """
        NATO NATO PROPN nsubj 2
        met meet VERB root 0
    """,
        """
        Finland Finland PROPN nsubj 2
        joined join VERB root 0
        the the DET det 4
        alliance alliance NOUN obj 2 Number=Sing
    """,
    )
    assert codes(resolved, 1, 3) == ("description", ["NATO"])


def test_fighters_do_not_own_what_they_attack():
    resolved = resolve("""
        Norwegian Norwegian ADJ amod 2
        peacekeepers peacekeeper NOUN nsubj 3 Number=Plur
        left leave VERB root 0
        when when ADV advmod 6
        rebels rebel NOUN nsubj 6 Number=Plur
        attacked attack VERB advcl 3
        their their PRON nmod:poss 8 Number=Plur|Poss=Yes
        base base NOUN obj 6 Number=Sing
    """)
    assert codes(resolved, 0, 6) == ("pronoun", ["NOR"])


def test_we_is_whoever_speaks():
    resolved = resolve("""
        We we PRON nsubj 2 Number=Plur
        agree agree VERB root 0
        , , PUNCT punct 5
        Norway Norway PROPN nsubj 5
        said say VERB parataxis 2
    """)
    assert codes(resolved, 0, 0) == ("pronoun", ["NOR"])


def test_whoever_expels_foreign_diplomats_is_not_their_state():
    resolved = resolve(
        """
        Norway Norway PROPN nsubj 2
        protested protest VERB root 0
        after after SCONJ mark 5
        Sweden Sweden PROPN nsubj 5
        complained complain VERB advcl 2
        """,
        """
        It it PRON nsubj 2 Number=Sing
        expelled expel VERB root 0
        two two NUM nummod 5
        Norwegian Norwegian ADJ amod 5
        diplomats diplomat NOUN obj 2 Number=Plur
        """,
    )
    assert codes(resolved, 1, 0) == ("pronoun", ["SWE"])


def test_what_must_be_done_is_for_whoever_is_told():
    resolved = resolve("""
        Peru Peru PROPN nsubj 2
        told tell VERB root 0
        Chile Chile PROPN obj 2
        that that SCONJ mark 7
        it it PRON nsubj 7 Number=Sing
        must must AUX aux 7
        withdraw withdraw VERB ccomp 2
    """)
    assert codes(resolved, 0, 4) == ("pronoun", ["CHL"])


def test_a_pronoun_in_a_fronted_phrase_looks_ahead_to_the_subject():
    resolved = resolve(
        """
        Peru Peru PROPN nsubj 2
        protested protest VERB root 0
        """,
        """
        In in ADP case 3
        its its PRON nmod:poss 3 Poss=Yes
        reply reply NOUN obl 6 Number=Sing
        , , PUNCT punct 3
        Chile Chile PROPN nsubj 6
        apologised apologise VERB root 0
        """,
    )
    assert codes(resolved, 1, 1) == ("pronoun", ["CHL"])


def test_the_country_is_not_the_subject_of_its_own_clause():
    resolved = resolve(
        """
        Moldova Moldova PROPN nsubj 2
        waited wait VERB root 0
        """,
        """
        Norway Norway PROPN nsubj 2
        helped help VERB root 0
        the the DET det 4
        country country NOUN obj 2 Number=Sing
        """,
    )
    assert codes(resolved, 1, 3) == ("description", ["MDA"])


def test_the_three_are_the_set_of_three_named_before():
    resolved = resolve(
        """
        Norway Norway PROPN nsubj 6
        , , PUNCT punct 3
        Sweden Sweden PROPN conj 1
        and and CCONJ cc 5
        Finland Finland PROPN conj 1
        met meet VERB root 0
        """,
        """
        Chile Chile PROPN nsubj 2
        thanked thank VERB root 0
        the the DET det 5
        three three NUM nummod 5
        governments government NOUN obj 2 Number=Plur
        """,
    )
    assert codes(resolved, 1, 4) == ("description", ["NOR", "SWE", "FIN"])


def test_a_neighbour_that_nothing_tells_of_is_not_its_owner():
    resolved = resolve("""
        Norway Norway PROPN nsubj 2
        warned warn VERB root 0
        its its PRON nmod:poss 4 Poss=Yes
        ally ally NOUN obj 2 Number=Sing
    """)
    assert codes(resolved, 0, 3) is None
