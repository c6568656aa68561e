"""A neutral message as Discord's payloads: Components V2, split where Discord's limits ask for it. Pure; never raises.

A payload is the JSON of one message. Under ``lede`` it carries what sending needs to know and Discord does not take;
:mod:`~bot.platforms.discord.platform` takes it out. A subscription's options are put there with :func:`with_options`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, assert_never

from bot.messages.cutting import cut
from bot.messages.fit import Size, paginate
from bot.messages.lighter import with_marks_unlinked
from bot.messages.model import (
    Block,
    Bullets,
    Card,
    Choices,
    Divider,
    Facts,
    Heading,
    Line,
    Message,
    Note,
    Paragraph,
    Plain,
    Quotation,
    Table,
    Tone,
    text_of,
)
from bot.platforms.discord import limits
from bot.platforms.discord.components import (
    Component,
    amount,
    button,
    container,
    row,
    section,
    select,
    selectable,
    separator,
    spelled_out,
    text,
    told_apart,
)
from bot.platforms.discord.escape import clean, escape, one_line
from bot.platforms.discord.markdown import bulleted, inline, markdown, quoted, small

Payload = Mapping[str, Any]

#: What :func:`render` notes for the sender, under one key.
NOTES = "lede"
NO_MENTIONS: Mapping[str, Any] = {"parse": []}
_ACCENT: Mapping[Tone, int] = {
    "news": 0x2F6FDE,
    "answer": 0x5B6B8C,
    "choice": 0xD9A441,
    "problem": 0xC8473D,
    "notice": 0x4F8A5B,
}
_FRAME = 1  # the container
#: Up to so many to pick from are buttons.
_AT_A_GLANCE = 3
_ROOM: Size = (limits.COMPONENTS - _FRAME, limits.TEXT)


def render(message: Message) -> tuple[Payload, ...]:
    """The payloads of ``message``, in order; at least one. Its thread's messages are rendered on their own."""
    pages = paginate(message.blocks, _measure, _ROOM)
    if len(pages) > 1:
        lighter = paginate(with_marks_unlinked(message.blocks), _measure, _ROOM)
        pages = lighter if len(lighter) < len(pages) else pages
    shown = [components for page in pages if (components := _page(page))]
    if not shown:
        words = cut(clean(message.summary).strip(), limits.TEXT // 2, limits.width)
        shown = [[text(escape(words).strip() or "…")]]
    return tuple(_payload(message, components, bool(number)) for number, components in enumerate(shown))


def with_options(payload: Payload, options: Mapping[str, Any]) -> Payload:
    """The payload for a subscription with Discord's own options.

    ``publish`` (true or false) publishes the message to the channels that follow an announcement channel; ``tags``
    (a list of a forum's tags, by name or id) marks a forum post.
    """
    chosen = {name: options[name] for name in ("publish", "tags") if name in options}
    return {**payload, NOTES: {**payload.get(NOTES, {}), **chosen}} if chosen else payload


def _payload(message: Message, components: list[Component], continues: bool) -> Payload:
    title = cut(one_line(clean(message.title)), limits.THREAD_NAME, limits.width) or "…"
    return {
        "flags": limits.IS_COMPONENTS_V2 | limits.SUPPRESS_EMBEDS,
        "components": told_apart([container(components, _ACCENT[message.tone])]),
        "allowed_mentions": dict(NO_MENTIONS),
        NOTES: {"title": title} | ({"continues": True} if continues else {}),
    }


def _measure(block: Block) -> Size:
    return amount(_block(block, 0))


def _page(page: Sequence[Block]) -> list[Component]:
    """The components of one page, with a line before every card where there is room for one."""
    selects = 0
    groups: list[tuple[bool, list[Component]]] = []
    for block in page:
        shown = _block(block, selects)
        selects += sum(isinstance(part, Choices) and part.pick for part in (block, getattr(block, "choices", None)))
        groups.append((isinstance(block, Card), shown))
    flat = [component for _, group in groups for component in group]
    spare = limits.COMPONENTS - _FRAME - amount(flat)[0]
    lined: list[Component] = []
    for is_card, group in groups:
        if is_card and lined and spare and lined[-1]["type"] != separator()["type"]:
            lined.append(separator())
            spare -= 1
        lined.extend(group)
    return lined


# --- blocks -----------------------------------------------------------------------------------------------------------


def _block(block: Block, selects: int) -> list[Component]:
    """One block's components; ``selects`` counts the select menus before it, whose ids must differ."""
    match block:
        case Choices():
            return _choices(block, selects)
        case Card():
            return _card(block, selects)
        case Divider():
            return [separator()]
        case _:
            content = _text(block)
            return [text(content)] if content.strip() else []


def _text(block: Heading | Paragraph | Bullets | Quotation | Facts | Table | Note) -> str:
    match block:
        case Heading(words, level):
            return _titled("##" if level == 1 else "###", escape(one_line(clean(words)), line_start=False))
        case Paragraph(spans):
            return markdown(spans)
        case Bullets(items, numbered, start):
            return bulleted(items, start if numbered else None)
        case Quotation():
            return _quotation(block)
        case Facts(pairs):
            return "\n".join(_fact(label, line) for label, line in pairs)
        case Table(columns, rows):
            return "\n".join(_row(columns, cells) for cells in rows)
        case Note(spans):
            return small(markdown(spans))
        case _:
            assert_never(block)


def _titled(mark: str, words: str) -> str:
    return f"{mark} {words}" if words.strip() else ""


def _quotation(quotation: Quotation) -> str:
    """The words in quotation marks, and below them whose they are and where they were published."""
    words = quoted(f"“{escape(quotation.words, line_start=False)}”")
    parts = [inline((Plain(part),)) for part in (quotation.context, quotation.said) if part.strip()]
    speaker = inline((Plain(quotation.speaker),))
    attribution = ", ".join([*([f"**{speaker}**"] if speaker else []), *parts])
    sources = inline(quotation.sources)
    line = " · ".join(part for part in (attribution, sources) if part)
    return f"{words}\n> — {line}" if line else words


def _fact(label: str, line: Line) -> str:
    name, value = inline((Plain(label),)), inline(line)
    return f"**{name}** — {value}" if name and value else name or value


def _row(columns: Sequence[str], cells: Sequence[Line]) -> str:
    """A row as one item: what it is about leads, the other cells follow under their column's name.

    Discord has no tables, and the code block that could draw one would swallow the links.
    """
    first, *others = [inline(cell) for cell in cells] or [""]
    labels = [inline((Plain(column),)) for column in columns[1:]] + [""] * len(others)
    named = [f"{label}: {value}" if label else value for label, value in zip(labels, others, strict=False) if value]
    lead = first if "**" in first or not first else f"**{first}**" if "](" not in first else first
    return f"- {' · '.join(part for part in (lead, *named) if part)}"


def _card(card: Card, selects: int) -> list[Component]:
    """A story: its text, then its buttons; a single button stands beside the text."""
    parts = [_card_title(card), *(_text(part) for part in card.body)]
    content = "\n".join(part for part in parts if part.strip())
    choices = card.choices.choices if card.choices and not card.choices.pick else ()
    if content and len(choices) == 1 and (only := button(choices[0])):
        return [section(content, only)]
    shown = [text(content)] if content else []
    return shown + (_choices(card.choices, selects) if card.choices else [])


def _card_title(card: Card) -> str:
    number = f"{card.number} · " if card.number is not None else ""
    badge = inline((Plain(card.badge),))
    title = inline((card.title,)) if text_of((card.title,)).strip() else ""
    return _titled("###", f"{number}{title}{f' · *{badge}*' if badge else ''}")


# --- choices ----------------------------------------------------------------------------------------------------------


def _choices(choices: Choices, selects: int) -> list[Component]:
    """Buttons; a menu where one of many is to be picked. A few are better seen at once than behind a menu."""
    if choices.pick and len(choices.choices) > _AT_A_GLANCE:
        return _menus(choices, selects)
    return _rows(choices)


def _menus(choices: Choices, selects: int) -> list[Component]:
    """Select menus of at most 25 different options each; what a menu cannot carry is spelled out above."""
    usable = list({choice.action: choice for choice in reversed(choices.choices) if selectable(choice)}.values())[::-1]
    others = [spelled_out(choice) for choice in choices.choices if not selectable(choice)]
    prompt = inline((Plain(cut(choices.prompt, limits.SELECT_PROMPT)),))
    shown = [text("\n".join([prompt, *others] if prompt else others))] if others else []
    for start in range(0, len(usable), limits.SELECT_OPTIONS):
        menu = select(selects, usable[start : start + limits.SELECT_OPTIONS], choices.prompt)
        shown.append(row([menu]))
    return shown


def _rows(choices: Choices) -> list[Component]:
    """Rows of at most five buttons; what a button cannot carry is spelled out above."""
    alike = Counter(choice.label for choice in choices.choices)
    made = [(choice, button(choice, choices.pick or alike[choice.label] > 1)) for choice in choices.choices]
    others = [spelled_out(choice) for choice, shown in made if shown is None]
    buttons = [shown for _, shown in made if shown is not None]
    prompt = inline((Plain(cut(choices.prompt, limits.SELECT_PROMPT)),))
    lines = [prompt, *others] if prompt else others
    rows = [buttons[start : start + limits.BUTTONS_A_ROW] for start in range(0, len(buttons), limits.BUTTONS_A_ROW)]
    return [text("\n".join(lines))] * bool(lines) + [row(each) for each in rows]
