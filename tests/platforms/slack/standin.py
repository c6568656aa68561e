"""A Slack of our own on loopback: Web API, Socket Mode, response addresses, and the faults of all three.

It keeps channels with their messages and metadata, refuses what Slack documents that it refuses, counts what it
refuses, and holds every payload against :mod:`tests.platforms.slack.checks`.
"""

from __future__ import annotations

import asyncio
import itertools
import json
from collections import Counter, defaultdict, deque
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from time import monotonic, time
from typing import Any

from aiohttp import WSMsgType, web

from tests.platforms.slack.checks import wrong

TEAM, BOT, BOT_ID = "T0TEAM", "U0BOT", "B0BOT"
TOKEN, APP_TOKEN = "xoxb-standin", "xapp-standin"
ALL_SCOPES = "app_mentions:read,channels:history,chat:write,commands,groups:history,im:history,im:write,users:read"  #
_HISTORY = {"C": "channels:history", "G": "groups:history", "D": "im:history"}
Args = dict[str, Any]


class Refused(Exception):
    """``ok: false`` with a code, and what else the answer holds."""

    def __init__(self, code: str, **more: Any) -> None:
        super().__init__(code)
        self.answer = {"ok": False, "error": code, **more}


@dataclass
class Channel:
    """A conversation. ``member`` says whether the bot is in it."""

    member: bool = True
    archived: bool = False
    messages: list[dict[str, Any]] = field(default_factory=list)


@dataclass
class Fault:
    """What happens to the next call of a method: ``drop_before``, ``drop_after``, ``hang``, a status, an error code."""

    kind: str
    status: int = 0
    headers: Mapping[str, str] = field(default_factory=dict)
    body: str = ""


