"""Neutral blocks as Block Kit. Pure; every part of a message that a reader sees is made here."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal, assert_never

from bot.messages.actions import Ask, OpenPage, encode
from bot.messages.model import (
    Block,
    Bullets,
    Card,
    Choice,
    Choices,
    Divider,
    Emphasis,
    Facts,
    Heading,
    Line,
    Link,
    Note,
    Paragraph,
    Plain,
    Quotation,
    Span,
    Strong,
    Table,
)
from bot.platforms.slack import limits
from bot.platforms.slack.rich import Element, parts, safe_url, section, small_print, text
from bot.platforms.slack.words import clean, label, one_line, units

Surface = Literal["message", "view"]
SlackBlock = dict[str, Any]
#: The start of every action id of ours; what follows only tells the elements of one block apart.
ACTION = "ask"


@dataclass(frozen=True, slots=True)
class _Rich:
    """Elements that may share one rich text block with their neighbours."""

    elements: tuple[Element, ...]


def slack_blocks(block: Block, surface: Surface = "message") -> list[SlackBlock]:
    """The Slack blocks of one neutral block, in order."""
    return list(_joined(_pieces(block, surface)))


def _joined(pieces: Iterator[_Rich | SlackBlock]) -> Iterator[SlackBlock]:
    """Neighbouring rich text in one block each: fewer blocks, and a card reads as one thing."""
    waiting: list[Element] = []
    for piece in pieces:
        if isinstance(piece, _Rich):
            waiting.extend(piece.elements)
            continue
        if waiting:
            yield {"type": "rich_text", "elements": waiting}
            waiting = []
        yield piece
    if waiting:
        yield {"type": "rich_text", "elements": waiting}


def _pieces(block: Block, surface: Surface) -> Iterator[_Rich | SlackBlock]:
    match block:
        case Card():
            yield _Rich((section(parts(_card_title(block))),))
            for part in block.body:
                yield from _pieces(part, surface)
            if block.choices:
                yield from _choices(block.choices)
        case Table():
            yield from _table(block, surface)
        case Choices():
            yield from _choices(block)
        case _:
            yield _piece(block)


def _piece(block: Heading | Paragraph | Bullets | Quotation | Facts | Note | Divider) -> _Rich | SlackBlock:
    match block:
        case Heading():
            return _heading(block)
        case Paragraph():
            return _Rich((section(parts(block.spans)),))
        case Bullets():
            return _bullets(block)
        case Quotation():
            return _quotation(block)
        case Facts():
            return _facts(block.pairs)
        case Note():
            return _note(block)
        case Divider():
            return {"type": "divider"}
        case _:
            assert_never(block)


def _heading(block: Heading) -> _Rich | SlackBlock:
    words = one_line(block.text)
    if block.level == 1 and units(words) <= limits.HEADER:
        return {"type": "header", "text": plain_text(words)}
    return _Rich((section([text(words, bold=True)]),))


def _bullets(block: Bullets) -> _Rich:
    listed: Element = {
        "type": "rich_text_list",
        "style": "ordered" if block.numbered else "bullet",
        "elements": [section(parts(item)) for item in block.items],
    }
    if block.numbered and block.start > 1:
        listed["offset"] = block.start - 1
    return _Rich((listed,) if block.items else ())


def _quotation(block: Quotation) -> _Rich:
    quote: Element = {"type": "rich_text_quote", "elements": [text(f"“{clean(block.words).strip() or '–'}”")]}
    told = " · ".join(words for words in map(clean, (block.context, block.said)) if words.strip())
    line: list[Span] = [Strong(f"— {one_line(block.speaker)}")]
    if told:
        line.append(Plain(f", {told}"))
    for source in block.sources:
        line += [Plain(" · "), source]
    return _Rich((quote, section(parts(line))))


def _facts(pairs: Sequence[tuple[str, Line]]) -> _Rich:
    return _Rich(tuple(section(parts((Strong(f"{one_line(name)}: "), *line))) for name, line in pairs))


def _table(block: Table, surface: Surface) -> Iterator[_Rich | SlackBlock]:
    """A table where Slack has one; in views, and beyond its columns or rows, the same as lines."""
    columns = len(block.columns)
    if surface == "message" and 0 < columns <= limits.TABLE_COLUMNS and len(block.rows) < limits.TABLE_ROWS:
        head = [_cell((Strong(column),)) for column in block.columns]
        rows = [[_cell(line) for line in _padded(row, columns)] for row in block.rows]
        yield {"type": "table", "rows": [head, *rows], "column_settings": [{"is_wrapped": True}] * columns}
        return
    for row in block.rows:
        yield _facts(tuple(zip(block.columns, row, strict=False)))


def _padded(row: Sequence[Line], columns: int) -> list[Line]:
    return [*row[:columns], *[()] * (columns - len(row))]


def _cell(line: Line) -> Element:
    if all(isinstance(span, Plain) for span in line):
        return {"type": "raw_text", "text": one_line("".join(span.text for span in line))}
    return {"type": "rich_text", "elements": [section(parts(line))]}


def _note(block: Note) -> _Rich | SlackBlock:
    small = small_print(block.spans, limits.CONTEXT)
    if small is None:
        return _Rich((section(parts(block.spans)),))
    return {"type": "context", "elements": [{"type": "mrkdwn", "text": small, "verbatim": True}]}


def _card_title(card: Card) -> Line:
    number = (Strong(f"{card.number} · "),) if card.number is not None else ()
    title: Span = card.title if isinstance(card.title, Link) else Strong(card.title.text)
    badge = (Plain(" · "), Emphasis(one_line(card.badge))) if card.badge.strip() else ()
    return (*number, title, *badge)


# --- buttons ----------------------------------------------------------------------------------------------------------


def _choices(block: Choices) -> Iterator[_Rich | SlackBlock]:
    if block.pick:
        selects, buttons = _divided(block.choices)
    else:
        selects, buttons = [], list(block.choices)
    for at in range(0, len(selects), limits.OPTIONS):
        yield _select(selects[at : at + limits.OPTIONS], block.prompt)
    made = [(choice, _button(choice)) for choice in buttons]
    shown = [button for _, button in made if button is not None]
    for at in range(0, len(shown), limits.ACTIONS):
        row = shown[at : at + limits.ACTIONS]
        elements = [{**button, "action_id": f"{ACTION}:{place}"} for place, button in enumerate(row)]
        yield {"type": "actions", "elements": elements}
    for choice, button in made:
        if button is None and (line := _told(choice, block.pick)):
            yield _Rich((section(parts(line)),))


def _told(choice: Choice, pick: bool) -> Line:
    """What no button can carry is still said: its page, and its name where there is something to choose from."""
    if isinstance(choice.action, OpenPage):
        return (Link(choice.label, choice.action.url),)
    return (Plain(choice.label),) if pick else ()


def _divided(choices: Sequence[Choice]) -> tuple[list[Choice], list[Choice]]:
    """What an option of a menu can carry, and what needs a button."""
    menu = [choice for choice in choices if _fits_menu(choice)]
    # A menu of one is a button that takes two presses.
    if len(menu) < 2:
        return [], list(choices)
    return menu, [choice for choice in choices if not _fits_menu(choice)]


def _fits_menu(choice: Choice) -> bool:
    return not isinstance(choice.action, OpenPage) and units(encode(choice.action)) <= limits.OPTION_VALUE


def _select(choices: Sequence[Choice], prompt: str) -> SlackBlock:
    placeholder = label(prompt if prompt.strip() else "Choose", limits.PLACEHOLDER)
    select = {
        "type": "static_select",
        "action_id": f"{ACTION}:pick",
        "placeholder": plain_text(placeholder),
        "options": [_option(choice) for choice in choices],
    }
    return {"type": "actions", "elements": [select]}


def _option(choice: Choice) -> Element:
    assert not isinstance(choice.action, OpenPage)
    return option(choice.label, encode(choice.action), choice.hint)


def option(words: str, value: str, hint: str = "") -> Element:
    """One entry of a menu; ``value`` must not exceed :data:`limits.OPTION_VALUE`."""
    entry: Element = {"text": plain_text(label(words, limits.OPTION)), "value": value}
    if hint.strip():
        entry["description"] = plain_text(label(hint, limits.OPTION))
    return entry


def carries(action: Ask) -> bool:
    """Whether a button can carry ``action``."""
    return units(encode(action)) <= limits.VALUE


def _button(choice: Choice) -> Element | None:
    button: Element = {"type": "button", "text": plain_text(label(choice.label, limits.BUTTON))}
    if choice.primary:
        button["style"] = "primary"
    if isinstance(choice.action, OpenPage):
        address = safe_url(choice.action.url)
        return {**button, "url": address} if address else None
    value = encode(choice.action)
    return {**button, "value": value} if units(value) <= limits.VALUE else None


def plain_text(words: str) -> Element:
    """A plain text object: no mention, link or formatting in it is ever live, and ``:x:`` stays ``:x:``."""
    return {"type": "plain_text", "text": words, "emoji": False}


def json_length(value: object) -> int:
    """How long Slack finds the JSON of ``value``, in UTF-16 units."""
    return units(json.dumps(value, ensure_ascii=False))
