"""Dating: words of time become spans of days, and predicates get them."""

from entente.dating.document import date_document

__all__ = ["date_document"]
