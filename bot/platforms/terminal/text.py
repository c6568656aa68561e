"""Words from outside made safe for a terminal, and actions as someone would type them. Pure."""

from __future__ import annotations

import re
import unicodedata

from bot.messages.actions import Ask

# Explicit bidirectional controls reorder what stands after them, beyond the words they came with.
_BIDI_CONTROLS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_LINE_ENDS = re.compile("\r\n|[\n\r\u0085\u2028\u2029]")
_MARK = re.compile("[⁰¹²³⁴⁵⁶⁷⁸⁹]+")


def printable(text: str) -> str:
    """``text`` without anything a terminal would obey: control characters, reordering, lone surrogates.

    Line ends of every kind become line feeds, tabs a space.
    """
    unified = _LINE_ENDS.sub("\n", text).replace("\t", " ")
    return "".join(_shown(character) for character in unified)


def one_line(text: str) -> str:
    """``printable`` on one line, for headings and labels."""
    return " ".join(printable(text).split())


def safe_url(url: str) -> str | None:
    """The address where it is http or https and nothing in it could end a terminal's hyperlink, else None."""
    if not url.lower().startswith(("http://", "https://")) or printable(url) != url or " " in url or "\n" in url:
        return None
    return url


def is_mark(text: str) -> bool:
    """Whether a link's words are only a footnote's number."""
    return _MARK.fullmatch(text.strip()) is not None


def typed(action: Ask) -> str:
    """The command as one types it: ``who ilse-tamm``, ``quotes story:8ec41f20``."""
    if len(action.options) == 1 and action.options[0][0] in ("name", action.verb):
        return f"{action.verb} {one_line(action.options[0][1])}"
    pairs = (f"{name}:{_quoted(one_line(value))}" for name, value in action.options)
    return " ".join((action.verb, *pairs))


def _quoted(value: str) -> str:
    return f'"{value}"' if " " in value else value


def _shown(character: str) -> str:
    if character == "\n":
        return character
    if character in _BIDI_CONTROLS or unicodedata.category(character) == "Cc":
        return ""
    return "\ufffd" if unicodedata.category(character) == "Cs" else character
