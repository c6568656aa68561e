"""Commands, completions and buttons over the gateway: answered in time, to whom they are for."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest

from bot.messages.actions import Ask, ask, encode
from bot.messages.model import Message, Paragraph, plain
from bot.platforms.discord import limits
from bot.platforms.discord.answering import choices_of
from bot.platforms.discord.components import walk
from bot.services.catalogue import Answer, Request, Suggestion
from tests.fakes import PEOPLE, FakeClock
from tests.platforms.discord.conftest import Bot
from tests.platforms.discord.exchange import Fault
from tests.platforms.discord.standin import StandIn
from tests.platforms.discord.world import ALICE, DM, GUILD, TEXT, Json, text_of
from tests.samples import THIN

pytestmark = pytest.mark.anyio

DELCY = encode(ask("who", name="delcy-rodriguez"))


def ephemeral(body: Json) -> bool:
    """Whether only the asker sees it."""
    return bool(body.get("flags", 0) & limits.EPHEMERAL)


def posted(standin: StandIn, channel: str = TEXT) -> Json:
    """A message that the bot posted earlier, with a button for each test to press."""
    row = {"type": 1, "components": [{"type": 2, "style": 2, "label": "Who", "custom_id": DELCY}]}
    return standin.world.post(channel, {"flags": 1 << 15, "components": [row]})


class Slow:
    """Takes its time over every answer."""

    def __init__(self, bot: Bot, seconds: float, private: bool = True) -> None:
        self.seconds, self.private = seconds, private
        bot.platform._answering._commands = self

    async def answer(self, request: Request) -> Answer:
        """The answer, after a while."""
        await asyncio.sleep(self.seconds)
        return Answer(Message("t", (Paragraph(plain(f"slow {request.verb}")),), "s"), self.private)

    async def suggest(self, request: Request, option: str, text: str) -> Sequence[Suggestion]:
        """Too late for the typist."""
        await asyncio.sleep(self.seconds)
        return [Suggestion("late", "late")]


# --- commands ---------------------------------------------------------------------------------------------------------


async def test_a_look_up_is_answered_to_the_asker_alone(bot: Bot, standin: StandIn) -> None:
    """With a button that shows it to everyone."""
    asking = await standin.slash("who", name="delcy")

    shown = await asking.answer("show")
    assert ephemeral(shown)
    assert "Delcy Rodríguez" in text_of(shown)
    assert '"label": "Share to channel"' in _json(shown)
    (request,) = bot.commands.requests
    assert (request.verb, request.options, request.locale) == ("who", {"name": "delcy"}, "en-US")
    assert (request.place.workspace, request.place.channel) == (GUILD, TEXT)
    assert (request.actor.id, request.actor.may_change, request.actor.is_admin) == (ALICE, True, False)


async def test_a_look_up_is_public_when_asked(bot: Bot, standin: StandIn) -> None:
    """The share option shows it to everyone at once, and is no option of the command's own."""
    shown = await (await standin.slash("who", name="delcy", share=True)).answer("show")

    assert not ephemeral(shown)
    assert "Share to channel" not in _json(shown)
    assert bot.commands.requests[0].options == {"name": "delcy"}


async def test_a_subcommand_arrives_as_its_verb(bot: Bot, standin: StandIn) -> None:
    """Groups, numbers and switches are words to the service."""
    await (await standin.slash("briefing", "add", at="08:00", max=5, details=True)).answer("show")

    (request,) = bot.commands.requests
    assert request.verb == "briefing add"
    assert request.options == {"at": "08:00", "max": "5", "details": "yes"}


async def test_a_slow_answer_is_announced_in_time(bot: Bot, standin: StandIn) -> None:
    """Deferred before Discord gives up, then put where it was announced."""
    Slow(bot, 0.4)

    asking = await standin.slash("who", name="x")

    assert ephemeral(await asking.answer("defer"))
    assert text_of(await asking.answer("replace")) == "slow who"
    assert asking.took < 3


async def test_a_slow_public_answer_is_announced_publicly(bot: Bot, standin: StandIn) -> None:
    """Discord lets no announcement change from private to public."""
    Slow(bot, 0.4)

    asking = await standin.slash("who", name="x", share=True)

    assert not ephemeral(await asking.answer("defer"))
    await asking.answer("replace")


async def test_a_long_answer_goes_on_in_follow_ups(bot: Bot, standin: StandIn) -> None:
    """For the same eyes as its beginning."""
    bot.platform._answering._commands = _Says(Message("t", (Paragraph(plain("word " * 3500)),), "s"))

    asking = await standin.slash("brief")
    await asking.answer("show")
    await standin.until(lambda: len(asking.answers) >= 5)

    assert all(ephemeral(body) for kind, body in asking.answers)
    assert {kind for kind, _ in asking.answers[1:]} == {"more"}


