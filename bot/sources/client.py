"""The one way to the web: every fetch of the bot's sources goes through :class:`Client`.

Names are resolved once and checked for each redirect anew (:mod:`bot.sources.guard`): of the libraries at hand one
sends names in other scripts wrongly and tries only a host's first address, another connects before it checks.
Time, size and redirects are bounded in total, not a piece; what comes compressed is counted as it unfolds.
"""

from __future__ import annotations

import asyncio
import ssl
import zlib
from collections.abc import AsyncIterable, AsyncIterator, Collection
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.message import Message
from email.utils import parsedate_to_datetime
from types import TracebackType
from typing import NoReturn
from urllib.parse import urljoin, urlsplit

import certifi
import httpcore
import httpx

from bot.domain.addresses import shown
from bot.domain.errors import Gone, NotAllowed, SourceError, Unreachable, Unreadable
from bot.ports import Clock, Validators
from bot.sources.guard import ClosedToUs, GuardedNetwork, NoSuchHost

_REDIRECTS = (301, 302, 303, 307, 308)
_PERMANENT = (301, 308)
_TOO_MANY = 5
_LONGEST_ADDRESS = 4000
# Longer waits than this are a mistake or a trap; the feed's own schedule decides then.
_LONGEST_WAIT = timedelta(days=1)
_CONNECTIONS = 100
_KEPT_SECONDS = 10.0
_STEP_SECONDS = 10.0
_LIBRARY_ERRORS = (
    httpcore.NetworkError, httpcore.ProtocolError, httpcore.TimeoutException, httpcore.UnsupportedProtocol,
    httpcore.ConnectionNotAvailable, httpx.InvalidURL,
)  # fmt: skip
_LATER = "It is tried again later."
_TLS_HINT = "The site must mend its certificate; check the address."


@dataclass(frozen=True, slots=True)
class Fetched:
    """What a server sent. With status 304 the body is empty and what we have still holds."""

    url: str  #: where it came from in the end
    status: int  #: 200 or 304
    body: bytes
    media_type: str  #: in lower case, without parameters; empty where unsaid
    charset: str
    validators: Validators
    fresh_for: timedelta | None  #: how long the server says it stays as it is
    moved_to: str  #: where permanent redirects lead; empty where the first hop was none


