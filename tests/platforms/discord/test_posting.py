"""Posting: once, in the right place, found again, edited, and refused in words that help."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.errors import DeliveryError
from bot.domain.places import Place
from bot.platforms.discord.platform import DiscordPlatform
from bot.platforms.discord.render import NOTES
from bot.ports import Posted, permitted
from tests.fakes import Refusing
from tests.platforms.discord.conftest import Bot
from tests.platforms.discord.exchange import Fault
from tests.platforms.discord.standin import StandIn
from tests.platforms.discord.world import ALICE, BLIND, BOT, DM, FORUM, GUILD, NEWS, TEXT, THREAD, Json
from tests.samples import FULL, OVERLONG, THIN

pytestmark = pytest.mark.anyio

KEY = "b-7k3q-260113080000-0"


def at(channel: str, thread: str = "") -> Place:
    """A place in the stand-in's server."""
    return Place("discord", "" if channel == DM else GUILD, channel, thread)


def before() -> datetime:
    """When the slot was due."""
    return datetime.now(UTC) - timedelta(seconds=5)


# --- sending ----------------------------------------------------------------------------------------------------------


async def test_a_briefing_is_posted_with_our_nonce(platform: DiscordPlatform, standin: StandIn) -> None:
    """The key is the nonce, and Discord is asked to enforce it."""
    posted = await platform.send(at(TEXT), platform.render(FULL)[0], KEY)

    (call,) = [c for c in standin.calls if c.method == "POST"]
    assert (call.body["nonce"], call.body["enforce_nonce"]) == (KEY, True)
    assert NOTES not in call.body
    assert "Ambry Gorge dam holds" in standin.world.shown(TEXT)[0]
    assert posted.url == f"https://discord.com/channels/{GUILD}/{posted.ref}"


async def test_the_same_key_twice_is_one_message(platform: DiscordPlatform, standin: StandIn) -> None:
    """Sent again while Discord remembers the nonce, nothing is doubled and the same message is told."""
    payload = platform.render(THIN)[0]

    first = await platform.send(at(TEXT), payload, KEY)
    again = await platform.send(at(TEXT), payload, KEY)

    assert first == again
    assert len(standin.world.messages[TEXT]) == 1


async def test_an_announcement_is_published_when_asked(platform: DiscordPlatform, standin: StandIn) -> None:
    """Only with the option, and only there."""
    payload = platform.with_options(platform.render(THIN)[0], {"publish": True})

    await platform.send(at(NEWS), platform.render(THIN)[0], "b-1-0")
    asked = await platform.send(at(NEWS), payload, "b-1-1")
    await platform.send(at(TEXT), payload, "b-1-2")

    assert standin.world.crossposted == [asked.ref.split("/")[1]]


async def test_a_failed_publication_does_not_undo_the_post(platform: DiscordPlatform, standin: StandIn) -> None:
    """The message is posted; that it is not published is for the log."""
    standin.faults.append(Fault("POST .*/crosspost", "403"))
    payload = platform.with_options(platform.render(THIN)[0], {"publish": True})

    await platform.send(at(NEWS), payload, KEY)

    assert len(standin.world.messages[NEWS]) == 1


async def test_details_go_into_a_thread_that_is_made_once(platform: DiscordPlatform, standin: StandIn) -> None:
    """The thread has its message's name; a thread that is already there is used."""
    root = await platform.send(at(TEXT), platform.render(FULL)[0], "b-1-0")
    message = root.ref.split("/")[1]

    one = await platform.send(at(TEXT), platform.render(FULL.thread[0])[0], "b-1-1", reply_to=root)
    platform._posting._threads.clear()  # as after a restart
    two = await platform.send(at(TEXT), platform.render(THIN)[0], "b-1-2", reply_to=root)

    assert (one.ref.split("/")[0], two.ref.split("/")[0]) == (message, message)
    assert standin.world.channels[message]["name"] == "Morning briefing · Tue 13 Jan 2026 · 08:00 Berlin"
    assert len(standin.world.messages[message]) == 2
    assert len([c for c in standin.calls if c.path.endswith("/threads")]) == 1


async def test_a_thread_made_by_someone_else_meanwhile_is_used(platform: DiscordPlatform, standin: StandIn) -> None:
    """Two replicas at once: the second is told that the thread exists, and posts into it."""
    root = await platform.send(at(TEXT), platform.render(FULL)[0], "b-1-0")
    standin.faults.append(Fault("POST .*/threads", "drop_after"))

    with pytest.raises(DeliveryError) as told:
        await platform.send(at(TEXT), platform.render(THIN)[0], "b-1-1", reply_to=root)
    assert not told.value.maybe_sent
    await platform.send(at(TEXT), platform.render(THIN)[0], "b-1-1", reply_to=root)

    assert len(standin.world.messages[root.ref.split("/")[1]]) == 1


