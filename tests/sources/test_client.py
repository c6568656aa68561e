from __future__ import annotations

import asyncio
import gzip
import re
import shutil
import socket
import ssl
import subprocess
import zlib
from datetime import timedelta
from pathlib import Path

import pytest

from bot.domain.errors import Gone, NotAllowed, SourceError, Unreachable, Unreadable
from bot.ports import Validators
from bot.sources.assembly import Sources
from tests.sources.site import Asked, Behaviour, Reply, Site, running, send

pytestmark = pytest.mark.anyio


async def drip(asked: Asked, writer: asyncio.StreamWriter) -> None:
    """A byte now and then, for ever."""
    writer.write(b"HTTP/1.1 200 Sample\r\nContent-Type: text/html\r\n\r\n")
    while True:
        writer.write(b" ")
        await writer.drain()
        await asyncio.sleep(0.05)


async def drip_headers(asked: Asked, writer: asyncio.StreamWriter) -> None:
    """Headers without end, slowly."""
    writer.write(b"HTTP/1.1 200 Sample\r\n")
    for number in range(10_000):
        writer.write(f"X-{number}: 1\r\n".encode())
        await writer.drain()
        await asyncio.sleep(0.05)


async def endless(asked: Asked, writer: asyncio.StreamWriter) -> None:
    """A body without end, fast."""
    writer.write(b"HTTP/1.1 200 Sample\r\nContent-Type: text/html\r\n\r\n")
    while True:
        writer.write(b"news " * 20_000)
        await writer.drain()


async def silent(asked: Asked, writer: asyncio.StreamWriter) -> None:
    """Accept and say nothing."""
    await asyncio.sleep(60)


async def nonsense(asked: Asked, writer: asyncio.StreamWriter) -> None:
    """Answer with what is no HTTP."""
    writer.write(b"\x16\x03\x01 this is not HTTP at all\r\n\r\n")
    await writer.drain()


