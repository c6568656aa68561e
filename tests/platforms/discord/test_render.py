"""Rendering: within Discord's limits, nothing lost, every button working, nobody pinged."""

from __future__ import annotations

import json
import re
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.messages.actions import Ask, OpenPage, ask, decode, encode
from bot.messages.model import (
    Bullets,
    Card,
    Choice,
    Choices,
    Facts,
    Heading,
    Link,
    Message,
    Note,
    Paragraph,
    Plain,
    Quotation,
    Table,
    Tone,
    plain,
)
from bot.platforms.discord.components import walk
from bot.platforms.discord.escape import clean, safe_url
from bot.platforms.discord.render import NOTES, Payload, render, with_options
from tests.platforms.discord.checks import CREATE_MESSAGE, WITHOUT_SCHEMA, message_problems, problems, schema
from tests.platforms.discord.test_escape import read
from tests.samples import DAM, FULL, HOSTILE_TEXTS, SAMPLES, THIN, choices, links, quotations


def sent(payload: Payload) -> dict[str, object]:
    """The payload as it goes to Discord."""
    return {name: value for name, value in payload.items() if name != NOTES}


def texts(payloads: tuple[Payload, ...]) -> str:
    """All that the payloads show, one text display a line."""
    return "\n".join(c["content"] for p in payloads for c in walk(p["components"]) if c["type"] == 10)


def codes(payloads: tuple[Payload, ...]) -> set[str]:
    """Every code of a button or of an option of a menu."""
    every = [c for p in payloads for c in walk(p["components"])]
    values = {option["value"] for c in every for option in c.get("options", ())}
    return values | {c["custom_id"] for c in every if "custom_id" in c}


@pytest.mark.parametrize("name", SAMPLES)
def test_every_payload_is_within_discords_limits(name: str) -> None:
    """The project's own limits, for every sample."""
    for payload in render(SAMPLES[name]):
        assert message_problems(sent(payload)) == []


@pytest.mark.parametrize("name", SAMPLES)
def test_every_payload_passes_discords_schema(name: str) -> None:
    """Discord's own description of its interface accepts every payload."""
    if schema() is None:
        pytest.skip(WITHOUT_SCHEMA)
    for payload in render(SAMPLES[name]):
        assert problems(CREATE_MESSAGE, sent(payload)) == []


@pytest.mark.parametrize("name", SAMPLES)
def test_no_address_is_lost(name: str) -> None:
    """Every address of the message is a masked link or a button on one of its payloads."""
    payloads = render(SAMPLES[name])

    buttons = {c["url"] for p in payloads for c in walk(p["components"]) if "url" in c}
    shown = set(re.findall(r"\]\((https?://[^\s()]+)\)", texts(payloads))) | buttons
    assert {safe_url(url) for url in links(SAMPLES[name])} <= shown


@pytest.mark.parametrize("name", SAMPLES)
def test_every_choice_is_a_button_or_spelled_out(name: str) -> None:
    """What does not fit into a custom id can still be typed."""
    payloads = render(SAMPLES[name])
    found, words = codes(payloads), texts(payloads)

    for choice in choices(SAMPLES[name]):
        if isinstance(choice.action, Ask) and encode(choice.action) not in found:
            assert len(encode(choice.action)) > 100
            assert f"/{choice.action.verb}" in words


@pytest.mark.parametrize("name", SAMPLES)
def test_a_quotation_is_whole_or_absent(name: str) -> None:
    """Word for word, or not at all."""
    seen, _ = read(texts(render(SAMPLES[name])).replace("\n> ", "\n"))

    for quote in re.findall(r"(?m)^> “(.*)”$", seen):
        assert any(quote in clean(words).replace("\u200b", "") for words in quotations(SAMPLES[name]))


@pytest.mark.parametrize("name", ["thin", "full"])
def test_what_people_see_is_what_was_agreed(name: str, golden: Callable[[str, str], None]) -> None:
    """The look of a message changes only on purpose."""
    payloads = json.dumps(render(SAMPLES[name]), indent=1, ensure_ascii=False)

    golden(f"discord/{name}.json", payloads + "\n")


