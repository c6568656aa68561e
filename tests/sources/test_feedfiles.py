from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.feeds import Entry, FeedDocument
from bot.ports import FoundFeed
from bot.sources.extracted import Refusal
from bot.sources.feedfiles import feed_of, feeds_on_page
from bot.sources.opml import opml_feeds, opml_text
from bot.sources.plain import plain

NOW = datetime(2026, 1, 13, 7, tzinfo=UTC)
URL = "https://wire.example/feeds/all.xml"

RSS = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/">
<channel><title>Sample &amp;amp; Wire</title><link>/</link><ttl>60</ttl>
<item><guid isPermaLink="false">urn:a1</guid><title>Lake &lt;b&gt;falls&lt;/b&gt;</title>
<link>../news/lake?utm_source=rss</link>
<pubDate>Mon, 12 Jan 2026 22:30:00 +0100</pubDate><dc:creator>Jonas Roe</dc:creator><description>Teaser.</description>
<content:encoded><![CDATA[<p>The lake fell by six metres.</p>]]></content:encoded></item>
</channel></rss>"""
ATOM = """<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom">
<title type="html">Sample &amp;amp; Wire</title>
<link href="https://wire.example/"/><entry><id>urn:a1</id><title type="html">Lake &lt;b&gt;falls&lt;/b&gt;</title>
<link href="/news/lake?utm_source=rss"/><published>2026-01-12T22:30:00+01:00</published>
<updated>2026-01-12T22:40:00+01:00</updated><author><name>Jonas Roe</name></author>
<content type="html">&lt;p&gt;The lake fell by six metres.&lt;/p&gt;</content></entry></feed>"""
JSON_FEED = json.dumps(
    {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Sample & Wire",
        "home_page_url": "https://wire.example/",
        "items": [
            {
                "id": "urn:a1",
                "url": "/news/lake?utm_source=rss",
                "title": "Lake falls",
                "content_html": "<p>The lake fell by six metres.</p>",
                "date_published": "2026-01-12T22:30:00+01:00",
                "authors": [{"name": "Jonas Roe"}],
            }
        ],
    }
)
SITEMAP = """<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"><url><loc>https://wire.example/old</loc></url>
<url><loc>https://wire.example/news/lake</loc><news:news>
<news:publication><news:name>Sample Wire</news:name>
<news:language>en</news:language></news:publication>
<news:publication_date>2026-01-12T22:30:00+01:00</news:publication_date>
<news:title>Lake falls</news:title></news:news></url></urlset>"""


def read(text: str | bytes, url: str = URL) -> FeedDocument:
    """The feed in a file."""
    found = feed_of(text.encode() if isinstance(text, str) else text, url, "", NOW)
    assert isinstance(found, FeedDocument)
    return found


@pytest.mark.parametrize("text", [RSS, ATOM, JSON_FEED], ids=["RSS", "Atom", "JSON Feed"])
def test_every_format_says_the_same(text: str) -> None:
    """Titles as words, addresses absolute, dates in UTC, the whole text where it is carried."""
    found = read(text)

    (entry,) = found.entries
    assert (found.title, found.site) == ("Sample & Wire", "https://wire.example/")
    assert (entry.id, entry.title, entry.byline) == ("urn:a1", "Lake falls", ("Jonas Roe",))
    assert entry.url == "https://wire.example/news/lake?utm_source=rss"
    assert entry.published == datetime(2026, 1, 12, 21, 30, tzinfo=UTC)
    assert entry.content == "<p>The lake fell by six metres.</p>"
    assert found.fault == ""


def test_a_news_sitemap_is_a_feed() -> None:
    """Its pages are entries, the newest first, under the outlet's name."""
    found = read(SITEMAP)

    assert found.title == "Sample Wire"
    assert [(e.url, e.title) for e in found.entries] == [
        ("https://wire.example/news/lake", "Lake falls"),
        ("https://wire.example/old", ""),
    ]
    assert found.entries[0].published == datetime(2026, 1, 12, 21, 30, tzinfo=UTC)


def test_an_index_of_sitemaps_names_its_likeliest_parts() -> None:
    """News before the rest, the latest before the earlier, and few of many."""
    parts = "".join(
        f"<sitemap><loc>https://wire.example/{n}.xml</loc><lastmod>2025-12-{n:02}</lastmod></sitemap>"
        for n in range(1, 30)
    )
    index = f"<sitemapindex>{parts}<sitemap><loc>https://wire.example/news.xml</loc></sitemap></sitemapindex>"

    found = feed_of(index.encode(), URL, "", NOW)

    assert found == ("https://wire.example/news.xml", "https://wire.example/29.xml", "https://wire.example/28.xml")


def test_how_often_a_feed_asks_to_be_read() -> None:
    """A feed's ttl is minutes."""
    assert read(RSS).ttl == timedelta(hours=1)


def test_a_broken_feed_gives_what_can_be_read() -> None:
    """A feed that stops in the middle gives its whole entries and says that it is not well-formed."""
    found = read(RSS.replace("</channel></rss>", "<item><title>Cut of"))

    assert [e.id for e in found.entries][:1] == ["urn:a1"]
    assert "not well-formed" in found.fault


