"""Records with words, and a ledger of them, built by hand."""

import datetime as dt

import msgspec

from entente.analysis.passages import Passage
from entente.analysis.wording import Wording
from entente.codebook.gazetteer import Leader, Spell, State, Tenure
from entente.codebook.judgements import load_judgements, load_phrases
from entente.ledger.tables import Stamp, Writer
from entente.records.text import Document, TextSpan
from tests.analysis.by_hand import record

JUDGEMENTS = load_judgements()
STAMP = Stamp("0", "by hand", "none", "2020-01-01T00:00:00Z", {})


def said(words: str, *args, **given):
    """Build a record whose evidence is these words."""
    built = record(*args, **given)
    return msgspec.structs.replace(built, evidence=TextSpan(0, len(words), words))


def state(code: str, name: str) -> State:
    nothing = frozenset()
    return State(code, code, name, (), (), (), (), (), (), nothing, nothing, nothing, Spell())


def leader(name: str, code: str, since: str, until: str) -> Leader:
    spell = Spell(dt.date.fromisoformat(since), dt.date.fromisoformat(until))
    return Leader(name, (), code, (Tenure("president", spell),), True)


STATES = (state("BLR", "Belarus"), state("RUS", "Russia"), state("UKR", "Ukraine"), state("USA", "United States"))
LEADERS = (leader("Old", "RUS", "1991-01-01", "2000-01-01"), leader("New", "RUS", "2000-01-01", "2030-01-01"))


def leaders_of(code: str) -> list[Leader]:
    return [one for one in LEADERS if one.code == code]


WORDING = Wording(STATES, (), leaders_of, load_phrases())


def passages_of(*records):
    """Return what reads the words of these records."""
    by_id = {one.id: _passage(one) for one in records}
    return lambda ids: {name: by_id[name] for name in ids}


def words_of(*records):
    """Return what reads the words of these records alone."""
    by_id = {one.id: one.evidence.text for one in records}
    return lambda ids: {name: by_id[name] for name in ids}


def _passage(one) -> Passage:
    start, end = (None, None) if one.date is None else one.date.inclusive()
    return Passage(
        id=one.id,
        kind=one.kind,
        type=one.type,
        mode=one.mode,
        status=one.status,
        actor=tuple(actor.code for actor in one.actor),
        recipient=tuple(actor.code for actor in one.recipient),
        start=start and dt.date.fromisoformat(start),
        end=end and dt.date.fromisoformat(end),
        dated=one.date is not None,
        attributes=one.attributes,
        document=one.document,
        published=one.published,
        source=None,
        sentence=one.sentence,
        words=one.evidence.text,
        confidence=one.confidence,
        coded_by=one.coded_by,
        title=None,
        url=None,
    )


def fill(path, *records):
    """Make a ledger of the records, in documents whose text is the records' words, a line each."""
    documents = []
    for name in dict.fromkeys(one.document for one in records):
        placed, text = [], ""
        for number, one in enumerate(one for one in records if one.document == name):
            words = one.evidence.text
            span = TextSpan(len(text), len(text) + len(words), words)
            placed.append(msgspec.structs.replace(one, evidence=span, sentence=number))
            text += words + "\n"
        documents.append((Document(id=name, text=text, published=placed[0].published, title=name.title()), placed))
    with Writer(path) as writer:
        writer.commit(documents, STAMP, "2020-01-01T00:00:00Z")


def seed():
    """Return records of the facts of a report of June 2017 on Belarus and Kazakhstan between Russia and Ukraine."""
    given = {"document": "report", "published": "2017-06-01"}
    promise = "In 1994 Moscow, Washington and London promised to leave Ukraine whole"
    return (
        said("Moscow seized Crimea in February 2014", "RUS", "COERCE", "UKR", "2014-02", mode="seize", **given),
        said("Minsk stays neutral between the two", "BLR", "neutral", "RUS UKR", **given),
        said("Minsk voted no", "BLR", "against", "UN", "2014-02", **given),
        said("Lukashenko came to Kiev in June 2014", "BLR", "CONSULT", "UKR", "2014-06", mode="visit", **given),
        said("In 2014 Minsk lent Kiev money for fuel", "BLR", "AID", "UKR", "2014", **given),
        said("Minsk is Moscow's ally", "BLR", "alliance", "RUS", **given),
        said("Kiev is Minsk's third customer", "BLR", "dependence", "UKR", attributes={"flow": "trade", "rank": 3}, **given),
        said(
            "A third of what Astana imports is Russian",
            "KAZ",
            "dependence",
            "RUS",
            attributes={"flow": "imports", "share": 0.333},
            **given,
        ),
        said("Western sanctions on Moscow", "WEST", "SANCTION", "RUS", **given),
        said("Poroshenko signed in Astana in October 2015", "UKR", "SUPPORT", "KAZ", "2015-10", **given),
        said("Both would respect their borders", "UKR KAZ", "territorial_integrity", "", "2015-10", **given),
        said(promise, "RUS USA GBR", "territorial_integrity", "UKR", "1994-12-05", **given),
        said(
            "In return Kiev would give up its arsenal",
            "UKR",
            "disarmament",
            "",
            "1994-12-05",
            attributes={"in_exchange": True},
            **given,
        ),
    )
