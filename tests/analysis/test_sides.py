import datetime as dt

import numpy as np

from entente.analysis.facts import OPEN, day_number
from entente.analysis.sides import Member, SideTable, overlap
from entente.codebook.gazetteer import Spell
from tests.analysis.by_hand import SIDES, facts, record


def test_a_state_is_itself():
    assert SIDES.members("rus") == {"RUS"}


def test_an_organisation_has_the_members_of_the_day():
    assert "HRV" not in SIDES.members("EU", dt.date(2013, 6, 30))
    assert {"HRV", "EU"} <= SIDES.members("EU", dt.date(2013, 7, 1))


def test_the_west_is_what_the_codebook_says():
    west = SIDES.members("WEST", dt.date(2016, 1, 1))
    assert {"WEST", "EU", "NATO", "USA", "POL", "AUS"} <= west
    assert not {"TUR", "RUS", "FIN.REB"} & west
    assert "POL" not in SIDES.members("WEST", dt.date(1995, 1, 1))


def test_a_list_has_the_members_of_all_its_elements():
    assert SIDES.members(["RUS", "CHN"]) == {"RUS", "CHN"}


def test_a_table_tells_who_belongs_on_which_day_and_takes_an_unknown_day_for_any():
    found = facts(record("HRV", "AID", "UKR", "2010"), record("HRV.REB", "AID", "UKR"))
    days = np.array([day_number(dt.date(2010, 1, 1)), day_number(dt.date(2014, 1, 1)), OPEN], dtype=np.int32)
    codes = np.full(3, found.codes.index("HRV"), dtype=np.int16)
    table = SideTable(found, SIDES.spells("EU"))
    assert list(table.holds(codes, days)) == [False, True, True]
    assert not table.ever[found.codes.index("HRV.REB")]
    assert not table.ever[-1]


def test_a_state_that_left_and_came_back_belongs_twice():
    found = facts(record("A", "AID", "B"))
    spells = [Spell(None, dt.date(1990, 1, 1)), Spell(dt.date(2000, 1, 1), None)]
    table = SideTable(found, [Member("A", spell) for spell in spells])
    days = np.array([day_number(dt.date(year, 1, 1)) for year in (1985, 1995, 2005)], dtype=np.int32)
    assert list(table.holds(np.zeros(3, dtype=np.int16), days)) == [True, False, True]


def test_what_two_sides_share_is_found():
    assert overlap(SIDES.spells("CSTO"), SIDES.spells("RUS")) == {"RUS"}
