"""Which predicates and event nouns get a date: their own, or one that a reader would pass on. All trees are built by hand."""

from __future__ import annotations

import datetime as dt

from entente.dating import date_document
from tests.dating.plain import WORDS
from tests.factory import parsed, sentence

PAST = "Tense=Past|VerbForm=Fin"
PARTICIPLE = "Tense=Past|VerbForm=Part"


def dates(*rows: str, published: str | None = "2017-06-01") -> dict[str, str]:
    """Return the days of every dated word of the sentences."""
    sentences, offset = [], 0
    for index, each in enumerate(rows):
        sentences.append(sentence(each, index=index, offset=offset))
        offset = sentences[-1].end + 1
    day = dt.date.fromisoformat(published) if published else None
    document = parsed(*sentences, published=day)
    dated = date_document(document, WORDS)
    found = {}
    for (index, i), span in dated.spans.items():
        start, end = span.inclusive()
        found[sentences[index].tokens[i].text] = start if start == end else f"{start or ''}..{end or ''}"
    return found


FROZE_IN_MAY = f"""
    In in ADP case 2
    May May PROPN obl 4
    Bern Bern PROPN nsubj 4
    froze freeze VERB root 0 {PAST}""".rstrip()


def test_a_date_at_the_start_dates_the_main_clause_and_what_is_coordinated_with_it():
    rows = f"""{FROZE_IN_MAY}
    assets asset NOUN obj 4
    and and CCONJ cc 7
    expelled expel VERB conj 4 {PAST}
    spies spy NOUN obj 7
    """
    assert dates(rows) == {"froze": "2017-05-01..2017-05-31", "expelled": "2017-05-01..2017-05-31"}


def test_a_contrast_with_a_subject_of_its_own_breaks_with_the_date():
    rows = f"""{FROZE_IN_MAY}
    assets asset NOUN obj 4
    but but CCONJ cc 8
    Rome Rome PROPN nsubj 8
    refused refuse VERB conj 4 {PAST}
    """
    assert dates(rows) == {"froze": "2017-05-01..2017-05-31"}


def test_those_present_at_the_occasion_keep_its_date_after_but():
    rows = f"""{FROZE_IN_MAY}
    assets asset NOUN obj 4
    but but CCONJ cc 8
    Rome Rome PROPN nsubj 8
    abstained abstain VERB conj 4 {PAST}
    """
    assert dates(rows)["abstained"] == "2017-05-01..2017-05-31"


def test_a_present_tense_clause_does_not_inherit_a_past_date():
    rows = f"""{FROZE_IN_MAY}
    assets asset NOUN obj 4
    and and CCONJ cc 8
    Rome Rome PROPN nsubj 8
    hesitates hesitate VERB conj 4 Tense=Pres|VerbForm=Fin
    """
    assert dates(rows) == {"froze": "2017-05-01..2017-05-31"}


def test_a_reaction_after_a_semicolon_has_no_date():
    rows = f"""{FROZE_IN_MAY}
    assets asset NOUN obj 4
    ; ; PUNCT punct 8
    Minsk Minsk PROPN nsubj 8
    denounced denounce VERB parataxis 4 {PAST}
    theft theft NOUN obj 8
    """
    assert dates(rows) == {"froze": "2017-05-01..2017-05-31"}


def test_an_event_nouns_own_date_is_not_its_verbs():
    rows = f"""
    Morocco Morocco PROPN nmod:poss 3
    ’s ’s PART case 1
    seizure seizure NOUN nsubj 9
    of of ADP case 5
    Perejil Perejil PROPN nmod 3
    in in ADP case 7
    July July PROPN nmod 3
    2002 2002 NUM nummod 7
    surprised surprise VERB root 0 {PAST}
    Madrid Madrid PROPN obj 9
    """
    assert dates(rows) == {"seizure": "2002-07-01..2002-07-31"}


