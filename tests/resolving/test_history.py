"""Whom names of the last century mean in a text of today, on real parses."""

import pytest
from tests.resolving.test_news import found

from entente.coder import make_document
from entente.resolving import resolve_document


@pytest.fixture(scope="module")
def read(coder):
    def resolve(text, day="2026-06-15"):
        return resolve_document(next(coder._parse([make_document(text, day, id="history")])), coder._index)

    return resolve


def test_a_surname_that_lasts_means_its_bearer_in_a_text_of_any_time(read):
    assert found(read("Stalin turned the offer down."), "Stalin") == "RUS"


def test_an_old_surname_needs_its_state_its_time_its_office_or_a_contemporary(read):
    bare = read("Obote refused to come.")
    state = read("Obote took Uganda out of the talks.")
    year = read("Obote refused to come in 1970.")
    office = read("President Obote refused to come.")
    contemporary = read("Nyerere took in Obote.")

    assert [found(text, "Obote") for text in (bare, state, year, office, contemporary)] == ["", *["UGA"] * 4]


def test_a_common_surname_is_an_old_leaders_beside_a_contemporary_and_the_state(read):
    beside = read("Smith told Welensky that Rhodesia would not wait.")
    today = read("Smith opened a bakery in Harare.")

    assert (found(beside, "Smith"), found(today, "Smith")) == ("ZWE", "")


NAMES = {
    "two states of one name": ("The two Koreas signed. The two Congos did not.", {"Koreas": "KOR+PRK", "Congos": "COD+COG"}),
    "a capital that is a woman's name": ("Sofia promised Skopje a seat.", {"Sofia": "BGR"}),
    "a woman": ("Sofia flew to Paris with her mother.", {"Sofia": ""}),
    "a seat of government with an article": ("The Hague apologised to Suriname.", {"Hague": "NLD"}),
    "an organisation by its short name": ("Gabon joined the Commonwealth.", {"Commonwealth": "COMMONWEALTH"}),
    "an army of the past": ("The Wehrmacht crossed the river.", {"Wehrmacht": "DEU"}),
}


@pytest.mark.parametrize("case", NAMES)
def test_a_name_is_known_by(read, case):
    text, codes = NAMES[case]
    resolved = read(text)

    assert {word: found(resolved, word) for word in codes} == codes


REFERRING = {
    "the former and the latter": (
        "Wedged between Russia and China, Mongolia buys petrol from the former and sells copper to the latter.",
        {"former": "RUS", "latter": "CHN"},
    ),
    "the latter of two people": ("Laval gave Mussolini a free hand, or so the latter said.", {"latter": "ITA"}),
    "both without a noun": ("Beijing swapped maps with the Kazakhs, and both renounced anything beyond.", {"both": "CHN+KAZ"}),
    "neither of two": ("Tashkent and Dushanbe pledged that neither would attack.", {"neither": "TJK+UZB"}),
    "either country": ("Egypt and Sudan agreed that an attack on either country is an attack on both.", {"country": "EGY+SDN"}),
    "the other of two": ("Jordan and Syria quarrelled until Jordan sued the other.", {"other": "SYR"}),
    "a title of one state": ("Georgia would have no sovereign but the tsar.", {"tsar": "RUS"}),
    "a title with another meaning": ("The drugs tsar came to Tbilisi.", {"tsar": "GEO"}),
    "the pope": ("Argentina turned to the pope.", {"pope": "VAT"}),
    "the alliance": ("Croatia supports Bosnia's place in the alliance.", {"alliance": "NATO"}),
    "the bloc": ("Liberia vouched for Guinea's return to the bloc.", {"bloc": "ECOWAS"}),
    "the Union": ("Sofia promised Skopje not to stand in its way to the Union.", {"Union": "EU"}),
}


@pytest.mark.parametrize("case", REFERRING)
def test_words_that_refer_back_mean_by(read, case):
    text, codes = REFERRING[case]
    resolved = read(text)

    assert {word: found(resolved, word) for word in codes} == codes


WHOSE = {
    "what is allowed": ("Budapest allowed Croatia its own assembly.", {"its": "HRV"}),
    "what is freedom": ("Portugal gave Angola its freedom in 1975.", {"its": "AGO"}),
    "what a giver has": ("Portugal gave Angola its support.", {"its": "PRT"}),
    "what is wanted": ("Berlin will not send Kyiv the missiles that it has asked for.", {"it": "UKR"}),
    "what sanctions are on": ("Belarus freed him and America lifted sanctions on its airline.", {"its": "BLR"}),
    "an envoy who is expelled": ("Montenegro, which buys wheat from Serbia, expelled its ambassador.", {"its": "SRB"}),
}


@pytest.mark.parametrize("case", WHOSE)
def test_a_pronoun_means_by(read, case):
    text, codes = WHOSE[case]
    resolved = read(text)

    assert {word: found(resolved, word) for word in codes} == codes


def test_an_old_surname_is_known_beside_a_leader_of_its_state_named_in_full(read):
    assert found(read("Fidel Castro overthrew Batista."), "Batista") == "CUB"