async def test_replies_to_a_message_in_a_thread_stay_in_it(platform: DiscordPlatform, standin: StandIn) -> None:
    """Threads have no threads; direct messages have none either."""
    for channel in (THREAD, DM):
        root = await platform.send(at(channel), platform.render(FULL)[0], f"b-{channel}-0")
        await platform.send(at(channel), platform.render(THIN)[0], f"b-{channel}-1", reply_to=root)

        assert len(standin.world.messages[channel]) == 2


async def test_a_place_without_its_server_is_the_same_place(platform: DiscordPlatform, standin: StandIn) -> None:
    """On the command line the server may be left out: threads are made and found all the same."""
    place = Place("discord", "", TEXT)
    root = await platform.send(place, platform.render(FULL)[0], "b-1-0")
    reply = await platform.send(place, platform.render(THIN)[0], "b-1-1", reply_to=root)

    assert reply.ref.split("/")[0] == root.ref.split("/")[1]
    assert f"/{GUILD}/" in reply.url
    assert await platform.find(place, "b-1-1", before(), reply_to=root) == reply


# --- forums -----------------------------------------------------------------------------------------------------------


async def test_a_forum_gets_one_post_an_edition(platform: DiscordPlatform, standin: StandIn) -> None:
    """Titled, tagged; the edition's further messages and the details stand below it."""
    payloads = [
        platform.with_options(p, {"tags": ["politics", "302", "News", "Nonsense"]})
        for p in platform.render(OVERLONG)[:2]
    ]
    root = await platform.send(at(FORUM), payloads[0], "b-1-0")
    await platform.send(at(FORUM), payloads[1], "b-1-1")
    await platform.send(at(FORUM), platform.render(THIN)[0], "b-1-2", reply_to=root)

    (post,) = standin.world.threads(FORUM)
    assert len(post["name"]) <= 100
    assert post["applied_tags"] == ["302", "301"]
    assert len(standin.world.messages[post["id"]]) == 3
    assert root.ref == f"{post['id']}/{post['id']}"


async def test_an_edition_goes_on_in_its_post_after_a_restart(standin: StandIn) -> None:
    """Another process finds the post that the first message made."""
    first, second = Bot(standin).platform, Bot(standin).platform
    payloads = first.render(OVERLONG)

    await first.send(at(FORUM), payloads[0], "b-1-0")
    await second.send(at(FORUM), payloads[1], "b-1-1")
    found = await second.find(at(FORUM), "b-1-1", before())
    await first.close()
    await second.close()

    (post,) = standin.world.threads(FORUM)
    assert found is not None
    assert found.ref.startswith(f"{post['id']}/")
    assert len(standin.world.messages[post["id"]]) == 2


async def test_a_forum_post_is_looked_for_before_it_is_made(platform: DiscordPlatform, standin: StandIn) -> None:
    """Discord takes no nonce with a post: a second send finds the first by its mark."""
    standin.faults.append(Fault(f"POST /channels/{FORUM}/threads", "drop_after"))

    with pytest.raises(DeliveryError) as told:
        await platform.send(at(FORUM), platform.render(THIN)[0], KEY)
    again = await platform.send(at(FORUM), platform.render(THIN)[0], KEY)

    assert told.value.maybe_sent
    (post,) = standin.world.threads(FORUM)
    assert again.ref == f"{post['id']}/{post['id']}"


async def test_a_doubtful_forum_post_is_not_made_again_at_once(platform: DiscordPlatform, standin: StandIn) -> None:
    """While the first request may still arrive, a second one would make two posts."""
    standin.faults.append(Fault(f"POST /channels/{FORUM}/threads", "500", count=1))

    for _ in range(2):
        with pytest.raises(DeliveryError) as told:
            await platform.send(at(FORUM), platform.render(THIN)[0], KEY)
        assert told.value.maybe_sent

    assert len([c for c in standin.calls if c.path.endswith("/threads") and c.method == "POST"]) == 1


