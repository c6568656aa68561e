r"""Words from outside, so that Discord shows them as they are.

Discord takes a backslash before any punctuation as "show it as it is". What a backslash cannot disarm is broken with a
zero-width space: ``@everyone`` and ``@here``, which the server looks for in the raw text (every message forbids all
mentions besides). The library's own ``escape_markdown`` leaves mentions, lists, time stamps and all but the first of
two masked links, so it is not used.
"""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import quote, urlsplit, urlunsplit

GAP = "\u200b"

#: Marks wherever they stand (emphasis, code, spoiler, links, mentions, time stamps, custom emoji, quotes), and the
#: colons that make ``https://`` a link and ``:smile:`` a picture.
_MARKS = re.compile(r"[\\*_~|`\[\]<>]|:(?=//|[^\s:]+:)")
#: What is a mark only at the beginning of a line: heading, small print, list, numbered list.
_LINE_START = re.compile(r"(?m)^([^\S\n]*)(#|-(?=#|\s|$)|\+(?=\s|$)|\d*[.)](?=\s|$))")
_BROADCAST = re.compile(r"@(?=everyone|here)", re.IGNORECASE)
#: Control characters, and marks that turn the direction of everything after them, are no words.
_UNSHOWN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff]")
_BREAKS = re.compile("\r\n?|[\u2028\u2029\x85\x0b\x0c]")
_LONE = re.compile("[\ud800-\udfff]")
#: What a masked link's address may hold as it is; anything else could end the link.
_URL_SAFE = "-._~:/?#@!$&'*+,;=%"


def clean(text: str) -> str:
    """``text`` without what cannot be shown: control characters, turned directions, halves of characters."""
    return _LONE.sub("\ufffd", _UNSHOWN.sub("", _BREAKS.sub("\n", text)))


def escape(text: str, line_start: bool = True) -> str:
    """Markdown that shows ``text`` and nothing else: no looks, no links, no mentions, no pictures, no pings.

    ``line_start`` says whether it may stand at the beginning of a line; the lines after its own breaks always do.
    """
    marked = _MARKS.sub(r"\\\g<0>", clean(text))
    first, rest = ("", marked) if line_start else _first_line(marked)
    return _BROADCAST.sub(f"@{GAP}", first + _LINE_START.sub(_disarmed, rest))


def _first_line(text: str) -> tuple[str, str]:
    end = text.find("\n")
    return (text, "") if end < 0 else (text[: end + 1], text[end + 1 :])


def _disarmed(match: re.Match[str]) -> str:
    return f"{match[1]}{match[2][:-1]}\\{match[2][-1]}"


def one_line(text: str) -> str:
    """``text`` with every run of white space as one space: for titles, items and link words."""
    return " ".join(text.split())


def code(text: str) -> str:
    """``text`` to be typed, as code on one line; escaped text where it holds what code cannot."""
    words = one_line(clean(text))
    if not words:
        return ""
    if "``" in words:
        return escape(words)
    fence = "``" if "`" in words else "`"
    inner = f" {words} " if words.startswith("`") or words.endswith("`") else words
    return fence + _BROADCAST.sub(f"@{GAP}", inner).replace("<@", f"<{GAP}@") + fence


def link(text: str, url: str) -> str:
    """A masked link; where its words could be taken for an address or end the link, they stand before it.

    Discord refuses to mask an address behind another one, which is right: words that look like an address are shown
    as words, and a small arrow leads on.
    """
    words = one_line(clean(text))
    address = safe_url(url)
    if not address:
        return escape(words)
    if words and not re.search(r"[\[\]]|://|\bwww\.|discord\.(gg|com)", words, re.IGNORECASE):
        return f"[{escape(words)}]({address})"
    return f"{escape(words)} [↗]({address})".lstrip()


@lru_cache(maxsize=1024)  # a source is cited many times in one message, and measured as often
def safe_url(url: str) -> str:
    """The address as it may stand inside a masked link; empty where it is no web address."""
    try:
        parts = urlsplit(clean(url).strip())
        host = parts.netloc if parts.netloc.isascii() else parts.netloc.encode("idna").decode("ascii")
    except (ValueError, UnicodeError):
        return ""
    if parts.scheme.lower() not in ("http", "https") or not host:
        return ""
    scheme = parts.scheme.lower()
    return urlunsplit((scheme, quote(host, safe=_URL_SAFE), *(quote(part, safe=_URL_SAFE) for part in parts[2:])))
