"""Posting, editing and finding messages: text and announcement channels, threads, forums, direct messages."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import structlog

from bot.domain.errors import DeliveryError
from bot.domain.places import Place
from bot.messages.cutting import cut
from bot.platforms.discord import errors, limits, permissions
from bot.platforms.discord.api import Api
from bot.platforms.discord.channels import Channels
from bot.platforms.discord.components import TEXT, walk
from bot.platforms.discord.escape import one_line
from bot.platforms.discord.marks import bears, marked, snowflake, to_be_published
from bot.platforms.discord.render import NOTES
from bot.ports import Clock, Payload, Posted

_log = structlog.get_logger(__name__)

_MESSAGES = "/channels/{channel_id}/messages"
_MESSAGE = "/channels/{channel_id}/messages/{message_id}"
_PAGE = 100
#: A channel with more messages than this since the slot was due is not read to its end.
_MOST_PAGES = 60
#: Clocks of two machines differ; a message is looked for from a little earlier.
_SKEW = timedelta(minutes=5)
#: The least time after which Discord archives a thread without messages.
_ARCHIVED_AFTER = timedelta(minutes=50)


@dataclass(frozen=True, slots=True)
class _Notes:
    """What rendering and the subscription noted for the sender."""

    title: str = "…"
    continues: bool = False  #: not the first payload of its message
    publish: bool = False
    tags: tuple[str, ...] = ()

    @classmethod
    def of(cls, payload: Payload) -> _Notes:
        notes = payload.get(NOTES) or {}
        tags = notes.get("tags") or ()
        named = tags.split(",") if isinstance(tags, str) else tags
        wanted = tuple(str(tag).strip() for tag in named if str(tag).strip())
        return cls(str(notes.get("title") or "…"), bool(notes.get("continues")), bool(notes.get("publish")), wanted)


class Posting:
    """Delivers payloads. Keeps nothing but what Discord can be asked again."""

    def __init__(self, api: Api, channels: Channels, clock: Clock) -> None:
        self._api = api
        self._channels = channels
        self._clock = clock
        self._threads: dict[str, str] = {}
        self._begun_posts: dict[tuple[str, str], str] = {}
        self._doubts: dict[str, datetime] = {}

    # --- sending ------------------------------------------------------------------------------------------------------

    async def send(self, place: Place, payload: Payload, key: str, reply_to: Posted | None) -> Posted:
        """Post one payload once; see :class:`bot.ports.ChatPlatform`."""
        notes, body = _Notes.of(payload), _body(payload)
        if reply_to is not None:
            return await self._post(place, await self._thread_below(reply_to), body, key)
        channel = _target(place)
        kind = await self._channels.kind(channel, look=notes.publish or bool(notes.tags))
        if kind in permissions.FORUMS:
            return await self._post_in_forum(place, channel, body, key, notes)
        publish = notes.publish and kind == permissions.ANNOUNCEMENT
        try:
            posted = await self._post(place, channel, body, key, publish)
        except DeliveryError as error:
            if error.code != "50008" or await self._channels.kind(channel, look=True) not in permissions.FORUMS:
                raise
            return await self._post_in_forum(place, channel, body, key, notes)
        if publish:
            await self._publish(*_parts(posted))
        return posted

    async def say(self, place: Place, payload: Payload) -> None:
        """Post something that no slot stands for, such as an answer whose token has ended."""
        await self._api.post(_MESSAGES, _body(payload), channel_id=_target(place))

    async def _post(
        self, place: Place, channel: str, body: Mapping[str, Any], key: str, publish: bool = False
    ) -> Posted:
        once = {"nonce": key[: limits.NONCE], "enforce_nonce": True}
        message = await self._api.post(_MESSAGES, marked(body, key, publish) | once, channel_id=channel)
        return self._posted(place, channel, str(message["id"]))

    async def _publish(self, channel: str, message: str) -> None:
        """Publish to the followers. That it could not be is told, but the message is posted all the same."""
        try:
            await self._api.post(f"{_MESSAGE}/crosspost", harmless=True, channel_id=channel, message_id=message)
        except DeliveryError as error:
            _log.warning("discord_not_published", channel=channel, message=message, reason=str(error))

    # --- threads ------------------------------------------------------------------------------------------------------

    async def _thread_below(self, root: Posted) -> str:
        """The channel in which replies to a message go: its thread, made where there is none.

        A thread has the id of the message it begins at, so making it twice cannot make two.
        """
        channel, message = _parts(root)
        if channel == message:
            return message
        if known := self._threads.get(message):
            return known
        if await self._channels.kind(channel, look=True) in permissions.WITHOUT_THREADS:
            return channel
        starter = await self._api.get(_MESSAGE, channel_id=channel, message_id=message)
        thread = starter.get("thread") or await self._make_thread(channel, message, _name_of(starter))
        if thread is None:
            return channel
        self._threads[message] = str(thread["id"])
        return self._threads[message]

    async def _make_thread(self, channel: str, message: str, name: str) -> Mapping[str, Any] | None:
        """The new thread; None in a channel that knows none, such as a voice channel's chat."""
        made = {"name": name, "auto_archive_duration": limits.KEEP_THREADS_OPEN}
        try:
            thread: Mapping[str, Any] = await self._api.post(
                f"{_MESSAGE}/threads", made, harmless=True, channel_id=channel, message_id=message
            )
        except DeliveryError as error:
            if error.code == str(errors.THREAD_EXISTS):
                return {"id": message}
            if error.code == "50024":
                return None
            raise
        return thread

    # --- forums -------------------------------------------------------------------------------------------------------

    async def _post_in_forum(
        self, place: Place, forum: str, body: Mapping[str, Any], key: str, notes: _Notes
    ) -> Posted:
        """A post of its own, or what continues one. Discord takes no nonce with a post, so it is looked for first."""
        if notes.continues and (begun := await self._begun(place, forum, notes.title)):
            return await self._post(place, begun, body, key)
        since = self._clock.now() - limits.NONCE_MEMORY - limits.SETTLED
        if there := await self._find_in_forum(place, forum, key, since):
            return there
        if (doubt := self._doubts.get(key)) and self._clock.now() - doubt < limits.SETTLED:
            raise errors.cut_off(sent=True, why="an earlier try may still arrive")
        post: dict[str, Any] = {
            "name": notes.title,
            "auto_archive_duration": limits.KEEP_THREADS_OPEN,
            "message": marked(body, key),
        }
        if tags := await self._channels.tags(forum, notes.tags):
            post["applied_tags"] = tags
        try:
            thread = await self._api.post("/channels/{channel_id}/threads", post, once=True, channel_id=forum)
        except DeliveryError as error:
            if error.maybe_sent:
                self._doubts[key] = self._clock.now()
            raise
        self._doubts.pop(key, None)
        self._begun_posts[forum, notes.title] = str(thread["id"])
        return self._posted(place, str(thread["id"]), str(thread["id"]))

    async def _begun(self, place: Place, forum: str, title: str) -> str | None:
        """The bot's latest post of that title: what the further payloads of an edition belong to."""
        if known := self._begun_posts.get((forum, title)):
            return known
        since = self._clock.now() - timedelta(days=1)
        alike = [int(post["id"]) async for post in self._own_posts(place, forum, since) if post.get("name") == title]
        return str(max(alike)) if alike else None

    async def _find_in_forum(self, place: Place, forum: str, key: str, since: datetime) -> Posted | None:
        async for post in self._own_posts(place, forum, since):
            if found := await self._find_in(str(post["id"]), place, key, since):
                return found
        return None

    async def _own_posts(self, place: Place, forum: str, since: datetime) -> AsyncIterator[Mapping[str, Any]]:
        """The bot's posts in a forum made after ``since``."""
        earliest = snowflake(since - _SKEW)
        async for post in self._posts(place, forum, since):
            if int(post["id"]) >= earliest and str(post.get("owner_id", "")) == self._channels.bot_id:
                yield post

    async def _posts(self, place: Place, forum: str, since: datetime) -> AsyncIterator[Mapping[str, Any]]:
        """A forum's posts: the open ones, and the archived where one could have been archived since."""
        guild = place.workspace or await self._channels.guild_of(forum)
        active = await self._api.get("/guilds/{guild_id}/threads/active", guild_id=guild)
        for thread in active["threads"]:
            if str(thread.get("parent_id")) == forum:
                yield thread
        if self._clock.now() - since < _ARCHIVED_AFTER:
            return
        query = {"limit": str(_PAGE)}
        for _ in range(_MOST_PAGES):
            page = await self._api.get("/channels/{channel_id}/threads/archived/public", query, channel_id=forum)
            for thread in page["threads"]:
                yield thread
            if not page.get("has_more") or not page["threads"]:
                return
            archived = str(page["threads"][-1]["thread_metadata"]["archive_timestamp"])
            if datetime.fromisoformat(archived) < since - _SKEW:
                return
            query["before"] = archived

    # --- editing and finding ------------------------------------------------------------------------------------------

    async def edit(self, posted: Posted, payload: Payload) -> None:
        """Replace what was posted; opens the thread again where Discord has archived it."""
        channel, message = _parts(posted)
        body = _body(payload)
        try:
            await self._api.patch(_MESSAGE, body, channel_id=channel, message_id=message)
        except DeliveryError as error:
            if error.code != str(errors.ARCHIVED):
                raise
            await self._api.patch("/channels/{channel_id}", {"archived": False}, channel_id=channel)
            await self._api.patch(_MESSAGE, body, channel_id=channel, message_id=message)

    async def find(self, place: Place, key: str, since: datetime, reply_to: Posted | None) -> Posted | None:
        """Our message that bears ``key``, posted after ``since``; see :class:`bot.ports.ChatPlatform`."""
        if reply_to is not None:
            return await self._find_below(reply_to, place, key, since)
        channel = _target(place)
        if await self._channels.kind(channel, look=True) in permissions.FORUMS:
            return await self._find_in_forum(place, channel, key, since)
        return await self._find_in(channel, place, key, since)

    async def _find_below(self, root: Posted, place: Place, key: str, since: datetime) -> Posted | None:
        channel, message = _parts(root)
        if channel == message or await self._channels.kind(channel, look=True) in permissions.WITHOUT_THREADS:
            return await self._find_in(channel, place, key, since)
        try:
            return await self._find_in(self._threads.get(message, message), place, key, since)
        except DeliveryError as error:
            if error.code == "10003":  # no thread was ever made below it
                return None
            raise

    async def _find_in(self, channel: str, place: Place, key: str, since: datetime) -> Posted | None:
        after, empty = snowflake(since - _SKEW), True
        for _ in range(_MOST_PAGES):
            query = {"limit": str(_PAGE), "after": str(after)}
            page = await self._api.get(_MESSAGES, query, channel_id=channel)
            for message in page:
                if str(message["author"]["id"]) == self._channels.bot_id and bears(message, key):
                    return await self._found(place, channel, message, key)
            empty = empty and not page
            if len(page) < _PAGE:
                break
            after = max(int(message["id"]) for message in page)
        else:
            raise DeliveryError(
                "Whether it was posted cannot be known: too much was written in the channel since.",
                "Look for it there; if it is missing, post it with /briefing now.",
                permanent=True,
                code="too_long",
            )
        if empty:
            await self._sure_of_reading(channel)
        return None

    async def _found(self, place: Place, channel: str, message: Mapping[str, Any], key: str) -> Posted:
        if to_be_published(message, key) and not message.get("flags", 0) & limits.CROSSPOSTED:
            await self._publish(channel, str(message["id"]))
        return self._posted(place, channel, str(message["id"]))

    def _posted(self, place: Place, channel: str, message: str) -> Posted:
        """``ref`` is the channel that holds the message (a thread's own id where it is in one) and the message's id."""
        guild = place.workspace or self._channels.known_guild(_target(place)) or "@me"
        return Posted(place, f"{channel}/{message}", f"https://discord.com/channels/{guild}/{channel}/{message}")

    async def _sure_of_reading(self, channel: str) -> None:
        """An empty history proves nothing to a bot that may not read it: Discord then says nothing was ever posted."""
        held = await self._channels.permissions(channel)
        wanted = permissions.VIEW_CHANNEL | permissions.READ_MESSAGE_HISTORY
        if held is not None and held & wanted != wanted:
            raise errors.unreadable(permissions.names(wanted & ~held))


# --- references -------------------------------------------------------------------------------------------------------


def _target(place: Place) -> str:
    return place.thread or place.channel


def _posted(place: Place, channel: str, message: str) -> Posted:
    """``ref`` is the channel that holds the message (a thread's own id where it is in one) and the message's id."""
    return Posted(
        place, f"{channel}/{message}", f"https://discord.com/channels/{place.workspace or '@me'}/{channel}/{message}"
    )


def _parts(posted: Posted) -> tuple[str, str]:
    channel, _, message = posted.ref.partition("/")
    return channel, message


def _body(payload: Payload) -> dict[str, Any]:
    return {name: value for name, value in payload.items() if name != NOTES}


def _name_of(message: Mapping[str, Any]) -> str:
    """What a thread below the message is called: the message's first line, without its looks."""
    shown = next((c["content"] for c in walk(message.get("components") or ()) if c.get("type") == TEXT), "")
    first = shown.strip().split("\n", 1)[0].replace("\\", "").strip("#*-_ >")
    return cut(one_line(first), limits.THREAD_NAME, limits.width) or "…"