async def test_a_forum_is_known_by_its_refusal(platform: DiscordPlatform, standin: StandIn) -> None:
    """Without a gateway the channel's kind is not asked for every message, only where Discord says it is not text."""
    await platform.send(at(FORUM), platform.render(THIN)[0], KEY)
    await platform.send(at(TEXT), platform.render(THIN)[0], "b-2-0")

    assert len(standin.world.threads(FORUM)) == 1
    assert [c.path for c in standin.calls if c.path == f"/channels/{TEXT}"] == []


# --- finding ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("channel", [TEXT, NEWS, FORUM, THREAD, DM])
async def test_what_was_posted_is_found_by_its_key(platform: DiscordPlatform, channel: str) -> None:
    """History has no nonces; the mark in the components is there."""
    posted = await platform.send(at(channel), platform.render(FULL)[0], KEY)
    await platform.send(at(channel), platform.render(THIN)[0], "b-7k3q-260113080000-1")

    assert await platform.find(at(channel), KEY, before()) == posted
    assert await platform.find(at(channel), "b-7k3q-260114080000-0", before()) is None


async def test_a_reply_is_found_in_its_thread(platform: DiscordPlatform) -> None:
    """Each part of a delivery can be found, also below a message; no thread means no reply."""
    root = await platform.send(at(TEXT), platform.render(FULL)[0], "b-1-0")

    assert await platform.find(at(TEXT), "b-1-1", before(), reply_to=root) is None
    reply = await platform.send(at(TEXT), platform.render(THIN)[0], "b-1-1", reply_to=root)
    assert await platform.find(at(TEXT), "b-1-1", before(), reply_to=root) == reply


async def test_a_busy_channel_is_read_to_its_end(platform: DiscordPlatform, standin: StandIn) -> None:
    """What people wrote since does not hide the message."""
    for n in range(130):
        standin.world.post(TEXT, {"content": f"chat {n}"}, author=ALICE)
    posted = await platform.send(at(TEXT), platform.render(THIN)[0], KEY)
    for n in range(130):
        standin.world.post(TEXT, {"content": f"chat {n}"}, author=ALICE)

    assert await platform.find(at(TEXT), KEY, before()) == posted


async def test_someone_elses_copy_is_not_ours(platform: DiscordPlatform, standin: StandIn) -> None:
    """Another bot could repeat the components; only our own message counts."""
    await platform.send(at(TEXT), platform.render(THIN)[0], KEY)
    (copy,) = standin.world.messages[TEXT].values()
    copy["author"] = {"id": ALICE}

    assert await platform.find(at(TEXT), KEY, before()) is None


async def test_an_unreadable_history_proves_nothing(platform: DiscordPlatform) -> None:
    """Discord shows an empty channel to who may not read it; that is no evidence, and the missing right is named."""
    await platform.send(at(BLIND), platform.render(THIN)[0], KEY)

    with pytest.raises(DeliveryError, match="Read Message History"):
        await platform.find(at(BLIND), KEY, before())


async def test_a_message_found_after_a_crash_is_published(platform: DiscordPlatform, standin: StandIn) -> None:
    """The wish to publish is part of the mark."""
    payload = platform.with_options(platform.render(THIN)[0], {"publish": True})
    standin.faults.append(Fault("POST .*/crosspost", "drop_before"))
    posted = await platform.send(at(NEWS), payload, KEY)
    assert standin.world.crossposted == []

    assert await platform.find(at(NEWS), KEY, before()) == posted
    assert await platform.find(at(NEWS), KEY, before()) == posted

    assert standin.world.crossposted == [posted.ref.split("/")[1]]


# --- editing ----------------------------------------------------------------------------------------------------------


async def test_a_correction_edits_what_was_posted(platform: DiscordPlatform, standin: StandIn) -> None:
    """In place, pinging no one."""
    posted = await platform.send(at(TEXT), platform.render(FULL)[0], KEY)

    await platform.edit(posted, platform.render(THIN)[0])

    assert standin.world.shown(TEXT) == ["Nothing new since Monday."]
    (call,) = [c for c in standin.calls if c.method == "PATCH"]
    assert call.body["allowed_mentions"] == {"parse": []}


async def test_an_archived_thread_is_opened_for_an_edit(platform: DiscordPlatform, standin: StandIn) -> None:
    """A forum post of last week can still be corrected."""
    posted = await platform.send(at(FORUM), platform.render(FULL)[0], KEY)
    thread = posted.ref.split("/")[0]
    standin.world.channels[thread]["thread_metadata"]["archived"] = True

    await platform.edit(posted, platform.render(THIN)[0])

    assert standin.world.shown(thread) == ["Nothing new since Monday."]


