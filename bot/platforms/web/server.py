"""Serves an application over HTTP until cancelled."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import socket
from collections.abc import Iterator

import uvicorn
from starlette.types import ASGIApp

from bot.domain.errors import SettingsError

_BACKLOG = 256
#: Answers under way are given this long at the end; streams of events end at once by themselves.
_DRAIN_SECONDS = 3


class _Server(uvicorn.Server):
    """uvicorn without signal handlers of its own: the process decides when to stop."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


def bound_socket(host: str, port: int) -> socket.socket:
    """A listening socket at that address; port 0 takes any free one.

    Raises:
        SettingsError: the address is taken, not allowed or not ours, named with the setting to change.
    """
    if not 0 <= port < 65536:
        raise SettingsError(f"WEB_PORT {port} is no port.", "Set it to a number from 1 to 65535.")
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        listening = socket.socket(family, kind, protocol)
        try:
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listening.bind(address)
            listening.listen(_BACKLOG)
        except OSError:
            listening.close()
            raise
    except socket.gaierror as error:
        raise SettingsError(f"WEB_HOST {host} is no address of this machine.", "Set it to 127.0.0.1.") from error
    except OSError as error:
        raise _refused(host, port, error) from error
    listening.setblocking(False)
    return listening


def _refused(host: str, port: int, error: OSError) -> SettingsError:
    if error.errno == errno.EADDRINUSE:
        hint = "Stop what uses it, or set WEB_PORT to another one."
        return SettingsError(f"WEB_PORT {port} of {host} is in use by another program.", hint)
    if error.errno == errno.EACCES:
        return SettingsError(f"WEB_PORT {port} is reserved for the administrator.", "Set WEB_PORT to 1024 or above.")
    return SettingsError(f"WEB_HOST {host} cannot be used: {error.strerror}.", "Set it to 127.0.0.1.")


async def serve(app: ASGIApp, listening: socket.socket) -> None:
    """Serve ``app`` on that socket until cancelled; then let answers under way end."""
    config = uvicorn.Config(
        app,
        log_config=None,
        access_log=False,
        lifespan="off",
        ws="none",
        proxy_headers=False,
        server_header=False,
        timeout_graceful_shutdown=_DRAIN_SECONDS,
    )
    server = _Server(config)
    serving = asyncio.create_task(server.serve(sockets=[listening]))
    try:
        await asyncio.shield(serving)
    except asyncio.CancelledError:
        server.should_exit = True
        await serving
        raise
    finally:
        listening.close()
