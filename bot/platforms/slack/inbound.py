"""What Slack sends, as what it asks for. Pure: payload in, an :class:`Inquiry` out, or None where nothing is asked.

https://docs.slack.dev/reference/interaction-payloads and https://docs.slack.dev/reference/events
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

from bot.domain.errors import BadRequest
from bot.domain.places import Place
from bot.messages.actions import Ask, decode
from bot.platforms.slack.modals import Memo, read_memo
from bot.platforms.slack.words import unescaped
from bot.services.catalogue import CATALOGUE, Command, command
from bot.services.parsing import Parsed, parse, parse_plainly

Body = Mapping[str, Any]
Surface = Literal["command", "mention", "direct", "message", "modal", "home", "shortcut"]
SHORTCUT_SEARCH = "lede_search"
SHORTCUT_NAMES = "lede_names"
#: Kinds of options that can be chosen from a list that the bot fills in as one types.
PICKED = frozenset({"entity", "story", "subscription", "digest", "feed"})
#: A message is rarely longer; names beyond it are not worth the wait.
_TEXT_READ = 12_000
_OUR_SUBTYPES = frozenset({"", "file_share", "thread_broadcast"})
_GROUPS = frozenset(found.group for found in CATALOGUE)
_ANGLED = re.compile(r"<([^<>\s][^<>]*)>")
_CHANNEL = re.compile(r"<#([A-Z0-9]+)(?:\|[^>]*)?>")
_MENTION = re.compile(r"<@([A-Z0-9]+)(?:\|[^>]*)?>")


@dataclass(frozen=True, slots=True)
class Origin:
    """Where something came from, and the ways to answer it.

    Attributes:
        place: the channel, of a modal the one it was opened from; empty where there is none (a global shortcut).
        thread: the thread to answer in; empty for the channel itself.
        replaceable: the message pressed is the presser's alone, so another may take its place.
        view_id: the modal or Home tab it happened in.
    """

    surface: Surface
    place: Place
    user: str
    user_name: str = ""
    thread: str = ""
    response_url: str = ""
    trigger_id: str = ""
    view_id: str = ""
    replaceable: bool = False

    @property
    def memo(self) -> Memo:
        """What a modal opened from here must remember."""
        return Memo(channel=self.place.channel, thread=self.thread)


@dataclass(frozen=True, slots=True)
class Inquiry:
    """A command to answer."""

    verb: str
    options: Mapping[str, str]
    origin: Origin
    share: bool = False
    replace: bool = False


@dataclass(frozen=True, slots=True)
class Form:
    """A command whose one missing option is to be chosen in a modal."""

    verb: str
    option: str
    origin: Origin


@dataclass(frozen=True, slots=True)
class Unclear:
    """Words that are no command."""

    error: BadRequest
    origin: Origin


@dataclass(frozen=True, slots=True)
class Typing:
    """Someone types into a modal's menu and waits for completions."""

    verb: str
    option: str
    text: str
    origin: Origin


Asked = Inquiry | Form | Unclear


def identity(body: Body) -> str:
    """What is the same whenever Slack sends the same again; empty where it sends nothing of the kind."""
    for name in ("event_id", "trigger_id"):
        if value := body.get(name):
            return f"{name}:{value}"
    return ""


# --- words typed ------------------------------------------------------------------------------------------------------


def from_command(body: Body, direct: Mapping[str, str]) -> Asked:
    """A slash command. ``direct`` maps the names of direct commands, without the slash, to verbs."""
    origin = Origin(
        "command",
        Place("slack", str(body.get("team_id") or ""), str(body.get("channel_id") or "")),
        str(body.get("user_id") or ""),
        str(body.get("user_name") or ""),
        response_url=str(body.get("response_url") or ""),
        trigger_id=str(body.get("trigger_id") or ""),
    )
    name = str(body.get("command") or "").removeprefix("/").lower()
    # An app may keep a command that the settings no longer name; what it means is plain all the same.
    verb = direct.get(name) or (name if name in _GROUPS else "")
    words = f"{verb} {typed(str(body.get('text') or ''))}".strip()
    return _form(words, origin) or _understood(words, origin, parse)