# --- what goes wrong --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "maybe_sent", "permanent"),
    [("drop_before", True, False), ("drop_after", True, False), ("403", False, True), ("404", False, True)],
)
async def test_what_failed_is_told_apart_from_what_is_unsure(
    platform: DiscordPlatform, standin: StandIn, kind: str, maybe_sent: bool, permanent: bool
) -> None:
    """A request that had left without an answer may have been taken; a refusal was not."""
    await platform.application_id()
    standin.faults.append(Fault(f"POST /channels/{TEXT}/messages", kind))

    with pytest.raises(DeliveryError) as told:
        await platform.send(at(TEXT), platform.render(THIN)[0], KEY)

    assert (told.value.maybe_sent, told.value.permanent) == (maybe_sent, permanent)
    assert told.value.what
    assert told.value.hint


async def test_a_limit_is_waited_for(platform: DiscordPlatform, standin: StandIn) -> None:
    """A 429 is no error but a pause: one more request after it, not one before."""
    standin.faults.append(Fault(f"POST /channels/{TEXT}/messages", "429", retry_after=0.3))

    await platform.send(at(TEXT), platform.render(THIN)[0], KEY)

    refused, taken = [c for c in standin.calls if c.method == "POST"]
    assert (refused.status, taken.status) == (429, 200)
    assert taken.at - refused.at >= 0.3


async def test_a_server_that_hangs_leaves_the_outcome_open(standin: StandIn) -> None:
    """Without an answer in time nobody knows."""
    impatient = Bot(standin, timeout=0.4).platform
    await impatient.application_id()
    standin.faults.append(Fault(f"POST /channels/{TEXT}/messages", "hang"))

    with pytest.raises(DeliveryError) as told:
        await impatient.send(at(TEXT), impatient.render(THIN)[0], KEY)
    await impatient.close()

    assert told.value.maybe_sent


async def test_a_discord_that_is_away_was_never_reached(standin: StandIn, unused_port: int) -> None:
    """A connection that was refused sent nothing."""
    away = DiscordPlatform(
        "t", Bot(standin).commands, Bot(standin).platform._clock, api_url=f"http://127.0.0.1:{unused_port}"
    )

    with pytest.raises(DeliveryError) as told:
        await away.send(at(TEXT), away.render(THIN)[0], KEY)

    assert not told.value.maybe_sent
    assert not told.value.permanent


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"permission_overwrites": [{"id": GUILD, "type": 0, "allow": "0", "deny": "1024"}]}, "View Channel"),
        ({"thread_metadata": {"locked": True, "archived": False}}, "Unlock the thread"),
    ],
)
async def test_a_refusal_says_what_to_do(platform: DiscordPlatform, standin: StandIn, change: Json, words: str) -> None:
    """Whoever reads it in the ledger or in status knows the next step."""
    standin.world.channels[TEXT] |= change

    with pytest.raises(DeliveryError, match=words) as told:
        await platform.send(at(TEXT), platform.render(THIN)[0], KEY)

    assert told.value.permanent


async def test_a_deleted_message_cannot_be_edited(platform: DiscordPlatform) -> None:
    """And that is nobody's fault."""
    with pytest.raises(DeliveryError, match="does not exist") as told:
        await platform.edit(Posted(at(TEXT), f"{TEXT}/1"), platform.render(THIN)[0])

    assert told.value.permanent


async def test_doctor_names_what_a_channel_lacks(platform: DiscordPlatform) -> None:
    """Permission by permission, by the names in Discord's settings."""
    assert await platform.check(at(TEXT)) == []
    (lacking,) = await platform.check(at(BLIND))
    assert "Read Message History" in lacking
    (gone,) = await platform.check(at("999"))
    assert "does not exist" in gone
    assert await platform.application_id() == BOT


@pytest.mark.parametrize("channel", [TEXT, FORUM])
async def test_a_process_past_its_lease_writes_nothing(
    platform: DiscordPlatform, standin: StandIn, channel: str
) -> None:
    """Leave is asked for right before the write; refused, Discord hears nothing, and the next message goes as ever."""
    payload = platform.render(THIN)[0]

    with permitted(Refusing()), pytest.raises(DeliveryError):
        await platform.send(at(channel), payload, KEY)
    held = [call for call in standin.calls if call.method == "POST"]
    await platform.send(at(channel), payload, KEY)

    assert held == []
    assert [call.status for call in standin.calls if call.method == "POST"][-1] == 200
