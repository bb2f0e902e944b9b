import datetime as dt

import pytest
from tests.factory import parsed, sentence
from tests.resolving.tables import INDEX

from entente.resolving import resolve_document, resolve_phrase


def codes(resolved, sentence_index, token):
    reference = resolved.references.get((sentence_index, token))
    if reference is None:
        return None
    return reference.link, [actor.code + (f".{actor.sector}" if actor.sector else "") for actor in reference.actors if actor.code]


def resolve(*rows, published=None):
    sentences, offset = [], 0
    for index, row in enumerate(rows):
        built = sentence(row, index=index, offset=offset)
        offset = built.end + 1
        sentences.append(built)
    return resolve_document(parsed(*sentences, published=published), INDEX)


def test_a_states_name_is_that_state():
    resolved = resolve("""
        Norway Norway PROPN nsubj 2
        warned warn VERB root 0
        Peru Peru PROPN obj 2
    """)
    assert codes(resolved, 0, 0) == ("name", ["NOR"])
    assert codes(resolved, 0, 2) == ("name", ["PER"])


def test_a_capital_is_its_government_as_agent_and_a_place_after_in():
    resolved = resolve("""
        Oslo Oslo PROPN nsubj 2
        held hold VERB root 0
        talks talk NOUN obj 2 Number=Plur
        in in ADP case 5
        Lima Lima PROPN obl 2
    """)
    assert codes(resolved, 0, 0) == ("name", ["NOR"])
    assert codes(resolved, 0, 4) == ("place", ["PER"])


def test_people_in_a_role_are_their_state_without_a_sector():
    resolved = resolve("""
        nine nine NUM nummod 3
        Swedish Swedish ADJ amod 3
        diplomats diplomat NOUN nsubj:pass 5 Number=Plur
        were be AUX aux:pass 5
        expelled expel VERB root 0
    """)
    assert codes(resolved, 0, 1) == ("adjective", ["SWE"])
    assert codes(resolved, 0, 2) == ("role", ["SWE"])


def test_police_keep_their_sector():
    resolved = resolve("""
        Peruvian Peruvian ADJ amod 2
        police police NOUN nsubj 3
        fired fire VERB root 0
    """)
    assert codes(resolved, 0, 1) == ("role", ["PER.COP"])


def test_the_owner_of_a_thing_beats_its_place():
    resolved = resolve("""
        Finland Finland PROPN nsubj 2
        closed close VERB root 0
        its its PRON nmod:poss 4 Poss=Yes
        embassy embassy NOUN obj 2 Number=Sing
        in in ADP case 6
        Lima Lima PROPN nmod 4
    """)
    assert codes(resolved, 0, 2) == ("pronoun", ["FIN"])
    assert codes(resolved, 0, 3) == ("possession", ["FIN"])


def test_a_thing_without_an_owner_belongs_to_its_place():
    resolved = resolve("""
        They they PRON nsubj 2 Number=Plur
        shelled shell VERB root 0
        towns town NOUN obj 2 Number=Plur
        inside inside ADP case 5
        Moldova Moldova PROPN nmod 3
    """)
    assert codes(resolved, 0, 2) == ("place", ["MDA"])


def test_gunmen_whom_nobody_knows_have_no_state_and_say_why():
    resolved = resolve("""
        Gunmen gunman NOUN nsubj 2 Number=Plur
        attacked attack VERB root 0
        Oslo Oslo PROPN obj 2
    """)
    reference = resolved.references[0, 0]
    assert reference.link == "none"
    assert [(actor.code, actor.reason) for actor in reference.actors] == [(None, "the text names no state")]


def test_a_person_whose_surname_is_a_states_name_is_not_that_state():
    resolved = resolve("""
        Thomas Thomas PROPN nsubj 3 _ PERSON
        Chad Chad PROPN flat 1 _ PERSON
        resigned resign VERB root 0
    """)
    assert codes(resolved, 0, 1) is None
    assert resolved.references[0, 0].actors[0].code is None


