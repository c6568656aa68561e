"""A slot in hand, and how long it stays there."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta

from bot.domain.deliveries import Delivery
from bot.ports import Fuse, PermitEnded, elapsed, permitted

# Nothing is written with less of a lease than this left: writing a message takes well below a millisecond.
_LEAST = 0.05


@dataclass(slots=True)
class Hand:
    """A slot in hand.

    Attributes:
        delivery: as the ledger has it.
        deadline: when the lease ends by :func:`bot.ports.elapsed`; no request may last longer.
        fuse: ends the process where it is paused while writing; None where no other process could take over.
        sending: a request is under way, so its outcome must be awaited.
        stopped: to be put down after the step under way.
    """

    delivery: Delivery
    deadline: float
    fuse: Fuse | None = None
    sending: bool = False
    stopped: bool = False
    _scope: asyncio.Timeout | None = None
    _longest: float = 0.0

    def extend(self, deadline: float) -> None:
        """The lease was renewed: a request under way may go on as long."""
        self.deadline = deadline
        if self._scope is not None and not self._scope.expired():
            self._scope.reschedule(_by_the_loop(min(deadline, self._longest)))

    @property
    def lost(self) -> bool:
        """Whether the lease has ended by our own count."""
        return elapsed() >= self.deadline

    @property
    def left(self) -> float:
        """For how many seconds the request under way may still be written."""
        return min(self.deadline, self._longest) - elapsed()

    @asynccontextmanager
    async def within(self, longest: timedelta, since: float) -> AsyncIterator[Leave]:
        """End what is inside with TimeoutError ``longest`` after ``since``, or when the lease ends; it may write until.

        ``since`` is when the attempt was dated, by :func:`bot.ports.elapsed`: from there others count what is in doubt.
        """
        self._longest = since + longest.total_seconds()
        leave = Leave(self)
        async with asyncio.timeout_at(_by_the_loop(min(self.deadline, self._longest))) as scope:
            self._scope = scope
            try:
                with permitted(leave):
                    yield leave
            finally:
                self._scope = None


@dataclass(slots=True)
class Leave:
    """A :class:`bot.ports.Permit` for as long as a slot is in hand.

    Attributes:
        given: something was written.
        refused: something was not written any more.
    """

    hand: Hand
    given: bool = False
    refused: bool = False

    def ask(self) -> None:
        """See :meth:`bot.ports.Permit.ask`."""
        left = self.hand.left
        if left < _LEAST:
            self.refused = True
            raise PermitEnded
        self.given = True
        if fuse := self.hand.fuse:
            fuse.light(left)
            # The write follows without awaiting anything, so it is over when the loop comes to its next callback.
            asyncio.get_running_loop().call_soon(fuse.put_out)


def _by_the_loop(moment: float) -> float:
    return asyncio.get_running_loop().time() + moment - elapsed()
