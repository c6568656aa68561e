"""Typed text to a command and its options: ``who Delcy Rodriguez``, ``quotes by:Trump about:"New York"``."""

from __future__ import annotations

import re
from dataclasses import dataclass

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.domain.errors import BadRequest
from bot.services.catalogue import CATALOGUE, Command, Option, command

_QUOTES = {'"': '"', "“": "”", "„": "“", "«": "»"}
_TIMES = re.compile(r"\d{1,2}:\d{2}(,\d{1,2}:\d{2})*")
_ZONE = re.compile(r"(UTC|GMT|[A-Za-z]+(/[A-Za-z0-9_+-]+)+)")
_DAYS = re.compile(
    r"(?i)(daily|weekdays|weekends|monthly:[\d,]+|(mon|tue|wed|thu|fri|sat|sun)([,-](mon|tue|wed|thu|fri|sat|sun))*)"
)
_CHANNEL = re.compile(r"(<#[A-Z0-9]+(\|[^>]*)?>|#\S+|[CDG][A-Z0-9]{8,}|\d{15,20})")
# Options that may hold several words.
_WORDY = ("entity", "text", "story")
# Below this a suggested verb would be a guess rather than a correction.
_LIKELY = 0.6
_PLAIN_WORDS = re.compile(
    r"(?i)^\s*(?:who(?:\s+is|'s|\s+are|\s+was)?|what(?:\s+is|'s)|wer\s+ist|was\s+ist|qui[eé]n\s+es|qu[eé]\s+es)\s+"
    r"(?P<name>.+?)\s*\?*\s*$"
)


@dataclass(frozen=True, slots=True)
class Parsed:
    """A command and its options as typed."""

    verb: str
    options: dict[str, str]


def parse(text: str) -> Parsed:
    """What ``text`` asks for, with or without a leading slash.

    ``name:value`` sets an option by name (quotation marks keep spaces together); other words fill the options that
    are not set, by their form where it tells (a time, a time zone, days, a channel), else in order.

    Raises:
        BadRequest: no such command, or a required option is missing; the hint shows how to ask.
    """
    words = split_words(text.strip().removeprefix("/"))
    if words and words[0].lower() == "lede" and len(words) > 1:
        words = words[1:]
    found, rest = _command(words)
    return Parsed(found.verb, _options(found, rest))


def parse_plainly(text: str) -> Parsed:
    """Like :func:`parse`, but understands questions in plain words too, such as *Who is Delcy Rodriguez?*.

    Raises:
        BadRequest: as :func:`parse`.
    """
    question = _PLAIN_WORDS.match(text)
    if question and not text.lstrip().startswith("/"):
        return Parsed("who", {"name": question["name"].strip()})
    return parse(text)


def split_words(text: str) -> list[str]:
    """Words at white space; a quotation keeps its spaces, its marks are dropped; never fails on a lone mark."""
    words: list[str] = []
    current, closing, started = "", "", False
    for at, character in enumerate(text):
        if closing:
            closing, current = ("", current) if character == closing else (closing, current + character)
        elif character.isspace():
            words = [*words, current] if current or started else words
            current, started = "", False
        elif character in _QUOTES and _opens(text, at):
            closing, started = _QUOTES[character], True
        else:
            current += character
    return [*words, current] if current or started else words


def _opens(text: str, at: int) -> bool:
    before = text[at - 1] if at else " "
    return (before.isspace() or before == ":") and text.find(_QUOTES[text[at]], at + 1) > at


def _command(words: list[str]) -> tuple[Command, list[str]]:
    if not words:
        return _known("help"), []
    two = " ".join(words[:2]).lower()
    if found := command(two):
        return found, words[2:]
    if found := command(words[0].lower()):
        return found, words[1:]
    members = [c.verb for c in CATALOGUE if " " in c.verb and c.group == words[0].lower()]
    if members:
        raise BadRequest(f"{words[0]} does several things.", f"Say one of: {', '.join(members)}.")
    verbs = [c.verb for c in CATALOGUE if c.listed]
    guesses = [process.extractOne(asked, verbs, scorer=OSA.normalized_similarity) for asked in (two, two.split()[0])]
    likely, score, _ = max(guesses, key=lambda guess: guess[1])
    hint = f"Did you mean {likely}?" if score >= _LIKELY else "Try: help."
    raise BadRequest(f"There is no command “{words[0][:40]}”.", hint)


def _known(verb: str) -> Command:
    found = command(verb)
    assert found is not None, verb
    return found


def _options(found: Command, words: list[str]) -> dict[str, str]:
    options: dict[str, str] = {}
    loose: list[str] = []
    current = ""
    for word in words:
        name, separator, value = word.partition(":")
        option = found.option(name.lower().replace("-", "_").lstrip("_")) if separator else None
        if option:
            current = option.name
            options[current] = value
        elif current and found.option(current) and _takes_several(found, current):
            options[current] = f"{options[current]} {word}".strip()
        else:
            loose.append(word)
    _place(found, loose, options)
    require(found, options)
    return options


def _takes_several(found: Command, name: str) -> bool:
    option = found.option(name)
    return option is not None and option.kind in _WORDY


def _place(found: Command, loose: list[str], options: dict[str, str]) -> None:
    """Give each word without a name to the option whose form it has, the rest to what is needed or comes first."""
    rest: list[str] = []
    for word in loose:
        formed = next((o for o in _open(found, options) if _has_form(o, word)), None)
        if formed:
            options[formed.name] = word
        else:
            rest.append(word)
    if not rest:
        return
    waiting = _open(found, options)
    first = [o for o in waiting if o.required] or [o for o in waiting[:1] if o is found.options[0]]
    taker = first[0] if first else None
    if taker is None or (taker.kind not in _WORDY and len(rest) > 1):
        raise BadRequest(f"“{' '.join(rest)[:80]}” is not understood here.", _usage(found))
    options[taker.name] = " ".join(rest)


def _open(found: Command, options: dict[str, str]) -> list[Option]:
    return [o for o in found.options if o.name not in options and not o.hidden]


def _has_form(option: Option, word: str) -> bool:
    forms = {"times": _TIMES, "timezone": _ZONE, "days": _DAYS, "channel": _CHANNEL}
    form = forms.get(option.kind)
    return form is not None and form.fullmatch(word) is not None


def require(found: Command, options: dict[str, str]) -> None:
    """Check that nothing required is missing.

    Raises:
        BadRequest: names what is missing and shows an example.
    """
    missing = [o.name for o in found.options if o.required and not options.get(o.name, "").strip()]
    if missing:
        raise BadRequest(f"{found.verb} needs {' and '.join(missing)}.", _usage(found))


def _usage(found: Command) -> str:
    return f"For example: {found.example}"
