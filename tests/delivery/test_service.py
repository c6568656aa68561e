from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

import pytest

from bot.domain.deliveries import Delivery
from bot.domain.errors import DeliveryError
from bot.ports import Payload, Posted
from tests.delivery.fakes import Bench, FakeDesk
from tests.delivery.samples import NOW, subscription

pytestmark = pytest.mark.anyio
SECOND, MINUTE, HOUR, DAY = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
KEY = "b-test-260113080000"


async def test_a_briefing_is_posted_once_at_its_time(bench: Bench) -> None:
    """Before its time nothing, at its time one message, afterwards nothing more."""
    await bench.store.add(subscription())
    bench.clock.move(-MINUTE)

    await bench.run()
    before = list(bench.platform.keys)
    await bench.run(MINUTE, SECOND, MINUTE, HOUR)

    assert before == []
    assert bench.platform.keys == [f"{KEY}-0"]
    (delivery,) = await bench.ledger.deliveries()
    assert delivery.state == "delivered"
    assert delivery.slot.nominal.isoformat() == "2026-01-13T08:00:00"
    assert delivery.parts[0].ref == "m0"


async def test_details_go_below_the_first_message(bench: Bench) -> None:
    """Every part is sent in order, those of the thread as replies to the first."""
    bench.desk = FakeDesk(parts=2, details=2)
    bench.service = bench.another("w")
    await bench.store.add(subscription(details=True))

    await bench.run()

    assert bench.platform.keys == [f"{KEY}-{n}" for n in range(4)]
    assert [each.reply_to for each in bench.platform.held] == ["", "", "m0", "m0"]


async def test_a_refused_part_ends_the_slot_and_says_why(bench: Bench) -> None:
    """A permanent refusal is not tried again, and bears the platform's reason and the next step."""
    bench.platform.before = lambda key: DeliveryError("The channel is archived.", "Unarchive it.", permanent=True)
    await bench.store.add(subscription())

    await bench.run(MINUTE, HOUR)

    (delivery,) = await bench.ledger.deliveries()
    assert (delivery.state, delivery.reason, delivery.hint) == ("refused", "The channel is archived.", "Unarchive it.")
    assert bench.platform.calls == 1
    assert any("The channel is archived. Unarchive it." in line for line in await bench.service.status_lines(NOW))


async def test_a_failure_is_tried_again_within_the_grace_time(bench: Bench) -> None:
    """What certainly was not posted is sent again later, once."""
    failures = iter([DeliveryError("502"), DeliveryError("busy", retry_after=timedelta(seconds=40))])
    bench.platform.before = lambda key: next(failures, None)
    await bench.store.add(subscription())

    await bench.run(SECOND, SECOND, 10 * SECOND)
    waiting = list(bench.platform.keys)
    await bench.run(30 * SECOND, MINUTE)

    assert waiting == []
    assert bench.platform.keys == [f"{KEY}-0"]


async def test_what_fails_for_too_long_is_missed_with_the_reason(bench: Bench) -> None:
    """After the grace time the slot ends as missed, and says what the platform said."""
    bench.platform.before = lambda key: DeliveryError("The platform is down.", "Look at its status page.")
    await bench.store.add(subscription())

    await bench.run(*[10 * MINUTE] * 14)

    (delivery,) = await bench.ledger.deliveries()
    assert delivery.state == "missed"
    assert "The platform is down." in delivery.reason
    assert delivery.hint == "Look at its status page."


@pytest.mark.parametrize("taken", [True, False])
async def test_a_doubt_is_read_back_once_a_late_post_would_show(bench: Bench, taken: bool) -> None:
    """An unknown outcome is neither sent again nor given up before the channel was read: then exactly one is there."""
    doubts = iter([DeliveryError("dropped", maybe_sent=True)])
    if taken:
        bench.platform.after = lambda key: next(doubts, None)
    else:
        bench.platform.before = lambda key: next(doubts, None)
    await bench.store.add(subscription())

    await bench.run(SECOND, 20 * SECOND)
    (during,) = await bench.ledger.deliveries()
    reads = bench.platform.reads
    await bench.run(11 * SECOND, SECOND)

    assert (during.state, reads) == ("unknown", 0)
    assert bench.platform.keys == [f"{KEY}-0"]
    assert (await bench.ledger.deliveries())[0].state == "delivered"


async def test_where_the_platform_drops_repeats_a_doubt_is_sent_again(bench: Bench) -> None:
    """Within ``resend_within`` the same key is sent again at once, and the platform holds one."""
    bench.platform.resend_within = 2 * MINUTE
    doubts = iter([DeliveryError("dropped", maybe_sent=True)] * 2)
    bench.platform.after = lambda key: next(doubts, None)
    await bench.store.add(subscription())

    await bench.run(SECOND, SECOND, SECOND)

    assert bench.platform.keys == [f"{KEY}-0"]
    assert (bench.platform.calls, bench.platform.reads) == (3, 0)
    assert (await bench.ledger.deliveries())[0].state == "delivered"