class StandIn:
    """The server and everything it holds."""

    def __init__(self) -> None:
        self.url = ""
        self.tokens = {TOKEN: TEAM}
        self.scopes = set(ALL_SCOPES.split(","))
        self.users: dict[str, dict[str, Any]] = defaultdict(lambda: {"team_id": TEAM, "locale": "en-US"})
        self.channels: dict[str, Channel] = defaultdict(Channel)
        self.calls: list[tuple[str, Args]] = []
        self.times: list[tuple[str, float]] = []
        self.faults: defaultdict[str, deque[Fault]] = defaultdict(deque)
        self.invalid: list[str] = []
        self.refusals: Counter[str] = Counter()
        self.views: dict[str, dict[str, Any]] = {}
        self.homes: dict[str, dict[str, Any]] = {}
        self.whispers: list[Args] = []
        self.responses: dict[str, list[Args]] = defaultdict(list)
        self.response_uses = 5
        self.triggers: dict[str, float] = {}
        self.posts_a_second: float = 0  # per channel; 0 for no limit
        self.posts_a_minute: int = 0  # per workspace
        self.posted: dict[str, deque[float]] = defaultdict(deque)
        self.sockets: list[web.WebSocketResponse] = []
        self.silent = False
        self.open_fails: deque[Fault] = deque()
        self.acks: dict[str, tuple[float, Any]] = {}
        self.hellos = 0
        self._tickets: set[str] = set()
        self._count = itertools.count(1)
        self._changed = asyncio.Condition()
        self._clock = 1_768_000_000.0

    # --- serving ------------------------------------------------------------------------------------------------------

    @asynccontextmanager
    async def serving(self) -> AsyncIterator[StandIn]:
        """Serve on a free port of loopback; at the end every payload must have been one that Slack takes."""
        app = web.Application(client_max_size=8 << 20)
        app.router.add_route("*", "/api/{method}", self._api)
        app.router.add_post("/response/{id}", self._response)
        app.router.add_get("/link", self._link)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        port = runner.addresses[0][1]
        self.url = f"http://127.0.0.1:{port}"
        try:
            yield self
        finally:
            self.silent = False
            for socket in self.sockets:
                if socket._req is not None and socket._req.transport is not None:
                    socket._req.transport.abort()
            await runner.cleanup()
        assert not self.invalid, self.invalid

    @property
    def api_url(self) -> str:
        """What goes into ``SLACK_API_URL``."""
        return f"{self.url}/api/"

    async def until(self, holds: Callable[[], object], seconds: float = 10.0) -> None:
        """Wait for something to be so; fail after ``seconds``."""
        async with asyncio.timeout(seconds), self._changed:
            await self._changed.wait_for(lambda: bool(holds()))

    async def _tell(self) -> None:
        async with self._changed:
            self._changed.notify_all()

    def calls_of(self, method: str) -> list[Args]:
        """The arguments of every call of a method that reached us."""
        return [args for name, args in self.calls if name == method]

    def fault(
        self, method: str, kind: str, status: int = 0, body: str = "", headers: Mapping[str, str] | None = None
    ) -> None:
        """Spoil the next call of ``method``; ``kind`` may be an error code of Slack's."""
        self.faults[method].append(Fault(kind, status, headers or {}, body))

    # --- the Web API --------------------------------------------------------------------------------------------------

    async def _api(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        args = await _arguments(request)
        self.calls.append((method, args))
        self.times.append((method, monotonic()))
        fault = self.faults[method].popleft() if self.faults[method] else None
        if fault and fault.kind == "drop_before":
            return await self._dropped(request)
        if fault and fault.kind == "status":
            return web.Response(status=fault.status, text=fault.body, headers=fault.headers, content_type="text/html")
        try:
            if fault and fault.kind == "ratelimited":
                return self._limited(fault.headers.get("Retry-After"))
            if fault and fault.kind not in ("drop_after", "hang", "slow"):
                raise Refused(fault.kind)
            token = request.headers.get("Authorization", "").removeprefix("Bearer ") or str(args.get("token") or "")
            answer = await self._answer(method, args, token)
        except Refused as refused:
            if refused.answer["error"] == "ratelimited":
                return self._limited(refused.answer["retry_after"])
            answer = refused.answer
        await self._tell()
        if fault and fault.kind == "drop_after":
            return await self._dropped(request)
        if fault and fault.kind == "hang":
            await asyncio.sleep(30)
        headers = {"X-OAuth-Scopes": ",".join(sorted(self.scopes))}
        return web.json_response(answer, headers=headers)

    async def _dropped(self, request: web.Request) -> web.StreamResponse:
        assert request.transport is not None
        request.transport.abort()
        await self._tell()
        return web.Response()

    def _limited(self, retry_after: str | None) -> web.Response:
        self.refusals["ratelimited"] += 1
        headers = {"Retry-After": str(retry_after)} if retry_after is not None else {}
        return web.json_response({"ok": False, "error": "ratelimited"}, status=429, headers=headers)

    async def _answer(self, method: str, args: Args, token: str) -> Args:
        if method == "apps.connections.open":
            return self._open_connection(token)
        if method == "oauth.v2.access":
            return self._grant(args)
        team = self.tokens.get(token)
        if team is None:
            raise Refused("invalid_auth")
        name = "_" + method.replace(".", "_").lower()
        answering: Callable[[Args, str], Args] | None = getattr(self, name, None)
        if answering is None:
            raise Refused("unknown_method")
        return {"ok": True, **answering(args, team)}

    def _need(self, scope: str) -> None:
        if scope not in self.scopes:
            raise Refused("missing_scope", needed=scope, provided=",".join(sorted(self.scopes)))

    def _auth_test(self, args: Args, team: str) -> Args:
        return {"url": "https://acme.slack.com/", "team_id": team, "user_id": BOT, "bot_id": BOT_ID, "team": "Acme"}

    def _users_info(self, args: Args, team: str) -> Args:
        self._need("users:read")
        if args.get("user") == "U0GONE":
            raise Refused("user_not_found")
        return {"user": {"id": args["user"], **self.users[args["user"]]}}

    def _conversations_open(self, args: Args, team: str) -> Args:
        self._need("im:write")
        return {"channel": {"id": f"D{args['users'][1:]}"}}

    def _chat_postmessage(self, args: Args, team: str) -> Args:
        self._need("chat:write")
        channel_id = str(args.get("channel") or "")
        if channel_id.startswith("U"):
            channel_id = f"D{channel_id[1:]}"
        channel = self._channel(channel_id)
        self._check("message", args)
        self._slow_down(team, channel_id)
        self._clock = max(self._clock + 0.0001, time())
        ts = f"{self._clock:.6f}"
        kept = ("text", "blocks", "metadata", "thread_ts", "unfurl_links", "unfurl_media")
        message = {"type": "message", "ts": ts, "user": BOT, "bot_id": BOT_ID}
        message |= {name: args[name] for name in kept if name in args}
        channel.messages.append(message)
        return {"channel": channel_id, "ts": ts, "message": message}

    def _slow_down(self, team: str, channel: str) -> None:
        now = monotonic()
        for key, most, span in ((channel, 1, 1 / (self.posts_a_second or 1)), (team, self.posts_a_minute, 60.0)):
            limited = self.posts_a_second if key == channel else self.posts_a_minute
            lately = self.posted[key]
            while lately and now - lately[0] >= span * 0.97:
                lately.popleft()
            if limited and len(lately) >= most:
                raise Refused("ratelimited", retry_after=str(max(1, round(span - (now - lately[0])))))
        self.posted[channel].append(now)
        self.posted[team].append(now)

    def _channel(self, id_: str) -> Channel:
        channel = self.channels.get(id_) if not id_.startswith("D") else self.channels[id_]
        if channel is None:
            raise Refused("channel_not_found")
        if channel.archived:
            raise Refused("is_archived")
        if not channel.member:
            raise Refused("not_in_channel")
        return channel

    def _chat_update(self, args: Args, team: str) -> Args:
        self._check("message", args)
        for message in self._channel(args["channel"]).messages:
            if message["ts"] == args["ts"]:
                # What is not named is kept, metadata above all.
                message.update({name: args[name] for name in ("text", "blocks", "metadata") if name in args})
                return {"channel": args["channel"], "ts": args["ts"], "text": args.get("text")}
        raise Refused("message_not_found")

    def _chat_postephemeral(self, args: Args, team: str) -> Args:
        self._channel(args["channel"])
        self._check("message", args)
        self.whispers.append(args)
        return {"message_ts": f"{next(self._count)}.000000"}

    def _conversations_history(self, args: Args, team: str) -> Args:
        self._need(_HISTORY[args["channel"][0]])
        messages = [m for m in self._channel(args["channel"]).messages if "thread_ts" not in m]
        return self._read(messages, args)

    def _conversations_replies(self, args: Args, team: str) -> Args:
        self._need(_HISTORY[args["channel"][0]])
        messages = self._channel(args["channel"]).messages
        thread = [m for m in messages if args["ts"] in (m["ts"], m.get("thread_ts"))]
        if not thread:
            raise Refused("thread_not_found")
        return self._read(thread, args)

    def _read(self, messages: list[dict[str, Any]], args: Args) -> Args:
        oldest, limit = float(args.get("oldest") or 0), min(int(args.get("limit") or 100), 100)
        newest_first = sorted((m for m in messages if float(m["ts"]) > oldest), key=lambda m: m["ts"], reverse=True)
        start = int(args.get("cursor") or 0)
        page = newest_first[start : start + limit]
        if str(args.get("include_all_metadata")) not in ("1", "true", "True"):
            page = [{name: value for name, value in m.items() if name != "metadata"} for m in page]
        more = start + limit < len(newest_first)
        cursor = str(start + limit) if more else ""
        return {"messages": page, "has_more": more, "response_metadata": {"next_cursor": cursor}}

    # --- views --------------------------------------------------------------------------------------------------------

    def _views_open(self, args: Args, team: str) -> Args:
        self._check("view", args["view"])
        born = self.triggers.pop(args.get("trigger_id", ""), None)
        if born is None:
            raise Refused("exchanged_trigger_id")
        if monotonic() - born > 3:
            raise Refused("expired_trigger_id")
        id_ = f"V{next(self._count)}"
        self.views[id_] = args["view"]
        return {"view": {"id": id_, **args["view"]}}

    def _views_update(self, args: Args, team: str) -> Args:
        self._check("view", args["view"])
        if args.get("view_id") not in self.views:
            raise Refused("not_found")
        self.views[args["view_id"]] = args["view"]
        return {"view": {"id": args["view_id"], **args["view"]}}

    def _views_publish(self, args: Args, team: str) -> Args:
        self._check("view", args["view"])
        self.homes[args["user_id"]] = args["view"]
        return {"view": {"id": f"VH{args['user_id']}", **args["view"]}}

    def _check(self, kind: Any, payload: Args) -> None:
        found = wrong(kind, payload)
        if found:
            self.invalid += found
            raise Refused("invalid_blocks", response_metadata={"messages": found})

    # --- OAuth --------------------------------------------------------------------------------------------------------

    def _grant(self, args: Args) -> Args:
        team = str(args.get("code") or "")
        if not team.startswith("T"):
            raise Refused("invalid_code")
        token = f"xoxb-{team}"
        self.tokens[token] = team
        return {
            "ok": True,
            "app_id": "A0APP",
            "authed_user": {"id": "U0ADMIN"},
            "scope": ",".join(sorted(self.scopes)),
            "token_type": "bot",
            "access_token": token,
            "bot_user_id": BOT,
            "team": {"id": team, "name": team.title()},
            "enterprise": None,
            "is_enterprise_install": False,
        }

    # --- response addresses -------------------------------------------------------------------------------------------

    async def _response(self, request: web.Request) -> web.StreamResponse:
        id_ = request.match_info["id"]
        fault = self.faults["response"].popleft() if self.faults["response"] else None
        args = json.loads(await request.text())
        if fault and fault.kind == "drop_after":
            self.responses[id_].append(args)
            return await self._dropped(request)
        if fault:
            return web.Response(status=fault.status, text=fault.body)
        if len(self.responses[id_]) >= self.response_uses:
            return web.Response(status=404, text="used_url")
        self.invalid += wrong("message", args)
        self.responses[id_].append(args)
        await self._tell()
        return web.Response(text="ok")

    def response_url(self) -> str:
        """An address to answer at, good for five answers."""
        return f"{self.url}/response/{next(self._count)}"

    def responded(self, url: str) -> list[Args]:
        """What was answered there."""
        return self.responses[url.rsplit("/", 1)[1]]

    def trigger(self) -> str:
        """A trigger id, good for one window within three seconds."""
        id_ = f"trigger.{next(self._count)}"
        self.triggers[id_] = monotonic()
        return id_

    # --- Socket Mode --------------------------------------------------------------------------------------------------

    def _open_connection(self, token: str) -> Args:
        if token != APP_TOKEN:
            raise Refused("invalid_auth")
        ticket = f"t{next(self._count)}"
        self._tickets.add(ticket)
        return {"ok": True, "url": f"{self.url.replace('http', 'ws')}/link?ticket={ticket}"}

    async def _link(self, request: web.Request) -> web.StreamResponse:
        ticket = request.query.get("ticket", "")
        if ticket not in self._tickets:
            return web.Response(status=403)
        self._tickets.discard(ticket)
        if self.open_fails:
            self.open_fails.popleft()
            return web.Response(status=503)
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        self.sockets.append(socket)
        self.hellos += 1
        await socket.send_json({"type": "hello", "num_connections": 1, "connection_info": {"app_id": "A0APP"}})
        await self._tell()
        while not socket.closed:
            if self.silent:
                # Neither a pong nor a close frame: what a vanished network looks like.
                await asyncio.sleep(0.05)
                continue
            try:
                message = await asyncio.wait_for(socket.receive(), 0.2)
            except TimeoutError:
                continue
            if message.type is WSMsgType.TEXT:
                ack = json.loads(message.data)
                self.acks[ack["envelope_id"]] = (monotonic(), ack.get("payload"))
                await self._tell()
            elif message.type in (WSMsgType.CLOSE, WSMsgType.CLOSED, WSMsgType.CLOSING, WSMsgType.ERROR):
                break
        return socket

    @property
    def live(self) -> web.WebSocketResponse:
        """The newest open socket."""
        return [socket for socket in self.sockets if not socket.closed][-1]

    async def send(self, type_: str, payload: Args, envelope: str = "", wait: bool = True) -> tuple[float, Any]:
        """Send an envelope; how long its acknowledgement took, and what it carried."""
        envelope = envelope or f"env-{next(self._count)}"
        self.acks.pop(envelope, None)
        started = monotonic()
        answerable = type_ != "events_api"
        frame = {"envelope_id": envelope, "type": type_, "payload": payload, "accepts_response_payload": answerable}
        await self.live.send_json(frame)
        if not wait:
            return 0.0, None
        await self.until(lambda: envelope in self.acks)
        at, carried = self.acks[envelope]
        return at - started, carried

    async def disconnect(self, reason: str) -> None:
        """Say that the connection will end."""
        await self.live.send_json({"type": "disconnect", "reason": reason, "debug_info": {"host": "here"}})


async def _arguments(request: web.Request) -> Args:
    """Arguments as any of Slack's content types carries them."""
    args: Args = dict(request.query)
    if request.content_type == "application/json":
        args |= await request.json()
    elif request.can_read_body:
        args |= dict(await request.post())
    for name in ("blocks", "view", "metadata"):
        if isinstance(args.get(name), str):
            args[name] = json.loads(args[name])
    return args


Working = Callable[[], Awaitable[None]]
