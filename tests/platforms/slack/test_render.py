"""Every message within Slack's limits, every source kept, every quotation whole, no word ever live."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from functools import cache
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.messages.actions import Ask, OpenPage, ask, decode
from bot.messages.model import (
    Bullets,
    Card,
    Choice,
    Choices,
    Emphasis,
    Facts,
    Heading,
    Link,
    Message,
    Moment,
    Note,
    Paragraph,
    Plain,
    Quotation,
    Table,
    plain,
)
from bot.platforms.slack import limits, modals
from bot.platforms.slack.blocks import json_length, slack_blocks
from bot.platforms.slack.home import home_view
from bot.platforms.slack.render import payloads
from bot.platforms.slack.rich import small_print, where_to
from bot.platforms.slack.words import clean, escaped
from bot.ports import Payload
from bot.services.catalogue import Suggestion, command
from tests.platforms.slack.checks import broadcasts, nodes, strings, words, wrong
from tests.samples import FULL, HOSTILE_TEXTS, SAMPLES, links, quotations

EACH = pytest.mark.parametrize("sample", SAMPLES)


@cache
def shown_of(sample: str) -> tuple[Payload, ...]:
    """What the sample is shown as."""
    return payloads(SAMPLES[sample])


def addresses(shown: object) -> set[str]:
    """Every address that a reader can open."""
    found = {str(node["url"]) for node in nodes(shown) if "url" in node}
    for text in (node["text"] for node in nodes(shown) if node.get("type") == "mrkdwn"):
        found |= {part.split("|")[0].replace("&amp;", "&") for part in text.split("<")[1:]}
    return found


def values(shown: object) -> list[str]:
    """The codes of every button and menu entry."""
    return [str(node["value"]) for node in nodes(shown) if "value" in node]


@EACH
def test_slack_would_take_it(sample: str) -> None:
    """Every payload passes slack-sdk's validators, the documented limits and the undocumented one."""
    shown = shown_of(sample)

    assert shown
    assert [problem for payload in shown for problem in wrong("message", payload)] == []
    assert all(json_length(payload.get("blocks", [])) <= limits.JSON for payload in shown)
    assert all((payload["unfurl_links"], payload["unfurl_media"]) == (False, False) for payload in shown)


@EACH
def test_no_source_is_lost(sample: str) -> None:
    """Every link of the message can be opened in what is shown."""
    opened = addresses(shown_of(sample))

    assert {url.replace('"', "%22") for url in links(SAMPLES[sample])} <= opened


@EACH
def test_a_quotation_is_whole(sample: str) -> None:
    """What someone said stands there to the last word."""
    said = set(strings(shown_of(sample)))

    assert all(f"“{clean(quote).strip() or '–'}”" in said for quote in quotations(SAMPLES[sample]))


@EACH
def test_no_word_is_live(sample: str) -> None:
    """No mention can fire, and what is shown small holds nothing but text and our own links."""
    shown = shown_of(sample)

    assert broadcasts(list(shown)) == []
    for node in nodes(shown):
        if node.get("type") == "mrkdwn":
            assert node["verbatim"] is True
            outside = "".join(part.split(">", 1)[-1] for part in node["text"].split("<"))
            assert not set(outside.replace("`why 1`", "").replace("`/why 1`", "")) & set("*_~@#|\\")


@EACH
def test_views_take_it_too(sample: str) -> None:
    """The same message fits a window and the Home tab, tables as lines."""
    message = SAMPLES[sample]

    assert wrong("view", home_view(message, modals.Memo())) == []
    assert wrong("view", modals.window(message, modals.Memo())) == []
    assert broadcasts(home_view(message, modals.Memo())) == []


@pytest.mark.parametrize("verb", ["who", "timeline", "briefing pause", "entity merge", "story"])
def test_forms_are_what_slack_takes(verb: str) -> None:
    """The window that completes names passes the validators for every command that opens one."""
    found = command(verb)
    assert found is not None
    missing = next(option.name for option in found.options if option.required)
    view = modals.form(found, missing, modals.Memo(channel="C1", thread="1.2"))

    assert wrong("view", view) == []
    assert modals.read_memo(view) == modals.Memo(verb, missing, "C1", "1.2")


@pytest.mark.parametrize("text", [*HOSTILE_TEXTS.values(), "x" * 500])
def test_completions_are_what_slack_takes(text: str) -> None:
    """Whatever is typed or offered, the entries fit; an entry that cannot be asked is not offered."""
    offers = [
        Suggestion(text, text, text),
        Suggestion("a", "b" * 200),
        *(Suggestion(f"{n}", f"v{n}") for n in range(200)),
    ]
    answer = modals.options(offers, text)

    assert wrong("options", answer) == []
    assert broadcasts(answer) == []
    assert len(answer["options"]) <= 100