@pytest.mark.parametrize(
    "link",
    [
        "javascript:alert(1)",
        "file:///etc/passwd",
        "http://user:pass@wire.example/",
        "http://[",
        "mailto:a@b.example",
        "data:text/html,x",
    ],
)
def test_links_that_are_no_pages_are_dropped(link: str) -> None:
    """What is neither http nor https, or carries credentials, is no entry's address."""
    assert read(RSS.replace("../news/lake?utm_source=rss", link)).entries[0].url == ""


def test_a_feed_dated_in_the_future_has_no_dates() -> None:
    """Entries from tomorrow's tomorrow would stay the newest for ever."""
    assert read(RSS.replace("2026 22:30", "2036 22:30")).entries[0].published is None


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("<!doctype html><html><body>News</body></html>", "web page, not a feed"),
        ('{"items": []}', "no JSON Feed"),
        ('{"version": ', "broken"),
        ("", "not a feed"),
        ("hello", "not a feed"),
        ("<urlset><url>", "sitemap"),
        ('<!DOCTYPE x [<!ENTITY a "b">]><urlset>&a;</urlset>', "sitemap"),
    ],
)
def test_what_is_no_feed_is_refused_with_the_reason(text: str, words: str) -> None:
    """Pages, other JSON and broken files are told apart."""
    with pytest.raises(Refusal, match=words):
        read(text)


def test_huge_feeds_are_bounded() -> None:
    """Entries and their texts are cut to what a worker can hand over."""
    items = "".join(
        f"<item><link>https://wire.example/{n}</link><description>{'word ' * 4000}</description></item>"
        for n in range(700)
    )

    found = read(f'<rss version="2.0"><channel><title>t</title>{items}</channel></rss>')

    assert len(found.entries) == 500
    assert sum(len(entry.content) for entry in found.entries) <= 1_600_000


@settings(max_examples=60, deadline=None)
@given(st.sampled_from([RSS, ATOM, JSON_FEED, SITEMAP]), st.data())
def test_a_damaged_feed_ends_in_entries_or_a_reason(text: str, data: st.DataObject) -> None:
    """Bytes cut out or put in anywhere break nothing that a worker would not catch."""
    body = bytearray(text.encode())
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(body)))
        body[at : at + data.draw(st.integers(0, 30))] = data.draw(st.binary(max_size=8))
    try:
        found = feed_of(bytes(body), URL, "", NOW)
    except (Refusal, ValueError, LookupError, AttributeError, TypeError, KeyError, IndexError):
        return  # the worker tells any error of a library in one way
    assert isinstance(found, tuple) or all(isinstance(entry, Entry) for entry in found.entries)


def test_a_page_offers_its_feeds() -> None:
    """Declared ones first, comments last, each once, whatever their address is relative to."""
    page = """<html><head><base href="/blog/">
    <link rel="alternate" type="application/rss+xml" title="Comments" href="comments/feed">
    <link rel="alternate" type="application/atom+xml" title="News" href="/news.atom">
    <link rel="stylesheet" type="text/css" href="a.css"><link rel="alternate" hreflang="de" href="/de"></head>
    <body><a href="feed/">RSS</a> <a href="/news.atom">Atom</a> <a href="javascript:x">feed</a></body></html>"""

    found = feeds_on_page(page.encode(), "https://wire.example/blog/post")

    assert [(each["url"], each["title"]) for each in found] == [
        ("https://wire.example/news.atom", "News"),
        ("https://wire.example/blog/feed/", "RSS"),
        ("https://wire.example/blog/comments/feed", "Comments"),
    ]


def test_opml_of_other_readers_is_read() -> None:
    """Folders nest, attributes come in any case, an address listed twice is one feed."""
    text = """<?xml version="1.0"?><opml version="1.1"><head><title>x</title></head><body><outline text="World">
    <outline title="Lakes"><outline text="Wire" XMLURL="https://wire.example/a" type="rss"/></outline></outline>
    <outline xmlUrl="https://wire.example/b" text=""/><outline text="twice" xmlUrl="https://wire.example/a"/></body></opml>"""

    assert opml_feeds(text.encode()) == [
        {"url": "https://wire.example/a", "title": "Wire", "folder": "World / Lakes"},
        {"url": "https://wire.example/b", "title": "", "folder": ""},
    ]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "<html/>",
        "<opml><body/></opml>",
        '<!DOCTYPE o [<!ENTITY a "b">]><opml><body><outline xmlUrl="&a;"/></body></opml>',
    ],
)
def test_what_is_no_opml_is_refused(text: str) -> None:
    """Nothing, other XML, an empty list, and entities."""
    with pytest.raises(Refusal):
        opml_feeds(text.encode())


_WORDS = st.text(alphabet=st.characters(exclude_categories=["C", "Z"]), max_size=20).map(plain).filter(bool)


@given(
    st.lists(
        st.builds(
            FoundFeed, st.integers().map(lambda n: f"https://wire.example/{n}?a=1&b=<x>"), _WORDS, _WORDS | st.just("")
        ),
        min_size=1,
        unique_by=lambda f: f.url,
    )
)
def test_what_is_exported_can_be_imported(feeds: list[FoundFeed]) -> None:
    """Addresses, titles and folders come back, whatever is in them."""
    found = [FoundFeed(**each) for each in opml_feeds(opml_text(feeds, "Lede & co", NOW).encode())]

    assert sorted(found, key=lambda f: f.url) == sorted(feeds, key=lambda f: f.url)
