"""Leave to send: a platform asks for it right before the bytes of a message are written.

Whoever holds a slot may send only while the lease lasts, and a process can be paused anywhere: between recording an
attempt and opening a connection, or while one waits for a free one. So the last look is taken by the platform's own
HTTP client, with nothing left to do but the write.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Protocol

_current: ContextVar[Permit | None] = ContextVar("permit", default=None)


class Permit(Protocol):
    """Leave to send one message."""

    def ask(self) -> None:
        """Return when the message may be written now, with no awaiting in between.

        Raises:
            PermitEnded: it may not, and nothing was written.
        """
        ...


class PermitEnded(Exception):
    """Someone else may be at it: this process sends nothing."""


class Fuse(Protocol):
    """Ends this process if it is held up: for the few instructions that nothing may come between."""

    def light(self, seconds: float) -> None:
        """From now on this process has so long to put it out; paused beyond it, it never runs another instruction."""
        ...

    def put_out(self) -> None:
        """What had to be done is done."""
        ...


@contextmanager
def permitted(permit: Permit) -> Iterator[None]:
    """Have what is sent inside ask ``permit``."""
    token = _current.set(permit)
    try:
        yield
    finally:
        _current.reset(token)


def ask_to_write() -> None:
    """To be called by a platform right before the bytes of a message are written; whatever no slot stands for may go.

    Raises:
        PermitEnded: it must not be written.
    """
    permit = _current.get()
    if permit is not None:
        permit.ask()
