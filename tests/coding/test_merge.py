import datetime as dt

from msgspec.structs import replace

from entente.coding.merge import merge_records
from entente.records.actors import Actor
from entente.records.record import Record
from entente.records.text import TextSpan
from entente.records.timespan import TimeSpan

MEETING = Record(
    id="",
    kind="event",
    type="CONSULT",
    actor=(Actor("KEN", "Kenya"),),
    recipient=(Actor("UGA", "Uganda"),),
    date=TimeSpan.of_day(dt.date(2024, 3, 5)),
    document="d",
    sentence=0,
    evidence=TextSpan(0, 5, "first"),
    coded_by="event/CONSULT/meet",
    confidence=0.8,
)


def test_a_second_telling_goes_under_also():
    later = replace(MEETING, sentence=3, evidence=TextSpan(50, 56, "second"))
    merged = merge_records([MEETING, later])
    assert len(merged) == 1
    assert merged[0].also == (later.evidence,)


def test_two_days_are_two_events():
    later = replace(MEETING, date=TimeSpan.of_day(dt.date(2024, 3, 6)), evidence=TextSpan(50, 56, "second"))
    assert len(merge_records([MEETING, later])) == 2


def test_who_visits_whom_does_not_matter_where_both_meet():
    later = replace(MEETING, actor=MEETING.recipient, recipient=MEETING.actor, evidence=TextSpan(50, 56, "second"))
    assert len(merge_records([MEETING, later])) == 1


def test_undated_events_of_two_sentences_stay_apart():
    first = replace(MEETING, date=None)
    later = replace(first, sentence=3, evidence=TextSpan(50, 56, "second"))
    assert len(merge_records([first, later])) == 2


def test_a_standing_tie_is_one_record_wherever_it_is_told():
    first = replace(MEETING, kind="tie", type="alliance", date=None)
    later = replace(first, sentence=3, evidence=TextSpan(50, 56, "second"))
    assert len(merge_records([first, later])) == 1


def test_ids_depend_on_what_is_said_and_where():
    other = replace(MEETING, status="negated", evidence=TextSpan(50, 56, "second"))
    ids = {record.id for record in merge_records([MEETING, other])}
    assert len(ids) == 2
    assert ids == {record.id for record in merge_records([MEETING, other])}
