"""The desk makes editions: for a subscription's slot, for ``/brief``, and again when an article was corrected."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.domain.accounts import account_of
from bot.domain.briefings import DEFAULT_LIMIT, Brief, Edition, Seen, Told, edition_of
from bot.domain.digests import Digest
from bot.domain.subscriptions import Slot, Subscription
from bot.messages.compose.briefing import briefing_message
from bot.messages.model import Message
from bot.services.library import Library, Snapshot


def title_at(local: datetime, topic: str | None = None) -> str:
    """``Morning briefing`` by the hour at the reader's place."""
    part = "Morning" if local.hour < 12 else "Afternoon" if local.hour < 17 else "Evening"
    return f"{part} briefing" + (f": {topic}" if topic else "")


class Desk:
    """Makes editions from the library as it is when asked."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._corrections = 0
        library.on_change(self._count)

    @property
    def corrections(self) -> int:
        """How many corrections of articles have come in since the start."""
        return self._corrections

    def _count(self, before: Snapshot, after: Snapshot) -> None:
        for id_, digest in after.digests.items():
            known = before.digests.get(id_)
            if known is None:
                self._corrections += digest.article.supersedes is not None
            elif known.article.sha256 != digest.article.sha256:
                self._corrections += 1

    async def edition(self, subscription: Subscription, slot: Slot, previous: Sequence[Edition]) -> Edition | None:
        """The edition for ``slot``; None where the subscription wants none: nothing new, or too few stories."""
        library = self._library.current
        local = slot.nominal
        brief = Brief(
            id=f"{local:%Y-%m-%d %H:%M}",
            title=title_at(local, subscription.topic),
            at=slot.instant,
            timezone=slot.timezone,
            topic=subscription.topic,
            limit=subscription.max_stories or DEFAULT_LIMIT,
            notes=(slot.note,) if slot.note else (),
        )
        edition = _edition(brief, library, previous)
        fresh = sum(told.status != "again" for told in edition.stories)
        if fresh < subscription.min_stories or (subscription.only_if_news and not fresh):
            return None
        return edition

    def message(self, edition: Edition, details: bool = False) -> Message:
        """The edition as it is posted."""
        return briefing_message(edition, details=details)

    async def corrected(self, edition: Edition) -> Edition | None:
        """``edition`` with the stories whose articles were corrected since told anew; None where none was.

        An article is corrected by one that supersedes it, or under its own id by another text. Only what the edition
        told of is told again: what the story has gained since is for the next one.
        """
        library = self._library.current
        superseding = {d.article.supersedes: d for d in library.digests.values() if d.article.supersedes}
        told, texts = [], dict(edition.texts)
        for each in edition.stories:
            ids = each.account.digests
            replaced = [d for id_ in ids if (d := _latest(id_, superseding, library.digests, edition.texts))]
            story = library.stories_by_digest.get(replaced[0].id) if replaced else None
            if story is None:
                told.append(each)
                continue
            there = {*ids, *(d.id for d in replaced)}
            digests = tuple(d for d in story.digests if d.id in there)
            account = account_of(replace(story, digests=digests), library.book)
            told.append(Told(number=each.number, status=each.status, account=account, changes=("corrected",)))
            texts |= {d.id: d.article.sha256 for d in digests}
        if tuple(told) == edition.stories:
            return None
        notes = (*(n for n in edition.notes if n != _CORRECTED), _CORRECTED)
        return edition.model_copy(update={"stories": tuple(told), "notes": notes, "texts": texts})

    def brief(
        self,
        now: datetime,
        zone: ZoneInfo,
        *,
        since: datetime | None = None,
        topic: str | None = None,
        limit: int = DEFAULT_LIMIT,
        followed: Collection[str] = (),
        previous: Sequence[Edition] = (),
    ) -> Edition:
        """The edition that answers ``/brief`` at ``now``."""
        library = self._library.current
        local = now.astimezone(zone)
        asked = Brief(
            id=f"{local:%Y-%m-%d %H:%M}",
            title=title_at(local, topic),
            at=now,
            timezone=zone.key,
            since=since,
            topic=topic,
            limit=limit,
            followed=followed,
        )
        return _edition(asked, library, previous)


def _edition(brief: Brief, library: Snapshot, previous: Sequence[Edition]) -> Edition:
    """The edition that answers ``brief``; an empty one says where digests wait for a person, lest it seem no news."""
    edition = edition_of(brief, library.stories, library.book, Seen.of(previous))
    if edition.stories or not library.unread:
        return edition
    return edition.model_copy(update={"notes": (*edition.notes, f"{library.waiting}.")})


def _latest(
    id_: str, superseding: Mapping[str, Digest], digests: Mapping[str, Digest], texts: Mapping[str, str]
) -> Digest | None:
    """The digest that corrects the one of that id, at the end of a row of corrections; None where nothing does."""
    current, followed = id_, {id_}
    while (newer := superseding.get(current)) and newer.id not in followed:
        current = newer.id
        followed.add(current)
    found = digests.get(current)
    changed = found is not None and texts.get(id_, found.article.sha256) != found.article.sha256
    return found if current != id_ or changed else None


_CORRECTED = "Corrected after it was posted: an article it drew on was corrected."
