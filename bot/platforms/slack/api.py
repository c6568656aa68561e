"""Slack's Web API as the platform uses it: one connection pool, no silent retries, refusals as delivery errors."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Mapping
from typing import Any
from urllib.parse import urlsplit

import aiohttp
from slack_sdk.errors import SlackClientError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse
from slack_sdk.webhook.async_client import AsyncWebhookClient

from bot.domain.errors import DeliveryError
from bot.platforms import leaving
from bot.platforms.slack.errors import LOCKED_OUT, delivery_error
from bot.platforms.slack.limits import CONNECT_SECONDS, REQUEST_SECONDS
from bot.platforms.slack.pace import METHODS, Lane, Pace
from bot.platforms.slack.workspaces import Workspaces
from bot.ports import Clock, Payload

API_URL = "https://slack.com/api/"
EVENT_TYPE = "lede_delivery"
# The SDK writes every request and answer to its log at DEBUG, and prepares to do so while a logger has no level.
SDK_LOG = logging.getLogger("bot.platforms.slack.sdk")
SDK_LOG.setLevel(logging.CRITICAL)
# What the SDK lets through when an answer is not what it expects.
_FAILURES = (SlackClientError, aiohttp.ClientError, OSError, TimeoutError, ValueError, AttributeError, TypeError)

_RENEW_APP = "Make an app-level token with connections:write (Basic Information) and set SLACK_APP_TOKEN to it."

Call = Callable[[AsyncWebClient], Awaitable[AsyncSlackResponse]]


class SlackApi:
    """Calls Slack for any workspace."""

    def __init__(self, workspaces: Workspaces, pace: Pace, clock: Clock, api_url: str = "") -> None:
        """Args: ``api_url`` is another server's address in place of Slack's, ending in ``/api/`` or the like."""
        self.workspaces = workspaces
        self._pace = pace
        self._clock = clock
        self._url = api_url or API_URL
        self._session: aiohttp.ClientSession | None = None
        self._clients: dict[str, AsyncWebClient] = {}
        #: Workspaces that shut us out, with the sentence to tell; cleared by the first call that succeeds.
        self.locked_out: dict[str, str] = {}

    def session(self) -> aiohttp.ClientSession:
        """The one pool of connections; made on first use, since it belongs to the running loop."""
        if self._session is None or self._session.closed:
            timeout = aiohttp.ClientTimeout(total=REQUEST_SECONDS, sock_connect=CONNECT_SECONDS)
            trace = aiohttp.TraceConfig()
            trace.on_request_chunk_sent.append(leaving.ask)
            # How many at once is Pace's to decide; a pool that made them wait would look like a slow Slack.
            self._session = aiohttp.ClientSession(timeout=timeout, connector=leaving.connector(), trace_configs=[trace])
            self._clients.clear()
        return self._session

    async def close(self) -> None:
        """Close every connection."""
        if self._session:
            await self._session.close()

    def client(self, token: str = "") -> AsyncWebClient:
        """Slack-sdk's client for a token. It sends each request once: what is in doubt is not its to repeat."""
        session = self.session()
        if token not in self._clients:
            self._clients[token] = AsyncWebClient(
                token=token or None,
                base_url=self._url,
                session=session,
                timeout=int(REQUEST_SECONDS),
                retry_handlers=[],
                logger=SDK_LOG,
            )
            if _is_here(self._url):
                self._clients[token].proxy = None
        return self._clients[token]

    async def call(self, team: str, method: str, doing: str, ask: Call) -> AsyncSlackResponse:
        """One request for a workspace, unless Slack asked for silence on that method there.

        Raises:
            DeliveryError: it was refused, or its outcome is not known.
        """
        self._pace.refuse_while_held(method, team)
        granted = await self.workspaces.granted(team)
        try:
            response = await ask(self.client(granted.token))
        except _FAILURES as error:
            failure = delivery_error(error, doing, self._clock.now())
            if failure.code in LOCKED_OUT:
                self.locked_out[team] = str(failure)
            if failure.retry_after is not None:
                self._pace.hold(method, team, failure.retry_after)
            raise failure from error
        self.locked_out.pop(team, None)
        return response

    async def ask_for_socket(self, app_token: str) -> str:
        """A ticket for one connection of Socket Mode.

        Raises:
            DeliveryError: Slack gives none.
        """
        try:
            response = await self.client().apps_connections_open(app_token=app_token)
        except _FAILURES as error:
            failure = delivery_error(error, "opening a connection (apps.connections.open)", self._clock.now())
            if failure.code in LOCKED_OUT | {"not_allowed_token_type", "missing_scope"}:
                what, hint = f"Slack refuses SLACK_APP_TOKEN ({failure.code}).", _RENEW_APP
                raise DeliveryError(what, hint, permanent=True, code=failure.code) from error
            raise failure from error
        return str(response.get("url") or "")

    # --- messages -----------------------------------------------------------------------------------------------------

    async def post(
        self, lane: Lane, team: str, channel: str, payload: Payload, thread: str = "", key: str = ""
    ) -> tuple[str, str]:
        """Post a message in its turn; the channel and timestamp it got."""
        fields: dict[str, Any] = {**payload, "channel": channel}
        if thread:
            fields["thread_ts"] = thread
        if key:
            fields["metadata"] = {"event_type": EVENT_TYPE, "event_payload": {"key": key}}
        doing = f"posting to {channel}"
        response = await self._paced(lane, team, channel, doing, lambda client: client.chat_postMessage(**fields))
        # Nothing tells more surely that it was taken than its timestamp; without one we do not know.
        if not response.get("ts"):
            raise DeliveryError(f"Slack took no note of {doing}.", maybe_sent=True, code="no_ts")
        return str(response.get("channel") or channel), str(response.get("ts"))

    async def update(self, team: str, channel: str, ts: str, payload: Payload) -> None:
        """Replace a message. Its metadata stays, since the method keeps what is not named."""
        fields = {name: payload[name] for name in ("text", "blocks") if name in payload}
        fields.setdefault("blocks", [])
        doing = f"editing a message in {channel}"
        await self._paced(
            "edit", team, channel, doing, lambda client: client.chat_update(channel=channel, ts=ts, **fields)
        )

    async def whisper(self, team: str, channel: str, user: str, payload: Payload, thread: str = "") -> None:
        """Show a message to one person in a channel."""
        fields: dict[str, Any] = {"text": payload["text"], "blocks": payload.get("blocks"), "channel": channel}
        if thread:
            fields["thread_ts"] = thread
        doing = f"answering in {channel}"
        await self._paced(
            "whisper", team, channel, doing, lambda client: client.chat_postEphemeral(user=user, **fields)
        )

    async def _paced(self, lane: Lane, team: str, channel: str, doing: str, ask: Call) -> AsyncSlackResponse:
        await self._pace.turn(lane, team, channel)
        return await self.call(team, METHODS[lane], doing, ask)

    async def respond(self, url: str, fields: Mapping[str, Any]) -> bool:
        """Answer through a ``response_url``; False where Slack did not take it and another way may be tried.

        Raises:
            DeliveryError: it may have been taken.
        """
        webhook = AsyncWebhookClient(url, session=self.session(), retry_handlers=[], logger=SDK_LOG)
        if _is_here(url):
            webhook.proxy = None
        try:
            response = await webhook.send_dict(dict(fields))
        except _FAILURES as error:
            failure = delivery_error(error, "answering", self._clock.now())
            if failure.maybe_sent:
                raise failure from error
            return False
        if response.status_code >= 500:
            raise DeliveryError("Slack failed while answering.", maybe_sent=True, code=str(response.status_code))
        return response.status_code == 200 and '"ok":false' not in (response.body or "").replace(" ", "")


def _is_here(url: str) -> bool:
    """Whether an address is on this machine, which no proxy can reach; the SDK sends everything through one."""
    return urlsplit(url).hostname in ("127.0.0.1", "::1", "localhost")
