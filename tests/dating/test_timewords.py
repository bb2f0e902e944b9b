"""The file of time words: what is refused, and that every word has one kind."""

import pytest

from entente.codebook.timewords import load_time_words
from entente.dating.kinds import KINDS
from entente.errors import CodebookError


def test_every_word_has_a_kind_that_the_patterns_know():
    assert set(load_time_words().kinds.values()) <= set(KINDS)


def test_a_missing_part_is_named(tmp_path):
    path = tmp_path / "time-xx.yml"
    path.write_text("months: {january: 1}\n")
    with pytest.raises(CodebookError, match="weekdays"):
        load_time_words(path)


def test_a_number_that_is_none_is_named(tmp_path):
    text = "\n".join(
        f"{name}: {{}}" for name in ("weekdays", "seasons", "units", "numbers", "ordinals", "days", "decades", "kinds")
    )
    lists = [name for name in load_time_words().__struct_fields__ if f"{name}: " not in text and name != "months"]
    path = tmp_path / "time-xx.yml"
    path.write_text(text + "\nmonths: {january: one}\n" + "\n".join(f"{name}: []" for name in lists))
    with pytest.raises(CodebookError, match="january"):
        load_time_words(path)
