"""An article out of an HTML page. Runs in a worker: its input is hostile and its libraries are many."""

from __future__ import annotations

import re
from datetime import datetime

import trafilatura
from lxml.etree import SubElement
from lxml.html import HtmlElement
from trafilatura.utils import load_html

from bot.domain.articles import words_in
from bot.sources.extracted import Extracted, Refusal
from bot.sources.furniture import story_lines
from bot.sources.language import language_of
from bot.sources.metadata import PageFacts, facts_of
from bot.sources.plain import bare, plain
from bot.sources.sentences import abbreviations_in, sentences_of

# Captions tell of a picture, not the story; the rest is what sites call their boxes.
_BOX = (
    "newsletter", "signup", "sign-up", "subscribe-", "paywall", "promo-", "-promo", "related-", "read-more", "readmore",
    "most-read", "recirc",
    "cookie", "consent", "gdpr", "share-", "social-", "byline-bio", "author-bio", "taboola", "outbrain", "ad-slot",
    "visually-hidden", "sr-only",
)  # fmt: skip
_PRUNED = [
    "//figcaption | //noscript | //form | //button | //aside[not(ancestor::aside)][not(.//h1)]",
    "//*[self::div or self::section or self::ul or self::p or self::span]["
    + " or ".join(f"contains(concat(@class,' ',@id),'{box}')" for box in _BOX)
    + "][string-length(normalize-space(.)) < 700]",
    "//*[contains(@class,'caption')][string-length(normalize-space(.)) < 500]",
    "//*[self::div or self::section or self::article or self::ul or self::ol or self::li]["
    + " or ".join(
        f"contains(@class,'{part}')"
        for part in ("comment-content", "comment-body", "comment-text", "comment-list", "comments-list")
    )
    + "]",
]
_TAIL = re.compile(
    r"(?i)\b(subscri|sign (in|up)|log ?in|register|membership|premium|paywall|full access|trial|abonn|suscr|assin)"
)
_NOT_FOUND = re.compile(
    r"(?i)^(404\b.*|(page|article|story|content) (not|cannot be|can't be|could not be) found.*|not found|error \d{3}.*"
    r"|access denied.*|(just a moment|attention required|are you a robot|verify you are human|security check"
    r"|one more step|before you continue|pardon our interruption).*|you have been blocked.*|forbidden)$"
)
_GONE = re.compile(
    r"(?i)(the|this) (article|page|story) (you (have )?(requested|are looking for) |that you requested )?"
    r"(has been (archived|removed|deleted)|is no longer available|has expired|could not be found)\b"
)
# A story has sentences; the shortest agency flashes have about this many words.
_LEAST_WORDS = 35
# The longest essays have a third of this; beyond it lies a book, a log or an attack.
MOST_WORDS = 60_000
# Publishers let this much of a paid article be read.
_STUB_WORDS = 160
# No table's cell holds so many characters of paragraphs.
_CELL = 600
# An index lists many teasers, none of them prose.
_PROSE = 180


def article_of_page(body: bytes, url: str, charset: str, now: datetime) -> Extracted:
    """The article in an HTML page.

    Args:
        body: as it came, without content encoding.
        url: where it came from, after redirects; may be empty.
        charset: what the Content-Type header says; may be empty.
        now: dates beyond the day after are no dates of publication.

    Raises:
        Refusal: it is no HTML or holds no article that can be read.
    """
    tree = load_html(_decoded(body, charset))
    if tree is None:
        raise Refusal("is not an HTML page", unreadable=True)
    facts = facts_of(tree, url, now)
    lines = lines_of(tree, url, facts)
    refuse_unless_article(lines, facts, url)
    language = language_of(" ".join(lines), facts.language)
    short = abbreviations_in(lines)
    return Extracted(
        title=facts.title,
        site=facts.site,
        byline=tuple(facts.byline),
        published=facts.published,
        language=language,
        canonical=facts.canonical,
        paragraphs=tuple(tuple(sentences_of(line, language, short)) for line in lines),
    )


def lines_of(tree: HtmlElement, url: str, facts: PageFacts) -> list[str]:
    """The paragraphs of the story on the page, without furniture. Changes ``tree``."""
    _drop_hidden(tree)
    _unfold_layout(tree)
    _mend_lines(tree)
    _set_paragraphs(tree)
    text = trafilatura.extract(tree, url=url or None, fast=True, include_comments=False, prune_xpath=_PRUNED) or ""
    lines = [line for line in (plain(raw.strip().strip("|").strip()) for raw in text.split("\n")) if line]
    if len(lines) <= _GLUED:
        lines = [part for line in lines for part in _parted(line, tree, facts.title)]
    return story_lines([line.removeprefix("- ") for line in lines], facts.title, (facts.site, *facts.byline))


# No story has so few lines, but for the shortest.
_GLUED = 2


def _parted(line: str, tree: HtmlElement, title: str) -> list[str]:
    """The paragraphs of a line that the extractor glued, where it despaired, of title, byline and all."""
    paragraphs = [text for part in tree.iter("p") if (text := plain(part.text_content())) and text in line]
    titled = bool(title) and bare(title) in bare(line)
    return paragraphs if sum(map(len, paragraphs)) * 2 > len(line) or (titled and paragraphs) else [line]


