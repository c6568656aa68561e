"""A small Discord of the tests' own: servers, channels, messages, threads, commands. No network here."""

from __future__ import annotations

import itertools
import re
import time
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

BOT, OWNER, ALICE, GUILD = "900", "901", "902", "100"
TEXT, NEWS, FORUM, BLIND, DM, THREAD = "200", "201", "202", "203", "204", "205"
_EVERYTHING = str((1 << 53) - 1 & ~(1 << 3))
_READ_HISTORY, _VIEW = 1 << 16, 1 << 10
_EPOCH_MS = 1_420_070_400_000

Json = dict[str, Any]


class Refusal(Exception):
    """Discord says no."""

    def __init__(self, status: int, code: int, text: str) -> None:
        super().__init__(text)
        self.status, self.code, self.text = status, code, text


@dataclass(slots=True)
class World:
    """What the stand-in knows. ``nonce_memory`` is how long a nonce is remembered, in seconds."""

    nonce_memory: float = 180.0
    channels: dict[str, Json] = field(default_factory=dict)
    messages: dict[str, dict[str, Json]] = field(default_factory=lambda: defaultdict(dict))
    commands: dict[str, dict[str, Json]] = field(default_factory=lambda: defaultdict(dict))
    nonces: dict[str, tuple[float, Json]] = field(default_factory=dict)
    crossposted: list[str] = field(default_factory=list)
    _counter: itertools.count[int] = field(default_factory=lambda: itertools.count(1))

    def __post_init__(self) -> None:
        self.add_channel(TEXT, 0, "general")
        self.add_channel(NEWS, 5, "news")
        self.add_channel(FORUM, 15, "forum", available_tags=[_tag("301", "News"), _tag("302", "Politics")])
        self.add_channel(BLIND, 0, "blind", permission_overwrites=[_denied(_READ_HISTORY)])
        self.add_channel(DM, 1, None)
        self.add_channel(THREAD, 11, "a thread", **_thread_fields(TEXT, BOT))

    def add_channel(self, id_: str, type_: int, name: str | None, **more: Any) -> None:
        """A channel of that kind; direct messages have no name and no server."""
        place = {"guild_id": GUILD, "position": 0, "nsfw": False, "topic": None, "rate_limit_per_user": 0}
        base: Json = {"id": id_, "type": type_, "name": name, "permission_overwrites": [], "last_message_id": None}
        self.channels[id_] = base | (place if name is not None else {"recipients": [user(ALICE, "alice")]}) | more

    def new_id(self) -> str:
        """An id that tells the time, as Discord's do, greater than all before."""
        return str(int(time.time() * 1000 - _EPOCH_MS) << 22 | next(self._counter) & 0x3FFFFF)

    # --- messages -----------------------------------------------------------------------------------------------------

    def channel(self, id_: str) -> Json:
        """The channel; those that the bot may not see are refused."""
        found = self.channels.get(id_)
        if found is None:
            raise Refusal(404, 10003, "Unknown Channel")
        if any(int(o["deny"]) & _VIEW for o in found["permission_overwrites"]):
            raise Refusal(403, 50001, "Missing Access")
        return found

    def post(self, channel: str, body: Json, author: str = BOT, id_: str = "") -> Json:
        """A new message, or the one that has its nonce already."""
        place = self.channel(channel)
        if place["type"] in (15, 16):
            raise Refusal(400, 50008, "Cannot send messages in a non-text channel")
        if place.get("thread_metadata", {}).get("locked"):
            raise Refusal(400, 160005, "Thread is locked")
        nonce = body.get("nonce")
        if nonce and body.get("enforce_nonce"):
            at, earlier = self.nonces.get(str(nonce), (0.0, {}))
            if time.monotonic() - at < self.nonce_memory and earlier:
                return earlier
        message = self._message(channel, body, author, id_ or self.new_id())
        self.messages[channel][message["id"]] = message
        if nonce:
            self.nonces[str(nonce)] = (time.monotonic(), message)
        return message

    def _message(self, channel: str, body: Json, author: str, id_: str) -> Json:
        numbers = itertools.count(1)
        return {
            "id": id_,
            "type": 0,
            "channel_id": channel,
            "author": user(author, "lede" if author == BOT else "alice", bot=author == BOT),
            "content": body.get("content") or "",
            "timestamp": datetime.now(UTC).isoformat(),
            "edited_timestamp": None,
            "tts": False,
            "mention_everyone": False,
            "mentions": [],
            "mention_roles": [],
            "attachments": [],
            "embeds": [],
            "pinned": False,
            "flags": body.get("flags") or 0,
            "components": [_numbered(each, numbers) for each in body.get("components") or []],
        }

    def message(self, channel: str, id_: str) -> Json:
        """One message."""
        self.channel(channel)
        found = self.messages[channel].get(id_)
        if found is None:
            raise Refusal(404, 10008, "Unknown Message")
        thread = self.channels.get(id_)
        return found | ({"thread": thread} if thread and id_ != channel else {})

    def edit(self, channel: str, id_: str, body: Json) -> Json:
        """Replace what a message shows; archived threads are closed to it."""
        if self.channel(channel).get("thread_metadata", {}).get("archived"):
            raise Refusal(400, 50083, "Thread is archived")
        message = self.message(channel, id_)
        if message["author"]["id"] != BOT:
            raise Refusal(403, 50005, "Cannot edit a message authored by another user")
        changed = self._message(channel, message | body, BOT, id_)
        self.messages[channel][id_] = changed | {"edited_timestamp": datetime.now(UTC).isoformat()}
        return self.messages[channel][id_]

    def history(self, channel: str, after: int, limit: int) -> list[Json]:
        """The oldest messages after an id, newest first; nothing where the history may not be read."""
        place = self.channel(channel)
        if any(int(o["deny"]) & _READ_HISTORY for o in place["permission_overwrites"]):
            return []
        ids = sorted(int(id_) for id_ in self.messages[channel] if int(id_) > after)[:limit]
        return [self.messages[channel][str(id_)] for id_ in reversed(ids)]

    def crosspost(self, channel: str, id_: str) -> Json:
        """Publish a message of an announcement channel."""
        message = self.message(channel, id_)
        if self.channel(channel)["type"] != 5:
            raise Refusal(400, 50024, "Cannot execute action on this channel type")
        message["flags"] |= 1
        self.messages[channel][id_]["flags"] |= 1
        self.crossposted.append(id_)
        return message

    # --- threads ------------------------------------------------------------------------------------------------------

    def thread_below(self, channel: str, message: str, body: Json) -> Json:
        """A thread at a message: it has the message's id, and there is only one."""
        self.message(channel, message)
        if message in self.channels:
            raise Refusal(400, 160004, "A thread has already been created for this message")
        self.add_channel(message, 11, body["name"], **_thread_fields(channel, BOT))
        return self.channels[message]

    def forum_post(self, forum: str, body: Json) -> Json:
        """A post: a thread and its first message, both of one id. Nothing stops a second one of the same words."""
        if self.channel(forum)["type"] not in (15, 16):
            raise Refusal(400, 50024, "Cannot execute action on this channel type")
        id_ = self.new_id()
        self.add_channel(id_, 11, body["name"], applied_tags=body.get("applied_tags", []), **_thread_fields(forum, BOT))
        message = self.post(id_, body["message"], id_=id_)
        return self.channels[id_] | {"message": message}

    def threads(self, parent: str = "", archived: bool = False) -> list[Json]:
        """The threads of a channel, or all."""
        every = [c for c in self.channels.values() if c["type"] in (10, 11, 12)]
        return [c for c in every if c["thread_metadata"]["archived"] == archived and parent in ("", c.get("parent_id"))]

    def shown(self, channel: str) -> list[str]:
        """What each message of a channel shows, oldest first."""
        return [text_of(self.messages[channel][id_]) for id_ in sorted(self.messages[channel], key=int)]

    # --- the server ---------------------------------------------------------------------------------------------------

    def guild(self) -> Json:
        """The server as the gateway and the API describe it."""
        role = {"id": GUILD, "name": "@everyone", "permissions": _EVERYTHING, "position": 0, "color": 0}
        more = {"hoist": False, "managed": False, "mentionable": False, "flags": 0}
        inside = [c for c in self.channels.values() if c.get("guild_id") and c["type"] not in (10, 11, 12)]
        return {
            "id": GUILD,
            "name": "Newsroom",
            "owner_id": OWNER,
            "roles": [role | more],
            "emojis": [],
            "stickers": [],
            "features": [],
            "channels": inside,
            "threads": [],
            "members": [self.member()],
            "member_count": 3,
            "presences": [],
            "voice_states": [],
            "stage_instances": [],
            "guild_scheduled_events": [],
            "soundboard_sounds": [],
            "verification_level": 0,
            "default_message_notifications": 0,
            "explicit_content_filter": 0,
            "mfa_level": 0,
            "premium_tier": 0,
            "nsfw_level": 0,
            "system_channel_flags": 0,
            "preferred_locale": "en-US",
            "afk_timeout": 0,
            "unavailable": False,
            "large": False,
        }

    def member(self) -> Json:
        """The bot as a member."""
        joined = {"joined_at": datetime.now(UTC).isoformat(), "deaf": False, "mute": False, "flags": 0}
        return {"user": user(BOT, "lede", bot=True), "roles": [], "nick": None} | joined


