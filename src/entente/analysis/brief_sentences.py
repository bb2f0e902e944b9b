"""The sentences of a brief, each clause with the records that it rests on."""

from collections.abc import Iterable, Sequence
from typing import Any

from entente.analysis.brief_lanes import LANES, Group, X, Y
from entente.analysis.brief_words import CITED, Cited, documents_text, groups_of, interval_text, signed
from entente.analysis.facts import OPEN, day_of
from entente.analysis.page import (
    Clause,
    Sentence,
)
from entente.analysis.passages import Passage
from entente.analysis.wording import capital

MUTUAL = ("alliance", "kinship", "dispute", "rivalry")


class SentenceWriter(Cited):
    """Tells what the records say, topic by topic."""

    def _sentences(self, groups: Sequence[Group]) -> list[Sentence]:
        name = capital(self.wording.name(self.state))
        stated = [group for group in groups if group.direction == "from"]
        return [
            self._sentence("position", name, [group for group in stated if group.kind == "position"]),
            self._tied(name),
            *(self._acts(groups, side) for side in (X, Y)),
            self._sentence("both", "Toward both it", groups_of(stated, "event", "both")),
            self._sentence("votes", "In votes it", [group for group in stated if group.kind == "vote"]),
            self._undertaken(),
            self._contradicted(),
            self._standing(name),
        ]

    def _sentence(self, topic: str, opening: str, groups: Sequence[Group]) -> Sentence:
        return Sentence(topic, opening, tuple(self._told(group) for group in groups[: self.choices.acts]))

    def _acts(self, groups: Sequence[Group], side: int) -> Sentence:
        """Return what the state did toward a side, and what that did toward it."""
        lane = LANES[side]
        own = groups_of([group for group in groups if group.direction == "from"], "event", lane)
        theirs = groups_of([group for group in groups if group.direction == "to"], "event", lane)
        clauses = tuple(self._told(group) for group in own[: self.choices.acts])
        others = tuple(self._told_of_other(group) for group in theirs[: max(1, self.choices.acts // 2)])
        return Sentence(f"acts toward {lane}", capital(self.wording.name(self.state)) if own else "", clauses, others)

    def _told(self, group: Group) -> Clause:
        """Return what records of one type say: once with its date, or how often and between when."""
        first = self._passage(group.records[0])
        recipients = self._recipients(group, first)
        several = len(group.records) > 1
        return self._counted(group, self.wording.tell(first, recipients, dated=not several, several=several))

    def _told_of_other(self, group: Group) -> Clause:
        first = self._passage(group.records[0])
        several = len(group.records) > 1
        told = self.wording.tell_of(self._others(first.actor), first, [self.state], dated=not several, several=several)
        return self._counted(group, told)

    def _recipients(self, group: Group, passage: Passage) -> list[str]:
        """Return whom records are directed at: of several records the commonest of the lane, of one all that it names."""
        if len(group.records) > 1 and (common := self.lanes.commonest(group.records, group.lane)):
            return common
        if passage.recipient:
            return list(passage.recipient)
        return self._others(passage.actor) if group.lane != "both" else []

    def _others(self, codes: Iterable[str]) -> list[str]:
        return [code for code in dict.fromkeys(codes) if code != self.state] or list(codes)

    def _counted(self, group: Group, text: str) -> Clause:
        if len(group.records) > 1:
            dated = [self.facts.day[place] for place in group.records if self.facts.dated[place]]
            years = sorted({day.year for number in dated if (day := day_of(int(number)))})
            when = "" if not years else f", {years[0]}" if len(years) == 1 else f", {years[0]}–{years[-1]}"
            text += f" ({len(group.records):,} records in {documents_text(group.documents)}{when})"
        elif self._bounded and self.facts.as_of[group.records[0]] == OPEN:
            text += " (the text gives no date)"
        return self._clause(text, group.records)

    def _tied(self, name: str) -> Sentence:
        """Return the ties to members of the sides, and the heaviest dependences."""
        own: dict[str, list[int]] = {}
        theirs: dict[str, list[int]] = {}
        for place in self.lanes.ties()[: self.choices.ties]:
            passage = self._words.get(self._id(place))
            if passage is not None and place in self.lanes.toward_sides:
                if self._is_own(passage):
                    own.setdefault(self._tie_words(passage), []).append(place)
                else:
                    theirs.setdefault(self._tie_words(passage), []).append(place)
        clauses, others = (
            tuple(self._clause(told, places) for told, places in list(found.items())[: self.choices.acts])
            for found in (own, theirs)
        )
        return Sentence("ties", name if own else "", clauses, others)

    def _tie_words(self, passage: Passage) -> str:
        turned = self.state not in passage.actor and passage.type in MUTUAL
        recipients = self._others(passage.actor) if turned or not passage.recipient else passage.recipient
        if self._is_own(passage):
            return self.wording.tell(passage, recipients)
        return self.wording.tell_of(passage.actor, passage, recipients)

    def _is_own(self, passage: Passage) -> bool:
        """Return whether a tie is told with the state as its subject, which then is left out."""
        return self.state in passage.actor or passage.type in MUTUAL

    def _undertaken(self) -> Sentence:
        clauses = []
        for given in self._merged()[: self.choices.acts]:
            one, told = given.undertaking, self._promised(given, dated=True)
            places = [*one.promise, *(act.record for act in (*one.against, *one.fulfilling))]
            clauses.append(self._clause(f"{told} ({one.status})", places))
        return Sentence("commitments", "", (), tuple(clauses))

    def _contradicted(self) -> Sentence:
        clauses = [
            self._clause(one.says.rstrip("."), (one.statement, one.act, *(() if one.opposition is None else (one.opposition,))))
            for one in [one for one in self.findings.contradictions if one.strength >= self.choices.headline][:2]
        ]
        return Sentence("contradictions", "Words and acts do not agree:" if clauses else "", (), tuple(clauses))

    def _standing(self, name: str) -> Sentence:
        row = self._last_stance()
        if row is None or self.findings.stance is None:
            return Sentence("stance", "", ())
        place, found = row
        ids = self.findings.stance.ids(place)
        if found["axis"] is None:
            text = f"the records are too few for a figure: {found['records']:,} in {documents_text(found['documents'])}"
        else:
            when = f"at the end of {found['end']:%Y}"
            label = str(found["label"])
            for party, called in zip((self.request.x, self.request.y), self.names, strict=True):
                label = label.replace(f"with {party.name}", f"with {called}")
            text = f"the axis stood at {signed(found['axis'])}{interval_text(found)} {when}, {label}"
        shown = self._cite([name for name in ids if name in self._words][:CITED])
        opening = f"On the scale from −1 ({self.names[Y]}) to 1 ({self.names[X]}),"
        return Sentence("stance", opening, (Clause(text, tuple(ids), shown),) if ids else ())

    def _last_stance(self) -> tuple[int, dict[str, Any]] | None:
        stance = self.findings.stance
        rows = [] if stance is None else [(place, row) for place, row in enumerate(stance.rows()) if row["records"]]
        return rows[-1] if rows else None
