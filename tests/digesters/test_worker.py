from __future__ import annotations

import asyncio
import os
import signal

import pytest

from bot.digesters.extractive import ExtractiveDigester
from bot.digesters.extractive.compose import digest_of
from bot.digesters.extractive.text import MAX_CHARACTERS
from bot.domain.errors import DigestError, NotAnArticle
from tests.digesters.samples import FERRY, NOW, article

pytestmark = pytest.mark.anyio


async def test_the_worker_says_what_the_rules_say() -> None:
    """A digest made in the worker equals one made in place; the loop stays free meanwhile."""
    digester = ExtractiveDigester(tagger=False)
    making = asyncio.create_task(digester.digest(FERRY, NOW))
    ticks = 0
    while not making.done():
        await asyncio.sleep(0.005)
        ticks += 1
    digester.close()

    assert making.result() == digest_of(FERRY, NOW)
    assert making.result().made.by == digester.name == "extractive/1"
    assert ticks > 3


async def test_what_takes_too_long_is_given_up_and_the_next_goes_on() -> None:
    """The time-out ends the article, not the digester."""
    digester = ExtractiveDigester(timeout=0.001, tagger=False)
    with pytest.raises(DigestError, match=r"more than 0\.001 s"):
        await digester.digest(FERRY, NOW)
    digester._worker._timeout = 60.0

    assert (await digester.digest(FERRY, NOW)).id == FERRY.id
    digester.close()


async def test_a_dead_worker_is_replaced() -> None:
    """A worker that the system killed costs nothing but its start."""
    digester = ExtractiveDigester(tagger=False)
    await digester.digest(FERRY, NOW)
    process = digester._worker._process
    assert process is not None
    os.kill(process.pid, signal.SIGKILL)
    process.wait()

    assert (await digester.digest(FERRY, NOW)).id == FERRY.id
    digester.close()


async def test_a_refusal_crosses_the_pipe() -> None:
    """What is no article is refused in the same words as in place."""
    digester = ExtractiveDigester(tagger=False)
    with pytest.raises(NotAnArticle, match="no running text") as caught:
        await digester.digest(article("Word"), NOW)
    digester.close()

    assert caught.value.hint


@pytest.mark.parametrize(
    "sentences",
    [
        ["Mayor Ana Roe said “we will see what the winter brings to us” on Friday in Ostby, and nobody objected."]
        * 6000,
        ["word " * 100_000 + "."]
        + ["The mayor of the town opened the hall on Friday, and many people came to see it there."] * 3,
        [f"Ana Roe{i} said that {i} people were killed in Ostby{i} on January {i % 28 + 1}." for i in range(4000)],
        ["“" * 5000 + "x”", "“a” " * 3000 + "said the mayor of the town in the evening of the day before."] * 20,
        ["Name | Goals | Points | Year | Team", "Roe | 3 | 4 | 1999 | A B"] * 500
        + ["The league of the islands published the table of the season on Friday, and the town was glad."] * 2,
        ["10:32 GMT Ana Roe is speaking to the crowd now.", "10:31", "Share this update", "More on this as we get it."]
        * 900,
        ["(" * 3000, "A." * 3000, "1,000,000,000," * 400, "-" * 9000, "a-" * 5000 + "b said that it is the one."] * 4,
    ],
    ids=[
        "100,000 words",
        "one endless sentence",
        "thousands of names",
        "marks",
        "tables",
        "live blog",
        "runs of one mark",
    ],
)
def test_hostile_articles_are_bounded(sentences: list[str]) -> None:
    """Whatever its size and shape, an article is digested or refused, and only as much as the bound is read."""
    source = article("x").model_copy(update={"sentences": tuple(sentences), "paragraphs": ()})
    try:
        found = digest_of(source, NOW)
    except NotAnArticle:
        return

    assert len(found.model_dump_json()) < 100_000
    assert sum(len(source.sentence(n)) for e in found.entities for n in e.mentions[:1]) < MAX_CHARACTERS * 2