def bomb(size: int = 200_000_000) -> bytes:
    """A small gzip file of many zeros."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    return b"".join(packer.compress(b"\0" * 1_000_000) for _ in range(size // 1_000_000)) + packer.flush()


FAULTS: dict[str, tuple[Behaviour, type[SourceError], str]] = {
    "slow drip": (drip, Unreachable, "did not answer within"),
    "dripping headers": (drip_headers, Unreachable, "did not answer within"),
    "silence": (silent, Unreachable, "did not answer within"),
    "endless body": (endless, Unreadable, "larger than"),
    "gzip bomb": (Reply(bomb(), headers={"Content-Encoding": "gzip"}), Unreadable, "larger than"),
    "gzip in gzip": (
        Reply(gzip.compress(bomb(20_000_000)), headers={"Content-Encoding": "gzip, gzip"}),
        Unreadable,
        "compressed as",
    ),
    "unasked compression": (Reply(b"x", headers={"Content-Encoding": "br"}), Unreadable, "compressed as"),
    "broken gzip": (Reply(b"no gzip at all", headers={"Content-Encoding": "gzip"}), Unreadable, "compressed wrongly"),
    "cut gzip": (
        Reply(gzip.compress(b"a" * 9000)[:20], headers={"Content-Encoding": "gzip"}),
        Unreachable,
        "broke off",
    ),
    "too short": (Reply(b"short", length=5000), Unreachable, "broke off"),
    "too large": (Reply(b"x", length=50_000_000), Unreadable, "larger than"),
    "no HTTP": (nonsense, Unreachable, "rules of HTTP"),
    "unasked 304": (Reply(status=304), Unreachable, "not modified"),
    "gone": (Reply(status=410), Gone, "gone for good"),
    "not found": (Reply(status=404), Unreadable, "not there"),
    "forbidden": (Reply(status=403), Unreachable, "let us in"),
    "trouble": (Reply(status=503), Unreachable, "trouble"),
    "loop": (Reply(status=302, headers={"Location": "/fault"}), Unreachable, "circle"),
    "to a file": (Reply(status=302, headers={"Location": "file:///etc/passwd"}), NotAllowed, "not http"),
    "to a private network": (
        Reply(status=302, headers={"Location": "http://10.0.0.1/"}),
        NotAllowed,
        "private network",
    ),
    "to a closed port": (Reply(status=301, headers={"Location": "http://127.0.0.1:22/"}), NotAllowed, "port 22"),
    "to credentials": (Reply(status=302, headers={"Location": "http://a:b@127.0.0.1/"}), NotAllowed, "password"),
}


@pytest.mark.parametrize("fault", FAULTS)
async def test_a_bad_server_is_told_in_time_and_in_words(site: Site, sources: Sources, fault: str) -> None:
    """Whatever a server does ends in a typed error that names it, within the deadline and the size."""
    behaviour, kind, words = FAULTS[fault]
    site.routes["/fault"] = behaviour

    with pytest.raises(SourceError) as caught:
        async with asyncio.timeout(10):
            await sources.client.get(site.url("/fault"))

    assert type(caught.value) is kind
    assert words in caught.value.what
    assert site.url("/fault") in caught.value.what
    assert caught.value.hint


async def test_redirects_are_bounded(site: Site, sources: Sources) -> None:
    """A chain of redirects that never ends is left after a few."""
    site.routes |= {f"/{n}": Reply(status=302, headers={"Location": f"/{n + 1}"}) for n in range(50)}

    with pytest.raises(Unreachable, match="redirects more than 5 times"):
        await sources.client.get(site.url("/0"))

    assert len(site.asked) == 6


async def test_permanent_redirects_are_told_from_passing_ones(site: Site, sources: Sources) -> None:
    """Only where every hop so far is permanent has the address moved for good."""
    site.routes |= {
        "/old": Reply(status=301, headers={"Location": "/newer"}),
        "/newer": Reply(status=308, headers={"Location": "/newest"}),
        "/newest": Reply(status=302, headers={"Location": "/today"}),
        "/passing": Reply(status=302, headers={"Location": "/newer"}),
        "/today": Reply(b"news"),
    }

    old, passing = [await sources.client.get(site.url(path)) for path in ("/old", "/passing")]

    assert (old.moved_to, old.url, old.body) == (site.url("/newest"), site.url("/today"), b"news")
    assert passing.moved_to == ""


async def test_what_has_not_changed_is_not_sent_again(site: Site, sources: Sources) -> None:
    """Validators of the last answer come back as conditions, and 304 is an answer without a body."""

    def answer(asked: Asked) -> Reply:
        fresh = asked.headers.get("if-none-match") == '"a1"' and "if-modified-since" in asked.headers
        headers = {"ETag": '"a1"', "Last-Modified": "Mon, 12 Jan 2026 07:00:00 GMT", "Cache-Control": "max-age=900"}
        return Reply(b"" if fresh else b"news", 304 if fresh else 200, headers)

    site.routes["/feed"] = answer

    first = await sources.client.get(site.url("/feed"))
    second = await sources.client.get(site.url("/feed"), validators=first.validators)

    assert (first.status, first.body, first.fresh_for) == (200, b"news", timedelta(minutes=15))
    assert (second.status, second.body) == (304, b"")


async def test_validators_cannot_smuggle_headers(site: Site, sources: Sources) -> None:
    """An ETag with line breaks is dropped, not sent."""
    site.routes["/feed"] = Reply(b"news")

    await sources.client.get(site.url("/feed"), validators=Validators('"a"\r\nX-Evil: 1', "Mon\r\nX-Evil: 1"))

    assert "x-evil" not in site.asked[0].headers
    assert "if-none-match" not in site.asked[0].headers


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("120", timedelta(seconds=120)),
        ("Tue, 13 Jan 2026 08:00:00 GMT", timedelta(hours=1)),
        ("999999999999", timedelta(days=1)),
        ("-5", None),
        ("soon", None),
        ("Mon, 12 Jan 2026 08:00:00 GMT", None),
    ],
)
async def test_a_server_says_when_to_come_back(
    site: Site, sources: Sources, header: str, expected: timedelta | None
) -> None:
    """Retry-After counts in seconds or names a moment; nonsense and the past say nothing."""
    site.routes["/feed"] = Reply(status=429, headers={"Retry-After": header})

    with pytest.raises(Unreachable) as caught:
        await sources.client.get(site.url("/feed"))

    assert caught.value.retry_after == expected


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "bare deflate", ""])
async def test_what_was_asked_for_is_unpacked(site: Site, sources: Sources, encoding: str) -> None:
    """Gzip and both kinds of deflate arrive as they were."""
    packer = zlib.compressobj(wbits=-15)
    packed = {
        "gzip": gzip.compress(b"news" * 5000),
        "deflate": zlib.compress(b"news" * 5000),
        "bare deflate": packer.compress(b"news" * 5000) + packer.flush(),
        "": b"news" * 5000,
    }[encoding]
    site.routes["/"] = Reply(packed, headers={"Content-Encoding": encoding.split(" ")[-1]} if encoding else {})

    answer = await sources.client.get(site.url("/"))

    assert answer.body == b"news" * 5000


async def test_secrets_in_an_address_are_not_told(site: Site, sources: Sources) -> None:
    """An error names the page but not its key."""
    site.routes["/feed"] = Reply(status=500)

    with pytest.raises(Unreachable) as caught:
        await sources.client.get(site.url("/feed?topic=dams&token=s3cr3t"))

    assert "s3cr3t" not in str(caught.value) + caught.value.source
    assert "topic=dams" in str(caught.value)


@pytest.fixture
def self_signed(tmp_path: Path) -> ssl.SSLContext:
    """A server's side of TLS with a certificate that nobody vouches for."""
    if (openssl := shutil.which("openssl")) is None:
        pytest.skip("openssl is not installed: it makes the certificate")
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    made = ["-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=127.0.0.1"]
    subprocess.run([openssl, "req", *made, "-keyout", key, "-out", certificate], check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    return context


async def test_an_untrusted_certificate_is_not_trusted(sources: Sources, self_signed: ssl.SSLContext) -> None:
    """TLS that proves nothing is an error in words, and the request is never sent."""
    async with running(self_signed) as secure:
        with pytest.raises(Unreachable, match="cannot be trusted"):
            await sources.client.get(secure.url("/"))

        assert secure.asked == []


async def test_a_server_of_http_behind_https_is_told(site: Site, sources: Sources) -> None:
    """Plain HTTP where TLS was asked for is an error in words."""
    with pytest.raises(Unreachable, match="cannot be trusted"):
        await sources.client.get(site.url("/").replace("http:", "https:"))


async def test_a_closed_port_is_told(sources: Sources, site: Site) -> None:
    """A port where nobody listens is an error in words."""
    async with running() as gone:
        port = gone.port

    with pytest.raises(Unreachable, match="cannot be connected to"):
        await sources.client.get(f"http://127.0.0.1:{port}/")


@pytest.mark.parametrize("host", ["münchen.test", "MÜNCHEN.test.", "xn--mnchen-3ya.test", "пример.test"])
async def test_names_in_any_script_are_asked_for_as_names_are(
    site: Site, sources: Sources, monkeypatch: pytest.MonkeyPatch, host: str
) -> None:
    """A name goes over the wire in ASCII, as every server expects it."""
    loopback = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", site.port))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: loopback)
    site.routes["/"] = Reply(b"news")

    answer = await sources.client.get(site.url("/", host))

    assert answer.body == b"news"
    assert re.fullmatch(r"xn--[a-z0-9-]+\.test\.?:\d+", site.asked[0].headers["host"])


async def test_another_address_of_a_host_is_tried(
    site: Site, sources: Sources, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A host whose first address does not answer is reached at its second."""
    addresses = ("127.0.0.99", "127.0.0.1")
    answers = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, site.port)) for address in addresses]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: answers)
    site.routes["/"] = Reply(b"news")

    assert (await sources.client.get(site.url("/", "wire.test"))).body == b"news"


async def test_nothing_of_the_machine_is_told_to_sites(
    site: Site, sources: Sources, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Proxies and credentials of the environment are not used, cookies not kept."""
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    site.routes["/"] = Reply(b"news", headers={"Set-Cookie": "id=1"})

    for _ in range(2):
        await sources.client.get(site.url("/"))

    assert {name for asked in site.asked for name in asked.headers} <= {
        "host",
        "user-agent",
        "accept",
        "accept-encoding",
    }


async def test_sites_are_fetched_beside_each_other(site: Site, sources: Sources) -> None:
    """Many at once are answered each by its own."""

    async def echo(asked: Asked, writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(0.01)
        await send(writer, Reply(asked.path.encode()))

    site.routes |= {f"/{n}": echo for n in range(60)}

    answers = await asyncio.gather(*(sources.client.get(site.url(f"/{n}")) for n in range(60)))

    assert [answer.body for answer in answers] == [f"/{n}".encode() for n in range(60)]