def test_a_name_inside_a_longer_name_that_is_no_actor_is_not_read():
    resolved = resolve("""
        Ships ship NOUN nsubj 2 Number=Plur
        crossed cross VERB root 0
        the the DET det 6
        South South PROPN compound 6
        China China PROPN compound 6
        Sea Sea PROPN obj 2
    """)
    assert codes(resolved, 0, 4) is None


def test_a_citys_name_in_a_treatys_is_not_the_city():
    resolved = resolve("""
        Peru Peru PROPN nsubj 2
        ratified ratify VERB root 0
        the the DET det 5
        Oslo Oslo PROPN compound 5
        Convention Convention PROPN obj 2
    """)
    assert codes(resolved, 0, 3) is None


def test_a_breakaway_region_is_its_state_with_a_sector():
    resolved = resolve("""
        Transnistria Transnistria PROPN nsubj 2
        protested protest VERB root 0
    """)
    assert codes(resolved, 0, 0) == ("name", ["MDA.PRE"])


def test_a_leader_is_known_on_the_day_by_the_tables():
    resolved = resolve(
        """
        Bachelet Bachelet PROPN nsubj 2 _ PERSON
        spoke speak VERB root 0
        """,
        published=dt.date(2015, 5, 1),
    )
    assert codes(resolved, 0, 0) == ("name", ["CHL"])


def test_conjuncts_have_references_of_their_own():
    resolved = resolve("""
        Norway Norway PROPN nsubj 4
        and and CCONJ cc 3
        Finland Finland PROPN conj 1
        agreed agree VERB root 0
    """)
    assert codes(resolved, 0, 0) == ("name", ["NOR"])
    assert codes(resolved, 0, 2) == ("name", ["FIN"])


def test_a_sentence_of_no_actors_has_no_references():
    resolved = resolve("""
        Rain rain NOUN nsubj 2 Number=Sing
        fell fall VERB root 0
    """)
    assert resolved.references == {}


def test_a_bare_phrase_keeps_the_sector_of_its_body():
    phrase = parsed(
        sentence("""
        the the DET det 3
        Finnish Finnish ADJ amod 3
        parliament parliament NOUN root 0
    """)
    )
    actor = resolve_phrase(phrase, INDEX)
    assert (actor.code, actor.sector) == ("FIN", "LEG")


def test_a_bare_phrase_that_names_no_state_says_why():
    phrase = parsed(sentence("soldiers soldier NOUN root 0"))
    actor = resolve_phrase(phrase, INDEX)
    assert actor.code is None
    assert actor.reason == "no name, people or body that the tables know"


def test_whoever_sends_peacekeepers_is_whose_they_are():
    resolved = resolve("""
        Peru Peru PROPN nsubj 2
        sent send VERB root 0
        peacekeepers peacekeeper NOUN obj 2 Number=Plur
        to to ADP case 5
        Moldova Moldova PROPN obl 2
    """)
    assert codes(resolved, 0, 2) == ("role", ["PER"])


def test_a_states_name_after_pro_is_not_that_state():
    resolved = resolve("""
        pro pro ADJ compound 3
        - - PUNCT punct 1
        Chinese Chinese ADJ amod 4
        crowds crowd NOUN nsubj 5 Number=Plur
        gathered gather VERB root 0
    """)
    assert codes(resolved, 0, 2) is None
    assert codes(resolved, 0, 3) is None


@pytest.mark.parametrize("name", ["Jordan", "Chad", "Niger"])
def test_a_state_whose_name_is_a_persons_too_is_the_state_where_it_stands_alone(coder, name):
    records = list(coder.code(f"{name} accused Kenya of arming rebels.", "2020-01-01"))
    assert [len(r.actor[0].code or "") for r in records if r.type == "ACCUSE"] == [3]


def test_a_surname_that_is_a_states_name_is_no_state(coder):
    records = list(coder.code("Michael Jordan accused Kenya of cheating.", "2020-01-01"))
    assert not any(actor.code == "JOR" for record in records for actor in record.actor)
