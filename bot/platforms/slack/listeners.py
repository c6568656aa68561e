"""Bolt's app: every way in, acknowledged first and answered after."""

from __future__ import annotations

import logging
import re
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient

from bot.platforms.slack import inbound, modals
from bot.platforms.slack.inbound import Body
from bot.platforms.slack.limits import REDELIVERY
from bot.platforms.slack.replies import Replies
from bot.platforms.slack.seen import Seen
from bot.platforms.slack.workspaces import Workspaces
from bot.ports import Clock

#: Called with the id of a workspace that removed the app or revoked its token.
Left = Callable[[str], Awaitable[None]]
_ANY = re.compile("")
BOLT_LOG = logging.getLogger("bot.platforms.slack.bolt")
BOLT_LOG.setLevel(logging.ERROR)


class Listeners:
    """What happens at each kind of request. None is handled twice, however often Slack sends it."""

    def __init__(
        self, replies: Replies, workspaces: Workspaces, clock: Clock, direct: Mapping[str, str], on_left: Left
    ) -> None:
        """Args: ``direct`` maps the names of direct slash commands to verbs."""
        self._replies = replies
        self._workspaces = workspaces
        self._clock = clock
        self._direct = direct
        self._on_left = on_left
        self._seen = Seen(REDELIVERY)

    def app(self, client: AsyncWebClient) -> AsyncApp:
        """A Bolt app that listens. Requests reach it verified: by the socket they come through or by signature."""
        app = AsyncApp(
            name="lede",
            logger=BOLT_LOG,
            client=client,
            authorize=self._workspaces,  # type: ignore[arg-type]  # told apart from a function by its class
            signing_secret="",
            request_verification_enabled=False,
            attaching_conversation_kwargs_enabled=False,
        )
        app.command(_ANY)(self.on_command)
        app.action(_ANY)(self.on_button)
        app.options(_ANY)(self.on_typing)
        app.event(_ANY)(self.on_event)
        app.shortcut(_ANY)(self.on_shortcut)
        app.view(_ANY)(self.on_submission)
        return app

    def _first(self, body: Body) -> bool:
        key = inbound.identity(body)
        return not key or self._seen.first(key, self._clock.now())

    async def on_command(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        """A slash command."""
        await ack()
        if self._first(body):
            await self._replies.handle(inbound.from_command(body, self._direct))

    async def on_button(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        """A button or menu."""
        await ack()
        if self._first(body):
            await self._replies.handle(inbound.from_button(body))

    async def on_shortcut(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        """A shortcut, global or of a message."""
        await ack()
        if self._first(body):
            await self._replies.handle(inbound.from_shortcut(body))

    async def on_typing(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        """Words typed into a menu: what is acknowledged is the answer."""
        typing = inbound.from_typing(body)
        await ack(await self._replies.completions(typing) if typing else {"options": []})

    async def on_submission(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        """A window sent off: it stays, says that it is waiting, and then shows the answer."""
        asked = inbound.from_submission(body)
        if asked is None:
            missing = str(modals.read_memo(body.get("view") or {}).option or "name")
            await ack(response_action="errors", errors={missing: "Choose one from the list."})
            return
        await ack(response_action="update", view=modals.waiting(asked.origin.memo, asked.verb))
        if self._first(body):
            await self._replies.handle(asked)

    async def on_event(self, body: dict[str, Any], context: AsyncBoltContext) -> None:
        """An event; Bolt has acknowledged it already."""
        if not self._first(body):
            return
        kind, bot_user = (body.get("event") or {}).get("type"), context.bot_user_id or ""
        match kind:
            case "app_mention":
                await self._replies.handle(inbound.from_mention(body, bot_user))
            case "message":
                await self._replies.handle(inbound.from_direct(body, bot_user))
            case "app_home_opened":
                await self._replies.handle(inbound.from_home(body))
            case "app_uninstalled":
                await self._left(body)
            case "tokens_revoked" if ((body.get("event") or {}).get("tokens") or {}).get("bot"):
                await self._left(body)
            case _:
                pass

    async def _left(self, body: Body) -> None:
        team = str(body.get("team_id") or "")
        try:
            await self._workspaces.forget(team)
        finally:
            await self._on_left(team)
