"""What the encoder sees of a word: its word pieces and its shape.

Training and run time both read words through this module, so that they cannot drift apart.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from hashlib import sha256
from typing import ClassVar, Final, NamedTuple

from tokenizers import Tokenizer

#: Typographic signs that news texts use and the encoder's vocabulary splits differently from their ASCII twins.
ASCII_TWINS: Final = str.maketrans(
    {
        "‘": "'",
        "’": "'",
        "‚": "'",
        "‛": "'",
        "`": "'",
        "´": "'",
        "“": '"',
        "”": '"',
        "„": '"',
        "«": '"',
        "»": '"',
        "‐": "-",
        "‑": "-",
        "‒": "-",
        "–": "-",
        "—": "-",
        "―": "-",
        "−": "-",
        "…": "...",
        "\u00a0": " ",
    }
)

#: A word shows at most this many pieces (a web address can have hundreds); the rest of it is not seen.
MAX_PIECES: Final = 10

#: Words whose reading is kept; then the memory starts anew, so that a long run does not grow.
KEPT_WORDS: Final = 50_000

UNKNOWN_PIECE: Final = "[UNK]"
START_PIECE: Final = "[CLS]"
END_PIECE: Final = "[SEP]"

#: Letter case and kind of a word, which the uncased encoder cannot see in the pieces.
SHAPES: Final = ("lower", "title", "upper", "initial", "mixed", "number", "digits_and_letters", "sign", "other")
SHAPE_INDEX: Final = {name: index for index, name in enumerate(SHAPES)}

#: Every shape comes twice: for a word after a space (or at the start), and for a word glued to the one before it.
SHAPE_COUNT: Final = 2 * len(SHAPES)


class Word(NamedTuple):
    """A word as the encoder sees it: piece ids (1 to ``MAX_PIECES``) and an index into ``SHAPES``."""

    pieces: tuple[int, ...]
    shape: int


def normalise_signs(text: str) -> str:
    """Return *text* with typographic quotes, apostrophes and dashes replaced by ASCII ones."""
    return text.translate(ASCII_TWINS)


def find_shape(text: str) -> int:
    """Return the index in ``SHAPES`` of the letter case and kind of *text*."""
    has_digit = any(character.isdigit() for character in text)
    letters = [character for character in text if character.isalpha()]
    if not letters:
        if has_digit:
            return SHAPE_INDEX["number"]
        is_sign = all(unicodedata.category(character)[0] in "PS" for character in text)
        return SHAPE_INDEX["sign" if is_sign else "other"]
    if has_digit:
        return SHAPE_INDEX["digits_and_letters"]
    upper = sum(letter.isupper() for letter in letters)
    lower = sum(letter.islower() for letter in letters)
    if not upper:
        return SHAPE_INDEX["lower" if lower else "other"]
    if upper == len(letters):
        return SHAPE_INDEX["initial" if upper == 1 else "upper"]
    if upper == 1 and letters[0].isupper():
        return SHAPE_INDEX["title"]
    return SHAPE_INDEX["mixed"]


class WordReader:
    """Turn words into ``Word`` records with the encoder's own tokenizer.

    Every word is read alone, so its pieces do not depend on its neighbours, and is kept once read.
    """

    _of_bytes: ClassVar[dict[bytes, WordReader]] = {}

    def __init__(self, tokenizer: Tokenizer) -> None:
        self.tokenizer = tokenizer
        self._known: dict[str, Word] = {}
        self.tokenizer.no_padding()
        self.tokenizer.no_truncation()
        self.unknown, self.start, self.end = (self.find_piece(piece) for piece in (UNKNOWN_PIECE, START_PIECE, END_PIECE))

    @classmethod
    def from_bytes(cls, serialised: bytes) -> WordReader:
        """Return the reader of the bytes of a ``tokenizer.json``: one of a kind, so that two networks read a word once."""
        digest = sha256(serialised).digest()
        if digest not in cls._of_bytes:
            cls._of_bytes[digest] = cls(Tokenizer.from_str(serialised.decode("utf-8")))
        return cls._of_bytes[digest]

    def find_piece(self, piece: str) -> int:
        """Return the number of a special piece.

        Raises:
            ValueError: The vocabulary lacks it, so it is not the encoder's.
        """
        number = self.tokenizer.token_to_id(piece)
        if number is None:
            raise ValueError(f"the tokenizer has no piece {piece!r}; it is not the one that the network was trained with")
        return number

    def read(self, texts: Iterable[str]) -> list[Word]:
        """Return one ``Word`` a text; a text without any known sign is one unknown piece."""
        texts = list(texts)
        if len(self._known) > KEPT_WORDS:
            self._known = {}
        known = self._known
        new = [text for text in dict.fromkeys(texts) if text not in known]
        if new:
            encodings = self.tokenizer.encode_batch([normalise_signs(text) for text in new], add_special_tokens=False)
            for text, encoding in zip(new, encodings, strict=True):
                known[text] = Word(tuple(encoding.ids[:MAX_PIECES]) or (self.unknown,), find_shape(text))
        return [known[text] for text in texts]
