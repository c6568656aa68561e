"""What Slack sends, shaped as Slack shapes it: commands, events, presses, windows."""

from __future__ import annotations

import itertools
import json
from typing import Any

from tests.platforms.slack.standin import BOT, TEAM

Body = dict[str, Any]
CHANNEL, DM, USER = "C0NEWS", "D0USER", "U0USER"
_COUNT = itertools.count(1)


def slash(
    text: str,
    command: str = "/lede",
    response_url: str = "",
    trigger: str = "",
    channel: str = CHANNEL,
    team: str = TEAM,
) -> Body:
    """A slash command."""
    return {
        "token": "verification",
        "team_id": TEAM,
        "team_domain": "acme",
        "channel_id": channel,
        "channel_name": "news",
        "user_id": USER,
        "user_name": "ada",
        "command": command,
        "text": text,
        "api_app_id": "A0APP",
        "is_enterprise_install": "false",
        "response_url": response_url,
        "trigger_id": trigger or f"slash.{next(_COUNT)}",
    }


def event(inner: Body, id_: str = "", team: str = TEAM) -> Body:
    """An event with its outer envelope."""
    return {
        "token": "verification",
        "team_id": team,
        "api_app_id": "A0APP",
        "event": inner,
        "type": "event_callback",
        "event_id": id_ or f"Ev{next(_COUNT)}",
        "event_time": 1_768_000_000,
        "authorizations": [{"team_id": team, "user_id": BOT, "is_bot": True, "is_enterprise_install": False}],
    }


def mention(text: str, thread: str = "", ts: str = "1768000001.000100", team: str = TEAM, **more: Any) -> Body:
    """``@Lede …`` in a channel."""
    inner = {"type": "app_mention", "user": USER, "text": text, "ts": ts, "channel": CHANNEL, "event_ts": ts, **more}
    return event({**inner, "thread_ts": thread} if thread else inner, team=team)


def direct(text: str, **more: Any) -> Body:
    """A direct message to the bot."""
    ts = f"17680000{next(_COUNT):02d}.000200"
    inner = {"type": "message", "channel_type": "im", "user": USER, "text": text, "ts": ts, "channel": DM, **more}
    return event(inner)


def home_opened(tab: str = "home") -> Body:
    """The Home tab opened."""
    return event({"type": "app_home_opened", "user": USER, "channel": DM, "tab": tab, "event_ts": "1768.1"})


def _interaction(type_: str, trigger: str, **more: Any) -> Body:
    user = {"id": USER, "username": "ada", "name": "ada", "team_id": TEAM}
    base = {"type": type_, "user": user, "api_app_id": "A0APP", "token": "verification", "team": {"id": TEAM}}
    return {**base, "trigger_id": trigger or f"press.{next(_COUNT)}", **more}


def press(
    value: str,
    response_url: str = "",
    trigger: str = "",
    channel: str = CHANNEL,
    ephemeral: bool = True,
    thread: str = "",
    menu: bool = False,
    metadata: Body | None = None,
) -> Body:
    """A button of a message pressed, or an entry of its menu chosen."""
    container = {"type": "message", "message_ts": "1768000002.000300", "channel_id": channel, "is_ephemeral": ephemeral}
    chosen = {"type": "static_select", "selected_option": {"text": {"type": "plain_text", "text": "x"}, "value": value}}
    pressed = chosen if menu else {"type": "button", "value": value}
    message: Body = {"type": "message", "user": BOT, "ts": "1768000002.000300", "text": "…"}
    if metadata:
        message["metadata"] = metadata
    return _interaction(
        "block_actions",
        trigger,
        container={**container, "thread_ts": thread} if thread else container,
        channel={"id": channel, "name": "news"},
        message=message,
        response_url=response_url,
        actions=[{"action_id": "ask:0", "block_id": "b", "action_ts": "1768.3", **pressed}],
    )


def press_in_view(value: str, view: Body, view_id: str, trigger: str = "") -> Body:
    """A button of a window or of the Home tab pressed."""
    return _interaction(
        "block_actions",
        trigger,
        container={"type": "view", "view_id": view_id},
        view={"id": view_id, "team_id": TEAM, **view},
        actions=[{"action_id": "ask:0", "block_id": "b", "type": "button", "value": value, "action_ts": "1768.4"}],
    )


def typing(text: str, view: Body, view_id: str = "V1") -> Body:
    """Words typed into a window's menu; Slack gives no trigger with them."""
    body = _interaction("block_suggestion", "none", action_id="complete", block_id="name", value=text)
    del body["trigger_id"]
    return {**body, "container": {"type": "view", "view_id": view_id}, "view": {"id": view_id, **view}}


def submission(value: str, view: Body, view_id: str, block: str = "name") -> Body:
    """A window sent off with an entry chosen."""
    option = {"text": {"type": "plain_text", "text": "x"}, "value": value}
    chosen = {"type": "external_select", "selected_option": option if value else None}
    state = {"values": {block: {"complete": chosen}}}
    return _interaction("view_submission", "", view={"id": view_id, "state": state, **view}, response_urls=[])


def shortcut(callback: str, trigger: str, message: Body | None = None, response_url: str = "") -> Body:
    """A shortcut; with ``message`` that of a message."""
    if message is None:
        return _interaction("shortcut", trigger, callback_id=callback, action_ts="1768.5")
    where = {"channel": {"id": CHANNEL, "name": "news"}, "response_url": response_url, "message_ts": "1768.6"}
    return _interaction("message_action", trigger, callback_id=callback, message=message, **where)


def form_encoded(body: Body) -> tuple[bytes, str]:
    """The body as signed HTTP carries it, and its content type."""
    from urllib.parse import urlencode

    if "command" in body:
        return urlencode(body).encode(), "application/x-www-form-urlencoded"
    if "event" in body or body.get("type") == "url_verification":
        return json.dumps(body).encode(), "application/json"
    return urlencode({"payload": json.dumps(body)}).encode(), "application/x-www-form-urlencoded"
