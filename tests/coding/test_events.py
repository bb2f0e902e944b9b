from entente.coding.events import count_victims


def test_figures_of_dead_and_injured_are_counted():
    assert count_victims("a blast killed at least 12 soldiers and wounded 30") == {"dead": 12, "injured": 30}


def test_numbers_that_are_no_victims_are_left_alone():
    assert count_victims("the army sent 2,000 troops") == {}
