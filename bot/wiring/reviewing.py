"""``lede digest show|edit|approve``: a person's word on a stored digest."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Sequence

from bot.domain.digests import Digest
from bot.domain.errors import BadRequest, NotFound
from bot.domain.reviews import approved, doubts
from bot.domain.reviews import edited as edited_by_hand
from bot.services.library import Snapshot, snapshot_of
from bot.settings import Settings
from bot.wiring import Office, open_newsroom


async def stored(settings: Settings, reference: str) -> tuple[Digest, Snapshot]:
    """The digest of that id or key, reviewed or not, and the library that it stands in.

    Raises:
        NotFound: there is none.
    """
    async with open_newsroom(settings) as office:
        digests = await office.room.digests.load()
        return _found(digests, reference), snapshot_of(digests)


def _found(digests: Sequence[Digest], reference: str) -> Digest:
    found = [digest for digest in digests if reference in (digest.id, digest.key)]
    if not found:
        raise NotFound(f"There is no digest {reference[:60]}.", "lede search and lede sources name digests.")
    if len(found) > 1:
        raise BadRequest(f"{reference} is {len(found)} digests.", f"Give the id: {', '.join(d.id for d in found)}.")
    return found[0]


async def approve(settings: Settings, reference: str) -> Digest:
    """Record that a person has read the digest now.

    Raises:
        NotFound: there is none.
        StoreError: it cannot be written.
    """

    async def change(office: Office, digest: Digest) -> Digest:
        return approved(digest, office.clock.now())

    return await _changed(settings, reference, change)


async def edited(settings: Settings, digest: Digest, text: str) -> tuple[Digest, list[tuple[str, str]]]:
    """Keep the digest as a person rewrote it; with the numbers that its sentences do not hold, as (field, number).

    Raises:
        BadRequest: it is no JSON, no digest, or changes what identifies it.
        UnsupportedClaim: a quotation is not in the sentences that it gives as evidence.
        StoreError: it cannot be written.
    """
    try:
        document = json.loads(text)
    except json.JSONDecodeError as error:
        raise BadRequest(f"Line {error.lineno}: {error.msg}.", "Correct it and save again.") from None

    unsure: list[tuple[str, str]] = []

    async def change(office: Office, current: Digest) -> Digest:
        article = await office.room.articles.get(current.id)
        rewritten = edited_by_hand(current, document, office.clock.now(), article)
        unsure.extend(doubts(current, rewritten, article) if article else ())
        return rewritten

    return await _changed(settings, digest.id, change), unsure


async def sentences(settings: Settings, digest: Digest) -> tuple[str, ...]:
    """The article's sentences, in order; none where they are not kept."""
    async with open_newsroom(settings) as office:
        article = await office.room.articles.get(digest.id)
        return article.sentences if article else ()


async def _changed(settings: Settings, reference: str, change: Callable[[Office, Digest], Awaitable[Digest]]) -> Digest:
    async with open_newsroom(settings) as office:
        digest = _found(await office.room.digests.load(), reference)
        changed = await change(office, digest)
        await office.room.digests.file(changed)
        return changed
