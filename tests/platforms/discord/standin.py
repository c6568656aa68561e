"""A stand-in for Discord on loopback: its REST interface and gateway over real HTTP and WebSocket.

It holds to Discord's documents where the bot relies on them: acknowledgements, rate limits and their headers, a nonce
that is remembered for a while and never given back, histories, threads with their message's id, forums without nonces.
Every body is checked on its way in; what is wrong with one is kept in ``problems``.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import re
import time
from collections import defaultdict, deque
from collections.abc import AsyncIterator, Callable
from typing import Any

from aiohttp import web

from tests.platforms.discord import checks
from tests.platforms.discord.exchange import Asking, Call, Fault, command_data, interaction, option_type
from tests.platforms.discord.gateway import Gateway
from tests.platforms.discord.routes import ROUTES
from tests.platforms.discord.world import ALICE, TEXT, Json, Refusal, World, template, user

TOKEN = "OTAw.stand.in"
_LONG_ENOUGH = 8.0


class StandIn:
    """One Discord. ``limits`` off leaves out rate limits, ``checked`` off leaves out checking bodies."""

    def __init__(self, limits: bool = True, checked: bool = True, a_second: int = 50) -> None:
        self.world = World()
        self.gateway = Gateway(self.world, TOKEN)
        self.calls: list[Call] = []
        self.problems: list[str] = []
        self.faults: list[Fault] = []
        self.asked: dict[str, Asking] = {}
        self.limited = 0
        self._limits, self._checked, self._a_second = limits, checked, a_second
        self._buckets: dict[str, deque[float]] = defaultdict(deque)
        self._recent: deque[float] = deque()
        self._unchecked: dict[tuple[str, str, str], Call] = {}
        self.url = ""

    @property
    def gateway_url(self) -> str:
        """Where the gateway is."""
        return self.url.replace("http", "ws", 1) + "/gateway"

    @contextlib.asynccontextmanager
    async def serving(self) -> AsyncIterator[StandIn]:
        """Serve on a free port of the loopback."""
        app = web.Application(client_max_size=1 << 24)
        app.router.add_get("/gateway", self.gateway.serve)
        app.router.add_route("*", "/api/v10/{path:.*}", self._serve)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        self.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
        self.gateway.url = self.gateway_url
        try:
            yield self
        finally:
            await self.gateway.close()
            await runner.cleanup()

    # --- what people do -----------------------------------------------------------------------------------------------

    async def slash(self, name: str, /, *path: str, channel: str = TEXT, **options: str | int | bool) -> Asking:
        """Someone uses a command; ``path`` are subcommands."""
        given = [{"name": n, "type": option_type(v), "value": v} for n, v in options.items()]
        return await self.interact(2, command_data(name, path, given), channel)

    async def type_(self, name: str, /, *path: str, typed: tuple[str, str], **options: str) -> Asking:
        """Someone types an option of a command."""
        given: list[Json] = [{"name": n, "type": 3, "value": v} for n, v in options.items()]
        given.append({"name": typed[0], "type": 3, "value": typed[1], "focused": True})
        return await self.interact(4, command_data(name, path, given), TEXT)

    async def press(self, message: Json, custom_id: str, pick: str = "", by: str = ALICE) -> Asking:
        """Someone presses a button of a message, or picks from its menu."""
        data: Json = {"component_type": 3 if pick else 2, "custom_id": custom_id, "id": 5}
        if pick:
            data["values"] = [pick]
        return await self.interact(3, data, message["channel_id"], message=message, by=by)

    async def ask_about(self, message: Json) -> Asking:
        """Someone opens a message's menu and asks who is in it."""
        data = {
            "id": "7",
            "type": 3,
            "name": "Who is in this?",
            "target_id": message["id"],
            "resolved": {"messages": {message["id"]: message}},
        }
        return await self.interact(2, data, message["channel_id"])

    async def interact(
        self, type_: int, data: Json, channel: str, message: Json | None = None, by: str = ALICE, locale: str = "en-US"
    ) -> Asking:
        """Dispatch an interaction to the bot."""
        asking = Asking(self.world.new_id(), f"token-{len(self.asked)}", time.perf_counter())
        self.asked[asking.token] = asking
        payload = interaction(asking, type_, data, self.world.channels[channel], user(by, "alice"), message)
        await self.gateway.dispatch("INTERACTION_CREATE", payload | {"locale": locale})
        return asking

    # --- REST ---------------------------------------------------------------------------------------------------------

    async def _serve(self, request: web.Request) -> web.StreamResponse:
        path = "/" + request.match_info["path"]
        raw = await request.read()
        call = Call(request.method, path, json.loads(raw) if raw else None, time.perf_counter())
        self.calls.append(call)
        fault = self._fault(call)
        if fault and fault.kind == "drop_before":
            return _dropped(request)
        if fault and fault.kind == "hang":
            await asyncio.sleep(30)
        response = self._faulty(fault) or self._slowed(call) or await self._answered(call, request)
        call.status = response.status
        return _dropped(request) if fault and fault.kind == "drop_after" else response

    def _fault(self, call: Call) -> Fault | None:
        for fault in self.faults:
            if fault.count and re.search(fault.match, f"{call.method} {call.path}"):
                fault.count -= 1
                return fault
        return None

    def _faulty(self, fault: Fault | None) -> web.Response | None:
        if fault is None or not fault.kind.isdigit():
            return None
        if fault.kind == "429":
            return self._too_many(fault.retry_after, everywhere=False)
        return _json({"message": "broken", "code": 0}, int(fault.kind))

    def _slowed(self, call: Call) -> web.Response | None:
        """Fifty a second for the bot, five in five seconds for posts in a channel; answers to interactions are free."""
        if not self._limits or call.path.startswith(("/interactions/", "/webhooks/")):
            return None
        now = time.perf_counter()
        while self._recent and now - self._recent[0] > 1.0:
            self._recent.popleft()
        if len(self._recent) >= self._a_second:
            return self._too_many(1.0 - (now - self._recent[0]), everywhere=True)
        self._recent.append(now)
        if call.method == "POST" and (found := re.fullmatch(r"/channels/(\d+)/messages", call.path)):
            bucket = self._buckets[found[1]]
            while bucket and now - bucket[0] > 5.0:
                bucket.popleft()
            if len(bucket) >= 5:
                return self._too_many(5.0 - (now - bucket[0]), everywhere=False)
            bucket.append(now)
        return None

    def _too_many(self, after: float, everywhere: bool) -> web.Response:
        self.limited += 1
        body = {"message": "You are being rate limited.", "retry_after": round(after, 3), "global": everywhere}
        return _json(body, 429, {"Retry-After": str(round(after + 0.5))})

    def _headers(self, call: Call) -> dict[str, str]:
        found = re.fullmatch(r"/channels/(\d+)/messages", call.path)
        if not (self._limits and found and call.method == "POST"):
            return {}
        bucket = self._buckets[found[1]]
        left, after = 5 - len(bucket), 5.0 - (time.perf_counter() - bucket[0]) if bucket else 0.0
        return {
            "X-RateLimit-Limit": "5",
            "X-RateLimit-Remaining": str(left),
            "X-RateLimit-Reset": f"{time.time() + after:.3f}",
            "X-RateLimit-Reset-After": f"{after:.3f}",
            "X-RateLimit-Bucket": "posts",
        }

    async def _answered(self, call: Call, request: web.Request) -> web.Response:
        for method, pattern, handler in ROUTES:
            found = re.fullmatch(pattern, call.path)
            if method == call.method and found:
                free = call.path.startswith(("/interactions", "/webhooks"))
                if not free and request.headers.get("Authorization") != f"Bot {TOKEN}":
                    return _json({"message": "401: Unauthorized", "code": 0}, 401)
                if self._checked and call.body is not None:
                    self._unchecked[call.method, template(call.path), json.dumps(_timeless(call.body))] = call
                try:
                    told = await handler(self, call, request, *found.groups())
                except Refusal as no:
                    return _json({"message": no.text, "code": no.code}, no.status)
                return web.Response(status=204) if told is None else _json(told, 200, self._headers(call))
        self.problems.append(f"unknown request {call.method} {template(call.path)}")
        return _json({"message": "404: Not Found", "code": 0}, 404)

    def check(self) -> list[str]:
        """What is wrong with what was sent; at the end, so that checking takes no time from answering."""
        for call in self._unchecked.values():
            self._check(call)
        self._unchecked.clear()
        return self.problems

    def _check(self, call: Call) -> None:
        schema = checks.schema()
        operation = schema.match(call.method, call.path) if schema else f"{call.method} {template(call.path)}"
        if "/callback" in call.path:
            operation = operation or "POST /interactions/{interaction_id}/{interaction_token}/callback"
        body = call.body
        if isinstance(body, dict) and call.method == "PATCH" and "components" in body:
            body = {"flags": 1 << 15} | body
        for problem in checks.problems(operation or "", body):
            self.problems.append(f"{call.method} {template(call.path)}: {problem}")

    async def until(self, found: Callable[[], bool]) -> None:
        """Wait for something to be so."""
        async with asyncio.timeout(_LONG_ENOUGH):
            while not found():  # noqa: ASYNC110  # what it waits for has no event
                await asyncio.sleep(0.005)


def _json(body: Any, status: int = 200, headers: dict[str, str] | None = None) -> web.Response:
    # The library takes a 429 without Via, or of another content type than exactly this, for a ban.
    told = {"Content-Type": "application/json", "Via": "1.1 stand-in"} | (headers or {})
    return web.Response(body=json.dumps(body).encode(), status=status, headers=told)


def _dropped(request: web.Request) -> web.Response:
    if request.transport:
        request.transport.abort()
    return web.Response(status=500)


def _timeless(body: Any) -> Any:
    """A body without what differs between alike ones."""
    return {name: value for name, value in body.items() if name != "nonce"} if isinstance(body, dict) else body
