"""Positions: what is a stance and what one act of support; on short texts through the whole coder."""


def positions(coder, text):
    return [
        (record.type, record.status, [a.code for a in record.actor], [a.code for a in record.recipient])
        for record in coder.code(text, "2024-03-06")
        if record.kind == "position"
    ]


def test_support_to_come_or_done_once_is_no_stance(coder):
    assert positions(coder, "Chad has backed Niger.") == []
    assert positions(coder, "Chad will back Niger.") == []
    assert positions(coder, "Chad has always backed Niger.") == [("support", "actual", ["TCD"], ["NER"])]


def test_who_is_no_friend_is_against(coder):
    assert ("oppose", "actual", ["TCD"], ["NER"]) in positions(coder, "Chad is no friend of Niger.")
