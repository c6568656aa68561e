"""Names in small ASCII letters and digits: what is left when case, accents, script and punctuation are set aside."""

from __future__ import annotations

import re
import unicodedata

from anyascii import anyascii

from bot.index.heard import HEARD

LONGEST = 200  #: characters of a name or question that are looked at

# Apostrophes join what they stand between; any other sign parts it.
_JOINING = "'`´’‘ʼʻʹ′ʾʿ‛·"
_APOSTROPHES = dict.fromkeys(map(ord, _JOINING))
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


# Sounds that these scripts write with two letters, and others with one; and a vowel that Russian writes as a mere sign.
_PAIRS = (("дж", "j"), ("џ", "j"), ("μπ", "b"), ("ντ", "d"), ("γκ", "g"), ("τζ", "j"), ("ου", "u"))
_BULGARIAN_A = re.compile(r"ъ(?![еюяёи])")
_WORD = re.compile(r"[^\W\d_]+")


def _bare(text: str) -> str:
    """Greek and Cyrillic in small letters without accents, breves apart."""
    parts = unicodedata.normalize("NFKD", text.casefold())
    text = "".join(c for c in parts if not unicodedata.combining(c) or c == "\u0306")
    return unicodedata.normalize("NFC", text)


_HEARD = {_bare(form): word for form, word in HEARD.items()}


def _single(text: str) -> str:
    """Greek and Cyrillic with one letter for each sound, and foreign names as they are spelt where they come from."""
    text = _bare(text).translate(_APOSTROPHES)
    text = _WORD.sub(lambda word: _HEARD.get(word[0], word[0]), text)
    for pair, letter in _PAIRS:
        text = text.replace(pair, letter)
    return _BULGARIAN_A.sub("a", text)


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
