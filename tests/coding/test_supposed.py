"""What is only wished, owed or meant gives no record; what is expected, announced or begun does."""

import pytest

DAY = "2026-06-15"


def told(coder, text):
    return [(record.type, record.status) for record in coder.explain(text, DAY).records if record.kind == "event"]


@pytest.mark.parametrize(
    "text",
    [
        "The treaty gives Norway the right to expel Russian diplomats.",
        "Peru must buy its wheat from Argentina.",
        "Ghana's army crossed the river to disarm Togolese smugglers.",
    ],
)
def test_what_is_owed_allowed_or_meant_is_no_event(coder, text):
    assert [type_ for type_, _ in told(coder, text) if type_ in ("SANCTION", "COOPERATE", "COERCE")] == []


def test_what_is_expected_is_a_plan(coder):
    assert ("AGREE", "future") in told(coder, "Croatia is expected to sign the treaty with Hungary on Friday.")


def test_what_is_tried_is_kept(coder):
    assert "CONSULT" in [type_ for type_, _ in told(coder, "Oman is trying to mediate between Iran and Qatar.")]


def test_the_reason_is_told(coder):
    reasons = [item.reason for item in coder.explain("Peru must buy its wheat from Argentina.", DAY).left_out]
    assert "it tells what is owed, allowed or excepted, not what is done" in reasons
