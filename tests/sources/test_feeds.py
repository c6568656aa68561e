from __future__ import annotations

from pathlib import Path

import pytest

from bot.domain.errors import NotAllowed, NotAnArticle, SourceError
from bot.sources.assembly import Sources
from tests.sources.site import Asked, Reply, Site

pytestmark = pytest.mark.anyio

XML = {"Content-Type": "application/rss+xml"}


def rss(title: str, *links: str) -> bytes:
    """A feed with those links."""
    items = "".join(f"<item><link>{link}</link></item>" for link in links)
    return f'<rss version="2.0"><channel><title>{title}</title>{items}</channel></rss>'.encode()


async def test_an_unchanged_feed_is_not_parsed(site: Site, sources: Sources) -> None:
    """Neither where the server says so nor where it sends the same bytes; its validators are kept."""

    def answer(asked: Asked) -> Reply:
        same = asked.headers.get("if-none-match") == '"1"'
        return Reply(b"" if same else rss("Wire", "/1"), 304 if same else 200, {} if same else XML | {"ETag": '"1"'})

    site.routes |= {"/feed": answer, "/plain": Reply(rss("Wire", "/1"), headers=XML)}
    first = await sources.feeds.feed(site.url("/feed"))
    plain = await sources.feeds.feed(site.url("/plain"))
    assert first.document is not None
    assert plain.document is not None

    again = await sources.feeds.feed(site.url("/feed"), first.validators, first.document.sha256)
    same = await sources.feeds.feed(site.url("/plain"), plain.validators, plain.document.sha256)

    assert (again.document, again.validators) == (None, first.validators)
    assert same.document is None


async def test_a_site_is_asked_for_its_feed(site: Site, sources: Sources) -> None:
    """The feed that a page declares is found; the page itself is none."""
    page = (
        b'<html><head><link rel="alternate" type="application/rss+xml" href="/news.rss"></head><body>Hi</body></html>'
    )
    site.routes |= {"/": Reply(page), "/news.rss": Reply(rss("Sample Wire", "/1"), headers=XML)}

    found = await sources.feeds.discover(site.url("/"))

    assert [(each.url, each.title) for each in found] == [(site.url("/news.rss"), "Sample Wire")]


async def test_a_feed_that_is_not_declared_is_looked_for(site: Site, sources: Sources) -> None:
    """The usual places are tried when a page says nothing."""
    site.routes |= {"/": Reply(b"<html><body>Hi</body></html>"), "/feed.xml": Reply(rss("Wire", "/1"), headers=XML)}

    found = await sources.feeds.discover(site.url("/"))

    assert [(each.url, each.title) for each in found] == [(site.url("/feed.xml"), "Wire")]


async def test_a_feed_is_found_under_its_own_address(site: Site, sources: Sources) -> None:
    """A feed's address is the feed, or where it has moved for good."""
    site.routes |= {
        "/feed": Reply(rss("Wire", "/1"), headers=XML),
        "/old": Reply(status=301, headers={"Location": "/feed"}),
    }

    found = [*await sources.feeds.discover(site.url("/feed")), *await sources.feeds.discover(site.url("/old"))]

    assert [(each.url, each.title) for each in found] == [(site.url("/feed"), "Wire")] * 2


async def test_a_site_without_a_feed_says_so(site: Site, sources: Sources) -> None:
    """No feed anywhere is an answer with what to do, after a few requests."""
    site.routes["/"] = Reply(b"<html><body>Hi</body></html>")

    with pytest.raises(NotAnArticle, match="offers no feed"):
        await sources.feeds.discover(site.url("/"))

    assert len(site.asked) < 12


async def test_declared_feeds_that_do_not_answer_are_not_offered_first(site: Site, sources: Sources) -> None:
    """A dead or private address in a page's head is passed over."""
    links = "".join(
        f'<link rel="alternate" type="application/rss+xml" href="{url}">'
        for url in ("http://10.0.0.1/feed", "/dead", "/alive")
    )
    page = f"<html><head>{links}</head><body>Hi</body></html>".encode()
    site.routes |= {"/": Reply(page), "/alive": Reply(rss("Wire", "/1"), headers=XML)}

    found = await sources.feeds.discover(site.url("/"))

    assert found[0].url == site.url("/alive")


async def test_an_index_of_sitemaps_is_read_through(site: Site, sources: Sources) -> None:
    """The pages of its likeliest parts are its entries; an index within an index is left."""
    parts = (f"<sitemap><loc>{site.url(path)}</loc></sitemap>" for path in ("/news.xml", "/again.xml"))
    index = f"<sitemapindex>{''.join(parts)}</sitemapindex>"
    site.routes |= {
        "/sitemap.xml": Reply(index.encode(), headers=XML),
        "/again.xml": Reply(index.encode(), headers=XML),
        "/news.xml": Reply(f"<urlset><url><loc>{site.url('/1')}</loc></url></urlset>".encode(), headers=XML),
    }

    answer = await sources.feeds.feed(site.url("/sitemap.xml"))

    assert answer.document is not None
    assert [entry.url for entry in answer.document.entries] == [site.url("/1")]


async def test_opml_comes_from_files_and_addresses(site: Site, sources: Sources, tmp_path: Path) -> None:
    """Both give the same feeds; a stranger's path is not read."""
    opml = b'<opml version="2.0"><body><outline text="Wire" xmlUrl="https://wire.example/feed"/></body></opml>'
    site.routes["/feeds.opml"] = Reply(opml)
    (tmp_path / "feeds.opml").write_bytes(opml)

    web = await sources.feeds.read_opml(site.url("/feeds.opml"))
    file = await sources.feeds.read_opml(str(tmp_path / "feeds.opml"), local=True)

    assert web == file
    assert [each.url for each in web] == ["https://wire.example/feed"]
    with pytest.raises(NotAllowed):
        await sources.feeds.read_opml(str(tmp_path / "feeds.opml"))


@pytest.mark.parametrize("body", [b"", b"<html><body>no</body></html>", b"{}", b"\x00\x01", rss("x")[:40]])
async def test_what_is_no_feed_is_told(site: Site, sources: Sources, body: bytes) -> None:
    """Any other body ends in a typed error that names the address, or in a feed with a fault."""
    site.routes["/feed"] = Reply(body, headers=XML)
    told = ""
    try:
        answer = await sources.feeds.feed(site.url("/feed"))
        told = answer.document.fault if answer.document else ""
    except SourceError as error:
        told = error.what if site.url("/feed") in error.what else ""

    assert told
