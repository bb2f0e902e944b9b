"""What a verb, noun or adjective undertakes; on short texts through the whole coder."""


def commitments(coder, text):
    records = [record for record in coder.code(text, "2024-03-06") if record.kind == "commitment"]
    return {(r.type, tuple(a.code for a in r.actor), tuple(a.code for a in r.recipient)) for r in records}


def test_a_treaty_undertakes_what_stands_under_which(coder):
    text = "Kenya signed a pact with Uganda under which Nairobi will protect Kampala."
    assert commitments(coder, text) == {("security_guarantee", ("KEN",), ("UGA",))}


def test_a_relative_clause_about_a_treaty_is_no_content(coder):
    text = "Kenya will protect the pact that Uganda signed."
    assert commitments(coder, text) == set()


def test_each_thing_undertaken_is_a_record_with_its_own_recipient(coder):
    text = "Spain promised to defend Malta and to supply Tunisia with gas."
    assert commitments(coder, text) == {("security_guarantee", ("ESP",), ("MLT",)), ("energy", ("ESP",), ("TUN",))}


def test_two_who_bind_themselves_to_each_other_have_no_recipient(coder):
    text = "Peru and Chile promised Brazil to defend one another."
    assert commitments(coder, text) == {("security_guarantee", ("PER", "CHL"), ())}


def test_what_somebody_said_that_it_would_not_do_is_no_undertaking(coder):
    text = "Norway said that it would not defend Iceland."
    assert commitments(coder, text) == set()


def test_a_pact_that_is_not_signed_binds_nobody(coder):
    text = "Egypt has never signed a defence treaty with Libya."
    assert commitments(coder, text) == set()
