"""What can follow the text typed so far: commands, then option names and values."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass

from bot.services.catalogue import CATALOGUE, Command, Option, Suggestion, command, in_language

#: Options and values; more letters find the rest. Commands are all offered: the list is how one learns of them.
MOST = 12
# Their values may hold spaces, so the words after the option's name belong to it.
_SEVERAL_WORDS = frozenset({"entity", "text", "story"})
_NAMED = frozenset({"entity", "story"})

Suggest = Callable[[Command, Option, str], Awaitable[Sequence[Suggestion]]]


@dataclass(frozen=True, slots=True)
class Item:
    """One completion: ``text`` is the whole line once it is taken, ``rest`` the options a command takes.

    ``value`` is what is meant by the label that then stands in the line, where the two differ. ``more`` says that the
    line can be completed further at once.
    """

    label: str
    hint: str
    text: str
    more: bool = False
    value: str = ""
    rest: str = ""


@dataclass(frozen=True, slots=True)
class Completions:
    """What is offered. ``eager`` means that Enter takes the first, since the line cannot be sent as it is."""

    items: tuple[Item, ...] = ()
    eager: bool = False


@dataclass(frozen=True, slots=True)
class Draft:
    """A line whose command is known: ``head`` stays, ``partial`` is being typed, for ``option`` where it is known.

    ``named`` says that the option's name stands in the line; ``others`` are the options that can still be named.
    """

    command: Command
    head: str
    partial: str
    option: Option | None
    named: bool
    others: tuple[Option, ...]


async def complete(line: str, suggest: Suggest, locale: str = "en") -> Completions:
    """The completions of ``line``, best first; none where it is no command."""
    if not line.startswith("/"):
        return Completions()
    drafted = draft(line)
    if drafted is None:
        items = tuple(_verbs(line, locale))
        return Completions(items, eager=command(_typed(line)) is None)
    values = await _values(drafted, suggest)
    return Completions((*_names(drafted, locale), *values)[:MOST])


def _typed(line: str) -> str:
    return " ".join(line.removeprefix("/").lower().split())


def _verbs(line: str, locale: str) -> Iterator[Item]:
    typed = _typed(line)
    listed = [each for each in CATALOGUE if each.listed]
    ranked = [each for each in listed if each.verb.startswith(typed)]
    ranked += [each for each in listed if each not in ranked and f" {typed}" in each.verb]
    for each in ranked:
        options = [option for option in each.options if not option.hidden]
        shown = " ".join(f"{option.name}" if option.required else f"[{option.name}]" for option in options)
        text = f"/{each.verb} " if options else f"/{each.verb}"
        yield Item(f"/{each.verb}", in_language(each.words, locale), text, more=bool(options), rest=shown)


def draft(line: str) -> Draft | None:
    """How far ``line`` has come, or None while its command is still being typed."""
    words = line.removeprefix("/").split(" ")
    for count in (2, 1):
        found = command(" ".join(words[:count]).lower())
        if found and found.listed and len(words) > count:
            head = line[: len(line) - len(" ".join(words[count:]))]
            return _draft(found, head, words[count:])
    return None


def _draft(found: Command, head: str, words: list[str]) -> Draft:
    visible = [option for option in found.options if not option.hidden]
    fields = _fields(found, words)
    current, start = fields[-1]
    taken = {option.name for option, _ in fields if option}
    loose = [i for i, (option, _) in enumerate(fields) if option is None]
    open_ = [option for option in visible if option.name not in taken]
    if current is not None:
        partial = " ".join(words[start:]).partition(":")[2]
    else:
        start = _loose_start(fields, loose)
        partial = " ".join(words[start:])
    target = current or (open_[0] if open_ else None)
    kept = head + "".join(f"{word} " for word in words[:start])
    others = tuple(option for option in open_ if current is None and (option is not target or len(open_) > 1))
    return Draft(found, kept, partial.lstrip('"'), target, current is not None, others)


def _fields(found: Command, words: list[str]) -> list[tuple[Option | None, int]]:
    """For each word, the option it belongs to (None for one without a name) and where that option's part begins."""
    fields: list[tuple[Option | None, int]] = []
    current: Option | None = None
    start = 0
    for at, word in enumerate(words):
        name, separator, _ = word.partition(":")
        if separator and (option := found.option(name.lower().replace("-", "_"))) and not option.hidden:
            current, start = option, at
        elif not (current and current.kind in _SEVERAL_WORDS):
            current, start = None, at
        fields.append((current, start))
    return fields


def _loose_start(fields: list[tuple[Option | None, int]], loose: list[int]) -> int:
    """The first of the words without a name that end the line."""
    start = len(fields) - 1
    while start - 1 in loose:
        start -= 1
    return start


def _names(drafted: Draft, locale: str) -> Iterator[Item]:
    """Options that the last word may begin the name of; all of them where nothing has been typed yet."""
    before, _, last = f" {drafted.partial}".rpartition(" ")
    for option in drafted.others:
        if option.name.startswith(last.lower()) and (last or not before.strip()):
            text = f"{drafted.head}{(before.lstrip() + ' ').lstrip()}{option.name}:"
            yield Item(f"{option.name}:", in_language(option.words, locale), text, more=True)


async def _values(drafted: Draft, suggest: Suggest) -> list[Item]:
    option = drafted.option
    if option is None:
        return []
    fixed = ("yes", "no") if option.kind == "flag" else option.choices
    typed = drafted.partial.strip().lower()
    if fixed:
        suggestions: Sequence[Suggestion] = [Suggestion(each, each) for each in fixed if each.startswith(typed)]
    else:
        suggestions = await suggest(drafted.command, option, drafted.partial.strip())
    return [_value(drafted, option, each) for each in suggestions]


def _value(drafted: Draft, option: Option, suggestion: Suggestion) -> Item:
    shown = " ".join(suggestion.label.split())
    # Ids stay behind the names that stand for them; any other value is what one would type.
    written = shown if option.kind in _NAMED else suggestion.value
    if " " in written and option.kind not in _SEVERAL_WORDS:
        written = f'"{written}"'
    # Words without a name go to the first open option; a form (a time, a flag) is told by its name alone.
    name = f"{option.name}:" if drafted.named or option.kind not in _SEVERAL_WORDS else ""
    value = suggestion.value if option.kind in _NAMED else ""
    return Item(shown, suggestion.hint, f"{drafted.head}{name}{written}", value=value)
