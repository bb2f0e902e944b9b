"""The learned reader: sentences and their references in, judgements out."""

from entente.judging.judge import Judge, load_judge

__all__ = ["Judge", "load_judge"]