def test_typed_words_are_offered_only_where_they_mean_something() -> None:
    """A name may be asked as typed; the id of a briefing may not."""
    assert modals.options([], "Delcy")["options"][0]["value"] == "Delcy"
    assert modals.options([], "Delcy", free=False)["options"] == []


def test_it_looks_like_this(golden: Callable[[str, str], None]) -> None:
    """The full sample, to be read by a person when it changes."""
    golden("slack/full.json", json.dumps(payloads(FULL), ensure_ascii=False, indent=1) + "\n")


def test_a_button_carries_its_state() -> None:
    """What a button will ask stands in the button, and is read back the same."""
    action = Ask("who", (("name", "Rodríguez & Söhne: 50 %"), ("page", "2")), replace=True)
    shown = payloads(Message("t", (Choices((Choice("Next", action),)),), "s"))

    assert [decode(value) for value in values(shown)] == [action]


def test_choosing_is_a_menu_with_hints() -> None:
    """Candidates stand in a menu that tells them apart; too long ones get buttons; one alone is a button."""
    many = tuple(Choice(f"c{n}", ask("who", name="x" * (n * 60)), "hint") for n in range(1, 5))
    (menu, buttons) = slack_blocks(Choices(many, pick=True, prompt="Which one?"))
    (single,) = slack_blocks(Choices(many[:1], pick=True))

    assert menu["elements"][0]["type"] == "static_select"
    assert menu["elements"][0]["placeholder"]["text"] == "Which one?"
    assert [option["description"]["text"] for option in menu["elements"][0]["options"]] == ["hint", "hint"]
    assert [button["text"]["text"] for button in buttons["elements"]] == ["c3", "c4"]
    assert single["elements"][0]["type"] == "button"


def test_what_no_button_can_carry_is_said() -> None:
    """A page whose address is too long for a button is told; a command too long for one is left out."""
    far = "https://example.com/" + "a" * 3100
    shown = slack_blocks(Choices((Choice("Read", OpenPage(far)), Choice("Ask", ask("names", text="x" * 3000)))))

    assert far in words(shown)
    assert "Ask" not in words(shown)


def test_a_table_is_one_where_slack_has_them() -> None:
    """A message holds one table; a second goes to the next; beyond Slack's columns it reads as lines."""
    table = Table(("A", "B"), ((plain("1"), (Link("2", "https://example.com"),)),))
    wide = Table(tuple(f"c{n}" for n in range(21)), (tuple(plain(f"v{n}") for n in range(21)),))
    two = payloads(Message("t", (table, table), "s"))

    assert [block["type"] for block in slack_blocks(table)] == ["table"]
    assert [block["type"] for block in slack_blocks(table, "view")] == ["rich_text"]
    assert len(two) == 2
    assert "v20" in words(slack_blocks(wide))
    assert wrong("message", {"text": "t", "blocks": slack_blocks(wide)}) == []


def test_small_print_stays_small_while_it_is_harmless() -> None:
    """Sources and times stand in small print with their links; words that would be formatting stand in rich text."""
    line = (Emphasis("Who: "), Plain("Ilse Tamm · 08:00"), Link("Wire & Co", "https://example.com/?a=1&b=2"))
    expected = "Who: Ilse Tamm · 08:00<https://example.com/?a=1&amp;b=2|Wire &amp; Co>"

    assert small_print(line, 2000) == expected
    for text in ("*b*", "_i_", "a:smile:", "~s~", "`c`", "> q", "x\n> q", "@everyone", "#c", "a|b"):
        assert small_print(plain(text), 2000) is None, text
        assert slack_blocks(Note(plain(text)))[0]["type"] == "rich_text"


@pytest.mark.parametrize(
    ("text", "url", "told"),
    [
        ("bank.example", "https://evil.example/x", " (evil.example)"),
        ("https://bank.example/login", "https://evil.example/x", " (evil.example)"),
        ("Read at WWW.BANK.EXAMPLE now", "https://evil.example", " (evil.example)"),
        ("bank.example", "https://bank.example/x", ""),
        ("bank.example", "https://www.bank.example/x", ""),
        ("The bank", "https://evil.example", ""),
        ("Wait...what", "https://evil.example", ""),
        ("bank.example", "http://[", ""),
    ],
)
def test_a_link_hides_nowhere(text: str, url: str, told: str) -> None:
    """Words that look like one address and open another say which."""
    assert where_to(text, url) == told


