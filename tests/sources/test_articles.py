from __future__ import annotations

import io
import os
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.domain.errors import NotAllowed, NotAnArticle, SourceError, Unreadable
from bot.ports import Given
from bot.sources.assembly import Sources
from tests.sources.conftest import NOW
from tests.sources.site import Asked, Reply, Site, page

pytestmark = pytest.mark.anyio

STORY = (
    "The lake above Ambry Gorge fell by six metres overnight, the water office said. Nobody was hurt.",
    "Engineers opened both gates on Friday after new cracks appeared in the wall of the old dam.",
    "“We will know what failed, and we will say it aloud,” said Ilse Tamm, the minister of works.",
)
TEXT = "\n".join(STORY)


async def test_a_page_is_an_article(site: Site, sources: Sources) -> None:
    """From an address to numbered sentences with paragraphs, an outlet, a date and the final address."""
    head = '<meta property="og:site_name" content="Sample Wire"><meta name="date" content="2026-01-12T08:00:00Z">'
    site.routes |= {
        "/go": Reply(status=302, headers={"Location": "/lake?utm_source=x"}),
        "/lake": Reply(page("Lake falls", *STORY, head=head)),
    }

    fetched = await sources.articles.fetch(site.url("/go"))
    assert fetched is not None
    article = await sources.articles.read(fetched)

    assert (article.title, article.outlet.name, article.outlet.domain) == ("Lake falls", "Sample Wire", "127.0.0.1")
    assert article.url == site.url("/lake?utm_source=x")
    assert (len(article.sentences), article.paragraphs) == (4, (1, 3, 4))
    assert (article.published, article.retrieved) == (datetime(2026, 1, 12, 8, tzinfo=UTC), NOW)


async def test_an_unchanged_page_is_not_read(site: Site, sources: Sources) -> None:
    """With the validators of last time there is nothing to read."""

    def answer(asked: Asked) -> Reply:
        same = asked.headers.get("if-none-match") == '"1"'
        return Reply(b"" if same else page("Lake falls", *STORY), 304 if same else 200, {"ETag": '"1"'})

    site.routes["/lake"] = answer
    first = await sources.articles.fetch(site.url("/lake"))

    assert first is not None
    assert await sources.articles.fetch(site.url("/lake"), first.validators) is None


async def test_a_file_is_an_article(sources: Sources, tmp_path: Path) -> None:
    """What the file does not say comes from the circumstances: its first sentence, its date."""
    file = tmp_path / "lake.txt"
    file.write_text(TEXT, encoding="utf-8")
    os.utime(file, (1_768_000_000, 1_768_000_000))

    fetched = await sources.articles.fetch(str(file), local=True)
    assert fetched is not None
    article = await sources.articles.read(fetched)

    assert article.title == "The lake above Ambry Gorge fell by six metres overnight, the water office said."
    assert (article.outlet.name, article.url) == ("unknown outlet", None)
    assert (article.published, article.undated) == (datetime.fromtimestamp(1_768_000_000, UTC), True)


async def test_a_saved_page_is_read_as_a_page(sources: Sources, tmp_path: Path) -> None:
    """A file of HTML is told by its contents."""
    file = tmp_path / "lake"
    file.write_bytes(page("Lake falls", *STORY))

    fetched = await sources.articles.fetch(str(file), local=True)
    assert fetched is not None

    assert (await sources.articles.read(fetched)).title == "Lake falls"


async def test_standard_input_is_an_article(sources: Sources, monkeypatch: pytest.MonkeyPatch) -> None:
    """``-`` reads what is piped in."""
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(TEXT.encode())))

    fetched = await sources.articles.fetch("-", local=True)
    assert fetched is not None

    assert len((await sources.articles.read(fetched)).sentences) == 4


async def test_what_a_person_says_outweighs_the_page(site: Site, sources: Sources) -> None:
    """Title, outlet, date and address as given; a feed's word only fills what the page leaves open."""
    head = '<meta property="og:site_name" content="Sample Wire">'
    site.routes["/lake"] = Reply(page("Lake falls", *STORY, head=head))
    fetched = await sources.articles.fetch(site.url("/lake"))
    assert fetched is not None
    given = Given("Another title", "Another Wire", datetime(2026, 1, 1, tzinfo=UTC), byline=("Jonas Roe",))
    hint = Given("Another title", "Another Wire", datetime(2026, 1, 1, tzinfo=UTC), outweighs=False)

    strong, weak = await sources.articles.read(fetched, given), await sources.articles.read(fetched, hint)

    assert (strong.title, strong.outlet.name, strong.byline) == ("Another title", "Another Wire", ("Jonas Roe",))
    assert (weak.title, weak.outlet.name) == ("Lake falls", "Sample Wire")
    assert strong.published == weak.published == datetime(2026, 1, 1, tzinfo=UTC)
    assert not strong.undated
    assert not weak.undated


@pytest.mark.parametrize(
    "source", ["/etc/passwd", "-", "file:///etc/passwd", "lake.txt", "ftp://wire.example/", "javascript:x"]
)
async def test_strangers_cannot_name_files(sources: Sources, source: str) -> None:
    """What comes by chat or feed is an address or nothing."""
    with pytest.raises(NotAllowed, match="not a web address"):
        await sources.articles.fetch(source)


@pytest.mark.parametrize(
    ("name", "kind", "words"),
    [
        ("missing.txt", Unreadable, "is not there"),
        ("folder", Unreadable, r"is not a file|is a folder"),
        ("pipe", Unreadable, "is not a file"),
        ("empty.txt", NotAnArticle, "is empty"),
        ("large.txt", Unreadable, "larger than 5 MB"),
    ],
)
async def test_files_that_hold_nothing_are_told(
    sources: Sources, tmp_path: Path, name: str, kind: type[SourceError], words: str
) -> None:
    """Missing, folders, pipes, empty and huge files: each with its reason, none waited for."""
    (tmp_path / "folder").mkdir()
    (tmp_path / "empty.txt").write_text(" \n")
    (tmp_path / "large.txt").write_bytes(b"news " * 1_100_000)
    os.mkfifo(tmp_path / "pipe")

    with pytest.raises(SourceError, match=words) as caught:
        await sources.articles.fetch(str(tmp_path / name), local=True)

    assert isinstance(caught.value, kind)


@pytest.mark.parametrize("media_type", ["application/pdf", "image/png", "application/json", "video/mp4"])
async def test_what_is_no_page_is_refused_unread(site: Site, sources: Sources, media_type: str) -> None:
    """Other media are named for what they are."""
    site.routes["/x"] = Reply(b"%PDF", headers={"Content-Type": media_type})

    with pytest.raises(NotAnArticle, match="not a page"):
        await sources.articles.fetch(site.url("/x"))