def user(id_: str, name: str, bot: bool = False) -> Json:
    """A user as Discord describes one."""
    return {"id": id_, "username": name, "discriminator": "0", "global_name": name.title(), "avatar": None, "bot": bot}


def text_of(message: Json) -> str:
    """Everything that a message shows."""
    return "\n".join(_texts(message["components"]))


def _texts(components: list[Json]) -> list[str]:
    found: list[str] = []
    for each in components:
        found += [each["content"]] if "content" in each else []
        found += _texts(each.get("components", []))
    return found


def _numbered(component: Json, numbers: itertools.count[int]) -> Json:
    """A component as Discord gives it back: with an id, the sent one where there was one."""
    inner = [_numbered(each, numbers) for each in component.get("components", [])]
    more: Json = {"components": inner} if inner else {}
    if "accessory" in component:
        more["accessory"] = _numbered(component["accessory"], numbers)
    return component | {"id": component.get("id") or next(numbers)} | more


def _tag(id_: str, name: str) -> Json:
    return {"id": id_, "name": name, "moderated": False, "emoji_id": None, "emoji_name": None}


def _denied(bits: int) -> Json:
    return {"id": GUILD, "type": 0, "allow": "0", "deny": str(bits)}


def _thread_fields(parent: str, owner: str) -> Json:
    metadata = {
        "archived": False,
        "locked": False,
        "auto_archive_duration": 1440,
        "archive_timestamp": datetime.now(UTC).isoformat(),
    }
    return {
        "parent_id": parent,
        "owner_id": owner,
        "thread_metadata": metadata,
        "message_count": 0,
        "member_count": 1,
    }


def template(path: str) -> str:
    """The path as Discord's documents write it, ids as placeholders, for the journal."""
    return re.sub(r"/token-\d+", "/{token}", re.sub(r"/\d+", "/{id}", path))
