"""Lines as Slack's rich text: typed parts, in which no word is ever markup."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any, assert_never
from urllib.parse import quote, urlsplit

from bot.messages.model import Code, Emphasis, Line, Link, Moment, Plain, Span, Strong
from bot.platforms.slack.limits import URL
from bot.platforms.slack.words import clean, escaped

Element = dict[str, Any]
_TELLABLE = 2 * URL
# What a reader would take for an address, to compare with the one that the link really opens.
_ADDRESS = re.compile(r"(?i)(?:https?://)?((?:[\w-]+\.)+[a-z]{2,24})(?![\w@])")
# Slack's mrkdwn formats with these; a line that holds none of them can be shown in small print as it is. Colons are
# harmless within a time and before a blank; elsewhere they may make an emoji.
_FORMATTING = re.compile(r"[*_~`@#|\\]|^\s*>|(?<!\d):(?=\S)|:(?=[^\s\d])", re.MULTILINE)


def parts(line: Iterable[Span], otherwise: str = "–") -> list[Element]:
    """The elements of a line, alike neighbours joined; never none, since Slack refuses an empty section."""
    elements: list[Element] = []
    for span in line:
        element = _part(span)
        if element is None:
            continue
        last = elements[-1] if elements else None
        if last and last["type"] == element["type"] == "text" and last.get("style") == element.get("style"):
            # Cleaned again: what neither half says, both together might.
            last["text"] = clean(last["text"] + element["text"])
        else:
            elements.append(element)
    if not any(element.get("text", "x").strip() for element in elements):
        return [text(otherwise)]
    return elements


def text(words: str, **style: bool) -> Element:
    """A run of words, styled as named: ``bold``, ``italic``, ``code``."""
    return {"type": "text", "text": words, **({"style": style} if style else {})}


def section(elements: Sequence[Element]) -> Element:
    """One paragraph."""
    return {"type": "rich_text_section", "elements": list(elements)}


def _part(span: Span) -> Element | None:
    words = clean(span.text)
    if not words:
        return _link(span.url, span.url) if isinstance(span, Link) else None
    match span:
        case Plain():
            return text(words)
        case Strong():
            return text(words, bold=True)
        case Emphasis():
            return text(words, italic=True)
        case Code():
            return text(words, code=True)
        case Link():
            return _link(words, span.url)
        case Moment():
            return _date(span, words)
        case _:
            assert_never(span)


def _link(words: str, url: str) -> Element:
    if not words.strip():
        words = url
    if address := safe_url(url):
        return {"type": "link", "url": address, "text": f"{words}{where_to(words, url)}"}
    # Too long for a link of Slack's: still told in full where a person could use it.
    told = clean(url) if len(url) <= _TELLABLE else f"{url[:_TELLABLE]}…"
    return text(f"{words} ({told})") if url.lower().startswith(("http://", "https://")) else text(words)


def _date(moment: Moment, words: str) -> Element:
    """Shown in each reader's own time; with the time of day only where ours has it."""
    form = "{date_short_pretty} {time}" if ":" in words else "{date_short_pretty}"
    return {"type": "date", "timestamp": int(moment.instant.timestamp()), "format": form, "fallback": words}


def safe_url(url: str) -> str:
    """The address as Slack takes it, or nothing where it takes none: too long, or not http."""
    address = quote(clean(url), safe="%/:?#[]@!$&'()*+,;=~-._")
    return address if len(address) <= URL and address.lower().startswith(("http://", "https://")) else ""


def where_to(words: str, url: str) -> str:
    """The real host in brackets, where the words look like the address of another one; else nothing."""
    host = (urlsplit(url).hostname or "") if _parses(url) else ""
    named = {match.lower() for match in _ADDRESS.findall(words)}
    if not named or all(_same_site(name, host) for name in named):
        return ""
    return f" ({host})" if host else ""


def _parses(url: str) -> bool:
    try:
        urlsplit(url)
    except ValueError:
        return False
    return True


def _same_site(name: str, host: str) -> bool:
    return name == host or host.endswith(f".{name}") or name == f"www.{host}"


def small_print(line: Line, limit: int) -> str | None:
    """The line as mrkdwn for a context block, or None where its words could be taken for formatting."""
    shown = []
    for span in line:
        words = clean(span.text)
        if _FORMATTING.search(words):
            return None
        inert = escaped(words)
        match span:
            case Link():
                address = safe_url(span.url)
                if not address or "|" in address or not words.strip():
                    return None
                shown.append(f"<{address.replace('&', '&amp;')}|{inert}{where_to(words, span.url)}>")
            case Code() if words.strip():
                shown.append(f"`{inert}`")
            case Plain() | Strong() | Emphasis() | Code() | Moment():
                shown.append(inert)
            case _:
                assert_never(span)
    small = "".join(shown)
    return small if small.strip() and len(small) <= limit else None