class Client:
    """Fetches addresses that strangers chose.

    Args:
        clock: for ``Retry-After`` and ``Expires``, which may be dates.
        user_agent: who we say we are.
        allow_networks: private networks that may be reached, for tests and intranets; none by default.
        allow_ports: besides 80 and 443.
        deadline: of one fetch in total, redirects included, in seconds.
        limit: bytes of a body after decompression.
        tls: whom to trust; the usual authorities by default.
    """

    def __init__(
        self,
        clock: Clock,
        *,
        user_agent: str = "LedeBot/1.0",
        allow_networks: Collection[str] = (),
        allow_ports: Collection[int] = (),
        deadline: float = 20.0,
        limit: int = 5_000_000,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        self._clock = clock
        self._deadline = deadline
        self._limit = limit
        self._ports = frozenset({80, 443, *allow_ports})
        self._user_agent = user_agent
        self._network = GuardedNetwork(self._ports, allow_networks)
        # httpcore itself, not httpx's client: no proxy, no cookie, no log of addresses, which may hold keys.
        self._pool = httpcore.AsyncConnectionPool(
            ssl_context=tls or ssl.create_default_context(cafile=certifi.where()),
            max_connections=_CONNECTIONS,
            max_keepalive_connections=_CONNECTIONS // 4,
            keepalive_expiry=_KEPT_SECONDS,
            network_backend=self._network,
        )

    async def __aenter__(self) -> Client:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    async def close(self) -> None:
        """Close all connections."""
        await self._pool.aclose()
        self._network.close()

    async def get(
        self, url: str, *, accept: str = "*/*", validators: Validators | None = None, limit: int | None = None
    ) -> Fetched:
        """Fetch ``url``.

        Args:
            url: an http or https address.
            accept: the media types wanted.
            validators: of what we have; an unchanged answer is then 304 without a body.
            limit: bytes of body, where fewer than usual are wanted.

        Raises:
            Unreachable: it may succeed later, with ``retry_after`` where the server said when.
            Gone: the server says that it will not come back.
            NotAllowed: the address leads where we do not go.
            Unreadable: the answer is too large or broken, or no such page is there.
        """
        name = shown(url)
        try:
            async with asyncio.timeout(self._deadline):
                return await self._follow(url, name, accept, validators, limit or self._limit)
        except TimeoutError:
            raise Unreachable(name, f"{name} did not answer within {self._deadline:g} s.", _LATER) from None
        except (*_LIBRARY_ERRORS, ClosedToUs, NoSuchHost, OSError, ValueError) as error:
            _tell(error, name, self._ports)

    async def _follow(self, url: str, name: str, accept: str, validators: Validators | None, limit: int) -> Fetched:
        permanent, moved, seen = True, "", {url}
        for _ in range(_TOO_MANY + 1):
            _refuse_strange(url, name)
            async with self._asked(url, accept, validators) as response:
                headers = httpx.Headers(response.headers)
                target = headers.get("location", "")
                if response.status not in _REDIRECTS or not target:
                    return await self._received(
                        response, headers, url, name, moved, limit, conditional=bool(validators)
                    )
                permanent = permanent and response.status in _PERMANENT
            url = urljoin(url, target)
            moved = url if permanent else moved
            if url in seen:
                raise Unreachable(name, f"{name} redirects in a circle.", "The site must mend it; check the address.")
            seen.add(url)
        raise Unreachable(
            name, f"{name} redirects more than {_TOO_MANY} times.", "Give the address it leads to in a browser."
        )

    def _asked(
        self, url: str, accept: str, validators: Validators | None
    ) -> AbstractAsyncContextManager[httpcore.Response]:
        """Begin one request; httpx knows how an address in any script is written on the wire."""
        at = httpx.URL(url)
        stated = {
            "Host": at.netloc.decode("ascii"),
            "User-Agent": self._user_agent,
            "Accept": accept,
            "Accept-Encoding": "gzip, deflate",
        }
        if validators:
            stated |= _conditions(validators)
        step = min(_STEP_SECONDS, self._deadline)
        return self._pool.stream(
            "GET",
            httpcore.URL(scheme=at.raw_scheme, host=at.raw_host, port=at.port, target=at.raw_path),
            headers=[(header.encode("ascii"), value.encode("ascii")) for header, value in stated.items()],
            extensions={"timeout": {"connect": step, "read": step, "write": step, "pool": self._deadline}},
        )

    async def _received(
        self,
        response: httpcore.Response,
        headers: httpx.Headers,
        url: str,
        name: str,
        moved: str,
        limit: int,
        *,
        conditional: bool,
    ) -> Fetched:
        status = response.status
        if status == 304 and not conditional:
            raise Unreachable(name, f"{name} says 'not modified' to a question we did not ask.", _LATER)
        if status not in (200, 203, 304):
            _refuse_status(status, name, _retry_after(headers, self._clock.now()))
        media_type, charset = _content_type(headers.get("content-type", ""))
        return Fetched(
            url=url,
            status=304 if status == 304 else 200,
            body=b"" if status == 304 else await _unfolded(response.aiter_stream(), headers, name, limit),
            media_type=media_type,
            charset=charset,
            validators=Validators(headers.get("etag", "")[:500], headers.get("last-modified", "")[:100]),
            fresh_for=_fresh_for(headers, self._clock.now()),
            moved_to=moved,
        )


def _refuse_strange(url: str, name: str) -> None:
    """Raise where ``url`` is none that may be fetched, before any name is looked up."""
    parts = urlsplit(url)
    if parts.scheme.lower() not in ("http", "https") or not parts.hostname:
        raise NotAllowed(name, f"{name} leads to an address that is not http or https.", "Give a web address.")
    if parts.username is not None or parts.password is not None:
        raise NotAllowed(
            name, f"{name} carries a user name or password in its address.", "Give the address without it."
        )
    if len(url) > _LONGEST_ADDRESS or any(ord(character) < 33 for character in url):
        raise NotAllowed(name, f"{name} is no address: it is too long or holds spaces or controls.", "Copy it anew.")


def _conditions(validators: Validators) -> dict[str, str]:
    stated = {"If-None-Match": validators.etag, "If-Modified-Since": validators.last_modified}
    return {header: value for header, value in stated.items() if value and value.isascii() and value.isprintable()}


def _refuse_status(status: int, name: str, wait: timedelta | None) -> NoReturn:
    match status:
        case 410:
            raise Gone(name, f"{name} is gone for good (410).", "Remove it.", status=status)
        case 401 | 402 | 403 | 451:
            what, hint = "does not let us in", "Open it in a browser; it may want a subscription or block bots."
        case 404 | 405 | 406:
            raise Unreadable(name, f"{name} is not there ({status}).", "Check the address.", wait, status)
        case 429:
            what, hint = "asks us to come less often", _LATER
        case _:
            what, hint = "is in trouble", _LATER
    raise Unreachable(name, f"{name} {what} ({status}).", hint, wait, status)


async def _unfolded(stream: AsyncIterable[bytes], headers: httpx.Headers, name: str, limit: int) -> bytes:
    """The body, decompressed, never more than ``limit`` bytes at any time."""
    encodings = [each.strip().lower() for each in headers.get("content-encoding", "").split(",")]
    encodings = [each for each in encodings if each not in ("", "identity")]
    if len(encodings) > 1 or encodings[:1] not in ([], ["gzip"], ["x-gzip"], ["deflate"]):
        raise Unreadable(
            name,
            f"{name} is compressed as {', '.join(encodings)!r:.60}, which was not asked for.",
            "Report it to the site.",
        )
    length = headers.get("content-length", "")
    if length.isdecimal() and int(length[:15]) > limit:
        raise _too_large(name, limit)
    parts: list[bytes] = []
    size = 0
    async for part in _inflated(stream, encodings, limit, name):
        size += len(part)
        if size > limit:
            raise _too_large(name, limit)
        parts.append(part)
    return b"".join(parts)


async def _inflated(chunks: AsyncIterable[bytes], encodings: list[str], limit: int, name: str) -> AsyncIterator[bytes]:
    if not encodings:
        async for chunk in chunks:
            yield chunk
        return
    inflater = None
    async for chunk in chunks:
        if inflater is None:
            # "deflate" is a zlib stream by the standard and a bare one in practice.
            bare = encodings == ["deflate"] and (chunk[0] & 0x0F) != 8
            inflater = zlib.decompressobj(-zlib.MAX_WBITS if bare else 47)
        try:
            # One byte more than allowed tells the caller enough; the rest of a bomb is never unpacked.
            yield inflater.decompress(chunk, limit + 1)
        except zlib.error:
            raise Unreadable(name, f"{name} is compressed wrongly.", "Report it to the site.") from None
    if inflater is not None and not inflater.eof:
        raise Unreachable(name, f"{name} broke off in the middle.", _LATER)


def _too_large(name: str, limit: int) -> Unreadable:
    return Unreadable(
        name, f"{name} is larger than {limit / 1_000_000:g} MB.", "No article or feed is; check the address."
    )


def _content_type(header: str) -> tuple[str, str]:
    message = Message()
    message["content-type"] = header[:300]
    charset = message.get_param("charset", "")
    return (message.get_content_type() if header else ""), (charset.strip().lower() if isinstance(charset, str) else "")


def _retry_after(headers: httpx.Headers, now: datetime) -> timedelta | None:
    text = headers.get("retry-after", "").strip()
    wait = timedelta(seconds=int(text[:9])) if text.isdecimal() else _until(text, now)
    return min(wait, _LONGEST_WAIT) if wait is not None and wait > timedelta(0) else None


def _fresh_for(headers: httpx.Headers, now: datetime) -> timedelta | None:
    for directive in headers.get("cache-control", "").lower().split(","):
        name, _, value = directive.strip().partition("=")
        if name in ("no-store", "no-cache"):
            return None
        if name == "max-age" and value.strip('"').isdecimal():
            return min(timedelta(seconds=int(value.strip('"')[:9])), _LONGEST_WAIT)
    wait = _until(headers.get("expires", ""), now)
    return min(wait, _LONGEST_WAIT) if wait is not None and wait > timedelta(0) else None


def _until(text: str, now: datetime) -> timedelta | None:
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)) - now


