"""An interaction as Discord sends it to a request of the catalogue. Pure.

The payloads are those of https://discord.com/developers/docs/interactions/receiving-and-responding, as a mapping.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.domain.places import Actor, Place
from bot.messages.actions import Ask, decode
from bot.platforms.discord import limits
from bot.platforms.discord.commands import SHARE
from bot.platforms.discord.components import PICK
from bot.platforms.discord.permissions import ADMINISTRATOR, MANAGE_CHANNELS, MANAGE_GUILD
from bot.services.catalogue import Request, command

Payload = Mapping[str, Any]

COMMAND, COMPONENT, AUTOCOMPLETE = 2, 3, 4
_SUBCOMMANDS = (1, 2)
_MESSAGE_MENU = 3
_ANSWERED_TEXT = 4000


@dataclass(frozen=True, slots=True)
class Asked:
    """A request and how its answer is to be shown."""

    request: Request
    public: bool  #: for everyone, because the asker said so
    private: bool  #: what the catalogue says of its answers, to be shown while composing takes longer
    replace: bool = False  #: in place of the message whose button was pressed


@dataclass(frozen=True, slots=True)
class Typing:
    """An option being typed."""

    request: Request
    option: str
    text: str


def asked(payload: Payload) -> Asked | None:
    """What a command or a press of a button asks; None for a button that is not ours or of a later version."""
    match payload["type"]:
        case 2 if payload["data"].get("type", 1) == _MESSAGE_MENU:
            return _menu(payload)
        case 2:
            return _command(payload)
        case 3:
            return _component(payload)
        case _:
            return None


def typing(payload: Payload) -> Typing | None:
    """The option being typed in an autocomplete interaction; None where Discord names none."""
    verb, options = _verb(payload["data"])
    focused = next((option for option in options if option.get("focused")), None)
    if focused is None:
        return None
    others = _values(option for option in options if not option.get("focused"))
    return Typing(_request(payload, verb, others), focused["name"], str(focused.get("value", "")))


def _command(payload: Payload) -> Asked:
    verb, options = _verb(payload["data"])
    values = _values(options)
    share = values.pop(SHARE.name, "") == "yes"
    return Asked(_request(payload, verb, values), public=share, private=_private(verb))


def _menu(payload: Payload) -> Asked:
    """Someone asks who is named in a message: Discord hands over its text with the question."""
    data = payload["data"]
    message = data.get("resolved", {}).get("messages", {}).get(str(data.get("target_id")), {})
    text = "\n".join(_texts(message))[:_ANSWERED_TEXT]
    return Asked(_request(payload, "names", {"text": text}), public=False, private=True)


def _texts(message: Mapping[str, Any]) -> Iterator[str]:
    if content := message.get("content"):
        yield content
    for embed in message.get("embeds") or ():
        yield from (embed[part] for part in ("title", "description") if embed.get(part))
    yield from _displayed(message.get("components") or ())


def _displayed(components: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    for component in components:
        if component.get("content"):
            yield component["content"]
        yield from _displayed(component.get("components") or ())


def _component(payload: Payload) -> Asked | None:
    data = payload["data"]
    code = str(data.get("custom_id", ""))
    if code.startswith(PICK):
        code = next(iter(data.get("values") or ()), "")
    action = decode(code)
    return _pressed(payload, action) if action and command(action.verb) else None


def _pressed(payload: Payload, action: Ask) -> Asked:
    # Options that begin with "_" only keep two buttons of one message apart.
    values = {name: value for name, value in action.options if not name.startswith("_")}
    return Asked(
        _request(payload, action.verb, values),
        public=action.share,
        private=_private(action.verb),
        replace=action.replace and _own(payload),
    )


def _own(payload: Payload) -> bool:
    """Whether the message pressed is the presser's own answer, so that changing it disturbs no one else."""
    message = payload.get("message") or {}
    if message.get("flags", 0) & limits.EPHEMERAL:
        return True
    asker = (message.get("interaction_metadata") or {}).get("user") or {}
    return bool(asker) and str(asker.get("id")) == _user(payload)["id"]


def _private(verb: str) -> bool:
    known = command(verb)
    return known.private if known else True


def _verb(data: Mapping[str, Any]) -> tuple[str, Sequence[Mapping[str, Any]]]:
    """The verb with its subcommand, and the options given to it."""
    words = [data["name"]]
    options: Sequence[Mapping[str, Any]] = data.get("options") or ()
    while options and options[0]["type"] in _SUBCOMMANDS:
        words.append(options[0]["name"])
        options = options[0].get("options") or ()
    return " ".join(words), options


def _values(options: Iterator[Mapping[str, Any]] | Sequence[Mapping[str, Any]]) -> dict[str, str]:
    return {option["name"]: _value(option.get("value")) for option in options}


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value) if value is not None else ""


def _request(payload: Payload, verb: str, options: Mapping[str, str]) -> Request:
    return Request(
        verb=verb,
        options=options,
        actor=_actor(payload, verb),
        place=Place("discord", str(payload.get("guild_id") or ""), str(payload.get("channel_id") or "")),
        locale=str(payload.get("locale") or "en"),
    )


def _user(payload: Payload) -> Mapping[str, Any]:
    user: Mapping[str, Any] = payload.get("user") or payload["member"]["user"]
    return {**user, "id": str(user["id"])}


def _actor(payload: Payload, verb: str) -> Actor:
    """Who asks. In direct messages with the bot people may arrange their own briefings, and nothing else."""
    user = _user(payload)
    name = user.get("global_name") or user.get("username") or ""
    if not payload.get("guild_id"):
        return Actor(user["id"], name, may_change=verb.startswith("briefing "))
    permissions = int((payload.get("member") or {}).get("permissions") or 0)
    admin = bool(permissions & ADMINISTRATOR)
    return Actor(user["id"], name, admin or bool(permissions & (MANAGE_GUILD | MANAGE_CHANNELS)), admin)
