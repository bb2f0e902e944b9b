from msgspec import Struct

from entente.codebook.cache import remember
from entente.codebook.gazetteer import ACTOR_TABLES, load_gazetteer


class Made(Struct, frozen=True):
    words: tuple[str, ...]


def of(path):
    return lambda: Made(tuple(path.read_text().split()))


def never():
    raise AssertionError("it should have been in the cache")


def test_what_was_made_is_not_made_again_until_a_file_changes(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    table = tmp_path / "table"
    table.write_text("Oslo Rome")
    assert remember(Made, [table], of(table)) == remember(Made, [table], never) == Made(("Oslo", "Rome"))
    table.write_text("Oslo Lima")
    assert remember(Made, [table], of(table)) == Made(("Oslo", "Lima"))
    assert len(list((tmp_path / "cache" / "entente").iterdir())) == 1


def test_a_broken_or_forbidden_cache_is_passed_over(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    table = tmp_path / "table"
    table.write_text("Oslo")
    remember(Made, [table], of(table))
    [kept] = (tmp_path / "cache" / "entente").iterdir()
    kept.write_bytes(b"\x00half")
    assert remember(Made, [table], of(table)) == Made(("Oslo",))
    monkeypatch.setenv("XDG_CACHE_HOME", str(table))
    assert remember(Made, [table], of(table)) == Made(("Oslo",))


def test_the_tables_are_the_same_from_the_cache(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert load_gazetteer(ACTOR_TABLES) == load_gazetteer(ACTOR_TABLES)
    assert any(tmp_path.rglob("gazetteer-*.msgpack"))