def _tell(error: Exception, name: str, ports: Collection[int]) -> NoReturn:
    """Raise ``error`` in our words; a library's own may hold the address."""
    match error:
        case SourceError():
            raise error
        case ClosedToUs():
            allowed = ", ".join(map(str, sorted(ports)[:4]))
            raise NotAllowed(
                name, f"{name} leads to {error}.", f"Only public addresses are fetched, on ports {allowed}."
            ) from None
        case NoSuchHost():
            raise Unreachable(
                name, f"{name}: no such host, or its name service does not answer.", "Check the address."
            ) from None
        case httpcore.TimeoutException():
            raise Unreachable(name, f"{name} is too slow.", _LATER) from None
        case ssl.SSLError() | httpcore.ConnectError() if _is_tls(error):
            raise Unreachable(
                name, f"{name} cannot be trusted: its TLS certificate or protocol is wrong.", _TLS_HINT
            ) from None
        case httpcore.ConnectError() | OSError():
            raise Unreachable(name, f"{name} cannot be connected to.", _LATER) from None
        case httpcore.ProtocolError() | httpcore.NetworkError():
            raise Unreachable(name, f"{name} broke off or answered against the rules of HTTP.", _LATER) from None
        case _:
            raise NotAllowed(name, f"{name} is not a valid address.", "Copy it anew.") from None


def _is_tls(error: BaseException | None) -> bool:
    return error is not None and (isinstance(error, ssl.SSLError) or _is_tls(error.__cause__ or error.__context__))