def from_mention(body: Body, bot_user: str) -> Asked | None:
    """``@Lede who …`` in a channel or thread."""
    event = _event(body)
    if event.get("bot_id") or not event.get("user") or event.get("subtype"):
        return None
    text = str(event.get("text") or "")
    thread = str(event.get("thread_ts") or event.get("ts") or "")
    return _understood(typed(_after_mention(text, bot_user)), _of_event(body, "mention", thread), parse_plainly)


def from_direct(body: Body, bot_user: str) -> Asked | None:
    """A direct message, in plain words."""
    event = _event(body)
    ours = event.get("bot_id") or event.get("user") in (None, "", bot_user)
    if event.get("channel_type") != "im" or ours or str(event.get("subtype") or "") not in _OUR_SUBTYPES:
        return None
    words = typed(_after_mention(str(event.get("text") or ""), bot_user))
    return _understood(words, _of_event(body, "direct", str(event.get("thread_ts") or "")), parse_plainly)


def _after_mention(text: str, bot_user: str) -> str:
    """What is said after the bot's name, or before it where nothing is."""
    for mention in _MENTION.finditer(text):
        if bot_user in ("", mention[1]):
            return text[mention.end() :].strip(" ,:") or text[: mention.start()]
    return text


def _understood(words: str, origin: Origin, reading: Any) -> Asked:
    try:
        parsed: Parsed = reading(words)
        return Inquiry(parsed.verb, _with_channels(parsed), origin)
    except BadRequest as error:
        return Unclear(error, origin)


def _with_channels(parsed: Parsed) -> dict[str, str]:
    """The options with channels as ids, which is all that Slack's methods take reliably."""
    found = command(parsed.verb)
    options = dict(parsed.options)
    for option in found.options if found else ():
        value = options.get(option.name, "")
        if option.kind != "channel" or not value:
            continue
        if named := _CHANNEL.fullmatch(value):
            options[option.name] = named[1]
        elif value.startswith("#"):
            hint = "Type # and choose the channel from the list; of a private channel give the id (channel details)."
            raise BadRequest(f"Slack knows no channel {value[:80]} here.", hint)
    return options


def _form(words: str, origin: Origin) -> Form | None:
    """A form where the words name a command and lack only what a list can offer."""
    found = command(" ".join(words.lower().split()))
    missing = missing_option(found, {}) if found else ""
    return Form(found.verb, missing, origin) if found and missing and origin.trigger_id else None


def missing_option(found: Command, options: Mapping[str, str]) -> str:
    """The one option that must still be chosen from a list; empty where none or more than one is missing."""
    missing = [option for option in found.options if option.required and not options.get(option.name, "").strip()]
    return missing[0].name if len(missing) == 1 and missing[0].kind in PICKED else ""


def typed(text: str) -> str:
    """What a person typed, with the links and names that Slack wraps in angles as they read; channels keep theirs."""

    def plain(match: re.Match[str]) -> str:
        inside = match[1]
        target, _, shown = inside.partition("|")
        if inside.startswith("#"):
            return match[0]
        if inside.startswith("@"):
            return f"@{shown}" if shown else ""
        if inside.startswith("!"):
            return shown
        if target.startswith("mailto:"):
            return shown or target.removeprefix("mailto:")
        return target

    return unescaped(_ANGLED.sub(plain, text)).strip()


def read_text(message: Body) -> str:
    """The words of someone's message as they read, with those of what is attached to it."""
    pieces = [str(message.get("text") or "")]
    for attachment in message.get("attachments") or []:
        if isinstance(attachment, Mapping):
            pieces += [str(attachment.get(name) or "") for name in ("title", "text", "fallback")]

    def plain(match: re.Match[str]) -> str:
        target, _, shown = match[1].partition("|")
        return shown or ("" if target[:1] in "@#!" else target)

    read = (unescaped(_ANGLED.sub(plain, piece)) for piece in dict.fromkeys(pieces) if piece)
    return "\n".join(read)[:_TEXT_READ].strip()


# --- buttons, menus, shortcuts, views ---------------------------------------------------------------------------------


