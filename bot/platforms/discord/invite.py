"""The address with which a server takes the bot in: exactly the scopes and permissions it uses. Pure."""

from __future__ import annotations

import base64
import binascii
from urllib.parse import urlencode

from bot.platforms.discord.permissions import (
    CREATE_PUBLIC_THREADS,
    READ_MESSAGE_HISTORY,
    SEND_MESSAGES,
    SEND_MESSAGES_IN_THREADS,
    VIEW_CHANNEL,
)

SCOPES = ("bot", "applications.commands")
#: See the channel, post, post in threads, open a thread for details, read back what was posted.
PERMISSIONS = VIEW_CHANNEL | SEND_MESSAGES | SEND_MESSAGES_IN_THREADS | CREATE_PUBLIC_THREADS | READ_MESSAGE_HISTORY


def invite_url(application_id: str, guild_id: str = "") -> str:
    """The address to open in a browser; with ``guild_id`` that server is chosen already."""
    query = {"client_id": application_id, "scope": " ".join(SCOPES), "permissions": str(PERMISSIONS)}
    if guild_id:
        query |= {"guild_id": guild_id, "disable_guild_select": "true"}
    return f"https://discord.com/oauth2/authorize?{urlencode(query)}"


def user_install_url(application_id: str) -> str:
    """The address with which a person takes the look-up commands along to every server and message."""
    query = {"client_id": application_id, "scope": "applications.commands", "integration_type": "1"}
    return f"https://discord.com/oauth2/authorize?{urlencode(query)}"


def application_id_of(token: str) -> str | None:
    """The id in a bot token, which is its application's for all but the oldest applications; None where there is none.

    Says nothing about whether the token is valid. Asking Discord (``DiscordPlatform.application_id``) is surer.
    """
    head = token.strip().removeprefix("Bot ").split(".", 1)[0]
    try:
        id_ = base64.b64decode(head + "=" * (-len(head) % 4), validate=True).decode("ascii")
    except (binascii.Error, UnicodeDecodeError, ValueError):
        return None
    return id_ if id_.isdigit() else None
