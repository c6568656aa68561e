"""The tables, as they are at the newest revision; a test compares them with what the migrations make."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Dialect,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.types import TypeDecorator

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Instant(TypeDecorator[datetime]):
    """A UTC instant as microseconds since 1970: exact, and sorted the same on both databases."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:
        """To microseconds."""
        return None if value is None else (value - _EPOCH) // timedelta(microseconds=1)

    def process_result_value(self, value: int | None, dialect: Dialect) -> datetime | None:
        """From microseconds."""
        return None if value is None else _EPOCH + timedelta(microseconds=value)


# Constraints get the same names everywhere, so that a later migration can name them.
METADATA = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)

# ``body`` is the whole value. Slots are planned up to ``planned_until``; the next one is due at ``upcoming``, null
# while none is (paused, removed). A removed subscription keeps its row, so that its id is never used again.
SUBSCRIPTIONS = Table(
    "subscriptions",
    METADATA,
    Column("id", Text, primary_key=True),
    Column("body", JSON, nullable=False),
    Column("planned_until", Instant, nullable=False),
    Column("upcoming", Instant),
    Column("removed", Instant),
    Index("ix_subscriptions_upcoming", "upcoming", sqlite_where=text("upcoming IS NOT NULL")),
)

# ``ready_at`` is when a worker may claim the slot: its instant, the end of a lease, or of a wait; null once ended.
SLOTS = Table(
    "slots",
    METADATA,
    Column("key", Text, primary_key=True),
    Column("subscription", Text, nullable=False),
    Column("nominal", Text, nullable=False),
    Column("timezone", Text, nullable=False),
    Column("instant", Instant, nullable=False),
    Column("kind", Text, nullable=False),
    Column("moved", Boolean, nullable=False),
    Column("platform", Text, nullable=False),
    Column("workspace", Text, nullable=False),
    Column("channel", Text, nullable=False),
    Column("thread", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("reason", Text, nullable=False, default=""),
    Column("hint", Text, nullable=False, default=""),
    Column("edition", JSON(none_as_null=True)),
    Column("fence", Integer, nullable=False, default=0),
    Column("worker", Text, nullable=False, default=""),
    Column("ready_at", Instant),
    Column("failures", Integer, nullable=False, default=0),
    Column("unread", Boolean, nullable=False, default=False),
    Column("delivered_at", Instant),
    Column("updated", Instant, nullable=False),
    UniqueConstraint("subscription", "nominal"),
    Index(
        "ix_slots_ready_at",
        "ready_at",
        sqlite_where=text("ready_at IS NOT NULL"),
        postgresql_where=text("ready_at IS NOT NULL"),
    ),
    Index("ix_slots_instant", "instant"),
    Index("ix_slots_subscription_instant", "subscription", "instant"),
    Index("ix_slots_state_instant", "state", "instant"),
    Index("ix_slots_place", "platform", "workspace", "channel", "thread", "delivered_at"),
    Index("ix_slots_delivered_at", "delivered_at"),
)

PARTS = Table(
    "parts",
    METADATA,
    Column("slot", Text, nullable=False),
    Column("number", Integer, nullable=False),
    Column("key", Text, nullable=False),
    Column("payload", JSON, nullable=False),
    Column("reply_to", Integer),
    Column("state", Text, nullable=False),
    Column("ref", Text, nullable=False, default=""),
    Column("url", Text, nullable=False, default=""),
    PrimaryKeyConstraint("slot", "number"),
    ForeignKeyConstraint(["slot"], ["slots.key"], ondelete="CASCADE"),
)

ATTEMPTS = Table(
    "attempts",
    METADATA,
    Column("slot", Text, nullable=False),
    Column("part", Integer, nullable=False),
    Column("number", Integer, nullable=False),
    Column("worker", Text, nullable=False),
    Column("started", Instant, nullable=False),
    Column("ended", Instant),
    Column("outcome", Text, nullable=False),
    Column("retry_at", Instant),
    Column("error", Text, nullable=False, default=""),
    Column("hint", Text, nullable=False, default=""),
    Column("code", Text, nullable=False, default=""),
    PrimaryKeyConstraint("slot", "part", "number"),
    ForeignKeyConstraint(["slot", "part"], ["parts.slot", "parts.number"], ondelete="CASCADE"),
)

FOLLOWS = Table(
    "follows",
    METADATA,
    Column("platform", Text, nullable=False),
    Column("workspace", Text, nullable=False),
    Column("actor", Text, nullable=False),
    Column("entity", Text, nullable=False),
    Column("since", Instant, nullable=False),
    PrimaryKeyConstraint("platform", "workspace", "actor", "entity"),
)

# Single values: when the ledger was restored, people's decisions about identity.
FACTS = Table(
    "facts",
    METADATA,
    Column("name", Text, primary_key=True),
    Column("value", JSON, nullable=False),
)

# Only where replicas share their digests (DIGESTS_STORE=postgres); else they are files.
DIGESTS = Table(
    "digests",
    METADATA,
    Column("id", Text, primary_key=True),
    Column("body", JSON, nullable=False),
    Column("filed", Instant, nullable=False),
)

# ``body`` is the feed but for ``known``, which is bytes; the other columns say when it is due, and are in both.
# ``waiting_at`` is when the first of its waiting entries is to be read; null while none waits.
FEEDS = Table(
    "feeds",
    METADATA,
    Column("id", Text, primary_key=True),
    Column("added", Instant, nullable=False),
    Column("state", Text, nullable=False),
    Column("failures", Integer, nullable=False),
    Column("next_try", Instant, nullable=False),
    Column("waiting_at", Instant),
    Column("body", JSON, nullable=False),
    Column("known", LargeBinary, nullable=False),
    Index("ix_feeds_state_next_try", "state", "next_try"),
    Index("ix_feeds_waiting_at", "waiting_at"),
)

# Which page became which digest. Losing it costs work, never news.
PAGES = Table(
    "pages",
    METADATA,
    Column("key", Text, primary_key=True),
    Column("sha256", Text, nullable=False),
    Column("digest", Text, nullable=False),
    Column("etag", Text, nullable=False),
    Column("last_modified", Text, nullable=False),
)