@pytest.mark.parametrize("tone", ["news", "answer", "choice", "problem", "notice"])
def test_each_tone_has_its_accent(tone: Tone) -> None:
    """Tones can be told apart at a glance."""
    accents = {
        render(Message("t", THIN.blocks, "s", each))[0]["components"][0]["accent_color"]
        for each in (tone, "news" if tone != "news" else "answer")
    }

    assert len(accents) == 2


def test_a_message_without_anything_to_show_says_its_summary() -> None:
    """Discord refuses an empty message, and so does a reader."""
    assert "Nothing *at* all".replace("*", r"\*") in texts(render(Message("", (), "Nothing *at* all")))
    assert texts(render(Message("", (Paragraph(()),), " "))) == "…"


def test_marks_give_up_their_links_before_a_message_is_split() -> None:
    """Five stories whose footnotes repeat long addresses are one message; each address is still linked by name."""
    url = "https://example.com/" + "a-long-path/" * 12
    cards = tuple(
        Card(
            Link(f"Story {n}", f"{url}{n}"),
            number=n,
            body=(Bullets(tuple((Plain(f"Point {i} "), Link("¹", f"{url}{n}")) for i in range(4))),),
        )
        for n in range(5)
    )

    (payload,) = render(Message("t", cards, "s"))

    assert texts((payload,)).count(url) == 5
    assert texts((payload,)).count("¹") == 20


# --- buttons ----------------------------------------------------------------------------------------------------------


def test_a_button_carries_its_whole_action() -> None:
    """Pressed weeks later, after any restart, the custom id alone says what to do."""
    for choice in choices(FULL):
        if isinstance(choice.action, Ask):
            assert choice.action in {decode(code) for code in codes(render(FULL))}


def test_two_buttons_of_one_action_have_different_ids() -> None:
    """Discord refuses a message in which a custom id is twice."""
    twice = tuple(
        Card(Plain(f"{n}"), choices=Choices((Choice("Follow", ask("follow", name="x")), Choice("A", ask("status")))))
        for n in range(3)
    )

    (payload,) = render(Message("t", twice, "s"))

    assert message_problems(sent(payload)) == []
    asked = [decode(code) for code in codes((payload,))]
    assert [a.verb for a in asked if a].count("follow") == 3


def test_alike_buttons_are_told_apart() -> None:
    """Two people of one name have their hints on the buttons."""
    row = Choices((Choice("Tamm", ask("who", name="a"), "minister"), Choice("Tamm", ask("who", name="b"), "captain")))

    (payload,) = render(Message("t", (row,), "s"))

    assert [c["label"] for c in walk(payload["components"]) if c["type"] == 2] == ["Tamm — minister", "Tamm — captain"]


def test_more_than_a_row_of_buttons_goes_on_in_the_next() -> None:
    """Five a row."""
    row = Choices(tuple(Choice(f"{n}", ask("story", story=f"{n}")) for n in range(12)))

    (payload,) = render(Message("t", (row,), "s"))

    assert [len(c["components"]) for c in walk(payload["components"]) if c["type"] == 1] == [5, 5, 2]


def test_a_few_to_pick_from_are_buttons() -> None:
    """Two people of one name are seen at once, each with what tells them apart."""
    pair = tuple(Choice(name, ask("who", name=name), "captain") for name in ("Ilse", "Jonas"))

    (payload,) = render(Message("t", (Choices(pair, pick=True, prompt="Which?"),), "s"))

    every = list(walk(payload["components"]))
    assert [c["label"] for c in every if c["type"] == 2] == ["Ilse — captain", "Jonas — captain"]
    assert [c["content"] for c in every if c["type"] == 10] == ["Which?"]


def test_more_than_a_menu_of_candidates_goes_on_in_the_next() -> None:
    """Twenty-five a menu, each once."""
    pick = Choices(tuple(Choice(f"{n}", ask("who", name=f"{n % 30}")) for n in range(60)), pick=True, prompt="Who?")

    (payload,) = render(Message("t", (pick,), "s"))

    menus = [c for c in walk(payload["components"]) if c["type"] == 3]
    assert [len(menu["options"]) for menu in menus] == [25, 5]
    assert message_problems(sent(payload)) == []


