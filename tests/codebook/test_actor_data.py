"""The actor tables as data: every code valid, every name claimed once, every day a day."""

import datetime as dt
from collections import Counter
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest
import yaml

import entente.codebook

TABLES = Path(entente.codebook.__file__).parent / "data" / "actors"
SECTORS = {
    "COP",
    "GOV",
    "JUD",
    "LEG",
    "MIL",
    "PRM",
    "PTY",
    "REB",
    "SPY",
    "UAF",
    "UNK",
    "AGR",
    "BUS",
    "CRM",
    "CVL",
    "EDU",
    "ELI",
    "JRN",
    "LAB",
    "MED",
    "REF",
    "OPP",
    "PRE",
    "REL",
    "SOC",
}
STATE_NAMES = ("names", "demonyms", "people", "capital", "metonyms", "places")
ORGANISATION_NAMES = ("names", "demonyms", "institutions", "metonyms")
LOWER_CASE_WORDS = {"western", "eurozone", "peshmerga", "anti-balaka"}


@cache
def table(name: str):
    with (TABLES / f"{name}.yml").open(encoding="utf-8") as stream:
        return yaml.load(stream, Loader=yaml.CBaseLoader)


def names_of(entry, keys):
    """The entry's names once each: a word may be name and demonym, as "US" is."""
    return {part if isinstance(part, str) else part["name"] for key in keys for part in entry.get(key, [])}


def state_codes():
    return {entry["code"] for entry in table("states")}


def known_codes():
    return state_codes() | {entry["code"] for entry in table("organisations")}


def claims(rows, keys):
    return Counter(name for entry in rows for name in names_of(entry, keys))


def every_spell():
    for entry in table("states"):
        yield entry["code"], entry
    for entry in table("organisations"):
        for member in entry.get("members", []):
            yield f"{entry['code']}/{member['state']}", member
    for name in ("groups", "leaders"):
        for entry in table(name):
            for spell in entry.get("spells", [entry]):
                yield entry["name"], spell


def every_sector():
    for entry in table("states"):
        for key in ("metonyms", "places"):
            yield from (
                (entry["code"], part["sector"]) for part in entry.get(key, []) if isinstance(part, dict) and "sector" in part
            )
    for name in ("groups", "leaders"):
        for entry in table(name):
            yield from ((entry["name"], spell["sector"]) for spell in entry.get("spells", [entry]) if "sector" in spell)
    for part in ("roles", "offices"):
        yield from ((entry["nouns"][0], entry["sector"]) for entry in table("roles")[part] if "sector" in entry)


def test_states_hold_the_249_iso_entries_kosovo_and_some_that_are_no_more():
    living = [entry for entry in table("states") if "codes_as" not in entry]

    assert len(living) == 250
    assert {"XKX", "HKG", "PSE", "TWN", "ESH", "GRL"} <= {entry["code"] for entry in living}
    assert all(len(entry["code"]) == 3 and entry["code"].isupper() for entry in table("states"))


@pytest.mark.parametrize("name", ["states", "organisations"])
def test_no_code_is_given_twice(name):
    counts = Counter(entry["code"] for entry in table(name))

    assert [code for code, count in counts.items() if count > 1] == []


def test_no_organisation_has_the_code_of_a_state():
    assert state_codes() & {entry["code"] for entry in table("organisations")} == set()


def test_tables_are_as_large_as_promised():
    assert len(table("organisations")) >= 150
    assert sum("members" in entry for entry in table("organisations")) >= 60
    assert len(table("groups")) >= 150
    assert len(table("leaders")) >= 1000


@pytest.mark.parametrize(
    ("name", "keys"),
    [("states", STATE_NAMES), ("organisations", ORGANISATION_NAMES), ("groups", ("names",)), ("collectives", ("names",))],
)
def test_a_name_is_claimed_by_one_entry_of_its_table(name, keys):
    assert [claimed for claimed, count in claims(table(name), keys).items() if count > 1] == []


def test_only_brussels_means_a_state_and_an_organisation():
    both = claims(table("states"), STATE_NAMES).keys() & claims(table("organisations"), ORGANISATION_NAMES).keys()

    assert both == {"Brussels"}


def test_a_collective_takes_no_name_of_a_state_an_organisation_or_a_group():
    others = (
        claims(table("states"), STATE_NAMES).keys()
        | claims(table("organisations"), ORGANISATION_NAMES).keys()
        | claims(table("groups"), ("names",)).keys()
    )

    assert claims(table("collectives"), ("names",)).keys() & others == set()


@pytest.mark.parametrize(
    ("name", "keys"), [("states", STATE_NAMES), ("organisations", ORGANISATION_NAMES), ("groups", ("names",))]
)
def test_what_is_marked_ambiguous_is_a_name_of_its_entry(name, keys):
    strays = [(entry["name"], word) for entry in table(name) for word in set(entry.get("ambiguous", [])) - names_of(entry, keys)]

    assert strays == []


def test_no_name_is_an_ordinary_lower_case_word():
    found = {
        word
        for name, keys in (
            ("states", STATE_NAMES),
            ("organisations", ORGANISATION_NAMES),
            ("groups", ("names",)),
            ("leaders", ("names",)),
            ("collectives", ("names",)),
        )
        for word in claims(table(name), keys)
        if " " not in word and word == word.lower()
    }

    assert found <= LOWER_CASE_WORDS


