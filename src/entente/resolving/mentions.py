"""Where the names stand: matches of the index placed on tokens, what is no actor left out, and the people that are named."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator

from msgspec import Struct

from entente.records.annotations import ParsedDocument, Sentence, Token
from entente.resolving.index import ActorIndex, Entry, Match, fold
from entente.resolving.words import CIVIC, DATING, INSTRUMENTS, LANDSCAPE, MONTHS, PRESS, TITLES_OF_COURTESY, WATERS, WEEKDAYS

SEATS = frozenset(("capital", "place"))
PROPER_HEADS = ("PROPN",)
MEMORY = 15 * 366
"""Days after an office for which its holder's surname alone still means them."""


class Mention(Struct, frozen=True):
    """A name on the tokens of a sentence: ``first`` to ``last`` inclusive, its head, and what it may mean, best first."""

    sentence: int
    first: int
    last: int
    head: int
    entries: tuple[Entry, ...]
    day: dt.date | None = None

    @property
    def entry(self) -> Entry:
        """What it most likely means."""
        return self.entries[0]

    @property
    def shadow(self) -> bool:
        """Whether it only holds a state's name without meaning any actor: a sea, a treaty, a newspaper."""
        return self.entry.form == "collective" and not self.entry.members


class Person(Struct, frozen=True):
    """A person's name on tokens ``first`` to ``last``, titles left out."""

    sentence: int
    first: int
    last: int
    head: int
    name: str

    @property
    def surname(self) -> str:
        """The last word, folded."""
        return surname_of(self.name)


def noun_lemma(token: Token) -> str:
    """Return the lower-case singular of a noun, also where the lemma only lost its final s ("countrie")."""
    lemma = token.lemma.lower()
    if lemma.endswith("ie") and token.text.lower().endswith("ies"):
        return lemma[:-2] + "y"
    return lemma


def phrase_start(sentence: Sentence, last: int, words: tuple[str, ...]) -> int | None:
    """Return the token where a phrase begins whose last word stands at a token; hyphens between its words count for nothing."""
    i = last
    for word in reversed(words[:-1]):
        i -= 1
        while i > 0 and sentence.tokens[i].text == "-":
            i -= 1
        if i < 0 or sentence.tokens[i].text.lower() != word:
            return None
    return i


def surname_of(name: str) -> str:
    """Return the folded last word of a name, without a particle bound by a hyphen: ``sisi`` of "Abdel Fattah al-Sisi"."""
    words = fold(name).replace("-", " ").split()
    if len(words) > 1 and words[-1].rstrip(".") in {"jr", "sr", "ii", "iii"}:
        words.pop()
    return words[-1] if words else ""


def find_mentions(parsed: ParsedDocument, index: ActorIndex) -> dict[int, list[Mention]]:
    """Return the names of a document by sentence, in the order of the text, without those that name no actor."""
    day = parsed.document.published
    placed = _placed(parsed.sentences, index.find(parsed.document.text, day), day)
    found: dict[int, list[Mention]] = defaultdict(list)
    for mention in placed:
        sentence = parsed.sentences[mention.sentence]
        if not mention.shadow and not any(refused(sentence, mention) for refused in REFUSALS):
            found[mention.sentence].append(mention)
    return _witnessed(_remembered(found, parsed, index, day), parsed, index, day)


def _placed(sentences: tuple[Sentence, ...], matches: Iterable[Match], day: dt.date | None) -> Iterator[Mention]:
    """Put matches on tokens; a match that begins or ends within a token takes the whole token."""
    starts, owners = _token_starts(sentences)
    for match in matches:
        low = bisect_right(starts, match.start) - 1
        high = bisect_right(starts, match.end - 1) - 1
        if low < 0:
            continue
        (s, first), (t, last) = owners[low], owners[high]
        if s == t:
            yield Mention(s, first, last, head_of(sentences[s], first, last), match.entries, day)


def _token_starts(sentences: tuple[Sentence, ...]) -> tuple[list[int], list[tuple[int, int]]]:
    starts, owners = [], []
    for s, sentence in enumerate(sentences):
        for token in sentence.tokens:
            starts.append(token.start)
            owners.append((s, token.i))
    return starts, owners


