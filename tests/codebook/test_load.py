import textwrap
from pathlib import Path

import pytest

from entente.codebook.load import load_codebook, read_codebook
from entente.errors import CodebookError

GOOD = """
id: AGREE
kind: event
definition: The actor states that it will act.
patterns:
  - id: pledge
    verb: [pledge, "hold out"]
    where: {complement: any, object: [talk, "peace talk"]}
    recipient: [with, object.of+to]
examples:
  - text: Chad pledged to hold talks with Niger.
    expect: {actor: [TCD], recipient: [NER]}
  - text: Chad rested.
    expect: none
"""


@pytest.fixture
def write(tmp_path):
    def writer(text: str, name: str = "events/agree.yml") -> Path:
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(textwrap.dedent(text), encoding="utf-8")
        return tmp_path

    return writer


def faults(folder: Path) -> list[str]:
    return [str(fault) for fault in read_codebook(folder)[1]]


def test_an_entry_is_read_with_its_patterns_and_examples(write):
    entry = load_codebook(write(GOOD)).entries["event/AGREE"]
    pattern = entry.patterns[0]
    assert pattern.words == (("pledge",), ("hold", "out"))
    assert pattern.recipient == ((("with",),), (("object", "of"), ("to",)))
    assert pattern.where[1].lemmas == {"talk"}
    assert pattern.where[1].phrases == (("peace", "talk"),)
    assert entry.examples[0].expect[0].actor == ("TCD",)
    assert entry.examples[1].expect == ()


def test_a_pattern_without_paths_takes_the_defaults_of_its_trigger(write):
    pattern = load_codebook(write(GOOD)).entries["event/AGREE"].patterns[0]
    assert pattern.actor == ((("subject",),),)


def test_an_unknown_key_names_file_line_and_the_likely_one(write):
    found = faults(write(GOOD.replace("    recipient:", "    recipent:")))
    assert found == ["agree.yml:9: unknown key 'recipent'; did you mean 'recipient'?"]


def test_an_unknown_type_is_refused(write):
    assert "did you mean 'AGREE'?" in faults(write(GOOD.replace("id: AGREE", "id: AGRE")))[0]


def test_an_unknown_mode_is_refused(write):
    assert "unknown mode 'visits'" in faults(write(GOOD.replace("    recipient:", "    mode: visits\n    recipient:")))[0]


def test_an_unknown_word_list_is_refused(write):
    assert "unknown word list '@speech'" in faults(write(GOOD.replace("[pledge,", '["@speech",')))[0]


def test_a_key_given_twice_is_refused_and_the_other_entries_are_still_read(write):
    write(GOOD.replace("kind: event", "kind: event\nkind: event"))
    folder = write(GOOD.replace("AGREE", "AID"), "events/aid.yml")
    codebook, found = read_codebook(folder)
    assert "key 'kind' is given twice" in str(found[0])
    assert "event/AID" in codebook.entries


def test_scalars_are_strings_so_that_norway_stays_norway(write):
    entry = load_codebook(write(GOOD.replace("[NER]", "[NO]"))).entries["event/AGREE"]
    assert entry.examples[0].expect[0].recipient == ("NO",)


def test_an_entry_without_a_negative_example_is_a_fault(write):
    text = GOOD.replace("  - text: Chad rested.\n    expect: none\n", "")
    assert "at least one coded example and one with `expect: none`" in faults(write(text))[0]


def test_a_folder_without_entries_is_an_error_that_says_what_was_expected(tmp_path):
    with pytest.raises(CodebookError, match="no codebook entries here; expected YAML files in events/"):
        load_codebook(tmp_path)


def test_the_digest_changes_with_the_entries(write):
    first = load_codebook(write(GOOD)).digest
    assert load_codebook(write(GOOD.replace("rested", "slept"))).digest != first


PLEDGE = """
id: energy
kind: commitment
definition: The actor undertakes to supply energy.
patterns:
  - id: supply
    undertaken: [supply, sell]
    where: {object: [gas]}
    recipient: [to]
    frames: [promised, noun]
examples:
  - text: Chad pledged to sell gas to Niger.
    expect: {actor: [TCD], recipient: [NER]}
  - text: Chad rested.
    expect: none
"""


def test_what_is_undertaken_is_a_pattern_in_each_frame(write):
    codebook = load_codebook(write(PLEDGE, "commitments/energy.yml"))
    plain, noun = codebook.entries["commitment/energy"].patterns
    assert (plain.id, plain.trigger, noun.id, noun.trigger) == ("supply", "verb", "supply-noun", "noun")
    assert plain.where[0].lemmas == {"supply", "sell"}
    assert [condition.path for condition in plain.where] == [("content",), ("content", "object")]
    assert plain.recipient[0] == (("content", "to"),)


def test_an_unknown_frame_is_a_fault(write):
    found = faults(write(PLEDGE.replace("[promised, noun]", "[promise]"), "commitments/energy.yml"))
    assert any("unknown frame 'promise'; did you mean 'promised'?" in fault for fault in found)
