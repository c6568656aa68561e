"""Modals: a form to choose a name as one types, and a window that shows an answer. Pure."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from bot.messages.fit import cut, paginate
from bot.messages.model import Block, Message, Note, Paragraph, plain
from bot.platforms.slack import limits
from bot.platforms.slack.blocks import option, plain_text
from bot.platforms.slack.render import measure_in_view, rendered
from bot.platforms.slack.words import clean, label, units
from bot.services.catalogue import Command, Suggestion, in_language

View = dict[str, Any]
CALLBACK = "lede"
#: Names the menu that is filled as one types.
COMPLETE = "complete"
_CUT_OFF = "There is more than a window holds; ask in a message to read all of it."


@dataclass(frozen=True, slots=True)
class Memo:
    """What a view remembers between two clicks: the command it asks for, and where it was opened."""

    verb: str = ""
    option: str = ""
    channel: str = ""
    thread: str = ""


def read_memo(view: Mapping[str, Any]) -> Memo:
    """What a view remembers; empty where it is not ours."""
    try:
        kept = json.loads(view.get("private_metadata") or "{}")
    except ValueError:
        return Memo()
    if not isinstance(kept, dict):
        return Memo()
    return Memo(**{name: str(kept.get(name, "")) for name in ("verb", "option", "channel", "thread")})


def written(memo: Memo) -> str:
    """What a view keeps of ``memo``."""
    return json.dumps({name: value for name, value in asdict(memo).items() if value})


def form(found: Command, missing: str, memo: Memo, locale: str = "en") -> View:
    """A window with one menu that offers names as one types."""
    wanted = found.option(missing)
    asked = in_language(wanted.words, locale) if wanted else missing
    menu = {
        "type": "external_select",
        "action_id": COMPLETE,
        "placeholder": plain_text(label("Start typing …", limits.PLACEHOLDER)),
        "min_query_length": 0,
        "focus_on_load": True,
    }
    return {
        "type": "modal",
        "callback_id": CALLBACK,
        "private_metadata": written(Memo(found.verb, missing, memo.channel, memo.thread)),
        "title": plain_text(_title(found.verb)),
        "submit": plain_text("Show"),
        "close": plain_text("Close"),
        "blocks": [
            {
                "type": "input",
                "block_id": missing,
                "label": plain_text(label(asked, 2000)),
                "element": menu,
            },
            *rendered([Note(plain(in_language(found.words, locale)))], "view"),
        ],
    }


def waiting(memo: Memo, title: str = "Lede") -> View:
    """What a window shows until the answer is there."""
    return _window(title, rendered([Paragraph(plain("One moment …"))], "view"), memo)


def window(message: Message, memo: Memo) -> View:
    """The answer in a window."""
    return _window(message.title, rendered(first_page(message.blocks), "view"), memo)


def first_page(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """As many blocks as a view holds, and a word about the rest where there is one."""
    pages = paginate(blocks, measure_in_view, (limits.VIEW_BLOCKS - 4, limits.VIEW_JSON))
    if not pages:
        return (Paragraph(plain("–")),)
    return pages[0] if len(pages) == 1 else (*pages[0], Note(plain(_CUT_OFF)))


def _window(title: str, blocks: list[dict[str, Any]], memo: Memo) -> View:
    return {
        "type": "modal",
        "callback_id": CALLBACK,
        "private_metadata": written(memo),
        "title": plain_text(_title(title)),
        "close": plain_text("Close"),
        "blocks": blocks,
    }


def _title(words: str) -> str:
    return label(words[:1].upper() + words[1:], limits.TITLE)


def options(found: Sequence[Suggestion], text: str, free: bool = True) -> dict[str, Any]:
    """The answer to words typed into a menu; where ``free``, the words themselves come last: any may be asked."""
    entries = [
        option(each.label, each.value, each.hint)
        for each in found
        if each.value.strip() and clean(each.value) == each.value and units(each.value) <= limits.OPTION_VALUE
    ]
    words = cut(clean(text).strip(), limits.OPTION_VALUE, units, mark="")
    if free and words and all(entry["value"] != words for entry in entries):
        entries.append(option(f"Look up “{words}”", words))
    return {"options": entries[: limits.OPTIONS]}
