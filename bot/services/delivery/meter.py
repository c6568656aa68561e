"""What is counted, for whoever watches."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

from bot.domain.deliveries import SLOT_STATES, AttemptOutcome, SlotState


class Meter(Protocol):
    """Counts deliveries. Calls are quick and never fail."""

    def ended(self, platform: str, state: SlotState, late: float) -> None:
        """A slot ended, ``late`` seconds after its instant."""
        ...

    def attempted(self, platform: str, outcome: AttemptOutcome, seconds: float) -> None:
        """A request to a platform came to an end."""
        ...

    def states(self, counts: Mapping[SlotState, int], in_flight: int) -> None:
        """How many of the last day's slots are in each state, and how many are in hand here."""
        ...


class NoMeter:
    """Counts nothing."""

    def ended(self, platform: str, state: SlotState, late: float) -> None:
        """See :class:`Meter`."""

    def attempted(self, platform: str, outcome: AttemptOutcome, seconds: float) -> None:
        """See :class:`Meter`."""

    def states(self, counts: Mapping[SlotState, int], in_flight: int) -> None:
        """See :class:`Meter`."""


class PrometheusMeter:
    """Counts into a registry that ``/metrics`` shows."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self._ended = Counter("lede_slots", "Slots that ended", ["platform", "state"], registry=registry)
        self._late = Histogram(
            "lede_slot_delay_seconds",
            "From a slot's instant to its delivery",
            ["platform"],
            buckets=(1, 2, 5, 10, 30, 60, 300, 1800, 7200),
            registry=registry,
        )
        self._attempts = Counter(
            "lede_delivery_attempts", "Requests to platforms", ["platform", "outcome"], registry=registry
        )
        self._seconds = Histogram(
            "lede_delivery_attempt_seconds", "How long a request took", ["platform"], registry=registry
        )
        self._states = Gauge("lede_slots_last_day", "Slots of the last day by state", ["state"], registry=registry)
        self._in_flight = Gauge("lede_deliveries_in_flight", "Slots in hand in this process", registry=registry)

    def ended(self, platform: str, state: SlotState, late: float) -> None:
        """See :class:`Meter`."""
        self._ended.labels(platform, state).inc()
        if state == "delivered":
            self._late.labels(platform).observe(max(0.0, late))

    def attempted(self, platform: str, outcome: AttemptOutcome, seconds: float) -> None:
        """See :class:`Meter`."""
        self._attempts.labels(platform, outcome).inc()
        self._seconds.labels(platform).observe(seconds)

    def states(self, counts: Mapping[SlotState, int], in_flight: int) -> None:
        """See :class:`Meter`."""
        for state in SLOT_STATES:
            self._states.labels(state).set(counts.get(state, 0))
        self._in_flight.set(in_flight)
