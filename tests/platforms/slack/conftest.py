"""The unmodified platform over the stand-in, with services that answer as told."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.messages.actions import Ask
from bot.messages.model import Choice, Choices, Heading, Message, Paragraph, plain
from bot.platforms.slack.platform import SlackPlatform
from bot.services.catalogue import Answer, Request, Suggestion
from tests.platforms.slack.requests import CHANNEL
from tests.platforms.slack.standin import APP_TOKEN, TOKEN, StandIn


class TickingClock:
    """The real time, moved as a test likes."""

    def __init__(self) -> None:
        self.ahead = timedelta(0)

    def now(self) -> datetime:
        """The present, and the time it was moved by."""
        return datetime.now(UTC) + self.ahead


def answer_about(request: Request) -> Answer:
    """An answer that names what was asked, with buttons to share it and to turn a page."""
    said = ", ".join(f"{name}={value}" for name, value in request.options.items())
    page = Ask(request.verb, (*request.options.items(), ("page", "2")), replace=True)
    message = Message(
        f"About {request.verb}",
        (
            Heading(f"{request.verb}: {said}", 1),
            Paragraph(plain("One line of the answer.")),
            Choices((Choice("Next page", page),)),
        ),
        f"{request.verb}: {said}",
    )
    share = Ask(request.verb, tuple(request.options.items()), share=True)
    return Answer(message, True, None if request.verb == "home" else share)


@dataclass
class FakeCommands:
    """Services that note what they are asked and answer as ``says`` says."""

    says: Callable[[Request], Answer] = answer_about
    asked: list[Request] = field(default_factory=list)
    typed: list[tuple[Request, str, str]] = field(default_factory=list)
    offers: Sequence[Suggestion] = ()
    before: Callable[[], Awaitable[None]] | None = None

    async def answer(self, request: Request) -> Answer:
        """Note it and answer."""
        self.asked.append(request)
        if self.before:
            await self.before()
        return self.says(request)

    async def suggest(self, request: Request, option: str, text: str) -> Sequence[Suggestion]:
        """Note it and offer."""
        self.typed.append((request, option, text))
        return self.offers


@pytest.fixture
async def slack() -> AsyncIterator[StandIn]:
    """A Slack with one channel that the bot is in."""
    async with StandIn().serving() as standin:
        _ = standin.channels[CHANNEL]
        yield standin


@pytest.fixture
def commands() -> FakeCommands:
    """Services that answer with what was asked."""
    return FakeCommands()


@pytest.fixture
def clock() -> TickingClock:
    """A clock that tests can move."""
    return TickingClock()


Starting = Callable[..., AbstractAsyncContextManager[SlackPlatform]]


@pytest.fixture
def starting(slack: StandIn, commands: FakeCommands, clock: TickingClock) -> Starting:
    """Starts the platform with further settings and stops it at the end of the block."""

    @asynccontextmanager
    async def start(**settings: Any) -> AsyncIterator[SlackPlatform]:
        given = {"bot_token": TOKEN, "app_token": APP_TOKEN, "api_url": slack.api_url, **settings}
        platform = SlackPlatform(commands, clock, **given)
        running = asyncio.create_task(platform.run())
        try:
            if given["app_token"]:
                await slack.until(lambda: slack.hellos)
            yield platform
        finally:
            running.cancel()
            await asyncio.gather(running, return_exceptions=True)

    return start


@pytest.fixture
async def platform(starting: Starting) -> AsyncIterator[SlackPlatform]:
    """The platform over Socket Mode."""
    async with starting() as started:
        yield started
