"""The commands as Discord registers them, and what is asked back."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator

import pytest

from bot.platforms.discord.commands import COMPLETED, OWN_OPTIONS, Json, changes, payloads
from bot.platforms.discord.inbound import asked, typing
from bot.platforms.discord.invite import PERMISSIONS, application_id_of, invite_url, user_install_url
from bot.platforms.discord.permissions import ADMINISTRATOR, MANAGE_GUILD, SEND_MESSAGES, VIEW_CHANNEL, names, of_bot
from bot.services.catalogue import CATALOGUE, command
from tests.platforms.discord.checks import WITHOUT_SCHEMA, problems, schema

_NAME = re.compile(r"[-_'\w]{1,32}")


def _walk(commands: tuple[Json, ...] | list[Json]) -> Iterator[Json]:
    for each in commands:
        yield each
        yield from _walk(each.get("options", []))


def test_every_listed_command_is_registered() -> None:
    """One top-level command a group; subcommands by their second word."""
    made = {each["name"]: each for each in payloads() if each["type"] == 1}

    for known in CATALOGUE:
        shown = made[known.group]
        if " " in known.verb:
            assert known.verb.split(" ")[1] in [option["name"] for option in shown["options"]]


def test_every_name_and_description_is_within_discords_limits() -> None:
    """In English, German and Spanish; lower case; each once among its siblings."""
    for each in _walk(payloads()):
        if each["type"] == 3 and "description" not in each:
            continue
        shown = [(each["name"], each["description"])]
        assert set(each["name_localizations"]) == {"de", "es-ES", "es-419"}, each["name"]
        assert set(each["description_localizations"]) == {"de", "es-ES", "es-419"}, each["name"]
        shown += [(name, each["description_localizations"][to]) for to, name in each["name_localizations"].items()]
        for name, description in shown:
            assert _NAME.fullmatch(name)
            assert name == name.lower()
            assert 1 <= len(description) <= 100
        for locale in ("de", "es-ES"):
            siblings = [option["name_localizations"][locale] for option in each.get("options", [])]
            assert len(set(siblings)) == len(siblings), each["name"]


@pytest.mark.parametrize("for_guild", [False, True])
def test_discord_takes_the_commands(for_guild: bool) -> None:
    """Each alone and all together."""
    if schema() is None:
        pytest.skip(WITHOUT_SCHEMA)
    path = "/applications/{application_id}" + "/guilds/{guild_id}" * for_guild + "/commands"

    assert problems(f"PUT {path}", list(payloads(for_guild=for_guild))) == []
    for each in payloads(for_guild=for_guild):
        assert problems(f"POST {path}", each) == []


def test_what_changes_things_is_for_those_who_manage_the_server() -> None:
    """Look-ups are for anyone, also where a person takes them along; identities are for administrators."""
    made = {each["name"]: each for each in payloads()}

    assert made["briefing"]["default_member_permissions"] == MANAGE_GUILD
    assert made["entity"]["default_member_permissions"] == ADMINISTRATOR
    assert "default_member_permissions" not in made["who"]
    assert made["who"]["integration_types"] == [0, 1]
    assert made["feeds"]["integration_types"] == [0]


def test_what_can_be_completed_is() -> None:
    """Names, stories, time zones and the like; hidden options are not offered."""
    for each in CATALOGUE:
        shown = next(p for p in payloads() if p["name"] == each.group)
        if " " in each.verb:
            shown = next(o for o in shown["options"] if o["name"] == each.verb.split(" ")[1])
        offered = {option["name"]: option for option in shown["options"]}
        for option in each.options:
            assert (option.name in offered) == (not option.hidden or option.name in _own(each.verb))
            if option.name in offered and option.kind in COMPLETED and not option.choices:
                assert offered[option.name]["autocomplete"]


def _own(verb: str) -> set[str]:
    return {option.name for option in OWN_OPTIONS.get(verb, ())}


# --- the difference ---------------------------------------------------------------------------------------------------


def _as_discord_has_it(each: Json, number: int) -> Json:
    """What Discord gives back for a command: ids, versions, defaults spelled out, permissions as text."""
    shown = copy.deepcopy(each) | {"id": str(number), "version": "9", "nsfw": False, "dm_permission": True}
    shown["default_member_permissions"] = (
        str(each["default_member_permissions"]) if "default_member_permissions" in each else None
    )
    if "contexts" in shown:
        shown["contexts"] = list(reversed(shown["contexts"]))
    for option in shown.get("options", []):
        if option["type"] != 1:
            option.setdefault("required", False)
    return shown


def test_what_is_registered_already_is_no_difference() -> None:
    """However Discord spells it."""
    registered = [_as_discord_has_it(each, n) for n, each in enumerate(payloads())]

    assert not changes(payloads(), registered)


@pytest.mark.parametrize(
    ("where", "what"),
    [
        ("description", "other"),
        ("name_localizations", {"de": "anders"}),
        ("default_member_permissions", "8"),
        ("contexts", [0]),
        ("options", []),
    ],
)
def test_any_change_is_a_difference(where: str, what: object) -> None:
    """Of that one command."""
    registered = [_as_discord_has_it(each, n) for n, each in enumerate(payloads())]
    registered[0][where] = what

    assert [each["name"] for each in changes(payloads(), registered).put] == [registered[0]["name"]]


def test_kinds_that_are_not_ours_are_left_alone() -> None:
    """An entry point of an activity is not dropped; a command that is gone is."""
    foreign = [{"id": "1", "type": 4, "name": "launch"}, {"id": "2", "type": 1, "name": "old"}]

    assert changes((), foreign).drop == ("2",)


# --- asked back -------------------------------------------------------------------------------------------------------

_PERSON = {"id": "902", "username": "alice"}


def _payload(type_: int, data: Json, permissions: int = 0, guild: str = "100") -> Json:
    member = {"user": _PERSON, "permissions": str(permissions)}
    return {"type": type_, "data": data, "guild_id": guild, "channel_id": "200", "member": member, "locale": "de"}


@pytest.mark.parametrize(
    ("permissions", "may_change", "is_admin"),
    [(0, False, False), (MANAGE_GUILD, True, False), (1 << 4, True, False), (ADMINISTRATOR, True, True)],
)
def test_permissions_are_discords_word(permissions: int, may_change: bool, is_admin: bool) -> None:
    """Managing the channel or server may change, administering is for administrators."""
    question = asked(_payload(2, {"name": "status", "type": 1}, permissions))

    assert question is not None
    assert (question.request.actor.may_change, question.request.actor.is_admin) == (may_change, is_admin)
    assert question.request.locale == "de"


def test_a_channel_is_asked_for_by_its_id() -> None:
    """As Discord gives it."""
    options = [{"name": "at", "type": 3, "value": "08:00"}, {"name": "channel", "type": 7, "value": "201"}]
    data = {"name": "briefing", "type": 1, "options": [{"type": 1, "name": "add", "options": options}]}

    question = asked(_payload(2, data))

    assert question is not None
    assert question.request.options == {"at": "08:00", "channel": "201"}


def test_an_option_being_typed_comes_with_the_others() -> None:
    """So that completions can depend on them."""
    given = [
        {"name": "by", "type": 3, "value": "delcy-rodriguez"},
        {"name": "about", "type": 3, "value": "Ven", "focused": True},
    ]

    found = typing(_payload(4, {"name": "quotes", "type": 1, "options": given}))

    assert found is not None
    assert (found.option, found.text) == ("about", "Ven")
    assert found.request.options == {"by": "delcy-rodriguez"}
    assert typing(_payload(4, {"name": "quotes", "type": 1, "options": given[:1]})) is None


def test_the_text_of_any_message_can_be_asked_about() -> None:
    """What it says in words, embeds and components."""
    message = {
        "content": "one",
        "embeds": [{"title": "two", "description": "three"}],
        "components": [{"type": 17, "components": [{"type": 10, "content": "four"}]}],
    }
    data = {"type": 3, "name": "Who is in this?", "target_id": "5", "resolved": {"messages": {"5": message}}}

    question = asked(_payload(2, data))

    assert question is not None
    assert question.request.options["text"] == "one\ntwo\nthree\nfour"
    assert command(question.request.verb) is not None


# --- permissions and the invitation -----------------------------------------------------------------------------------


def _guild(everyone: int, role: int = 0) -> Json:
    return {"id": "1", "owner_id": "9", "roles": [_role("1", everyone), _role("2", role)]}


def _role(id_: str, permissions: int) -> Json:
    return {"id": id_, "permissions": str(permissions)}


def _overwrite(id_: str, allow: int = 0, deny: int = 0) -> Json:
    return {"id": id_, "allow": str(allow), "deny": str(deny)}


@pytest.mark.parametrize(
    ("guild", "roles", "overwrites", "held"),
    [
        (_guild(VIEW_CHANNEL), [], [], VIEW_CHANNEL),
        (_guild(0, VIEW_CHANNEL), ["2"], [], VIEW_CHANNEL),
        (_guild(0, VIEW_CHANNEL), [], [], 0),
        (_guild(VIEW_CHANNEL), [], [_overwrite("1", deny=VIEW_CHANNEL)], 0),
        (
            _guild(VIEW_CHANNEL),
            ["2"],
            [_overwrite("1", deny=VIEW_CHANNEL), _overwrite("2", VIEW_CHANNEL)],
            VIEW_CHANNEL,
        ),
        (_guild(VIEW_CHANNEL), ["2"], [_overwrite("2", VIEW_CHANNEL), _overwrite("5", deny=VIEW_CHANNEL)], 0),
    ],
)
def test_permissions_are_computed_as_discord_does(
    guild: Json, roles: list[str], overwrites: list[Json], held: int
) -> None:
    """Everyone, roles, then the channel's overwrites: everyone's, the roles', the bot's own."""
    assert of_bot(guild, roles, "5", overwrites) & (VIEW_CHANNEL | SEND_MESSAGES) == held


def test_administrators_and_owners_may_everything() -> None:
    """Whatever the channel says."""
    denied = [_overwrite("1", deny=VIEW_CHANNEL)]

    assert of_bot(_guild(ADMINISTRATOR), [], "5", denied) & VIEW_CHANNEL
    assert of_bot(_guild(0), [], "9", denied) & VIEW_CHANNEL


def test_the_invitation_asks_for_exactly_what_is_needed() -> None:
    """Five permissions, two scopes."""
    assert names(PERMISSIONS) == [
        "View Channel",
        "Send Messages",
        "Read Message History",
        "Create Public Threads",
        "Send Messages in Threads",
    ]
    assert PERMISSIONS.bit_count() == 5
    assert invite_url("42") == (
        "https://discord.com/oauth2/authorize?client_id=42&scope=bot+applications.commands&permissions=309237713920"
    )
    assert "guild_id=7" in invite_url("42", "7")
    assert "integration_type=1" in user_install_url("42")


@pytest.mark.parametrize(
    ("token", "id_"), [("OTAw.x.y", "900"), ("Bot OTAw.x.y", "900"), ("nonsense", None), ("", None)]
)
def test_a_token_tells_its_application(token: str, id_: str | None) -> None:
    """Without asking Discord; a malformed one tells nothing."""
    assert application_id_of(token) == id_
