"""Where a message goes and who asks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Platform = Literal["discord", "slack", "web", "terminal"]
PLATFORMS: tuple[Platform, ...] = ("discord", "slack", "web", "terminal")


@dataclass(frozen=True, slots=True)
class Place:
    """A channel: ``workspace`` is a Slack team or Discord guild, empty for a direct message or our own page.

    ``thread`` names a thread inside the channel (a Slack ``ts``; Discord threads are channels of their own).
    """

    platform: Platform
    workspace: str
    channel: str
    thread: str = ""


@dataclass(frozen=True, slots=True)
class Actor:
    """Who asks. ``may_change`` and ``is_admin`` are the platform's word on their permissions in this place."""

    id: str
    name: str = ""
    may_change: bool = False
    is_admin: bool = False
