"""A ChatPlatform that speaks to the stand-in over HTTP, as careful about doubt as the real ones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import aiohttp

from bot.domain.errors import DeliveryError
from bot.domain.places import Place, Platform
from bot.messages.model import Message, Paragraph
from bot.platforms import leaving
from bot.ports import Payload, Posted
from tests.faults.standin import LATEST

SEND_TIMEOUT = timedelta(seconds=0.5)


@dataclass
class StandInPlatform:
    """Messages of the stand-in at ``url``."""

    url: str
    resend_within: timedelta = timedelta(0)
    settle_after: timedelta = timedelta(seconds=LATEST + 0.4)
    name: Platform = "slack"

    def __post_init__(self) -> None:
        self._made: aiohttp.ClientSession | None = None

    @property
    def _session(self) -> aiohttp.ClientSession:
        if self._made is None:
            timeout = aiohttp.ClientTimeout(total=10)
            trace = aiohttp.TraceConfig()
            trace.on_request_chunk_sent.append(leaving.ask)
            self._made = aiohttp.ClientSession(
                self.url, timeout=timeout, connector=leaving.connector(), trace_configs=[trace]
            )
        return self._made

    def render(self, message: Message) -> tuple[Payload, ...]:
        """One payload a paragraph."""
        return tuple({"text": block.spans[0].text} for block in message.blocks if isinstance(block, Paragraph))

    async def send(self, place: Place, payload: Payload, key: str, reply_to: Posted | None = None) -> Posted:
        """Post it; doubt is all but a refusal to connect, a whole answer and 429."""
        body = {"channel": place.channel, "key": key, "reply_to": reply_to.ref if reply_to else "", **payload}
        try:
            async with self._session.post("/send", json=body) as answer:
                told: Any = await answer.json(content_type=None) if answer.status == 200 else {}
        except aiohttp.ClientConnectorError as error:
            raise DeliveryError("The platform cannot be reached.") from error
        except (aiohttp.ClientError, OSError) as error:
            raise DeliveryError(f"The connection broke: {type(error).__name__}.", maybe_sent=True) from error
        if answer.status == 429:
            raise DeliveryError("Too fast.", retry_after=_seconds(answer.headers.get("retry-after", "")))
        if answer.status != 200:
            raise DeliveryError(f"The platform answered {answer.status}.", maybe_sent=True)
        return Posted(place, str(told["id"]))

    async def edit(self, posted: Posted, payload: Payload) -> None:
        """Nothing is corrected here."""

    async def find(self, place: Place, key: str, since: datetime, reply_to: Posted | None = None) -> Posted | None:
        """Read the channel back."""
        try:
            async with self._session.get("/find", params={"channel": place.channel, "key": key}) as answer:
                number = (await answer.json(content_type=None))["id"]
        except (aiohttp.ClientError, OSError) as error:
            raise DeliveryError(f"The connection broke: {type(error).__name__}.") from error
        return None if number is None else Posted(place, str(number))

    async def run(self) -> None:
        """There are no commands here."""

    async def health(self) -> Sequence[str]:
        """Nothing to say."""
        return []


def _seconds(text: str) -> timedelta | None:
    try:
        return timedelta(seconds=float(text))
    except ValueError:
        return None
