"""What the page's routes raise for a visitor to see."""

from __future__ import annotations

from bot.domain.errors import NotFound


class NoSuchPage(NotFound):
    """Nothing is at this address."""