async def test_an_unexpected_error_shows_its_incident(bot: Bot, standin: StandIn) -> None:
    """An id for whoever runs the bot; nothing of the inside, to the asker alone."""
    bot.commands.broken = True
    bot.platform._answering._incident = lambda: "c0ffee"

    shown = await (await standin.slash("who", name="x", share=False)).answer("show")

    assert "c0ffee" in text_of(shown)
    assert "secret" not in text_of(shown)
    assert ephemeral(shown)


async def test_a_repeated_interaction_is_answered_once(bot: Bot, standin: StandIn) -> None:
    """A resume may bring an event again."""
    asking = await standin.slash("who", name="delcy")
    await standin.gateway.repeat()
    await asking.answer("show")
    await (await standin.slash("who", name="ilse")).answer("show")

    assert [request.options["name"] for request in bot.commands.requests] == ["delcy", "ilse"]


async def test_in_direct_messages_people_arrange_only_their_own_briefings(bot: Bot, standin: StandIn) -> None:
    """Feeds and identities are not theirs to change there."""
    await (await standin.slash("briefing", "add", channel=DM, at="08:00")).answer("show")
    await (await standin.slash("feeds", "add", channel=DM, url="https://example.com")).answer("show")

    briefing, feed = bot.commands.requests
    assert (briefing.place.workspace, briefing.place.channel) == ("", DM)
    assert (briefing.actor.may_change, feed.actor.may_change) == (True, False)


async def test_a_message_can_be_asked_who_is_in_it(bot: Bot, standin: StandIn) -> None:
    """Its text comes with the question: no permission to read others' messages is needed."""
    message = standin.world.post(TEXT, {"content": "Delcy Rodríguez met Donald Trump"}, author=ALICE)

    await (await standin.ask_about(message)).answer("show")

    (request,) = bot.commands.requests
    assert (request.verb, request.options) == ("names", {"text": "Delcy Rodríguez met Donald Trump"})


# --- tokens that end --------------------------------------------------------------------------------------------------


async def test_a_public_answer_after_the_tokens_end_is_posted_in_the_channel(bot: Bot, standin: StandIn) -> None:
    """Fifteen minutes are over: everyone was to see it, so everyone sees it."""
    Slow(bot, 0.4)
    asking = await standin.slash("who", name="x", share=True)
    await asking.answer("defer")
    asking.token_ended = True

    await standin.until(lambda: bool(standin.world.messages[TEXT]))

    assert standin.world.shown(TEXT) == ["slow who"]


async def test_an_answer_that_took_too_long_does_not_try_its_token(bot: Bot, standin: StandIn) -> None:
    """After a quarter of an hour the public answer goes to the channel straight away."""
    clock = FakeClock(datetime(2026, 1, 13, 8, tzinfo=UTC))
    bot.platform._answering._clock = clock
    Slow(bot, 0.4)
    asking = await standin.slash("who", name="x", share=True)
    await asking.answer("defer")
    clock.move(timedelta(minutes=15))

    await standin.until(lambda: bool(standin.world.messages[TEXT]))

    assert [kind for kind, _ in asking.answers] == ["defer"]


async def test_a_private_answer_after_the_tokens_end_is_never_posted(bot: Bot, standin: StandIn) -> None:
    """It was for one person; the log says that it was lost."""
    Slow(bot, 0.4)
    asking = await standin.slash("who", name="x")
    await asking.answer("defer")
    asking.token_ended = True
    await standin.until(lambda: any(c.status == 401 for c in standin.calls))

    assert standin.world.shown(TEXT) == []


async def test_a_lost_acknowledgement_ends_nothing(bot: Bot, standin: StandIn) -> None:
    """What the question was to do is done; the next question is answered."""
    standin.faults.append(Fault("/callback", "404"))

    await standin.slash("briefing", "pause", id="b-1")
    await (await standin.slash("who", name="delcy")).answer("show")

    assert [request.verb for request in bot.commands.requests] == ["briefing pause", "who"]


# --- buttons ----------------------------------------------------------------------------------------------------------


async def test_a_button_of_an_old_message_works(bot: Bot, standin: StandIn) -> None:
    """All it needs is in its custom id; the answer is for who pressed."""
    shown = await (await standin.press(posted(standin), DELCY)).answer("show")

    assert ephemeral(shown)
    assert bot.commands.requests[0].options == {"name": "delcy-rodriguez"}


async def test_a_pick_from_a_menu_asks_what_it_says(bot: Bot, standin: StandIn) -> None:
    """The action is in the option's value."""
    await (await standin.press(posted(standin), "pick:0", pick=encode(ask("who", name="ilse-tamm")))).answer("show")

    assert bot.commands.requests[0].options == {"name": "ilse-tamm"}


