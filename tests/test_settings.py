"""Laws of settings: all described, all checked, no secret shown."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.domain.errors import SettingsError
from bot.settings import Settings, read_settings

_EXAMPLE = Path(__file__).parents[1] / ".env.example"


def test_every_setting_is_in_the_example_with_a_comment() -> None:
    """A newcomer finds each setting explained; none is described that does not exist."""
    lines = _EXAMPLE.read_text(encoding="utf-8").splitlines()
    described = {line.split("=")[0].lower() for line in lines if re.match(r"[A-Z_]+=", line)}
    groups = "\n".join(lines).split("\n\n")

    assert described == set(Settings.model_fields)
    assert all("#" in group for group in groups)


def test_the_example_is_a_valid_configuration() -> None:
    """Copied as it is, it means the defaults."""
    assert read_settings(str(_EXAMPLE)) == read_settings(None)


def test_lists_are_written_with_commas(monkeypatch: pytest.MonkeyPatch) -> None:
    """No JSON in an environment variable."""
    monkeypatch.setenv("SLACK_COMMANDS", "who, brief,")

    assert read_settings(None).slack_commands == ("who", "brief")


@pytest.mark.parametrize(
    ("name", "value"), [("WEB_PORT", "99999"), ("TIMEZONE", "Europe/Nowhere"), ("DIGESTER", "magic"), ("WEB_PORT", "x")]
)
def test_what_is_wrong_is_named(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    """The error names the setting; with several faults it names them all."""
    monkeypatch.setenv(name, value)
    monkeypatch.setenv("LOG_LEVEL", "loud")

    with pytest.raises(SettingsError) as caught:
        read_settings(None)

    assert name in str(caught.value)
    assert "LOG_LEVEL" in str(caught.value)


def test_no_secret_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither a representation nor an error about another setting repeats a token."""
    monkeypatch.setenv("DISCORD_TOKEN", "very-secret-token")
    monkeypatch.setenv("DATABASE_URL", "postgresql://lede:hunter2@db/lede")

    assert "very-secret" not in repr(read_settings(None))
    assert "hunter2" not in repr(read_settings(None))
    monkeypatch.setenv("WEB_PORT", "x")
    with pytest.raises(SettingsError) as caught:
        read_settings(None)
    assert "very-secret" not in str(caught.value)


@pytest.mark.parametrize(
    ("given", "has"),
    [
        ({}, False),
        ({"SLACK_BOT_TOKEN": "b"}, False),
        ({"SLACK_BOT_TOKEN": "b", "SLACK_APP_TOKEN": "a"}, True),
        ({"SLACK_BOT_TOKEN": "b", "SLACK_SIGNING_SECRET": "s"}, True),
        ({"SLACK_CLIENT_ID": "c", "SLACK_CLIENT_SECRET": "s"}, True),
    ],
)
def test_slack_is_on_when_there_is_a_way_in(monkeypatch: pytest.MonkeyPatch, given: dict[str, str], has: bool) -> None:
    """A token alone receives nothing."""
    for name, value in given.items():
        monkeypatch.setenv(name, value)

    assert read_settings(None).has_slack is has
