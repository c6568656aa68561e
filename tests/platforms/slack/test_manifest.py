"""The app's manifest: exactly what the settings call for."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema  # type: ignore[import-untyped]
import pytest

from bot.domain.errors import SettingsError
from bot.platforms.slack.manifest import (
    BUILT_IN,
    SCOPES,
    direct_verbs,
    manifest,
    missing_scopes,
    warnings,
)
from bot.services.catalogue import CATALOGUE

SCHEMA = Path(__file__).parents[4] / "shared" / "contracts" / "slack-app-manifest.schema.json"
EVERY_GROUP = sorted({found.group for found in CATALOGUE})


@pytest.mark.parametrize(
    "settings",
    [
        {},
        {"direct": direct_verbs(EVERY_GROUP)},
        {"socket_mode": False, "public_url": "https://lede.example.com/"},
        {"oauth": True, "public_url": "https://lede.example.com", "direct": direct_verbs(["whois=who"])},
        {"socket_mode": False, "oauth": True, "public_url": "https://lede.example.com", "name": "Herald"},
    ],
)
def test_the_schema_takes_it(settings: dict[str, Any]) -> None:
    """The manifest of every kind of set-up is one that Slack's schema takes, and is plain JSON."""
    if not SCHEMA.is_file():
        pytest.skip("the schema of Slack's manifest is not beside the repository (../shared/contracts)")
    made = manifest(**settings)

    jsonschema.Draft4Validator(json.loads(SCHEMA.read_text(encoding="utf-8"))).validate(made)
    assert json.loads(json.dumps(made)) == made


def test_nothing_is_asked_for_that_is_not_used() -> None:
    """The scopes are those that the code needs, each with its reason, and no address where none is needed."""
    made = manifest()

    assert made["oauth_config"] == {"scopes": {"bot": sorted(SCOPES)}}
    assert made["settings"]["socket_mode_enabled"] is True
    assert "url" not in json.dumps(made)
    assert [command["command"] for command in made["features"]["slash_commands"]] == ["/lede"]
    assert set(made["settings"]["event_subscriptions"]["bot_events"]) == {
        "app_home_opened",
        "app_mention",
        "app_uninstalled",
        "message.im",
        "tokens_revoked",
    }


def test_signed_requests_name_their_address() -> None:
    """Without a socket every way in carries the address; OAuth adds where to come back to."""
    made = manifest({"who": "who"}, socket_mode=False, public_url="https://lede.example.com/", oauth=True)
    address = "https://lede.example.com/slack/events"

    assert [command["url"] for command in made["features"]["slash_commands"]] == [address, address]
    assert made["settings"]["event_subscriptions"]["request_url"] == address
    assert made["settings"]["interactivity"]["message_menu_options_url"] == address
    assert made["oauth_config"]["redirect_urls"] == ["https://lede.example.com/slack/oauth_redirect"]


@pytest.mark.parametrize(
    "settings", [{"socket_mode": False}, {"oauth": True}, {"oauth": True, "public_url": "http://x"}]
)
def test_an_address_that_is_needed_is_asked_for(settings: dict[str, Any]) -> None:
    """Slack takes https addresses only; without one the manifest would be refused there, so it is refused here."""
    with pytest.raises(SettingsError, match="https"):
        manifest(**settings)


def test_direct_commands_are_named_as_wished() -> None:
    """A command keeps its name or gets another; a group stands for its commands, and its words say so."""
    direct = direct_verbs(["who", " /Whois = who ", "briefing", "bl=briefing list"])
    made = manifest(direct)["features"]["slash_commands"]

    assert direct == {"who": "who", "whois": "who", "briefing": "briefing", "bl": "briefing list"}
    assert made[3]["description"] == "Briefing: add, list, preview, pause, resume, remove, now"
    assert made[1]["usage_hint"] == "Delcy Rodriguez"


@pytest.mark.parametrize("name", ["whom", "=who", "who is=who", "a" * 40 + "=who", "<x>=who"])
def test_a_direct_command_that_cannot_be_is_refused(name: str) -> None:
    """A name that is no command, or that Slack cannot take, is told at the start."""
    with pytest.raises(SettingsError):
        direct_verbs([name])


def test_slacks_own_commands_are_pointed_out() -> None:
    """Slack keeps some names for itself; the operator is told, with a name that works."""
    assert "who" in BUILT_IN
    assert warnings({"who": "who", "brief": "brief"}) == [
        "Slack has a command /who of its own; name ours otherwise, such as lede-who=who."
    ]


def test_missing_scopes_say_what_they_are_for() -> None:
    """Each scope that the grant lacks is one sentence."""
    (sentence,) = missing_scopes([scope for scope in SCOPES if scope != "users:read"])

    assert "users:read" in sentence
    assert "who may change what" in sentence