def head_of(sentence: Sentence, first: int, last: int) -> int:
    """Return the token of a stretch whose head lies outside it: the last such one that is no punctuation."""
    outside = [
        token.i
        for token in sentence.tokens[first : last + 1]
        if token.pos not in ("PUNCT", "PART", "ADP", "DET") and (token.head == token.i or not first <= token.head <= last)
    ]
    return outside[0] if outside else first


# --- names that name no actor -------------------------------------------------------------------------------------------


def _within_person(sentence: Sentence, mention: Mention) -> bool:
    """Refuse "Jordan" in "Michael Jordan": a state's name within a longer name of a person."""
    if mention.entry.form in ("leader", "surname") or sentence.tokens[mention.first].entity != "PERSON":
        return False
    before = mention.first > 0 and _continues(sentence, mention.first)
    after = mention.last + 1 < len(sentence.tokens) and _continues(sentence, mention.last + 1)
    following = sentence.tokens[mention.last + 1].text if after else ""
    return before or (
        after and mention.entry.form not in ("demonym", "people") and following[:1].isupper() and following != "President"
    )


def _continues(sentence: Sentence, i: int) -> bool:
    token, before = sentence.tokens[i], sentence.tokens[i - 1]
    return token.entity == "PERSON" and before.entity == "PERSON" and not token.entity_start


def _within_instrument(sentence: Sentence, mention: Mention) -> bool:
    """Refuse "Rome" in "the Rome Statute" or "Treaty of Rome", "China" in "South China Sea", "York" in "New York Times"."""
    tokens = sentence.tokens
    following = tokens[mention.last + 1] if mention.last + 1 < len(tokens) else None
    if following is not None and following.text[:1].isupper():
        word = following.text.lower()
        if word in WATERS or word in PRESS or (word in INSTRUMENTS and mention.entry.form in SEATS):
            return True
    if following is not None and following.text.lower() in INSTRUMENTS and mention.entry.form in SEATS:
        return True
    return _after_of(sentence, mention)


def _after_of(sentence: Sentence, mention: Mention) -> bool:
    if mention.first < 2 or sentence.tokens[mention.first - 1].text.lower() != "of":
        return False
    before = sentence.tokens[mention.first - 2]
    word = before.text.lower()
    return before.text[:1].isupper() and (word in WATERS or (word in INSTRUMENTS and mention.entry.form in SEATS))


def _within_proper_name(sentence: Sentence, mention: Mention) -> bool:
    """Refuse a city within the name of a club, firm or street ("Boston Celtics"): institutions are read by their own noun."""
    token = sentence.tokens[mention.head]
    if mention.entry.form not in SEATS or token.dep not in ("compound", "flat", "nmod") or token.head == token.i:
        return False
    head = sentence.tokens[token.head]
    adjacent = mention.last < head.i <= mention.last + 3
    if not (adjacent and head.pos == "PROPN" and head.entity == "ORG" and token.entity == "ORG"):
        return False
    return not any(word.text.lower() in CIVIC for word in sentence.tokens[mention.last + 1 : head.i + 1])


def _other_bearer(sentence: Sentence, mention: Mention) -> bool:
    """Refuse a leader's surname where another first name stands before it."""
    entry = mention.entry
    if entry.form != "surname":
        return False
    own = set(fold(entry.entity).replace("-", " ").split())
    if len(own) == 1 and _is_titled(sentence, mention):
        return False
    sounds = {_skeleton(word) for word in own}
    after = sentence.tokens[mention.last + 1] if mention.last + 1 < len(sentence.tokens) else None
    if after is not None and _continues(sentence, after.i) and after.pos == "PROPN" and fold(after.text) not in own:
        return True
    for i in range(mention.first - 1, -1, -1):
        token = sentence.tokens[i]
        if token.entity != "PERSON" or not token.text[:1].isupper():
            return False
        word = fold(token.text).rstrip(".")
        if (
            len(word) > 1
            and word not in own
            and _skeleton(word) not in sounds
            and word not in TITLES_OF_COURTESY
            and token.dep != "nmod:desc"
            and token.pos == "PROPN"
        ):
            return not _is_title_word(token)
    return False


def _is_titled(sentence: Sentence, mention: Mention) -> bool:
    """Return whether a ruler's office stands before a first name that no table knows: "President Guillermo Endara"."""
    i = mention.first - 1
    while i > 0 and sentence.tokens[i].entity == "PERSON" and not _is_title_word(sentence.tokens[i]):
        i -= 1
    return 0 <= i < mention.first - 1 and _is_title_word(sentence.tokens[i])


