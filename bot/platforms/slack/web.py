"""Signed HTTP and the pages of OAuth, as routes that the bot's web server mounts."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from slack_bolt.adapter.starlette.async_handler import to_async_bolt_request, to_starlette_response
from slack_bolt.async_app import AsyncApp
from slack_bolt.oauth.async_oauth_flow import AsyncOAuthFlow
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.platforms.slack.limits import SIGNATURE_AGE
from bot.platforms.slack.seen import Seen
from bot.platforms.slack.signing import Signatures
from bot.ports import Clock

EVENTS, INSTALL, REDIRECT = "/slack/events", "/slack/install", "/slack/oauth_redirect"
#: Slack's largest payloads hold a view and its state, well below this.
_LARGEST_BODY = 1 << 20

Apps = Callable[[], Awaitable[AsyncApp]]
Flows = Callable[[], Awaitable[AsyncOAuthFlow]]


class SlackRoutes:
    """Answers Slack's requests to our address; anyone may send any, so nothing is believed before it is verified."""

    def __init__(self, app: Apps, clock: Clock, signing_secret: str, flow: Flows | None) -> None:
        """Args: without ``signing_secret`` no events are taken, without ``flow`` nothing is installed."""
        self._app = app
        self._clock = clock
        self._signatures = Signatures(signing_secret, clock) if signing_secret else None
        self._flow = flow
        # A signature holds five minutes before and after its time.
        self._seen = Seen(2 * SIGNATURE_AGE)

    def routes(self) -> list[Route]:
        """What to mount."""
        routes = [Route(EVENTS, self.events, methods=["POST"])] if self._signatures else []
        if self._flow:
            routes += [Route(INSTALL, self.install), Route(REDIRECT, self.redirect)]
        return routes

    async def events(self, request: Request) -> Response:
        """Everything Slack sends: events, commands, buttons, menus, views."""
        body = await _read(request)
        if body is None:
            return JSONResponse({"error": "too large"}, 413)
        headers = {name.lower(): value for name, value in request.headers.items()}
        signature = self._signatures.proves(headers, body) if self._signatures else ""
        if not signature:
            return JSONResponse({"error": "invalid request"}, 401)
        if not self._seen.first(signature, self._clock.now()):
            return Response("", 200)
        try:
            bolt_request = to_async_bolt_request(request, body)
        except (ValueError, TypeError, AttributeError, KeyError):
            return JSONResponse({"error": "unreadable request"}, 400)
        app = await self._app()
        answer = await app.async_dispatch(bolt_request)
        # What we do not listen to is no failure; told of one, Slack would send it again, and switch us off in the end.
        return Response("", 200) if answer.status == 404 else to_starlette_response(answer)

    async def install(self, request: Request) -> Response:
        """The page with "Add to Slack"."""
        assert self._flow is not None
        flow = await self._flow()
        return to_starlette_response(await flow.handle_installation(to_async_bolt_request(request, b"")))

    async def redirect(self, request: Request) -> Response:
        """Where Slack sends people back to after "Allow"."""
        assert self._flow is not None
        flow = await self._flow()
        return to_starlette_response(await flow.handle_callback(to_async_bolt_request(request, b"")))


async def _read(request: Request) -> bytes | None:
    """The body, or None where it is larger than any of Slack's."""
    read = bytearray()
    try:
        async for chunk in request.stream():
            read += chunk
            if len(read) > _LARGEST_BODY:
                return None
    except ClientDisconnect:
        return b""
    return bytes(read)
