"""Chat platforms: rendering, posting, reading back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Protocol

from bot.domain.places import Place, Platform
from bot.messages.model import Message

Payload = Mapping[str, Any]
"""One message as the platform's API takes it, JSON-able, so that the ledger can freeze it."""


@dataclass(frozen=True, slots=True)
class Posted:
    """A message that a platform holds. ``ref`` is what it takes to edit, reply to or find it again."""

    place: Place
    ref: str
    url: str = ""


class ChatPlatform(Protocol):
    """Renders and delivers messages. Stateless about deliveries: what was sent is the ledger's to know."""

    name: Platform

    def render(self, message: Message) -> tuple[Payload, ...]:
        """The payloads of ``message`` in order, within the platform's limits. Pure; never raises."""
        ...

    async def send(self, place: Place, payload: Payload, key: str, reply_to: Posted | None = None) -> Posted:
        """Post one payload once; ``reply_to`` puts it into that message's thread.

        ``key`` (at most 25 characters of [a-z0-9-]) names this part of this slot for ever: it travels with the message,
        so that :meth:`find` can see it, and as the platform's idempotency key where it has one. Right before its bytes
        are written :func:`bot.ports.ask_to_write` is called, so that a process that was paused meanwhile sends nothing.

        Raises:
            DeliveryError: ``maybe_sent`` when the platform may have taken it.
        """
        ...

    async def edit(self, posted: Posted, payload: Payload) -> None:
        """Replace what was posted; pings no one.

        Raises:
            DeliveryError: it is gone or may not be edited.
        """
        ...

    async def find(self, place: Place, key: str, since: datetime, reply_to: Posted | None = None) -> Posted | None:
        """Read the channel (or thread) back: our message that bears ``key``, posted after ``since``; None if absent.

        Raises:
            DeliveryError: it cannot be known, with what is missing (a scope, a permission).
        """
        ...

    @property
    def settle_after(self) -> timedelta:
        """How long after a doubtful send a late post can still appear; read back only then."""
        ...

    @property
    def resend_within(self) -> timedelta:
        """How long the platform itself drops a second send of the same key; zero where it never does."""
        ...

    async def run(self) -> None:
        """Serve commands until cancelled."""
        ...

    async def health(self) -> Sequence[str]:
        """What is wrong right now, each a sentence that says what to do; empty when all is well."""
        ...
