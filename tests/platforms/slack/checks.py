"""Whether Slack would take a payload: slack-sdk's validators, our own reading of its limits, a peer's where present."""

from __future__ import annotations

import importlib.util
import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Literal

from slack_sdk.errors import SlackObjectFormationError
from slack_sdk.models.blocks import Block

Kind = Literal["message", "view", "options"]
PEER = Path(__file__).parents[4] / "shared" / "peers" / "slack_validate.py"
_BROADCAST = re.compile(r"<(?:!(?:channel|here|everyone|subteam\^)|@[A-Z0-9]+|#[A-Z0-9]+)")
_LENGTHS = {"text": 3000, "value": 2000, "url": 3000, "action_id": 255, "block_id": 255, "placeholder": 150}
_ON_VIEWS = frozenset({"rich_text", "header", "section", "context", "actions", "divider", "input", "image"})


def _peer() -> Any:
    if not PEER.is_file():
        return None
    spec = importlib.util.spec_from_file_location("slack_validate_peer", PEER)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


_VALIDATE = _peer()


def wrong(kind: Kind, payload: Mapping[str, Any]) -> list[str]:
    """What Slack would refuse about ``payload``, each with its place."""
    found = list(_ours(kind, payload))
    if kind == "message" and not payload.get("text"):
        found.append("/text: missing")
    if _VALIDATE:
        found += _VALIDATE.check(kind, payload)
    return found


def broadcasts(payload: object) -> list[str]:
    """Where a mention could fire; plain text and rich text cannot, and still none should be found in them."""
    found = [text for text in strings(payload) if _BROADCAST.search(text)]
    found += [str(part) for part in nodes(payload) if part.get("type") in ("broadcast", "user", "usergroup", "channel")]
    return found + (_VALIDATE.broadcasts(payload) if _VALIDATE else [])


def _ours(kind: Kind, payload: Mapping[str, Any]) -> Iterator[str]:
    blocks = payload.get("blocks", [])
    # With every escape written out the JSON is at its longest; Slack counts characters.
    length = len(json.dumps(blocks, ensure_ascii=False))
    if kind == "message" and length > 13_200:
        yield f"/blocks: {length} characters of JSON"
    if len(blocks) > (50 if kind == "message" else 100):
        yield f"/blocks: {len(blocks)} blocks"
    if sum(block.get("type") == "table" for block in blocks) > (kind == "message"):
        yield "/blocks: too many tables"
    for at, block in enumerate(blocks):
        yield from (f"/{at}: {problem}" for problem in _block(block, kind))
    for node in nodes(payload):
        for name, most in _LENGTHS.items():
            value = node.get(name)
            if isinstance(value, str) and len(value) > most and node.get("type") not in ("text", "link", None):
                yield f"/{node.get('type')}/{name}: {len(value)} characters"
        if node.get("type") in ("text", "link") and not node.get("text"):
            yield "/rich text: empty text"
    json.dumps(payload, ensure_ascii=False).encode()


def _block(block: Mapping[str, Any], kind: Kind) -> Iterator[str]:
    if kind == "view" and block["type"] not in _ON_VIEWS:
        yield f"no {block['type']} on a view"
    ids = [element.get("action_id") for element in block.get("elements", []) if "action_id" in element]
    if len(ids) != len(set(ids)):
        yield "an action id twice in one block"
    if block["type"] == "rich_text" and not all(part.get("elements") for part in block["elements"]):
        yield "an empty rich text element"
    try:
        parsed = Block.parse(dict(block))
        assert parsed is not None, "slack-sdk does not know it"
        parsed.validate_json()
    except SlackObjectFormationError as error:
        yield f"slack-sdk: {error}"


def nodes(value: object) -> Iterator[Mapping[str, Any]]:
    """Every object inside a payload."""
    if isinstance(value, Mapping):
        yield value
        for inner in value.values():
            yield from nodes(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from nodes(inner)


def strings(value: object) -> Iterator[str]:
    """Every text inside a payload."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for inner in value.values():
            yield from strings(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from strings(inner)


def words(payload: object) -> str:
    """What a reader sees of a payload, roughly: every text in it, joined."""
    return " ".join(strings(payload))