def test_a_date_on_a_name_in_the_object_is_the_verbs():
    rows = f"""
    He he PRON nsubj 2
    attended attend VERB root 0 {PAST}
    the the DET det 4
    inauguration inauguration NOUN obj 2
    of of ADP case 6
    Macron Macron PROPN nmod 4
    in in ADP case 8
    May May PROPN nmod 6
    2017 2017 NUM nummod 8
    """
    assert dates(rows) == {"attended": "2017-05-01..2017-05-31", "inauguration": "2017-05-01..2017-05-31"}


def test_the_date_of_a_report_is_not_the_date_of_the_act():
    rows = f"""
    Officials official NOUN nsubj 2
    said say VERB root 0 {PAST}
    on on ADP case 4
    Sunday Sunday PROPN obl 2
    that that SCONJ mark 8
    rebels rebel NOUN nsubj 8
    had have AUX aux 8 {PAST}
    fled flee VERB ccomp 2 {PARTICIPLE}
    """
    assert dates(rows) == {"said": "2017-05-28"}


def test_a_weekday_right_behind_said_is_its_own_whatever_the_tree_says():
    rows = f"""
    Rebels rebel NOUN nsubj 3
    have have AUX aux 3 Tense=Pres|VerbForm=Fin
    fled flee VERB root 0 {PARTICIPLE}
    , , PUNCT punct 6
    officials official NOUN nsubj 6
    said say VERB parataxis 3 {PAST}
    on on ADP case 8
    Sunday Sunday PROPN obl 3
    """
    assert dates(rows) == {"said": "2017-05-28"}


def test_an_infinitive_and_its_object_share_the_date_of_the_journey():
    rows = f"""
    In in ADP case 2
    2015 2015 NUM obl 4
    he he PRON nsubj 4
    visited visit VERB root 0 {PAST}
    Baku Baku PROPN obj 4
    to to PART mark 7
    sign sign VERB advcl 4 VerbForm=Inf
    an a DET det 9
    accord accord NOUN obj 7
    """
    assert set(dates(rows)) == {"visited", "sign", "accord"}


def test_what_is_condemned_lies_before_the_condemning():
    rows = f"""
    In in ADP case 2
    2015 2015 NUM obl 4
    it it PRON nsubj 4
    condemned condemn VERB root 0 {PAST}
    the the DET det 6
    annexation annexation NOUN obj 4
    """
    assert dates(rows) == {"condemned": "2015-01-01..2015-12-31"}


def test_days_after_a_clause_count_back_from_the_date_of_the_main_clause():
    rows = f"""
    Ankara Ankara PROPN nsubj 2
    ratified ratify VERB root 0 {PAST}
    it it PRON obj 2
    on on ADP case 5
    30 30 NUM obl 2
    March March PROPN nmod 5
    2015 2015 NUM nmod 5
    , , PUNCT punct 10
    thirteen thirteen NUM nummod 10
    days day NOUN obl 14
    after after SCONJ mark 14
    they they PRON nsubj 14
    had have AUX aux 14 {PAST}
    met meet VERB advcl 2 {PARTICIPLE}
    """
    assert dates(rows) == {"ratified": "2015-03-30", "met": "2015-03-17"}


def test_days_after_a_dated_event_date_the_main_clause():
    rows = f"""
    Four four NUM nummod 2
    days day NOUN obl 5
    after after ADP case 5
    the the DET det 5
    election election NOUN obl 11
    on on ADP case 7
    10 10 NUM nmod 5
    May May PROPN nmod 7
    , , PUNCT punct 5
    Cairo Cairo PROPN nsubj 11
    apologised apologise VERB root 0 {PAST}
    """
    assert dates(rows) == {"election": "2017-05-10", "apologised": "2017-05-14"}


