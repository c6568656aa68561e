"""Briefings delivered: every slot exactly once, and honestly where that cannot be known.

:mod:`bot.domain.deliveries` decides, the ledger remembers, a platform posts; the courier does it in the right order,
and :class:`DeliveryService` keeps couriers busy, fairly and within each channel's and workspace's budget.
"""

from __future__ import annotations

from bot.services.delivery.desk import Desk
from bot.services.delivery.meter import Meter, NoMeter, PrometheusMeter
from bot.services.delivery.pace import Budgets, Pace
from bot.services.delivery.service import DeliveryService, Measures

__all__ = ["Budgets", "DeliveryService", "Desk", "Measures", "Meter", "NoMeter", "Pace", "PrometheusMeter"]
