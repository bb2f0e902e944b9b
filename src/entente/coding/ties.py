"""Ties: standing facts, with the share or rank of a dependence and the person of an office."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from entente.codebook.quantities import QuantityWords
from entente.codebook.vocabulary import Vocabulary
from entente.coding.match import Match
from entente.coding.quantities import Share, find_rank, find_shares
from entente.coding.records import record_of, span_text
from entente.coding.scene import Scene
from entente.records.annotations import Office, ResolvedDocument
from entente.records.record import Record
from entente.records.timespan import TimeSpan

STARTING = frozenset({"membership", "presence"})
"""Ties whose act dates the beginning: who joined in 2015 has been a member since."""


STAYING = frozenset({"be", "stay", "remain", "stand", "keep", "serve"})
"""Verbs of those who are there already."""


def code_tie(scene: Scene, match: Match, vocabulary: Vocabulary, quantities: QuantityWords) -> Iterator[Record]:
    """Yield the tie records of a match: a dependence one for each good that has a share of its own.

    A claim that is given up, or would be, is no dispute.
    """
    record = record_of(scene, match, vocabulary)
    if match.type == "dependence":
        if record.status == "hypothetical" and _is_bound_to(scene, match):
            record = replace(record, status="actual")
        if record.status not in ("future", "hypothetical") or match.clause.kind != "verb":
            yield from _dependences(scene, match, record, quantities)
    elif _is_given_up(match, record):
        return
    elif match.type in STARTING and record.date is not None and record.status == "actual" and _begins(scene, match):
        yield replace(record, date=_open_ended(record.date))
    else:
        yield record


def _is_given_up(match: Match, record: Record) -> bool:
    """Return whether a claim is renounced, or forces have yet to leave: neither is a tie."""
    if match.type == "dispute" and match.clause.kind == "noun":
        return record.status in ("negated", "hypothetical")
    return match.pattern.status == "historical" and match.clause.status not in ("actual", "historical")


def _is_bound_to(scene: Scene, match: Match) -> bool:
    """Return whether a modal says that there is no other way: "must buy nearly all its petrol from Russia"."""
    return any(scene.tokens[i].lemma.lower() == "must" for i in match.clause.roles.get("modal", ()))


def _begins(scene: Scene, match: Match) -> bool:
    """Return whether the trigger tells an entry ("joined"), not a state that already held ("belongs to")."""
    acts = match.clause.kind == "verb" and match.clause.tense == "past" and match.clause.lemma not in STAYING
    return acts or any(token.lemma.lower() == "become" for token in scene.tokens)


def _open_ended(span: TimeSpan) -> TimeSpan:
    return TimeSpan(span.start, None, span.precision, span.text) if span.start else span


def _dependences(scene: Scene, match: Match, record: Record, quantities: QuantityWords) -> Iterator[Record]:
    shares = [share for share in find_shares(scene.sentence, quantities) if _belongs(scene, match, share)]
    goods = [i for i in dict.fromkeys(match.used) if i != match.clause.head]
    by_good = {good: share for good in goods for share in shares if _measures(scene, share, good)}
    if len(by_good) > 1:
        yield from (_with_quantity(record, each, None) for each in by_good.values())
        return
    nouns = [i for i in (match.clause.head, *goods) if scene.tokens[i].pos in ("NOUN", "PROPN")]
    rank = next((rank for i in nouns if (rank := find_rank(scene.sentence, i, quantities)) is not None), None)
    share = next(iter(by_good.values()), None) or next((each for each in shares if not _is_change(scene, each)), None)
    yield _with_quantity(record, share, rank)


def _is_change(scene: Scene, share: Share) -> bool:
    """Return whether a share is by how much something changed ("cut by 30 per cent"), or the whole of something else."""
    return share.value == 1 or (share.first > 0 and scene.tokens[share.first - 1].text.lower() == "by")


def _with_quantity(record: Record, share: Share | None, rank: int | None) -> Record:
    attributes = dict(record.attributes)
    if share is not None:
        attributes["share"] = share.value
    if rank is not None:
        attributes["rank"] = rank
    return replace(record, attributes=attributes)


def _belongs(scene: Scene, match: Match, share: Share) -> bool:
    """Return whether a share stands in the match's own clause."""
    token = scene.tokens[share.last]
    return match.clause.span[0] <= token.start < match.clause.span[1]


def _measures(scene: Scene, share: Share, good: int) -> bool:
    """Return whether the share is of that good: "a fifth of its electricity", "80 per cent of the gas"."""
    if share.last < good <= share.last + 6:
        between = scene.tokens[share.last + 1 : good]
        return not any(token.text in (",", ";") or token.lemma == "and" for token in between)
    return good in scene.sentence.subtree(share.last) or share.last in scene.sentence.subtree(good)


NAME_PARTS = ("flat", "compound", "amod", "nmod:poss", "det")
"""What belongs to the words of a name or an office."""


def code_offices(resolved: ResolvedDocument, sentence: int) -> Iterator[Record]:
    """Yield an ``office`` tie for each person whom this sentence introduces with a title or an apposition."""
    for office in resolved.offices:
        if office.sentence == sentence:
            yield _office_record(resolved, office)


def _office_record(resolved: ResolvedDocument, office: Office) -> Record:
    document = resolved.parsed.document
    sentence = resolved.parsed.sentences[office.sentence]
    heads = (office.person_head, office.office_head)
    words = {j for i in heads for j in (i, *(t.i for t in sentence.dependents(i, *NAME_PARTS)))}
    owners = {k for j in tuple(words) if sentence.tokens[j].dep == "nmod:poss" for k in sentence.subtree(j)}
    start = sentence.tokens[min(words | owners)].start
    end = sentence.tokens[max(words | owners)].end
    return Record(
        id="",
        kind="tie",
        type="office",
        actor=(office.actor,),
        status=office.status,
        attributes={"person": office.person, "office": office.office},
        document=document.id,
        published=document.published,
        source=document.source,
        sentence=office.sentence,
        evidence=span_text(document, start, end),
        coded_by="tie/office/title-or-apposition",
        confidence=0.9,
    )
