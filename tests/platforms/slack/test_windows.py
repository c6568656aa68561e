"""Windows, menus that fill as one types, shortcuts, and the Home tab."""

from __future__ import annotations

import pytest

from bot.messages.actions import Ask, ask, encode
from bot.messages.model import Choice, Choices, Message, Paragraph, plain
from bot.platforms.slack.inbound import SHORTCUT_NAMES, SHORTCUT_SEARCH
from bot.services.catalogue import Answer, Request, Suggestion
from tests.platforms.slack import requests
from tests.platforms.slack.checks import words, wrong
from tests.platforms.slack.conftest import FakeCommands, Starting
from tests.platforms.slack.requests import CHANNEL, DM, USER
from tests.platforms.slack.standin import StandIn

pytestmark = pytest.mark.anyio


@pytest.mark.usefixtures("platform")
@pytest.mark.parametrize("typed", ["who", " WHO "])
async def test_a_name_is_chosen_in_a_window_as_one_types(slack: StandIn, commands: FakeCommands, typed: str) -> None:
    """/lede who without a name opens a window; its menu asks the index; what is chosen is answered in the window."""
    commands.offers = [Suggestion("Delcy Rodríguez", "delcy-rodriguez", "person"), Suggestion("x", "y" * 151)]
    await slack.send("slash_commands", requests.slash(typed, trigger=slack.trigger()))
    await slack.until(lambda: slack.views)
    (id_, view), *_ = slack.views.items()

    _, offered = await slack.send("interactive", requests.typing("Del", view, id_))
    chosen = requests.submission("delcy-rodriguez", view, id_)
    took, waiting = await slack.send("interactive", chosen)
    await slack.until(lambda: "delcy-rodriguez" in words(slack.views[id_]))

    assert not wrong("options", offered)
    assert [option["value"] for option in offered["options"]] == ["delcy-rodriguez", "Del"]
    assert commands.typed[0][1:] == ("name", "Del")
    assert took < 3
    assert waiting["response_action"] == "update"
    assert not wrong("view", waiting["view"])
    assert "Share to channel" in words(slack.views[id_])
    assert commands.asked[0].place.channel == CHANNEL


@pytest.mark.usefixtures("platform")
async def test_a_window_shares_where_it_was_opened(slack: StandIn, commands: FakeCommands) -> None:
    """The share button of a window posts in the channel it was opened from, and the window says so."""
    await slack.send("slash_commands", requests.slash("who", trigger=slack.trigger()))
    await slack.until(lambda: slack.views)
    (id_, view), *_ = slack.views.items()
    share = encode(Ask("who", (("name", "ilse-tamm"),), share=True))
    await slack.send("interactive", requests.press_in_view(share, view, id_))
    await slack.until(lambda: "Shared in the channel" in words(slack.views[id_]))

    assert "ilse-tamm" in words(slack.channels[CHANNEL].messages)


@pytest.mark.usefixtures("platform")
async def test_nothing_chosen_is_said_in_the_window(slack: StandIn, commands: FakeCommands) -> None:
    """A window sent off empty keeps its form and says what is missing."""
    await slack.send("slash_commands", requests.slash("timeline", trigger=slack.trigger()))
    await slack.until(lambda: slack.views)
    (id_, view), *_ = slack.views.items()
    _, carried = await slack.send("interactive", requests.submission("", view, id_, block="about"))

    assert carried == {"response_action": "errors", "errors": {"about": "Choose one from the list."}}
    assert not commands.asked


@pytest.mark.usefixtures("platform")
async def test_the_global_shortcut_opens_the_search(slack: StandIn) -> None:
    """The shortcut opens the same window as /lede who."""
    await slack.send("interactive", requests.shortcut(SHORTCUT_SEARCH, slack.trigger()))
    await slack.until(lambda: slack.views)

    assert "external_select" in words(next(iter(slack.views.values())))


@pytest.mark.usefixtures("platform")
async def test_a_message_tells_who_is_in_it(slack: StandIn, commands: FakeCommands) -> None:
    """The message shortcut asks about the words as they read, mentions and links undone, and answers in a window."""
    text = "<@U1> saw &lt;Tamm&gt; at <https://example.com|the dam> <!channel>"
    attached = [{"title": "Ilse Tamm resigns", "text": "of Velmora"}]
    body = requests.shortcut(SHORTCUT_NAMES, slack.trigger(), {"text": text, "attachments": attached})
    await slack.send("interactive", body)
    await slack.until(lambda: slack.views and "names" in words(slack.views))

    assert commands.asked[0].options["text"].split() == "saw <Tamm> at the dam Ilse Tamm resigns of Velmora".split()


@pytest.mark.usefixtures("platform")
async def test_a_picture_names_no_one(slack: StandIn, commands: FakeCommands) -> None:
    """A message without words is answered with what to do."""
    url = slack.response_url()
    body = requests.shortcut(SHORTCUT_NAMES, slack.trigger(), {"text": "", "files": [{}]}, url)
    await slack.send("interactive", body)
    await slack.until(lambda: slack.views)

    assert "no text" in words(slack.views)
    assert not commands.asked


