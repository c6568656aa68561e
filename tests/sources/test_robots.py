from __future__ import annotations

import asyncio

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.errors import NotAllowed, Unreachable
from bot.sources.assembly import Sources
from bot.sources.robots import robots_of
from tests.fakes import FakeClock
from tests.sources.site import Asked, Reply, Site, page, send

pytestmark = pytest.mark.anyio

RULES = """
# comment
User-agent: other
Disallow: /

user-agent: ledebot
User-Agent: third
Allow: /private/press
Disallow: /private
Disallow: /*.pdf$
Disallow: /search?*q=
Crawl-delay: 2

User-agent: *
Disallow: /everyone
Sitemap: https://wire.example/news.xml
"""


@pytest.mark.parametrize(
    ("path", "allowed"),
    [
        ("/", True),
        ("/private", False),
        ("/private/press/1", True),
        ("/privately", False),
        ("/a.pdf", False),
        ("/a.pdf?x", True),
        ("/search?a=1&q=2", False),
        ("/search", True),
        ("/everyone", True),
        ("/pr%69vate/x", False),
        ("/private/%70ress", True),
    ],
)
def test_the_longest_rule_of_our_group_decides(path: str, allowed: bool) -> None:
    """Our own group outweighs everyone's; wildcards, end marks and percent-encoding are understood (RFC 9309)."""
    robots = robots_of(RULES, "LedeBot")

    assert robots.allows(path) is allowed
    assert (robots.delay, robots.sitemaps) == (2.0, ("https://wire.example/news.xml",))


def test_without_a_group_of_ours_everyones_counts() -> None:
    """A program that is not named hears the rules for all."""
    robots = robots_of(RULES.replace("ledebot", "x"), "LedeBot")

    assert not robots.allows("/everyone")
    assert robots.allows("/private")


@pytest.mark.parametrize("text", ["", "Disallow:", "User-agent: *\nDisallow:", "<html>Not found</html>", "\0" * 100])
def test_a_file_without_rules_allows_everything(text: str) -> None:
    """Nothing, an empty rule and what is no robots.txt close nothing."""
    assert robots_of(text, "LedeBot").allows("/anything")


def test_wildcards_cost_no_time() -> None:
    """A rule made to send an expression backtracking is matched at once."""
    robots = robots_of("User-agent: *\nDisallow: /" + "a*" * 200 + "b$", "LedeBot")

    assert robots.allows("/" + "a" * 5000)


@given(st.text(max_size=300), st.text(max_size=60))
def test_any_file_is_read(text: str, path: str) -> None:
    """No robots.txt breaks the reader."""
    assert robots_of("User-agent: *\nDisallow: " + text, "LedeBot").allows("/" + path) in (True, False)


async def test_closed_pages_are_not_asked_for(site: Site, sources: Sources) -> None:
    """robots.txt is heard before the first page, once for many, and never asked about feeds."""
    site.routes |= {
        "/robots.txt": Reply(b"User-agent: *\nDisallow: /private"),
        "/private/1": Reply(page("x", "y")),
        "/open": Reply(page("x", "y")),
        "/private/feed": Reply(b'<rss version="2.0"><channel><title>t</title></channel></rss>'),
    }

    for path in ("/private/1", "/private/2"):
        with pytest.raises(NotAllowed, match="closed to programs"):
            await sources.articles.fetch(site.url(path))
    await sources.articles.fetch(site.url("/open"))
    await sources.feeds.feed(site.url("/private/feed"))

    assert [asked.path for asked in site.asked] == ["/robots.txt", "/open", "/private/feed"]


@pytest.mark.parametrize(
    ("status", "open_"), [(404, True), (403, True), (401, True), (500, False), (503, False), (429, False)]
)
async def test_a_host_in_trouble_is_left_alone(site: Site, sources: Sources, status: int, open_: bool) -> None:
    """Without a robots.txt, or refused it, we may read; a host in trouble is asked for nothing else yet."""
    site.routes |= {"/robots.txt": Reply(status=status), "/open": Reply(page("x", "y"))}

    if open_:
        assert await sources.articles.fetch(site.url("/open"))
    else:
        with pytest.raises(Unreachable, match="was not asked for"):
            await sources.articles.fetch(site.url("/open"))

    assert site.count("/open") == int(open_)


async def test_a_page_we_may_not_fetch_is_named_itself(sources: Sources) -> None:
    """The error tells of the page that was asked for, not of a file nobody named."""
    with pytest.raises(NotAllowed, match=r"http://10\.0\.0\.1/lake leads to a private network"):
        await sources.articles.fetch("http://10.0.0.1/lake")


async def test_a_host_is_asked_little_at_a_time(site: Site, clock: FakeClock) -> None:
    """Few requests at once and pauses between them, per host; another host does not wait."""
    running, most = 0, 0

    async def slow(asked: Asked, writer: asyncio.StreamWriter) -> None:
        nonlocal running, most
        running += 1
        most = max(most, running)
        await asyncio.sleep(0.02)
        running -= 1
        await send(writer, Reply(b"news"))

    site.routes |= {f"/{n}": slow for n in range(12)}
    async with Sources(clock, allow_networks=["127.0.0.0/8"], allow_ports=[site.port], pause=0.01) as sources:
        await asyncio.gather(*(_feed(sources, site.url(f"/{n}")) for n in range(12)))

    assert most <= 2
    assert len(site.asked) == 12


async def _feed(sources: Sources, url: str) -> None:
    with pytest.raises(Exception, match="not a feed"):
        await sources.feeds.feed(url)