_HIDING = re.compile(
    r"(?i)\b(?:display:\s*none|visibility:\s*hidden|font-size:\s*0(?![.\d])|(?:left|top|text-indent):\s*-\d{4,})"
)


def _drop_hidden(tree: HtmlElement) -> None:
    """Take out what no reader sees, but not a story that a script would show: that is most of its page."""
    whole = _prose_in(tree)
    for part in tree.xpath(".//*[@hidden or @style]"):
        unseen = "hidden" in part.attrib or _HIDING.search(part.get("style", ""))
        if unseen and part.getparent() is not None and _prose_in(part) * 2 <= whole:
            part.drop_tree()


def _prose_in(part: HtmlElement) -> int:
    """How many characters its paragraphs hold: scripts are text too."""
    return sum(len(paragraph.text_content()) for paragraph in part.iter("p"))


def _unfold_layout(tree: HtmlElement) -> None:
    """Make boxes of the tables that only lay a page out: read as tables, all their text would be one paragraph."""
    cells = [cell for cell in tree.iter("td") if _is_layout(cell)]
    for cell in cells:
        cell.tag = "div"
        for around in list(cell.iterancestors("tr", "tbody", "thead", "table")):
            around.tag = "div"


def _is_layout(cell: HtmlElement) -> bool:
    """Whether a table's cell holds running text rather than a value."""
    blocks = sum(1 for _ in cell.iterdescendants("p", "div", "br"))
    return blocks >= 2 and len(cell.text_content()) > _CELL


_PREFORMATTED = frozenset(("pre", "textarea", "code", "script", "style"))
_BREAK = re.compile(r"[^\S\xa0]*\n\s*")


def _mend_lines(tree: HtmlElement) -> None:
    """Make the source's own line breaks spaces, as a browser does: read as they stand, they would end paragraphs."""
    for part in tree.iter():
        kept = part.tag in _PREFORMATTED or "pre" in (part.get("style") or "")
        if part.text and "\n" in part.text and not kept:
            part.text = _BREAK.sub(" ", part.text)
        if part.tail and "\n" in part.tail:
            part.tail = _BREAK.sub(" ", part.tail)


_INLINE = frozenset("a abbr b cite em font i mark q s small span strong sub sup time u wbr".split())
# A box with so many characters of its own, between links and line breaks, is running text.
_RUNNING = 300


def _set_paragraphs(tree: HtmlElement) -> None:
    """Make paragraphs of text that stands bare in a box: each link in it would be taken for a line of its own."""
    for box in list(tree.iter("div")):
        own = [box.text or "", *(child.tail or "" for child in box)]
        tags = {child.tag for child in box}
        if "br" in tags and tags & _INLINE and sum(len(text.strip()) for text in own) >= _RUNNING:
            _wrap(box)


def _wrap(box: HtmlElement) -> None:
    """Put each stretch of a box between line breaks and other boxes into a paragraph."""
    children, text = list(box), box.text
    for child in children:
        box.remove(child)
    box.text = None
    line = SubElement(box, "p")
    line.text = text
    for child in children:
        if child.tag in _INLINE:
            line.append(child)
            continue
        tail, child.tail = child.tail, None
        if child.tag != "br":
            box.append(child)
        line = SubElement(box, "p")
        line.text = tail


def refuse_unless_article(lines: list[str], facts: PageFacts, url: str) -> None:
    """Tell pages that hold an article from those that do not.

    Raises:
        Refusal: with the reason.
    """
    text = " ".join(lines)
    words = words_in(text)
    if words < _STUB_WORDS and any(_GONE.match(line) for line in lines):
        raise Refusal(
            "says that its article is there no more.", "Save the article as a file if you have it, and add that."
        )
    if _NOT_FOUND.match(facts.title) and words < _STUB_WORDS:
        raise Refusal(
            f"answers with an error page or a check ({facts.title!r:.80}).",
            "Open the link in a browser; paste the text into a file if it shows there.",
        )
    if facts.paid and words < _STUB_WORDS:
        raise Refusal(
            f"shows only the beginning, {words} words: the publisher keeps the rest for subscribers.",
            "Save the whole article as a file if you may read it, and add that.",
        )
    if words < _LEAST_WORDS:
        raise Refusal(
            f"holds no article: {words} words of text.",
            "Give the address of one article, not of a list, a video or a login page.",
        )
    if words > MOST_WORDS:
        raise Refusal(f"holds {words} words: no article is so long.", "Give the address of one article.")
    longest = max(len(line) for line in lines)
    if words < _STUB_WORDS and _TAIL.search(" ".join(lines[-2:])) and longest < 2 * _PROSE:
        raise Refusal(
            f"shows only the beginning, {words} words, and asks to subscribe or log in.",
            "Save the whole article as a file if you may read it, and add that.",
        )
    root = re.fullmatch(r"https?://[^/]+/?(index\.\w+)?", url) is not None
    if not facts.has_article and (root or facts.kind == "website") and longest < _PROSE and len(lines) > 8:
        raise Refusal(
            "is an index of several articles, not an article.",
            "Give the address of one article, or add the site as a feed.",
        )
    if root and not facts.has_article and facts.kind != "article":
        raise Refusal(
            "is a site's front page, not an article.", "Give the address of one article, or add the site as a feed."
        )


def _decoded(body: bytes, charset: str) -> bytes | str:
    if charset:
        try:
            return body.decode(charset)
        except (LookupError, ValueError):
            pass
    return body