def test_no_name_is_blank_or_has_blanks_at_its_ends():
    every = {
        word
        for name, keys in (
            ("states", STATE_NAMES),
            ("organisations", ORGANISATION_NAMES),
            ("groups", ("names",)),
            ("leaders", ("names",)),
            ("collectives", ("names",)),
        )
        for word in claims(table(name), keys)
    }

    assert [word for word in every if not word or word != " ".join(word.split())] == []


def test_neighbours_exist_and_are_neighbours_of_each_other():
    neighbours = {entry["code"]: set(entry.get("neighbours", [])) for entry in table("states")}

    assert [(a, b) for a, near in neighbours.items() for b in near if b not in neighbours or a not in neighbours[b]] == []
    assert all(code not in near for code, near in neighbours.items())


def test_historic_states_name_a_living_state_that_carries_their_acts():
    living = {entry["code"] for entry in table("states") if "codes_as" not in entry}
    historic = {entry["code"]: entry["codes_as"] for entry in table("states") if "codes_as" in entry}

    assert historic["SUN"] == "RUS"
    assert set(historic.values()) <= living


def test_members_are_states_or_organisations():
    strays = [
        (entry["code"], m["state"])
        for entry in table("organisations")
        for m in entry.get("members", [])
        if m["state"] not in known_codes()
    ]
    strays += [
        (entry["names"][0], code) for entry in table("collectives") for code in entry["members"] if code not in known_codes()
    ]

    assert strays == []


def test_groups_act_within_a_state_and_leaders_for_a_state_or_an_organisation():
    groups = [
        (e["name"], s["code"]) for e in table("groups") for s in e.get("spells", [e]) if s.get("code", "RUS") not in state_codes()
    ]
    leaders = [(e["name"], e["code"]) for e in table("leaders") if e["code"] not in known_codes()]

    assert groups + leaders == []


def test_leaders_of_states_that_are_no_more_carry_the_code_that_records_give():
    historic = {entry["code"] for entry in table("states") if "codes_as" in entry}

    assert [entry["name"] for entry in table("leaders") if entry["code"] in historic] == []


def test_sectors_are_those_of_plover():
    assert [(owner, sector) for owner, sector in every_sector() if sector not in SECTORS] == []


def test_every_day_is_a_day_and_no_spell_ends_before_it_begins():
    wrong = []
    for owner, spell in every_spell():
        since, until = (dt.date.fromisoformat(spell[key]) if key in spell else None for key in ("since", "until"))
        if since and until and since >= until:
            wrong.append((owner, since, until))

    assert wrong == []


def test_spells_of_one_leader_in_one_office_do_not_overlap():
    overlaps = []
    for leader in table("leaders"):
        for office in {spell.get("office") for spell in leader.get("spells", [])}:
            spells = sorted((s.get("since", ""), s.get("until", "9999")) for s in leader["spells"] if s.get("office") == office)
            overlaps += [(leader["name"], office) for a, b in pairwise(spells) if b[0] < a[1]]

    assert overlaps == []


def test_a_role_noun_has_one_sector_and_an_office_noun_one_line():
    for part in ("roles", "offices"):
        counts = Counter(noun for entry in table("roles")[part] for noun in entry["nouns"])

        assert [noun for noun, count in counts.items() if count > 1] == []


def test_roles_that_stand_for_the_state_abroad_are_marked():
    marked = {noun for entry in table("roles")["roles"] if entry["acts_as_state"] == "yes" for noun in entry["nouns"]}

    assert {
        "government",
        "ministry",
        "army",
        "president",
        "diplomat",
        "envoy",
        "troop",
        "peacekeeper",
        "minister",
        "parliament",
    } <= marked
    assert marked.isdisjoint({"police", "protester", "rebel", "company", "farmer", "journalist", "judge", "militia"})


@pytest.mark.parametrize(
    ("code", "day", "expected"),
    [("EU", "2019-06-01", True), ("EU", "2020-02-01", False)],
)
def test_britain_was_in_the_union_until_the_end_of_january_2020(code, day, expected):
    union = next(entry for entry in table("organisations") if entry["code"] == code)
    british = next(member for member in union["members"] if member["state"] == "GBR")

    assert (british["since"] <= day < british["until"]) is expected


def test_the_taliban_are_rebels_before_kabul_fell_and_the_government_after():
    taliban = next(entry for entry in table("groups") if entry["name"] == "Taliban")

    assert [spell["sector"] for spell in taliban["spells"] if spell["since"] <= "2021-08-14" < spell.get("until", "9999")] == [
        "REB"
    ]
    assert [spell["sector"] for spell in taliban["spells"] if spell["since"] <= "2021-08-15" < spell.get("until", "9999")] == [
        "GOV"
    ]


def test_kallas_is_estonia_first_and_the_union_later():
    spells = [
        (leader["code"], spell) for leader in table("leaders") if leader["name"] == "Kaja Kallas" for spell in leader["spells"]
    ]

    assert [code for code, spell in spells if spell["since"] <= "2022-03-01" < spell.get("until", "9999")] == ["EST"]
    assert [code for code, spell in spells if spell["since"] <= "2025-03-01" < spell.get("until", "9999")] == ["EU"]
