"""Noticing that a folder changed: told by the system where it tells, by looking where it does not."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import suppress
from pathlib import Path

from watchfiles import awatch

# Network and container file systems swallow notifications without an error, so we look as well. Looking is one
# scan of the folder; once a second keeps a change within the promised 2 s with room for a slow scan.
POLL_SECONDS = 1.0
# A burst of writes (a checkout, an import) costs one scan per pause, not one per file.
_PAUSE_SECONDS = 0.1
# The system refuses to watch when the folder is not there yet or its watches are used up; both may pass.
_RETRY_SECONDS = 10.0


async def changes_of(
    folder: Path, known: object, state: Callable[[], object], poll: float
) -> AsyncGenerator[None, None]:
    """Yield once after each change of ``state()``, beginning with a difference from ``known``.

    Args:
        folder: what to watch.
        known: the state that the listener has seen.
        state: blocking, called in a thread; equal values mean that nothing changed.
        poll: seconds between two looks when the system tells of nothing.
    """
    wake = asyncio.Event()
    watch = asyncio.create_task(_wake_on_events(folder, wake), name=f"watch {folder}")
    try:
        while True:
            now = await asyncio.to_thread(state)
            if now != known:
                known = now
                yield
            await asyncio.sleep(_PAUSE_SECONDS)
            with suppress(TimeoutError):
                await asyncio.wait_for(wake.wait(), max(poll - _PAUSE_SECONDS, 0))
            wake.clear()
    finally:
        watch.cancel()
        with suppress(asyncio.CancelledError):
            await watch


async def _wake_on_events(folder: Path, wake: asyncio.Event) -> None:
    while True:
        with suppress(OSError, RuntimeError):
            async for _ in awatch(folder, watch_filter=None, debounce=200, step=50, ignore_permission_denied=True):
                wake.set()
        await asyncio.sleep(_RETRY_SECONDS)
