"""The methods of Slack's Web API that the bot calls, over channels, views and tokens kept in memory."""

from __future__ import annotations

import itertools
from collections import Counter, defaultdict, deque
from collections.abc import Callable
from dataclasses import dataclass, field
from time import monotonic, time
from typing import Any

from tests.platforms.slack.checks import wrong

TEAM, BOT, BOT_ID = "T0TEAM", "U0BOT", "B0BOT"
TOKEN, APP_TOKEN = "xoxb-standin", "xapp-standin"
ALL_SCOPES = frozenset(
    "app_mentions:read channels:history chat:write commands groups:history im:history im:write users:read".split()
)
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


class WebApi:
    """What the workspace holds, and what it answers. Each method is called as Slack names it, with ``_`` for dots."""

    def __init__(self, checked: bool) -> None:
        self.checked = checked
        self.url = ""
        self.tokens = {TOKEN: TEAM}
        self.scopes = set(ALL_SCOPES)
        self.users: dict[str, dict[str, Any]] = defaultdict(lambda: {"team_id": TEAM, "locale": "en-US"})
        self.channels: dict[str, Channel] = defaultdict(Channel)
        self.invalid: list[str] = []
        self.views: dict[str, dict[str, Any]] = {}
        self.homes: dict[str, dict[str, Any]] = {}
        self.whispers: list[Args] = []
        self.triggers: dict[str, float] = {}
        self.refusals: Counter[str] = Counter()
        self.posts_a_second: float = 0  # per channel; 0 for no limit
        self.posts_a_minute: int = 0  # per workspace; 0 for no limit
        self.tickets: set[str] = set()
        self.count = itertools.count(1)
        self._posted: dict[str, deque[float]] = defaultdict(deque)
        self._clock = 1_768_000_000.0

    def answer(self, method: str, args: Args, token: str) -> Args:
        """What a method answers; raises :class:`Refused` where Slack would say ``ok: false``."""
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
            lately = self._posted[key]
            while lately and now - lately[0] >= span * 0.97:
                lately.popleft()
            if limited and len(lately) >= most:
                raise Refused("ratelimited", retry_after=str(max(1, round(span - (now - lately[0])))))
        self._posted[channel].append(now)
        self._posted[team].append(now)

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
        return {"message_ts": f"{next(self.count)}.000000"}

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
        id_ = f"V{next(self.count)}"
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
        found = wrong(kind, payload) if self.checked else []
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

    def _open_connection(self, token: str) -> Args:
        if token != APP_TOKEN:
            raise Refused("invalid_auth")
        ticket = f"t{next(self.count)}"
        self.tickets.add(ticket)
        return {"ok": True, "url": f"{self.url.replace('http', 'ws')}/link?ticket={ticket}"}
