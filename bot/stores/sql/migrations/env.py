"""Run by alembic: applies revisions over the connection that :func:`bot.stores.sql.schema.migrate` hands it."""

from __future__ import annotations

from alembic import context

from bot.stores.sql.tables import METADATA

context.configure(connection=context.config.attributes["connection"], target_metadata=METADATA, render_as_batch=True)
context.run_migrations()
