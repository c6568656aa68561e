"""Strangers' pages cannot use the one on this machine."""

from __future__ import annotations

import pytest
from starlette.datastructures import Headers

from bot.platforms.web.guard import POLICY, host_name, is_same_origin
from bot.platforms.web.visits import inside, locale_of


@pytest.mark.parametrize(
    ("header", "name"),
    [
        ("127.0.0.1:8080", "127.0.0.1"),
        ("localhost", "localhost"),
        ("LOCALHOST:1", "localhost"),
        ("[::1]:8080", "::1"),
        ("localhost.", "localhost"),
        ("evil.example", "evil.example"),
        ("127.0.0.1.evil.example", "127.0.0.1.evil.example"),
        ("localhost@evil.example", ""),
        ("evil.example/localhost", ""),
        ("[::1", ""),
        ("", ""),
    ],
)
def test_the_name_of_a_host(header: str, name: str) -> None:
    """Port and brackets are not part of the name; what is malformed has none."""
    assert host_name(header) == name


@pytest.mark.parametrize(
    ("headers", "ours"),
    [
        ({"host": "localhost:1", "origin": "http://localhost:1"}, True),
        ({"host": "localhost:1", "origin": "http://LOCALHOST:1", "sec-fetch-site": "same-origin"}, True),
        ({"host": "localhost:1", "sec-fetch-site": "same-origin"}, True),
        ({"host": "localhost:1", "origin": "https://localhost:1"}, True),
        ({"host": "localhost:1"}, False),
        ({"host": "localhost:1", "origin": "null"}, False),
        ({"host": "localhost:1", "origin": "http://localhost:2"}, False),
        ({"host": "localhost:1", "origin": "http://evil.example"}, False),
        ({"host": "localhost:1", "origin": "http://localhost:1", "sec-fetch-site": "cross-site"}, False),
        ({"host": "localhost:1", "origin": "http://localhost:1", "sec-fetch-site": "same-site"}, False),
        ({"host": "localhost:1", "origin": "null", "sec-fetch-site": "same-origin"}, False),
    ],
)
def test_where_a_post_comes_from(headers: dict[str, str], ours: bool) -> None:
    """Only what a browser says comes from our own page is ours."""
    assert is_same_origin(Headers(headers)) is ours


def test_nothing_foreign_is_run() -> None:
    """The policy allows our own files alone, and no script or style inside a page."""
    assert "default-src 'none'" in POLICY
    assert "unsafe" not in POLICY
    assert "*" not in POLICY


@pytest.mark.parametrize(
    ("path", "back"),
    [
        ("/digests?q=a", "/digests?q=a"),
        ("//evil.example", "/"),
        ("/\\evil.example", "/"),
        ("https://evil.example", "/"),
        ("/a\r\nSet-Cookie: x", "/"),
        ("", "/"),
    ],
)
def test_the_way_back_stays_inside(path: str, back: str) -> None:
    """A form cannot send its visitor to another site."""
    assert inside(path) == back


@pytest.mark.parametrize(
    ("header", "locale"), [("de-AT,de;q=0.9", "de-AT"), ("es;q=1", "es"), ("*", "en"), ("", "en"), ("x" * 99, "en")]
)
def test_the_readers_language(header: str, locale: str) -> None:
    """The first language of the browser, English where it is none."""
    assert locale_of(Headers({"accept-language": header})) == locale
