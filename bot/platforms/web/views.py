"""Templates and how moments are written in them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, tzinfo
from typing import Any
from urllib.parse import urlencode

from jinja2 import Environment, PackageLoader, StrictUndefined

from bot.messages.model import day
from bot.platforms.web.asides import Aside
from bot.platforms.web.browse import Asked
from bot.platforms.web.log import Thread


class Views:
    """Pages and fragments as HTML. ``zone`` is the time zone of every hour shown."""

    def __init__(self, bot_name: str, zone: tzinfo) -> None:
        self.bot_name = bot_name
        # StrictUndefined: a misspelt name is an error in a test, not a hole in the page.
        self._environment = Environment(
            loader=PackageLoader("bot.platforms.web"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._environment.filters |= {
            "hour": lambda moment: f"{moment.astimezone(zone):%H:%M}",
            "day": lambda moment: long_day(moment.astimezone(zone)),
            "longday": long_day,
            "instant": lambda moment: f"{day(moment.astimezone(zone))}, {moment.astimezone(zone):%H:%M}",
            "partial": partial_date,
        }
        self._environment.globals |= {"turn": page_query}

    def page(self, name: str, values: Mapping[str, Any]) -> str:
        """The template of that name."""
        return self._environment.get_template(f"{name}.html").render(bot_name=self.bot_name, **values)

    def said(self, thread: Thread) -> str:
        """One message of a channel with its replies."""
        show: Any = self._environment.get_template("message.html").module
        return str(show.said(thread, thread.said.channel, self.bot_name)).strip()

    def aside(self, aside: Aside) -> str:
        """One private answer."""
        show: Any = self._environment.get_template("message.html").module
        return str(show.aside(aside, self.bot_name)).strip()


def long_day(moment: date) -> str:
    """A day in full: ``Tuesday, 13 January 2026``."""
    return f"{moment:%A}, {moment.day} {moment:%B} {moment.year}"


def partial_date(text: str) -> str:
    """A date as precise as it is known, in words: ``2026``, ``Jan 2026``, ``3 Jan 2026``."""
    parts = [int(part) for part in text.split("-")]
    if len(parts) == 1:
        return text
    moment = date(parts[0], parts[1], parts[2] if len(parts) > 2 else 1)
    return day(moment) if len(parts) > 2 else f"{moment:%b} {moment.year}"


def made_by(by: str) -> str:
    """Who made a digest, for a reader: the field's values are written for programs."""
    how, _, what = by.partition(":")
    return {"hand": "by hand", "llm": f"by the model {what}"}.get(how, f"by rules ({by})")


def page_query(asked: Asked, page: int) -> str:
    """The query of another page of the same listing."""
    given = {"q": asked.words, "topic": asked.topic, "outlet": asked.outlet, "page": str(page)}
    return urlencode({name: value for name, value in given.items() if value})
