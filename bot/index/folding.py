"""Names in small ASCII letters: what is left when case, accents, script and punctuation are set aside."""

from __future__ import annotations

import unicodedata

from anyascii import anyascii

LONGEST = 400  #: characters of a name or question that are looked at

# Sounds that these scripts write with two letters, and others with one.
_PAIRS = (("дж", "j"), ("μπ", "b"), ("ντ", "d"), ("γκ", "g"), ("τζ", "j"), ("ου", "u"))

# Apostrophes and the like join what they stand between; any other sign parts it.
_JOINING = dict.fromkeys(map(ord, "'`´’‘ʼʻʹ′\"“”„"))
_PLAIN = {code: chr(code).lower() if chr(code).isalnum() else " " for code in range(128)} | {
    ord(sign): None for sign in "'`\""
}


def fold(text: str) -> bytes:
    """The words of ``text`` in a-z and 0-9, each parted by one space; empty where nothing can be read."""
    text = text[:LONGEST]
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text.casefold().translate(_JOINING))
        text = "".join([c for c in text if not unicodedata.combining(c)])
        if not text.isascii():
            for pair, single in _PAIRS:
                text = text.replace(pair, single)
            text = anyascii(text)
    return " ".join(text.translate(_PLAIN).split())[:LONGEST].encode()
