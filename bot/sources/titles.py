"""What a page calls its article, where it does not say so itself: its headings tell a title from a site's name."""

from __future__ import annotations

import re
from urllib.parse import urljoin, urlsplit

from lxml.html import HtmlElement

from bot.sources.plain import bare, plain

# A site's name stands behind a bar, a dash or two; without spaces around it behind a full-width mark.
_SITE_NAME = re.compile(
    r"(?:\s+(?:[|»«·•–—-]|--|::)\s+(?P<spaced>(?:(?!\s[–—-]\s)[^|»«·•]){2,60})|\s*[：｜](?P<wide>[^：｜]{2,60}))$"
)
_LEADING_MARKS = re.compile(r"^[»›|•·\s]+(?=\S)")
# So few characters before a mark are no title; ideographs say as much in half of them.
_SHORTEST, _SHORTEST_WIDE = 12, 6
_LONGEST_TITLE = 500
# A name of fewer words may head any box of a page.
_TITLE_WORDS = 3
_HEADINGS = 40


def without_site(title: str, site: str) -> str:
    """``title`` without the site's name behind a mark at its end."""
    title = _LEADING_MARKS.sub("", title)
    while match := _SITE_NAME.search(title):
        tail = bare(match["spaced"] or match["wide"])
        least = _SHORTEST if match["spaced"] else _SHORTEST_WIDE
        if match.start() < least or not (bare(site) and (tail in bare(site) or bare(site) in tail)):
            break
        title = title[: match.start()].rstrip()
    return title


def title_in(tree: HtmlElement, url: str) -> str:
    """The title among a page's headings and its ``title`` element; empty where it has neither.

    Args:
        tree: the page.
        url: its address: a heading that links to a page above it bears the site's name.
    """
    whole = _text(next(tree.iter("title"), None))
    headings = [
        (part.tag, _text(part)) for part in list(tree.iter("h1", "h2", "h3"))[:_HEADINGS] if not _leads_up(part, url)
    ]
    own = [text for _, text in headings if len(text.split()) >= _TITLE_WORDS and _ends_with(whole, text)]
    if own:
        return max(own, key=len)
    first = next((text for tag, text in headings if tag == "h1" and text), "")
    return whole if whole and not _akin(first, whole) else first


def _ends_with(whole: str, part: str) -> bool:
    """Whether a page's ``title`` element begins or ends with a heading's words."""
    long, short = f" {bare(whole)} ", f" {bare(part)} "
    return long.startswith(short) or long.endswith(short)


def _akin(heading: str, whole: str) -> bool:
    """Whether a heading speaks of what the ``title`` element does before it comes to the site."""
    told = set(bare(re.split(r"\s(?:[|»«·•–—-]|--|::)\s", whole)[0]).split())
    return any(len(word) >= _TITLE_WORDS and word in told for word in bare(heading).split())


def _leads_up(part: HtmlElement, url: str) -> bool:
    """Whether a heading is or holds a link to its site's front or to a folder that the page lies in."""
    links = [*part.iterancestors("a"), *part.iter("a")]
    return any(_is_above(link.get("href") or "", url) for link in links)


def _is_above(href: str, url: str) -> bool:
    try:
        there, here = urlsplit(urljoin(url, href)), urlsplit(url)
    except ValueError:
        return False
    if not href or there.query or (here.hostname and there.hostname != here.hostname):
        return False
    folder = re.sub(r"(?:index|default)\.\w+$", "", there.path)
    return folder in ("", "/") or (folder.endswith("/") and here.path != folder and here.path.startswith(folder))


def _text(part: HtmlElement | None) -> str:
    return plain(part.text_content())[:_LONGEST_TITLE] if part is not None else ""
