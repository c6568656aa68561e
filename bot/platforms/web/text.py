"""Words from outside to safe HTML. Pure; the only place of the web platform where text becomes markup."""

from __future__ import annotations

import re
import unicodedata

from markupsafe import Markup, escape

_LINE_ENDS = re.compile("\r\n|[\n\r\u0085\u2028\u2029]")
_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_MARK = re.compile("[⁰¹²³⁴⁵⁶⁷⁸⁹]+")
# Text of these directions can move the neighbours about; <bdi> keeps it to itself.
_TURNING = frozenset({"R", "AL", "AN", "RLE", "RLO", "LRE", "LRO", "PDF", "RLI", "LRI", "FSI", "PDI"})


def clean(text: str) -> str:
    """``text`` without control characters; line ends of every kind are line feeds, lone surrogates U+FFFD."""
    return "".join(_kept(character) for character in _LINE_ENDS.sub("\n", text))


def html(text: str) -> Markup:
    """``text`` escaped, its line feeds as breaks, set apart where its direction could disturb what is around it."""
    lines = Markup("<br>").join(escape(line) for line in clean(text).split("\n"))
    return Markup("<bdi>{}</bdi>").format(lines) if _turns(text) else lines


def label(text: str) -> str:
    """``text`` on one line and not escaped, for an attribute or a heading."""
    return " ".join(clean(text).split())


def safe_url(url: str) -> str | None:
    """The address where it is http or https and one word, else None."""
    cleaned = clean(url)
    if cleaned != url or any(c.isspace() for c in url) or not url.lower().startswith(("http://", "https://")):
        return None
    return url


def mark_number(text: str) -> str | None:
    """The number of a footnote's mark in plain digits, or None where the words are anything else."""
    return text.translate(_SUPERSCRIPTS) if _MARK.fullmatch(text) else None


def _turns(text: str) -> bool:
    return not text.isascii() and any(unicodedata.bidirectional(character) in _TURNING for character in text)


def _kept(character: str) -> str:
    category = unicodedata.category(character)
    if category == "Cc":
        return character if character in "\n\t" else ""
    return "\ufffd" if category == "Cs" else character
