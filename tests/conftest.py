"""What every test stands on: a clean environment, sockets that reach only this machine, asyncio, golden files."""

from __future__ import annotations

import ipaddress
import os
import socket
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

_GOLDEN = Path(__file__).parent / "golden"
# Settings and proxies of the machine that runs the tests must not change what the tests see.
_OURS = ("DISCORD_", "SLACK_", "LLM_", "WEB_", "DIGEST", "ARTICLES_", "DATABASE_", "TIMEZONE", "LEDE_", "PROMETHEUS_")
_PROXIES = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option that rewrites golden files, for a person to read the difference."""
    parser.addoption("--update-golden", action="store_true", help="write the golden files anew instead of comparing")


@pytest.fixture
def anyio_backend() -> str:
    """The event loop that the bot runs on."""
    return "asyncio"


@pytest.fixture(autouse=True)
def clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hide the settings and proxies of the machine."""
    for name in os.environ:
        if name.startswith(_OURS) or name.upper() in _PROXIES:
            monkeypatch.delenv(name)


@pytest.fixture(autouse=True, scope="session")
def loopback_only() -> Iterator[None]:
    """Refuse every connection that would leave the machine, and every name that would have to be looked up."""
    connect, connect_ex, getaddrinfo = socket.socket.connect, socket.socket.connect_ex, socket.getaddrinfo

    def checked(call: Callable[..., Any]) -> Callable[..., Any]:
        def guarded(self: socket.socket, address: Any) -> Any:
            if self.family in (socket.AF_INET, socket.AF_INET6) and not _is_loopback(address[0]):
                raise RuntimeError(f"a test tried to reach {address[0]}, which is not this machine")
            return call(self, address)

        return guarded

    def local_names(host: Any, *args: Any, **kwargs: Any) -> Any:
        name = host.decode() if isinstance(host, bytes) else host
        if name and name != "localhost" and not _is_address(name):
            raise socket.gaierror(socket.EAI_NONAME, f"tests look up no names: {name}")
        return getaddrinfo(host, *args, **kwargs)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", checked(connect))
        patch.setattr(socket.socket, "connect_ex", checked(connect_ex))
        patch.setattr(socket, "getaddrinfo", local_names)
        yield


def _is_address(text: str) -> bool:
    try:
        ipaddress.ip_address(text.partition("%")[0])
    except ValueError:
        return False
    return True


def _is_loopback(host: str) -> bool:
    return host in ("localhost", "") or (_is_address(host) and ipaddress.ip_address(host.partition("%")[0]).is_loopback)


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Compare a text with ``tests/golden/<path>``; with ``--update-golden`` write it there instead."""

    def compare(path: str, text: str) -> None:
        file = _GOLDEN / path
        if request.config.getoption("--update-golden"):
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8", newline="\n")
        assert file.is_file(), f"{file} is missing: run pytest with --update-golden and read what it writes"
        assert text == file.read_bytes().decode("utf-8"), f"differs from {file}; --update-golden if it is meant"

    return compare
