"""Messages as what ``chat.postMessage`` takes. Pure: neither network nor clock, and never an exception."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from bot.messages.fit import Size, cut, paginate
from bot.messages.model import Block, Message
from bot.platforms.slack import limits
from bot.platforms.slack.blocks import SlackBlock, Surface, json_length, slack_blocks
from bot.platforms.slack.words import escaped, one_line, units
from bot.ports import Payload


def payloads(message: Message) -> tuple[Payload, ...]:
    """The messages that say ``message``, in order, each within every limit of Slack's; its thread is not included."""
    once = _Once()
    pages = paginate(message.blocks, once.measure, (limits.BLOCKS, limits.JSON, limits.TABLES))
    texts = _texts(message.summary or message.title, max(1, len(pages)))
    if not pages:
        return (_payload(texts[0], []),)
    return tuple(
        _payload(text, [shown for block in page for shown in once.shown(block)])
        for text, page in zip(texts, pages, strict=True)
    )


class _Once:
    """Renders each block once, however often fitting asks for its size."""

    def __init__(self) -> None:
        # By identity: comparing a block costs more than rendering it. The block is kept, so its id stays its own.
        self._kept: dict[int, tuple[Block, list[SlackBlock], Size]] = {}

    def shown(self, block: Block) -> list[SlackBlock]:
        """The Slack blocks of ``block``."""
        return self._rendered(block)[1]

    def measure(self, block: Block) -> Size:
        """How much of a message ``block`` takes: blocks, characters of JSON, tables."""
        return self._rendered(block)[2]

    def _rendered(self, block: Block) -> tuple[Block, list[SlackBlock], Size]:
        kept = self._kept.get(id(block))
        if kept is None:
            shown = slack_blocks(block)
            kept = self._kept[id(block)] = (block, shown, _size(shown))
        return kept


def rendered(blocks: Iterable[Block], surface: Surface = "message") -> list[SlackBlock]:
    """The Slack blocks of neutral ones that are known to fit."""
    return [shown for block in blocks for shown in slack_blocks(block, surface)]


def measure_in_view(block: Block) -> Size:
    """How much of a view ``block`` takes: blocks, characters of JSON."""
    return _size(slack_blocks(block, "view"))[:2]


def _size(blocks: Sequence[SlackBlock]) -> Size:
    # Two more a block for the comma and blank between it and the next.
    length = sum(json_length(block) + 2 for block in blocks)
    return len(blocks), length, sum(block["type"] == "table" for block in blocks)


def _texts(summary: str, count: int) -> list[str]:
    """What notifications and screen readers get, with the number of the part where there are several."""
    words = cut(one_line(summary, otherwise="News"), limits.TEXT // 2, units)
    if count == 1:
        return [escaped(words)]
    return [escaped(f"{words} ({number}/{count})") for number in range(1, count + 1)]


def _payload(text: str, blocks: list[SlackBlock]) -> dict[str, Any]:
    payload: dict[str, Any] = {"text": text, "unfurl_links": False, "unfurl_media": False}
    return {**payload, "blocks": blocks} if blocks else payload