def test_a_single_button_stands_beside_its_text() -> None:
    """A section saves a row."""
    card = Card(Plain("Title"), choices=Choices((Choice("Read", OpenPage(DAM)),)))

    (payload,) = render(Message("t", (card,), "s"))

    (section,) = payload["components"][0]["components"]
    assert (section["type"], section["accessory"]["url"]) == (9, DAM)


def test_an_address_too_long_for_a_button_is_a_link() -> None:
    """Discord takes 512 characters on a button; the page can be opened all the same."""
    url = f"{DAM}?{'x' * 600}"
    row = Choices((Choice("Read", OpenPage(url)), Choice("More", ask("story", story="1"))))

    payloads = render(Message("t", (row,), "s"))

    assert f"[Read]({url})" in texts(payloads)


# --- looks ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("block", "shown"),
    [
        (Heading("Title", 1), "## Title"),
        (Heading("a\n# b"), "### a # b"),
        (Note(plain("one\ntwo")), "-# one\n-# two"),
        (Bullets((plain("a"), plain("b")), numbered=True, start=4), "4. a\n5. b"),
        (
            Quotation("So be it.", "Ilse Tamm", said="9 Jan 2026", sources=(Link("Wire", DAM),)),
            f"> “So be it.”\n> — **Ilse Tamm**, 9 Jan 2026 · [Wire]({DAM})",
        ),
        (Quotation("One.\nTwo.", "X"), "> “One.\n> Two.”\n> — **X**"),
        (Facts((("Fare", plain("12 crowns")),)), "**Fare** — 12 crowns"),
        (Table(("Figure", "Value"), ((plain("Cost"), plain("1.4 bn")),)), "- **Cost** · Value: 1.4 bn"),
        (Card(Link("Title", DAM), "new", 3), f"### 3 · [Title]({DAM}) · *new*"),
    ],
)
def test_each_block_has_its_look(block: Heading, shown: str) -> None:
    """Discord's own markdown for each kind of block."""
    assert texts(render(Message("t", (block,), "s"))) == shown


@pytest.mark.parametrize("name", HOSTILE_TEXTS)
def test_a_title_is_fit_to_name_a_thread(name: str) -> None:
    """A forum post or thread has a name of 1 to 100 characters on one line."""
    title = render(Message(HOSTILE_TEXTS[name], THIN.blocks, "s"))[0][NOTES]["title"]

    assert 1 <= len(title) <= 100
    assert "\n" not in title


def test_options_of_a_subscription_travel_with_the_payload() -> None:
    """Publishing and tags are Discord's own options; others are none of its business."""
    (payload,) = render(THIN)

    assert with_options(payload, {"publish": True, "colour": "red"})[NOTES] == {"title": "Nothing new", "publish": True}
    assert with_options(payload, {}) == payload


_WORDS = st.one_of(st.sampled_from([*HOSTILE_TEXTS.values()]), st.text(max_size=200))
_ASKS = st.builds(lambda name, value: Choice(value, ask("who", name=name), value), _WORDS, _WORDS)
_PAGES = st.builds(lambda label: Choice(label, OpenPage(DAM)), _WORDS)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    words=_WORDS,
    buttons=st.lists(st.one_of(_ASKS, _PAGES), max_size=30).map(tuple),
    pick=st.booleans(),
    number=st.integers(1, 12),
)
def test_any_message_is_within_the_limits(words: str, buttons: tuple[Choice, ...], pick: bool, number: int) -> None:
    """Whatever words and however many buttons: Discord takes it."""
    row = Choices(buttons, pick, words)
    cards = tuple(Card(Link(words, DAM), words, n, (Paragraph(plain(words)),), row) for n in range(number))

    for payload in render(Message(words, (Heading(words), *cards, row), words)):
        assert message_problems(sent(payload)) == []
