import pytest

URGED = "France and Germany urged Iran on Monday to halt enrichment."


@pytest.fixture(scope="module")
def judged(reading_coder):
    """What the reader says of the sentence: (actor, label, recipient) of all that it holds likelier than not."""
    from entente.coder import make_document
    from entente.resolving import resolve_document

    [parsed] = reading_coder._parse([make_document(URGED, "2026-06-15")])
    resolved = resolve_document(parsed, reading_coder._index)
    return reading_coder._judge.judge(parsed.sentences[0], resolved)


def likely(judgement):
    codes = [party.code for party in judgement.parties] + [None]
    return {
        (codes[a], judgement.labels[label], codes[r])
        for a in range(len(codes))
        for r in range(len(codes))
        for label in range(len(judgement.labels))
        if judgement.logits[a, r, label] > 0
    }


def test_direction_is_part_of_what_is_read(judged):
    told = likely(judged)
    assert {("FRA", "REQUEST", "IRN"), ("DEU", "REQUEST", "IRN")} <= told
    assert not [one for one in told if one[0] == "IRN"]


def test_the_word_that_tells_it_is_found(judged):
    number = judged.labels.index("REQUEST")
    assert judged.trigger_of(number, [(0, 2)]) == URGED.split().index("urged")


def test_a_sentence_that_names_nobody_is_left_to_the_rules(reading_coder):
    from entente.coder import make_document
    from entente.resolving import resolve_document

    [parsed] = reading_coder._parse([make_document("The truce was broken on Monday.", "2026-06-15")])
    assert reading_coder._judge.judge(parsed.sentences[0], resolve_document(parsed, reading_coder._index)) is None


def test_what_one_actor_does_alone_is_judged_too(reading_coder):
    explanation = reading_coder.explain("Kenya deployed troops on Monday.", "2026-06-15")
    assert [record.type for record in explanation.records] == ["MOBILIZE"]
    assert list(explanation.reader) == [record.id for record in explanation.records]


def test_both_voices_are_shown(reading_coder):
    explanation = reading_coder.explain(URGED, "2026-06-15")
    [record] = explanation.records
    assert (record.coded_by.startswith("event/REQUEST"), explanation.reader[record.id] > 0.5) == (True, True)


def test_the_stamp_names_the_reader_and_what_is_preferred(coder, reading_coder):
    assert "en_entente_reader" not in coder.stamp.pipeline
    assert f"{reading_coder._judge.version}, balanced" in reading_coder.stamp.pipeline


def test_the_same_sentence_is_read_alike_beside_others(reading_coder):
    from entente.coder import make_document

    documents = [make_document(text, "2026-06-15", id=str(i)) for i, text in enumerate([URGED, "It rained.", URGED])]
    first, _, again = (records for _, records in reading_coder.code_documents(documents))
    assert [r.confidence for r in first] == [r.confidence for r in again]


def test_a_sentence_that_names_fewer_than_asked_for_is_not_read(reading_coder):
    from entente.coder import make_document
    from entente.resolving import resolve_document

    parsed = next(reading_coder._parse([make_document("Thousands marched in Lima.")]))
    resolved = resolve_document(parsed, reading_coder._index)
    judge = reading_coder._judge
    assert judge.judge(parsed.sentences[0], resolved) is not None
    assert judge.judge(parsed.sentences[0], resolved, fewest=9) is None


def test_both_networks_read_a_word_once(reading_coder):
    reader = reading_coder._judge._reader
    annotator = reading_coder._parser._pipeline.get_pipe("entente_annotator")
    assert reader.words is annotator.reader
