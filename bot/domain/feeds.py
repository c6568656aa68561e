"""Feeds: what they list, which of it is new, when to ask again.

Everything here decides and nothing acts; time and chance are arguments. A feed is asked more often while it brings
news and less while it does not, never more often than its server allows.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Literal

from bot.domain.addresses import shown
from bot.domain.articles import canonical_url

SOONEST = timedelta(minutes=10)
LATEST = timedelta(hours=4)
# A server that asks us to wait, or keeps failing, is left alone at most this long.
LONGEST_WAIT = timedelta(hours=24)
# The first time, the newest few: a feed is for news, not for its archive.
FIRST_ENTRIES = 5
# What one poll takes; the rest is still listed next time.
MOST_ENTRIES = 30
MOST_CHANGED = 3
# A feed that brought news once and none for so long has probably moved.
SILENT_AFTER = timedelta(days=60)
# A page that cannot be had is asked for again with growing pauses, then given up.
PAGE_ATTEMPTS = 5
# Titles shorter than this repeat ("Correction", "Live"); longer ones tell an entry whose ids change with every answer.
_TELLING_TITLE = 25
_CHANGED_WITHIN = timedelta(hours=48)
_KEY, _PRINT = 8, 4
_RECORD = _KEY + _PRINT
_KEPT_KEYS = 3000

FeedState = Literal["active", "gone"]


@dataclass(frozen=True, slots=True)
class Entry:
    """One item of a feed."""

    id: str  #: the feed's own, possibly empty
    url: str  #: of the article's page; empty where the feed gives only text
    title: str
    published: datetime | None = None
    updated: datetime | None = None
    byline: tuple[str, ...] = ()
    content: str = ""  #: its HTML, where the feed carries more than a teaser


@dataclass(frozen=True, slots=True)
class FeedDocument:
    """A feed as it was parsed."""

    title: str
    site: str
    entries: tuple[Entry, ...]
    sha256: str  #: of the bytes
    ttl: timedelta | None = None  #: how often the feed itself asks to be read
    fault: str = ""  #: what is wrong with it though it could be read


@dataclass(frozen=True, slots=True)
class Waiting:
    """An entry whose page could not be had yet."""

    entry: Entry
    attempts: int
    next_try: datetime


@dataclass(frozen=True, slots=True)
class Known:
    """Which entries were taken already, oldest first: eight bytes of a key and four of what it said for each."""

    records: bytes = b""

    def table(self) -> dict[bytes, bytes]:
        """Key to fingerprint."""
        data = self.records
        return {data[i : i + _KEY]: data[i + _KEY : i + _RECORD] for i in range(0, len(data), _RECORD)}

    def plus(self, entries: Iterable[Entry], least: int = 0) -> Known:
        """With ``entries``, newest last; keeps the latest few thousand keys, or ``least`` where that is more."""
        table = self.table()
        for entry in entries:
            for key in keys_of(entry):
                table.pop(key, None)
                table[key] = fingerprint(entry)
        kept = list(table.items())[-max(_KEPT_KEYS, least) :]
        return Known(b"".join(key + mark for key, mark in kept))


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed that is read regularly, and how it is."""

    id: str
    url: str
    added: datetime
    next_try: datetime
    title: str = ""
    site: str = ""
    folder: str = ""
    state: FeedState = "active"
    interval: timedelta = SOONEST
    etag: str = ""
    last_modified: str = ""
    sha256: str = ""
    last_try: datetime | None = None
    last_success: datetime | None = None
    last_news: datetime | None = None
    items: int = 0  #: articles that became digests
    failures: int = 0  #: in a row
    error: str = ""  #: of the latest try, or what is wrong with what it brought
    known: Known = field(default=Known(), repr=False)
    waiting: tuple[Waiting, ...] = ()

    @property
    def name(self) -> str:
        """What people call it; an address without the keys that private feeds carry."""
        return self.title or shown(self.url)


@dataclass(frozen=True, slots=True)
class Choice:
    """What of a feed is to be read: entries never seen, and entries that say something else than before."""

    new: tuple[Entry, ...]
    changed: tuple[Entry, ...]
    passed_over: tuple[Entry, ...]  #: old ones of a first run: known from now on, never read


def feed_id(url: str) -> str:
    """The id of the feed at ``url``: eight hexadecimal digits of its canonical address.

    Raises:
        ValueError: ``url`` is not an http or https address.
    """
    return hashlib.sha256(canonical_url(url).encode()).hexdigest()[:8]


def keys_of(entry: Entry) -> tuple[bytes, ...]:
    """By what an entry is known again: its address, its id, its title where that is telling."""
    keys = []
    if entry.url:
        keys.append(f"u {_canonical(entry.url)}")
    if entry.id:
        keys.append(f"i {entry.id}")
    if len(entry.title) >= _TELLING_TITLE or not keys:
        keys.append(f"t {entry.title.casefold()}")
    return tuple(_hash(key, _KEY) for key in keys)


def fingerprint(entry: Entry) -> bytes:
    """What changes when an entry is corrected."""
    return _hash(f"{entry.title}\n{entry.updated.isoformat() if entry.updated else ''}", _PRINT)


def choice_of(feed: Feed, document: FeedDocument, now: datetime) -> Choice:
    """What of ``document`` is to be read, oldest first so that stories grow in their order."""
    table = feed.known.table()
    first = feed.last_success is None and not table
    newest = sorted(_once(document.entries), key=lambda e: (e.published or e.updated) or now, reverse=True)
    unknown = [entry for entry in newest if not any(key in table for key in keys_of(entry))]
    if first:
        return Choice(tuple(reversed(unknown[:FIRST_ENTRIES])), (), tuple(unknown[FIRST_ENTRIES:]))
    changed = [entry for entry in newest if _says_else(entry, table, now)]
    if len(changed) * 2 > len(newest) > 4:
        # All of it changed at once: a template that stamps every answer, not corrections.
        changed = []
    return Choice(tuple(reversed(unknown[:MOST_ENTRIES])), tuple(changed[:MOST_CHANGED]), ())


