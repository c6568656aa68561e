"""Words from outside, made fit to stand in Slack's fields. The one place where anything is escaped."""

from __future__ import annotations

import re

from bot.messages.fit import cut

# Controls that terminals obey and JSON or people cannot use, lone surrogates, and the marks that turn the direction of
# what follows: with those, words can pass for other words.
_UNWANTED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u2028-\u202e\u2066-\u2069\ufeff]")
# How Slack writes mentions. Our fields show it as it stands, but words outlive their field: an invisible joiner makes
# sure that no copy, quotation or later reader of the text calls a whole channel.
_MENTION = re.compile("<(?=[!@#])")
_JOINER = "\u2060"


def clean(text: str) -> str:
    """The words without what is no word: controls, lone surrogates, marks that reverse the reading direction.

    What Slack would read as a mention stays to be seen, and comes apart.
    """
    words = _UNWANTED.sub("", text.replace("\r\n", "\n").replace("\t", " "))
    return _MENTION.sub(f"<{_JOINER}", words)


def escaped(text: str) -> str:
    """The words for the fields that Slack reads as markup (a message's ``text``): mentions and links come out inert."""
    return clean(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def unescaped(text: str) -> str:
    """What a person typed, out of the three entities that Slack puts for ``& < >``."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def one_line(text: str, otherwise: str = "–") -> str:
    """The cleaned words with their white space as single blanks; ``otherwise`` where nothing is left to show."""
    return " ".join(clean(text).split()) or otherwise


def units(text: str) -> int:
    """The length as the strictest counter has it, in UTF-16 units."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def label(text: str, limit: int) -> str:
    """One line of at most ``limit`` units, for a button, a title, an option; never empty."""
    return cut(one_line(text), limit, units)
