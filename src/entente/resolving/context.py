"""A bare phrase with what surrounds it: the sentence that it stands in, or the state that it is about."""

from __future__ import annotations

from msgspec.structs import replace

from entente.records.actors import Actor
from entente.records.annotations import ParsedDocument, Reference, Sentence
from entente.resolving.actors import resolve_document, resolve_phrase
from entente.resolving.index import ActorIndex

NAMING = ("name", "demonym", "people", "capital", "metonym")


def resolve_in_context(phrase: ParsedDocument, context: ParsedDocument | None, index: ActorIndex) -> Actor:
    """Return the actor that a phrase names: as its context shows it, else by itself, else within the context's only state.

    Args:
        phrase: The phrase alone; the day is its document's.
        context: A sentence that holds the phrase, or any words that name its state ("Mexico", "German"); None: no context.
        index: The names.
    """
    alone = resolve_phrase(phrase, index)
    if context is None:
        return alone
    text = phrase.document.text
    seen = _read_in(context, text, index)
    if seen is not None:
        return replace(seen, text=text, sector=seen.sector or alone.sector)
    if alone.code is not None or not _names_somebody(phrase, alone):
        return alone
    code = _only_state(context.document.text, phrase, index)
    if code is None:
        return alone
    name = index.names.get(code, code)
    return replace(alone, code=code, reason=f"the context names {name}")


def _read_in(context: ParsedDocument, text: str, index: ActorIndex) -> Actor | None:
    """Return the first actor with a code that the phrase refers to where it stands in the context."""
    start = context.document.text.find(text)
    if start < 0 or not text:
        return None
    resolved = resolve_document(context, index)
    for sentence in context.sentences:
        for i in _heads(sentence, start, start + len(text)):
            reference: Reference | None = resolved.references.get((sentence.index, i))
            found = next((a for a in reference.actors if a.code is not None), None) if reference else None
            if found is not None:
                return found
    return None


def _heads(sentence: Sentence, start: int, end: int) -> list[int]:
    """Return the tokens of a span, those first that hang on something outside it."""
    inside = {t.i for t in sentence.tokens if t.start < end and start < t.end}
    return sorted(inside, key=lambda i: (sentence.tokens[i].head in inside and sentence.tokens[i].head != i, i))


def _names_somebody(phrase: ParsedDocument, alone: Actor) -> bool:
    """Return whether a phrase that nothing resolves is a role or a name all the same."""
    return alone.sector is not None or any(t.pos == "PROPN" for sentence in phrase.sentences for t in sentence.tokens)


def _only_state(text: str, phrase: ParsedDocument, index: ActorIndex) -> str | None:
    """Return the code of the state that a text names, None where it names none or several."""
    matches = index.find(text, phrase.document.published)
    codes = {match.entries[0].code for match in matches if match.entries[0].form in NAMING}
    return next(iter(codes)) if len(codes) == 1 else None
