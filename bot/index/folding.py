"""Names in small ASCII letters and digits: what is left when case, accents, script and punctuation are set aside."""

from __future__ import annotations

import unicodedata

from anyascii import anyascii

LONGEST = 200  #: characters of a name or question that are looked at

# Apostrophes join what they stand between; any other sign parts it.
_JOINING = "'`´’‘ʼʻʹ′ʾʿ‛·"
_PLAIN = bytes(ord(chr(c).lower()) if chr(c).isalnum() else 32 for c in range(128)) + b" " * 128
_DROPPED = b"'`"


class _Folds(dict[int, str]):
    """What each character folds to, worked out when it is first met."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        if unicodedata.combining(character) or character in _JOINING:
            folded = ""
        else:
            parts = unicodedata.normalize("NFKD", character)
            folded = anyascii("".join(c for c in parts if not unicodedata.combining(c)))
        self[code] = folded
        return folded


_FOLDS = _Folds()


# Sounds that these scripts write with two letters, and others with one.
_PAIRS = (("дж", "j"), ("μπ", "b"), ("ντ", "d"), ("γκ", "g"), ("τζ", "j"), ("ου", "u"))


def _single(text: str) -> str:
    """Greek and Cyrillic with one letter for each sound."""
    parts = unicodedata.normalize("NFKD", text.casefold())
    text = "".join(c for c in parts if not unicodedata.combining(c) or c == "\u0306")
    for pair, letter in _PAIRS:
        text = text.replace(pair, letter)
    return unicodedata.normalize("NFC", text)


def fold(text: str) -> bytes:
    """The words of ``text`` in a-z and 0-9 with spaces between; of a text of mere signs, what the signs are."""
    text = text[:LONGEST]
    plain = text
    if not text.isascii():
        plain = (_single(text) if "\u0370" <= max(text) <= "\u04ff" else text).translate(_FOLDS)
    folded = plain.encode("ascii", "ignore").translate(_PLAIN, _DROPPED)
    if folded.isspace() or not folded:
        folded = " ".join(f"u{ord(c):x}" for c in text if not c.isspace()).encode()
    return folded