def _skeleton(word: str) -> str:
    """Return a name’s consonants, doubled ones once, by which spellings from other scripts agree: Muhammad and Mohamed."""
    found = ""
    for letter in word.replace("x", "ks").replace("ph", "f").replace("q", "k"):
        if letter not in "aeiouyj" and not found.endswith(letter):
            found += letter
    return found if len(found) > 1 else word


def _is_title_word(token: Token) -> bool:
    return token.text.lower() in {"president", "minister", "chancellor", "premier", "king", "queen", "general", "secretary"}


def _point_of_the_compass(sentence: Sentence, mention: Mention) -> bool:
    """Refuse "West" in "West Darfur", "western" in "western Ukraine" and "the western border"."""
    word = sentence.tokens[mention.last].text
    following = sentence.tokens[mention.last + 1] if mention.last + 1 < len(sentence.tokens) else None
    if following is None or word not in ("West", "western", "Western"):
        return False
    head = sentence.tokens[sentence.tokens[mention.head].head]
    named = following.text[:1].isupper() and (word != "Western" or following.pos == "PROPN")
    return named or (word == "western" and noun_lemma(head) in LANDSCAPE)


def _for_or_against(sentence: Sentence, mention: Mention) -> bool:
    """Refuse the state of "pro-Iranian" and "anti-American": it is not theirs."""
    first = sentence.tokens[mention.first]
    if first.text.lower().startswith(PREFIXES):
        return True
    before = sentence.tokens[max(0, mention.first - 2) : mention.first]
    return len(before) == 2 and before[1].text == "-" and before[0].text.lower() + "-" in PREFIXES


MEN_OF_A_GROUP = frozenset(
    ("mercenary", "fighter", "militant", "gunman", "insurgent", "rebel", "commander", "group", "troop", "guerrilla", "boss")
)
PREFIXES = ("pro-", "anti-", "non-", "counter-")


def _within_national_body(sentence: Sentence, mention: Mention) -> bool:
    """Refuse "Security Council" in "National Security Council": a body of some state, not the one of that name."""
    if mention.entry.form not in ("institution", "organisation") or not mention.first:
        return False
    return sentence.tokens[mention.first - 1].text in NATIONAL_BODIES


NATIONAL_BODIES = frozenset(("National", "Supreme", "State", "Federal", "Royal", "Higher", "Republic"))

REFUSALS = (
    _point_of_the_compass,
    _for_or_against,
    _other_bearer,
    _within_person,
    _within_instrument,
    _within_proper_name,
    _within_national_body,
)


# --- names from long ago ------------------------------------------------------------------------------------------------


def _remembered(
    found: dict[int, list[Mention]], parsed: ParsedDocument, index: ActorIndex, day: dt.date | None
) -> dict[int, list[Mention]]:
    """Drop surnames of leaders of long ago, unless their state, their time, their office or a contemporary is named too."""
    mentions = [mention for own in found.values() for mention in own]
    old = [m for m in mentions if m.entry.form in ("leader", "surname") and m.entry.spell.distance(day) > MEMORY]
    if not old:
        return found
    codes = {m.entry.code for m in mentions if m.entry.form != "surname"}
    codes |= {match.entries[0].code for match in index.find(parsed.document.title or "", day)}
    years = years_named(parsed)

    def kept(mention: Mention) -> bool:
        entry = mention.entry
        if mention not in old or entry.form != "surname" or entry.lasting or entry.code in codes:
            return True
        tenures = [e for e in mention.entries if e.entity == entry.entity]
        if any(e.spell.distance(year) < GENERATION for e in tenures for year in years):
            return True
        if _in_office(parsed.sentences[mention.sentence], mention):
            return True
        others = [m.entry for m in old if m.entry.entity != entry.entity]
        return any(contemporaries(other, own, GENERATION) for other in others for own in tenures)

    return {s: [mention for mention in own if kept(mention)] for s, own in found.items()}


def years_named(parsed: ParsedDocument) -> tuple[dt.date, ...]:
    """Return the middle of each year of the last centuries that a text names in digits."""
    words = (token.text for sentence in parsed.sentences for token in sentence.tokens)
    return tuple(dict.fromkeys(dt.date(int(w), 7, 1) for w in words if len(w) == 4 and w.isdecimal() and 1815 <= int(w) <= 2050))


