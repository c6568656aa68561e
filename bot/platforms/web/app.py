"""The web application: every route, what stands in front of them, and what is shown when something fails."""

from __future__ import annotations

import secrets
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path

import structlog
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request as Visit
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from bot.domain.errors import BotError
from bot.platforms.web.channels import ChannelPages
from bot.platforms.web.errors import NoSuchPage
from bot.platforms.web.guard import Guard
from bot.platforms.web.library import LibraryPages
from bot.platforms.web.views import Views
from bot.platforms.web.visits import first, form_of, inside, remember_theme, theme_of, wants_json

log = structlog.get_logger(__name__)

Problems = Callable[[], Awaitable[Sequence[str]]]
"""What is wrong right now, each a sentence; empty when all is well."""

_STATIC = Path(__file__).parent / "static"


def web_app(
    channels: ChannelPages,
    library: LibraryPages,
    views: Views,
    *,
    hosts: Sequence[str] = (),
    routes: Sequence[BaseRoute] = (),
    alive: Problems,
    ready: Problems,
    registry: CollectorRegistry | None = None,
) -> Starlette:
    """The application.

    ``hosts`` are the names it answers to besides the loopback's. ``routes`` are others' and stand outside our guard,
    since they have guards of their own (signatures). So do the probes: whoever asks by address learns no more than
    whether all is well, and what is not.
    """
    pages = _Pages(channels, views)
    inner = Starlette(
        routes=[
            *channels.routes(),
            *library.routes(),
            Route("/theme", pages.theme, methods=["POST"]),
            Route("/metrics", _metrics(registry), methods=["GET"]),
            Mount("/static", _Static(directory=_STATIC)),
        ],
        exception_handlers={
            NoSuchPage: pages.missing,
            BotError: pages.failed,
            HTTPException: pages.refused,
            500: pages.broken,
        },
    )
    return Starlette(
        routes=[
            *routes,
            Route("/healthz", _probe(alive), methods=["GET"]),
            Route("/readyz", _probe(ready), methods=["GET"]),
            Mount("/", app=Guard(inner, hosts)),
        ]
    )


class _Static(StaticFiles):
    """Our own files, asked for again each time and answered with *not modified*: a new version shows at once."""

    def file_response(self, *args: object, **kwargs: object) -> Response:
        response = super().file_response(*args, **kwargs)  # type: ignore[arg-type]  # passed on as they come
        response.headers["Cache-Control"] = "no-cache"
        return response


class _Pages:
    """Colours, and pages for what went wrong."""

    def __init__(self, channels: ChannelPages, views: Views) -> None:
        self._channels, self._views = channels, views

    async def theme(self, visit: Visit) -> Response:
        """Keep the chosen colours and go back."""
        form = await form_of(visit)
        response: Response = Response(status_code=204)
        if not wants_json(visit):
            response = RedirectResponse(inside(first(form, "back")), 303)
        remember_theme(visit, response, first(form, "theme"))
        return response

    async def missing(self, visit: Visit, error: Exception) -> Response:
        return await self._problem(visit, 404, "Not found", str(error))

    async def failed(self, visit: Visit, error: Exception) -> Response:
        log.error("web.failed", path=visit.url.path, error=str(error))
        return await self._problem(visit, 503, "Not possible right now", str(error))

    async def refused(self, visit: Visit, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        words = "Nothing is at this address." if error.status_code == 404 else error.detail
        return await self._problem(
            visit, error.status_code, "Not found" if error.status_code == 404 else "Refused", words
        )

    async def broken(self, visit: Visit, error: Exception) -> Response:
        incident = secrets.token_hex(4)
        log.error("web.incident", incident=incident, path=visit.url.path, exc_info=error)
        words = f"Tell whoever runs this bot: incident {incident}."
        return await self._problem(visit, 500, "Something went wrong", words)

    async def _problem(self, visit: Visit, status: int, title: str, words: str) -> Response:
        if wants_json(visit):
            return JSONResponse({"problem": words}, status)
        try:
            names = await self._channels.names()
        except BotError:  # the log is what failed
            names = []
        frame = {"channel": "", "channels": names, "section": "", "theme": theme_of(visit), "here": "/"}
        return HTMLResponse(self._views.page("problem", {**frame, "title": title, "words": words}), status)


def _probe(problems: Problems) -> Callable[[Visit], Awaitable[Response]]:
    async def probe(visit: Visit) -> Response:
        found = list(await problems())
        return JSONResponse({"status": "trouble" if found else "ok", "problems": found}, 503 if found else 200)

    return probe


def _metrics(registry: CollectorRegistry | None) -> Callable[[Visit], Awaitable[Response]]:
    async def metrics(visit: Visit) -> Response:
        if registry is None:
            return PlainTextResponse("Nothing is measured here.\n", 404)
        return Response(generate_latest(registry), media_type=CONTENT_TYPE_LATEST)

    return metrics
