"""What every payload must pass: the project's own limits always, Discord's published schema where it is at hand."""

from __future__ import annotations

import importlib.util
import json
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from bot.platforms.discord import limits
from bot.platforms.discord.components import walk

_SHARED = Path(__file__).parents[4] / "shared"
_SCHEMA = _SHARED / "contracts" / "discord-openapi.json"
_VALIDATOR = _SHARED / "peers" / "discord_validate.py"
WITHOUT_SCHEMA = f"Discord's schema is not at {_SCHEMA}: only the project's own limits are checked"

CREATE_MESSAGE = "POST /channels/{channel_id}/messages"


@cache
def schema() -> Any | None:
    """The checker of outgoing JSON against Discord's OpenAPI document; None where it is not at hand."""
    if not (_SCHEMA.is_file() and _VALIDATOR.is_file()):
        return None
    spec = importlib.util.spec_from_file_location("discord_validate", _VALIDATOR)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.V(json.loads(_SCHEMA.read_text("utf-8")))


def problems(operation: str, body: Any) -> list[str]:
    """What is wrong with a body sent to ``operation`` (``POST /channels/{channel_id}/messages``)."""
    found = list(schema().check(operation, body)) if schema() is not None else []  # type: ignore[union-attr]
    message = body.get("data") if isinstance(body, Mapping) and "callback" in operation else body
    for part in (message, message.get("message") if isinstance(message, Mapping) else None):
        if isinstance(part, Mapping) and "components" in part:
            found += message_problems(part)
    return found


def message_problems(body: Mapping[str, Any]) -> list[str]:
    """What of a message is outside Discord's documented limits or the project's manners."""
    every = list(walk(body["components"]))
    texts = [each["content"] for each in every if each["type"] == 10]
    ids = [each["custom_id"] for each in every if "custom_id" in each]
    rules = {
        "more than 40 components": len(every) > 40,
        "more than 4000 characters": sum(map(limits.width, texts)) > 4000,
        "blank text": any(not text.strip() for text in texts),
        "custom id empty, long or twice": len(set(ids)) < len(ids) or any(not 1 <= len(i) <= 100 for i in ids),
        "label": any(not 1 <= limits.width(each["label"]) <= 80 for each in every if each["type"] == 2),
        "row": any(not 1 <= len(each["components"]) <= 5 for each in every if each["type"] == 1),
        "select": any(not _sound_select(each) for each in every if each["type"] == 3),
        "link": any(not 1 <= len(each["url"]) <= 512 for each in every if "url" in each),
        "not Components V2": not body.get("flags", 0) & (1 << 15),
        "content or embeds beside components": bool(body.get("content") or body.get("embeds")),
        "may ping": body.get("allowed_mentions", {"parse": ["all"]})["parse"] != [],
        "ours": "lede" in body,
        "raw mention": any(re.search(r"@(everyone|here)|<@[!&]?\d+>", text) for text in texts),
    }
    return [rule for rule, broken in rules.items() if broken]


def _sound_select(menu: Mapping[str, Any]) -> bool:
    options = menu["options"]
    values = {option["value"] for option in options}
    sized = all(
        1 <= limits.width(o["label"]) <= 100
        and 1 <= len(o["value"]) <= 100
        and len(o.get("description", "x")) in range(1, 101)
        for o in options
    )
    return 1 <= len(options) <= 25 and len(values) == len(options) and sized
