"""``lede digest``: which digests wait for a person, and a person's word on them."""

from __future__ import annotations

import json
from collections.abc import Sequence

from bot.domain.digests import Digest
from bot.domain.errors import BadRequest, NotFound
from bot.domain.reviews import approved, doubts
from bot.domain.reviews import edited as edited_by_hand
from bot.services.library import Snapshot, snapshot_of, unread_of
from bot.settings import Settings
from bot.wiring import open_newsroom


async def shelf(settings: Settings) -> tuple[list[Digest], set[str]]:
    """Every stored digest, the newest article first, and the ids of those that wait for a person."""
    async with open_newsroom(settings) as office:
        digests = await office.room.digests.load()
    newest = sorted(digests, key=lambda digest: (digest.article.published, digest.id), reverse=True)
    return newest, {digest.id for digest in unread_of(digests)}


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
        raise NotFound(f"There is no digest {reference[:60]}.", "lede digest list names them.")
    if len(found) > 1:
        raise BadRequest(f"{reference} is {len(found)} digests.", f"Give the id: {', '.join(d.id for d in found)}.")
    return found[0]


async def approve(settings: Settings, references: Sequence[str]) -> list[Digest]:
    """Record that a person has read the digests now; all of them or, where one is not there, none.

    Raises:
        NotFound: one is not there.
        StoreError: one cannot be written.
    """
    async with open_newsroom(settings) as office:
        digests = await office.room.digests.load()
        found = [approved(_found(digests, reference), office.clock.now()) for reference in references]
        for digest in found:
            await office.room.digests.file(digest)
        return found


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

    async with open_newsroom(settings) as office:
        current = _found(await office.room.digests.load(), digest.id)
        article = await office.room.articles.get(current.id)
        rewritten = edited_by_hand(current, document, office.clock.now(), article)
        await office.room.digests.file(rewritten)
        return rewritten, doubts(current, rewritten, article) if article else []


async def sentences(settings: Settings, digest: Digest) -> tuple[str, ...]:
    """The article's sentences, in order; none where they are not kept."""
    async with open_newsroom(settings) as office:
        article = await office.room.articles.get(digest.id)
        return article.sentences if article else ()
