"""Sentences that only say whose words the quotation before them is."""

from __future__ import annotations

import re

from bot.digesters.extractive.cues import CUES

_TRAILING = re.compile(
    r"[a-z]|[—–―]|"
    r"(?:He|She|They|I|(?!Their|His|Her|Its|Our|My|Your|This|That)[A-Z][\w’'-]+(?: [A-Z][\w’'-]+){0,2}) (?:"
    + "|".join(sorted(CUES))
    + r")\b"
)
# Behind a question or a cry a new sentence may tell at length who it was: ``Roe, a clerk at the port, asked softly.``
_ASKED = re.compile(
    r"(?:[A-Z]|the |an? )[^.:\"“”]{0,90}?\b(?:asked|asks|said|says|cried|shouted|yelled|screamed|wondered|declared"
    r"|replied|joked|responded|exclaimed|added|quipped|[Tt]weeted|wrote)"
    r"(?![^.]*\bthat\b)(?=[.,]|\s+(?:in|on|at|to|of|with|during|after|before|into|from|as|when|while|\w+ly)\b)"
    r"(?![^.]*[,:] [\"“])"
)
# "She replied to him that …" says something else.
_REPORTS_MORE = re.compile(r"[A-Z]\w+ \w+(?: \w+){0,3} that\b")


_LONGEST, _LONGEST_ASKED = 160, 240


def trails(text: str, closing: str) -> bool:
    """Whether a sentence only says who spoke the one before: ``he asked.``, ``— Ana Roe``.

    Args:
        text: the sentence.
        closing: the last character of the words quoted before it.
    """
    text = text.strip("'’ ")
    if text.endswith(":"):
        # What a colon ends leads on to what follows.
        return False
    if closing in "?!" and len(text) < _LONGEST_ASKED and _ASKED.match(text):
        return True
    if not text or len(text) >= _LONGEST:
        return False
    if not _TRAILING.match(text) or _REPORTS_MORE.match(text):
        return False
    # "It is over." He added that … begins anew.
    return closing not in ".,;" or not text[0].isupper() or len(text.split()) <= 6
