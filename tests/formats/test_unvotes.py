import gzip

import pytest

from entente.codebook.statecodes import load_state_codes
from entente.errors import InputError
from entente.formats.unvotes import read_unvotes

CODES = load_state_codes()
VOTES = """rcid,country,country_code,vote
10,Belarus,BY,no
10,Namibia,NA,yes
3,United States,US,yes
3,Cuba,CU,abstain
3,Canada,CA,yes
3,German Democratic Republic,DD,no
3,Federal Republic of Germany,,no
3,Atlantis,XX,no
"""
CALLS = """rcid,session,importantvote,date,unres,amend,para,short,descr
3,1.0,0,1946-01-02,R/1/79,0,0,"ELECTIONS, FIRST","TO ADOPT A ""MOTION"",
IN TWO LINES"
10,2.0,NA,1947-05-06,,0,0,,
"""
ISSUES = "rcid,short_name,issue\n3,co,Colonialism\n3,hr,Human rights\n"


@pytest.fixture
def write(tmp_path):
    def write(**texts):
        paths = []
        for name, text in texts.items():
            paths.append(tmp_path / f"{name}.csv.gz")
            paths[-1].write_bytes(gzip.compress(text.encode()))
        return paths

    return write


def test_a_roll_call_is_a_document_and_those_who_vote_alike_are_one_record(write):
    [(document, records), (other, _)] = read_unvotes(write(votes=VOTES, calls=CALLS, issues=ISSUES), CODES)
    assert (document.id, document.title, document.published.isoformat()) == ("unvotes:3", "ELECTIONS, FIRST", "1946-01-02")
    assert document.text == 'TO ADOPT A "MOTION",\nIN TWO LINES'
    assert other.text == "Roll call 10"
    assert {r.type: [a.code for a in r.actor] for r in records} == {
        "for": ["USA", "CAN"],
        "against": ["DDR", "DEU", None],
        "abstain": ["CUB"],
    }
    assert all(r.date.inclusive() == ("1946-01-02", "1946-01-02") and r.recipient[0].code == "UN" for r in records)


def test_the_record_says_which_roll_call_and_how_it_went(write):
    [(document, [record, *_]), _] = read_unvotes(write(calls=CALLS, issues=ISSUES, votes=VOTES), CODES)
    assert record.attributes == {
        "rollcall": "3",
        "session": "1",
        "resolution": "R/1/79",
        "issues": "Colonialism; Human rights",
        "tally": "2-3-1",
    }
    assert record.evidence.text == document.text[record.evidence.start : record.evidence.end]


def test_a_state_without_a_code_keeps_its_name_and_says_why(write):
    [(_, records), _] = read_unvotes(write(votes=VOTES, calls=CALLS), CODES)
    [nobody] = [a for r in records for a in r.actor if a.code is None]
    assert (nobody.text, nobody.reason) == ("Atlantis", "no code is known for 'Atlantis'")


def test_namibia_is_no_missing_value(write):
    [_, (_, records)] = read_unvotes(write(votes=VOTES, calls=CALLS), CODES)
    assert {a.code for r in records for a in r.actor} == {"BLR", "NAM"}


def test_absence_is_a_record_and_no_member_is_none(write):
    votes = "rcid,country,country_code,vote\n3,Cuba,CU,8\n3,Canada,CA,9\n3,Belarus,BY,1\n"
    [(_, records)] = read_unvotes(write(votes=votes, calls=CALLS), CODES)
    assert {r.type: [a.code for a in r.actor] for r in records} == {"absent": ["CUB"], "for": ["BLR"]}


def test_the_same_tables_give_the_same_ids(write):
    first, second = (list(read_unvotes(write(votes=VOTES, calls=CALLS), CODES)) for _ in range(2))
    assert first == second
    assert len({r.id for _, records in first for r in records}) == 5


@pytest.mark.parametrize(
    ("tables", "said"),
    [
        ({"votes": VOTES}, "the table of roll calls is missing"),
        ({"calls": CALLS}, "the table of votes is missing"),
        ({"votes": VOTES, "calls": CALLS, "other": "a,b\n1,2\n"}, "none of the tables of unvotes"),
        ({"votes": VOTES.replace(",no\n", ",nay\n"), "calls": CALLS}, "'nay' of .* is no ballot"),
        ({"votes": VOTES, "calls": CALLS.replace("1946-01-02", "January")}, "'January' is no date"),
        ({"votes": VOTES + "99,Cuba,CU,yes\n", "calls": CALLS}, "roll call 99 has votes"),
        ({"votes": VOTES + "3,Cuba\n", "calls": CALLS}, "cannot be read as CSV"),
        ({"votes": VOTES + "three,Cuba,CU,yes\n", "calls": CALLS}, "'three' is no number"),
    ],
)
def test_tables_that_are_wrong_are_refused_with_the_reason(write, tables, said):
    with pytest.raises(InputError, match=said):
        list(read_unvotes(write(**tables), CODES))
