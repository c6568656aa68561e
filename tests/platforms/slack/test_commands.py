"""Every way of asking, over the real socket, to an answer by the right way back."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.messages.actions import Ask, ask, encode
from bot.messages.model import Message
from bot.platforms.slack.platform import SlackPlatform
from bot.platforms.slack.render import payloads
from bot.services.catalogue import Answer
from tests.platforms.slack import requests
from tests.platforms.slack.checks import words
from tests.platforms.slack.conftest import FakeCommands, TickingClock
from tests.platforms.slack.requests import CHANNEL, DM, USER
from tests.platforms.slack.standin import BOT, TEAM, StandIn
from tests.samples import OVERLONG, links

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("platform")]


async def test_a_slash_command_is_answered_to_the_asker_alone(slack: StandIn, commands: FakeCommands) -> None:
    """A look-up comes back through the response address, ephemeral, with a button to share it."""
    url = slack.response_url()
    took, carried = await slack.send("slash_commands", requests.slash("who Delcy Rodriguez", response_url=url))
    await slack.until(lambda: slack.responded(url))

    (answer,) = slack.responded(url)

    assert carried is None
    assert took < 3
    assert answer["response_type"] == "ephemeral"
    assert "who: name=Delcy Rodriguez" in words(answer)
    assert "Share to channel" in words(answer)
    assert commands.asked[0].place.channel == CHANNEL
    assert commands.asked[0].place.workspace == TEAM
    assert (commands.asked[0].actor.id, commands.asked[0].actor.name) == (USER, "ada")


async def test_sharing_posts_for_everyone(slack: StandIn, commands: FakeCommands) -> None:
    """The share button says the same in the channel and leaves the asker's answer as it is."""
    url = slack.response_url()
    shared = encode(Ask("who", (("name", "Ilse Tamm"),), share=True))
    await slack.send("interactive", requests.press(shared, response_url=url))
    await slack.until(lambda: slack.responded(url))

    (answer,) = slack.responded(url)

    assert answer["response_type"] == "in_channel"
    assert answer["replace_original"] is False
    assert "Share to channel" not in words(answer)


@pytest.mark.parametrize(
    ("channel", "ephemeral", "metadata", "replaces"),
    [
        (CHANNEL, True, None, True),
        (CHANNEL, False, None, False),
        (DM, False, None, True),
        (DM, False, {"event_type": "lede_delivery", "event_payload": {"key": "s-1"}}, False),
    ],
)
async def test_a_page_is_turned_where_only_the_presser_reads(
    slack: StandIn, channel: str, ephemeral: bool, metadata: requests.Body | None, replaces: bool
) -> None:
    """Turning a page replaces the presser's own message, never a channel's message or a briefing."""
    url = slack.response_url()
    turn = encode(Ask("who", (("name", "a"), ("page", "2")), replace=True))
    body = requests.press(turn, url, channel=channel, ephemeral=ephemeral, metadata=metadata)
    await slack.send("interactive", body)
    await slack.until(lambda: slack.responded(url))

    assert slack.responded(url)[0]["replace_original"] is replaces


async def test_a_mention_is_answered_in_its_thread(slack: StandIn, commands: FakeCommands) -> None:
    """@Lede in a channel opens a thread under the question; in a thread it stays there."""
    await slack.send("events_api", requests.mention(f"<@{BOT}> who is Delcy Rodriguez?"))
    await slack.send("events_api", requests.mention(f"hey <@{BOT}> who Ilse Tamm", thread="1768000000.000001"))
    messages = slack.channels[CHANNEL].messages
    await slack.until(lambda: len(messages) == 2)

    threads = {message["thread_ts"] for message in messages}

    assert threads == {"1768000001.000100", "1768000000.000001"}
    assert [dict(request.options) for request in commands.asked] == [
        {"name": "Delcy Rodriguez"},
        {"name": "Ilse Tamm"},
    ]


async def test_a_direct_message_is_understood_in_plain_words(slack: StandIn, commands: FakeCommands) -> None:
    """A DM needs no command; its answer is a message of the conversation, not of a thread."""
    await slack.send("events_api", requests.direct("Who is Delcy Rodriguez?"))
    await slack.until(lambda: slack.channels[DM].messages)

    (answer,) = slack.channels[DM].messages

    assert "thread_ts" not in answer
    assert commands.asked[0].verb == "who"
    assert commands.asked[0].options == {"name": "Delcy Rodriguez"}


@pytest.mark.parametrize(
    "more",
    [{"bot_id": "B1"}, {"user": BOT}, {"subtype": "message_changed"}, {"subtype": "bot_message"}, {"user": None}],
)
async def test_bots_and_edits_are_not_answered(slack: StandIn, commands: FakeCommands, more: requests.Body) -> None:
    """Nothing but a person's new message is a question, or two bots would talk for ever."""
    await slack.send("events_api", requests.direct("help", **more))
    await slack.send("events_api", requests.direct("who is Ilse Tamm?"))
    await slack.until(lambda: slack.channels[DM].messages)

    assert [request.verb for request in commands.asked] == ["who"]


