"""What a page says about its article: title, byline, outlet, date, language, canonical address.

The publisher's own statements first (JSON-LD, then meta elements), trafilatura's findings where those are silent.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from email.utils import parsedate_to_datetime
from html import unescape
from typing import Any
from urllib.parse import urljoin, urlsplit

from lxml.html import HtmlElement
from trafilatura.metadata import extract_metadata

from bot.sources.plain import bare, plain
from bot.sources.titles import title_in, without_site

_ARTICLE_TYPES = frozenset(
    "article newsarticle reportagenewsarticle analysisnewsarticle opinionnewsarticle backgroundnewsarticle "
    "reviewnewsarticle blogposting liveblogposting report scholarlyarticle socialmediaposting techarticle".split()
)
_DATE_META = (
    "article:published_time", "og:article:published_time", "datepublished", "date", "pubdate", "publishdate",
    "publish-date", "parsely-pub-date", "sailthru.date", "dc.date", "dc.date.issued", "dcterms.created",
    "cxenseparse:recs:publishtime",
    "article.published", "published_time", "originalpublicationdate", "timestamp",
)  # fmt: skip
_NO_AUTHOR = re.compile(
    r"(?i)^(admin|posted by|authors?|text size\b.*|editor(ial)?( team| staff| board)?|"
    r"staff( (writer|reporter|report)s?)?|newsroom|web ?desk|news desk|https?://.*|.*@.*|unknown|none)$"
)
# What systems and sections call themselves where the site's own name belongs.
_NO_SITE = re.compile(
    r"(?i)^(?:the )?(?:u\.?s\.?a?\.?|u\.?k\.?|world|home(?: ?page)?|news|business|sports?|politics|technology|"
    r"entertainment|opinion|blog(?:ger|s)?|hosted|wordpress|(?:my |web)?site|my blog|letters to the editor)$"
)
# A writer's agency or post, and the day that some templates print in the same line.
_POST = re.compile(
    r"(?i),\s*(?:the )?(?:associated press|ap|reuters|afp|cnn|usa today|"
    r".{0,40}\b(?:writer|reporter|correspondent|editor|staff|press|desk))$|\s+(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b.*$"
)
_NO_NAME = re.compile(
    r"(?i)^(?:(?:January|February|March|April|May|June|July|August|September|October|November|December|"
    r"Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b[ .,\d]*|.*\b(?:Com|Net|Org)|"
    r"(?:photos?|picture|image|video) by\b.*|.*\b(?:published|updated|logged)\b.*)$"
)
# A blog's template has its writer say what stands below.
_SAYS = re.compile(r"\s+(?:says|writes|wrote)$")
_FROM_BY = re.compile(r"(?i)^(by|von|par|por|di|door)\s+")
# Where a page gives a day without a time, noon UTC is that day nearly everywhere on Earth.
_NOON = time(12, tzinfo=UTC)
# What is dated before the web or after tomorrow is a template's mistake.
_FIRST_YEAR = 1990
_DEPTH = 6
_AUTHORS = 12
# A site's name that begins a title is short, and none is longer.
_TITLE_WORDS, _SITE_WORDS = 3, 9
_SECTIONS = re.compile(r"\s[|»·•–—-]\s")


@dataclass(slots=True)
class PageFacts:
    """The statements of one page."""

    title: str = ""
    site: str = ""
    byline: list[str] = field(default_factory=list)
    published: datetime | None = None
    language: str = ""
    canonical: str = ""
    paid: bool = False  #: the publisher says that the text is for subscribers
    kind: str = ""  #: og:type, in lower case
    has_article: bool = False  #: JSON-LD describes an article


def facts_of(tree: HtmlElement, url: str, now: datetime) -> PageFacts:
    """Read the statements of ``tree``, fetched from ``url`` (may be empty); dates after ``now`` + 1 day are refused."""
    meta = _meta(tree)
    linked = list(_linked_data(tree))
    article = next((item for item in linked if _types(item) & _ARTICLE_TYPES), {})
    found = extract_metadata(tree, default_url=url or None, date_config=None)
    facts = PageFacts(
        title=_first(meta.get("og:title"), article.get("headline"), title_in(tree, url), found.title),
        site=_site_of(
            _name(article.get("publisher")), meta.get("og:site_name"), meta.get("application-name"), found.sitename
        ),
        byline=_byline(article.get("author"), meta, found.author),
        published=_published(article, meta, tree, now) or _guessed(found.date, url, now),
        language=_first(
            tree.get("lang"),
            tree.get("{http://www.w3.org/XML/1998/namespace}lang"),
            article.get("inLanguage"),
            meta.get("og:locale"),
            meta.get("content-language"),
        ),
        canonical=_canonical(tree, meta, url),
        paid=any(str(item.get("isAccessibleForFree", "")).lower() == "false" for item in linked),
        kind=plain(meta.get("og:type", "")).lower(),
        has_article=bool(article),
    )
    if len(facts.site.split()) > _SITE_WORDS:
        facts.site = _SECTIONS.split(facts.site)[0]
    if _is_titled(facts.site, facts.title):
        facts.site = ""
    # Some templates escape a title once more than they should, or twice.
    facts.title = without_site(plain(unescape(unescape(facts.title))), facts.site)
    return facts


def _is_titled(site: str, title: str) -> bool:
    """Whether the title stands where the site's name belongs: whole, as a template has it, or up to its first mark."""
    words = len(site.split())
    begun = words >= _TITLE_WORDS and bare(title).startswith(bare(site))
    return begun or words > _SITE_WORDS or bare(site) == bare(title)


def _site_of(*names: object) -> str:
    """The first name that is a site's own."""
    return _first(*(name for name in names if isinstance(name, str) and not _NO_SITE.match(plain(name))))


