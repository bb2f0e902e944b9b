"""The day of a vote that has none of its own: on short texts through the whole coder."""


def days(coder, text, kind="vote"):
    return {
        (record.type, record.date.inclusive()[0] if record.date else None)
        for record in coder.code(text, "2024-03-06")
        if record.kind == kind
    }


def test_a_vote_has_the_day_of_the_ballot_told_before_it(coder):
    text = "On 3 March the UN Security Council adopted the text by nine votes to none, with Ghana abstaining."
    assert days(coder, text) == {("abstain", "2024-03-03")}


def test_a_vote_goes_back_to_the_ballot_of_the_sentence_before(coder):
    text = "On 3 March the UN General Assembly condemned Mali. Kenya voted in favour; Chad, Niger and Togo abstained."
    assert days(coder, text) == {("for", "2024-03-03"), ("abstain", "2024-03-03")}


def test_the_day_of_a_relative_clause_is_not_the_ballots(coder):
    text = "Ghana, which joined the United Nations in 1957, abstained in the UN General Assembly."
    assert days(coder, text) == {("abstain", None)}


def test_a_vote_to_come_has_no_day_of_a_ballot_before(coder):
    text = "On 3 March the UN General Assembly condemned Mali. Chad will abstain in the UN Security Council."
    assert days(coder, text) == {("abstain", None)}


def test_a_ballot_without_a_record_of_its_own_dates_the_votes_behind_it(coder):
    text = "On 4 March a resolution on the war came to the vote in the UN General Assembly. Chad, Niger and Togo abstained."
    assert days(coder, text) == {("abstain", "2024-03-04")}
