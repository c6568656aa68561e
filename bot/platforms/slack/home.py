"""The Home tab. Pure."""

from __future__ import annotations

from typing import Any

from bot.messages.actions import ask
from bot.messages.model import Choice, Choices, Message
from bot.platforms.slack.modals import Memo, first_page, written
from bot.platforms.slack.render import rendered

#: Opens the window that completes names as one types, since a Home tab has no line to type in.
SEARCH = Choices((Choice("Look someone up", ask("who"), primary=True),))


def home_view(message: Message, memo: Memo) -> dict[str, Any]:
    """The tab that shows ``message``, the answer to the command ``home``, below a button to look names up."""
    blocks = rendered((SEARCH, *first_page(message.blocks)), "view")
    return {"type": "home", "private_metadata": written(memo), "blocks": blocks}