async def test_words_that_are_no_command_get_help(slack: StandIn, commands: FakeCommands) -> None:
    """A typing mistake is answered with what to do, to the asker alone."""
    url = slack.response_url()
    await slack.send("slash_commands", requests.slash("whoo Delcy", response_url=url))
    await slack.until(lambda: slack.responded(url))

    (answer,) = slack.responded(url)

    assert "Did you mean who?" in words(answer)
    assert answer["response_type"] == "ephemeral"
    assert not commands.asked


async def test_a_channel_arrives_as_its_id(slack: StandIn, commands: FakeCommands) -> None:
    """Slack's own form of a channel's name becomes the id that a subscription needs; links become addresses."""
    url = slack.response_url()
    typed = "briefing add 08:00 <#C0OTHER|general>"
    await slack.send("slash_commands", requests.slash(typed, response_url=url))
    await slack.send("slash_commands", requests.slash("feeds add <https://example.com/a?b=1&amp;c=2>"))
    await slack.until(lambda: len(commands.asked) == 2)

    assert commands.asked[0].options["channel"] == "C0OTHER"
    assert commands.asked[1].options["url"] == "https://example.com/a?b=1&c=2"


async def test_an_old_button_says_so(slack: StandIn) -> None:
    """A button that is not understood any more is answered, not ignored."""
    url = slack.response_url()
    await slack.send("interactive", requests.press("9:who:name=x", response_url=url))
    await slack.until(lambda: slack.responded(url))

    assert "another version" in words(slack.responded(url)[0])


async def test_a_menu_asks_like_a_button(slack: StandIn, commands: FakeCommands) -> None:
    """Choosing a candidate from a menu asks about it."""
    chosen = encode(ask("who", name="ilse-tamm"))
    await slack.send("interactive", requests.press(chosen, slack.response_url(), menu=True))
    await slack.until(lambda: commands.asked)

    assert commands.asked[0].options == {"name": "ilse-tamm"}


async def test_an_unexpected_failure_is_told_by_its_number(
    slack: StandIn, commands: FakeCommands, platform: SlackPlatform
) -> None:
    """What nobody foresaw is logged under an incident that the asker can report; the next question is answered."""

    async def broken() -> None:
        commands.before = None
        raise RuntimeError("secret detail")

    commands.before = broken
    url, second = slack.response_url(), slack.response_url()
    await slack.send("slash_commands", requests.slash("who a", response_url=url))
    await slack.until(lambda: slack.responded(url))
    await slack.send("slash_commands", requests.slash("who b", response_url=second))
    await slack.until(lambda: slack.responded(second))

    assert "incident" in words(slack.responded(url)[0])
    assert "secret detail" not in words(slack.responded(url)[0])
    assert "name=b" in words(slack.responded(second)[0])


async def test_an_answer_of_many_messages_is_given_to_its_end(slack: StandIn, commands: FakeCommands) -> None:
    """The response address takes five; what does not fit in there is whispered, nothing is lost."""
    long = Message("Long", OVERLONG.blocks[:7], "Long")
    commands.says = lambda _: Answer(long)
    url = slack.response_url()
    await slack.send("slash_commands", requests.slash("who a", response_url=url))
    pages = len(payloads(long))
    await slack.until(lambda: len(slack.responded(url)) + len(slack.whispers) == pages, 20)

    assert pages > 5
    assert len(slack.responded(url)) == 5
    shown = words(slack.responded(url)) + words(slack.whispers)
    assert all(link in shown for link in links(long))


async def test_where_whispering_is_impossible_the_rest_is_pointed_to(slack: StandIn, commands: FakeCommands) -> None:
    """In a channel that the bot is not in, the last use of the response address says where to read on."""
    slack.channels[CHANNEL].member = False
    commands.says = lambda _: Answer(Message("Long", OVERLONG.blocks[:7], "Long"))
    url = slack.response_url()
    await slack.send("slash_commands", requests.slash("who a", response_url=url))
    await slack.until(lambda: len(slack.responded(url)) == 5)

    assert "direct message" in words(slack.responded(url)[-1])
    assert not slack.whispers


async def test_an_old_address_is_not_used(slack: StandIn, commands: FakeCommands, clock: TickingClock) -> None:
    """An answer that took longer than the address lives is whispered at once."""

    async def slow() -> None:
        clock.ahead += timedelta(minutes=31)

    commands.before = slow
    url = slack.response_url()
    await slack.send("slash_commands", requests.slash("who a", response_url=url))
    await slack.until(lambda: slack.whispers)

    assert not slack.responded(url)
