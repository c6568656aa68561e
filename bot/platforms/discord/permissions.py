"""Who may do what in a channel, as Discord computes it, and what the bot needs. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

ADMINISTRATOR = 1 << 3
MANAGE_CHANNELS = 1 << 4
MANAGE_GUILD = 1 << 5
VIEW_CHANNEL = 1 << 10
SEND_MESSAGES = 1 << 11
READ_MESSAGE_HISTORY = 1 << 16
CREATE_PUBLIC_THREADS = 1 << 35
SEND_MESSAGES_IN_THREADS = 1 << 38

_NAMES: Mapping[int, str] = {
    VIEW_CHANNEL: "View Channel",
    SEND_MESSAGES: "Send Messages",
    READ_MESSAGE_HISTORY: "Read Message History",
    CREATE_PUBLIC_THREADS: "Create Public Threads",
    SEND_MESSAGES_IN_THREADS: "Send Messages in Threads",
}
_EVERYTHING = (1 << 53) - 1

TEXT, ANNOUNCEMENT, NEWS_THREAD, PUBLIC_THREAD, PRIVATE_THREAD, FORUM, MEDIA = 0, 5, 10, 11, 12, 15, 16
DIRECT, GROUP = 1, 3
THREADS = frozenset({NEWS_THREAD, PUBLIC_THREAD, PRIVATE_THREAD})
#: Where replies stay among the messages, since there can be no thread below one.
WITHOUT_THREADS = THREADS | {DIRECT, GROUP}
FORUMS = frozenset({FORUM, MEDIA})


def needed(channel_type: int) -> int:
    """What the bot needs to brief a channel of that type and to read back what it posted."""
    base = VIEW_CHANNEL | READ_MESSAGE_HISTORY
    if channel_type in THREADS:
        return base | SEND_MESSAGES_IN_THREADS
    # A post in a forum is made with Send Messages; what follows in it, as in any thread, with the other right.
    return base | SEND_MESSAGES | SEND_MESSAGES_IN_THREADS | (0 if channel_type in FORUMS else CREATE_PUBLIC_THREADS)


def names(permissions: int) -> list[str]:
    """The permissions by the names that Discord's settings show."""
    return [name for bit, name in _NAMES.items() if permissions & bit]


def of_bot(guild: Mapping[str, Any], roles: Iterable[str], bot_id: str, overwrites: Sequence[Mapping[str, Any]]) -> int:
    """The bot's permissions in a channel.

    Args:
        guild: a guild as the API gives it, with ``id``, ``owner_id`` and ``roles``.
        roles: ids of the bot's roles there.
        bot_id: the bot's user id.
        overwrites: the channel's ``permission_overwrites``; of a thread, its parent's.
    """
    if str(guild.get("owner_id")) == bot_id:
        return _EVERYTHING
    held = {str(role) for role in roles}
    everyone = str(guild["id"])
    base = 0
    for role in guild.get("roles", ()):
        if str(role["id"]) == everyone or str(role["id"]) in held:
            base |= int(role.get("permissions", 0))
    if base & ADMINISTRATOR:
        return _EVERYTHING
    by_id = {str(each["id"]): (int(each.get("allow", 0)), int(each.get("deny", 0))) for each in overwrites}
    base = _overwritten(base, [by_id[everyone]] if everyone in by_id else [])
    base = _overwritten(base, [by_id[role] for role in sorted(held) if role in by_id and role != everyone])
    return _overwritten(base, [by_id[bot_id]] if bot_id in by_id else [])


def _overwritten(base: int, overwrites: Sequence[tuple[int, int]]) -> int:
    allowed = denied = 0
    for allow, deny in overwrites:
        allowed, denied = allowed | allow, denied | deny
    return base & ~denied | allowed