def test_after_a_dated_event_gives_no_date():
    rows = f"""
    After after ADP case 3
    the the DET det 3
    coup coup NOUN obl 8
    in in ADP case 5
    July July PROPN nmod 3
    2016 2016 NUM nummod 5
    he he PRON nsubj 8
    fled flee VERB root 0 {PAST}
    """
    assert dates(rows) == {"coup": "2016-07-01..2016-07-31"}


def test_since_a_dated_event_opens_the_end():
    rows = f"""
    It it PRON nsubj 3
    has have AUX aux 3 Tense=Pres|VerbForm=Fin
    waited wait VERB root 0 {PARTICIPLE}
    since since SCONJ mark 6
    war war NOUN nsubj 6
    began begin VERB advcl 3 {PAST}
    in in ADP case 8
    1992 1992 NUM obl 6
    """
    assert dates(rows)["waited"] == "1992-01-01.."


def test_not_until_a_date_is_at_that_date():
    rows = f"""
    It it PRON nsubj 4
    did do AUX aux 4 {PAST}
    not not PART advmod 4
    reopen reopen VERB root 0 VerbForm=Inf
    until until ADP case 6
    2016 2016 NUM obl 4
    """
    assert dates(rows) == {"reopen": "2016-01-01..2016-12-31"}


def test_a_treaty_with_a_date_dates_what_was_done_by_it():
    rows = f"""
    By by ADP case 3
    a a DET det 3
    treaty treaty NOUN obl 7
    of of ADP case 5
    1959 1959 NUM nmod 3
    they they PRON nsubj 7
    shared share VERB root 0 {PAST}
    water water NOUN obj 7
    """
    assert dates(rows) == {"treaty": "1959-01-01..1959-12-31", "shared": "1959-01-01..1959-12-31"}


def test_the_accord_that_they_reached_in_may_is_of_may():
    rows = f"""
    The the DET det 2
    accord accord NOUN nsubj 8
    that that PRON obj 5
    they they PRON nsubj 5
    reached reach VERB acl:relcl 2 {PAST}
    in in ADP case 7
    May May PROPN obl 5
    failed fail VERB root 0 {PAST}
    """
    assert dates(rows) == {"accord": "2017-05-01..2017-05-31", "reached": "2017-05-01..2017-05-31"}


def test_a_place_in_which_a_pact_was_signed_goes_on_telling():
    rows = f"""
    In in ADP case 2
    2015 2015 NUM obl 4
    he he PRON nsubj 4
    flew fly VERB root 0 {PAST}
    to to ADP case 6
    Paris Paris PROPN obl 4
    , , PUNCT punct 12
    where where ADV advmod 12
    a a DET det 10
    pact pact NOUN nsubj:pass 12
    was be AUX aux:pass 12 {PAST}
    signed sign VERB acl:relcl 6 {PARTICIPLE}
    """
    assert dates(rows)["signed"] == "2015-01-01..2015-12-31"


def test_a_sentence_without_an_expression_inherits_nothing():
    rows = """
    Rome Rome PROPN nsubj 2
    hesitated hesitate VERB root 0 Tense=Past|VerbForm=Fin
    """
    assert "hesitated" not in dates(FROZE_IN_MAY, rows)


def test_in_return_carries_the_date_into_the_next_sentence():
    rows = """
    In in ADP case 2
    return return NOUN obl 4
    Rome Rome PROPN nsubj 4
    apologised apologise VERB root 0 Tense=Past|VerbForm=Fin
    """
    assert dates(FROZE_IN_MAY, rows)["apologised"] == "2017-05-01..2017-05-31"


def test_an_inherited_span_has_no_words_and_ones_own_has_them():
    rows = f"""{FROZE_IN_MAY}
    and and CCONJ cc 6
    left leave VERB conj 4 {PAST}
    """
    document = parsed(sentence(rows), published=dt.date(2017, 6, 1))
    spans = date_document(document, WORDS).spans
    assert spans[0, 3].text == "In May"
    assert spans[0, 5].text is None


