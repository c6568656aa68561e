"""Each platform, made from settings."""

from __future__ import annotations

import shutil
from collections.abc import Awaitable, Callable, Sequence
from typing import TYPE_CHECKING, TextIO
from urllib.parse import urlsplit

from bot.domain.places import Platform
from bot.settings import Settings
from bot.wiring import Office

if TYPE_CHECKING:
    from starlette.routing import BaseRoute

    from bot.platforms.discord.platform import DiscordPlatform
    from bot.platforms.slack.platform import SlackPlatform
    from bot.platforms.terminal.platform import TerminalPlatform
    from bot.platforms.web.platform import WebPlatform

Left = Callable[[Platform, str], Awaitable[None]]


def discord_platform(settings: Settings, office: Office, left: Left) -> DiscordPlatform:
    """Discord, by its token."""
    from bot.platforms.discord.platform import DiscordPlatform

    assert settings.discord_token is not None
    return DiscordPlatform(
        settings.discord_token.get_secret_value(),
        office.commands,
        office.clock,
        api_url=settings.discord_api_url,
        gateway_url=settings.discord_gateway_url,
        test_guilds=settings.discord_test_guilds,
        on_left=lambda workspace: left("discord", workspace),
    )


def slack_platform(settings: Settings, office: Office, left: Left) -> SlackPlatform:
    """Slack, by its tokens or as an app that workspaces install."""
    from bot.platforms.slack.platform import SlackPlatform

    def secret(name: str) -> str:
        value = getattr(settings, name)
        return value.get_secret_value() if value else ""

    public = settings.public_url.rstrip("/") if settings.public_url else ""
    return SlackPlatform(
        office.commands,
        office.clock,
        bot_token=secret("slack_bot_token"),
        app_token=secret("slack_app_token"),
        signing_secret=secret("slack_signing_secret"),
        api_url=settings.slack_api_url,
        client_id=settings.slack_client_id or "",
        client_secret=secret("slack_client_secret"),
        database_url=settings.database_url.get_secret_value(),
        redirect_uri=f"{public}/slack/oauth_redirect" if public else "",
        direct_commands=settings.slack_commands,
        on_left=lambda workspace: left("slack", workspace),
    )


def terminal_platform(settings: Settings, office: Office, stream: TextIO) -> TerminalPlatform:
    """The terminal that the bot was started in."""
    from bot.platforms.terminal.platform import TerminalPlatform

    shown, width = stream.isatty(), shutil.get_terminal_size().columns
    record = settings.state_dir / "terminal.jsonl"
    return TerminalPlatform(stream, record, office.clock, width=min(width, 110), colour=shown, links=shown)


def _public_host(settings: Settings) -> tuple[str, ...]:
    """The host under which Slack reaches the web server, where it does."""
    host = urlsplit(settings.public_url or "").hostname
    return (host,) if host else ()


def web_platform(settings: Settings, office: Office, routes: Sequence[BaseRoute] = ()) -> WebPlatform:
    """The web page. Whoever reaches a page bound to this machine is its operator and may arrange briefings."""
    from bot.platforms.web.log import SqliteChannelLog
    from bot.platforms.web.platform import WebPlatform

    room = office.room
    return WebPlatform(
        office.commands,
        SqliteChannelLog(settings.state_dir / "web.db"),
        office.clock,
        digests=lambda: tuple(room.library.current.digests.values()),
        article=room.articles.get,
        host=settings.web_host,
        port=settings.web_port,
        hosts=(*settings.web_allowed_hosts, *_public_host(settings)),
        zone=settings.zone,
        may_change=settings.web_host in ("127.0.0.1", "::1", "localhost"),
        routes=routes,
        ready=office.ready,
        registry=office.registry,
    )
