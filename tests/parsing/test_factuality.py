import pytest


@pytest.mark.parametrize(
    ("text", "word", "status"),
    [
        ("Chad attacked Niger.", "attacked", "actual"),
        ("Chad did not attack Niger.", "attack", "negated"),
        ("Chad has never attacked Niger.", "attacked", "negated"),
        ("Chad no longer supports Niger.", "supports", "negated"),
        ("Nobody attacked Niger.", "attacked", "negated"),
        ("Chad refused to attack Niger.", "attack", "negated"),
        ("Chad failed to help Niger.", "help", "negated"),
        ("Chad will visit Niger.", "visit", "future"),
        ("Chad plans to visit Niger.", "visit", "future"),
        ("Chad said it would visit Niger.", "visit", "future"),
        ("Chad is to visit Niger.", "visit", "future"),
        ("Chad is due to visit Niger.", "visit", "future"),
        ("Chad has yet to attack Niger.", "attack", "negated"),
        ("Chad would welcome a visit.", "welcome", "hypothetical"),
        ("Chad may attack Niger.", "attack", "hypothetical"),
        ("If Chad attacks Niger, the bloc will act.", "attacks", "hypothetical"),
        ("Chad urged Niger to sign the accord.", "sign", "hypothetical"),
        ("Chad wants to join the bloc.", "join", "hypothetical"),
        ("Chad began to withdraw its troops.", "withdraw", "actual"),
        ("Chad not only condemned Niger but also recalled its envoy.", "condemned", "actual"),
        ("After it attacked Niger, Chad withdrew.", "attacked", "actual"),
        ("Chad flew to Oslo to sign the accord.", "sign", "actual"),
        ("Miners blocked the road to demand their wages.", "demand", "actual"),
        ("Chad cabled Niger to complain of the raid.", "complain", "actual"),
    ],
)
def test_the_status_of_a_predicate(clause_of, text, word, status):
    clause, _ = clause_of(text, word)
    assert clause.status == status


@pytest.mark.parametrize(
    ("text", "word", "status"),
    [
        ("Chad cancelled the visit.", "visit", "negated"),
        ("Chad plans a visit to Niger.", "visit", "future"),
        ("Chad demanded sanctions against Niger.", "sanctions", "hypothetical"),
        ("Chad held talks with Niger.", "talks", "actual"),
        ("Chad did not hold talks with Niger.", "talks", "negated"),
        ("The sanctions hurt Niger.", "sanctions", "actual"),
    ],
)
def test_the_status_of_an_event_noun(clause_of, text, word, status):
    clause, _ = clause_of(text, word, "noun")
    assert clause.status == status
