"""Answers that only the asker sees. Kept in memory, so that a reload shows them; a restart forgets them."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, field
from datetime import datetime

from bot.ports import Payload

# An answer takes some ten kilobytes: all together stay well below a hundred megabytes. Whoever asks more, or comes
# after so many others, only loses the oldest answers at the next reload.
_PER_VISITOR = 25
_VISITORS = 200


@dataclass(frozen=True, slots=True)
class Aside:
    """One private answer. ``asked`` is the command as shown above it, ``share`` the code of its share button."""

    id: str
    channel: str
    asked: str
    payload: Payload
    at: datetime
    replies: tuple[Payload, ...] = field(default=())
    share: str = ""


class Asides:
    """The private answers of each visitor, oldest first, bounded in number."""

    def __init__(self, per_visitor: int = _PER_VISITOR, visitors: int = _VISITORS) -> None:
        self._most, self._visitors = per_visitor, visitors
        self._of: OrderedDict[str, dict[str, Aside]] = OrderedDict()

    def of(self, visitor: str, channel: str) -> list[Aside]:
        """What that visitor was told in that channel."""
        return [aside for aside in self._of.get(visitor, {}).values() if aside.channel == channel]

    def get(self, visitor: str, id_: str) -> Aside | None:
        """The visitor's answer of that id, or None where it is another's or forgotten."""
        return self._of.get(visitor, {}).get(id_)

    def put(self, visitor: str, aside: Aside) -> None:
        """Keep an answer; one of the same id is replaced where it stands."""
        mine = self._of.setdefault(visitor, {})
        mine[aside.id] = aside
        while len(mine) > self._most:
            del mine[next(iter(mine))]
        self._of.move_to_end(visitor)
        while len(self._of) > self._visitors:
            self._of.popitem(last=False)

    def dismiss(self, visitor: str, id_: str) -> None:
        """Forget an answer; nothing happens where it is not there."""
        self._of.get(visitor, {}).pop(id_, None)