async def test_a_doubt_that_cannot_be_read_back_stays_unknown(bench: Bench) -> None:
    """Without the right to read, nothing is sent again; the slot says what is missing, and is read when it is given."""
    bench.platform.before = lambda key: DeliveryError("dropped", maybe_sent=True)
    bench.platform.unreadable = DeliveryError("The scope is missing.", "Grant channels:history.", permanent=True)
    await bench.store.add(subscription())

    await bench.run(MINUTE, MINUTE, 6 * MINUTE)
    (delivery,) = await bench.ledger.deliveries()
    calls = bench.platform.calls
    bench.platform.before = lambda key: None
    bench.platform.unreadable = None
    await bench.run(6 * MINUTE)

    assert (delivery.state, delivery.hint, calls) == ("unknown", "Grant channels:history.", 1)
    assert "The scope is missing." in delivery.reason
    assert bench.platform.keys == [f"{KEY}-0"]


async def test_parts_are_resumed_not_repeated(bench: Bench) -> None:
    """When the second of three messages fails, the first is not posted again."""
    bench.desk = FakeDesk(parts=3)
    bench.service = bench.another("w")
    failures = iter([DeliveryError("502")])
    bench.platform.before = lambda key: next(failures, None) if key.endswith("-1") else None
    await bench.store.add(subscription())

    await bench.run(5 * SECOND)

    assert bench.platform.keys == [f"{KEY}-{n}" for n in range(3)]
    assert len(bench.desk.slots) == 1


async def test_without_news_the_slot_is_skipped(bench: Bench) -> None:
    """Skipped, not missed: nobody has to act."""
    bench.desk.news = False
    await bench.store.add(subscription(only_if_news=True))

    await bench.run(MINUTE)

    (delivery,) = await bench.ledger.deliveries()
    assert delivery.state == "skipped"
    assert await bench.service.troubles(NOW) == []


async def test_what_cannot_be_composed_is_tried_again(bench: Bench) -> None:
    """A fault of ours delays one briefing and stops no other."""
    bench.desk.broken = RuntimeError("a bug")
    await bench.store.add(subscription())
    await bench.run()
    (during,) = await bench.ledger.deliveries()
    bench.desk.broken = None

    await bench.run(5 * SECOND)

    assert (during.state, during.failures) == ("due", 1)
    assert bench.platform.keys == [f"{KEY}-0"]


async def test_now_is_a_slot_of_its_own(bench: Bench) -> None:
    """Asked for twice in one second it is posted once, and the regular one comes as well."""
    wanted = subscription()
    await bench.store.add(wanted)
    bench.clock.move(-HOUR)

    first = await bench.service.now(wanted)
    again = await bench.service.now(wanted)
    await bench.run(HOUR)

    assert first.state == again.state == "delivered"
    assert bench.platform.keys == ["b-test-260113070000-0", f"{KEY}-0"]


async def test_a_correction_edits_what_was_posted(bench: Bench) -> None:
    """Once: the amended edition is kept, so the next look finds nothing to do."""
    await bench.store.add(subscription())
    await bench.run()
    bench.desk.correction = "corrected"

    await bench.service.correct()
    await bench.service.correct()

    assert [ref for ref, _ in bench.platform.edits] == ["m0"]
    (delivery,) = await bench.ledger.deliveries()
    assert delivery.edition is not None
    assert delivery.edition["title"] == "corrected"
    assert "corrected" in delivery.parts[0].payload["text"]


async def test_an_edit_that_could_not_be_made_is_made_later(bench: Bench) -> None:
    """The platform was away: the next look tries again, though no further correction came."""
    await bench.store.add(subscription())
    await bench.run()
    bench.desk.correction = "corrected"
    edit, away = bench.platform.edit, [DeliveryError("502")]

    async def failing(posted: Posted, payload: Payload) -> None:
        if away:
            raise away.pop()
        await edit(posted, payload)

    bench.platform.edit = failing  # type: ignore[method-assign]
    await bench.service.correct()
    first = list(bench.platform.edits)
    bench.clock.move(HOUR)
    await bench.service.correct()

    assert first == []
    assert [ref for ref, _ in bench.platform.edits] == ["m0"]


async def test_what_was_posted_is_looked_through_only_where_something_was_corrected(bench: Bench) -> None:
    """Every minute for two days would be much reading for nothing; what was just posted is always looked at."""
    await bench.store.add(subscription())
    await bench.run()
    await bench.service.correct()
    looked: list[int] = []
    recent = bench.ledger.recent

    async def counted(since: datetime) -> Sequence[Delivery]:
        looked.append(len(found := await recent(since)))
        return found

    bench.ledger.recent = counted  # type: ignore[method-assign]
    bench.clock.move(HOUR)
    await bench.service.correct()
    await bench.service.correct()
    bench.desk.correction = "corrected"
    await bench.service.correct()

    assert looked == [1, 0, 1]


async def test_a_channel_that_refuses_again_and_again_is_paused(bench: Bench) -> None:
    """The third refusal in a row pauses the subscription with the reason; the channel is asked no more."""
    bench.platform.before = lambda key: DeliveryError("No such channel.", "Invite the bot.", permanent=True)
    await bench.store.add(subscription())

    await bench.run(DAY, DAY, DAY, DAY)

    paused = (await bench.store.get("b-test")).paused
    assert bench.platform.calls == 3
    assert paused is not None
    assert paused.by_bot
    assert "No such channel. Invite the bot." in paused.why


async def test_the_desk_is_told_what_the_channel_received(bench: Bench) -> None:
    """Newest first, and only what was delivered there."""
    await bench.store.add(subscription())

    await bench.run(DAY, DAY)

    assert [[edition.id for edition in seen] for seen in bench.desk.seen] == [
        [],
        ["b-test-260113080000"],
        ["b-test-260114080000", "b-test-260113080000"],
    ]
