"""Connections to the public internet and nowhere else.

A name is resolved once, every address it has is checked, and only checked addresses are connected to: a name server
that answers differently a moment later (rebinding) changes nothing. TLS still proves the name, so that connections
may be kept and used again.
"""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Collection, Iterable
from concurrent.futures import ThreadPoolExecutor
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

import httpcore

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

# Global unicast, the only IPv6 that hosts on the internet have; what lies in it for other ends is closed below.
_UNICAST = IPv6Network("2000::/3")
_CLOSED: tuple[Network, ...] = tuple(
    map(
        ip_network,
        (
            "192.0.0.0/24",  # protocol assignments; the standard library holds parts of it global
            "192.31.196.0/24",  # AS112 and AMT, anycast services of networks themselves
            "192.52.193.0/24",
            "192.88.99.0/24",  # 6to4 relays
            "192.175.48.0/24",
            "198.18.0.0/15",  # benchmarks
            "2001::/23",  # protocol assignments, Teredo among them: it wraps any IPv4 address
            "2001:db8::/32",  # documentation
            "2002::/16",  # 6to4 wraps any IPv4 address
            "2620:4f:8000::/48",  # AS112
            "3fff::/20",  # documentation
        ),
    )
)
_NAME_SECONDS = 5.0
_NAME_THREADS = 16
# More addresses than this are tried by no browser either.
_TRIED = 4


class ClosedToUs(Exception):
    """The address is private, or its port is not allowed; the message says which, never the whole address."""


class NoSuchHost(Exception):
    """The name has no address, or its name server does not answer."""


def is_public(address: Address) -> bool:
    """Whether ``address`` is a host on the public internet."""
    if isinstance(address, IPv6Address):
        if address.ipv4_mapped is not None:
            return is_public(address.ipv4_mapped)
        if address.scope_id or address not in _UNICAST:
            return False
    elif address.is_multicast or address.is_reserved or not address.is_global:
        return False
    return not any(address.version == network.version and address in network for network in _CLOSED)


class GuardedNetwork(httpcore.AsyncNetworkBackend):
    """Opens TCP connections for httpcore, to public addresses and allowed ports alone.

    Args:
        ports: that may be connected to.
        allowed: private networks that may be reached nevertheless.
    """

    def __init__(self, ports: Collection[int], allowed: Iterable[str] = ()) -> None:
        self._ports = frozenset(ports)
        self._allowed = tuple(ip_network(text) for text in allowed)
        self._inner = httpcore.AnyIOBackend()
        # Names chosen by strangers may take a name server's whole patience: a pool of their own keeps others free.
        self._threads = ThreadPoolExecutor(_NAME_THREADS, thread_name_prefix="names")

    def close(self) -> None:
        """Forget look-ups that still run."""
        self._threads.shutdown(wait=False, cancel_futures=True)

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109 - httpcore's interface
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """Connect to the first address of ``host`` that answers, after checking all of them.

        Raises:
            ClosedToUs: one of them is not public, or ``port`` not allowed.
            NoSuchHost: it has none.
            httpcore.ConnectError, httpcore.ConnectTimeout: none answers.
        """
        if port not in self._ports:
            raise ClosedToUs(f"port {port}")
        addresses = await self._addresses(host, port)
        if not all(self._may_reach(address) for address in addresses):
            raise ClosedToUs("a private network")
        *earlier, last = addresses[:_TRIED]
        for address in earlier:
            try:
                return await self._inner.connect_tcp(
                    str(address), port, (timeout or 10.0) / 2, local_address, socket_options
                )
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                continue
        return await self._inner.connect_tcp(str(last), port, timeout, local_address, socket_options)

    async def connect_unix_socket(
        self,
        path: str,
        timeout: float | None = None,  # noqa: ASYNC109 - httpcore's interface
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """Never: what strangers name is not on this machine."""
        raise ClosedToUs("a socket of this machine")

    async def sleep(self, seconds: float) -> None:
        """Wait, between httpcore's own attempts."""
        await asyncio.sleep(seconds)

    def _may_reach(self, address: Address) -> bool:
        if is_public(address):
            return True
        plain = address.ipv4_mapped if isinstance(address, IPv6Address) and address.ipv4_mapped else address
        return any(plain.version == network.version and plain in network for network in self._allowed)

    async def _addresses(self, host: str, port: int) -> list[Address]:
        try:
            return [ip_address(host)]
        except ValueError:
            pass
        loop = asyncio.get_running_loop()
        look_up = loop.run_in_executor(
            self._threads, socket.getaddrinfo, host, port, socket.AF_UNSPEC, socket.SOCK_STREAM
        )
        try:
            found = await asyncio.wait_for(look_up, _NAME_SECONDS)
        except (TimeoutError, OSError, UnicodeError):
            raise NoSuchHost(host) from None
        addresses = list(dict.fromkeys(ip_address(str(entry[4][0]).partition("%")[0]) for entry in found))
        if not addresses:
            raise NoSuchHost(host)
        return addresses
