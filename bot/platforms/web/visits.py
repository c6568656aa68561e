"""What a request says about its visitor, and what was sent in a form. Pure but for reading the body."""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import parse_qs

from starlette.datastructures import Headers
from starlette.requests import Request as Visit
from starlette.responses import Response

from bot.platforms.web.conversation import Asker

_VISITOR = "lede_visitor"
_THEME = "lede_theme"
THEMES = ("auto", "light", "dark")
_A_YEAR = 365 * 24 * 3600
_TOKEN = re.compile(r"[A-Za-z0-9_-]{16,64}")
_LOCALE = re.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*")
_FIELDS = 32

Form = dict[str, list[str]]


async def form_of(visit: Visit) -> Form:
    """The fields of a posted form; empty where the body is none."""
    kind = visit.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/x-www-form-urlencoded":
        return {}
    try:
        return parse_qs((await visit.body()).decode(), keep_blank_values=True, max_num_fields=_FIELDS)
    except ValueError:  # not UTF-8, or too many fields
        return {}


def first(form: Form, name: str) -> str:
    """The first value of that field; empty where there is none."""
    return next(iter(form.get(name, ())), "")


def asker_of(visit: Visit, channel: str, token: Callable[[], str]) -> Asker:
    """Who asks: the visitor of the cookie, or a new one."""
    known = visit.cookies.get(_VISITOR, "")
    return Asker(known if _TOKEN.fullmatch(known) else token(), channel, locale_of(visit.headers))


def locale_of(headers: Headers) -> str:
    """The language a browser asks for first, English where it names none."""
    wanted = headers.get("accept-language", "").split(",", 1)[0].partition(";")[0].strip()
    return wanted if _LOCALE.fullmatch(wanted) else "en"


def remember(visit: Visit, response: Response, visitor: str) -> None:
    """Give a new visitor their cookie.

    A link from another site arrives without our strict cookie, although the browser has one: answering that with a
    new one would make the visitor a stranger, so it is not.
    """
    came_from_elsewhere = visit.headers.get("sec-fetch-site") in ("cross-site", "same-site")
    if visit.cookies.get(_VISITOR) != visitor and not came_from_elsewhere:
        _set(visit, response, _VISITOR, visitor)


def theme_of(visit: Visit) -> str:
    """The colours the visitor chose; the system's where they chose none."""
    chosen = visit.cookies.get(_THEME, "auto")
    return chosen if chosen in THEMES else "auto"


def remember_theme(visit: Visit, response: Response, theme: str) -> None:
    """Keep the visitor's choice of colours; one that is none is the system's."""
    _set(visit, response, _THEME, theme if theme in THEMES else "auto")


def inside(path: str) -> str:
    """``path`` where it leads to this page, else the front page: never to another site."""
    plain = path.startswith("/") and not path.startswith(("//", "/\\")) and path.isprintable() and len(path) < 2000
    return path if plain else "/"


def wants_json(visit: Visit) -> bool:
    """Whether our script asks, rather than a browser for a page."""
    return visit.headers.get("accept", "").startswith("application/json")


def _set(visit: Visit, response: Response, name: str, value: str) -> None:
    secure = visit.url.scheme == "https"
    response.set_cookie(name, value, max_age=_A_YEAR, httponly=True, samesite="strict", secure=secure)
