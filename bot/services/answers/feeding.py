"""Where digests come from: feeds that are read, articles that are added, digests that are stored."""

from __future__ import annotations

from datetime import datetime

from bot.domain.accounts import account_of
from bot.domain.addresses import shown
from bot.domain.digests import Digest
from bot.domain.errors import BadRequest, NotFound
from bot.domain.feeds import Feed, complaint
from bot.domain.stories import Story
from bot.messages.actions import ask
from bot.messages.compose.lists import buttons, listing, notice, page_of, turning
from bot.messages.compose.story import story_message
from bot.messages.model import Choices, Line, Message, Note, Plain, Strong, linked, plain
from bot.services.answers.arranging import flag
from bot.services.answers.references import again, page_number
from bot.services.catalogue import Request
from bot.services.newsroom import Newsroom

_SHOWN_IN_PLAN = 20


async def add_feed(room: Newsroom, request: Request) -> Message:
    """Read a feed, or the feed of a site, from now on."""
    added = await room.feeds.add(request.options["url"].strip())
    feed = added.feed
    text = f"{feed.name} is read from now on." if added.new else f"{feed.name} is read already."
    others = ", ".join(other.url for other in added.others[:5])
    return notice(
        text,
        detail=f"The site also offers: {others}" if others else f"Its newest articles come first: {shown(feed.url)}",
    )


async def list_feeds(room: Newsroom, request: Request) -> Message:
    """Every feed and how it is."""
    found = await room.feeds.list()
    page = page_number(request)
    now = room.clock.now()
    lines = [feed_line(feed, now) for feed in page_of(found, page, 10)]
    empty = "No feed is read yet. Try: feeds add, with the address of a feed or a site."
    return listing("Feeds", lines, empty, turning(again(request), len(found), page, 10))


def feed_line(feed: Feed, now: datetime) -> Line:
    """A feed in one line: articles so far, when it was last read, when it is next, and what is wrong."""
    read = f"last read {feed.last_success:%d %b %H:%M} UTC" if feed.last_success else "not read yet"
    count = f"{feed.items} article{'s' * (feed.items != 1)}"
    upcoming = "" if feed.state == "gone" else f", next {feed.next_try:%d %b %H:%M} UTC"
    wrong = complaint(feed, now)
    trouble = (Strong(f" — {wrong}"),) if wrong else ()
    # An address can hold a private feed's key: it is shown without, and linked only where it holds none.
    address = shown(feed.url)
    name = linked(feed.name if feed.title else address, feed.url if address == feed.url else None)
    return (name, Plain(f": {count}, {read}{upcoming}"), *trouble)


async def remove_feed(room: Newsroom, request: Request) -> Message:
    """Stop reading a feed; its articles stay."""
    removed = await room.feeds.remove(request.options["feed"])
    return notice(f"{removed.name} is no longer read. Its {removed.items} articles stay.")


async def import_feeds(room: Newsroom, request: Request) -> Message:
    """What an OPML file would add; with ``confirm``, add it."""
    url = request.options["url"].strip()
    plan = await room.feeds.plan_import(url)
    if flag(request, "confirm"):
        added = await room.feeds.carry_out(plan)
        return notice(f"{len(added)} feeds are read from now on, {len(plan.known)} were already.")
    lines: list[Line] = [linked_feed(found.title or found.url, found.url) for found in plan.new[:_SHOWN_IN_PLAN]]
    if (more := len(plan.new) - _SHOWN_IN_PLAN) > 0:
        lines.append(plain(f"… and {more} more"))
    lines += [(Plain(f"Not {found.url}: {why}"),) for found, why in plan.refused[:_SHOWN_IN_PLAN]]
    told = Note(plain(f"{len(plan.new)} are new, {len(plan.known)} known, {len(plan.refused)} cannot be read."))
    confirm = buttons((f"Add {len(plan.new)}", ask("feeds import", url=url, confirm="yes"))) if plan.new else None
    return listing("This would be added", lines, "It holds no new feed.", told, confirm)


def linked_feed(name: str, url: str) -> Line:
    """A feed by its name, linked."""
    return (linked(name, url),)


async def add_digest(room: Newsroom, request: Request) -> Message:
    """Digest one article."""
    result = await room.ingest.add(request.options["url"].strip())
    if result.status == "refused" or result.digest is None:
        raise BadRequest(f"That was not added: {result.reason}", result.hint)
    await room.library.refresh()
    stored = room.library.current.digests.get(result.digest)
    text = {"added": "Added", "updated": "Updated", "duplicate": "Known already"}[result.status]
    if stored is None:
        return notice(f"{text}: {result.digest}.", detail="It is told once a person has reviewed it.")
    return notice(f"{text}: {stored.headline}", _open(stored), detail=result.reason)


def _open(digest: Digest) -> Choices:
    return buttons(("Open", ask("digest show", id=digest.key)), ("Story", ask("story", story=digest.key)))


async def show_digest(room: Newsroom, request: Request) -> Message:
    """One stored digest, as it is."""
    library = room.library.current
    wanted = request.options["id"].strip()
    digest = next((d for d in library.digests.values() if wanted in (d.id, d.key)), None)
    if digest is None:
        raise NotFound(f"There is no digest {wanted[:60]}.", "The sources of a story name its digests.")
    message = story_message(account_of(Story(digest.key, (digest,)), library.book))
    made = digest.made
    reviewed = f"reviewed {made.reviewed:%d %b %Y}" if made.reviewed else "not reviewed"
    return message.with_blocks(Note(plain(f"{digest.id} · made by {made.by}, {made.at:%d %b %Y}, {reviewed}")))
