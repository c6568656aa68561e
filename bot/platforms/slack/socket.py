"""Socket Mode: slack-sdk's client, watched by a clock that cannot be set, and never given a ticket twice."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from slack_bolt.adapter.socket_mode.async_internals import run_async_bolt_app, send_async_response
from slack_bolt.async_app import AsyncApp
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.socket_mode.async_client import AsyncBaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.socket_mode.response import SocketModeResponse
from slack_sdk.web.async_client import AsyncWebClient

from bot.domain.errors import DeliveryError
from bot.platforms.slack.api import SDK_LOG
from bot.platforms.slack.limits import REDELIVERY
from bot.platforms.slack.seen import Seen
from bot.ports import Clock

#: The connection is asked for a sign of life this often, given half of that to show one, and looked at this often:
#: a dead one is found after at most two and a half times as long.
PING_SECONDS = 6.0
#: What an attempt to connect may take before the next, with a ticket of its own: Slack takes each only once.
_ATTEMPT_SECONDS = 12.0
_LONGEST_PAUSE_SECONDS = 60.0
#: Their acknowledgements carry an answer, which a repetition needs again.
_ANSWERED = frozenset({"view_submission", "block_suggestion"})


#: Asks Slack for the address of one connection, by the app token.
Ticket = Callable[[str], Awaitable[str]]


class LiveSocket(SocketModeClient):
    """The SDK's client with its two weak points mended.

    It tells a dead connection by the wall clock, which may jump; aiohttp's heartbeat, which the SDK turns on as well,
    goes by the loop's. And where connecting fails it tries the same address again, which Slack lets in only once.
    """

    def __init__(self, app_token: str, web_client: AsyncWebClient, ticket: Ticket) -> None:
        super().__init__(app_token=app_token, web_client=web_client, logger=SDK_LOG, ping_interval=PING_SECONDS)
        self.proxy = web_client.proxy
        self._ticket = ticket
        self._not_before = 0.0
        self._refused = 0
        #: What is wrong, in a sentence; empty while all is well.
        self.trouble = "Slack has not been reached yet."

    async def is_ping_pong_failing(self) -> bool:
        """Never by the wall clock: a connection that shows no life is closed by its heartbeat."""
        return False

    async def connect(self) -> None:
        """Connect, with a new ticket for each attempt, until it succeeds or the client is closed."""
        while not self.closed:
            try:
                async with asyncio.timeout(_ATTEMPT_SECONDS):
                    await super().connect()  # type: ignore[no-untyped-call]
                self.trouble = ""
                return
            except TimeoutError:
                self.trouble = self.trouble or "Slack's socket could not be connected; it is tried again."
                self.wss_uri = None

    async def issue_new_wss_url(self) -> str:
        """A ticket for one connection, asked for no sooner than Slack allows."""
        loop = asyncio.get_running_loop()
        # A wait may be cut short by the attempt it belongs to; the next one waits for what is left.
        await asyncio.sleep(max(0.0, self._not_before - loop.time()))
        try:
            address = await self._ticket(self.app_token)
        except DeliveryError as error:
            self.trouble = str(error)
            self._refused = min(self._refused + 1, 10)
            pause = min(2.0**self._refused, _LONGEST_PAUSE_SECONDS) if error.permanent else 1.0
            wait = error.retry_after.total_seconds() if error.retry_after else pause
            self._not_before = loop.time() + wait
            raise
        self._refused = 0
        return address


class Envelopes:
    """Takes envelopes to Bolt and acknowledges each, whatever becomes of it."""

    def __init__(self, app: AsyncApp, clock: Clock) -> None:
        self._app = app
        self._clock = clock
        self._seen = Seen(REDELIVERY)

    async def __call__(self, client: AsyncBaseSocketModeClient, request: SocketModeRequest) -> None:
        """Handle one envelope; one that comes again is acknowledged again and otherwise left alone."""
        first = self._seen.first(request.envelope_id, self._clock.now())
        if not first and (request.payload or {}).get("type") not in _ANSWERED:
            await client.send_socket_mode_response(SocketModeResponse(envelope_id=request.envelope_id))
            return
        response = await run_async_bolt_app(self._app, request)
        if response.status == 200:
            await send_async_response(client, request, response, 0.0)
        else:
            await client.send_socket_mode_response(SocketModeResponse(envelope_id=request.envelope_id))