def instant(text: str, now: datetime) -> datetime | None:
    """The moment that ``text`` names, in UTC; noon where it names a day alone; None where it names no likely one."""
    text = text.strip()
    if not 8 <= len(text) <= 64:
        return None
    for read in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            moment = read(text)
            moment = (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
        except (ValueError, OverflowError):
            continue
        if re.fullmatch(r"\d{4}-?\d\d-?\d\d", text):
            moment = datetime.combine(moment.date(), _NOON)
        return moment if moment.year >= _FIRST_YEAR and moment <= now + timedelta(days=1) else None
    return None


def _published(article: dict[str, Any], meta: dict[str, str], tree: HtmlElement, now: datetime) -> datetime | None:
    stated = [article.get("datePublished"), *(meta.get(name) for name in _DATE_META), article.get("dateCreated")]
    stated += tree.xpath("//time[@itemprop='datePublished' or @pubdate]/@datetime")[:1]
    stated += tree.xpath("//article//time/@datetime")[:1]
    # Where all times on a page are of one day, that day is the story's.
    times = tree.xpath("//time/@datetime")
    stated += times[:1] if len({moment.date() for text in times if (moment := instant(text, now))}) == 1 else []
    for text in stated:
        if isinstance(text, str) and (moment := instant(text, now)):
            return moment
    return None


# "/2011/POLITICS/08/13/": sections may stand between.
_DAY_IN_PATH = re.compile(r"/((?:19|20)\d\d)[/-](?:[A-Za-z_-]+/){0,3}(\d\d?)[/-](\d\d?)(?=[/.-]|$)")


def _guessed(guess: str | None, url: str, now: datetime) -> datetime | None:
    """The day in a page's address, else the one that its text seems to name, but for a mere year's first."""
    named = _DAY_IN_PATH.search(urlsplit(url).path)
    if named or (guess and guess.endswith("-01-01")):
        guess = f"{named[1]}-{named[2]:0>2}-{named[3]:0>2}" if named else None
    try:
        day = datetime.fromisoformat(guess) if guess else None
    except ValueError:
        return None
    return datetime.combine(day.date(), _NOON) if day and day.date() <= now.date() else None


def _meta(tree: HtmlElement) -> dict[str, str]:
    found: dict[str, str] = {}
    for element in tree.iterfind(".//meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop") or element.get("http-equiv")
        if name and (content := plain(element.get("content") or "")):
            found.setdefault(name.strip().lower(), content[:2000])
    return found


def _linked_data(tree: HtmlElement) -> Iterator[dict[str, Any]]:
    for text in tree.xpath("//script[@type='application/ld+json']/text()")[:20]:
        try:
            value = json.loads(text, strict=False)
        except (ValueError, RecursionError):
            continue
        yield from _objects(value, _DEPTH)


def _objects(value: object, depth: int) -> Iterator[dict[str, Any]]:
    if isinstance(value, list) and depth:
        for each in value[:50]:
            yield from _objects(each, depth - 1)
    elif isinstance(value, dict):
        yield value
        for key in ("@graph", "mainEntity", "mainEntityOfPage", "hasPart"):
            if depth and isinstance(value.get(key), dict | list):
                yield from _objects(value[key], depth - 1)


def _types(item: dict[str, Any]) -> set[str]:
    kind = item.get("@type")
    return {str(each).lower() for each in (kind if isinstance(kind, list) else [kind])}


def _name(value: object) -> str:
    if isinstance(value, list):
        value = value[0] if value else ""
    if isinstance(value, dict):
        value = value.get("name")
    return plain(value) if isinstance(value, str) else ""


def _byline(stated: object, meta: dict[str, str], guess: str | None) -> list[str]:
    people = stated if isinstance(stated, list) else [stated]
    names = [_name(person) for person in people[:_AUTHORS]]
    if not any(names):
        names = [meta.get("author", "") or meta.get("parsely-author", "") or meta.get("dc.creator", "")]
    if not any(names):
        names = unescape(guess or "").split(";")
    found: list[str] = []
    for name in names:
        for each in re.split(r"\s*(?:;|\band\b|&|\|)\s*", _FROM_BY.sub("", plain(unescape(name)))):
            part = _SAYS.sub("", _POST.sub("", each)).strip(" -–—:")
            # Who owns a page has not written it.
            if _NO_NAME.match(part) or (bare(part) and bare(part) in bare(meta.get("copyright", ""))):
                continue
            if 2 <= len(part) <= 100 and not _NO_AUTHOR.match(part) and part not in found:
                found.append(part)
    return found[:_AUTHORS]


def _canonical(tree: HtmlElement, meta: dict[str, str], url: str) -> str:
    """The address that the page claims, if it is of the same site and no less specific than ``url``.

    A page may not speak for another site: it could take the place of that site's article.
    """
    for claimed in (*tree.xpath("//link[@rel='canonical']/@href")[:1], meta.get("og:url", "")):
        if not claimed:
            continue
        try:
            address = urljoin(url, plain(claimed))
            parts, ours = urlsplit(address), urlsplit(url)
            if parts.scheme not in ("http", "https") or not parts.hostname or parts.username:
                continue
            same = not ours.hostname or _site(parts.hostname) == _site(ours.hostname)
        except ValueError:
            continue
        if same and len(address) <= 2000 and not (parts.path in ("", "/") and ours.path not in ("", "/")):
            return address
    return ""


def _site(host: str) -> str:
    return re.sub(r"^(www\d?|m|mobile|amp|edition)\.", "", host.lower().rstrip("."))


def _first(*values: object) -> str:
    return next((plain(value)[:2000] for value in values if isinstance(value, str) and plain(value)), "")
