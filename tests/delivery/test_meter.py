from __future__ import annotations

from datetime import timedelta

import pytest
from prometheus_client import CollectorRegistry, generate_latest

from bot.domain.errors import DeliveryError
from bot.services.delivery import DeliveryService, PrometheusMeter
from tests.delivery.fakes import Bench
from tests.delivery.samples import subscription

pytestmark = pytest.mark.anyio


async def test_what_was_delivered_and_missed_can_be_counted(bench: Bench) -> None:
    """Ends, attempts and delays by platform, and how many of the last day's slots are in each state."""
    registry = CollectorRegistry()
    bench.service = DeliveryService(
        bench.ledger,
        bench.subscriptions,
        bench.desk,
        {"slack": bench.platform},
        bench.clock,
        "w",
        meter=PrometheusMeter(registry),
    )
    refusals = iter([DeliveryError("no", permanent=True)])
    bench.platform.before = lambda key: next(refusals, None)
    await bench.store.add(subscription())

    await bench.run(timedelta(days=1), timedelta(days=1, hours=5))
    await bench.service.measure()

    told = generate_latest(registry).decode()
    for line in (
        'lede_slots_total{platform="slack",state="refused"} 1.0',
        'lede_slots_total{platform="slack",state="delivered"} 1.0',
        'lede_slots_total{platform="slack",state="missed"} 1.0',
        'lede_delivery_attempts_total{outcome="delivered",platform="slack"} 1.0',
        'lede_delivery_attempts_total{outcome="refused",platform="slack"} 1.0',
        'lede_slots_last_day{state="missed"} 1.0',
        "lede_deliveries_in_flight 0.0",
    ):
        assert line in told


async def test_what_needs_a_person_is_told_with_reason_and_next_step(bench: Bench) -> None:
    """Status lists the latest troubles one by one, and says when there are more."""
    bench.platform.before = lambda key: DeliveryError("The channel is archived.", "Unarchive it.", permanent=True)
    for number in range(7):
        await bench.store.add(subscription(id=f"b-{number:04}"))
    await bench.run()

    lines = await bench.service.status_lines(bench.clock.now())

    assert lines[0] == "Briefings of the last day: 7 refused"
    assert lines[1] == "b-0000, Tue 13 Jan 08:00: refused. The channel is archived. Unarchive it."
    assert len(lines) == 7
    assert "lede deliveries" in lines[-1]
