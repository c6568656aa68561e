from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.addresses import host_of, shown


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        (
            "https://wire.example/news/lake-falls-by-six-metres?id=7",
            "https://wire.example/news/lake-falls-by-six-metres?id=7",
        ),
        ("https://user:pass@wire.example:8443/x", "https://wire.example:8443/x"),
        ("https://wire.example/feed?token=abc&topic=dams#secret", "https://wire.example/feed?token=…&topic=dams"),
        ("https://wire.example/feed?x=0123456789abcdef01234567", "https://wire.example/feed?x=…"),
        ("https://hooks.slack.com/services/T0/B0/xyz", "https://hooks.slack.com/services/…"),
        ("https://discord.com/api/webhooks/123/secret", "https://discord.com/api/webhooks/…"),
        ("https://wire.example/private/a8f5f167f44f4964e6c998dee827110c/feed", "https://wire.example/private/…/feed"),
        ("http://[::1]:80/x", "http://[::1]:80/x"),
        ("http://[", "http://["),
        ("lake.txt", "lake.txt"),
        ("https://wire.example/a\nb\x1b[31m", "https://wire.example/a b [31m"),
    ],
)
def test_an_address_is_shown_without_its_secrets(address: str, expected: str) -> None:
    """Credentials, keys and webhooks are left out; what tells one page from another stays."""
    assert shown(address) == expected


@given(st.text(max_size=400))
def test_anything_can_be_shown(text: str) -> None:
    """On one line, not too long, without failing."""
    line = shown(text)

    assert len(line) <= 300
    assert "\n" not in line


@given(st.text(alphabet="abcXYZ019_-", min_size=3, max_size=30))
def test_a_password_is_never_shown(password: str) -> None:
    """Whatever it is made of."""
    assert f"pw{password}" not in shown(f"https://user:pw{password}@wire.example/x")
    assert f"pw{password}" not in shown(f"https://wire.example/x?api_key=pw{password}")


def test_the_host_of_an_address() -> None:
    """In lower case, without a trailing dot; nothing where there is none."""
    assert [host_of(each) for each in ("https://Wire.Example.:443/x", "lake.txt", "http://[")] == [
        "wire.example",
        "",
        "",
    ]
