"""What a parser of pages and files gives back: plain values that cross from the worker as JSON."""

from __future__ import annotations

from typing import Annotated

from pydantic import AwareDatetime, Field

from bot.domain.digests import Frozen


class Extracted(Frozen):
    """An article as its page tells it. Whatever the page does not say is empty or None.

    ``paragraphs`` holds the sentences of each paragraph. ``dated`` says whether ``published`` came with a time of day.
    ``site`` is the site's own name, ``source`` the outlet that a copy's boilerplate names.
    """

    title: str = ""
    site: str = ""
    source: str = ""
    byline: tuple[str, ...] = ()
    published: AwareDatetime | None = None
    language: str = "en"
    canonical: str = ""
    paragraphs: Annotated[tuple[tuple[str, ...], ...], Field(min_length=1)]


class Refusal(Exception):
    """A page or file that can be read but gives no article; raised in the worker, told by its words.

    Attributes:
        what: why, as the end of a sentence that begins with the source's name.
        hint: what to do next.
        unreadable: it is not even what it claims to be.
    """

    def __init__(self, what: str, hint: str = "", *, unreadable: bool = False) -> None:
        super().__init__(what)
        self.what = what
        self.hint = hint
        self.unreadable = unreadable
