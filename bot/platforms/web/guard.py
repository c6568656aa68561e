"""Keeps strangers out of a page that stands on someone's own machine.

A site that the visitor happens to have open can make their browser send requests here. Names that are not ours are
refused (DNS rebinding), posts must come from our own pages, bodies are small, and the answers tell the browser to run
nothing but what we serve.
"""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

#: A command is a line; nothing that is sent here is longer.
LARGEST_BODY = 16 * 1024
_TOO_LARGE = "That is more than a command can be."
LOOPBACK_NAMES = frozenset({"127.0.0.1", "localhost", "::1"})

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    # Not no-referrer: with that, browsers hide the origin of our own posts from us as well.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


class Guard:
    """An ASGI application in front of ``app``; ``hosts`` are further names, without port, that it answers to."""

    def __init__(self, app: ASGIApp, hosts: Iterable[str] = ()) -> None:
        self._app = app
        self._hosts = LOOPBACK_NAMES | {host.lower().strip("[]").rstrip(".") for host in hosts}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, refuse, or pass on."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        refusal = self._refusal(scope)
        if refusal:
            await refusal(scope, receive, _with_headers(send))
            return
        await self._app(scope, _Body(receive).receive, _with_headers(send))

    def _refusal(self, scope: Scope) -> PlainTextResponse | None:
        headers = Headers(scope=scope)
        host = headers.get("host", "")
        if host_name(host) not in self._hosts:
            words = "Lede does not answer to this name. Add it to the page's allowed host names if it is yours.\n"
            return PlainTextResponse(words, 421)
        if scope["method"] in ("GET", "HEAD"):
            return None
        if not is_same_origin(headers):
            return PlainTextResponse("Only Lede's own pages may send this.\n", 403)
        length = headers.get("content-length", "0")
        return _too_large() if not length.isdecimal() or int(length) > LARGEST_BODY else None


def host_name(host: str) -> str:
    """The name of a Host header without its port and brackets, in lower case; empty where it is malformed."""
    try:
        return (urlsplit(f"//{host}").hostname or "").rstrip(".") if "@" not in host and "/" not in host else ""
    except ValueError:
        return ""


def is_same_origin(headers: Headers) -> bool:
    """Whether a browser says that one of our own pages sent this.

    Every browser that runs today says so on a post; what says nothing is refused too.
    """
    site = headers.get("sec-fetch-site")
    if site not in (None, "same-origin", "none"):
        return False
    origin = headers.get("origin")
    if origin is None:
        return site is not None
    return urlsplit(origin).netloc.lower() == headers.get("host", "").lower()


class _Body:
    """Counts what arrives, whatever the headers promised; the routes answer the error like any other."""

    def __init__(self, receive: Receive) -> None:
        self._receive = receive
        self._size = 0

    async def receive(self) -> Message:
        message = await self._receive()
        self._size += len(message.get("body", b""))
        if self._size > LARGEST_BODY:
            raise HTTPException(413, _TOO_LARGE)
        return message


def _too_large() -> PlainTextResponse:
    return PlainTextResponse(f"{_TOO_LARGE}\n", 413)


def _with_headers(send: Send) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers[name] = value
            headers.setdefault("Cache-Control", "no-store")
        await send(message)

    return sending