def after_answer(feed: Feed, document: FeedDocument | None, choice: Choice | None, now: datetime) -> Feed:
    """``feed`` after its server answered; ``document`` is None where nothing had changed."""
    # What was wrong with an unchanged document is still wrong with it.
    fault = "" if feed.failures else feed.error
    feed = replace(feed, last_try=now, last_success=now, failures=0, error=fault)
    if document is None or choice is None:
        return feed
    read = (*choice.passed_over, *choice.new, *choice.changed)
    return replace(
        feed,
        title=document.title or feed.title,
        site=document.site or feed.site,
        sha256=document.sha256,
        error=document.fault,
        last_news=now if choice.new else feed.last_news,
        known=feed.known.plus(read, least=4 * len(document.entries)),
    )


def scheduled(
    feed: Feed,
    news: bool,
    now: datetime,
    chance: float,
    *,
    fresh_for: timedelta | None = None,
    ttl: timedelta | None = None,
) -> Feed:
    """``feed`` with its next try after a success.

    Args:
        feed: as it is after the answer.
        news: whether the answer brought any.
        now: the present.
        chance: in 0..1; spreads feeds that were added together.
        fresh_for: how long the server says its answer holds.
        ttl: how long the feed itself says.
    """
    interval = feed.interval / 2 if news else feed.interval * 1.25
    interval = min(max(interval, SOONEST), LATEST)
    asked = max(min(wait, LATEST) for wait in (fresh_for or timedelta(0), ttl or timedelta(0), timedelta(0)))
    return replace(feed, interval=interval, next_try=now + max(_spread(interval, chance), asked))


def after_failure(
    feed: Feed, error: str, now: datetime, chance: float, *, retry_after: timedelta | None = None, gone: bool = False
) -> Feed:
    """``feed`` after it could not be had: asked again with growing pauses, never before ``retry_after``."""
    failures = feed.failures + 1
    pause = min(SOONEST * 2 ** min(failures - 1, 10), LONGEST_WAIT)
    wait = max(_spread(pause, chance), min(retry_after or timedelta(0), LONGEST_WAIT))
    return replace(
        feed, last_try=now, failures=failures, error=error, next_try=now + wait, state="gone" if gone else feed.state
    )


def postponed(waiting: Waiting, now: datetime, retry_after: timedelta | None = None) -> Waiting | None:
    """``waiting`` after one more failed attempt; None where it is to be given up."""
    attempts = waiting.attempts + 1
    if attempts >= PAGE_ATTEMPTS:
        return None
    pause = max(SOONEST * 2**attempts, min(retry_after or timedelta(0), LONGEST_WAIT))
    return Waiting(waiting.entry, attempts, now + pause)


def queued(feed: Feed, choice: Choice, now: datetime) -> Feed:
    """``feed`` with what is to be read of it waiting; what already waits under the same address is not doubled."""
    there = {waiting.entry.url for waiting in feed.waiting if waiting.entry.url}
    entries = [entry for entry in (*choice.new, *choice.changed) if entry.url not in there]
    return replace(feed, waiting=(*feed.waiting, *(Waiting(entry, 0, now) for entry in entries)))


def settled(feed: Feed, waiting: Waiting, *, filed: bool, again: Waiting | None) -> Feed:
    """``feed`` after one of its entries was read: filed, given up, or to be read ``again`` later."""
    rest = tuple(each for each in feed.waiting if each.entry != waiting.entry)
    return replace(feed, waiting=(*rest, again) if again else rest, items=feed.items + filed)


def complaint(feed: Feed, now: datetime) -> str:
    """What is wrong with ``feed`` in one sentence; empty while all is well."""
    if feed.state == "gone":
        return f"{shown(feed.url)} is gone for good: remove it."
    if feed.failures:
        since = f"last read {feed.last_success:%Y-%m-%d %H:%M} UTC" if feed.last_success else "never read yet"
        again = f"next try {feed.next_try:%Y-%m-%d %H:%M} UTC"
        return f"{feed.error.rstrip('.')} ({feed.failures} in a row, {since}; {again})."
    if feed.error:
        return feed.error
    if feed.last_news and now - feed.last_news > SILENT_AFTER:
        return f"Nothing new since {feed.last_news:%Y-%m-%d}."
    return ""


def _says_else(entry: Entry, table: dict[bytes, bytes], now: datetime) -> bool:
    when = entry.updated or entry.published
    if when is None or now - when > _CHANGED_WITHIN or not entry.url:
        return False
    mark = table.get(keys_of(entry)[0])
    return mark is not None and mark != fingerprint(entry)


def _once(entries: Iterable[Entry]) -> list[Entry]:
    """Each entry once, as it is listed first."""
    seen: set[bytes] = set()
    kept = []
    for entry in entries:
        keys = keys_of(entry)
        if not seen.intersection(keys[:1]):
            kept.append(entry)
        seen.update(keys[:1])
    return kept


def _spread(wait: timedelta, chance: float) -> timedelta:
    """``wait`` give or take a tenth."""
    return wait * (0.9 + 0.2 * chance)


def _canonical(url: str) -> str:
    try:
        return canonical_url(url)
    except ValueError:
        return url


def _hash(text: str, length: int) -> bytes:
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=length).digest()