def at_home(request: Request) -> Answer:
    """A Home tab with two buttons, and notices for what they do."""
    if request.verb == "home":
        pause = Ask("briefing pause", (("id", "b-1"),), replace=True)
        buttons = (Choice("Pause", pause), Choice("More", ask("story", story="1")))
        blocks = (Paragraph(plain("Today: one story")), Choices(buttons))
        return Answer(Message("Home", blocks, "Today"))
    return Answer(Message("Done", (Paragraph(plain(f"did {request.verb}")),), "Done"))


@pytest.mark.usefixtures("platform")
async def test_the_home_tab_shows_today_and_changes(slack: StandIn, commands: FakeCommands) -> None:
    """Opening Home publishes it; a button that replaces refreshes it; one that asks opens a window."""
    commands.says = at_home
    slack.users[USER] |= {"is_admin": True, "locale": "de-DE"}
    await slack.send("events_api", requests.home_opened())
    await slack.until(lambda: slack.homes)
    home = slack.homes.pop(USER)
    pause = encode(Ask("briefing pause", (("id", "b-1"),), replace=True))
    await slack.send("interactive", requests.press_in_view(pause, home, "VH1"))
    await slack.until(lambda: slack.homes)
    more = encode(ask("story", story="1"))
    await slack.send("interactive", requests.press_in_view(more, home, "VH1", slack.trigger()))
    await slack.until(lambda: "did story" in words(slack.views))

    assert "Today: one story" in words(home)
    assert [request.verb for request in commands.asked] == ["home", "briefing pause", "home", "story"]
    assert (commands.asked[0].place.channel, commands.asked[0].locale) == (DM, "de-DE")
    assert commands.asked[1].actor.is_admin
    assert commands.asked[1].actor.may_change


@pytest.mark.usefixtures("platform")
async def test_home_looks_names_up(slack: StandIn, commands: FakeCommands) -> None:
    """The button on top of Home opens the window that completes names."""
    commands.says = at_home
    await slack.send("events_api", requests.home_opened("messages"))
    await slack.send("events_api", requests.home_opened())
    await slack.until(lambda: slack.homes)
    await slack.send(
        "interactive", requests.press_in_view(encode(ask("who")), slack.homes[USER], "VH1", slack.trigger())
    )
    await slack.until(lambda: slack.views)

    assert len(slack.calls_of("views.publish")) == 1
    assert "external_select" in words(slack.views)


@pytest.mark.usefixtures("platform")
@pytest.mark.parametrize(
    ("told", "may_change", "is_admin"),
    [
        ({}, True, False),
        ({"is_restricted": True, "is_admin": True}, False, False),
        ({"is_ultra_restricted": True}, False, False),
        ({"is_stranger": True}, False, False),
        ({"team_id": "T0OTHER"}, False, False),
        ({"is_owner": True}, True, True),
    ],
)
async def test_members_may_change_and_guests_may_ask(
    slack: StandIn, commands: FakeCommands, told: requests.Body, may_change: bool, is_admin: bool
) -> None:
    """Slack says who is a member, a guest, a stranger or an admin; it is asked once in ten minutes."""
    slack.users[USER] |= told
    for _ in range(3):
        await slack.send("slash_commands", requests.slash("briefing add 08:00", response_url=slack.response_url()))
    await slack.until(lambda: len(commands.asked) == 3)

    assert [(r.actor.may_change, r.actor.is_admin) for r in commands.asked] == [(may_change, is_admin)] * 3
    assert len(slack.calls_of("users.info")) <= 3


@pytest.mark.usefixtures("platform")
async def test_not_knowing_means_not_allowing(slack: StandIn, commands: FakeCommands) -> None:
    """Where Slack does not say who someone is, they may ask but not change."""
    slack.scopes.discard("users:read")
    await slack.send("slash_commands", requests.slash("briefing add 08:00"))
    await slack.until(lambda: commands.asked)

    assert not commands.asked[0].actor.may_change


async def test_direct_commands_stand_for_their_verbs(
    slack: StandIn, commands: FakeCommands, starting: Starting
) -> None:
    """/whois Ilse is /lede who Ilse where the settings say so, and /briefing takes the words of its group."""
    async with starting(direct_commands=["whois=who", "briefing"]):
        await slack.send("slash_commands", requests.slash("Ilse Tamm", "/whois"))
        await slack.send("slash_commands", requests.slash("list", "/briefing"))
        await slack.send("slash_commands", requests.slash("", "/whois", trigger=slack.trigger()))
        await slack.until(lambda: len(commands.asked) == 2 and slack.views)

    assert [request.verb for request in commands.asked] == ["who", "briefing list"]


@pytest.mark.usefixtures("platform")
async def test_silence_is_kept_by_method(slack: StandIn, commands: FakeCommands) -> None:
    """Asked to wait with one method, the bot does not call it again meanwhile, and goes on with the others."""
    slack.fault("users.info", "ratelimited", headers={"Retry-After": "60"})
    for _ in range(3):
        await slack.send("slash_commands", requests.slash("briefing list", response_url=slack.response_url()))
    await slack.until(lambda: len(commands.asked) == 3)

    assert len(slack.calls_of("users.info")) == 1
