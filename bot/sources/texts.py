"""An article out of a plain text: a file, or what someone pipes in. Also runs in a worker."""

from __future__ import annotations

import re
from datetime import datetime

from bot.sources.extracted import Extracted, Refusal
from bot.sources.furniture import outlet_named, story_lines
from bot.sources.language import language_of
from bot.sources.metadata import instant
from bot.sources.pages import MOST_WORDS
from bot.sources.plain import plain
from bot.sources.sentences import abbreviations_in, sentences_of

_HEADER = re.compile(
    r"(?i)^(title|headline|by|author|byline|outlet|publisher|source|published|date|url|link|language)\s*:\s*(\S.*)$"
)
_SENTENCE_END = re.compile(r"[.!?…][\"'”’»)\]]*$|[。！？।]$")
_LONGEST_TITLE = 160
_LEAST_WORDS = 8


def article_of_text(body: bytes, charset: str, now: datetime) -> Extracted:
    """The article in a plain text.

    A first line that ends no sentence and stands before longer ones is the title; lines at the top such as
    ``Published: 2026-01-10`` are facts. Paragraphs are separated by blank lines, or where there is
    none by line breaks.

    Raises:
        Refusal: it is empty, no text, or too short for a digest.
    """
    text = _decoded(body, charset)
    facts, rest = _headers(text.split("\n"))
    lines = _paragraphs(rest)
    title = facts.get("title", "")
    if not title and len(lines) > 2 and _is_title(lines[0], lines[1]):
        title, lines = lines[0], lines[1:]
    source = facts.get("outlet", "") or outlet_named(lines)
    story = story_lines(lines, title, (source,) if source else ())
    if len(" ".join(story).split()) < _LEAST_WORDS and sum(map(len, story)) < 40:
        raise Refusal("holds too few words for an article.", "Check that it is the file you mean.")
    if sum(len(line.split()) for line in story) > MOST_WORDS or len(story) > MOST_WORDS // 5:
        raise Refusal("holds more than any article.", "Give a file of one article.")
    language = language_of(" ".join(story), facts.get("language", ""))
    short = abbreviations_in(story)
    return Extracted(
        title=title,
        source=source,
        byline=tuple(part for part in re.split(r"\s*(?:;|,|\band\b)\s*", facts.get("byline", "")) if part),
        published=instant(facts["published"], now) if "published" in facts else None,
        language=language,
        canonical=facts.get("url", "") if re.match(r"https?://\S+$", facts.get("url", "")) else "",
        paragraphs=tuple(tuple(sentences_of(line, language, short)) for line in story),
    )


def looks_like_html(body: bytes) -> bool:
    """Whether the first bytes are those of an HTML page."""
    head = body[:2048].lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").lower().replace(b"\x00", b"")
    return head.startswith((b"<!doctype html", b"<html", b"<head", b"<body", b"<!--", b"<?xml")) or b"<html" in head


def _decoded(body: bytes, charset: str) -> str:
    if body[:2] in (b"\xff\xfe", b"\xfe\xff"):
        charset = "utf-16"
    for name in (charset, "utf-8-sig"):
        try:
            text = body.decode(name) if name else ""
        except (LookupError, ValueError):
            continue
        if text:
            return _text(text)
    if _is_binary(body):
        raise Refusal("is not text.", "Give a text or HTML file, or an address.", unreadable=True)
    return _text(body.decode("cp1252", errors="replace"))


def _text(text: str) -> str:
    if "\x00" in text:
        raise Refusal("is not text.", "Give a text or HTML file, or an address.", unreadable=True)
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n\n")


def _is_binary(body: bytes) -> bool:
    sample = body[:4096]
    return b"\x00" in sample or sum(byte < 9 or 13 < byte < 32 for byte in sample) > len(sample) // 50


_NAMES = {
    "headline": "title",
    "by": "byline",
    "author": "byline",
    "publisher": "outlet",
    "source": "outlet",
    "date": "published",
    "link": "url",
}


def _headers(lines: list[str]) -> tuple[dict[str, str], list[str]]:
    """The facts at the top of a text, and the lines after them."""
    facts: dict[str, str] = {}
    for number, line in enumerate(lines):
        match = _HEADER.match(plain(line))
        if match:
            name = match[1].lower()
            facts.setdefault(_NAMES.get(name, name), match[2])
        elif line.strip():
            return facts, lines[number:]
    return facts, []


def _paragraphs(lines: list[str]) -> list[str]:
    """Paragraphs: blocks between blank lines where lines are wrapped, else one a line."""
    text = [plain(line) for line in lines]
    full = [line for line in text if line]
    wrapped = [line for line in full if not _SENTENCE_END.search(line)]
    blocks = "\n".join(text).strip().split("\n\n")
    if len(blocks) > 1 and len(wrapped) > len(full) // 2 and len(full) > len(blocks) * 1.5:
        return [" ".join(block.split("\n")).strip() for block in blocks if block.strip()]
    return full


def _is_title(first: str, second: str) -> bool:
    return len(first) <= _LONGEST_TITLE and len(first) < len(second) and not _SENTENCE_END.search(first)