def test_mentions_do_not_grow_together() -> None:
    """Two harmless spans beside each other do not make a mention."""
    line = (Plain("<"), Plain("!channel> <"), Plain("@U012AB3CD>"))

    assert broadcasts(slack_blocks(Paragraph(line))) == []
    assert broadcasts(slack_blocks(Note(line))) == []


def test_escapes_are_made_once() -> None:
    """An ampersand is one ampersand to the reader: escaped in the fallback, left alone in rich text."""
    (payload,) = payloads(Message("t", (Paragraph(plain("A & B < C")), Heading("A & B", 1)), "A & B < C"))

    assert payload["text"] == "A &amp; B &lt; C"
    assert "A & B < C" in set(strings(payload["blocks"]))
    assert escaped("&lt;") == "&amp;lt;"


def test_an_instant_is_shown_in_each_readers_time() -> None:
    """A moment travels as a timestamp with our words as the fallback; the hour only where ours has it."""
    instant = datetime(2026, 5, 1, 6, 0, tzinfo=UTC)
    shown = slack_blocks(Paragraph((Moment(instant, "1 May 2026"), Moment(instant, "1 May, 08:00"))))
    first, second = (node for node in nodes(shown) if node.get("type") == "date")

    assert (first["timestamp"], first["fallback"]) == (1777615200, "1 May 2026")
    assert "{time}" not in first["format"]
    assert "{time}" in second["format"]


def test_a_list_goes_on_counting() -> None:
    """The second part of a numbered list starts where the first ended."""
    (block,) = slack_blocks(Bullets((plain("x"),), numbered=True, start=5))

    assert block["elements"][0]["style"] == "ordered"
    assert block["elements"][0]["offset"] == 4


def test_nothing_is_something() -> None:
    """A message without blocks is its summary; without any words it still says something."""
    assert payloads(Message("t", (), "s")) == ({"text": "s", "unfurl_links": False, "unfurl_media": False},)
    assert payloads(Message("", (), " "))[0]["text"]


TEXT = st.one_of(st.text(max_size=60), st.sampled_from(list(HOSTILE_TEXTS.values())))
URL = st.sampled_from(
    ["https://example.com", "http://example.com/?q=1&r=<2>", "https://münchen.example/ä|b", "http://["]
)
SPAN = st.one_of(
    st.builds(Plain, TEXT),
    st.builds(Emphasis, TEXT),
    st.builds(Link, TEXT, URL),
    st.builds(Moment, st.just(datetime(2026, 1, 1, tzinfo=UTC)), TEXT),
)
LINE = st.lists(SPAN, max_size=4).map(tuple)
CHOICE = st.builds(Choice, TEXT, st.one_of(st.builds(OpenPage, URL), TEXT.map(lambda t: ask("who", name=t))), TEXT)
CHOICES = st.builds(Choices, st.lists(CHOICE, max_size=30).map(tuple), st.booleans(), TEXT)
LEAF = st.one_of(
    st.builds(Paragraph, LINE),
    st.builds(Note, LINE),
    st.builds(Bullets, st.lists(LINE, max_size=4).map(tuple), st.booleans()),
    st.builds(Quotation, TEXT, TEXT, TEXT, TEXT, LINE),
    st.builds(Facts, st.lists(st.tuples(TEXT, LINE), max_size=3).map(tuple)),
    st.builds(
        Table,
        st.lists(TEXT, max_size=22).map(tuple),
        st.lists(st.lists(LINE, max_size=3).map(tuple), max_size=3).map(tuple),
    ),
)
CARD = st.builds(
    Card, SPAN, TEXT, st.none() | st.integers(0, 99), st.lists(LEAF, max_size=3).map(tuple), st.none() | CHOICES
)
BLOCK = st.one_of(LEAF, CARD, CHOICES, st.builds(Heading, TEXT, st.sampled_from([1, 2])))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(st.lists(BLOCK, max_size=6), TEXT)
def test_any_message_is_one_that_slack_takes(blocks: list[Any], summary: str) -> None:
    """Whatever services and feeds put together, it renders, is taken, and calls no one."""
    message = Message(summary, tuple(blocks), summary)
    shown: tuple[Payload, ...] = payloads(message)

    assert [problem for payload in shown for problem in wrong("message", payload)] == []
    assert wrong("view", home_view(message, modals.Memo())) == []
    assert broadcasts(list(shown)) == []
