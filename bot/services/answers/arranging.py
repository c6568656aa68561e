"""Arranging briefings: what is posted where and when."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from pydantic import JsonValue

from bot.domain.errors import BadRequest
from bot.domain.places import Place
from bot.domain.subscriptions import Subscription
from bot.messages.actions import ask
from bot.messages.compose.lists import buttons, listing, notice, page_of, turning
from bot.messages.model import Block, Code, Line, Message, Plain
from bot.services.answers.references import again, page_number
from bot.services.catalogue import Request
from bot.services.newsroom import Newsroom
from bot.services.subscriptions import Wanted

# A channel as people and platforms write it: <#C024BE91L|general>, <#123>, #general, a bare id.
_MENTION = re.compile(r"<#(?P<id>[A-Za-z0-9]+)(\|[^>]*)?>")
_YES = {"yes", "y", "true", "on", "1", "ja", "sí", "si"}
_NO = {"no", "n", "false", "off", "0", "nein", ""}


async def add(room: Newsroom, request: Request) -> Message:
    """Post a briefing regularly, in this channel unless another is named."""
    place = _target(request)
    wanted = Wanted(
        at=request.options["at"],
        timezone=request.options.get("tz", ""),
        days=request.options.get("days", ""),
        topic=request.options.get("topic", ""),
        quiet=request.options.get("quiet", ""),
        skip=request.options.get("skip", ""),
        min_stories=whole(request, "min") or 0,
        max_stories=whole(request, "max"),
        only_if_news=flag(request, "only_if_news"),
        details=flag(request, "details"),
        options=_own_options(request),
    )
    made = await room.subscriptions.add(place, wanted, by=request.actor.id)
    where = "" if place.channel == request.place.channel else f" in {place.channel}"
    text = f"A briefing will be posted{where}: {made.schedule}. It is {made.id}."
    return notice(text, _orders(made), detail=_upcoming(room, made))


def _own_options(request: Request) -> Mapping[str, JsonValue]:
    """What only one platform knows of a briefing; the others never offer it."""
    chosen: dict[str, JsonValue] = {}
    if flag(request, "publish"):
        chosen["publish"] = True
    tags = [tag.strip() for tag in request.options.get("tags", "").split(",")]
    if any(tags):
        chosen["tags"] = [tag for tag in tags if tag]
    return chosen


def _target(request: Request) -> Place:
    text = request.options.get("channel", "").strip()
    mention = _MENTION.fullmatch(text)
    channel = mention["id"] if mention else text
    if not channel:
        return replace(request.place, thread="")
    return Place(request.place.platform, request.place.workspace, channel)


def flag(request: Request, option: str) -> bool:
    """Whether the option says yes.

    Raises:
        BadRequest: it says neither yes nor no.
    """
    text = request.options.get(option, "").strip().casefold()
    if text not in _YES | _NO:
        raise BadRequest(f"{option} is “{text[:20]}”.", "Say yes or no.")
    return text in _YES


def whole(request: Request, option: str) -> int | None:
    """The option as a whole number; None where it is not given.

    Raises:
        BadRequest: it is no number from 0 to 50.
    """
    text = request.options.get(option, "").strip()
    if not text:
        return None
    if not text.isdecimal() or int(text) > 50:
        raise BadRequest(f"{option} is “{text[:20]}”.", "Give a number up to 50.")
    return int(text)


async def listed(room: Newsroom, request: Request) -> Message:
    """Every briefing of this server, with when it comes next."""
    found = await room.subscriptions.list(request.place.platform, request.place.workspace)
    page = page_number(request)
    lines = [subscription_line(room, each) for each in page_of(found, page)]
    empty = "No briefing is set up here. Try: briefing add 08:00."
    return listing("Briefings", lines, empty, turning(again(request), len(found), page))


def subscription_line(room: Newsroom, subscription: Subscription) -> Line:
    """A briefing in one line: id, where, when, about what, and when it comes next."""
    topic = f", topic {subscription.topic}" if subscription.topic else ""
    where = f" {subscription.place.channel}: {subscription.schedule}{topic}. {_upcoming(room, subscription)}"
    return (Code(subscription.id), Plain(where))


def _upcoming(room: Newsroom, subscription: Subscription) -> str:
    if subscription.paused:
        return f"Paused since {subscription.paused.at:%d %b %Y}: {subscription.paused.why}."
    slot = room.subscriptions.upcoming(subscription)
    if slot is None:
        return "Never due: every date is skipped."
    return f"Next: {slot.nominal:%a} {slot.nominal.day} {slot.nominal:%b %Y, %H:%M} {slot.timezone}."


async def preview(room: Newsroom, request: Request) -> Message:
    """What the next one would say, were it due now."""
    subscription = await room.subscriptions.get(request.options["id"], request.place)
    edition = await room.deliveries.preview(subscription)
    if edition is None:
        return notice(f"{subscription.id} would post nothing now: there is not enough news for it.")
    return room.desk.message(edition, details=subscription.details)


async def pause(room: Newsroom, request: Request) -> Message:
    """Post nothing until it is resumed."""
    paused = await room.subscriptions.pause(
        request.options["id"], f"by {request.actor.name or request.actor.id}", request.place
    )
    resume_button = buttons(("Resume", ask("briefing resume", id=paused.id)))
    return notice(f"{paused.id} is paused.", resume_button, detail=f"{paused.schedule}")


async def resume(room: Newsroom, request: Request) -> Message:
    """Post again."""
    resumed = await room.subscriptions.resume(request.options["id"], request.place)
    return notice(f"{resumed.id} goes on.", _orders(resumed), detail=_upcoming(room, resumed))


async def remove(room: Newsroom, request: Request) -> Message:
    """Forget it."""
    removed = await room.subscriptions.remove(request.options["id"], request.place)
    return notice(f"{removed.id} is removed: {removed.schedule}.", detail="What it posted stays.")


async def now(room: Newsroom, request: Request) -> Message:
    """Post it now, once, beside its schedule."""
    subscription = await room.subscriptions.get(request.options["id"], request.place)
    delivery = await room.deliveries.now(subscription)
    text = f"{subscription.id} is being posted now."
    if delivery.state == "delivered":
        text = f"{subscription.id} was posted."
    elif delivery.state in ("refused", "missed", "skipped"):
        raise BadRequest(f"{subscription.id} was not posted: {delivery.reason}", delivery.hint)
    return notice(text)


def _orders(subscription: Subscription) -> Block:
    id_ = subscription.id
    return buttons(
        ("Preview", ask("briefing preview", id=id_)),
        ("Post now", ask("briefing now", id=id_)),
        ("Pause", ask("briefing pause", id=id_)),
    )
