"""Components as Discord's API takes them, each within its own limits, and what a message of them amounts to. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from bot.messages.actions import Ask, OpenPage, encode
from bot.messages.cutting import cut
from bot.messages.model import Choice
from bot.platforms.discord import limits
from bot.platforms.discord.escape import clean, code, escape, link, one_line, safe_url

Component = dict[str, Any]

ACTION_ROW, BUTTON, SELECT, SECTION, TEXT, SEPARATOR, CONTAINER = 1, 2, 3, 9, 10, 14, 17
_PRIMARY, _SECONDARY, _LINK = 1, 2, 5
_NO_LABEL = "…"
#: What begins the custom id of a select menu; its options carry the actions.
PICK = "pick:"


def text(content: str) -> Component:
    """A text display."""
    return {"type": TEXT, "content": content}


def separator() -> Component:
    """A thin line with little space."""
    return {"type": SEPARATOR, "divider": True, "spacing": 1}


def container(components: Sequence[Component], colour: int) -> Component:
    """The frame around a message, with its accent."""
    return {"type": CONTAINER, "accent_color": colour, "components": list(components)}


def section(content: str, accessory: Component) -> Component:
    """Text with a button beside it."""
    return {"type": SECTION, "components": [text(content)], "accessory": accessory}


def row(components: Sequence[Component]) -> Component:
    """A row of buttons, or of one select menu."""
    return {"type": ACTION_ROW, "components": list(components)}


def button(choice: Choice, tell_apart: bool = False) -> Component | None:
    """A choice as a button; None where Discord has no room for its address or code."""
    wanted = f"{choice.label} — {choice.hint}" if tell_apart and choice.hint else choice.label
    label = _label(wanted, limits.BUTTON_LABEL)
    match choice.action:
        case OpenPage(url):
            address = safe_url(url)
            if not address or len(address) > limits.BUTTON_URL:
                return None
            return {"type": BUTTON, "style": _LINK, "label": label, "url": address}
        case Ask() as asked:
            code_ = encode(asked)
            if limits.width(code_) > limits.CUSTOM_ID:
                return None
            style = _PRIMARY if choice.primary else _SECONDARY
            return {"type": BUTTON, "style": style, "label": label, "custom_id": code_}


def select(number: int, choices: Sequence[Choice], prompt: str) -> Component:
    """A select menu of choices for which :func:`selectable` holds; their codes are the options' values."""
    options = []
    for choice in choices:
        assert isinstance(choice.action, Ask)
        option = {"label": _label(choice.label, limits.SELECT_LABEL), "value": encode(choice.action)}
        if hint := cut(one_line(clean(choice.hint)), limits.SELECT_HINT, limits.width):
            option["description"] = hint
        options.append(option)
    menu: Component = {"type": SELECT, "custom_id": f"{PICK}{number}", "options": options}
    if placeholder := cut(one_line(clean(prompt)), limits.SELECT_PROMPT, limits.width):
        menu["placeholder"] = placeholder
    return menu


def selectable(choice: Choice) -> bool:
    """Whether a select menu can carry the choice: pages cannot be opened from one, long codes do not fit."""
    return isinstance(choice.action, Ask) and limits.width(encode(choice.action)) <= limits.SELECT_VALUE


def spelled_out(choice: Choice) -> str:
    """A choice that can be no button as a line of text: a link, or the command to type."""
    label = escape(cut(one_line(clean(choice.label)), limits.SELECT_LABEL, limits.width)) or _NO_LABEL
    match choice.action:
        case OpenPage(url):
            return f"- {link(choice.label, url)}"
        case Ask(verb, options):
            typed = " ".join([f"/{verb}", *(f"{name}:{value}" for name, value in options if value)])
            return f"- {label} — {code(typed)}"


def _label(words: str, limit: int) -> str:
    return cut(one_line(clean(words)), limit, limits.width) or _NO_LABEL


# --- amounts ----------------------------------------------------------------------------------------------------------


def walk(components: Sequence[Component]) -> Iterator[Component]:
    """Every component, with those inside it, each counted by Discord."""
    for component in components:
        yield component
        yield from walk(component.get("components", ()))
        if "accessory" in component:
            yield from walk((component["accessory"],))


def amount(components: Sequence[Component]) -> tuple[int, int]:
    """How many components, and how many characters of text displays."""
    every = list(walk(components))
    return len(every), sum(limits.width(each["content"]) for each in every if each["type"] == TEXT)


def told_apart(components: list[Component]) -> list[Component]:
    """The same components with every custom id once, as Discord requires.

    A second button of the same action gets an option without meaning; where there is no room it is left out, since
    the first does the same.
    """
    seen: dict[str, int] = {}
    return [kept for component in components if (kept := _apart(component, seen)) is not None]


def _apart(component: Component, seen: dict[str, int]) -> Component | None:
    if "accessory" in component:
        accessory = _apart(component["accessory"], seen)
        return component | {"accessory": accessory} if accessory else component["components"][0]
    if "components" in component:
        inner = [kept for each in component["components"] if (kept := _apart(each, seen)) is not None]
        return component | {"components": inner} if inner else None
    if "custom_id" not in component:
        return component
    id_ = component["custom_id"]
    seen[id_] = seen.get(id_, 0) + 1
    if seen[id_] == 1:
        return component
    if component["type"] == SELECT:
        return _apart(component | {"custom_id": f"{id_}.{seen[id_]}"}, seen)
    another = f"{id_}{'' if id_.endswith(':') else '&'}_={seen[id_]}"
    return component | {"custom_id": another} if limits.width(another) <= limits.CUSTOM_ID else None