async def test_turning_a_page_of_ones_own_answer_replaces_it(bot: Bot, standin: StandIn) -> None:
    """In place, at once or when it is composed."""
    own = posted(standin) | {"flags": limits.EPHEMERAL}
    turn = encode(Ask("who", (("name", "ilse-tamm"), ("page", "2")), replace=True))

    await (await standin.press(own, turn)).answer("update")
    Slow(bot, 0.4)
    asking = await standin.press(own, turn)

    await asking.answer("defer_update")
    assert text_of(await asking.answer("replace")) == "slow who"


async def test_turning_a_page_that_others_read_answers_apart(bot: Bot, standin: StandIn) -> None:
    """A briefing in a channel does not change under its readers' eyes."""
    turn = encode(Ask("who", (("name", "ilse-tamm"),), replace=True))

    shown = await (await standin.press(posted(standin), turn)).answer("show")

    assert ephemeral(shown)


async def test_sharing_shows_the_answer_to_everyone(bot: Bot, standin: StandIn) -> None:
    """The button of the private answer posts it in the channel, without a further share button."""
    private = await (await standin.slash("who", name="delcy")).answer("show")
    share = next(code for code in _codes(private) if code.startswith("1s:"))

    shown = await (await standin.press(posted(standin), share)).answer("show")

    assert not ephemeral(shown)
    assert "Share to channel" not in _json(shown)


async def test_buttons_told_apart_ask_the_same(bot: Bot, standin: StandIn) -> None:
    """What keeps two custom ids apart is no option."""
    await (await standin.press(posted(standin), DELCY + "&_=2")).answer("show")

    assert bot.commands.requests[0].options == {"name": "delcy-rodriguez"}


@pytest.mark.parametrize("code", ["9:who:name=x", "nonsense", "1:nosuch:", "pick:0"])
async def test_a_button_of_an_unknown_version_says_so(bot: Bot, standin: StandIn, code: str) -> None:
    """And how to ask anew."""
    shown = await (await standin.press(posted(standin), code)).answer("show")

    assert "/help" in text_of(shown)
    assert ephemeral(shown)
    assert bot.commands.requests == []


# --- completion -------------------------------------------------------------------------------------------------------


async def test_names_are_completed_as_one_types(bot: Bot, standin: StandIn) -> None:
    """Label and hint are shown, the id is what is asked."""
    suggested = await (await standin.type_("who", typed=("name", "rodr"))).answer("suggest")

    assert suggested == {
        "choices": [
            {"name": f"{PEOPLE[id_][0]} — {PEOPLE[id_][1]}", "value": id_}
            for id_ in ("delcy-rodriguez", "jorge-rodriguez")
        ]
    }


async def test_completion_that_fails_or_is_late_is_empty(bot: Bot, standin: StandIn) -> None:
    """The typist goes on typing."""
    slow = Slow(bot, 1.0)
    assert await (await standin.type_("who", typed=("name", "r"))).answer("suggest") == {"choices": []}

    slow.suggest = _fails  # type: ignore[method-assign]
    assert await (await standin.type_("who", typed=("name", "r"))).answer("suggest") == {"choices": []}


async def _fails(request: Request, option: str, text: str) -> Sequence[Suggestion]:
    raise RuntimeError("index gone")


def test_completions_are_within_discords_limits() -> None:
    """At most 25, labels of 1 to 100 characters, each value once and whole."""
    many = [Suggestion(f"{'n' * 200}{i}", f"v{i}") for i in range(40)]
    odd = [Suggestion("", "empty"), Suggestion("long", "x" * 101), Suggestion("a", "same"), Suggestion("b", "same")]

    choices = choices_of([*odd, *many])

    assert len(choices) == 25
    assert choices[0] == {"name": "a", "value": "same"}
    assert all(1 <= len(choice["name"]) <= 100 for choice in choices)


# --- many at once -----------------------------------------------------------------------------------------------------


async def test_a_rush_is_answered_without_a_loss(bot: Bot, standin: StandIn) -> None:
    """Each of two hundred questions gets its own answer."""
    asked = [await standin.slash("who", name="delcy") for _ in range(200)]

    shown = await asyncio.gather(*(asking.answer("show") for asking in asked))

    assert all("Delcy Rodríguez" in text_of(body) for body in shown)
    assert standin.limited == 0


class _Says:
    """Says one thing."""

    def __init__(self, message: Message = THIN) -> None:
        self.message = message

    async def answer(self, request: Request) -> Answer:
        """That."""
        return Answer(self.message)

    async def suggest(self, request: Request, option: str, text: str) -> Sequence[Suggestion]:
        """Nothing."""
        return ()


def _json(body: Json) -> str:
    return json.dumps(body, ensure_ascii=False)


def _codes(body: Json) -> list[str]:
    return [c["custom_id"] for c in walk(body["components"]) if "custom_id" in c]