def from_button(body: Body) -> Asked | None:
    """A button or a menu of ours; None for those that open a page."""
    actions = body.get("actions") or [{}]
    action = actions[0] if isinstance(actions[0], Mapping) else {}
    chosen = action.get("selected_option")
    code = chosen.get("value") if isinstance(chosen, Mapping) else action.get("value")
    if not code:
        return None
    origin = _of_interaction(body)
    asked = decode(str(code))
    found = command(asked.verb) if asked else None
    if asked is None or found is None:
        hint = "Ask again; the answer brings its newer buttons."
        return Unclear(BadRequest("This button is of another version of Lede.", hint), origin)
    return _asked(asked, found, origin)


def _asked(asked: Ask, found: Command, origin: Origin) -> Asked:
    options = dict(asked.options)
    missing = missing_option(found, options)
    if missing and not asked.options:
        return Form(found.verb, missing, origin)
    return Inquiry(asked.verb, options, origin, asked.share, asked.replace)


def from_shortcut(body: Body) -> Asked | None:
    """A shortcut of ours: the global one searches, that of a message lists the names in it."""
    origin = _of_interaction(body)
    if body.get("callback_id") == SHORTCUT_SEARCH:
        return Form("who", "name", replace(origin, surface="shortcut"))
    if body.get("callback_id") != SHORTCUT_NAMES:
        return None
    text = read_text(body.get("message") or {})
    if not text:
        hint = "Choose a message that has words; pictures and files are not read."
        return Unclear(BadRequest("There is no text in this message.", hint), replace(origin, surface="shortcut"))
    return Inquiry("names", {"text": text}, replace(origin, surface="shortcut"))


def from_typing(body: Body) -> Typing | None:
    """Words typed into the menu of a modal of ours."""
    memo = read_memo(_view(body))
    if not memo.verb or not memo.option:
        return None
    return Typing(memo.verb, memo.option, str(body.get("value") or ""), _of_interaction(body))


def from_submission(body: Body) -> Inquiry | None:
    """A modal of ours was sent off: what was chosen in it."""
    view = _view(body)
    memo = read_memo(view)
    values = (view.get("state") or {}).get("values") or {}
    for elements in values.values():
        for element in elements.values():
            chosen = (element.get("selected_option") or {}).get("value") or element.get("value")
            if chosen and memo.verb:
                return Inquiry(memo.verb, {memo.option: str(chosen)}, _of_interaction(body))
    return None


def from_home(body: Body) -> Inquiry | None:
    """The Home tab was opened."""
    event = _event(body)
    if event.get("tab", "home") != "home" or not event.get("user"):
        return None
    return Inquiry("home", {}, _of_event(body, "home", ""))


def _of_event(body: Body, surface: Surface, thread: str) -> Origin:
    event = _event(body)
    place = Place("slack", str(body.get("team_id") or event.get("team") or ""), str(event.get("channel") or ""))
    return Origin(surface, place, str(event.get("user") or ""), thread=thread)


def _of_interaction(body: Body) -> Origin:
    user, container, view = body.get("user") or {}, body.get("container") or {}, _view(body)
    team = (body.get("team") or {}).get("id") or user.get("team_id") or ""
    memo = read_memo(view)
    channel = (body.get("channel") or {}).get("id") or container.get("channel_id") or memo.channel
    message = body.get("message") or {}
    thread = container.get("thread_ts") or message.get("thread_ts") or memo.thread
    delivered = bool((message.get("metadata") or {}).get("event_type"))
    ephemeral = bool(container.get("is_ephemeral"))
    surface: Surface = "message"
    if view:
        surface = "home" if view.get("type") == "home" else "modal"
    return Origin(
        surface,
        Place("slack", str(team), str(channel)),
        str(user.get("id") or ""),
        str(user.get("name") or user.get("username") or ""),
        thread=str(thread or ""),
        response_url=str(body.get("response_url") or ""),
        trigger_id=str(body.get("trigger_id") or ""),
        view_id=str(view.get("id") or ""),
        # A briefing stays what it is, whoever turns its pages; what stands in a channel belongs to all who read it.
        replaceable=ephemeral or (str(channel).startswith("D") and not delivered),
    )


def _event(body: Body) -> Body:
    event = body.get("event")
    return event if isinstance(event, Mapping) else {}


def _view(body: Body) -> Body:
    view = body.get("view")
    return view if isinstance(view, Mapping) else {}
