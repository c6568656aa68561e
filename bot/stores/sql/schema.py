"""Brings a database to the newest revision, and refuses one that a newer Lede has written."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

from bot.domain.errors import StoreError

# Any number that no other program takes: replicas that start together migrate one after the other.
_ADVISORY_LOCK = 0x1EDE


def migrate(connection: Connection) -> None:
    """Apply every revision that is missing, in the transaction of ``connection``.

    Raises:
        StoreError: a newer version of Lede has written this database.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:n)"), {"n": _ADVISORY_LOCK})
    current = MigrationContext.configure(connection).get_current_revision()
    refuse_newer("The database", current)
    config = _config()
    if current == ScriptDirectory.from_config(config).get_current_head():
        return
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def refuse_newer(what: str, revision: str | None) -> None:
    """Refuse a schema that this version does not know.

    Raises:
        StoreError: a newer version of Lede has written ``what``.
    """
    known = {each.revision for each in ScriptDirectory.from_config(_config()).walk_revisions()}
    if revision is not None and revision not in known:
        raise StoreError(
            f"{what} was written by a newer version of Lede (revision {revision}).",
            "Update Lede: an older version cannot read what a newer one keeps.",
        )


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.set_main_option("path_separator", "os")
    return config
