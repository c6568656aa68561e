"""The delivery service on a real ledger."""

from __future__ import annotations

import pytest

from bot.stores.sql.database import Database
from tests.databases import database, database_url, postgres
from tests.delivery.fakes import Bench

__all__ = ["database", "database_url", "postgres"]


@pytest.fixture
def bench(database: Database) -> Bench:
    """A service with a subscription-less ledger of each kind."""
    return Bench(database)
