"""The catalogue as Discord's application commands, and what of it has to be registered anew. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.messages.cutting import cut
from bot.platforms.discord import limits
from bot.platforms.discord.names import command_names, localised, option_names
from bot.platforms.discord.permissions import (
    ADMINISTRATOR,
    ANNOUNCEMENT,
    FORUM,
    MANAGE_GUILD,
    NEWS_THREAD,
    PRIVATE_THREAD,
    PUBLIC_THREAD,
    TEXT,
)
from bot.services.catalogue import CATALOGUE, Command, Option, OptionKind, Permission, Words

Json = dict[str, Any]

_CHAT_INPUT, _MESSAGE = 1, 3
_SUBCOMMAND, _STRING, _INTEGER, _BOOLEAN, _CHANNEL = 1, 3, 4, 5, 7
_IN_SERVER, _IN_OWN_DM, _IN_ANY_DM = 0, 1, 2
_FOR_SERVERS, _FOR_PEOPLE = 0, 1

#: Options whose value the bot can complete as one types.
COMPLETED: frozenset[OptionKind] = frozenset(
    {"entity", "story", "topic", "moment", "times", "timezone", "days", "subscription", "digest", "feed"}
)
_DEFAULT_PERMISSION: Mapping[Permission, int] = {"anyone": 0, "change": MANAGE_GUILD, "admin": ADMINISTRATOR}
_BRIEFABLE = [TEXT, ANNOUNCEMENT, NEWS_THREAD, PUBLIC_THREAD, PRIVATE_THREAD, FORUM]

#: Shows the answer of a look-up to everyone. Discord's own, so not in the catalogue.
SHARE = Option(
    "share",
    "flag",
    {"en": "Show the answer to everyone", "de": "Die Antwort allen zeigen", "es": "Mostrar la respuesta a todos"},
)
#: What only Discord knows of a briefing; kept as the subscription's options.
PUBLISH = Option(
    "publish",
    "flag",
    {
        "en": "Publish to followers of an announcement channel",
        "de": "An Follower eines Ankündigungskanals veröffentlichen",
        "es": "Publicar para los seguidores de un canal de anuncios",
    },
)
TAGS = Option(
    "tags",
    "text",
    {
        "en": "Tags of a forum post, e.g. News, Politics",
        "de": "Tags eines Forenbeitrags, z. B. Nachrichten",
        "es": "Etiquetas de la publicación del foro, p. ej. Noticias",
    },
)
OWN_OPTIONS: Mapping[str, tuple[Option, ...]] = {"briefing add": (PUBLISH, TAGS)}

#: The entry in a message's menu that tells who is named in it; answered by the catalogue's ``names``.
WHO_IS_IN_IT: Words = {"en": "Who is in this?", "de": "Wer kommt hier vor?", "es": "¿Quién aparece aquí?"}


def payloads(catalogue: Sequence[Command] = CATALOGUE, *, for_guild: bool = False) -> tuple[Json, ...]:
    """Every command as Discord registers it, groups as commands with subcommands.

    Args:
        catalogue: the commands, listed ones and others.
        for_guild: for the commands of one server, which know no contexts.
    """
    groups: dict[str, list[Command]] = {}
    for command in catalogue:
        if command.listed:
            groups.setdefault(command.group, []).append(command)
    made = [_group(name, members) for name, members in groups.items()]
    made.append(_message_command())
    if for_guild:
        made = [{k: v for k, v in each.items() if k not in ("contexts", "integration_types")} for each in made]
    return tuple(made)


def _group(name: str, members: Sequence[Command]) -> Json:
    """One command of the top level. Who may use it is asked of all its members: Discord knows no finer default."""
    strictest = max((_DEFAULT_PERMISSION[member.permission] for member in members), key=_strictness)
    grouped = any(" " in member.verb for member in members)
    words = members[0].words if not grouped else _group_words(name)
    shown: Json = {
        "type": _CHAT_INPUT,
        "name": name,
        "name_localizations": command_names(name),
        **_described(words),
        "options": [_subcommand(member) for member in members] if grouped else _options(members[0]),
    }
    return shown | _reach(strictest)


def _strictness(permission: int) -> int:
    return [0, MANAGE_GUILD, ADMINISTRATOR].index(permission)


def _reach(permission: int) -> Json:
    """Who finds the command, and where. Look-ups go along with a person; what changes things stays with the server."""
    if permission:
        return {
            "default_member_permissions": permission,
            "contexts": [_IN_SERVER, _IN_OWN_DM],
            "integration_types": [_FOR_SERVERS],
        }
    return {
        "contexts": [_IN_SERVER, _IN_OWN_DM, _IN_ANY_DM],
        "integration_types": [_FOR_SERVERS, _FOR_PEOPLE],
    }


def _message_command() -> Json:
    return {
        "type": _MESSAGE,
        "name": WHO_IS_IN_IT["en"],
        "name_localizations": localised(WHO_IS_IN_IT),
        **_reach(0),
    }


def _subcommand(command: Command) -> Json:
    name = command.verb.split(" ", 1)[1]
    return {
        "type": _SUBCOMMAND,
        "name": name,
        "name_localizations": command_names(name),
        **_described(command.words),
        "options": _options(command),
    }


def _options(command: Command) -> list[Json]:
    """What can be typed, required ones first as Discord asks."""
    offered = [option for option in command.options if not option.hidden] + [*OWN_OPTIONS.get(command.verb, ())]
    if command.private and command.permission == "anyone":
        offered.append(SHARE)
    return [_option(option) for option in sorted(offered, key=lambda option: not option.required)][: limits.OPTIONS]


def _option(option: Option) -> Json:
    shown: Json = {
        "type": _option_type(option.kind),
        "name": option.name,
        "name_localizations": option_names(option.name),
        **_described(option.words),
    }
    if option.required:
        shown["required"] = True
    if option.choices:
        shown["choices"] = [{"name": choice, "value": choice} for choice in option.choices[: limits.SUGGESTIONS]]
    elif option.kind in COMPLETED:
        shown["autocomplete"] = True
    if option.kind == "channel":
        shown["channel_types"] = _BRIEFABLE
    if option.kind == "number":
        shown["min_value"] = 1
    return shown


def _option_type(kind: OptionKind) -> int:
    return {"number": _INTEGER, "page": _INTEGER, "flag": _BOOLEAN, "channel": _CHANNEL}.get(kind, _STRING)


def _described(words: Words) -> Json:
    fitted = {language: cut(text, limits.DESCRIPTION, limits.width) for language, text in words.items()}
    return {"description": fitted["en"], "description_localizations": localised(fitted)}


#: What a group is for; Discord shows it nowhere, but asks for it.
_GROUPS: Mapping[str, Words] = {
    "briefing": {"en": "Regular briefings", "de": "Regelmäßige Briefings", "es": "Resúmenes regulares"},
    "feeds": {"en": "Feeds that are read", "de": "Gelesene Feeds", "es": "Feeds que se leen"},
    "digest": {"en": "Stored articles", "de": "Gespeicherte Artikel", "es": "Artículos guardados"},
    "entity": {"en": "Who is who", "de": "Wer wer ist", "es": "Quién es quién"},
}


def _group_words(name: str) -> Words:
    return _GROUPS.get(name, {"en": name})


# --- what is registered already ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Changes:
    """What it takes to make the registered commands the wanted ones; all empty when they are."""

    put: tuple[Json, ...]  #: to create or, by name and type, to replace
    drop: tuple[str, ...]  #: ids of those that are not wanted any more

    def __bool__(self) -> bool:
        return bool(self.put or self.drop)


def changes(wanted: Iterable[Json], registered: Iterable[Mapping[str, Any]]) -> Changes:
    """The difference between what should be and what Discord says is registered.

    Commands of kinds that the bot does not make (an activity's entry point) are left alone.
    """
    there = {(each.get("type", _CHAT_INPUT), each["name"]): each for each in registered}
    ours = {(each["type"], each["name"]): each for each in wanted}
    put = [each for key, each in ours.items() if key not in there or _essence(there[key]) != _essence(each)]
    drop = [str(each["id"]) for key, each in there.items() if key not in ours and key[0] in (1, 2, 3)]
    return Changes(tuple(put), tuple(drop))


_COMPARED = (
    "type",
    "name",
    "name_localizations",
    "description",
    "description_localizations",
    "required",
    "autocomplete",
    "min_value",
)


def _essence(command: Mapping[str, Any]) -> Json:
    """A command or option without what Discord adds, defaults and empty things: equal when it means the same."""
    essence: Json = {name: command[name] for name in _COMPARED if command.get(name)}
    if permissions := command.get("default_member_permissions"):
        essence["default_member_permissions"] = int(permissions)
    for name in ("contexts", "integration_types", "channel_types"):
        if command.get(name):
            essence[name] = sorted(command[name])
    if command.get("choices"):
        essence["choices"] = [(choice["name"], choice["value"]) for choice in command["choices"]]
    if command.get("options"):
        essence["options"] = [_essence(option) for option in command["options"]]
    return essence
