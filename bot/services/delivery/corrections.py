"""A briefing that was posted and whose article was corrected afterwards is edited, once for each correction."""

from __future__ import annotations

import structlog

from bot.domain.deliveries import Delivery, Part
from bot.domain.errors import DeliveryError, NotFound
from bot.ports import ChatPlatform, DeliveryLedger, Payload, Posted
from bot.services.delivery.desk import Desk, edition_from, parts_of
from bot.services.subscriptions import Subscriptions

_log = structlog.get_logger(__name__)


async def correct(
    delivery: Delivery, platform: ChatPlatform, desk: Desk, ledger: DeliveryLedger, subscriptions: Subscriptions
) -> bool:
    """Edit the posted parts of ``delivery`` where the desk has a newer state of its edition; False to try again later.

    An edit may be done twice without harm, so the ledger is told afterwards: a crash in between repeats it. What may
    not be edited any more (the message is gone) is not tried again.

    Raises:
        StoreError: the ledger could not be written.
    """
    edition = edition_from(delivery.edition, delivery.slot.key)
    newer = await desk.corrected(edition) if edition else None
    if newer is None:
        return True
    try:
        subscription = await subscriptions.get(delivery.slot.subscription)
        details, options = subscription.details, subscription.options
    except NotFound:
        details, options = any(part.reply_to is not None for part in delivery.parts), {}
    fresh = parts_of(desk.message(newer, details=details), delivery.slot, platform, options)
    payloads: dict[int, Payload] = {}
    for before, after in zip(delivery.parts, fresh, strict=False):
        if before.state == "delivered" and before.payload != after.payload:
            if not await _edited(delivery, before, after, platform):
                return False
            payloads[before.number] = after.payload
    await ledger.amend(delivery.slot.key, newer.model_dump(mode="json"), payloads)
    _log.info("briefing corrected", slot=delivery.slot.key, messages=len(payloads))
    return True


async def _edited(delivery: Delivery, before: Part, after: Part, platform: ChatPlatform) -> bool:
    """Whether this part is done with: edited, or not to be edited any more."""
    try:
        await platform.edit(Posted(delivery.place, before.ref, before.url), after.payload)
    except DeliveryError as error:
        _log.warning("correction not posted", slot=delivery.slot.key, part=before.number, reason=str(error))
        return error.permanent
    return True
