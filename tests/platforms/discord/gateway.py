"""The stand-in's gateway: HELLO, IDENTIFY, READY, heartbeats, RESUME, and the ways in which a session ends."""

from __future__ import annotations

import asyncio
import contextlib
import json
from dataclasses import dataclass, field
from typing import Any

from aiohttp import WSMsgType, web

from tests.platforms.discord.world import BOT, GUILD, Json, World, user

_DISPATCH, _HEARTBEAT, _IDENTIFY, _RESUME, _RECONNECT, _INVALID, _HELLO, _ACK = 0, 1, 2, 6, 7, 9, 10, 11


@dataclass(slots=True)
class Session:
    """One session of a bot: what it was sent, so that a resume can repeat what it missed."""

    id: str
    sent: list[Json] = field(default_factory=list)
    socket: web.WebSocketResponse | None = None


class Gateway:
    """Counts who identifies and resumes.

    ``refuse`` closes every IDENTIFY with that code, ``unsteady`` ends every RESUME at once.
    """

    def __init__(self, world: World, token: str) -> None:
        self.url = ""
        self.identified: list[Json] = []
        self.resumed: list[Json] = []
        self.refuse: int | None = None
        self.unsteady = False
        self._world, self._token = world, token
        self._sessions: dict[str, Session] = {}
        self.ready = asyncio.Event()

    @property
    def current(self) -> Session:
        """The latest session."""
        return list(self._sessions.values())[-1]

    async def serve(self, request: web.Request) -> web.WebSocketResponse:
        """One connection."""
        socket = web.WebSocketResponse(max_msg_size=0)
        await socket.prepare(request)
        await socket.send_json({"op": _HELLO, "d": {"heartbeat_interval": 41_250}, "s": None, "t": None})
        async for frame in socket:
            if frame.type is WSMsgType.TEXT:
                await self._take(socket, json.loads(frame.data))
        return socket

    async def _take(self, socket: web.WebSocketResponse, frame: Json) -> None:
        match frame["op"]:
            case 1:
                await socket.send_json({"op": _ACK, "d": None})
            case 2:
                await self._identify(socket, frame["d"])
            case 6:
                await self._resume(socket, frame["d"])

    async def _identify(self, socket: web.WebSocketResponse, said: Json) -> None:
        self.identified.append(said)
        if self.refuse or said["token"] != self._token:
            await socket.close(code=self.refuse or 4004)
            return
        session = Session(f"session-{len(self._sessions)}", socket=socket)
        self._sessions[session.id] = session
        ready = {
            "v": 10,
            "user": user(BOT, "lede", bot=True),
            "guilds": [{"id": GUILD, "unavailable": True}],
            "session_id": session.id,
            "resume_gateway_url": self.url,
            "application": {"id": BOT, "flags": 0},
            "private_channels": [],
            "shard": [0, 1],
        }
        await self._send(session, "READY", ready)
        await self._send(session, "GUILD_CREATE", self._world.guild() | {"joined_at": "2026-01-01T00:00:00+00:00"})
        self.ready.set()

    async def _resume(self, socket: web.WebSocketResponse, said: Json) -> None:
        self.resumed.append(said)
        if self.unsteady:
            await socket.close(code=4000)
            return
        session = self._sessions.get(said["session_id"] or "")
        if session is None:
            await socket.send_json({"op": _INVALID, "d": False})
            return
        session.socket = socket
        for missed in session.sent[said["seq"] or 0 :]:
            await socket.send_json(missed)
        await self._send(session, "RESUMED", {})
        self.ready.set()

    async def _send(self, session: Session, event: str, data: Any) -> None:
        frame = {"op": _DISPATCH, "t": event, "s": len(session.sent) + 1, "d": data}
        session.sent.append(frame)
        if session.socket is not None and not session.socket.closed:
            with contextlib.suppress(ConnectionError):
                await session.socket.send_json(frame)

    async def dispatch(self, event: str, data: Any) -> None:
        """Tell the bot something; kept for a resume where it is not connected."""
        await self._send(self.current, event, data)

    async def repeat(self) -> None:
        """Send the last event once more, as a resume that overlaps would."""
        session = self.current
        assert session.socket is not None
        await session.socket.send_json(session.sent[-1])

    async def drop(self, code: int = 4000) -> None:
        """Close the connection."""
        self.ready.clear()
        assert self.current.socket is not None
        await self.current.socket.close(code=code)

    async def ask_to_reconnect(self) -> None:
        """Op 7."""
        self.ready.clear()
        assert self.current.socket is not None
        await self.current.socket.send_json({"op": _RECONNECT, "d": None})

    async def invalidate(self, resumable: bool) -> None:
        """Op 9: the session is over, or may be resumed."""
        self.ready.clear()
        session = self.current
        if not resumable:
            self._sessions.pop(session.id)
            self._sessions["gone"] = session
        assert session.socket is not None
        await session.socket.send_json({"op": _INVALID, "d": resumable})

    async def close(self) -> None:
        """End every connection."""
        for session in self._sessions.values():
            if session.socket is not None and not session.socket.closed:
                await session.socket.close(code=1001)
