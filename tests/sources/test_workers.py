from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.domain.errors import Unreadable
from bot.sources.workers import Workers
from tests.sources.site import page

pytestmark = pytest.mark.anyio

FEED = {"url": "https://wire.example/feed", "content_type": "application/xml", "now": "2026-01-13T07:00:00+00:00"}
PAGE = {"url": "https://wire.example/lake", "charset": "utf-8", "now": "2026-01-13T07:00:00+00:00"}
GOOD = b'<rss version="2.0"><channel><title>Sample Wire</title><item><link>https://wire.example/1</link></item></channel></rss>'


def rss(item: str) -> bytes:
    """A feed with one item."""
    return f'<rss version="2.0"><channel><title>t</title><item>{item}</item></channel></rss>'.encode()


# Each made feedparser raise something of its own, run for minutes or swell, when it was parsed in the bot itself.
HOSTILE = {
    "author of 64 kB": rss(f"<author>{'a@' * 32_000}</author>"),
    "unclosed elements": b'<rss version="2.0"><channel>' + b"<a>" * 30_000,
    "doctype in doctype": b"<!DOCTYPE " + b"<!" * 30_000,
    "entities that double": b"<!DOCTYPE r ["
    + b"".join(f'<!ENTITY a{n + 1} "&a{n};&a{n};">'.encode() for n in range(40))
    + b']><rss version="2.0"><channel><title>&a40;</title></channel></rss>',
    "encoding that is a null": b'<?xml version="1.0" encoding="\x00"?>' + GOOD,
    "encoding that packs": b'<?xml version="1.0" encoding="zlib"?>' + GOOD,
    "base that is no address": b'<rss version="2.0" xml:base="http://[x"><channel><link>a</link></channel></rss>',
    "link that is no address": rss("<link>http://[::1</link>"),
    "odd numbers in a polygon": rss(f"<g:polygon xmlns:g='http://www.georss.org/georss'>{'1 ' * 40_001}</g:polygon>"),
    "nothing": b"",
    "nulls": b"\0" * 100_000,
    "brackets": b'{"version":"https://jsonfeed.org/version/1","items":' + b"[" * 500_000,
}


@pytest.fixture
async def workers() -> AsyncIterator[Workers]:
    """One worker with little patience."""
    async with Workers(1, cpu_seconds=1, wall_seconds=8.0) as opened:
        yield opened


@pytest.mark.parametrize("name", HOSTILE)
async def test_a_hostile_feed_ends_in_words(workers: Workers, name: str) -> None:
    """Whatever arrives is parsed, refused or told as unreadable, in bounded time; the next feed is read as ever."""
    answer: dict[str, object] = {}
    told = ""
    try:
        answer = await workers.run("feed", FEED, HOSTILE[name], "wire.example")
    except Unreadable as error:
        told = error.what

    assert {"feed", "refused"} & answer.keys() or told.startswith("wire.example")
    assert (await workers.run("feed", FEED, GOOD, "x"))["feed"]["title"] == "Sample Wire"


async def test_too_much_processor_time_is_ended(workers: Workers) -> None:
    """A page that would take minutes is stopped by the kernel after its seconds, and said so."""
    with pytest.raises(Unreadable, match=r"more than 1 s of processor time"):
        await workers.run("page", PAGE, b"<html><body>" + b"<a href=x>y</a>" * 300_000, "wire.example")


async def test_too_much_memory_is_ended() -> None:
    """A feed that swells beyond its bound is stopped, and said so; the next is read."""
    swelling = b'{"version":"https://jsonfeed.org/version/1","items":[' + b"{}," * 1_500_000 + b"{}]}"
    async with Workers(1, memory=128 * 1024 * 1024, cpu_seconds=20) as workers:
        with pytest.raises(Unreadable, match="needed more than 128 MB"):
            await workers.run("feed", FEED, swelling, "wire.example")

        assert "feed" in await workers.run("feed", FEED, GOOD, "x")


async def test_a_worker_that_hangs_is_killed() -> None:
    """The clock bounds what the processor's time does not."""
    async with Workers(1, wall_seconds=0.3, cpu_seconds=60) as workers:
        await workers.run("feed", FEED, GOOD, "x")
        with pytest.raises(Unreadable, match=r"longer than 0.3 s"):
            await workers.run("page", PAGE, b"<html><body>" + b"<a href=x>y</a>" * 300_000, "wire.example")


async def test_a_worker_that_dies_is_replaced(workers: Workers) -> None:
    """A process that is killed while it waits costs one job, no more."""
    await workers.run("feed", FEED, GOOD, "x")
    (pid,) = workers.pids
    os.kill(pid, signal.SIGKILL)
    with pytest.raises(Unreadable, match="crashed its parser"):
        await workers.run("feed", FEED, GOOD, "x")

    assert "feed" in await workers.run("feed", FEED, GOOD, "x")
    assert workers.pids != {pid}


async def test_processes_are_used_again_and_replaced_in_time() -> None:
    """One process serves many jobs, but not for ever."""
    async with Workers(1, jobs_each=3) as workers:
        seen = []
        for _ in range(7):
            await workers.run("feed", FEED, GOOD, "x")
            seen.append(frozenset(workers.pids))

        assert len({pids for pids in seen if pids}) == 3


async def test_jobs_wait_for_a_free_process(workers: Workers) -> None:
    """More jobs than processes are all answered, each with its own."""
    titles = [f"Wire {n}" for n in range(12)]
    bodies = [GOOD.replace(b"Sample Wire", title.encode()) for title in titles]

    answers = await asyncio.gather(*(workers.run("feed", FEED, body, "x") for body in bodies))

    assert [answer["feed"]["title"] for answer in answers] == titles
    assert len(workers.pids) == 1


async def test_a_cancelled_job_leaves_no_answer_behind(workers: Workers) -> None:
    """Whoever asks next never gets the answer to another's question."""
    await workers.run("feed", FEED, GOOD, "x")
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.05):
            await workers.run("page", PAGE, b"<html><body>" + b"<a href=x>y</a>" * 100_000, "x")

    assert (await workers.run("feed", FEED, GOOD, "x"))["feed"]["title"] == "Sample Wire"


async def test_a_worker_knows_no_secret(workers: Workers, monkeypatch: pytest.MonkeyPatch) -> None:
    """The bot's environment, with its tokens, is not the worker's; its open files neither."""
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-a-token-of-a-test")
    await workers.run("feed", FEED, GOOD, "x")
    (pid,) = workers.pids
    process = Path("/proc") / str(pid)
    if not process.is_dir():
        pytest.skip("this system does not show processes under /proc")

    assert b"xoxb" not in (process / "environ").read_bytes()
    assert all(str(file.readlink()).startswith(("pipe:", "/dev/null")) for file in (process / "fd").iterdir())


async def test_all_processes_end_with_the_pool() -> None:
    """None is left behind, also none at work."""
    async with Workers(2) as workers:
        await workers.run("page", PAGE, page("Lake falls", "The lake fell. " * 40), "x")
        job = asyncio.create_task(workers.run("page", PAGE, b"<html><body>" + b"<a>y</a>" * 300_000, "x"))
        await asyncio.sleep(0.2)
        pids = set(workers.pids)
    with pytest.raises(Unreadable):
        await job

    assert pids
    for pid in pids:
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)
    with pytest.raises(Unreadable, match="is stopping"):
        await workers.run("feed", FEED, GOOD, "x")