def test_relative_dates_stay_without_days_where_the_document_has_no_date():
    assert dates(FROZE_IN_MAY, published=None) == {}


def test_a_treaty_that_is_invoked_was_there_before():
    rows = f"""
    In in ADP case 2
    2015 2015 NUM obl 4
    it it PRON nsubj 4
    invoked invoke VERB root 0 {PAST}
    the the DET det 6
    treaty treaty NOUN obj 4
    """
    assert dates(rows) == {"invoked": "2015-01-01..2015-12-31"}


def test_a_date_on_what_somebody_let_happen_is_the_letting_s_too():
    rows = f"""
    He he PRON nsubj 2
    let let VERB root 0 {PAST}
    them they PRON obj 2
    exercise exercise VERB xcomp 2 VerbForm=Inf
    in in ADP case 6
    May May PROPN obl 4
    """
    assert dates(rows) == {"let": "2017-05-01..2017-05-31", "exercise": "2017-05-01..2017-05-31"}


def test_a_date_on_what_somebody_agreed_to_do_is_not_the_agreements():
    rows = f"""
    He he PRON nsubj 2
    agreed agree VERB root 0 {PAST}
    to to PART mark 4
    leave leave VERB xcomp 2 VerbForm=Inf
    in in ADP case 6
    May May PROPN obl 4
    """
    assert dates(rows) == {"leave": "2018-05-01..2018-05-31"}


def test_the_date_behind_a_charge_is_that_of_the_accusing():
    rows = f"""
    She she PRON nsubj 2
    accused accuse VERB root 0 {PAST}
    them they PRON obj 2
    of of SCONJ mark 5
    plotting plot VERB advcl 2 VerbForm=Ger
    treason treason NOUN obj 5
    on on ADP case 8
    Monday Monday PROPN obl 5
    """
    assert dates(rows) == {"accused": "2017-05-29"}


def test_an_expression_behind_a_semicolon_dates_what_follows():
    rows = f"""
    Rome Rome PROPN nsubj 2
    protested protest VERB root 0 {PAST}
    ; ; PUNCT punct 7
    in in ADP case 5
    May May PROPN obl 2
    Bern Bern PROPN nsubj 7
    apologised apologise VERB conj 2 {PAST}
    """
    assert dates(rows) == {"apologised": "2017-05-01..2017-05-31"}


HEADED = """May May PROPN obl 5
    2009 2009 NUM nmod:unmarked 1
    : : PUNCT punct 5
    Oslo Oslo PROPN nsubj 5
    freezes freeze VERB root 0 Tense=Pres|VerbForm=Fin
    assets asset NOUN obj 5
    """


def test_a_heading_of_a_chronicle_counts_from_the_last_one():
    later = """August August PROPN obl 4
    : : PUNCT punct 4
    Rome Rome PROPN nsubj 4
    expels expel VERB root 0 Tense=Pres|VerbForm=Fin
    spies spy NOUN obj 4
    """
    assert dates(HEADED, later)["expels"] == "2009-08-01..2009-08-31"


def test_the_months_behind_a_year_that_a_sentence_tells_of_are_of_that_year():
    rows = f"""2011 2011 NUM nsubj 4
    was be AUX cop 4
    the the DET det 4
    worst bad ADJ root 0
    : : PUNCT punct 9
    in in ADP case 7
    May May PROPN obl 9
    Rome Rome PROPN nsubj 9
    expelled expel VERB parataxis 4 {PAST}
    spies spy NOUN obj 9
    """
    assert dates(rows)["expelled"] == "2011-05-01..2011-05-31"


def test_a_date_before_the_subject_dates_the_verb_though_the_tree_hangs_it_on_the_subject():
    rows = f"""On on ADP case 2
    Friday Friday PROPN nmod 3
    thousands thousand NOUN nsubj 4
    marched march VERB root 0 {PAST}
    """
    assert set(dates(rows)) == {"marched"}
