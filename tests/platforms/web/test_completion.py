"""Completion offers what can follow, and what it writes parses back to what it meant."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.platforms.web.completion import MOST, Completions, complete
from bot.services.catalogue import CATALOGUE, Command, Option, Suggestion
from bot.services.parsing import parse

pytestmark = pytest.mark.anyio

VALUES = {
    "entity": [Suggestion("Delcy Rodríguez", "delcy-rodriguez", "politician"), Suggestion("Ilse Tamm", "ilse-tamm")],
    "topic": [Suggestion("world-news (3)", "world-news"), Suggestion("two words", "two words")],
    "timezone": [Suggestion("Europe/Isle of Man", "Europe/Isle_of_Man"), Suggestion("Europe/Berlin", "Europe/Berlin")],
}


async def suggest(found: Command, option: Option, text: str) -> Sequence[Suggestion]:
    """Values of that kind that hold the text."""
    return [each for each in VALUES.get(option.kind, []) if text.casefold() in each.label.casefold()]


async def offered(line: str, locale: str = "en") -> Completions:
    """What is offered after ``line``."""
    return await complete(line, suggest, locale)


def texts(found: Completions) -> list[str]:
    """The lines that the completions write."""
    return [item.text for item in found.items]


async def test_a_slash_offers_commands() -> None:
    """Every command can be found from nothing but the slash, the first most likely one first."""
    found = await offered("/")
    assert texts(found) == [
        f"/{c.verb} " if any(not o.hidden for o in c.options) else f"/{c.verb}" for c in CATALOGUE if c.listed
    ]
    assert found.eager


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("/wh", ["/who ", "/why "]),
        ("/WH", ["/who ", "/why "]),
        ("/follow", ["/follow ", "/following"]),
        ("/briefing p", ["/briefing preview ", "/briefing pause "]),
        ("/nothing like it", []),
        ("who", []),
        ("", []),
        ("Who is Delcy?", []),
    ],
)
async def test_commands(line: str, expected: list[str]) -> None:
    """A command is completed from its beginning; words without a slash are left alone."""
    assert texts(await offered(line)) == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("/who ", ["/who Delcy Rodríguez", "/who Ilse Tamm"]),
        ("/who del", ["/who Delcy Rodríguez"]),
        ("/who delcy rod", ["/who Delcy Rodríguez"]),
        ("/who nobody", []),
        ("/quotes ", ["/quotes by:", "/quotes about:", "/quotes Delcy Rodríguez", "/quotes Ilse Tamm"]),
        ("/quotes ab", ["/quotes about:"]),
        ("/quotes by:", ["/quotes by:Delcy Rodríguez", "/quotes by:Ilse Tamm"]),
        ("/quotes by:Ilse Tamm about:de", ["/quotes by:Ilse Tamm about:Delcy Rodríguez"]),
        ("/quotes tamm", ["/quotes Ilse Tamm"]),
        ("/brief topic:wo", ["/brief topic:world-news", '/brief topic:"two words"']),
        ("/brief w", ["/brief topic:world-news", '/brief topic:"two words"']),
        ("/brief si", ["/brief since:"]),
        ("/help ", []),
        ("/status ", []),
        (
            "/briefing add at:08:00 tz:Eu",
            ["/briefing add at:08:00 tz:Europe/Isle_of_Man", "/briefing add at:08:00 tz:Europe/Berlin"],
        ),
        (
            "/briefing add at:08:00 details:",
            ["/briefing add at:08:00 details:yes", "/briefing add at:08:00 details:no"],
        ),
    ],
)
async def test_values(line: str, expected: list[str]) -> None:
    """After a command its options are offered by name, then the values of the one being typed."""
    assert texts(await offered(line)) == expected


async def test_a_label_carries_its_value() -> None:
    """What is shown is a name; what is meant is its id."""
    (item,) = (await offered("/who del")).items
    assert (item.label, item.value, item.hint, item.more) == ("Delcy Rodríguez", "delcy-rodriguez", "politician", False)


async def test_enter_sends_a_line_that_is_complete() -> None:
    """Enter takes the first completion only where the line itself is no command yet."""
    assert (await offered("/wh")).eager
    assert not (await offered("/following")).eager
    assert not (await offered("/who Delcy")).eager


async def test_words_of_the_readers_language() -> None:
    """Commands are explained in the reader's language, in English where there are no words in it."""
    assert "Wer oder was" in (await offered("/who", "de-AT")).items[0].hint
    assert "Who or what" in (await offered("/who", "fi")).items[0].hint


async def test_hidden_options_are_not_offered() -> None:
    """Options that only buttons carry never show up."""
    for each in CATALOGUE:
        found = await offered(f"/{each.verb} ")
        assert not {f"{o.name}:" for o in each.options if o.hidden} & {item.label for item in found.items}


@pytest.mark.parametrize(
    ("line", "verb", "options"),
    [
        ("/who del", "who", {"name": "Delcy Rodríguez"}),
        ("/quotes by:Ilse Tamm about:de", "quotes", {"by": "Ilse Tamm", "about": "Delcy Rodríguez"}),
        ("/brief topic:w", "brief", {"topic": "world-news"}),
        ("/briefing add at:08:00 tz:Eu", "briefing add", {"at": "08:00", "tz": "Europe/Isle_of_Man"}),
    ],
)
async def test_what_is_completed_parses(line: str, verb: str, options: dict[str, str]) -> None:
    """Taking the first completion makes a line that asks for just that."""
    parsed = parse((await offered(line)).items[0].text)
    assert (parsed.verb, parsed.options) == (verb, options)


@given(line=st.text(st.sampled_from('/who quotesby:abtin"  é:') | st.characters(), max_size=40))
async def test_any_line_can_be_completed(line: str) -> None:
    """No line breaks completion, and every completion is a longer or other line that begins with a slash."""
    found = await offered(f"/{line}")
    assert len(found.items) <= max(MOST, len(CATALOGUE))
    assert all(text.startswith("/") for text in texts(found))
