"""A learned reader of political sentences: what stands between the actors that a sentence names."""

from en_entente_reader.reader import Reader, Reading, load_reader

__version__ = "0.4.0"
__all__ = ["Reader", "Reading", "__version__", "load_reader"]
