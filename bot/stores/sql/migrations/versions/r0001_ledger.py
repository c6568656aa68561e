"""Subscriptions, slots, parts, attempts, follows, facts and digests."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the first tables."""
    _subscriptions()
    _slots()
    _parts_and_attempts()
    _others()


def _subscriptions() -> None:
    op.create_table(
        "subscriptions",
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("body", sa.JSON, nullable=False),
        sa.Column("planned_until", sa.BigInteger, nullable=False),
        sa.Column("upcoming", sa.BigInteger),
        sa.Column("removed", sa.BigInteger),
        sa.PrimaryKeyConstraint("id", name="pk_subscriptions"),
    )
    op.create_index(
        "ix_subscriptions_upcoming", "subscriptions", ["upcoming"], sqlite_where=sa.text("upcoming IS NOT NULL")
    )


def _slots() -> None:
    open_only = sa.text("ready_at IS NOT NULL")
    op.create_table(
        "slots",
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("subscription", sa.Text, nullable=False),
        sa.Column("nominal", sa.Text, nullable=False),
        sa.Column("timezone", sa.Text, nullable=False),
        sa.Column("instant", sa.BigInteger, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("moved", sa.Boolean, nullable=False),
        sa.Column("platform", sa.Text, nullable=False),
        sa.Column("workspace", sa.Text, nullable=False),
        sa.Column("channel", sa.Text, nullable=False),
        sa.Column("thread", sa.Text, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("hint", sa.Text, nullable=False),
        sa.Column("edition", sa.JSON),
        sa.Column("fence", sa.Integer, nullable=False),
        sa.Column("worker", sa.Text, nullable=False),
        sa.Column("ready_at", sa.BigInteger),
        sa.Column("failures", sa.Integer, nullable=False),
        sa.Column("unread", sa.Boolean, nullable=False),
        sa.Column("delivered_at", sa.BigInteger),
        sa.Column("updated", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_slots"),
        sa.UniqueConstraint("subscription", "nominal", name="uq_slots_subscription_nominal"),
    )
    op.create_index("ix_slots_ready_at", "slots", ["ready_at"], sqlite_where=open_only, postgresql_where=open_only)
    op.create_index("ix_slots_instant", "slots", ["instant"])
    op.create_index("ix_slots_subscription_instant", "slots", ["subscription", "instant"])
    op.create_index("ix_slots_state_instant", "slots", ["state", "instant"])
    op.create_index("ix_slots_place", "slots", ["platform", "workspace", "channel", "thread", "delivered_at"])
    op.create_index("ix_slots_delivered_at", "slots", ["delivered_at"])


def _parts_and_attempts() -> None:
    op.create_table(
        "parts",
        sa.Column("slot", sa.Text, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("payload", sa.JSON, nullable=False),
        sa.Column("reply_to", sa.Integer),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("ref", sa.Text, nullable=False),
        sa.Column("url", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("slot", "number", name="pk_parts"),
        sa.ForeignKeyConstraint(["slot"], ["slots.key"], name="fk_parts_slots", ondelete="CASCADE"),
    )
    op.create_table(
        "attempts",
        sa.Column("slot", sa.Text, nullable=False),
        sa.Column("part", sa.Integer, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("worker", sa.Text, nullable=False),
        sa.Column("started", sa.BigInteger, nullable=False),
        sa.Column("ended", sa.BigInteger),
        sa.Column("outcome", sa.Text, nullable=False),
        sa.Column("retry_at", sa.BigInteger),
        sa.Column("error", sa.Text, nullable=False),
        sa.Column("hint", sa.Text, nullable=False),
        sa.Column("code", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("slot", "part", "number", name="pk_attempts"),
        sa.ForeignKeyConstraint(
            ["slot", "part"], ["parts.slot", "parts.number"], name="fk_attempts_parts", ondelete="CASCADE"
        ),
    )


def _others() -> None:
    op.create_table(
        "follows",
        sa.Column("platform", sa.Text, nullable=False),
        sa.Column("workspace", sa.Text, nullable=False),
        sa.Column("actor", sa.Text, nullable=False),
        sa.Column("entity", sa.Text, nullable=False),
        sa.Column("since", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("platform", "workspace", "actor", "entity", name="pk_follows"),
    )
    op.create_table(
        "facts",
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("value", sa.JSON, nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_facts"),
    )
    op.create_table(
        "digests",
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("body", sa.JSON, nullable=False),
        sa.Column("filed", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_digests"),
    )
