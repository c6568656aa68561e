"""Ends this process by the kernel's hand where it was paused at the one moment when it must not be."""

from __future__ import annotations

import signal


class AlarmFuse:
    """A :class:`bot.ports.Fuse` made of the process's alarm clock.

    The alarm is left at its default action, which is the death of the process. It goes on counting while the process
    is stopped (a signal, a frozen container), and a process that wakes up meets its pending signals before its next
    instruction: so there is no moment left, however short, between looking at the lease and writing. The slots in
    hand are then in doubt, like those of any process that was killed, and are settled by whoever has them next.
    """

    def light(self, seconds: float) -> None:
        """See :meth:`bot.ports.Fuse.light`."""
        signal.setitimer(signal.ITIMER_REAL, seconds)

    def put_out(self) -> None:
        """See :meth:`bot.ports.Fuse.put_out`."""
        signal.setitimer(signal.ITIMER_REAL, 0)
