"""Words from outside, made uniform once, before anything is counted or compared."""

from __future__ import annotations

import re
import unicodedata

# Characters that nobody sees: controls, soft hyphens, zero-width spaces, direction overrides, lone surrogates.
# The joiners U+200C and U+200D stay: whole scripts and emoji need them.
_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f"
    "\ud800-\udfff\ufeff\ufff9-\ufffc]"
)
_SPACE = re.compile(r"\s+")


def plain(text: str) -> str:
    """``text`` on one line in NFC: every run of white space one space, nothing invisible, typography untouched."""
    return _SPACE.sub(" ", unicodedata.normalize("NFC", _UNSEEN.sub("", text))).strip()


def bare(text: str) -> str:
    """``text`` as compared with other text: words alone, in lower case."""
    return re.sub(r"\W+", " ", text).strip().casefold()


def shortened(text: str, length: int) -> str:
    """``text``, cut at a word's end to at most ``length`` characters with an ellipsis where it is longer."""
    if len(text) <= length:
        return text
    kept = text[: length - 1]
    head, space, _ = kept.rpartition(" ")
    return (head if space and len(head) > length // 2 else kept).rstrip(" ,;:–—-") + "…"
