"""A Slack of our own on loopback: Web API, Socket Mode, response addresses, and the faults of all three.

It keeps channels with their messages and metadata, refuses what Slack documents that it refuses, counts what it
refuses, and holds every payload against :mod:`tests.platforms.slack.checks`.
"""

from __future__ import annotations

import asyncio
import json
from collections import defaultdict, deque
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from time import monotonic
from typing import Any

from aiohttp import WSMsgType, web

from tests.platforms.slack.checks import wrong
from tests.platforms.slack.webapi import APP_TOKEN, BOT, BOT_ID, TEAM, TOKEN, Args, Channel, Refused, WebApi

__all__ = ["APP_TOKEN", "BOT", "BOT_ID", "TEAM", "TOKEN", "Args", "Channel", "Fault", "Refused", "StandIn"]


@dataclass
class Fault:
    """What happens to the next call of a method: ``drop_before``, ``drop_after``, ``hang``, a status, an error code."""

    kind: str
    status: int = 0
    headers: Mapping[str, str] = field(default_factory=dict)
    body: str = ""


class StandIn(WebApi):
    """The server and everything it holds."""

    def __init__(self, checked: bool = True) -> None:
        """Args: ``checked`` holds every payload against the validators, which takes time."""
        super().__init__(checked)
        self.calls: list[tuple[str, Args]] = []
        self.times: list[tuple[str, float]] = []
        self.faults: defaultdict[str, deque[Fault]] = defaultdict(deque)
        self.responses: dict[str, list[Args]] = defaultdict(list)
        self.responded_at: dict[str, float] = {}
        self.response_uses = 5
        self.sockets: list[web.WebSocketResponse] = []
        self.silent = False
        self.open_fails: deque[Fault] = deque()
        self.acks: dict[str, tuple[float, Any]] = {}
        self.hellos = 0
        self._changed = asyncio.Condition()

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
            answer = self.answer(method, args, token)
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
        self.invalid += wrong("message", args) if self.checked else []
        self.responses[id_].append(args)
        self.responded_at.setdefault(id_, monotonic())
        await self._tell()
        return web.Response(text="ok")

    def response_url(self) -> str:
        """An address to answer at, good for five answers."""
        return f"{self.url}/response/{next(self.count)}"

    def responded(self, url: str) -> list[Args]:
        """What was answered there."""
        return self.responses[url.rsplit("/", 1)[1]]

    def trigger(self) -> str:
        """A trigger id, good for one window within three seconds."""
        id_ = f"trigger.{next(self.count)}"
        self.triggers[id_] = monotonic()
        return id_

    # --- Socket Mode --------------------------------------------------------------------------------------------------

    async def _link(self, request: web.Request) -> web.StreamResponse:
        ticket = request.query.get("ticket", "")
        if ticket not in self.tickets:
            return web.Response(status=403)
        self.tickets.discard(ticket)
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
        envelope = envelope or f"env-{next(self.count)}"
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