def _in_office(sentence: Sentence, mention: Mention) -> bool:
    """Return whether the last word of a leader's office stands before the surname: "President Moi", "General Videla"."""
    before = sentence.tokens[mention.first - 1].text if mention.first else ""
    return before[:1].isupper() and before.lower() in {*(mention.entry.office or "").split(), *RANKS_OF_RULERS}


def contemporaries(one: Entry, other: Entry, days: int) -> bool:
    """Return whether two held office within some days of each other."""
    begun = max(e.spell.since or dt.date.min for e in (one, other))
    ended = min(e.spell.until or dt.date.max for e in (one, other))
    return (begun - ended).days < days


GENERATION = 10 * 366
RANKS_OF_RULERS = frozenset(("general", "marshal", "colonel", "field-marshal", "chancellor", "president", "premier", "king"))


def _witnessed(
    found: dict[int, list[Mention]], parsed: ParsedDocument, index: ActorIndex, day: dt.date | None
) -> dict[int, list[Mention]]:
    """Choose among what a name may mean by what else the text names, and drop names that need a witness and have none."""
    everything = [mention for mentions in found.values() for mention in mentions]
    plain = {m.entry.code for m in everything if not m.entry.ambiguous and not _of_several_states(m)}
    plain |= {match.entries[0].code for match in index.find(parsed.document.title or "", day)}
    sentences = parsed.sentences
    several = plain | {m.entry.code for m in everything if m.entry.form == "name"}
    diplomatic = any(_acts(mention, sentences[mention.sentence]) for mention in everything)
    return {
        s: [
            _best_read(m, several if _of_several_states(m) else plain)
            for m in mentions
            if _has_witness(m, sentences[s], plain, diplomatic=diplomatic)
        ]
        for s, mentions in found.items()
    }


def _of_several_states(mention: Mention) -> bool:
    """Return whether a people lives in several states: whose it is is for the rest of the text to say."""
    return mention.entry.form == "group" and len({entry.code for entry in mention.entries}) > 1


def _best_read(mention: Mention, named: set[str | None]) -> Mention:
    """Put the reading first whose state or organisation the text names elsewhere, where the first one is named nowhere."""
    first = mention.entries[0]
    if len(mention.entries) == 1 or first.code in named:
        return mention
    other = next((e for e in mention.entries if e.code in named and e.form == first.form), None)
    if other is None:
        return mention
    rest = tuple(entry for entry in mention.entries if entry is not other)
    return Mention(mention.sentence, mention.first, mention.last, mention.head, (other, *rest), mention.day)


def _has_witness(mention: Mention, sentence: Sentence, plain: set[str | None], *, diplomatic: bool) -> bool:
    """A state's own name needs no more than not to be a person's; another's needs its state named in the text.

    In a text in which capitals act, one whose name is a person's too ("Sofia") is read as a capital.
    """
    if not mention.entry.ambiguous or mention.entry.code in plain or mention.entry.form == "institution":
        return True
    before = sentence.tokens[mention.first - 1].text.lower() if mention.first else ""
    if (
        mention.entry.form == "metonym"
        and before not in {"the", "a", "an", "’s", "'s"}
        and sentence.tokens[mention.head].pos == "PROPN"
    ):
        return True
    if before in {"in", "at", "inside", "near", "to", "from", "of", "with", "against", "between"}:
        return True
    if mention.entry.form == "group":
        token = sentence.tokens[mention.head]
        return token.dep in ("compound", "nmod:poss") and noun_lemma(sentence.tokens[token.head]) in MEN_OF_A_GROUP
    if mention.entry.form in ("organisation", "people") and before == "the":
        return _stands_alone(sentence, mention)
    if mention.entry.form not in ("name", "capital", "demonym", "people"):
        return False
    alone = mention.entry.form == "name" or (mention.entry.form == "capital" and diplomatic)
    return sentence.tokens[mention.head].entity != "PERSON" or (alone and _stands_alone(sentence, mention))


def _acts(mention: Mention, sentence: Sentence) -> bool:
    """Return whether a capital or seat of power stands for its state: no preposition puts something there."""
    entry = mention.entry
    plain = entry.form in ("capital", "metonym") and not entry.ambiguous
    return plain and sentence.first(mention.head, "case") is None and sentence.tokens[mention.head].relation in ACTING


ACTING = frozenset(("nsubj", "obj", "iobj", "conj"))


