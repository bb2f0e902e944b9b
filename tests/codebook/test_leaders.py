import pytest

from entente.codebook.gazetteer import load_gazetteer
from entente.codebook.leaders import Leaders
from entente.errors import CodebookError


def test_the_leaders_of_each_state_are_those_of_the_whole_table():
    every = load_gazetteer().leaders
    leaders = Leaders()
    for code in {leader.code for leader in every}:
        assert leaders.of(code) == tuple(leader for leader in every if leader.code == code)


def test_a_code_without_leaders_has_none():
    assert Leaders().of("XXX") == ()


def test_a_fault_names_the_entry(tmp_path):
    (tmp_path / "leaders.yml").write_text(
        "- {name: Ann Able, code: FRA, since: soon}\n- {name: Bo Baker, code: DEU, since: soon}\n"
    )
    with pytest.raises(CodebookError, match=r"leaders\.yml: entry FRA: not a date: 'soon'"):
        Leaders(tmp_path).of("FRA")


def test_a_missing_table_is_named(tmp_path):
    with pytest.raises(CodebookError, match="the actor table is missing"):
        Leaders(tmp_path).of("FRA")
