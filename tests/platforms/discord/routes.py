"""What the stand-in answers to which request."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any

from aiohttp import web

from tests.platforms.discord.exchange import Call
from tests.platforms.discord.world import BOT, GUILD, TEXT, Json, Refusal, World, user

if TYPE_CHECKING:
    from tests.platforms.discord.standin import StandIn

_KINDS = {4: "show", 5: "defer", 6: "defer_update", 7: "update", 8: "suggest"}


Handler = Callable[..., Awaitable[Any]]


async def _callback(standin: StandIn, call: Call, request: web.Request, id_: str, token: str) -> Json:
    asking = standin.asked[token]
    took = time.perf_counter() - asking.began
    if asking.acknowledged.is_set():
        raise Refusal(400, 40060, "Interaction has already been acknowledged.")
    if took > 3.0:
        raise Refusal(404, 10062, "Unknown interaction")
    asking.took = took
    asking.note(_KINDS[call.body["type"]], call.body.get("data") or {})
    asking.acknowledged.set()
    if not request.query.get("with_response"):
        return {}
    return {
        "interaction": {"id": id_, "type": 2, "response_message_ephemeral": True, "response_message_loading": False}
    }


async def _webhook(standin: StandIn, call: Call, _: web.Request, __: str, token: str) -> Json:
    return _told(standin, call, token, "more")


async def _original(standin: StandIn, call: Call, _: web.Request, __: str, token: str) -> Json:
    return _told(standin, call, token, "replace")


def _told(standin: StandIn, call: Call, token: str, kind: str) -> Json:
    asking = standin.asked[token]
    if asking.token_ended:
        raise Refusal(401, 50027, "Invalid Webhook Token")
    asking.note(kind, call.body)
    return {"id": standin.world.new_id(), "channel_id": TEXT}


async def _history(standin: StandIn, _: Call, request: web.Request, channel: str) -> list[Json]:
    after, limit = int(request.query.get("after", 0)), int(request.query.get("limit", 50))
    return standin.world.history(channel, after, limit)


async def _commands(standin: StandIn, call: Call, _: web.Request, guild: str | None) -> Any:
    known = standin.world.commands[guild or ""]
    if call.method == "GET":
        return list(known.values())
    wanted = call.body if call.method == "PUT" else [call.body]
    if call.method == "PUT":
        known.clear()
    for command in wanted:
        twin = next((i for i, c in known.items() if (c["name"], c["type"]) == (command["name"], command["type"])), None)
        id_ = twin or standin.world.new_id()
        known[id_] = command | {"id": id_, "application_id": BOT, "version": "1"}
    return list(known.values()) if call.method == "PUT" else known[id_]


async def _uncommand(standin: StandIn, _: Call, __: web.Request, guild: str | None, id_: str) -> None:
    standin.world.commands[guild or ""].pop(id_)


async def _gateway(standin: StandIn, *_: Any) -> Json:
    return {"url": standin.gateway_url}


def _simply(handler: Callable[..., Any]) -> Handler:
    """A handler that needs only the world, the body and the ids of the path."""

    async def handled(standin: StandIn, call: Call, _: web.Request, *ids: str) -> Any:
        return handler(standin.world, call.body, *ids)

    return handled


def _patched(world: World, body: Json, id_: str) -> Json:
    channel = world.channel(id_)
    channel["thread_metadata"]["archived"] = body["archived"]
    return channel


_ME = user(BOT, "lede", bot=True)
_APPLICATION = {
    "id": BOT,
    "name": "Lede",
    "icon": None,
    "description": "",
    "bot_public": True,
    "bot_require_code_grant": False,
    "verify_key": "0" * 64,
    "owner": user("901", "owner"),
    "team": None,
    "flags": 0,
}
_COMMANDS = r"/applications/\d+(?:/guilds/(\d+))?/commands"
_MESSAGE = r"/channels/(\d+)/messages/(\d+)"
ROUTES: list[tuple[str, str, Handler]] = [
    ("POST", r"/interactions/(\d+)/([^/]+)/callback", _callback),
    ("POST", r"/webhooks/(\d+)/([^/]+)", _webhook),
    ("PATCH", r"/webhooks/(\d+)/([^/]+)/messages/@original", _original),
    ("POST", r"/channels/(\d+)/messages", _simply(lambda w, b, c: w.post(c, b))),
    ("GET", r"/channels/(\d+)/messages", _history),
    ("GET", _MESSAGE, _simply(lambda w, _, c, m: w.message(c, m))),
    ("PATCH", _MESSAGE, _simply(lambda w, b, c, m: w.edit(c, m, b))),
    ("POST", _MESSAGE + "/crosspost", _simply(lambda w, _, c, m: w.crosspost(c, m))),
    ("POST", _MESSAGE + "/threads", _simply(lambda w, b, c, m: w.thread_below(c, m, b))),
    ("POST", r"/channels/(\d+)/threads", _simply(lambda w, b, c: w.forum_post(c, b))),
    (
        "GET",
        r"/channels/(\d+)/threads/archived/public",
        _simply(lambda w, _, c: {"threads": w.threads(c, archived=True), "members": [], "has_more": False}),
    ),
    ("GET", r"/guilds/(\d+)/threads/active", _simply(lambda w, _, __: {"threads": w.threads(), "members": []})),
    ("GET", r"/channels/(\d+)", _simply(lambda w, _, c: w.channel(c))),
    ("PATCH", r"/channels/(\d+)", _simply(_patched)),
    ("GET", rf"/guilds/{GUILD}", _simply(lambda w, _: w.guild())),
    ("GET", r"/guilds/(\d+)/members/(\d+)", _simply(lambda w, *_: w.member())),
    ("GET", "/gateway", _gateway),
    ("GET", "/users/@me", _simply(lambda *_: _ME)),
    ("GET", "/oauth2/applications/@me", _simply(lambda *_: _APPLICATION)),
    *((method, _COMMANDS, _commands) for method in ("GET", "POST", "PUT")),
    ("DELETE", _COMMANDS + r"/(\d+)", _uncommand),
]
