"""Laws of typed commands: text to a command and its options."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.errors import BadRequest
from bot.services.catalogue import CATALOGUE
from bot.services.parsing import Parsed, parse, parse_plainly, split_words


@pytest.mark.parametrize(
    ("text", "verb", "options"),
    [
        ("/who Delcy Rodriguez", "who", {"name": "Delcy Rodriguez"}),
        ("who Rodriguez, Delcy", "who", {"name": "Rodriguez, Delcy"}),
        ("lede who Zoë", "who", {"name": "Zoë"}),
        ("WHO x", "who", {"name": "x"}),
        ("who name:Delcy Rodriguez", "who", {"name": "Delcy Rodriguez"}),
        ("brief", "brief", {}),
        ("brief since:3d limit:2", "brief", {"since": "3d", "limit": "2"}),
        ("quotes by:Donald Trump about:Venezuela", "quotes", {"by": "Donald Trump", "about": "Venezuela"}),
        ('quotes about:"New York" by:X', "quotes", {"about": "New York", "by": "X"}),
        ("search embassy reopening", "search", {"text": "embassy reopening"}),
        ("search http://x.example/a:b", "search", {"text": "http://x.example/a:b"}),
        ("story 1", "story", {"story": "1"}),
        ("timeline the ferry treaty", "timeline", {"about": "the ferry treaty"}),
        ("briefing add 08:00", "briefing add", {"at": "08:00"}),
        (
            "briefing add <#C024BE91L|news> 08:00,17:30 Europe/Berlin mon-fri topic:politics",
            "briefing add",
            {
                "channel": "<#C024BE91L|news>",
                "at": "08:00,17:30",
                "tz": "Europe/Berlin",
                "days": "mon-fri",
                "topic": "politics",
            },
        ),
        ("briefing add at:7:30 details:yes", "briefing add", {"at": "7:30", "details": "yes"}),
        ("entity merge name:A B into:C", "entity merge", {"name": "A B", "into": "C"}),
        ("", "help", {}),
        ("help who", "help", {"command": "who"}),
    ],
)
def test_text_means(text: str, verb: str, options: dict[str, str]) -> None:
    """Each line of the table is understood as it says."""
    assert parse(text) == Parsed(verb, options)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("who", "who needs name"),
        ("hwo Delcy", "Did you mean who?"),
        ("breif", "Did you mean brief?"),
        ("briefing", "briefing add"),
        ("xyzzy", "Try: help"),
        ("briefing add 08:00 somewhere over the rainbow", "not understood"),
        ("status now please", "not understood"),
    ],
)
def test_what_is_not_understood_says_how_to_ask(text: str, words: str) -> None:
    """No stack trace, no silence: a sentence that names the fault and shows the way."""
    with pytest.raises(BadRequest) as caught:
        parse(text)

    assert words in str(caught.value)


@pytest.mark.parametrize(
    "question",
    ["Who is Delcy Rodriguez?", "who's Delcy Rodriguez", "Wer ist Delcy Rodriguez?", "quién es Delcy Rodriguez ?"],
)
def test_a_question_in_plain_words_asks_who(question: str) -> None:
    """People write to a bot as they write to people."""
    assert parse_plainly(question) == Parsed("who", {"name": "Delcy Rodriguez"})


@given(st.text(max_size=300))
def test_any_text_is_understood_or_refused_in_words(text: str) -> None:
    """Whatever is typed, the only error is one that can be told."""
    with suppress(BadRequest):
        assert parse_plainly(text).verb


@given(st.text(max_size=200))
def test_splitting_loses_no_letter(text: str) -> None:
    """Quotation marks group words; nothing else disappears."""
    kept = "".join(split_words(text))
    letters = [c for c in text if c.isalnum()]

    assert [c for c in kept if c.isalnum()] == letters


@pytest.mark.parametrize("command", CATALOGUE, ids=lambda c: c.verb)
def test_every_example_in_help_works_when_typed(command) -> None:  # type: ignore[no-untyped-def]
    """What help shows can be pasted."""
    assert parse(command.example).verb == command.verb


@pytest.mark.parametrize("command", CATALOGUE, ids=lambda c: c.verb)
def test_commands_are_described_in_three_languages(command) -> None:  # type: ignore[no-untyped-def]
    """English, German and Spanish, for commands and options, within what platforms show of them."""
    texts = [command.words, *(option.words for option in command.options)]

    assert all(set(words) == {"en", "de", "es"} for words in texts)
    assert all(0 < len(text) <= 100 for words in texts for text in words.values())
