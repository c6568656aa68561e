"""The page as a chat platform: once per key, found again, and clear about what is wrong."""

from __future__ import annotations

import asyncio
import socket
from datetime import timedelta
from pathlib import Path

import httpx
import pytest

from bot.domain.errors import DeliveryError, SettingsError
from bot.domain.places import Place
from bot.platforms.web.log import SqliteChannelLog
from bot.platforms.web.platform import WebPlatform
from bot.platforms.web.server import bound_socket
from bot.ports import ChatPlatform, Posted
from tests.fakes import FakeClock, FakeCommands
from tests.platforms.web.conftest import NOW, Served, running
from tests.samples import FULL, SAMPLES, THIN

pytestmark = pytest.mark.anyio

HERE = Place("web", "", "briefing")


def platform(path: Path, port: int = 0) -> WebPlatform:
    """A page with nothing but its log."""
    return WebPlatform(FakeCommands(), SqliteChannelLog(path), FakeClock(NOW), digests=list, port=port)


@pytest.mark.parametrize("name", SAMPLES)
async def test_a_message_is_one_payload(served: Served, name: str) -> None:
    """A page has no limits, so every message is one payload, and can be sent."""
    web: ChatPlatform = served.platform
    (payload,) = web.render(SAMPLES[name])
    posted = await web.send(HERE, payload, f"slot-{name}")
    assert posted.url.endswith(f"/c/briefing#m-{posted.ref}")
    assert (await served.client.get("/c/briefing")).status_code == 200


async def test_a_key_is_posted_once(tmp_path: Path) -> None:
    """The same key again, also after a restart, is the same message and shown once."""
    path = tmp_path / "web.sqlite3"
    first = await platform(path).send(HERE, platform(path).render(FULL)[0], "slot-1")
    again = await platform(path).send(HERE, platform(path).render(THIN)[0], "slot-1")
    assert again.ref == first.ref
    assert len(await SqliteChannelLog(path).page("briefing", 9)) == 1


async def test_found_again(tmp_path: Path) -> None:
    """A key is found in its channel after a restart, unless it was posted before the instant asked about."""
    path = tmp_path / "web.sqlite3"
    posted = await platform(path).send(HERE, {"html": "", "text": "x"}, "slot-1")
    assert await platform(path).find(HERE, "slot-1", NOW) == posted
    assert await platform(path).find(HERE, "slot-1", NOW + timedelta(seconds=1)) is None
    assert await platform(path).find(HERE, "slot-2", NOW) is None
    assert await platform(path).find(Place("web", "", "other"), "slot-1", NOW) is None


async def test_a_reply_belongs_to_its_message(tmp_path: Path) -> None:
    """A reply is kept below what it replies to; to nothing, it is refused for good."""
    web = platform(tmp_path / "web.sqlite3")
    head = await web.send(HERE, {"html": ""}, "slot-1")
    reply = await web.send(HERE, {"html": ""}, "slot-1-1", head)
    assert reply.url == head.url
    for ref in ("99", "nonsense"):
        with pytest.raises(DeliveryError) as refused:
            await web.send(HERE, {"html": ""}, "slot-2", Posted(HERE, ref))
        assert refused.value.permanent
        assert not refused.value.maybe_sent


async def test_an_edit_replaces(tmp_path: Path) -> None:
    """An edited message is the same message; editing what is not there is refused for good."""
    web = platform(tmp_path / "web.sqlite3")
    posted = await web.send(HERE, {"html": "one"}, "slot-1")
    await web.edit(posted, {"html": "two"})
    (thread,) = await SqliteChannelLog(tmp_path / "web.sqlite3").page("briefing", 9)
    assert thread.said.payload == {"html": "two"}
    with pytest.raises(DeliveryError, match="no message 99"):
        await web.edit(Posted(HERE, "99"), {"html": "x"})


@pytest.mark.parametrize(
    ("given", "kept"), [("#Briefing", "briefing"), (" news-2 ", "news-2"), ("nouvelles_é", "nouvelles_é")]
)
async def test_channels_by_name(tmp_path: Path, given: str, kept: str) -> None:
    """A channel is named with or without its sigil; posting to a new one makes it."""
    web = platform(tmp_path / "web.sqlite3")
    await web.send(Place("web", "", given), {"html": ""}, "slot-1")
    assert await SqliteChannelLog(tmp_path / "web.sqlite3").channels() == [kept]


@pytest.mark.parametrize("name", ["", "#", "a/b", "a b", "x" * 81, "../x"])
async def test_what_is_no_channel(tmp_path: Path, name: str) -> None:
    """A name that cannot be an address is refused for good, with what it may be."""
    with pytest.raises(DeliveryError, match="letters, digits") as refused:
        await platform(tmp_path / "web.sqlite3").send(Place("web", "", name), {}, "slot-1")
    assert refused.value.permanent


async def test_a_broken_log_is_told(tmp_path: Path) -> None:
    """Nothing is claimed to be posted that is not kept; health names the file."""
    (tmp_path / "web.sqlite3").mkdir()
    web = platform(tmp_path / "web.sqlite3")
    for attempt in (web.send(HERE, {}, "slot-1"), web.find(HERE, "slot-1", NOW), web.edit(Posted(HERE, "1"), {})):
        with pytest.raises(DeliveryError, match=r"web\.sqlite3") as failed:
            await attempt
        assert not failed.value.permanent
    assert "web.sqlite3" in (await web.health())[0]
    async with running(web) as url, httpx.AsyncClient(trust_env=False) as client:
        response = await client.get(f"{url}/c/briefing")
        assert response.status_code == 503
        assert "web.sqlite3" in response.text


async def test_it_serves_until_cancelled(tmp_path: Path) -> None:
    """Cancelled, the page lets go of its port at once, though someone is listening for news."""
    web = platform(tmp_path / "web.sqlite3")
    assert await web.health() == []
    async with running(web) as url, httpx.AsyncClient(trust_env=False, timeout=10) as client:
        stream = client.stream("GET", f"{url}/c/briefing/events")
        response = await stream.__aenter__()
        assert response.status_code == 200
    port = int(url.rsplit(":", 1)[1])
    with bound_socket("127.0.0.1", port):
        pass


async def test_a_taken_port_names_the_setting(tmp_path: Path) -> None:
    """The error says which setting to change."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        web = platform(tmp_path / "web.sqlite3", taken.getsockname()[1])
        with pytest.raises(SettingsError, match="WEB_PORT") as refused:
            await asyncio.wait_for(web.run(), 10)
    assert "in use" in refused.value.what


@pytest.mark.parametrize(
    ("host", "port", "named"),
    [("no-such-host.invalid", 0, "WEB_HOST"), ("127.0.0.1", 70_000, "WEB_PORT"), ("192.0.2.1", 0, "WEB_HOST")],
)
def test_a_wrong_address_names_the_setting(host: str, port: int, named: str) -> None:
    """An address that is not this machine's, and a port that is none, are told by their settings."""
    with pytest.raises(SettingsError, match=named):
        bound_socket(host, port)
