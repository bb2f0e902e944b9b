"""Votes: where a vote is cast, and words that tell one only beside a ballot; on short texts through the whole coder."""


def votes(coder, text):
    return {
        (record.type, tuple(a.code for a in record.actor), tuple(a.code for a in record.recipient))
        for record in coder.code(text, "2024-03-06")
        if record.kind == "vote"
    }


def test_a_vote_is_cast_in_the_chamber_that_the_sentence_names(coder):
    text = "The UN General Assembly adopted the text with the help of NATO; Chad voted against it."
    assert ("against", ("TCD",), ("UN",)) in votes(coder, text)


def test_being_out_of_the_room_is_a_vote_only_beside_a_ballot(coder):
    assert votes(coder, "Chad was out of the room when the UN General Assembly took the vote.") == {("absent", ("TCD",), ("UN",))}
    assert votes(coder, "Chad was out of the room when the Kenyan minister came in.") == set()
