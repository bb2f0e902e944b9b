import datetime as dt

import pytest

from entente.codebook.gazetteer import ACTOR_TABLES, Spell, load_gazetteer
from entente.errors import CodebookError


def tables(tmp_path, **texts):
    for name in ("states", "organisations", "groups", "leaders", "collectives"):
        (tmp_path / f"{name}.yml").write_text(texts.get(name, "[]"), encoding="utf-8")
    (tmp_path / "roles.yml").write_text(texts.get("roles", "roles: []"), encoding="utf-8")
    return tmp_path


def test_norway_is_a_text_and_not_false(tmp_path):
    folder = tables(tmp_path, states="- {code: NO, name: Norway, names: [NO]}")
    assert load_gazetteer(folder).states[0].code == "NO"


def test_a_historic_state_emits_its_successor(tmp_path):
    folder = tables(tmp_path, states="- {code: OLD, name: Old, codes_as: NEW, until: 1991-12-26}")
    state = load_gazetteer(folder).states[0]
    assert (state.code, state.own_code) == ("NEW", "OLD")


def test_a_spell_ends_before_its_last_date():
    spell = Spell(dt.date(2014, 1, 1), dt.date(2015, 1, 1))
    assert spell.covers(dt.date(2014, 12, 31))
    assert not spell.covers(dt.date(2015, 1, 1))


def test_a_bare_year_under_until_is_still_within(tmp_path):
    folder = tables(tmp_path, leaders="- {name: Ann Roe, code: PER, office: president, since: 2001, until: 2005}")
    spell = load_gazetteer(folder).leaders[0].tenures[0].spell
    assert (spell.since, spell.until) == (dt.date(2001, 1, 1), dt.date(2006, 1, 1))


def test_a_date_that_is_none_names_file_and_entry(tmp_path):
    folder = tables(tmp_path, leaders="- {name: Ann Roe, code: PER, office: president, since: spring}")
    with pytest.raises(CodebookError, match=r"leaders\.yml: entry PER: not a date: 'spring'"):
        load_gazetteer(folder)


def test_an_entry_without_a_code_names_file_and_key(tmp_path):
    folder = tables(tmp_path, states="- {name: Nowhere}")
    with pytest.raises(CodebookError, match=r"states\.yml: entry Nowhere: .*'code'"):
        load_gazetteer(folder)


def test_a_missing_table_is_named(tmp_path):
    with pytest.raises(CodebookError, match=r"roles\.yml"):
        load_gazetteer(tmp_path)


def test_the_shipped_tables_load():
    gazetteer = load_gazetteer(ACTOR_TABLES)
    assert {"FRA", "XKX"} <= {state.code for state in gazetteer.states}
