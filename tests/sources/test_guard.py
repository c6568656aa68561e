from __future__ import annotations

import asyncio
import ipaddress
import random
import socket
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.errors import SourceError
from bot.ports import FoundFeed
from bot.sources.assembly import Sources
from bot.sources.guard import is_public
from tests.fakes import FakeClock
from tests.sources.conftest import NOW
from tests.sources.site import Reply, Site, running

pytestmark = pytest.mark.anyio

_PRIVATE = """
0.0.0.0 10.1.2.3 100.64.0.1 127.0.0.1 127.255.255.254 169.254.169.254 172.16.0.1 172.31.255.255 192.0.0.8 192.0.2.1
192.31.196.1 192.52.193.1 192.88.99.1 192.168.1.1 192.175.48.1 198.18.0.1 198.51.100.1 203.0.113.7 224.0.0.1 239.1.1.1
240.0.0.1 255.255.255.255
:: ::1 ::7f00:1 ::ffff:127.0.0.1 ::ffff:10.0.0.1 ::ffff:0:127.0.0.1 64:ff9b::7f00:1 64:ff9b:1::1 100::1 2001::1
2001:2::1 2001:db8::1 2001:20::1 2002:7f00:1::1 3fff::1 4000::1 5f00::1 fc00::1 fd12:3456::1 fe80::1 fe80::1%1 fec0::1
ff02::1
""".split()
_PUBLIC = "1.1.1.1 8.8.8.8 93.184.216.34 192.0.1.1 172.32.0.1 2606:4700::1111 2a00:1450:4001::8a ::ffff:8.8.8.8".split()


@pytest.mark.parametrize("address", _PRIVATE)
def test_what_is_not_the_internet_is_closed(address: str) -> None:
    """Private, reserved, translated and multicast addresses of both families are closed."""
    assert not is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize("address", _PUBLIC)
def test_the_internet_is_open(address: str) -> None:
    """Ordinary hosts can be reached."""
    assert is_public(ipaddress.ip_address(address))


@given(st.ip_addresses(v=4))
def test_an_address_wrapped_in_another_is_as_closed(address: ipaddress.IPv4Address) -> None:
    """No IPv6 form of an IPv4 address is more open than the address."""
    number = int(address)
    wrapped = [0xFFFF << 32 | number, number, 0x64FF9B << 96 | number, 0x2002 << 112 | number << 80]
    wrapped += [0x2001 << 112 | (number ^ 0xFFFFFFFF), 0x64FF9B0001 << 80 | number, 0xFFFF << 48 | number]

    assert is_public(address) or not any(is_public(ipaddress.IPv6Address(each)) for each in wrapped)


def spellings(port: int) -> list[str]:
    """A thousand ways to write an address of this machine or its network, as a host and port."""
    octets = ["127", "0177", "0x7f", "0x7F", "00000177", "127."]
    tails = ["0.0.1", "0.1", "1", "000.000.001", "0x0.0x0.0x1", "0.0.0x1", "00.00.01", "0x1", "0.0x1", "1."]
    whole = [
        "2130706433",
        "0x7f000001",
        "0x7F000001",
        "017700000001",
        "0x7f.1",
        "127.1",
        "127.0.1",
        "0",
        "0.0.0.0",
        "00",
    ]
    names = [
        "localhost",
        "LOCALHOST",
        "localhost.",
        "LocalHost.",
        "ip6-localhost",
        "localhost.localdomain",
        "rebind.test",
    ]
    names += [f"{name}.rebind.test" for name in ("a", "b", "xn--mnchen-3ya", "127.0.0.1", "1.1.1.1")]
    wide = [
        "１２７.０.０.１",
        "①②⑦.⓪.⓪.①",
        "127。0。0。1",
        "127．0．0．1",
        "127｡0｡0｡1",
        "ⓛⓞⓒⓐⓛⓗⓞⓢⓣ",
        "loca\u00adlhost",
        "local\u200bhost",
    ]
    six = [
        "::1",
        "0:0:0:0:0:0:0:1",
        "::ffff:127.0.0.1",
        "::ffff:7f00:1",
        "::127.0.0.1",
        "::",
        "0000::0001",
        "::ffff:0:7f00:1",
    ]
    six += [
        "64:ff9b::127.0.0.1",
        "64:ff9b::7f00:1",
        "2002:7f00:1::",
        "2002:7f00:0001::1",
        "fe80::1",
        "fe80::1%25lo",
        "::1%25lo",
    ]
    chance = random.Random(7)
    random_hosts = [
        f"127.{chance.randrange(256)}.{chance.randrange(256)}.{chance.randrange(1, 255)}" for _ in range(500)
    ]
    numbers = [str(int(ipaddress.ip_address(host))) for host in random_hosts[:150]]
    numbers += [hex(int(ipaddress.ip_address(host))) for host in random_hosts[150:300]]
    mapped = [f"[::ffff:{host}]" for host in random_hosts[300:]]
    hosts = [f"{head}.{tail}" for head, tail in product(octets[:-1], tails)] + whole + names + wide
    hosts += [f"[{address}]" for address in six] + random_hosts + numbers + mapped
    dressed = [f"user@{host}" for host in whole] + [f"example.com@{host}" for host in names]
    dressed += [f"example.com:80@{host}" for host in whole] + [f"{host}\\@example.com" for host in names]
    encoded = [
        "%31%32%37.0.0.1",
        "127%2e0%2e0%2e1",
        "%6cocalhost",
        "127.0.0.1%00.example.com",
        "127.0.0.1%23.example.com",
    ]
    odd = [f"{host}:{port}#@example.com" for host in whole] + [f"example.com#@{host}" for host in whole]
    return [host if "#" in host else f"{host}:{port}" for host in (*hosts, *dressed, *encoded, *odd)]