def _stands_alone(sentence: Sentence, mention: Mention) -> bool:
    """Return whether no other name touches a state's name: "Jordan closed its embassy", not "Michael Jordan", "Mr Jordan"."""
    beside = (mention.first - 1, mention.last + 1)
    return not any(0 <= i < len(sentence.tokens) and sentence.tokens[i].pos == "PROPN" for i in beside)


# --- people -------------------------------------------------------------------------------------------------------------


def find_people(sentence: Sentence, index: ActorIndex, mentions: list[Mention]) -> list[Person]:
    """Return the people named in a sentence: entities and known leaders, titles in front left out."""
    named = {i for m in mentions if m.entry.form not in ("leader", "surname") for i in range(m.first, m.last + 1)}
    spans = [span for span in _entity_spans(sentence) if not named.issuperset(range(span[0], span[1] + 1))]
    spans += [(m.first, m.last) for m in mentions if m.entry.form in ("leader", "surname")]
    taken: list[tuple[int, int]] = []
    for first, last in sorted(spans, key=lambda span: (span[0] - span[1], span[0])):
        if not any(first <= b and a <= last for a, b in taken):
            taken.append((first, last))
    known = {i for m in mentions if m.entry.form in ("leader", "surname") for i in range(m.first, m.last + 1)}
    people = (
        _person(sentence, *_without_titles(sentence, first, last, index, named, known), index) for first, last in sorted(taken)
    )
    return [person for person in people if person is not None]


def _entity_spans(sentence: Sentence) -> Iterator[tuple[int, int]]:
    """Yield the stretches of tokens that are people's; two without a word between them are one person's."""
    first = None
    for token in sentence.tokens:
        inside = token.entity == "PERSON"
        if first is not None and not inside:
            yield first, token.i - 1
            first = None
        if inside and first is None:
            first = token.i
    if first is not None:
        yield first, len(sentence.tokens) - 1


def _without_titles(
    sentence: Sentence, first: int, last: int, index: ActorIndex, named: set[int], known: set[int]
) -> tuple[int, int]:
    """Shorten a span by the titles, states and articles at its start and by what is no name at its end."""
    tokens = sentence.tokens
    while (
        first < last
        and first not in known
        and (
            _is_title(tokens[first], index)
            or first in named
            or tokens[first].pos in ("DET", "PART", "PUNCT")
            or _is_date(sentence, first)
        )
    ):
        first += 1
    while first > 0 and _is_first_name(tokens[first - 1], index, named) and not _is_date(sentence, first - 1):
        first -= 1
    while first < last and (tokens[last].pos in ("PUNCT", "PART", "ADP", "VERB", "AUX") or tokens[last].tag == "POS"):
        last -= 1
    return first, last


def _is_date(sentence: Sentence, i: int) -> bool:
    """Return whether a word before a person's name is the day: "On Monday Ursula …", not "April Glaspie"."""
    word = sentence.tokens[i].text.lower()
    if word in WEEKDAYS:
        return True
    before = sentence.tokens[i - 1] if i else None
    return word in MONTHS and before is not None and (before.pos in ("NUM", "ADP") or before.text.lower() in DATING)


def _is_first_name(token: Token, index: ActorIndex, named: set[int]) -> bool:
    """Return whether a token before a person's name is a part of it that the tagger left out."""
    plain = token.pos == "PROPN" and token.entity in ("", "PERSON") and token.text[:1].isupper() and token.text[1:2].islower()
    return plain and token.i not in named and not _is_title(token, index)


def _is_title(token: Token, index: ActorIndex) -> bool:
    word = token.text.lower()
    titles = (word, word.removesuffix("s"))
    return word in TITLES_OF_COURTESY or any(title in index.offices or title in index.title_words for title in titles)


def _person(sentence: Sentence, first: int, last: int, index: ActorIndex) -> Person | None:
    tokens = sentence.tokens[first : last + 1]
    if first == last and _is_title(tokens[0], index) and sentence.tokens[last].text.lower() in index.offices:
        return None
    if not tokens[0].text[:1].isupper() and not tokens[-1].text[:1].isupper():
        return None
    if first == last and tokens[0].tag == "NNPS":
        return None
    name = "".join(
        token.text + (" " if k + 1 < len(tokens) and tokens[k + 1].start > token.end else "") for k, token in enumerate(tokens)
    )
    return Person(sentence.index, first, last, head_of(sentence, first, last), name)
