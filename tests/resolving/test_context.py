import datetime as dt

import pytest

from entente.records.text import Document


@pytest.fixture
def resolve(coder):
    """Resolve a phrase in a context as of a day."""

    def of(text, context=None, day=None):
        published = dt.date.fromisoformat(day) if day else None
        [actor] = coder.resolve_actors([Document(id="x", text=text, title=context, published=published)])
        return actor

    return of


def test_a_phrase_that_names_its_state_needs_no_context(resolve):
    actor = resolve("the Ukrainian parliament")
    assert (actor.code, actor.sector) == ("UKR", "LEG")


def test_a_role_without_a_state_is_unresolved_with_a_reason(resolve):
    actor = resolve("two gunmen")
    assert actor.code is None
    assert actor.reason


@pytest.mark.parametrize("context", ["Kenya", "Kenyan", "Nairobi"])
def test_a_role_belongs_to_the_state_that_the_context_names(resolve, context):
    actor = resolve("Defence Minister", context)
    assert (actor.code, actor.sector) == ("KEN", "GOV")


def test_a_name_that_the_tables_do_not_know_belongs_to_the_context_too(resolve):
    actor = resolve("the Kwasomo Front", "Kenya")
    assert actor.code == "KEN"
    assert "Kenya" in actor.reason


def test_a_context_of_several_states_decides_nothing(resolve):
    assert resolve("the Kwasomo Front", "Kenya and Somalia quarrelled.").code is None


def test_a_phrase_is_read_where_it_stands_in_its_sentence(resolve):
    assert resolve("His country", "Alexander Lukashenko promised aid. His country would send tents.").code == "BLR"


def test_who_held_the_office_on_the_day_counts(resolve):
    assert resolve("Fidel Castro", day="1998-05-01").sector == "GOV"


def test_a_context_that_says_nothing_leaves_the_phrase_as_it_is(resolve):
    assert resolve("sixteen dolphins", "The sea was calm.").code is None
