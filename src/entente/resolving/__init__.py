"""From mentions and a day to actors: names, roles, people, pronouns and descriptions."""

from entente.resolving.actors import resolve_document, resolve_phrase
from entente.resolving.index import ActorIndex

__all__ = ["ActorIndex", "resolve_document", "resolve_phrase"]
