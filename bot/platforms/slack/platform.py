"""The Slack platform: what the bot's services see of Slack, and what runs to serve it."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import structlog
from slack_bolt.async_app import AsyncApp
from slack_bolt.oauth.async_oauth_flow import AsyncOAuthFlow
from starlette.routing import Route

from bot.domain.errors import BotError, DeliveryError, SettingsError
from bot.domain.places import Place, Platform
from bot.messages.model import Message
from bot.platforms.slack import limits
from bot.platforms.slack.api import EVENT_TYPE, SlackApi
from bot.platforms.slack.installations import Installations
from bot.platforms.slack.listeners import Left, Listeners
from bot.platforms.slack.manifest import SCOPES, direct_verbs, missing_scopes
from bot.platforms.slack.pace import Pace
from bot.platforms.slack.render import payloads
from bot.platforms.slack.replies import Replies
from bot.platforms.slack.socket import Envelopes, LiveSocket
from bot.platforms.slack.web import SlackRoutes
from bot.platforms.slack.workspaces import Workspaces
from bot.ports import Clock, Payload, Posted
from bot.services.catalogue import CommandService

_LOG = structlog.get_logger(__name__)
#: Slack's clock and ours may differ; looking a little further back finds nothing wrong, since keys are never reused.
_CLOCKS_DIFFER = timedelta(minutes=2)
_PAGE = 100
#: Beyond this many pages a channel is too busy to be read back to the time in question.
_PAGES = 20
_CLOSING_SECONDS = 5.0
_CHECK_SECONDS = 300.0


async def _nobody_left(_: str) -> None:
    """Where nobody wants to know."""


class SlackPlatform:
    """Slack as a :class:`bot.ports.ChatPlatform`.

    Args:
        commands: answers what is asked.
        clock: the present.
        bot_token: ``xoxb-…`` of the one workspace, where there is one.
        app_token: ``xapp-…``; with it Slack is listened to by Socket Mode.
        signing_secret: with it signed requests are taken, see :meth:`routes`.
        api_url: another server in place of Slack's Web API.
        client_id: with ``client_secret`` and ``database_url``: many workspaces, installed by OAuth.
        client_secret: see ``client_id``.
        database_url: where installations are kept.
        redirect_uri: where Slack sends people back to, where the app has several such addresses.
        direct_commands: slash commands besides ``/lede``, see :func:`bot.platforms.slack.manifest.direct_verbs`.
        on_left: called with the id of a workspace that removed the app.

    Raises:
        SettingsError: they do not suffice to talk to Slack.
    """

    name: Platform = "slack"

    def __init__(
        self,
        commands: CommandService,
        clock: Clock,
        *,
        bot_token: str = "",
        app_token: str = "",
        signing_secret: str = "",
        api_url: str = "",
        client_id: str = "",
        client_secret: str = "",
        database_url: str = "",
        redirect_uri: str = "",
        direct_commands: Iterable[str] = (),
        on_left: Left = _nobody_left,
    ) -> None:
        many = bool(client_id and client_secret)
        _check(bot_token, app_token, signing_secret, many, database_url)
        self._clock = clock
        self._app_token = app_token
        self._bot_token = bot_token
        self._redirect_uri = redirect_uri
        self._installations = Installations(database_url, client_id, client_secret) if many else None
        self._workspaces = Workspaces(clock, bot_token, self._installations)
        self._api = SlackApi(self._workspaces, Pace(), clock, api_url)
        self._replies = Replies(self._api, commands, clock)
        self._listeners = Listeners(self._replies, self._workspaces, clock, direct_verbs(direct_commands), on_left)
        self._routes = SlackRoutes(self._bolt, clock, signing_secret, self._flow if many else None)
        self._app: AsyncApp | None = None
        self._oauth: AsyncOAuthFlow | None = None
        self._socket: LiveSocket | None = None
        self._ready = asyncio.Lock()
        self._opened = False
        self._running = False
        self._url = ""
        self._trouble = "Slack has not been asked yet." if bot_token else ""
        self._scopes: tuple[str, ...] | None = None

    # --- messages -----------------------------------------------------------------------------------------------------

    def render(self, message: Message) -> tuple[Payload, ...]:
        """What ``chat.postMessage`` takes to say ``message``; see :func:`bot.platforms.slack.render.payloads`."""
        return payloads(message)

    async def send(self, place: Place, payload: Payload, key: str, reply_to: Posted | None = None) -> Posted:
        """Post one payload once, bearing ``key`` in its metadata.

        Raises:
            DeliveryError: as the port says; ``retry_after`` also where its turn is too far off to wait for.
        """
        thread = reply_to.ref if reply_to else place.thread
        channel = reply_to.place.channel if reply_to else place.channel
        channel, ts = await self._api.post("briefing", place.workspace, channel, payload, thread, key)
        return self._posted(replace(place, channel=channel), ts)

    async def edit(self, posted: Posted, payload: Payload) -> None:
        """Replace what was posted. Its key stays with it, so it can still be found.

        Raises:
            DeliveryError: it is gone or may not be edited.
        """
        await self._api.update(posted.place.workspace, posted.place.channel, posted.ref, payload)

    async def find(self, place: Place, key: str, since: datetime, reply_to: Posted | None = None) -> Posted | None:
        """Read the channel or thread back for our message that bears ``key``.

        Raises:
            DeliveryError: it cannot be known; where a scope is missing it is named.
        """
        thread = reply_to.ref if reply_to else place.thread
        channel = reply_to.place.channel if reply_to else await self._conversation(place)
        oldest = f"{(since - _CLOCKS_DIFFER).timestamp():.6f}"
        cursor = ""
        for _ in range(_PAGES):
            try:
                page = await self._page(place.workspace, channel, thread, oldest, cursor)
            except DeliveryError as error:
                if error.code == "thread_not_found":
                    return None
                raise
            for message in page.get("messages") or []:
                metadata = message.get("metadata") or {}
                bears = (metadata.get("event_payload") or {}).get("key")
                if metadata.get("event_type") == EVENT_TYPE and bears == key:
                    return self._posted(replace(place, channel=channel), str(message.get("ts")))
            cursor = str((page.get("response_metadata") or {}).get("next_cursor") or "")
            if not cursor:
                return None
        what = f"Channel {channel} is too busy to be read back to {since:%H:%M} UTC."
        raise DeliveryError(what, "Look there whether the briefing arrived.", permanent=True, code="too_busy")

    async def _page(self, team: str, channel: str, thread: str, oldest: str, cursor: str) -> dict[str, Any]:
        doing = f"reading {channel} back"
        options: dict[str, Any] = {"channel": channel, "oldest": oldest, "limit": _PAGE, "include_all_metadata": True}
        if cursor:
            options["cursor"] = cursor
        if thread:
            response = await self._api.call(
                team,
                "conversations.replies",
                doing,
                lambda client: client.conversations_replies(ts=thread, **options),
            )
        else:
            response = await self._api.call(
                team,
                "conversations.history",
                doing,
                lambda client: client.conversations_history(**options),
            )
        return response.data if isinstance(response.data, dict) else {}

    async def _conversation(self, place: Place) -> str:
        """The channel's id; of a person's id the direct message with them, which history wants by its own."""
        if not place.channel.startswith(("U", "W")):
            return place.channel
        response = await self._api.call(
            place.workspace,
            "conversations.open",
            "opening a direct message",
            lambda client: client.conversations_open(users=place.channel),
        )
        return str((response.get("channel") or {}).get("id") or place.channel)

    def _posted(self, place: Place, ts: str) -> Posted:
        url = f"{self._url}archives/{place.channel}/p{ts.replace('.', '')}" if self._url else ""
        return Posted(place, ts, url)

    @property
    def settle_after(self) -> timedelta:
        """A late post shows up within a minute."""
        return limits.SETTLE

    @property
    def resend_within(self) -> timedelta:
        """Slack drops no repetition at all."""
        return timedelta(0)

    # --- serving ------------------------------------------------------------------------------------------------------

    def routes(self) -> list[Route]:
        """Routes for the bot's web server: ``/slack/events`` with a signing secret, the OAuth pages with a client id.

        They must be reachable from outside under the manifest's address; each request proves itself.
        """
        return self._routes.routes()

    async def run(self) -> None:
        """Serve commands until cancelled; without an app token, keep what :meth:`routes` need alive.

        Raises:
            SettingsError, StoreError: it cannot start.
        """
        self._running = True
        try:
            await self._open()
            await self._introduce()
            if self._app_token:
                await self._listen()
            if self._trouble:
                await self._introduce()
            while True:
                await asyncio.sleep(_CHECK_SECONDS if not self._trouble else _CHECK_SECONDS / 10)
                await self._introduce()
        finally:
            await self._close()

    async def _listen(self) -> None:
        self._socket = LiveSocket(self._app_token, self._api.client(), self._api.ask_for_socket)
        envelopes = Envelopes(await self._bolt(), self._clock)
        self._socket.socket_mode_request_listeners.append(envelopes)
        connecting = asyncio.create_task(self._socket.connect())
        try:
            await asyncio.wait({connecting}, timeout=_CLOSING_SECONDS)
            if not connecting.done():
                _LOG.warning("slack_socket_waiting", trouble=self._socket.trouble)
            await connecting
        finally:
            connecting.cancel()
        _LOG.info("slack_socket_connected")

    async def _close(self) -> None:
        """Stop listening, finish what is being answered, let go of everything."""
        self._running = False
        if self._socket:
            await self._socket.close()  # type: ignore[no-untyped-call]
        await self._replies.drained(_CLOSING_SECONDS)
        await self._api.close()
        if self._installations:
            await self._installations.close()

    async def _open(self) -> None:
        async with self._ready:
            if self._installations and not self._opened:
                await self._installations.open()
            self._opened = True

    async def _bolt(self) -> AsyncApp:
        """Bolt's app, made once, in the loop that serves it."""
        await self._open()
        if self._app is None:
            self._app = self._listeners.app(self._api.client(self._bot_token))
        return self._app

    async def _flow(self) -> AsyncOAuthFlow:
        await self._open()
        assert self._installations is not None
        if self._oauth is None:
            self._oauth = self._installations.flow(self._api.client(), list(SCOPES), self._redirect_uri)
        return self._oauth

    async def _introduce(self) -> None:
        """Ask Slack who the bot token is; what it says goes to :meth:`health`."""
        if not self._bot_token:
            return
        try:
            response = await self._api.call("", "auth.test", "asking who we are", lambda client: client.auth_test())
        except DeliveryError as error:
            self._trouble = str(error)
            _LOG.warning("slack_unknown", error=str(error), code=error.code)
            return
        granted = next((v for name, v in response.headers.items() if name.lower() == "x-oauth-scopes"), None)
        self._scopes = tuple(part.strip() for part in granted.split(",")) if granted else None
        self._url = str(response.get("url") or "")
        self._trouble = ""
        self._workspaces.own(
            str(response.get("team_id") or ""),
            str(response.get("bot_id") or ""),
            str(response.get("user_id") or ""),
            self._scopes or (),
        )

    async def health(self) -> Sequence[str]:
        """What is wrong right now; empty when all is well. Where nothing runs, Slack is asked on the spot."""
        wrong = [] if self._running else await self._examined()
        wrong += [self._trouble] if self._trouble else []
        if self._running and self._app_token and (self._socket is None or not await self._socket.is_connected()):
            trouble = self._socket.trouble if self._socket else ""
            wrong.append(trouble or "The connection to Slack is down; it is being made again.")
        wrong += missing_scopes(self._scopes) if self._scopes is not None else []
        return list(dict.fromkeys(wrong + list(self._api.locked_out.values())))

    async def _examined(self) -> list[str]:
        """What keeps the platform from being run: tokens that Slack refuses, a store that cannot be opened."""
        wrong: list[str] = []
        try:
            await self._open()
            await self._introduce()
            if self._app_token:
                await self._api.ask_for_socket(self._app_token)
        except BotError as error:
            wrong.append(str(error))
        finally:
            await self._close()
        return wrong


def _check(bot_token: str, app_token: str, signing_secret: str, many: bool, database_url: str) -> None:
    """Refuse settings that cannot work, with the one to mend."""
    if not bot_token and not many:
        hint = "Set SLACK_BOT_TOKEN (OAuth & Permissions, Install to Workspace), or client id and secret for many."
        raise SettingsError("There is no Slack workspace to serve.", hint)
    if bot_token.startswith("xapp-") or app_token.startswith(("xoxb-", "xoxp-")):
        hint = "The one of the bot begins with xoxb- (OAuth & Permissions), the app-level one with xapp-."
        raise SettingsError("SLACK_BOT_TOKEN and SLACK_APP_TOKEN are not in their places.", hint)
    if not app_token and not signing_secret:
        hint = "Set SLACK_APP_TOKEN (Socket Mode, no public address) or SLACK_SIGNING_SECRET (signed requests)."
        raise SettingsError("There is no way to listen to Slack.", hint)
    if many and not database_url:
        raise SettingsError("Slack's installations have nowhere to be kept.", "Set DATABASE_URL.")
