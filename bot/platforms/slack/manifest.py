"""The app's manifest, to paste at https://api.slack.com/apps . Exactly what the settings call for, nothing more."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from bot.domain.errors import SettingsError
from bot.platforms.slack.inbound import SHORTCUT_NAMES, SHORTCUT_SEARCH
from bot.platforms.slack.web import EVENTS, REDIRECT
from bot.services.catalogue import CATALOGUE, in_language

#: What each scope is for; also told by :meth:`SlackPlatform.health` where one is missing.
SCOPES: Mapping[str, str] = {
    "app_mentions:read": "be asked by @Lede",
    "channels:history": "make sure, after a doubt, that a briefing is posted once",
    "chat:write": "post briefings and answers",
    "commands": "be asked by /lede and by shortcuts",
    "groups:history": "the same in private channels",
    "im:history": "be asked in direct messages",
    "im:write": "post briefings as direct messages",
    "users:read": "know who may change what",
}
BOT_EVENTS = ("app_home_opened", "app_mention", "app_uninstalled", "message.im", "tokens_revoked")
_COMMAND_LENGTH = 32
# Slack keeps these for itself; an app's command of the name cannot be relied on to be reached.
BUILT_IN = frozenset(
    "active apps archive away call collapse dm dnd expand feed invite join kick leave me msg mute open people prefs "
    "remind remove rename search shortcuts shrug star status topic who".split()
)


def direct_verbs(names: Iterable[str]) -> dict[str, str]:
    """The direct commands of a setting, as name to verb: ``who``, or ``whois=who`` where Slack keeps the name.

    Raises:
        SettingsError: a name is no command of the catalogue, or none that Slack takes.
    """
    groups = {found.group for found in CATALOGUE}
    verbs = {found.verb for found in CATALOGUE}
    direct: dict[str, str] = {}
    for entry in names:
        name, _, verb = (part.strip().removeprefix("/").lower() for part in entry.strip().partition("="))
        verb = verb or name
        if verb not in groups | verbs:
            raise SettingsError(f"{entry!r} is no command of Lede.", f"Choose from: {', '.join(sorted(groups))}.")
        if not name or len(name) >= _COMMAND_LENGTH or not all(c.isalnum() or c in "-_" for c in name):
            raise SettingsError(f"{entry!r} cannot be a slash command.", "Use letters, digits, - and _ only.")
        direct[name] = verb
    return direct


def warnings(direct: Mapping[str, str]) -> list[str]:
    """What to reconsider about direct commands, each a sentence."""
    return [
        f"Slack has a command /{name} of its own; name ours otherwise, such as lede-{name}={direct[name]}."
        for name in direct
        if name in BUILT_IN
    ]


def manifest(
    direct: Mapping[str, str] | None = None,
    *,
    socket_mode: bool = True,
    public_url: str = "",
    oauth: bool = False,
    name: str = "Lede",
) -> dict[str, Any]:
    """The manifest for these settings.

    Args:
        direct: names of direct commands to verbs, see :func:`direct_verbs`.
        socket_mode: whether Slack is listened to by a socket (no public address needed) or by signed requests.
        public_url: https address under which the bot's web server is reached from outside; needed by signed requests
            and by OAuth.
        oauth: whether other workspaces may install the app.
        name: what people call the bot.

    Raises:
        SettingsError: an address is needed and missing or not https.
    """
    base = public_url.rstrip("/")
    if (oauth or not socket_mode) and not base.startswith("https://"):
        why = "Other workspaces install the app" if socket_mode else "Signed requests from Slack arrive"
        hint = "Name the https address under which the web server is reached from outside."
        raise SettingsError(f"{why} through a public address, and none is set.", hint)
    events: dict[str, Any] = {"bot_events": list(BOT_EVENTS)}
    interactivity: dict[str, Any] = {"is_enabled": True}
    if not socket_mode:
        events["request_url"] = base + EVENTS
        interactivity |= {"request_url": base + EVENTS, "message_menu_options_url": base + EVENTS}
    scopes: dict[str, Any] = {"scopes": {"bot": list(SCOPES)}}
    if oauth:
        scopes["redirect_urls"] = [base + REDIRECT]
    return {
        "display_information": {
            "name": name,
            "description": "Sourced news briefings at local time, and who is who at once.",
            "background_color": "#1f3a4d",
        },
        "features": _features(direct or {}, name, "" if socket_mode else base + EVENTS),
        "oauth_config": scopes,
        "settings": {
            "event_subscriptions": events,
            "interactivity": interactivity,
            "org_deploy_enabled": False,
            "socket_mode_enabled": socket_mode,
            "token_rotation_enabled": False,
        },
    }


def _features(direct: Mapping[str, str], name: str, url: str) -> dict[str, Any]:
    commands = [_command("lede", "Ask for briefings, people, stories", "who Delcy Rodriguez", url)]
    commands += [_command(command, *_words(verb), url) for command, verb in direct.items()]
    return {
        "app_home": {"home_tab_enabled": True, "messages_tab_enabled": True, "messages_tab_read_only_enabled": False},
        "bot_user": {"display_name": name, "always_online": True},
        "shortcuts": [
            {
                "name": "Look someone up",
                "type": "global",
                "callback_id": SHORTCUT_SEARCH,
                "description": "Who or what is this? Roles, news, quotes",
            },
            {
                "name": "Who is in this message?",
                "type": "message",
                "callback_id": SHORTCUT_NAMES,
                "description": "The people and places named in a message",
            },
        ],
        "slash_commands": commands,
    }


def _command(name: str, description: str, usage: str, url: str) -> dict[str, Any]:
    # Escaped, a channel arrives as its id, which is what a subscription needs.
    command: dict[str, Any] = {
        "command": f"/{name}",
        "description": description,
        "usage_hint": usage,
        "should_escape": True,
    }
    return {**command, "url": url} if url else command


def _words(verb: str) -> tuple[str, str]:
    """Description and usage of a direct command, which may stand for a whole group."""
    found = [command for command in CATALOGUE if verb in (command.verb, command.group)]
    if len(found) == 1:
        example = found[0].example.removeprefix(verb).strip()
        return in_language(found[0].words, "en"), example
    does = ", ".join(command.verb.removeprefix(verb).strip() for command in found)
    return f"{verb.capitalize()}: {does}", found[0].example.removeprefix(verb).strip()


def missing_scopes(granted: Sequence[str]) -> list[str]:
    """What the app's grant lacks, each a sentence that says what to do."""
    return [
        f"The Slack app lacks the scope {scope} (to {why}): add it under OAuth & Permissions and install it again."
        for scope, why in SCOPES.items()
        if scope not in granted
    ]
