"""Following names, and what is new for oneself."""

from __future__ import annotations

from bot.domain.entities import Entity
from bot.domain.subscriptions import Subscription
from bot.messages.actions import Ask, ask
from bot.messages.compose.briefing import story_card
from bot.messages.compose.lists import buttons, listing, notice, page_of, picks, turning
from bot.messages.compose.notes import cited
from bot.messages.model import Block, Bullets, Emphasis, Heading, Line, Message, Note, Paragraph, Plain, Strong, plain
from bot.services.answers.arranging import subscription_line
from bot.services.answers.references import again, entity_meant, page_number
from bot.services.catalogue import Request
from bot.services.newsroom import Newsroom
from bot.services.who import card

_STORIES_AT_HOME = 5
_FOLLOWED_AT_HOME = 8


async def follow(room: Newsroom, request: Request) -> Message:
    """Remember that the asker follows an entity."""
    entity = entity_meant(room.library.current, request, "name")
    place = request.place
    fresh = await room.follows.follow(place.platform, place.workspace, request.actor, entity.id, room.clock.now())
    detail = "Their stories rise to the top of your brief; following lists what is new of them."
    text = f"You now follow {entity.name}." if fresh else f"You already follow {entity.name}."
    return notice(text, _after(entity, "Unfollow"), detail=detail)


async def unfollow(room: Newsroom, request: Request) -> Message:
    """Forget that the asker follows an entity."""
    entity = entity_meant(room.library.current, request, "name")
    place = request.place
    known = await room.follows.unfollow(place.platform, place.workspace, request.actor, entity.id)
    text = f"You no longer follow {entity.name}." if known else f"You did not follow {entity.name}."
    return notice(text, _after(entity, "Follow"))


def _after(entity: Entity, turn: str) -> Block:
    return buttons((turn, ask(turn.lower(), name=entity.id)), ("Following", ask("following")))


async def following(room: Newsroom, request: Request) -> Message:
    """Everyone the asker follows, each with the latest line."""
    library = room.library.current
    entities = [library.book[id_] for id_ in await room.followed(request) if id_ in library.book]
    page = page_number(request)
    shown = page_of(entities, page)
    lines = [latest_line(room, entity) for entity in shown]
    cards = picks("Open a card", *((entity.name, entity.kind, ask("who", name=entity.id)) for entity in shown))
    more = turning(again(request), len(entities), page)
    return listing("You follow", lines, "You follow nobody yet. Try: follow, with a name.", cards, more)


def latest_line(room: Newsroom, entity: Entity) -> Line:
    """The entity's name and the newest line about it."""
    lines = card(room.library.current, entity, room.clock.now()).lines
    if not lines:
        return (Strong(entity.name), Plain(" — named, but nothing is said of it"))
    newest = lines[0]
    return (Strong(entity.name), Plain(f" — {newest.text} ("), cited(newest.sources[0]), Plain(")"))


async def home(room: Newsroom, request: Request) -> Message:
    """Today for one person: the briefing, whom they follow, what is posted where and when."""
    library = room.library.current
    followed = await room.followed(request)
    edition = room.desk.brief(room.clock.now(), room.zone, limit=_STORIES_AT_HOME, followed=followed)
    room.remember(request, edition)
    blocks: list[Block] = [Heading("Today", level=1), *(Note((Emphasis(note),)) for note in edition.notes)]
    blocks += [story_card(told) for told in edition.stories] or [Paragraph(plain("No stories are stored yet."))]
    blocks.append(Heading("You follow"))
    lines = [latest_line(room, library.book[id_]) for id_ in followed[:_FOLLOWED_AT_HOME] if id_ in library.book]
    blocks.append(Bullets(tuple(lines)) if lines else Paragraph(plain("Nobody yet. Press Follow on a card.")))
    named = [library.book[id_] for id_ in followed[:_FOLLOWED_AT_HOME] if id_ in library.book]
    unfollow_one = picks(
        "Stop following", *((e.name, e.kind, Ask("unfollow", (("name", e.id),), replace=True)) for e in named)
    )
    blocks += [unfollow_one] if unfollow_one else []
    blocks.append(Heading("Briefings"))
    subscriptions = await room.subscriptions.list(request.place.platform, request.place.workspace)
    posted = tuple(subscription_line(room, each) for each in subscriptions)
    blocks.append(Bullets(posted) if posted else Paragraph(plain("None yet. Try: briefing add 08:00.")))
    turn = picks("Pause or resume a briefing", *(_turning(each) for each in subscriptions))
    blocks += [turn] if turn else []
    blocks.append(buttons(("Following", ask("following")), ("Briefings", ask("briefing list")), ("Help", ask("help"))))
    headlines = "; ".join(told.account.headline for told in edition.stories[:3])
    return Message("Today", tuple(blocks), f"Today: {headlines}" if headlines else "Today: no stories yet")


def _turning(subscription: Subscription) -> tuple[str, str, Ask]:
    """The choice that pauses a running briefing, or resumes a paused one."""
    verb = "resume" if subscription.paused else "pause"
    action = Ask(f"briefing {verb}", (("id", subscription.id),), replace=True)
    return (f"{verb.capitalize()} {subscription.id}", str(subscription.schedule), action)
