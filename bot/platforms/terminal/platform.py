"""The terminal as a chat platform: what is posted is recorded in a file, then shown on a stream.

The record is the channel; the stream only displays it. So a message is posted once even when the process ends between
the two, and can be found again.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import TextIO

import anyio

from bot.domain.errors import DeliveryError, StoreError
from bot.domain.places import Place, Platform
from bot.messages.model import Message
from bot.platforms.terminal.record import Entry, Record
from bot.platforms.terminal.render import render
from bot.ports import Clock, Payload, Posted

#: A key is never posted twice, however late it comes.
_FOR_EVER = timedelta(days=36_500)


class TerminalPlatform:
    """Posts to ``stream`` and keeps a record in ``path``. Places are ``Place("terminal", "", name)``.

    ``width`` is in cells; ``colour`` and ``links`` say what the stream's terminal shows.
    """

    name: Platform = "terminal"

    def __init__(
        self, stream: TextIO, path: Path, clock: Clock, *, width: int = 80, colour: bool = False, links: bool = False
    ) -> None:
        self._stream = stream
        self._record = Record(path)
        self._path = path
        self._clock = clock
        self._width, self._colour, self._links = width, colour, links
        self._trouble = ""

    def render(self, message: Message) -> tuple[Payload, ...]:
        """One payload: the plain text that is recorded, and the text as this terminal shows it."""
        plain = render(message, self._width)
        shown = render(message, self._width, colour=self._colour, links=self._links)
        return ({"text": plain, "shown": shown},)

    async def send(self, place: Place, payload: Payload, key: str, reply_to: Posted | None = None) -> Posted:
        """Record and show one payload; a key that the channel has already is neither recorded nor shown again.

        Raises:
            DeliveryError: the record cannot be written; nothing was posted.
        """
        entry = Entry(
            ref=key,
            channel=place.channel,
            key=key,
            posted=self._clock.now().isoformat(),
            text=str(payload["text"]),
            reply_to=reply_to.ref if reply_to else "",
        )
        kept, new = self._add(entry)
        if new:
            self._show(str(payload.get("shown", payload["text"])), place)
        return Posted(place, kept.ref)

    async def edit(self, posted: Posted, payload: Payload) -> None:
        """Record and show the new text; what scrolled by stays as it was.

        Raises:
            DeliveryError: nothing of that reference was posted, or the record cannot be written.
        """
        if not any(entry.ref == posted.ref for entry in self._entries(posted.place)):
            raise DeliveryError(f"Nothing to edit: {posted.ref} was never posted here.", permanent=True)
        now = self._clock.now().isoformat()
        text = str(payload["text"])
        self._add(Entry(posted.ref, posted.place.channel, posted.ref, now, text, edit=True))
        self._show("(changed)\n" + str(payload.get("shown", text)), posted.place)

    async def find(self, place: Place, key: str, since: datetime, reply_to: Posted | None = None) -> Posted | None:
        """The message of that key posted at or after ``since``, or None.

        Raises:
            DeliveryError: the record cannot be read.
        """
        found = (entry for entry in self._entries(place) if entry.key == key and not entry.edit and entry.at >= since)
        entry = next(found, None)
        return Posted(place, entry.ref) if entry else None

    @property
    def settle_after(self) -> timedelta:
        """Nothing is under way once a send has returned."""
        return timedelta(0)

    @property
    def resend_within(self) -> timedelta:
        """The record refuses a key it has, for ever."""
        return _FOR_EVER

    async def run(self) -> None:
        """Serve nothing: commands are typed at the command line."""
        await anyio.sleep_forever()

    async def health(self) -> Sequence[str]:
        """What keeps messages from being recorded or shown."""
        try:
            self._record.entries()
        except StoreError as error:
            return [str(error)]
        return [self._trouble] if self._trouble else []

    def _entries(self, place: Place) -> list[Entry]:
        try:
            return [entry for entry in self._record.entries() if entry.channel == place.channel]
        except StoreError as error:
            raise DeliveryError(error.what, error.hint) from error

    def _add(self, entry: Entry) -> tuple[Entry, bool]:
        try:
            return self._record.add_once(entry)
        except StoreError as error:
            raise DeliveryError(error.what, error.hint) from error

    def _show(self, text: str, place: Place) -> None:
        encoding = self._stream.encoding or "utf-8"
        shown = f"── #{place.channel} " + "─" * 8 + f"\n\n{text}\n"
        try:
            self._stream.write(shown.encode(encoding, "replace").decode(encoding))
            self._stream.flush()
        except (OSError, ValueError) as error:  # closed or full; the record has the message
            self._trouble = f"The terminal takes no output ({error}). Read what was posted in {self._path}."
        else:
            self._trouble = ""
