"""What delivering needs of those who write editions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol, runtime_checkable

import structlog
from pydantic import JsonValue, ValidationError

from bot.domain.briefings import Edition
from bot.domain.deliveries import Delivery, Part, part_key
from bot.domain.subscriptions import Slot, Subscription
from bot.messages.model import Message
from bot.ports import ChatPlatform, Payload

_log = structlog.get_logger(__name__)
# A key holds two digits for its part; a briefing of a hundred messages has gone wrong anyway.
_MOST_PARTS = 99


class Desk(Protocol):
    """Writes editions."""

    @property
    def corrections(self) -> int:
        """How many corrections of articles have come in since the start."""
        ...

    async def edition(self, subscription: Subscription, slot: Slot, previous: Sequence[Edition]) -> Edition | None:
        """The edition for ``slot``; None where the subscription wants none.

        ``previous`` are the editions that this channel received, newest first.
        """
        ...

    def message(self, edition: Edition, details: bool = False) -> Message:
        """The edition as it is posted; its thread holds the details."""
        ...

    async def corrected(self, edition: Edition) -> Edition | None:
        """A newer state of a posted edition whose articles were corrected; None when nothing was."""
        ...


@runtime_checkable
class TakesOptions(Protocol):
    """A platform whose messages can be marked by a subscription's own options (published, tagged)."""

    def with_options(self, payload: Payload, options: Mapping[str, JsonValue]) -> Payload:
        """The payload, marked. Pure."""
        ...


def parts_of(message: Message, slot: Slot, platform: ChatPlatform, options: Mapping[str, JsonValue]) -> list[Part]:
    """Everything to post for ``message``, rendered: its own payloads, then its thread's below the first of them."""
    payloads: list[tuple[Payload, int | None]] = [(payload, None) for payload in platform.render(message)]
    for below in message.thread:
        payloads.extend((payload, 0) for payload in platform.render(below))
    if options and isinstance(platform, TakesOptions):
        payloads = [(platform.with_options(payload, options), reply_to) for payload, reply_to in payloads]
    if len(payloads) > _MOST_PARTS:
        _log.warning("briefing cut", slot=slot.key, messages=len(payloads), kept=_MOST_PARTS)
    return [
        Part(number, part_key(slot, number), payload, reply_to)
        for number, (payload, reply_to) in enumerate(payloads[:_MOST_PARTS])
    ]


def edition_from(stored: Mapping[str, Any] | None, key: str) -> Edition | None:
    """A frozen edition as it was; None where there is none, or one of a form that this version cannot read."""
    if stored is None:
        return None
    try:
        return Edition.model_validate(stored)
    except ValidationError:
        _log.warning("edition of another version left out", slot=key)
        return None


def editions_of(deliveries: Sequence[Delivery]) -> list[Edition]:
    """The editions of these deliveries, in their order."""
    found = (edition_from(delivery.edition, delivery.slot.key) for delivery in deliveries)
    return [edition for edition in found if edition]