@pytest.fixture
def lying_names(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Names under ``rebind.test`` have a public address when first asked for and this machine's ever after."""
    resolve = socket.getaddrinfo
    asked: list[str] = []

    def lie(host: Any, port: Any, *args: Any, **kwargs: Any) -> Any:
        name = host.decode() if isinstance(host, bytes) else str(host)
        if not name.rstrip(".").endswith("rebind.test"):
            return resolve(host, port, *args, **kwargs)
        asked.append(name)
        addresses = ["93.184.216.34", "127.0.0.1"] if asked.count(name) == 1 else ["127.0.0.1"]
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in addresses]

    monkeypatch.setattr(socket, "getaddrinfo", lie)
    return asked


async def _reached(site: Site, urls: list[str], ask: Any) -> int:
    """Ask for each address; how many were not refused as they should be."""
    places = asyncio.Semaphore(40)

    async def one(url: str) -> bool:
        async with places:
            try:
                await ask(url)
            except SourceError:
                return False
            return True

    return sum(await asyncio.gather(*(one(url) for url in urls)))


async def test_no_spelling_of_a_private_address_is_connected_to(
    clock: FakeClock, tmp_path: Path, lying_names: list[str]
) -> None:
    """A thousand spellings through every way in: none reaches a listener on this machine, not even its handshake."""
    async with running() as canary, Sources(clock, allow_ports=range(1, 65536), pause=0.0, parsers=1) as guarded:
        hosts = spellings(canary.port)
        urls = [f"http://{host}/feed.xml" for host in hosts] + [f"https://{host}/" for host in hosts[::10]]
        opml = tmp_path / "feeds.opml"
        found = [FoundFeed(url.replace("&", "")) for url in urls]
        opml.write_text(guarded.feeds.write_opml(found, "All", NOW), encoding="utf-8")
        listed = [each.url for each in await guarded.feeds.read_opml(str(opml), local=True)]

        let_in = {
            "pages": await _reached(canary, urls, guarded.articles.fetch),
            "feeds": await _reached(canary, listed, guarded.feeds.feed),
            "discovery": await _reached(canary, urls[::4], guarded.feeds.discover),
            "OPML": await _reached(canary, urls[::4], guarded.feeds.read_opml),
        }

    assert len(set(hosts)) >= 1000
    assert len(listed) >= 1000
    assert canary.connections == 0
    assert let_in == {"pages": 0, "feeds": 0, "discovery": 0, "OPML": 0}


async def test_no_redirect_or_sitemap_leads_to_a_private_address(
    clock: FakeClock, lying_names: list[str], site: Site
) -> None:
    """What an allowed site points to is checked as strictly as what a person types."""
    async with running(host="127.0.0.2") as canary:
        hosts = [host for host in spellings(canary.port) if not host.startswith("127.0.0.1:")]
        places = {f"/{n}": f"http://{host}/" for n, host in enumerate(hosts) if host.isascii()}
        site.routes |= {path: Reply(status=302, headers={"Location": url}) for path, url in places.items()}
        index = "".join(f"<sitemap><loc>{url}</loc></sitemap>" for url in places.values())
        site.routes["/sitemap.xml"] = Reply(f"<sitemapindex>{index}</sitemapindex>".encode())
        async with Sources(clock, allow_networks=["127.0.0.1/32"], allow_ports=[site.port], pause=0.0) as guarded:
            let_in = await _reached(canary, [site.url(path) for path in places], guarded.client.get)
            in_sitemap = await _reached(canary, [site.url("/sitemap.xml")], guarded.feeds.feed)

        assert canary.connections == 0
    assert (let_in, in_sitemap) == (0, 0)
